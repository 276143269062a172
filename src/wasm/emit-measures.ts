/**
 * Measures as functions over groups, each called at the instants at which it has anything to see. What
 * `follow-measure.ts` does interval by interval is done here instant by instant: what holds at the end of one interval
 * is what holds at the start of the next.
 */
import type { MeasurePlan } from '../program/program.ts';
import { instantAt } from '../program/time-grid.ts';
import { changesSign, defineArea, defineCrossing, defineReaching, isStraight } from './emit-crossing.ts';
import { emitProbe, emptiesOf, forEmpties, loadAny, type Point, type Probed, readsOf } from './emit-probe.ts';
import { defineOverGroups, type Frame, OVER_GROUPS, type Setting } from './frame.ts';
import type { Mask, Value } from './lanes.ts';
import type { FunctionNumber, Local } from './module-builder.ts';

/** A measure's function, and the first and last instant at which it is called. */
export type Follower = { readonly callee: FunctionNumber; readonly first: number; readonly last: number };

/** What a measure's lines hold before it has seen anything. */
export function startsOf(plan: MeasurePlan): readonly number[] {
  switch (plan.reducer) {
    case 'final':
    case 'at':
      return [Number.NaN];
    case 'highest':
      return [Number.NEGATIVE_INFINITY];
    case 'lowest':
    case 'time until':
    case 'ever':
    case 'always':
      return [Number.POSITIVE_INFINITY];
    case 'time of highest':
      return [Number.NEGATIVE_INFINITY, Number.NaN, 0];
    case 'time of lowest':
      return [Number.POSITIVE_INFINITY, Number.NaN, 0];
    case 'total':
    case 'average':
      return [0];
  }
}

export function defineFollower(setting: Setting, plan: MeasurePlan, number: number): Follower {
  const { program, module } = setting;
  const { steps } = program.time;
  // The instant at or behind a date.
  const behind = (days: number): number => {
    let [low, high] = [0, steps];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (instantAt(program.time, middle) < days) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const callee = module.declare(OVER_GROUPS);
  const offset = setting.layout.group.followed[number];
  if (offset === undefined) throw new Error('a measure without its place');
  const own: Own = {
    setting,
    plan,
    first: behind(plan.from),
    last: behind(plan.to),
    offset,
    at: (instant) => instantAt(program.time, instant),
  };
  switch (plan.reducer) {
    case 'final':
    case 'at':
      defineOverGroups(setting, callee, (frame) => emitInstantValue(own, frame));
      return { callee, first: own.last, last: own.last };
    case 'highest':
    case 'lowest':
      defineOverGroups(setting, callee, (frame) => emitExtreme(own, frame));
      return { callee, first: own.first, last: own.last };
    case 'time of highest':
    case 'time of lowest': {
      const reaching = defineReaching(setting, plan);
      defineOverGroups(setting, callee, (frame) => emitTimeOf(own, frame, reaching));
      return { callee, first: own.first, last: own.last };
    }
    case 'total': {
      defineOverGroups(setting, callee, (frame) => emitTotal(own, frame));
      const starts = own.at(own.first) > plan.from ? own.first - 1 : own.first;
      return { callee, first: starts, last: own.last - 1 };
    }
    case 'average': {
      const area = defineArea(setting, plan);
      defineOverGroups(setting, callee, (frame) => emitAverage(own, frame, area));
      return { callee, first: Math.max(1, own.first), last: own.last };
    }
    case 'time until':
    case 'ever':
    case 'always': {
      const crossing = defineCrossing(setting, plan);
      defineOverGroups(setting, callee, (frame) => emitCondition(own, frame, crossing));
      return { callee, first: own.first, last: own.last };
    }
  }
}

type Own = {
  readonly setting: Setting;
  readonly plan: MeasurePlan;
  /** The instants at or behind both ends of the window. */
  readonly first: number;
  readonly last: number;
  readonly offset: number;
  readonly at: (instant: number) => number;
};

/** Runs `then` only at this instant. */
function only({ lanes, instant }: Frame, number: number, then: () => void): void {
  const { body } = lanes;
  body.get(instant);
  body.i32(number);
  body.op('i32.eq');
  body.when([], then);
}

/** Days of the instant before. */
function timeBefore({ setting }: Own, { lanes, instant }: Frame): Local {
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
function pointAt(own: Own, frame: Frame, days: number): Point {
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

function emitInstantValue(own: Own, frame: Frame): void {
  const { setting, plan, last, offset, at } = own;
  const point: Point = at(last) === plan.to ? { kind: 'grid' } : pointAt(own, frame, plan.to);
  const { value } = emitProbe(setting, frame, plan, point);
  frame.lanes.store(frame.group, offset, value);
}

function emitExtreme(own: Own, frame: Frame): void {
  const { setting, plan, first, last, offset, at } = own;
  const { lanes, group } = frame;
  const { body } = lanes;
  const take = (point: () => Point): void => {
    const { value } = emitProbe(setting, frame, plan, point());
    const seen = lanes.load(group, offset);
    const better = plan.reducer === 'highest' ? lanes.maximum(seen, value) : lanes.minimum(seen, value);
    lanes.store(group, offset, better);
  };
  if (at(first) > plan.from) only(frame, first, () => take(() => pointAt(own, frame, plan.from)));
  if (at(last) === plan.to) take(() => ({ kind: 'grid' }));
  else {
    body.get(frame.instant);
    body.i32(last);
    body.op('i32.lt_s');
    body.when(
      [],
      () => take(() => ({ kind: 'grid' })),
      () => take(() => pointAt(own, frame, plan.to)),
    );
  }
}

/** When an extreme is first reached: where it is met at an instant, the way there is looked at future by future. */
function emitTimeOf(own: Own, frame: Frame, reaching: FunctionNumber): void {
  const { setting, plan, first, last, offset, at } = own;
  const { width, lanes: count } = setting.layout;
  const { lanes, group, instant, time } = frame;
  const { body } = lanes;
  const isHighest = plan.reducer === 'time of highest';
  const found = offset + width;
  /** Sees a value; `reach` tells when it was reached, for the lanes that it is better in. */
  const see = (value: Value, reach: (better: Mask) => void): void => {
    const sum = lanes.add(lanes.load(group, offset + 2 * width), lanes.multiply(value, lanes.constant(0)));
    lanes.store(group, offset + 2 * width, sum);
    const best = lanes.load(group, offset);
    const better = isHighest ? lanes.less(best, value) : lanes.less(value, best);
    lanes.whenAny(better, () => {
      reach(better);
      lanes.store(group, offset, lanes.select(better, value, best));
    });
  };
  const foundAt = (date: Value) => (better: Mask) =>
    lanes.store(group, found, lanes.select(better, date, lanes.load(group, found)));
  /** On the way from the instant before, or from where the window begins, to `value`. */
  const foundOnTheWay = (value: Value) => (better: Mask) => {
    const { from, low, high } = ends(own, frame);
    for (let lane = 0; lane < count; lane++) {
      body.get(better);
      if (lanes.wide) {
        body.lane('f64x2.extract_lane', lane);
        body.op('i64.reinterpret_f64');
        body.op('i64.eqz');
        body.op('i32.eqz');
      }
      body.when([], () => {
        const date = callPerLane(frame, reaching, from, lane, () => {
          body.get(low);
          body.get(high);
          body.get(value);
          if (lanes.wide) body.lane('f64x2.extract_lane', lane);
        });
        body.get(group);
        body.get(date);
        body.memory('f64.store', found + 8 * lane);
      });
    }
  };
  const atInstant = (): void => {
    const { value } = emitProbe(setting, frame, plan, { kind: 'grid' });
    see(value, (better) => {
      body.get(instant);
      body.i32(at(first) > plan.from ? first : first + 1);
      body.op('i32.ge_s');
      body.when(
        [],
        () => foundOnTheWay(value)(better),
        () => foundAt(lanes.spread(time))(better),
      );
    });
  };
  if (at(first) > plan.from) {
    only(frame, first, () => {
      const { value } = emitProbe(setting, frame, plan, pointAt(own, frame, plan.from));
      see(value, foundAt(lanes.constant(plan.from)));
    });
  }
  if (at(last) === plan.to) atInstant();
  else {
    body.get(instant);
    body.i32(last);
    body.op('i32.lt_s');
    body.when([], atInstant, () => {
      const { value } = emitProbe(setting, frame, plan, pointAt(own, frame, plan.to));
      see(value, foundOnTheWay(value));
    });
  }
}

/** A rate at an instant holds until the next. */
function emitTotal({ setting, plan, offset }: Own, frame: Frame): void {
  const { lanes, group, instant, time } = frame;
  const { body } = lanes;
  const length = body.local('f64');
  body.get(instant);
  body.i32(8);
  body.op('i32.mul');
  body.memory('f64.load', setting.layout.times + 8);
  body.f64(plan.to);
  body.op('f64.min');
  body.get(time);
  body.f64(plan.from);
  body.op('f64.max');
  body.op('f64.sub');
  body.tee(length);
  body.f64(0);
  body.op('f64.gt');
  body.when([], () => {
    const { value } = emitProbe(setting, frame, plan, { kind: 'grid' });
    const total = lanes.add(lanes.load(group, offset), lanes.multiply(value, lanes.spread(length)));
    lanes.store(group, offset, total);
  });
}

/** f64 locals: both ends of the part of an interval that lies in the window. */
function ends(own: Own, frame: Frame): { readonly from: Local; readonly low: Local; readonly high: Local } {
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
function callPerLane(
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
function breaks({ setting, plan }: Own, frame: Frame): Mask | null {
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

function emitAverage(own: Own, frame: Frame, area: FunctionNumber): void {
  const { setting, plan, first, last, offset, at } = own;
  const { lanes, group } = frame;
  const { body } = lanes;
  const { from, low, high } = ends(own, frame);
  body.get(low);
  body.get(high);
  body.op('f64.lt');
  body.when([], () => {
    const byLane = (): void => {
      for (let lane = 0; lane < setting.layout.lanes; lane++) {
        const sum = callPerLane(frame, area, from, lane, () => {
          body.get(low);
          body.get(high);
          body.get(group);
          body.memory('f64.load', offset + 8 * lane);
        });
        body.get(group);
        body.get(sum);
        body.memory('f64.store', offset + 8 * lane);
      }
    };
    const together = (): void => {
      const early = emitProbe(setting, frame, plan, { kind: 'start' }, from).value;
      const late = emitProbe(setting, frame, plan, { kind: 'end', time: lanes.spread(frame.time) }).value;
      const mean = lanes.divide(lanes.add(early, late), lanes.constant(2));
      const length = body.local('f64');
      body.get(high);
      body.get(low);
      body.op('f64.sub');
      body.set(length);
      const more = lanes.multiply(mean, lanes.spread(length));
      lanes.store(group, offset, lanes.add(lanes.load(group, offset), more));
    };
    const bent = breaks(own, frame);
    const cut = [...(at(first) > plan.from ? [first] : []), ...(at(last) > plan.to ? [last] : [])];
    // A window that begins or ends between two instants cuts its steps there: rare, and left to the careful way.
    body.i32(0);
    for (const instant of cut) {
      body.get(frame.instant);
      body.i32(instant);
      body.op('i32.eq');
      body.op('i32.or');
    }
    if (bent !== null) {
      body.get(bent);
      if (lanes.wide) body.op('v128.any_true');
      body.op('i32.or');
    }
    body.when([], byLane, together);
  });
}

function emitCondition(own: Own, frame: Frame, crossing: FunctionNumber): void {
  const { setting, plan, first, last, offset, at } = own;
  const { lanes, group } = frame;
  const { body } = lanes;
  const wanted = plan.reducer === 'always' ? 0 : 1;
  const isOpen = (): Mask => lanes.equal(lanes.load(group, offset), lanes.constant(Number.POSITIVE_INFINITY));
  const isWanted = (value: Value): Mask => lanes.equal(value, lanes.constant(wanted));

  lanes.whenAny(isOpen(), () => {
    const cut = [...(at(first) > plan.from ? [first] : []), ...(at(last) > plan.to ? [last] : [])];
    // Between the instant before and this one.
    const search = (): void => {
      const { from, low, high } = ends(own, frame);
      for (let lane = 0; lane < setting.layout.lanes; lane++) {
        body.get(group);
        body.memory('f64.load', offset + 8 * lane);
        body.f64(Number.POSITIVE_INFINITY);
        body.op('f64.eq');
        body.when([], () => {
          const found = callPerLane(frame, crossing, from, lane, () => {
            body.get(low);
            body.get(high);
          });
          body.get(group);
          body.get(found);
          body.memory('f64.store', offset + 8 * lane);
        });
      }
    };
    body.get(frame.instant);
    body.i32(at(first) > plan.from ? first : first + 1);
    body.op('i32.ge_s');
    body.when([], () => {
      body.i32(0);
      for (const instant of cut) {
        body.get(frame.instant);
        body.i32(instant);
        body.op('i32.eq');
        body.op('i32.or');
      }
      body.when([], search, () => {
        const turning = mayTurn(own, frame, isWanted);
        lanes.whenAny(lanes.and(turning, isOpen()), search);
      });
    });
    // At this instant, where it lies in the window.
    const atInstant = (): void => {
      const { value } = emitProbe(setting, frame, plan, { kind: 'grid' });
      const come = lanes.and(isWanted(value), isOpen());
      lanes.store(group, offset, lanes.select(come, lanes.spread(frame.time), lanes.load(group, offset)));
    };
    if (at(last) === plan.to) atInstant();
    else {
      body.get(frame.instant);
      body.i32(last);
      body.op('i32.lt_s');
      body.when([], atInstant);
    }
  });
}

/**
 * Whether a condition may turn between the instant before and this one: where no stock that it reads runs empty, no
 * comparison leaves its line or changes sign, and it is not as wanted in the middle, it does not.
 */
function mayTurn(own: Own, frame: Frame, isWanted: (value: Value) => Mask): Mask {
  const { setting, plan } = own;
  const { lanes } = frame;
  const from = timeBefore(own, frame);
  const [early, late] = [lanes.spread(from), lanes.spread(frame.time)];
  const isLong = setting.long.measures.has(plan);
  // Of many comparisons the three margins of each lie in memory, those of one point behind those of another.
  const sides = (point: number): number =>
    setting.layout.sides + point * plan.comparisons.length * setting.layout.width;
  const marginsOf = (point: number, { margins, storeMargins }: Probed): readonly Value[] => {
    if (!isLong) return margins();
    storeMargins(sides(point));
    return [];
  };
  const start = marginsOf(0, emitProbe(setting, frame, plan, { kind: 'start' }, from));
  const end = marginsOf(1, emitProbe(setting, frame, plan, { kind: 'end', time: late }));
  const half = lanes.divide(lanes.subtract(late, early), lanes.constant(2));
  const time = lanes.add(early, half);
  const middle = emitProbe(setting, frame, plan, {
    kind: 'between',
    passed: lanes.subtract(time, early),
    length: lanes.subtract(late, early),
    isStart: null,
    isEnd: null,
    time,
  });
  let turning = isWanted(middle.value);
  const look = (before: Value, margin: Value, after: Value): Mask =>
    lanes.or(
      lanes.or(turning, lanes.not(isStraight(lanes, before, margin, after))),
      changesSign(lanes, before, after),
    );
  marginsOf(2, middle).forEach((margin, comparison) => {
    const [before, after] = [start[comparison], end[comparison]];
    if (before === undefined || after === undefined) throw new Error('a comparison without its sides');
    turning = look(before, margin, after);
  });
  if (isLong && plan.comparisons.length > 0) {
    const { body } = lanes;
    const [side, found] = [body.local('i32'), body.local(lanes.maskType)];
    body.i32(0);
    body.set(side);
    body.get(turning);
    body.set(found);
    turning = found;
    body.loop(() => {
      const [before, after, margin] = [0, 1, 2].map((point) => lanes.load(side, sides(point)));
      if (before === undefined || after === undefined || margin === undefined)
        throw new Error('a comparison without its sides');
      body.get(look(before, margin, after));
      body.set(found);
      body.get(side);
      body.i32(setting.layout.width);
      body.op('i32.add');
      body.tee(side);
      body.i32(plan.comparisons.length * setting.layout.width);
      body.op('i32.lt_u');
      body.branchIf(0);
    });
  }
  const bent = breaks(own, frame);
  return bent === null ? turning : lanes.or(turning, bent);
}
