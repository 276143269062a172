/**
 * Draws in lanes, with the bits of `src/base/philox.ts`. A pair's two times four words lie in two vectors, so that a
 * round is two multiplications for both futures, a choice of words, and the key. Only the two words that make a number
 * are worked out in the last round.
 */
import { MULTIPLIER_0, MULTIPLIER_1, ROUNDS, WEYL_0, WEYL_1 } from '../base/philox.ts';
import type { Bits, Lanes, Value } from './lanes.ts';
import type { Local } from './module-builder.ts';

/** A whole number in 0 … 2^32−1, known beforehand or given in an i32. */
export type Word = number | { readonly given: Local };

/** The address of a draw. */
export type DrawAddress = {
  /** An i32: the first lane's future; the next lane has the next, unless all are `ofOneFuture`. */
  readonly future: Local;
  readonly ofOneFuture?: boolean;
  /** A whole number below 2^51 in each lane. */
  readonly occurrence: Value;
  readonly site: Word;
  readonly purpose: Word;
  /** Lower and upper word of the seed, i32. */
  readonly seedLow: Local;
  readonly seedHigh: Local;
};

/** Added to a whole number below 2^51, leaves it at the foot of the sum's bits. */
const WHOLE_AT_FOOT = 6_755_399_441_055_744;
const TWO_TO_MINUS_53 = 1 / 9_007_199_254_740_992;

/** A uniform number in (0, 1) for each lane's future. */
export function uniform(lanes: Lanes, address: DrawAddress): Value {
  return uniformOfWords(lanes, lanes.wide ? wordsOfPair(lanes, address) : wordsOfOne(lanes, address));
}

/**
 * (k + ½)/2^53 for k the upper 53 bits, rounded once. With k = 2j + b: j as the digits of a number in 1 … 2, less
 * 1 − 2^-53, is (2j + 1)/2^53, to which 2^-54 is added or from which it is taken, as b is 1 or 0.
 */
export function uniformOfWords(lanes: Lanes, words: Bits): Value {
  const { andBits, bitConstant, constant, ofBits } = lanes;
  const one = constant(1);
  const upper = ofBits(lanes.orBits(lanes.shiftRight(words, 12), lanes.bits(one)));
  const middle = lanes.subtract(upper, constant(1 - TWO_TO_MINUS_53));
  const side = andBits(lanes.shiftLeft(words, 52), bitConstant(0x8000_0000, 0));
  const half = ofBits(lanes.xorBits(side, lanes.bits(constant(TWO_TO_MINUS_53 / 2))));
  const result = lanes.subtract(middle, half);
  return lanes.select(lanes.less(result, one), result, constant(1 - TWO_TO_MINUS_53));
}

/** The first two output words of one future, the first above. */
function wordsOfOne(
  lanes: Lanes,
  { future, occurrence, site, purpose, seedLow, seedHigh }: DrawAddress,
): Bits {
  const { body } = lanes;
  const keep = (): Bits => {
    const local = body.local('i64');
    body.set(local);
    return local;
  };
  const word = (local: Local): Bits => {
    body.get(local);
    body.op('i64.extend_i32_u');
    return keep();
  };
  const product = (multiplier: number, factor: Bits): Bits => {
    body.get(factor);
    body.i64(0, multiplier);
    body.op('i64.mul');
    return keep();
  };
  const lower = (bits: Bits): Bits => lanes.andBits(bits, lanes.bitConstant(0, 0xffff_ffff));
  const upper = (bits: Bits): Bits => lanes.shiftRight(bits, 32);
  const next = (key: Bits, weyl: number): Bits => lower(lanes.addBits(key, lanes.bitConstant(0, weyl)));

  let c0 = word(future);
  let c1 = lower(lanes.bits(lanes.add(occurrence, lanes.constant(WHOLE_AT_FOOT))));
  const either = (of: Word): Bits => (typeof of === 'number' ? lanes.bitConstant(0, of) : word(of.given));
  let c2 = either(site);
  let c3 = either(purpose);
  let k0 = word(seedLow);
  let k1 = word(seedHigh);
  for (let round = 1; round < ROUNDS; round++) {
    const first = product(MULTIPLIER_0, c0);
    const second = product(MULTIPLIER_1, c2);
    c0 = lanes.xorBits(lanes.xorBits(upper(second), c1), k0);
    c2 = lanes.xorBits(lanes.xorBits(upper(first), c3), k1);
    c1 = lower(second);
    c3 = lower(first);
    k0 = next(k0, WEYL_0);
    k1 = next(k1, WEYL_1);
  }
  return lanes.xorBits(product(MULTIPLIER_1, c2), lanes.shiftLeft(lanes.xorBits(c1, k0), 32));
}

/** The same for a pair. */
function wordsOfPair(
  lanes: Lanes,
  { future, ofOneFuture = false, occurrence, site, purpose, seedLow, seedHigh }: DrawAddress,
): Bits {
  const { body, xorBits } = lanes;
  const keep = (): Bits => {
    const local = body.local('v128');
    body.set(local);
    return local;
  };
  const words = (...four: readonly [number, number, number, number]): Bits => {
    const line = new DataView(new ArrayBuffer(16));
    four.forEach((value, place) => {
      line.setUint32(4 * place, value, true);
    });
    body.global(lanes.module.line(new Uint8Array(line.buffer)));
    return keep();
  };
  const spread = (local: Local): Bits => {
    body.get(local);
    body.op('i32x4.splat');
    return keep();
  };
  const two = (
    name: 'i32x4.add' | 'i64x2.extmul_low_i32x4_u' | 'i64x2.extmul_high_i32x4_u',
    a: Bits,
    b: Bits,
  ): Bits => {
    body.get(a);
    body.get(b);
    body.op(name);
    return keep();
  };
  const pick = (a: Bits, b: Bits, ...four: readonly [number, number, number, number]): Bits => {
    body.get(a);
    body.get(b);
    body.pickWords(four);
    return keep();
  };

  // c0 and c2, c1 and c3, k0 and k1: of each first both futures' of the one, then both futures' of the other.
  const either = (of: Word): Bits => (typeof of === 'number' ? words(0, 0, of, of) : spread(of.given));
  const futures = ofOneFuture ? spread(future) : two('i32x4.add', spread(future), words(0, 1, 0, 0));
  let factors = pick(futures, either(site), 0, 1, 6, 7);
  const foot = lanes.add(occurrence, lanes.constant(WHOLE_AT_FOOT));
  let others = pick(foot, either(purpose), 0, 2, 6, 7);
  let key = pick(spread(seedLow), spread(seedHigh), 0, 1, 4, 5);
  const multipliers = words(MULTIPLIER_0, MULTIPLIER_0, MULTIPLIER_1, MULTIPLIER_1);
  const weyl = words(WEYL_0, WEYL_0, WEYL_1, WEYL_1);
  for (let round = 1; round < ROUNDS; round++) {
    const first = two('i64x2.extmul_low_i32x4_u', factors, multipliers);
    const second = two('i64x2.extmul_high_i32x4_u', factors, multipliers);
    factors = xorBits(pick(second, first, 1, 3, 5, 7), xorBits(others, key));
    others = pick(second, first, 0, 2, 4, 6);
    key = two('i32x4.add', key, weyl);
  }
  const last = two('i64x2.extmul_high_i32x4_u', factors, multipliers);
  return xorBits(last, pick(words(0, 0, 0, 0), xorBits(others, key), 0, 4, 1, 5));
}
