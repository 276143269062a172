/**
 * One instant as functions over groups: the step's instructions in sections short enough for the processor to keep, the
 * stages of rk4, what must stay finite, what is booked. What each means is said by the interpreter and `work-out.ts`.
 */
import { type Code, OPERATIONS } from '../program/program.ts';
import { STAGES } from '../program/work-out.ts';
import { emitCode } from './emit-code.ts';
import { emitBlame } from './emit-failure.ts';
import {
  defineOverGroups,
  type File,
  type Frame,
  flag,
  loadFixed,
  loadFrom,
  OVER_GROUPS,
  type Setting,
  storeTo,
  surroundings,
} from './frame.ts';
import type { Value } from './lanes.ts';
import { stageOffset } from './layout.ts';
import type { FunctionNumber } from './module-builder.ts';
import { flowOf } from './places.ts';

export type Section = readonly [from: number, to: number];

/** What every section asks of the whole step, found once. */
type Whole = {
  /** The first row that writes a register, and the last one that reads it. */
  readonly firstWrite: ReadonlyMap<number, number>;
  readonly lastRead: ReadonlyMap<number, number>;
  /** Registers of variables, and those of stocks' levels. */
  readonly named: ReadonlySet<number>;
  readonly levels: ReadonlySet<number>;
  /** For a register whose value comes from the instant before, the register that held it there. */
  readonly sources: ReadonlyMap<number, number>;
};

function wholeOf({ program, places }: Setting): Whole {
  const { stepCode } = program;
  const firstWrite = new Map<number, number>();
  const lastRead = new Map<number, number>();
  for (let row = 0; row < stepCode.length; row++) {
    for (const column of [stepCode.a, stepCode.b, stepCode.c]) lastRead.set(column[row] ?? 0, row);
    const target = stepCode.target[row] ?? 0;
    if (!firstWrite.has(target)) firstWrite.set(target, row);
  }
  return {
    firstWrite,
    lastRead,
    named: new Set(program.variables.map(({ register }) => register)),
    levels: new Set(program.stocks.map(({ level }) => level)),
    sources: new Map(places.carried.map((one) => [one.register, one.from])),
  };
}

/** The functions of one instant, in the order in which they are called; all are over groups. */
export function defineStep(setting: Setting, sections: readonly Section[]): readonly FunctionNumber[] {
  const announce = (): FunctionNumber => setting.module.declare(OVER_GROUPS);
  const functions: FunctionNumber[] = [];
  const isRk4 = setting.program.method === 'rk4';
  const whole = wholeOf(setting);
  sections.forEach((section, number) => {
    const callee = announce();
    functions.push(callee);
    defineOverGroups(setting, callee, (frame) => {
      emitInstant(setting, frame, whole, section, number === 0);
      if (number !== sections.length - 1) return;
      if (isRk4) emitBlame(setting, frame, setting.blame);
      else emitEnd(setting, frame, setting.blame);
    });
  });
  if (!isRk4) return functions;
  STAGES.forEach((_, stage) => {
    const levels = announce();
    functions.push(levels);
    defineOverGroups(setting, levels, (frame) => emitStageLevels(setting, frame, stage));
    for (const section of sections) {
      const callee = announce();
      functions.push(callee);
      defineOverGroups(setting, callee, (frame) => emitStage(setting, frame, whole, section, stage));
    }
  });
  const settle = announce();
  functions.push(settle);
  defineOverGroups(setting, settle, (frame) => {
    emitSettle(setting, frame);
    emitEnd(setting, frame, setting.blameStages);
  });
  return functions;
}

/** The file of a stage of rk4; the first two files are the instants'. */
const stageFile = ({ layout }: Setting, frame: Frame, stage: number): File => ({
  base: frame.group,
  offset: stageOffset(layout, stage),
});

/** Time, number and first of an instant in all lanes; null for any other register. */
function special(setting: Setting, frame: Frame, register: number): Value | null {
  const { program } = setting;
  const { lanes, instant, time } = frame;
  const { body } = lanes;
  if (register === program.timeRegister) return lanes.spread(time);
  if (register === program.instantRegister) {
    body.get(instant);
    return lanes.spread(flag(body));
  }
  if (register === program.firstRegister) {
    body.get(instant);
    body.op('i32.eqz');
    return lanes.spread(flag(body));
  }
  return null;
}

/** The first stage of a step, whose stage register is 0. */
function emitInstant(
  setting: Setting,
  frame: Frame,
  whole: Whole,
  [from, to]: Section,
  isFirst: boolean,
): void {
  const { program, places, layout } = setting;
  const { lanes, now, before } = frame;
  const earlier = { has: (register: number): boolean => (whole.firstWrite.get(register) ?? from) < from };
  const { sources, firstWrite, named } = whole;
  const slotOf = (register: number): number => {
    const slot = places.file.get(register);
    if (slot === undefined) throw new Error('a register that is nowhere');
    return slot;
  };
  const carriedValue = (register: number): Value =>
    loadFrom(lanes, before, slotOf(sources.get(register) ?? register), layout.width);
  if (isFirst) {
    for (const { register } of places.carried) {
      if (firstWrite.has(register)) continue;
      storeTo(lanes, now, slotOf(register), layout.width, carriedValue(register));
    }
  }
  const last = lastWrites(setting, from, to);
  const around = surroundings(setting, frame, {
    constant: (register) => (register === program.stageRegister ? 0 : places.constant(register)),
    read: (register) => {
      const known = special(setting, frame, register) ?? loadFixed(setting, frame, register);
      if (known !== null) return known;
      return earlier.has(register) || !sources.has(register)
        ? loadFrom(lanes, now, slotOf(register), layout.width)
        : carriedValue(register);
    },
    keep: (register, row, value) => {
      const slot = places.file.get(register);
      if (slot !== undefined && last.get(register) === row) storeTo(lanes, now, slot, layout.width, value());
    },
  });
  const { read } = emitCode(lanes, program.stepCode, from, to, around);
  const carriedOver = isFirst ? [...sources.keys()].filter((register) => !firstWrite.has(register)) : [];
  const checked = [...carriedOver, ...last.keys()].filter((register) => named.has(register));
  addUp(setting, frame, uncovered(program.stepCode, checked, from, to), read, isFirst);
}

/** The last row that writes each register. */
function lastWrites({ program }: Setting, from: number, to: number): ReadonlyMap<number, number> {
  const last = new Map<number, number>();
  for (let row = from; row < to; row++) last.set(program.stepCode.target[row] ?? 0, row);
  return last;
}

/** Operations whose result is never finite where what they read is not. */
const HANDED_ON = new Set(['copy', 'add', 'subtract', 'multiply', 'negate']);

/**
 * Those of the registers that must be looked at: one that is added to, subtracted from or multiplied into another that is
 * looked at in the same section shows there.
 */
export function uncovered(
  stepCode: Code,
  registers: readonly number[],
  from: number,
  to: number,
): readonly number[] {
  const looked = new Set(registers);
  const shown = new Set<number>();
  // From the last row back: a register shows if what it goes into is looked at, or shows itself.
  for (let row = to - 1; row >= from; row--) {
    const operation = OPERATIONS[stepCode.operation[row] ?? 0] ?? '';
    const target = stepCode.target[row] ?? 0;
    if (!HANDED_ON.has(operation) || !(looked.has(target) || shown.has(target))) continue;
    shown.add(stepCode.a[row] ?? 0);
    if (operation !== 'copy' && operation !== 'negate') shown.add(stepCode.b[row] ?? 0);
  }
  return registers.filter((register) => !shown.has(register));
}

/** Adds 0 times each value to the group's sum, which is 0 as long as all are finite. */
function addUp(
  { layout }: Setting,
  { lanes, group }: Frame,
  registers: readonly number[],
  read: (register: number) => Value,
  isFirst: boolean,
): void {
  let sum = lanes.load(group, isFirst ? layout.group.badAtStart : layout.group.bad);
  for (const register of registers) sum = lanes.add(sum, lanes.multiply(read(register), lanes.constant(0)));
  lanes.store(group, layout.group.bad, sum);
}

/** After everything at the instant is worked out: who failed, what histories keep, what is booked. */
function emitEnd(setting: Setting, frame: Frame, blame: FunctionNumber): void {
  const { program, places, layout } = setting;
  const { lanes, now, group, instant } = frame;
  const { body } = lanes;
  const held = (register: number): Value => {
    const fixed = places.constant(register);
    if (fixed !== null) return lanes.constant(fixed);
    const known = loadFixed(setting, frame, register);
    if (known !== null) return known;
    const slot = places.file.get(register);
    if (slot === undefined) throw new Error('a register that is nowhere');
    return loadFrom(lanes, now, slot, layout.width);
  };
  emitBlame(setting, frame, blame);
  program.histories.forEach((register, history) => {
    const value = held(register);
    body.get(group);
    body.get(instant);
    body.i32(layout.width);
    body.op('i32.mul');
    body.op('i32.add');
    body.get(value);
    body.memory(
      lanes.wide ? 'v128.store' : 'f64.store',
      layout.group.histories + history * (program.time.steps + 1) * layout.width,
    );
  });
  // What flows at the last instant runs beyond the end.
  body.get(instant);
  body.i32(program.time.steps);
  body.op('i32.lt_s');
  body.when([], () => {
    const step = lanes.constant(program.time.step);
    program.stocks.forEach(({ inflows, outflows }, stock) => {
      for (const [part, flows] of [
        [1, inflows],
        [2, outflows],
      ] as const) {
        if (flows.length === 0) continue;
        const offset = layout.group.booked + (3 * stock + part) * layout.width;
        let sum = lanes.load(group, offset);
        for (const flow of flows) sum = lanes.add(sum, lanes.multiply(held(flow), step));
        lanes.store(group, offset, sum);
      }
    });
  });
}

// --- rk4 --------------------------------------------------------------------------------------------------------

/** The levels at which a later stage starts: those to which the flows of the stage before lead. */
function emitStageLevels(setting: Setting, frame: Frame, stage: number): void {
  const { program, places, layout } = setting;
  const { lanes, now } = frame;
  const { reach } = STAGES[stage] ?? { reach: 0 };
  const flowsFrom = stage === 0 ? now : stageFile(setting, frame, stage - 1);
  const own = stageFile(setting, frame, stage);
  const load = (file: File, register: number): Value => {
    const fixed = places.constant(register);
    if (fixed !== null) return lanes.constant(fixed);
    return loadFrom(lanes, file, places.file.get(register) ?? 0, layout.width);
  };
  for (const stock of program.stocks) {
    let change = lanes.constant(0);
    for (const flow of stock.inflows) change = lanes.add(change, load(flowsFrom, flow));
    for (const flow of stock.outflows) change = lanes.subtract(change, load(flowsFrom, flow));
    const level = lanes.add(
      load(now, stock.level),
      lanes.multiply(change, lanes.constant(reach * program.time.step)),
    );
    const kept = stock.physical ? lanes.maximum(lanes.constant(0), level) : level;
    const slot = places.file.get(stock.level);
    if (slot !== undefined) storeTo(lanes, own, slot, layout.width, kept);
  }
}

/** A later stage: its levels and time, everything else that it does not work out itself as at the instant. */
function emitStage(setting: Setting, frame: Frame, whole: Whole, [from, to]: Section, stage: number): void {
  const { program, places, layout } = setting;
  const { lanes, now } = frame;
  const { body } = lanes;
  const { reach } = STAGES[stage] ?? { reach: 0 };
  const own = stageFile(setting, frame, stage);
  const earlier = { has: (register: number): boolean => (whole.firstWrite.get(register) ?? from) < from };
  const { levels, named } = whole;
  const later = { has: (register: number): boolean => (whole.lastRead.get(register) ?? 0) >= to };
  const last = lastWrites(setting, from, to);
  const around = surroundings(setting, frame, {
    constant: (register) =>
      register === program.stageRegister
        ? 1
        : register === program.firstRegister
          ? 0
          : places.constant(register),
    read: (register) => {
      if (register === program.timeRegister) {
        const time = body.local('f64');
        if (reach === 1) {
          body.get(frame.instant);
          body.i32(8);
          body.op('i32.mul');
          body.memory('f64.load', layout.ends);
        } else {
          body.get(frame.time);
          body.f64(reach * program.time.step);
          body.op('f64.add');
        }
        body.set(time);
        return lanes.spread(time);
      }
      const known = special(setting, frame, register) ?? loadFixed(setting, frame, register);
      if (known !== null) return known;
      const slot = places.file.get(register);
      if (slot === undefined) throw new Error('a register that is nowhere');
      const file = earlier.has(register) || levels.has(register) ? own : now;
      return loadFrom(lanes, file, slot, layout.width);
    },
    keep: (register, row, value) => {
      const slot = places.file.get(register);
      const isWanted = named.has(register) || later.has(register);
      if (slot !== undefined && isWanted && last.get(register) === row)
        storeTo(lanes, own, slot, layout.width, value());
    },
  });
  emitCode(lanes, program.stepCode, from, to, around);
}

/** The weighted mean of what every flow wants; then the step is settled once. */
function emitSettle(setting: Setting, frame: Frame): void {
  const { program, places, layout } = setting;
  const { lanes, now } = frame;
  const asked = new Map<number, Value>();
  for (const flow of program.flows) {
    const slot = places.file.get(flow.asked);
    if (slot === undefined || asked.has(flow.asked)) continue;
    let wanted = loadFrom(lanes, now, slot, layout.width);
    STAGES.forEach(({ weight }, stage) => {
      const own = loadFrom(lanes, stageFile(setting, frame, stage), slot, layout.width);
      wanted = lanes.add(wanted, lanes.multiply(lanes.constant(weight), own));
    });
    const mean = lanes.divide(wanted, lanes.constant(6));
    asked.set(flow.asked, mean);
    storeTo(lanes, now, slot, layout.width, mean);
  }
  const around = surroundings(setting, frame, {
    constant: (register) => (register === program.stageRegister ? 0 : places.constant(register)),
    read: (register) => {
      const known =
        asked.get(register) ?? special(setting, frame, register) ?? loadFixed(setting, frame, register);
      if (known !== null) return known;
      const slot = places.file.get(register);
      if (slot === undefined) throw new Error('a register that is nowhere');
      return loadFrom(lanes, now, slot, layout.width);
    },
    keep: (register, _, value) => {
      const slot = places.file.get(register);
      if (slot !== undefined) storeTo(lanes, now, slot, layout.width, value());
    },
  });
  const { read } = emitCode(lanes, program.settleCode, 0, program.settleCode.length, around);
  const flows = new Set(program.flows.flatMap((flow) => [flow.asked, flow.value]));
  const settled = flowOf(program.settleCode).writes;
  const looked = program.variables
    .map(({ register }) => register)
    .filter((register) => places.file.has(register) && (flows.has(register) || settled.has(register)));
  addUp(setting, frame, looked, read, false);
}
