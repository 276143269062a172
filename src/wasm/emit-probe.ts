/**
 * A measure's expression at an instant of the grid, or at a point between two: the interpreter's `Probe`, on a pair of
 * futures or on one lane of a group.
 */
import type { MeasurePlan, Program, StockPlan } from '../program/program.ts';
import { emitLong, inParts, type Shared } from './apart.ts';
import { type Frame, loadFrom, type Setting, surroundings } from './frame.ts';
import type { Lanes, Mask, Value } from './lanes.ts';
import type { Local } from './module-builder.ts';

/** The expression's value, and whether it is true where it is a condition; then both sides of every comparison. */
export type Probed = {
  readonly value: Value;
  readonly margins: () => readonly Value[];
  /** The same into memory, one behind the other: where there are many. */
  readonly storeMargins: (address: number) => void;
};

/** Where between two instants, or at which of them. */
export type Point =
  /** At the instant, as the grid has it: flows are the new ones. */
  | { readonly kind: 'grid' }
  /** At the instant before. */
  | { readonly kind: 'start' }
  /** At the instant, seen from the interval that ends there: flows are still the old ones. */
  | { readonly kind: 'end'; readonly time: Value }
  /** Anywhere from one to the other: `passed` days of `length`. */
  | {
      readonly kind: 'between';
      readonly passed: Value;
      readonly length: Value;
      /** Null where it is surely neither. */
      readonly isStart: Mask | null;
      readonly isEnd: Mask | null;
      readonly time: Value;
    };

/** How a variable moves between instants, and where the days until it is empty stand; null where it never is. */
type Read = {
  readonly register: number;
  readonly holds: boolean;
  readonly emptyAfter: number | null;
};

const stocks = new WeakMap<Program, ReadonlyMap<number, StockPlan>>();

/** The stocks of a program by their cells. */
function stockAt(program: Program): ReadonlyMap<number, StockPlan> {
  const known = stocks.get(program) ?? new Map(program.stocks.map((stock) => [stock.cell, stock]));
  stocks.set(program, known);
  return known;
}

export function readsOf({ program, places }: Setting, plan: MeasurePlan): readonly Read[] {
  return plan.reads.map((number) => {
    const variable = program.variables[number];
    if (variable === undefined) throw new Error('a measure without its variable');
    const { register, path, cell } = variable;
    const stock = path === 'stock' ? stockAt(program).get(cell) : undefined;
    const emptyAfter =
      stock === undefined || places.constant(stock.emptyAfter) === Number.POSITIVE_INFINITY
        ? null
        : stock.emptyAfter;
    return { register, holds: path === 'fixed' || path === 'held', emptyAfter };
  });
}

/** A register of a file, a fixed one or a constant. */
export function loadAny(
  setting: Setting,
  frame: Frame,
  lanes: Lanes,
  register: number,
  early: boolean,
): Value {
  const { places, layout } = setting;
  const fixed = places.constant(register);
  if (fixed !== null) return lanes.constant(fixed);
  const slot = places.fixed.get(register);
  if (slot !== undefined) return lanes.load(frame.group, layout.group.fixed + slot * layout.width);
  const inFile = places.file.get(register);
  if (inFile === undefined) throw new Error('a variable that is nowhere');
  return loadFrom(lanes, early ? frame.before : frame.now, inFile, layout.width);
}

/** A value that runs from `start` to `end`, by way of zero after `empty` days where that comes first. */
function along(
  lanes: Lanes,
  point: Point & { kind: 'between' },
  start: Value,
  end: Value,
  empty: Value | null,
): Value {
  const { passed, length, isStart, isEnd } = point;
  const straight = lanes.add(start, lanes.multiply(lanes.subtract(end, start), lanes.divide(passed, length)));
  let path = straight;
  if (empty !== null) {
    const falling = lanes.multiply(start, lanes.subtract(lanes.constant(1), lanes.divide(passed, empty)));
    const rising = lanes.multiply(
      end,
      lanes.divide(lanes.subtract(passed, empty), lanes.subtract(length, empty)),
    );
    const bent = lanes.select(lanes.less(passed, empty), falling, rising);
    path = lanes.select(lanes.lessOrEqual(length, empty), straight, bent);
  }
  if (isEnd !== null) path = lanes.select(isEnd, end, path);
  return isStart === null ? path : lanes.select(isStart, start, path);
}

/** The locals by which a point is known, and the point again from those of another function. */
function handOver(
  lanes: Lanes,
  point: Point,
  startTime: Local | null,
): {
  readonly shared: readonly Shared[];
  readonly from: (locals: readonly Local[]) => [Point, Local | null];
} {
  const number = (local: Local): Shared => ({ local, type: lanes.type });
  switch (point.kind) {
    case 'grid':
      return { shared: [], from: () => [point, null] };
    case 'start':
      if (startTime === null) throw new Error('a start without its time');
      return { shared: [{ local: startTime, type: 'f64' }], from: ([time = startTime]) => [point, time] };
    case 'end':
      return { shared: [number(point.time)], from: ([time = point.time]) => [{ ...point, time }, null] };
    case 'between': {
      const masks = [point.isStart, point.isEnd].filter((mask) => mask !== null);
      const shared = [
        ...[point.passed, point.length, point.time].map(number),
        ...masks.map((local) => ({ local, type: lanes.maskType })),
      ];
      const from = (locals: readonly Local[]): [Point, null] => {
        const [passed, length, time, ...own] = locals;
        if (passed === undefined || length === undefined || time === undefined)
          throw new Error('a point without its place');
        const isStart = point.isStart === null ? null : (own.shift() ?? null);
        const isEnd = point.isEnd === null ? null : (own.shift() ?? null);
        return [{ kind: 'between', passed, length, time, isStart, isEnd }, null];
      };
      return { shared, from };
    }
  }
}

/** @param startTime f64: days of the instant before; needed for points that lie there */
export function emitProbe(
  setting: Setting,
  frame: Frame,
  plan: MeasurePlan,
  point: Point,
  startTime: Local | null = null,
): Probed {
  const { program, places } = setting;
  const own = new Set(plan.code.target);
  const reads = new Map(readsOf(setting, plan).map((read) => [read.register, read]));
  /** A register that the measure does not write, in the function of a frame. */
  const readAt = (here: Frame, at: Point, early: Local | null, register: number): Value => {
    const { lanes } = here;
    if (register === program.timeRegister) {
      if (at.kind === 'grid') return lanes.spread(here.time);
      if (at.kind !== 'start') return at.time;
      if (early === null) throw new Error('a start without its time');
      return lanes.spread(early);
    }
    const load = (from: number, isEarly: boolean): Value => loadAny(setting, here, lanes, from, isEarly);
    const read = reads.get(register);
    if (read === undefined) return lanes.constant(program.initial[register] ?? 0);
    if (places.constant(register) !== null) return load(register, false);
    if (at.kind === 'grid') return load(register, false);
    if (at.kind === 'start' || read.holds) return load(register, true);
    if (at.kind === 'end') return load(register, false);
    const [start, end] = [load(register, true), load(register, false)];
    const empty = read.emptyAfter === null ? null : load(read.emptyAfter, true);
    return along(lanes, at, start, end, empty);
  };
  const { shared, from } = handOver(frame.lanes, point, startTime);
  const pieces = setting.long.measures.get(plan) ?? null;
  const reader = emitLong(setting, frame, plan.code, pieces, shared, (here, locals) => {
    const [at, early] = from(locals);
    return surroundings(setting, here, {
      // Whatever is not this measure's own, nor read from the future, is as a future finds it.
      constant: (register) =>
        register === program.timeRegister || reads.has(register) || own.has(register)
          ? null
          : (program.initial[register] ?? 0),
      read: (register) => readAt(here, at, early, register),
      keep: () => {},
    });
  });
  const margin = (here: Frame, read: (register: number) => Value, { left, right }: Comparison): Value =>
    here.lanes.subtract(read(left), read(right));
  const read = reader(
    frame,
    shared.map(({ local }) => local),
  );
  return {
    value: read(plan.result),
    margins: () => plan.comparisons.map((comparison) => margin(frame, read, comparison)),
    storeMargins: (address) =>
      inParts(
        setting,
        frame,
        [...plan.comparisons.entries()],
        (here, part, locals) => {
          const readHere = here === frame ? read : reader(here, locals);
          const { lanes } = here;
          const zero = lanes.body.local('i32');
          for (const [number, comparison] of part)
            lanes.store(zero, address + number * (lanes.wide ? 16 : 8), margin(here, readHere, comparison));
        },
        shared,
      ),
  };
}

type Comparison = MeasurePlan['comparisons'][number];

/** Where in a file those of the measure's stocks that may run empty keep after how many days: a line of four bytes each. */
export function emptiesOf(
  setting: Setting,
  plan: MeasurePlan,
): { readonly table: number; readonly bytes: number } {
  const { places, layout, module } = setting;
  const offsets = readsOf(setting, plan).flatMap(({ emptyAfter }) => {
    if (emptyAfter === null) return [];
    const slot = places.file.get(emptyAfter);
    if (slot === undefined) throw new Error('a stock that is nowhere');
    return [slot * layout.width];
  });
  const bytes = new Uint8Array(Int32Array.from(offsets).buffer);
  return { table: module.data(bytes), bytes: bytes.length };
}

/** Runs `each` with the days after which each of those stocks runs empty, as the instant before has them. */
export function forEmpties(
  { before, lanes }: Frame,
  { table, bytes }: { readonly table: number; readonly bytes: number },
  each: (empty: Value) => void,
): void {
  if (bytes === 0) return;
  const { body } = lanes;
  const [at, address] = [body.local('i32'), body.local('i32')];
  body.i32(0);
  body.set(at);
  body.loop(() => {
    body.get(at);
    body.memory('i32.load', table);
    body.get(before.base);
    body.op('i32.add');
    body.set(address);
    each(lanes.load(address, before.offset));
    body.get(at);
    body.i32(4);
    body.op('i32.add');
    body.tee(at);
    body.i32(bytes);
    body.op('i32.lt_u');
    body.branchIf(0);
  });
}
