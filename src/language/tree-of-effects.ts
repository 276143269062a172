/** The part of the tree in which what happens, or is chosen, moves something: lines of events and of options. */
import type { Span } from '../base/span.ts';
import type { Expression } from './tree.ts';
import type { Reference } from './tree-of-events.ts';

export type Effect =
  /** `adds 500 round to stores`, `takes 20% * stores from stores`. */
  | {
      readonly kind: 'adds' | 'takes';
      readonly amount: Expression;
      readonly target: Reference;
      readonly span: Span;
    }
  /** `sets fire_rate to 1.5 * fire_rate`. */
  | {
      readonly kind: 'sets';
      readonly target: Reference;
      readonly value: Expression;
      readonly span: Span;
    };
