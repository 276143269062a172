/**
 * Runs an ensemble on the interpreter, future by future. It knows no clock and no host: when to let others run, and
 * whether to stop, is asked of the host between chunks.
 */
import { runFuture } from '../program/interpreter.ts';
import { type Ensemble, type FailedFuture, type Run, SECOND_DRAWS, Stopped } from './ensemble.ts';
import { finishing, type Host } from './host.ts';
import { inputColumns } from './input-columns.ts';

/** Futures between two breaths: short enough for a key press to be answered at once. */
const CHUNK = 25;
export function interpretingRun(host: Host): Run {
  return async (order) => {
    const { program, design } = order;
    const columns = await finishing(inputColumns(order), host);
    const inputs = new Float64Array(columns.length);
    const measures = program.measures.map(() => new Float64Array(design.futures).fill(Number.NaN));
    const claims = program.claims.map(() => new Uint8Array(design.futures));
    const failed: FailedFuture[] = [];
    const drawsFrom = order.chanceRedrawn ? SECOND_DRAWS : 0;
    const clipped = program.clipped.map(({ name }) => ({
      flow: name,
      futures: 0,
      first: Number.POSITIVE_INFINITY,
    }));
    let imbalance = 0;
    for (let future = 0; future < design.futures; future++) {
      columns.forEach((column, number) => {
        inputs[number] = column[future] ?? Number.NaN;
      });
      const result = runFuture(program, inputs, { seed: design.seed, future: future + drawsFrom });
      if (result.failure !== null) failed.push({ future, ...result.failure });
      else {
        measures.forEach((column, measure) => {
          column[future] = result.measures[measure] ?? Number.NaN;
        });
        claims.forEach((column, claim) => {
          column[future] = result.claims[claim] ?? 0;
        });
        clipped.forEach((flow, number) => {
          const first = result.clipped[number] ?? Number.POSITIVE_INFINITY;
          if (first !== Number.POSITIVE_INFINITY) flow.futures++;
          flow.first = Math.min(flow.first, first);
        });
        imbalance = Math.max(imbalance, result.imbalance);
      }
      if ((future + 1) % CHUNK === 0 || future + 1 === design.futures) {
        host.progress(future + 1 - Math.floor(future / CHUNK) * CHUNK);
        if (await host.pause()) throw new Stopped();
      }
    }
    return {
      futures: design.futures,
      failed,
      measures,
      claims,
      clipped: clipped.filter(({ futures }) => futures > 0),
      imbalance,
    } satisfies Ensemble;
  };
}
