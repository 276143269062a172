/**
 * What an uncertain number may be, and its quantile function. One uniform number gives one value, so a design's
 * column stays the same whatever the distribution, and the bits are equal on every host. Nothing here draws, and
 * nothing here words a message: what cannot be is `null`, and the model stage says why.
 */
import { exp, log } from './exact-math.ts';

export type Distribution =
  | { readonly kind: 'point'; readonly value: number }
  | { readonly kind: 'uniform'; readonly low: number; readonly high: number }
  | { readonly kind: 'normal'; readonly mean: number; readonly deviation: number }
  /** exp of a normal; `mu` and `sigma` belong to the natural logarithm. */
  | { readonly kind: 'lognormal'; readonly mu: number; readonly sigma: number }
  /** 1/(1 + exp(−x)) of a normal x; `mu` and `sigma` belong to log(share/(1 − share)). */
  | { readonly kind: 'logit-normal'; readonly mu: number; readonly sigma: number }
  | { readonly kind: 'triangular'; readonly low: number; readonly mode: number; readonly high: number };

/** The standard normal's 95 % quantile: half the width of a 90 % interval. */
export const NORMAL_95 = 1.6448536269514722;

/**
 * The standard normal's quantile at 0 < u < 1: Wichura's AS 241, routine PPND16 (doi:10.2307/2347330), relative
 * error about 1e-16. Antisymmetric about ½, where it is exactly 0. Not below u = 1e-316 or so.
 */
export function normalQuantile(u: number): number {
  const q = u - 0.5;
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q;
    const top =
      ((((((2509.0809287301227 * r + 33430.57558358813) * r + 67265.7709270087) * r + 45921.95393154987) * r +
        13731.69376550946) *
        r +
        1971.5909503065513) *
        r +
        133.14166789178438) *
        r +
      3.3871328727963665;
    const bottom =
      ((((((5226.495278852854 * r + 28729.085735721943) * r + 39307.89580009271) * r + 21213.794301586597) *
        r +
        5394.196021424751) *
        r +
        687.1870074920579) *
        r +
        42.31333070160091) *
        r +
      1;
    return (q * top) / bottom;
  }
  const tail = Math.sqrt(-log(q < 0 ? u : 1 - u));
  let size: number;
  if (tail <= 5) {
    const r = tail - 1.6;
    const top =
      ((((((7.745450142783414e-4 * r + 0.022723844989269184) * r + 0.2417807251774506) * r +
        1.2704582524523684) *
        r +
        3.6478483247632045) *
        r +
        5.769497221460691) *
        r +
        4.630337846156546) *
        r +
      1.4234371107496835;
    const bottom =
      ((((((1.0507500716444169e-9 * r + 5.475938084995345e-4) * r + 0.015198666563616457) * r +
        0.14810397642748008) *
        r +
        0.6897673349851) *
        r +
        1.6763848301838038) *
        r +
        2.053191626637759) *
        r +
      1;
    size = top / bottom;
  } else {
    const r = tail - 5;
    const top =
      ((((((2.0103343992922881e-7 * r + 2.7115555687434876e-5) * r + 0.0012426609473880784) * r +
        0.026532189526576124) *
        r +
        0.29656057182850487) *
        r +
        1.7848265399172913) *
        r +
        5.463784911164114) *
        r +
      6.657904643501103;
    const bottom =
      ((((((2.0442631033899397e-15 * r + 1.421511758316446e-7) * r + 1.8463183175100548e-5) * r +
        7.868691311456133e-4) *
        r +
        0.014875361290850615) *
        r +
        0.1369298809227358) *
        r +
        0.599832206555888) *
        r +
      1;
    size = top / bottom;
  }
  return q < 0 ? -size : size;
}

/** 1/(1 + exp(−x)), by the side that does not overflow. */
function logistic(x: number): number {
  if (x >= 0) return 1 / (1 + exp(-x));
  const e = exp(x);
  return e / (1 + e);
}

function triangularQuantile(low: number, mode: number, high: number, u: number): number {
  const width = high - low;
  if (width === 0) return low;
  // The area left of the mode; measured from the nearer end so that a far tail keeps its digits.
  if (u * width < mode - low) return low + Math.sqrt(u * width * (mode - low));
  return high - Math.sqrt((1 - u) * width * (high - mode));
}

/**
 * The value that a share u of the distribution lies below; 0 < u < 1, in the distribution's own unit. Relative error
 * within 1e-13, tails included, except where normal or uniform values cancel near 0.
 */
export function quantile(distribution: Distribution, u: number): number {
  switch (distribution.kind) {
    case 'point':
      return distribution.value;
    case 'uniform':
      return distribution.low + (distribution.high - distribution.low) * u;
    case 'normal':
      return distribution.mean + distribution.deviation * normalQuantile(u);
    case 'lognormal':
      return exp(distribution.mu + distribution.sigma * normalQuantile(u));
    case 'logit-normal':
      return logistic(distribution.mu + distribution.sigma * normalQuantile(u));
    case 'triangular':
      return triangularQuantile(distribution.low, distribution.mode, distribution.high, u);
  }
}

/**
 * How `low to high` is read, as a 90 % interval (5 % lie below `low`, 5 % above `high`):
 * - a share with 0 < low < high < 1: logit-normal;
 * - any other number: lognormal if both ends are positive, normal if low < 0 < high or if both are negative;
 * - null where no reading exists: low ≥ high, an end that is 0 (a lognormal never reaches it and a normal would
 *   pass it), an end that is not finite, a share with an end outside 0 … 1 or on 0 or 1.
 */
export function fromInterval(low: number, high: number, share: boolean): Distribution | null {
  if (!Number.isFinite(low) || !Number.isFinite(high) || low >= high || low === 0 || high === 0) return null;
  if (share) {
    if (low < 0 || high >= 1) return null;
    return { kind: 'logit-normal', ...normalBetween(log(low / (1 - low)), log(high / (1 - high))) };
  }
  if (low > 0) return { kind: 'lognormal', ...normalBetween(log(low), log(high)) };
  const { mu, sigma } = normalBetween(low, high);
  return { kind: 'normal', mean: mu, deviation: sigma };
}

/** The normal whose 5 % and 95 % quantiles are given. Halves first: the sum of two ends may overflow. */
function normalBetween(low: number, high: number): { readonly mu: number; readonly sigma: number } {
  return { mu: low / 2 + high / 2, sigma: (high / 2 - low / 2) / NORMAL_95 };
}

/**
 * The distribution of factor × value, for a change of unit. The factor is positive and finite; a share has no unit
 * to change, so a logit-normal takes factor 1 only. Anything else throws.
 */
export function scaled(distribution: Distribution, factor: number): Distribution {
  if (!(factor > 0) || factor === Number.POSITIVE_INFINITY) throw new Error(`a unit factor of ${factor}`);
  if (factor === 1) return distribution;
  switch (distribution.kind) {
    case 'point':
      return { kind: 'point', value: distribution.value * factor };
    case 'uniform':
      return { kind: 'uniform', low: distribution.low * factor, high: distribution.high * factor };
    case 'normal':
      return { kind: 'normal', mean: distribution.mean * factor, deviation: distribution.deviation * factor };
    case 'lognormal':
      return { kind: 'lognormal', mu: distribution.mu + log(factor), sigma: distribution.sigma };
    case 'logit-normal':
      throw new Error('a share times a unit factor');
    case 'triangular':
      return {
        kind: 'triangular',
        low: distribution.low * factor,
        mode: distribution.mode * factor,
        high: distribution.high * factor,
      };
  }
}

/** Whether every u gives the same value. */
export function isCertain(distribution: Distribution): boolean {
  switch (distribution.kind) {
    case 'point':
      return true;
    case 'uniform':
    case 'triangular':
      return distribution.low === distribution.high;
    case 'normal':
      return distribution.deviation === 0;
    case 'lognormal':
    case 'logit-normal':
      return distribution.sigma === 0;
  }
}

/** The value that half of the distribution lies below. */
export function medianOf(distribution: Distribution): number {
  return quantile(distribution, 0.5);
}
