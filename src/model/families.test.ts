/** What figures mean that name a distribution, are cut, or list single values; and what is wrong with those that give none. */
import { describe, expect, test } from 'vitest';
import { compileText, soundText } from '../../test/support/compile-text.ts';
import { type Distribution, quantile } from '../base/distribution.ts';
import { FAMILIES } from './families.ts';

const HEAD = 'model "Test (illustrative)"\ntime 0 day .. 1 day by 1 day\nunit t\nunit sack = 0.05 t\n';
const input = (unit: string, figure: string): string =>
  `${HEAD}input x: ${unit}\n  assumed ${figure} "test"\n`;
const codes = (unit: string, figure: string): readonly string[] =>
  compileText(input(unit, figure)).diagnostics.map(({ code }) => code);

function drawn(unit: string, figure: string): Distribution {
  const [variable] = soundText(input(unit, figure)).model.variables;
  const found = variable?.kind === 'input' ? variable.estimates[0]?.drawn : null;
  if (found === null || found === undefined || found.kind === 'dated') throw new Error('no figure');
  return found;
}

/** A sound figure of each family in the unit `t`; null where it gives shares. */
const EXAMPLES: Readonly<Record<string, string | null>> = {
  uniform: 'uniform(1, 2 t)',
  normal: 'normal(1, 2)',
  lognormal: 'lognormal(20 t, 1.5)',
  logitnormal: null,
  triangular: 'triangular(1, 2, 3)',
  pert: 'pert(1, 1, 40 sack)',
  beta: null,
  gamma: 'gamma(2, 3)',
  exponential: 'exponential(3)',
  weibull: 'weibull(1.5, 2)',
  student: 'student(4, -1, 2)',
  poisson: 'poisson(3.7)',
  binomial: 'binomial(20, 30%)',
  bernoulli: 'bernoulli(1/3)',
};

test('every family has an example here', () => {
  expect(Object.keys(EXAMPLES)).toEqual(Object.keys(FAMILIES));
});

test.each(Object.entries(EXAMPLES).flatMap(([name, figure]) => (figure === null ? [] : [[name, figure]])))(
  '%s counts the unit that is declared',
  (_name, figure) => {
    for (const u of [0.01, 0.5, 0.93]) {
      const whole = quantile(drawn('t', figure), u);
      const inSacks = quantile(drawn('sack', figure.replaceAll(/ (t|sack)/g, '')), u);
      const expected = 0.05 * quantile(drawn('t', figure.replaceAll(/ (t|sack)/g, '')), u);
      expect(Number.isFinite(whole)).toBe(true);
      expect(Math.abs(inSacks - expected)).toBeLessThanOrEqual(1e-12 * Math.abs(expected));
    }
  },
);

test('parameters may carry units', () => {
  expect(quantile(drawn('t', 'exponential(40 sack)'), 0.5)).toBeCloseTo(2 * Math.LN2, 12);
  expect(drawn('t', 'binomial(20 sack, 30%)')).toEqual({
    kind: 'binomial',
    trials: 1,
    probability: 0.3,
    unit: 1,
  });
  expect(codes('t', 'exponential(40 day)')).toEqual(['unit-mismatch']);
  expect(codes('t', 'gamma(2 t, 3)')).toEqual(['distribution-parameters']);
});

test('shares', () => {
  expect(drawn('share', 'beta(2, 5)')).toEqual({ kind: 'beta', a: 2, b: 5, low: 0, high: 1 });
  expect(quantile(drawn('share', 'logitnormal(30%, 2)'), 0.5)).toBeCloseTo(0.3, 14);
  expect(quantile(drawn('share', 'normal(90%, 10%) within 0% .. 100%'), 1 - 1e-9)).toBeLessThanOrEqual(1);
  expect(drawn('1', 'beta(2, 5)').kind).toBe('beta');
  expect(codes('t', 'beta(2, 5)')).toEqual(['distribution-parameters']);
  expect(codes('t', 'logitnormal(30%, 2)')).toEqual(['distribution-parameters']);
  expect(codes('share', 'bernoulli(30%)')).toEqual([]);
  expect(codes('share', 'discrete(0%: 1/2, 100%: 1/2)')).toEqual([]);
  for (const figure of [
    'exponential(10%)',
    'gamma(2, 10%)',
    'student(5, 10%, 1%)',
    'poisson(1)',
    'binomial(2, 50%)',
    'pert(0, 50%, 110%)',
    'discrete(0: 50%, 2: 50%)',
    'normal(50%, 10%) within -10% .. 90%',
    'uniform(0, 2) within 50% .. 150%',
  ])
    expect([figure, codes('share', figure)]).toEqual([figure, ['share-out-of-range']]);
});

test.each([
  'lognormal(0, 2)',
  'lognormal(1, 1)',
  'pert(1, 0, 2)',
  'pert(1, 1, 1)',
  'gamma(0, 1)',
  'gamma(2, 0)',
  'gamma(2_000_000, 1)',
  'exponential(0)',
  'weibull(-1, 1)',
  'student(0.5, 0, 1)',
  'student(5, 0, 0)',
  'poisson(0)',
  'poisson(2M)',
  'binomial(2.5, 50%)',
  'binomial(0, 50%)',
  'binomial(3, 100%)',
  'bernoulli(0)',
  'discrete(1: 50%, 2: 40%)',
  'discrete(1: 50%, 1: 50%)',
  'discrete(1: 0, 2: 100%)',
  'discrete(1: 1 t, 2: 50%)',
  'student(5)',
])('%s gives no distribution', (figure) => {
  expect(codes('t', figure)).toEqual(['distribution-parameters']);
});

describe('single values', () => {
  test('rise, whatever their order in the text', () => {
    expect(drawn('t', 'discrete(40 sack: 1/3, 1: 1/3, 30: 1/3)')).toEqual({
      kind: 'discrete',
      values: [1, 2, 30],
      upTo: [1 / 3, 2 / 3, 1],
    });
    expect(drawn('sack', 'discrete(2: 20%, 1: 80%)')).toEqual({
      kind: 'discrete',
      values: [0.05, 0.1],
      upTo: [0.8, 1],
    });
  });
});

describe('what is cut', () => {
  test('takes the unit that is declared', () => {
    const cut = drawn('sack', 'normal(10, 3) within 8 .. 0.6 t');
    expect(cut).toMatchObject({ kind: 'truncated', low: 0.4, high: 12 * 0.05 });
    for (const u of [0.001, 0.5, 0.999]) {
      const value = quantile(cut, u);
      expect(value >= 0.4 && value <= 0.6000000001).toBe(true);
    }
    expect(drawn('t', '5 to 40 within 0 .. 60').kind).toBe('truncated');
  });

  test.each([
    ['normal(10, 3) within 20 .. 0', 'truncation-empty'],
    ['normal(10, 3) within 5 .. 5', 'truncation-empty'],
    ['uniform(0, 1) within 2 .. 3', 'truncation-empty'],
    ['10 to 20 within 1k .. 2k', 'truncation-empty'],
    ['5 within 0 .. 10', 'truncation-not-continuous'],
    ['poisson(3) within 0 .. 5', 'truncation-not-continuous'],
    ['discrete(1: 50%, 2: 50%) within 0 .. 1', 'truncation-not-continuous'],
    ['normal(10, 3) within 0 .. 5 day', 'unit-mismatch'],
    ['unifrom(0, 1) within 0 .. 1', 'distribution-unknown'],
  ])('%s is refused as %s', (figure, code) => {
    expect(codes('t', figure)).toEqual([code]);
  });
});
