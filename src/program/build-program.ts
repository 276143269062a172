/**
 * Model → Program. The meaning of a step is settled here: equations in order, flows rationed by the stock that they
 * leave, upstream first, levels moved by what flowed.
 */
import { hashName } from '../base/hash.ts';
import type { Expression } from '../model/expression.ts';
import type { Cell, Model, Variable } from '../model/model.ts';
import { createEmitter, type Emitter } from './emitter.ts';
import { lowerExpression, type Scope } from './lower-expression.ts';
import type { ClaimPlan, InputSlot, MeasurePlan, Path, Program, StockPlan, VariableSlot } from './program.ts';
import { onGrid, timeGrid } from './time-grid.ts';

/** The registers of one cell; for a flow `value` is what flowed. */
type CellRegisters = { readonly value: number; readonly asked: number };

export function buildProgram(model: Model): Program {
  const emitter = createEmitter();
  const timeRegister = emitter.register();
  const registers = model.cells.map((cell): CellRegisters => {
    const value = emitter.register();
    // What nothing holds back flows as it is asked.
    const rationed = variableOf(model, cell).kind === 'flow' && cell.from !== null;
    return { value, asked: rationed ? emitter.register() : value };
  });
  const scope: Scope = {
    emitter,
    read: (variable, element, asked) => {
      const own = registers[(model.variables[variable]?.firstCell ?? 0) + element];
      if (own === undefined) throw new Error('a variable without its registers');
      return asked ? own.asked : own.value;
    },
    measure: () => {
      throw new Error('a measure read within a future');
    },
    timeRegister,
    membersOf: (group) => model.groups[group]?.members.length ?? 0,
    compared: () => {},
  };

  const startCode = lowerStarts(model, scope, registers);
  const { stepCode, stocks } = lowerStep(model, scope, registers);
  const variables = variableSlots(model, registers);
  const time = { ...timeGrid(model.time.start, model.time.step, model.time.steps), step: model.time.step };
  const measures = lowerMeasures(model, scope, variables, time);
  const claims = lowerClaims(model, scope, measures);
  return {
    time,
    initial: emitter.initial(),
    timeRegister,
    inputs: inputSlots(model, registers),
    variables,
    stocks,
    startCode,
    stepCode,
    measures,
    claims,
  };
}

function variableOf(model: Model, cell: Cell): Variable {
  const variable = model.variables[cell.variable];
  if (variable === undefined) throw new Error('a cell without its variable');
  return variable;
}

function registersOf(registers: readonly CellRegisters[], cell: number): CellRegisters {
  const own = registers[cell];
  if (own === undefined) throw new Error('a cell without its registers');
  return own;
}

/** The element of the cell's own group, for an equation that reads arrays over it. */
function elementsOf(model: Model, cell: Cell): ReadonlyMap<number, number> {
  const { group } = variableOf(model, cell);
  return new Map(group === null || cell.element === null ? [] : [[group, cell.element]]);
}

function inputSlots(model: Model, registers: readonly CellRegisters[]): readonly InputSlot[] {
  return model.cells.flatMap((cell, number) =>
    variableOf(model, cell).kind === 'input'
      ? [
          {
            cell: number,
            name: cell.name,
            register: registersOf(registers, number).value,
            site: hashName(cell.name),
          },
        ]
      : [],
  );
}

function variableSlots(model: Model, registers: readonly CellRegisters[]): readonly VariableSlot[] {
  return model.cells.flatMap((cell, number): readonly VariableSlot[] => {
    const variable = variableOf(model, cell);
    const { value, asked } = registersOf(registers, number);
    const slot = { cell: number, name: cell.name, register: value, asked: false, path: pathOf(variable) };
    return asked === value ? [slot] : [slot, { ...slot, register: asked, asked: true }];
  });
}

function pathOf(variable: Variable): Path {
  switch (variable.kind) {
    case 'input':
      return 'fixed';
    case 'stock':
      return 'stock';
    case 'flow':
      return 'held';
    case 'let':
      return variable.type.kind === 'boolean' ? 'held' : 'line';
  }
}

function lowerStarts(model: Model, scope: Scope, registers: readonly CellRegisters[]): Program['startCode'] {
  for (const number of model.startOrder) {
    const cell = model.cells[number];
    if (cell === undefined) throw new Error('a start without its cell');
    const variable = variableOf(model, cell);
    const expression =
      variable.kind === 'stock' ? variable.start : variable.kind === 'let' ? variable.value : null;
    if (expression === null) throw new Error('a start that is neither stock nor let');
    assign(scope, registersOf(registers, number).value, expression, elementsOf(model, cell));
  }
  return scope.emitter.take();
}

function assign(
  scope: Scope,
  target: number,
  expression: Expression,
  elements: ReadonlyMap<number, number>,
): void {
  scope.emitter.emitTo(target, 'copy', lowerExpression(scope, expression, elements));
}

function lowerStep(
  model: Model,
  scope: Scope,
  registers: readonly CellRegisters[],
): { readonly stepCode: Program['stepCode']; readonly stocks: readonly StockPlan[] } {
  const { emitter } = scope;
  const settled = new Map<number, Settled>();
  for (const step of model.order) {
    const cell = model.cells[step.cell];
    if (cell === undefined) throw new Error('a step without its cell');
    const own = registersOf(registers, step.cell);
    switch (step.kind) {
      case 'let':
      case 'ask': {
        const variable = variableOf(model, cell);
        if (variable.kind !== 'let' && variable.kind !== 'flow')
          throw new Error('an equation without its variable');
        const value = lowerExpression(scope, variable.value, elementsOf(model, cell));
        // Flows run one way: what is below zero asks for nothing.
        if (step.kind === 'ask') emitter.emitTo(own.asked, 'maximum', emitter.constant(0), value);
        else emitter.emitTo(own.value, 'copy', value);
        break;
      }
      case 'settle':
        settled.set(step.cell, settle(model, emitter, registers, cell, own.value));
    }
  }
  const stocks = model.cells.flatMap((cell, number): readonly StockPlan[] => {
    if (variableOf(model, cell).kind !== 'stock') return [];
    const level = registersOf(registers, number).value;
    const value = (flow: number): number => registersOf(registers, flow).value;
    const { next, emptyAfter } = nextLevel(model, emitter, cell, level, value, settled.get(number) ?? null);
    return [
      {
        cell: number,
        name: cell.name,
        level,
        next,
        emptyAfter,
        inflows: cell.inflows.map(value),
        outflows: cell.outflows.map(value),
      },
    ];
  });
  return { stepCode: emitter.take(), stocks };
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
 * A stock gives what it holds and what flows in during the step from outside its loop of stocks; outflows that ask
 * for more are scaled by one factor.
 */
function settle(
  model: Model,
  emitter: Emitter,
  registers: readonly CellRegisters[],
  cell: Cell,
  level: number,
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

function nextLevel(
  model: Model,
  emitter: Emitter,
  cell: Cell,
  level: number,
  value: (flow: number) => number,
  settled: Settled | null,
): { readonly next: number; readonly emptyAfter: number } {
  const step = emitter.constant(model.time.step);
  const arriving = (flows: readonly number[]): number =>
    emitter.emit('multiply', sum(emitter, flows.map(value)), step);
  if (settled === null) {
    const next =
      cell.inflows.length === 0
        ? emitter.emit('copy', level)
        : emitter.emit('add', level, arriving(cell.inflows));
    return { next, emptyAfter: emitter.constant(Number.POSITIVE_INFINITY) };
  }
  const left = emitter.emit('subtract', settled.have, settled.wanted);
  // An emptied stock is exactly empty but for what its own loop brings back.
  const inside = cell.inflows.filter((flow) => isInside(model, cell, flow));
  const back = inside.length === 0 ? emitter.constant(0) : arriving(inside);
  const rest = inside.length === 0 ? left : emitter.emit('add', left, back);
  return { next: emitter.emit('select', settled.short, back, rest), emptyAfter: settled.emptyAfter };
}

function sum(emitter: Emitter, registers: readonly number[]): number {
  const [first, ...others] = registers;
  if (first === undefined) return emitter.constant(0);
  return others.reduce((so, next) => emitter.emit('add', so, next), first);
}

function lowerMeasures(
  model: Model,
  scope: Scope,
  variables: readonly VariableSlot[],
  time: Program['time'],
): readonly MeasurePlan[] {
  const slotOf = new Map(variables.map((variable, number) => [variable.register, number]));
  return model.measures.map((measure): MeasurePlan => {
    const reads = new Set<number>();
    const comparisons: { left: number; right: number }[] = [];
    const own: Scope = {
      ...scope,
      read: (variable, element, asked) => {
        const register = scope.read(variable, element, asked);
        const slot = slotOf.get(register);
        if (slot === undefined) throw new Error('a measure reads a register without a name');
        reads.add(slot);
        return register;
      },
      compared: (left, right) => comparisons.push({ left, right }),
    };
    const result = lowerExpression(own, measure.body, new Map());
    const code = scope.emitter.take();
    const operands = [code.a, code.b, code.c];
    const readsTime =
      result === scope.timeRegister || operands.some((column) => column.includes(scope.timeRegister));
    return {
      name: measure.name,
      reducer: measure.reducer,
      code,
      result,
      reads: [...reads],
      readsTime,
      comparisons,
      from: onGrid(time, measure.window.from),
      to: onGrid(time, measure.window.to),
      countFrom: onGrid(time, measure.countFrom),
      valueRegister: scope.emitter.register(),
    };
  });
}

function lowerClaims(model: Model, scope: Scope, measures: readonly MeasurePlan[]): readonly ClaimPlan[] {
  return model.claims.flatMap((claim, number): readonly ClaimPlan[] => {
    if (claim.form.kind !== 'condition') return [];
    const own: Scope = {
      ...scope,
      measure: (measure) => {
        const register = measures[measure]?.valueRegister;
        if (register === undefined) throw new Error('a claim reads a measure that is not there');
        return register;
      },
    };
    const result = lowerExpression(own, claim.form.condition, new Map());
    return [{ claim: number, code: scope.emitter.take(), result }];
  });
}
