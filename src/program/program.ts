/**
 * The flat form of a model that every engine runs: registers, instructions and plans, no names to look up. All values
 * are float64 in base units; a yes or no is 1 or 0. The interpreter beside this file says what it means.
 */
import type { MeasureReducer } from '../model/model.ts';
import type { UniquenessPart } from '../model/model-of-comparisons.ts';
import type { Setting } from '../model/settings.ts';
import { instantFrom, type TimeGrid } from './time-grid.ts';

/**
 * target ← operation(a, b, c) over registers. `select` takes b where a is not 0, else c. `minimum` and `maximum` give
 * NaN if either side is NaN, and order -0 below 0, as WebAssembly's f64.min does. `modulo` is a − b·floor(a/b).
 * `direction` is atan2(a, b); `nearest` rounds half to even; beyond ±2^20 `sine`, `cosine` and `tangent` give NaN.
 * `lookup` reads table b at a. `recall` gives what history b held a steps ago, joined by lines, and c before its start.
 * `uniform` is the number in (0, 1) that `base/philox.ts` gives at (future + c·`SECOND_DRAWS`, occurrence a, site b,
 * `PURPOSE.inRun`) with the order's seed as its key; a and b are whole numbers in 0 … 2^32−1, c is 0 or 1. `normal quantile` is `normalQuantile` of
 * `base/distributions/normal-quantile.ts` at a.
 */
export const OPERATIONS = [
  'copy',
  'add',
  'subtract',
  'multiply',
  'divide',
  'power',
  'negate',
  'minimum',
  'maximum',
  'absolute',
  'square root',
  'exponential',
  'logarithm',
  'decimal logarithm',
  'sine',
  'cosine',
  'tangent',
  'direction',
  'hyperbolic tangent',
  'floor',
  'ceiling',
  'nearest',
  'modulo',
  'less',
  'less or equal',
  'and',
  'or',
  'not',
  'select',
  'lookup',
  'recall',
  'uniform',
  'normal quantile',
] as const;
export type Operation = (typeof OPERATIONS)[number];

/** Instructions as columns; `operation` holds numbers into `OPERATIONS`, the others registers. */
export type Code = {
  readonly length: number;
  readonly operation: Uint8Array;
  readonly target: Int32Array;
  readonly a: Int32Array;
  readonly b: Int32Array;
  readonly c: Int32Array;
};

export type Program = {
  /** The instants, in days on the model's axis. */
  readonly time: TimeGrid & { readonly step: number };
  /** The register file as a future finds it: constants in place, all else 0. */
  readonly initial: Float64Array;
  readonly timeRegister: number;
  /** The number of the instant, 0 … steps; the same in all stages of a step. */
  readonly instantRegister: number;
  /** Force slots: what a run order gives for every future. */
  readonly inputs: readonly InputSlot[];
  /** Every named value, for failures and traces, in the order in which a step works them out. */
  readonly variables: readonly VariableSlot[];
  readonly stocks: readonly StockPlan[];
  /** Registers of what every flow wants, and of what flowed; one and the same where nothing holds it back. */
  readonly flows: readonly { readonly asked: number; readonly value: number }[];
  /** Once per future: stock starts, and what they read. */
  readonly startCode: Code;
  /** At every instant: equations, what flows want, and what they get; then each stock's next level. */
  readonly stepCode: Code;
  /** What flows get and each stock's next level, from what the flows want: the last part of a step of rk4. */
  readonly settleCode: Code;
  readonly method: 'euler' | 'rk4';
  /** 0 while an instant is worked out, 1 in the later stages of rk4: what holds its first value looks here. */
  readonly stageRegister: number;
  readonly tables: readonly LookupTable[];
  /** Values that live from instant to instant beside the stocks: inside delays, and what is remembered of a future. */
  readonly memories: readonly { readonly held: number; readonly next: number }[];
  /**
   * One-way flows that may be asked for less than zero, and so for nothing. At the end of a future the register holds
   * the first instant at which that was so, in days; Infinity where it never was.
   */
  readonly clipped: readonly { readonly cell: number; readonly name: string; readonly register: number }[];
  /** Registers whose values are kept for every instant, for `recall`. */
  readonly histories: readonly number[];
  /** 1 while the first instant is worked out for the first time, else 0. */
  readonly firstRegister: number;
  readonly measures: readonly MeasurePlan[];
  readonly claims: readonly ClaimPlan[];
  readonly fits: FitPlan;
};

/** What is solved for in every future, and what every future must meet. */
export type FitPlan = {
  /** In the order of the model. */
  readonly calibrations: readonly {
    /** Number of the input's slot. */
    readonly slot: number;
    /** Number of the measure that is to be 0. */
    readonly measure: number;
    /** Number of the instant up to which a future must run for it; at least 1. */
    readonly until: number;
    /** From 0; those of one stage are solved together, behind all earlier ones. */
    readonly stage: number;
  }[];
  readonly requirements: readonly {
    /** Its column among the program's claims. */
    readonly claim: number;
    readonly until: number;
  }[];
};

/** A table's points in base units, rising; beyond the ends the end values hold. */
export type LookupTable = {
  readonly at: Float64Array;
  readonly values: Float64Array;
  readonly held: boolean;
};

export type InputSlot = {
  /**
   * What is given: an input's or lever's value, the number of the meaning that a definition has, or a setting of the
   * model (`model/settings.ts`).
   */
  readonly role: 'value' | 'meaning' | Setting['kind'];
  /** The input's or lever's cell in the model; of what goes over all elements of a variable, its first cell. */
  readonly cell: number;
  /** `delivered` or `census[child]`; `draws of weather`. */
  readonly name: string;
  /** What stands there unless a run order holds it; null for an input, which takes a figure. */
  readonly setting: number | null;
  /** Its value at the instant; where it has knots it is worked out from theirs. */
  readonly register: number;
  /** Registers of its values at its dates, where it changes with time; then a run gives these instead of `register`. */
  readonly knots: readonly number[];
  /** Hash of the name: the draw site, so that adding an input changes no other's draws. */
  readonly site: number;
};

/** The registers that a run gives for every future, slot by slot. */
export const givenRegisters = ({ inputs }: Pick<Program, 'inputs'>): readonly number[] =>
  inputs.flatMap(({ register, knots }) => (knots.length === 0 ? [register] : knots));

/** How a value moves between two instants: stocks run, lets are joined by lines, flows and yes-or-no hold. */
export type Path = 'stock' | 'line' | 'held' | 'fixed';

export type VariableSlot = {
  readonly cell: number;
  readonly name: string;
  readonly register: number;
  /** Where this is what a flow wants, not what flowed. */
  readonly asked: boolean;
  readonly path: Path;
  /** Something else that an event keeps beside its value: no variable that anybody asks for. */
  readonly state: boolean;
};

export type StockPlan = {
  readonly cell: number;
  readonly name: string;
  /** Starts at nothing or more, and never falls below. */
  readonly physical: boolean;
  readonly level: number;
  /** The level at the next instant. */
  readonly next: number;
  /** Days after the instant at which the asked net flow empties it; Infinity where it lasts the step. */
  readonly emptyAfter: number;
  /** Registers of what flowed in and out. */
  readonly inflows: readonly number[];
  readonly outflows: readonly number[];
};

export type MeasurePlan = {
  readonly name: string;
  readonly reducer: MeasureReducer;
  /** Works out `result` from the variables of one instant, or of a point between two. */
  readonly code: Code;
  readonly result: number;
  /** The variables it reads, by number in `variables`. */
  readonly reads: readonly number[];
  /** Whether it reads `time`. */
  readonly readsTime: boolean;
  /**
   * Both sides of every comparison, minimum and maximum in it, as registers, inner ones first: where they cross, a
   * condition may turn and a value bend.
   */
  readonly comparisons: readonly { readonly left: number; readonly right: number }[];
  /** Days on the model's axis. */
  readonly from: number;
  readonly to: number;
  readonly countFrom: number;
  /** Where a claim reads the measure's value. */
  readonly valueRegister: number;
};

export type ClaimPlan = {
  /** The claim's number in the model; −1 for what is required, which stands behind all claims. */
  readonly claim: number;
  /** Where a claim of uniqueness has columns for its parts, which of them; behind that of the claim itself. */
  readonly part: UniquenessPart | null;
  readonly code: Code;
  readonly result: number;
};

/** The number of the first instant, at least 1, at which all of some measures have their values. */
export const lastInstant = (
  { measures, time }: Pick<Program, 'measures' | 'time'>,
  numbers: readonly number[],
): number =>
  // Even what is known at the first instant is seen on the way to the second.
  Math.max(
    1,
    ...numbers.map((number) => instantFrom(time, measures[number]?.to ?? Number.POSITIVE_INFINITY)),
  );
