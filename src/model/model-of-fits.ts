/** How a model is held against what is known of the past: inputs that are solved for, and conditions that futures must meet. */
import type { Span } from '../base/span.ts';
import type { Expression } from './expression.ts';

/** What a part of the fit hangs on, directly or through anything that it reads. */
export type FitBehind = {
  /** Cells of inputs, those that are solved for among them. */
  readonly inputs: readonly number[];
  readonly draws: boolean;
  /** Numbers of definitions. */
  readonly definitions: readonly number[];
};

/** An input that is solved for in every future, so that a variable has a certain value at a certain instant. */
export type Calibration = {
  /** The input's cell and its name, `edge[North]`. */
  readonly cell: number;
  readonly name: string;
  /** As written: `gain at 2024-06-05 = observed_gain`. */
  readonly text: string;
  /** Numbers of the variable and of the input among the model's variables. */
  readonly variable: number;
  readonly input: number;
  /** The variable less what it is to be. */
  readonly gap: Expression;
  /** Days on the model's axis. */
  readonly at: number;
  readonly note: string | null;
  readonly behind: FitBehind;
  /** From 0; what it hangs on is solved in earlier stages. */
  readonly stage: number;
  readonly span: Span;
};

/** A condition that a future must meet, or is dropped. */
export type Requirement = {
  /** As written: `stores_then > 0`. */
  readonly text: string;
  readonly condition: Expression;
  /** Numbers of the measures that it reads. */
  readonly measures: readonly number[];
  readonly note: string | null;
  readonly behind: FitBehind;
  readonly span: Span;
};

/** Each in the order of the text. */
export type Fits = {
  readonly calibrations: readonly Calibration[];
  readonly requirements: readonly Requirement[];
};
