/**
 * Holds a claim against points of a viewpoint's ranges. At a point every uncertain input stands at one share of its figure,
 * so that only chance still differs between futures: where the claim hangs on none, one future decides, else so many
 * that the claim's own rule can. What is calibrated is solved for at the point too, and what is required must be met there.
 */
import { isFixed } from '../base/figure.ts';
import type { Ensemble, Placed, Run, RunOrder } from '../engine/ensemble.ts';
import { lastInstant, type Program } from '../program/program.ts';
import { orderOf } from './arms.ts';
import { MIDDLE, type Point, type Score, type Tried, type Wanted } from './best-case-search.ts';
import type { Margin } from './claim-margin.ts';
import { type CountedForm, isCounted, isOpen, verdictOn } from './claim-verdict.ts';
import { comparedMargin } from './compared-margin.ts';
import { type ComparedForm, isCompared, worldsOf } from './compared-worlds.ts';
import { MOST_FAILED, shareTrue, shareWithoutDraws } from './condition-verdict.ts';
import { countedIn } from './counted.ts';
import { type Bench, outcomeOf } from './judge-compared.ts';
import { FEWEST_OCCURRENCES, isWithin, liesWithin, stretchOf } from './likelihood-verdict.ts';
import { columnOfClaim } from './other-claims.ts';
import type { Reading } from './readings.ts';

/**
 * Futures of a point where chance is left: at a glance, to see whether it is worth more, where futures have differed and
 * where they never have; and for the claim's own rule, until that is settled.
 */
const GLANCE = 12;
const STEADY_GLANCE = 3;
const FUTURES = [80, 200];
/** More are run only if all of them take no more than so many steps; else so many, which settle nothing. */
const MOST_STEPS = 500_000;
const UNSETTLED = 120;
/** More than are made of one round's points. */
const MOST_DRAWS = 64;
/** A condition holds from this share on. */
const HOLDS_FROM = 0.95;
/** What does not hold by the claim's rule lies below its edge, however near it came. */
const JUST_BELOW = -1e-9;
const UNFIT: Score = [-2, 0];

export type Field = {
  readonly bench: Bench;
  readonly reading: Reading;
  readonly form: CountedForm | ComparedForm;
  /** The slots that a point places, in its order. */
  readonly slots: readonly number[];
  /** For what is counted: how far futures are from it, and whether it is sought or to be avoided. */
  readonly margin: Margin;
  readonly way: 1 | -1;
  readonly run: Run;
};

/** What was run for the points of one claim. */
export type Tally = {
  readonly points: Set<string>;
  /** Of these, the ones at which no future was left to be judged. */
  readonly unfit: Set<string>;
  /** What the last judgement of each point by the claim's own rule was read off. */
  readonly settled: Map<string, { readonly futures: number; readonly share: number | null }>;
  /** Whether at some point futures came to different answers. */
  hasDiffered: boolean;
  /** Whether at some point what is calibrated came out unlike in its futures; null before anybody has seen. */
  fitsDiffer: boolean | null;
};

export const newTally = (): Tally => ({
  points: new Set(),
  unfit: new Set(),
  settled: new Map(),
  hasDiffered: false,
  fitsDiffer: null,
});

/** @param round makes the draws of chance others in each, so that a point that was lucky once is not so again */
export async function tryPoints(
  field: Field,
  { points, isFinal }: Wanted,
  round: number,
  tally: Tally,
): Promise<readonly Tried[]> {
  for (const point of points) tally.points.add(point.join());
  const { draws } = field.reading.sense;
  const isSteady = round > 0 && !tally.hasDiffered;
  const glance = !draws ? 1 : isSteady ? STEADY_GLANCE : GLANCE;
  if (!draws || !isFinal) return judged(field, points, glance, isFinal, round * MOST_DRAWS, tally);
  const found: Tried[] = [];
  for (const [number, point] of points.entries()) {
    const sizes = sizesOf(field);
    let tried: Tried | undefined;
    for (const [at, futures] of sizes.entries()) {
      const draw = round * MOST_DRAWS + 1 + number * sizes.length + at;
      [tried] = await judged(field, [point], futures, true, draw, tally);
      if (tried === undefined || !tried.isOpen) break;
    }
    if (tried !== undefined) found.push(tried);
  }
  return found;
}

/** A likelihood near 0 or 1 is settled by no fewer futures than show its edge. */
function neededFor({ stated }: CountedForm & { kind: 'likelihood' }): number {
  const { low, high } = stretchOf(stated);
  const edges = [low.at, high.at, 1 - low.at, 1 - high.at].filter((edge) => edge > 0 && edge < 1);
  // Rounding may make of 1 - 0.99 a little less.
  return Math.ceil(FEWEST_OCCURRENCES / Math.min(1, ...edges) - 1e-6);
}

function sizesOf({ form, bench, reading }: Field): readonly number[] {
  if (form.kind !== 'likelihood') return FUTURES;
  const needed = neededFor(form);
  const { program } = bench.plan.order;
  const isAfforded = needed * (endOf(program, reading) ?? program.time.steps) <= MOST_STEPS;
  if (needed <= (FUTURES.at(-1) ?? 0)) return FUTURES;
  return isAfforded ? [...FUTURES, needed] : [UNSETTLED];
}

/** Whether so many futures are run that the claim's own rule can be met. */
export function canSettle(field: Field): boolean {
  const { form, reading } = field;
  if (form.kind !== 'likelihood' || !reading.sense.draws) return true;
  return (sizesOf(field).at(-1) ?? 0) >= neededFor(form);
}

async function judged(
  field: Field,
  points: readonly Point[],
  futures: number,
  isFinal: boolean,
  draw: number,
  tally: Tally,
): Promise<readonly Tried[]> {
  const { bench, form, run } = field;
  // Where a hundred futures agreed on what is calibrated, the others of the same point do.
  const isSolvedApart = isFinal && tally.fitsDiffer !== false;
  const order = await pointOrder(field, points, futures, isSolvedApart, draw);
  const worlds = isCompared(form)
    ? worldsOf(form, bench.plan.order).map(({ arm }) => orderOf(order, arm, order.design.futures))
    : [order];
  const ensembles: Ensemble[] = [];
  for (const world of worlds) ensembles.push(await run(world));
  if (isSolvedApart && futures > 1) tally.fitsDiffer = tally.fitsDiffer === true || !fitsAgree(ensembles[0]);
  return points.map((point, number): Tried => {
    const own = ensembles.map((ensemble) => sliceOf(ensemble, number * futures, (number + 1) * futures));
    const key = point.join();
    const isLeft = own.every((ensemble) => countedIn(ensemble) > 0);
    if (!isLeft) tally.unfit.add(key);
    const { score, holds, isOpen, share, isAlike } = !isLeft
      ? NOTHING
      : isCompared(form)
        ? judgeWorlds(field, form, own, futures)
        : judgeFutures(field, form, own[0], futures);
    if (!isAlike) tally.hasDiffered = true;
    if (isFinal) tally.settled.set(key, { futures: Math.min(...own.map(countedIn)), share });
    return {
      point,
      isOpen: isFinal && isOpen,
      // A glance shows what may hold; the rule decides.
      score: !isFinal && futures > 1 ? score : holds ? [Math.max(0, score[0]), score[1]] : below(score),
    };
  });
}

const fitsAgree = (ensemble: Ensemble | undefined): boolean =>
  (ensemble?.given ?? []).every(({ values }) => values.every((value) => Object.is(value, values[0]))) &&
  (ensemble?.dropped.length === 0 || ensemble?.dropped.length === ensemble?.futures);

const below = ([first, second]: Score): Score => [Math.min(JUST_BELOW, first), second];

type Judgement = {
  readonly score: Score;
  readonly holds: boolean;
  readonly isOpen: boolean;
  readonly share: number | null;
  /** Whether all futures give one answer. */
  readonly isAlike: boolean;
};
const NOTHING: Judgement = { score: UNFIT, holds: false, isOpen: false, share: null, isAlike: true };

function judgeFutures(
  { bench, reading, margin, way }: Field,
  form: CountedForm,
  ensemble: Ensemble | undefined,
  futures: number,
): Judgement {
  if (ensemble === undefined) throw new Error('a point without its futures');
  const column = columnOfClaim(bench.plan.order.program, reading.number);
  const isSure = !reading.sense.draws;
  const found = isSure
    ? shareWithoutDraws(ensemble, column)
    : shareTrue(ensemble, column, { kind: 'monte-carlo', futures, seed: 0 });
  if (found === null) return NOTHING;
  const { share, sampling } = found;
  const margins = margin(ensemble).filter((value) => !Number.isNaN(value));
  const second = margins.reduce((sum, value) => sum + squashed(way * value), 0) / Math.max(1, margins.length);
  const first = form.kind === 'likelihood' ? inStretch(form, share) : share - HOLDS_FROM;
  if (isSure) {
    const holds = form.kind === 'likelihood' ? liesWithin(form.stated, sampling) === true : share === 1;
    return { score: [first, second], holds, isOpen: false, share, isAlike: true };
  }
  const holds = isSettled(ensemble) && verdictOn(form, found) === 'holds';
  // That more futures would show how rare a thing is matters only while it may be as rare as stated.
  const isBeside = form.kind === 'likelihood' && liesWithin(form.stated, sampling) === false;
  const mayHold = form.kind === 'likelihood' || sampling.high >= HOLDS_FROM;
  const isAlike = margins.every((value) => value === margins[0]);
  return {
    score: [first, second],
    holds,
    isOpen: !holds && !isBeside && mayHold && isOpen(form, found),
    share,
    isAlike,
  };
}

/** Between -1 and 1, so that no future of many outweighs all others. */
const squashed = (value: number): number =>
  Number.isFinite(value) ? value / (1 + Math.abs(value)) : Math.sign(value);

/** How far within what a likelihood states, or beside it. */
function inStretch({ stated }: CountedForm & { kind: 'likelihood' }, share: number): number {
  const { low, high } = stretchOf(stated);
  const inside = Math.min(share - low.at, high.at - share);
  if (isWithin(share, { low, high })) return Math.max(0, inside);
  return Math.min(JUST_BELOW, inside);
}

function isSettled(ensemble: Ensemble): boolean {
  const { futures, failed, dropped } = ensemble;
  const isEnough = dropped.length === 0 || countedIn(ensemble) >= FEWEST_OCCURRENCES;
  return isEnough && failed.length <= MOST_FAILED * (futures - dropped.length);
}

function judgeWorlds(
  { bench, reading }: Field,
  form: ComparedForm,
  ensembles: readonly Ensemble[],
  futures: number,
): Judgement {
  const { model, plan } = bench;
  const margin = comparedMargin(model, form, ensembles);
  const first = margin?.whole ?? 0;
  const worlds = worldsOf(form, plan.order);
  const order: RunOrder = { ...plan.order, design: { kind: 'monte-carlo', futures, seed: 0 } };
  // At a point no input is drawn; what still differs is chance.
  const still: Reading = { ...reading, sense: { ...reading.sense, inputCells: [] } };
  const outcome = outcomeOf({ model, plan: { ...plan, order } }, still, form, worlds, ensembles, () => true);
  const holds = outcome.verdict === 'holds';
  const values = (margin?.byFuture ?? new Float64Array(0)).filter((value) => !Number.isNaN(value));
  return {
    score: [first, 0],
    holds,
    isOpen: !holds && outcome.isOpen,
    share: null,
    isAlike: values.every((value) => value === values[0]),
  };
}

/** The futures of one point among those of several. */
function sliceOf(ensemble: Ensemble, from: number, to: number): Ensemble {
  const within = <One extends { readonly future: number }>(all: readonly One[]): readonly One[] =>
    all
      .filter(({ future }) => future >= from && future < to)
      .map((one) => ({ ...one, future: one.future - from }));
  return {
    ...ensemble,
    futures: to - from,
    failed: within(ensemble.failed),
    dropped: within(ensemble.dropped),
    given: ensemble.given.map(({ slot, values }) => ({ slot, values: values.subarray(from, to) })),
    measures: ensemble.measures.map((column) => column.subarray(from, to)),
    claims: ensemble.claims.map((column) => column.subarray(from, to)),
    kept: [],
    failedInputs: [],
  };
}

/**
 * All points side by side, each as many times as it has futures. What is calibrated is solved for in every future apart, or at
 * a glance once for each point.
 */
async function pointOrder(
  field: Field,
  points: readonly Point[],
  futures: number,
  isSolvedApart: boolean,
  draw: number,
): Promise<RunOrder> {
  const { bench, reading, run } = field;
  const { keep: _, fit, ...main } = bench.plan.order;
  const { program } = main;
  const until = endOf(program, reading);
  const isFitted = program.fits.requirements.length > 0 || reading.claim.calibratedCells.length > 0;
  const order = (each: number): RunOrder => ({
    ...main,
    design: { kind: 'monte-carlo', futures: points.length * each, seed: seedOf(main.design.seed, draw) },
    redrawn: [],
    correlations: [],
    placed: placedAt(field, points, each),
    ...(until === null ? {} : { until }),
  });
  if (fit === undefined || !isFitted) return order(futures);
  if (isSolvedApart || futures === 1) return { ...order(futures), fit };
  const { given, dropped } = await run({ ...order(1), until: 1, fit });
  const repeated = (values: Float64Array): Float64Array => {
    const all = new Float64Array(points.length * futures);
    values.forEach((value, point) => {
      all.fill(value, point * futures, (point + 1) * futures);
    });
    return all;
  };
  const leftOut = new Uint8Array(points.length * futures);
  for (const { future } of dropped) leftOut.fill(1, future * futures, (future + 1) * futures);
  return {
    ...order(futures),
    given: given.map(({ slot, values }) => ({ slot, values: repeated(values) })),
    leftOut,
  };
}

function placedAt({ bench, slots }: Field, points: readonly Point[], futures: number): readonly Placed[] {
  const halves = new Float64Array(points.length * futures).fill(MIDDLE);
  return bench.plan.order.figures.flatMap((figure, slot): readonly Placed[] => {
    if (isFixed(figure)) return [];
    const input = slots.indexOf(slot);
    if (input < 0) return [{ slot, shares: halves }];
    const shares = new Float64Array(halves.length);
    points.forEach((point, number) => {
      shares.fill(point[input] ?? MIDDLE, number * futures, (number + 1) * futures);
    });
    return [{ slot, shares }];
  });
}

/** Seeds of points lie far from those that people take. */
const seedOf = (seed: number, draw: number): number =>
  (seed + 1_000_003 * (1 + draw)) % 9_007_199_254_740_991;

/** The instant at which the last of the claim's measures ends; null where that is the end, or its condition reads on. */
function endOf(program: Program, { claim, number }: Reading): number | null {
  const column = columnOfClaim(program, number);
  const code = program.claims[column]?.code;
  const given = new Set(program.inputs.map(({ register }) => register));
  const readsOn =
    code !== undefined && [code.a, code.b, code.c].some((side) => side.some((one) => given.has(one)));
  if (readsOn || claim.measures.length === 0) return null;
  const last = lastInstant(program, claim.measures);
  return last < program.time.steps ? last : null;
}

export const isSought = (form: Reading['claim']['form']): form is CountedForm | ComparedForm =>
  isCounted(form) || isCompared(form);
