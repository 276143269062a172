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

type Apply = (a: number, b: number, c: number, store: Store) => number;

/** What each operation comes to; see `OPERATIONS` for the special cases. */
const APPLY: Readonly<Record<Operation, Apply>> = {
  copy: (a) => a,
  add: (a, b) => a + b,
  subtract: (a, b) => a - b,
  multiply: (a, b) => a * b,
  divide: (a, b) => a / b,
  power,
  negate: (a) => -a,
  minimum: (a, b) => Math.min(a, b),
  maximum: (a, b) => Math.max(a, b),
  absolute: (a) => Math.abs(a),
  'square root': (a) => Math.sqrt(a),
  exponential: exp,
  logarithm: log,
  'decimal logarithm': log10,
  sine: sin,
  cosine: cos,
  tangent: tan,
  direction: atan2,
  'hyperbolic tangent': tanh,
  floor: (a) => Math.floor(a),
  ceiling: (a) => Math.ceil(a),
  nearest,
  modulo: (a, b) => a - b * Math.floor(a / b),
  less: (a, b) => (a < b ? 1 : 0),
  'less or equal': (a, b) => (a <= b ? 1 : 0),
  and: (a, b) => (a !== 0 && b !== 0 ? 1 : 0),
  or: (a, b) => (a !== 0 || b !== 0 ? 1 : 0),
  not: (a) => (a === 0 ? 1 : 0),
  select: (a, b, c) => (a !== 0 ? b : c),
  lookup: (a, b, _, store) => lookUp(store.tables[b], a),
  recall: (a, b, c, store) => recall(store, a, b, c),
  uniform: (a, b, c, store) => uniform(store.seed, store.future + c * SECOND_DRAWS, a, b, PURPOSE.inRun),
  'normal quantile': normalQuantile,
};

/** By number of the operation: one step to each, however many there are. */
const BY_NUMBER: readonly Apply[] = OPERATIONS.map((name) => APPLY[name]);

/** Runs the instructions in order over the registers. */
export function execute(code: Code, registers: Float64Array, store: Store): void {
  const { length, operation, target, a, b, c } = code;
  for (let row = 0; row < length; row++) {
    const apply = BY_NUMBER[operation[row]!];
    if (apply === undefined) throw new Error('an instruction without an operation');
    registers[target[row]!] = apply(registers[a[row]!]!, registers[b[row]!]!, registers[c[row]!]!, store);
  }
}

/** One operation. */
export const apply = (operation: Operation, a: number, b: number, c: number, store: Store): number =>
  APPLY[operation](a, b, c, store);

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
