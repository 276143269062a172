/**
 * The interpreter is the oracle of the modules: on every model of the gallery, and on generated ones, both give the same
 * bits, whatever the lanes and sections.
 */
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { load } from '../../src/cli/load.ts';
import { CONTROL, workChunks } from '../../src/engine/crew.ts';
import { inputColumns } from '../../src/engine/input-columns.ts';
import { correlationsOf, figuresOf } from '../../src/ledger/viewpoint-order.ts';
import { runFuture } from '../../src/program/interpreter.ts';
import type { Program } from '../../src/program/program.ts';
import { type Columns, compileBytes, NO_TAPS, shapeOf } from '../../src/wasm/instance.ts';
import { compileProgram, type ModuleOptions } from '../../src/wasm/program-module.ts';

const SEED = 7;
const FUTURES = 41;

const OPTIONS: readonly (ModuleOptions & { readonly name: string })[] = [
  { name: 'pairs', wide: true },
  { name: 'one by one', wide: false },
  { name: 'pairs, short sections', wide: true, sectionWeight: 7 },
  { name: 'one by one, short sections', wide: false, sectionWeight: 7 },
];

function runModule(
  program: Program,
  options: ModuleOptions,
  inputs: readonly Float64Array[],
  futures: number,
): Columns {
  const { bytes, layout } = compileProgram(program, options);
  const columns: Columns = {
    inputs,
    measures: program.measures.map(() => new Float64Array(futures)),
    claims: program.claims.map(() => new Uint8Array(futures)),
    failedBy: new Int32Array(futures),
    failedAt: new Float64Array(futures),
    imbalances: new Float64Array(futures),
    taps: NO_TAPS,
  };
  const job = {
    shape: shapeOf(program, layout),
    module: compileBytes(bytes),
    seed: SEED,
    futures,
    firstFuture: 0,
    columns,
  };
  for (const _ of workChunks(job, new Int32Array(CONTROL.words)));
  return columns;
}

function finished<Result>(work: Generator<void, Result>): Result {
  let part = work.next();
  while (!part.done) part = work.next();
  return part.value;
}

const models = readdirSync('models');

describe.each(models)('%s', (name) => {
  const loaded = load(`models/${name}`).result;
  if (!loaded.ok) throw new Error(`${name} has faults`);
  const { model, program } = loaded.value;
  it.each(OPTIONS)('gives the bits of the interpreter: $name', (options) => {
    for (const viewpoint of model.viewpoints.slice(0, 2)) {
      const order = {
        program,
        design: { kind: 'monte-carlo', futures: FUTURES, seed: SEED },
        figures: figuresOf(model, viewpoint),
        forced: [],
        redrawn: [],
        chanceRedrawn: false,
        correlations: correlationsOf(model, program),
      } as const;
      const inputs = finished(inputColumns(order));
      const found = runModule(program, options, inputs, FUTURES);
      for (let future = 0; future < FUTURES; future++) {
        const expected = runFuture(
          program,
          Float64Array.from(inputs, (column) => column[future] ?? Number.NaN),
          { seed: SEED, future },
        );
        expect(expected.failure === null).toBe(found.failedBy[future] === -1);
        if (expected.failure !== null) continue;
        program.measures.forEach((measure, number) => {
          const value = found.measures[number]?.[future];
          if (!Object.is(value, expected.measures[number]))
            expect.fail(`${measure.name} in future ${future}: ${value} for ${expected.measures[number]}`);
        });
        expect(found.claims.map((column) => column[future])).toEqual([...expected.claims]);
        expect(found.imbalances[future]).toBe(expected.imbalance);
      }
    }
  });
});
