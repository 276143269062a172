import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatNumber, formatShare } from './number-format.ts';

test.each([
  [0, '0'],
  [-0, '0'],
  [1, '1'],
  [-2.5, '-2.5'],
  [3.45678, '3.457'],
  [1.5, '1.5'],
  [12.345678, '12.35'],
  [1234, '1234'],
  [1234.4, '1234'],
  [9999.4, '9999'],
  [9999.6, '10,000'],
  [10_000, '10,000'],
  [12_345, '12,350'],
  [-90_000, '-90,000'],
  [6_000_000, '6,000,000'],
  [1_234_567_890, '1,235,000,000'],
  [999_949_999_999_999, '999,900,000,000,000'],
  [999_999_999_999_999, '1e15'],
  [1.2344e15, '1.234e15'],
  [-6.02214e23, '-6.022e23'],
  [0.00123, '0.00123'],
  [0.1 + 0.2, '0.3'],
  [0.0001, '0.0001'],
  [0.000_099_999_9, '0.0001'],
  [0.000_05, '5e-5'],
  [1.2e-7, '1.2e-7'],
  [5e-324, '5e-324'],
  [Number.POSITIVE_INFINITY, 'never'],
  [Number.NEGATIVE_INFINITY, '-infinity'],
  [Number.NaN, 'not a number'],
])('formatNumber(%d) is %s', (value, expected) => {
  expect(formatNumber(value)).toBe(expected);
});

test('what is shown, read back, is the value to four digits', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      fc.pre(Math.abs(value) > 1e-300 && Math.abs(value) < 1e308);
      const shown = Number(formatNumber(value).replaceAll(',', ''));
      return Math.abs(shown - value) <= 0.000_500_1 * Math.abs(value);
    }),
  );
});

test.each([
  [0, '0'],
  [1e-9, '<1'],
  [0.004_99, '<1'],
  [0.005, '1'],
  [0.014, '1'],
  [0.015, '2'],
  [0.47, '47'],
  [0.285, '28'],
  [0.984, '98'],
  [0.995, '99'],
  [0.9951, '>99'],
  [1 - 2 ** -53, '>99'],
  [1, '100'],
])('formatShare(%d) is %s', (share, expected) => {
  expect(formatShare(share)).toBe(expected);
});

test.each([-0.1, 1.1, Number.NaN])('a share of %d is refused', (share) => {
  expect(() => formatShare(share)).toThrow('share');
});
