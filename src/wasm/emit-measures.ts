/**
 * Measures as functions over groups, each called at the instants at which it has anything to see. What
 * `follow-measure.ts` does interval by interval is done here instant by instant: what holds at the end of one interval
 * is what holds at the start of the next.
 */
import type { MeasurePlan } from '../program/program.ts';
import { instantAt, instantFrom } from '../program/time-grid.ts';
import { emitCondition, emitHeldCondition, isHeld } from './emit-conditions.ts';
import { defineArea, defineCrossing, defineReaching } from './emit-crossing.ts';
import { emitProbe, type Point } from './emit-probe.ts';
import { breaks, callPerLane, ends, type Own, only, pointAt } from './emit-window.ts';
import { defineOverGroups, type Frame, OVER_GROUPS, type Setting } from './frame.ts';
import type { Mask, Value } from './lanes.ts';
import type { FunctionNumber } from './module-builder.ts';
import { weightOf } from './weights.ts';

/** A function of measures, and the first and last instant at which it is called. */
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

/** Measures that are looked at over one window at the same instants; they stand in one function as long as it is short. */
export function defineFollowers(setting: Setting): readonly Follower[] {
  const groups = new Map<string, Part[]>();
  setting.program.measures.forEach((plan, number) => {
    const part = partOf(setting, plan, number);
    const { own, first, last } = part;
    const key = `${own.plan.from} ${own.plan.to} ${first} ${last}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [part]);
    else group.push(part);
  });
  const followers: Follower[] = [];
  const { most } = setting.long;
  for (const group of groups.values()) {
    let from = 0;
    let weight = 0;
    group.forEach((part, at) => {
      weight += part.weight;
      const next = group[at + 1];
      if (next !== undefined && weight + next.weight <= most) return;
      followers.push(defineFollower(setting, group.slice(from, at + 1), part));
      from = at + 1;
      weight = 0;
    });
  }
  return followers;
}

/** How one measure is followed. */
type Part = {
  readonly own: Own;
  /** The first and last instant at which there is anything to see. */
  readonly first: number;
  readonly last: number;
  readonly weight: number;
  /** Null for totals, which are taken together. */
  readonly emit: ((frame: Frame) => void) | null;
};

function defineFollower(
  setting: Setting,
  parts: readonly Part[],
  { first, last }: Pick<Part, 'first' | 'last'>,
): Follower {
  const callee = setting.module.declare(OVER_GROUPS);
  const totals = parts.filter(({ emit }) => emit === null).map(({ own }) => own);
  defineOverGroups(setting, callee, (frame) => {
    for (const { emit } of parts) emit?.(frame);
    if (totals.length > 0) emitTotals(totals, frame);
  });
  return { callee, first, last };
}

/** What a measure's function has beside its own code, in weights of instructions. */
const BESIDE = { look: 4, search: 60 } as const;

function partOf(setting: Setting, plan: MeasurePlan, number: number): Part {
  const { program } = setting;
  const behind = (days: number): number => instantFrom(program.time, days);
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
  const { first, last } = own;
  const code = weightOf(plan.code);
  const looked = { own, first, last, weight: code + BESIDE.look };
  const searched = { own, first, last, weight: 3 * code + BESIDE.search };
  switch (plan.reducer) {
    case 'final':
    case 'at':
      return { ...looked, first: last, emit: (frame) => emitInstantValue(own, frame) };
    case 'highest':
    case 'lowest':
      return { ...looked, emit: (frame) => emitExtreme(own, frame) };
    case 'time of highest':
    case 'time of lowest': {
      const reaching = defineReaching(setting, plan);
      return { ...searched, emit: (frame) => emitTimeOf(own, frame, reaching) };
    }
    case 'total': {
      const starts = own.at(first) > plan.from ? first - 1 : first;
      return { ...looked, first: starts, last: last - 1, emit: null };
    }
    case 'average': {
      const area = defineArea(setting, plan);
      return { ...searched, first: Math.max(1, first), emit: (frame) => emitAverage(own, frame, area) };
    }
    case 'time until':
    case 'ever':
    case 'always': {
      if (isHeld(own)) return { ...looked, emit: (frame) => emitHeldCondition(own, frame) };
      const crossing = defineCrossing(setting, plan);
      return { ...searched, emit: (frame) => emitCondition(own, frame, crossing) };
    }
  }
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

/** Totals over one window: a rate at an instant holds until the next. */
function emitTotals(owns: readonly Own[], frame: Frame): void {
  const [one] = owns;
  if (one === undefined) return;
  const { setting, plan } = one;
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
    const days = lanes.spread(length);
    for (const { plan, offset } of owns) {
      const { value } = emitProbe(setting, frame, plan, { kind: 'grid' });
      const total = lanes.add(lanes.load(group, offset), lanes.multiply(value, days));
      lanes.store(group, offset, total);
    }
  });
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
