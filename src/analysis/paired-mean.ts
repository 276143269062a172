/**
 * The mean of something that every future gives once, such as how far two worlds differ in it. Differences are taken
 * future by future first, so that what both worlds share cancels out and only what the difference varies by is left.
 */
import { mean, variance } from './mean.ts';
import { replicateInterval, weighted } from './replicate-interval.ts';
import { wilson } from './share-interval.ts';

const REPLICATES = 10;

/** The standard normal's 97.5 % quantile. */
const NORMAL_975 = 1.959963984540054;

export type MeanInterval = {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  readonly method: string;
  /** Futures that count. */
  readonly futures: number;
};

export type Sampled = {
  /** Whether the futures are ten independent replicates of equal size, one behind the other. */
  readonly isReplicated: boolean;
  /** Between which numbers every value must lie; null where nothing bounds them. */
  readonly range: { readonly low: number; readonly high: number } | null;
};

export const ALL_ALIKE = 'the same in all futures';

/**
 * Mean and 95 % interval of `values`, in their unit, by future; NaN where a future does not count. Null where none does.
 *
 * - Ten replicates: Student's interval of their means.
 * - Independent futures, or replicates that agree or are empty: the normal interval of the mean (central limit theorem),
 *   which for replicates is rather too wide, since they are more even than independent futures.
 * - All values alike: of values within a range at most Wilson's upper bound of none in n (1927,
 *   doi:10.1080/01621459.1927.10502953) could be others, at worst at the ends of the range. Where nothing bounds the
 *   values no such thing can be said (Bahadur & Savage 1956, doi:10.1214/aoms/1177728077), and what is the same in all
 *   futures has no width.
 */
export function meanInterval(values: Float64Array, { isReplicated, range }: Sampled): MeanInterval | null {
  const valid = values.filter((value) => !Number.isNaN(value));
  const [first] = valid;
  if (first === undefined) return null;
  const futures = valid.length;
  const within = (low: number, high: number): { readonly low: number; readonly high: number } =>
    range === null ? { low, high } : { low: Math.max(low, range.low), high: Math.min(high, range.high) };
  if (valid.every((value) => value === first)) {
    if (range === null) return { mean: first, low: first, high: first, method: ALL_ALIKE, futures };
    const others = wilson(0, futures).high;
    const [low, high] = [first - others * (first - range.low), first + others * (range.high - first)];
    return { mean: first, low, high, method: 'Wilson', futures };
  }
  const centre = mean(valid);
  const means = isReplicated ? replicateMeans(values, centre) : null;
  if (means?.some((one) => one !== means[0])) {
    const { low, high } = replicateInterval(means);
    const half = (high - low) / 2;
    return {
      mean: centre,
      ...within(centre - half, centre + half),
      method: 'Student over ten replicates',
      futures,
    };
  }
  const half = (NORMAL_975 * Math.sqrt(variance(valid))) / Math.sqrt(futures);
  return { mean: centre, ...within(centre - half, centre + half), method: 'normal over futures', futures };
}

/** One mean for each replicate, by its size where they lost futures; null where one has no future that counts. */
function replicateMeans(values: Float64Array, centre: number): readonly number[] | null {
  const size = values.length / REPLICATES;
  const parts = Array.from({ length: REPLICATES }, (_, replicate) =>
    values.slice(replicate * size, (replicate + 1) * size).filter((value) => !Number.isNaN(value)),
  );
  if (parts.some((part) => part.length === 0)) return null;
  return weighted(
    parts.map((part) => mean(part)),
    parts.map(({ length }) => length),
    centre,
  );
}
