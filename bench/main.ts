/** `npm run bench`: how fast the engine is beside the interpreter, generated JavaScript and C on the same models. */
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { findCompiler } from './c-process.ts';
import {
  firstFormat,
  firstResult,
  futureOverhead,
  growth,
  lognormalDraw,
  twoWorkers,
  wholeProcesses,
} from './costs.ts';
import { MODEL_NAMES, type ModelName, modelCase } from './model-case.ts';
import { type Report, ratioTo, reportText } from './report.ts';
import { type ModelResult, race } from './rounds.ts';

const USAGE = `npm run bench -- [--format text|json] [--quick] [--tiny] [--model NAME]

  --format json  data instead of a table
  --quick        fewer rounds, and without the thousand: under 40 seconds instead of under 3 minutes
  --tiny         sizes that show only whether everything works; its times mean nothing
  --model NAME   this model alone, without the other costs: ${MODEL_NAMES.join(', ')}
`;

/** Futures of a round, so that the engine works for some tens of milliseconds. */
const FUTURES: Readonly<Record<ModelName, number>> = {
  sixty: 1024,
  thousand: 64,
  flagship: 16_384,
  teacup: 4096,
  epidemic: 512,
  draws: 512,
};

type Effort = {
  /** Divides the futures of every model; all stay multiples of 64. */
  readonly fewer: number;
  /** Of the rounds of one model. */
  readonly milliseconds: number;
  readonly rounds: number;
  readonly growing: { readonly futures: number; readonly steps: number; readonly sectors: number };
  readonly draws: number;
  /** C compilers take half a minute for the thousand equations. */
  readonly leaveOut: readonly ModelName[];
};

const EFFORTS: Readonly<Record<'full' | 'quick' | 'tiny', Effort>> = {
  full: {
    fewer: 1,
    milliseconds: 9_000,
    rounds: 11,
    growing: { futures: 64, steps: 100, sectors: 6 },
    draws: 200_000,
    leaveOut: [],
  },
  quick: {
    fewer: 2,
    milliseconds: 1_500,
    rounds: 5,
    growing: { futures: 64, steps: 100, sectors: 6 },
    draws: 50_000,
    leaveOut: ['thousand'],
  },
  tiny: {
    fewer: 1e9,
    milliseconds: 0,
    rounds: 1,
    growing: { futures: 2, steps: 2, sectors: 1 },
    draws: 100,
    leaveOut: ['thousand'],
  },
};

const note = (text: string): void => void process.stderr.write(`${text}\n`);

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      format: { type: 'string', default: 'text' },
      quick: { type: 'boolean', default: false },
      tiny: { type: 'boolean', default: false },
      model: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(USAGE);
    return;
  }
  const wanted = MODEL_NAMES.find((name) => name === values.model);
  if (values.format !== 'text' && values.format !== 'json')
    throw new TypeError(`there is no format \`${values.format}\`; there are text and json`);
  if (values.model !== undefined && wanted === undefined)
    throw new TypeError(`there is no model \`${values.model}\`; there are ${MODEL_NAMES.join(', ')}`);
  const effort = EFFORTS[values.tiny ? 'tiny' : values.quick ? 'quick' : 'full'];
  const report = await measure(effort, wanted ?? null);
  process.stdout.write(
    values.format === 'json' ? `${JSON.stringify(report, null, 2)}\n` : reportText(report),
  );
  if (report.models.some(({ agree, equalBits }) => !agree || equalBits === false)) {
    note('Some results are not the same.');
    process.exitCode = 1;
  }
}

async function measure(effort: Effort, only: ModelName | null): Promise<Report> {
  const compiler = findCompiler();
  if (compiler === null) note('There is no C compiler here, so C is left out.');
  const models: ModelResult[] = [];
  for (const name of only === null ? MODEL_NAMES.filter((one) => !effort.leaveOut.includes(one)) : [only]) {
    note(`${name} …`);
    const futures = Math.max(64, Math.floor(FUTURES[name] / effort.fewer / 64) * 64);
    models.push(await race(modelCase(name, futures), compiler, effort.milliseconds));
  }
  const sixty = models.find(({ name }) => name === 'sixty');
  const isWhole = only === null;
  if (isWhole) note('costs …');
  const workers =
    isWhole && cpus().length > 1
      ? await twoWorkers(Math.max(256, Math.round(effort.draws / 50)), effort.rounds)
      : null;
  const flagship = isWhole ? firstResult('flagship', effort.rounds) : null;
  return {
    ratios: {
      wasm_vs_c_scalar: ratioTo('c scalar', sixty),
      wasm_vs_c_vector: ratioTo('c vector', sixty),
      wasm_vs_js: ratioTo('javascript', sixty),
      two_workers_vs_one: workers,
    },
    microseconds_per_future_overhead: isWhole ? await futureOverhead(effort.draws, effort.rounds) : null,
    nanoseconds_per_lognormal_draw: isWhole ? await lognormalDraw(effort.draws, effort.rounds) : null,
    milliseconds_text_to_first_result: flagship?.median ?? null,
    milliseconds_at_first:
      flagship === null
        ? null
        : {
            flagship,
            thousand: firstResult('thousand', effort.rounds),
            ...wholeProcesses(effort.rounds),
          },
    milliseconds_to_format: isWhole
      ? { near: firstFormat('near', effort.rounds), dense: firstFormat('dense', effort.rounds) }
      : null,
    machine: {
      processor: cpus()[0]?.model ?? 'unknown',
      processors: cpus().length,
      load: loadavg()[0] ?? Number.NaN,
      node: process.versions.node,
      c_compiler: compiler,
    },
    models,
    growth: isWhole ? await growth(effort.milliseconds / 14, effort.growing) : [],
  };
}

try {
  await main();
} catch (error) {
  // What was asked wrongly is said in a line; anything else is our own fault and shows where.
  if (!(error instanceof TypeError)) throw error;
  note(`error: ${error.message}`);
  note(USAGE);
  process.exitCode = 2;
}
