/**
 * What each instruction does to the registers. Plain and complete: every other engine is held to these bits.
 */
import { normalQuantile } from '../base/distributions/normal-quantile.ts';
import { exp, log, log10, nearest, power } from '../base/exact-math.ts';
import { atan2, cos, sin, tan, tanh } from '../base/exact-trigonometry.ts';
import { PURPOSE, SECOND_DRAWS, uniform } from '../base/philox.ts';
import { type Code, type LookupTable, OPERATIONS, type Operation } from './program.ts';

/** What instructions may read beside the registers. */
export type Store = {
  readonly tables: readonly LookupTable[];
  /** What delays have seen, one value for each instant before the present one. */
  readonly histories: readonly Float64Array[];
  /** The run order's seed and the future's number: with them a draw has its whole address. */
  readonly seed: number;
  readonly future: number;
  /** The number of the present instant, from 0. */
  instant: number;
};

/** Runs the instructions in order over the registers. */
export function execute(code: Code, registers: Float64Array, store: Store): void {
  for (let row = 0; row < code.length; row++) {
    const operation = OPERATIONS[code.operation[row] ?? 0];
    if (operation === undefined) throw new Error('an instruction without an operation');
    const a = registers[code.a[row] ?? 0] ?? 0;
    const b = registers[code.b[row] ?? 0] ?? 0;
    const c = registers[code.c[row] ?? 0] ?? 0;
    registers[code.target[row] ?? 0] = apply(operation, a, b, c, store);
  }
}

/** One operation; see `OPERATIONS` for the special cases. */
export function apply(operation: Operation, a: number, b: number, c: number, store: Store): number {
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
    case 'decimal logarithm':
      return log10(a);
    case 'sine':
      return sin(a);
    case 'cosine':
      return cos(a);
    case 'tangent':
      return tan(a);
    case 'direction':
      return atan2(a, b);
    case 'hyperbolic tangent':
      return tanh(a);
    case 'floor':
      return Math.floor(a);
    case 'ceiling':
      return Math.ceil(a);
    case 'nearest':
      return nearest(a);
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
    case 'lookup':
      return lookUp(store.tables[b], a);
    case 'recall':
      return recall(store, a, b, c);
    case 'uniform':
      return uniform(store.seed, store.future + c * SECOND_DRAWS, a, b, PURPOSE.inRun);
    case 'normal quantile':
      return normalQuantile(a);
  }
}

/** The table at x: the row's value where x is a row's, and the end rows' values beyond them. */
function lookUp(table: LookupTable | undefined, x: number): number {
  if (table === undefined) throw new Error('an instruction without its table');
  const { at, values, held } = table;
  if (Number.isNaN(x)) return x;
  // The last row that does not lie above x.
  let [low, high] = [0, at.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((at[middle] ?? 0) <= x) low = middle + 1;
    else high = middle;
  }
  const row = low - 1;
  const [left, right] = [values[Math.max(row, 0)] ?? 0, values[row + 1]];
  if (held || row < 0 || right === undefined) return left;
  const [from, to] = [at[row] ?? 0, at[row + 1] ?? 0];
  return left + (right - left) * ((x - from) / (to - from));
}

/** What a history held `steps` ago, joined by lines; `before` where that lies before its first instant. */
function recall(store: Store, steps: number, history: number, before: number): number {
  const kept = store.histories[history];
  if (kept === undefined) throw new Error('an instruction without its history');
  const place = store.instant - steps;
  if (!(place > -1)) return Number.isNaN(place) ? place : before;
  const left = Math.floor(place);
  const part = place - left;
  const from = left < 0 ? before : (kept[left] ?? 0);
  return part === 0 ? from : from + ((kept[left + 1] ?? 0) - from) * part;
}
