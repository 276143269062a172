/**
 * Works out one instant: all equations, what flows want and get, and each stock's next level, by the method of the
 * model. Euler takes the flows as they are at the instant; rk4 weighs four stages of them (Kutta 1901) and then settles
 * the step once, so that rationing and balance are those of Euler. Within a stage, too, a stock gives what it held at
 * the beginning of the step (`lower-step.ts`), so that an equation that reads what flowed is not told of a shortage
 * where the whole step has none.
 */
import { execute, type Store } from './execute.ts';
import type { Program } from './program.ts';
import { instantAt } from './time-grid.ts';

/** Sees the registers after each stage of a step, and once the step is settled. */
export type StageObserver = (registers: Float64Array) => void;

/** @param registers with the levels of the instant in place; `time` in days on the model's axis */
export function workOut(
  program: Program,
  registers: Float64Array,
  store: Store,
  time: number,
  observe: StageObserver = () => {},
): void {
  registers[program.timeRegister] = time;
  registers[program.instantRegister] = store.instant;
  registers[program.stageRegister] = 0;
  execute(program.stepCode, registers, store);
  observe(registers);
  if (program.method === 'rk4') {
    weighStages(program, registers, store, time, observe);
    observe(registers);
  }
  program.histories.forEach((register, number) => {
    const history = store.histories[number];
    if (history !== undefined) history[store.instant] = registers[register] ?? 0;
  });
}

/** The stages of the classical method: how far into the step, and with what weight of six. */
export const STAGES = [
  { reach: 0.5, weight: 2 },
  { reach: 0.5, weight: 2 },
  { reach: 1, weight: 1 },
] as const;

/**
 * Replaces what every flow wants by its weighted mean over the step and settles the stocks again. Everything else keeps
 * its value at the instant. A later stage starts at the levels to which the flows of the stage before lead, which for a
 * physical stock may not be below nothing.
 */
function weighStages(
  program: Program,
  registers: Float64Array,
  store: Store,
  time: number,
  observe: StageObserver,
): void {
  const { step } = program.time;
  const end = justBefore(instantAt(program.time, store.instant + 1), step);
  const flows = program.flows;
  const wanted = Float64Array.from(flows, ({ asked }) => registers[asked] ?? 0);
  let stage = registers;
  for (const { reach, weight } of STAGES) {
    const next = registers.slice();
    for (const stock of program.stocks) {
      let change = 0;
      for (const flow of stock.inflows) change += stage[flow] ?? 0;
      for (const flow of stock.outflows) change -= stage[flow] ?? 0;
      const level = (registers[stock.level] ?? 0) + change * (reach * step);
      next[stock.level] = stock.physical ? Math.max(0, level) : level;
    }
    next[program.timeRegister] = reach === 1 ? end : time + reach * step;
    next[program.stageRegister] = 1;
    next[program.firstRegister] = 0;
    execute(program.stepCode, next, store);
    observe(next);
    flows.forEach(({ asked }, number) => {
      wanted[number] = (wanted[number] ?? 0) + weight * (next[asked] ?? 0);
    });
    stage = next;
  }
  flows.forEach(({ asked }, number) => {
    registers[asked] = (wanted[number] ?? 0) / 6;
  });
  execute(program.settleCode, registers, store);
}

/**
 * The end of a step as seen from inside it: what begins or ends at the next instant (`time < 2 day`) is not in this step,
 * or a sixth of it would be counted on the wrong side.
 */
export const justBefore = (instant: number, step: number): number =>
  instant - Math.max(Math.abs(instant), step) * Number.EPSILON;
