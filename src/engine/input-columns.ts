/**
 * The values of a run's inputs, one column for each register that is given to the program. A column hangs on the order
 * alone, so that any of them can be made apart.
 */
import type { KnotFigure } from '../base/figure.ts';
import { correlatedColumns, redrawnSite, redrawnTogether } from './correlate.ts';
import { keptColumn, quantileColumn } from './draw-columns.ts';
import type { RunOrder } from './ensemble.ts';
import { finished } from './host.ts';

/** All columns in the order of the program's `givenRegisters`, in parts with a rest after each. */
export function* inputColumns(order: RunOrder): Generator<void, readonly Float64Array[]> {
  const columns: Float64Array[] = [];
  const correlated = yield* correlatedAndRedrawn(order);
  const constant = constantColumns(order);
  for (const slot of order.program.inputs.keys()) {
    for (const column of yield* fillColumns(order, slot, correlated, constant)) columns.push(column);
  }
  return columns;
}

/** The values of some input slots: for each a column for each of its knots, one where it has none. */
export function* slotColumns(
  order: RunOrder,
  slots: readonly number[],
): Generator<void, readonly (readonly Float64Array[])[]> {
  const found: (readonly Float64Array[])[] = [];
  const correlated = yield* correlatedAndRedrawn(order);
  const constant = constantColumns(order);
  for (const slot of slots) found.push(yield* fillColumns(order, slot, correlated, constant));
  return found;
}

/** The shares at which the figures of some slots are taken in every future, whether they are figures or numbers. */
export function* shareColumns(
  order: RunOrder,
  slots: readonly number[],
): Generator<void, readonly Float64Array[]> {
  const found: Float64Array[] = [];
  const correlated = yield* correlatedAndRedrawn(order);
  for (const slot of slots) {
    const input = order.program.inputs[slot];
    if (input === undefined) throw new Error('shares of an input that is not there');
    const site = order.redrawn.includes(slot) ? redrawnSite(input) : input.site;
    found.push(correlated.get(slot) ?? (yield* keptColumn(order.design, site)));
  }
  return found;
}

/** The value of one input slot in every future; of one with dates, that at its knot. */
export function inputColumn(order: RunOrder, slot: number, knot = 0): Float64Array {
  const column = finished(oneColumn(order, slot))[knot];
  if (column === undefined) throw new Error('a knot that the input does not have');
  return column;
}

function* oneColumn(order: RunOrder, slot: number): Generator<void, readonly Float64Array[]> {
  return yield* fillColumns(order, slot, yield* correlatedAndRedrawn(order), constantColumns(order));
}

/** Columns that hang together: of what is redrawn the second ones, of all else the first. */
function* correlatedAndRedrawn(order: RunOrder): Generator<void, ReadonlyMap<number, Float64Array>> {
  const columns = new Map(yield* correlatedColumns(order));
  for (const slot of order.redrawn) columns.delete(slot);
  for (const [slot, column] of yield* redrawnTogether(order)) columns.set(slot, column);
  return columns;
}

/** One column for each number that some inputs have in every future. */
function constantColumns({ design }: RunOrder): (value: number) => Float64Array {
  const made = new Map<number, Float64Array>();
  return (value) => {
    const known = made.get(value);
    // A map takes 0 and -0 for one.
    if (known !== undefined && Object.is(known[0], value)) return known;
    const column = new Float64Array(design.futures).fill(value);
    made.set(value, column);
    return column;
  };
}

/**
 * The values of one input slot in every future, a column for each of its knots, in parts with a rest after each.
 */
function* fillColumns(
  { program, design, forced, given, placed, figures, redrawn }: RunOrder,
  slot: number,
  correlated: ReadonlyMap<number, Float64Array>,
  filled: (value: number) => Float64Array,
): Generator<void, readonly Float64Array[]> {
  const [input, figure] = [program.inputs[slot], figures[slot]];
  if (input === undefined || figure === undefined) throw new Error('an input without its figure');
  const knots = Math.max(1, input.knots.length);
  // What is the same at all times is so at every knot.
  const atAll = (column: Float64Array): readonly Float64Array[] =>
    knots === 1 ? [column] : Array.from({ length: knots }, () => column);
  const held = forced.find((one) => one.slot === slot);
  if (held !== undefined) return atAll(filled(held.value));
  const stated = given?.find((one) => one.slot === slot);
  if (stated !== undefined) return atAll(stated.values);
  if (figure.kind === 'point') return atAll(filled(figure.value));
  const site = redrawn.includes(slot) ? redrawnSite(input) : input.site;
  const taken = placed?.find((one) => one.slot === slot)?.shares;
  const uniforms = taken ?? correlated.get(slot) ?? (yield* keptColumn(design, site));
  const columnOf = function* (of: KnotFigure): Generator<void, Float64Array> {
    const column = yield* quantileColumn(of, uniforms);
    return taken === undefined ? column : asStated(column);
  };
  if (figure.kind !== 'dated') return atAll(yield* columnOf(figure));
  if (figure.knots.length !== knots) throw new Error('a dated figure that fits other dates');
  const columns: Float64Array[] = [];
  for (const knot of figure.knots)
    columns.push(knot.kind === 'point' ? filled(knot.value) : yield* columnOf(knot));
  return columns;
}

/** Digits that a stated number may have in base units; what lies beyond them is the rounding of a quantile. */
const DIGITS = 14;

/** The end of an interval is then the number that was stated, and not a hair beside it. */
export const statedAt = (value: number, digits = DIGITS): number => Number(value.toPrecision(digits));

function asStated(column: Float64Array): Float64Array {
  let [before, stated] = [Number.NaN, Number.NaN];
  return column.map((value) => {
    // Many futures stand at one point.
    if (value !== before) [before, stated] = [value, statedAt(value)];
    return stated;
  });
}
