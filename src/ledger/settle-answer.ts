/**
 * What one viewpoint's runs say of each claim, measure and record. It is found as soon as they are there, so that their columns
 * can be let go: those of a hundred thousand futures take a tenth of a gigabyte a viewpoint.
 */
import type { Remains } from '../engine/ensemble.ts';
import { isTested, type Model, type Viewpoint } from '../model/model.ts';
import type { Program } from '../program/program.ts';
import { type Answer, shareOf } from './answers.ts';
import type { BasisResult } from './basis.ts';
import { isCounted, verdictOn } from './claim-verdict.ts';
import { compareObserved } from './compare-observed.ts';
import { MOST_FAILED, NOTHING_DRAWN } from './condition-verdict.ts';
import { sourcesBehind } from './confidence.ts';
import { countedIn } from './counted.ts';
import type {
  Companion,
  LedgerBand,
  LedgerMeasure,
  LedgerObserved,
  Premise,
  ViewpointVerdict,
} from './ledger.ts';
import { FEWEST_OCCURRENCES, likelihoodFound } from './likelihood-verdict.ts';
import {
  type Allowed,
  combinationsAsked,
  keyOf,
  type Meanings,
  meaningsOfRun,
  namedMeanings,
} from './meanings.ts';
import { columnOfClaim, countedCompanions, othersIn } from './other-claims.ts';
import { ownAmong } from './own-figures.ts';
import { NO_FIGURES, NOTHING_LEFT } from './pattern.ts';
import type { Question, ViewpointPlan } from './plan.ts';
import { preferenceFound } from './preference-found.ts';
import { isAsked, isSilent, type Reading, type Readings } from './readings.ts';
import { type Futures, testCompanion, testPremise } from './related-claims.ts';
import { summariseMeasure } from './summarise-measure.ts';
import { uniquenessFound } from './uniqueness-found.ts';

/** What is the same for all viewpoints. */
export type Asked = {
  readonly model: Model;
  readonly program: Program;
  readonly question: Question;
  readonly readings: Readings;
  readonly allowed: Allowed;
};

/** An answer of which no column is left. */
export type Settled = {
  readonly plan: ViewpointPlan;
  readonly remains: Remains;
  readonly bands: readonly LedgerBand[];
  /** The readings of tested claims that are read off this run. */
  readonly judged: ReadonlyMap<Reading, JudgedUnder>;
  /** By number of a measure, those that are read off this run and have a valid future. */
  readonly measures: ReadonlyMap<number, LedgerMeasure>;
  /** Records are met once under each viewpoint, in the run of all first meanings. */
  readonly observed: readonly LedgerObserved[];
};

export function settle(asked: Asked, answer: Answer): Settled {
  const { model, question, readings, allowed } = asked;
  const { plan, ensemble, bands } = answer;
  const { measures: _measures, claims: _claims, kept: _kept, letGo: _letGo, ...remains } = ensemble;
  const key = keyOf(plan.meanings);
  const isHere = (definitions: readonly number[], meanings: readonly number[]): boolean =>
    keyOf(meaningsOfRun(allowed, definitions, meanings)) === key;
  const judged = new Map<Reading, JudgedUnder>();
  for (const reading of readings.flat()) {
    const { claim, number, sense } = reading;
    if ((question.claim ?? number) !== number || !isTested(claim.form)) continue;
    if (!isAsked(reading, plan.viewpoint) || !isHere(claim.definitions, sense.meanings)) continue;
    judged.set(reading, judgeUnder(asked, reading, answer));
  }
  const measures = new Map<number, LedgerMeasure>();
  const design = { ...plan.order.design, futures: ensemble.futures };
  for (const [number, measure] of model.measures.entries()) {
    const meanings =
      measure.implied === true
        ? undefined
        : combinationsAsked(measure, allowed).find((one) => isHere(measure.definitions, one));
    if (meanings === undefined) continue;
    const definitions = namedMeanings(model, measure.definitions, meanings);
    const summary = summariseMeasure(measure, number, ensemble, design, { ...plan, definitions });
    if (summary !== null) measures.set(number, summary);
  }
  const observed = isHere([], []) ? compareObserved(model, ensemble, plan.viewpoint.name) : [];
  return { plan, remains, bands, judged, measures, observed };
}

/** The run of a viewpoint in which definitions have these meanings. */
export function settledUnder(all: readonly Settled[], viewpoint: Viewpoint, meanings: Meanings): Settled {
  const found = all.find(
    ({ plan }) => plan.viewpoint === viewpoint && keyOf(plan.meanings) === keyOf(meanings),
  );
  if (found === undefined) throw new Error('a column without its run');
  return found;
}

/** Of a claim for which no share of futures is counted. */
const nothingCounted = (
  own: ViewpointVerdict['own'],
  basis: ViewpointVerdict['basis'],
): Pick<ViewpointVerdict, 'share' | 'sampling' | 'own' | 'basis' | 'likelihood' | 'confidence'> => ({
  share: null,
  sampling: null,
  own,
  basis,
  likelihood: null,
  confidence: null,
});

function basisIn(bases: Answer['bases'], { number }: Reading): BasisResult {
  const found = bases.get(number);
  if (found === undefined) throw new Error('a claim without its basis');
  return found;
}

const carriersIn = ({ carriers }: Pick<BasisResult, 'carriers'>): Pick<ViewpointVerdict, 'carriers'> =>
  carriers.length === 0 ? {} : { carriers };

/** A claim under one viewpoint, and the assumption that it says again, if any. */
export type JudgedUnder = { readonly result: ViewpointVerdict; readonly restates: string | null };

function judgeUnder(
  { model, program, readings }: Asked,
  reading: Reading,
  { plan, ensemble, bases, compared }: Answer,
): JudgedUnder {
  const { claim, sense, cells } = reading;
  const { form } = claim;
  const { viewpoint } = plan;
  const place = {
    viewpoint: viewpoint.name,
    definitions: namedMeanings(model, claim.definitions, sense.meanings),
    dropped: ensemble.dropped.length,
  };
  const own = ownAmong(model, viewpoint, cells);
  const judged = compared.get(reading.number);
  if (judged !== undefined) {
    const { verdict, found, basis: under, because } = judged;
    const result = {
      ...place,
      verdict: ensemble.dropped.length === ensemble.futures ? NOTHING_LEFT : verdict,
      ...nothingCounted(own, under.basis),
      ...carriersIn(under),
      ...found,
      because,
      with: [],
    };
    return { result, restates: under.restates };
  }
  const { basis, restates, carriers } = basisIn(bases, reading);
  if (isSilent(reading, viewpoint)) {
    const nothing = nothingCounted(own, basis);
    return { result: { ...place, verdict: NO_FIGURES, ...nothing, because: [], with: [] }, restates: null };
  }
  if (!isCounted(form)) throw new Error('a claim that is tested by no rule');
  const column = columnOfClaim(program, reading.number);
  const design = { ...plan.order.design, futures: ensemble.futures };
  const { inputCells, draws } = sense;
  const found = shareOf(ensemble, { column, form, cells: inputCells, draws }, plan);
  const isSure = found?.sampling.method === NOTHING_DRAWN;
  const parts =
    form.kind === 'uniqueness'
      ? { uniqueness: uniquenessFound(program, reading.number, form, ensemble, design, isSure) }
      : form.kind === 'preference'
        ? preferenceFound(model, form, ensemble)
        : {};
  const fitting = ensemble.futures - ensemble.dropped.length;
  const left = countedIn(ensemble);
  const isEnough = ensemble.dropped.length === 0 || plan.certain || left >= FEWEST_OCCURRENCES;
  const settled = isEnough && ensemble.failed.length <= MOST_FAILED * fitting;
  const futures: Futures = { ensemble, design, settled };
  const isLikelihood = form.kind === 'likelihood';
  return {
    result: {
      ...place,
      verdict:
        fitting === 0 ? NOTHING_LEFT : settled && found !== null ? verdictOn(form, found) : 'not settled',
      share: found?.share ?? null,
      sampling: found?.sampling ?? null,
      own,
      basis,
      ...carriersIn({ carriers }),
      likelihood: isLikelihood && found !== null ? likelihoodFound(found) : null,
      ...parts,
      confidence: isLikelihood ? { basis, sources: sourcesBehind(model, viewpoint, cells) } : null,
      because: othersIn(program, readings, claim.because, plan).map(
        ({ other, hasFigures }): Premise =>
          hasFigures
            ? testPremise(futures, form, column, other)
            : { claim: other.name, verdict: 'not tested', reason: NO_FIGURES, given: null, without: null },
      ),
      // What is no condition has a verdict only once all claims are judged, and is paired by it then.
      with: othersIn(program, readings, countedCompanions(model, claim), plan).map(
        ({ other, hasFigures }): Companion =>
          hasFigures
            ? testCompanion(futures, column, other)
            : { claim: other.name, verdict: 'not tested', reason: NO_FIGURES, both: null },
      ),
    },
    restates,
  };
}
