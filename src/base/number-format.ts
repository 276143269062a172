/**
 * Numbers as people read them: in verdicts, tables and messages. Rounded for reading and therefore never read back:
 * files and machine-readable output carry the full number. Own grouping, since the host's locales differ.
 */

const SIGNIFICANT_DIGITS = 4;
const LARGEST_PLAIN = 1e15;
const SMALLEST_PLAIN = 1e-4;
const SMALLEST_GROUPED = 10_000;

/**
 * Four significant digits: `0.00123`, `1234`, `12,350`, `1.234e15` from 1e15 up, `1.2e-7` below 0.0001; zeros at the
 * end of a fraction are dropped. +Infinity is `never`, the value of what does not happen.
 */
export function formatNumber(value: number): string {
  if (Number.isNaN(value)) return 'not a number';
  if (value === Number.POSITIVE_INFINITY) return 'never';
  if (value === Number.NEGATIVE_INFINITY) return '-infinity';
  if (value === 0) return '0';
  // toPrecision is exactly specified. Rounded first, so that 9,999.6 is already 10000 when the form is chosen.
  const rounded = Number(value.toPrecision(SIGNIFICANT_DIGITS));
  const size = Math.abs(rounded);
  if (size >= LARGEST_PLAIN || size < SMALLEST_PLAIN) return rounded.toExponential().replace('e+', 'e');
  return size >= SMALLEST_GROUPED ? grouped(rounded) : String(rounded);
}

/** A count in full, since a limit must not be rounded to what broke it: `100,001`. */
export const formatCount = (count: number): string =>
  count < SMALLEST_GROUPED ? String(count) : grouped(count);

/** A whole number's digits in threes. */
function grouped(whole: number): string {
  return String(whole).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

/**
 * A share as whole hundredths, without a sign: `47`. Only 0 is `0` and only 1 is `100`; what would be rounded to
 * them is `<1` and `>99`. Throws outside 0 … 1.
 */
export function formatShare(share: number): string {
  if (!(share >= 0 && share <= 1)) throw new Error(`a share of ${share}`);
  if (share === 0) return '0';
  if (share === 1) return '100';
  if (share < 0.005) return '<1';
  if (share > 0.995) return '>99';
  return String(Math.min(99, Math.max(1, Math.floor(share * 100 + 0.5))));
}

const COUNTS = [
  'none',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
];

/** A small count as one says it: `seven`. */
export const inWords = (count: number): string => COUNTS[count] ?? String(count);
