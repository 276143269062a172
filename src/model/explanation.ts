/**
 * What is told of a name, as data without any layout: the views lay it out. Figures are quoted as they were written.
 */
import type { Bound } from '../language/tree.ts';
import type { MapNodeKind } from './causal-map.ts';

export type Explanation = {
  readonly kind: ExplainedKind;
  readonly name: string;
  readonly label: string;
  /** As declared, empty for a plain number, `yes or no` for a condition; null for what has none, such as a claim or a source. */
  readonly unit: string | null;
  /** The groups that an array goes over, with their elements. */
  readonly groups: readonly { readonly name: string; readonly elements: readonly string[] }[];
  /** Null for what every model has. */
  readonly place: { readonly file: string; readonly line: number } | null;
  /** The declaration's lines as written; none for an input, whose estimates say all of it. */
  readonly written: readonly string[];
  /** The counting rule of all of an input's figures. */
  readonly counts: string | null;
  readonly relations: readonly { readonly word: string; readonly names: readonly string[] }[];
  /** An input's correlations, each told from its side. */
  readonly correlations: readonly {
    /** The element of this input, or its name. */
    readonly own: string;
    readonly other: string;
    readonly coefficient: number;
    readonly reason: string | null;
  }[];
  /** A line each; lines with dates that are one estimate stand one below the other. */
  readonly estimates: readonly ExplainedEstimate[];
  /** What else belongs to such a thing, each under its own heading. */
  readonly sections: readonly Section[];
};

export type ExplainedKind =
  | MapNodeKind
  | 'side'
  | 'source'
  | 'unit'
  | 'actor'
  | 'group'
  | 'element'
  | 'viewpoint'
  | 'scenario'
  | 'factor';

/** Lines about one thing each: `head` names it. */
export type Section = {
  readonly title: string;
  readonly rows: readonly { readonly head: string; readonly lines: readonly string[] }[];
};

export type ExplainedEstimate = {
  /** The estimate's number in its input, which lines with dates share. */
  readonly number: number;
  /** Null for `assumed`. */
  readonly speaker: Speaker | null;
  /** `[Russia]`; empty where it speaks of all. */
  readonly elements: string;
  /** `from 2024-04-01`; null where it holds at all times. */
  readonly dated: string | null;
  /** Goes on with the estimate of the line above. */
  readonly continues: boolean;
  readonly bound: Bound;
  /** As written; null for a denial or an echo. */
  readonly figure: string | null;
  readonly readAs: string | null;
  /** What share of the reading's draws lies below a stated floor, or above a stated ceiling. */
  readonly beyondBound: number;
  readonly reason: string | null;
  readonly note: string | null;
  readonly counts: string | null;
  /** The speaker whose figure this repeats. */
  readonly echoOf: string | null;
  readonly used: readonly {
    readonly viewpoint: string;
    /** Otherwise the viewpoint is silent here and takes what is assumed. */
    readonly own: boolean;
  }[];
};

export type Speaker = {
  readonly name: string;
  readonly title: string;
  readonly side: string | null;
  readonly date: string | null;
  readonly author: boolean;
  /** Stated after `as of`. */
  readonly late: boolean;
};
