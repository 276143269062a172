/**
 * Runs an ensemble on the interpreter, future by future. It knows no clock and no host: when to let others run, and
 * whether to stop, is asked of the host between chunks.
 */
import { type KnotFigure, quantileAt } from '../base/figure.ts';
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
      const filling = fillColumns(order, slot, correlated);
      let part = filling.next();
      while (!part.done) {
        if (await host.pause()) throw new Stopped();
        part = filling.next();
      }
      for (const column of part.value) columns.push(column);
    }
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

/** The value of one input slot in every future; of one with dates, that at its knot. */
export function inputColumn(order: RunOrder, slot: number, knot = 0): Float64Array {
  const filling = fillColumns(order, slot, correlatedColumns(order));
  let part = filling.next();
  while (!part.done) part = filling.next();
  const column = part.value[knot];
  if (column === undefined) throw new Error('a knot that the input does not have');
  return column;
}

/**
 * The values of one input slot in every future, a column for each of its knots, in parts with a rest after each: some
 * quantiles take tens of microseconds.
 */
function* fillColumns(
  { program, design, forced, figures, redrawn }: RunOrder,
  slot: number,
  correlated: ReadonlyMap<number, Float64Array>,
): Generator<void, readonly Float64Array[]> {
  const [input, figure] = [program.inputs[slot], figures[slot]];
  if (input === undefined || figure === undefined) throw new Error('an input without its figure');
  const filled = (value: number): Float64Array => new Float64Array(design.futures).fill(value);
  const knots = Math.max(1, input.knots.length);
  // What is the same at all times is so at every knot.
  const atAll = (column: Float64Array): readonly Float64Array[] =>
    Array.from({ length: knots }, () => column);
  const held = forced.find((one) => one.slot === slot);
  if (held !== undefined) return atAll(filled(held.value));
  if (figure.kind === 'point') return atAll(filled(figure.value));
  const uniforms = redrawn.includes(slot)
    ? drawColumn(design, hashName(`${input.name} redrawn`))
    : (correlated.get(slot) ?? drawColumn(design, input.site));
  if (figure.kind !== 'dated') return atAll(yield* quantiles(figure, uniforms));
  if (figure.knots.length !== knots) throw new Error('a dated figure that fits other dates');
  const columns: Float64Array[] = [];
  for (const knot of figure.knots)
    columns.push(knot.kind === 'point' ? filled(knot.value) : yield* quantiles(knot, uniforms));
  return columns;
}

function* quantiles(figure: KnotFigure, uniforms: Float64Array): Generator<void, Float64Array> {
  const column = new Float64Array(uniforms.length);
  for (let future = 0; future < uniforms.length; future++) {
    column[future] = quantileAt(figure, uniforms[future]!);
    if ((future + 1) % DRAWS === 0) yield;
  }
  yield;
  return column;
}
