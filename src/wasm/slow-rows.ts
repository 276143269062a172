/**
 * Rows of the step that seldom come to anything new: they hang on what is the same for a whole future and on counters, which
 * rise by 1 when something happens. Draws of events and decisions are such rows, with the thresholds that are made of them. They
 * are taken out of the step into groups, one for all rows that hang on the same counters; a group is worked out at the first
 * instant and whenever a counter of its has moved (`emit-slow.ts`).
 */
import { isPure, keptByStep } from '../program/hoist-fixed.ts';
import { readsAny, readsOfRow, registersOf, rowsOf, writesAround, writtenOnce } from '../program/operands.ts';
import { type Code, OPERATIONS, type Program } from '../program/program.ts';
import { weightOfRow } from './weights.ts';

export type SlowGroup = {
  readonly counters: readonly number[];
  /** A register that holds the counters' sum as it was when the group was worked out; NaN before that. */
  readonly seen: number;
  readonly code: Code;
};

export type Parted = {
  /** The program without the rows of the groups, and with registers for what was seen. */
  readonly program: Program;
  readonly slow: readonly SlowGroup[];
};

/** Weight from which a row is dear enough to be kept, with all that it is made of and what is made of it. */
const DEAR = 20;

/** Where a counter begins at most: far from where a step of 1 would be lost in a sum of counters. */
const HIGHEST_START = 1_000_000;

/** Counters of a row and of a group, and weight of a group, at most: what hangs on many would be made anew all the time. */
const MOST_COUNTERS = 8;
const MOST_OF_GROUP = 32;
const MOST_WEIGHT = 2000;

const TRUTHS: ReadonlySet<string> = new Set(['less', 'less or equal', 'and', 'or', 'not']);

export function partSlow(program: Program): Parted {
  const { stepCode: code, variables } = program;
  const counters = countersOf(program);
  if (counters.size === 0) return { program, slow: [] };
  const size = program.initial.length;
  const { target: settled } = program.settleCode;
  const kept = keptByStep(program);
  // What others look for at every instant.
  const named = registersOf(size, kept);
  for (const { register } of variables) named.add(register);
  const isSettled = registersOf(size, settled);
  const once = writtenOnce(code, size);
  const changing = registersOf(
    size,
    [program.timeRegister, program.instantRegister, program.stageRegister, program.firstRegister],
    kept,
    settled,
    code.target,
  );
  for (const counter of counters) changing.delete(counter);

  /** The counters on which a register hangs; nothing for what is the same for a whole future. */
  const hangsOn = new Map<number, ReadonlySet<number>>();
  for (const counter of counters) hangsOn.set(counter, new Set([counter]));
  /** For a variable that is a copy of such a register, that register: the variable itself is written at every instant. */
  const copies = new Map<number, number>();
  const source = (register: number): number => copies.get(register) ?? register;
  const writer = new Map<number, number>();
  const dear: number[] = [];
  const candidates: number[] = [];
  for (let row = 0; row < code.length; row++) {
    const target = code.target[row]!;
    // Most rows read what changes.
    if (readsAny(code, row, changing)) continue;
    if (!once.has(target) || isSettled.has(target) || !isPure(code, row)) continue;
    const reads = readsOfRow(code, row).map(source);
    const own = new Set<number>();
    for (const register of reads) for (const counter of hangsOn.get(register) ?? []) own.add(counter);
    if (own.size === 0 || own.size > MOST_COUNTERS) continue;
    if (named.has(target)) {
      if (OPERATIONS[code.operation[row]!] === 'copy') {
        copies.set(target, reads[0] ?? target);
        changing.delete(target);
      }
      continue;
    }
    changing.delete(target);
    hangsOn.set(target, own);
    writer.set(target, row);
    candidates.push(row);
    if (weightOfRow(code, row) >= DEAR) dear.push(row);
  }

  // Counters that one dear row hangs on belong together.
  const leader = new Map<number, number>();
  const leaderOf = (counter: number): number => {
    const next = leader.get(counter) ?? counter;
    return next === counter ? counter : leaderOf(next);
  };
  const countersOfRow = (row: number): readonly number[] => [...(hangsOn.get(code.target[row] ?? 0) ?? [])];
  for (const row of dear) {
    const [first, ...others] = countersOfRow(row).map(leaderOf);
    for (const other of others) if (first !== undefined) leader.set(leaderOf(other), leaderOf(first));
  }
  const taken = new Set<number>();
  const take = (row: number): void => {
    if (taken.has(row)) return;
    taken.add(row);
    for (const register of readsOfRow(code, row)) {
      const own = writer.get(source(register));
      if (own !== undefined) take(own);
    }
  };
  for (const row of dear) take(row);
  // So does what is made of them; what hangs on several groups would have to be worked out with each of them.
  const leadersOf = (row: number): ReadonlySet<number> => new Set(countersOfRow(row).map(leaderOf));
  const isMadeOfTaken = (row: number): boolean =>
    readsOfRow(code, row).some((register) => taken.has(writer.get(source(register)) ?? -1));
  for (const row of candidates) if (isMadeOfTaken(row) && leadersOf(row).size === 1) take(row);
  const groups = new Map<number, number[]>();
  for (const row of candidates) {
    if (!taken.has(row)) continue;
    const [group = -1] = leadersOf(row);
    const before = groups.get(group);
    if (before === undefined) groups.set(group, [row]);
    else before.push(row);
  }
  for (const [leading, rows] of groups) {
    const weight = rows.reduce((sum, row) => sum + weightOfRow(code, row), 0);
    if (weight <= MOST_WEIGHT && new Set(rows.flatMap(countersOfRow)).size <= MOST_OF_GROUP) continue;
    groups.delete(leading);
    for (const row of rows) taken.delete(row);
  }
  if (groups.size === 0) return { program, slow: [] };

  let registers = program.initial.length;
  const slow = [...groups.values()].map((rows): SlowGroup => {
    const own = rowsOf(code, rows);
    return {
      counters: [...new Set(rows.flatMap(countersOfRow))],
      seen: registers++,
      code: { ...own, a: own.a.map(source), b: own.b.map(source), c: own.c.map(source) },
    };
  });
  const initial = new Float64Array(registers).fill(Number.NaN);
  initial.set(program.initial);
  for (const { code: own } of slow) for (const target of own.target) initial[target] = Number.NaN;
  const rest: number[] = [];
  for (let row = 0; row < code.length; row++) if (!taken.has(row)) rest.push(row);
  return { program: { ...program, initial, stepCode: rowsOf(code, rest) }, slow };
}

/**
 * Memories that begin at 0 or above, and to which a yes or no is added at every instant. They never fall, so that the sum of
 * some tells whether anything has changed, as −0, which equals 0 and is another number, is none of them.
 */
function countersOf({
  memories,
  startCode,
  stepCode: code,
  settleCode,
  stageRegister,
  initial,
}: Program): ReadonlySet<number> {
  const written = registersOf(initial.length, startCode.target, code.target, settleCode.target);
  // The one row that writes a register; −1 where none or several do.
  const { before, behind } = writesAround(code, initial.length);
  const writers = new Int32Array(initial.length).fill(-1);
  for (let row = 0; row < code.length; row++)
    if (before[row] === -1 && behind[row] === code.length) writers[code.target[row]!] = row;
  /** The row that makes a value, behind copies and what holds it in later stages. */
  const maker = (register: number): number | null => {
    const row = writers[register] ?? -1;
    if (row === -1) return null;
    const operation = OPERATIONS[code.operation[row] ?? 0];
    if (operation === 'copy') return maker(code.a[row] ?? 0);
    if (operation === 'select' && code.a[row] === stageRegister) return maker(code.c[row] ?? 0);
    return row;
  };
  const isTruth = (register: number): boolean => {
    const row = maker(register);
    return row !== null && TRUTHS.has(OPERATIONS[code.operation[row] ?? 0] ?? '');
  };
  const found = new Set<number>();
  for (const { held, next } of memories) {
    const row = maker(next);
    if (written.has(held) || row === null || OPERATIONS[code.operation[row] ?? 0] !== 'add') continue;
    const [a, b] = readsOfRow(code, row);
    const start = initial[held] ?? 0;
    const isRising = (a === held && isTruth(b ?? -1)) || (b === held && isTruth(a ?? -1));
    if (isRising && start >= 0 && start <= HIGHEST_START && !Object.is(start, -0)) found.add(held);
  }
  return found;
}
