/**
 * Quantiles of a measure over futures, and their sampling intervals. A measure may be `never` (+Infinity), a value
 * above every number: it takes part in ranks and is never averaged with a number. Failed futures (NaN) are left out
 * by the caller.
 */

/** An end is null where the sample is too small to bound the quantile on that side. */
export type OrderInterval = { readonly low: number | null; readonly high: number | null };

/** What each end of a 95 % interval may miss. */
const MISSED_PER_END = 0.025;

/** Weights below this share of the largest are left out of a binomial sum. */
const NEGLIGIBLE = 1e-20;

function assertUsable(sorted: Float64Array, p: number): void {
  if (sorted.length === 0) throw new Error('a quantile of no values');
  if (!(p >= 0 && p <= 1)) throw new Error(`a quantile at ${p}`);
}

/**
 * The p-quantile of ascending values: type 7 of Hyndman & Fan (1996, doi:10.2307/2684934), straight between the
 * order statistics at (n−1)·p. Between a number and `never` it is `never`. Throws if there are no values or p lies
 * outside 0 … 1.
 */
export function quantileOf(sorted: Float64Array, p: number): number {
  assertUsable(sorted, p);
  const place = (sorted.length - 1) * p;
  const index = Math.floor(place);
  const fraction = place - index;
  const lower = sorted[index]!;
  const upper = sorted[Math.min(index + 1, sorted.length - 1)]!;
  if (fraction === 0 || lower === upper) return lower;
  // Any share of the way from a number to +Infinity is +Infinity, so `never` needs no case of its own.
  return lower + fraction * (upper - lower);
}

/**
 * A distribution-free interval that covers the true p-quantile in at least 95 % of independent samples, at most
 * 2.5 % missed at each end: two order statistics whose ranks come from the exact binomial distribution (Conover
 * 1999, Practical Nonparametric Statistics, section 3.2), no normal approximation. Ascending values; `never` may be
 * an end. Throws like `quantileOf`.
 */
export function orderInterval(sorted: Float64Array, p: number): OrderInterval {
  assertUsable(sorted, p);
  const below = lowerBinomialQuantile(sorted.length, p);
  // By symmetry: as many values stand above the upper rank as stand below the lower one at 1 − p.
  const above = lowerBinomialQuantile(sorted.length, 1 - p);
  return { low: sorted[below - 1] ?? null, high: sorted[sorted.length - above] ?? null };
}

/**
 * The largest rank l in 0 … n with P(B < l) ≤ 2.5 %, B binomial (n, p). Weights are worked out from the mode
 * downwards and upwards by the ratio of neighbours, so nothing under- or overflows; about √n of them matter.
 */
function lowerBinomialQuantile(n: number, p: number): number {
  if (p === 0) return 0;
  if (p === 1) return n;
  const mode = Math.min(n, Math.floor((n + 1) * p));
  const odds = p / (1 - p);
  const lower: number[] = [1];
  for (let k = mode, weight = 1; k > 0 && weight > NEGLIGIBLE; k--) {
    weight *= k / ((n - k + 1) * odds);
    lower.push(weight);
  }
  const upper: number[] = [];
  for (let k = mode, weight = 1; k < n && weight > NEGLIGIBLE; k++) {
    weight *= ((n - k) * odds) / (k + 1);
    upper.push(weight);
  }
  // Smallest first, both for accuracy and because that is the order in which the cumulative sum is needed.
  const weights = [...lower.reverse(), ...upper];
  const first = mode - (lower.length - 1);
  let total = 0;
  for (const weight of weights) total += weight;
  let cumulative = 0;
  for (let index = 0; index < weights.length; index++) {
    cumulative += weights[index]!;
    if (cumulative > MISSED_PER_END * total) return first + index;
  }
  return n;
}
