/**
 * Runs an ensemble on the interpreter, future by future. It knows no clock and no host: when to let others run, and
 * whether to stop, is asked of the host between chunks.
 */
import { quantile } from '../base/distribution.ts';
import { hashName } from '../base/hash.ts';
import { runFuture } from '../program/interpreter.ts';
import { correlatedColumns } from './correlate.ts';
import { drawColumn } from './design.ts';
import {
  type Ensemble,
  type FailedFuture,
  type Run,
  type RunOrder,
  SECOND_DRAWS,
  Stopped,
} from './ensemble.ts';

export type Host = {
  /** Lets the host breathe between chunks; true asks to stop. */
  readonly pause: () => Promise<boolean>;
  /** Hears of every chunk. */
  readonly progress: (futures: number) => void;
};

/** Futures between two breaths: short enough for a key press to be answered at once. */
const CHUNK = 25;
/** Draws between two breaths. */
const DRAWS = 5000;

export function interpretingRun(host: Host): Run {
  return async (order) => {
    const { program, design } = order;
    const columns: Float64Array[] = [];
    const correlated = correlatedColumns(order);
    for (const slot of program.inputs.keys()) {
      const filling = fillColumn(order, slot, correlated);
      let part = filling.next();
      while (!part.done) {
        if (await host.pause()) throw new Stopped();
        part = filling.next();
      }
      columns.push(part.value);
    }
    const inputs = new Float64Array(program.inputs.length);
    const measures = program.measures.map(() => new Float64Array(design.futures).fill(Number.NaN));
    const claims = program.claims.map(() => new Uint8Array(design.futures));
    const failed: FailedFuture[] = [];
    const drawsFrom = order.chanceRedrawn ? SECOND_DRAWS : 0;
    let imbalance = 0;
    for (let future = 0; future < design.futures; future++) {
      columns.forEach((column, slot) => {
        inputs[slot] = column[future] ?? Number.NaN;
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
        imbalance = Math.max(imbalance, result.imbalance);
      }
      if ((future + 1) % CHUNK === 0 || future + 1 === design.futures) {
        host.progress(future + 1 - Math.floor(future / CHUNK) * CHUNK);
        if (await host.pause()) throw new Stopped();
      }
    }
    const ensemble: Ensemble = { futures: design.futures, failed, measures, claims, imbalance };
    return ensemble;
  };
}

/** The value of one input slot in every future; `correlated` are the order's correlated columns. */
export function inputColumn(
  order: RunOrder,
  slot: number,
  correlated: ReadonlyMap<number, Float64Array> = correlatedColumns(order),
): Float64Array {
  const filling = fillColumn(order, slot, correlated);
  let part = filling.next();
  while (!part.done) part = filling.next();
  return part.value;
}

/** The same in parts, with a rest after each: some quantiles take tens of microseconds. */
function* fillColumn(
  { program, design, forced, figures, redrawn }: RunOrder,
  slot: number,
  correlated: ReadonlyMap<number, Float64Array>,
): Generator<void, Float64Array> {
  const held = forced.find((one) => one.slot === slot);
  if (held !== undefined) return new Float64Array(design.futures).fill(held.value);
  const [input, figure] = [program.inputs[slot], figures[slot]];
  if (input === undefined || figure === undefined) throw new Error('an input without its figure');
  if (figure.kind === 'point') return new Float64Array(design.futures).fill(figure.value);
  const uniforms = redrawn.includes(slot)
    ? drawColumn(design, hashName(`${input.name} redrawn`))
    : (correlated.get(slot) ?? drawColumn(design, input.site));
  const column = new Float64Array(design.futures);
  for (let future = 0; future < design.futures; future++) {
    column[future] = quantile(figure, uniforms[future]!);
    if ((future + 1) % DRAWS === 0) yield;
  }
  yield;
  return column;
}
