/**
 * Collects instructions and hands out registers. One register per value: nothing is reused, so any stage can read any
 * intermediate value, and an emitter of machine code sees plain single assignment.
 */
import { type Code, OPERATIONS, type Operation } from './program.ts';

export type Emitter = {
  /** A new register; `value` is what a future finds in it. */
  readonly register: (value?: number) => number;
  /** The register of a constant; equal constants share one. */
  readonly constant: (value: number) => number;
  /** Appends an instruction with a register of its own and gives that register. */
  readonly emit: (operation: Operation, a: number, b?: number, c?: number) => number;
  /** Appends an instruction that writes a register given earlier. */
  readonly emitTo: (target: number, operation: Operation, a: number, b?: number, c?: number) => void;
  /** The instructions since the last `take`, as code. */
  readonly take: () => Code;
  readonly initial: () => Float64Array;
};

export function createEmitter(): Emitter {
  const values: number[] = [];
  // Keyed by text so that 0 and -0 stay apart.
  const constants = new Map<string, number>();
  let rows: { operation: number; target: number; a: number; b: number; c: number }[] = [];
  const register = (value = 0): number => values.push(value) - 1;
  const emitTo = (target: number, operation: Operation, a: number, b = a, c = a): void => {
    rows.push({ operation: OPERATIONS.indexOf(operation), target, a, b, c });
  };
  return {
    register,
    constant: (value) => {
      const key = Object.is(value, -0) ? '-0' : String(value);
      const known = constants.get(key);
      if (known !== undefined) return known;
      const made = register(value);
      constants.set(key, made);
      return made;
    },
    emit: (operation, a, b, c) => {
      const target = register();
      emitTo(target, operation, a, b, c);
      return target;
    },
    emitTo,
    take: () => {
      const code: Code = {
        length: rows.length,
        operation: Uint8Array.from(rows, (row) => row.operation),
        target: Int32Array.from(rows, (row) => row.target),
        a: Int32Array.from(rows, (row) => row.a),
        b: Int32Array.from(rows, (row) => row.b),
        c: Int32Array.from(rows, (row) => row.c),
      };
      rows = [];
      return code;
    },
    initial: () => Float64Array.from(values),
  };
}
