/**
 * Those who run the same futures of one model: the engine's module, the interpreter, generated JavaScript, and C where there
 * is a compiler. Each answers with nanoseconds of the processor's time for a round, so that other work of the
 * machine counts as little as can be.
 */

import { CONTROL, workChunks } from '../src/engine/crew.ts';
import { numbersOf } from '../src/engine/ensemble.ts';
import { runFuture } from '../src/program/interpreter.ts';
import { type Columns, compileBytes, NO_TAPS, shapeOf } from '../src/wasm/instance.ts';
import { compileProgram } from '../src/wasm/program-module.ts';
import { type CProgram, startC } from './c-process.ts';
import type { Form } from './generated-c.ts';
import { javascriptRun } from './generated-javascript.ts';
import { type Case, inputsOf } from './model-case.ts';

export const CONTENDERS = ['c vector', 'wasm', 'c scalar', 'javascript', 'interpreter'] as const;
export type ContenderName = (typeof CONTENDERS)[number];

export type Contender = {
  readonly name: ContenderName;
  /** How many of the case's futures, from the first, it runs in a round. */
  readonly futures: number;
  /** Nanoseconds of one round. */
  readonly round: () => Promise<number>;
  /** Columns of final levels, then one of imbalances, of the last round. */
  readonly levels: () => Promise<readonly Float64Array[]>;
  readonly end: () => void;
};

/** Nanoseconds that this process has worked. */
export function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) * 1000;
}

export async function timed(work: () => void | Promise<void>): Promise<number> {
  const from = processorTime();
  await work();
  return processorTime() - from;
}

/** Futures of the interpreter and of JavaScript as shares of the others', which are faster. */
const FEWER: Readonly<Partial<Record<ContenderName, number>>> = { javascript: 4, interpreter: 64 };

export function contenderFor(name: ContenderName, one: Case, compiler: string | null): Contender | null {
  const { program, design } = one.order;
  const inputs = inputsOf(one.order);
  const futures = Math.max(1, Math.floor(design.futures / (FEWER[name] ?? 1)));
  const columns = (): Float64Array[] =>
    Array.from({ length: program.stocks.length + 1 }, () => new Float64Array(futures));
  switch (name) {
    case 'wasm':
      return ofModule(one, inputs);
    case 'javascript': {
      const run = javascriptRun(program, design.seed);
      const levels = columns();
      return {
        name,
        futures,
        round: () => timed(() => run(inputs, futures, levels)),
        levels: async () => levels,
        end: () => {},
      };
    }
    case 'interpreter': {
      const levels = columns();
      const given = new Float64Array(inputs.length);
      const run = (): void => {
        for (let future = 0; future < futures; future++) {
          inputs.forEach((column, slot) => {
            given[slot] = column[future]!;
          });
          const { measures, imbalance } = runFuture(program, given, { seed: design.seed, future });
          program.stocks.forEach((_, stock) => {
            levels[stock]![future] = measures[stock] ?? Number.NaN;
          });
          levels.at(-1)![future] = imbalance;
        }
      };
      return { name, futures, round: () => timed(run), levels: async () => levels, end: () => {} };
    }
    case 'c scalar':
    case 'c vector': {
      if (compiler === null) return null;
      const form: Form = name === 'c scalar' ? 'scalar' : 'vector';
      const started: CProgram = startC(compiler, one.order, inputs, form);
      return { name, futures, round: started.run, levels: started.levels, end: started.end };
    }
  }
}

function ofModule(one: Case, inputs: readonly Float64Array[]): Contender {
  const { program, design } = one.order;
  const { futures, seed } = design;
  const { bytes, layout } = compileProgram(program, { wide: true });
  const columns: Columns = {
    numbers: numbersOf(one.order),
    inputs,
    measures: program.measures.map(() => new Float64Array(futures)),
    claims: [],
    failedBy: new Int32Array(futures),
    failedAt: new Float64Array(futures),
    imbalances: new Float64Array(futures),
    clipped: program.clipped.map(() => new Float64Array(futures)),
    taps: NO_TAPS,
  };
  const module = compileBytes(bytes);
  const job = { shape: shapeOf(program, layout), module, seed, futures, columns };
  return {
    name: 'wasm',
    futures,
    round: () =>
      timed(() => {
        for (const _ of workChunks(job, new Int32Array(CONTROL.words)));
      }),
    levels: async () => [...columns.measures, columns.imbalances],
    end: () => {},
  };
}
