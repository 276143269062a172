/** `casus run`: runs an argument's futures and says of every claim whether it holds, and under whose numbers. */
import { MAXIMUM_RUN } from '../base/limits.ts';
import { formatCount } from '../base/number-format.ts';
import { suggest } from '../base/suggest.ts';
import type { Compiled } from '../compile.ts';
import { soloCrew } from '../engine/crew.ts';
import { type DesignKind, REPLICATES } from '../engine/design.ts';
import type { Run } from '../engine/ensemble.ts';
import { fitWork } from '../engine/fit.ts';
import { finishing, type Host } from '../engine/host.ts';
import { slotColumns } from '../engine/input-columns.ts';
import { moduleRun } from '../engine/module-run.ts';
import { expectedWork } from '../ledger/expected-work.ts';
import { explorePool, planPool } from '../ledger/explore-pool.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { makeLedger } from '../ledger/make-ledger.ts';
import { planRuns, type Question } from '../ledger/plan.ts';
import type { Model, Scenario } from '../model/model.ts';
import { givenRegisters, type Program } from '../program/program.ts';
import { bandsFault, findBands } from './find-bands.ts';
import { formatLedger, type LedgerFormat } from './format-ledger.ts';
import { formatPool } from './format-pool.ts';
import { hindsightFault } from './hindsight-fault.ts';
import { load } from './load.ts';
import { asTyped, commandName, EXIT, writeDiagnostics, writeNote } from './output.ts';
import { replay } from './replay.ts';
import { createThreadCrew } from './thread-crew.ts';
import { untilStopped } from './until-stopped.ts';

/** What a question is asked with unless told otherwise. */
export const DEFAULT_RUNS = 4000;
export const DEFAULT_SEED = 1;
export const DEFAULT_DESIGN: DesignKind = 'latin-hypercube';

export type RunOptions = {
  readonly runs: number;
  readonly workers: number;
  readonly seed: number;
  readonly design: DesignKind;
  readonly scenario?: string;
  readonly viewpoint?: readonly string[];
  /** As typed: `defeat=by_fire`. */
  readonly definition?: readonly string[];
  readonly hindsight?: boolean;
  readonly measures?: boolean;
  /** Every claim at length, in the table. */
  readonly full?: boolean;
  readonly explore?: boolean;
  /** The number of one future, which is then all that is run. */
  readonly only?: number;
  readonly trace?: string;
  readonly bands?: readonly string[];
  readonly format?: LedgerFormat;
};

/** What of them the question asks; the rest says how it is answered. */
export type QuestionOptions = Pick<
  RunOptions,
  'runs' | 'seed' | 'design' | 'scenario' | 'viewpoint' | 'definition' | 'hindsight'
>;

export async function run(path: string, options: RunOptions): Promise<number> {
  const format = options.format ?? (process.stdout.isTTY === true ? 'table' : 'json');
  const misuse =
    designFault(options) ?? onlyFault(options) ?? bandsMisuse(options) ?? fullMisuse(options, format);
  if (misuse !== null) return refuse(misuse);
  const { result, texts, exit } = load(path);
  writeDiagnostics(result.diagnostics, texts, 'note');
  if (!result.ok) return exit;
  const asked = questionOf(result.value, options);
  if (typeof asked === 'string') return refuse(asked);
  const late = options.explore === true ? null : hindsightFault(result.value.model, options.hindsight);
  if (late !== null) return refuse(late);
  const bands = findBands(result.value, options.bands ?? []);
  if (typeof bands === 'string') return refuse(bands);
  const question: Question = { ...asked, bands };
  const { only: number, trace = null } = options;
  if (number !== undefined)
    return replay(result.value, question, { number, format, trace, sources: [...texts.keys()] });

  const { model, program } = result.value;
  const tooMany = runFault(program, options.runs);
  if (tooMany !== null) return refuse(tooMany);
  const crew = options.workers > 1 ? createThreadCrew(options.workers) : soloCrew;
  const runOn = (host: Host): Run => moduleRun(crew, host);
  if (options.explore === true) {
    const unfit = exploreFault(model, options);
    if (unfit !== null) return refuse(unfit);
    const futures = planPool(model, program, question).reduce(
      (sum, { order }) => sum + order.design.futures * (1 + fitWork(program)),
      0,
    );
    return untilStopped(futures, async (host) => {
      const pool = await explorePool(model, program, question, runOn(host), (order, slots) =>
        finishing(slotColumns(order, slots), host),
      );
      return [formatPool(pool, format), format === 'table' ? nextOfPool(path, options) : null];
    });
  }
  const plans = planRuns(model, program, question);
  const tooMuch = bandsFault(plans, options.runs);
  if (tooMuch !== null) return refuse(tooMuch);
  return untilStopped(expectedWork(model, plans, question), async (host) => {
    const ledger = await makeLedger(model, program, question, runOn(host));
    const next = format === 'table' ? nextCommand(path, ledger, options) : null;
    const { measures = false, full = false } = options;
    return [[formatLedger(ledger, format, { measures, full })], next];
  });
}

export function refuse(message: string): number {
  writeNote(`error: ${message}`);
  return EXIT.usage;
}

/** What speaks against so many futures of this program at once; null if nothing does. */
export function runFault(program: Program, runs: number): string | null {
  const columns = givenRegisters(program).length + program.measures.length + program.claims.length;
  if (runs * columns <= MAXIMUM_RUN) return null;
  const most = Math.floor(MAXIMUM_RUN / columns / REPLICATES) * REPLICATES;
  return `${formatCount(runs)} futures of ${formatCount(columns)} inputs, measures and claims are ${formatCount(runs * columns)} values, and at most ${formatCount(MAXIMUM_RUN)} are kept: try --runs ${most}.`;
}

export function designFault({ runs, design }: Pick<RunOptions, 'runs' | 'design'>): string | null {
  if (design === 'monte-carlo' || runs % REPLICATES === 0) return null;
  const below = Math.floor(runs / REPLICATES) * REPLICATES;
  const near = [below, below + REPLICATES].filter((count) => count > 0).join(' or ');
  return `a Latin hypercube runs as ${REPLICATES} replicates, so --runs must be a multiple of ${REPLICATES}: try ${near}, or --design monte-carlo.`;
}

/** What speaks against showing one future with these options; null if nothing does. */
function onlyFault({ only, trace, viewpoint, explore }: RunOptions): string | null {
  if (only === undefined)
    return trace === undefined
      ? null
      : '--trace writes the path of one future: say which with --only, such as --only 0.';
  if (explore === true)
    return `--only shows one future of one viewpoint: leave out --explore and name the one that is drawn there, as the csv of --explore tells: --viewpoint NAME --only ${only}.`;
  if (viewpoint !== undefined && viewpoint.length > 1)
    return `--only shows one future of one viewpoint: leave one of ${viewpoint.join(', ')}.`;
  return null;
}

/** CSV is one table, and one future has no bands. */
function bandsMisuse({ bands, only, measures, format }: RunOptions): string | null {
  if (bands === undefined) return null;
  if (only !== undefined)
    return 'one future has no bands: leave out --bands, and take --trace for the path of the future.';
  return measures === true && format === 'csv'
    ? '--measures and --bands are two tables, and CSV is one: ask for one of them, or for --format json.'
    : null;
}

/** The table is the only format that leaves anything out. */
function fullMisuse({ full, explore, only }: RunOptions, format: LedgerFormat): string | null {
  if (full !== true) return null;
  if (explore === true) return 'a pool has no verdicts to tell at length: leave out --full, or --explore.';
  if (only !== undefined) return 'one future has no verdicts to tell at length: leave out --full, or --only.';
  return format === 'table'
    ? null
    : `--full lengthens the table, and ${format} has everything anyway: leave it out, or ask for --format table.`;
}

/** What speaks against exploring this model with these options; null if nothing does. */
function exploreFault({ pool, viewpoints, measures }: Model, options: RunOptions): string | null {
  if (options.viewpoint !== undefined)
    return '--explore takes the viewpoints and weights of the line `explore`: leave out --viewpoint, or leave out --explore to see one viewpoint.';
  if (options.hindsight === true)
    return 'a pool takes no viewpoint in hindsight: leave out --hindsight, or leave out --explore to see its column.';
  if (options.bands !== undefined)
    return 'a pool has no bands over time: leave out --bands, or leave out --explore to see those of each viewpoint.';
  if (options.measures === true) return '--explore shows the measures anyway: leave out --measures.';
  if (pool === null) {
    const [first, second] = viewpoints.filter(({ hindsight }) => !hindsight);
    return first === undefined || second === undefined
      ? 'the model has no line `explore`, and needs two viewpoints for one: declare them, and then a line such as `explore West 1, Ukraine 1`.'
      : `the model has no line \`explore\`: add one with the viewpoints to draw from and their weights, such as \`explore ${first.name} 1, ${second.name} 1\`.`;
  }
  return measures.length === 0
    ? '--explore shows what the measures come to, and the model has none: add one, such as `measure left = final stores`.'
    : null;
}

/** The question that the options ask of this model, or what is wrong with them. */
export function questionOf({ model }: Compiled, options: QuestionOptions): Question | string {
  const names = model.viewpoints.map((viewpoint) => viewpoint.name);
  for (const name of options.viewpoint ?? []) {
    if (!names.includes(name)) return unknown('viewpoint', name, names);
  }
  const scenario =
    options.scenario === undefined ? null : model.scenarios.find((one) => one.name === options.scenario);
  if (scenario === undefined) {
    return unknown(
      'scenario',
      options.scenario ?? '',
      model.scenarios.map((one) => one.name),
    );
  }
  const definitions = narrowed(model, options.definition ?? [], scenario);
  if (typeof definitions === 'string') return definitions;
  return {
    runs: options.runs,
    seed: options.seed,
    design: options.design,
    scenario,
    definitions,
    viewpoints: options.viewpoint ?? null,
    hindsight: options.hindsight === true,
  };
}

/** The meanings to which `--definition` narrows the columns. */
function narrowed(
  { variables }: Model,
  typed: readonly string[],
  scenario: Scenario | null,
): Question['definitions'] | string {
  const found: Question['definitions'][number][] = [];
  const declared = variables.flatMap((one) => (one.kind === 'definition' ? [one.name] : []));
  const first = variables.find((one) => one.kind === 'definition');
  const example =
    first === undefined
      ? 'defeat=starved'
      : `${first.name}=${variables[first.meanings[0] ?? -1]?.name ?? ''}`;
  for (const one of typed) {
    const [name = '', meaning, ...rest] = one.split('=').map((part) => part.trim());
    if (name === '' || meaning === undefined || meaning === '' || rest.length > 0)
      return `\`--definition ${one}\` is not understood: write a definition and one of its meanings, such as --definition ${example}.`;
    const number = variables.findIndex((variable) => variable.name === name);
    const definition = variables[number];
    if (definition?.kind !== 'definition') return unknown('definition', name, declared);
    const meanings = definition.meanings.map((variable) => variables[variable]?.name ?? '');
    const wanted = meanings.indexOf(meaning);
    if (wanted < 0) {
      const nearest = suggest(meaning, meanings);
      return `\`${name}\` has no meaning \`${meaning}\`${nearest === null ? '' : `; did you mean \`${nearest}\`?`} (it means ${meanings.join(' or ')})`;
    }
    if (scenario?.forces.some(({ cell }) => cell === definition.firstCell) === true)
      return `the scenario \`${scenario.name}\` already says what \`${name}\` means: leave out --definition ${one}.`;
    found.push({ definition: number, meaning: wanted });
  }
  return found;
}

function unknown(what: string, name: string, candidates: readonly string[]): string {
  const nearest = suggest(name, candidates);
  const list =
    candidates.length === 0 ? `the model has no ${what}s` : `the model has ${candidates.join(', ')}`;
  return `there is no ${what} \`${name}\`${nearest === null ? '' : `; did you mean \`${nearest}\`?`} (${list})`;
}

/** The claim to ask about first: one on which viewpoints differ, else one that was tested at all. */
function nextCommand(path: string, { claims }: Ledger, options: RunOptions): string {
  const [claim] = ['depends on', ''].flatMap((verdict) =>
    claims.filter((one) => Object.keys(one.viewpoints).length > 0 && one.verdict.startsWith(verdict)),
  );
  return claim === undefined
    ? `\nNext: ${commandName()} run ${asTyped(path)} --format json, for everything.`
    : `\nNext: ${[commandName(), 'explain', claim.id, '--in', asTyped(path), ...typedAgain(options)].join(' ')}, for the reasoning.`;
}

/** The options that a question was asked with, but for those that have their usual value. */
function typedAgain({ runs, seed, design, ...asked }: QuestionOptions): readonly string[] {
  return [
    ...(runs === DEFAULT_RUNS ? [] : [`--runs ${runs}`]),
    ...(seed === DEFAULT_SEED ? [] : [`--seed ${seed}`]),
    ...(design === DEFAULT_DESIGN ? [] : [`--design ${design}`]),
    ...(asked.scenario === undefined ? [] : [`--scenario ${asked.scenario}`]),
    ...(asked.definition ?? []).map((one) => `--definition ${one}`),
    ...(asked.hindsight === true ? ['--hindsight'] : []),
    // Names go on to the next option, so that they stand last.
    ...(asked.viewpoint === undefined ? [] : [`--viewpoint ${asked.viewpoint.join(' ')}`]),
  ];
}

const nextOfPool = (path: string, { scenario }: RunOptions): string =>
  `\nNext: ${commandName()} run ${asTyped(path)} --explore${scenario === undefined ? '' : ` --scenario ${scenario}`} --format csv > futures.csv, a row for each future, to look for what sets them apart.`;
