/**
 * The sampling interval of a share, for independent draws only: a Latin hypercube's futures are not independent and
 * take the replicates' interval instead.
 */

export type Interval = { readonly low: number; readonly high: number };

/** The standard normal's 97.5 % quantile. */
const NORMAL_975 = 1.959963984540054;

/**
 * Wilson's 95 % score interval of successes/n (1927, doi:10.1080/01621459.1927.10502953), within 0 … 1 and exactly
 * 0 or 1 at an end where none or all succeed. With n = 0 nothing is known: 0 … 1. Throws unless 0 ≤ successes ≤ n,
 * both whole.
 */
export function wilson(successes: number, n: number): Interval {
  if (!Number.isSafeInteger(successes) || !Number.isSafeInteger(n) || successes < 0 || successes > n) {
    throw new Error(`${successes} successes in ${n}`);
  }
  if (n === 0) return { low: 0, high: 1 };
  const square = NORMAL_975 * NORMAL_975;
  const centre = (successes + square / 2) / (n + square);
  const half = (NORMAL_975 * Math.sqrt((successes * (n - successes)) / n + square / 4)) / (n + square);
  return {
    low: successes === 0 ? 0 : Math.max(0, centre - half),
    high: successes === n ? 1 : Math.min(1, centre + half),
  };
}
