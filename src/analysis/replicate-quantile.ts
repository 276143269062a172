/**
 * The sampling interval of a quantile for designs that run as independent replicates. Quantiles of the small replicates
 * themselves would not do: a twentieth of fifty values is another number than a twentieth of five hundred, in the mean
 * too, while the share of values below a point has no such bias.
 */
import type { OrderInterval } from './quantiles.ts';
import { quantileOf } from './quantiles.ts';
import { replicateInterval, weighted } from './replicate-interval.ts';

/**
 * Woodruff's 95 % interval (1952, doi:10.1080/01621459.1952.10483443): Student's interval of the share below the
 * estimated p-quantile, over ten replicates, carried back to values by the order statistics of all of them, outwards
 * where it falls between two. An end is null where the sample does not bound it. Null where all replicates agree: that
 * they do is chance, and their scatter then says nothing. `sorted` holds the replicates' values, ascending; `never` may
 * be among them.
 */
export function replicateQuantile(
  replicates: readonly Float64Array[],
  sorted: Float64Array,
  p: number,
): OrderInterval | null {
  const estimate = quantileOf(sorted, p);
  const shares = replicates.map((values) => {
    let count = 0;
    for (let at = 0; at < values.length; at++) if (values[at]! <= estimate) count++;
    return count / values.length;
  });
  if (shares.every((share) => share === shares[0])) return null;
  const share = countUpTo(sorted, estimate) / sorted.length;
  const sizes = replicates.map(({ length }) => length);
  const { mean, high } = replicateInterval(weighted(shares, sizes, share));
  const half = high - mean;
  const below = Math.floor(sorted.length * (p - half));
  const above = Math.floor(sorted.length * (1 - p - half));
  return { low: sorted[below - 1] ?? null, high: sorted[sorted.length - above] ?? null };
}

/** How many of some ascending values are no larger than another. */
function countUpTo(sorted: Float64Array, value: number): number {
  let [from, to] = [0, sorted.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (sorted[middle]! <= value) from = middle + 1;
    else to = middle;
  }
  return from;
}
