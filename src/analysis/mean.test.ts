import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mean, meanSquaredDifference, pairwiseSum, variance } from './mean.ts';

test('the order is fixed: blocks of 128, then neighbours', () => {
  // 2^53 + 1 rounds to 2^53: ones vanish where they meet it singly and count where they were summed first.
  const values = new Float64Array(3 * 128).fill(1);
  values[0] = 2 ** 53;
  expect(pairwiseSum(values)).toBe(2 ** 53 + 128 + 128);
  values[0] = 1;
  values[383] = 2 ** 53;
  // The third block is 127 + 2^53, an odd number that ties to even.
  expect(pairwiseSum(values)).toBe(256 + (127 + 2 ** 53));
});

test('whole numbers are summed exactly, whatever their number', () => {
  for (const n of [1, 127, 128, 129, 255, 256, 257, 640, 100_001]) {
    expect(pairwiseSum(Float64Array.from({ length: n }, (_, index) => index))).toBe((n * (n - 1)) / 2);
  }
});

test('a million tenths err less than one by one', () => {
  const tenths = new Float64Array(1_000_000).fill(0.1);
  expect(Math.abs(pairwiseSum(tenths) - 100_000)).toBeLessThan(1e-8);
});

test('mean and variance of known values', () => {
  expect(mean([1, 2, 3, 4])).toBe(2.5);
  expect(variance([1, 2, 3, 4])).toBeCloseTo(5 / 3, 15);
  // A variance by mean square minus squared mean would lose every digit here.
  expect(variance([1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16])).toBe(30);
  expect(meanSquaredDifference([1, 2, 3], [1, 0, 0])).toBeCloseTo(13 / 3, 15);
});

test('no values have no mean, one has no variance, never has no mean of a number', () => {
  expect(pairwiseSum([])).toBe(0);
  expect(mean([])).toBeNaN();
  expect(variance([])).toBeNaN();
  expect(variance([3])).toBeNaN();
  expect(mean([1, Number.POSITIVE_INFINITY])).toBe(Number.POSITIVE_INFINITY);
});

test('variance keeps under a shift and is never negative', () => {
  const values = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 2, maxLength: 400 });
  fc.assert(
    fc.property(values, fc.integer({ min: -1000, max: 1000 }), (list, shift) => {
      expect(variance(list)).toBeGreaterThanOrEqual(0);
      expect(variance(list.map((value) => value + shift))).toBeCloseTo(variance(list), 6);
    }),
  );
});
