/** The part of the tree that says what is claimed, and against what it is held. */
import type { Span } from '../base/span.ts';
import type { ComparisonOperator, Declared, Expression, Name, Text } from './tree.ts';
import type { EventHeld } from './tree-of-events.ts';
import type { ImportanceText } from './tree-of-importance.ts';

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

/** A plain name or an element of an array: a measure that a claim compares, or what it moves. */
export type Reference = Expression & { kind: 'name' | 'index' };

/** What is held in one of the two worlds that a claim compares. */
export type WrittenForcing =
  /** Nothing: the run itself. */
  | { readonly kind: 'as it is'; readonly span: Span }
  /** `delivered[North] = 0`; behind `against` the name may be left out where it is the same, and is then null. */
  | {
      readonly kind: 'value';
      readonly name: Name | null;
      /** As in a scenario's line. */
      readonly elements: readonly Name[];
      readonly value: Expression | EventHeld;
      readonly span: Span;
    }
  /** The name of a scenario. */
  | { readonly kind: 'name'; readonly name: Name; readonly span: Span };

export const EFFECT_VERBS = ['raises', 'lowers', 'changes', 'carries'] as const;
export type EffectVerb = (typeof EFFECT_VERBS)[number];

/** How much is claimed. */
export type WrittenAmount =
  /** In the measure's unit. */
  | { readonly kind: 'quantity'; readonly value: Expression; readonly span: Span }
  /** `15 points`: hundredths of a share, or of the futures. */
  | { readonly kind: 'points'; readonly value: Expression & { kind: 'number' }; readonly span: Span }
  /** `10%` of the mean in the second world. */
  | { readonly kind: 'percent'; readonly value: Expression & { kind: 'number' }; readonly span: Span }
  /** `half`, of what a measure is in the second world. */
  | { readonly kind: 'half'; readonly span: Span };

export type ClaimForm =
  | { readonly kind: 'condition'; readonly condition: Expression; readonly span: Span }
  | {
      readonly kind: 'likelihood';
      readonly condition: Expression;
      readonly stated: StatedLikelihood;
      readonly span: Span;
    }
  /**
   * `F against G raises m by at least 10% from DATE "reason"`, `F against G carries at least half of m`. With `carries`
   * the amount is `percent` or `half`, else it is never `half`.
   */
  | {
      readonly kind: 'effect';
      readonly first: WrittenForcing;
      readonly second: WrittenForcing;
      readonly verb: EffectVerb;
      readonly measure: Reference;
      readonly amount: WrittenAmount;
      readonly from: Expression | null;
      readonly reason: Text | null;
      readonly span: Span;
    }
  /** `m, n do not hang on x beyond 5% "reason"`; there is at least one measure. */
  | {
      readonly kind: 'irrelevance';
      readonly measures: readonly Reference[];
      readonly subject: Reference;
      readonly margin: Expression & { kind: 'number' };
      readonly reason: Text | null;
      readonly span: Span;
    }
  /** `only China in Supplier has capacity > need`. */
  | {
      readonly kind: 'uniqueness';
      readonly element: Name;
      readonly group: Name;
      readonly condition: Expression;
      readonly span: Span;
    }
  | ImportanceText
  /** `Vietnam prefers decline over accept in vietnam at 2024-06-01`. */
  | {
      readonly kind: 'preference';
      readonly actor: Name;
      readonly option: Name;
      readonly over: Name;
      readonly decision: Reference;
      /** Null for the first meeting. */
      readonly at: Expression | null;
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
