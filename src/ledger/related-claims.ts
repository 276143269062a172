/**
 * Claims beside claims, counted in one viewpoint's futures. `because`: is the conclusion met where its premise is true,
 * and is it met where the premise is false? `with`: in how many futures are both true? Neither asks for more futures;
 * both are read off those that the verdicts needed.
 */
import type { Design } from '../engine/design.ts';
import type { Ensemble } from '../engine/ensemble.ts';
import { type CountedForm, isMet } from './claim-verdict.ts';
import { columnOf, type Share, shareAmong } from './condition-verdict.ts';
import { notCounted } from './counted.ts';
import type { Companion, Premise, PremiseVerdict } from './ledger.ts';
import { FEWEST_OCCURRENCES } from './likelihood-verdict.ts';
import type { Other } from './other-claims.ts';

export type Futures = {
  readonly ensemble: Ensemble;
  readonly design: Design;
  /** Whether so many futures failed that nothing is settled. */
  readonly settled: boolean;
};

export function testPremise(
  { ensemble, design, settled }: Futures,
  form: CountedForm,
  column: number,
  premise: Other,
): Premise {
  const isTrue = columnOf(ensemble, premise.column);
  const given = shareAmong(ensemble, column, design, (future) => isTrue[future] === 1);
  const without = shareAmong(ensemble, column, design, (future) => isTrue[future] !== 1);
  const answer = { claim: premise.name, given, without };
  const reason = whyUntested(given, without);
  if (reason !== '' || given === null || without === null)
    return { ...answer, verdict: 'not tested', reason };
  const verdict = settled ? premiseVerdict(isMet(form, given), isMet(form, without)) : 'not settled';
  return { ...answer, verdict, reason: '' };
}

/** By whether the conclusion is met where the premise is true, and where it is false; null is open. */
export function premiseVerdict(given: boolean | null, without: boolean | null): PremiseVerdict {
  if (given === null || without === null) return 'not settled';
  if (given) return without ? 'stands without it' : 'rests on it';
  return without ? 'stands only without it' : 'does not follow from it';
}

/** Too few futures on one side show nothing of it. */
function whyUntested(given: Share | null, without: Share | null): string {
  const [trueIn, falseIn] = [given?.sampling.futures ?? 0, without?.sampling.futures ?? 0];
  if (trueIn + falseIn === 0) return 'no future is left';
  if (trueIn === 0) return 'the premise is never true';
  if (falseIn === 0) return 'the premise is always true';
  if (trueIn < FEWEST_OCCURRENCES) return 'the premise is hardly ever true';
  return falseIn < FEWEST_OCCURRENCES ? 'the premise is nearly always true' : '';
}

export function testCompanion(
  { ensemble, design, settled }: Futures,
  column: number,
  other: Other,
): Companion {
  const [own, its] = [columnOf(ensemble, column), columnOf(ensemble, other.column)];
  const both = shareOfBoth(ensemble, column, design, its);
  const answer = { claim: other.name, both };
  if (both === null) return { ...answer, verdict: 'not tested', reason: 'no future is left' };
  if (!settled) return { ...answer, verdict: 'not settled', reason: '' };
  if (both.share > 0) return { ...answer, verdict: 'together', reason: '' };
  // Two claims contradict each other only if each is true often enough to be met.
  const reason =
    whyNoPair(countTrue(ensemble, its), 'the other') || whyNoPair(countTrue(ensemble, own), 'this one');
  if (reason !== '') return { ...answer, verdict: 'not tested', reason };
  return { ...answer, verdict: 'never together', reason: '' };
}

function whyNoPair(occurrences: number, which: string): string {
  if (occurrences === 0) return `${which} is never true`;
  return occurrences < FEWEST_OCCURRENCES ? `${which} is hardly ever true` : '';
}

function countTrue(ensemble: Ensemble, truths: Uint8Array): number {
  const out = notCounted(ensemble);
  return truths.reduce((sum, truth, future) => sum + (out.has(future) ? 0 : truth), 0);
}

function shareOfBoth(ensemble: Ensemble, column: number, design: Design, its: Uint8Array): Share | null {
  const own = columnOf(ensemble, column);
  const both = own.map((truth, future) => (truth === 1 && its[future] === 1 ? 1 : 0));
  return shareAmong({ ...ensemble, claims: [both] }, 0, design, () => true);
}
