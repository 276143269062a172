/**
 * Rows of the step that matter only where something holds: what an event would move if it happened, the chances of a decision
 * that meets now and then, the arm of an `if`. They are gathered into blocks, each behind one register: a block is passed over
 * where that register is false in all futures of a group (or true in all), and what would have been worked out there is
 * then read by nobody, since whoever reads it chooses something else.
 */
import { keptByStep } from '../program/hoist-fixed.ts';
import {
  forReads,
  operandsOf,
  type Registers,
  registersOf,
  rowsOf,
  writtenOnce,
} from '../program/operands.ts';
import { type Code, OPERATIONS, type Program } from '../program/program.ts';
import { howOften } from './how-often.ts';
import { weightOfRow } from './weights.ts';

export type Block = {
  /** Rows `from` … `to`−1. */
  readonly from: number;
  readonly to: number;
  /** They matter where this register is true, or where it is not. */
  readonly guard: number;
  readonly holds: boolean;
  /** Registers that are read behind the block. */
  readonly results: readonly number[];
};

/** What must be saved at an instant, on the average, for a branch to be worth it; weight of a block at most. */
const LEAST = 8;
const MOST = 1500;
/** Rows of a step up to which blocks are looked for: each of them moves many others. */
const MOST_ROWS = 20_000;
/** Rows behind which one row must stand: those that write what it reads, and that touch what is not steady. */
const MOST_BEHIND = 7;
/** Guards that are remembered of one row. */
const MOST_GUARDS = 16;

/** What is given up where a row is not worked out: its weight, and what divisions take beyond theirs. */
const SLOWNESS: readonly number[] = OPERATIONS.map((name) =>
  ['divide', 'modulo', 'square root'].includes(name) ? 4 : 0,
);
const costOf = (code: Code, row: number): number => weightOfRow(code, row) + SLOWNESS[code.operation[row]!]!;

/** A guard as one number: the register, and whether it must hold. */
const keyOf = (register: number, holds: boolean): number => 2 * register + (holds ? 1 : 0);

const [SELECT, AND, OR] = (['select', 'and', 'or'] as const).map((name) => OPERATIONS.indexOf(name));

/** The guard under which a row looks at an operand at all; −1 where it always does. */
function guardOfUse(code: Code, row: number, operand: number): number {
  const operation = code.operation[row];
  if (operation === SELECT) return operand === 0 ? -1 : keyOf(code.a[row]!, operand === 1);
  if (operation === AND || operation === OR)
    return keyOf((operand === 0 ? code.b : code.a)[row]!, operation === AND);
  return -1;
}

/** What is known of the rows, by number. */
type Rows = {
  readonly code: Code;
  /** Whether more than rows of the step read what a row writes. */
  readonly isWanted: Uint8Array;
  /** The first of those that read what a row writes, −1 where none does; behind it, by number of the use, the next. */
  readonly firstUse: Int32Array;
  readonly nextUse: Int32Array;
  /** By number of the use: the row that reads, and the guard under which it does. */
  readonly usedBy: Int32Array;
  readonly usedUnder: Int32Array;
  /** Rows that must stand before a row: from its number in `firstBehind` to that of the next row. */
  readonly behind: Int32Array;
  readonly firstBehind: Int32Array;
  /** The row that alone writes a register; −1 where none does. */
  readonly writer: Int32Array;
  /** Registers whose value hangs on where in the step it is read. */
  readonly unsteady: Registers;
};

export function gatherRare(program: Program): {
  readonly program: Program;
  readonly blocks: readonly Block[];
} {
  if (program.stepCode.length > MOST_ROWS) return { program, blocks: [] };
  const rows = rowsOfStep(program);
  const { code } = rows;
  const byGuard = guardsOf(rows, (registers) => howOften(program, registers));
  const order = new Int32Array(code.length);
  for (let row = 0; row < order.length; row++) order[row] = row;
  const place = order.slice();
  const blockOf = new Map<number, Gathered>();
  for (const { key, members, least } of byGuard) {
    const found = blockUnder(rows, order, place, blockOf, key, members, least);
    if (found === null) continue;
    order.set(found.stretch, found.from);
    for (let at = 0; at < found.stretch.length; at++) place[found.stretch[at]!] = found.from + at;
    const block: Gathered = { key, rows: found.rows };
    for (const row of found.rows) blockOf.set(row, block);
  }
  if (blockOf.size === 0) return { program, blocks: [] };
  const blocks: Block[] = [];
  for (let at = 0; at < order.length; ) {
    const block = blockOf.get(order[at] ?? -1);
    if (block === undefined) {
      at++;
      continue;
    }
    const results = block.rows
      .filter((row) => !isUsedOnly(rows, row, (by) => blockOf.get(by) === block))
      .map((row) => code.target[row] ?? 0);
    const to = at + block.rows.length;
    blocks.push({ from: at, to, guard: block.key >> 1, holds: block.key % 2 === 1, results });
    at = to;
  }
  return { program: { ...program, stepCode: rowsOf(code, order) }, blocks };
}

/** Whether whatever reads what a row writes is as it should be. */
function isUsedOnly(
  { isWanted, firstUse, nextUse, usedBy, usedUnder }: Rows,
  row: number,
  is: (by: number, guard: number) => boolean,
): boolean {
  if (isWanted[row] === 1) return false;
  for (let use = firstUse[row]!; use !== -1; use = nextUse[use]!)
    if (!is(usedBy[use]!, usedUnder[use]!)) return false;
  return true;
}

type Gathered = { readonly key: number; readonly rows: readonly number[] };

function rowsOfStep(program: Program): Rows {
  const { stepCode: code, variables, settleCode } = program;
  const { length } = code;
  const size = program.initial.length;
  const once = writtenOnce(code, size);
  const wanted = registersOf(size, keptByStep(program), settleCode.target);
  for (const { register } of variables) wanted.add(register);
  forReads(settleCode, 0, settleCode.length, size, wanted.add);
  const unsteady = registersOf(size);
  const isWanted = new Uint8Array(length);
  for (let row = 0; row < length; row++) {
    const target = code.target[row]!;
    const isOnce = once.marks[target] === 1;
    if (!isOnce || wanted.marks[target] === 1) isWanted[row] = 1;
    if (!isOnce) unsteady.add(target);
  }

  const writer = new Int32Array(size).fill(-1);
  const firstUse = new Int32Array(length).fill(-1);
  const lastUse = new Int32Array(length);
  const nextUse = new Int32Array(3 * length).fill(-1);
  const usedBy = new Int32Array(3 * length);
  const usedUnder = new Int32Array(3 * length);
  let uses = 0;
  const touched = new Int32Array(size).fill(-1);
  const behind = new Int32Array(MOST_BEHIND * length);
  const firstBehind = new Int32Array(length + 1);
  let count = 0;
  /** What reads or writes a register that is not steady stands behind what did so before. */
  const touch = (register: number, row: number): void => {
    const last = touched[register]!;
    if (last >= 0 && last !== row) behind[count++] = last;
    touched[register] = row;
  };
  const use = (register: number, row: number, operand: number): void => {
    const own = writer[register]!;
    if (own < 0) return;
    behind[count++] = own;
    if (isWanted[own] === 1) return;
    if (firstUse[own] === -1) firstUse[own] = uses;
    else nextUse[lastUse[own]!] = uses;
    lastUse[own] = uses;
    usedBy[uses] = row;
    usedUnder[uses++] = guardOfUse(code, row, operand);
  };
  const { marks } = unsteady;
  for (let row = 0; row < length; row++) {
    const operands = operandsOf(code.operation[row]!);
    const a = code.a[row]!;
    const b = code.b[row]!;
    const c = code.c[row]!;
    const target = code.target[row]!;
    use(a, row, 0);
    if (operands > 1) use(b, row, 1);
    if (operands > 2) use(c, row, 2);
    if (marks[a] === 1) touch(a, row);
    if (operands > 1 && marks[b] === 1) touch(b, row);
    if (operands > 2 && marks[c] === 1) touch(c, row);
    if (marks[target] === 1) touch(target, row);
    firstBehind[row + 1] = count;
    if (once.marks[target] === 1) writer[target] = row;
  }
  return {
    code,
    isWanted,
    firstUse,
    nextUse,
    usedBy,
    usedUnder,
    behind: behind.subarray(0, count),
    firstBehind,
    writer,
    unsteady,
  };
}

/** Rows that matter under a guard alone, last first, and what they must weigh together to be worth it. */
type Candidate = { readonly key: number; readonly members: readonly number[]; readonly least: number };

const NO_GUARDS: readonly number[] = [];

/** What saves most comes first. */
function guardsOf(
  { code, firstUse, nextUse, usedBy, usedUnder, unsteady }: Rows,
  oftenOf: (registers: readonly number[]) => (register: number) => number,
): readonly Candidate[] {
  const guards: (readonly number[])[] = [];
  const found = new Map<number, { readonly key: number; readonly members: number[]; weight: number }>();
  /** The guard that a use has beyond those of the row that reads; −1 where it has none. */
  const ownGuard = (use: number): number => {
    const guard = usedUnder[use]!;
    return guard === -1 || unsteady.has(guard >> 1) || guards[usedBy[use]!]!.includes(guard) ? -1 : guard;
  };
  for (let row = code.length - 1; row >= 0; row--) {
    let use = firstUse[row]!;
    if (use === -1) {
      guards[row] = NO_GUARDS;
      continue;
    }
    const first = ownGuard(use);
    const above = guards[usedBy[use]!]!;
    let own = first === -1 ? above : [first, ...above];
    for (use = nextUse[use]!; use !== -1 && own.length > 0; use = nextUse[use]!) {
      const guard = ownGuard(use);
      const others = guards[usedBy[use]!]!;
      own = own.filter((key) => key === guard || others.includes(key));
    }
    guards[row] = own.length > MOST_GUARDS ? own.slice(0, MOST_GUARDS) : own;
    const cost = costOf(code, row);
    for (let guard = 0; guard < guards[row]!.length; guard++) {
      const key = guards[row]![guard]!;
      const known = found.get(key);
      if (known === undefined) found.set(key, { key, members: [row], weight: cost });
      else {
        known.members.push(row);
        known.weight += cost;
      }
    }
  }
  const candidates = [...found.values()];
  const often = oftenOf(candidates.map(({ key }) => key >> 1));
  return candidates
    .map(({ key, members, weight }) => {
      const passed = key % 2 === 1 ? 1 - often(key >> 1) : often(key >> 1);
      return { key, members, least: LEAST / passed, saved: weight * passed };
    })
    .filter(({ saved }) => saved >= LEAST)
    .sort((one, other) => other.saved - one.saved || one.key - other.key);
}

/** Rows for a block under a guard, and the stretch of the order in which they stand together; null where it is not worth it. */
function blockUnder(
  rows: Rows,
  order: Int32Array,
  place: Int32Array,
  blockOf: ReadonlyMap<number, Gathered>,
  key: number,
  members: readonly number[],
  least: number,
): { readonly rows: readonly number[]; readonly from: number; readonly stretch: readonly number[] } | null {
  const { code, behind, firstBehind, writer } = rows;
  const placeOf = (row: number): number => place[row]!;
  const lastFirst = members.toSorted((one, other) => placeOf(other) - placeOf(one));
  const guarding = writer[key >> 1]!;
  const barred = new Set<number>();
  for (;;) {
    const own = new Set<number>();
    let weight = 0;
    let from = order.length;
    let to = 0;
    for (const row of lastFirst) {
      if (blockOf.has(row) || barred.has(row) || weight >= MOST) continue;
      if (!isUsedOnly(rows, row, (by, guard) => guard === key || own.has(by))) continue;
      own.add(row);
      weight += costOf(code, row);
      from = Math.min(from, placeOf(row));
      to = Math.max(to, placeOf(row) + 1);
    }
    if (weight < least) return null;
    if (guarding >= 0) to = Math.max(to, placeOf(blockOf.get(guarding)?.rows.at(-1) ?? guarding) + 1);
    // What reads a row of the block must come behind it, so that no row of the block may read that in its turn.
    const late = new Set<number>();
    let isClosed = true;
    for (let at = from; at < to; ) {
      const row = order[at]!;
      const isOwn = own.has(row);
      const isBehind = (one: number): boolean => late.has(one) || (!isOwn && own.has(one));
      // A block that was gathered before stays together, and behind what it is under.
      const unit = blockOf.get(row);
      const end = at + (unit?.rows.length ?? 1);
      const gate = unit === undefined ? -1 : writer[unit.key >> 1]!;
      let isLate = gate >= 0 && isBehind(gate);
      for (let place = at; place < end && !isLate; place++) {
        const one = order[place]!;
        for (let near = firstBehind[one]!; near < firstBehind[one + 1]! && !isLate; near++)
          isLate = isBehind(behind[near]!);
      }
      if (isLate) {
        if (isOwn) {
          barred.add(row);
          isClosed = false;
        }
        for (let one = at; one < end; one++) late.add(order[one]!);
      }
      at = end;
    }
    if (guarding >= 0 && late.has(guarding)) return null;
    if (!isClosed) continue;
    const [early, gathered, others]: [number[], number[], number[]] = [[], [], []];
    for (let at = from; at < to; at++) {
      const row = order[at]!;
      (own.has(row) ? gathered : late.has(row) ? others : early).push(row);
    }
    return { rows: gathered, from, stretch: [...early, ...gathered, ...others] };
  }
}
