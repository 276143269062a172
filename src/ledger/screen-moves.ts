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
  const columns = measures.flatMap((measure) => asItIs.measures[measure] ?? []);
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

/** By how many standard deviations the mean of some column moves at most from where the input is low to where it is high. */
function shiftAlong(shares: Float64Array, columns: readonly Float64Array[]): number {
  const rising = shares.toSorted();
  const tail = Math.floor(TAIL * rising.length);
  const [low, high] = [rising[tail]!, rising[rising.length - 1 - tail]!];
  return Math.max(
    ...columns.map((column) => {
      const isThere = (value: number): boolean => !Number.isNaN(value);
      const [counted, under, over] = [
        column.filter(isThere),
        column.filter((value, future) => isThere(value) && shares[future]! <= low),
        column.filter((value, future) => isThere(value) && shares[future]! >= high),
      ];
      const spread = counted.length < 2 ? 0 : variance(counted);
      if (!(spread > 0) || under.length === 0 || over.length === 0) return 0;
      return Math.abs(mean(over) - mean(under)) / Math.sqrt(spread);
    }),
  );
}
