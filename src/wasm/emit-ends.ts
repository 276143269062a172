/** What is done once a future: its inputs and starts before the first instant, and what was found, behind the last. */
import { givenRegisters, type MeasurePlan, type Program } from '../program/program.ts';
import {
  emitLong,
  inParts,
  type LongCodes,
  MOST_IN_ONE,
  MOST_OF_START,
  type Pieces,
  piecesIfLong,
} from './apart.ts';
import { FINE } from './emit-failure.ts';
import { startsOf } from './emit-measures.ts';
import { loadAny } from './emit-probe.ts';
import { type Frame, type Setting, storeTo, surroundings } from './frame.ts';
import type { Lanes, Mask, Value } from './lanes.ts';
import type { Layout } from './layout.ts';
import type { Local } from './module-builder.ts';
import type { Places } from './places.ts';
import { weightOf } from './weights.ts';

/** The address of a column's part that belongs to a group is its own address and `frame.column`. */
const columnOf = (start: number, number: number, { capacity }: Layout): number =>
  start + number * capacity * 8;

export function longCodesOf(program: Program, places: Places, sectionWeight: number): LongCodes {
  const most = Math.min(MOST_IN_ONE, sectionWeight);
  const mostOfStart = Math.min(MOST_OF_START, sectionWeight);
  const start = piecesIfLong(
    program.startCode,
    [
      ...places.fixed.keys(),
      ...places.carried.map(({ register }) => register),
      ...program.stocks.map(({ level }) => level),
    ],
    mostOfStart,
  );
  const measures = new Map<MeasurePlan, Pieces>();
  for (const plan of program.measures) {
    const sides = plan.comparisons.flatMap(({ left, right }) => [left, right]);
    const pieces = piecesIfLong(plan.code, [plan.result, ...sides], most);
    if (pieces !== null) measures.set(plan, pieces);
  }
  const claims = program.claims.map(({ code, result }) => piecesIfLong(code, [result], most));
  const sizeOf = (pieces: Pieces | null): number => pieces?.slots.size ?? 0;
  const slots = [start, ...measures.values(), ...claims].reduce(
    (size, one) => Math.max(size, sizeOf(one)),
    0,
  );
  return { most, start, mostOfStart, measures, claims, slots };
}

/** Inputs into their places, the code of starts, and everything as it is before the first instant. */
export function emitStart(whole: Setting, frame: Frame): void {
  const { program, places, layout, long } = whole;
  const setting = { ...whole, long: { ...long, most: long.mostOfStart } };
  const { lanes, group, column } = frame;
  const { body } = lanes;
  const given = new Map(givenRegisters(program).map((register, number) => [register, number]));
  const { fixed } = layout.group;
  const fixedOf = (own: Frame) => ({ base: own.group, offset: fixed });
  const inputOf = (own: Frame, number: number): Value =>
    own.lanes.load(own.column, columnOf(layout.inputs, number, layout));
  for (const [register, number] of given)
    if (places.fixed.get(register) !== number) throw new Error('an input that is not in its place');
  const from = body.local('i32');
  body.get(column);
  body.set(from);
  forSlots(setting, frame, 0, given.size, (to) => {
    lanes.store(to, fixed, lanes.load(from, layout.inputs));
    body.get(from);
    body.i32(columnOf(0, 1, layout));
    body.op('i32.add');
    body.set(from);
  });
  body.get(group);
  body.get(column);
  body.i32(1);
  body.op('i32.shr_u');
  body.memory('i32.load', layout.numbers);
  body.memory('i32.store', layout.group.future);

  const reader = emitLong(setting, frame, program.startCode, long.start, [], (own) => {
    const rest = {
      constant: (register: number): number | null =>
        register === program.timeRegister || given.has(register)
          ? null
          : register === program.firstRegister
            ? 1
            : (program.initial[register] ?? 0),
      read: (register: number): Value => {
        if (register === program.timeRegister) return own.lanes.spread(own.time);
        const number = given.get(register);
        if (number === undefined) throw new Error('a register without a start');
        return inputOf(own, number);
      },
      keep: () => {},
    };
    return surroundings(setting, own, rest, 'seldom');
  });
  const workedOut = [...places.fixed].filter(([register]) => !given.has(register));
  inParts(setting, frame, workedOut, (own, part) => {
    const read = reader(own, []);
    for (const [register, place] of part)
      storeTo(own.lanes, fixedOf(own), place, layout.width, read(register));
  });
  inParts(setting, frame, places.carried, (own, part) => {
    const read = reader(own, []);
    for (const { register, from } of part) {
      const place = places.file.get(from);
      if (place !== undefined) storeTo(own.lanes, own.before, place, layout.width, read(register));
    }
  });

  // What no later instant works out is looked at once.
  const { badAtStart } = layout.group;
  lanes.store(group, badAtStart, lanes.constant(0));
  const looked = new Uint8Array(places.fixed.size);
  for (const { register } of program.variables) {
    const place = places.fixed.get(register);
    if (place !== undefined) looked[place] = 1;
  }
  const zero = lanes.constant(0);
  for (let place = 0; place < looked.length; ) {
    let end = place;
    while (looked[end] === 1) end++;
    forSlots(setting, frame, place, end, (at) => {
      const bad = lanes.add(lanes.load(group, badAtStart), lanes.multiply(lanes.load(at, fixed), zero));
      lanes.store(group, badAtStart, bad);
    });
    place = end + 1;
  }
  inParts(setting, frame, [...program.stocks.entries()], (own, part) => {
    const read = reader(own, []);
    const inner = own.lanes;
    const nothing = inner.constant(0);
    let bad = inner.load(own.group, badAtStart);
    for (const [number, stock] of part) {
      const level = read(stock.level);
      const booked = layout.group.booked + 3 * number * layout.width;
      inner.store(own.group, booked, level);
      for (const side of [1, 2]) inner.store(own.group, booked + side * layout.width, nothing);
      if (stock.physical) {
        const below = inner.less(level, nothing);
        bad = inner.select(below, inner.constant(Number.NaN), bad);
      }
    }
    inner.store(own.group, badAtStart, bad);
  });
  lanes.store(group, layout.group.failedBy, lanes.constant(FINE));
  lanes.store(group, layout.group.failedAt, lanes.constant(0));
  inParts(setting, frame, [...program.measures.entries()], (own, part) => {
    const constants = new Map<number, Value>();
    for (const [number, plan] of part) {
      startsOf(plan).forEach((start, at) => {
        const place = (layout.group.followed[number] ?? 0) + at * layout.width;
        const value = constants.get(start) ?? own.lanes.constant(start);
        constants.set(start, value);
        own.lanes.store(own.group, place, value);
      });
    }
  });
}

/** Runs `each` with the group's address moved on by the slots `from` … `to`−1 of those that are written once a future. */
function forSlots(
  { layout }: Setting,
  { lanes, group }: Frame,
  from: number,
  to: number,
  each: (at: Local) => void,
): void {
  if (from === to) return;
  const { body } = lanes;
  const [at, end] = [body.local('i32'), body.local('i32')];
  for (const [local, slot] of [
    [at, from],
    [end, to],
  ] as const) {
    body.get(group);
    body.i32(slot * layout.width);
    body.op('i32.add');
    body.set(local);
  }
  body.loop(() => {
    each(at);
    body.get(at);
    body.i32(layout.width);
    body.op('i32.add');
    body.tee(at);
    body.get(end);
    body.op('i32.lt_u');
    body.branchIf(0);
  });
}

/** What was found, into columns: measures, claims, failures, and how far any stock's book is from closing. */
export function emitFinish(setting: Setting, frame: Frame): void {
  const { program, places, layout, long } = setting;
  const { lanes, group, column } = frame;
  const measureColumn = (number: number): number => columnOf(layout.measures, number, layout);
  inParts(setting, frame, [...program.measures.entries()], (own, part) => {
    for (const [number, plan] of part) {
      const place = layout.group.followed[number] ?? 0;
      const found = foundBy(own.lanes, plan, (line) =>
        own.lanes.load(own.group, place + line * layout.width),
      );
      own.lanes.store(own.column, measureColumn(number), found);
    }
  });
  const measures = new Map(program.measures.map(({ valueRegister }, number) => [valueRegister, number]));
  inParts(
    setting,
    frame,
    [...program.claims.entries()],
    (own, part) => {
      for (const [number, claim] of part) {
        const reader = emitLong(setting, own, claim.code, long.claims[number] ?? null, [], (inner) =>
          surroundings(setting, inner, {
            constant: (register) =>
              measures.has(register) || places.fixed.has(register) ? null : (program.initial[register] ?? 0),
            read: (register) => {
              const measure = measures.get(register);
              return measure === undefined
                ? loadAny(setting, inner, inner.lanes, register, false)
                : inner.lanes.load(inner.column, measureColumn(measure));
            },
            keep: () => {},
          }),
        );
        const isTrue = own.lanes.unequal(reader(own, [])(claim.result), own.lanes.constant(0));
        own.lanes.store(own.column, columnOf(layout.claims, number, layout), own.lanes.number(isTrue));
      }
    },
    [],
    ([number, { code }]) => (long.claims[number] == null ? 1 + weightOf(code) : 1),
  );
  lanes.store(column, layout.failedBy, lanes.load(group, layout.group.failedBy));
  lanes.store(column, layout.failedAt, lanes.load(group, layout.group.failedAt));

  inParts(setting, frame, [...program.clipped.entries()], (own, part) => {
    for (const [number, { register }] of part) {
      const first = loadAny(setting, own, own.lanes, register, false);
      own.lanes.store(own.column, columnOf(layout.clipped, number, layout), first);
    }
  });

  lanes.store(column, layout.imbalances, lanes.constant(0));
  inParts(setting, frame, [...program.stocks.entries()], (own, part) => {
    const inner = own.lanes;
    let worst = inner.load(own.column, layout.imbalances);
    for (const [number, stock] of part) {
      const [start, inflow, outflow] = [0, 1, 2].map((side) =>
        inner.load(own.group, layout.group.booked + (3 * number + side) * layout.width),
      ) as [Value, Value, Value];
      const turnover = inner.maximum(inner.maximum(start, inflow), outflow);
      const end = loadAny(setting, own, inner, stock.level, false);
      const gap = inner.subtract(inner.subtract(inner.add(start, inflow), outflow), end);
      const share = inner.divide(inner.absolute(gap), turnover);
      const isStill = inner.equal(turnover, inner.constant(0));
      worst = inner.maximum(worst, inner.select(isStill, inner.constant(0), share));
    }
    inner.store(own.column, layout.imbalances, worst);
  });
}

/** A measure's value from the lines of what it has seen. */
function foundBy(lanes: Lanes, plan: MeasurePlan, lineOf: (line: number) => Value): Value {
  const seen = lineOf(0);
  const isNever = (): Mask => lanes.equal(seen, lanes.constant(Number.POSITIVE_INFINITY));
  switch (plan.reducer) {
    case 'average':
      return lanes.divide(seen, lanes.constant(plan.to - plan.from));
    case 'time until':
      return lanes.select(isNever(), seen, lanes.subtract(seen, lanes.constant(plan.countFrom)));
    case 'time of highest':
    case 'time of lowest': {
      const isSound = lanes.equal(lineOf(2), lanes.constant(0));
      const found = lanes.subtract(lineOf(1), lanes.constant(plan.countFrom));
      return lanes.select(isSound, found, lanes.constant(Number.NaN));
    }
    case 'ever':
      return lanes.number(lanes.not(isNever()));
    case 'always':
      return lanes.number(isNever());
    default:
      return seen;
  }
}
