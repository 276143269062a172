/**
 * The sine, cosine, tangent, direction and hyperbolic tangent in lanes, with the bits of
 * `src/base/exact-trigonometry.ts`: every operation that rounds is the same one on the same operands in the same order, so
 * neither file changes without the other. Both of two series are worked out where lanes may need either.
 */
import {
  HALF_PI,
  LARGEST_ANGLE,
  QUARTERS,
  TAN_EIGHTH,
  TWO_OVER_PI,
  TWO_TO_600,
  TWO_TO_MINUS_300,
  TWO_TO_MINUS_600,
} from '../base/exact-trigonometry.ts';
import type { Bits, Lanes, Mask, Value } from './lanes.ts';
import { exp } from './maths.ts';
import { divideParts, lostInSum, type Parts, series } from './parts.ts';

/** Added to a whole number below 2^51, leaves it at the foot of the sum's bits, negative numbers too. */
const WHOLE_AT_FOOT = 6_755_399_441_055_744;

/** An angle less k quarter turns. */
type Reduced = Parts & {
  /** Whether k is odd. */
  readonly isOdd: Mask;
  /** −0 where bit 1 of k + `ahead` is set, and else 0. */
  readonly sign: (ahead: 0 | 1) => Bits;
};

function reduce(lanes: Lanes, x: Value): Reduced {
  const { add, constant, floor, multiply, subtract } = lanes;
  const k = floor(add(multiply(x, constant(TWO_OVER_PI)), constant(0.5)));
  const first = subtract(x, multiply(k, constant(HALF_PI[0])));
  const secondPart = multiply(k, constant(HALF_PI[1]));
  const second = subtract(first, secondPart);
  const thirdPart = multiply(k, constant(HALF_PI[2]));
  const third = subtract(second, thirdPart);
  const lost = add(
    lostInSum(lanes, first, lanes.negate(secondPart), second),
    subtract(lostInSum(lanes, second, lanes.negate(thirdPart), third), multiply(k, constant(HALF_PI[3]))),
  );
  const high = add(third, lost);
  const half = multiply(k, constant(0.5));
  return {
    high,
    low: lostInSum(lanes, third, lost, high),
    isOdd: lanes.unequal(floor(half), half),
    sign: (ahead) => {
      const foot = lanes.bits(add(k, constant(WHOLE_AT_FOOT + ahead)));
      return lanes.andBits(lanes.shiftLeft(foot, 62), lanes.bitConstant(0x8000_0000, 0));
    },
  };
}

/** The sum of `start` and a small `rest`. */
type Sum = { readonly start: Value; readonly rest: Value };

function sineOfReduced(lanes: Lanes, { high: r, low }: Parts): Sum {
  const { add, constant, multiply, subtract } = lanes;
  const z = multiply(r, r);
  const w = multiply(z, z);
  const first = series(lanes, w, [-1 / 6, -1 / 5040, -1 / 39_916_800, -1 / 1_307_674_368_000]);
  const second = series(lanes, w, [1 / 120, 1 / 362_880, 1 / 6_227_020_800, 1 / 355_687_428_096_000]);
  const bent = multiply(multiply(r, z), add(first, multiply(z, second)));
  const shifted = multiply(low, subtract(constant(1), multiply(constant(0.5), z)));
  return { start: r, rest: add(bent, shifted) };
}

function cosineOfReduced(lanes: Lanes, { high: r, low }: Parts): Sum {
  const { add, constant, multiply, subtract } = lanes;
  const z = multiply(r, r);
  const w = multiply(z, z);
  const first = series(lanes, w, [1 / 24, 1 / 40_320, 1 / 479_001_600, 1 / 20_922_789_888_000]);
  const second = series(lanes, w, [-1 / 720, -1 / 3_628_800, -1 / 87_178_291_200]);
  const half = multiply(constant(0.5), z);
  const start = subtract(constant(1), half);
  const bent = subtract(multiply(w, add(first, multiply(z, second))), multiply(r, low));
  return { start, rest: add(subtract(subtract(constant(1), start), half), bent) };
}

function inParts({ add, subtract }: Lanes, { start, rest }: Sum): Parts {
  const high = add(start, rest);
  return { high, low: subtract(rest, subtract(high, start)) };
}

const withSign = (lanes: Lanes, value: Value, sign: Bits): Value =>
  lanes.ofBits(lanes.xorBits(lanes.bits(value), sign));

/** NaN beyond ±2^20. */
const isAngle = (lanes: Lanes, x: Value): Mask =>
  lanes.lessOrEqual(lanes.absolute(x), lanes.constant(LARGEST_ANGLE));

/** The sine of an angle in radians. */
export function sine(lanes: Lanes, x: Value): Value {
  const { and, constant, select } = lanes;
  const reduced = reduce(lanes, x);
  const plain = sineOfReduced(lanes, reduced);
  const turned = cosineOfReduced(lanes, reduced);
  // One sum instead of two: the terms are chosen before they are added.
  const sum = lanes.add(
    select(reduced.isOdd, turned.start, plain.start),
    select(reduced.isOdd, turned.rest, plain.rest),
  );
  const result = lanes.variable(withSign(lanes, sum, reduced.sign(0)));
  const zero = constant(0);
  const inRange = isAngle(lanes, x);
  lanes.unlessAll(and(inRange, lanes.unequal(x, zero)), () =>
    result.become(select(inRange, select(lanes.equal(x, zero), x, result.now), constant(Number.NaN))),
  );
  return result.now;
}

/** The cosine of an angle in radians. */
export function cosine(lanes: Lanes, x: Value): Value {
  const { select } = lanes;
  const reduced = reduce(lanes, x);
  const plain = cosineOfReduced(lanes, reduced);
  const turned = sineOfReduced(lanes, reduced);
  const sum = lanes.add(
    select(reduced.isOdd, turned.start, plain.start),
    select(reduced.isOdd, turned.rest, plain.rest),
  );
  const result = lanes.variable(withSign(lanes, sum, reduced.sign(1)));
  const inRange = isAngle(lanes, x);
  lanes.unlessAll(inRange, () => result.become(select(inRange, result.now, lanes.constant(Number.NaN))));
  return result.now;
}

/** The tangent of an angle in radians. */
export function tangent(lanes: Lanes, x: Value): Value {
  const { and, constant, lessOrEqual, select } = lanes;
  const reduced = reduce(lanes, x);
  const { isOdd } = reduced;
  const sineParts = inParts(lanes, sineOfReduced(lanes, reduced));
  const cosineParts = inParts(lanes, cosineOfReduced(lanes, reduced));
  const ratio = divideParts(
    lanes,
    {
      high: select(isOdd, cosineParts.high, sineParts.high),
      low: select(isOdd, cosineParts.low, sineParts.low),
    },
    {
      high: select(isOdd, sineParts.high, cosineParts.high),
      low: select(isOdd, sineParts.low, cosineParts.low),
    },
  );
  const sum = lanes.add(ratio.high, ratio.low);
  const result = lanes.variable(select(isOdd, lanes.negate(sum), sum));
  const isBent = lessOrEqual(constant(TWO_TO_MINUS_300), lanes.absolute(x));
  const inRange = isAngle(lanes, x);
  lanes.unlessAll(and(isBent, inRange), () =>
    result.become(select(inRange, select(isBent, result.now, x), constant(Number.NaN))),
  );
  return result.now;
}

function arcTangentRest(lanes: Lanes, u: Value): Value {
  const { add, multiply } = lanes;
  const z = multiply(u, u);
  const w = multiply(z, z);
  const first = series(
    lanes,
    w,
    [
      -0.3333333333333333, -0.14285714285659457, -0.09090908751706075, -0.06666423954373413,
      -0.05230375457576669, -0.03456132296826231,
    ],
  );
  const second = series(
    lanes,
    w,
    [
      0.19999999999999804, 0.11111111105119366, 0.07692296323157785, 0.058789182929757273,
      0.04551233844829568, 0.01627552168389342,
    ],
  );
  return multiply(multiply(u, z), add(first, multiply(z, second)));
}

/** The direction of (x, y) in radians, above −π and up to π. */
export function direction(lanes: Lanes, y: Value, x: Value): Value {
  const { absolute, add, constant, less, lessOrEqual, multiply, select, subtract } = lanes;
  const lostIn = (a: Value, b: Value, sum: Value): Value => lostInSum(lanes, a, b, sum);
  const [zero, one, infinity] = [constant(0), constant(1), constant(Number.POSITIVE_INFINITY)];
  const [width, height] = [absolute(x), absolute(y)];
  const isSteep = less(width, height);
  const smaller = select(isSteep, width, height);
  const larger = select(isSteep, height, width);
  const isLeft = less(x, zero);
  const isBackward = lanes.or(lanes.and(isSteep, lanes.not(isLeft)), lanes.and(lanes.not(isSteep), isLeft));
  const sense = select(isBackward, constant(-1), one);
  const plain = lanes.divide(smaller, larger);
  const n = lanes.variable(smaller);
  const d = lanes.variable(larger);
  const isUsual = lanes.and(
    lanes.and(lessOrEqual(constant(TWO_TO_MINUS_300), plain), lessOrEqual(larger, constant(TWO_TO_600))),
    lessOrEqual(constant(TWO_TO_MINUS_600), larger),
  );
  lanes.unlessAll(isUsual, () => {
    const raised = select(less(larger, constant(TWO_TO_MINUS_600)), constant(TWO_TO_600), one);
    const factor = select(less(constant(TWO_TO_600), larger), constant(TWO_TO_MINUS_600), raised);
    n.become(multiply(smaller, factor));
    d.become(multiply(larger, factor));
  });
  const isNear = less(n.now, multiply(d.now, constant(TAN_EIGHTH)));
  const difference = subtract(n.now, d.now);
  const sum = add(n.now, d.now);
  const part = divideParts(
    lanes,
    {
      high: select(isNear, n.now, difference),
      low: select(isNear, zero, lostIn(n.now, lanes.negate(d.now), difference)),
    },
    {
      high: select(isNear, d.now, sum),
      low: select(isNear, zero, lostIn(n.now, d.now, sum)),
    },
  );
  // 0, 2 or 4 quarters of π, and one quarter to either side where the angle is measured from the diagonal.
  const start = select(isSteep, constant(2), select(isLeft, constant(4), zero));
  const multiple = lanes.variable(select(isNear, start, add(start, sense)));
  const u = lanes.variable(part.high);
  const uLow = lanes.variable(part.low);
  lanes.unlessAll(isUsual, () => {
    const isPoint = lanes.or(lanes.equal(larger, zero), lanes.equal(larger, infinity));
    // NaN too is straight here: it comes back in the end.
    const isStraight = lanes.or(isPoint, lanes.not(lessOrEqual(constant(TWO_TO_MINUS_300), plain)));
    u.become(select(isStraight, select(isPoint, zero, plain), u.now));
    uLow.become(select(isStraight, zero, uLow.now));
    multiple.become(select(isStraight, start, multiple.now));
  });
  const bend = add(arcTangentRest(lanes, u.now), multiply(uLow.now, subtract(one, multiply(u.now, u.now))));
  // Multiples of π/4, both parts, are the first of them times a whole number, bit for bit.
  const high = multiply(multiple.now, constant(QUARTERS[1].high));
  const low = multiply(multiple.now, constant(QUARTERS[1].low));
  const turn = multiply(sense, u.now);
  const angle = add(high, turn);
  const whole = add(angle, add(lostIn(high, turn, angle), add(low, multiply(sense, bend))));
  const result = lanes.variable(select(less(y, zero), lanes.negate(whole), whole));
  lanes.unlessAll(isUsual, () => {
    const isLost = lanes.or(
      lanes.or(lanes.unequal(x, x), lanes.unequal(y, y)),
      lanes.equal(smaller, infinity),
    );
    result.become(select(isLost, constant(Number.NaN), result.now));
  });
  return result.now;
}

/** The hyperbolic tangent, worked out for |x|: both forms are odd, sign for sign. */
export function hyperbolicTangent(lanes: Lanes, x: Value): Value {
  const { add, constant, multiply } = lanes;
  const [one, two] = [constant(1), constant(2)];
  const size = lanes.absolute(x);
  const z = multiply(size, size);
  const w = multiply(z, z);
  const first = series(
    lanes,
    w,
    [
      -0.3333333333333333, -0.053968253967434016, -0.008863234397814355, -0.001455661830100716,
      -0.0002346347410887237, -2.0602765376366344e-5,
    ],
  );
  const second = series(
    lanes,
    w,
    [
      0.13333333333332714, 0.021869488493666944, 0.003592110378689024, 0.0005889360520074057,
      8.511313685577672e-5,
    ],
  );
  const near = add(size, multiply(multiply(size, z), add(first, multiply(z, second))));
  // From 22 on this is 1 by itself.
  const grown = exp(lanes, multiply(two, size));
  const far = lanes.subtract(one, lanes.divide(two, add(grown, one)));
  const result = lanes.select(lanes.less(size, constant(0.55)), near, far);
  const sign = lanes.andBits(lanes.bits(x), lanes.bitConstant(0x8000_0000, 0));
  return lanes.ofBits(lanes.orBits(lanes.bits(result), sign));
}
