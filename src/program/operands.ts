/** What rows of code read and write: which registers, and in which order. */
import { type Code, OPERATIONS } from './program.ts';

/** How many of its three operands an operation reads. */
export function operandsOf(operation: number): number {
  const name = OPERATIONS[operation];
  switch (name) {
    case undefined:
      throw new Error('an instruction without an operation');
    case 'select':
    case 'recall':
    case 'uniform':
      return 3;
    case 'copy':
    case 'negate':
    case 'absolute':
    case 'square root':
    case 'exponential':
    case 'logarithm':
    case 'decimal logarithm':
    case 'sine':
    case 'cosine':
    case 'tangent':
    case 'hyperbolic tangent':
    case 'floor':
    case 'ceiling':
    case 'nearest':
    case 'not':
    case 'normal quantile':
      return 1;
    default:
      return 2;
  }
}

/** The registers that a row reads, by operand. */
export function readsOfRow(code: Code, row: number): readonly number[] {
  const [a, b, c] = [code.a[row] ?? 0, code.b[row] ?? 0, code.c[row] ?? 0];
  const operands = operandsOf(code.operation[row] ?? 0);
  return operands === 1 ? [a] : operands === 2 ? [a, b] : [a, b, c];
}

/** Registers that a stretch of code reads before it writes them, and those that it writes. */
export function flowOf(
  code: Code,
  from = 0,
  to = code.length,
): { readonly reads: ReadonlySet<number>; readonly writes: ReadonlySet<number> } {
  const reads = new Set<number>();
  const writes = new Set<number>();
  for (let row = from; row < to; row++) {
    for (const register of readsOfRow(code, row)) if (!writes.has(register)) reads.add(register);
    writes.add(code.target[row] ?? 0);
  }
  return { reads, writes };
}

/** Registers that are written by one row alone, and read by none before it. */
export function writtenOnce(code: Code): ReadonlySet<number> {
  const { reads } = flowOf(code);
  const once = new Set<number>();
  const again = new Set<number>();
  for (const target of code.target) {
    if (once.has(target)) again.add(target);
    once.add(target);
  }
  return new Set([...once].filter((register) => !again.has(register) && !reads.has(register)));
}

/** These rows of a code, in this order. */
export function rowsOf(code: Code, rows: readonly number[]): Code {
  const column = (own: Int32Array): Int32Array => Int32Array.from(rows, (row) => own[row] ?? 0);
  return {
    length: rows.length,
    operation: Uint8Array.from(rows, (row) => code.operation[row] ?? 0),
    target: column(code.target),
    a: column(code.a),
    b: column(code.b),
    c: column(code.c),
  };
}

/** One code behind the other. */
export function joined(first: Code, second: Code): Code {
  const column = (one: Int32Array, other: Int32Array): Int32Array => Int32Array.from([...one, ...other]);
  return {
    length: first.length + second.length,
    operation: Uint8Array.from([...first.operation, ...second.operation]),
    target: column(first.target, second.target),
    a: column(first.a, second.a),
    b: column(first.b, second.b),
    c: column(first.c, second.c),
  };
}
