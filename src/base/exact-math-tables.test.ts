/** The tables are what they are said to be, and what is made with them is as near as is said. */
import { describe, expect, test } from 'vitest';
import {
  errorOfSeries,
  exactly,
  exponential,
  exponentials,
  ln2Over,
  logarithms,
  naturalLogarithm,
  productOf,
  quotientOf,
  ulpsFrom,
} from '../../test/support/exact-tables.ts';
import {
  exp,
  FIRST_STRETCH,
  INVERSE_LN2_128,
  LN2_128_HIGH,
  LN2_128_LOW,
  LN2_HIGH,
  LN2_LOW,
  LONG_SERIES,
  log,
  log10,
  power,
  SHORT_SERIES,
} from './exact-math.ts';
import { EXPONENTIALS, LOGARITHMS } from './exact-math-tables.ts';
import { uniform } from './philox.ts';

describe('tables', () => {
  test('of powers of two are those worked out with whole numbers', () => {
    expect(EXPONENTIALS).toEqual(exponentials());
  });

  test('of logarithms are those worked out with whole numbers', () => {
    expect(LOGARITHMS).toEqual(logarithms(FIRST_STRETCH));
  });

  test('ln 2 and its parts are as said', () => {
    expect(Number.isInteger(LN2_HIGH * 2 ** 40)).toBe(true);
    expect(ulpsFrom(LN2_LOW, naturalLogarithm(2) - exactly(LN2_HIGH))).toBeLessThanOrEqual(0.5);
    expect([LN2_128_HIGH, LN2_128_LOW]).toEqual(ln2Over(128n, 42n));
    expect(INVERSE_LN2_128 * LN2_128_HIGH).toBeCloseTo(1, 9);
  });

  test('what is left of m is exact, short, and below 0.00585', () => {
    const view = new DataView(new ArrayBuffer(8));
    const numberOf = (upper: number, lower: number): number => {
      view.setUint32(0, upper);
      view.setUint32(4, lower);
      return view.getFloat64(0);
    };
    for (let row = 0; row < 128; row++) {
      const inverse = LOGARITHMS[3 * row]!;
      const first = FIRST_STRETCH + row * 0x2000;
      for (const m of [numberOf(first, 0), numberOf(first, 1), numberOf(first + 0x1fff, 0xffff_ffff)]) {
        const r = productOf(exactly(m), exactly(inverse)) - exactly(1);
        expect(exactly(Number(r) * 2 ** -240), `m·inverse − 1 at ${m}`).toBe(r);
        expect(Math.abs(Number(r) * 2 ** -240)).toBeLessThan(0.005_85);
      }
    }
  });

  test('the polynomials are near the series', () => {
    expect(errorOfSeries(LONG_SERIES, 0.005_85)).toBeLessThan(2 ** -74.9);
    expect(errorOfSeries(SHORT_SERIES, 0.005_85)).toBeLessThan(2 ** -66.2);
  });
});

/** Two uniform numbers for each of so many rows. */
const rows = (count: number): readonly (readonly [number, number])[] =>
  Array.from({ length: count }, (_, row) => [uniform(1, row, 0, 0, 0), uniform(1, row, 1, 0, 0)] as const);

const worst = (errors: readonly number[]): number => errors.reduce((most, one) => Math.max(most, one), 0);

describe('against whole numbers of any length', () => {
  test.each([1, 2, 3, 5, 9, 2 ** 20])('log10 is right to 0.51 ulp %d steps below 1', (steps) => {
    const x = 1 - steps * 2 ** -53;
    expect(ulpsFrom(log10(x), quotientOf(naturalLogarithm(x), naturalLogarithm(10)))).toBeLessThan(0.51);
  });

  test.each([
    ['exp', (u: number) => 80 * u - 40],
    ['exp near 0', (u: number) => u - 0.5],
  ])('%s is right to 0.51 ulp', (_, argument) => {
    expect(
      worst(rows(1500).map(([u]) => ulpsFrom(exp(argument(u)), exponential(exactly(argument(u)))))),
    ).toBeLessThan(0.51);
  });

  test.each([
    ['log', (u: number, v: number) => (1 + u) * 2 ** Math.floor(200 * v - 100)],
    ['log near 1', (u: number) => 0.7 + 0.72 * u],
    ['log at 1', (u: number) => 0.99 + 0.02 * u],
  ])('%s is right to 0.52 ulp', (_, argument) => {
    expect(
      worst(rows(1500).map(([u, v]) => ulpsFrom(log(argument(u, v)), naturalLogarithm(argument(u, v))))),
    ).toBeLessThan(0.52);
  });

  test.each([
    ['usual numbers', (u: number, v: number) => [0.1 + 10 * u, 20 * v - 10] as const],
    ['bases near 1', (u: number, v: number) => [0.98 + 0.04 * u, (80 * v - 40) / (0.04 * u - 0.02)] as const],
    [
      'the numbers next to 1',
      (u: number, v: number) => {
        const steps = Math.floor(2 ** (16 * ((2 * u) % 1)));
        const x = u < 0.5 ? 1 - steps * 2 ** -53 : 1 + steps * 2 ** -52;
        return [x, (540 * v - 40) / (x - 1)] as const;
      },
    ],
  ])('power of %s is right to 0.54 ulp', (_, arguments_) => {
    const errors = rows(1500).map(([u, v]) => {
      const [x, y] = arguments_(u, v);
      return ulpsFrom(power(x, y), exponential(productOf(exactly(y), naturalLogarithm(x))));
    });
    expect(worst(errors)).toBeLessThan(0.54);
  });
});
