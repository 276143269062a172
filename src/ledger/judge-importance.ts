/**
 * Claims of importance, under one viewpoint and meaning: by how much of the variance each factor carries, and by how far its
 * forced states move the mean. Both are read off ensembles of their own, of at most as many futures as those of a basis;
 * where the intervals leave the verdict open they are doubled, at most twice.
 */
import { factorEffect } from '../analysis/factor-effect.ts';
import type { MeanInterval, Sampled } from '../analysis/paired-mean.ts';
import type { Ensemble } from '../engine/ensemble.ts';
import type { Measure } from '../model/model.ts';
import type { ImportanceForm } from '../model/model-of-importance.ts';
import { lastInstant } from '../program/program.ts';
import { type Arm, AS_IT_IS, type Worlds } from './arms.ts';
import type { BasisResult } from './basis.ts';
import { MOST_FAILED } from './condition-verdict.ts';
import { contrastOf, meanOf } from './contrast.ts';
import { notCounted } from './counted.ts';
import { FEWEST_PAIRS, unitOfDifference } from './effect-verdict.ts';
import { rankingEffort } from './effort.ts';
import { areOnTop, type ImportanceRange, importanceVerdict, ofAll, rangeOf } from './importance-verdict.ts';
import { type Weighed, type WorldPair, weighed } from './importance-worlds.ts';
import type { Court, Judged } from './judge-compared.ts';
import type { ImportanceFound } from './ledger-of-comparisons.ts';
import type { ViewpointPlan } from './plan.ts';
import { screened } from './screen-moves.ts';

export async function judgeImportance(
  court: Court,
  form: ImportanceForm,
  basis: BasisResult,
): Promise<Judged> {
  const { model, plan, worlds } = court;
  const { design } = plan.order;
  const every = form.ranked.map((one) => weighed(model, form, one, plan.order));
  const steps = lastInstant(plan.order.program, form.measures);
  const whole = rankingEffort(design, steps * countWorlds(every), plan.rankings);
  const all = whole.isAll ? every : screened(every, plan.order, court.main, form.measures);
  const { effort } = whole.isAll ? whole : rankingEffort(design, steps * countWorlds(all), plan.rankings);
  const looks = plan.certain ? [design.futures] : effort;
  for (const [look, futures] of looks.entries()) {
    const outcome = await outcomeOf(court, form, all, worlds, futures);
    if (outcome.isOpen && look + 1 < looks.length) continue;
    const { verdict, importance } = outcome;
    return {
      verdict,
      found: { importance },
      // That it hangs on one input is what such a claim says, and no fault of it.
      basis: { ...basis, restates: null },
      because: [],
    };
  }
  throw new Error('a ranking of no futures');
}

/** How many worlds a ranking takes, with the run as it is. */
const countWorlds = (all: readonly Weighed[]): number =>
  new Set(
    all.flatMap(({ redrawn, ...moves }) =>
      [
        AS_IT_IS,
        redrawn,
        ...pairsIn(moves)
          .flat()
          .map(({ arm }) => arm),
      ].map(({ key }) => key),
    ),
  ).size;

type Outcome = {
  readonly verdict: string;
  readonly importance: ImportanceFound;
  /** Whether more futures could settle it. */
  readonly isOpen: boolean;
};

type MeasureFound = ImportanceFound['measures'][number];

async function outcomeOf(
  { model, plan }: Court,
  form: ImportanceForm,
  all: readonly Weighed[],
  worlds: Worlds,
  futures: number,
): Promise<Outcome> {
  const world = (arm: Arm): Promise<Ensemble> => worlds(arm, futures, form.measures);
  const base = await world(AS_IT_IS);
  const anew: Ensemble[] = [];
  const moved: (readonly (readonly [Ensemble, Ensemble])[])[] = [];
  for (const { redrawn, ...moves } of all) {
    anew.push(await world(redrawn));
    const own: (readonly [Ensemble, Ensemble])[] = [];
    for (const [first, second] of pairsIn(moves)) own.push([await world(first.arm), await world(second.arm)]);
    moved.push(own);
  }
  const ensembles = [base, ...anew, ...moved.flat(2)];
  const isFailing = ensembles.some(
    (one) => one.failed.length > MOST_FAILED * (one.futures - one.dropped.length),
  );
  const pairs = countingIn(base, ensembles);
  let reason = isFailing
    ? 'more than 1 in 100 futures failed'
    : pairs < FEWEST_PAIRS && !plan.certain
      ? `only ${pairs} pairs of futures`
      : '';
  const ranges: ImportanceRange[] = [];
  const measures = form.measures.map((number): MeasureFound => {
    const measure = model.measures[number];
    if (measure === undefined) throw new Error('a claim on a measure that is not there');
    const { unit } = unitOfDifference(measure);
    const shown = { measure: measure.name, unit };
    const byVariance = form.among === 'levers' ? null : varianceRanking(all, anew, base, number);
    const byConsequence = consequenceRanking(all, moved, measure, number, plan);
    if (typeof byVariance === 'string' || byConsequence === null) {
      const isStill = byVariance === 'does not vary' || plan.certain;
      reason ||= isStill
        ? `${measure.name} does not vary under ${plan.viewpoint.name}`
        : 'too few pairs of futures count';
      return { ...shown, byVariance: null, byConsequence: byConsequence ?? [], verdict: 'not settled' };
    }
    const rankings = byVariance === null ? [byConsequence] : [byVariance, byConsequence];
    const range = rangeOf(rankings.map((ranking) => areOnTop(ranking, form.named)));
    ranges.push(range);
    return { ...shown, byVariance, byConsequence, verdict: importanceVerdict(range) };
  });
  const range = ofAll(ranges);
  return {
    verdict: reason === '' ? importanceVerdict(range) : 'not settled',
    isOpen: reason === '' && range.from !== range.to,
    importance: { named: form.named, measures, method: 'Student over ten replicates', futures, reason },
  };
}

const pairsIn = ({ pairs, singles }: Pick<Weighed, 'pairs' | 'singles'>): readonly WorldPair[] => [
  ...pairs,
  ...singles.map(({ pair }) => pair),
];

/** How many futures count both as they are and in that other world in which the fewest of them do. */
function countingIn(base: Ensemble, others: readonly Ensemble[]): number {
  const out = notCounted(base);
  return Math.min(...others.map((other) => base.futures - new Set([...out, ...notCounted(other)]).size));
}

const byValue = (one: { readonly value: number }, other: { readonly value: number }): number =>
  other.value - one.value;

const columnIn = ({ measures }: Ensemble, measure: number): Float64Array => {
  const column = measures[measure];
  if (column === undefined) throw new Error('a measure without its column');
  return column;
};

/** The largest share first, or why there are none. */
function varianceRanking(
  all: readonly Weighed[],
  anew: readonly Ensemble[],
  base: Ensemble,
  measure: number,
): NonNullable<MeasureFound['byVariance']> | 'does not vary' | 'too few pairs' {
  const found = all.map(({ name }, at) => {
    const other = anew[at];
    if (other === undefined) throw new Error('a factor that was not drawn anew');
    const effect = factorEffect(columnIn(base, measure), columnIn(other, measure));
    return typeof effect === 'string'
      ? effect
      : { factor: name, value: effect.share, low: effect.low, high: effect.high };
  });
  const reason = found.find((one) => typeof one === 'string');
  return reason ?? found.flatMap((one) => (typeof one === 'string' ? [] : [one])).toSorted(byValue);
}

/** The largest difference first; null where no future counts in some world. */
function consequenceRanking(
  all: readonly Weighed[],
  moved: readonly (readonly (readonly [Ensemble, Ensemble])[])[],
  measure: Measure,
  number: number,
  plan: ViewpointPlan,
): MeasureFound['byConsequence'] | null {
  const { factor: size } = unitOfDifference(measure);
  const sampled: Sampled = {
    isReplicated: plan.order.design.kind === 'latin-hypercube' && !plan.certain,
    range: measure.type.kind === 'boolean' && !plan.certain ? { low: 0, high: 1 } : null,
  };
  const found: MeasureFound['byConsequence'][number][] = [];
  for (const [at, { name, ...moves }] of all.entries()) {
    const pairs = pairsIn(moves);
    let largest = { factor: name, value: 0, low: 0, high: 0, first: '', second: '' };
    for (const [which, ensembles] of (moved[at] ?? []).entries()) {
      const contrast = contrastOf(
        ensembles.map((one) => columnIn(one, number)),
        () => true,
      );
      const difference = meanOf(contrast, [1, -1], sampled);
      const worlds = pairs[which];
      if (difference === null || worlds === undefined) return null;
      const { value, low, high } = sizeOf(difference, contrast.slack);
      const isLarger = value / size > largest.value;
      largest = {
        factor: name,
        value: Math.max(largest.value, value / size),
        // The largest of several lies at least where the surest of them does, and at most where the widest does.
        low: Math.max(largest.low, low / size),
        high: Math.max(largest.high, high / size),
        first: isLarger ? worlds[0].name : largest.first,
        second: isLarger ? worlds[1].name : largest.second,
      };
    }
    found.push(largest);
  }
  return found.toSorted(byValue);
}

/** How far apart, whichever way. */
function sizeOf(
  { mean, low, high }: MeanInterval,
  slack: number,
): { value: number; low: number; high: number } {
  // What rounding leaves is no difference.
  if (Math.max(Math.abs(low), Math.abs(high)) <= slack) return { value: 0, low: 0, high: 0 };
  const isBoth = low < 0 && high > 0;
  return {
    value: Math.abs(mean),
    low: isBoth ? 0 : Math.min(Math.abs(low), Math.abs(high)),
    high: Math.max(Math.abs(low), Math.abs(high)),
  };
}
