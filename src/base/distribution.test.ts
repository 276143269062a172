/** References from 240-bit arithmetic, at the exact binary value of each u, unless a test says otherwise. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Distribution,
  fromInterval,
  isCertain,
  medianOf,
  normalQuantile,
  quantile,
  scaled,
} from './distribution.ts';
import { uniform } from './philox.ts';

function expectClose(actual: number, expected: number, relative = 1e-9): void {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(relative * Math.abs(expected));
}

const u01 = fc.double({ min: 1e-12, max: 1 - 1e-12, noNaN: true });

const samples: readonly Distribution[] = [
  { kind: 'uniform', low: -3, high: 7 },
  { kind: 'normal', mean: 2, deviation: 5 },
  { kind: 'lognormal', mu: 1, sigma: 0.7 },
  { kind: 'logit-normal', mu: -1, sigma: 2 },
  { kind: 'triangular', low: -1, mode: 1, high: 4 },
];

describe('quantiles', () => {
  test.each([
    [1e-300, -37.0470962993612],
    [1e-100, -21.273453560965326],
    [1e-30, -11.464024688443615],
    [1e-16, -8.222082216130435],
    [1e-12, -7.034483825301132],
    [1.3e-11, -6.667611456510741],
    [1.4e-11, -6.656723091518184],
    [1e-10, -6.361340902404057],
    [1e-6, -4.753424308822899],
    [0.001, -3.0902323061678136],
    [0.025, -1.9599639845400543],
    [0.0749, -1.4402382675279637],
    [0.0751, -1.43882539275254],
    [0.2, -0.8416212335729142],
    [0.4, -0.2533471031357997],
    [0.499, -0.002506630899571766],
    [0.5000001, 2.506628273311648e-7],
    [0.975, 1.9599639845400538],
    [0.999999, 4.753424308817087],
    [0.9999999999, 6.361340889697422],
  ])('the standard normal at %d', (u, expected) => {
    expectClose(normalQuantile(u), expected, 1e-14);
  });

  test('the standard normal is antisymmetric where 1 − u is exact', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 40 - 1 }), (k) => {
        const u = k / 2 ** 40;
        return normalQuantile(1 - u) + normalQuantile(u) === 0;
      }),
    );
  });

  test('published values of the triangular distribution', () => {
    const triangular: Distribution = { kind: 'triangular', low: 0, mode: 0.3, high: 1 };
    expectClose(quantile(triangular, 0.1), 0.17320508075688773);
    expectClose(quantile(triangular, 0.5), 0.4083920216900384);
    expectClose(quantile(triangular, 0.9), 0.735424868893541);
    expect(quantile({ kind: 'triangular', low: 2, mode: 2, high: 2 }, 0.7)).toBe(2);
    expectClose(quantile({ kind: 'triangular', low: 0, mode: 1, high: 1 }, 0.25), 0.5);
    expectClose(quantile({ kind: 'triangular', low: 0, mode: 0, high: 1 }, 0.75), 0.5);
  });

  test('closed forms', () => {
    expect(quantile({ kind: 'point', value: -4 }, 0.9)).toBe(-4);
    expect(quantile({ kind: 'uniform', low: 2, high: 6 }, 0.25)).toBe(3);
    expectClose(quantile({ kind: 'normal', mean: 10, deviation: 2 }, 0.975), 10 + 2 * 1.959963984540054);
    expectClose(quantile({ kind: 'lognormal', mu: 1, sigma: 2 }, 0.975), Math.exp(1 + 2 * 1.959963984540054));
    const share = quantile({ kind: 'logit-normal', mu: 0.5, sigma: 1.5 }, 0.025);
    expectClose(Math.log(share / (1 - share)), 0.5 - 1.5 * 1.959963984540054);
    expect(quantile({ kind: 'logit-normal', mu: 0, sigma: 1e6 }, 0.99)).toBe(1);
    expect(quantile({ kind: 'logit-normal', mu: 0, sigma: 1e6 }, 0.01)).toBe(0);
  });

  test.each(samples.map((sample) => [sample.kind, sample] as const))('%s rises with u', (_kind, sample) => {
    fc.assert(
      fc.property(u01, u01, (a, b) => {
        const [less, more] = a < b ? [a, b] : [b, a];
        // Rounding may turn neighbours round, but by no more than a few units of the last place.
        return (
          quantile(sample, less) - quantile(sample, more) <= 1e-14 * Math.abs(quantile(sample, more)) + 1e-14
        );
      }),
    );
  });
});

describe('fromInterval', () => {
  test('"1 to 10" is the published lognormal', () => {
    const distribution = fromInterval(1, 10, false);
    if (distribution?.kind !== 'lognormal') throw new Error('no lognormal');
    expectClose(distribution.mu, 1.151292546497023);
    expectClose(distribution.sigma, 0.6999361691719632);
    expectClose(Math.exp(distribution.mu + distribution.sigma ** 2 / 2), 4.040012826945727);
    expectClose(medianOf(distribution), Math.sqrt(10));
  });

  test('the product of three intervals has the published quantiles', () => {
    let mu = 0;
    let square = 0;
    for (const [low, high] of [[1, 10] as const, [2, 5] as const, [0.1, 3] as const]) {
      const part = fromInterval(low, high, false);
      if (part?.kind !== 'lognormal') throw new Error('no lognormal');
      mu += part.mu;
      square += part.sigma ** 2;
    }
    const product: Distribution = { kind: 'lognormal', mu, sigma: Math.sqrt(square) };
    expectClose(medianOf(product), 5.477225575051663);
    expectClose(quantile(product, 0.05), 0.667950041451517);
    expectClose(quantile(product, 0.95), 44.91353864550595);
    expectClose(Math.exp(mu + square / 2), 12.413804207240279);
  });

  test.each([
    [2, 50, false, 'lognormal'],
    [2, 50, true, null],
    [-3, 8, false, 'normal'],
    [-9, -2, false, 'normal'],
    [0.2, 0.9, true, 'logit-normal'],
    [0.2, 0.9, false, 'lognormal'],
    [0, 5, false, null],
    [-5, 0, false, null],
    [0, 0.5, true, null],
    [0.5, 1, true, null],
    [-0.1, 0.5, true, null],
    [3, 3, false, null],
    [4, 3, false, null],
    [1, Number.POSITIVE_INFINITY, false, null],
    [Number.NaN, 1, false, null],
  ])('%d to %d, share %s, is %s', (low, high, share, kind) => {
    const distribution = fromInterval(low, high, share);
    expect(distribution?.kind ?? null).toBe(kind);
    if (!distribution) return;
    expectClose(quantile(distribution, 0.05), low, 1e-12);
    expectClose(quantile(distribution, 0.95), high, 1e-12);
  });
});

describe('scaled', () => {
  test('the quantiles are scaled', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1e6, noNaN: true }), u01, (factor, u) => {
        for (const sample of samples) {
          if (sample.kind === 'logit-normal') continue;
          const expected = quantile(sample, u) * factor;
          expect(Math.abs(quantile(scaled(sample, factor), u) - expected)).toBeLessThanOrEqual(
            1e-12 * Math.abs(expected) + 1e-13 * factor,
          );
        }
      }),
    );
    expect(scaled({ kind: 'point', value: 3 }, 2)).toEqual({ kind: 'point', value: 6 });
  });

  test('a share keeps factor 1 and refuses any other; factors are positive', () => {
    const share: Distribution = { kind: 'logit-normal', mu: 0, sigma: 1 };
    expect(scaled(share, 1)).toEqual(share);
    expect(() => scaled(share, 100)).toThrow('share');
    for (const factor of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => scaled({ kind: 'point', value: 1 }, factor)).toThrow('factor');
    }
  });
});

test('certain is what every u gives alike', () => {
  expect(samples.some(isCertain)).toBe(false);
  expect(isCertain({ kind: 'point', value: 0 })).toBe(true);
  expect(isCertain({ kind: 'uniform', low: 1, high: 1 })).toBe(true);
  expect(isCertain({ kind: 'triangular', low: 1, mode: 1, high: 1 })).toBe(true);
  expect(isCertain({ kind: 'normal', mean: 1, deviation: 0 })).toBe(true);
  expect(isCertain({ kind: 'lognormal', mu: 1, sigma: 0 })).toBe(true);
});

test('the median of each kind', () => {
  expect(samples.slice(0, 2).map(medianOf)).toEqual([2, 2]);
  expectClose(medianOf(samples[2]!), Math.E, 1e-15);
  expectClose(medianOf(samples[3]!), 1 / (1 + Math.E), 1e-15);
});

test('the bits of the standard normal are pinned, as published results hang on them', () => {
  const view = new DataView(new ArrayBuffer(8));
  let sum = 0n;
  for (let draw = 0; draw < 20_000; draw++) {
    const u = uniform(1, draw, 0, 0, 0);
    // Every third far in the tail, so that all three branches take part.
    view.setFloat64(0, normalQuantile(draw % 3 === 0 ? u * 2 ** -(draw % 60) : u));
    sum = BigInt.asUintN(64, sum * 31n + view.getBigUint64(0));
  }
  expect(sum.toString(16)).toBe('1653c6ed0a794175');
});
