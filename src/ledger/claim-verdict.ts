/**
 * A claim's own rule over any set of futures: what its verdict is, whether more futures could settle it, and, for what
 * rests on a premise, whether it is met at all.
 */
import type { ClaimForm } from '../model/model.ts';
import { type Share, spansEdge, verdictOfInterval } from './condition-verdict.ts';
import { liesWithin, likelihoodVerdict } from './likelihood-verdict.ts';

/** Forms that are judged by counting futures. */
export type CountedForm = Extract<
  ClaimForm,
  { kind: 'condition' | 'likelihood' | 'uniqueness' | 'preference' }
>;

export const isCounted = (form: ClaimForm): form is CountedForm =>
  form.kind === 'condition' ||
  form.kind === 'likelihood' ||
  form.kind === 'uniqueness' ||
  form.kind === 'preference';

export const verdictOn = (form: CountedForm, found: Share): string =>
  form.kind === 'likelihood' ? likelihoodVerdict(form.stated, found) : verdictOfInterval(found.sampling);

/** Whether the sampling error leaves more than one verdict, so that more futures are asked for. */
export const isOpen = (form: CountedForm, found: Share): boolean =>
  form.kind === 'likelihood'
    ? ['not settled', 'between fails and holds'].includes(likelihoodVerdict(form.stated, found))
    : spansEdge(found.sampling);

/** From here on a condition counts as met: it mostly holds. */
export const MOSTLY_HOLDS = 0.8;

/**
 * Whether the claim is met among the futures that were counted; null where the sampling error leaves it open. That a
 * likelihood is always or never met among some of the futures is an answer here, not a lack of occurrences.
 */
export function isMet(form: CountedForm, { sampling }: Share): boolean | null {
  if (form.kind === 'likelihood') return liesWithin(form.stated, sampling);
  if (sampling.low >= MOSTLY_HOLDS) return true;
  return sampling.high < MOSTLY_HOLDS ? false : null;
}
