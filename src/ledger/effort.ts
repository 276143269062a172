/**
 * In how many futures each kind of run is made. The run of a viewpoint has as many as were asked for; what stands beside it,
 * worlds that are compared and ensembles that are drawn anew, has as many where they are affordable, and fewer of a model
 * with many worlds of many instants, in which they would take longer than all else together. Costs are counted in steps of
 * single futures; they hang on the model and the futures asked for alone, so that an answer never hangs on the machine, nor
 * on which claims were asked about.
 */
import { type Design, REPLICATES } from '../engine/design.ts';

/** From how many futures a run starts, and to how many it may be doubled while a verdict is open. */
export type Effort = { readonly least: number; readonly most: number };

/** How often the futures of an open verdict are doubled. */
const MOST_DOUBLINGS = 2;

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
export const FEWEST = { compared: 200, redrawn: 200, ranked: 50 } as const;

/**
 * Futures of each redrawn ensemble: a basis is one of three words, so fewer are enough. With 200 the word of one pair of claim
 * and viewpoint in fifteen hung on the seed, with 1,000 that of one in sixty.
 */
export const BASIS_FUTURES = 1000;
/** A basis compares an ensemble with two others at least, and mostly with a third in which chance is drawn anew. */
const BASIS_RUNS = 4;

/** Of a viewpoint's own run. */
export function mainEffort(asked: number, steps: number): Effort {
  let most = asked;
  while (most < asked << MOST_DOUBLINGS && most * 2 * steps <= STEPS.open) most *= 2;
  return { least: asked, most };
}

/** @param steps instants of all worlds of this one comparison; @param comparisons how many the viewpoint has */
export function comparisonEffort({ futures }: Design, steps: number, comparisons: number): Effort {
  const least = between(FEWEST.compared, STEPS.comparisons / (comparisons * steps), futures);
  return { least, most: least << MOST_DOUBLINGS };
}

/** @param worlds how many worlds are compared beside the run as it is, each of which has a basis */
export const basisFutures = ({ futures }: Design, steps: number, worlds: number): number =>
  between(
    FEWEST.redrawn,
    STEPS.bases / (BASIS_RUNS * (1 + worlds) * steps),
    Math.min(BASIS_FUTURES, futures),
  );

/**
 * `isAll` where a ranking has all futures that it wants; else it is not doubled.
 * @param steps instants of all worlds of this one ranking; @param rankings how many the viewpoint has
 */
export function rankingEffort(
  { futures }: Design,
  steps: number,
  rankings: number,
): Effort & { readonly isAll: boolean } {
  const wanted = wholeReplicates(Math.min(BASIS_FUTURES, futures));
  const least = between(FEWEST.ranked, STEPS.rankings / (rankings * steps), wanted);
  const isAll = least === wanted;
  return { least, most: isAll ? least << MOST_DOUBLINGS : least, isAll };
}

/** `afforded`, or what is nearest to it between the fewest that are enough and those that are wanted. */
const between = (fewest: number, afforded: number, wanted: number): number =>
  wholeReplicates(Math.min(wanted, Math.max(fewest, afforded)));

const wholeReplicates = (futures: number): number =>
  Math.max(REPLICATES, Math.floor(futures / REPLICATES) * REPLICATES);
