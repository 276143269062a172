/** The part of the tree that chooses: decisions with their options, and how equations read what stands. */
import type { Span } from '../base/span.ts';
import type { Axis, Declared, Expression, Name, Text } from './tree.ts';
import type { Effect } from './tree-of-effects.ts';
import type { EventReading } from './tree-of-events.ts';

/** `chance of china is arms`. */
export type ChanceReading = {
  readonly kind: 'chance';
  readonly of: EventReading & { readonly kind: 'is' };
  readonly span: Span;
};

/** An expression behind a word of its line, and the line. */
export type DecisionLine = { readonly value: Expression; readonly span: Span };

export type OptionText = {
  readonly name: Name;
  /** What it is worth to the one who decides, as a state sees it. */
  readonly utility: Expression;
  /** `for the leader EXPRESSION`. */
  readonly leader: DecisionLine | null;
  /** `for ACTOR EXPRESSION`: what it is worth to the one whose consent is needed. */
  readonly partner: (DecisionLine & { readonly actor: Name }) | null;
  /** `closed unless CONDITION`. */
  readonly closedUnless: DecisionLine | null;
  readonly cost: DecisionLine | null;
  /** What it moves once it is newly taken, and what it sets while it stands. */
  readonly effects: readonly Effect[];
  readonly span: Span;
};

/** When it is decided. */
export type Meetings =
  /** `every LENGTH [from INSTANT]`. */
  | {
      readonly kind: 'every';
      readonly length: Expression;
      readonly from: Expression | null;
      readonly span: Span;
    }
  /** `on INSTANT, INSTANT`. */
  | { readonly kind: 'on'; readonly instants: readonly Expression[]; readonly span: Span }
  /** `when CONDITION`: each time it turns true. */
  | { readonly kind: 'when'; readonly condition: Expression; readonly span: Span };

/** Lines of a decision that stand once, behind or before its options. */
export const DECISION_LINES = ['reason', 'scale', 'inertia'] as const;

/**
 * `decision NAME[Group] "label" by ACTOR [with ACTOR] every LENGTH`, and its indented lines; `by` and `meetings` are null
 * only where they could not be read.
 */
export type DecisionDeclaration = Declared<'decision'> & {
  readonly name: Name;
  readonly axes: readonly Axis[];
  readonly label: Text | null;
  /** An actor, or the index of a group of actors. */
  readonly by: Name | null;
  readonly with: Name | null;
  readonly meetings: Meetings | null;
  readonly options: readonly OptionText[];
  readonly reason: DecisionLine | null;
  readonly scale: DecisionLine | null;
  readonly inertia: DecisionLine | null;
};
