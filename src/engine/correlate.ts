/**
 * Columns of the design for inputs that go together. Both ways leave every column's own law untouched and hang on
 * the seed and the names alone.
 *
 * - Latin hypercube: within each replicate a column's numbers are put into another order (Iman & Conover 1982,
 *   doi:10.1080/03610918208812265), so that every input still meets each of its slices exactly once.
 * - Monte Carlo: future by future through normal numbers (the Gaussian copula), so that futures stay independent and
 *   more of them only add rows.
 *
 * In both the normals' correlation is the one that makes the *ranks* correlated as asked. The input that comes first
 * by name keeps its column as it is; inputs without a correlation are never touched.
 */
import { connectedSets, type Matrix, normalCorrelation, rootOf, unitMatrix } from '../base/correlation.ts';
import { normalQuantile } from '../base/distribution.ts';
import { normalTails } from '../base/distributions/normal-tails.ts';
import { hashName } from '../base/hash.ts';
import type { InputSlot } from '../program/program.ts';
import { type Design, REPLICATES } from './design.ts';
import { keptColumn, keptColumns } from './draw-columns.ts';
import type { RunOrder } from './ensemble.ts';

const LEAST = 1 / 18_014_398_509_481_984;
const MOST = 1 - 1 / 9_007_199_254_740_992;

/** Futures whose normals are mixed between two rests. */
const REST = 1024;

/** The site of an input's second, independent column. */
export const redrawnSite = ({ name }: Pick<InputSlot, 'name'>): number => hashName(`${name} redrawn`);

/**
 * By input slot, the second columns of the inputs that are redrawn and correlated among themselves. What is redrawn is
 * independent of all that is not: a factor is redrawn as the one thing that it is.
 */
export const redrawnTogether = (order: RunOrder): Generator<void, ReadonlyMap<number, Float64Array>> =>
  correlatedColumns(
    {
      ...order,
      correlations: order.correlations.filter(({ slots }) =>
        slots.every((slot) => order.redrawn.includes(slot)),
      ),
    },
    redrawnSite,
  );

/**
 * By input slot, the uniform numbers of the inputs that are correlated with any other; in parts with rests between.
 * @param siteOf where an input's own numbers are drawn
 */
export function* correlatedColumns(
  { program, design, correlations }: RunOrder,
  siteOf: (input: InputSlot) => number = ({ site }) => site,
): Generator<void, ReadonlyMap<number, Float64Array>> {
  const columns = new Map<number, Float64Array>();
  if (correlations.length === 0) return columns;
  // By name, so that the order of a text changes nothing.
  const ordered = [...program.inputs.keys()].sort((one, other) => {
    const [left, right] = [program.inputs[one]!.name, program.inputs[other]!.name];
    return left < right ? -1 : 1;
  });
  const places = new Map(ordered.map((slot, place) => [slot, place]));
  const pairs = correlations.map(({ slots: [one, other], coefficient }) => {
    const [first, second] = [places.get(one), places.get(other)];
    if (first === undefined || second === undefined) throw new Error('a correlation without its input');
    return { places: [first, second] as const, coefficient };
  });
  const sets = connectedSets(
    ordered.length,
    pairs.map((pair) => pair.places),
  );
  for (const set of sets) {
    const rows = new Map(set.map((place, row) => [place, row]));
    const matrix = unitMatrix(set.length);
    for (const {
      places: [one, other],
      coefficient,
    } of pairs) {
      const [row, column] = [rows.get(one), rows.get(other)];
      if (row === undefined || column === undefined) continue;
      matrix[row]![column] = normalCorrelation(coefficient);
      matrix[column]![row] = normalCorrelation(coefficient);
    }
    const found = rootOf(matrix);
    if (found.kind === 'none') throw new Error('correlations that contradict each other');
    const slots = set.map((place) => ordered[place]!);
    const sites = slots.map((slot) => siteOf(program.inputs[slot]!));
    const root = found.root;
    const together = yield* keptColumns(
      design,
      JSON.stringify([sites, root.map((row) => [...row])]),
      function* () {
        const own: Float64Array[] = [];
        for (const site of sites) own.push(yield* keptColumn(design, site));
        return yield* joined(design, own, root);
      },
    );
    together.forEach((column, row) => {
      columns.set(slots[row]!, column);
    });
  }
  return columns;
}

function* joined(
  design: Design,
  columns: readonly Float64Array[],
  root: Matrix,
): Generator<void, readonly Float64Array[]> {
  switch (design.kind) {
    case 'monte-carlo':
      return yield* throughNormals(columns, root);
    case 'latin-hypercube': {
      const strata = design.futures / REPLICATES;
      const ordered = columns.map((column) => column.slice());
      for (let replicate = 0; replicate < REPLICATES; replicate++) {
        const from = replicate * strata;
        reorder(
          ordered.map((column) => column.subarray(from, from + strata)),
          root,
        );
        yield;
      }
      return ordered;
    }
  }
}

/** Each future's normals, mixed by the root's rows and turned back into shares. */
function* throughNormals(
  columns: readonly Float64Array[],
  root: Matrix,
): Generator<void, readonly Float64Array[]> {
  const mixed = columns.map((column) => column.slice());
  const normals = new Float64Array(columns.length);
  for (let future = 0; future < (columns[0]?.length ?? 0); future++) {
    columns.forEach((column, row) => {
      normals[row] = normalQuantile(column[future]!);
    });
    for (let row = 1; row < columns.length; row++) {
      const { below } = normalTails(productWith(root[row]!, normals, row));
      mixed[row]![future] = Math.min(Math.max(below, LEAST), MOST);
    }
    if ((future + 1) % REST === 0) yield;
  }
  return mixed;
}

/**
 * Puts the numbers of all columns but the first into another order, in place: that of normal scores, freed of what
 * correlation they have by chance and mixed by the root's rows. Where there are too few rows to free them of it,
 * they are mixed as they are.
 */
function reorder(columns: readonly Float64Array[], root: Matrix): void {
  const size = columns[0]?.length ?? 0;
  const scores = columns.map((column) => scoresOf(column));
  const chance = rootOf(correlationsOf(scores));
  const mixed = columns.map(() => new Float64Array(size));
  const free = new Float64Array(columns.length);
  for (let at = 0; at < size; at++) {
    for (let row = 0; row < columns.length; row++) {
      const score = scores[row]![at]!;
      if (chance.kind === 'none') free[row] = score;
      else free[row] = (score - productWith(chance.root[row]!, free, row - 1)) / chance.root[row]![row]!;
    }
    for (let row = 1; row < columns.length; row++) mixed[row]![at] = productWith(root[row]!, free, row);
  }
  for (let row = 1; row < columns.length; row++) {
    const column = columns[row]!;
    const values = column.slice().sort();
    ranking(mixed[row]!).forEach((at, rank) => {
      column[at] = values[rank]!;
    });
  }
}

/** The sum of products up to and with `last`; 0 for none. */
function productWith(weights: Float64Array, values: Float64Array, last: number): number {
  let sum = 0;
  for (let at = 0; at <= last; at++) sum += weights[at]! * values[at]!;
  return sum;
}

/** Places in rising order of what stands there; equal ones in their own order. */
const ranking = (column: Float64Array): readonly number[] =>
  [...column.keys()].sort((one, other) => column[one]! - column[other]! || one - other);

/** Van der Waerden's scores: the normal quantile of each number's rank. */
function scoresOf(column: Float64Array): Float64Array {
  const scores = new Float64Array(column.length);
  ranking(column).forEach((at, rank) => {
    scores[at] = normalQuantile((rank + 1) / (column.length + 1));
  });
  return scores;
}

/** The correlations that scores have; all columns hold the same scores, so that one sum of squares serves all. */
function correlationsOf(scores: readonly Float64Array[]): Matrix {
  const last = (scores[0]?.length ?? 0) - 1;
  const square = productWith(scores[0]!, scores[0]!, last);
  const matrix = unitMatrix(scores.length);
  for (let row = 1; row < scores.length; row++) {
    for (let column = 0; column < row; column++) {
      const share = square > 0 ? productWith(scores[row]!, scores[column]!, last) / square : 0;
      matrix[row]![column] = share;
      matrix[column]![row] = share;
    }
  }
  return matrix;
}
