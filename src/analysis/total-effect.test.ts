/** Ishigami's function over unscrambled Sobol' points, worked out here: the project has no such sequence yet. */
import { expect, test } from 'vitest';
import { uniform } from '../base/philox.ts';
import { mean, variance } from './mean.ts';
import { totalEffect } from './total-effect.ts';

type Point = readonly number[];

/** Joe & Kuo's direction numbers of dimensions 2 to 6: the polynomial's inner coefficients, then the first m. */
const DIRECTIONS: readonly (readonly [number, readonly number[]])[] = [
  [0, [1]],
  [1, [1, 3]],
  [1, [1, 3, 1]],
  [2, [1, 1, 1]],
  [1, [1, 1, 3, 3]],
];

function directionsOf(dimension: number): number[] {
  const m: number[] = [];
  if (dimension === 0) return new Array<number>(31).fill(1);
  const [coefficients, initial] = DIRECTIONS[dimension - 1]!;
  const degree = initial.length;
  for (let index = 0; index < 31; index++) {
    if (index < degree) {
      m.push(initial[index]!);
      continue;
    }
    let value = m[index - degree]! ^ (m[index - degree]! * 2 ** degree);
    for (let term = 1; term < degree; term++) {
      if ((coefficients >> (degree - 1 - term)) & 1) value ^= m[index - term]! * 2 ** term;
    }
    m.push(value);
  }
  return m;
}

/** Points 1 … n of six dimensions in Gray-code order. */
function sobolPoints(n: number): Point[] {
  const directions = Array.from({ length: 6 }, (_, dimension) => directionsOf(dimension));
  const state = new Array<number>(6).fill(0);
  return Array.from({ length: n }, (_, index) => {
    let zero = 0;
    while ((index >> zero) & 1) zero++;
    return state.map((_value, dimension) => {
      state[dimension]! ^= directions[dimension]![zero]! * 2 ** (30 - zero);
      return state[dimension]! / 2 ** 31;
    });
  });
}

function ishigami(u: Point): number {
  const [x1, x2, x3] = u.map((share) => Math.PI * (2 * share - 1)) as [number, number, number];
  return Math.sin(x1) + 7 * Math.sin(x2) ** 2 + 0.1 * x3 ** 4 * Math.sin(x1);
}

function effects(
  points: readonly Point[],
  varianceOf: (fA: number[], fB: number[]) => number,
): (number | null)[] {
  const fA = points.map((point) => ishigami(point.slice(0, 3)));
  const fB = points.map((point) => ishigami(point.slice(3)));
  return [0, 1, 2].map((input) => {
    const fAB = points.map((point) => ishigami(point.slice(0, 3).with(input, point[3 + input]!)));
    return totalEffect(fA, fAB, varianceOf(fA, fB));
  });
}

test('Ishigami, n = 1024: the reference estimates', () => {
  const points = sobolPoints(1024);
  expect(points[3]).toEqual([0.375, 0.375, 0.625, 0.875, 0.375, 0.125]);
  const estimates = effects(points, (fA, fB) => {
    const both = [...fA, ...fB];
    return (variance(both) * (both.length - 1)) / both.length;
  });
  expect(estimates[0]).toBeCloseTo(0.5584977725376995, 10);
  expect(estimates[1]).toBeCloseTo(0.4437713789312594, 10);
  expect(estimates[2]).toBeCloseTo(0.2422875747041035, 10);
});

test('Ishigami, 20,000 random rows: close to the closed forms', () => {
  const points = Array.from({ length: 20_000 }, (_, row) =>
    Array.from({ length: 6 }, (_unused, site) => uniform(1, row, 0, site, 0)),
  );
  const estimates = effects(points, () => 13.844587940719254);
  expect(Math.abs(estimates[0]! - 0.5575888552099592)).toBeLessThan(0.02);
  expect(Math.abs(estimates[1]! - 0.4424111447900409)).toBeLessThan(0.02);
  expect(Math.abs(estimates[2]! - 0.2436836640621477)).toBeLessThan(0.02);
  expect(Math.abs(mean(points.map((point) => ishigami(point))) - 3.5)).toBeLessThan(0.1);
});

test('a measure that does not vary has no total effects; an input without effect has 0', () => {
  expect(totalEffect([2, 2], [2, 2], 0)).toBeNull();
  expect(totalEffect([1, 2, 3], [1, 2, 3], 1)).toBe(0);
});

test('different lengths and no rows are refused', () => {
  expect(() => totalEffect([1], [1, 2], 1)).toThrow('1 against 2');
  expect(() => totalEffect([], [], 1)).toThrow('0 against 0');
});
