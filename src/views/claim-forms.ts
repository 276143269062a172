/**
 * What is particular to each form of claim, in one place: what it states, what stands behind a viewpoint's mark, and what
 * is told of a viewpoint at length. All other text is the same for every form.
 */
import type { LedgerClaim, ViewpointVerdict } from '../ledger/ledger.ts';
import { statedText } from './claim-text.ts';
import { comparedLong, comparedShort } from './comparison-text.ts';
import { importanceTables } from './importance-text.ts';

/** What the claim states, apart from its own sentence; empty where the sentence and the model's condition say it. */
export function statedIn({ stated, compared }: LedgerClaim): string {
  if (stated !== null) return `stated: ${statedText(stated)}`;
  return compared === undefined ? '' : `stated: ${compared.text}`;
}

/** What a viewpoint's answer is, in a word or two; empty where its mark says it. */
export function besideMark(result: ViewpointVerdict): string {
  // Words of likelihood stand beside likelihoods only: the share of a condition is no chance of anything.
  return result.likelihood === null ? comparedShort(result) : result.likelihood.word;
}

/** Sentences about a viewpoint's answer, below its line. */
export const detailsOf = (result: ViewpointVerdict): readonly string[] => comparedLong(result);

/** What is set in columns, below these sentences' line and above them: lines of at most `width` characters. */
export const tablesOf = ({ importance }: ViewpointVerdict, width: number): readonly string[] =>
  importance === undefined ? [] : importanceTables(importance, width);

/** Whether futures are counted for it. */
export const isTested = ({ form, reason }: LedgerClaim): boolean => form !== 'on record' && reason === null;
