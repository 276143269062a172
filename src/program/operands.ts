/** What rows of code read and write: which registers, and in which order. */
import { type Code, OPERATIONS } from './program.ts';

const UNARY: ReadonlySet<string> = new Set([
  'copy',
  'negate',
  'absolute',
  'square root',
  'exponential',
  'logarithm',
  'decimal logarithm',
  'sine',
  'cosine',
  'tangent',
  'hyperbolic tangent',
  'floor',
  'ceiling',
  'nearest',
  'not',
  'normal quantile',
]);
const TERNARY: ReadonlySet<string> = new Set(['select', 'recall', 'uniform']);

/** By number of the operation. */
const OPERANDS: readonly (1 | 2 | 3)[] = OPERATIONS.map((name) =>
  TERNARY.has(name) ? 3 : UNARY.has(name) ? 1 : 2,
);

/** How many of its three operands an operation reads. */
export function operandsOf(operation: number): 1 | 2 | 3 {
  const operands = OPERANDS[operation];
  if (operands === undefined) throw new Error('an instruction without an operation');
  return operands;
}

/** The registers that a row reads, by operand. */
export function readsOfRow({ operation, a, b, c }: Code, row: number): readonly number[] {
  const operands = operandsOf(operation[row]!);
  return operands === 1 ? [a[row]!] : operands === 2 ? [a[row]!, b[row]!] : [a[row]!, b[row]!, c[row]!];
}

/** Some registers of a file. A set of thousands of numbers takes longer to fill than what is done with it. */
export type Registers = {
  readonly has: (register: number) => boolean;
  readonly add: (register: number) => void;
  readonly delete: (register: number) => void;
};

export function registersOf(size: number, ...lists: readonly Iterable<number>[]): Registers {
  const marks = new Uint8Array(size);
  for (const list of lists) for (const register of list) marks[register] = 1;
  return {
    has: (register) => marks[register] === 1,
    add: (register) => {
      marks[register] = 1;
    },
    delete: (register) => {
      marks[register] = 0;
    },
  };
}

/** Whether a row reads one of these registers. */
export function readsAny(
  { operation, a, b, c }: Code,
  row: number,
  registers: Pick<Registers, 'has'>,
): boolean {
  const operands = operandsOf(operation[row]!);
  return (
    registers.has(a[row]!) ||
    (operands > 1 && registers.has(b[row]!)) ||
    (operands > 2 && registers.has(c[row]!))
  );
}

// What follows is done for every row of every program before anything runs, hence by plain loops: iterators and lists that
// live for one row take code that has not been optimised yet several times as long.

/** Registers that a stretch of code reads before it writes them, and those that it writes. */
export function flowOf(
  code: Code,
  from = 0,
  to = code.length,
): { readonly reads: ReadonlySet<number>; readonly writes: ReadonlySet<number> } {
  const { operation, target, a, b, c } = code;
  const reads = new Set<number>();
  const writes = new Set<number>();
  for (let row = from; row < to; row++) {
    const operands = operandsOf(operation[row]!);
    if (!writes.has(a[row]!)) reads.add(a[row]!);
    if (operands > 1 && !writes.has(b[row]!)) reads.add(b[row]!);
    if (operands > 2 && !writes.has(c[row]!)) reads.add(c[row]!);
    writes.add(target[row]!);
  }
  return { reads, writes };
}

/** Registers that are written by one row alone, and read by none before it. */
export function writtenOnce({ length, operation, target, a, b, c }: Code): ReadonlySet<number> {
  const seen = new Set<number>();
  const once = new Set<number>();
  for (let row = 0; row < length; row++) {
    const operands = operandsOf(operation[row]!);
    seen.add(a[row]!);
    if (operands > 1) seen.add(b[row]!);
    if (operands > 2) seen.add(c[row]!);
    const own = target[row]!;
    // What a row reads or writes is seen from then on, so that only a first meeting counts.
    if (seen.has(own)) once.delete(own);
    else once.add(own);
    seen.add(own);
  }
  return once;
}

/** These rows of a code, in this order. */
export function rowsOf(code: Code, rows: readonly number[]): Code {
  const { length } = rows;
  const own: Code = {
    length,
    operation: new Uint8Array(length),
    target: new Int32Array(length),
    a: new Int32Array(length),
    b: new Int32Array(length),
    c: new Int32Array(length),
  };
  for (let at = 0; at < length; at++) {
    const row = rows[at]!;
    own.operation[at] = code.operation[row]!;
    own.target[at] = code.target[row]!;
    own.a[at] = code.a[row]!;
    own.b[at] = code.b[row]!;
    own.c[at] = code.c[row]!;
  }
  return own;
}

/** One code behind the other. */
export function joined(first: Code, second: Code): Code {
  const length = first.length + second.length;
  const column = (one: Int32Array, other: Int32Array): Int32Array => {
    const both = new Int32Array(length);
    both.set(one);
    both.set(other, first.length);
    return both;
  };
  const operation = new Uint8Array(length);
  operation.set(first.operation);
  operation.set(second.operation, first.length);
  return {
    length,
    operation,
    target: column(first.target, second.target),
    a: column(first.a, second.a),
    b: column(first.b, second.b),
    c: column(first.c, second.c),
  };
}
