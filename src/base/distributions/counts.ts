/**
 * Distributions over whole numbers: Poisson and binomial through the incomplete gamma and beta functions, whose
 * shares at whole numbers are sums of theirs. No sum of single probabilities, so that a mean of a million is no
 * dearer than its square root.
 */
import { betaTails } from './incomplete-beta.ts';
import { gammaTails } from './incomplete-gamma.ts';
import { normalQuantileOf } from './normal-quantile.ts';
import { NOTHING_ABOVE, NOTHING_BELOW, type Tails } from './tails.ts';

/** The shares at or below a count, and above it. Abramowitz & Stegun 26.4.21. */
export function poissonTails(mean: number, count: number): Tails {
  if (count < 0) return NOTHING_BELOW;
  const { below, above } = gammaTails(Math.floor(count) + 1, mean);
  return { below: above, above: below };
}

/** The shares at or below a number of successes, and above it. Abramowitz & Stegun 26.5.24. */
export function binomialTails(trials: number, probability: number, count: number): Tails {
  if (count < 0) return NOTHING_BELOW;
  const whole = Math.floor(count);
  if (whole >= trials) return NOTHING_ABOVE;
  const { below, above } = betaTails(whole + 1, trials - whole, { x: probability, y: 1 - probability });
  return { below: above, above: below };
}

/** The smallest count that at least this share lies at or below. */
export function poissonQuantile(mean: number, tails: Tails): number {
  const guess = mean + normalQuantileOf(tails) * Math.sqrt(mean);
  return smallestCount((count) => poissonTails(mean, count), guess, Number.POSITIVE_INFINITY, tails);
}

export function binomialQuantile(trials: number, probability: number, tails: Tails): number {
  const mean = trials * probability;
  const guess = mean + normalQuantileOf(tails) * Math.sqrt(mean * (1 - probability));
  return smallestCount((count) => binomialTails(trials, probability, count), guess, trials, tails);
}

/** Steps away from the guess in doubling strides until the count is between two, then halves. */
function smallestCount(
  tailsAt: (count: number) => Tails,
  guess: number,
  most: number,
  { below, above }: Tails,
): number {
  const reaches = (count: number): boolean => {
    const at = tailsAt(count);
    return below <= above ? at.below >= below : at.above <= above;
  };
  const start = Math.min(Math.max(Math.floor(guess), 0), most);
  let low: number;
  let high: number;
  if (reaches(start)) {
    high = start;
    let stride = 1;
    low = start - stride;
    while (low >= 0 && reaches(low)) {
      high = low;
      stride *= 2;
      low = high - stride;
    }
    low = Math.max(low, -1);
  } else {
    low = start;
    let stride = 1;
    high = Math.min(low + stride, most);
    while (high < most && !reaches(high)) {
      low = high;
      stride *= 2;
      high = Math.min(low + stride, most);
    }
  }
  // `low` does not reach the share (−1 never does), `high` does (the largest possible count always does).
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (reaches(middle)) high = middle;
    else low = middle;
  }
  return high;
}
