/**
 * Where every register of a Program lives in a module: as a constant in the code, in memory, or only in a local of
 * the function that writes and reads it. Found from the instructions alone, so that no idiom of the lowering is taken
 * for granted: a register that is read before it is written carries its value from instant to instant.
 */
import { flowOf } from '../program/operands.ts';
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
  /** Slots of what is written once a future, or now and then: inputs, what starts work out for later, and slow rows. */
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
  const start = flowOf(program.startCode);
  const step = flowOf(program.stepCode);
  const settle = flowOf(program.settleCode);
  const isRk4 = program.method === 'rk4';
  const special = new Set([
    program.timeRegister,
    program.instantRegister,
    program.stageRegister,
    program.firstRegister,
  ]);
  const given = new Set(givenRegisters(program));
  const kept = new Set(slow.flatMap(({ code, seen }) => [...code.target, seen]));

  const carried = new Map<number, number>();
  for (const { level, next } of program.stocks) carried.set(level, next);
  for (const { held, next } of program.memories) carried.set(held, next);
  const changes = (register: number): boolean =>
    step.writes.has(register) || (isRk4 && settle.writes.has(register)) || carried.has(register);
  for (const register of [...step.reads, ...(isRk4 ? settle.reads : [])]) {
    if (
      !special.has(register) &&
      !carried.has(register) &&
      step.writes.has(register) &&
      step.reads.has(register)
    )
      carried.set(register, register);
  }

  const file = new Map<number, number>();
  const fixed = new Map<number, number>();
  const constant = (register: number): number | null =>
    special.has(register) ||
    given.has(register) ||
    changes(register) ||
    start.writes.has(register) ||
    kept.has(register)
      ? null
      : (program.initial[register] ?? 0);
  const need = (register: number): void => {
    if (special.has(register) || constant(register) !== null) return;
    const slots = changes(register) ? file : fixed;
    if (!slots.has(register)) slots.set(register, slots.size);
  };
  for (const register of given) need(register);
  for (const { register } of program.variables) need(register);
  for (const stock of program.stocks) {
    for (const register of [stock.level, stock.next, stock.emptyAfter]) need(register);
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
  for (const [from, to] of sections) {
    for (const register of flowOf(program.stepCode, from, to).reads) need(register);
  }
  for (const [from, to] of settling) {
    for (const register of flowOf(program.settleCode, from, to).reads) need(register);
  }
  for (const { code, seen } of slow) {
    for (const register of flowOf(code).reads) need(register);
    need(seen);
  }
  return {
    constant,
    file,
    fixed,
    carried: [...carried].map(([register, from]) => ({ register, from })),
  };
}
