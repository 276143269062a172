/**
 * The total effect of a factor, which may hold several inputs and streams of chance, with its sampling interval. A factor is
 * redrawn whole, so that whatever its members do together is its own; what it does together with other factors counts for
 * each of them, so that the shares of all factors add up to 1 or more.
 */
import { meanSquaredDifference, variance } from './mean.ts';
import { replicateInterval } from './replicate-interval.ts';

const REPLICATES = 10;

export type FactorEffect = {
  /** The share of the variance that remains while all other factors are held. */
  readonly share: number;
  /** Its 95 % interval, within 0 … 1. */
  readonly low: number;
  readonly high: number;
  /** Pairs of rows that count. */
  readonly pairs: number;
};

/** A standard deviation this small beside the values is what rounding left. */
const ROUNDING = 1e-10;

/**
 * Jansen's estimator (1999, doi:10.1016/S0010-4655(98)00154-4) for a group of inputs (Saltelli et al. 2008,
 * doi:10.1002/9780470725184, section 4.6): mean((f(A) − f(AB))²)/(2·variance), where `fA[i]` is the measure in row i and
 * `fAB[i]` the same with the whole factor redrawn, NaN where a future does not count. The rows are ten independent replicates, one
 * behind the other. The estimate is the ratio of the replicates' mean numerator and mean variance; its interval is
 * Student's over the ten replicates' linearised ratios (Cochran 1977, section 6.4), as numerator and variance of a
 * replicate go together. No number where nothing varies but by rounding, and where a replicate has fewer than two pairs.
 */
export function factorEffect(
  fA: Float64Array,
  fAB: Float64Array,
): FactorEffect | 'does not vary' | 'too few pairs' {
  if (fA.length !== fAB.length) throw new Error(`a factor of ${fA.length} against ${fAB.length} values`);
  const numerators: number[] = [];
  const variances: number[] = [];
  let size = 0;
  let pairs = 0;
  for (let replicate = 0; replicate < REPLICATES; replicate++) {
    const from = Math.floor((replicate * fA.length) / REPLICATES);
    const to = Math.floor(((replicate + 1) * fA.length) / REPLICATES);
    const [a, b]: [number[], number[]] = [[], []];
    for (let row = from; row < to; row++) {
      if (Number.isNaN(fA[row]!) || Number.isNaN(fAB[row]!)) continue;
      a.push(fA[row]!);
      b.push(fAB[row]!);
      size = Math.max(size, Math.abs(fA[row]!), Math.abs(fAB[row]!));
    }
    if (a.length < 2) return 'too few pairs';
    pairs += a.length;
    numerators.push(meanSquaredDifference(a, b) / 2);
    // Both halves of the pairs have the measure's law, so that both tell its variance.
    variances.push((variance(a) + variance(b)) / 2);
  }
  const whole = sum(variances) / REPLICATES;
  const rounding = ROUNDING * size;
  if (!(whole > rounding * rounding)) return 'does not vary';
  const share = sum(numerators) / REPLICATES / whole;
  const linearised = numerators.map(
    (numerator, replicate) => share + (numerator - share * variances[replicate]!) / whole,
  );
  const { low, high } = replicateInterval(linearised);
  const within = (value: number): number => Math.min(1, Math.max(0, value));
  return { share: within(share), low: within(low), high: within(high), pairs };
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
