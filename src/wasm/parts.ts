/** Polynomials and values in two parts, operation for operation as `src/base/two-parts.ts` has them. */
import type { Lanes, Value } from './lanes.ts';

/** A value as the sum of two numbers; `low` is no larger than a rounding error of `high`. */
export type Parts = { readonly high: Value; readonly low: Value };

const TWO_TO_27_PLUS_1 = 134_217_729;

/** first + z·(second + z·(… + z·last)). */
export function series(lanes: Lanes, z: Value, coefficients: readonly number[]): Value {
  const [last, ...rest] = coefficients.toReversed();
  if (last === undefined) throw new Error('a polynomial without coefficients');
  let sum = lanes.constant(last);
  for (const coefficient of rest) sum = lanes.add(lanes.constant(coefficient), lanes.multiply(z, sum));
  return sum;
}

/** The upper half of a number's digits and the remainder; worked out once for all products with it. */
export function halvesOf(lanes: Lanes, a: Value): Parts {
  const spread = lanes.multiply(a, lanes.constant(TWO_TO_27_PLUS_1));
  const high = lanes.subtract(spread, lanes.subtract(spread, a));
  return { high, low: lanes.subtract(a, high) };
}

/** `halvesOf` a number that is known beforehand. */
export function halvesOfConstant(lanes: Lanes, a: number): Parts {
  const spread = a * TWO_TO_27_PLUS_1;
  const high = spread - (spread - a);
  return { high: lanes.constant(high), low: lanes.constant(a - high) };
}

/** `cut` of a number that is known beforehand. */
export function cutOfConstant(lanes: Lanes, b: number): Parts {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, b);
  view.setUint32(4, view.getUint32(4) & 0xf800_0000);
  const high = view.getFloat64(0);
  return { high: lanes.constant(high), low: lanes.constant(b - high) };
}

/**
 * A number cut after 26 of its 53 digits, for the second factor of `lostInProduct`. That takes two operations instead of
 * four, three of which wait for each other.
 */
export function cut(lanes: Lanes, b: Value): Parts {
  const high = lanes.ofBits(lanes.andBits(lanes.bits(b), lanes.bitConstant(0xffff_ffff, 0xf800_0000)));
  return { high, low: lanes.subtract(b, high) };
}

/**
 * What a·b lost when it was rounded to `product`, from the halves of `a`, and of `b` halved or cut. It is the number that
 * `lostInProduct` of `src/base` gives, since either works it out exactly. In units of both factors' last digits: with
 * a.high and b.high multiples of 2^27, |a.low| ≤ 2^26 and |b.low| < 2^27, the products have 53 digits at most; the first
 * difference is a multiple of 2^52 below 2^81, the sums after it are multiples of 2^27 below 2^80 and 2^54, and the
 * last is the loss itself, which is a float64. Parts must not underflow.
 */
export function lostInProduct(lanes: Lanes, a: Parts, b: Parts, product: Value): Value {
  const { add, multiply, subtract } = lanes;
  return add(
    add(add(subtract(multiply(a.high, b.high), product), multiply(a.high, b.low)), multiply(a.low, b.high)),
    multiply(a.low, b.low),
  );
}

/** What a + b lost when it was rounded to `sum`. */
export function lostInSum({ add, subtract }: Lanes, a: Value, b: Value, sum: Value): Value {
  const added = subtract(sum, a);
  return add(subtract(a, subtract(sum, added)), subtract(b, added));
}

/** a/b in two parts. */
export function divideParts(lanes: Lanes, a: Parts, b: Parts): Parts {
  const { add, divide, multiply, subtract } = lanes;
  const high = divide(a.high, b.high);
  const product = multiply(high, b.high);
  const lost = lostInProduct(lanes, halvesOf(lanes, b.high), cut(lanes, high), product);
  return {
    high,
    low: divide(
      add(subtract(subtract(a.high, product), lost), subtract(a.low, multiply(high, b.low))),
      b.high,
    ),
  };
}
