/** What the functions of measures share: the window, points between two instants, and calls on one future alone. */
import type { MeasurePlan } from '../program/program.ts';
import { emptiesOf, forEmpties, loadAny, type Point, readsOf } from './emit-probe.ts';
import type { Frame, Setting } from './frame.ts';
import type { Mask, Value } from './lanes.ts';
import type { FunctionNumber, Local } from './module-builder.ts';

export type Own = {
  readonly setting: Setting;
  readonly plan: MeasurePlan;
  /** The instants at or behind both ends of the window. */
  readonly first: number;
  readonly last: number;
  readonly offset: number;
  readonly at: (instant: number) => number;
};

/** Runs `then` only at this instant. */
export function only({ lanes, instant }: Frame, number: number, then: () => void): void {
  const { body } = lanes;
  body.get(instant);
  body.i32(number);
  body.op('i32.eq');
  body.when([], then);
}

/** Days of the instant before. */
export function timeBefore({ setting }: Own, { lanes, instant }: Frame): Local {
  const { body } = lanes;
  const time = body.local('f64');
  body.get(instant);
  body.i32(8);
  body.op('i32.mul');
  // The address may be that of the column before, where there is no instant before; nothing is made of it then.
  body.i32(8);
  body.op('i32.sub');
  body.memory('f64.load', setting.layout.times);
  body.set(time);
  return time;
}

/** A date between the instant before and this one, in days. */
export function pointAt(own: Own, frame: Frame, days: number): Point {
  const { lanes } = frame;
  const from = lanes.spread(timeBefore(own, frame));
  const to = lanes.spread(frame.time);
  const date = lanes.constant(days);
  return {
    kind: 'between',
    passed: lanes.subtract(date, from),
    length: lanes.subtract(to, from),
    isStart: null,
    isEnd: null,
    time: date,
  };
}

/** f64 locals: both ends of the part of an interval that lies in the window. */
export function ends(
  own: Own,
  frame: Frame,
): { readonly from: Local; readonly low: Local; readonly high: Local } {
  const { plan } = own;
  const { body } = frame.lanes;
  const from = timeBefore(own, frame);
  const [low, high] = [body.local('f64'), body.local('f64')];
  body.get(from);
  body.f64(plan.from);
  body.op('f64.max');
  body.set(low);
  body.get(frame.time);
  body.f64(plan.to);
  body.op('f64.min');
  body.set(high);
  return { from, low, high };
}

/** Calls a function of one future for the lanes of a mask: `rest` pushes what stands behind the place. */
export function callPerLane(
  frame: Frame,
  callee: FunctionNumber,
  from: Local,
  lane: number,
  rest: () => void,
): Local {
  const { lanes, group, now, before, time } = frame;
  const { body } = lanes;
  for (const base of [group, now.base, before.base]) {
    body.get(base);
    body.i32(8 * lane);
    body.op('i32.add');
  }
  body.get(from);
  body.get(time);
  rest();
  body.call(callee);
  const value = body.local('f64');
  body.set(value);
  return value;
}

/** Whether a stock that is read runs empty within the step, so that its path has a corner; null where none can. */
export function breaks({ setting, plan }: Own, frame: Frame): Mask | null {
  const { lanes } = frame;
  const infinite = (): Value => lanes.constant(Number.POSITIVE_INFINITY);
  if (setting.long.measures.has(plan)) {
    const empties = emptiesOf(setting, plan);
    if (empties.bytes === 0) return null;
    const soonest = lanes.variable(infinite());
    forEmpties(frame, empties, (empty) => soonest.become(lanes.minimum(soonest.now, empty)));
    return lanes.less(soonest.now, infinite());
  }
  const found = readsOf(setting, plan).flatMap(({ emptyAfter }) =>
    emptyAfter === null ? [] : [lanes.less(loadAny(setting, frame, lanes, emptyAfter, true), infinite())],
  );
  const [first, ...others] = found;
  return first === undefined ? null : others.reduce((so, next) => lanes.or(so, next), first);
}
