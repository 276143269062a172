/** The part of the tree that happens: events, and how an expression asks after them. */
import type { Span } from '../base/span.ts';
import type { Axis, Declared, Expression, Name, Text } from './tree.ts';
import type { Effect } from './tree-of-effects.ts';

/** A name, or a name with its elements: `strike`, `strike[North]`. */
export type Reference = Expression & { readonly kind: 'name' | 'index' };

/** How an expression asks after what happens. */
export type EventReading =
  /** `strike is active`; of a decision the word behind `is` is an option's. */
  | { readonly kind: 'is'; readonly subject: Reference; readonly state: Name; readonly span: Span }
  /** `strike has happened`. */
  | { readonly kind: 'happened'; readonly subject: Reference; readonly span: Span }
  /** `time since strike`. */
  | { readonly kind: 'since'; readonly subject: Reference; readonly span: Span }
  /** `strike within 1 year of 2024-06-20`, in a claim: it happens at least once from the date on. */
  | {
      readonly kind: 'within';
      readonly subject: Reference;
      readonly length: Expression;
      readonly date: Expression;
      readonly span: Span;
    };

/** What makes an event happen. */
export type EventTrigger =
  /** `on 2023-12-27, 2024-03-01`: dates, or lengths of time; at least one. */
  | { readonly kind: 'on'; readonly instants: readonly Expression[]; readonly span: Span }
  /** `rate 1/year * pressure`. */
  | { readonly kind: 'rate'; readonly rate: Expression; readonly span: Span }
  /** `when runway < ask_below`. */
  | { readonly kind: 'when'; readonly condition: Expression; readonly span: Span };

/** How a scenario or a claim holds an event: `never`, `always`, `on 2024-03-01`. */
export type EventHeld = {
  readonly kind: 'happens';
  readonly how: 'never' | 'always' | 'on';
  /** Of `on`. */
  readonly instant: Expression | null;
  readonly span: Span;
};

/** `event NAME[Group] "label"` and its lines. */
export type EventDeclaration = Declared<'event'> & {
  readonly name: Name;
  readonly axes: readonly Axis[];
  /** An event is yes or no. */
  readonly unit: null;
  readonly label: Text | null;
  /** As written; where several stand there, which is a fault, all of them. */
  readonly triggers: readonly EventTrigger[];
  /** `chance 30%`: how likely each occasion is to be taken. */
  readonly chance: { readonly share: Expression; readonly span: Span } | null;
  /** The place of the line `once`. */
  readonly once: Span | null;
  /** `for LENGTH`: how long it lasts. */
  readonly lasts: { readonly length: Expression; readonly span: Span } | null;
  /** In the order of the lines. */
  readonly effects: readonly Effect[];
};
