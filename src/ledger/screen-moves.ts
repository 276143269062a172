/**
 * Which input of a factor is worth worlds of its own, where there are too many for each to have them. Whether the mean
 * of a measure moves with an input alone can be read off the run as it is, in which all others are drawn independently of it:
 * the mean where it is high, less the mean where it is low (Plischke, Borgonovo & Smith 2013, doi:10.1016/j.ejor.2012.11.047,
 * on what given data tell). This only chooses; how far the mean moves is then told by worlds in which the input is held.
 */
import { mean, variance } from '../analysis/mean.ts';
import type { Ensemble, RunOrder } from '../engine/ensemble.ts';
import { finished } from '../engine/host.ts';
import { shareColumns } from '../engine/input-columns.ts';
import type { Weighed } from './importance-worlds.ts';

/** The share of the futures in which an input counts as high, and as low. */
const TAIL = 0.1;

/** @param asItIs the ensemble of `order` with so many futures as it has */
export function screened(
  all: readonly Weighed[],
  order: RunOrder,
  asItIs: Ensemble,
  measures: readonly number[],
): readonly Weighed[] {
  const columns = measures.flatMap((measure) => {
    const column = asItIs.measures[measure];
    if (column === undefined) return [];
    const counted = column.filter((value) => !Number.isNaN(value));
    const spread = counted.length < 2 ? 0 : variance(counted);
    return spread > 0 ? [{ column, deviation: Math.sqrt(spread) }] : [];
  });
  const drawn = { ...order, design: { ...order.design, futures: asItIs.futures } };
  const slots = [...new Set(all.flatMap(({ singles }) => singles.flatMap((single) => single.slots)))];
  // Shares, not values: a figure with dates has one share for all of them, and where it has few values shares still tell it apart.
  const shares = finished(shareColumns(drawn, slots));
  const shifts = new Map(
    slots.map((slot, at) => [slot, shiftAlong(shares[at] ?? new Float64Array(0), columns)]),
  );
  const sizeOf = (single: Weighed['singles'][number]): number =>
    Math.max(...single.slots.map((slot) => shifts.get(slot) ?? 0));
  return all.map((one) => {
    if (one.singles.length < 2) return one;
    const largest = one.singles.toSorted((a, b) => sizeOf(b) - sizeOf(a));
    return { ...one, singles: largest.slice(0, 1) };
  });
}

type Varying = { readonly column: Float64Array; readonly deviation: number };

/** By how many standard deviations the mean of some column moves at most from where the input is low to where it is high. */
function shiftAlong(shares: Float64Array, columns: readonly Varying[]): number {
  const { under, over } = tailsOf(shares);
  return Math.max(
    0,
    ...columns.map(({ column, deviation }) => {
      const [low, high] = [countedAt(column, under), countedAt(column, over)];
      return low.length === 0 || high.length === 0 ? 0 : Math.abs(mean(high) - mean(low)) / deviation;
    }),
  );
}

type Tails = { readonly under: Int32Array; readonly over: Int32Array };

/** Columns of shares are kept between orders, and one is looked at for every ranking of every viewpoint. */
const known = new WeakMap<Float64Array, Tails>();

/** The futures in which an input is low, and high. */
function tailsOf(shares: Float64Array): Tails {
  const before = known.get(shares);
  if (before !== undefined) return before;
  const rising = shares.toSorted();
  const tail = Math.floor(TAIL * rising.length);
  const [low, high] = [rising[tail]!, rising[rising.length - 1 - tail]!];
  const [under, over]: [number[], number[]] = [[], []];
  for (let future = 0; future < shares.length; future++) {
    if (shares[future]! <= low) under.push(future);
    if (shares[future]! >= high) over.push(future);
  }
  const tails = { under: Int32Array.from(under), over: Int32Array.from(over) };
  known.set(shares, tails);
  return tails;
}

/** The values that a column has in some futures. */
function countedAt(column: Float64Array, futures: Int32Array): Float64Array {
  const values = new Float64Array(futures.length);
  let count = 0;
  for (let at = 0; at < futures.length; at++) {
    const value = column[futures[at]!]!;
    if (!Number.isNaN(value)) values[count++] = value;
  }
  return values.subarray(0, count);
}
