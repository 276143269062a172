/**
 * exp, log, log10 and power in lanes, with the bits of `src/base/exact-math.ts`: every operation that rounds is the same
 * one on the same operands in the same order, so neither file changes without the other. Work on bits that rounds
 * nothing goes its own way. The usual path has no case distinctions: NaN passes through by itself, and arguments for
 * which that path is wrong are found by one comparison and mended in an arm of their own.
 */
import {
  FIRST_STRETCH,
  INVERSE_LN2_128,
  INVERSE_LN10_HIGH,
  INVERSE_LN10_LOW,
  LARGEST_PRODUCT_EXPONENT,
  LN2_128_HIGH,
  LN2_128_LOW,
  LN2_HIGH,
  LN2_LOW,
  LONG_SERIES,
  SHORT_SERIES,
  TO_FIRST_STRETCH,
  WHOLE_AT_FOOT,
} from '../base/exact-math.ts';
import type { Lanes, Mask, Value } from './lanes.ts';
import { cut, cutOfConstant, halvesOfConstant, lostInProduct, type Parts } from './parts.ts';
import { callShared, callSharedPerLane } from './shared-function.ts';
import { fetchRow, ROW_BITS, ROW_SHIFT } from './tables.ts';

const TWO_TO_52 = 4_503_599_627_370_496;
const TWO_TO_54 = 18_014_398_509_481_984;
const TWO_TO_MINUS_1022 = 2.2250738585072014e-308;
/**
 * For |x| up to 600 the exponent can stand in exp's result from the start, since nothing on the way is so small that it would
 * be rounded otherwise: below −700 the product with the power of two is, while its sum with that power still is a normal
 * number. Looked for by the square, which is one instruction; the size without its sign takes two.
 */
const PLAIN_SQUARE = 360_000;

/** 2^k for a whole k in −1022 … 1023: k + 1023 at the foot of a float64's digits, moved up to its exponent. */
const twoTo = (lanes: Lanes, k: Value): Value =>
  lanes.ofBits(lanes.shiftLeft(lanes.bits(lanes.add(k, lanes.constant(TWO_TO_52 + 1023))), 52));

/** y·2^q with y in ½ … 2, q a whole number. */
type Powered = { readonly y: Value; readonly q: Value };

/**
 * exp(high + low) for |high| ≤ 600; without `low`, which then is 0. NaN for NaN. `apart` for |high| ≤ 746, where 2^q must
 * come in later.
 */
function expByTable(lanes: Lanes, high: Value, low: Value | null): Value;
function expByTable(lanes: Lanes, high: Value, low: Value | null, apart: 'apart'): Powered;
function expByTable(lanes: Lanes, high: Value, low: Value | null, apart?: 'apart'): Value | Powered {
  const { add, addBits, andBits, bitConstant, constant, multiply, ofBits, shiftLeft, subtract } = lanes;
  const foot = constant(WHOLE_AT_FOOT);
  const atFoot = add(multiply(high, constant(INVERSE_LN2_128)), foot);
  const whole = lanes.bits(atFoot);
  const [start, missing] = fetchRow(lanes, 'exponentials', shiftLeft(whole, ROW_SHIFT.exponentials));
  // Moved up, k brings its upper digits into the exponent.
  const own = apart === undefined ? whole : andBits(whole, bitConstant(0, (1 << ROW_BITS) - 1));
  const power = ofBits(addBits(lanes.bits(start), shiftLeft(own, 52 - ROW_BITS)));
  const k = subtract(atFoot, foot);
  const rest = subtract(
    subtract(high, multiply(k, constant(LN2_128_HIGH))),
    multiply(k, constant(LN2_128_LOW)),
  );
  const r = low === null ? rest : add(rest, low);
  const z = multiply(r, r);
  const curved = add(
    add(constant(1 / 2), multiply(r, constant(1 / 6))),
    multiply(z, add(constant(1 / 24), multiply(r, constant(1 / 120)))),
  );
  const share = add(add(r, missing), multiply(z, curved));
  const y = add(power, multiply(power, share));
  return apart === undefined ? y : { y, q: lanes.floor(multiply(k, constant(1 / 128))) };
}

/** exp(high + low) for every `high`; 2^q comes in by two factors, of which the first rounds nothing. */
function expOfAny(lanes: Lanes, high: Value, low: Value | null): Value {
  const { constant, multiply, select, subtract } = lanes;
  // What vanishes is chosen, not worked out: processors are slow at products below the normal numbers.
  const isNothing = lanes.less(high, constant(-746));
  const bounded = select(isNothing, constant(0), lanes.minimum(high, constant(710)));
  const { y, q } = expByTable(lanes, bounded, low, 'apart');
  const part = lanes.floor(multiply(q, constant(0.5)));
  const grown = multiply(multiply(y, twoTo(lanes, part)), twoTo(lanes, subtract(q, part)));
  return select(isNothing, constant(0), grown);
}

/** e^x. */
export function exp(lanes: Lanes, x: Value): Value {
  const result = lanes.variable(expByTable(lanes, x, null));
  lanes.whenAny(lanes.less(lanes.constant(PLAIN_SQUARE), lanes.multiply(x, x)), () =>
    result.become(callShared(lanes, 'exp', [x], (inner, any) => expOfAny(inner, any!, null))),
  );
  return result.now;
}

/** What is taken from the exponent's float64 to give k. */
const BIAS = TWO_TO_52 + 1023;

/** log x = sum + sumLow + (the series of log(1 + r) without r). x = m·2^k. */
type Logarithm = Readonly<Record<'sum' | 'sumLow' | 'r' | 'k', Value>>;

/** Begins the logarithm of a normal x > 0. */
function beginLogarithm(lanes: Lanes, x: Value, bias: Value = lanes.constant(BIAS)): Logarithm {
  const { add, addBits, andBits, bitConstant, constant, multiply, ofBits, shiftRight, subtract } = lanes;
  const moved = addBits(lanes.bits(x), bitConstant(TO_FIRST_STRETCH, 0));
  const offset = shiftRight(moved, 52 - ROW_BITS - ROW_SHIFT.logarithms);
  const [inverse, own, missing] = fetchRow(lanes, 'logarithms', offset);
  const exponent = lanes.orBits(shiftRight(moved, 52), bitConstant(0x4330_0000, 0));
  const k = subtract(ofBits(exponent), bias);
  const digits = andBits(moved, bitConstant(0x000f_ffff, 0xffff_ffff));
  const { high: mHigh, low: mLow } = cut(lanes, ofBits(addBits(digits, bitConstant(FIRST_STRETCH, 0))));
  const r = add(subtract(multiply(mHigh, inverse), constant(1)), multiply(mLow, inverse));
  const start = add(multiply(k, constant(LN2_HIGH)), own);
  const startLow = add(multiply(k, constant(LN2_LOW)), missing);
  const sum = add(start, r);
  return { sum, sumLow: add(startLow, add(subtract(start, sum), r)), r, k };
}

/**
 * Whether |k| ≤ 600. For what is no normal number above 0 k is −1023, −1022 or above 1023, since the sign and the exponents of
 * infinity and of 0 stand in it.
 */
const isMiddling = ({ constant, lessOrEqual, multiply }: Lanes, { k }: Logarithm): Mask =>
  lessOrEqual(multiply(k, k), constant(PLAIN_SQUARE));

/** x > 0 and finite as a normal number, and what is to be taken from its exponent. */
function madeNormal(lanes: Lanes, x: Value): readonly [Value, Value] {
  const { constant, select } = lanes;
  const isSmall = lanes.less(x, constant(TWO_TO_MINUS_1022));
  return [
    select(isSmall, lanes.multiply(x, constant(TWO_TO_54)), x),
    select(isSmall, constant(BIAS + 54), constant(BIAS)),
  ];
}

/** `finite` where x > 0 is finite, and what every logarithm is elsewhere. */
function orSpecial({ constant, equal, lessOrEqual, select }: Lanes, x: Value, finite: Value): Value {
  const [zero, infinity] = [constant(0), constant(Number.POSITIVE_INFINITY)];
  const above = select(equal(x, infinity), infinity, finite);
  const notBelow = select(lessOrEqual(zero, x), above, constant(Number.NaN));
  return select(equal(x, zero), constant(Number.NEGATIVE_INFINITY), notBelow);
}

/** The rest of the natural logarithm. */
function finishLogarithm(lanes: Lanes, { sum, sumLow, r }: Logarithm): Value {
  const { add, multiply } = lanes;
  const z = multiply(r, r);
  const [a, b, c, d, e] = SHORT_SERIES;
  const inner = add(line(lanes, b, r, c), multiply(z, line(lanes, d, r, e)));
  const bent = add(line(lanes, -0.5, r, a), multiply(z, inner));
  return add(sum, add(sumLow, multiply(z, bent)));
}

/** constant + r·slope. */
const line = ({ add, constant, multiply }: Lanes, at0: number, r: Value, slope: number): Value =>
  add(constant(at0), multiply(r, constant(slope)));

/** The natural logarithm. */
export function log(lanes: Lanes, x: Value): Value {
  const begun = beginLogarithm(lanes, x);
  const result = lanes.variable(finishLogarithm(lanes, begun));
  lanes.unlessAll(isMiddling(lanes, begun), () =>
    result.become(
      callShared(lanes, 'log', [x], (inner, any) =>
        orSpecial(inner, any!, finishLogarithm(inner, beginLogarithm(inner, ...madeNormal(inner, any!)))),
      ),
    ),
  );
  return result.now;
}

/** The natural logarithm in two parts. */
function logarithmInParts(lanes: Lanes, { sum, sumLow, r }: Logarithm): Parts {
  const { add, constant, multiply, subtract } = lanes;
  const minusHalf = constant(-0.5);
  const head = cut(lanes, r);
  const square = multiply(multiply(minusHalf, head.high), head.high);
  const squareLow = multiply(multiply(minusHalf, head.low), add(head.high, r));
  const high = add(sum, square);
  const highLow = add(subtract(sum, high), square);
  const z = multiply(r, r);
  const [a, b, c, d, e, f] = LONG_SERIES;
  const inner = add(line(lanes, c, r, d), multiply(z, line(lanes, e, r, f)));
  const rest = multiply(multiply(r, z), add(line(lanes, a, r, b), multiply(z, inner)));
  return { high, low: add(add(sumLow, add(squareLow, highLow)), rest) };
}

/** log10 from the natural logarithm in two parts. */
function decimal(lanes: Lanes, { high, low }: Parts): Value {
  const { add, constant, multiply } = lanes;
  const inverse = constant(INVERSE_LN10_HIGH);
  const product = multiply(high, inverse);
  return add(
    product,
    add(
      lostInProduct(lanes, halvesOfConstant(lanes, INVERSE_LN10_HIGH), cut(lanes, high), product),
      add(multiply(high, constant(INVERSE_LN10_LOW)), multiply(low, inverse)),
    ),
  );
}

/** The decimal logarithm. */
export function log10(lanes: Lanes, x: Value): Value {
  const begun = beginLogarithm(lanes, x);
  const result = lanes.variable(decimal(lanes, logarithmInParts(lanes, begun)));
  lanes.unlessAll(isMiddling(lanes, begun), () =>
    result.become(
      callShared(lanes, 'log10', [x], (inner, any) => {
        const parts = logarithmInParts(inner, beginLogarithm(inner, ...madeNormal(inner, any!)));
        return orSpecial(inner, any!, decimal(inner, parts));
      }),
    ),
  );
  return result.now;
}

/**
 * x to a constant whole n, |n| ≤ 16, by products in the order of `power` in `exact-math.ts`. 1 at n = 0.
 */
export function powerByProducts(lanes: Lanes, x: Value, n: number): Value {
  if (!Number.isInteger(n) || Math.abs(n) > LARGEST_PRODUCT_EXPONENT) {
    throw new Error(`an exponent that is not worked out by products: ${n}`);
  }
  if (n === 0) return lanes.constant(1);
  let square = x;
  let result: Value | null = null;
  for (let digits = Math.abs(n); ; ) {
    if ((digits & 1) === 1) result = result === null ? square : lanes.multiply(result, square);
    digits >>= 1;
    if (digits === 0) break;
    square = lanes.multiply(square, square);
  }
  if (result === null) throw new Error('a power without its product');
  return n > 0 ? result : lanes.divide(lanes.constant(1), result);
}

/**
 * x^y for exponents that are mostly not whole numbers. Those, and all special cases, are worked out by a function of one
 * lane.
 */
export function power(lanes: Lanes, x: Value, y: Value): Value {
  const isPlain = lanes.unequal(lanes.floor(y), y);
  return powerByLogarithm(lanes, x, y, cut(lanes, y), isPlain);
}

/** x to a constant y, by products where `power` works it out so. */
export function powerOfConstant(lanes: Lanes, x: Value, y: number): Value {
  if (Number.isInteger(y) && Math.abs(y) <= LARGEST_PRODUCT_EXPONENT) return powerByProducts(lanes, x, y);
  return powerByLogarithm(lanes, x, lanes.constant(y), cutOfConstant(lanes, y), null);
}

/** `isPlain`: where y has a usual value, if that is not certain. */
function powerByLogarithm(lanes: Lanes, x: Value, y: Value, yParts: Parts, isPlain: Mask | null): Value {
  const begun = beginLogarithm(lanes, x);
  const { high, low } = timesExponent(lanes, logarithmInParts(lanes, begun), y, yParts);
  const result = lanes.variable(expByTable(lanes, high, low));
  // |k| and |high| up to 600, and a little more than that is left out.
  const squares = lanes.add(lanes.multiply(begun.k, begun.k), lanes.multiply(high, high));
  const isUsual = lanes.lessOrEqual(squares, lanes.constant(PLAIN_SQUARE));
  lanes.unlessAll(isPlain === null ? isUsual : lanes.and(isUsual, isPlain), () =>
    result.become(callSharedPerLane(lanes, 'power', [x, y], (inner, a, b) => powerOfAny(inner, a!, b!))),
  );
  return result.now;
}

/** y·log x in two parts. */
function timesExponent(lanes: Lanes, logX: Parts, y: Value, yParts: Parts): Parts {
  const { add, multiply, subtract } = lanes;
  const { high: logHigh } = cut(lanes, add(logX.high, logX.low));
  const logLow = add(subtract(logX.high, logHigh), logX.low);
  return {
    high: multiply(yParts.high, logHigh),
    low: add(multiply(yParts.low, logHigh), multiply(y, logLow)),
  };
}

/** x^y in one lane, case by case as `power` in `exact-math.ts`. */
function powerOfAny(lanes: Lanes, x: Value, y: Value): Value {
  const { and, body, constant, equal, less, lessOrEqual, not, or, select, unequal } = lanes;
  const give = (mask: Mask, value: () => Value): void => {
    body.get(mask);
    body.when([], () => {
      body.get(value());
      body.op('return');
    });
  };
  const [zero, one, infinity] = [constant(0), constant(1), constant(Number.POSITIVE_INFINITY)];
  const nan = constant(Number.NaN);
  const size = lanes.absolute(x);
  const extent = lanes.absolute(y);
  const same = (a: Mask, b: Mask): Mask => or(and(a, b), not(or(a, b)));
  give(equal(y, zero), () => one);
  give(or(unequal(x, x), unequal(y, y)), () => nan);
  give(equal(extent, infinity), () =>
    select(equal(size, one), nan, select(same(less(one, size), less(zero, y)), infinity, zero)),
  );
  const isWhole = equal(lanes.floor(y), y);
  give(and(isWhole, lessOrEqual(extent, constant(LARGEST_PRODUCT_EXPONENT))), () => {
    const product = productsOf(lanes, x, extent);
    return select(less(zero, y), product, lanes.divide(one, product));
  });
  give(and(less(x, zero), and(not(isWhole), unequal(size, infinity))), () => nan);
  const isEven = equal(lanes.floor(lanes.multiply(y, constant(0.5))), lanes.multiply(y, constant(0.5)));
  // 1 with the sign of x, −0 included.
  const signed = lanes.ofBits(
    lanes.orBits(lanes.andBits(lanes.bits(x), lanes.bitConstant(0x8000_0000, 0)), lanes.bits(one)),
  );
  const sign = select(and(isWhole, not(isEven)), signed, one);
  give(equal(size, one), () => sign);
  give(or(equal(size, zero), equal(size, infinity)), () =>
    lanes.multiply(sign, select(same(equal(size, zero), less(zero, y)), zero, infinity)),
  );
  const logX = logarithmInParts(lanes, beginLogarithm(lanes, ...madeNormal(lanes, size)));
  const { high, low } = timesExponent(lanes, logX, y, cut(lanes, y));
  give(less(constant(710), high), () => lanes.multiply(sign, infinity));
  give(less(high, constant(-746)), () => lanes.multiply(sign, zero));
  return lanes.multiply(sign, expOfAny(lanes, high, low));
}

/** x to a whole n in 1 … 16 in one lane, in the order of `powerByProducts`. */
function productsOf(lanes: Lanes, x: Value, n: Value): Value {
  const { body } = lanes;
  const digits = body.local('i32');
  const square = lanes.variable(x);
  const result = lanes.variable(lanes.constant(1));
  body.get(n);
  body.op('i32.trunc_sat_f64_s');
  body.set(digits);
  body.loop(() => {
    body.get(digits);
    body.i32(1);
    body.op('i32.and');
    // The first factor is taken times 1, which changes nothing.
    body.when([], () => result.become(lanes.multiply(result.now, square.now)));
    square.become(lanes.multiply(square.now, square.now));
    body.get(digits);
    body.i32(1);
    body.op('i32.shr_u');
    body.tee(digits);
    body.branchIf(0);
  });
  return result.now;
}
