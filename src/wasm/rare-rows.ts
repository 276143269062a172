/**
 * Rows of the step that matter only where something holds: what an event would move if it happened, the chances of a decision
 * that meets now and then, the arm of an `if`. They are gathered into blocks, each behind one register: a block is passed over
 * where that register is false in all futures of a group (or true in all), and what would have been worked out there is
 * then read by nobody, since whoever reads it chooses something else.
 */
import { keptByStep } from '../program/hoist-fixed.ts';
import { flowOf, readsOfRow, rowsOf, writtenOnce } from '../program/operands.ts';
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
/** Guards that are remembered of one row. */
const MOST_GUARDS = 16;

/** What is given up where a row is not worked out: its weight, and what divisions take beyond theirs. */
const SLOW: ReadonlySet<string> = new Set(['divide', 'modulo', 'square root']);
const costOf = (code: Code, row: number): number =>
  weightOfRow(code, row) + (SLOW.has(OPERATIONS[code.operation[row] ?? 0] ?? '') ? 4 : 0);

/** A guard as one number: the register, and whether it must hold. */
const keyOf = (register: number, holds: boolean): number => 2 * register + (holds ? 1 : 0);

/** The guard under which a row looks at an operand at all; null where it always does. */
function guardOfUse(code: Code, row: number, operand: number): number | null {
  const [a, b] = [code.a[row] ?? 0, code.b[row] ?? 0];
  switch (OPERATIONS[code.operation[row] ?? 0]) {
    case 'select':
      return operand === 0 ? null : keyOf(a, operand === 1);
    case 'and':
      return keyOf(operand === 0 ? b : a, true);
    case 'or':
      return keyOf(operand === 0 ? b : a, false);
    default:
      return null;
  }
}

type Use = { readonly by: number; readonly guard: number | null };

/** What is known of the rows, by number. */
type Rows = {
  readonly code: Code;
  /** Who reads what a row writes; null where more than rows of the step do. */
  readonly uses: readonly (readonly Use[] | null)[];
  /** Rows that must stand before a row. */
  readonly behind: readonly (readonly number[])[];
  readonly writer: ReadonlyMap<number, number>;
  /** Registers whose value hangs on where in the step it is read. */
  readonly unsteady: ReadonlySet<number>;
};

export function gatherRare(program: Program): {
  readonly program: Program;
  readonly blocks: readonly Block[];
} {
  if (program.stepCode.length > MOST_ROWS) return { program, blocks: [] };
  const rows = rowsOfStep(program);
  const { code } = rows;
  const byGuard = guardsOf(rows, (registers) => howOften(program, registers));
  const order = Int32Array.from({ length: code.length }, (_, row) => row);
  const place = order.slice();
  const blockOf = new Map<number, Gathered>();
  for (const { key, members, least } of byGuard) {
    const found = blockUnder(rows, order, place, blockOf, key, members, least);
    if (found === null) continue;
    order.set(found.stretch, found.from);
    found.stretch.forEach((row, at) => {
      place[row] = found.from + at;
    });
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
      .filter((row) => rows.uses[row]?.some(({ by }) => blockOf.get(by) !== block))
      .map((row) => code.target[row] ?? 0);
    const to = at + block.rows.length;
    blocks.push({ from: at, to, guard: block.key >> 1, holds: block.key % 2 === 1, results });
    at = to;
  }
  return { program: { ...program, stepCode: rowsOf(code, [...order]) }, blocks };
}

type Gathered = { readonly key: number; readonly rows: readonly number[] };

function rowsOfStep(program: Program): Rows {
  const { stepCode: code, variables, settleCode } = program;
  const once = writtenOnce(code);
  const wanted = new Set([
    ...variables.map(({ register }) => register),
    ...keptByStep(program),
    ...flowOf(settleCode).reads,
    ...settleCode.target,
  ]);
  const writer = new Map<number, number>();
  const touched = new Map<number, number>();
  const unsteady = new Set(code.target.filter((register) => !once.has(register)));
  const uses: (Use[] | null)[] = [];
  const behind: number[][] = [];
  for (let row = 0; row < code.length; row++) {
    const target = code.target[row] ?? 0;
    const before: number[] = [];
    const touch = (register: number): void => {
      if (!unsteady.has(register)) return;
      const last = touched.get(register);
      if (last !== undefined && last !== row) before.push(last);
      touched.set(register, row);
    };
    const reads = readsOfRow(code, row);
    for (let operand = 0; operand < reads.length; operand++) {
      const own = writer.get(reads[operand]!);
      if (own === undefined) continue;
      before.push(own);
      uses[own]?.push({ by: row, guard: guardOfUse(code, row, operand) });
    }
    for (let operand = 0; operand < reads.length; operand++) touch(reads[operand]!);
    touch(target);
    behind.push(before);
    uses.push(once.has(target) && !wanted.has(target) ? [] : null);
    if (once.has(target)) writer.set(target, row);
  }
  return { code, uses, behind, writer, unsteady };
}

/** Rows that matter under a guard alone, last first, and what they must weigh together to be worth it. */
type Candidate = { readonly key: number; readonly members: readonly number[]; readonly least: number };

/** What saves most comes first. */
function guardsOf(
  { code, uses, unsteady }: Rows,
  oftenOf: (registers: Iterable<number>) => (register: number) => number,
): readonly Candidate[] {
  const guards: (readonly number[])[] = [];
  const members = new Map<number, number[]>();
  const weights = new Map<number, number>();
  for (let row = code.length - 1; row >= 0; row--) {
    const own = uses[row] ?? [];
    const allOf = ({ by, guard }: Use): readonly number[] => {
      const above = guards[by] ?? [];
      return guard === null || unsteady.has(guard >> 1) || above.includes(guard) ? above : [guard, ...above];
    };
    const [first, ...others] = own;
    let found = first === undefined ? [] : allOf(first);
    for (const use of others) {
      if (found.length === 0) break;
      const also = allOf(use);
      found = found.filter((key) => also.includes(key));
    }
    guards[row] = found.slice(0, MOST_GUARDS);
    for (const key of guards[row] ?? []) {
      const known = members.get(key);
      if (known === undefined) members.set(key, [row]);
      else known.push(row);
      weights.set(key, (weights.get(key) ?? 0) + costOf(code, row));
    }
  }
  const often = oftenOf([...members.keys()].map((key) => key >> 1));
  return [...members]
    .map(([key, own]) => {
      const passed = key % 2 === 1 ? 1 - often(key >> 1) : often(key >> 1);
      return { key, members: own, least: LEAST / passed, saved: (weights.get(key) ?? 0) * passed };
    })
    .filter(({ saved }) => saved >= LEAST)
    .sort((one, other) => other.saved - one.saved || one.key - other.key);
}

/** Rows for a block under a guard, and the stretch of the order in which they stand together; null where it is not worth it. */
function blockUnder(
  { code, uses, behind, writer }: Rows,
  order: Int32Array,
  place: Int32Array,
  blockOf: ReadonlyMap<number, Gathered>,
  key: number,
  members: readonly number[],
  least: number,
): { readonly rows: readonly number[]; readonly from: number; readonly stretch: readonly number[] } | null {
  const placeOf = (row: number): number => place[row] ?? 0;
  const unitOf = (row: number): readonly number[] => blockOf.get(row)?.rows ?? [row];
  const lastFirst = members.toSorted((one, other) => placeOf(other) - placeOf(one));
  const guarding = writer.get(key >> 1);
  const barred = new Set<number>();
  for (;;) {
    const own = new Set<number>();
    let weight = 0;
    for (const row of lastFirst) {
      if (blockOf.has(row) || barred.has(row) || weight >= MOST) continue;
      if (uses[row]?.every(({ by, guard }) => guard === key || own.has(by)) !== true) continue;
      own.add(row);
      weight += costOf(code, row);
    }
    if (weight < least) return null;
    const needed = [...own, ...(guarding === undefined ? [] : [guarding])];
    const from = Math.min(...[...own].map(placeOf));
    const to = 1 + Math.max(...needed.map((row) => placeOf(unitOf(row).at(-1) ?? row)));
    // What reads a row of the block must come behind it, so that no row of the block may read that in its turn.
    const late = new Set<number>();
    let isClosed = true;
    for (let at = from; at < to; ) {
      const row = order[at] ?? -1;
      const unit = unitOf(row);
      const gate = writer.get((blockOf.get(row)?.key ?? -1) >> 1);
      const isBehind = (one: number): boolean => late.has(one) || (own.has(one) && !own.has(row));
      if (unit.some((one) => behind[one]?.some(isBehind)) || (gate !== undefined && isBehind(gate))) {
        if (own.has(row)) {
          barred.add(row);
          isClosed = false;
        }
        for (const one of unit) late.add(one);
      }
      at += unit.length;
    }
    if (guarding !== undefined && late.has(guarding)) return null;
    if (!isClosed) continue;
    const stretch = [...order.subarray(from, to)];
    const gathered = stretch.filter((row) => own.has(row));
    return {
      rows: gathered,
      from,
      stretch: [
        ...stretch.filter((row) => !own.has(row) && !late.has(row)),
        ...gathered,
        ...stretch.filter((row) => late.has(row)),
      ],
    };
  }
}
