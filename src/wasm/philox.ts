/**
 * Draws in lanes, with the bits of `src/base/philox.ts`. Only the two words that make a number are worked out in the last
 * round.
 */
import { MULTIPLIER_0, MULTIPLIER_1, ROUNDS, WEYL_0, WEYL_1 } from '../base/philox.ts';
import type { Bits, Lanes, Value } from './lanes.ts';
import type { FunctionBuilder, Local } from './module-builder.ts';

/** A whole number in 0 … 2^32−1, known beforehand or given in an i32. */
export type Word = number | { readonly given: Local };

/** The address of a draw. */
export type DrawAddress = {
  /** An i32: the first lane's future; the next lane has the next, unless all are `ofOneFuture`. */
  readonly future: Local;
  readonly ofOneFuture?: boolean;
  /** By how many times `SECOND_DRAWS` each lane's future is moved on, 0 or 1; without it none is. */
  readonly shifts?: Value;
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
  return uniformOfWords(lanes, wordsOfLanes(lanes, address));
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

/**
 * The first two output words of every lane's future, the first above. Each lane goes its own way through the processor's
 * whole-number units, which have little else to do: a product in vectors needs its words put in place first, and the
 * units for that are those of the arithmetic (bench/README.md).
 */
function wordsOfLanes(lanes: Lanes, address: DrawAddress): Bits {
  const { body } = lanes;
  const { shifts } = address;
  if (!lanes.wide) {
    const future = shifts === undefined ? address.future : moved(body, address.future, shifts);
    return wordsOfOne(body, address, future, address.occurrence);
  }
  const [first, second] = [0, 1].map((lane): Local => {
    const ofLane = (values: Value): Local => {
      const own = body.local('f64');
      body.get(values);
      body.lane('f64x2.extract_lane', lane);
      body.set(own);
      return own;
    };
    const future = body.local('i32');
    body.get(address.future);
    body.i32(address.ofOneFuture === true ? 0 : lane);
    body.op('i32.add');
    body.set(future);
    const drawn = shifts === undefined ? future : moved(body, future, ofLane(shifts));
    return wordsOfOne(body, address, drawn, ofLane(address.occurrence));
  });
  if (first === undefined || second === undefined) throw new Error('a pair without its lanes');
  body.get(first);
  body.op('i64x2.splat');
  body.get(second);
  body.lane('i64x2.replace_lane', 1);
  const both = body.local('v128');
  body.set(both);
  return both;
}

/** The lower word of a whole number below 2^51, from the f64 on the stack. */
function wholeWord(body: FunctionBuilder): void {
  body.f64(WHOLE_AT_FOOT);
  body.op('f64.add');
  body.op('i64.reinterpret_f64');
  body.op('i32.wrap_i64');
}

/** The future's number, moved on by `shift` times `SECOND_DRAWS`, which is the topmost bit of its word. */
function moved(body: FunctionBuilder, future: Local, shift: Local): Local {
  const result = body.local('i32');
  body.get(shift);
  wholeWord(body);
  body.i32(31);
  body.op('i32.shl');
  body.get(future);
  body.op('i32.add');
  body.set(result);
  return result;
}

/** The same of one future, as an i64. */
function wordsOfOne(
  body: FunctionBuilder,
  { site, purpose, seedLow, seedHigh }: DrawAddress,
  future: Local,
  occurrence: Local,
): Local {
  const keep = (type: 'i32' | 'i64'): Local => {
    const local = body.local(type);
    body.set(local);
    return local;
  };
  const constant = (word: number): Local => {
    body.i32(word | 0);
    return keep('i32');
  };
  const given = (word: Word): Local => (typeof word === 'number' ? constant(word) : word.given);
  const product = (multiplier: number, factor: Local): Local => {
    body.get(factor);
    body.op('i64.extend_i32_u');
    body.i64(0, multiplier);
    body.op('i64.mul');
    return keep('i64');
  };
  const lower = (bits: Local): Local => {
    body.get(bits);
    body.op('i32.wrap_i64');
    return keep('i32');
  };
  const upper = (bits: Local): Local => {
    body.get(bits);
    body.i64(0, 32);
    body.op('i64.shr_u');
    body.op('i32.wrap_i64');
    return keep('i32');
  };
  const two = (name: 'i32.xor' | 'i32.add', a: Local, b: Local): Local => {
    body.get(a);
    body.get(b);
    body.op(name);
    return keep('i32');
  };
  body.get(occurrence);
  wholeWord(body);
  let [c0, c1, c2, c3] = [future, keep('i32'), given(site), given(purpose)];
  let [k0, k1] = [seedLow, seedHigh];
  const weyl = [constant(WEYL_0), constant(WEYL_1)] as const;
  for (let round = 1; round < ROUNDS; round++) {
    const first = product(MULTIPLIER_0, c0);
    const second = product(MULTIPLIER_1, c2);
    c0 = two('i32.xor', upper(second), two('i32.xor', c1, k0));
    c2 = two('i32.xor', upper(first), two('i32.xor', c3, k1));
    c1 = lower(second);
    c3 = lower(first);
    k0 = two('i32.add', k0, weyl[0]);
    k1 = two('i32.add', k1, weyl[1]);
  }
  const last = product(MULTIPLIER_1, c2);
  body.get(last);
  body.get(two('i32.xor', c1, k0));
  body.op('i64.extend_i32_u');
  body.i64(0, 32);
  body.op('i64.shl');
  body.op('i64.xor');
  return keep('i64');
}
