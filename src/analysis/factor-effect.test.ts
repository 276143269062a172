/** Total effects of factors against closed forms, and against the definition worked out by brute force. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { uniform } from '../base/philox.ts';
import { type FactorEffect, factorEffect } from './factor-effect.ts';

type Point = readonly number[];
type Function = (u: Point) => number;

/** Rows of independent draws; the factor's members take a second set. */
function effectOf(
  f: Function,
  inputs: number,
  factor: readonly number[],
  rows: number,
  seed = 1,
): FactorEffect {
  const drawn = (row: number, set: number): Point =>
    Array.from({ length: inputs }, (_, input) => uniform(seed, row, set, input, 0));
  const fA = new Float64Array(rows);
  const fAB = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    const [a, b] = [drawn(row, 0), drawn(row, 1)];
    fA[row] = f(a);
    fAB[row] = f(a.map((value, input) => (factor.includes(input) ? b[input]! : value)));
  }
  const found = factorEffect(fA, fAB);
  if (typeof found === 'string') throw new Error(found);
  return found;
}

/** Ishigami's function with a = 7 and b = 0.1 on (−π, π)³. */
const ishigami: Function = (u) => {
  const [x1, x2, x3] = u.map((share) => Math.PI * (2 * share - 1)) as [number, number, number];
  return Math.sin(x1) + 7 * Math.sin(x2) ** 2 + 0.1 * x3 ** 4 * Math.sin(x1);
};

/** Its closed forms (Ishigami & Homma 1990, doi:10.1109/ISUMA.1990.151285). */
const OF_1 = (1 + (0.1 * Math.PI ** 4) / 5) ** 2 / 2;
const OF_2 = 7 ** 2 / 8;
const OF_1_AND_3 = (8 * 0.1 ** 2 * Math.PI ** 8) / 225;
const ALL = OF_1 + OF_2 + OF_1_AND_3;

const GROUPS: readonly (readonly [readonly number[], number])[] = [
  [[0], (OF_1 + OF_1_AND_3) / ALL],
  [[1], OF_2 / ALL],
  [[2], OF_1_AND_3 / ALL],
  // Redrawn together, what 1 and 3 do only together counts once.
  [[0, 2], (OF_1 + OF_1_AND_3) / ALL],
  [[1, 2], (OF_2 + OF_1_AND_3) / ALL],
  [[0, 1], 1],
  [[0, 1, 2], 1],
];

describe.each(GROUPS)('Ishigami, inputs %j as one factor', (factor, expected) => {
  test('20,000 rows come close to the closed form', () => {
    const found = effectOf(ishigami, 3, factor, 20_000);
    expect(Math.abs(found.share - expected)).toBeLessThan(0.02);
    expect(found.pairs).toBe(20_000);
  });

  test('the interval covers it in about 95 of 100 runs of 1,000 rows', () => {
    let covered = 0;
    for (let seed = 1; seed <= 200; seed++) {
      const found = effectOf(ishigami, 3, factor, 1000, seed);
      if (found.low <= expected && expected <= found.high) covered++;
    }
    // Three standard deviations of 200 throws at 95 %; an interval that is cut off at 1 covers 1 more often.
    expect(covered).toBeGreaterThanOrEqual(180);
    if (expected < 1) expect(covered).toBeLessThan(200);
  });
});

test('of a sum, a factor has the share of its members in the variance', () => {
  const weights = [1, 2, 3, 4];
  const f: Function = (u) => u.reduce((sum, share, input) => sum + weights[input]! * share, 0);
  for (const [factor, expected] of [
    [[0], 1 / 30],
    [[0, 3], 17 / 30],
    [[1, 2], 13 / 30],
    [[], 0],
  ] as const) {
    const found = effectOf(f, 4, factor, 20_000);
    expect(Math.abs(found.share - expected)).toBeLessThan(0.01);
  }
});

/** E[Var(f | all others)]/Var(f) over a grid that gives both exactly. */
function byBruteForce(f: Function, inputs: number, factor: readonly number[], levels: number): number {
  const points: Point[] = [[]];
  for (let input = 0; input < inputs; input++) {
    const longer = points.flatMap((point) =>
      Array.from({ length: levels }, (_, level) => [...point, level / (levels - 1)]),
    );
    points.splice(0, points.length, ...longer);
  }
  const moments = (chosen: readonly Point[]): { mean: number; variance: number } => {
    const values = chosen.map(f);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return { mean, variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length };
  };
  const groups = new Map<string, Point[]>();
  for (const point of points) {
    const key = point.filter((_, input) => !factor.includes(input)).join();
    groups.set(key, [...(groups.get(key) ?? []), point]);
  }
  const within = [...groups.values()].reduce((sum, group) => sum + moments(group).variance, 0) / groups.size;
  return within / moments(points).variance;
}

test('any function of three levels: the estimate meets the definition', () => {
  const levels = 3;
  const table = fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 27, maxLength: 27 });
  fc.assert(
    fc.property(table, fc.subarray([0, 1, 2]), (values, factor) => {
      const f: Function = (point) =>
        values[point.reduce((at, share) => at * levels + Math.round(share * 2), 0)]!;
      fc.pre(new Set(values).size > 1);
      const expected = byBruteForce(f, 3, factor, levels);
      const onGrid: Function = (u) => f(u.map((share) => Math.floor(share * levels) / (levels - 1)));
      const found = effectOf(onGrid, 3, factor, 20_000);
      expect(Math.abs(found.share - expected)).toBeLessThan(0.06);
    }),
    { numRuns: 30 },
  );
});

test('nothing has a share in what does not vary, or varies by rounding alone', () => {
  const still = new Float64Array(100).fill(5);
  expect(factorEffect(still, still)).toBe('does not vary');
  const rounded = still.map((value, row) => value * (1 + (row % 2) * 2 ** -52));
  expect(factorEffect(rounded, still)).toBe('does not vary');
});

test('failed futures are left out in pairs, and a replicate without pairs settles nothing', () => {
  const fA = Float64Array.from({ length: 1000 }, (_, row) => uniform(1, row, 0, 0, 0));
  const fAB = Float64Array.from({ length: 1000 }, (_, row) => uniform(1, row, 1, 0, 0));
  const [a, b] = [fA.slice(), fAB.slice()];
  a[3] = Number.NaN;
  b[500] = Number.NaN;
  expect(factorEffect(a, b)).toMatchObject({ pairs: 998, share: expect.closeTo(1, 1) });
  a.fill(Number.NaN, 100, 200);
  expect(factorEffect(a, b)).toBe('too few pairs');
  expect(() => factorEffect(a, b.slice(1))).toThrow('1000 against 999');
});
