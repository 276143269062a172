/**
 * The first instant at which a condition turns: looked for in pairs, and future by future where it may turn between two
 * instants.
 */
import { changesSign, isStraight } from './emit-crossing.ts';
import { emitProbe, type Point, type Probed, readsOf } from './emit-probe.ts';
import { breaks, callPerLane, ends, type Own, only, timeBefore } from './emit-window.ts';
import type { Frame } from './frame.ts';
import type { Mask, Value } from './lanes.ts';
import type { FunctionNumber, Local } from './module-builder.ts';

/** Whether a condition keeps the value that it had at the instant before until the very next instant. */
export const isHeld = ({ setting, plan }: Own): boolean =>
  !plan.readsTime &&
  readsOf(setting, plan).every(({ register, holds }) => holds || setting.places.constant(register) !== null);

/** A condition that is held: it turns at instants alone, so that nothing between them need be looked at. */
export function emitHeldCondition(own: Own, frame: Frame): void {
  const { setting, plan, first, offset, at } = own;
  const { lanes, group } = frame;
  const wanted = plan.reducer === 'always' ? 0 : 1;
  /** What holds at a point holds from `date` on, in those futures in which nothing has been found so far. */
  const look = (point: Point, from: Local | null, date: () => Value): void => {
    const seen = lanes.load(group, offset);
    const isOpen = lanes.equal(seen, lanes.constant(Number.POSITIVE_INFINITY));
    lanes.whenAny(isOpen, () => {
      const { value } = emitProbe(setting, frame, plan, point, from);
      const come = lanes.and(lanes.equal(value, lanes.constant(wanted)), isOpen);
      lanes.store(group, offset, lanes.select(come, date(), seen));
    });
  };
  // A window that begins between two instants begins with what held at the first of them.
  if (at(first) > plan.from)
    only(frame, first, () =>
      look({ kind: 'start' }, timeBefore(own, frame), () => lanes.constant(plan.from)),
    );
  const atInstant = (): void => look({ kind: 'grid' }, null, () => lanes.spread(frame.time));
  atInstants(own, frame, atInstant);
}

export function emitCondition(own: Own, frame: Frame, crossing: FunctionNumber): void {
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
    atInstants(own, frame, atInstant);
  });
}

/**
 * Whether a condition may turn between the instant before and this one: where no stock that it reads runs empty, no
 * comparison leaves its line or changes sign, and it is not as wanted in the middle, it does not.
 */
export function mayTurn(own: Own, frame: Frame, isWanted: (value: Value) => Mask): Mask {
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

/** Looks at every instant that the window holds: where it ends between two, not at the one behind it. */
function atInstants({ plan, last, at }: Own, { lanes, instant }: Frame, look: () => void): void {
  if (at(last) === plan.to) {
    look();
    return;
  }
  const { body } = lanes;
  body.get(instant);
  body.i32(last);
  body.op('i32.lt_s');
  body.when([], look);
}
