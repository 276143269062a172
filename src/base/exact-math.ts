/**
 * exp, log, log10 and power with the same bits on every host. The host's Math.exp, Math.log, Math.pow and `**` differ
 * between engines and their versions, so none of them may occur here: only + − × ÷, floor, comparisons and the
 * bits of a float64, each of which has exactly one right answer. The order of operations below *is* the definition:
 * generated modules repeat it operation for operation, so no line may be rearranged "to the same value".
 */
import { EXPONENTIALS, LOGARITHMS } from './exact-math-tables.ts';
import { lostInProduct, type TwoParts } from './two-parts.ts';

/** ln 2 in two parts: the first has 40 significant bits, so its product with a whole |k| < 2^13 is exact. */
export const LN2_HIGH = 0.6931471805592082;
export const LN2_LOW = 7.371002565167799e-13;
/** ln 2 / 128 in two parts: the first is a multiple of 2^-42, so its product with a whole |k| < 2^18 is exact. */
export const LN2_128_HIGH = 0.0054152123482253955;
export const LN2_128_LOW = -1.0082281460997769e-13;
export const INVERSE_LN2_128 = 184.6649652337873;
/** 1/ln 10 in two parts. */
// biome-ignore lint/suspicious/noApproximativeNumericConstant: an own literal; the host's is only approximately specified
export const INVERSE_LN10_HIGH = 0.4342944819032518;
export const INVERSE_LN10_LOW = 1.098319650216765e-17;

const TWO_TO_52 = 4_503_599_627_370_496;
const TWO_TO_54 = 18_014_398_509_481_984;
/** Added to a whole number below 2^51, leaves it at the foot of the sum's bits; taken away again, rounds to whole numbers. */
export const WHOLE_AT_FOOT = 6_755_399_441_055_744;
const TWO_TO_1023 = 8.98846567431158e307;
const TWO_TO_MINUS_1022 = 2.2250738585072014e-308;

/** The largest whole exponent that `power` works out by products. */
export const LARGEST_PRODUCT_EXPONENT = 16;

// Scratch for reading and writing the bits of one number; never read before it is written in the same call.
const bits = new DataView(new ArrayBuffer(8));

/** 2^k for a whole k in −1022 … 1023. */
function twoTo(k: number): number {
  bits.setUint32(0, (k + 1023) << 20);
  bits.setUint32(4, 0);
  return bits.getFloat64(0);
}

/** y·2^k for y in [½, 2) and a whole k in −1076 … 1024; rounds once, and only where the result is subnormal. */
function scale(y: number, k: number): number {
  if (k > 1023) return y * 2 * TWO_TO_1023;
  if (k < -1021) return y * twoTo(k + 1000) * twoTo(-1000);
  return y * twoTo(k);
}

/**
 * exp(high + low) for |high| ≤ 746 and |low| ≤ 2^-24 of it. k is 128·high/ln 2 to the nearest whole number,
 * k = 128·q + j; 2^(j/128) comes from the table, and what is left, |r| ≤ 0.0028, goes into Taylor's series to r⁵. (After Tang
 * 1989, doi:10.1145/63522.214389, with a table of our own.)
 */
function expByTable(high: number, low: number): number {
  const k = high * INVERSE_LN2_128 + WHOLE_AT_FOOT - WHOLE_AT_FOOT;
  const r = high - k * LN2_128_HIGH - k * LN2_128_LOW + low;
  const q = Math.floor(k / 128);
  const row = 2 * (k - 128 * q);
  const power = EXPONENTIALS[row] ?? Number.NaN;
  const z = r * r;
  const share =
    r + (EXPONENTIALS[row + 1] ?? Number.NaN) + z * (1 / 2 + r * (1 / 6) + z * (1 / 24 + r * (1 / 120)));
  return scale(power + power * share, q);
}

/**
 * e^x. NaN for NaN, +Infinity above 709.782712893384, 0 below −745.1332191019412; subnormal results are rounded once
 * more. Largest error seen against 48-digit values, 200,000 arguments over the whole normal range and 100,000 within ±2:
 * 0.508 ulp.
 */
export function exp(x: number): number {
  if (Number.isNaN(x)) return Number.NaN;
  if (x > 710) return Number.POSITIVE_INFINITY;
  if (x < -746) return 0;
  return expByTable(x, 0);
}

/** The upper word of the least m; what is added to an upper word so that its exponent and stretch of m can be read off. */
export const FIRST_STRETCH = 0x3fe6_9000;
export const TO_FIRST_STRETCH = 0x3ff0_0000 - FIRST_STRETCH;

/** The upper 26 digits of a number; the remainder has 27. */
function cut(a: number): number {
  bits.setFloat64(0, a);
  bits.setUint32(4, bits.getUint32(4) & 0xf800_0000);
  return bits.getFloat64(0);
}

/** log x = sum + sumLow + (the series of log(1 + r) without r). */
type Logarithm = { readonly sum: number; readonly sumLow: number; readonly r: number };

/**
 * x > 0 and finite as m·2^k, m in [0.705, 1.41). The table has c near 1/m, and −log c; r = m·c − 1, |r| < 0.00585, is
 * exact. So log x = k·ln 2 − log c + log(1 + r). (After Tang 1990,
 * doi:10.1145/98267.98294, with a table of our own.)
 */
function beginLogarithm(x: number): Logarithm {
  let k = 0;
  let value = x;
  if (value < TWO_TO_MINUS_1022) {
    value *= TWO_TO_54;
    k = -54;
  }
  bits.setFloat64(0, value);
  const moved = bits.getUint32(0) + TO_FIRST_STRETCH;
  k += (moved >>> 20) - 1023;
  const row = 3 * ((moved >>> 13) & 127);
  bits.setUint32(0, (moved & 0x000f_ffff) + FIRST_STRETCH);
  const m = bits.getFloat64(0);
  const mHigh = cut(m);
  const inverse = LOGARITHMS[row] ?? Number.NaN;
  const r = mHigh * inverse - 1 + (m - mHigh) * inverse;
  // Both are multiples of 2^-42 or coarser and below 2^10, so that this sum is exact.
  const start = k * LN2_HIGH + (LOGARITHMS[row + 1] ?? Number.NaN);
  const startLow = k * LN2_LOW + (LOGARITHMS[row + 2] ?? Number.NaN);
  const sum = start + r;
  return { sum, sumLow: startLow + (start - sum + r), r };
}

/**
 * 1/3, −1/4, … of the series of log(1 + r), as polynomials at Chebyshev's points for |r| ≤ 0.00585 give them: the
 * short one for a logarithm in one part, the long one for two.
 */
export const SHORT_SERIES = [
  0.3333333333333333, -0.24999999995443303, 0.199999999959496, -0.16667200332721224, 0.14286188655835136,
] as const;
export const LONG_SERIES = [
  0.3333333333333335, -0.2500000000000001, 0.1999999999270924, -0.16666666660104976, 0.14286283531847713,
  -0.12500512321818347,
] as const;
// Taken apart once: V8 takes as long for that as for a whole logarithm.
const [S3, S4, S5, S6, S7] = SHORT_SERIES;
const [L3, L4, L5, L6, L7, L8] = LONG_SERIES;

/**
 * The natural logarithm. NaN for NaN and below 0, −Infinity at 0 and −0, +Infinity at +Infinity, 0 at 1.
 * Around 1 the table's c is 1, so that the logarithm begins with x − 1 itself. Largest error seen against 48-digit values,
 * 100,000 arguments over the whole range, 200,000 in ½ … 2 and 200,000 in 0.98 … 1.02: 0.519 ulp, next to 0.998.
 */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? Number.NEGATIVE_INFINITY : Number.NaN;
  if (x === Number.POSITIVE_INFINITY) return x;
  const { sum, sumLow, r } = beginLogarithm(x);
  const z = r * r;
  return sum + (sumLow + z * (-0.5 + r * S3 + z * (S4 + r * S5 + z * (S6 + r * S7))));
}

/** The natural logarithm of x > 0, finite, to about 2^-68 of it in two parts; |low| ≤ 2^-14·|high|. */
function logarithmInParts(x: number): TwoParts {
  const { sum, sumLow, r } = beginLogarithm(x);
  // −r²/2, of which the first part is exact. Both parts of r have one sign, or they would nearly undo each other next to 1.
  const head = cut(r);
  const square = -0.5 * head * head;
  const squareLow = -0.5 * (r - head) * (head + r);
  const high = sum + square;
  const highLow = sum - high + square;
  const z = r * r;
  const rest = r * z * (L3 + r * L4 + z * (L5 + r * L6 + z * (L7 + r * L8)));
  return { high, low: sumLow + (squareLow + highLow) + rest };
}

/** y·log x in two parts. */
function timesExponent(y: number, logX: TwoParts): TwoParts {
  const yHigh = cut(y);
  const logHigh = cut(logX.high + logX.low);
  const logLow = logX.high - logHigh + logX.low;
  return { high: yHigh * logHigh, low: (y - yHigh) * logHigh + y * logLow };
}

/**
 * x^y for x > 0, both finite: the logarithm in two parts, since an error of the logarithm is multiplied by y; then
 * times y, then exp of both parts.
 */
function powerOfPositive(x: number, y: number): number {
  const { high, low } = timesExponent(y, logarithmInParts(x));
  if (high > 710) return Number.POSITIVE_INFINITY;
  if (high < -746) return 0;
  return expByTable(high, low);
}

/**
 * The decimal logarithm: the natural one in two parts times 1/ln 10 in two parts, so that whole powers of ten come out
 * exactly. Special cases as for `log`. Largest error seen against 240-bit values, 60,000 arguments, 18,000 of them next to 1: 0.500 ulp.
 */
export function log10(x: number): number {
  if (!(x > 0)) return x === 0 ? Number.NEGATIVE_INFINITY : Number.NaN;
  if (x === Number.POSITIVE_INFINITY) return x;
  const { high, low } = logarithmInParts(x);
  const product = high * INVERSE_LN10_HIGH;
  return (
    product +
    (lostInProduct(high, INVERSE_LN10_HIGH, product) + (high * INVERSE_LN10_LOW + low * INVERSE_LN10_HIGH))
  );
}

/**
 * x to a whole n, 1 ≤ n ≤ 16, by products in this order: n's binary digits from the lowest up; the base is squared
 * for each further digit, and the result, which starts as the base at the lowest 1, takes the square on its right
 * at each later 1. So x^3 = x·x², x^5 = x·x⁴, x^7 = (x·x²)·x⁴.
 */
function powerByProducts(x: number, n: number): number {
  let digits = n;
  let square = x;
  while ((digits & 1) === 0) {
    square *= square;
    digits >>= 1;
  }
  let result = square;
  digits >>= 1;
  while (digits > 0) {
    square *= square;
    if ((digits & 1) === 1) result *= square;
    digits >>= 1;
  }
  return result;
}

/**
 * x^y. Whole |y| ≤ 16 by products (see above; x^−n is 1/x^n), any other by logarithm and exp. Special cases:
 * - x^0 = 1 for every x, NaN too; otherwise NaN if x or y is NaN;
 * - 0^y: 0 for y > 0, +Infinity for y < 0; −0 keeps its sign under odd whole y (−0, −Infinity);
 * - x < 0: NaN unless y is whole; then the power of |x|, negative for odd y;
 * - y = ±Infinity: 0 or +Infinity as |x| is below or above 1 (or the reverse), NaN where |x| = 1;
 * - x = ±Infinity: +Infinity for y > 0, 0 for y < 0, with the sign of odd whole y for −Infinity.
 * These are the cases of ECMAScript's Math.pow. Largest error seen against 48-digit values by
 * logarithm and exp: 0.509 ulp for 60,000 results with |y| ≤ 10, 0.514 for 60,000 with x in 0.98 … 1.02 and
 * 0.510 for 60,000 with x up to 2^20 steps from 1, |y| up to the range's ends; 11.7 ulp for 100,000 by products (the exponent −16).
 */
export function power(x: number, y: number): number {
  if (y === 0) return 1;
  if (Number.isNaN(x) || Number.isNaN(y)) return Number.NaN;
  const size = Math.abs(x);
  if (y === Number.POSITIVE_INFINITY || y === Number.NEGATIVE_INFINITY) {
    if (size === 1) return Number.NaN;
    return size > 1 === y > 0 ? Number.POSITIVE_INFINITY : 0;
  }
  const isWhole = Math.floor(y) === y;
  if (isWhole && Math.abs(y) <= LARGEST_PRODUCT_EXPONENT) {
    return y > 0 ? powerByProducts(x, y) : 1 / powerByProducts(x, -y);
  }
  if (x < 0 && !isWhole && size !== Number.POSITIVE_INFINITY) return Number.NaN;
  const isNegative = (x < 0 || Object.is(x, -0)) && isWhole && Math.floor(y / 2) * 2 !== y;
  let result: number;
  if (size === 1) {
    result = 1;
  } else if (size === 0 || size === Number.POSITIVE_INFINITY) {
    result = (size === 0) === y > 0 ? 0 : Number.POSITIVE_INFINITY;
  } else {
    result = powerOfPositive(size, y);
  }
  return isNegative ? -result : result;
}

/**
 * The nearest whole number, half to even, as WebAssembly's f64.nearest: adding 2^52 leaves no digits behind the point,
 * and rounds as every sum does. Zeros keep their sign, and so do numbers that round to nothing.
 */
export function nearest(x: number): number {
  const size = Math.abs(x);
  if (!(size < TWO_TO_52)) return x;
  const whole = size + TWO_TO_52 - TWO_TO_52;
  return x < 0 || Object.is(x, -0) ? -whole : whole;
}
