/**
 * The beta distribution on 0 … 1: the shares below and above a value, and the value that a share lies below, always
 * with what is left to 1, since each of the two has its own digits. Shapes are meant to lie in 0.01 … 1,000,001;
 * nothing here checks them.
 */
import { exp, log } from '../exact-math.ts';
import { HALF_LOG_TWO_PI, LEADING_TERM_BELOW, notZero, stirlingRest, TWO_PI } from './incomplete-gamma.ts';
import { normalQuantileOf } from './normal-quantile.ts';
import { excess, logOfOnePlus, NOTHING_ABOVE, NOTHING_BELOW, solveRising, type Tails } from './tails.ts';

/** A factor of the continued fraction that changes nothing any more. */
const NOTHING = 2.2e-16;
const HALF: Parts = { x: 0.5, y: 0.5 };

/** A share and what is left to 1. */
export type Parts = { readonly x: number; readonly y: number };

/**
 * x^a·y^b/B(a, b). With Stirling's formula for the three gamma functions the powers join to how far x and y are from
 * their means, and the linear parts of those cancel because x + y = 1 (see incomplete-gamma.ts).
 */
function kernel(a: number, b: number, { x, y }: Parts): number {
  const n = a + b;
  const distance = a * excess((x * n) / a) + b * excess((y * n) / b);
  return (
    Math.sqrt(((a / n) * b) / TWO_PI) * exp(stirlingRest(n) - stirlingRest(a) - stirlingRest(b) - distance)
  );
}

/** log(a·B(a, b)), by the same cancellation. */
function logOfLeading(a: number, b: number): number {
  const powers = -a * logOfOnePlus(b / a) - b * logOfOnePlus(a / b);
  const rests = stirlingRest(a) + stirlingRest(b) - stirlingRest(a + b);
  return log(a) + powers - 0.5 * log((a / (a + b)) * b) + HALF_LOG_TWO_PI + rests;
}

/**
 * The shares of the beta distribution below and above x: the regularised incomplete beta function and its
 * complement, by the continued fraction DLMF 8.17.22 on the side on which it converges fast.
 */
export function betaTails(a: number, b: number, parts: Parts): Tails {
  const { x, y } = parts;
  if (x <= 0) return NOTHING_BELOW;
  if (y <= 0) return NOTHING_ABOVE;
  if (x <= (a + 1) / (a + b + 2)) {
    const below = Math.min(1, (kernel(a, b, parts) / a) * fraction(a, b, x));
    return { below, above: 1 - below };
  }
  const above = Math.min(1, (kernel(a, b, parts) / b) * fraction(b, a, y));
  return { below: 1 - above, above };
}

/** 1/(1 + d₁/(1 + d₂/(1 + …))), forwards by Lentz's method. */
function fraction(a: number, b: number, x: number): number {
  let c = 1;
  let d = 1 / notZero(1 - ((a + b) * x) / (a + 1));
  let value = d;
  for (let m = 1; ; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / notZero(1 + even * d);
    c = notZero(1 + even / c);
    value *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / notZero(1 + odd * d);
    c = notZero(1 + odd / c);
    const factor = d * c;
    value *= factor;
    if (Math.abs(factor - 1) <= NOTHING) return value;
  }
}

/** The x with these shares below and above it, both above 0, and 1 − x; each of the two with its own digits. */
export function betaQuantile(a: number, b: number, tails: Tails): Parts {
  const half = betaTails(a, b, HALF);
  const isLow = tails.below <= tails.above ? tails.below <= half.below : tails.above >= half.above;
  if (isLow) {
    const x = solveLow(a, b, tails);
    return { x, y: 1 - x };
  }
  const y = solveLow(b, a, { below: tails.above, above: tails.below });
  return { x: 1 - y, y };
}

/** Solves for an x up to ½, as log x, on the smaller share's logarithm. 0 where x lies below the smallest float64. */
function solveLow(a: number, b: number, { below, above }: Tails): number {
  const highest = log(0.5);
  const leading = (log(below) + logOfLeading(a, b)) / a;
  if (leading + log(Math.max(1, b)) < LEADING_TERM_BELOW) return exp(leading);
  const z = solveRising(
    (at) => {
      const x = exp(at);
      const parts = { x, y: 1 - x };
      const tails = betaTails(a, b, parts);
      const density = kernel(a, b, parts) / parts.y;
      return below <= above
        ? { height: log(tails.below / below), slope: density / tails.below }
        : { height: log(above / tails.above), slope: density / tails.above };
    },
    a >= 1 && b >= 1 ? startOf(a, b, { below, above }) : leading,
    Number.NEGATIVE_INFINITY,
    highest,
  );
  return exp(z);
}

/** A first guess at log x by the normal distribution: Abramowitz & Stegun 26.5.22. */
function startOf(a: number, b: number, tails: Tails): number {
  const w = -normalQuantileOf(tails);
  const lambda = (w * w - 3) / 6;
  const first = 1 / (2 * a - 1);
  const second = 1 / (2 * b - 1);
  const h = 2 / (first + second);
  const v = (w * Math.sqrt(Math.max(0, h + lambda))) / h - (second - first) * (lambda + 5 / 6 - 2 / (3 * h));
  return -logOfOnePlus((b / a) * exp(2 * Math.min(v, 300)));
}
