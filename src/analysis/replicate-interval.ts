/**
 * The sampling interval of anything estimated once per independent replicate. It asks nothing of the futures within
 * a replicate, so it serves designs whose futures hang together. Bounds such as 0 … 1 are left to callers.
 */
import { mean, variance } from './mean.ts';

export type ReplicateInterval = { readonly mean: number; readonly low: number; readonly high: number };

const REPLICATES = 10;

/** Student's 97.5 % quantile at nine degrees of freedom. */
const STUDENT_975_OF_9 = 2.262157162798205;

/**
 * Mean and 95 % interval, mean ± t·s/√10, of ten replicates' estimates in their own unit. Throws unless there are
 * exactly ten finite values: `never` has no mean.
 */
export function replicateInterval(values: readonly number[]): ReplicateInterval {
  if (values.length !== REPLICATES) throw new Error(`${values.length} replicates instead of ${REPLICATES}`);
  if (!values.every(Number.isFinite)) throw new Error('a replicate without a finite value');
  const centre = mean(values);
  const half = (STUDENT_975_OF_9 * Math.sqrt(variance(values))) / Math.sqrt(REPLICATES);
  return { mean: centre, low: centre - half, high: centre + half };
}

/**
 * Replicates' estimates of a mean or a share, for `replicateInterval`, where they count so many futures each. Of unequal
 * sizes each is weighted, so that their mean is that of all futures: the linearised variance of a ratio (Cochran 1977,
 * Sampling Techniques, section 6.3). Of equal sizes they are what they are.
 */
export function weighted(
  estimates: readonly number[],
  sizes: readonly number[],
  whole: number,
): readonly number[] {
  if (sizes.every((size) => size === sizes[0])) return estimates;
  const usual = sizes.reduce((sum, size) => sum + size, 0) / sizes.length;
  return estimates.map((estimate, at) => whole + ((estimate - whole) * (sizes[at] ?? 0)) / usual);
}
