/** The part of the tree that says what is claimed, and against what it is held. */
import type { Span } from '../base/span.ts';
import type { ComparisonOperator, Declared, Expression, Name, Text } from './tree.ts';

export type RecordLine = {
  readonly stance: 'for' | 'partly' | 'against';
  readonly source: Name;
  readonly note: Text | null;
  readonly span: Span;
};

/** The words of ICD 203 (Office of the Director of National Intelligence, 2015), from the rarest to the surest. */
export const LIKELIHOOD_WORDS = [
  'almost no chance',
  'very unlikely',
  'unlikely',
  'roughly even',
  'likely',
  'very likely',
  'almost certain',
] as const;
export type LikelihoodWord = (typeof LIKELIHOOD_WORDS)[number];

export type StatedLikelihood =
  /** `is unlikely`; `in band` leaves out what is still less likely, or still likelier. */
  | { readonly kind: 'words'; readonly word: LikelihoodWord; readonly inBand: boolean }
  /** `P(…) >= 90%`. */
  | {
      readonly kind: 'number';
      readonly operator: ComparisonOperator;
      readonly value: Expression & { kind: 'number' };
    };

export type ClaimForm =
  | { readonly kind: 'condition'; readonly condition: Expression; readonly span: Span }
  | {
      readonly kind: 'likelihood';
      readonly condition: Expression;
      readonly stated: StatedLikelihood;
      readonly span: Span;
    }
  | { readonly kind: 'on record'; readonly lines: readonly RecordLine[]; readonly span: Span }
  | {
      readonly kind: 'not testable' | 'context' | 'not yet modelled';
      readonly reason: Text;
      readonly span: Span;
    };

export type ClaimDeclaration = Declared<'claim'> & {
  readonly name: Name;
  readonly statement: Text | null;
  /** The row of a table of claims that this one answers, as written: `2.3a`. */
  readonly row: Text | null;
  /** Null where the body could not be read; the fault is already reported. */
  readonly form: ClaimForm | null;
  /** Lines `because NAME`: claims that this one rests on. */
  readonly because: readonly Name[];
  /** Lines `with NAME`: claims that are to hold together with this one. */
  readonly with: readonly Name[];
  /** The place of the line `in hindsight`: judged only with what was stated after `as of`. */
  readonly hindsight: Span | null;
};
