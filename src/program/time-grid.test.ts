import fc from 'fast-check';
import { expect, test } from 'vitest';
import { instantAt, onGrid, timeGrid } from './time-grid.ts';

test('instant i of steps of n/d days is i·n/d, rounded once', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 10_000 }),
      fc.constantFrom(1, 2, 3, 7, 10, 24, 100, 1000, 1440, 86_400),
      fc.integer({ min: 0, max: 100_000 }),
      (n, d, i) => {
        const grid = timeGrid(0, n / d, 100_000);
        expect(instantAt(grid, i)).toBe((i * n) / d);
        expect(onGrid(grid, i * (n / d))).toBe((i * n) / d);
      },
    ),
  );
});

test('a start of its own moves the grid', () => {
  const grid = timeGrid(0.1, 0.7, 10);
  expect([0, 1, 2, 3].map((i) => instantAt(grid, i))).toEqual([0.1, 0.8, 1.5, 2.2]);
  expect(onGrid(grid, 1.2)).toBe(1.2);
});

test('a step that is no fraction is added as it is', () => {
  const grid = timeGrid(0, Math.PI, 10);
  expect(instantAt(grid, 3)).toBe(3 * Math.PI);
});
