/**
 * Collects instructions and hands out registers. One register per value: nothing is reused, so any stage can read any
 * intermediate value, and an emitter of machine code sees plain single assignment.
 */
import { apply, type Store } from './execute.ts';
import { operandsOf } from './operands.ts';
import { type Code, OPERATIONS, type Operation } from './program.ts';

export type Emitter = {
  /** A new register; `value` is what a future finds in it. */
  readonly register: (value?: number) => number;
  /** The register of a constant; equal constants share one. */
  readonly constant: (value: number) => number;
  /** Appends an instruction with a register of its own and gives that register; of constants it gives a constant. */
  readonly emit: (operation: Operation, a: number, b?: number, c?: number) => number;
  /** Appends an instruction that writes a register given earlier. */
  readonly emitTo: (target: number, operation: Operation, a: number, b?: number, c?: number) => void;
  /** The instructions since the last `take`, as code. */
  readonly take: () => Code;
  readonly initial: () => Float64Array;
};

/** Operations that read more than registers. */
const FROM_OUTSIDE: ReadonlySet<Operation> = new Set(['lookup', 'recall', 'uniform']);
const NUMBERS: ReadonlyMap<Operation, number> = new Map(OPERATIONS.map((name, number) => [name, number]));
const numberOf = (operation: Operation): number => NUMBERS.get(operation)!;
const NOTHING: Store = { tables: [], histories: [], seed: 0, future: 0, instant: 0 };

export function createEmitter(): Emitter {
  const values: number[] = [];
  // Keyed by text so that 0 and -0 stay apart.
  const constants = new Map<string, number>();
  const known = new Map<number, number>();
  let rows = noRows();
  const register = (value = 0): number => values.push(value) - 1;
  const emitTo = (target: number, operation: Operation, a: number, b = a, c = a): void => {
    rows.operation.push(numberOf(operation));
    rows.target.push(target);
    rows.a.push(a);
    rows.b.push(b);
    rows.c.push(c);
  };
  const constant = (value: number): number => {
    const key = Object.is(value, -0) ? '-0' : String(value);
    const before = constants.get(key);
    if (before !== undefined) return before;
    const made = register(value);
    constants.set(key, made);
    known.set(made, value);
    return made;
  };
  /** What the operation comes to, where that is certain beforehand. */
  const folded = (operation: Operation, a: number, b: number, c: number): number | null => {
    if (FROM_OUTSIDE.has(operation)) return null;
    const first = known.get(a);
    const operands = operandsOf(numberOf(operation));
    const second = operands > 1 ? known.get(b) : first;
    const third = operands > 2 ? known.get(c) : first;
    if (operation === 'and' && (first === 0 || second === 0)) return 0;
    if (first === undefined || second === undefined || third === undefined) return null;
    return apply(operation, first, second, third, NOTHING);
  };
  return {
    register,
    constant,
    emit: (operation, a, b = a, c = a) => {
      const value = folded(operation, a, b, c);
      if (value !== null) return constant(value);
      const target = register();
      emitTo(target, operation, a, b, c);
      return target;
    },
    emitTo,
    take: () => {
      const code: Code = {
        length: rows.target.length,
        operation: new Uint8Array(rows.operation),
        target: new Int32Array(rows.target),
        a: new Int32Array(rows.a),
        b: new Int32Array(rows.b),
        c: new Int32Array(rows.c),
      };
      rows = noRows();
      return code;
    },
    initial: () => Float64Array.from(values),
  };
}

type Rows = Readonly<Record<'operation' | 'target' | 'a' | 'b' | 'c', number[]>>;
const noRows = (): Rows => ({ operation: [], target: [], a: [], b: [], c: [] });
