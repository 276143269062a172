/**
 * The named distributions: their parameters, what may be wrong with them, and what they make. One table, so that the
 * reference and the messages about a wrong parameter cannot drift apart. `discrete` is missing: it takes no parameters
 * but values with their shares (see check-figure.ts).
 */
import { DEGREES, type Distribution, MOST_COUNTED, pert, SHAPES } from '../base/distribution.ts';
import { log } from '../base/exact-math.ts';
import { formatCount } from '../base/number-format.ts';

export type Family = {
  /** Names of the parameters; those in `plain` are plain numbers, the others are in the input's unit. */
  readonly parameters: readonly string[];
  readonly plain: readonly string[];
  readonly meaning: string;
  /** It gives shares of a whole, so that its input has no unit. */
  readonly isShare?: true;
  /** What is wrong with the parameters, in words; null if nothing. */
  readonly fault: (parameters: readonly number[]) => string | null;
  readonly make: (parameters: readonly number[]) => Distribution;
};

const at = (parameters: readonly number[], index: number): number => parameters[index] ?? Number.NaN;

/** The first of some conditions that is not met, in words. */
const firstUnmet = (conditions: readonly (readonly [met: boolean, words: string])[]): string | null =>
  conditions.find(([met]) => !met)?.[1] ?? null;

const liesBetween = (
  value: number,
  { least, most }: { readonly least: number; readonly most: number },
  what: string,
): readonly [boolean, string] => [
  value >= least && value <= most,
  `${what} must lie between ${least} and ${formatCount(most)}`,
];

const isProbability = (value: number): readonly [boolean, string] => [
  value > 0 && value < 1,
  'the probability must lie between 0 % and 100 %, without the two',
];

const notFalling = (p: readonly number[]): string | null =>
  at(p, 0) < at(p, 2) && at(p, 0) <= at(p, 1) && at(p, 1) <= at(p, 2)
    ? null
    : 'the three must not fall: low, then mode, then high, with low below high';

export const FAMILIES: Readonly<Record<string, Family>> = {
  uniform: {
    parameters: ['low', 'high'],
    plain: [],
    meaning: 'equally likely everywhere between two ends',
    fault: (p) => (at(p, 0) < at(p, 1) ? null : 'the low end must be below the high end'),
    make: (p) => ({ kind: 'uniform', low: at(p, 0), high: at(p, 1) }),
  },
  normal: {
    parameters: ['mean', 'standard deviation'],
    plain: [],
    meaning: 'the bell curve, by mean and standard deviation',
    fault: (p) => (at(p, 1) > 0 ? null : 'the standard deviation must be above zero'),
    make: (p) => ({ kind: 'normal', mean: at(p, 0), deviation: at(p, 1) }),
  },
  lognormal: {
    parameters: ['median', 'geometric standard deviation'],
    plain: ['geometric standard deviation'],
    meaning: 'its logarithm is normal; by median and geometric standard deviation, a factor above 1',
    fault: (p) =>
      firstUnmet([
        [at(p, 0) > 0, 'the median must be above zero'],
        [at(p, 1) > 1, 'the geometric standard deviation is a factor and must be above 1'],
      ]),
    make: (p) => ({ kind: 'lognormal', mu: log(at(p, 0)), sigma: log(at(p, 1)) }),
  },
  logitnormal: {
    parameters: ['median', 'odds factor'],
    plain: ['median', 'odds factor'],
    isShare: true,
    meaning:
      'for shares: the odds s/(1 − s) are lognormal, with this factor as their geometric standard deviation',
    fault: (p) =>
      firstUnmet([
        [at(p, 0) > 0 && at(p, 0) < 1, 'the median must lie between 0 % and 100 %, without the two'],
        [at(p, 1) > 1, 'the odds factor must be above 1'],
      ]),
    make: (p) => ({ kind: 'logit-normal', mu: log(at(p, 0) / (1 - at(p, 0))), sigma: log(at(p, 1)) }),
  },
  triangular: {
    parameters: ['low', 'mode', 'high'],
    plain: [],
    meaning: 'rises from the low end to the mode and falls to the high end',
    fault: notFalling,
    make: (p) => ({ kind: 'triangular', low: at(p, 0), mode: at(p, 1), high: at(p, 2) }),
  },
  pert: {
    parameters: ['low', 'mode', 'high'],
    plain: [],
    meaning: 'a smooth hump between two ends; its mean is (low + 4·mode + high)/6',
    fault: notFalling,
    make: (p) => pert(at(p, 0), at(p, 1), at(p, 2)),
  },
  beta: {
    parameters: ['a', 'b'],
    plain: ['a', 'b'],
    isShare: true,
    meaning: 'for shares: what a − 1 hits and b − 1 misses leave open; its mean is a/(a + b)',
    fault: (p) => firstUnmet([liesBetween(at(p, 0), SHAPES, 'a'), liesBetween(at(p, 1), SHAPES, 'b')]),
    make: (p) => ({ kind: 'beta', a: at(p, 0), b: at(p, 1), low: 0, high: 1 }),
  },
  gamma: {
    parameters: ['shape', 'scale'],
    plain: ['shape'],
    meaning: 'above zero, for waiting times and rates; its mean is shape · scale',
    fault: (p) =>
      firstUnmet([
        liesBetween(at(p, 0), SHAPES, 'the shape'),
        [at(p, 1) > 0, 'the scale must be above zero'],
      ]),
    make: (p) => ({ kind: 'gamma', shape: at(p, 0), scale: at(p, 1) }),
  },
  exponential: {
    parameters: ['mean'],
    plain: [],
    meaning: 'how long until something that may happen at any time',
    fault: (p) => (at(p, 0) > 0 ? null : 'the mean must be above zero'),
    make: (p) => ({ kind: 'exponential', mean: at(p, 0) }),
  },
  weibull: {
    parameters: ['shape', 'scale'],
    plain: ['shape'],
    meaning: 'how long a thing lasts: with a shape above 1 it wears out; 63 % lie below the scale',
    fault: (p) =>
      firstUnmet([
        liesBetween(at(p, 0), SHAPES, 'the shape'),
        [at(p, 1) > 0, 'the scale must be above zero'],
      ]),
    make: (p) => ({ kind: 'weibull', shape: at(p, 0), scale: at(p, 1) }),
  },
  student: {
    parameters: ['degrees', 'median', 'scale'],
    plain: ['degrees'],
    meaning:
      'a bell with heavy tails, the heavier the fewer degrees of freedom; the scale is not its standard deviation',
    fault: (p) =>
      firstUnmet([
        liesBetween(at(p, 0), DEGREES, 'the degrees of freedom'),
        [at(p, 2) > 0, 'the scale must be above zero'],
      ]),
    make: (p) => ({ kind: 'student', degrees: at(p, 0), location: at(p, 1), scale: at(p, 2) }),
  },
  poisson: {
    parameters: ['mean'],
    plain: [],
    meaning: 'how many things happen that happen apart from each other; whole numbers of the unit',
    fault: (p) =>
      at(p, 0) > 0 && at(p, 0) <= MOST_COUNTED
        ? null
        : `the mean must be above zero and at most ${formatCount(MOST_COUNTED)}`,
    make: (p) => ({ kind: 'poisson', mean: at(p, 0), unit: 1 }),
  },
  binomial: {
    parameters: ['trials', 'probability'],
    plain: ['probability'],
    meaning: 'how many of so many trials succeed; whole numbers of the unit',
    fault: (p) =>
      firstUnmet([
        [
          Number.isInteger(at(p, 0)) && at(p, 0) >= 1 && at(p, 0) <= MOST_COUNTED,
          `the trials must be a whole number from 1 to ${formatCount(MOST_COUNTED)}`,
        ],
        isProbability(at(p, 1)),
      ]),
    make: (p) => ({ kind: 'binomial', trials: at(p, 0), probability: at(p, 1), unit: 1 }),
  },
  bernoulli: {
    parameters: ['probability'],
    plain: ['probability'],
    meaning: '1 with this probability, else 0',
    fault: (p) => firstUnmet([isProbability(at(p, 0))]),
    make: (p) => ({ kind: 'discrete', values: [0, 1], upTo: [1 - at(p, 0), 1] }),
  },
};
