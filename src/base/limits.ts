/**
 * What a model may be at most. Each limit is met before anything is allocated or recursed into, and a message names
 * the number. They are stated in docs/language.md, and a test holds the two equal.
 */

/** UTF-16 units of text in one file. */
export const MAXIMUM_TEXT = 1_000_000;
/** Brackets, signs and conditions within each other. */
export const MAXIMUM_NESTING = 200;
/** Elements in one group. */
export const MAXIMUM_ELEMENTS = 100_000;
/** Steps in the time axis. */
export const MAXIMUM_STEPS = 1_000_000;
/** Values that are worked out at one instant: the elements of all variables together. */
export const MAXIMUM_CELLS = 100_000;
/** Instructions of one step, after sums over groups are laid out. */
export const MAXIMUM_INSTRUCTIONS = 2_000_000;
/** Values of one future that are kept at once: registers, and what delays remember of every instant. */
export const MAXIMUM_STATE = 10_000_000;
/** Values of one run of a viewpoint: futures times inputs, measures and claims. */
export const MAXIMUM_RUN = 100_000_000;
/** Measures of one future: the elements of all of them together. */
export const MAXIMUM_MEASURES = 10_000;
/** Combinations of the meanings of the definitions that one claim or measure hangs on. */
export const MAXIMUM_COMBINATIONS = 12;
/** Inputs that hang together by correlations. */
export const MAXIMUM_CORRELATED = 100;
/** Rows below the header of one data file. */
export const MAXIMUM_ROWS = 100_000;
/** Records beside one variable: each costs a measure. */
export const MAXIMUM_OBSERVED = 500;
