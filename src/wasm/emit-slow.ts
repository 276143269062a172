/** The groups of rows that seldom come to anything new: at the head of an instant, and only if a counter has moved. */
import { apart } from './apart.ts';
import { emitCode } from './emit-code.ts';
import {
  defineOverGroups,
  type Frame,
  loadFixed,
  loadFrom,
  OVER_GROUPS,
  type Setting,
  storeTo,
  surroundings,
} from './frame.ts';
import type { Mask, Value } from './lanes.ts';
import type { FunctionNumber } from './module-builder.ts';
import type { SlowGroup } from './slow-rows.ts';

/** Groups of rows that are asked for in one function: a future may have thousands of counters. */
const MOST_ASKED = 200;

/** Functions over groups of futures; they leave in their fixed places what the groups of rows come to. */
export function defineSlow(setting: Setting, slow: readonly SlowGroup[]): readonly FunctionNumber[] {
  const functions: FunctionNumber[] = [];
  for (let from = 0; from < slow.length; from += MOST_ASKED)
    functions.push(defineAsking(setting, slow.slice(from, from + MOST_ASKED)));
  return functions;
}

function defineAsking(setting: Setting, slow: readonly SlowGroup[]): FunctionNumber {
  const callee = setting.module.declare(OVER_GROUPS);
  const sources = new Map(setting.places.carried.map(({ register, from }) => [register, from]));
  /** What a counter stands at now is what was left for it at the instant before. */
  const counterValue = ({ lanes, before }: Frame, counter: number): Value => {
    const slot = setting.places.file.get(sources.get(counter) ?? -1);
    if (slot === undefined) throw new Error('a counter that is nowhere');
    return loadFrom(lanes, before, slot, setting.layout.width);
  };
  defineOverGroups(setting, callee, (frame) => {
    const { lanes } = frame;
    const sums = slow.map(({ counters }) =>
      counters.map((counter) => counterValue(frame, counter)).reduce((sum, next) => lanes.add(sum, next)),
    );
    const moved = slow.map(({ seen }, number) =>
      lanes.unequal(sums[number]!, fixedValue(setting, frame, seen)),
    );
    const any = moved.reduce<Mask | null>((so, next) => (so === null ? next : lanes.or(so, next)), null);
    if (any === null) return;
    lanes.whenAny(any, () =>
      slow.forEach((group, number) => {
        const sum = sums[number]!;
        lanes.whenAny(moved[number]!, () =>
          apart(setting, frame, [{ local: sum, type: lanes.type }], (inner, [seen = sum]) =>
            emitGroup(setting, inner, group, counterValue, seen),
          ),
        );
      }),
    );
  });
  return callee;
}

function fixedValue(setting: Setting, frame: Frame, register: number): Value {
  const value = loadFixed(setting, frame, register);
  if (value === null) throw new Error('what was seen is nowhere');
  return value;
}

function emitGroup(
  setting: Setting,
  frame: Frame,
  { counters: own, seen, code }: SlowGroup,
  counterValue: (frame: Frame, counter: number) => Value,
  sum: Value,
): void {
  const { places, layout } = setting;
  const fixed = { base: frame.group, offset: layout.group.fixed };
  const counters = new Set(own);
  const rest = {
    constant: places.constant,
    read: (register: number): Value =>
      counters.has(register) ? counterValue(frame, register) : fixedValue(setting, frame, register),
    keep: (register: number, _: number, read: (register: number) => Value): void => {
      const slot = places.fixed.get(register);
      if (slot !== undefined) storeTo(frame.lanes, fixed, slot, layout.width, read(register));
    },
  };
  const around = surroundings(setting, frame, rest, 'seldom');
  emitCode(frame.lanes, code, 0, code.length, around);
  const slot = places.fixed.get(seen);
  if (slot === undefined) throw new Error('what was seen is nowhere');
  storeTo(frame.lanes, fixed, slot, layout.width, sum);
}
