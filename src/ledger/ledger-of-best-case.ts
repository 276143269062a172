/** The part of the ledger that tells the author's best case of a claim that does not hold under his viewpoint. */

/** An input at the point. */
export type FigurePlaced = {
  /** `arsenal[Russia]`. */
  readonly input: string;
  /** As declared; empty for a plain number. */
  readonly unit: string;
  /** Share of its figure at which it stands, 0.05 … 0.95; 0.5 is its middle. */
  readonly quantile: number;
  /** Whether it stands away from its middle. */
  readonly moved: boolean;
  /** In the unit; null where it changes with time. */
  readonly value: number | null;
  /** Of an input with dates, its value at each of them; else none. */
  readonly byDate: readonly { readonly at: string; readonly value: number }[];
};

export const BEST_CASE_VERDICTS = [
  'holds',
  /** At the best point the futures that were run are too few for the claim's own rule. */
  'not settled',
  /** At no point that was tried, which is no proof that there is none. */
  'none found',
  /** No figure behind the claim has a range. */
  'nothing to move',
] as const;

export type BestCase = {
  readonly verdict: (typeof BEST_CASE_VERDICTS)[number];
  /** Figures behind the claim that have a range: those that a point places. */
  readonly of: number;
  /** Points that were tried, and at how many of them no future was left: it failed, or contradicts what is known of the past. */
  readonly tried: number;
  readonly unfit: number;
  /** Futures that decided at the point: one where nothing is left to chance. 0 where none was found. */
  readonly futures: number;
  /** Of what is counted, the share of them in which it is true; else null. */
  readonly share: number | null;
  /** All figures that the point places, those away from their middle first; none where no point was found. */
  readonly point: readonly FigurePlaced[];
};
