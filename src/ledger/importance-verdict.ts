/**
 * The verdict rule for importance. A ranking says yes where exactly the named ones stand at its top and are told apart from
 * the next one by their 95 % intervals, and no where one that is not named is told to stand above a named one. A claim
 * about factors holds only on both rankings: what carries most of the variance need not be what can move the mean most, and
 * whoever says "most" should know which of the two is meant. Among levers, which do not vary, there is only the second.
 */
import type { Estimated } from './ledger-of-comparisons.ts';

/** From the worst to the best. */
export const IMPORTANCE_VERDICTS = ['fails', 'on one ranking only', 'holds'] as const;

/** Numbers in `IMPORTANCE_VERDICTS`, between which the verdict lies. */
export type ImportanceRange = { readonly from: number; readonly to: number };

export type Placed = Estimated & { readonly factor: string };

/** Whether the named ones are the top of a ranking; null where the intervals leave it open. */
export function areOnTop(ranking: readonly Placed[], named: readonly string[]): boolean | null {
  const [own, others] = [true, false].map((wanted) =>
    ranking.filter(({ factor }) => named.includes(factor) === wanted),
  );
  if (own === undefined || others === undefined) throw new Error('a ranking in neither part');
  const lowest = Math.min(...own.map(({ low }) => low));
  const highest = Math.max(...others.map(({ high }) => high));
  if (lowest > highest) return true;
  // One that is not named stands above a named one, or level with it where both are known exactly.
  const weakest = Math.min(...own.map(({ high }) => high));
  const strongest = Math.max(...others.map(({ low }) => low));
  return strongest >= weakest ? false : null;
}

/** @param answers of the rankings: by variance and by consequence, or by consequence alone */
export function rangeOf(answers: readonly (boolean | null)[]): ImportanceRange {
  const sure = answers.filter((one) => one === true).length;
  const possible = answers.filter((one) => one !== false).length;
  const verdict = (count: number): number => (count === answers.length ? 2 : count === 0 ? 0 : 1);
  return { from: verdict(sure), to: verdict(possible) };
}

/** What is said of several measures must be so of each. */
export const ofAll = (ranges: readonly ImportanceRange[]): ImportanceRange => ({
  from: Math.min(...ranges.map(({ from }) => from)),
  to: Math.min(...ranges.map(({ to }) => to)),
});

export function importanceVerdict({ from, to }: ImportanceRange): string {
  const [worst, best] = [IMPORTANCE_VERDICTS[from], IMPORTANCE_VERDICTS[to]];
  return worst === best ? `${worst}` : `between ${worst} and ${best}`;
}
