/** The part of the tree that holds a model against what is known of the past. */
import type { Declared, Expression, Text } from './tree.ts';

/** `calibrate edge so that gain at 2024-06-05 = observed_gain "note"`: an input is solved for, future by future. */
export type CalibrateDeclaration = Declared<'calibrate'> & {
  readonly input: Expression & { kind: 'name' | 'index' };
  readonly variable: Expression & { kind: 'name' | 'index' };
  /** A date, or a length of time. */
  readonly at: Expression;
  readonly target: Expression;
  readonly note: Text | null;
};

export type FitDeclaration = CalibrateDeclaration | RequireDeclaration;

/** `require stores_then > 0 "note"`: futures that contradict it are dropped. */
export type RequireDeclaration = Declared<'require'> & {
  readonly condition: Expression;
  readonly note: Text | null;
};
