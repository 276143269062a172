/**
 * A checked model: what the text means. Everything is resolved to numbers into the lists of this one object; nothing
 * refers back to the tree. A Model exists only if the text has no errors.
 */
import type { Distribution } from '../base/distribution.ts';
import type { DatedEstimate } from '../base/figure.ts';
import type { Span } from '../base/span.ts';
import type {
  Bound,
  ComparisonOperator,
  Dating,
  IntegrationMethod,
  LikelihoodWord,
  MeasureReducer,
  RecordLine,
} from '../language/tree.ts';
import type { Elements, Pattern } from './array-shape.ts';
import type { Expression, Type } from './expression.ts';
import type { EffectForm, IrrelevanceForm, UniquenessForm } from './model-of-comparisons.ts';
import type { DecisionBody, PreferenceForm } from './model-of-decisions.ts';
import type { InputSetting, TieMove } from './model-of-effects.ts';
import type { EventVariable } from './model-of-events.ts';
import type { Fits } from './model-of-fits.ts';
import type { Factor, ImportanceForm } from './model-of-importance.ts';
import type { TieVariable } from './model-of-ties.ts';
import type { Passage } from './passages.ts';

import type { Held } from './settings.ts';
import type { Unit } from './units.ts';

export type { LikelihoodWord, MeasureReducer } from '../language/tree.ts';
export type { EventVariable } from './model-of-events.ts';
export type { Calibration, Fits, Requirement } from './model-of-fits.ts';
export type { TieVariable } from './model-of-ties.ts';

export type Model = {
  readonly title: string;
  readonly time: TimeAxis;
  /** Knowledge ends here, in days since 1970-01-01; null where the model does not say. */
  readonly asOf: number | null;
  readonly sides: readonly Side[];
  readonly sources: readonly Source[];
  /** Those of every model and those that it declares; `text` is the unit's name. */
  readonly units: readonly Unit[];
  readonly groups: readonly Group[];
  readonly tables: readonly Table[];
  readonly variables: readonly Variable[];
  readonly correlations: readonly Correlation[];
  readonly viewpoints: readonly Viewpoint[];
  /** What `explore` names, in its order; null without such a line. */
  readonly pool: readonly PoolEntry[] | null;
  readonly measures: readonly Measure[];
  readonly observed: readonly Observed[];
  /** How it is held against what is known of the past. */
  readonly fits: Fits;
  readonly claims: readonly Claim[];
  readonly scenarios: readonly Scenario[];
  /** Where the claims stand in the prose; none without a brief. */
  readonly passages: readonly Passage[];
  readonly factors: readonly Factor[];
  /** The elements of all variables laid out; a scalar has one cell. */
  readonly cells: readonly Cell[];
  /** Equations in an order in which each reads only what is already worked out. */
  readonly order: readonly Step[];
  /**
   * What decides over events and itself hangs on them, in order. Before anything is decided it is worked out once by
   * itself, from the states before.
   */
  readonly foreseen: readonly Step[];
  /** What sets inputs within a future, in the order in which one after the other does. */
  readonly inputSettings: readonly InputSetting[];
  /** What moves ties, in the order of the text. */
  readonly tieMoves: readonly TieMove[];
  /** Cells in an order in which stock starts, and what they read, can be worked out. */
  readonly startOrder: readonly number[];
};

export type TimeAxis = {
  /** Where the model has a calendar: days since 1970-01-01 of its first instant. Null without a calendar. */
  readonly epoch: number | null;
  /** The first instant in days on the model's own axis: 0 with a calendar. */
  readonly start: number;
  /** Days. */
  readonly step: number;
  readonly steps: number;
  readonly method: IntegrationMethod;
  /** The first and last instant and the step as written. */
  readonly text: string;
};

export type Side = { readonly name: string; readonly label: string };

export type Source = {
  readonly name: string;
  readonly title: string;
  /** Days since 1970-01-01. */
  readonly date: number | null;
  /** Number of its side. */
  readonly side: number | null;
  readonly url: string | null;
  readonly author: boolean;
  /** Stated after `as of`: for hindsight columns only. */
  readonly late: boolean;
};

export type Group = {
  readonly name: string;
  readonly members: readonly { readonly name: string; readonly label: string }[];
};

/** One quantity as a function of another, by points; read as `NAME(x)`. */
export type Table = {
  readonly name: string;
  readonly label: string;
  /** What it is read by, and what it gives. */
  readonly argument: Type;
  readonly type: Type;
  /** Keeps a row's value until the next row, instead of joining rows by lines. */
  readonly held: boolean;
  /** In base units, rising; dates count days on the model's axis. Beyond the ends the end rows' values hold. */
  readonly at: readonly number[];
  readonly values: readonly number[];
  /** Number of the source; null where the points are assumed. */
  readonly source: number | null;
  readonly note: string | null;
  readonly span: Span;
};

export type VariableBase = {
  readonly name: string;
  readonly label: string;
  /** The groups that an array goes over, in order; one may occur twice. */
  readonly groups: readonly number[];
  readonly type: Type;
  /** For showing; `text` is empty for a plain number. */
  readonly unit: Unit;
  readonly span: Span;
  /** Its first cell; an array's elements follow in row-major order. */
  readonly firstCell: number;
};
export type InputVariable = VariableBase & {
  readonly kind: 'input';
  readonly counts: string | null;
  readonly estimates: readonly Estimate[];
  readonly dates: Dates | null;
};
/** Where an input changes with time: all dates that any speaker names, rising, in days on the model's axis. */
export type Dates = { readonly dating: Dating; readonly knots: readonly number[] };
/** What a decision maker can set: no figure of anybody's, and the same under every viewpoint. In base units. */
export type LeverVariable = VariableBase & {
  readonly kind: 'lever';
  readonly low: number;
  readonly high: number;
  /** How it stands unless a scenario moves it. */
  readonly value: number;
};
export type StockVariable = VariableBase & {
  readonly kind: 'stock';
  /** May fall below nothing; its outflows are never rationed. */
  readonly signed: boolean;
  readonly start: Expression;
};
export type EquationVariable = VariableBase & {
  readonly kind: 'flow' | 'let';
  /** May run backwards; between signed stocks only. */
  readonly twoWay: boolean;
  readonly value: Expression;
};
/** Rows of a data file in one column, in base units; instants are days on the model's axis and rise. */
export type Track = { readonly at: readonly number[]; readonly values: readonly number[] };

/** A quantity over time that is read from a data file. */
export type SeriesVariable = VariableBase & {
  readonly kind: 'series';
  /** The file's name as written in the model. */
  readonly file: string;
  /** Keeps a row's value until the next row, instead of joining rows by lines. */
  readonly held: boolean;
  /** Number of the source; null where the rows are assumed. */
  readonly source: number | null;
  readonly note: string | null;
  /** One for each of its cells. Beyond their ends the end rows' values hold. */
  readonly tracks: readonly Track[];
};

/** A name with rival meanings, each a variable of its own; which of them it has is given for a whole run. */
export type DefinitionVariable = VariableBase & {
  readonly kind: 'definition';
  /** Numbers of variables, alike in type and groups; the first is what it means unless told otherwise. */
  readonly meanings: readonly number[];
  readonly value: Expression;
};
export type DecisionVariable = VariableBase & { readonly kind: 'decision' } & DecisionBody;
export type Variable =
  | InputVariable
  | LeverVariable
  | SeriesVariable
  | StockVariable
  | EquationVariable
  | DefinitionVariable
  | EventVariable
  | DecisionVariable
  | TieVariable;

/** Whether such a variable is given to the model rather than worked out in it; then it is fixed within a future. */
export const isGiven = (kind: Variable['kind'] | undefined): boolean => kind === 'input' || kind === 'lever';

/** What one line says of a number; `Of` is the kind of number. */
export type Said<Of> = {
  readonly bound: Bound;
  /** What was said, in base units; null for a denial or an echo. */
  readonly stated: Of | null;
  /** What enters an ensemble, in base units; null where a bound is only on record. */
  readonly drawn: Of | null;
  readonly counts: string | null;
  /** The reason of `read as`, or of `assumed`. */
  readonly reason: string | null;
  readonly note: string | null;
  /** The line as written, for showing. */
  readonly text: string;
  readonly span: Span;
};

/** What one speaker says: one line, or lines with dates that are one estimate together. */
export type Estimate = Said<Distribution | DatedEstimate> & {
  /** Number of the source; null for `assumed`. */
  readonly source: number | null;
  /** For each of the input's groups the number of the element that it speaks of; null for all of them. */
  readonly elements: Pattern;
  /** For an echo: the number of the estimate whose origin it shares. */
  readonly echoOf: number | null;
  /**
   * The lines of one with dates, each with its instant in days on the model's axis; else none. The estimate itself is
   * then told by its first line, but for what is stated and drawn; both are null where they are null on any line.
   */
  readonly dated: readonly DatedLine[];
};
export type DatedLine = Said<Distribution> & { readonly at: number };

/** The single lines of an estimate, of which it mostly has one. */
export const linesOf = (estimate: Estimate): readonly Said<Distribution | DatedEstimate>[] =>
  estimate.dated.length === 0 ? [estimate] : estimate.dated;

/** How far two inputs go together, whatever the viewpoint. */
export type Correlation = {
  readonly cells: readonly [number, number];
  /** Spearman's rank correlation, strictly between -1 and 1. */
  readonly coefficient: number;
  readonly reason: string | null;
  readonly span: Span;
};

/** Which estimate an input's cell takes under a viewpoint. */
export type Choice = {
  readonly cell: number;
  /** Number of the estimate in its input. */
  readonly estimate: number;
  /** The viewpoint's own figure, or `assumed` because it is silent. */
  readonly own: boolean;
};

export type Viewpoint = {
  readonly name: string;
  readonly label: string;
  readonly hindsight: boolean;
  /** Whether the author speaks first in it; or there is one figure for each input, and he is among the speakers. */
  readonly isAuthors: boolean;
  /** One choice for every input cell, in the order of the cells. */
  readonly choices: readonly Choice[];
};

/** A viewpoint of the pool from which every future of an exploring run draws one. */
export type PoolEntry = {
  /** Number of the viewpoint. */
  readonly viewpoint: number;
  /** As written, above 0. */
  readonly weight: number;
  /** Of all weights. */
  readonly share: number;
};

/** One element of a variable, or a scalar. */
export type Cell = {
  readonly variable: number;
  /** One of each of its variable's groups. */
  readonly elements: Elements;
  /** `arsenal[Russia]`. */
  readonly name: string;
  /** For a flow: the stock cells it leaves and enters, null for outside the model. */
  readonly from: number | null;
  readonly to: number | null;
  /** For a flow: whether the stock that it leaves gives only what it has. */
  readonly rationed: boolean;
  /** For a stock: its flows' cells. */
  readonly inflows: readonly number[];
  readonly outflows: readonly number[];
  /** For a stock: the loop of stocks it lies in, by number; null where none. */
  readonly loop: number | null;
};

/** One thing to work out at an instant. */
export type Step =
  /** A let's equation, or a series' rows. */
  | { readonly kind: 'let'; readonly cell: number }
  /** What a flow wants. */
  | { readonly kind: 'ask'; readonly cell: number }
  /** What a stock's outflows get; its inflows from outside its loop are settled before. */
  | { readonly kind: 'settle'; readonly cell: number }
  /** Whether an event happens; all of these stand together, behind what they read. */
  | { readonly kind: 'decide'; readonly cell: number };

/** An element of a measure over groups, or a measure of one value; the elements of one lie side by side. */
export type Measure = {
  /** `paper[North]`. */
  readonly name: string;
  /** As it is declared, for all of its elements: `paper`. */
  readonly declared: { readonly name: string; readonly label: string };
  readonly groups: readonly number[];
  /** One of each of its groups. */
  readonly elements: Elements;
  readonly label: string;
  readonly type: Type;
  readonly unit: Unit;
  readonly reducer: MeasureReducer;
  readonly body: Expression;
  /** On the model's axis, in days; both ends are the same instant for `at` and `final`. */
  readonly window: { readonly from: number; readonly to: number };
  /** Where `time until` counts from. */
  readonly countFrom: number;
  /** Numbers of the definitions that it hangs on, directly or through anything it reads. */
  readonly definitions: readonly number[];
  /** What nobody declared, and a claim reads: it is shown in no list of measures. */
  readonly implied?: boolean;
  readonly span: Span;
};

/** Every measure once, however many elements it has. */
export const declaredMeasures = ({ measures }: Pick<Model, 'measures'>): readonly Measure[] =>
  measures.filter(({ elements, implied }) => implied !== true && elements.every((element) => element === 0));

/** What was recorded of a variable: set beside it, and never an answer by itself. */
export type Observed = {
  /** `stores[North]`. */
  readonly name: string;
  /** The variable's number. */
  readonly variable: number;
  readonly label: string;
  readonly unit: Unit;
  readonly reading: Expression;
  readonly file: string;
  /** Number of the source; null where the records are assumed. */
  readonly source: number | null;
  readonly note: string | null;
  /** Within the model's time, in order; instants in days on its axis, values in base units. */
  readonly points: readonly { readonly at: number; readonly value: number }[];
  /** How many records lie before or after the model's time. */
  readonly outside: number;
  readonly span: Span;
};

export type ClaimForm =
  | { readonly kind: 'condition'; readonly condition: Expression }
  | EffectForm
  | IrrelevanceForm
  | UniquenessForm
  | ImportanceForm
  | { readonly kind: 'likelihood'; readonly condition: Expression; readonly stated: StatedLikelihood }
  | PreferenceForm
  | { readonly kind: 'on record'; readonly lines: readonly RecordEntry[] }
  | { readonly kind: 'not testable' | 'context' | 'not yet modelled'; readonly reason: string };

/** How often a condition is said to be true: by a word of ICD 203, or by a bound as a share. */
export type StatedLikelihood =
  | { readonly kind: 'words'; readonly word: LikelihoodWord; readonly inBand: boolean }
  | { readonly kind: 'number'; readonly operator: ComparisonOperator; readonly value: number };

/** What is true or false in each future, where the claim has such a thing. */
export const conditionOf = (form: ClaimForm): Expression | null =>
  form.kind === 'condition' ||
  form.kind === 'likelihood' ||
  form.kind === 'uniqueness' ||
  form.kind === 'preference'
    ? form.condition
    : null;

/** Whether it is told true or false in each single future, so that other claims may name it. */
export const isTrueOrFalse = (form: ClaimForm): boolean =>
  form.kind === 'condition' || form.kind === 'uniqueness' || form.kind === 'preference';

/** Whether two claims hold together can be counted only where each is told in every future; else their verdicts are paired. */
export const isCountedPair = (one: ClaimForm, other: ClaimForm): boolean =>
  isTrueOrFalse(one) && isTrueOrFalse(other);

/** Whether futures are run for it. */
export const isTested = (form: ClaimForm): boolean =>
  conditionOf(form) !== null || ['effect', 'irrelevance', 'importance'].includes(form.kind);

export type RecordEntry = {
  readonly stance: RecordLine['stance'];
  readonly source: number;
  readonly note: string | null;
};

export type Claim = {
  readonly name: string;
  readonly statement: string;
  readonly row: string | null;
  readonly form: ClaimForm;
  readonly hindsight: boolean;
  /** Numbers of the measures that its condition reads, or that it compares. */
  readonly measures: readonly number[];
  /** Cells of the inputs that it hangs on, directly or through anything it reads. */
  readonly inputCells: readonly number[];
  /** Cells of inputs on which it hangs so, and which are solved for in every future: they are not among `inputCells`. */
  readonly calibratedCells: readonly number[];
  /** Cells of the levers on which it hangs so. */
  readonly leverCells: readonly number[];
  /** Whether it hangs on chance that an equation draws; then it may differ though every input is exact. */
  readonly draws: boolean;
  /** Whether it hangs on rows of a series or of a table. */
  readonly readsRows: boolean;
  /** Numbers of the definitions on which it hangs, or a claim that it names and that is counted in the same futures. */
  readonly definitions: readonly number[];
  /** One for each combination of their meanings, the last definition's changing fastest; one where there are none. */
  readonly senses: readonly Sense[];
  /** Numbers of the claims that it rests on: all of them true or false in each future. */
  readonly because: readonly number[];
  /** Numbers of the claims that are to hold together with it: all of them tested. */
  readonly with: readonly number[];
  readonly span: Span;
};

/** What a claim comes to where each of its definitions has one meaning. */
export type Sense = {
  /** By number in the definition, one for each of the claim's definitions. */
  readonly meanings: readonly number[];
  /** Cells of the inputs that the claim then hangs on. */
  readonly inputCells: readonly number[];
  /** Whether it then hangs on chance that an equation draws. */
  readonly draws: boolean;
};

/** What holds a cell at a value; a definition is held by its first cell, at the number of a meaning. */
export type Force = {
  readonly cell: number;
  readonly value: number;
  /** What of a decision is held; null for what a cell is given itself. */
  readonly role: Held | null;
};

export type Scenario = {
  readonly name: string;
  readonly label: string;
  readonly forces: readonly Force[];
};
