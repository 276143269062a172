/**
 * In how many futures each kind of run is made. The run of a viewpoint has as many as were asked for; what stands beside it,
 * worlds that are compared and ensembles that are drawn anew, has as many where they are affordable, and fewer of a model
 * with many worlds of many instants, in which they would take longer than all else together. Costs are counted in steps of
 * single futures; they hang on the model and the futures asked for alone, so that an answer never hangs on the machine, nor
 * on which claims were asked about.
 */
import { type Design, REPLICATES } from '../engine/design.ts';

/** In how many futures a run is made: those that it starts with, and those with which it is made again while a verdict is open. */
export type Effort = readonly number[];

/** How often an open verdict gets more futures. */
const MOST_MORE = 2;

/**
 * By what the futures that were asked for are divided where they are too many. A few sizes serve all runs, as whatever is worked out
 * for one size, such as what is calibrated, is worked out again for each other.
 */
const DIVISORS = [1, 10, 100, 1000, 10_000].flatMap((tens) => [tens, 2 * tens, 4 * tens]);

/** Steps of single futures. */
export const STEPS = {
  /** An open verdict does not make a viewpoint's run longer than this. */
  open: 4_000_000,
  /** What all comparisons of a viewpoint share, before any of them is doubled. */
  comparisons: 3_000_000,
  /** What all ensembles of a viewpoint share from which bases are worked out. */
  bases: 4_000_000,
  /** What all rankings of a viewpoint share. */
  rankings: 4_000_000,
} as const;

/** Fewer futures tell too little; where fewer were asked for, these. */
export const FEWEST = { compared: 200, redrawn: 200, ranked: 100 } as const;

/**
 * Futures of each redrawn ensemble: a basis is one of three words, so fewer are enough. With 200 the word of one pair of claim
 * and viewpoint in fifteen hung on the seed, with 1,000 that of one in sixty.
 */
export const BASIS_FUTURES = 1000;
/** A basis compares an ensemble with two others at least, and mostly with a third in which chance is drawn anew. */
const BASIS_RUNS = 4;

/** Of a viewpoint's own run. */
export const mainEffort = (asked: number, steps: number): Effort => [
  asked,
  ...doubled(asked).filter((futures) => futures * steps <= STEPS.open),
];

/** @param steps instants of all worlds of this one comparison; @param comparisons how many the viewpoint has */
export function comparisonEffort({ futures }: Asked, steps: number, comparisons: number): Effort {
  const sizes = sizesOf(futures);
  const first = affordable(sizes, FEWEST.compared, STEPS.comparisons / (comparisons * steps));
  const larger = [...sizes.filter((size) => size > first).toReversed(), ...doubled(futures)];
  return [first, ...larger.slice(0, MOST_MORE)];
}

/** @param worlds how many worlds are compared beside the run as it is, each of which has a basis */
export const basisFutures = ({ futures }: Asked, steps: number, worlds: number): number =>
  affordable(smallSizesOf(futures), FEWEST.redrawn, STEPS.bases / (BASIS_RUNS * (1 + worlds) * steps));

/**
 * `isAll` where a ranking has all futures that it wants; else it gets no more.
 * @param steps instants of all worlds of this one ranking; @param rankings how many the viewpoint has
 */
export function rankingEffort(
  { futures }: Asked,
  steps: number,
  rankings: number,
): { readonly effort: Effort; readonly isAll: boolean } {
  const sizes = smallSizesOf(futures);
  const first = affordable(sizes, FEWEST.ranked, STEPS.rankings / (rankings * steps));
  const isAll = first === sizes[0];
  return { effort: isAll ? [first, ...doubled(first)] : [first], isAll };
}

type Asked = Pick<Design, 'futures'>;

const doubled = (futures: number): readonly number[] =>
  Array.from({ length: MOST_MORE }, (_, times) => futures << (times + 1));

/** The sizes of runs where so many futures were asked for, the largest first. */
const sizesOf = (asked: number): readonly number[] => [
  asked,
  ...new Set(DIVISORS.map((divisor) => wholeReplicates(asked / divisor)).filter((size) => size < asked)),
];

/** Those of a basis and of a ranking, which never need more. */
function smallSizesOf(asked: number): readonly number[] {
  const most = asked < REPLICATES ? asked : wholeReplicates(Math.min(BASIS_FUTURES, asked));
  return [most, ...sizesOf(asked).filter((size) => size < most)];
}

/** The largest size that is afforded, and no less than the smallest that is enough. */
function affordable(sizes: readonly number[], fewest: number, afforded: number): number {
  const enough = sizes.filter((size, at) => at === 0 || size >= fewest);
  return enough.find((size) => size <= afforded) ?? enough.at(-1) ?? 0;
}

const wholeReplicates = (futures: number): number =>
  Math.max(REPLICATES, Math.floor(futures / REPLICATES) * REPLICATES);
