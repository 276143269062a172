/**
 * The gamma distribution with scale 1: the shares below and above a value, and the value that a share lies below.
 * Every product of large powers is worked out through Stirling's formula, whose leading terms are cancelled by hand,
 * as in Loader's "Fast and accurate computation of binomial probabilities" (2000); so no digits are lost to large
 * shapes. Shapes are meant to lie in 0.01 … 1,000,001; nothing here checks them.
 */
import { exp, log } from '../exact-math.ts';
import { normalQuantileOf } from './normal-quantile.ts';
import { excess, logOfOnePlus, NOTHING_ABOVE, NOTHING_BELOW, solveRising, type Tails } from './tails.ts';

export const TWO_PI = 6.283185307179586;
/** ½·log(2π). */
export const HALF_LOG_TWO_PI = 0.9189385332046727;
/** From here on eight terms of Stirling's series are exact to the last place. */
const STIRLING_FROM = 10;
/** A term of a series or continued fraction that changes nothing any more. */
const NOTHING = 1.1e-16;
/** Stands for 0 in a continued fraction, where it would be divided by. */
const TINY = 1e-300;
/** Below e^−40 the first term of the series about 0 is the whole of it. */
export const LEADING_TERM_BELOW = -40;

/**
 * What Stirling's formula leaves of log Γ(a): log Γ(a) − ((a − ½)·log a − a + ½·log 2π), a > 0. Absolute error
 * within 2e-15. Small a are led up by Γ(a + 1) = a·Γ(a). Abramowitz & Stegun 6.1.40.
 */
export function stirlingRest(a: number): number {
  let lifted = 0;
  let at = a;
  while (at < STIRLING_FROM) {
    lifted += (at + 0.5) * logOfOnePlus(1 / at) - 1;
    at += 1;
  }
  const z = 1 / (at * at);
  const series =
    1 / 12 -
    z *
      (1 / 360 -
        z *
          (1 / 1260 -
            z * (1 / 1680 - z * (1 / 1188 - z * (691 / 360_360 - z * (1 / 156 - z * (3617 / 122_400)))))));
  return lifted + series / at;
}

/** log Γ(a) for a > 0; absolute error about 1e-16 of the larger of 1 and the result's leading terms. */
export function logGamma(a: number): number {
  return (a - 0.5) * log(a) - a + HALF_LOG_TWO_PI + stirlingRest(a);
}

/** x^a·e^(−x)/Γ(a): the density times x. */
function kernel(a: number, x: number): number {
  return Math.sqrt(a / TWO_PI) * exp(-a * excess(x / a) - stirlingRest(a));
}

/**
 * The shares of the gamma distribution with this shape below and above x: the regularised incomplete gamma functions
 * P(a, x) and Q(a, x). By the power series up to a + 1 and by the continued fraction beyond (DLMF 8.11.4 and
 * 8.9.2), each of which converges fast on its side.
 */
export function gammaTails(a: number, x: number): Tails {
  if (x <= 0) return NOTHING_BELOW;
  if (x === Number.POSITIVE_INFINITY) return NOTHING_ABOVE;
  if (x < a + 1) {
    const below = Math.min(1, kernel(a, x) * seriesBelow(a, x));
    return { below, above: 1 - below };
  }
  const above = Math.min(1, kernel(a, x) * fractionAbove(a, x));
  return { below: 1 - above, above };
}

/** 1/a + x/(a·(a + 1)) + x²/(a·(a + 1)·(a + 2)) + … */
function seriesBelow(a: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let n = 1; term > sum * NOTHING; n++) {
    term *= x / (a + n);
    sum += term;
  }
  return sum;
}

/** 1/(x + 1 − a − 1·(1 − a)/(x + 3 − a − 2·(2 − a)/(x + 5 − a − …))), forwards by Lentz's method. */
function fractionAbove(a: number, x: number): number {
  let b = x + 1 - a;
  let c = 1 / TINY;
  let d = 1 / b;
  let value = d;
  for (let n = 1; ; n++) {
    const numerator = -n * (n - a);
    b += 2;
    d = 1 / notZero(numerator * d + b);
    c = notZero(b + numerator / c);
    const factor = d * c;
    value *= factor;
    if (Math.abs(factor - 1) <= 2 * NOTHING) return value;
  }
}

export const notZero = (value: number): number => (Math.abs(value) < TINY ? TINY : value);

/** e^17 lies so far beyond the largest shape that nothing is left above it. */
const HIGHEST_LOG = 17;

/**
 * The x with these shares below and above it, both above 0. Solved for log x on the smaller share's logarithm, which
 * is nearly straight there. 0 where x lies below the smallest float64.
 */
export function gammaQuantile(a: number, { below, above }: Tails): number {
  const leading = (log(below) + logGamma(a + 1)) / a;
  if (leading < LEADING_TERM_BELOW) return exp(leading);
  const w = normalQuantileOf({ below, above });
  // Wilson & Hilferty 1931, doi:10.1073/pnas.17.12.684: the cube root is nearly normal.
  const root = 1 - 1 / (9 * a) + w / (3 * Math.sqrt(a));
  const start = a > 0.5 && root > 0.1 ? log(a * root * root * root) : leading;
  const z = solveRising(
    (at) => {
      const x = exp(at);
      const tails = gammaTails(a, x);
      const density = kernel(a, x);
      return below <= above
        ? { height: log(tails.below / below), slope: density / tails.below }
        : { height: log(above / tails.above), slope: density / tails.above };
    },
    start,
    Number.NEGATIVE_INFINITY,
    HIGHEST_LOG,
  );
  return exp(z);
}
