/**
 * What a rounded sum or product lost, exactly: so a value can be carried as the sum of two numbers where one is too
 * coarse. Made of + − × alone, in a fixed order, since published bits hang on it.
 */

/** A value as the sum of two numbers; `low` is no larger than a rounding error of `high`. */
export type TwoParts = { readonly high: number; readonly low: number };

const TWO_TO_27_PLUS_1 = 134_217_729;

/** The upper half of a number's digits; the remainder fits in 26 bits (Dekker 1971, doi:10.1007/BF01397083). */
function upperHalf(a: number): number {
  const spread = a * TWO_TO_27_PLUS_1;
  return spread - (spread - a);
}

/** What a·b lost when it was rounded to `product`; exact unless a part underflows. |a|, |b| < 2^996. */
export function lostInProduct(a: number, b: number, product: number): number {
  const aHigh = upperHalf(a);
  const aLow = a - aHigh;
  const bHigh = upperHalf(b);
  const bLow = b - bHigh;
  return aHigh * bHigh - product + aHigh * bLow + aLow * bHigh + aLow * bLow;
}

/** What a + b lost when it was rounded to `sum`, whichever is larger; exact while `sum` is finite (Knuth, TAOCP 4.2.2). */
export function lostInSum(a: number, b: number, sum: number): number {
  const added = sum - a;
  return a - (sum - added) + (b - added);
}
