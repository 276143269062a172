/** The models of the benchmark, each made into one Program whose measures are the final levels of all stocks. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { drawAll, PLAIN_STYLE } from '../src/base/draw-diagnostic.ts';
import { type Compiled, compile } from '../src/compile.ts';
import type { RunOrder } from '../src/engine/ensemble.ts';
import { inputColumns } from '../src/engine/input-columns.ts';
import { correlationsOf, figuresOf } from '../src/ledger/viewpoint-order.ts';
import type { MeasurePlan, Program } from '../src/program/program.ts';
import { instantAt } from '../src/program/time-grid.ts';

/** The folder with package.json: this file is run from its source and from where it is compiled to. */
export const ROOT = ((): string => {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
})();

export type Case = {
  readonly name: string;
  readonly what: string;
  readonly order: RunOrder;
  /** Equations: stocks, flows and lets, each element counted. */
  readonly equations: number;
};

export const MODEL_NAMES = ['sixty', 'thousand', 'flagship', 'teacup', 'epidemic', 'draws'] as const;
export type ModelName = (typeof MODEL_NAMES)[number];

const WHAT: Readonly<Record<ModelName, string>> = {
  sixty: 'sixty equations',
  thousand: 'a thousand equations',
  flagship: 'the flagship argument',
  teacup: 'a cup of tea, by rk4',
  epidemic: 'an epidemic in 3,200 steps',
  draws: 'twenty draws a step',
};

/** A model of the benchmark; `futures` of its first viewpoint. */
export function modelCase(name: ModelName, futures: number): Case {
  switch (name) {
    case 'flagship':
      return caseOf(name, WHAT[name], textOf('models/everything-depends-on-ourselves'), futures);
    case 'teacup':
      return caseOf(name, WHAT[name], textOf('models/teacup'), futures);
    case 'thousand':
      return sectorCase(100, null, futures, name, WHAT[name]);
    default:
      return plainCase(name, futures, WHAT[name]);
  }
}

/** A model of `bench/models` as it stands there. */
export const plainCase = (name: string, futures: number, what = name): Case =>
  caseOf(name, what, readFileSync(join(ROOT, 'bench/models', `${name}.casus`), 'utf8'), futures);

const textOf = (folder: string): string => readFileSync(join(ROOT, folder, 'model.casus'), 'utf8');

/** The sixty equations for another number of sectors, ten equations each, and other steps if wanted. */
export function sectorCase(
  sectors: number,
  steps: number | null,
  futures: number,
  name = `${sectors} sectors`,
  what = name,
): Case {
  return caseOf(name, what, sectorText(sectors, steps), futures);
}

/** The text of it. */
export function sectorText(sectors: number, steps: number | null = null): string {
  const text = readFileSync(join(ROOT, 'bench/models/sixty.casus'), 'utf8');
  const names = Array.from({ length: sectors }, (_, sector) => `s${String(sector + 1).padStart(3, '0')}`);
  return text
    .replace(/^group Sector = .*$/m, `group Sector = ${names.join(', ')}`)
    .replace(/\.\. \d+ day by/, (found) => (steps === null ? found : `.. ${steps} day by`));
}

export function compiled(text: string): Compiled {
  const result = compile({ form: 'folder', model: { file: 'model.casus', text }, brief: null });
  if (result.ok) return result.value;
  throw new Error(drawAll(result.diagnostics, new Map([['model.casus', text]]), PLAIN_STYLE));
}

export function caseOf(name: string, what: string, text: string, futures: number): Case {
  const { model, program } = compiled(text);
  const order = orderOf({ model, program: withFinalLevels(program) }, futures);
  return {
    name,
    what,
    order,
    equations: program.variables.filter((one) => !one.asked).length - program.inputs.length,
  };
}

/** The first viewpoint's futures. */
export function orderOf({ model, program }: Pick<Compiled, 'model' | 'program'>, futures: number): RunOrder {
  const [viewpoint] = model.viewpoints;
  return {
    program,
    design: { kind: 'monte-carlo', futures, seed: 1 },
    figures: viewpoint === undefined ? [] : figuresOf(model, viewpoint),
    forced: [],
    redrawn: [],
    correlations: correlationsOf(model, program),
  };
}

/**
 * The same program with the final level of every stock for its measures, and without claims: what generated code works
 * out, too, so that all do the same.
 */
function withFinalLevels(program: Program): Program {
  const end = instantAt(program.time, program.time.steps);
  const measures = program.stocks.map((stock, number): MeasurePlan => {
    const slot = program.variables.findIndex(({ register }) => register === stock.level);
    const empty = new Int32Array(0);
    return {
      name: `final ${stock.name}`,
      reducer: 'final',
      code: { length: 0, operation: new Uint8Array(0), target: empty, a: empty, b: empty, c: empty },
      result: stock.level,
      reads: [slot],
      readsTime: false,
      comparisons: [],
      from: end,
      to: end,
      countFrom: end,
      valueRegister: program.initial.length + number,
    };
  });
  const initial = new Float64Array(program.initial.length + measures.length);
  initial.set(program.initial);
  return { ...program, initial, measures, claims: [] };
}

/** All input columns of an order. */
export function inputsOf(order: RunOrder): readonly Float64Array[] {
  const work = inputColumns(order);
  let part = work.next();
  while (!part.done) part = work.next();
  return part.value;
}
