/** The rows are those of Newcombe (1998, doi:10.1002/(SICI)1097-0258(19980430)17:8<857::AID-SIM777>3.0.CO;2-E), table I. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { wilson } from './share-interval.ts';

test.each([
  [81, 263, 0.2553, 0.3662],
  [15, 148, 0.0624, 0.1605],
  [0, 20, 0, 0.1611],
  [1, 29, 0.0061, 0.1718],
])('%d of %d is as published', (successes, n, low, high) => {
  const interval = wilson(successes, n);
  expect(interval.low).toBeCloseTo(low, 4);
  expect(interval.high).toBeCloseTo(high, 4);
});

test('full digits', () => {
  const { low, high } = wilson(81, 263);
  expect(low).toBeCloseTo(0.2552885198782742, 14);
  expect(high).toBeCloseTo(0.3662095769828, 14);
});

test('the ends are exact and nothing is known of no draws', () => {
  expect(wilson(0, 29).low).toBe(0);
  expect(wilson(29, 29).high).toBe(1);
  expect(wilson(29, 29).low).toBeCloseTo(0.8830302015002592, 14);
  expect(wilson(0, 0)).toEqual({ low: 0, high: 1 });
});

test('it holds the share, and failures mirror successes', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e6 }), fc.double({ min: 0, max: 1, noNaN: true }), (n, share) => {
      const successes = Math.floor(n * share);
      const interval = wilson(successes, n);
      const mirrored = wilson(n - successes, n);
      expect(interval.low).toBeLessThanOrEqual(successes / n);
      expect(interval.high).toBeGreaterThanOrEqual(successes / n);
      expect(1 - mirrored.high).toBeCloseTo(interval.low, 12);
    }),
  );
});

test.each([
  [3, 2],
  [-1, 2],
  [0.5, 2],
  [1, Number.NaN],
])('%d of %d is refused', (successes, n) => {
  expect(() => wilson(successes, n)).toThrow('successes');
});
