/**
 * Runs an ensemble on the interpreter, future by future. It knows no clock and no host: when to let others run, and
 * whether to stop, is asked of the host between chunks.
 */

import { type Observer, runFuture } from '../program/interpreter.ts';
import { countClipped } from './count-clipped.ts';
import {
  type FailedFuture,
  futuresOf,
  MOST_FAILED_TOLD,
  onlyTold,
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
    const { program, design, until, leftOut, only } = order;
    const futures = futuresOf(order);
    const columns = await finishing(inputColumns(order), host);
    const inputs = new Float64Array(columns.length);
    const measures = program.measures.map(() => new Float64Array(futures).fill(Number.NaN));
    const claims = program.claims.map(() => new Uint8Array(futures));
    const failed: FailedFuture[] = [];
    const failedInputs: Float64Array[] = [];
    const keeper = keeping(order);
    const clipped = countClipped(program);
    let imbalance = 0;
    for (let place = 0; place < futures; place++) {
      const future = only?.[place] ?? place;
      columns.forEach((column, number) => {
        inputs[number] = column[future] ?? Number.NaN;
      });
      const address = { seed: design.seed, future };
      const result = runFuture(program, inputs, address, keeper.observerOf(place), until);
      if (leftOut?.[future] === 1) keeper.drop(place);
      else if (result.failure !== null) {
        failed.push({ future, ...result.failure });
        if (failed.length <= MOST_FAILED_TOLD) failedInputs.push(inputs.slice());
        keeper.drop(place);
      } else {
        measures.forEach((column, measure) => {
          column[place] = result.measures[measure] ?? Number.NaN;
        });
        claims.forEach((column, claim) => {
          column[place] = result.claims[claim] ?? 0;
        });
        if (until === undefined) {
          clipped.count((number) => result.clipped[number]);
          imbalance = Math.max(imbalance, result.imbalance);
        }
      }
      if ((place + 1) % CHUNK === 0 || place + 1 === futures) {
        host.progress(place + 1 - Math.floor(place / CHUNK) * CHUNK);
        if (await host.pause()) throw new Stopped();
      }
    }
    return onlyTold(order, {
      futures,
      failed,
      dropped: [],
      given: [],
      failedInputs,
      measures,
      claims,
      kept: keeper.columns,
      clipped: clipped.flows(),
      imbalance,
    });
  };
}

/** Writes down what an order wants to be kept of its futures. */
function keeping(order: RunOrder) {
  const { program, keep } = order;
  const futures = futuresOf(order);
  const { variables, instants } = keep ?? { variables: [], instants: [] };
  const registers = variables.map((number) => program.variables[number]?.register ?? -1);
  const columns = registers.flatMap(() => instants.map(() => new Float64Array(futures)));
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
