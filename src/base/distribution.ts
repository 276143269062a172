/**
 * What an uncertain number may be, and its quantile function. One uniform number gives one value, so a design's
 * column stays the same whatever the distribution, and the bits are equal on every host. Nothing here draws, and
 * nothing here words a message: what cannot be is `null`, and the model stage says why.
 */
import { binomialQuantile, poissonQuantile } from './distributions/counts.ts';
import { betaQuantile, betaTails } from './distributions/incomplete-beta.ts';
import { gammaQuantile, gammaTails } from './distributions/incomplete-gamma.ts';
import { NORMAL_95, normalQuantileOf } from './distributions/normal-quantile.ts';
import { normalTails } from './distributions/normal-tails.ts';
import { studentQuantile, studentTails } from './distributions/student.ts';
import {
  expMinusOne,
  logOfOnePlus,
  NOTHING_ABOVE,
  NOTHING_BELOW,
  type Tails,
} from './distributions/tails.ts';
import { exp, log, power } from './exact-math.ts';

export { NORMAL_95, normalQuantile } from './distributions/normal-quantile.ts';

/** Distributions with a density, of which a stretch can be cut out. */
export type Continuous =
  | { readonly kind: 'uniform'; readonly low: number; readonly high: number }
  | { readonly kind: 'normal'; readonly mean: number; readonly deviation: number }
  /** exp of a normal; `mu` and `sigma` belong to the natural logarithm. */
  | { readonly kind: 'lognormal'; readonly mu: number; readonly sigma: number }
  /** 1/(1 + exp(−x)) of a normal x; `mu` and `sigma` belong to log(share/(1 − share)). */
  | { readonly kind: 'logit-normal'; readonly mu: number; readonly sigma: number }
  | { readonly kind: 'triangular'; readonly low: number; readonly mode: number; readonly high: number }
  /** low + (high − low) times a beta on 0 … 1 with the shapes a and b, each in `SHAPES`. */
  | {
      readonly kind: 'beta';
      readonly a: number;
      readonly b: number;
      readonly low: number;
      readonly high: number;
    }
  /** Shape in `SHAPES`; mean shape·scale. */
  | { readonly kind: 'gamma'; readonly shape: number; readonly scale: number }
  | { readonly kind: 'exponential'; readonly mean: number }
  /** 1 − exp(−(x/scale)^shape) lies below x. */
  | { readonly kind: 'weibull'; readonly shape: number; readonly scale: number }
  /** location + scale·t, t with degrees of freedom in `DEGREES`; `scale` is not its standard deviation. */
  | {
      readonly kind: 'student';
      readonly degrees: number;
      readonly location: number;
      readonly scale: number;
    };

/** Distributions over single values; counts are multiples of `unit`. */
export type Stepped =
  | { readonly kind: 'poisson'; readonly mean: number; readonly unit: number }
  | {
      readonly kind: 'binomial';
      readonly trials: number;
      readonly probability: number;
      readonly unit: number;
    }
  /** Rising values, and the share that lies at or below each; the last is 1. */
  | { readonly kind: 'discrete'; readonly values: readonly number[]; readonly upTo: readonly number[] };

export type Truncated = {
  readonly kind: 'truncated';
  readonly of: Continuous;
  readonly low: number;
  readonly high: number;
  /** The shares of `of` below `low`, between the two, and above `high`. */
  readonly below: number;
  readonly inside: number;
  readonly above: number;
};

export type Distribution =
  | { readonly kind: 'point'; readonly value: number }
  | Continuous
  | Stepped
  | Truncated;

/** Where shapes of beta and gamma may lie, so that every digit that is promised is there. */
export const SHAPES = { least: 0.01, most: 1_000_000 } as const;
/** Student's degrees of freedom: below 1 the tails pass every float64, above the most it is a normal. */
export const DEGREES = { least: 1, most: 1_000_000 } as const;
/** The largest mean of a Poisson and number of trials of a binomial. */
export const MOST_COUNTED = 1_000_000;
/** A cut that leaves a smaller share contradicts the distribution. */
export const LEAST_INSIDE = 1e-10;

// --- quantiles --------------------------------------------------------------------------------------------------

/**
 * The value that a share u of the distribution lies below (for counts the smallest value that at least u lies at or
 * below); 0 < u < 1, in the distribution's own unit. Relative error within 1e-12 for u in 1e-10 … 1 − 1e-10 and shapes
 * up to 10,000, within 1e-10 up to the largest, except where values cancel near 0. Orders of operations are the definition, as in exact-math.ts.
 */
export function quantile(distribution: Distribution, u: number): number {
  const tails = { below: u, above: 1 - u };
  switch (distribution.kind) {
    case 'point':
      return distribution.value;
    case 'truncated': {
      const { of, low, high, below, inside, above } = distribution;
      const value = continuousQuantile(of, {
        below: below + tails.below * inside,
        above: above + tails.above * inside,
      });
      return Math.min(Math.max(value, low), high);
    }
    case 'poisson':
      return poissonQuantile(distribution.mean, tails) * distribution.unit;
    case 'binomial':
      return binomialQuantile(distribution.trials, distribution.probability, tails) * distribution.unit;
    case 'discrete': {
      const found = distribution.upTo.findIndex((share) => u <= share);
      return distribution.values[found] ?? Number.NaN;
    }
    default:
      return continuousQuantile(distribution, tails);
  }
}

function continuousQuantile(distribution: Continuous, tails: Tails): number {
  switch (distribution.kind) {
    case 'uniform':
      return distribution.low + (distribution.high - distribution.low) * tails.below;
    case 'normal':
      return distribution.mean + distribution.deviation * normalQuantileOf(tails);
    case 'lognormal':
      return exp(distribution.mu + distribution.sigma * normalQuantileOf(tails));
    case 'logit-normal':
      return logistic(distribution.mu + distribution.sigma * normalQuantileOf(tails));
    case 'triangular':
      return triangularQuantile(distribution.low, distribution.mode, distribution.high, tails);
    case 'beta': {
      const { a, b, low, high } = distribution;
      const { x, y } = betaQuantile(a, b, tails);
      // From the nearer end, so that a far tail keeps its digits.
      return x <= y ? low + (high - low) * x : high - (high - low) * y;
    }
    case 'gamma':
      return distribution.scale * gammaQuantile(distribution.shape, tails);
    case 'exponential':
      return distribution.mean * decayAt(tails);
    case 'weibull':
      return distribution.scale * power(decayAt(tails), 1 / distribution.shape);
    case 'student':
      return distribution.location + distribution.scale * studentQuantile(distribution.degrees, tails);
  }
}

/** −log of the share above, from whichever share is the smaller. */
const decayAt = ({ below, above }: Tails): number => (below < above ? -logOfOnePlus(-below) : -log(above));

/** 1/(1 + exp(−x)), by the side that does not overflow. */
function logistic(x: number): number {
  if (x >= 0) return 1 / (1 + exp(-x));
  const e = exp(x);
  return e / (1 + e);
}

function triangularQuantile(low: number, mode: number, high: number, { below, above }: Tails): number {
  const width = high - low;
  if (width === 0) return low;
  // The area left of the mode; measured from the nearer end so that a far tail keeps its digits.
  if (below * width < mode - low) return low + Math.sqrt(below * width * (mode - low));
  return high - Math.sqrt(above * width * (high - mode));
}

// --- truncation -------------------------------------------------------------------------------------------------

/**
 * The distribution between two values, its shares there stretched to the whole; null where the values do not rise or
 * less than `LEAST_INSIDE` lies between them.
 */
export function truncated(of: Continuous, low: number, high: number): Truncated | null {
  if (!(low < high)) return null;
  const atLow = tailsOf(of, low);
  const atHigh = tailsOf(of, high);
  // Subtracted on the side on which the shares are small.
  const inside = atLow.below > atLow.above ? atLow.above - atHigh.above : atHigh.below - atLow.below;
  if (!(inside >= LEAST_INSIDE)) return null;
  return { kind: 'truncated', of, low, high, below: atLow.below, inside, above: atHigh.above };
}

/** The shares below and above a value; the inverse of `quantile`. */
export function tailsOf(distribution: Continuous, value: number): Tails {
  switch (distribution.kind) {
    case 'uniform': {
      const width = distribution.high - distribution.low;
      if (value <= distribution.low) return NOTHING_BELOW;
      if (value >= distribution.high) return NOTHING_ABOVE;
      return { below: (value - distribution.low) / width, above: (distribution.high - value) / width };
    }
    case 'normal':
      return normalTails((value - distribution.mean) / distribution.deviation);
    case 'lognormal':
      return value <= 0 ? NOTHING_BELOW : normalTails((log(value) - distribution.mu) / distribution.sigma);
    case 'logit-normal':
      if (value <= 0) return NOTHING_BELOW;
      if (value >= 1) return NOTHING_ABOVE;
      return normalTails((log(value / (1 - value)) - distribution.mu) / distribution.sigma);
    case 'triangular':
      return triangularTails(distribution.low, distribution.mode, distribution.high, value);
    case 'beta': {
      const width = distribution.high - distribution.low;
      const x = (value - distribution.low) / width;
      const y = (distribution.high - value) / width;
      return betaTails(distribution.a, distribution.b, { x, y });
    }
    case 'gamma':
      return gammaTails(distribution.shape, value / distribution.scale);
    case 'exponential':
      return tailsOfDecay(value / distribution.mean);
    case 'weibull':
      return value <= 0 ? NOTHING_BELOW : tailsOfDecay(power(value / distribution.scale, distribution.shape));
    case 'student':
      return studentTails(distribution.degrees, (value - distribution.location) / distribution.scale);
  }
}

const tailsOfDecay = (decay: number): Tails =>
  decay <= 0 ? NOTHING_BELOW : { below: -expMinusOne(-decay), above: exp(-decay) };

function triangularTails(low: number, mode: number, high: number, value: number): Tails {
  if (value <= low) return NOTHING_BELOW;
  if (value >= high) return NOTHING_ABOVE;
  if (value < mode) {
    const below = ((value - low) / (high - low)) * ((value - low) / (mode - low));
    return { below, above: 1 - below };
  }
  const above = ((high - value) / (high - low)) * ((high - value) / (high - mode));
  return { below: 1 - above, above };
}

// --- making -----------------------------------------------------------------------------------------------------

/** Low, likeliest and high value as a beta with four times the weight on the mode; low ≤ mode ≤ high, low < high. */
export function pert(low: number, mode: number, high: number): Continuous {
  const width = high - low;
  return { kind: 'beta', a: 1 + (4 * (mode - low)) / width, b: 1 + (4 * (high - mode)) / width, low, high };
}

/**
 * How `low to high` is read, as a 90 % interval (5 % lie below `low`, 5 % above `high`):
 * - a share with 0 < low < high < 1: logit-normal;
 * - any other number: lognormal if both ends are positive, normal if low < 0 < high or if both are negative;
 * - null where no reading exists: low ≥ high, an end that is 0 (a lognormal never reaches it and a normal would
 *   pass it), an end that is not finite, a share with an end outside 0 … 1 or on 0 or 1.
 */
export function fromInterval(low: number, high: number, share: boolean): Continuous | null {
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
    case 'poisson':
    case 'binomial':
      return { ...distribution, unit: distribution.unit * factor };
    case 'discrete':
      return { ...distribution, values: distribution.values.map((value) => value * factor) };
    case 'truncated':
      return {
        ...distribution,
        of: scaledContinuous(distribution.of, factor),
        low: distribution.low * factor,
        high: distribution.high * factor,
      };
    default:
      return scaledContinuous(distribution, factor);
  }
}

function scaledContinuous(distribution: Continuous, factor: number): Continuous {
  switch (distribution.kind) {
    case 'uniform':
    case 'beta':
      return { ...distribution, low: distribution.low * factor, high: distribution.high * factor };
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
    case 'gamma':
    case 'weibull':
      return { ...distribution, scale: distribution.scale * factor };
    case 'exponential':
      return { kind: 'exponential', mean: distribution.mean * factor };
    case 'student':
      return {
        ...distribution,
        location: distribution.location * factor,
        scale: distribution.scale * factor,
      };
  }
}

// --- reading ----------------------------------------------------------------------------------------------------

/** Whether every u gives the same value. */
export function isCertain(distribution: Distribution): boolean {
  switch (distribution.kind) {
    case 'point':
      return true;
    case 'uniform':
    case 'triangular':
    case 'beta':
    case 'truncated':
      return distribution.low === distribution.high;
    case 'normal':
      return distribution.deviation === 0;
    case 'lognormal':
    case 'logit-normal':
      return distribution.sigma === 0;
    case 'gamma':
    case 'weibull':
    case 'student':
      return distribution.scale === 0;
    case 'exponential':
    case 'poisson':
      return distribution.mean === 0;
    case 'binomial':
      return distribution.probability === 0 || distribution.probability === 1;
    case 'discrete':
      return distribution.values.length === 1;
  }
}

/** The least and greatest value that can come; infinite where there is no limit. */
export function rangeOf(distribution: Distribution): { readonly low: number; readonly high: number } {
  switch (distribution.kind) {
    case 'point':
      return { low: distribution.value, high: distribution.value };
    case 'uniform':
    case 'triangular':
    case 'beta':
      return { low: distribution.low, high: distribution.high };
    case 'normal':
    case 'student':
      return { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
    case 'lognormal':
    case 'gamma':
    case 'exponential':
    case 'weibull':
    case 'poisson':
      return { low: 0, high: Number.POSITIVE_INFINITY };
    case 'logit-normal':
      return { low: 0, high: 1 };
    case 'binomial':
      return { low: 0, high: distribution.trials * distribution.unit };
    case 'discrete':
      return {
        low: distribution.values[0] ?? Number.NaN,
        high: distribution.values.at(-1) ?? Number.NaN,
      };
    case 'truncated': {
      const { low, high } = rangeOf(distribution.of);
      return { low: Math.max(low, distribution.low), high: Math.min(high, distribution.high) };
    }
  }
}

/** The value that half of the distribution lies below. */
export function medianOf(distribution: Distribution): number {
  return quantile(distribution, 0.5);
}
