/**
 * What is particular to each form of claim, in one place: what it states, and what stands beside a viewpoint's mark. All
 * other text is the same for every form.
 */
import type { LedgerClaim, ViewpointVerdict } from '../ledger/ledger.ts';
import { statedText } from './claim-text.ts';

type FormText = {
  /** What the claim states, apart from its own sentence; empty where that says it all. */
  readonly stated: (claim: LedgerClaim) => string;
  /** What a viewpoint's answer is, in a word or two behind its mark; empty where the mark says it. */
  readonly beside: (result: ViewpointVerdict) => string;
};

const PLAIN_FORM: FormText = { stated: () => '', beside: () => '' };

const FORMS: Readonly<Record<LedgerClaim['form'], FormText>> = {
  condition: PLAIN_FORM,
  likelihood: {
    stated: ({ stated }) => (stated === null ? '' : `stated: ${statedText(stated)}`),
    // Words of likelihood stand beside likelihoods only: the share of a condition is no chance of anything.
    beside: ({ likelihood }) => likelihood?.word ?? '',
  },
  'on record': PLAIN_FORM,
  'not testable': PLAIN_FORM,
  context: PLAIN_FORM,
  'not yet modelled': PLAIN_FORM,
};

export const statedIn = (claim: LedgerClaim): string => FORMS[claim.form].stated(claim);
export const besideMark = ({ form }: LedgerClaim, result: ViewpointVerdict): string =>
  FORMS[form].beside(result);

/** Whether futures are counted for it. */
export const isTested = ({ form, reason }: LedgerClaim): boolean => form !== 'on record' && reason === null;
