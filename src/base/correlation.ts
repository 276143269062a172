/**
 * Rank correlations and the normal numbers behind them. A rank correlation ρ of two inputs is that of two normals
 * with the ordinary correlation 2·sin(π·ρ/6) (Pearson 1907); a set of them is possible where their matrix has a
 * triangular root. The check of a model and the drawing of its futures must agree on this, so both take it from here.
 */
import { sin } from './exact-trigonometry.ts';

/** A symmetric matrix or its lower triangular root, by rows. */
export type Matrix = readonly Float64Array[];

const SIXTH_OF_PI = 0.5235987755982988;
/** A pivot below this is none: the last of the inputs would be fixed by the others, but for rounding. */
const LEAST_PIVOT = 1e-9;

/** The correlation of the normals whose ranks are correlated so. */
export const normalCorrelation = (rank: number): number => 2 * sin(SIXTH_OF_PI * rank);

/** 1 on the diagonal and 0 elsewhere. */
export const unitMatrix = (size: number): Float64Array[] =>
  Array.from({ length: size }, (_, row) => new Float64Array(size).fill(1, row, row + 1));

export type Root =
  | { readonly kind: 'root'; readonly root: Matrix }
  /** The rows up to this one contradict each other, those before do not. */
  | { readonly kind: 'none'; readonly row: number };

/** The lower triangular L with L·Lᵀ = matrix: Cholesky's, row by row. */
export function rootOf(matrix: Matrix): Root {
  const root = matrix.map((row) => new Float64Array(row.length));
  for (const [row, entries] of root.entries()) {
    const wanted = matrix[row]!;
    for (let column = 0; column <= row; column++) {
      const other = root[column]!;
      let rest = wanted[column]!;
      for (let at = 0; at < column; at++) rest -= entries[at]! * other[at]!;
      if (column < row) entries[column] = rest / other[column]!;
      else if (!(rest > LEAST_PIVOT)) return { kind: 'none', row };
      else entries[row] = Math.sqrt(rest);
    }
  }
  return { kind: 'root', root };
}

/** Numbers 0 … size − 1 in sets that hang together by pairs, each set and all of them in rising order; none alone. */
export function connectedSets(
  size: number,
  pairs: readonly (readonly [number, number])[],
): readonly (readonly number[])[] {
  const head = Array.from({ length: size }, (_, number) => number);
  const headOf = (number: number): number => {
    let at = number;
    while (head[at] !== at) {
      head[at] = head[head[at]!]!;
      at = head[at]!;
    }
    return at;
  };
  for (const [one, other] of pairs) {
    const [low, high] = [headOf(one), headOf(other)].sort((a, b) => a - b);
    head[high!] = low!;
  }
  const sets = new Map<number, number[]>();
  for (let number = 0; number < size; number++) {
    const first = headOf(number);
    const set = sets.get(first);
    if (set === undefined) sets.set(first, [number]);
    else set.push(number);
  }
  return [...sets.values()].filter((set) => set.length > 1);
}
