/**
 * Exact fractions for what must not round: the number of steps in a time axis, powers and factors of units.
 * Never used in a future's arithmetic, which is float64 throughout.
 */

/** numerator / denominator in lowest terms, denominator > 0. */
export type Rational = { readonly n: bigint; readonly d: bigint };

function gcd(a: bigint, b: bigint): bigint {
  let x = a < 0n ? -a : a;
  let y = b < 0n ? -b : b;
  while (y !== 0n) {
    const rest = x % y;
    x = y;
    y = rest;
  }
  return x;
}

/** Lowest terms of n / d; throws on d = 0, which callers must have refused. */
export function rational(n: bigint | number, d: bigint | number = 1n): Rational {
  let top = BigInt(n);
  if (d === 1n || d === 1) return { n: top, d: 1n };
  let bottom = BigInt(d);
  if (bottom === 0n) throw new Error('a rational with denominator zero');
  if (bottom < 0n) {
    top = -top;
    bottom = -bottom;
  }
  const common = gcd(top, bottom);
  return { n: top / common, d: bottom / common };
}

export const ZERO = rational(0n);
export const ONE = rational(1n);

export const add = (a: Rational, b: Rational): Rational => rational(a.n * b.d + b.n * a.d, a.d * b.d);
export const subtract = (a: Rational, b: Rational): Rational => rational(a.n * b.d - b.n * a.d, a.d * b.d);
export const multiply = (a: Rational, b: Rational): Rational => rational(a.n * b.n, a.d * b.d);
export const divide = (a: Rational, b: Rational): Rational => rational(a.n * b.d, a.d * b.n);
export const isZero = (a: Rational): boolean => a.n === 0n;
export const isWhole = (a: Rational): boolean => a.d === 1n;
export const equal = (a: Rational, b: Rational): boolean => a.n === b.n && a.d === b.d;
export const negate = (a: Rational): Rational => ({ n: -a.n, d: a.d });
export const compare = (a: Rational, b: Rational): number => {
  const difference = a.n * b.d - b.n * a.d;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
};

/** a to a whole power; a negative power of zero throws. */
export function power(a: Rational, exponent: number): Rational {
  if (exponent < 0) return power(divide(ONE, a), -exponent);
  return rational(a.n ** BigInt(exponent), a.d ** BigInt(exponent));
}

/** The largest whole number not above a. */
export function floor(a: Rational): bigint {
  const quotient = a.n / a.d;
  return a.n % a.d !== 0n && a.n < 0n ? quotient - 1n : quotient;
}

/** The nearest float64 (exact where numerator and denominator are safe whole numbers, within 1 ulp elsewhere). */
export function toNumber(a: Rational): number {
  return Number(a.n) / Number(a.d);
}

/** The exact value of a decimal literal such as `30_000`, `1.5e3`, `.25`; null if the text is no such literal. */
export function parseDecimal(text: string): Rational | null {
  const match = /^([0-9_]*)(?:\.([0-9_]*))?(?:[eE]([+-]?[0-9]+))?$/.exec(text);
  if (!match) return null;
  const whole = (match[1] ?? '').replaceAll('_', '');
  const fraction = (match[2] ?? '').replaceAll('_', '');
  if (whole === '' && fraction === '') return null;
  const exponent = Number(match[3] ?? '0');
  if (Math.abs(exponent) > 400) return null;
  const digits = rational(BigInt(`${whole}${fraction}`), 10n ** BigInt(fraction.length));
  return multiply(digits, power(rational(10n), exponent));
}
