/**
 * exp, log, log10 and power in lanes, with the bits of `src/base/exact-math.ts`: every operation that rounds is the same
 * one on the same operands in the same order, so neither file changes without the other. Work on bits that rounds
 * nothing goes its own way. The usual path has no case distinctions: NaN passes through by itself, and arguments for
 * which that path is wrong are found by one comparison and mended in an arm of their own.
 */
import {
  INVERSE_LN2,
  INVERSE_LN10_HIGH,
  INVERSE_LN10_LOW,
  LARGEST_PRODUCT_EXPONENT,
  LN2_HIGH,
  LN2_LOW,
  THIRD_HIGH,
  THIRD_LOW,
} from '../base/exact-math.ts';
import type { Lanes, Mask, Value } from './lanes.ts';
import { cut, halvesOf, halvesOfConstant, lostInProduct, type Parts, series } from './parts.ts';
import { callShared, callSharedPerLane } from './shared-function.ts';

const TWO_TO_52 = 4_503_599_627_370_496;
const TWO_TO_54 = 18_014_398_509_481_984;
const TWO_TO_MINUS_1022 = 2.2250738585072014e-308;
/** Up to here 2^k of exp's result is a normal number, so that one multiplication brings it in. */
const PLAIN_EXPONENT = 708;

/** 2^k for a whole k in −1022 … 1023: k + 1023 at the foot of a float64's digits, moved up to its exponent. */
const twoTo = (lanes: Lanes, k: Value): Value =>
  lanes.ofBits(lanes.shiftLeft(lanes.bits(lanes.add(k, lanes.constant(TWO_TO_52 + 1023))), 52));

/** exp(high + low) = y·2^k; without `low`, which then is 0. */
function expInParts(lanes: Lanes, high: Value, low: Value | null): { readonly y: Value; readonly k: Value } {
  const { add, constant, multiply, subtract } = lanes;
  const k = lanes.floor(add(multiply(high, constant(INVERSE_LN2)), constant(0.5)));
  const upper = subtract(high, multiply(k, constant(LN2_HIGH)));
  const part = multiply(k, constant(LN2_LOW));
  const lower = low === null ? part : subtract(part, low);
  const r = subtract(upper, lower);
  const c = subtract(subtract(upper, r), lower);
  const z = multiply(r, r);
  const even = series(lanes, z, [1 / 2, 1 / 24, 1 / 720, 1 / 40_320, 1 / 3_628_800, 1 / 479_001_600]);
  const odd = series(lanes, z, [1 / 6, 1 / 120, 1 / 5040, 1 / 362_880, 1 / 39_916_800, 1 / 6_227_020_800]);
  const curved = multiply(z, add(even, multiply(r, odd)));
  const y = add(constant(1), add(r, add(curved, add(c, multiply(c, r)))));
  return { y, k };
}

/** exp(high + low) for |high| ≤ 708; NaN for NaN. */
function expOfPlain(lanes: Lanes, high: Value, low: Value | null): Value {
  const { y, k } = expInParts(lanes, high, low);
  return lanes.multiply(y, twoTo(lanes, k));
}

/** exp(high + low) for every `high`; 2^k comes in by two factors, of which the first rounds nothing. */
function expOfAny(lanes: Lanes, high: Value, low: Value | null): Value {
  const { constant, multiply, select, subtract } = lanes;
  // What vanishes is chosen, not worked out: processors are slow at products below the normal numbers.
  const isNothing = lanes.less(high, constant(-746));
  const bounded = select(isNothing, constant(0), lanes.minimum(high, constant(710)));
  const { y, k } = expInParts(lanes, bounded, low);
  const part = lanes.floor(multiply(k, constant(0.5)));
  const grown = multiply(multiply(y, twoTo(lanes, part)), twoTo(lanes, subtract(k, part)));
  return select(isNothing, constant(0), grown);
}

/** e^x. */
export function exp(lanes: Lanes, x: Value): Value {
  const result = lanes.variable(expOfPlain(lanes, x, null));
  lanes.whenAny(lanes.less(lanes.constant(PLAIN_EXPONENT), lanes.absolute(x)), () =>
    result.become(callShared(lanes, 'exp', [x], (inner, any) => expOfAny(inner, any!, null))),
  );
  return result.now;
}

/** Whether each x is a normal number above 0. */
const isNormal = (lanes: Lanes, x: Value): Mask =>
  lanes.and(
    lanes.lessOrEqual(lanes.constant(TWO_TO_MINUS_1022), x),
    lanes.less(x, lanes.constant(Number.POSITIVE_INFINITY)),
  );

/** What is taken from the exponent's float64 to give k. */
const BIAS = TWO_TO_52 + 1023;

/**
 * A normal x > 0 as m·2^k, m in (√½, √2]. With L the bits of the least m, x's bits + (bits of 1) − L carry into the
 * exponent where the digits of x exceed those of √2, so that no comparison is needed.
 */
function splitExponent(
  lanes: Lanes,
  x: Value,
  bias: Value = lanes.constant(BIAS),
): { readonly m: Value; readonly k: Value } {
  const { andBits, addBits, bitConstant, ofBits, orBits } = lanes;
  const moved = addBits(lanes.bits(x), bitConstant(0x0009_5f61, 0x9980_c432));
  const exponent = orBits(lanes.shiftRight(moved, 52), bitConstant(0x4330_0000, 0));
  const digits = andBits(moved, bitConstant(0x000f_ffff, 0xffff_ffff));
  return {
    m: ofBits(addBits(digits, bitConstant(0x3fe6_a09e, 0x667f_3bce))),
    k: lanes.subtract(ofBits(exponent), bias),
  };
}

/** The natural logarithm. */
export function log(lanes: Lanes, x: Value): Value {
  const { add, constant, divide, multiply, select, subtract } = lanes;
  const argument = lanes.variable(x);
  const bias = lanes.variable(constant(BIAS));
  lanes.unlessAll(isNormal(lanes, x), () => {
    const isSmall = lanes.less(x, constant(TWO_TO_MINUS_1022));
    argument.become(select(isSmall, multiply(x, constant(TWO_TO_54)), x));
    bias.become(select(isSmall, constant(BIAS + 54), bias.now));
    // A bias of ±Infinity or NaN makes k, and with it the whole sum, ∓Infinity or NaN.
    const infinity = constant(Number.POSITIVE_INFINITY);
    bias.become(select(lanes.equal(x, infinity), constant(Number.NEGATIVE_INFINITY), bias.now));
    const zero = constant(0);
    bias.become(select(lanes.equal(x, zero), infinity, bias.now));
    bias.become(select(lanes.lessOrEqual(zero, x), bias.now, constant(Number.NaN)));
  });
  const { m, k } = splitExponent(lanes, argument.now, bias.now);
  const f = subtract(m, constant(1));
  const s = divide(f, add(constant(2), f));
  const z = multiply(s, s);
  const w = multiply(z, z);
  const first = series(lanes, w, [2 / 3, 2 / 7, 2 / 11, 2 / 15, 2 / 19]);
  const second = series(lanes, w, [2 / 5, 2 / 9, 2 / 13, 2 / 17, 2 / 21]);
  const rest = multiply(z, add(first, multiply(z, second)));
  const half = multiply(multiply(constant(0.5), f), f);
  const bent = add(multiply(s, add(half, rest)), multiply(k, constant(LN2_LOW)));
  return add(multiply(k, constant(LN2_HIGH)), subtract(f, subtract(half, bent)));
}

/** The natural logarithm of m·2^k in two parts. */
function logarithmInParts(lanes: Lanes, { m, k }: { readonly m: Value; readonly k: Value }): Parts {
  const { add, constant, divide, multiply, subtract } = lanes;
  const one = constant(1);
  const two = constant(2);
  const f = subtract(m, one);
  const d = add(m, one);
  // What m + 1 lost, exactly, since m's exponent is no larger than that of 1. The plain one asks which is larger, and
  // is as exact.
  const dLow = subtract(m, subtract(d, one));
  // Halved while the division runs, so that less waits for its result.
  const dHalves = halvesOf(lanes, d);
  const s = divide(f, d);
  const sHalves = halvesOf(lanes, s);
  const sProduct = multiply(s, d);
  const sLow = divide(
    subtract(
      subtract(subtract(f, sProduct), lostInProduct(lanes, dHalves, cut(lanes, s), sProduct)),
      multiply(s, dLow),
    ),
    d,
  );
  const z = multiply(s, s);
  const zLow = add(lostInProduct(lanes, sHalves, sHalves, z), multiply(multiply(two, s), sLow));
  const w = multiply(z, z);
  const first = series(lanes, w, [1 / 5, 1 / 9, 1 / 13, 1 / 17, 1 / 21, 1 / 25]);
  const second = series(lanes, w, [1 / 7, 1 / 11, 1 / 15, 1 / 19, 1 / 23]);
  const thirdHigh = constant(THIRD_HIGH);
  const third = multiply(z, thirdHigh);
  const thirdLow = add(
    lostInProduct(lanes, halvesOfConstant(lanes, THIRD_HIGH), cut(lanes, z), third),
    add(multiply(z, constant(THIRD_LOW)), multiply(zLow, thirdHigh)),
  );
  const tail = add(multiply(w, add(first, multiply(z, second))), thirdLow);
  const u = add(third, tail);
  const uLow = subtract(tail, subtract(u, third));
  const product = multiply(s, u);
  const productLow = add(
    lostInProduct(lanes, sHalves, cut(lanes, u), product),
    add(multiply(s, uLow), multiply(sLow, u)),
  );
  const twoS = multiply(two, s);
  const twoProduct = multiply(two, product);
  const logM = add(twoS, twoProduct);
  const logMLow = add(subtract(twoProduct, subtract(logM, twoS)), multiply(two, add(sLow, productLow)));
  const shift = multiply(k, constant(LN2_HIGH));
  const sum = add(shift, logM);
  const sumLow = add(subtract(logM, subtract(sum, shift)), add(logMLow, multiply(k, constant(LN2_LOW))));
  const high = add(sum, sumLow);
  return { high, low: subtract(sumLow, subtract(high, sum)) };
}

/** `logarithmInParts` of x > 0, finite, subnormal numbers too. */
function logarithmOfAny(lanes: Lanes, x: Value): Parts {
  const { constant, select } = lanes;
  const isSmall = lanes.less(x, constant(TWO_TO_MINUS_1022));
  const scaled = select(isSmall, lanes.multiply(x, constant(TWO_TO_54)), x);
  return logarithmInParts(
    lanes,
    splitExponent(lanes, scaled, select(isSmall, constant(BIAS + 54), constant(BIAS))),
  );
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
  const result = lanes.variable(decimal(lanes, logarithmInParts(lanes, splitExponent(lanes, x))));
  lanes.unlessAll(isNormal(lanes, x), () =>
    result.become(
      callShared(lanes, 'log10', [x], (inner, any) => {
        const { constant, equal, select } = inner;
        const zero = constant(0);
        const infinity = constant(Number.POSITIVE_INFINITY);
        const finite = decimal(inner, logarithmOfAny(inner, any!));
        const above = select(equal(any!, infinity), infinity, finite);
        const notBelow = select(inner.lessOrEqual(zero, any!), above, constant(Number.NaN));
        return select(equal(any!, zero), constant(Number.NEGATIVE_INFINITY), notBelow);
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
 * x^y for exponents that are mostly not whole numbers up to ±16. Those, and all special cases, are worked out by a
 * function of one lane.
 */
export function power(lanes: Lanes, x: Value, y: Value): Value {
  const isPlain = lanes.or(
    lanes.unequal(lanes.floor(y), y),
    lanes.less(lanes.constant(LARGEST_PRODUCT_EXPONENT), lanes.absolute(y)),
  );
  return powerByLogarithm(lanes, x, y, halvesOf(lanes, y), isPlain);
}

/** x to a constant y, by products where `power` works it out so. */
export function powerOfConstant(lanes: Lanes, x: Value, y: number): Value {
  if (Number.isInteger(y) && Math.abs(y) <= LARGEST_PRODUCT_EXPONENT) return powerByProducts(lanes, x, y);
  return powerByLogarithm(lanes, x, lanes.constant(y), halvesOfConstant(lanes, y), null);
}

/** `isPlain`: where y has a usual value, if that is not certain. */
function powerByLogarithm(lanes: Lanes, x: Value, y: Value, yHalves: Parts, isPlain: Mask | null): Value {
  const logX = logarithmInParts(lanes, splitExponent(lanes, x));
  const { high, low } = timesExponent(lanes, logX, y, yHalves);
  const result = lanes.variable(expOfPlain(lanes, high, low));
  // `low` is NaN where the parts of a very large y overflow.
  const extent = lanes.absolute(lanes.add(high, low));
  const inRange = lanes.lessOrEqual(extent, lanes.constant(PLAIN_EXPONENT));
  const isUsual = lanes.and(isNormal(lanes, x), inRange);
  lanes.unlessAll(isPlain === null ? isUsual : lanes.and(isUsual, isPlain), () =>
    result.become(callSharedPerLane(lanes, 'power', [x, y], (inner, a, b) => powerOfAny(inner, a!, b!))),
  );
  return result.now;
}

/** y·log x in two parts. */
function timesExponent(lanes: Lanes, logX: Parts, y: Value, yHalves: Parts): Parts {
  const high = lanes.multiply(y, logX.high);
  const lost = lostInProduct(lanes, yHalves, cut(lanes, logX.high), high);
  return { high, low: lanes.add(lost, lanes.multiply(y, logX.low)) };
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
  const { high, low } = timesExponent(lanes, logarithmOfAny(lanes, size), y, halvesOf(lanes, y));
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
