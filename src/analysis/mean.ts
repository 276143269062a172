/**
 * Sum, mean and variance over futures. Pairwise over fixed blocks in index order: the error grows with the logarithm
 * of the number of values, and the bits hang on the values alone, not on how chunks came in. Values must already
 * stand at their future's index.
 */

const BLOCK = 128;

/**
 * The sum of term(0) … term(count−1): each block of 128 from left to right, then neighbours of blocks, neighbours of
 * pairs and so on, an odd one carried over (Higham 1993, doi:10.1137/0914050).
 */
function sumOf(count: number, term: (index: number) => number): number {
  const sums: number[] = [];
  for (let start = 0; start < count; start += BLOCK) {
    const end = Math.min(start + BLOCK, count);
    let sum = 0;
    for (let index = start; index < end; index++) sum += term(index);
    sums.push(sum);
  }
  let length = sums.length;
  while (length > 1) {
    const half = Math.floor(length / 2);
    for (let index = 0; index < half; index++) sums[index] = sums[2 * index]! + sums[2 * index + 1]!;
    if (length % 2 === 1) sums[half] = sums[length - 1]!;
    length = Math.floor((length + 1) / 2);
  }
  return sums[0] ?? 0;
}

/** The sum; 0 of no values. */
export function pairwiseSum(values: ArrayLike<number>): number {
  return sumOf(values.length, (index) => values[index]!);
}

/** The mean, in the values' unit; NaN of no values. */
export function mean(values: ArrayLike<number>): number {
  return pairwiseSum(values) / values.length;
}

/** The sample variance with divisor n−1, by deviations from the mean; NaN of fewer than two values. */
export function variance(values: ArrayLike<number>): number {
  if (values.length < 2) return Number.NaN;
  const centre = mean(values);
  const squares = sumOf(values.length, (index) => {
    const deviation = values[index]! - centre;
    return deviation * deviation;
  });
  return squares / (values.length - 1);
}

/** The mean of (a − b)²; NaN of no values. Both have one length, which callers have seen to. */
export function meanSquaredDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const squares = sumOf(a.length, (index) => {
    const difference = a[index]! - b[index]!;
    return difference * difference;
  });
  return squares / a.length;
}
