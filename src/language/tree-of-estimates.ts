/** The part of the tree that holds what speakers say of a number: bounds, figures, estimates with dates, matrices. */
import type { Span } from '../base/span.ts';
import type { Expression, Name, Text } from './tree.ts';

export const BOUNDS = ['exact', 'about', 'at least', 'at most', 'denied'] as const;
/** `exact` is what stands without a word. */
export type Bound = (typeof BOUNDS)[number];

/** What an estimate says or is read as. */
export type Figure =
  | { readonly kind: 'point'; readonly value: Expression; readonly span: Span }
  /** `a to b`: the ends of a 90 % interval. */
  | { readonly kind: 'interval'; readonly low: Expression; readonly high: Expression; readonly span: Span }
  /** `triangular(1, 2, 3)`; whether the name is a distribution's is for the model to say. */
  | {
      readonly kind: 'named';
      readonly name: Name;
      readonly parameters: readonly Expression[];
      readonly span: Span;
    }
  /** `discrete(1: 20%, 2: 50%, 3: 30%)`: single values, each with its share. */
  | {
      readonly kind: 'discrete';
      readonly name: Name;
      readonly outcomes: readonly { readonly value: Expression; readonly share: Expression }[];
      readonly span: Span;
    }
  /** `normal(10, 3) within 0 .. 20`. */
  | {
      readonly kind: 'truncated';
      readonly of: Figure;
      readonly low: Expression;
      readonly high: Expression;
      readonly span: Span;
    };

/** What can stand behind `draw`. */
export type DrawnFigure = Figure & { readonly kind: 'named' | 'discrete' };

type Spoken = {
  /** A source's name; null for `assumed`. */
  readonly speaker: Name | null;
  /** The place of the source's name or of `assumed`. */
  readonly speakerSpan: Span;
  readonly counts: Text | null;
  readonly note: Text | null;
  /** `else 0`: the figure for all elements that this speaker does not name. */
  readonly rest: { readonly figure: Figure; readonly span: Span } | null;
  readonly span: Span;
};

/** How a dated figure goes on: until the speaker's next line, or along a line to the next point. */
export const DATINGS = ['from', 'at'] as const;
export type Dating = (typeof DATINGS)[number];

/** `seoul[child] from 2024-03-01 at most 4.8M read as 2.5M to 4.8M "a ceiling"`. */
export type EstimateLine = Spoken & {
  readonly kind: 'line';
  /** One for each group of the input, an element or the group's own name for all of them; none where all are meant. */
  readonly elements: readonly Name[];
  /** `from INSTANT` or `at INSTANT`, a date or a length of time; null where the figure holds at all times. */
  readonly dated: { readonly dating: Dating; readonly instant: Expression; readonly span: Span } | null;
  readonly bound: Bound;
  /** Null only where the bound is `denied` or the line is an `echo of`. */
  readonly figure: Figure | null;
  readonly readAs: { readonly figure: Figure; readonly reason: Text | null } | null;
  readonly echoOf: Name | null;
};

/** `survey matrix child, adult` and its rows `[child] 7, 3`: a figure for each row and column. */
export type EstimateMatrix = Spoken & {
  readonly kind: 'matrix';
  /** Elements of the input's last group. */
  readonly columns: readonly Name[];
  /** A row names an element of each of the groups before the last. */
  readonly rows: readonly {
    readonly elements: readonly Name[];
    readonly figures: readonly Figure[];
    readonly note: Text | null;
    readonly span: Span;
  }[];
};

export type Estimate = EstimateLine | EstimateMatrix;
