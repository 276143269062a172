/**
 * Code that would be too long for one function: V8 takes 50,000 locals and 7.6 MB in each, and is slow long before. It
 * is written as several functions of one group at one instant; what they share lies in the group or on a scratch pad.
 */
import { flowOf } from '../program/operands.ts';
import type { Code, MeasurePlan } from '../program/program.ts';
import { emitCode, type Surroundings } from './emit-code.ts';
import type { Frame, Setting } from './frame.ts';
import { lanesOf, type Value } from './lanes.ts';
import type { Local, ValueType } from './module-builder.ts';
import { type Section, sectionsOf, weightOf } from './weights.ts';

/** Weight of code that stands in one function outside of the step. */
export const MOST_IN_ONE = 400;
/** The same of starts: rows without a branch, of which parts would have to hand over every value through memory. */
export const MOST_OF_START = 1500;

/** A local of the function outside that its parts need, too. */
export type Shared = { readonly local: Local; readonly type: ValueType };

const FRAME = ['i32', 'i32', 'i32', 'i32', 'f64', 'i32'] as const satisfies readonly ValueType[];

/** Writes a function of its own and calls it; `build` sees the frame and the shared locals as they are inside it. */
export function apart(
  { module }: Setting,
  { lanes, group, column, now, before, time, instant }: Frame,
  shared: readonly Shared[],
  build: (frame: Frame, shared: readonly Local[]) => void,
): void {
  const callee = module.declare({
    parameters: [...FRAME, ...shared.map(({ type }) => type)],
    results: [],
  });
  module.define(callee, (body) => {
    const inner: Frame = {
      lanes: lanesOf(module, body, lanes.wide),
      group: body.parameter(0),
      column: body.parameter(1),
      now: { base: body.parameter(2), offset: now.offset },
      before: { base: body.parameter(3), offset: before.offset },
      time: body.parameter(4),
      instant: body.parameter(5),
    };
    build(
      inner,
      shared.map((_, number) => body.parameter(FRAME.length + number)),
    );
  });
  const { body } = lanes;
  for (const local of [group, column, now.base, before.base, time, instant]) body.get(local);
  for (const { local } of shared) body.get(local);
  body.call(callee);
}

/** `each` for all items at once where they are few, else for parts of them, each in a function of its own. */
export function inParts<Item>(
  setting: Setting,
  frame: Frame,
  items: readonly Item[],
  each: (frame: Frame, part: readonly Item[], shared: readonly Local[]) => void,
  shared: readonly Shared[] = [],
  weigh: (item: Item) => number = () => 1,
): void {
  const { most } = setting.long;
  if (items.reduce((weight, item) => weight + weigh(item), 0) <= most) {
    each(
      frame,
      items,
      shared.map(({ local }) => local),
    );
    return;
  }
  let from = 0;
  let weight = 0;
  items.forEach((item, number) => {
    weight += weigh(item);
    if (weight < most && number < items.length - 1) return;
    const part = items.slice(from, number + 1);
    apart(setting, frame, shared, (inner, own) => each(inner, part, own));
    from = number + 1;
    weight = 0;
  });
}

/** Code in pieces, and the slots of the scratch pad for what outlives its piece. */
export type Pieces = {
  readonly sections: readonly Section[];
  readonly firstWrite: ReadonlyMap<number, number>;
  readonly slots: ReadonlyMap<number, number>;
};

/** What of a program is written in pieces; null or left out where it is short. */
export type LongCodes = {
  /** Weight of a piece, and items of a part. */
  readonly most: number;
  readonly start: Pieces | null;
  readonly mostOfStart: number;
  readonly measures: ReadonlyMap<MeasurePlan, Pieces>;
  readonly claims: readonly (Pieces | null)[];
  /** Slots of the scratch pad, which all of them use, one after the other. */
  readonly slots: number;
};

/** @param wanted registers that are read behind the code */
export function piecesOf(code: Code, wanted: Iterable<number>, most: number): Pieces {
  const sections = sectionsOf(code, most);
  const firstWrite = new Map<number, number>();
  for (let row = 0; row < code.length; row++) {
    const target = code.target[row] ?? 0;
    if (!firstWrite.has(target)) firstWrite.set(target, row);
  }
  const slots = new Map<number, number>();
  const need = (register: number): void => {
    if (!slots.has(register)) slots.set(register, slots.size);
  };
  for (const [from, to] of sections) {
    for (const register of flowOf(code, from, to).reads) {
      if ((firstWrite.get(register) ?? from) < from) need(register);
    }
  }
  for (const register of wanted) if (firstWrite.has(register)) need(register);
  return { sections, firstWrite, slots };
}

/** Null where the code is short enough to stand in one function with as much beside it. */
export const piecesIfLong = (code: Code, wanted: readonly number[], most: number): Pieces | null =>
  weightOf(code) + wanted.length <= most ? null : piecesOf(code, wanted, most);

/** What a register holds behind code, in the function of a frame. */
export type Reader = (frame: Frame, shared: readonly Local[]) => (register: number) => Value;

/**
 * Emits code, in pieces if there are any. `aroundOf` gives the surroundings in the function of a frame; without pieces
 * the code's registers can be read in the function where it stands alone.
 */
export function emitLong(
  setting: Setting,
  frame: Frame,
  code: Code,
  pieces: Pieces | null,
  shared: readonly Shared[],
  aroundOf: (frame: Frame, shared: readonly Local[]) => Surroundings,
): Reader {
  const locals = shared.map(({ local }) => local);
  if (pieces === null) {
    const around = aroundOf(frame, locals);
    // Most measures and claims read what is there already.
    const plain = (register: number): Value => {
      const fixed = around.constant(register);
      return fixed === null ? around.read(register) : frame.lanes.constant(fixed);
    };
    const read = code.length === 0 ? plain : emitCode(frame.lanes, code, 0, code.length, around).read;
    return (place) => {
      if (place !== frame) throw new Error('a register read outside of its function');
      return read;
    };
  }
  const { layout } = setting;
  const { sections, firstWrite, slots } = pieces;
  const place = (slot: number): number => layout.scratch + slot * layout.width;
  /** What stands around the rows behind `from`, what was written before them included. */
  const around = (
    inner: Frame,
    own: readonly Local[],
    from: number,
    last: Map<number, number>,
  ): Surroundings => {
    const outside = aroundOf(inner, own);
    const { lanes } = inner;
    const zero = lanes.body.local('i32');
    const isWritten = (register: number): boolean => (firstWrite.get(register) ?? from) < from;
    return {
      ...outside,
      constant: (register) => (isWritten(register) ? null : outside.constant(register)),
      read: (register) => {
        const slot = isWritten(register) ? slots.get(register) : undefined;
        return slot === undefined ? outside.read(register) : lanes.load(zero, place(slot));
      },
      keep: (register, row, read) => {
        const slot = slots.get(register);
        if (slot !== undefined && last.get(register) === row) lanes.store(zero, place(slot), read(register));
      },
    };
  };
  for (const [from, to] of sections) {
    const last = new Map<number, number>();
    for (let row = from; row < to; row++) last.set(code.target[row] ?? 0, row);
    apart(setting, frame, shared, (inner, own) => {
      emitCode(inner.lanes, code, from, to, around(inner, own, from, last));
    });
  }
  return (inner, own) => emitCode(inner.lanes, code, 0, 0, around(inner, own, code.length, new Map())).read;
}
