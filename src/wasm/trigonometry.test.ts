/** The functions of angles in lanes against the plain ones: the same bits, whatever the other lane holds. */
import { describe, expect, test } from 'vitest';
import { comparePair, compilePairs, type Pair } from '../../test/support/compare-lanes.ts';
import { atan2, cos, QUARTERS, sin, tan, tanh } from '../base/exact-trigonometry.ts';
import { cosine, direction, hyperbolicTangent, sine, tangent } from './trigonometry.ts';

const PAIRS: Readonly<Record<string, Pair>> = {
  sine: { lanes: { values: 1, build: (lanes, [x]) => sine(lanes, x!) }, plain: sin, usual: [-20, 20] },
  'sine of large angles': {
    lanes: { values: 1, build: (lanes, [x]) => sine(lanes, x!) },
    plain: sin,
    usual: [-1_048_577, 1_048_577],
  },
  cosine: { lanes: { values: 1, build: (lanes, [x]) => cosine(lanes, x!) }, plain: cos, usual: [-20, 20] },
  'cosine of large angles': {
    lanes: { values: 1, build: (lanes, [x]) => cosine(lanes, x!) },
    plain: cos,
    usual: [-1_048_577, 1_048_577],
  },
  tangent: { lanes: { values: 1, build: (lanes, [x]) => tangent(lanes, x!) }, plain: tan, usual: [-20, 20] },
  'tangent of large angles': {
    lanes: { values: 1, build: (lanes, [x]) => tangent(lanes, x!) },
    plain: tan,
    usual: [-1_048_577, 1_048_577],
  },
  direction: {
    lanes: { values: 2, build: (lanes, [y, x]) => direction(lanes, y!, x!) },
    plain: atan2,
    usual: [-5, 5],
  },
  'hyperbolic tangent': {
    lanes: { values: 1, build: (lanes, [x]) => hyperbolicTangent(lanes, x!) },
    plain: tanh,
    usual: [-2, 25],
  },
};

describe.each([
  ['one lane', false],
  ['two lanes', true],
])('%s', (_, wide) => {
  const compiled = compilePairs(PAIRS, wide);
  test.each(Object.keys(PAIRS))('%s has the same bits', (name) => comparePair(compiled[name]!, PAIRS[name]!));
});

test('multiples of π/4 are the first of them times a whole number, both parts', () => {
  for (const [multiple, { high, low }] of QUARTERS.entries()) {
    expect(high).toBe(multiple * QUARTERS[1].high);
    expect(low).toBe(multiple * QUARTERS[1].low);
  }
});
