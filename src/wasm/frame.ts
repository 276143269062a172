/** What the functions of a module have in common: the walk over groups, and where registers are read from. */
import { PURPOSE } from '../base/philox.ts';
import type { Program } from '../program/program.ts';
import type { LongCodes } from './apart.ts';
import type { Surroundings } from './emit-code.ts';
import { type Lanes, lanesOf, type Value } from './lanes.ts';
import type { Layout } from './layout.ts';
import type { FunctionBuilder, FunctionNumber, Local, ModuleBuilder } from './module-builder.ts';
import { type DrawAddress, uniform, type Word } from './philox.ts';
import type { Places } from './places.ts';
import { sharedFunction } from './shared-function.ts';

/** All that a function is emitted from. */
export type Setting = {
  readonly program: Program;
  readonly places: Places;
  readonly layout: Layout;
  readonly module: ModuleBuilder;
  readonly wide: boolean;
  /** Whether functions of mathematics are called, not written out at each place. */
  readonly calls: boolean;
  readonly long: LongCodes;
  /** What a history held: (its first value, how many instants ago, before its start, the instant) → value. */
  readonly recall: FunctionNumber;
  /** Searches a group that went wrong for what went wrong. */
  readonly blame: FunctionNumber;
  /** The same for a step of rk4 that only went wrong in a later stage. */
  readonly blameStages: FunctionNumber;
};

/** An address to which a slot's offset is added: `base` is a local, `offset` a constant. */
export type File = { readonly base: Local; readonly offset: number };

/** One group at one instant, within a function. */
export type Frame = {
  readonly lanes: Lanes;
  /** i32: the group's start; for code on a single lane moved on by that lane. */
  readonly group: Local;
  /** i32: how far into a column the group's futures lie. */
  readonly column: Local;
  readonly now: File;
  readonly before: File;
  /** f64 and i32. */
  readonly time: Local;
  readonly instant: Local;
};

/** The parameters of a function over groups: first and last address, both files' places, time, instant. */
export const OVER_GROUPS = {
  parameters: ['i32', 'i32', 'i32', 'i32', 'f64', 'i32'],
  results: [],
} as const;

/** Builds a function that runs `each` for every group. */
export function defineOverGroups(
  { module, layout, wide }: Setting,
  callee: FunctionNumber,
  each: (frame: Frame) => void,
): void {
  module.define(callee, (body) => {
    const lanes = lanesOf(module, body, wide);
    const group = body.parameter(0);
    const [now, before, column] = [body.local('i32'), body.local('i32'), body.local('i32')];
    body.loop(() => {
      for (const [file, delta] of [
        [now, 2],
        [before, 3],
      ] as const) {
        body.get(group);
        body.get(body.parameter(delta));
        body.op('i32.add');
        body.set(file);
      }
      each({
        lanes,
        group,
        column,
        now: { base: now, offset: 0 },
        before: { base: before, offset: 0 },
        time: body.parameter(4),
        instant: body.parameter(5),
      });
      body.get(column);
      body.i32(layout.width);
      body.op('i32.add');
      body.set(column);
      body.get(group);
      body.i32(layout.group.stride);
      body.op('i32.add');
      body.tee(group);
      body.get(body.parameter(1));
      body.op('i32.lt_u');
      body.branchIf(0);
    });
  });
}

export const loadFrom = (lanes: Lanes, file: File, slot: number, width: number): Value =>
  lanes.load(file.base, file.offset + slot * width);

export const storeTo = (lanes: Lanes, file: File, slot: number, width: number, value: Value): void =>
  lanes.store(file.base, file.offset + slot * width, value);

/** A register written once a future. */
export function loadFixed({ places, layout }: Setting, frame: Frame, register: number): Value | null {
  const slot = places.fixed.get(register);
  return slot === undefined ? null : frame.lanes.load(frame.group, layout.group.fixed + slot * layout.width);
}

/** 1 or 0 in an f64, from an i32 on the stack. */
export function flag(body: FunctionBuilder): Local {
  const value = body.local('f64');
  body.op('f64.convert_i32_u');
  body.set(value);
  return value;
}

/**
 * The surroundings of code whose files are these; `special` gives time, instant, first and stage. Code that runs `seldom`,
 * once a future or less than once in many instants, calls its functions of mathematics and its draws: written out they
 * would be most of a module, which is made and compiled before anything runs.
 */
export function surroundings(
  setting: Setting,
  frame: Frame,
  rest: Pick<Surroundings, 'read' | 'constant' | 'keep'>,
  runs: 'often' | 'seldom' = 'often',
): Surroundings {
  const { program, layout } = setting;
  const { lanes } = frame;
  return {
    program,
    calls: setting.calls || runs === 'seldom',
    ...rest,
    recall: (history, steps, before) => {
      const { body } = lanes;
      const start = layout.group.histories + history * (program.time.steps + 1) * layout.width;
      let lane = 0;
      return lanes.perLane([steps, before], (ago, early) => {
        const value = body.local('f64');
        body.get(frame.group);
        body.i32(start + 8 * lane++);
        body.op('i32.add');
        body.get(ago);
        body.get(early);
        body.get(frame.instant);
        body.call(setting.recall);
        body.set(value);
        return value;
      });
    },
    uniform: (occurrence, site, shifts) => {
      const future = lanes.body.local('i32');
      lanes.body.get(frame.group);
      lanes.body.memory('i32.load', layout.group.future);
      lanes.body.set(future);
      return runs === 'seldom'
        ? callUniform(lanes, layout, future, occurrence, site, shifts)
        : uniform(lanes, addressOf(lanes, layout, future, occurrence, site, shifts));
    },
  };
}

/** The whole address of a draw within a run. */
function addressOf(
  { body }: Lanes,
  layout: Layout,
  future: Local,
  occurrence: Value,
  site: Word,
  shifts: Value | null,
): DrawAddress {
  const word = (offset: number): Local => {
    const local = body.local('i32');
    body.i32(0);
    body.memory('i32.load', layout.seed + offset);
    body.set(local);
    return local;
  };
  const [seedLow, seedHigh] = [word(0), word(4)];
  const address = { future, occurrence, site, purpose: PURPOSE.inRun, seedLow, seedHigh };
  return shifts === null ? address : { ...address, shifts };
}

/** A draw by a function that all such draws of the module share. */
function callUniform(
  { module, body, wide, type }: Lanes,
  layout: Layout,
  future: Local,
  occurrence: Value,
  site: number,
  shifts: Value | null,
): Value {
  const isShifted = shifts !== null;
  const signature = {
    parameters: ['i32', 'i32', type, ...(isShifted ? [type] : [])],
    results: [type],
  } as const;
  const callee = sharedFunction(module, `draw ${wide} ${isShifted}`, signature, (inner) => {
    const own = lanesOf(module, inner, wide);
    const [number, given, at] = [inner.parameter(0), inner.parameter(1), inner.parameter(2)];
    const by = isShifted ? inner.parameter(3) : null;
    inner.get(uniform(own, addressOf(own, layout, number, at, { given }, by)));
  });
  body.get(future);
  body.i32(site | 0);
  body.get(occurrence);
  if (shifts !== null) body.get(shifts);
  body.call(callee);
  const result = body.local(type);
  body.set(result);
  return result;
}
