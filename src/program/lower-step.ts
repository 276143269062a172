/**
 * One step as instructions: equations in order, flows rationed by the stock that they leave, upstream first, levels
 * moved by what flowed. The last part stands a second time on its own, for methods that settle a step once from what
 * the flows want over all of it.
 */
import type { Cell, Model } from '../model/model.ts';
import { rangesIn } from '../model/value-range.ts';
import type { Emitter } from './emitter.ts';
import { type CellRegisters, registersOf, variableOf } from './lower-cells.ts';
import { decidersOf } from './lower-deciders.ts';
import { type DelayParts, delaysOf, foreseeDelay, lowerDelay } from './lower-delay.ts';
import { withDraws } from './lower-draw.ts';
import type { GivenRegisters } from './lower-effects.ts';
import { lowerExpression, type Scope } from './lower-expression.ts';
import { lowerSeries } from './lower-series.ts';
import type { States } from './lower-states.ts';
import type { TieLevels } from './lower-ties.ts';
import type { Program, StockPlan } from './program.ts';

export type LoweredStep = Pick<
  Program,
  'stepCode' | 'settleCode' | 'stocks' | 'memories' | 'histories' | 'clipped'
> & {
  /** By cell, the register of an event's rate. */
  readonly rates: ReadonlyMap<number, number>;
};

/** Where a stock's settlement puts its results. */
type StockRegisters = { readonly next: number; readonly emptyAfter: number };

export function lowerStep(
  model: Model,
  outer: Scope,
  registers: readonly CellRegisters[],
  states: States,
  given: GivenRegisters,
  levels: TieLevels,
  firstRegister: number,
  seriesTable: ReadonlyMap<number, number>,
): LoweredStep {
  const { emitter } = outer;
  const afterwards: (() => void)[] = [];
  const delays: DelayParts = {
    emitter,
    step: model.time.step,
    firstRegister,
    memories: [],
    histories: [],
    sites: new Map(),
    later: (emit) => afterwards.push(emit),
  };
  /** The scope of a cell's own equation; its delays are kept up where they are met last. */
  const scopeOf = (scope: Scope, cell: number, lowering: typeof lowerDelay): Scope => {
    const siteOf = delaysOf(delays, cell);
    return {
      ...withDraws(model, scope, cell),
      delay: (expression, lower) => lowering(delays, siteOf(expression.delay), expression, lower),
    };
  };
  const results = new Map<number, StockRegisters>();
  model.cells.forEach((cell, number) => {
    if (variableOf(model, cell).kind !== 'stock') return;
    results.set(number, { next: emitter.register(), emptyAfter: emitter.register(Number.POSITIVE_INFINITY) });
  });

  const rangeOf = rangesIn(model);
  const mayComeBelowZero = model.variables.map(
    (variable) => variable.kind === 'flow' && !variable.twoWay && rangeOf(variable.value).low < 0,
  );
  const clipped: Program['clipped'][number][] = [];
  const remember = (wish: number): number =>
    rememberBelowZero(emitter, outer.timeRegister, delays.memories, wish);

  const settled = new Map<number, Settled>();
  const heldLevel = (number: number): number => {
    const level = registersOf(registers, number).value;
    // In a later stage a level has run on, but what it can give over the whole step is what was there at its beginning.
    return model.time.method === 'rk4' ? outer.keepInStages(level) : level;
  };
  const deciders = decidersOf(model, outer, registers, states, given, levels, delays, (scope, own) => {
    for (const { kind, cell: number } of model.foreseen) {
      const cell = model.cells[number];
      if (cell === undefined) throw new Error('a step without its cell');
      if (kind === 'settle') settle(model, emitter, own, heldLevel(number), cell);
      else
        lowerEquation(
          model,
          scopeOf(scope, number, foreseeDelay),
          own,
          number,
          cell,
          seriesTable.get(number),
        );
    }
  });
  const lastDecided = model.order.findLastIndex(({ kind }) => kind === 'decide');
  for (const [at, step] of model.order.entries()) {
    const cell = model.cells[step.cell];
    if (cell === undefined) throw new Error('a step without its cell');
    if (step.kind === 'settle') {
      settled.set(step.cell, settle(model, emitter, registers, heldLevel(step.cell), cell));
    } else if (step.kind === 'decide') {
      deciders.decide(step.cell);
      if (at === lastDecided) deciders.settle();
    } else {
      const scope = scopeOf(outer, step.cell, lowerDelay);
      const wish = lowerEquation(model, scope, registers, step.cell, cell, seriesTable.get(step.cell));
      if (mayComeBelowZero[cell.variable] === true)
        clipped.push({ cell: step.cell, name: cell.name, register: remember(wish) });
    }
  }
  const rates = deciders.gather();
  // A delay's input may hold a delay of its own, so the list can grow while it is worked through.
  for (const emit of afterwards) emit();
  lowerLevels(model, emitter, registers, results, settled);
  const stepCode = emitter.take();

  const again = new Map<number, Settled>();
  for (const step of model.order) {
    const cell = model.cells[step.cell];
    if (step.kind === 'settle' && cell !== undefined)
      again.set(step.cell, settle(model, emitter, registers, registersOf(registers, step.cell).value, cell));
  }
  for (const emit of afterwards) emit();
  lowerLevels(model, emitter, registers, results, again);
  return {
    stepCode,
    settleCode: emitter.take(),
    stocks: stockPlans(model, registers, results),
    memories: delays.memories,
    histories: delays.histories,
    clipped,
    rates,
  };
}

function stockPlans(
  model: Model,
  registers: readonly CellRegisters[],
  results: ReadonlyMap<number, StockRegisters>,
): readonly StockPlan[] {
  return [...results].map(([number, own]): StockPlan => {
    const cell = model.cells[number];
    const variable = cell === undefined ? undefined : variableOf(model, cell);
    if (cell === undefined || variable?.kind !== 'stock') throw new Error('a stock without its cell');
    return {
      cell: number,
      name: cell.name,
      physical: !variable.signed,
      level: registersOf(registers, number).value,
      ...own,
      inflows: cell.inflows.map((flow) => registersOf(registers, flow).value),
      outflows: cell.outflows.map((flow) => registersOf(registers, flow).value),
    };
  });
}

/** Emits the equation and gives the register of what it comes to, for a flow before it is held to one way. */
function lowerEquation(
  model: Model,
  scope: Scope,
  registers: readonly CellRegisters[],
  number: number,
  cell: Cell,
  seriesTable: number | undefined,
): number {
  const variable = variableOf(model, cell);
  if (variable.kind === 'series') {
    const value = lowerSeries(scope, variable, seriesTable);
    scope.emitter.emitTo(registersOf(registers, number).value, 'copy', value);
    return value;
  }
  if (variable.kind !== 'let' && variable.kind !== 'definition' && variable.kind !== 'flow')
    throw new Error('an equation without its variable');
  const own = registersOf(registers, number);
  const { emitter } = scope;
  const value = lowerExpression(scope, variable.value, cell.elements);
  if (variable.kind !== 'flow') emitter.emitTo(own.value, 'copy', value);
  else if (variable.twoWay) emitter.emitTo(own.asked, 'copy', value);
  // Flows run one way: what is below zero asks for nothing.
  else emitter.emitTo(own.asked, 'maximum', emitter.constant(0), value);
  return value;
}

/** Less than this share of the most that a flow was asked for is the rounding of a difference, not a wish. */
const ROUNDING = 1e-9;

/** A register that holds the first instant at which `wish` was below zero; Infinity as long as it never was. */
function rememberBelowZero(
  emitter: Emitter,
  time: number,
  memories: { held: number; next: number }[],
  wish: number,
): number {
  const first = emitter.register(Number.POSITIVE_INFINITY);
  const largest = emitter.register();
  const noise = emitter.emit('multiply', largest, emitter.constant(-ROUNDING));
  const below = emitter.emit('less', wish, noise);
  const now = emitter.emit('select', below, time, emitter.constant(Number.POSITIVE_INFINITY));
  emitter.emitTo(first, 'minimum', first, now);
  emitter.emitTo(largest, 'maximum', largest, emitter.emit('absolute', wish));
  for (const register of [first, largest]) memories.push({ held: register, next: register });
  return first;
}

/** Registers that a settled stock leaves for its next level. */
type Settled = {
  readonly have: number;
  readonly wanted: number;
  readonly short: number;
  readonly emptyAfter: number;
};

const isInside = (model: Model, cell: Cell, flow: number): boolean =>
  cell.loop !== null && model.cells[model.cells[flow]?.from ?? -1]?.loop === cell.loop;

/**
 * A stock gives what it holds (in the register `level`) and what flows in during the step from outside its loop of stocks; outflows that ask
 * for more are scaled by one factor.
 */
function settle(
  model: Model,
  emitter: Emitter,
  registers: readonly CellRegisters[],
  level: number,
  cell: Cell,
): Settled {
  const step = emitter.constant(model.time.step);
  const outside = cell.inflows
    .filter((flow) => !isInside(model, cell, flow))
    .map((flow) => registersOf(registers, flow).value);
  const inflow = sum(emitter, outside);
  const asked = sum(
    emitter,
    cell.outflows.map((flow) => registersOf(registers, flow).asked),
  );
  const have = emitter.emit('add', level, emitter.emit('multiply', inflow, step));
  const wanted = emitter.emit('multiply', asked, step);
  const short = emitter.emit('less', have, wanted);
  const factor = emitter.emit('select', short, emitter.emit('divide', have, wanted), emitter.constant(1));
  for (const flow of cell.outflows) {
    const own = registersOf(registers, flow);
    emitter.emitTo(own.value, 'multiply', own.asked, factor);
  }
  const net = emitter.emit('subtract', asked, inflow);
  const emptyAfter = emitter.emit(
    'select',
    short,
    emitter.emit('divide', level, net),
    emitter.constant(Number.POSITIVE_INFINITY),
  );
  return { have, wanted, short, emptyAfter };
}

function lowerLevels(
  model: Model,
  emitter: Emitter,
  registers: readonly CellRegisters[],
  results: ReadonlyMap<number, StockRegisters>,
  settled: ReadonlyMap<number, Settled>,
): void {
  const step = emitter.constant(model.time.step);
  const moved = (flows: readonly number[]): number =>
    emitter.emit(
      'multiply',
      sum(
        emitter,
        flows.map((flow) => registersOf(registers, flow).value),
      ),
      step,
    );
  for (const [number, { next, emptyAfter }] of results) {
    const cell = model.cells[number];
    if (cell === undefined) throw new Error('a stock without its cell');
    const level = registersOf(registers, number).value;
    const own = settled.get(number);
    if (own === undefined) {
      // Nothing holds its outflows back: it has none, or may fall below nothing.
      const filled = cell.inflows.length === 0 ? level : emitter.emit('add', level, moved(cell.inflows));
      if (cell.outflows.length === 0) emitter.emitTo(next, 'copy', filled);
      else emitter.emitTo(next, 'subtract', filled, moved(cell.outflows));
      continue;
    }
    // An emptied stock is exactly empty but for what its own loop brings back.
    const left = emitter.emit('subtract', own.have, own.wanted);
    const inside = cell.inflows.filter((flow) => isInside(model, cell, flow));
    const back = inside.length === 0 ? emitter.constant(0) : moved(inside);
    const rest = inside.length === 0 ? left : emitter.emit('add', left, back);
    emitter.emitTo(next, 'select', own.short, back, rest);
    emitter.emitTo(emptyAfter, 'copy', own.emptyAfter);
  }
}

function sum(emitter: Emitter, registers: readonly number[]): number {
  const [first, ...others] = registers;
  if (first === undefined) return emitter.constant(0);
  return others.reduce((so, next) => emitter.emit('add', so, next), first);
}
