/**
 * The part of the ledger that tells what claims on comparisons came to: how far what one world of a model does lies from
 * what another does, future by future. Every number is in the measure's declared unit; of a share, and of a yes or no,
 * in points, hundredths of it.
 */
import type { ShareShown } from './ledger.ts';

/** Verdicts on what is compared; a condition's own stand beside conditions only. */
export const COMPARISON_VERDICTS = ['holds', 'between fails and holds', 'not settled', 'fails'] as const;
export type ComparisonVerdict = (typeof COMPARISON_VERDICTS)[number];

/** A number with its 95 % sampling interval. */
export type Estimated = { readonly value: number; readonly low: number; readonly high: number };

/** `F against G raises m by at least d`, under one viewpoint. */
export type EffectFound = {
  /** `paper[North]`. */
  readonly measure: string;
  /** `points` for a share and for a yes or no; empty for a plain number. */
  readonly unit: string;
  /** What is held in the two worlds: `china = troops`, `as it is`. */
  readonly first: string;
  readonly second: string;
  /** Mean in the first world less mean in the second, over futures that went well in both. */
  readonly difference: Estimated;
  /**
   * The same as a share of the size of the second mean, where the claim speaks of one; with `carries`, what is carried.
   * Null also where that mean is not told apart from 0.
   */
  readonly relative: Estimated | null;
  readonly means: { readonly first: number; readonly second: number };
  /** How far the difference varies from future to future: no error, but what the ranges leave open. Null of a yes or no. */
  readonly spread: { readonly p5: number; readonly p95: number } | null;
  /** Of a yes or no, in what shares of the futures it turns to yes in the first world, and to no; null of a number. */
  readonly turned: { readonly on: number; readonly off: number } | null;
  /** In what share of the futures there is any difference. */
  readonly differing: number;
  /** What the verdict would be if half as much were claimed, and twice as much. */
  readonly half: ComparisonVerdict;
  readonly twice: ComparisonVerdict;
  readonly method: string;
  /** Pairs of futures. */
  readonly futures: number;
  /** Why nothing is settled where that is so: `the mean of gain is not told apart from 0`; else empty. */
  readonly reason: string;
};

/** `m, n do not hang on x beyond 5%`, under one viewpoint. */
export type IrrelevanceFound = {
  readonly subject: string;
  readonly measures: readonly {
    readonly measure: string;
    readonly unit: string;
    /** It has no path to this measure, so nothing had to be run. */
    readonly byConstruction: boolean;
    /** The largest difference between two of the forced states; null where nothing was run. */
    readonly largest: (Estimated & { readonly first: string; readonly second: string }) | null;
    /** How far it may go, in the measure's unit. */
    readonly margin: number | null;
    readonly verdict: ComparisonVerdict;
  }[];
  readonly method: string;
  readonly futures: number;
  readonly reason: string;
};

/** `only a in G has c`: the three parts of it; null where no future is valid. */
export type UniquenessFound = {
  readonly element: string;
  readonly group: string;
  /** It has it; another has it, whether or not it has; all have it, so that it sets nobody apart. */
  readonly has: ShareShown | null;
  readonly another: ShareShown | null;
  readonly all: ShareShown | null;
};

/** `A prefers x over y in d`: the exchange that would flip it. */
export type PreferenceFound = {
  readonly decision: string;
  readonly at: string;
  readonly option: string;
  readonly over: string;
  /** By how much more the option is worth than the other: median and 5th to 95th percentile over the futures. */
  readonly exchange: { readonly p5: number; readonly p50: number; readonly p95: number };
  readonly unit: string;
};

/** `m hangs most on a, b`: both rankings, the most important first. */
export type ImportanceFound = {
  /** The factors, or levers, that the claim names. */
  readonly named: readonly string[];
  readonly measures: readonly {
    readonly measure: string;
    readonly unit: string;
    /** Share of the variance that vanishes only where the factor is known; null among levers. */
    readonly byVariance: readonly (Estimated & { readonly factor: string })[] | null;
    /** The largest difference between two forced states of the factor. */
    readonly byConsequence: readonly (Estimated & {
      readonly factor: string;
      readonly first: string;
      readonly second: string;
    })[];
    readonly verdict: string;
  }[];
  readonly method: string;
  readonly futures: number;
  readonly reason: string;
};
