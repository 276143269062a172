/**
 * The functions of the language as one table: name, number of arguments, unit rule, meaning. The checker, the
 * lowering and the reference's list of functions all read it, so a function exists everywhere or nowhere.
 */

import type { Rational } from '../base/rational.ts';
import * as rational from '../base/rational.ts';

/** How units pass through a function. */
export type UnitRule =
  /** All arguments in one unit, which is the result's. */
  | { readonly kind: 'alike' }
  /** A plain number in and out. */
  | { readonly kind: 'number' }
  /** The argument's unit to a power. */
  | { readonly kind: 'power'; readonly power: Rational };

export type FunctionEntry = {
  readonly least: number;
  /** Infinity where any number of arguments may follow. */
  readonly most: number;
  readonly units: UnitRule;
  readonly meaning: string;
};

const alike: UnitRule = { kind: 'alike' };
const number: UnitRule = { kind: 'number' };

export const FUNCTIONS = {
  min: { least: 2, most: 50, units: alike, meaning: 'the least of its arguments' },
  max: { least: 2, most: 50, units: alike, meaning: 'the greatest of its arguments' },
  abs: { least: 1, most: 1, units: alike, meaning: 'the size without the sign' },
  sqrt: {
    least: 1,
    most: 1,
    units: { kind: 'power', power: rational.rational(1, 2) },
    meaning: 'the square root',
  },
  exp: { least: 1, most: 1, units: number, meaning: 'e to the power of a plain number' },
  ln: { least: 1, most: 1, units: number, meaning: 'the natural logarithm of a plain number' },
  mod: { least: 2, most: 2, units: alike, meaning: 'the remainder a - b * floor(a / b), with the sign of b' },
} as const satisfies Record<string, FunctionEntry>;

export type FunctionName = keyof typeof FUNCTIONS;

export const isFunction = (name: string): name is FunctionName => Object.hasOwn(FUNCTIONS, name);
