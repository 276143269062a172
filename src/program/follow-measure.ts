/**
 * Follows one measure through a future, interval by interval. Between two instants a stock runs straight (and from the
 * moment at which it is empty stays on the ground), a let is joined by a line, a flow and a yes-or-no hold; so what
 * a measure says does not hang on whether its date or its crossing falls on a step.
 */
import { execute, type Store } from './execute.ts';
import type { MeasurePlan, Program } from './program.ts';

/** The registers at the two ends of a step, after everything there is worked out. */
export type Interval = {
  readonly from: number;
  readonly to: number;
  readonly before: Float64Array;
  readonly after: Float64Array;
};

export type Follower = {
  /** Takes the next interval; intervals come in order and cover the whole time axis. */
  readonly take: (interval: Interval) => void;
  /** The measure's value; Infinity is `never`. */
  readonly value: () => number;
};

export function followMeasure(program: Program, plan: MeasurePlan, store: Store): Follower {
  const probe = createProbe(program, plan, store);
  switch (plan.reducer) {
    case 'final':
    case 'at':
      return followInstant(plan, probe);
    case 'highest':
      return followExtreme(plan, probe, Math.max, Number.NEGATIVE_INFINITY);
    case 'lowest':
      return followExtreme(plan, probe, Math.min, Number.POSITIVE_INFINITY);
    case 'time of highest':
      return followTimeOf(plan, probe, (one, other) => one > other);
    case 'time of lowest':
      return followTimeOf(plan, probe, (one, other) => one < other);
    case 'total':
      return followTotal(plan, probe);
    case 'average':
      return followAverage(plan, probe);
    case 'time until':
    case 'ever':
    case 'always':
      return followCondition(plan, probe);
  }
}

/** Works out a measure's expression at any point of an interval. */
type Probe = {
  /** The expression at `instant`, with flows as they are within the interval unless it is the interval's start. */
  readonly value: (interval: Interval, instant: number) => number;
  /** Left minus right of a comparison, after `value` was asked. */
  readonly margin: (comparison: number) => number;
  /** Instants within the interval at which a stock that is read runs empty. */
  readonly breaks: (interval: Interval) => readonly number[];
};

function createProbe(program: Program, plan: MeasurePlan, store: Store): Probe {
  const registers = program.initial.slice();
  const reads = plan.reads.map((number) => {
    const variable = program.variables[number];
    if (variable === undefined) throw new Error('a measure without its variable');
    const stock =
      variable.path === 'stock' ? program.stocks.find((one) => one.cell === variable.cell) : undefined;
    return { ...variable, emptyAfter: stock?.emptyAfter ?? null };
  });
  return {
    value: (interval, instant) => {
      for (const read of reads) {
        const start = interval.before[read.register] ?? 0;
        const end = interval.after[read.register] ?? 0;
        if (read.path === 'fixed' || read.path === 'held' || instant === interval.from)
          registers[read.register] = start;
        else {
          const empty =
            read.emptyAfter === null ? Number.POSITIVE_INFINITY : (interval.before[read.emptyAfter] ?? 0);
          registers[read.register] = along(interval, instant, start, end, empty);
        }
      }
      if (plan.readsTime) registers[program.timeRegister] = instant;
      execute(plan.code, registers, store);
      return registers[plan.result] ?? 0;
    },
    margin: (comparison) => {
      const sides = plan.comparisons[comparison];
      if (sides === undefined) throw new Error('a comparison without its sides');
      return (registers[sides.left] ?? 0) - (registers[sides.right] ?? 0);
    },
    breaks: (interval) =>
      reads.flatMap((read) => {
        const empty =
          read.emptyAfter === null ? Number.POSITIVE_INFINITY : (interval.before[read.emptyAfter] ?? 0);
        const instant = interval.from + empty;
        return instant > interval.from && instant < interval.to ? [instant] : [];
      }),
  };
}

/** A value that runs from `start` to `end`, by way of zero after `empty` days where that comes first. */
function along(interval: Interval, instant: number, start: number, end: number, empty: number): number {
  const length = interval.to - interval.from;
  const passed = instant - interval.from;
  if (instant === interval.to) return end;
  if (empty >= length) return start + (end - start) * (passed / length);
  if (passed < empty) return start * (1 - passed / empty);
  return end * ((passed - empty) / (length - empty));
}

/** A middle this close to the mean of both ends, as a share of them, lies on a straight line. */
export const STRAIGHT = 1e-9;

/** What holds at an instant on the grid: flows there are the new ones, not those of the interval that ends. */
const atEnd = (interval: Interval): Interval => ({
  from: interval.to,
  to: interval.to,
  before: interval.after,
  after: interval.after,
});

function followInstant(plan: MeasurePlan, probe: Probe): Follower {
  let value = Number.NaN;
  return {
    take: (interval) => {
      if (plan.to >= interval.from && plan.to < interval.to) value = probe.value(interval, plan.to);
      else if (plan.to === interval.to) value = probe.value(atEnd(interval), interval.to);
    },
    value: () => value,
  };
}

function followExtreme(
  plan: MeasurePlan,
  probe: Probe,
  better: (a: number, b: number) => number,
  worst: number,
): Follower {
  let value = worst;
  return {
    take: (interval) => {
      const low = Math.max(interval.from, plan.from);
      const high = Math.min(interval.to, plan.to);
      if (low > high) return;
      // Where the window begins as the interval ends, what held before is not in it.
      if (low < interval.to) value = better(value, probe.value(interval, low));
      if (high === interval.to) value = better(value, probe.value(atEnd(interval), high));
      else if (high > low) value = better(value, probe.value(interval, high));
    },
    value: () => value,
  };
}

/**
 * When the value is for the first time as high, or as low, as it ever gets on what `followExtreme` looks at. Between two
 * instants it is reached where the path meets it: a stock that is emptied stays on the ground from there on.
 */
function followTimeOf(
  plan: MeasurePlan,
  probe: Probe,
  isBetter: (one: number, other: number) => boolean,
): Follower {
  let best: number | null = null;
  let found = Number.NaN;
  let isNumber = true;
  const see = (value: number, instantOf: () => number): void => {
    if (!Number.isFinite(value)) isNumber = false;
    if (best !== null && !isBetter(value, best)) return;
    best = value;
    found = instantOf();
  };
  return {
    take: (interval) => {
      const low = Math.max(interval.from, plan.from);
      const high = Math.min(interval.to, plan.to);
      if (low > high) return;
      if (low < interval.to) see(probe.value(interval, low), () => low);
      const value = probe.value(high === interval.to ? atEnd(interval) : interval, high);
      see(value, () => firstReaching(plan, probe, interval, [low, high], value, isBetter));
    },
    value: () => (isNumber ? found - plan.countFrom : Number.NaN),
  };
}

/** Where the path is first as good as at the end of a stretch, at whose beginning it is not. */
function firstReaching(
  plan: MeasurePlan,
  probe: Probe,
  interval: Interval,
  [low, high]: readonly [number, number],
  wanted: number,
  isBetter: (one: number, other: number) => boolean,
): number {
  const turns = turnsOf(plan, probe, interval, low, high);
  for (let at = 0; at + 1 < turns.length; at++) {
    const [left, right] = [turns[at] ?? low, turns[at + 1] ?? high];
    const quarter = (right - left) / 4;
    const [first, middle] = [left + quarter, left + 2 * quarter].map((instant) =>
      probe.value(interval, instant),
    );
    if (first === undefined || middle === undefined || isBetter(wanted, middle)) continue;
    if (first === middle) return left;
    return Math.max(left, left + quarter * (1 + (wanted - first) / (middle - first)));
  }
  return high;
}

/** A rate at an instant holds until the next, as flows do, so that totals of flows are what stocks gained. */
function followTotal(plan: MeasurePlan, probe: Probe): Follower {
  let total = 0;
  return {
    take: (interval) => {
      const length = Math.min(interval.to, plan.to) - Math.max(interval.from, plan.from);
      if (length > 0) total += probe.value(interval, interval.from) * length;
    },
    value: () => total,
  };
}

/** The mean over time along the path, by trapezoids between instants and where a stock runs empty. */
function followAverage(plan: MeasurePlan, probe: Probe): Follower {
  let area = 0;
  return {
    take: (interval) => {
      const low = Math.max(interval.from, plan.from);
      const high = Math.min(interval.to, plan.to);
      if (low >= high) return;
      const corners = cornersOf(probe, interval, low, high);
      let before = probe.value(interval, low);
      for (let at = 1; at < corners.length; at++) {
        const after = probe.value(interval, corners[at] ?? high);
        area += ((before + after) / 2) * ((corners[at] ?? high) - (corners[at - 1] ?? low));
        before = after;
      }
    },
    value: () => area / (plan.to - plan.from),
  };
}

/** Both ends and the instants between at which a stock that is read runs empty, in order. */
function cornersOf(probe: Probe, interval: Interval, low: number, high: number): readonly number[] {
  const between = probe.breaks(interval).filter((instant) => instant > low && instant < high);
  return [low, ...between.sort((a, b) => a - b), high];
}

function followCondition(plan: MeasurePlan, probe: Probe): Follower {
  // `always` holds unless its contrary comes about.
  const wanted = plan.reducer === 'always' ? 0 : 1;
  let crossing = Number.POSITIVE_INFINITY;
  return {
    take: (interval) => {
      if (crossing !== Number.POSITIVE_INFINITY) return;
      const low = Math.max(interval.from, plan.from);
      const high = Math.min(interval.to, plan.to);
      if (low > high) return;
      if (low < interval.to) crossing = firstInstant(plan, probe, interval, low, high, wanted);
      if (crossing !== Number.POSITIVE_INFINITY || high !== interval.to) return;
      if (probe.value(atEnd(interval), high) === wanted) crossing = high;
    },
    value: () => {
      const came = crossing !== Number.POSITIVE_INFINITY;
      if (plan.reducer === 'time until') return came ? crossing - plan.countFrom : crossing;
      return came === (plan.reducer === 'ever') ? 1 : 0;
    },
  };
}

/** The first instant from `low` on, before the end of the interval, at which the condition is as wanted. */
function firstInstant(
  plan: MeasurePlan,
  probe: Probe,
  interval: Interval,
  low: number,
  high: number,
  wanted: number,
): number {
  if (probe.value(interval, low) === wanted) return low;
  if (high <= low) return Number.POSITIVE_INFINITY;
  const turns = turnsOf(plan, probe, interval, low, high);
  for (let at = 0; at + 1 < turns.length; at++) {
    const [left, right] = [turns[at] ?? low, turns[at + 1] ?? high];
    if (right > left && probe.value(interval, left + (right - left) / 2) === wanted) return left;
  }
  return high < interval.to && probe.value(interval, high) === wanted ? high : Number.POSITIVE_INFINITY;
}

/** Both ends of a stretch, and where between them a stock that is read runs empty or a comparison may turn, in order. */
function turnsOf(
  plan: MeasurePlan,
  probe: Probe,
  interval: Interval,
  low: number,
  high: number,
): readonly number[] {
  let turns = cornersOf(probe, interval, low, high);
  // A comparison inside another bends or breaks its sides, and stands before it: so each is looked for between the turns
  // of those before it, where its sides are as good as straight.
  plan.comparisons.forEach((_, comparison) => {
    const found = turns.slice(1).flatMap((right, at) => {
      const crossing = crossingBetween(probe, interval, comparison, turns[at] ?? low, right);
      return crossing === null ? [] : [crossing];
    });
    turns = [...turns, ...found].sort((left, right) => left - right);
  });
  return turns;
}

/** Where both sides of a comparison meet between two instants, if they do. */
function crossingBetween(
  probe: Probe,
  interval: Interval,
  comparison: number,
  left: number,
  right: number,
): number | null {
  // Just right of a grid instant flows hold as they are there, so the interval's own value serves on both ends.
  const marginAt = (instant: number): number => {
    probe.value(interval, instant);
    return probe.margin(comparison);
  };
  const crossing = (from: number, before: number, to: number, after: number): number =>
    from + (to - from) * (before / (before - after));
  const [before, after] = [marginAt(left), marginAt(right)];
  const middle = marginAt(left + (right - left) / 2);
  if (Math.abs(middle - (before + after) / 2) <= STRAIGHT * (Math.abs(before) + Math.abs(after)))
    return (before < 0 && after > 0) || (before > 0 && after < 0)
      ? unlessNaN(crossing(left, before, right, after))
      : null;
  // It jumps at one of the ends, where a comparison inside it turns: the line is taken from within.
  const quarter = (right - left) / 4;
  const [first, last] = [left + quarter, right - quarter];
  const found = crossing(first, marginAt(first), last, marginAt(last));
  return found > left && found < right ? found : null;
}

/** From an infinite side there is no line on which a crossing could lie. */
const unlessNaN = (instant: number): number | null => (Number.isNaN(instant) ? null : instant);
