/**
 * What a measure needs on one future alone, where a pair would part: the first instant within a step at which a
 * condition turns, and an area whose corners are where stocks run empty. Both repeat `follow-measure.ts`.
 */
import { STRAIGHT } from '../program/follow-measure.ts';
import type { MeasurePlan } from '../program/program.ts';
import { emitProbe, emptiesOf, forEmpties, loadAny, readsOf } from './emit-probe.ts';
import type { Frame, Setting } from './frame.ts';
import { type Lanes, lanesOf, type Mask, type Value } from './lanes.ts';
import { MOST_TURNS } from './layout.ts';
import type { FunctionBuilder, FunctionNumber, Local } from './module-builder.ts';

/** Group, file of the instant and of the one before, all moved on by the lane; from, to. */
const PLACE = ['i32', 'i32', 'i32', 'f64', 'f64'] as const;
const AT = { parameters: [...PLACE, 'f64'], results: ['f64'] } as const;
/** Behind the place: low, high; gives the instant, infinity where there is none. */
export const CROSSING = { parameters: [...PLACE, 'f64', 'f64'], results: ['f64'] } as const;
/** Behind the place: low, high, and the area so far or the value wanted; gives the area, or the instant. */
export const AREA = { parameters: [...PLACE, 'f64', 'f64', 'f64'], results: ['f64'] } as const;

/** The frame of a function whose first parameters are a `PLACE`. */
function frameOf(setting: Setting, body: FunctionBuilder): Frame {
  const unused = body.local('i32');
  return {
    lanes: lanesOf(setting.module, body, false),
    group: body.parameter(0),
    column: unused,
    now: { base: body.parameter(1), offset: 0 },
    before: { base: body.parameter(2), offset: 0 },
    time: body.parameter(4),
    instant: unused,
  };
}

/** Works out the measure at an instant and leaves the margins of its comparisons in memory. */
function defineProbe(setting: Setting, plan: MeasurePlan): FunctionNumber {
  const callee = setting.module.declare(AT);
  setting.module.define(callee, (body) => {
    const frame = frameOf(setting, body);
    const { lanes } = frame;
    const [from, to, instant] = [body.parameter(3), body.parameter(4), body.parameter(5)] as Value[] as [
      Value,
      Value,
      Value,
    ];
    const { value, margins, storeMargins } = emitProbe(setting, frame, plan, {
      kind: 'between',
      passed: lanes.subtract(instant, from),
      length: lanes.subtract(to, from),
      isStart: lanes.equal(instant, from),
      isEnd: lanes.equal(instant, to),
      time: instant,
    });
    if (setting.long.measures.has(plan)) {
      storeMargins(setting.layout.sides);
      body.get(value);
      return;
    }
    const zero = body.local('i32');
    margins().forEach((margin, number) => {
      lanes.store(zero, setting.layout.sides + 8 * number, margin);
    });
    body.get(value);
  });
  return callee;
}

/** The parts that both functions share: calls of the probe, and the list of turns in memory. */
function tools(setting: Setting, body: FunctionBuilder, lanes: Lanes, probe: FunctionNumber) {
  const count = body.local('i32');
  const address = (index: Local): void => {
    body.get(index);
    body.i32(8);
    body.op('i32.mul');
  };
  const probeAt = (instant: Value): Value => {
    const value = body.local('f64');
    for (let parameter = 0; parameter < PLACE.length; parameter++) body.get(body.parameter(parameter));
    body.get(instant);
    body.call(probe);
    body.set(value);
    return value;
  };
  const turn = (index: Local, behind = 0): Value => {
    const value = body.local('f64');
    address(index);
    body.memory('f64.load', setting.layout.turns + 8 * behind);
    body.set(value);
    return value;
  };
  const setTurn = (index: Local, value: Value): void => {
    address(index);
    body.get(value);
    body.memory('f64.store', setting.layout.turns);
  };
  const addTo = (index: Local, by: number): void => {
    body.get(index);
    body.i32(by);
    body.op('i32.add');
    body.set(index);
  };
  /** Puts a turn behind the last one that is not larger. */
  const push = (value: Value): void => {
    const at = body.local('i32');
    body.get(count);
    body.i32(MOST_TURNS);
    body.op('i32.ge_u');
    body.when([], () => body.op('unreachable'));
    body.get(count);
    body.set(at);
    body.block(() => {
      body.loop(() => {
        body.get(at);
        body.op('i32.eqz');
        body.branchIf(1);
        const left = body.local('i32');
        body.get(at);
        body.i32(1);
        body.op('i32.sub');
        body.set(left);
        const other = turn(left);
        body.get(other);
        body.get(value);
        body.op('f64.le');
        body.branchIf(1);
        setTurn(at, other);
        body.get(left);
        body.set(at);
        body.branch(0);
      });
    });
    setTurn(at, value);
    addTo(count, 1);
  };
  const test = (mask: Mask, then: () => void): void => {
    body.get(mask);
    body.when([], then);
  };
  /** Low, the instants between at which a stock that is read runs empty, and high. */
  const corners = (frame: Frame, plan: MeasurePlan, low: Value, high: Value): void => {
    const [from, to] = [body.parameter(3) as Value, body.parameter(4) as Value];
    body.i32(0);
    body.set(count);
    push(low);
    const take = (empty: Value): void => {
      const instant = lanes.add(from, empty);
      const inside = lanes.and(
        lanes.and(lanes.less(from, instant), lanes.less(instant, to)),
        lanes.and(lanes.less(low, instant), lanes.less(instant, high)),
      );
      test(inside, () => push(instant));
    };
    if (setting.long.measures.has(plan)) forEmpties(frame, emptiesOf(setting, plan), take);
    else
      for (const { emptyAfter } of readsOf(setting, plan))
        if (emptyAfter !== null) take(loadAny(setting, frame, lanes, emptyAfter, true));
    push(high);
  };
  /** `each` for every two turns that follow each other, of the first `total`. */
  const forSegments = (total: Local, each: (left: Value, right: Value) => void): void => {
    const at = body.local('i32');
    const last = body.local('i32');
    body.i32(0);
    body.set(at);
    body.get(total);
    body.i32(1);
    body.op('i32.sub');
    body.set(last);
    body.block(() => {
      body.loop(() => {
        body.get(at);
        body.get(last);
        body.op('i32.ge_s');
        body.branchIf(1);
        each(turn(at), turn(at, 1));
        addTo(at, 1);
        body.branch(0);
      });
    });
  };
  return { count, probeAt, push, test, corners, forSegments, setTurn, turn, addTo };
}

type Tools = ReturnType<typeof tools>;

const middleOf = (lanes: Lanes, left: Value, right: Value): Value =>
  lanes.add(left, lanes.divide(lanes.subtract(right, left), lanes.constant(2)));

/** Where a straight line from one margin to the other is zero. */
const zeroOf = (lanes: Lanes, from: Value, before: Value, to: Value, after: Value): Value =>
  lanes.add(
    from,
    lanes.multiply(lanes.subtract(to, from), lanes.divide(before, lanes.subtract(before, after))),
  );

/** Whether a middle lies on the line between both ends. */
export const isStraight = (lanes: Lanes, before: Value, middle: Value, after: Value): Mask =>
  lanes.lessOrEqual(
    lanes.absolute(lanes.subtract(middle, lanes.divide(lanes.add(before, after), lanes.constant(2)))),
    lanes.multiply(lanes.constant(STRAIGHT), lanes.add(lanes.absolute(before), lanes.absolute(after))),
  );

export function changesSign(lanes: Lanes, before: Value, after: Value): Mask {
  const zero = lanes.constant(0);
  return lanes.or(
    lanes.and(lanes.less(before, zero), lanes.less(zero, after)),
    lanes.and(lanes.less(zero, before), lanes.less(after, zero)),
  );
}

/** Fills the list with both ends of a stretch, the corners, and where between them a comparison may turn, in order. */
function findTurns(
  { layout, long }: Setting,
  frame: Frame,
  plan: MeasurePlan,
  { count, probeAt, push, test, corners, forSegments }: Tools,
  low: Value,
  high: Value,
): void {
  const { lanes } = frame;
  const { body } = lanes;
  corners(frame, plan, low, high);
  // A comparison inside another bends or breaks its sides, and stands before it.
  const total = body.local('i32');
  const side = body.local('i32');
  const forComparisons = (each: (address: number) => void): void => {
    if (!long.measures.has(plan)) {
      plan.comparisons.forEach((_, comparison) => {
        each(layout.sides + 8 * comparison);
      });
      return;
    }
    if (plan.comparisons.length === 0) return;
    // Many: one after the other through the same code.
    body.loop(() => {
      each(layout.sides);
      body.get(side);
      body.i32(8);
      body.op('i32.add');
      body.tee(side);
      body.i32(8 * plan.comparisons.length);
      body.op('i32.lt_u');
      body.branchIf(0);
    });
  };
  forComparisons((address) => {
    body.get(count);
    body.set(total);
    const marginAt = (instant: Value): Value => {
      probeAt(instant);
      const margin = body.local('f64');
      body.get(side);
      body.memory('f64.load', address);
      body.set(margin);
      return margin;
    };
    // Found turns wait behind the list, which is gone through meanwhile.
    const found = body.local('i32');
    body.get(total);
    body.set(found);
    forSegments(total, (left, right) => {
      const [before, after] = [marginAt(left), marginAt(right)];
      const middle = marginAt(middleOf(lanes, left, right));
      const keep = (value: Value): void => {
        body.get(found);
        body.i32(MOST_TURNS);
        body.op('i32.ge_u');
        body.when([], () => body.op('unreachable'));
        body.get(found);
        body.i32(8);
        body.op('i32.mul');
        body.get(value);
        body.memory('f64.store', layout.turns);
        body.get(found);
        body.i32(1);
        body.op('i32.add');
        body.set(found);
      };
      body.get(isStraight(lanes, before, middle, after));
      body.when(
        [],
        () =>
          test(changesSign(lanes, before, after), () => {
            const crossing = zeroOf(lanes, left, before, right, after);
            test(lanes.equal(crossing, crossing), () => keep(crossing));
          }),
        () => {
          // It jumps at one of the ends, where a comparison inside it turns: the line is taken from within.
          const quarter = lanes.divide(lanes.subtract(right, left), lanes.constant(4));
          const [first, last] = [lanes.add(left, quarter), lanes.subtract(right, quarter)];
          const crossing = zeroOf(lanes, first, marginAt(first), last, marginAt(last));
          test(lanes.and(lanes.less(left, crossing), lanes.less(crossing, right)), () => keep(crossing));
        },
      );
    });
    // In their places; those that wait are taken one by one.
    body.block(() => {
      body.loop(() => {
        body.get(count);
        body.get(found);
        body.op('i32.ge_s');
        body.branchIf(1);
        const next = body.local('f64');
        body.get(count);
        body.i32(8);
        body.op('i32.mul');
        body.memory('f64.load', layout.turns);
        body.set(next);
        push(next);
        body.branch(0);
      });
    });
  });
}

/** The first instant from `low` on, before the end of the interval, at which the condition is as wanted. */
export function defineCrossing(setting: Setting, plan: MeasurePlan): FunctionNumber {
  const { module } = setting;
  const probe = defineProbe(setting, plan);
  const callee = module.declare(CROSSING);
  const wanted = plan.reducer === 'always' ? 0 : 1;
  module.define(callee, (body) => {
    const frame = frameOf(setting, body);
    const { lanes } = frame;
    const [to, low, high] = [body.parameter(4), body.parameter(5), body.parameter(6)];
    const shared = tools(setting, body, lanes, probe);
    const { count, probeAt, test, forSegments } = shared;
    const isWanted = (instant: Value): Mask => lanes.equal(probeAt(instant), lanes.constant(wanted));
    const give = (value: Value): void => {
      body.get(value);
      body.op('return');
    };
    const never = lanes.constant(Number.POSITIVE_INFINITY);
    test(isWanted(low), () => give(low));
    test(lanes.lessOrEqual(high, low), () => give(never));
    findTurns(setting, frame, plan, shared, low, high);
    forSegments(count, (left, right) => {
      test(lanes.less(left, right), () => test(isWanted(middleOf(lanes, left, right)), () => give(left)));
    });
    test(lanes.less(high, to), () => test(isWanted(high), () => give(high)));
    body.get(never);
  });
  return callee;
}

/** When between two instants the path is first as good as the value at the end, which it was not at the beginning. */
export function defineReaching(setting: Setting, plan: MeasurePlan): FunctionNumber {
  const { module } = setting;
  const probe = defineProbe(setting, plan);
  const callee = module.declare(AREA);
  const isHighest = plan.reducer === 'time of highest';
  module.define(callee, (body) => {
    const frame = frameOf(setting, body);
    const { lanes } = frame;
    const [low, high, wanted] = [body.parameter(5), body.parameter(6), body.parameter(7)];
    const shared = tools(setting, body, lanes, probe);
    const { count, probeAt, test, forSegments } = shared;
    const give = (value: Value): void => {
      body.get(value);
      body.op('return');
    };
    findTurns(setting, frame, plan, shared, low, high);
    forSegments(count, (left, right) => {
      const quarter = lanes.divide(lanes.subtract(right, left), lanes.constant(4));
      const first = probeAt(lanes.add(left, quarter));
      const middle = probeAt(lanes.add(left, lanes.multiply(lanes.constant(2), quarter)));
      const isShort = isHighest ? lanes.less(middle, wanted) : lanes.less(wanted, middle);
      test(lanes.not(isShort), () => {
        test(lanes.equal(first, middle), () => give(left));
        const share = lanes.divide(lanes.subtract(wanted, first), lanes.subtract(middle, first));
        const passed = lanes.multiply(quarter, lanes.add(lanes.constant(1), share));
        give(lanes.maximum(left, lanes.add(left, passed)));
      });
    });
    body.get(high);
  });
  return callee;
}

/** Adds the area under the measure's path between low and high, by trapezoids from corner to corner. */
export function defineArea(setting: Setting, plan: MeasurePlan): FunctionNumber {
  const { module } = setting;
  const probe = defineProbe(setting, plan);
  const callee = module.declare(AREA);
  module.define(callee, (body) => {
    const frame = frameOf(setting, body);
    const { lanes } = frame;
    const [low, high, start] = [body.parameter(5), body.parameter(6), body.parameter(7)];
    const { count, probeAt, corners, forSegments } = tools(setting, body, lanes, probe);
    corners(frame, plan, low, high);
    const area = lanes.variable(start);
    const before = lanes.variable(probeAt(low));
    forSegments(count, (left, right) => {
      const after = probeAt(right);
      const mean = lanes.divide(lanes.add(before.now, after), lanes.constant(2));
      area.become(lanes.add(area.now, lanes.multiply(mean, lanes.subtract(right, left))));
      before.become(after);
    });
    body.get(area.now);
  });
  return callee;
}
