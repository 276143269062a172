/**
 * The functions in lanes against the plain ones: the same bits for every argument, whatever the other lane holds. That the
 * plain ones are right is for their own tests to show.
 */
import { describe, expect, test } from 'vitest';
import { comparePair, compilePairs, type Pair } from '../../test/support/compare-lanes.ts';
import { exp, LARGEST_PRODUCT_EXPONENT, log, log10, nearest, power } from '../base/exact-math.ts';
import { lanesOf } from './lanes.ts';
import * as inLanes from './maths.ts';
import { createModule } from './module-builder.ts';

const EXPONENTS = [
  ...Array.from({ length: 2 * LARGEST_PRODUCT_EXPONENT + 1 }, (_, place) => place - LARGEST_PRODUCT_EXPONENT),
  ...[0.5, -0.7, 1 / 3, 17, -17, 2.000001, 1e-300, 5e-324, 1e308, -0],
  ...[Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN],
];

const PAIRS: Readonly<Record<string, Pair>> = {
  exp: {
    lanes: { values: 1, build: (lanes, [x]) => inLanes.exp(lanes, x!) },
    plain: exp,
    usual: [-750, 715],
  },
  'exp near 0': {
    lanes: { values: 1, build: (lanes, [x]) => inLanes.exp(lanes, x!) },
    plain: exp,
    usual: [-2, 2],
  },
  log: { lanes: { values: 1, build: (lanes, [x]) => inLanes.log(lanes, x!) }, plain: log, usual: [0, 3] },
  log10: {
    lanes: { values: 1, build: (lanes, [x]) => inLanes.log10(lanes, x!) },
    plain: log10,
    usual: [0, 1e4],
  },
  nearest: {
    lanes: { values: 1, build: (lanes, [x]) => lanes.nearest(x!) },
    plain: nearest,
    usual: [-3, 3],
  },
  'not below 0': {
    lanes: { values: 1, build: (lanes, [x]) => lanes.notBelowZero(x!) },
    plain: (x) => Math.max(0, x!),
    usual: [-3, 3],
  },
  power: {
    lanes: { values: 2, build: (lanes, [x, y]) => inLanes.power(lanes, x!, y!) },
    plain: power,
    usual: [0, 20],
  },
  ...Object.fromEntries(
    EXPONENTS.map((exponent): readonly [string, Pair] => [
      `power of ${Object.is(exponent, -0) ? '-0' : exponent}`,
      {
        lanes: { values: 1, build: (lanes, [x]) => inLanes.powerOfConstant(lanes, x!, exponent) },
        plain: (x) => power(x!, exponent),
        usual: [0, 20],
        isOneOfMany: true,
      },
    ]),
  ),
};

describe.each([
  ['one lane', false],
  ['two lanes', true],
])('%s', (_, wide) => {
  const compiled = compilePairs(PAIRS, wide);
  test.each(Object.keys(PAIRS))('%s has the same bits', (name) => comparePair(compiled[name]!, PAIRS[name]!));
});

test.each([0.5, 17, -17])('an exponent of %d is not worked out by products', (exponent) => {
  const module = createModule();
  module.define(module.declare({ parameters: ['f64'], results: [] }), (body) => {
    const lanes = lanesOf(module, body, false);
    expect(() => inLanes.powerByProducts(lanes, body.parameter(0), exponent)).toThrow(
      /not worked out by products/,
    );
  });
});
