/**
 * The author's best case: whether there is a point of the ranges under his viewpoint at which a claim holds that does not
 * hold under it as it stands, and which. Every uncertain input behind the claim lies between the 5 % and the 95 % quantile
 * of its figure, his own where he gave one and the model's elsewhere; what he gave as a bare number stays as he gave it. The
 * main run tells where to look. Each claim is sought for by itself, so that its answer hangs on no other claim.
 */
import { type KnotFigure, quantileAt } from '../base/figure.ts';
import * as rational from '../base/rational.ts';
import type { Ensemble, Run, RunOrder } from '../engine/ensemble.ts';
import { finished } from '../engine/host.ts';
import { shareColumns, statedAt } from '../engine/input-columns.ts';
import type { Model } from '../model/model.ts';
import { showInstant } from '../model/show-instant.ts';
import { canSettle, type Field, isSought, newTally, tryPoints } from './best-case-points.ts';
import {
  CERTAIN,
  CHANCY,
  type Effort,
  HIGH,
  type Lead,
  LOW,
  MIDDLE,
  movedIn,
  type Point,
  STEADY,
  search,
} from './best-case-search.ts';
import { type InputValues, type Margin, marginOf } from './claim-margin.ts';
import { isCounted } from './claim-verdict.ts';
import { notCounted } from './counted.ts';
import type { BestCase, FigurePlaced } from './ledger-of-best-case.ts';
import { stretchOf } from './likelihood-verdict.ts';
import { columnOfClaim } from './other-claims.ts';
import type { ViewpointPlan } from './plan.ts';
import type { Reading } from './readings.ts';
import { knotsOf, uncertainSlots } from './viewpoint-order.ts';

/** Futures of the main run from which it is read where to look: more tell no more than their first. */
const MOST_READ = 4000;
/** Ties beyond so many standard errors are no accident. */
const TOLD = 3;
/** Futures that came closest: so many in all, and so many of those that lie within the box as they are. */
const SEEDS = 4;

/** What was stated by the year has lost some digits by the day. */
const SHOWN_DIGITS = 12;

export type BestCaseQuestion = {
  readonly model: Model;
  /** The author's run. */
  readonly plan: ViewpointPlan;
  readonly ensemble: Ensemble;
  readonly reading: Reading;
  /** By future of the plan's order, how far a comparison lay from what is claimed; null for what is counted. */
  readonly compared: Float64Array | null;
};

/** Null for a claim of which no single point can be asked. */
export async function bestCaseOf(
  { model, plan, ensemble, reading, compared }: BestCaseQuestion,
  run: Run,
): Promise<BestCase | null> {
  const { form } = reading.claim;
  if (!isSought(form)) return null;
  const { order } = plan;
  const { program, figures, forced } = order;
  const slots = uncertainSlots(program, figures, forced, reading.cells);
  if (slots.length === 0)
    return { verdict: 'nothing to move', of: 0, tried: 0, unfit: 0, futures: 0, share: null, point: [] };
  const read = readable(ensemble);
  const margin: Margin = isCounted(form)
    ? marginOf(program, columnOfClaim(program, reading.number), read, valuesIn(plan))
    : () => new Float64Array(0);
  const way = wayOf(form, read, columnOfClaim(program, reading.number));
  const margins = compared ?? margin(read).map((value) => way * value);
  const futures = compared === null ? ensemble.futures : compared.length;
  const lead = leadOf({ ...order, design: { ...order.design, futures } }, slots, margins);
  const field: Field = { bench: { model, plan }, reading, form, slots, margin, way, run };
  const tally = newTally();
  const effortNow = (): Effort => {
    if (!reading.sense.draws) return CERTAIN;
    return tally.points.size === 0 || tally.hasDiffered ? CHANCY : STEADY;
  };
  const work = search(lead, effortNow, canSettle(field));
  let next = work.next();
  for (let round = 0; !next.done; round++) next = work.next(await tryPoints(field, next.value, round, tally));
  const found = next.value;
  const settled = found === null ? undefined : tally.settled.get(found.point.join());
  return {
    verdict: found === null ? 'none found' : found.holds ? 'holds' : 'not settled',
    of: slots.length,
    tried: tally.points.size,
    unfit: tally.unfit.size,
    futures: settled?.futures ?? 0,
    share: settled?.share ?? null,
    point: found === null ? [] : pointShown(model, order, slots, found.point, lead),
  };
}

// --- where to look ----------------------------------------------------------------------------------------------

/** The first futures of the main run. */
function readable(ensemble: Ensemble): Ensemble {
  const futures = Math.min(ensemble.futures, MOST_READ);
  const within = ({ future }: { readonly future: number }): boolean => future < futures;
  return {
    ...ensemble,
    futures,
    failed: ensemble.failed.filter(within),
    dropped: ensemble.dropped.filter(within),
    measures: ensemble.measures.map((column) => column.subarray(0, futures)),
    claims: ensemble.claims.map((column) => column.subarray(0, futures)),
  };
}

/** Whether a likelihood is to become larger or smaller; everything else is to come true. */
function wayOf(form: Field['form'], ensemble: Ensemble, column: number): 1 | -1 {
  if (form.kind !== 'likelihood') return 1;
  const { low, high } = stretchOf(form.stated);
  if (low.at === 0) return -1;
  if (high.at === 1) return 1;
  const out = notCounted(ensemble);
  const valid = (ensemble.claims[column] ?? new Uint8Array(0)).filter((_, future) => !out.has(future));
  const share = valid.reduce((sum, isTrue) => sum + isTrue, 0) / Math.max(1, valid.length);
  return share < (low.at + high.at) / 2 ? 1 : -1;
}

/** Inputs that a condition reads by itself: as they are held or drawn in the main run. At points they are not known here. */
const valuesIn =
  ({ order }: ViewpointPlan): InputValues =>
  (slot, { futures }) => {
    const figure = order.figures[slot];
    const held = order.forced.find((one) => one.slot === slot);
    const value = held?.value ?? (figure?.kind === 'point' ? figure.value : null);
    return value === null ? null : new Float64Array(futures).fill(value);
  };

/** Columns of so many inputs are looked at together: those of a wide box would fill the memory. */
const TOGETHER = 64;

function leadOf(order: RunOrder, slots: readonly number[], margins: Float64Array): Lead {
  const valid = Array.from(margins.keys()).filter((future) => !Number.isNaN(margins[future]));
  const goesWith = correlationWith(ranksOf(valid.map((future) => margins[future] ?? 0)));
  const ties = new Float64Array(slots.length);
  const isOutside = new Uint8Array(margins.length);
  const look = (see: (column: Float64Array, input: number) => void): void => {
    for (let from = 0; from < slots.length; from += TOGETHER)
      finished(shareColumns(order, slots.slice(from, from + TOGETHER))).forEach((column, at) => {
        see(column, from + at);
      });
  };
  look((column, input) => {
    const shares = new Float64Array(valid.length);
    for (let at = 0; at < shares.length; at++) {
      const future = valid[at]!;
      const share = column[future]!;
      shares[at] = share;
      if (share < LOW || share > HIGH) isOutside[future] = 1;
    }
    ties[input] = goesWith(shares);
  });
  // Equal ones in the order of the futures.
  const closest = valid.toSorted((one, other) => (margins[other] ?? 0) - (margins[one] ?? 0) || one - other);
  const inside = closest.filter((future) => isOutside[future] === 0).slice(0, SEEDS);
  // One of each kind first, as few may be taken.
  const mixed = Array.from({ length: SEEDS }, (_, at) => [inside[at], closest[at]]).flat();
  const taken = [...new Set(mixed)].flatMap((future) => future ?? []);
  const seeds = taken.map((): Point => new Float64Array(slots.length));
  look((column, input) => {
    taken.forEach((future, at) => {
      const seed = seeds[at];
      if (seed !== undefined) seed[input] = Math.min(HIGH, Math.max(LOW, column[future] ?? MIDDLE));
    });
  });
  return { ties, told: TOLD / Math.sqrt(Math.max(1, valid.length)), seeds };
}

/** Ranks of values, equal ones with their mean rank. */
function ranksOf(values: readonly number[]): readonly number[] {
  const order = values.map((_, at) => at).sort((one, other) => (values[one] ?? 0) - (values[other] ?? 0));
  const ranks = new Array<number>(values.length).fill(0);
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to < order.length && values[order[to] ?? 0] === values[order[from] ?? 0]) to++;
    for (let at = from; at < to; at++) ranks[order[at] ?? 0] = (from + to - 1) / 2;
    from = to;
  }
  return ranks;
}

/** Pearson's with these values; 0 where one of them does not vary. */
function correlationWith(values: readonly number[]): (other: Float64Array) => number {
  const count = values.length;
  const meanOf = (some: ArrayLike<number>): number => {
    let sum = 0;
    for (let at = 0; at < count; at++) sum += some[at]!;
    return sum / count;
  };
  const right = meanOf(values);
  const deviations = Float64Array.from(values, (value) => value - right);
  let own = 0;
  for (let at = 0; at < count; at++) own += deviations[at]! * deviations[at]!;
  return (other) => {
    if (count === 0) return 0;
    const left = meanOf(other);
    let [together, ofOther] = [0, 0];
    for (let at = 0; at < count; at++) {
      const deviation = other[at]! - left;
      together += deviation * deviations[at]!;
      ofOther += deviation * deviation;
    }
    return ofOther > 0 && own > 0 ? together / Math.sqrt(ofOther * own) : 0;
  };
}

// --- what was found ---------------------------------------------------------------------------------------------

/** Every figure of the point in its unit: those away from their middle first, by how much the claim goes with them. */
function pointShown(
  model: Model,
  { program, figures }: RunOrder,
  slots: readonly number[],
  point: Point,
  { ties }: Lead,
): readonly FigurePlaced[] {
  const moved = new Set(movedIn(point));
  const order = Array.from(point.keys()).sort(
    (one, other) =>
      Number(moved.has(other)) - Number(moved.has(one)) ||
      (moved.has(one) ? Math.abs(ties[other] ?? 0) - Math.abs(ties[one] ?? 0) : 0) ||
      one - other,
  );
  return order.map((input): FigurePlaced => {
    const slot = slots[input] ?? -1;
    const [placed, figure] = [program.inputs[slot], figures[slot]];
    const variable = model.variables[model.cells[placed?.cell ?? -1]?.variable ?? -1];
    if (placed === undefined || figure === undefined || variable === undefined)
      throw new Error('a point of an input that is not there');
    const share = point[input] ?? MIDDLE;
    const factor = rational.toNumber(variable.unit.factor);
    const shown = (of: KnotFigure): number =>
      statedAt(statedAt(quantileAt(of, share)) / factor, SHOWN_DIGITS);
    const base = { input: placed.name, unit: variable.unit.text, quantile: share, moved: moved.has(input) };
    if (figure.kind !== 'dated') return { ...base, value: shown(figure), byDate: [] };
    const dates = knotsOf(model, placed.cell);
    return {
      ...base,
      value: null,
      byDate: figure.knots.map((knot, at) => ({
        at: showInstant(model.time, dates[at] ?? 0),
        value: shown(knot),
      })),
    };
  });
}
