/**
 * Model → Program: registers for every cell, then the code of starts, steps, measures and claims.
 */
import { hashName } from '../base/hash.ts';
import { type Elements, elementsAt, offsetRead, shapeOf } from '../model/array-shape.ts';
import { drawsOf } from '../model/draw-sites.ts';
import type { Expression } from '../model/expression.ts';
import { fitMeasures } from '../model/fit-measures.ts';
import { conditionOf, isGiven, type Model, type Variable } from '../model/model.ts';
import { UNIQUENESS_PARTS } from '../model/model-of-comparisons.ts';
import { type DecisionState, decisionStates, isKept, stateName } from '../model/model-of-decisions.ts';
import { readsItself } from '../model/model-of-ties.ts';
import { observedMeasures, type PlainMeasure } from '../model/observed-measures.ts';
import { type Setting, settingAt, settingsOf } from '../model/settings.ts';
import { createEmitter } from './emitter.ts';
import { hoistFixed } from './hoist-fixed.ts';
import { type CellRegisters, readerOf, registersOf, variableOf } from './lower-cells.ts';
import { type KnotRegisters, knotRegisters, lowerDated } from './lower-dated.ts';
import { withDraws } from './lower-draw.ts';
import { copyGiven, type GivenRegisters, givenInputs } from './lower-effects.ts';
import { lowerExpression, type Scope } from './lower-expression.ts';
import { lowerSeries, seriesTables } from './lower-series.ts';
import { type States, stateReader, stateRegisters, statesOf } from './lower-states.ts';
import { lowerStep } from './lower-step.ts';
import { lowerTieStart, type TieLevels, tieLevels } from './lower-ties.ts';
import {
  type ClaimPlan,
  type FitPlan,
  type InputSlot,
  lastInstant,
  type MeasurePlan,
  type Path,
  type Program,
  type VariableSlot,
} from './program.ts';
import { onGrid, timeGrid } from './time-grid.ts';

export function buildProgram(model: Model): Program {
  const emitter = createEmitter();
  const timeRegister = emitter.register();
  const instantRegister = emitter.register();
  const stageRegister = emitter.register();
  const registers = model.cells.map((cell): CellRegisters => {
    const value = emitter.register();
    // What nothing holds back flows as it is asked.
    return { value, asked: cell.rationed ? emitter.register() : value };
  });
  const states = stateRegisters(model, emitter, registers);
  const given = givenInputs(model, emitter);
  const levels = tieLevels(model, emitter);
  const knots = knotRegisters(model, emitter);
  const meanings = new Map(
    model.variables.flatMap(({ kind }, number) =>
      kind === 'definition' ? [[number, emitter.register()] as const] : [],
    ),
  );
  const settings = settingsOf(model).map((setting) => ({ ...setting, register: emitter.register() }));
  const settingRegisters = new Map(
    settings.map(({ kind, cell, register }) => [`${kind} of ${cell}`, register]),
  );
  const time = { ...timeGrid(model.time.start, model.time.step, model.time.steps), step: model.time.step };
  const scope: Scope = {
    emitter,
    read: readerOf(model, registers),
    state: stateReader(model, states, 'now'),
    measure: () => {
      throw new Error('a measure read within a future');
    },
    meaning: (definition) => meaningOf(meanings, definition),
    timeRegister,
    instantRegister,
    grid: time,
    membersOf: (group) => model.groups[group]?.members.length ?? 0,
    withItself: (reading, current) => readsItself(model, reading, current),
    compared: () => {},
    heldTable: (table) => model.tables[table]?.held === true,
    keepInStages: (value) => {
      if (model.time.method === 'euler') return value;
      const kept = emitter.register();
      emitter.emitTo(kept, 'select', stageRegister, kept, value);
      return kept;
    },
    redrawn: (variable) => {
      const own = settingRegisters.get(`chance of ${model.variables[variable]?.firstCell}`);
      if (own === undefined) throw new Error('a draw that no run could draw anew');
      return own;
    },
    held: (cell, kind) => {
      const own = settingRegisters.get(`${kind} of ${cell}`);
      if (own === undefined) throw new Error('a decision that no run could hold');
      return own;
    },
    draw: () => {
      throw new Error('a draw outside of an equation');
    },
    // A stock's start sees a delay as it is before anything has come through.
    delay: (expression, lower) => lower(expression.before ?? expression.input),
  };

  const series = seriesTables(model);
  const dated = (keep: Scope['keepInStages']): void =>
    lowerDated(model, { ...scope, keepInStages: keep }, registers, knots, given);
  dated((value) => value);
  // When stocks start nothing has happened yet.
  const starting: Scope = { ...scope, state: stateReader(model, states, 'before') };
  copyGiven(emitter, registers, given);
  const startCode = lowerStarts(model, starting, registers, levels, series.byCell);
  const firstRegister = emitter.register();
  dated(scope.keepInStages);
  const step = lowerStep(model, scope, registers, states, given, levels, firstRegister, series.byCell);
  const { rates, ...lowered } = step;
  const special = { timeRegister, instantRegister, stageRegister, firstRegister };
  const variables = variableSlots(model, registers, given, meanings, states, rates);
  const measures = lowerMeasures(model, scope, variables, time);
  const claims = lowerClaims(model, scope, measures);
  const inputs = [...inputSlots(model, registers, given, knots, meanings), ...settings.map(settingSlot)];
  const flows = model.cells.flatMap((cell, number) =>
    variableOf(model, cell).kind === 'flow' ? [registersOf(registers, number)] : [],
  );
  const initial = emitter.initial();
  return {
    time,
    initial,
    ...special,
    inputs,
    variables,
    flows,
    ...lowered,
    ...hoistFixed({ startCode, stepCode: lowered.stepCode, initial }, { ...lowered, ...special, flows }),
    method: model.time.method,
    tables: [...model.tables, ...series.tables].map(({ at, values, held }) => ({
      at: Float64Array.from(at),
      values: Float64Array.from(values),
      held,
    })),
    measures,
    claims,
    fits: planFits(model, inputs, measures, claims, time),
  };
}

function inputSlots(
  model: Model,
  registers: readonly CellRegisters[],
  given: GivenRegisters,
  knots: KnotRegisters,
  meanings: ReadonlyMap<number, number>,
): readonly InputSlot[] {
  return model.cells.flatMap((cell, number): readonly InputSlot[] => {
    const { kind, firstCell } = variableOf(model, cell);
    const setting = settingAt(model, number);
    const slot = { cell: number, setting, knots: knots.get(number) ?? [], site: hashName(cell.name) };
    if (isGiven(kind))
      return [
        {
          ...slot,
          role: 'value',
          name: cell.name,
          register: given.get(number) ?? registersOf(registers, number).value,
        },
      ];
    if (kind !== 'definition' || number !== firstCell) return [];
    const { name } = variableOf(model, cell);
    return [{ ...slot, role: 'meaning', name, register: meaningOf(meanings, cell.variable) }];
  });
}

function settingSlot({ kind, cell, name, value, register }: Setting & { register: number }): InputSlot {
  return { role: kind, cell, name, setting: value, register, knots: [], site: hashName(name) };
}

/** The register of the number of the meaning that a definition has. */
function meaningOf(meanings: ReadonlyMap<number, number>, definition: number): number {
  const register = meanings.get(definition);
  if (register === undefined) throw new Error('a definition without its register');
  return register;
}

/**
 * In the order in which a step works them out, so that of several that go wrong the first is the cause of the others:
 * what is given, then first values of stocks with what they read, then everything else.
 */
function variableSlots(
  model: Model,
  registers: readonly CellRegisters[],
  given: GivenRegisters,
  meanings: ReadonlyMap<number, number>,
  states: States,
  rates: ReadonlyMap<number, number>,
): readonly VariableSlot[] {
  const slots: VariableSlot[] = [];
  const placed = new Set<number>();
  const place = (cell: number, asked: boolean): void => {
    const { name, variable: number } = model.cells[cell] ?? {};
    const variable = model.variables[number ?? -1];
    if (name === undefined || variable === undefined) throw new Error('a variable without its cell');
    const register = asked ? registersOf(registers, cell).asked : registersOf(registers, cell).value;
    if (placed.has(register)) return;
    placed.add(register);
    const path = given.has(cell) ? 'held' : pathOf(variable);
    slots.push({ cell, name, register, asked, path, state: false });
  };
  /** What a decision weighs stands before it, as the cause of what goes wrong in it. */
  const placeParts = (cell: number): void => {
    const decision = model.variables[model.cells[cell]?.variable ?? -1];
    if (decision?.kind !== 'decision') return;
    const own = statesOf(states, cell);
    const named = decisionStates(decision).flatMap((state, at) =>
      at === 0 ? [] : [{ state, register: own[at]?.now ?? -1 }],
    );
    for (const { state, register } of named.toSorted(
      (one, other) => rankOf(one.state) - rankOf(other.state),
    )) {
      const name = stateName(state, decision, model.cells[cell]?.name ?? '');
      slots.push({ cell, name, register, asked: false, path: 'held', state: true });
    }
  };
  model.cells.forEach((cell, number) => {
    if (isGiven(variableOf(model, cell).kind)) place(number, false);
  });
  // A measure sees between two instants what its definition means there, so that the choice has a name as well.
  for (const [definition, register] of meanings) {
    const { name, firstCell: cell } = model.variables[definition] ?? { name: '', firstCell: 0 };
    slots.push({ cell, name: `what ${name} means`, register, asked: false, path: 'fixed', state: false });
  }
  for (const cell of model.startOrder) place(cell, false);
  for (const { kind, cell } of model.order) {
    const { rationed, outflows } = model.cells[cell] ?? { rationed: false, outflows: [] };
    if (kind === 'settle') for (const flow of outflows) place(flow, false);
    else if (kind === 'decide') placeParts(cell);
    if (kind !== 'settle') place(cell, kind === 'ask' && rationed);
    if (kind !== 'decide' || model.variables[model.cells[cell]?.variable ?? -1]?.kind !== 'event') continue;
    const name = model.cells[cell]?.name ?? '';
    statesOf(states, cell).forEach(({ now }, state) => {
      const word = STATE_NAMES[state] ?? (state < STATE_NAMES.length ? null : 'what is moved by');
      if (word !== null)
        slots.push({ cell, name: `${word} ${name}`, register: now, asked: false, path: 'held', state: true });
    });
  }
  for (const [cell, register] of rates) {
    const name = `the rate of ${model.cells[cell]?.name}`;
    slots.push({ cell, name, register, asked: false, path: 'held', state: true });
  }
  return slots;
}

/** What holds for all options comes before what they are worth, and what comes of it last. */
const rankOf = (state: DecisionState): number => (isKept(state) ? 2 : 'option' in state ? 1 : 0);

/** What the states of an event are called where one of them goes wrong; its value has its own name. */
const STATE_NAMES = [null, 'the count of', 'the last time of'] as const satisfies readonly (string | null)[];

function pathOf(variable: Variable): Path {
  switch (variable.kind) {
    case 'input':
      return variable.dates === null ? 'fixed' : variable.dates.dating === 'from' ? 'held' : 'line';
    case 'lever':
      return 'fixed';
    case 'stock':
      return 'stock';
    case 'flow':
    case 'event':
    case 'decision':
    case 'tie':
      return 'held';
    case 'series':
      return variable.held ? 'held' : 'line';
    case 'let':
      // What is drawn jumps at an instant, and stays as it is until the next.
      return variable.type.kind === 'boolean' || drawsOf(variable).length > 0 ? 'held' : 'line';
    // A measure goes through a definition to its meanings, each of which keeps its own path.
    case 'definition':
      return variable.type.kind === 'boolean' ? 'held' : 'line';
  }
}

function lowerStarts(
  model: Model,
  scope: Scope,
  registers: readonly CellRegisters[],
  levels: TieLevels,
  seriesTable: ReadonlyMap<number, number>,
): Program['startCode'] {
  for (const number of model.startOrder) {
    const cell = model.cells[number];
    if (cell === undefined) throw new Error('a start without its cell');
    const variable = variableOf(model, cell);
    if (variable.kind === 'series') {
      const value = lowerSeries(scope, variable, seriesTable.get(number));
      scope.emitter.emitTo(registersOf(registers, number).value, 'copy', value);
      continue;
    }
    if (variable.kind === 'tie') {
      lowerTieStart(model, withDraws(model, scope, number), registers, levels, number);
      continue;
    }
    const isWorkedOut = variable.kind === 'let' || variable.kind === 'definition';
    const expression = variable.kind === 'stock' ? variable.start : isWorkedOut ? variable.value : null;
    if (expression === null) throw new Error('a start that is neither stock nor worked out');
    assign(withDraws(model, scope, number), registersOf(registers, number).value, expression, cell.elements);
  }
  return scope.emitter.take();
}

function assign(scope: Scope, target: number, expression: Expression, elements: Elements): void {
  scope.emitter.emitTo(target, 'copy', lowerExpression(scope, expression, elements));
}

function lowerMeasures(
  model: Model,
  scope: Scope,
  variables: readonly VariableSlot[],
  time: Program['time'],
): readonly MeasurePlan[] {
  const slotOf = new Map(variables.map((variable, number) => [variable.register, number]));
  const measures: readonly PlainMeasure[] = [
    ...model.measures,
    ...observedMeasures(model),
    ...fitMeasures(model),
  ];
  // Of the measure that is being lowered.
  let reads = new Set<number>();
  let comparisons: { left: number; right: number }[] = [];
  const readFrom = (register: number): number => {
    const slot = slotOf.get(register);
    if (slot === undefined) throw new Error('a measure reads a register without a name');
    reads.add(slot);
    return register;
  };
  const own: Scope = {
    ...scope,
    read: (reading, current) => {
      const variable = model.variables[reading.variable];
      if (variable?.kind !== 'definition') return readFrom(scope.read(reading, current));
      const shape = shapeOf(model.groups, variable.groups);
      const elements = elementsAt(shape, offsetRead(shape, reading.indices, current));
      return lowerExpression(own, variable.value, elements);
    },
    state: (reading, current) => readFrom(scope.state(reading, current)),
    meaning: (definition) => readFrom(scope.meaning(definition)),
    compared: (left, right) => comparisons.push({ left, right }),
  };
  return measures.map((measure): MeasurePlan => {
    reads = new Set();
    comparisons = [];
    const result = lowerExpression(own, measure.body, measure.elements);
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
  const own: Scope = {
    ...scope,
    measure: ({ measure, indices }, current) => {
      const shape = shapeOf(model.groups, model.measures[measure]?.groups ?? []);
      const register = measures[measure + offsetRead(shape, indices, current)]?.valueRegister;
      if (register === undefined) throw new Error('a claim reads a measure that is not there');
      return register;
    },
  };
  const plan = (claim: number, expression: Expression, part: ClaimPlan['part'] = null): ClaimPlan => {
    const result = lowerExpression(own, expression, []);
    return { claim, part, code: scope.emitter.take(), result };
  };
  const claims = model.claims.flatMap(({ form }, number): readonly ClaimPlan[] => {
    const condition = conditionOf(form);
    if (condition === null) return [];
    const parts =
      form.kind === 'uniqueness' ? UNIQUENESS_PARTS.map((part) => plan(number, form.parts[part], part)) : [];
    return [plan(number, condition), ...parts];
  });
  return [...claims, ...model.fits.requirements.map(({ condition }) => plan(-1, condition))];
}

function planFits(
  { fits }: Model,
  inputs: readonly InputSlot[],
  measures: readonly MeasurePlan[],
  claims: readonly ClaimPlan[],
  time: Program['time'],
): FitPlan {
  const { calibrations, requirements } = fits;
  const until = (numbers: readonly number[]): number => lastInstant({ measures, time }, numbers);
  return {
    calibrations: calibrations.map(({ cell, stage }, number) => {
      const slot = inputs.findIndex((input) => input.role === 'value' && input.cell === cell);
      const measure = measures.length - calibrations.length + number;
      return { slot, measure, until: until([measure]), stage };
    }),
    requirements: requirements.map(({ measures: read }, number) => ({
      claim: claims.length - requirements.length + number,
      until: until(read),
    })),
  };
}
