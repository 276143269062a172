/**
 * Both sides of a value in a distribution. One number is not enough: 1 − u has lost its digits where u is near 1, so
 * whatever reaches into an upper tail carries the share above beside the share below. Also what the families need
 * where ordinary formulas cancel: logarithms next to 1, and the solution of a rising equation.
 */
import { exp, log } from '../exact-math.ts';

/** The shares of a distribution below and above a value; each with its own full digits, together 1. */
export type Tails = { readonly below: number; readonly above: number };

export const NOTHING_BELOW: Tails = { below: 0, above: 1 };
export const NOTHING_ABOVE: Tails = { below: 1, above: 0 };

/** log(1 + x) for x > −1, with all digits near 0: what 1 + x lost divides out again. */
export function logOfOnePlus(x: number): number {
  const sum = 1 + x;
  return sum === 1 ? x : (log(sum) * x) / (sum - 1);
}

/** e^x − 1, with all digits near 0, in the same manner. */
export function expMinusOne(x: number): number {
  const power = exp(x);
  if (power === 1) return x;
  const rest = power - 1;
  return rest === -1 || power === Number.POSITIVE_INFINITY ? rest : (rest * x) / log(power);
}

/**
 * ratio − 1 − log(ratio) for ratio > 0: how far a ratio is from 1, never negative. Near 1 by log(1 + e) = 2·atanh s,
 * s = e/(2 + e), so that e − 2s = e·s comes without cancellation.
 */
export function excess(ratio: number): number {
  const e = ratio - 1;
  if (Math.abs(e) > 0.25) return e - log(ratio);
  const s = e / (2 + e);
  const z = s * s;
  const tail =
    1 / 3 +
    z *
      (1 / 5 +
        z * (1 / 7 + z * (1 / 9 + z * (1 / 11 + z * (1 / 13 + z * (1 / 15 + z * (1 / 17 + z * (1 / 19))))))));
  return s * (e - 2 * z * tail);
}

/** Enough to halve the whole range of float64 numbers down to neighbours; Newton needs about five. */
const MOST_STEPS = 2200;
/** A Newton step this small leaves an error of its square. */
const SMALL_STEP = 1e-10;

/**
 * Where a rising function is 0, within [low, high], an end of which may be infinite: Newton's steps, and a bisection
 * wherever a step would leave the bracket that is known so far. `evaluate` gives the height, which may be infinite,
 * and the slope.
 */
export function solveRising(
  evaluate: (z: number) => { readonly height: number; readonly slope: number },
  start: number,
  low: number,
  high: number,
): number {
  let left = low;
  let right = high;
  let z = Math.min(Math.max(start, low), high);
  for (let count = 0; count < MOST_STEPS; count++) {
    const { height, slope } = evaluate(z);
    if (height === 0) return z;
    if (height < 0) left = z;
    else right = z;
    const step = height / slope;
    const next = z - step;
    if (Math.abs(step) <= SMALL_STEP) return Math.min(Math.max(next, low), high);
    if (next > left && next < right) z = next;
    else {
      const middle = between(left, right, z);
      if (middle === left || middle === right) return middle;
      z = middle;
    }
  }
  throw new Error('an equation without a solution');
}

/** The middle of a bracket; where an end is infinite, twice as far out and one more. */
function between(left: number, right: number, z: number): number {
  if (right === Number.POSITIVE_INFINITY) return z + Math.abs(z) + 1;
  if (left === Number.NEGATIVE_INFINITY) return z - Math.abs(z) - 1;
  return left / 2 + right / 2;
}
