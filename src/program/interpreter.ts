/**
 * Runs one future at a time, slowly and plainly: the product's oracle. Every faster engine must give these bits.
 * A future that goes wrong is data: it ends with the first variable that is no finite number, and leaves no measure.
 */
import { execute, type Store } from './execute.ts';
import { followMeasure, type Interval } from './follow-measure.ts';
import { givenRegisters, type MeasurePlan, type Program, type VariableSlot } from './program.ts';
import { instantAt } from './time-grid.ts';
import { workOut } from './work-out.ts';

/** The first value that is not finite, or a physical stock that starts below nothing. */
export type Failure = { readonly variable: string; readonly instant: number };

export type Future = {
  /** Null if the future ran to its end. */
  readonly failure: Failure | null;
  /** One value a measure, in the program's order; a yes or no is 1 or 0, `never` is Infinity. Empty on failure. */
  readonly measures: Float64Array;
  /** 1 where the claim's condition is true, else 0; in the program's order of claims. Empty on failure. */
  readonly claims: Uint8Array;
  /** For each of the program's `clipped` flows the first instant, in days, at which it was; Infinity for never. Empty on failure. */
  readonly clipped: Float64Array;
  /** The largest |start + in − out − end| of any stock over its turnover; 0 where nothing flowed. */
  readonly imbalance: number;
};

/** Sees every instant: its number, its time in days, and the registers, which later instants overwrite. */
export type Observer = (instant: number, time: number, registers: Float64Array) => void;

/** Which future of which order: what is drawn while it runs hangs on both. The seed is a whole number in 0 … 2^53−1. */
export type Address = { readonly seed: number; readonly future: number };

/**
 * @param inputs one value for each of the program's `givenRegisters`, in base units
 * @param until number of the instant at which the future ends, at least 1; measures that look further are NaN then
 */
export function runFuture(
  program: Program,
  inputs: Float64Array,
  { seed, future }: Address,
  observe: Observer | null = null,
  until = program.time.steps,
): Future {
  const { steps } = program.time;
  const end = until < steps ? instantAt(program.time, until) : Number.POSITIVE_INFINITY;
  const start = instantAt(program.time, 0);
  let registers = program.initial.slice();
  givenRegisters(program).forEach((register, number) => {
    registers[register] = inputs[number] ?? Number.NaN;
  });
  registers[program.timeRegister] = start;
  registers[program.firstRegister] = 1;
  const store: Store = {
    tables: program.tables,
    histories: program.histories.map(() => new Float64Array(steps + 1)),
    seed,
    future,
    instant: 0,
  };
  execute(program.startCode, registers, store);
  const ledger = openLedger(program, registers);
  const followers = program.measures.map((plan) => followMeasure(program, plan, store));

  const failureOf = (time: number): Failure | null => firstFailure(program, registers, store, time);
  workOut(program, registers, store, start);
  let failure = negativeStart(program, registers, start) ?? failureOf(start);
  registers[program.firstRegister] = 0;
  observe?.(0, start, registers);
  // Two register files take turns: the instant that is worked out, and the one before it.
  let before = registers;
  let spare = new Float64Array(registers.length);
  for (let instant = 1; instant <= until && failure === null; instant++) {
    const time = instantAt(program.time, instant);
    registers = spare;
    registers.set(before);
    for (const stock of program.stocks) registers[stock.level] = before[stock.next] ?? 0;
    for (const memory of program.memories) registers[memory.held] = before[memory.next] ?? 0;
    ledger.book(before);
    store.instant = instant;
    workOut(program, registers, store, time);
    observe?.(instant, time, registers);
    failure = failureOf(time);
    if (failure !== null) break;
    const interval: Interval = {
      from: instantAt(program.time, instant - 1),
      to: time,
      before,
      after: registers,
    };
    for (const follower of followers) follower.take(interval);
    spare = before;
    before = registers;
  }
  if (failure !== null) return failed(failure);

  const measures = Float64Array.from(followers, (follower, number) =>
    isWithin(program.measures[number], end) ? follower.value() : Number.NaN,
  );
  const broken = program.measures.find(
    (plan, number) => isWithin(plan, end) && !isValue(plan.reducer, measures[number]),
  );
  if (broken !== undefined) return failed({ variable: broken.name, instant: broken.to });
  return {
    failure: null,
    measures,
    claims: judgeClaims(program, registers, store, measures),
    clipped: Float64Array.from(program.clipped, ({ register }) => registers[register] ?? Number.NaN),
    imbalance: ledger.close(registers),
  };
}

const failed = (failure: Failure): Future => ({
  failure,
  measures: new Float64Array(0),
  claims: new Uint8Array(0),
  clipped: new Float64Array(0),
  imbalance: 0,
});

/** Whether a measure has seen all of its window in a future that ends at an instant. */
export const isWithin = (plan: Pick<MeasurePlan, 'to'> | undefined, end: number): boolean =>
  plan !== undefined && plan.to <= end;

/** Whether a future may end with this value of a measure: only `time until` may be without end. */
export function isValue(reducer: string, value: number | undefined): boolean {
  return (
    value !== undefined &&
    (Number.isFinite(value) || (reducer === 'time until' && value === Number.POSITIVE_INFINITY))
  );
}

/** The variable that went wrong first: in the first stage of the step that shows one, in the order of the equations. */
function firstFailure(
  program: Program,
  registers: Float64Array,
  store: Store,
  instant: number,
): Failure | null {
  const shown = firstBroken(program, registers);
  if (shown === null) return null;
  let cause: VariableSlot | null = null;
  // Once more, stage by stage: a step hangs on its levels and memories alone, and those still stand in the registers.
  workOut(program, registers.slice(), store, instant, (stage) => {
    cause ??= firstBroken(program, stage);
  });
  const { asked, name } = cause ?? shown;
  return { variable: asked ? `asked ${name}` : name, instant };
}

const firstBroken = ({ variables }: Program, registers: Float64Array): VariableSlot | null =>
  variables.find(({ register }) => !Number.isFinite(registers[register])) ?? null;

function negativeStart(program: Program, registers: Float64Array, instant: number): Failure | null {
  const stock = program.stocks.find((one) => one.physical && (registers[one.level] ?? 0) < 0);
  return stock === undefined ? null : { variable: stock.name, instant };
}

function judgeClaims(
  program: Program,
  registers: Float64Array,
  store: Store,
  measures: Float64Array,
): Uint8Array {
  program.measures.forEach((plan, number) => {
    registers[plan.valueRegister] = measures[number] ?? Number.NaN;
  });
  return Uint8Array.from(program.claims, (claim) => {
    execute(claim.code, registers, store);
    return registers[claim.result] === 0 ? 0 : 1;
  });
}

/** Books what enters and leaves every stock, to prove that nothing is lost. */
function openLedger(program: Program, registers: Float64Array) {
  const { step } = program.time;
  const starts = Float64Array.from(program.stocks, (stock) => registers[stock.level] ?? 0);
  const came = new Float64Array(program.stocks.length);
  const went = new Float64Array(program.stocks.length);
  return {
    book: (before: Float64Array): void => {
      program.stocks.forEach((stock, number) => {
        for (const flow of stock.inflows) came[number] = (came[number] ?? 0) + (before[flow] ?? 0) * step;
        for (const flow of stock.outflows) went[number] = (went[number] ?? 0) + (before[flow] ?? 0) * step;
      });
    },
    close: (end: Float64Array): number => {
      let worst = 0;
      program.stocks.forEach((stock, number) => {
        const [start, inflow, outflow] = [starts[number] ?? 0, came[number] ?? 0, went[number] ?? 0];
        const turnover = Math.max(start, inflow, outflow);
        if (turnover === 0) return;
        worst = Math.max(worst, Math.abs(start + inflow - outflow - (end[stock.level] ?? 0)) / turnover);
      });
      return worst;
    },
  };
}
