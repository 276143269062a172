/**
 * What each instruction does to the registers. Plain and complete: every other engine is held to these bits.
 */
import { exp, log, power } from '../base/exact-math.ts';
import { type Code, OPERATIONS, type Operation } from './program.ts';

/** Runs the instructions in order over the registers. */
export function execute(code: Code, registers: Float64Array): void {
  for (let row = 0; row < code.length; row++) {
    const operation = OPERATIONS[code.operation[row] ?? 0];
    if (operation === undefined) throw new Error('an instruction without an operation');
    const a = registers[code.a[row] ?? 0] ?? 0;
    const b = registers[code.b[row] ?? 0] ?? 0;
    const c = registers[code.c[row] ?? 0] ?? 0;
    registers[code.target[row] ?? 0] = apply(operation, a, b, c);
  }
}

/** One operation; see `OPERATIONS` for the special cases. */
export function apply(operation: Operation, a: number, b: number, c: number): number {
  switch (operation) {
    case 'copy':
      return a;
    case 'add':
      return a + b;
    case 'subtract':
      return a - b;
    case 'multiply':
      return a * b;
    case 'divide':
      return a / b;
    case 'power':
      return power(a, b);
    case 'negate':
      return -a;
    case 'minimum':
      return Math.min(a, b);
    case 'maximum':
      return Math.max(a, b);
    case 'absolute':
      return Math.abs(a);
    case 'square root':
      return Math.sqrt(a);
    case 'exponential':
      return exp(a);
    case 'logarithm':
      return log(a);
    case 'modulo':
      return a - b * Math.floor(a / b);
    case 'less':
      return a < b ? 1 : 0;
    case 'less or equal':
      return a <= b ? 1 : 0;
    case 'and':
      return a !== 0 && b !== 0 ? 1 : 0;
    case 'or':
      return a !== 0 || b !== 0 ? 1 : 0;
    case 'not':
      return a === 0 ? 1 : 0;
    case 'select':
      return a !== 0 ? b : c;
  }
}
