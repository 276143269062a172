/**
 * A Program's instructions as WebAssembly, one by one, on one future or a pair. What a register holds is kept in a
 * local as long as the function runs; where it comes from at first, and where it must go, is the caller's matter.
 */

import { LARGEST_PRODUCT_EXPONENT } from '../base/exact-math.ts';
import { operandsOf, type Registers } from '../program/operands.ts';
import { type Code, OPERATIONS, type Operation, type Program } from '../program/program.ts';
import { emitLookup } from './emit-lookup.ts';
import type { Lanes, Mask, Value } from './lanes.ts';
import { exp, log, log10, power, powerOfConstant } from './maths.ts';
import type { Local } from './module-builder.ts';
import { normalQuantile } from './normal-quantile.ts';
import type { Block } from './rare-rows.ts';
import { callShared } from './shared-function.ts';
import { cosine, direction, hyperbolicTangent, sine, tangent } from './trigonometry.ts';

/** What instructions need from around them. */
export type Surroundings = {
  readonly program: Program;
  /** Whether functions of mathematics are called, not written out at each place. */
  readonly calls: boolean;
  /** What a register holds that this code has not written. */
  readonly read: (register: number) => Value;
  /** The number that a register always holds here; null where it may change. */
  readonly constant: (register: number) => number | null;
  /** Called after each row with what it wrote, which may have to outlive the function; `read` gives its value. */
  readonly keep: (register: number, row: number, read: (register: number) => Value) => void;
  /** What a history held `steps` ago, `before` where that lies before its start. */
  readonly recall: (history: number, steps: Value, before: Value) => Value;
  /** A draw's uniform number; `shifts` where it may be made anew, 0 or 1 in each lane. */
  readonly uniform: (occurrence: Value, site: number, shifts: Value | null) => Value;
};

/** A number, or a yes or no that becomes a number when somebody asks for it as one. */
type Held = {
  value: Value | null;
  readonly mask: Mask | null;
  /** Whether a number is not 0, once somebody has asked. */
  nonzero?: Mask;
  /** Whether another register holds the same. */
  shared?: true;
};

const TRUTHS: ReadonlySet<Operation> = new Set(['less', 'less or equal', 'and', 'or', 'not']);

/**
 * Emits the rows `from` … `to`−1, with the blocks that lie among them; gives what a register holds afterwards.
 * @param wanted the registers that are read afterwards, where that is known: locals of all others are used again
 */
export function emitCode(
  lanes: Lanes,
  code: Code,
  from: number,
  to: number,
  around: Surroundings,
  blocks: readonly Block[] = [],
  wanted: Pick<Registers, 'has'> | null = null,
): { readonly read: (register: number) => Value } {
  const { body } = lanes;
  // Within a block what was known before it is known as well; what is learned there is forgotten behind it.
  let held = new Map<number, Held>();
  let constants = new Map<number, Value>();
  let outside: { readonly held: typeof held; readonly constants: typeof constants } | null = null;
  // Locals of a row that are known behind it; its others are free for the next.
  const lasting: Local[] = [];
  let count = 0;
  const kept = (local: Local): Local => {
    lasting[count++] = local;
    return local;
  };
  const isLasting = (local: Local): boolean => {
    for (let at = 0; at < count; at++) if (lasting[at] === local) return true;
    return false;
  };
  const lastReads = wanted === null || !lanes.wide ? null : lastReadsOf(code, from, to, around, blocks);
  // By local for how many registers and constants it stands; 2 for more.
  const owners: number[] = [];
  const hold = (local: Local): Local => {
    if (outside === null && lastReads !== null) owners[local] = (owners[local] ?? 0) === 0 ? 1 : 2;
    return kept(local);
  };
  /** Frees the locals of a register that no row behind this one reads. */
  const drop = (register: number): void => {
    const own = held.get(register);
    if (own === undefined || own.shared === true || wanted?.has(register) === true) return;
    held.delete(register);
    freeOwn(own.value);
    freeOwn(own.mask);
    if (own.nonzero !== undefined) freeOwn(own.nonzero);
  };
  const freeOwn = (local: Local | null): void => {
    if (local === null || owners[local] !== 1) return;
    owners[local] = 0;
    body.free(local);
  };
  const dropAsRead = (row: number, at: number): void => {
    if (lastReads === null) return;
    const operands = operandsOf(code.operation[row]!);
    if (lastReads[code.a[row]!] === at) drop(code.a[row]!);
    if (operands > 1 && lastReads[code.b[row]!] === at) drop(code.b[row]!);
    if (operands > 2 && lastReads[code.c[row]!] === at) drop(code.c[row]!);
  };
  const find = (register: number): Held | undefined => {
    const own = held.get(register);
    const above = own === undefined ? outside?.held.get(register) : undefined;
    if (above === undefined) return own;
    const copy = { ...above };
    held.set(register, copy);
    return copy;
  };
  const read = (register: number): Value => {
    const own = find(register);
    if (own !== undefined) {
      if (own.value === null && own.mask !== null) own.value = hold(lanes.number(own.mask));
      if (own.value === null) throw new Error('a register that holds nothing');
      return own.value;
    }
    const fixed = around.constant(register);
    if (fixed !== null) {
      const known =
        constants.get(register) ?? outside?.constants.get(register) ?? hold(lanes.constant(fixed));
      constants.set(register, known);
      return known;
    }
    const value = hold(around.read(register));
    held.set(register, { value, mask: null });
    return value;
  };
  const truth = (register: number): Mask => {
    const known = find(register);
    if (known?.mask != null) return known.mask;
    if (known?.nonzero !== undefined) return known.nonzero;
    const mask = hold(lanes.unequal(read(register), lanes.constant(0)));
    const own = find(register);
    if (own !== undefined) own.nonzero = mask;
    return mask;
  };
  const dear = (
    name: string,
    values: readonly Value[],
    build: (inner: Lanes, ...values: readonly [Value, Value]) => Value,
  ): Value => {
    const make = (inner: Lanes, ...own: readonly Value[]): Value => {
      const [x, y = x] = own;
      if (x === undefined || y === undefined) throw new Error('a function without its argument');
      return build(inner, x, y);
    };
    return around.calls ? callShared(lanes, `written once: ${name}`, values, make) : make(lanes, ...values);
  };
  /** A yes or no as it is used: what always holds, what never does, or a mask that is there already. */
  const truthIfKnown = (register: number): Mask | boolean | null => {
    const own = find(register);
    if (own !== undefined) return own.mask;
    const fixed = around.constant(register);
    return fixed === 1 ? true : Object.is(fixed, 0) ? false : null;
  };
  /** Where one side is 0 or both are yes or no, one or two operations do; the bits are those of a choice of numbers. */
  const emitSelect = (target: number, a: number, b: number, c: number): void => {
    const then = truthIfKnown(b);
    const otherwise = truthIfKnown(c);
    const mask = truth(a);
    if (
      then !== null &&
      otherwise !== null &&
      (typeof then !== 'boolean' || typeof otherwise !== 'boolean')
    ) {
      if (typeof then !== 'boolean' && typeof otherwise !== 'boolean')
        putMask(target, lanes.choose(mask, then, otherwise));
      else if (typeof then !== 'boolean')
        putMask(target, otherwise === true ? lanes.or(lanes.not(mask), then) : lanes.and(mask, then));
      else if (typeof otherwise !== 'boolean')
        putMask(target, then ? lanes.or(mask, otherwise) : lanes.butNot(otherwise, mask));
    } else if (then === true && otherwise === false) putMask(target, mask);
    else if (otherwise === false) put(target, lanes.whereTrue(mask, read(b)));
    else if (then === false) put(target, lanes.whereFalse(mask, read(c)));
    else put(target, lanes.select(mask, read(b), read(c)));
  };
  // What this code has written is no constant any more, whatever it held before.
  const constant = (register: number): number | null =>
    find(register) === undefined ? around.constant(register) : null;
  const put = (target: number, value: Value): void => {
    held.set(target, { value: hold(value), mask: null });
  };
  const putMask = (target: number, mask: Mask): void => {
    held.set(target, { value: null, mask: hold(mask) });
  };
  const emitRow = (row: number): void => {
    const a = code.a[row]!;
    const b = code.b[row]!;
    const c = code.c[row]!;
    const target = code.target[row]!;
    const operation = OPERATIONS[code.operation[row] ?? 0];
    if (operation === undefined) throw new Error('an instruction without an operation');
    switch (operation) {
      case 'copy': {
        const from = find(a);
        if (from === undefined) put(target, read(a));
        else {
          from.shared = true;
          held.set(target, from);
        }
        break;
      }
      case 'less':
        putMask(target, lanes.less(read(a), read(b)));
        break;
      case 'less or equal':
        putMask(target, lanes.lessOrEqual(read(a), read(b)));
        break;
      case 'and':
        putMask(target, lanes.and(truth(a), truth(b)));
        break;
      case 'or':
        putMask(target, lanes.or(truth(a), truth(b)));
        break;
      case 'not': {
        const mask = find(a)?.mask ?? null;
        putMask(target, mask === null ? lanes.equal(read(a), lanes.constant(0)) : lanes.not(mask));
        break;
      }
      case 'select': {
        const fixed = constant(a);
        if (fixed !== null) put(target, read(fixed !== 0 ? b : c));
        else emitSelect(target, a, b, c);
        break;
      }
      case 'lookup': {
        const table = around.program.tables[constant(b) ?? -1];
        if (table === undefined) throw new Error('an instruction without its table');
        put(target, emitLookup(lanes, table, read(a)));
        break;
      }
      case 'recall': {
        const history = constant(b);
        if (history === null) throw new Error('an instruction without its history');
        put(target, around.recall(history, read(a), read(c)));
        break;
      }
      case 'uniform': {
        const site = constant(b);
        if (site === null) throw new Error('a draw without its site');
        // Code that never draws anew need not ask.
        put(target, around.uniform(read(a), site, constant(c) === 0 ? null : read(c)));
        break;
      }
      case 'power': {
        const exponent = constant(b);
        if (exponent !== null) {
          const raise = (inner: Lanes, x: Value): Value => powerOfConstant(inner, x, exponent);
          // Products of a few are no code to speak of.
          const isShort = Number.isInteger(exponent) && Math.abs(exponent) <= LARGEST_PRODUCT_EXPONENT;
          put(target, isShort ? raise(lanes, read(a)) : dear(`power ${exponent}`, [read(a)], raise));
        } else put(target, dear(operation, [read(a), read(b)], power));
        break;
      }
      case 'logarithm':
      case 'decimal logarithm':
      case 'exponential':
      case 'sine':
      case 'cosine':
      case 'tangent':
      case 'hyperbolic tangent':
      case 'normal quantile':
        put(target, dear(operation, [read(a)], MATHS[operation]));
        break;
      case 'maximum':
        if (Object.is(constant(a), 0)) put(target, lanes.notBelowZero(read(b)));
        else if (Object.is(constant(b), 0)) put(target, lanes.notBelowZero(read(a)));
        else put(target, lanes.maximum(read(a), read(b)));
        break;
      case 'direction':
        put(target, dear(operation, [read(a), read(b)], direction));
        break;
      default:
        put(target, emitPlain(lanes, operation, read, a, b));
    }
    around.keep(target, row, read);
  };
  const emitRows = (first: number, last: number): void => {
    for (let row = first; row < last; row++) {
      const before = body.inUse();
      count = 0;
      emitRow(row);
      // Most rows leave one local, which is their result.
      if (body.inUse() > before + 1) body.release(before, isLasting);
      if (outside !== null || lastReads === null) continue;
      dropAsRead(row, row);
      if (lastReads[code.target[row]!]! < row) drop(code.target[row]!);
    }
  };
  /** Where a block is passed over its results are 0: whoever reads one then chooses something else. */
  const emitBlock = ({ from: first, to: last, guard, holds, results }: Block): void => {
    const mask = truth(guard);
    const truths = new Set<number>();
    for (let row = first; row < last; row++) {
      if (TRUTHS.has(OPERATIONS[code.operation[row] ?? 0] ?? 'copy')) truths.add(code.target[row] ?? 0);
    }
    const nothing = lanes.constant(0);
    const locals = results.map((register) => {
      const isTruth = truths.has(register);
      const local = body.local(isTruth ? lanes.maskType : lanes.type);
      if (isTruth && !lanes.wide) body.i32(0);
      else body.get(nothing);
      body.set(local);
      return { register, isTruth, local };
    });
    if (lanes.wide) body.free(nothing);
    const before = { held, constants };
    [outside, held, constants] = [before, new Map(), new Map()];
    const inside = (): void => {
      const used = body.inUse();
      emitRows(first, last);
      for (const { register, isTruth, local } of locals) {
        body.get(isTruth ? truth(register) : read(register));
        body.set(local);
      }
      body.release(used, () => false);
    };
    if (holds) lanes.whenAny(mask, inside);
    else lanes.unlessAll(mask, inside);
    outside = null;
    ({ held, constants } = before);
    for (const { register, isTruth, local } of locals) {
      if (isTruth) putMask(register, local);
      else put(register, local);
    }
    for (let row = first; row < last; row++) dropAsRead(row, last - 1);
    if (lastReads?.[guard] === last - 1) drop(guard);
  };
  let row = from;
  for (const block of blocks) {
    if (block.to <= from || block.from >= to) continue;
    emitRows(row, block.from);
    emitBlock(block);
    row = block.to;
  }
  emitRows(row, to);
  return { read };
}

/** By register the last of these rows that reads it, −1 where none does; a block reads at its end. */
function lastReadsOf(
  code: Code,
  from: number,
  to: number,
  { program }: Surroundings,
  blocks: readonly Block[],
): Int32Array {
  const last = new Int32Array(program.initial.length).fill(-1);
  const look = (first: number, end: number, at: number | null): void => {
    for (let row = first; row < end; row++) {
      const operands = operandsOf(code.operation[row]!);
      last[code.a[row]!] = at ?? row;
      if (operands > 1) last[code.b[row]!] = at ?? row;
      if (operands > 2) last[code.c[row]!] = at ?? row;
    }
  };
  let row = from;
  for (const { from: first, to: end, guard } of blocks) {
    if (end <= from || first >= to) continue;
    look(row, first, null);
    look(first, end, end - 1);
    last[guard] = end - 1;
    row = end;
  }
  look(row, to, null);
  return last;
}

/** Functions of one number, by the operations that they are. */
const MATHS = {
  exponential: exp,
  logarithm: log,
  'decimal logarithm': log10,
  sine,
  cosine,
  tangent,
  'hyperbolic tangent': hyperbolicTangent,
  'normal quantile': normalQuantile,
} as const;

type Plain = Exclude<
  Operation,
  | keyof typeof MATHS
  | 'copy'
  | 'less'
  | 'less or equal'
  | 'and'
  | 'or'
  | 'not'
  | 'select'
  | 'lookup'
  | 'recall'
  | 'power'
  | 'uniform'
  | 'direction'
  | 'maximum'
>;

/** Operations that are functions of numbers alone. */
function emitPlain(
  lanes: Lanes,
  operation: Plain,
  read: (register: number) => Value,
  a: number,
  b: number,
): Value {
  switch (operation) {
    case 'add':
      return lanes.add(read(a), read(b));
    case 'subtract':
      return lanes.subtract(read(a), read(b));
    case 'multiply':
      return lanes.multiply(read(a), read(b));
    case 'divide':
      return lanes.divide(read(a), read(b));
    case 'negate':
      return lanes.negate(read(a));
    case 'minimum':
      return lanes.minimum(read(a), read(b));
    case 'absolute':
      return lanes.absolute(read(a));
    case 'square root':
      return lanes.squareRoot(read(a));
    case 'floor':
      return lanes.floor(read(a));
    case 'ceiling':
      return lanes.ceiling(read(a));
    case 'nearest':
      return lanes.nearest(read(a));
    case 'modulo': {
      const [dividend, divisor] = [read(a), read(b)];
      const whole = lanes.floor(lanes.divide(dividend, divisor));
      return lanes.subtract(dividend, lanes.multiply(divisor, whole));
    }
  }
}
