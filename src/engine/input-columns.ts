/**
 * The values of a run's inputs, one column for each register that is given to the program. A column hangs on the order
 * alone, so that any of them can be made apart.
 */
import { type KnotFigure, quantileAt } from '../base/figure.ts';
import { hashName } from '../base/hash.ts';
import { correlatedColumns } from './correlate.ts';
import { drawColumn } from './design.ts';
import type { RunOrder } from './ensemble.ts';

/** Draws between two rests. */
const DRAWS = 5000;

/** All columns in the order of the program's `givenRegisters`, in parts with a rest after each. */
export function* inputColumns(order: RunOrder): Generator<void, readonly Float64Array[]> {
  const columns: Float64Array[] = [];
  const correlated = correlatedColumns(order);
  for (const slot of order.program.inputs.keys()) {
    for (const column of yield* fillColumns(order, slot, correlated)) columns.push(column);
  }
  return columns;
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
