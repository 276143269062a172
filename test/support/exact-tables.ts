/**
 * The tables of `src/base/exact-math-tables.ts` worked out anew, with whole numbers of any length: so that it can be shown
 * where each number there comes from.
 */

/** Values are whole numbers of 2^-240. */
const DIGITS = 240n;
const ONE = 1n << DIGITS;

/** The nearest float64 to value·2^-`digits`, zero or not below 2^-500. */
const nearestNumber = (value: bigint, digits = DIGITS): number => Number(value) * 2 ** -Number(digits);

/** A float64 as it is. */
export function exactly(value: number): bigint {
  let scaled = value;
  let digits = DIGITS;
  while (!Number.isInteger(scaled)) {
    scaled *= 2;
    digits--;
  }
  if (digits < 0n) throw new Error(`a number that is too fine: ${value}`);
  return BigInt(scaled) << digits;
}

/** ln of numerator/denominator in ½ … 2: twice the series of atanh. */
export function logarithm(numerator: bigint, denominator: bigint): bigint {
  const s = ((numerator - denominator) << DIGITS) / (numerator + denominator);
  const square = (s * s) >> DIGITS;
  let sum = 0n;
  let power = s;
  for (let n = 1n; power !== 0n && power !== -1n; n += 2n) {
    sum += power / n;
    power = (power * square) >> DIGITS;
  }
  return 2n * sum;
}

/** The root, rounded down (Newton's method from above). */
function root(value: bigint): bigint {
  let guess = 1n << BigInt((value.toString(2).length >> 1) + 1);
  for (;;) {
    const next = (guess + value / guess) >> 1n;
    if (next >= guess) return guess;
    guess = next;
  }
}

/** 2^(j/128) nearest, and what is missing as a share of it, for j = 0 … 127. */
export function exponentials(): number[] {
  let step = 2n * ONE;
  for (let halved = 0; halved < 7; halved++) step = root(step << DIGITS);
  const rows: number[] = [];
  for (let exact = ONE; rows.length < 256; exact = (exact * step) >> DIGITS) {
    const power = nearestNumber(exact);
    rows.push(power, nearestNumber(((exact - exactly(power)) << DIGITS) / exactly(power)));
  }
  return rows;
}

/** The number whose 64 bits have these upper 32, and no others. */
function ofUpperBits(upper: number): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setUint32(0, upper);
  return view.getFloat64(0);
}

/**
 * For each of 128 stretches of m, the first from the number with these upper bits on and each 2^13 of them wide: the inverse, −ln of
 * it as a multiple of 2^-42, and what is missing. The inverse is a multiple of 1/128 below 1 and of 1/256 above, the
 * one that leaves the smaller |m·inverse − 1| at the worse end; it is 1 around 1.
 */
export function logarithms(firstUpperBits: number): number[] {
  const rows: number[] = [];
  for (let row = 0; row < 128; row++) {
    const low = ofUpperBits(firstUpperBits + row * 0x2000);
    const high = ofUpperBits(firstUpperBits + (row + 1) * 0x2000);
    const parts = high <= 1 ? 128 : 256;
    const farthest = (part: number): number =>
      Math.max(Math.abs((low * part) / parts - 1), Math.abs((high * part) / parts - 1));
    let best = parts;
    for (let part = Math.floor(parts / high); part <= Math.ceil(parts / low); part++)
      if (!(low < 1 && high > 1) && farthest(part) < farthest(best)) best = part;
    const exact = logarithm(BigInt(parts), BigInt(best));
    const upper = nearestNumber(roundedTo(exact, 42n));
    rows.push(best / parts, upper, nearestNumber(exact - exactly(upper)));
  }
  return rows;
}

/** The nearest multiple of 2^-`digits`. */
function roundedTo(value: bigint, digits: bigint): bigint {
  const shift = DIGITS - digits;
  // A shift rounds down, negative numbers too.
  return ((value + (1n << (shift - 1n))) >> shift) << shift;
}

/** ln 2 over `parts` in two parts, the first a multiple of 2^-`digits`. */
export function ln2Over(parts: bigint, digits: bigint): readonly [number, number] {
  const exact = logarithm(2n, 1n) / parts;
  const upper = nearestNumber(roundedTo(exact, digits));
  return [upper, nearestNumber(exact - exactly(upper))];
}

/** ln x for x > 0, not below 2^-180. */
export function naturalLogarithm(x: number): bigint {
  const k = Math.floor(Math.log2(x));
  const [numerator, denominator] = k > 0 ? [exactly(x), ONE << BigInt(k)] : [exactly(x) << BigInt(-k), ONE];
  return BigInt(k) * logarithm(2n, 1n) + logarithm(numerator, denominator);
}

/** e^x for |x| below 100. */
export function exponential(x: bigint): bigint {
  const ln2 = logarithm(2n, 1n);
  const k = x / ln2;
  const r = x - k * ln2;
  let sum = 0n;
  for (let n = 1n, term = ONE; term !== 0n && term !== -1n; n++) {
    sum += term;
    term = ((term * r) >> DIGITS) / n;
  }
  return k < 0n ? sum >> -k : sum << k;
}

/** x·y. */
export const productOf = (x: bigint, y: bigint): bigint => (x * y) >> DIGITS;

/** x/y, rounded towards 0. */
export const quotientOf = (x: bigint, y: bigint): bigint => (x << DIGITS) / y;

/** How far a number is from what is exact, in units of its last digit. */
export function ulpsFrom(value: number, exact: bigint): number {
  const size = Math.abs(value);
  const ulp = 2 ** (Math.floor(Math.log2(size)) - 52);
  return Math.abs(nearestNumber(exactly(value) - exact)) / ulp;
}

/**
 * The largest error of a polynomial for log(1 + r) − r + r²/2, divided by r³, in 1/3 − r/4 + …, times r³: for |r| up to `most`.
 */
export function errorOfSeries(coefficients: readonly number[], most: number): number {
  let worst = 0;
  for (let part = -200; part <= 200; part++) {
    const r = exactly((most * part) / 200);
    const square = productOf(r, r);
    let sum = 0n;
    for (const coefficient of coefficients.toReversed()) sum = productOf(sum, r) + exactly(coefficient);
    const exact = logarithm(ONE + r, ONE) - r + square / 2n;
    worst = Math.max(worst, Math.abs(nearestNumber(productOf(sum, productOf(square, r)) - exact)));
  }
  return worst;
}
