import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { orderInterval, quantileOf } from './quantiles.ts';

const NEVER = Number.POSITIVE_INFINITY;
const of = (...values: number[]): Float64Array => Float64Array.from(values);
const ranks = (n: number): Float64Array => Float64Array.from({ length: n }, (_, index) => index + 1);

describe('quantileOf', () => {
  test.each([
    [[1, 2, 3, 4], 0, 1],
    [[1, 2, 3, 4], 0.25, 1.75],
    [[1, 2, 3, 4], 0.5, 2.5],
    [[1, 2, 3, 4], 1, 4],
    [[7], 0.3, 7],
    [[1, 2, 4, 8, 16], 0.5, 4],
    [[1, 2, 4, 8, 16], 0.9, 12.8],
    [[1, 2, NEVER], 0.5, 2],
    [[1, 2, NEVER], 0.51, NEVER],
    [[NEVER, NEVER], 0.5, NEVER],
    [[1, NEVER, NEVER, NEVER, NEVER], 0.1, NEVER],
  ])('of %j at %d is %d', (values, p, expected) => {
    expect(quantileOf(of(...values), p)).toBeCloseTo(expected, 12);
  });

  test('rises with p and stays among the values', () => {
    const p = fc.double({ min: 0, max: 1, noNaN: true });
    const values = fc.array(fc.oneof(fc.integer({ min: -99, max: 99 }), fc.constant(NEVER)), {
      minLength: 1,
    });
    fc.assert(
      fc.property(values, p, p, (unsorted, a, b) => {
        const sorted = Float64Array.from(unsorted).sort();
        const less = quantileOf(sorted, Math.min(a, b));
        const more = quantileOf(sorted, Math.max(a, b));
        expect(less).not.toBeNaN();
        expect(less <= more + 1e-9).toBe(true);
        expect(less >= sorted[0]! && more <= sorted.at(-1)!).toBe(true);
      }),
    );
  });

  test('no values and no share are refused', () => {
    expect(() => quantileOf(of(), 0.5)).toThrow('no values');
    expect(() => quantileOf(of(1), 1.01)).toThrow('1.01');
    expect(() => orderInterval(of(1), Number.NaN)).toThrow('NaN');
  });
});

describe('orderInterval', () => {
  // Ranks from binomial sums in exact fractions; the values are their own ranks. The median's are in Conover.
  test.each([
    [5, 0.5, null, null],
    [6, 0.5, 1, 6],
    [10, 0.5, 2, 9],
    [100, 0.5, 40, 61],
    [100, 0.9, 84, 96],
    [1000, 0.05, 37, 65],
    [60, 0.95, 53, 61],
    [4, 0, null, 1],
    [4, 1, 4, null],
  ])('of %d values at %d', (n, p, low, high) => {
    expect(orderInterval(ranks(n), p)).toEqual({ low, high: high !== null && high > n ? null : high });
  });

  test('a large sample meets the normal approximation of its ranks', () => {
    const { low, high } = orderInterval(ranks(1_000_000), 0.05);
    const half = 1.959963984540054 * Math.sqrt(1_000_000 * 0.05 * 0.95);
    expect(Math.abs(low! - (50_000 - half))).toBeLessThan(4);
    expect(Math.abs(high! - (50_000 + half))).toBeLessThan(4);
  });

  test('an end may be never', () => {
    expect(orderInterval(of(1, 2, 3, 4, 5, NEVER), 0.5)).toEqual({ low: 1, high: NEVER });
  });
});
