/**
 * Collects instructions and hands out registers. One register per value: nothing is reused, so any stage can read any
 * intermediate value, and an emitter of machine code sees plain single assignment.
 */
import { apply, type Store } from './execute.ts';
import { emptyCode, operandsOf } from './operands.ts';
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

/** That of the many measures and claims which read what is there already. */
const NO_CODE = emptyCode(0);

/** Numbers of a row. */
const FIELDS = 5;

export function createEmitter(): Emitter {
  const values: number[] = [];
  const isConstant: boolean[] = [];
  const constants = new Map<number, number>();
  // A map takes 0 and −0 for one.
  let negativeZero: number | null = null;
  // Operation, target and operands of one row behind the other.
  let rows: number[] = [];
  const register = (value = 0): number => {
    isConstant.push(false);
    return values.push(value) - 1;
  };
  const emitTo = (target: number, operation: Operation, a: number, b = a, c = a): void => {
    rows.push(numberOf(operation), target, a, b, c);
  };
  const constant = (value: number): number => {
    const isNegativeZero = value === 0 && Object.is(value, -0);
    const before = isNegativeZero ? negativeZero : constants.get(value);
    if (before != null) return before;
    const made = register(value);
    isConstant[made] = true;
    if (isNegativeZero) negativeZero = made;
    else constants.set(value, made);
    return made;
  };
  const known = (number: number): number | undefined => (isConstant[number] ? values[number] : undefined);
  /** What the operation comes to, where that is certain beforehand. */
  const folded = (operation: Operation, a: number, b: number, c: number): number | null => {
    const first = known(a);
    if (first === undefined && operation !== 'and') return null;
    const operands = operandsOf(numberOf(operation));
    const second = operands > 1 ? known(b) : first;
    const third = operands > 2 ? known(c) : first;
    if (operation === 'and' && (first === 0 || second === 0)) return 0;
    if (first === undefined || second === undefined || third === undefined) return null;
    if (FROM_OUTSIDE.has(operation)) return null;
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
      if (rows.length === 0) return NO_CODE;
      const code = emptyCode(rows.length / FIELDS);
      for (let row = 0, at = 0; row < code.length; row++, at += FIELDS) {
        code.operation[row] = rows[at]!;
        code.target[row] = rows[at + 1]!;
        code.a[row] = rows[at + 2]!;
        code.b[row] = rows[at + 3]!;
        code.c[row] = rows[at + 4]!;
      }
      rows = [];
      return code;
    },
    initial: () => Float64Array.from(values),
  };
}
