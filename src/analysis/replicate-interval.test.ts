import { expect, test } from 'vitest';
import { replicateInterval } from './replicate-interval.ts';

test('0 … 9: mean 4.5, sample variance 55/6', () => {
  const { mean, low, high } = replicateInterval([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  const half = 2.262157162798205 * Math.sqrt(55 / 6 / 10);
  expect(mean).toBe(4.5);
  expect(low).toBeCloseTo(4.5 - half, 14);
  expect(high).toBeCloseTo(4.5 + half, 14);
});

test('equal replicates leave no width', () => {
  expect(replicateInterval(new Array<number>(10).fill(0.25))).toEqual({ mean: 0.25, low: 0.25, high: 0.25 });
});

test('another number of replicates, or one without a finite value, is refused', () => {
  expect(() => replicateInterval([1, 2, 3])).toThrow('3 replicates');
  expect(() => replicateInterval([1, 2, 3, 4, 5, 6, 7, 8, 9, Number.POSITIVE_INFINITY])).toThrow('finite');
});
