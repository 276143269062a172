/**
 * One instant as functions over groups: the step's instructions in sections short enough for the processor to keep, the
 * stages of rk4, what must stay finite, what is booked. What each means is said by the interpreter and `work-out.ts`.
 */
import { flowOf, type Registers, registersOf, writesAround } from '../program/operands.ts';
import { type Code, OPERATIONS, type StockPlan } from '../program/program.ts';

import { STAGES } from '../program/work-out.ts';
import { inParts } from './apart.ts';
import { emitCode } from './emit-code.ts';
import { emitBlame } from './emit-failure.ts';
import { loadAny } from './emit-probe.ts';
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
import type { Block } from './rare-rows.ts';
import type { Section } from './weights.ts';

type Has = Pick<Registers, 'has'>;

/** What every section asks of the whole step, found once. */
type Whole = {
  /** By register the first row that writes it, the number of rows where none does, and the last one that reads it. */
  readonly firstWrite: Int32Array;
  readonly lastRead: Int32Array;
  /** By row those around it that write the same register. */
  readonly writes: ReturnType<typeof writesAround>;
  /** Registers of variables, and those of stocks' levels. */
  readonly named: Has;
  readonly levels: Has;
  /** Registers that keep what they carry over from the instant before, since others than this instant's rows read it. */
  readonly lasting: Has;
  /** Registers of variables that may hold what is not finite. */
  readonly doubtful: Uint8Array;
  readonly blocks: readonly Block[];
  /** For a register whose value comes from the instant before, the register that held it there. */
  readonly sources: ReadonlyMap<number, number>;
};

/** What is known beforehand: the blocks, and registers that can hold nothing but finite numbers. */
type Known = { readonly blocks: readonly Block[]; readonly sure: Has };

function wholeOf({ program, places }: Setting, { blocks, sure }: Known): Whole {
  const { stepCode } = program;
  const { target, a, b, c } = stepCode;
  const size = program.initial.length;
  const writes = writesAround(stepCode, size);
  const firstWrite = new Int32Array(size).fill(stepCode.length);
  const lastRead = new Int32Array(size);
  for (let row = 0; row < stepCode.length; row++) {
    lastRead[a[row]!] = row;
    lastRead[b[row]!] = row;
    lastRead[c[row]!] = row;
    if (writes.before[row] === -1) firstWrite[target[row]!] = row;
  }
  const own = program.variables.map(({ register }) => register);
  const named = registersOf(size, own);
  const stocks = program.stocks.map(({ level }) => level);
  const levels = registersOf(size, stocks);
  const sources = places.carried.map(({ from }) => from);
  const lasting = registersOf(size, own, stocks, program.histories, sources);
  return {
    firstWrite,
    lastRead,
    writes,
    // A later stage of rk4 finds in the instant's file all that it does not work out itself.
    lasting: program.method === 'rk4' ? { has: () => true } : lasting,
    doubtful: registersOf(
      size,
      own.filter((register) => !sure.has(register)),
    ).marks,
    blocks,
    named,
    levels,
    sources: new Map(places.carried.map((one) => [one.register, one.from])),
  };
}

/** The functions of one instant, in the order in which they are called; all are over groups. */
export function defineStep(
  setting: Setting,
  sections: readonly Section[],
  settling: readonly Section[],
  known: Known,
): readonly FunctionNumber[] {
  const announce = (): FunctionNumber => setting.module.declare(OVER_GROUPS);
  const functions: FunctionNumber[] = [];
  const isRk4 = setting.program.method === 'rk4';
  const whole = wholeOf(setting, known);
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
  settling.forEach((section, number) => {
    const settle = announce();
    functions.push(settle);
    defineOverGroups(setting, settle, (frame) => {
      const asked = number === 0 ? emitMeans(setting, frame) : new Map<number, Value>();
      const read = emitSettle(setting, frame, section, asked);
      if (number !== settling.length - 1) return;
      lookAtSettled(setting, frame, read);
      emitEnd(setting, frame, setting.blameStages);
    });
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
  const { lanes, now } = frame;
  const { sources, firstWrite, writes, doubtful } = whole;
  const { stepCode } = program;
  const isEarlier = (register: number): boolean => firstWrite[register]! < from;
  const isWritten = (register: number): boolean => firstWrite[register]! < stepCode.length;
  const slotOf = (register: number): number => {
    const slot = places.file.get(register);
    if (slot === undefined) throw new Error('a register that is nowhere');
    return slot;
  };
  const carriedValue = (own: Frame, register: number): Value =>
    loadFrom(own.lanes, own.before, slotOf(sources.get(register) ?? register), layout.width);
  if (isFirst) {
    const kept = places.carried.filter(({ register }) => !isWritten(register) && whole.lasting.has(register));
    inParts(setting, frame, kept, (own, part) => {
      for (const { register } of part)
        storeTo(own.lanes, own.now, slotOf(register), layout.width, carriedValue(own, register));
    });
  }
  const around = surroundings(setting, frame, {
    constant: (register) => (register === program.stageRegister ? 0 : places.constant(register)),
    read: (register) => {
      const known = special(setting, frame, register) ?? loadFixed(setting, frame, register);
      if (known !== null) return known;
      return isEarlier(register) || !sources.has(register)
        ? loadFrom(lanes, now, slotOf(register), layout.width)
        : carriedValue(frame, register);
    },
    keep: (register, row, read) => {
      if (writes.behind[row]! < to) return;
      const slot = places.file.get(register);
      if (slot !== undefined) storeTo(lanes, now, slot, layout.width, read(register));
    },
  });
  const checked: number[] = [];
  for (const { register } of isFirst ? places.carried : [])
    if (doubtful[register] === 1 && !isWritten(register)) checked.push(register);
  for (let row = from; row < to; row++) {
    const target = stepCode.target[row]!;
    if (doubtful[target] === 1 && writes.before[row]! < from) checked.push(target);
  }
  const looked = uncovered(stepCode, checked, from, to);
  const wanted = registersOf(program.initial.length, looked);
  const { read } = emitCode(lanes, stepCode, from, to, around, whole.blocks, wanted);
  const first = isFirst ? setting.layout.group.badAtStart : setting.layout.group.bad;
  if (looked.length <= setting.long.most) {
    addUp(setting, frame, looked, read, first);
    return;
  }
  // Those that the section has not worked out may be all levels of the model.
  const own = registersOf(program.initial.length, stepCode.target.subarray(from, to));
  const isOwn = own.has;
  addUp(setting, frame, looked.filter(isOwn), read, first);
  const others = looked.filter((register) => !isOwn(register));
  inParts(setting, frame, others, (inner, part) =>
    addUp(setting, inner, part, (register) => carriedValue(inner, register), layout.group.bad),
  );
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

/** More would take up registers, and gain nothing. */
const CHAINS = 6;

/** Multiplies 0 by each value into the group's sum, which is 0 as long as all are finite; `start` is where it stands so far. */
function addUp(
  { layout }: Setting,
  { lanes, group }: Frame,
  registers: readonly number[],
  read: (register: number) => Value,
  start: number,
): void {
  // Several products side by side: one alone would be a chain in which every product waits for the one before it.
  const products: Value[] = [lanes.load(group, start)];
  registers.forEach((register, number) => {
    const product = products[number % CHAINS] ?? lanes.constant(0);
    products[number % CHAINS] = lanes.multiply(product, read(register));
  });
  lanes.store(
    group,
    layout.group.bad,
    products.reduce((sum, next) => lanes.add(sum, next)),
  );
}

/** After everything at the instant is worked out: who failed, what histories keep, what is booked. */
function emitEnd(setting: Setting, frame: Frame, blame: FunctionNumber): void {
  const { program, layout } = setting;
  const { body } = frame.lanes;
  emitBlame(setting, frame, blame);
  inParts(setting, frame, [...program.histories.entries()], (own, part) => {
    for (const [history, register] of part) {
      const value = loadAny(setting, own, own.lanes, register, false);
      const inner = own.lanes.body;
      inner.get(own.group);
      inner.get(own.instant);
      inner.i32(layout.width);
      inner.op('i32.mul');
      inner.op('i32.add');
      inner.get(value);
      inner.memory(
        own.lanes.wide ? 'v128.store' : 'f64.store',
        layout.group.histories + history * (program.time.steps + 1) * layout.width,
      );
    }
  });
  // What flows at the last instant runs beyond the end.
  body.get(frame.instant);
  body.i32(program.time.steps);
  body.op('i32.lt_s');
  const booked = program.stocks.flatMap(({ inflows, outflows }, stock) =>
    [inflows, outflows].flatMap((flows, side) =>
      flows.map((flow) => ({ flow, offset: layout.group.booked + (3 * stock + 1 + side) * layout.width })),
    ),
  );
  body.when([], () =>
    inParts(setting, frame, booked, (own, part) => {
      const { lanes, group } = own;
      const step = lanes.constant(program.time.step);
      let sum = lanes.constant(0);
      part.forEach(({ flow, offset }, number) => {
        if (offset !== part[number - 1]?.offset) sum = lanes.load(group, offset);
        sum = lanes.add(sum, lanes.multiply(loadAny(setting, own, lanes, flow, false), step));
        if (offset !== part[number + 1]?.offset) lanes.store(group, offset, sum);
      });
    }),
  );
}

// --- rk4 --------------------------------------------------------------------------------------------------------

/** The levels at which a later stage starts: those to which the flows of the stage before lead. */
function emitStageLevels(setting: Setting, frame: Frame, stage: number): void {
  const { program, places, layout } = setting;
  const { reach } = STAGES[stage] ?? { reach: 0 };
  type Turn = {
    readonly stock: StockPlan;
    readonly turn: 'start' | 'in' | 'out' | 'end';
    readonly flow: number;
  };
  const turns = program.stocks.flatMap((stock): readonly Turn[] => [
    { stock, turn: 'start', flow: 0 },
    ...stock.inflows.map((flow) => ({ stock, turn: 'in', flow }) as const),
    ...stock.outflows.map((flow) => ({ stock, turn: 'out', flow }) as const),
    { stock, turn: 'end', flow: 0 },
  ]);
  inParts(setting, frame, turns, (inner, part) => {
    const { lanes, now } = inner;
    const flowsFrom = stage === 0 ? now : stageFile(setting, inner, stage - 1);
    const own = stageFile(setting, inner, stage);
    const load = (file: File, register: number): Value => {
      const fixed = places.constant(register);
      if (fixed !== null) return lanes.constant(fixed);
      return loadFrom(lanes, file, places.file.get(register) ?? 0, layout.width);
    };
    let change: Value | null = null;
    part.forEach(({ stock, turn, flow }, number) => {
      const slot = places.file.get(stock.level);
      if (slot === undefined) throw new Error('a stock that is nowhere');
      // What flowed so far waits in the level's own place, where a part ends between two flows.
      const before: Value =
        turn === 'start' ? lanes.constant(0) : (change ?? loadFrom(lanes, own, slot, layout.width));
      if (turn === 'in') change = lanes.add(before, load(flowsFrom, flow));
      else if (turn === 'out') change = lanes.subtract(before, load(flowsFrom, flow));
      else change = before;
      if (turn === 'end') {
        const level = lanes.add(
          load(now, stock.level),
          lanes.multiply(change, lanes.constant(reach * program.time.step)),
        );
        const kept = stock.physical ? lanes.notBelowZero(level) : level;
        storeTo(lanes, own, slot, layout.width, kept);
        change = null;
      } else if (number === part.length - 1) storeTo(lanes, own, slot, layout.width, change);
    });
  });
}

/** A later stage: its levels and time, everything else that it does not work out itself as at the instant. */
function emitStage(setting: Setting, frame: Frame, whole: Whole, [from, to]: Section, stage: number): void {
  const { program, places, layout } = setting;
  const { lanes, now } = frame;
  const { body } = lanes;
  const { reach } = STAGES[stage] ?? { reach: 0 };
  const own = stageFile(setting, frame, stage);
  const { levels, named, firstWrite, lastRead, writes } = whole;
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
      const file = firstWrite[register]! < from || levels.has(register) ? own : now;
      return loadFrom(lanes, file, slot, layout.width);
    },
    keep: (register, row, read) => {
      const isWanted = named.has(register) || lastRead[register]! >= to;
      if (!isWanted || writes.behind[row]! < to) return;
      const slot = places.file.get(register);
      if (slot !== undefined) storeTo(lanes, own, slot, layout.width, read(register));
    },
  });
  emitCode(lanes, program.stepCode, from, to, around, whole.blocks);
}

/** The weighted mean of what every flow wants; gives those that this function may read again. */
function emitMeans(setting: Setting, frame: Frame): ReadonlyMap<number, Value> {
  const { program, places, layout } = setting;
  const asked = new Map<number, Value>();
  const slots = new Map<number, number>();
  for (const flow of program.flows) {
    const slot = places.file.get(flow.asked);
    if (slot !== undefined) slots.set(flow.asked, slot);
  }
  inParts(setting, frame, [...slots], (own, part) => {
    const { lanes, now } = own;
    for (const [register, slot] of part) {
      let wanted = loadFrom(lanes, now, slot, layout.width);
      STAGES.forEach(({ weight }, stage) => {
        const late = loadFrom(lanes, stageFile(setting, own, stage), slot, layout.width);
        wanted = lanes.add(wanted, lanes.multiply(lanes.constant(weight), late));
      });
      const mean = lanes.divide(wanted, lanes.constant(6));
      if (own === frame) asked.set(register, mean);
      storeTo(lanes, now, slot, layout.width, mean);
    }
  });
  return asked;
}

/** Settles the step once, from what the flows want; gives what registers hold behind the last section. */
function emitSettle(
  setting: Setting,
  frame: Frame,
  [from, to]: Section,
  asked: ReadonlyMap<number, Value>,
): (register: number) => Value {
  const { program, places, layout } = setting;
  const { lanes, now } = frame;
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
    keep: (register, _, read) => {
      const slot = places.file.get(register);
      if (slot !== undefined) storeTo(lanes, now, slot, layout.width, read(register));
    },
  });
  return emitCode(lanes, program.settleCode, from, to, around).read;
}

/** Whether what the step was settled to is finite. */
function lookAtSettled(setting: Setting, frame: Frame, read: (register: number) => Value): void {
  const { program, places, layout } = setting;
  const flows = new Set(program.flows.flatMap((flow) => [flow.asked, flow.value]));
  const settled = flowOf(program.settleCode).writes;
  const looked = program.variables
    .map(({ register }) => register)
    .filter((register) => places.file.has(register) && (flows.has(register) || settled.has(register)));
  inParts(setting, frame, looked, (own, part) => {
    const readHere =
      own === frame ? read : (register: number) => loadAny(setting, own, own.lanes, register, false);
    addUp(setting, own, part, readHere, layout.group.bad);
  });
}
