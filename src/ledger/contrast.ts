/**
 * Columns of one measure in several worlds, future by future, and what is asked of the mean of something made of them.
 * A future counts where the measure has a value in every world. Whether a mean lies beyond an edge is told by its whole
 * interval; what rounding leaves between a value and an edge that it ought to meet is not taken for a miss.
 */
import { type MeanInterval, meanInterval, type Sampled } from '../analysis/paired-mean.ts';

/** As a part of the largest value that was met. */
const ROUNDING = 1e-9;

/** By world, and within it by future. */
export type Columns = readonly Float64Array[];

export type Contrast = {
  readonly columns: Columns;
  /** What two values of the measure may differ by and still be one. */
  readonly slack: number;
};

/** The columns where only those futures count that went well in all worlds and that are asked for. */
export function contrastOf(columns: Columns, isCounted: (future: number) => boolean): Contrast {
  const [first] = columns;
  if (first === undefined) throw new Error('a contrast of no worlds');
  let size = 0;
  const counted = columns.map((column) => new Float64Array(column.length).fill(Number.NaN));
  for (let future = 0; future < first.length; future++) {
    if (!isCounted(future) || columns.some((column) => Number.isNaN(column[future]))) continue;
    columns.forEach((column, world) => {
      const value = column[future]!;
      counted[world]![future] = value;
      size = Math.max(size, Math.abs(value));
    });
  }
  return { columns: counted, slack: ROUNDING * size };
}

/** A weight for each world, in a sum. */
export type Weights = readonly number[];

/** The sum of the worlds' values, each times its weight, by future. */
export function combined({ columns }: Contrast, weights: Weights): Float64Array {
  const [first] = columns;
  const sums = new Float64Array(first?.length ?? 0);
  columns.forEach((column, world) => {
    const weight = weights[world] ?? 0;
    if (weight === 0) return;
    for (let future = 0; future < sums.length; future++) sums[future]! += weight * column[future]!;
  });
  // Of a world without weight a future that does not count has none either.
  return sums.map((sum, future) => (Number.isNaN(first?.[future]) ? Number.NaN : sum));
}

/** How the values were sampled: `range` is that of the measure itself. */
export function meanOf(
  contrast: Contrast,
  weights: Weights,
  { isReplicated, range }: Sampled,
): MeanInterval | null {
  // Each world has its value anywhere in the measure's range.
  const ends = (side: 'low' | 'high'): number =>
    weights.reduce((sum, weight) => {
      if (range === null || weight === 0) return sum;
      return sum + weight * range[weight > 0 === (side === 'high') ? 'high' : 'low'];
    }, 0);
  return meanInterval(combined(contrast, weights), {
    isReplicated,
    range: range === null ? null : { low: ends('low'), high: ends('high') },
  });
}

/** Whether an interval lies on or above an edge, or below it; null where it spans it. */
export function liesAbove(
  { low, high }: Pick<MeanInterval, 'low' | 'high'>,
  edge: number,
  slack: number,
): boolean | null {
  if (low >= edge - slack) return true;
  return high < edge - slack ? false : null;
}
