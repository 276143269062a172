/**
 * The verdict rule for likelihoods: whether the share of futures in which a thing comes about lies where the claim says.
 * Words are those of ICD 203 and one-sided: `is unlikely` also holds of what has almost no chance, while `in band` asks
 * for the band itself; `roughly even` is a band by nature. Where the edge that the claim names would itself show in fewer
 * than thirty futures, and fewer than thirty go that way, so few cannot settle it: shares out there hang on the outermost
 * ends of the stated ranges, which nobody has drawn with care. An edge further in, or at the other end, is decided, however
 * rare the thing turns out: what comes about in none of 500 futures is not almost certain.
 */
import type { LikelihoodWord, StatedLikelihood } from '../model/model.ts';
import { occurrencesOf, type Share } from './condition-verdict.ts';
import type { LikelihoodFound, LikelihoodVerdict } from './ledger.ts';

/** Futures that must go each way. */
export const FEWEST_OCCURRENCES = 30;

/** One end of a stretch of shares. */
type End = { readonly at: number; readonly included: boolean };
export type Stretch = { readonly low: End; readonly high: End };

const from = (at: number): End => ({ at, included: true });
const beyond = (at: number): End => ({ at, included: false });
const NEVER = from(0);
const ALWAYS = from(1);

/** ICD 203's bands; between them they cover 0 … 1, each share once. */
export const BANDS: Readonly<Record<LikelihoodWord, Stretch>> = {
  'almost no chance': { low: NEVER, high: beyond(0.05) },
  'very unlikely': { low: from(0.05), high: beyond(0.2) },
  unlikely: { low: from(0.2), high: beyond(0.45) },
  'roughly even': { low: from(0.45), high: from(0.55) },
  likely: { low: beyond(0.55), high: from(0.8) },
  'very likely': { low: beyond(0.8), high: from(0.95) },
  'almost certain': { low: beyond(0.95), high: ALWAYS },
};

const isAbove = (share: number, { at, included }: End): boolean => share > at || (included && share === at);
const isBelow = (share: number, { at, included }: End): boolean => share < at || (included && share === at);

export const isWithin = (share: number, { low, high }: Stretch): boolean =>
  isAbove(share, low) && isBelow(share, high);

export function wordOf(share: number): LikelihoodWord {
  const words = Object.keys(BANDS) as LikelihoodWord[];
  const found = words.find((word) => isWithin(share, BANDS[word]));
  if (found === undefined) throw new Error(`a share of ${share}`);
  return found;
}

/** The shares of which the claim would be right. */
export function stretchOf(stated: StatedLikelihood): Stretch {
  if (stated.kind === 'words') {
    const band = BANDS[stated.word];
    if (stated.inBand) return band;
    if (isBelow(band.high.at, beyond(0.5))) return { low: NEVER, high: band.high };
    return isAbove(band.low.at, beyond(0.5)) ? { low: band.low, high: ALWAYS } : band;
  }
  const { operator, value } = stated;
  switch (operator) {
    case '<':
      return { low: NEVER, high: beyond(value) };
    case '<=':
      return { low: NEVER, high: from(value) };
    case '>':
      return { low: beyond(value), high: ALWAYS };
    case '>=':
      return { low: from(value), high: ALWAYS };
  }
}

/** The claim's own words. */
export const textOf = (stated: StatedLikelihood): string =>
  stated.kind === 'words'
    ? `is ${stated.inBand ? 'in band ' : ''}${stated.word}`
    : `P ${stated.operator} ${Number((stated.value * 100).toPrecision(12))} %`;

/** Whether fewer than thirty futures go one of the two ways. */
export function isRare(found: Share): boolean {
  const occurrences = occurrencesOf(found);
  return Math.min(occurrences, found.sampling.futures - occurrences) < FEWEST_OCCURRENCES;
}

/** Whether the interval of a share lies where the claim says, or beside it; null where it spans an edge. */
export function liesWithin(
  stated: StatedLikelihood,
  { low, high }: { readonly low: number; readonly high: number },
): boolean | null {
  const stretch = stretchOf(stated);
  if (isWithin(low, stretch) && isWithin(high, stretch)) return true;
  // A stretch is whole, so an interval with both ends on one side of it lies outside.
  return !isAbove(high, stretch.low) || !isBelow(low, stretch.high) ? false : null;
}

/** Whether fewer than thirty futures go a way, to or from the thing, on which an edge of the claim would show in as few. */
function isTooRare(stated: StatedLikelihood, found: Share): boolean {
  const { futures } = found.sampling;
  const occurrences = occurrencesOf(found);
  const { low, high } = stretchOf(stated);
  return [low.at, high.at]
    .filter((edge) => edge > 0 && edge < 1)
    .some(
      (edge) =>
        Math.max(occurrences, edge * futures) < FEWEST_OCCURRENCES ||
        Math.max(futures - occurrences, (1 - edge) * futures) < FEWEST_OCCURRENCES,
    );
}

export function likelihoodVerdict(stated: StatedLikelihood, found: Share): LikelihoodVerdict {
  if (isTooRare(stated, found)) return 'not settled';
  const lies = liesWithin(stated, found.sampling);
  if (lies === null) return 'between fails and holds';
  return lies ? 'holds' : 'fails';
}

/**
 * What too few occurrences show all the same: where there are none in n futures, at most 3/n (the rule of three, which is
 * the 95 % bound of none in n; Hanley & Lippman-Hand 1983, doi:10.1001/jama.1983.03330370053031), else the interval's end.
 */
function boundOf(found: Share): LikelihoodFound['bound'] {
  if (!isRare(found)) return null;
  const { futures, low, high } = found.sampling;
  const occurrences = occurrencesOf(found);
  const three = Math.min(1, 3 / futures);
  return occurrences * 2 <= futures
    ? { side: 'at most', share: occurrences === 0 ? three : high }
    : { side: 'at least', share: occurrences === futures ? 1 - three : low };
}

export const likelihoodFound = (found: Share): LikelihoodFound => ({
  word: wordOf(found.share),
  occurrences: occurrencesOf(found),
  bound: boundOf(found),
});
