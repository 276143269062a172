/**
 * The verdict rule for conditions: how often the condition is true among a viewpoint's futures, and what the sampling
 * error leaves open. The edges are those of docs/claims in words: holds from 95 in 100 on, mostly holds from 80,
 * mostly fails up to 20, fails up to 5, contested between.
 */
import { replicateInterval, weighted } from '../analysis/replicate-interval.ts';
import { wilson } from '../analysis/share-interval.ts';
import { type Design, REPLICATES } from '../engine/design.ts';
import type { Ensemble } from '../engine/ensemble.ts';
import { notCounted } from './counted.ts';
import { CONDITION_VERDICTS, type ConditionVerdict, type Sampling } from './ledger.ts';

/** More failing futures than this, and nothing is settled. */
export const MOST_FAILED = 0.01;

export function conditionVerdict(share: number): ConditionVerdict {
  if (share >= 0.95) return 'holds';
  if (share >= 0.8) return 'mostly holds';
  if (share <= 0.05) return 'fails';
  if (share <= 0.2) return 'mostly fails';
  return 'contested';
}

/** The verdict that an interval allows, or the best and worst of those that it spans. */
export function verdictOfInterval({ low, high }: { readonly low: number; readonly high: number }): string {
  const [best, worst] = [conditionVerdict(high), conditionVerdict(low)];
  return best === worst ? best : `between ${worst} and ${best}`;
}

export const spansEdge = (interval: { readonly low: number; readonly high: number }): boolean =>
  conditionVerdict(interval.low) !== conditionVerdict(interval.high);

/** The method where there is none: the figures are exact numbers. */
export const NOTHING_DRAWN = 'nothing drawn';

export type Share = { readonly share: number; readonly sampling: Sampling };

/**
 * How often a claim is true among the valid futures, with the 95 % interval of the design: Wilson's for independent
 * draws, Student's over the ten replicates of a Latin hypercube. Where all replicates agree Student's interval would
 * have no width, which the sample does not support; Wilson's stands there too. Null if every future failed.
 */
export const shareTrue = (ensemble: Ensemble, claim: number, design: Design): Share | null =>
  shareAmong(ensemble, claim, design, () => true);

/** Where nothing that a claim hangs on is drawn, every future says the same and no sampling error is left. */
export function shareWithoutDraws(ensemble: Ensemble, claim: number): Share | null {
  const out = notCounted(ensemble);
  const column = columnOf(ensemble, claim);
  const valid = ensemble.futures - out.size;
  const first = column.findIndex((_, future) => !out.has(future));
  if (first < 0) return null;
  const share = column[first] ?? 0;
  return { share, sampling: { low: share, high: share, method: NOTHING_DRAWN, futures: valid } };
}

/** The same among some of the futures only. */
export function shareAmong(
  ensemble: Ensemble,
  claim: number,
  design: Design,
  isCounted: (future: number) => boolean,
): Share | null {
  const column = columnOf(ensemble, claim);
  const out = notCounted(ensemble);
  const counts = Array.from({ length: REPLICATES }, () => ({ valid: 0, true: 0 }));
  for (let future = 0; future < ensemble.futures; future++) {
    if (out.has(future) || !isCounted(future)) continue;
    const count = counts[Math.floor((future * REPLICATES) / ensemble.futures)];
    if (count === undefined) throw new Error('a future outside its replicates');
    count.valid++;
    count.true += column[future] ?? 0;
  }
  const valid = counts.reduce((sum, count) => sum + count.valid, 0);
  if (valid === 0) return null;
  const successes = counts.reduce((sum, count) => sum + count.true, 0);
  const share = successes / valid;
  const shares = counts.map((count) => count.true / count.valid);
  const alike = shares.every((one) => one === shares[0]);
  if (design.kind === 'monte-carlo' || alike || counts.some((count) => count.valid === 0)) {
    const { low, high } = wilson(successes, valid);
    return { share, sampling: { low, high, method: 'Wilson', futures: valid } };
  }
  const interval = replicateInterval(
    weighted(
      shares,
      counts.map(({ valid: size }) => size),
      share,
    ),
  );
  const [low, high] = [Math.max(0, interval.low), Math.min(1, interval.high)];
  return { share, sampling: { low, high, method: 'Student over ten replicates', futures: valid } };
}

/** By future, 1 where the claim's condition is true. */
export function columnOf(ensemble: Ensemble, claim: number): Uint8Array {
  const column = ensemble.claims[claim];
  if (column === undefined) throw new Error('a claim without its column');
  return column;
}

/** In how many of its futures a share's condition is true. */
export const occurrencesOf = ({ share, sampling }: Share): number => Math.round(share * sampling.futures);

export const isConditionVerdict = (verdict: string): verdict is ConditionVerdict =>
  (CONDITION_VERDICTS as readonly string[]).includes(verdict);
