/** The part of the checked model that says what claims compare. */
import type { EffectVerb } from '../language/tree.ts';
import type { Expression } from './expression.ts';
import type { Force } from './model.ts';

/** What is held in one world; nothing is where the run is left as it is. */
export type Forcing = {
  /** As a reader would put it: `supply = 5 t`, `as it is`, or a scenario's name. */
  readonly text: string;
  readonly forces: readonly Force[];
};

/** `F against G raises m by at least d`. */
export type EffectForm = {
  readonly kind: 'effect';
  readonly first: Forcing;
  readonly second: Forcing;
  readonly verb: EffectVerb;
  /** Number of the measure. */
  readonly measure: number;
  /**
   * How much is claimed, above 0: in base units, a share as a part of 1; or as a part of the mean in the second world,
   * as ever with `carries`.
   */
  readonly amount: { readonly kind: 'absolute' | 'relative'; readonly value: number };
  /** The claim as written, without its reason. */
  readonly text: string;
  readonly reason: string | null;
};

/** What a claim of irrelevance moves, and through which states. */
export type Moved =
  /** Inputs, to the 5 % and the 95 % quantile of the figure that they have under a viewpoint. */
  | { readonly kind: 'inputs'; readonly name: string; readonly cells: readonly number[] }
  /** Everything else: at least two. */
  | { readonly kind: 'states'; readonly name: string; readonly states: readonly Forcing[] };

/** `m, n do not hang on x beyond 5%`. */
export type IrrelevanceForm = {
  readonly kind: 'irrelevance';
  /** Numbers of measures, and whether anything leads to each from what is moved. */
  readonly measures: readonly { readonly measure: number; readonly isReached: boolean }[];
  readonly moved: Moved;
  /** Strictly between 0 and 1. */
  readonly margin: number;
  readonly text: string;
  readonly reason: string | null;
};

/** `only a in G has c`: true where a has it and no other of its group does. */
export type UniquenessForm = {
  readonly kind: 'uniqueness';
  /** Names, for showing. */
  readonly element: string;
  readonly group: string;
  readonly condition: Expression;
  /** The three parts of which the ledger tells: a has it; another has it; all of them have it. */
  readonly parts: Readonly<Record<UniquenessPart, Expression>>;
  readonly text: string;
};

export const UNIQUENESS_PARTS = ['has', 'another', 'all'] as const;
export type UniquenessPart = (typeof UNIQUENESS_PARTS)[number];
