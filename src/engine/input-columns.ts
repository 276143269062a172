/**
 * The values of a run's inputs, one column for each register that is given to the program. A column hangs on the order
 * alone, so that any of them can be made apart.
 */
import type { KnotFigure } from '../base/figure.ts';
import { correlatedColumns, redrawnSite, redrawnTogether } from './correlate.ts';
import { columnsKept, keptColumn, keptQuantiles, quantileColumn, quantilesKept } from './draw-columns.ts';
import type { RunOrder } from './ensemble.ts';
import { finished } from './host.ts';

/** All columns in the order of the program's `givenRegisters`, in parts with a rest after each. */
export function* inputColumns(order: RunOrder): Generator<void, readonly Float64Array[]> {
  const columns: Float64Array[] = [];
  const drawn = yield* drawnBy(order);
  for (let slot = 0; slot < order.program.inputs.length; slot++) {
    const known = columnAtHand(order, slot, drawn);
    if (known !== null) columns.push(known);
    else for (const column of yield* fillColumns(order, slot, drawn)) columns.push(column);
  }
  return columns;
}

/** The values of some input slots: for each a column for each of its knots, one where it has none. */
export function* slotColumns(
  order: RunOrder,
  slots: readonly number[],
): Generator<void, readonly (readonly Float64Array[])[]> {
  const found: (readonly Float64Array[])[] = [];
  const drawn = yield* drawnBy(order);
  for (const slot of slots) {
    const known = columnAtHand(order, slot, drawn);
    found.push(known !== null ? [known] : yield* fillColumns(order, slot, drawn));
  }
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
  return yield* fillColumns(order, slot, yield* drawnBy(order));
}

/** What an order says of its slots, to be found by their numbers. */
type Drawn = {
  readonly held: ReadonlyMap<number, number>;
  readonly given: ReadonlyMap<number, Float64Array>;
  readonly placed: ReadonlyMap<number, Float64Array>;
  readonly redrawn: ReadonlySet<number>;
  readonly correlated: ReadonlyMap<number, Float64Array>;
  readonly kept: (site: number) => Float64Array | null;
  readonly filled: (value: number) => Float64Array;
};

function* drawnBy(order: RunOrder): Generator<void, Drawn> {
  const { forced, given = [], placed = [], redrawn, design } = order;
  return {
    held: new Map(firstOnes(forced.map(({ slot, value }) => [slot, value]))),
    given: new Map(firstOnes(given.map(({ slot, values }) => [slot, values]))),
    placed: new Map(firstOnes(placed.map(({ slot, shares }) => [slot, shares]))),
    redrawn: new Set(redrawn),
    correlated: yield* correlatedAndRedrawn(order),
    kept: columnsKept(design),
    filled: constantColumns(design.futures),
  };
}

/** Of several that speak of one slot the first counts, and a map takes the last. */
const firstOnes = <Of>(all: (readonly [number, Of])[]): (readonly [number, Of])[] => all.reverse();

/** Columns that hang together: of what is redrawn the second ones, of all else the first. */
function* correlatedAndRedrawn(order: RunOrder): Generator<void, ReadonlyMap<number, Float64Array>> {
  const columns = new Map(yield* correlatedColumns(order));
  for (const slot of order.redrawn) columns.delete(slot);
  for (const [slot, column] of yield* redrawnTogether(order)) columns.set(slot, column);
  return columns;
}

/** Of so many futures at most columns are kept that hold one number in every future: 8 MB of them. */
const MOST_CONSTANT = { futures: 1024, numbers: 1_048_576 } as const;
const constants = new Map<number, Map<number, Float64Array>>();
let constantsKept = 0;

/** One column for each number that some inputs have in every future; nobody may write into it. */
function constantColumns(futures: number): (value: number) => Float64Array {
  const isKept = futures <= MOST_CONSTANT.futures;
  if (constantsKept > MOST_CONSTANT.numbers) {
    constants.clear();
    constantsKept = 0;
  }
  const made = (isKept ? constants.get(futures) : undefined) ?? new Map<number, Float64Array>();
  if (isKept) constants.set(futures, made);
  return (value) => {
    const known = made.get(value);
    // A map takes 0 and -0 for one.
    if (known !== undefined && Object.is(known[0], value)) return known;
    const column = new Float64Array(futures).fill(value);
    made.set(value, column);
    if (isKept) constantsKept += futures;
    return column;
  };
}

/** What `fillColumns` would give of an input without dates where nothing has to be drawn for it; null elsewhere. */
function columnAtHand(
  { program, figures }: RunOrder,
  slot: number,
  { held, given, placed, redrawn, correlated, kept, filled }: Drawn,
): Float64Array | null {
  const [input, figure] = [program.inputs[slot], figures[slot]];
  if (input === undefined || figure === undefined || input.knots.length > 0) return null;
  const value = held.get(slot);
  if (value !== undefined) return filled(value);
  const stated = given.get(slot);
  if (stated !== undefined) return stated;
  if (figure.kind === 'point') return filled(figure.value);
  if (figure.kind === 'dated' || placed.has(slot)) return null;
  const site = redrawn.has(slot) ? redrawnSite(input) : input.site;
  const uniforms = correlated.get(slot) ?? kept(site);
  return uniforms === null ? null : quantilesKept(figure, uniforms);
}

/**
 * The values of one input slot in every future, a column for each of its knots, in parts with a rest after each.
 */
function* fillColumns(
  { program, design, figures }: RunOrder,
  slot: number,
  { held, given, placed, redrawn, correlated, filled }: Drawn,
): Generator<void, readonly Float64Array[]> {
  const [input, figure] = [program.inputs[slot], figures[slot]];
  if (input === undefined || figure === undefined) throw new Error('an input without its figure');
  const knots = Math.max(1, input.knots.length);
  // What is the same at all times is so at every knot.
  const atAll = (column: Float64Array): readonly Float64Array[] =>
    knots === 1 ? [column] : Array.from({ length: knots }, () => column);
  const value = held.get(slot);
  if (value !== undefined) return atAll(filled(value));
  const stated = given.get(slot);
  if (stated !== undefined) return atAll(stated);
  if (figure.kind === 'point') return atAll(filled(figure.value));
  const site = redrawn.has(slot) ? redrawnSite(input) : input.site;
  const taken = placed.get(slot);
  const uniforms = taken ?? correlated.get(slot) ?? (yield* keptColumn(design, site));
  const columnOf = function* (of: KnotFigure): Generator<void, Float64Array> {
    return taken === undefined
      ? yield* keptQuantiles(of, uniforms)
      : asStated(yield* quantileColumn(of, uniforms));
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
