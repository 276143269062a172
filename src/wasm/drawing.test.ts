/** The drawing modules against the plain draws and quantiles, bit for bit. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Continuous, type Distribution, quantile, truncated } from '../base/distribution.ts';
import { PURPOSE, uniform } from '../base/philox.ts';
import { type Closed, createDrawing, isClosed } from './drawing.ts';
import type { ClosedContinuous, ClosedKind } from './drawing-module.ts';

const FULL = 0xffff_ffff;

type OfKind<Kind extends Distribution['kind']> = readonly Extract<Distribution, { readonly kind: Kind }>[];

/** For every kind of distribution what has a case of its own in it. */
const CONTINUOUS: { readonly [Kind in Continuous['kind']]: OfKind<Kind> } = {
  uniform: [
    { kind: 'uniform', low: -3, high: 5 },
    { kind: 'uniform', low: 0, high: 1e-300 },
    { kind: 'uniform', low: 2, high: 2 },
    { kind: 'uniform', low: -1e308, high: 1e308 },
  ],
  normal: [
    { kind: 'normal', mean: 0, deviation: 1 },
    { kind: 'normal', mean: -7, deviation: 0.3 },
    { kind: 'normal', mean: 5, deviation: 0 },
  ],
  lognormal: [
    { kind: 'lognormal', mu: 0, sigma: 1 },
    { kind: 'lognormal', mu: 700, sigma: 4 },
    { kind: 'lognormal', mu: -730, sigma: 4 },
    { kind: 'lognormal', mu: 1, sigma: 0 },
  ],
  'logit-normal': [
    { kind: 'logit-normal', mu: 0, sigma: 1 },
    { kind: 'logit-normal', mu: -0.4, sigma: 200 },
    { kind: 'logit-normal', mu: 0, sigma: 0 },
  ],
  triangular: [
    { kind: 'triangular', low: 1, mode: 2, high: 7 },
    { kind: 'triangular', low: -1, mode: -1, high: 4 },
    { kind: 'triangular', low: -1, mode: 4, high: 4 },
    { kind: 'triangular', low: 3, mode: 3, high: 3 },
    { kind: 'triangular', low: -0, mode: 0, high: 0 },
  ],
  beta: [{ kind: 'beta', a: 2, b: 3, low: 0, high: 1 }],
  gamma: [{ kind: 'gamma', shape: 2.5, scale: 3 }],
  exponential: [
    { kind: 'exponential', mean: 3 },
    { kind: 'exponential', mean: 0 },
  ],
  weibull: [
    { kind: 'weibull', shape: 1.7, scale: 3 },
    { kind: 'weibull', shape: 1, scale: 2 },
    { kind: 'weibull', shape: 0.5, scale: 2 },
    { kind: 'weibull', shape: 0.01, scale: 1e-5 },
    { kind: 'weibull', shape: 300, scale: 7 },
  ],
  student: [{ kind: 'student', degrees: 4, location: 1, scale: 2 }],
};

/** Rising values with shares that add up to 1. */
const manyValues = (count: number): Distribution => ({
  kind: 'discrete',
  values: Array.from({ length: count }, (_, at) => at - 3),
  upTo: Array.from({ length: count }, (_, at) => (at + 1) / count),
});

/** The middle, a far upper, a far lower part and one side of each. */
const CUTS = [
  [0.3, 0.6],
  [0.999_999_9, 0.999_999_99],
  [1e-8, 1e-7],
  [0.5, 1 - 2 ** -53],
] as const;

const cutsOf = (of: Continuous): readonly Distribution[] =>
  CUTS.map(([low, high]) => truncated(of, quantile(of, low), quantile(of, high))).filter(
    (cut) => cut !== null,
  );

const EXAMPLES: Readonly<Record<Distribution['kind'], readonly Distribution[]>> = {
  ...CONTINUOUS,
  point: [{ kind: 'point', value: 3 }],
  poisson: [{ kind: 'poisson', mean: 4, unit: 1 }],
  binomial: [{ kind: 'binomial', trials: 9, probability: 0.3, unit: 1 }],
  discrete: [
    { kind: 'discrete', values: [1, 2, 3], upTo: [0.2, 0.5, 1] },
    { kind: 'discrete', values: [-4], upTo: [1] },
    // A last share that rounding left below 1 has no value above it.
    { kind: 'discrete', values: [1, 2], upTo: [0.5, 1 - 2 ** -52] },
    ...[1023, 1024, 1025, 2500].map(manyValues),
  ],
  truncated: Object.values(CONTINUOUS).flat().flatMap(cutsOf),
};
const closed = Object.values(EXAMPLES).flat().filter(isClosed);

/** Any parameters of every kind that is drawn in a module. */
const size = fc.oneof(fc.double({ min: 0, max: 1e6, noNaN: true }), fc.constantFrom(0, 1e-300, 1, 1e300));
const place = fc.double({ min: -800, max: 800, noNaN: true });
const shape = fc.oneof(fc.double({ min: 0.01, max: 20, noNaN: true }), fc.constantFrom(0.25, 0.5, 1, 2));
const ANY: { readonly [Kind in ClosedKind]: fc.Arbitrary<ClosedContinuous> } = {
  uniform: fc.record({ kind: fc.constant('uniform' as const), low: place, high: place }),
  normal: fc.record({ kind: fc.constant('normal' as const), mean: place, deviation: size }),
  lognormal: fc.record({ kind: fc.constant('lognormal' as const), mu: place, sigma: size }),
  'logit-normal': fc.record({ kind: fc.constant('logit-normal' as const), mu: place, sigma: size }),
  triangular: fc.tuple(place, size, size).map(([low, rise, fall]) => ({
    kind: 'triangular' as const,
    low,
    mode: low + rise,
    high: low + rise + fall,
  })),
  exponential: fc.record({ kind: fc.constant('exponential' as const), mean: size }),
  weibull: fc.record({ kind: fc.constant('weibull' as const), shape, scale: size }),
};

/** The ends of what a draw can give, what only a cut can give, and the places where formulas change over. */
const SHARES = [
  ...[5e-324, 1e-310, 2 ** -1022, 1e-300, 1e-100, 2 ** -60, 2 ** -54, 2 ** -53, 1e-16, 1e-12, 1e-11, 1e-5],
  ...[0.01, 0.074_999_999, 0.075, 0.075_000_001, 0.2, 0.25, 0.3, 0.5 - 2 ** -54, 0.5, 0.5 + 2 ** -53, 0.75],
  ...[0.924_999, 0.925, 0.925_001, 0.99, 1 - 1e-5, 1 - 1e-11, 1 - 2 ** -50, 1 - 2 ** -52, 1 - 2 ** -53],
];
const u = fc.oneof(
  fc.double({ min: 0, max: 1, minExcluded: true, maxExcluded: true, noNaN: true }),
  fc.integer({ min: 0, max: 2 ** 31 }).map((k) => (k + 0.5) / (2 ** 31 + 1)),
  fc.constantFrom(...SHARES),
);

test('every kind has an example, and these are drawn in a module', () => {
  const kinds = Object.keys(EXAMPLES) as Distribution['kind'][];
  for (const kind of kinds) expect(EXAMPLES[kind].map((one) => one.kind)).toContain(kind);
  expect(kinds.filter((kind) => EXAMPLES[kind].every((one) => !isClosed(one)))).toEqual([
    'beta',
    'gamma',
    'student',
    'point',
    'poisson',
    'binomial',
  ]);
  // Each continuous kind that is drawn in a module is so where it is cut.
  const cut = closed.flatMap((one) => (one.kind === 'truncated' ? [one.of.kind] : []));
  expect(new Set(cut)).toEqual(new Set(Object.keys(ANY)));
});

describe.each([
  ['one lane', false],
  ['two lanes', true],
])('%s', (_, wide) => {
  const drawing = createDrawing(wide);

  const expectQuantiles = (distribution: Closed, shares: readonly number[]): void => {
    const faults: object[] = [];
    for (let from = 0; from < shares.length; from += drawing.capacity) {
      const part = Float64Array.from(shares.slice(from, from + drawing.capacity));
      const found = new Float64Array(part.length);
      drawing.quantiles(distribution, part, found);
      part.forEach((share, at) => {
        const expected = quantile(distribution, share);
        if (!Object.is(found[at], expected)) faults.push({ share, found: found[at], expected });
      });
    }
    expect(faults.slice(0, 5)).toEqual([]);
  };

  const spread = Array.from({ length: 2001 }, (__, row) => ((row + 1) * 0.618_033_988_749_895) % 1);
  // Each special share beside each in the other lane.
  const special = SHARES.flatMap((one) => SHARES.flatMap((other) => [one, other]));

  test.each(closed.map((one) => [JSON.stringify(one).slice(0, 150), one] as const))('%s', (__, one) => {
    expectQuantiles(one, spread);
    expectQuantiles(one, special);
    for (const share of SHARES) expectQuantiles(one, [share]);
  });

  test.each(Object.keys(ANY) as ClosedKind[])('%s with any parameters, whole and cut', (kind) => {
    fc.assert(
      fc.property(ANY[kind], fc.array(u, { minLength: 1, maxLength: 41 }), (one, shares) => {
        expectQuantiles(one, shares);
        for (const cut of cutsOf(one)) if (isClosed(cut)) expectQuantiles(cut, shares);
      }),
      { numRuns: 150 },
    );
  });

  test('any table of values, however long', () => {
    const step = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(step, { minLength: 1, maxLength: 30 }),
        fc.array(u, { minLength: 1 }),
        (steps, own) => {
          const upTo = steps.toSorted((a, b) => a - b);
          expectQuantiles({ kind: 'discrete', values: upTo.map((__, at) => at), upTo }, [...own, ...upTo]);
        },
      ),
    );
  });

  test.each(['futures', 'occurrences'] as const)('uniform numbers over %s are the plain ones', (over) => {
    const word = fc.oneof(fc.integer({ min: 0, max: FULL }), fc.constantFrom(0, 1, 2 ** 31, FULL));
    const length = fc.oneof(fc.integer({ min: 1, max: 40 }), fc.constantFrom(1, 2, 1023, 1024));
    const seeds = fc.oneof(fc.maxSafeNat(), fc.constantFrom(0, 1, FULL, 2 ** 32, 2 ** 53 - 1));
    fc.assert(
      fc.property(
        fc.record({
          seed: seeds,
          future: word,
          occurrence: word,
          site: word,
          purpose: fc.constantFrom(...Object.values(PURPOSE)),
        }),
        length,
        (at, count) => {
          const found = new Float64Array(count);
          drawing.uniforms(over, at, found);
          const [step, next] = over === 'futures' ? [1, 0] : [0, 1];
          const expected = found.map((__, row) =>
            uniform(at.seed, at.future + step * row, at.occurrence + next * row, at.site, at.purpose),
          );
          expect(found).toEqual(expected);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('a line between two columns is that of `quantileAt`', () => {
    const value = fc.double();
    fc.assert(
      fc.property(fc.array(fc.tuple(value, value), { minLength: 1, maxLength: 9 }), u, (rows, part) => {
        const [left, right] = [Float64Array.from(rows, ([a]) => a), Float64Array.from(rows, ([, b]) => b)];
        const found = new Float64Array(rows.length);
        drawing.join(left, right, part, found);
        rows.forEach(([a, b], row) => {
          expect(found[row]).toBe(a + (b - a) * part);
        });
      }),
    );
  });

  test('what cannot be drawn at once is refused', () => {
    const at = { seed: 1, future: 0, occurrence: 0, site: 0, purpose: PURPOSE.inputDraw };
    const over = new Float64Array(drawing.capacity + 1);
    expect(() => drawing.uniforms('futures', at, over)).toThrow('a stretch of 1025 draws');
    expect(() => drawing.uniforms('futures', { ...at, seed: 0.5 }, over.subarray(1))).toThrow(
      'no whole number',
    );
  });
});
