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

/** The register that a row reads as its first, second or third operand. */
export const operandOf = ({ a, b, c }: Code, row: number, operand: number): number =>
  (operand === 0 ? a : operand === 1 ? b : c)[row]!;

/** The registers that a row reads, by operand. */
export function readsOfRow({ operation, a, b, c }: Code, row: number): readonly number[] {
  const operands = operandsOf(operation[row]!);
  return operands === 1 ? [a[row]!] : operands === 2 ? [a[row]!, b[row]!] : [a[row]!, b[row]!, c[row]!];
}

/** Some registers of a file. A set of thousands of numbers takes longer to fill than what is done with it. */
export type Registers = {
  /** By register 1 where it is one of them; for what is asked of every row of every program. */
  readonly marks: Uint8Array;
  readonly has: (register: number) => boolean;
  readonly add: (register: number) => void;
  readonly delete: (register: number) => void;
};

export function registersOf(size: number, ...lists: readonly ArrayLike<number>[]): Registers {
  const marks = new Uint8Array(size);
  for (let number = 0; number < lists.length; number++) {
    const list = lists[number]!;
    for (let at = 0; at < list.length; at++) marks[list[at]!] = 1;
  }
  return {
    marks,
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
export function readsAny({ operation, a, b, c }: Code, row: number, { marks }: Registers): boolean {
  const operands = OPERANDS[operation[row]!]!;
  return (
    marks[a[row]!] === 1 || (operands > 1 && marks[b[row]!] === 1) || (operands > 2 && marks[c[row]!] === 1)
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

/** Calls `each` for every register that a stretch of code reads before it writes it, in the order of the reading. */
export function forReads(
  { operation, target, a, b, c }: Code,
  from: number,
  to: number,
  size: number,
  each: (register: number) => void,
): void {
  const seen = new Uint8Array(size);
  const read = (register: number): void => {
    seen[register] = 1;
    each(register);
  };
  for (let row = from; row < to; row++) {
    const operands = OPERANDS[operation[row]!]!;
    if (seen[a[row]!] === 0) read(a[row]!);
    if (operands > 1 && seen[b[row]!] === 0) read(b[row]!);
    if (operands > 2 && seen[c[row]!] === 0) read(c[row]!);
    seen[target[row]!] = 1;
  }
}

/**
 * Registers that are written by one row alone, and read by none before it.
 * @param size registers of the file
 */
export function writtenOnce(
  { length, operation, target, a, b, c }: Code,
  size: number,
): Pick<Registers, 'has' | 'marks'> {
  // What a row reads or writes is seen from then on, so that only a first meeting counts.
  const unseen = 0;
  const once = 1;
  const seen = 2;
  const marks = new Uint8Array(size);
  for (let row = 0; row < length; row++) {
    const operands = OPERANDS[operation[row]!]!;
    if (marks[a[row]!] === unseen) marks[a[row]!] = seen;
    if (operands > 1 && marks[b[row]!] === unseen) marks[b[row]!] = seen;
    if (operands > 2 && marks[c[row]!] === unseen) marks[c[row]!] = seen;
    const own = target[row]!;
    marks[own] = marks[own] === unseen ? once : seen;
  }
  return { marks, has: (register) => marks[register] === once };
}

/** For each row the row before and behind it that writes the same register; −1, or the number of rows, where none does. */
export function writesAround(
  { length, target }: Code,
  size: number,
): { readonly before: Int32Array; readonly behind: Int32Array } {
  const before = new Int32Array(length);
  const behind = new Int32Array(length).fill(length);
  const last = new Int32Array(size).fill(-1);
  for (let row = 0; row < length; row++) {
    const own = target[row]!;
    const earlier = last[own]!;
    before[row] = earlier;
    if (earlier >= 0) behind[earlier] = row;
    last[own] = row;
  }
  return { before, behind };
}

/** Room for so many rows. */
export const emptyCode = (length: number): Code => ({
  length,
  operation: new Uint8Array(length),
  target: new Int32Array(length),
  a: new Int32Array(length),
  b: new Int32Array(length),
  c: new Int32Array(length),
});

/** These rows of a code, in this order. */
export function rowsOf(code: Code, rows: ArrayLike<number>): Code {
  const { length } = rows;
  const own = emptyCode(length);
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
