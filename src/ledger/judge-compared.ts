/**
 * Claims that compare worlds, under one viewpoint and meaning: their runs, their verdict by the rule of their form, and on
 * what it rests. Where sampling leaves the verdict open, the worlds of this claim alone are run again with twice as many
 * futures, at most twice. A world ends with the last of the measures that it is compared by.
 */
import type { Ensemble, Run } from '../engine/ensemble.ts';
import type { Measure, Model } from '../model/model.ts';
import { lastInstant } from '../program/program.ts';
import { type Arm, AS_IT_IS, armOf, createWorlds, type Worlds } from './arms.ts';
import { type BasisQuestion, type BasisResult, basisOf as basisOfColumns, type Columns } from './basis.ts';
import { type ComparedForm, isCompared, type World, whyOneWorld, worldsOf } from './compared-worlds.ts';
import { columnOf, MOST_FAILED } from './condition-verdict.ts';
import { type Contrast, combined, contrastOf } from './contrast.ts';
import { notCounted } from './counted.ts';
import { effectFound, effectVerdict, FEWEST_PAIRS } from './effect-verdict.ts';
import { BASIS_FUTURES, comparisonEffort } from './effort.ts';
import { irrelevanceFound, type MeasureFound } from './irrelevance-verdict.ts';
import type { Premise, ViewpointVerdict } from './ledger.ts';
import type { ComparisonVerdict, IrrelevanceFound } from './ledger-of-comparisons.ts';
import type { NamedClaim, Other } from './other-claims.ts';
import type { ViewpointPlan } from './plan.ts';
import type { Reading } from './readings.ts';
import { premiseVerdict } from './related-claims.ts';
import { chanceSlots, isCertainIn } from './viewpoint-order.ts';

export type Judged = {
  /** A `ComparisonVerdict`, or one of importance. */
  readonly verdict: string;
  readonly found: Pick<ViewpointVerdict, 'effect' | 'irrelevance' | 'importance'>;
  readonly basis: BasisResult;
  readonly because: readonly Premise[];
};

export type Court = {
  readonly model: Model;
  readonly plan: ViewpointPlan;
  readonly worlds: Worlds;
  /** The plan's own run. */
  readonly main: Ensemble;
  /** Whether the part of every single input is wanted. */
  readonly detailed: boolean;
};

/** What the claims of one plan are judged in; `main` is run already. */
export function openCourt(
  model: Model,
  plan: ViewpointPlan,
  main: Ensemble,
  detailed: boolean,
  run: Run,
): Court {
  const claims = plan.claims.flatMap((number) => model.claims[number] ?? []);
  const wanted = new Set(
    claims.flatMap(({ form, measures }) => (isCompared(form) || form.kind === 'importance' ? measures : [])),
  );
  const behindAny = new Set(claims.flatMap(({ measures }) => measures));
  return {
    model,
    plan,
    main,
    // Ensembles as small as those of a basis serve every claim; of larger ones less is kept.
    worlds: createWorlds(plan.order, main, (futures) => (futures <= BASIS_FUTURES ? behindAny : wanted), run),
    detailed,
  };
}

export async function judgeCompared(
  court: Court,
  reading: Reading,
  form: ComparedForm,
  premises: readonly NamedClaim[],
): Promise<Judged & { readonly worlds: readonly Ensemble[] }> {
  const { plan, worlds } = court;
  const { design, program } = plan.order;
  const compared = worldsOf(form, plan.order);
  const measures = measuresOf(form);
  const steps = lastInstant(program, measures) * Math.max(1, compared.length);
  const effort = plan.certain ? [design.futures] : comparisonEffort(design, steps, plan.comparisons);
  for (const [look, futures] of effort.entries()) {
    const ensembles: Ensemble[] = [];
    for (const { arm } of compared) ensembles.push(await worlds(arm, futures, measures));
    const outcome = outcomeOf(court, reading, form, compared, ensembles, () => true);
    if (outcome.isOpen && look + 1 < effort.length) continue;
    const main = premises.length === 0 ? null : await worlds(AS_IT_IS, futures);
    const because = premises.map(({ other, hasFigures }): Premise => {
      if (main === null || !hasFigures) return untested(other, 'no figures found');
      const isTrue = columnOf(main, other.column);
      // Where the premise's own future failed, or is dropped, it is neither true nor false.
      const out = notCounted(main);
      const among = (truth: boolean): Outcome =>
        outcomeOf(
          court,
          reading,
          form,
          compared,
          ensembles,
          (future) => !out.has(future) && (isTrue[future] === 1) === truth,
        );
      return testPremise(other, among(true), among(false), outcome.isFailing);
    });
    return {
      verdict: outcome.verdict,
      found: outcome.found,
      basis: await basisOf(court, reading, compared, outcome),
      because,
      worlds: ensembles,
    };
  }
  throw new Error('a comparison of no futures');
}

const measuresOf = (form: ComparedForm): readonly number[] =>
  form.kind === 'effect'
    ? [form.measure]
    : form.measures.flatMap(({ measure, isReached }) => (isReached ? [measure] : []));

// --- by the form's rule -----------------------------------------------------------------------------------------

export type Outcome = Pick<Judged, 'found'> & {
  readonly verdict: ComparisonVerdict;
  /** Whether more futures could settle it. */
  readonly isOpen: boolean;
  /** Whether so many futures failed that nothing is settled. */
  readonly isFailing: boolean;
  /** Pairs of futures that counted. */
  readonly futures: number;
  /** By what it was judged: the difference of a measure between two of the worlds. */
  readonly judgedBy: readonly { readonly measure: number; readonly pair: readonly [number, number] }[];
};

/** What so many futures of the worlds that a claim compares come to. */
export function outcomeOf(
  court: Bench,
  reading: Reading,
  form: ComparedForm,
  compared: readonly World[],
  ensembles: readonly Ensemble[],
  isCounted: (future: number) => boolean,
): Outcome {
  const isFailing = ensembles.some(
    ({ failed, dropped, futures }) => failed.length > MOST_FAILED * (futures - dropped.length),
  );
  const contrast = (measure: number): Contrast =>
    contrastOf(
      ensembles.map(({ measures }) => columnIn(measures, measure)),
      isCounted,
    );
  const context = { court, reading, isFailing, contrast };
  return form.kind === 'effect' ? effectOutcome(context, form) : irrelevanceOutcome(context, form, compared);
}

/** What the rule needs to know of where it is applied. */
export type Bench = Pick<Court, 'model' | 'plan'>;

type Context = {
  readonly court: Bench;
  readonly reading: Reading;
  readonly isFailing: boolean;
  readonly contrast: (measure: number) => Contrast;
};

const TOO_MANY_FAILED = 'more than 1 in 100 futures failed';

function effectOutcome(
  { court, reading, isFailing, contrast }: Context,
  form: ComparedForm & { kind: 'effect' },
): Outcome {
  const measure = measureOf(court.model, form.measure);
  const { sampled, isSure } = samplingOf(court, reading, measure);
  const worlds = contrast(form.measure);
  const effect = effectFound(worlds, form, measure, sampled, isSure);
  const judgedBy = [{ measure: form.measure, pair: [0, 1] as const }];
  const base = { isFailing, judgedBy, futures: effect?.futures ?? 0 };
  if (effect === null || isFailing) {
    const found = effect === null ? {} : { effect: { ...effect, reason: TOO_MANY_FAILED } };
    return { ...base, verdict: 'not settled', found, isOpen: false };
  }
  const verdict = effect.reason === '' ? effectVerdict(worlds, form, sampled) : 'not settled';
  return { ...base, verdict, found: { effect }, isOpen: !isSettled(verdict) };
}

function irrelevanceOutcome(
  { court, reading, isFailing, contrast }: Context,
  form: ComparedForm & { kind: 'irrelevance' },
  compared: readonly World[],
): Outcome {
  const names = compared.map(({ name }) => name);
  const found: MeasureFound[] = [];
  const measures = form.measures.map(
    ({ measure: number, isReached }): IrrelevanceFound['measures'][number] => {
      const measure = measureOf(court.model, number);
      const { sampled } = samplingOf(court, reading, measure);
      const one = isReached
        ? irrelevanceFound({ contrast: contrast(number), names }, form.margin, measure, sampled)
        : null;
      if (one === null)
        return {
          measure: measure.name,
          unit: measure.unit.text,
          byConstruction: !isReached,
          largest: null,
          margin: null,
          verdict: isReached ? 'not settled' : 'holds',
        };
      found.push(one);
      const { pair: _, method: __, futures: ___, ...shown } = one;
      return shown;
    },
  );
  const futures = found.reduce((least, one) => Math.min(least, one.futures), Number.POSITIVE_INFINITY);
  const isFew = futures < FEWEST_PAIRS && found.length > 0 && !samplingOf(court, reading, null).isSure;
  const reason = isFailing
    ? TOO_MANY_FAILED
    : compared.length > 0 && whyOneWorld(form, court.plan.order) !== ''
      ? whyOneWorld(form, court.plan.order)
      : isFew
        ? `only ${futures} pairs of futures`
        : '';
  const verdicts = measures.map(({ verdict }) => verdict);
  const verdict =
    reason !== '' || verdicts.includes('not settled')
      ? 'not settled'
      : verdicts.includes('fails')
        ? 'fails'
        : (verdicts.find((one) => one !== 'holds') ?? 'holds');
  const [first] = found;
  return {
    verdict,
    isFailing,
    isOpen: !isFailing && reason === '' && !isSettled(verdict),
    futures: found.length === 0 ? 0 : futures,
    found: {
      irrelevance: {
        subject: form.moved.name,
        measures,
        method: first?.method ?? 'by construction',
        futures: found.length === 0 ? 0 : futures,
        reason,
      },
    },
    judgedBy: form.measures.flatMap(({ measure, isReached }) => {
      const one = found.find(({ measure: name }) => name === measureOf(court.model, measure).name);
      return isReached && one !== undefined ? [{ measure, pair: one.pair }] : [];
    }),
  };
}

const isSettled = (verdict: ComparisonVerdict): boolean => verdict === 'holds' || verdict === 'fails';

function samplingOf({ plan }: Bench, { sense }: Reading, measure: Measure | null) {
  const { design } = plan.order;
  const isSure = !sense.draws && isCertainIn(plan.order, sense.inputCells);
  return {
    isSure,
    sampled: {
      isReplicated: design.kind === 'latin-hypercube',
      // Where nothing is drawn, all futures are one and there is nothing else that it could be.
      range: measure?.type.kind === 'boolean' && !isSure ? { low: 0, high: 1 } : null,
    },
  };
}

function measureOf({ measures }: Model, number: number): Measure {
  const measure = measures[number];
  if (measure === undefined) throw new Error('a comparison of a measure that is not there');
  return measure;
}

function columnIn(columns: readonly Float64Array[], measure: number): Float64Array {
  const column = columns[measure];
  if (column === undefined) throw new Error('a measure without its column');
  return column;
}

// --- premises ---------------------------------------------------------------------------------------------------

const untested = ({ name }: Other, reason: string): Premise => ({
  claim: name,
  verdict: 'not tested',
  reason,
  given: null,
  without: null,
});

/** The conclusion's own rule among the futures in which the premise is true as it is, and among those in which it is not. */
function testPremise(other: Other, given: Outcome, without: Outcome, isFailing: boolean): Premise {
  const reason = whyUntested(given.futures, without.futures);
  if (reason !== '') return untested(other, reason);
  const met = ({ verdict }: Outcome): boolean | null =>
    verdict === 'holds' ? true : verdict === 'fails' ? false : null;
  const [where, elsewhere] = [given.found.effect, without.found.effect];
  return {
    ...untested(other, ''),
    verdict: isFailing ? 'not settled' : premiseVerdict(met(given), met(without)),
    ...(where === undefined || elsewhere === undefined
      ? {}
      : {
          differences: { given: where.difference, without: elsewhere.difference, unit: where.unit },
        }),
  };
}

function whyUntested(trueIn: number, falseIn: number): string {
  if (trueIn + falseIn === 0) return 'nothing was run';
  if (trueIn === 0) return 'the premise is never true';
  if (falseIn === 0) return 'the premise is always true';
  if (trueIn < FEWEST_PAIRS) return 'the premise is hardly ever true';
  return falseIn < FEWEST_PAIRS ? 'the premise is nearly always true' : '';
}

// --- the basis --------------------------------------------------------------------------------------------------

/**
 * On what the differences rest by which the claim was judged, not the measures themselves: what moves both worlds alike
 * has no part in how far they lie apart.
 */
async function basisOf(
  court: Court,
  reading: Reading,
  compared: readonly World[],
  { judgedBy }: Outcome,
): Promise<BasisResult> {
  // What follows from what leads where hangs on no figure.
  if (compared.length === 0) return { basis: 'arithmetic', restates: null, carriers: [] };
  const { model, plan, worlds } = court;
  const { program } = plan.order;
  const question = basisQuestion(court, reading);
  if (plan.basis === null) return basisOfColumns(question, null);
  const { futures } = plan.basis;
  const measures = judgedBy.map(({ measure }) => measure);
  const differences = async (changed: (arm: Arm) => Arm): Promise<Columns> => {
    const ensembles: Ensemble[] = [];
    for (const { arm } of compared) ensembles.push(await worlds(changed(arm), futures, measures));
    return judgedBy.map(({ measure, pair: [one, other] }) => {
      const columns = ensembles.map(({ measures }) => columnIn(measures, measure));
      const contrast = contrastOf(columns, () => true);
      return combined(
        contrast,
        columns.map((_, at) => (at === one ? 1 : 0) - (at === other ? 1 : 0)),
      );
    });
  };
  const again = chanceSlots(model, program).map((slot) => ({ slot, value: 1 }));
  return basisOfColumns(question, {
    base: await differences((arm) => arm),
    redrawn: (slots) => differences((arm) => redrawnIn(arm, slots)),
    chance: () => differences((arm) => armOf({ ...arm, forced: [...arm.forced, ...again] })),
  });
}

/** What is asked of the basis of a claim in one sense. */
export const basisQuestion = (
  { model, plan, detailed }: Court,
  { cells, sense }: Reading,
): BasisQuestion => ({
  model,
  program: plan.order.program,
  viewpoint: plan.viewpoint,
  behind: { cells, draws: sense.draws },
  slots: plan.basis?.slots ?? [],
  detailed,
});

/** What is held in a world stays held there when it is drawn anew elsewhere. */
function redrawnIn(arm: Arm, slots: readonly number[]): Arm {
  const held = new Set([...arm.forced, ...arm.figures].map(({ slot }) => slot));
  return armOf({ ...arm, redrawn: [...arm.redrawn, ...slots.filter((slot) => !held.has(slot))] });
}
