import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { connectedSets, normalCorrelation, rootOf, unitMatrix } from './correlation.ts';

test('the correlation of normals behind a rank correlation', () => {
  expect(normalCorrelation(0)).toBe(0);
  expect(Math.abs(normalCorrelation(1) - 1)).toBeLessThan(1e-15);
  expect(Math.abs(normalCorrelation(0.6) - 0.6180339887498949)).toBeLessThan(1e-15);
});

describe('the triangular root', () => {
  test('gives the matrix back', () => {
    const numbers = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 16, maxLength: 16 });
    fc.assert(
      fc.property(numbers, (parts) => {
        // A sum of squares and the unit matrix always have a root.
        const at = (row: number, column: number): number =>
          [0, 1, 2, 3].reduce(
            (sum, k) => sum + parts[row * 4 + k]! * parts[column * 4 + k]!,
            row === column ? 1 : 0,
          );
        const matrix = [0, 1, 2, 3].map((row) =>
          Float64Array.from([0, 1, 2, 3], (column) => at(row, column)),
        );
        const found = rootOf(matrix);
        if (found.kind === 'none') throw new Error('no root');
        for (let row = 0; row < 4; row++) {
          for (let column = 0; column < 4; column++) {
            const product = found.root[row]!.reduce((sum, v, k) => sum + v * found.root[column]![k]!, 0);
            expect(Math.abs(product - at(row, column))).toBeLessThan(1e-14);
          }
        }
      }),
    );
  });

  test('names the row that contradicts those before it', () => {
    const matrix = unitMatrix(4);
    const put = (row: number, column: number, value: number): void => {
      matrix[row]![column] = value;
      matrix[column]![row] = value;
    };
    put(0, 1, 0.9);
    expect(rootOf(matrix).kind).toBe('root');
    put(1, 2, 0.9);
    expect(rootOf(matrix)).toEqual({ kind: 'none', row: 2 });
    put(0, 2, 0.7);
    expect(rootOf(matrix).kind).toBe('root');
    put(3, 0, 1);
    expect(rootOf(matrix)).toEqual({ kind: 'none', row: 3 });
  });
});

test('sets hang together through any chain of pairs', () => {
  expect(
    connectedSets(8, [
      [5, 1],
      [3, 5],
      [6, 7],
    ]),
  ).toEqual([
    [1, 3, 5],
    [6, 7],
  ]);
  expect(connectedSets(3, [])).toEqual([]);
});
