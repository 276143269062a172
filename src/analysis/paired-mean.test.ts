import { describe, expect, test } from 'vitest';
import { ALL_ALIKE, meanInterval } from './paired-mean.ts';
import { wilson } from './share-interval.ts';

const replicated = { isReplicated: true, range: null };
const independent = { isReplicated: false, range: null };
const YES_OR_NO = { low: -1, high: 1 };

describe('replicates', () => {
  test('0 … 9, one value each: mean 4.5, Student at nine degrees of freedom', () => {
    const found = meanInterval(
      Float64Array.from({ length: 10 }, (_, at) => at),
      replicated,
    );
    const half = 2.262157162798205 * Math.sqrt(55 / 6 / 10);
    expect(found).toMatchObject({ mean: 4.5, futures: 10, method: 'Student over ten replicates' });
    expect(found?.low).toBeCloseTo(4.5 - half, 14);
    expect(found?.high).toBeCloseTo(4.5 + half, 14);
  });

  test('what does not count is left out, also where a replicate loses more than others', () => {
    const values = Float64Array.from({ length: 40 }, (_, at) => (at < 3 ? Number.NaN : at % 4));
    const found = meanInterval(values, replicated);
    expect(found?.futures).toBe(37);
    // The first replicate keeps its last value alone, a 3; all others have the mean of 0, 1, 2, 3.
    expect(found?.mean).toBeCloseTo((3 + 9 * 6) / 37, 14);
    expect(found?.method).toBe('Student over ten replicates');
  });

  test('that agree, or of which one is empty, leave the interval of independent futures', () => {
    const agree = Float64Array.from({ length: 40 }, (_, at) => at % 4);
    const half = (1.959963984540054 * Math.sqrt((40 * 1.25) / 39)) / Math.sqrt(40);
    const found = meanInterval(agree, replicated);
    expect(found).toEqual(meanInterval(agree, independent));
    expect(found?.method).toBe('normal over futures');
    expect(found?.low).toBeCloseTo(1.5 - half, 14);
    const empty = Float64Array.from({ length: 40 }, (_, at) => (at < 4 ? Number.NaN : at));
    expect(meanInterval(empty, replicated)?.method).toBe('normal over futures');
  });
});

describe('all alike', () => {
  const fives = new Float64Array(400).fill(0.5);

  test('a number without bounds has no width', () => {
    expect(meanInterval(fives, replicated)).toEqual({
      mean: 0.5,
      low: 0.5,
      high: 0.5,
      method: ALL_ALIKE,
      futures: 400,
    });
  });

  test.each([-1, 0, 1])('a yes or no of %d could be another in as many as none in n leaves open', (value) => {
    const found = meanInterval(new Float64Array(400).fill(value), { isReplicated: true, range: YES_OR_NO });
    const others = wilson(0, 400).high;
    expect(found?.low).toBeCloseTo(value - others * (value + 1), 14);
    expect(found?.high).toBeCloseTo(value + others * (1 - value), 14);
    expect(found?.method).toBe('Wilson');
  });
});

test('an interval keeps within the range, and none is worked out of nothing', () => {
  const one = Float64Array.from({ length: 20 }, (_, at) => (at === 0 ? -1 : 1));
  const found = meanInterval(one, { isReplicated: false, range: YES_OR_NO });
  expect(found?.high).toBe(1);
  expect(meanInterval(new Float64Array(5).fill(Number.NaN), replicated)).toBeNull();
  expect(meanInterval(new Float64Array(0), independent)).toBeNull();
});

/** Seeded by a plain linear generator: what counts is only that many samples are drawn. */
test('95 in 100 intervals of independent futures hold the mean', () => {
  let state = 1;
  const random = (): number => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
  let held = 0;
  for (let sample = 0; sample < 1000; sample++) {
    const values = Float64Array.from({ length: 50 }, () => random() + random());
    const { low, high } = meanInterval(values, independent) ?? { low: 0, high: 0 };
    if (low <= 1 && high >= 1) held++;
  }
  expect(held).toBeGreaterThan(925);
  expect(held).toBeLessThan(970);
});
