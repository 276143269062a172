/**
 * The total effect of one input: the share of a measure's variance that remains while all other inputs are held.
 * It counts every interaction, so an input with a total effect of 0 may be fixed. It is an estimate: it may lie a
 * little outside 0 … 1, and it is never shown without an interval.
 */
import { meanSquaredDifference } from './mean.ts';

/**
 * Jansen's estimator (1999, doi:10.1016/S0010-4655(98)00154-4): mean((f(A) − f(AB))²)/(2·variance).
 * `fA[i]` is the measure at design row i, `fAB[i]` at the same row with this input alone redrawn; `variance` is the
 * measure's variance in its squared unit. Null where the variance is 0: nothing varies, so nothing has a share in
 * it. Throws on different lengths or no rows.
 */
export function totalEffect(fA: ArrayLike<number>, fAB: ArrayLike<number>, variance: number): number | null {
  if (fA.length !== fAB.length || fA.length === 0) {
    throw new Error(`a total effect of ${fA.length} against ${fAB.length} values`);
  }
  if (variance === 0) return null;
  return meanSquaredDifference(fA, fAB) / (2 * variance);
}
