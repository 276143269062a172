/**
 * Runs an ensemble on the interpreter, future by future. It knows no clock and no host: when to let others run, and
 * whether to stop, is asked of the host between chunks.
 */

import { type Observer, runFuture } from '../program/interpreter.ts';
import { countClipped } from './count-clipped.ts';
import {
  type Ensemble,
  type FailedFuture,
  MOST_FAILED_TOLD,
  type Run,
  type RunOrder,
  Stopped,
} from './ensemble.ts';
import { finishing, type Host } from './host.ts';
import { inputColumns } from './input-columns.ts';

/** Futures between two breaths: short enough for a key press to be answered at once. */
const CHUNK = 25;
export function interpretingRun(host: Host): Run {
  return async (order) => {
    const { program, design, until, leftOut } = order;
    const columns = await finishing(inputColumns(order), host);
    const inputs = new Float64Array(columns.length);
    const measures = program.measures.map(() => new Float64Array(design.futures).fill(Number.NaN));
    const claims = program.claims.map(() => new Uint8Array(design.futures));
    const failed: FailedFuture[] = [];
    const failedInputs: Float64Array[] = [];
    const keeper = keeping(order);
    const clipped = countClipped(program);
    let imbalance = 0;
    for (let future = 0; future < design.futures; future++) {
      columns.forEach((column, number) => {
        inputs[number] = column[future] ?? Number.NaN;
      });
      const address = { seed: design.seed, future };
      const result = runFuture(program, inputs, address, keeper.observerOf(future), until);
      if (leftOut?.[future] === 1) keeper.drop(future);
      else if (result.failure !== null) {
        failed.push({ future, ...result.failure });
        if (failed.length <= MOST_FAILED_TOLD) failedInputs.push(inputs.slice());
        keeper.drop(future);
      } else {
        measures.forEach((column, measure) => {
          column[future] = result.measures[measure] ?? Number.NaN;
        });
        claims.forEach((column, claim) => {
          column[future] = result.claims[claim] ?? 0;
        });
        if (until === undefined) {
          clipped.count((number) => result.clipped[number]);
          imbalance = Math.max(imbalance, result.imbalance);
        }
      }
      if ((future + 1) % CHUNK === 0 || future + 1 === design.futures) {
        host.progress(future + 1 - Math.floor(future / CHUNK) * CHUNK);
        if (await host.pause()) throw new Stopped();
      }
    }
    return {
      futures: design.futures,
      failed,
      dropped: [],
      given: [],
      failedInputs,
      measures,
      claims,
      kept: keeper.columns,
      clipped: clipped.flows(),
      imbalance,
    } satisfies Ensemble;
  };
}

/** Writes down what an order wants to be kept of its futures. */
function keeping({ program, design, keep }: RunOrder) {
  const { variables, instants } = keep ?? { variables: [], instants: [] };
  const registers = variables.map((number) => program.variables[number]?.register ?? -1);
  const columns = registers.flatMap(() => instants.map(() => new Float64Array(design.futures)));
  const placeOf = new Map(instants.map((instant, place) => [instant, place]));
  return {
    columns,
    observerOf:
      (future: number): Observer =>
      (instant, _, values) => {
        const place = placeOf.get(instant);
        if (place === undefined) return;
        registers.forEach((register, variable) => {
          const column = columns[variable * instants.length + place];
          if (column !== undefined) column[future] = values[register] ?? Number.NaN;
        });
      },
    drop: (future: number): void => {
      for (const column of columns) column[future] = Number.NaN;
    },
  };
}
