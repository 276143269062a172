/**
 * Program → WebAssembly: a module that runs a few futures at once from their inputs to their measures, with the bits of
 * the interpreter. One module serves every viewpoint, scenario and counterfactual, as inputs are data.
 */
import { givenRegisters, OPERATIONS, type Program } from '../program/program.ts';
import { emitCode } from './emit-code.ts';
import { BLAME, defineBlame, FINE } from './emit-failure.ts';
import { defineFollower, startsOf } from './emit-measures.ts';
import { loadAny } from './emit-probe.ts';
import { defineRecall, RECALL } from './emit-recall.ts';
import { defineStep, type Section } from './emit-step.ts';
import { defineOverGroups, type Frame, OVER_GROUPS, type Setting, storeTo, surroundings } from './frame.ts';
import type { Value } from './lanes.ts';
import { type Layout, layOut } from './layout.ts';
import { createModule, type FunctionNumber } from './module-builder.ts';
import { type Places, placesOf } from './places.ts';

export type ProgramModule = {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly layout: Layout;
  readonly places: Places;
};

/**
 * What a module exports. Addresses count from `layout.groups`; a call runs the groups before `end`. `advance` works out
 * the instants `from` … `to`−1; they come in order, each once.
 */
export type ProgramExports = {
  readonly start: (end: number) => void;
  readonly advance: (end: number, from: number, to: number) => void;
  readonly finish: (end: number) => void;
};

/** How dear an operation is beside an addition, roughly: bytes of code count for the processor's memory, too. */
const WEIGHTS: Readonly<Partial<Record<(typeof OPERATIONS)[number], number>>> = {
  power: 120,
  exponential: 30,
  logarithm: 30,
  'decimal logarithm': 60,
  sine: 70,
  cosine: 70,
  tangent: 110,
  direction: 110,
  'hyperbolic tangent': 70,
  lookup: 30,
  recall: 30,
  uniform: 100,
  'normal quantile': 90,
};

export type ModuleOptions = {
  /** Two futures at once, by SIMD. */
  readonly wide: boolean;
  /** Weight up to which instructions stand in one function; see bench/README.md for how it was found. */
  readonly sectionWeight?: number;
  /**
   * Whether functions of mathematics are called. Written out they are quicker, but where there are many of them the code
   * grows out of the processor's memory, and takes longer to make than to run.
   */
  readonly calls?: boolean;
};

export const SECTION_WEIGHT = 3000;

/** Weight of a step up to which functions of mathematics are written out wherever they are used. */
const MOST_WRITTEN_OUT = 20_000;

const weightOfRow = ({ operation }: Program['stepCode'], row: number): number => {
  const name = OPERATIONS[operation[row] ?? 0];
  return (name === undefined ? undefined : WEIGHTS[name]) ?? 1;
};

function weightOf(code: Program['stepCode']): number {
  let weight = 0;
  for (let row = 0; row < code.length; row++) weight += weightOfRow(code, row);
  return weight;
}

/** Rows of the step in stretches of about equal weight. */
function sectionsOf({ stepCode }: Program, most: number): readonly Section[] {
  const sections: Section[] = [];
  let from = 0;
  let weight = 0;
  for (let row = 0; row < stepCode.length; row++) {
    weight += weightOfRow(stepCode, row);
    if (weight < most) continue;
    sections.push([from, row + 1]);
    from = row + 1;
    weight = 0;
  }
  if (from < stepCode.length || sections.length === 0) sections.push([from, stepCode.length]);
  return sections;
}

export function compileProgram(program: Program, options: ModuleOptions): ProgramModule {
  const { wide, sectionWeight = SECTION_WEIGHT } = options;
  const sections = sectionsOf(program, sectionWeight);
  const calls = options.calls ?? weightOf(program.stepCode) > MOST_WRITTEN_OUT;
  const places = placesOf(program, sections);
  const layout = layOut(program, places, wide);
  const module = createModule(layout.bytes);
  const recall = module.declare(RECALL);
  const blame = module.declare(BLAME);
  const blameStages = program.method === 'rk4' ? module.declare(BLAME) : blame;
  const setting: Setting = { program, places, layout, module, wide, calls, recall, blame, blameStages };
  defineRecall(module, recall, layout.width);
  defineBlame(module, blame, program, places, layout, 'instant');
  if (program.method === 'rk4') defineBlame(module, blameStages, program, places, layout, 'stages');

  const start = module.declare(OVER_GROUPS);
  defineOverGroups(setting, start, (frame) => emitStart(setting, frame));
  const steps = defineStep(setting, sections);
  const followers = program.measures.map((plan, number) => defineFollower(setting, plan, number));
  const finish = module.declare(OVER_GROUPS);
  defineOverGroups(setting, finish, (frame) => emitFinish(setting, frame));

  exportOnce(setting, 'start', start);
  exportOnce(setting, 'finish', finish);
  const advance = module.declare({ parameters: ['i32', 'i32', 'i32'], results: [] });
  module.export('advance', advance);
  module.define(advance, (body) => {
    const [end, instant, to] = [body.parameter(0), body.parameter(1), body.parameter(2)];
    const [now, before] = [body.local('i32'), body.local('i32')];
    const time = body.local('f64');
    const callAll = (callee: FunctionNumber): void => {
      body.i32(layout.groups);
      for (const local of [end, now, before, time, instant]) body.get(local);
      body.call(callee);
    };
    body.loop(() => {
      for (const [file, shift] of [
        [now, 0],
        [before, 1],
      ] as const) {
        body.get(instant);
        body.i32(shift);
        body.op('i32.add');
        body.i32(1);
        body.op('i32.and');
        body.i32(layout.group.fileSize);
        body.op('i32.mul');
        body.set(file);
      }
      body.get(instant);
      body.i32(8);
      body.op('i32.mul');
      body.memory('f64.load', layout.times);
      body.set(time);
      for (const callee of steps) callAll(callee);
      for (const { callee, first, last } of followers) {
        body.get(instant);
        body.i32(first);
        body.op('i32.ge_s');
        body.get(instant);
        body.i32(last);
        body.op('i32.le_s');
        body.op('i32.and');
        body.when([], () => callAll(callee));
      }
      body.get(instant);
      body.i32(1);
      body.op('i32.add');
      body.tee(instant);
      body.get(to);
      body.op('i32.lt_s');
      body.branchIf(0);
    });
  });
  const bytes = module.finish();
  return { bytes, layout: { ...layout, bytes: layout.bytes + module.dataSize() }, places };
}

/** Exports a function over groups that has no instant of its own: `start` at the first, `finish` at the last. */
function exportOnce({ module, layout, program }: Setting, name: string, callee: FunctionNumber): void {
  const outer = module.declare({ parameters: ['i32'], results: [] });
  module.export(name, outer);
  const { steps } = program.time;
  const isStart = name === 'start';
  module.define(outer, (body) => {
    body.i32(layout.groups);
    body.get(body.parameter(0));
    // The instant 0 will find what was before it in the second file.
    body.i32(isStart ? 0 : (steps % 2) * layout.group.fileSize);
    body.i32(isStart ? layout.group.fileSize : 0);
    body.i32(isStart ? 0 : 8 * steps);
    body.memory('f64.load', layout.times);
    body.i32(isStart ? 0 : steps);
    body.call(callee);
  });
}

/** The address of a column's part that belongs to a group is its own address and `frame.column`. */
const columnOf = (start: number, number: number, { capacity }: Layout): number =>
  start + number * capacity * 8;

/** Inputs into their places, the code of starts, and everything as it is before the first instant. */
function emitStart(setting: Setting, frame: Frame): void {
  const { program, places, layout } = setting;
  const { lanes, group, before, column } = frame;
  const { body } = lanes;
  const fixed = { base: group, offset: layout.group.fixed };
  const inputs = new Map<number, Value>();
  givenRegisters(program).forEach((register, slot) => {
    const value = lanes.load(column, columnOf(layout.inputs, slot, layout));
    inputs.set(register, value);
    const place = places.fixed.get(register);
    if (place === undefined) throw new Error('an input without its place');
    storeTo(lanes, fixed, place, layout.width, value);
  });
  body.get(group);
  body.get(column);
  body.i32(3);
  body.op('i32.shr_u');
  body.i32(0);
  body.memory('i32.load', layout.firstFuture);
  body.op('i32.add');
  body.memory('i32.store', layout.group.future);

  const around = surroundings(setting, frame, {
    constant: (register) =>
      register === program.timeRegister || inputs.has(register)
        ? null
        : register === program.firstRegister
          ? 1
          : (program.initial[register] ?? 0),
    read: (register) => {
      if (register === program.timeRegister) return lanes.spread(frame.time);
      const input = inputs.get(register);
      if (input === undefined) throw new Error('a register without a start');
      return input;
    },
    keep: () => {},
  });
  const { read } = emitCode(lanes, program.startCode, 0, program.startCode.length, around);
  for (const [register, place] of places.fixed) {
    if (!inputs.has(register)) storeTo(lanes, fixed, place, layout.width, read(register));
  }
  for (const { register, from } of places.carried) {
    const place = places.file.get(from);
    if (place !== undefined) storeTo(lanes, before, place, layout.width, read(register));
  }

  // What no later instant works out is looked at once.
  let bad = lanes.constant(0);
  const looked = new Set(
    program.variables.map(({ register }) => register).filter((register) => places.fixed.has(register)),
  );
  for (const register of looked) bad = lanes.add(bad, lanes.multiply(read(register), lanes.constant(0)));
  program.stocks.forEach((stock, number) => {
    const level = read(stock.level);
    const booked = layout.group.booked + 3 * number * layout.width;
    lanes.store(group, booked, level);
    for (const part of [1, 2]) lanes.store(group, booked + part * layout.width, lanes.constant(0));
    if (stock.physical) {
      const below = lanes.less(level, lanes.constant(0));
      bad = lanes.select(below, lanes.constant(Number.NaN), bad);
    }
  });
  lanes.store(group, layout.group.badAtStart, bad);
  lanes.store(group, layout.group.failedBy, lanes.constant(FINE));
  lanes.store(group, layout.group.failedAt, lanes.constant(0));
  program.measures.forEach((plan, number) => {
    startsOf(plan).forEach((start, at) => {
      lanes.store(group, (layout.group.followed[number] ?? 0) + at * layout.width, lanes.constant(start));
    });
  });
}

/** What was found, into columns: measures, claims, failures, and how far any stock's book is from closing. */
function emitFinish(setting: Setting, frame: Frame): void {
  const { program, places, layout } = setting;
  const { lanes, group, column } = frame;
  const measures = new Map<number, Value>();
  const inFuture = (offset: number): Value => lanes.load(group, offset);
  program.measures.forEach((plan, number) => {
    const place = layout.group.followed[number] ?? 0;
    const seen = inFuture(place);
    const never = lanes.equal(seen, lanes.constant(Number.POSITIVE_INFINITY));
    const value = ((): Value => {
      switch (plan.reducer) {
        case 'average':
          return lanes.divide(seen, lanes.constant(plan.to - plan.from));
        case 'time until':
          return lanes.select(never, seen, lanes.subtract(seen, lanes.constant(plan.countFrom)));
        case 'time of highest':
        case 'time of lowest': {
          const isSound = lanes.equal(inFuture(place + 2 * layout.width), lanes.constant(0));
          const found = lanes.subtract(inFuture(place + layout.width), lanes.constant(plan.countFrom));
          return lanes.select(isSound, found, lanes.constant(Number.NaN));
        }
        case 'ever':
          return lanes.number(lanes.not(never));
        case 'always':
          return lanes.number(never);
        default:
          return seen;
      }
    })();
    measures.set(plan.valueRegister, value);
    lanes.store(column, columnOf(layout.measures, number, layout), value);
  });
  program.claims.forEach((claim, number) => {
    const around = surroundings(setting, frame, {
      constant: (register) =>
        measures.has(register) || places.fixed.has(register) ? null : (program.initial[register] ?? 0),
      read: (register) => measures.get(register) ?? loadAny(setting, frame, lanes, register, false),
      keep: () => {},
    });
    const { read } = emitCode(lanes, claim.code, 0, claim.code.length, around);
    const isTrue = lanes.unequal(read(claim.result), lanes.constant(0));
    lanes.store(column, columnOf(layout.claims, number, layout), lanes.number(isTrue));
  });
  lanes.store(column, layout.failedBy, inFuture(layout.group.failedBy));
  lanes.store(column, layout.failedAt, inFuture(layout.group.failedAt));

  program.clipped.forEach(({ register }, number) => {
    const first = loadAny(setting, frame, lanes, register, false);
    lanes.store(column, columnOf(layout.clipped, number, layout), first);
  });

  let worst = lanes.constant(0);
  program.stocks.forEach((stock, number) => {
    const [start, inflow, outflow] = [0, 1, 2].map((part) =>
      inFuture(layout.group.booked + (3 * number + part) * layout.width),
    ) as [Value, Value, Value];
    const turnover = lanes.maximum(lanes.maximum(start, inflow), outflow);
    const end = loadAny(setting, frame, lanes, stock.level, false);
    const gap = lanes.subtract(lanes.subtract(lanes.add(start, inflow), outflow), end);
    const share = lanes.divide(lanes.absolute(gap), turnover);
    const isStill = lanes.equal(turnover, lanes.constant(0));
    worst = lanes.maximum(worst, lanes.select(isStill, lanes.constant(0), share));
  });
  lanes.store(column, layout.imbalances, worst);
}
