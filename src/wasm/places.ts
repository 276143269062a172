/**
 * Where every register of a Program lives in a module: as a constant in the code, in memory, or only in a local of
 * the function that writes and reads it. Found from the instructions alone, so that no idiom of the lowering is taken
 * for granted: a register that is read before it is written carries its value from instant to instant.
 */
import { forReads, registersOf } from '../program/operands.ts';
import { givenRegisters, type Program } from '../program/program.ts';
import type { SlowGroup } from './slow-rows.ts';
import type { Section } from './weights.ts';

export type Places = {
  /** What a register holds always; null where it changes. */
  readonly constant: (register: number) => number | null;
  /**
   * Slots that both files have, the instant's and the one before it: whatever is read across functions, at the next
   * instant, or by a measure.
   */
  readonly file: ReadonlyMap<number, number>;
  /**
   * Slots of what is written once a future, or now and then: what a run gives, first and in its order, then what starts work
   * out for later, and slow rows.
   */
  readonly fixed: ReadonlyMap<number, number>;
  /** Registers whose value at an instant is that of another one at the instant before: levels, and what delays hold. */
  readonly carried: readonly { readonly register: number; readonly from: number }[];
};

/**
 * @param sections those of the step's code; `settling` those of the code that settles a step of rk4
 * @param slow what is worked out only now and then
 */
export function placesOf(
  program: Program,
  sections: readonly Section[],
  settling: readonly Section[],
  slow: readonly SlowGroup[] = [],
): Places {
  const { initial, startCode, stepCode, settleCode, stocks } = program;
  const size = initial.length;
  const isRk4 = program.method === 'rk4';
  const specials = [
    program.timeRegister,
    program.instantRegister,
    program.stageRegister,
    program.firstRegister,
  ];
  const special = registersOf(size, specials);
  const given = givenRegisters(program);
  const written = registersOf(size, stepCode.target);

  const carried = new Map<number, number>();
  for (const { level, next } of stocks) carried.set(level, next);
  for (const { held, next } of program.memories) carried.set(held, next);
  // What changes from instant to instant, and whatever is no constant.
  const ofInstants = [stepCode.target, isRk4 ? settleCode.target : [], [...carried.keys()]];
  const changing = registersOf(size, ...ofInstants);
  const varying = registersOf(size, ...ofInstants, specials, given, startCode.target);
  for (const { code, seen } of slow) {
    for (let row = 0; row < code.length; row++) varying.add(code.target[row]!);
    varying.add(seen);
  }
  forReads(stepCode, 0, stepCode.length, size, (register) => {
    if (written.has(register) && !special.has(register) && !carried.has(register))
      carried.set(register, register);
  });

  const file = new Map<number, number>();
  const fixed = new Map<number, number>();
  const constant = (register: number): number | null =>
    varying.marks[register] === 1 ? null : (initial[register] ?? 0);
  const need = (register: number): void => {
    if (varying.marks[register] !== 1 || special.has(register)) return;
    const slots = changing.has(register) ? file : fixed;
    if (!slots.has(register)) slots.set(register, slots.size);
  };
  for (const register of given) need(register);
  for (const { register } of program.variables) need(register);
  for (const { level, next, emptyAfter } of stocks) {
    need(level);
    need(next);
    need(emptyAfter);
  }
  for (const [register, from] of carried) {
    need(register);
    need(from);
  }
  for (const register of program.histories) need(register);
  for (const flow of program.flows) {
    need(flow.asked);
    need(flow.value);
  }
  // What a later section reads, and what was worked out at the start.
  for (const [from, to] of sections) forReads(stepCode, from, to, size, need);
  for (const [from, to] of settling) forReads(settleCode, from, to, size, need);
  for (const { code, seen } of slow) {
    forReads(code, 0, code.length, size, need);
    need(seen);
  }
  return {
    constant,
    file,
    fixed,
    carried: [...carried].map(([register, from]) => ({ register, from })),
  };
}
