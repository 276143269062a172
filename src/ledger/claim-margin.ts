/**
 * How far every future is from making a claim true or false: the two sides of its comparisons subtracted, the least of
 * them for `and`, the largest for `or`, turned round for `not`. That is the robustness of a formula of temporal logic
 * (Fainekos & Pappas 2009, doi:10.1016/j.tcs.2009.06.021). Sides of unlike size are made comparable by how far they lie
 * apart on average in the main run. It only says where to look: no verdict is read off it.
 */
import type { Ensemble } from '../engine/ensemble.ts';
import { apply, type Store } from '../program/execute.ts';
import { type ClaimPlan, OPERATIONS, type Program } from '../program/program.ts';
import { notCounted } from './counted.ts';

/** By future, positive where the claim is true and negative where it is not; NaN where the future does not count. */
export type Margin = (ensemble: Ensemble) => Float64Array;

/** Values of the registers of inputs that the claim reads itself, by future of an ensemble. */
export type InputValues = (slot: number, ensemble: Ensemble) => Float64Array | null;

/** Where a condition cannot be followed by its sides, all that is known is whether it is true: 1 or -1. */
const truthOf =
  (column: number): Margin =>
  (ensemble) => {
    const out = notCounted(ensemble);
    return Float64Array.from(ensemble.claims[column] ?? [], (isTrue, future) =>
      out.has(future) ? Number.NaN : isTrue === 1 ? 1 : -1,
    );
  };

/** @param column number of the claim among those of the program */
export function marginOf(program: Program, column: number, main: Ensemble, values: InputValues): Margin {
  const plan = program.claims[column];
  if (plan === undefined) throw new Error('a margin of a claim without its column');
  const followed = follow(program, plan, main, values);
  const truth = truthOf(column);
  // What a condition reads beside measures and inputs is not known here; then its sides would be made up.
  const isTold = (margin: number, future: number): boolean => {
    const isTrue = main.claims[column]?.[future] === 1;
    return Number.isNaN(margin) || margin === 0 || margin > 0 === isTrue;
  };
  return followed?.(main).every(isTold) === true ? followed : truth;
}

function follow(
  program: Program,
  { code, result }: ClaimPlan,
  main: Ensemble,
  values: InputValues,
): Margin | null {
  const rows = Array.from({ length: code.length }, (_, row) => ({
    operation: OPERATIONS[code.operation[row] ?? 0] ?? 'copy',
    target: code.target[row] ?? 0,
    a: code.a[row] ?? 0,
    b: code.b[row] ?? 0,
    c: code.c[row] ?? 0,
  }));
  const store: Store = { tables: program.tables, histories: [], seed: 0, future: 0, instant: 0 };
  if (rows.some(({ operation }) => operation === 'uniform' || operation === 'recall')) return null;
  const registers = program.initial.slice();
  const read = new Set(rows.flatMap(({ a, b, c }) => [a, b, c]).concat(result));

  const over = (ensemble: Ensemble, visit: (future: number) => void): void => {
    const out = notCounted(ensemble);
    const columns = [
      ...program.measures.map(({ valueRegister }, number) => ({
        register: valueRegister,
        column: read.has(valueRegister) ? (ensemble.measures[number] ?? null) : null,
      })),
      ...program.inputs.map(({ register }, slot) => ({
        register,
        column: read.has(register) ? values(slot, ensemble) : null,
      })),
    ].flatMap(({ register, column }) => (column === null ? [] : [{ register, column }]));
    for (let future = 0; future < ensemble.futures; future++) {
      if (out.has(future)) continue;
      for (const one of columns) registers[one.register] = one.column[future] ?? Number.NaN;
      visit(future);
    }
  };
  const sideBySide = (row: number): number => {
    const { a, b } = rows[row] ?? { a: 0, b: 0 };
    const difference = (registers[b] ?? 0) - (registers[a] ?? 0);
    // Never less never is neither more nor less.
    return Number.isNaN(difference) ? 0 : difference;
  };
  const isComparison = (row: number): boolean =>
    rows[row]?.operation === 'less' || rows[row]?.operation === 'less or equal';

  // How far the sides of each comparison lie apart on average.
  const sizes = rows.map(() => ({ sum: 0, count: 0 }));
  const work = (row: number): void => {
    const one = rows[row];
    if (one === undefined) return;
    const [a, b, c] = [registers[one.a] ?? 0, registers[one.b] ?? 0, registers[one.c] ?? 0];
    registers[one.target] = apply(one.operation, a, b, c, store);
  };
  over(main, () => {
    rows.forEach((_, row) => {
      const size = sizes[row];
      if (isComparison(row) && size !== undefined) {
        const apart = Math.abs(sideBySide(row));
        if (Number.isFinite(apart)) {
          size.sum += apart;
          size.count++;
        }
      }
      work(row);
    });
  });
  const scales = sizes.map(({ sum, count }) => (sum > 0 ? sum / count : 1));

  return (ensemble) => {
    const margins = new Float64Array(ensemble.futures).fill(Number.NaN);
    over(ensemble, (future) => {
      const known = new Map<number, number>();
      const at = (register: number): number => known.get(register) ?? (registers[register] !== 0 ? 1 : -1);
      rows.forEach(({ operation, target, a, b, c }, row) => {
        const margin = marginHere();
        work(row);
        if (margin === null) known.delete(target);
        else known.set(target, margin);

        function marginHere(): number | null {
          switch (operation) {
            case 'less':
            case 'less or equal':
              return sideBySide(row) / (scales[row] ?? 1);
            case 'and':
              return Math.min(at(a), at(b));
            case 'or':
              return Math.max(at(a), at(b));
            case 'not':
              return -at(a);
            case 'copy':
              return known.get(a) ?? null;
            case 'select':
              return known.get(registers[a] !== 0 ? b : c) ?? null;
            default:
              return null;
          }
        }
      });
      margins[future] = at(result);
    });
    return margins;
  };
}
