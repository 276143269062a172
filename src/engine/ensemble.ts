/**
 * What an ensemble is asked and what it answers. Forcing and redrawing are data: scenarios, viewpoints and
 * counterfactuals are orders to one program, never another program.
 */
import type { Figure } from '../base/figure.ts';
import type { FitPlan, Program } from '../program/program.ts';
import type { Design } from './design.ts';

export type RunOrder = {
  readonly program: Program;
  readonly design: Design;
  /** One figure for each of the program's input slots, in base units; a dated one has a part for each of its knots. */
  readonly figures: readonly Figure[];
  /** Input slots that are held at a value in every future, whatever their figure. */
  readonly forced: readonly { readonly slot: number; readonly value: number }[];
  /**
   * Input slots that take a second column of the design, which is independent of all first ones; those among them that are
   * correlated stay so. All others keep theirs, those that are correlated with a redrawn one too.
   */
  readonly redrawn: readonly number[];
  /** Pairs of slots whose draws go together, with Spearman's rank correlation; together they are possible. */
  readonly correlations: readonly {
    readonly slots: readonly [number, number];
    readonly coefficient: number;
  }[];
  /** What is kept of every future beside its measures; nothing where it is not said. */
  readonly keep?: Keep;
  /** Columns that stand in for what is drawn for some slots without dates; a slot that is forced is held all the same. */
  readonly given?: readonly Given[];
  /**
   * The shares at which the figures of some slots are taken, to fourteen digits, in place of those that the design draws; of a
   * figure with dates all of its dates are taken at one. A slot that is forced or given is so all the same. Belongs to one viewpoint.
   */
  readonly placed?: readonly Placed[];
  /** 1 for a future of which nothing is counted and nothing told; none where it is not said. */
  readonly leftOut?: Uint8Array;
  /**
   * Number of the instant, at least 1, at which futures end; the last one where it is not said. Measures that look
   * further have no value then, flows are not counted and books are not closed.
   */
  readonly until?: number;
  /**
   * Futures of the design that alone are run, rising: those with an even number together with the next one. What is told of
   * futures then stands in their order, and their numbers are those of the design. All where it is not said.
   */
  readonly only?: Int32Array;
  /** Measures whose columns alone are told, as copies, and no claims; all columns where it is not said. */
  readonly told?: readonly number[];
  /** What futures are held against by `fittingRun`; engines know nothing of it. */
  readonly fit?: Fit;
};

/** How many futures of an order are run. */
export const futuresOf = ({ design, only }: Pick<RunOrder, 'design' | 'only'>): number =>
  only === undefined ? design.futures : only.length;

/** Their numbers. */
export const numbersOf = (order: Pick<RunOrder, 'design' | 'only'>): Int32Array =>
  order.only ?? Int32Array.from({ length: order.design.futures }, (_, future) => future);

/** By future, a value for an input's slot in base units. */
export type Given = { readonly slot: number; readonly values: Float64Array };

/** By future, a share strictly between 0 and 1. */
export type Placed = { readonly slot: number; readonly shares: Float64Array };

/** A program's fit under one viewpoint. */
export type Fit = {
  /** What is held in the world as it is, in which the fit is worked out: what definitions mean. */
  readonly forced: RunOrder['forced'];
  /** The viewpoint's figures, which an arm of a comparison may replace. */
  readonly figures: RunOrder['figures'];
  /** With the ends between which each input is solved for, in base units. */
  readonly calibrations: readonly (FitPlan['calibrations'][number] & {
    readonly low: number;
    readonly high: number;
  })[];
  readonly requirements: FitPlan['requirements'];
};

/**
 * A future that does not fit what is known of the past. It has not failed: it is none of those that are spoken of. `cause`
 * counts the fit's calibrations and, behind them, its requirements.
 */
export type DroppedFuture = { readonly future: number; readonly cause: number };

/** Variables whose values are kept at some instants. */
export type Keep = {
  /** Numbers in the program's `variables`. */
  readonly variables: readonly number[];
  /** Numbers of instants, 0 … steps, rising. */
  readonly instants: readonly number[];
};

/** So many failed futures are told with what was given to them. */
export const MOST_FAILED_TOLD = 20;

/** A future that went wrong: data, not the end of the run. */
export type FailedFuture = { readonly future: number; readonly variable: string; readonly instant: number };

/** A one-way flow that was asked for less than zero: in how many valid futures, and the first instant of all, in days. */
export type ClippedFlow = { readonly flow: string; readonly futures: number; readonly first: number };

/** Columns over futures 0 … futures−1. */
export type Ensemble = {
  readonly futures: number;
  readonly failed: readonly FailedFuture[];
  /** Rising; none where nothing is calibrated or required. None of them is among those that failed. */
  readonly dropped: readonly DroppedFuture[];
  /** What calibrated inputs were found to be, in the order of the fit. */
  readonly given: readonly Given[];
  /**
   * What was given to the first `MOST_FAILED_TOLD` of them, each in the order of the program's `givenRegisters`, in base
   * units.
   */
  readonly failedInputs: readonly Float64Array[];
  /** A column a measure; NaN where the future failed or was left out, Infinity where it is `never`. */
  readonly measures: readonly Float64Array[];
  /** A column a claim of the program; meaningless where the future failed or was left out. */
  readonly claims: readonly Uint8Array[];
  /** A column for each variable and instant of `keep`, instants changing fastest; NaN where the future failed or was left out. */
  readonly kept: readonly Float64Array[];
  /**
   * To be called when `kept`, or all columns, have been read for good: what comes next may be written there. Collectors do not
   * count memory that threads share, so that columns which are merely forgotten pile up by the gigabyte.
   */
  readonly letGo?: (what: 'kept' | 'all') => void;
  /** Those that were in any future, in the program's order. */
  readonly clipped: readonly ClippedFlow[];
  /** The largest imbalance of any stock in any future, as a share of its turnover. */
  readonly imbalance: number;
};

/** What remains of an ensemble whose columns are let go: what became of its futures. */
export type Remains = Omit<Ensemble, 'measures' | 'claims' | 'kept' | 'letGo'>;

/** An ensemble as its order wants it told. */
export function onlyTold({ told }: Pick<RunOrder, 'told'>, ensemble: Ensemble): Ensemble {
  if (told === undefined) return ensemble;
  return {
    ...ensemble,
    measures: ensemble.measures.map((column, number) =>
      told.includes(number) ? column.slice() : new Float64Array(0),
    ),
    claims: [],
  };
}

/** Rejects with `Stopped` where the host asked to stop. */
export type Run = (order: RunOrder) => Promise<Ensemble>;

/** What a run is rejected with once it was asked to stop. */
export class Stopped extends Error {
  constructor() {
    super('stopped');
    this.name = 'Stopped';
  }
}
