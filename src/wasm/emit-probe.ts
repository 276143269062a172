/**
 * A measure's expression at an instant of the grid, or at a point between two: the interpreter's `Probe`, on a pair of
 * futures or on one lane of a group.
 */
import type { MeasurePlan } from '../program/program.ts';
import { emitCode } from './emit-code.ts';
import { type Frame, loadFrom, type Setting, surroundings } from './frame.ts';
import type { Lanes, Mask, Value } from './lanes.ts';
import type { Local } from './module-builder.ts';

/** The expression's value, and whether it is true where it is a condition; then both sides of every comparison. */
export type Probed = {
  readonly value: Value;
  readonly margins: () => readonly Value[];
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

export function readsOf({ program, places }: Setting, plan: MeasurePlan): readonly Read[] {
  return plan.reads.map((number) => {
    const variable = program.variables[number];
    if (variable === undefined) throw new Error('a measure without its variable');
    const { register, path, cell } = variable;
    const stock = path === 'stock' ? program.stocks.find((one) => one.cell === cell) : undefined;
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

/** @param startTime f64: days of the instant before; needed for points that lie there */
export function emitProbe(
  setting: Setting,
  frame: Frame,
  plan: MeasurePlan,
  point: Point,
  startTime: Local | null = null,
): Probed {
  const { program, places } = setting;
  const { lanes } = frame;
  const own = new Set(plan.code.target);
  const reads = new Map(readsOf(setting, plan).map((read) => [read.register, read]));
  const around = surroundings(setting, frame, {
    // Whatever is not this measure's own, nor read from the future, is as a future finds it.
    constant: (register) =>
      register === program.timeRegister || reads.has(register)
        ? null
        : own.has(register)
          ? null
          : (program.initial[register] ?? 0),
    read: (register) => {
      if (register === program.timeRegister) {
        if (point.kind === 'grid') return lanes.spread(frame.time);
        if (point.kind !== 'start') return point.time;
        if (startTime === null) throw new Error('a start without its time');
        return lanes.spread(startTime);
      }
      const read = reads.get(register);
      if (read === undefined) return lanes.constant(program.initial[register] ?? 0);
      if (places.constant(register) !== null || places.fixed.has(register))
        return loadAny(setting, frame, lanes, register, false);
      if (point.kind === 'grid') return loadAny(setting, frame, lanes, register, false);
      if (point.kind === 'start' || read.holds) return loadAny(setting, frame, lanes, register, true);
      if (point.kind === 'end') return loadAny(setting, frame, lanes, register, false);
      const start = loadAny(setting, frame, lanes, register, true);
      const end = loadAny(setting, frame, lanes, register, false);
      const empty = read.emptyAfter === null ? null : loadAny(setting, frame, lanes, read.emptyAfter, true);
      return along(lanes, point, start, end, empty);
    },
    keep: () => {},
  });
  const { read } = emitCode(lanes, plan.code, 0, plan.code.length, around);
  return {
    value: read(plan.result),
    margins: () => plan.comparisons.map(({ left, right }) => lanes.subtract(read(left), read(right))),
  };
}
