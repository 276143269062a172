/**
 * Holds the futures of an order against what is known of the past. Inputs that are calibrated are solved for future by future,
 * all futures in one run at a time, which ends at the instant that is solved for. Then futures that
 * contradict what is required are found. Both are done in the world as it is, whatever the order holds elsewhere, so that
 * every arm of a comparison has the same values and the same futures.
 */
import type { Program } from '../program/program.ts';
import type { DroppedFuture, Ensemble, Fit, Given, Run, RunOrder } from './ensemble.ts';
import { finished } from './host.ts';
import { slotColumns } from './input-columns.ts';

/** Steps at most, more than halving takes to the narrowest stretch. A smooth gap takes fewer than ten. */
export const STEPS = 60;
/**
 * What is left of the gap, as a share of the smaller gap at the ends, at which a future needs no further step. The larger one says
 * nothing of the value: what grows may be beyond all bounds at the far end.
 */
const FOUND = 1e-12;
/** A stretch as narrow as this, as a share of the first, needs none either: what is left is rounding, or a jump. */
const NARROW = 1e-13;
/**
 * What is left of the gap, as a share of the smaller gap at the ends, up to which an input counts as found. At a jump the gap
 * changes its sign and is nowhere near 0.
 */
const MET = 1e-6;
/**
 * So near to an end, as a share of the stretch, a root makes the gap there as small as rounding, and no measure of anything; then
 * what is left is held against the larger one.
 */
const AT_END = 1e-9;
const MET_AT_END = 1e-12;

/**
 * Futures to be run up to an instant with some inputs given: all of them, or only those that are not yet found. Nothing is read
 * of any other.
 */
export type Trial = Pick<RunOrder, 'only' | 'told'> & {
  readonly given: readonly Given[];
  readonly until: number;
};
export type Outcome = Pick<Ensemble, 'measures' | 'claims' | 'failed'>;

export type Fitted = {
  readonly given: readonly Given[];
  /** What was solved for, by the calibrations' slots. */
  readonly solved: ReadonlyMap<number, Solved>;
  readonly dropped: readonly DroppedFuture[];
  /** Futures of which it is not known whether they meet what is required, as they failed before: 1 by future. */
  readonly unknown: Uint8Array;
};

/** Trials that a smooth gap takes, both ends among them, where what is found is run no more. */
const USUAL_TRIALS = 8;

/** How much the fit of a design usually is beside its run of all instants. */
export function fitWork({ fits, time }: Pick<Program, 'fits' | 'time'>): number {
  const stages = stagesIn(fits.calibrations).map((stage) => Math.max(...stage.map(({ until }) => until)));
  const required = Math.max(0, ...fits.requirements.map(({ until }) => until));
  return (stages.reduce((sum, until) => sum + USUAL_TRIALS * until, 0) + required) / time.steps;
}

const stagesIn = <Of extends { readonly stage: number }>(
  calibrations: readonly Of[],
): readonly (readonly Of[])[] => {
  const stages = [...new Set(calibrations.map(({ stage }) => stage))].sort((a, b) => a - b);
  return stages.map((stage) => calibrations.filter((one) => one.stage === stage));
};

/**
 * @param futures how many there are in each outcome
 * @param near what was solved for in a world of the same futures in which some inputs were drawn otherwise
 */
export function* fitting(
  fit: Fit,
  futures: number,
  near: Fitted['solved'] = new Map(),
): Generator<Trial, Fitted, Outcome> {
  const causes = new Int32Array(futures).fill(-1);
  const given: Given[] = [];
  const solved = new Map<number, Solved>();
  for (const stage of stagesIn(fit.calibrations)) {
    const searches = stage.map(({ slot, low, high }) => search(low, high, futures, near.get(slot) ?? null));
    const until = Math.max(...stage.map((one) => one.until));
    let tries = searches.map((search) => search.next());
    let found = tries.map((): Solved | null => null);
    while (found.some((one) => one === null)) {
      const trial = tries.map(({ value }, at): Given => {
        const { slot } = stage[at] ?? { slot: -1 };
        return { slot, values: value.values };
      });
      // Inputs of one stage need unlike numbers of steps, and so do futures: what is found is not run again.
      const only = pairsOf(
        tries.flatMap((one) => (one.done === true ? [] : [one.value.isOpen])),
        futures,
      );
      const all = { given: [...given, ...trial], until, told: stage.map(({ measure }) => measure) };
      const { measures } = yield only === null ? all : { ...all, only };
      tries = tries.map((one, at) => {
        if (one.done === true) return one;
        const gaps = measures[stage[at]?.measure ?? -1];
        if (gaps === undefined) throw new Error('an input without what it is calibrated to');
        return searches[at]!.next(only === null ? gaps : spreadOut(gaps, only, futures));
      });
      found = tries.map((one) => (one.done === true ? one.value : null));
    }
    found.forEach((one, at) => {
      const calibration = stage[at];
      if (one === null || calibration === undefined) throw new Error('a search without an end');
      given.push({ slot: calibration.slot, values: one.values });
      solved.set(calibration.slot, one);
      const cause = fit.calibrations.indexOf(calibration);
      one.met.forEach((isMet, future) => {
        if (isMet === 0 && causes[future] === -1) causes[future] = cause;
      });
    });
  }
  const unknown = new Uint8Array(futures);
  if (fit.requirements.length > 0) {
    const until = Math.max(...fit.requirements.map((one) => one.until));
    const { claims, failed } = yield { given, until };
    for (const { future } of failed) unknown[future] = 1;
    fit.requirements.forEach(({ claim }, number) => {
      const column = claims[claim];
      if (column === undefined) throw new Error('a requirement without its column');
      column.forEach((isTrue, future) => {
        if (isTrue === 0 && unknown[future] === 0 && causes[future] === -1)
          causes[future] = fit.calibrations.length + number;
      });
    });
  }
  const dropped: DroppedFuture[] = [];
  causes.forEach((cause, future) => {
    if (cause >= 0) dropped.push({ future, cause });
  });
  const inOrder = fit.calibrations.flatMap(({ slot }) => given.filter((one) => one.slot === slot));
  return { given: inOrder, solved, dropped, unknown };
}

/** The futures, with the one that runs beside each, that any of some searches is open in; null for all of them. */
function pairsOf(searches: readonly (Uint8Array | null)[], futures: number): Int32Array | null {
  if (searches.includes(null)) return null;
  const isAny = (future: number): boolean => searches.some((isOpen) => isOpen?.[future] === 1);
  const pairs: number[] = [];
  for (let first = 0; first < futures; first += 2) {
    const second = first + 1;
    if (!isAny(first) && !isAny(second)) continue;
    pairs.push(first);
    if (second < futures) pairs.push(second);
  }
  return pairs.length === futures ? null : Int32Array.from(pairs);
}

/** A column of some futures at their places among all of them; nothing is known of the others. */
function spreadOut(column: Float64Array, only: Int32Array, futures: number): Float64Array {
  const all = new Float64Array(futures).fill(Number.NaN);
  only.forEach((future, place) => {
    all[future] = column[place]!;
  });
  return all;
}

/** Values to be tried, and in which futures that tells anything; null for all. */
type Try = { readonly values: Float64Array; readonly isOpen: Uint8Array | null };
/** By future, the value that was found, the gap that it leaves, and whether that counts as 0. */
type Solved = { readonly values: Float64Array; readonly left: Float64Array; readonly met: Uint8Array };

/**
 * Looks in every future for the value between `low` and `high` at which the gap is 0; takes the gaps at the values that it
 * yields. Where the gap has one sign at both ends there is none to be found, whatever lies between. The first step is the
 * chord; every other one goes by the inverse parabola through the last three points where that can be trusted, and halves the
 * stretch where it cannot (Chandrupatla 1997, doi:10.1016/S0965-9978(96)00051-8). A future that is found stays where it is, so
 * that what is found for it does not hang on the others, and the search ends with the last of them. A value that was found `near`
 * and leaves the same gap here to the last bit is found here, too: what is otherwise here does not reach that far, or it is a root
 * here as well, though perhaps one that no change of sign at the ends would have shown.
 */
function* search(
  low: number,
  high: number,
  futures: number,
  near: Solved | null,
): Generator<Try, Solved, Float64Array> {
  const isSame = new Uint8Array(futures);
  if (near !== null) {
    const gaps = yield { values: near.values, isOpen: null };
    gaps.forEach((gap, future) => {
      isSame[future] = near.met[future] === 1 && gap === near.left[future] ? 1 : 0;
    });
    if (!isSame.includes(0)) return near;
  }
  const isOther = near === null ? null : isSame.map((same) => 1 - same);
  // The point that was tried last, the other end of the stretch that is left, and the one that was given up last.
  const [last, other, gone] = [high, low, low].map((value) => new Float64Array(futures).fill(value));
  if (last === undefined || other === undefined || gone === undefined)
    throw new Error('a search without ends');
  const atOther = (yield { values: other.slice(), isOpen: isOther }).slice();
  const atLast = (yield { values: last.slice(), isOpen: isOther }).slice();
  const atGone = atOther.slice();
  const size = atOther.map((gap, future) => Math.min(Math.abs(gap), Math.abs(atLast[future]!)));
  const largest = atOther.map((gap, future) => Math.max(Math.abs(gap), Math.abs(atLast[future]!)));
  const isBracketed = atOther.map((gap, future) => {
    const end = atLast[future]!;
    const changes = (gap <= 0 && end >= 0) || (gap >= 0 && end <= 0);
    return isSame[future] === 0 && changes && gap !== end && Number.isFinite(gap) && Number.isFinite(end)
      ? 1
      : 0;
  });
  // Of both ends the nearer; a future without a root goes on with its lower end, and nothing of it is counted.
  const values = other.slice();
  const left = atOther.slice();
  const settle = (future: number): void => {
    const isLast = Math.abs(atLast[future]!) < Math.abs(atOther[future]!);
    values[future] = isLast ? last[future]! : other[future]!;
    left[future] = isLast ? atLast[future]! : atOther[future]!;
  };
  isBracketed.forEach((isIn, future) => {
    if (isIn === 1) settle(future);
  });
  const narrow = NARROW * (high - low);
  const isOpen = (future: number): boolean =>
    isBracketed[future] === 1 &&
    !(Math.abs(left[future]!) <= FOUND * size[future]!) &&
    Math.abs(other[future]! - last[future]!) > narrow;
  for (let step = 0; step < STEPS; step++) {
    const open: number[] = [];
    for (let future = 0; future < futures; future++) if (isOpen(future)) open.push(future);
    if (open.length === 0) break;
    const tried = values.slice();
    for (const future of open) {
      const [a, b, c] = [last[future]!, other[future]!, gone[future]!];
      const [atA, atB, atC] = [atLast[future]!, atOther[future]!, atGone[future]!];
      const part = step === 0 ? atA / (atA - atB) : partOfStretch(a, b, c, atA, atB, atC);
      const edge = narrow / 2 / Math.abs(b - a);
      tried[future] = a + (b - a) * Math.min(1 - edge, Math.max(edge, part));
    }
    const isTried = new Uint8Array(futures);
    for (const future of open) isTried[future] = 1;
    const gaps = yield { values: tried, isOpen: isTried };
    for (const future of open) {
      const gap = gaps[future]!;
      const isSide = Math.sign(gap) === Math.sign(atLast[future]!);
      [gone[future], atGone[future]] = isSide
        ? [last[future]!, atLast[future]!]
        : [other[future]!, atOther[future]!];
      if (!isSide) [other[future], atOther[future]] = [last[future]!, atLast[future]!];
      [last[future], atLast[future]] = [tried[future]!, gap];
      settle(future);
    }
  }
  const isAtEnd = (value: number): boolean => Math.min(value - low, high - value) <= AT_END * (high - low);
  const isMet = (future: number): boolean =>
    Math.abs(left[future]!) <= MET * size[future]! ||
    (isAtEnd(values[future]!) && Math.abs(left[future]!) <= MET_AT_END * largest[future]!);
  const met = Uint8Array.from(values, (_, future) => (isBracketed[future] === 1 && isMet(future) ? 1 : 0));
  if (near !== null)
    isSame.forEach((same, future) => {
      if (same === 0) return;
      values[future] = near.values[future]!;
      left[future] = near.left[future]!;
      met[future] = 1;
    });
  return { values, left, met };
}

/** How far from a to b the next step goes: to where the inverse parabola through three points is 0, or half-way. */
function partOfStretch(a: number, b: number, c: number, atA: number, atB: number, atC: number): number {
  const along = (a - b) / (c - b);
  const up = (atA - atB) / (atC - atB);
  // Only there does the parabola stay between a and b.
  if (!(up * up < along && (1 - up) * (1 - up) < 1 - along)) return 0.5;
  return (
    (atA / (atB - atA)) * (atC / (atB - atC)) +
    ((c - a) / (b - a)) * (atA / (atC - atA)) * (atB / (atC - atB))
  );
}

/** One future alone: what was found for it, and the line for which it is dropped, by number; null where it fits. */
export type FittedAlone = { readonly given: ReadonlyMap<number, number>; readonly cause: number | null };

/** @param runAlone runs the future in the world as it is up to an instant, with some slots given */
export function fitAlone(
  order: RunOrder,
  fit: Fit,
  runAlone: (given: ReadonlyMap<number, number>, until: number) => Outcome,
): FittedAlone {
  const valuesOf = (given: readonly Given[]): ReadonlyMap<number, number> =>
    new Map(given.map(({ slot, values }) => [slot, values[0] ?? Number.NaN]));
  const work = fitting(fit, 1);
  let next = work.next();
  while (!next.done) {
    const { given, until } = next.value;
    next = work.next(runAlone(valuesOf(given), until));
  }
  const dropped = isWorld(order, fit) ? next.value.dropped : withUnknown(next.value, fit);
  return { given: valuesOf(next.value.given), cause: dropped[0]?.cause ?? null };
}

/** A run that holds the futures of each order against its fit, and leaves out those that do not meet it. */
export function fittingRun(run: Run): Run {
  // Orders on one program, viewpoint and design share their fit, whatever they hold; viewpoints differ in their figures,
  // and points of one viewpoint in where these are taken.
  const known = new WeakMap<object, Map<string, Fitted>>();
  const fitOf = async (order: RunOrder, fit: Fit): Promise<Fitted> => {
    const { design, redrawn } = order;
    const { figures } = fit;
    const forced = worldOf(order, fit);
    const key = keyOf(design, redrawn, forced);
    const taken = order.placed ?? figures;
    const mine = known.get(taken) ?? new Map<string, Fitted>();
    known.set(taken, mine);
    const before = mine.get(key);
    if (before !== undefined) return before;
    // What is drawn anew may have nothing to do with what is solved for, and mostly does not in most futures.
    const isPlain = redrawn.length === 0 && forced.length === fit.forced.length;
    const near = isPlain ? undefined : await fitOf({ ...order, redrawn: [], forced: fit.forced }, fit);
    const work = fitting(fit, design.futures, near?.solved);
    const { keep: _, fit: __, told: ___, ...plain } = order;
    const world = { ...plain, figures, forced };
    const drawn = drawnOnce(world);
    const isDrawn = drawn.length === world.program.inputs.length;
    const trial = isDrawn ? { ...world, redrawn: [], correlations: [] } : world;
    let next = work.next();
    while (!next.done) {
      const { given, ...ending } = next.value;
      const solved = new Set(given.map(({ slot }) => slot));
      const others = drawn.filter(({ slot }) => !solved.has(slot));
      next = work.next(await run({ ...trial, given: [...others, ...given], ...ending }));
    }
    mine.set(key, next.value);
    return next.value;
  };
  return async (order) => {
    const { fit, ...plain } = order;
    if (fit === undefined) return run(order);
    const { given, ...found } = await fitOf(order, fit);
    const dropped = isWorld(order, fit) ? found.dropped : withUnknown(found, fit);
    const leftOut = new Uint8Array(order.design.futures);
    for (const { future } of dropped) leftOut[future] = 1;
    // An arm that gives an input another figure asks for that, as one that holds it does.
    const kept = given.filter(({ slot }) => order.figures[slot] === fit.figures[slot]);
    return { ...(await run({ ...plain, given: kept, leftOut })), given, dropped };
  };
}

/** The columns of all inputs that are one number a future: they are the same in every trial, and drawn for the first only. */
function drawnOnce(order: RunOrder): readonly Given[] {
  const slots = [...order.program.inputs.keys()].filter(
    (slot) => order.program.inputs[slot]?.knots.length === 0,
  );
  return finished(slotColumns(order, slots)).flatMap(([values], at): readonly Given[] => {
    const slot = slots[at];
    return values === undefined || slot === undefined ? [] : [{ slot, values }];
  });
}

const keyOf = (...parts: readonly unknown[]): string => JSON.stringify(parts);

/** What an order holds in the world as it is: chance that is made anew is made so there too. */
export const worldOf = ({ program, forced }: RunOrder, fit: Fit): RunOrder['forced'] => [
  ...fit.forced,
  ...forced.filter(({ slot }) => program.inputs[slot]?.role === 'chance'),
];

/** Whether an order holds nothing but what the world as it is holds. */
function isWorld(order: RunOrder, fit: Fit): boolean {
  const sorted = (all: RunOrder['forced']): string =>
    keyOf(all.toSorted((one, other) => one.slot - other.slot));
  const isStated = order.figures.every((figure, slot) => figure === fit.figures[slot]);
  return isStated && sorted(order.forced) === sorted(worldOf(order, fit));
}

/**
 * A future that fails in the world as it is fails there by itself. In another world it may not, and then nobody knows
 * whether it meets what is required of the first.
 */
function withUnknown({ dropped, unknown }: Omit<Fitted, 'given'>, fit: Fit): readonly DroppedFuture[] {
  const all = new Map(dropped.map((one) => [one.future, one]));
  unknown.forEach((isUnknown, future) => {
    if (isUnknown === 1 && !all.has(future)) all.set(future, { future, cause: fit.calibrations.length });
  });
  return [...all.values()].sort((one, other) => one.future - other.future);
}
