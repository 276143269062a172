/**
 * The standard normal's quantile in lanes, with the bits of `src/base/distributions/normal-quantile.ts`: every operation
 * that rounds is the same one on the same operands in the same order, so neither file changes without the other. The
 * far tail, which one draw in 10^11 reaches, has an arm of its own.
 */
import type { Lanes, Value } from './lanes.ts';
import { log } from './maths.ts';

/** Coefficients from the highest power down to the constant. */
type Ratio = { readonly top: readonly number[]; readonly bottom: readonly number[] };

const CENTRE: Ratio = {
  top: [
    2509.0809287301227, 33430.57558358813, 67265.7709270087, 45921.95393154987, 13731.69376550946,
    1971.5909503065513, 133.14166789178438, 3.3871328727963665,
  ],
  bottom: [
    5226.495278852854, 28729.085735721943, 39307.89580009271, 21213.794301586597, 5394.196021424751,
    687.1870074920579, 42.31333070160091, 1,
  ],
};
const TAIL: Ratio = {
  top: [
    7.745450142783414e-4, 0.022723844989269184, 0.2417807251774506, 1.2704582524523684, 3.6478483247632045,
    5.769497221460691, 4.630337846156546, 1.4234371107496835,
  ],
  bottom: [
    1.0507500716444169e-9, 5.475938084995345e-4, 0.015198666563616457, 0.14810397642748008, 0.6897673349851,
    1.6763848301838038, 2.053191626637759, 1,
  ],
};
const FAR_TAIL: Ratio = {
  top: [
    2.0103343992922881e-7, 2.7115555687434876e-5, 0.0012426609473880784, 0.026532189526576124,
    0.29656057182850487, 1.7848265399172913, 5.463784911164114, 6.657904643501103,
  ],
  bottom: [
    2.0442631033899397e-15, 1.421511758316446e-7, 1.8463183175100548e-5, 7.868691311456133e-4,
    0.014875361290850615, 0.1369298809227358, 0.599832206555888, 1,
  ],
};

function polynomial(lanes: Lanes, r: Value, [first, ...rest]: readonly number[]): Value {
  if (first === undefined) throw new Error('a polynomial without coefficients');
  let sum = lanes.constant(first);
  for (const coefficient of rest) sum = lanes.add(lanes.multiply(sum, r), lanes.constant(coefficient));
  return sum;
}

/** The standard normal's quantile at 0 < u < 1. */
export function normalQuantile(lanes: Lanes, u: Value): Value {
  const { constant, multiply, select, subtract } = lanes;
  const q = subtract(u, constant(0.5));
  const inCentre = lanes.lessOrEqual(lanes.absolute(q), constant(0.425));
  const square = subtract(constant(0.180625), multiply(q, q));
  const centre = lanes.divide(
    multiply(q, polynomial(lanes, square, CENTRE.top)),
    polynomial(lanes, square, CENTRE.bottom),
  );
  const result = lanes.variable(centre);
  lanes.unlessAll(inCentre, () => result.become(select(inCentre, centre, inTails(lanes, u, q))));
  return result.now;
}

/** The same outside the centre; q = u − ½. */
function inTails(lanes: Lanes, u: Value, q: Value): Value {
  const { constant, subtract } = lanes;
  const share = lanes.select(lanes.less(q, constant(0)), u, subtract(constant(1), u));
  const tail = lanes.squareRoot(lanes.negate(log(lanes, share)));
  const at = (centre: number, { top, bottom }: Ratio): Value => {
    const r = subtract(tail, constant(centre));
    return lanes.divide(polynomial(lanes, r, top), polynomial(lanes, r, bottom));
  };
  const size = lanes.variable(at(1.6, TAIL));
  const isNear = lanes.lessOrEqual(tail, constant(5));
  lanes.unlessAll(isNear, () => size.become(lanes.select(isNear, size.now, at(5, FAR_TAIL))));
  const sign = lanes.andBits(lanes.bits(q), lanes.bitConstant(0x8000_0000, 0));
  return lanes.ofBits(lanes.xorBits(lanes.bits(size.now), sign));
}

/** The same with both shares given, so that far upper tails keep their digits. */
export function normalQuantileOf(lanes: Lanes, below: Value, above: Value): Value {
  const isLower = lanes.lessOrEqual(below, above);
  const size = normalQuantile(lanes, lanes.select(isLower, below, above));
  return lanes.select(isLower, size, lanes.negate(size));
}
