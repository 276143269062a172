/** Model and program to the ledger, by the runs that it asks for. */
import { formatDate } from '../base/calendar.ts';
import type { Run } from '../engine/ensemble.ts';
import { fittingRun } from '../engine/fit.ts';
import { isTested, type Model } from '../model/model.ts';
import type { Program } from '../program/program.ts';
import { type Answer, answer, answerOf, shareOf } from './answers.ts';
import { authorsViewpoint } from './author-viewpoint.ts';
import type { BasisResult } from './basis.ts';
import { bestCaseOf } from './best-case.ts';
import { isCounted, verdictOn } from './claim-verdict.ts';
import { compareObserved } from './compare-observed.ts';
import { MOST_FAILED, NOTHING_DRAWN } from './condition-verdict.ts';
import { sourcesBehind } from './confidence.ts';
import { countedIn } from './counted.ts';
import { describeCorrelations, describeDefinitions } from './describe-frame.ts';
import { describePassages } from './describe-passages.ts';
import { describeViewpoint } from './describe-viewpoint.ts';
import { headOf, judgeUncounted } from './judge-uncounted.ts';
import type { Companion, Ledger, LedgerClaim, Premise, ViewpointVerdict } from './ledger.ts';
import type { BestCase } from './ledger-of-best-case.ts';
import { FEWEST_OCCURRENCES, likelihoodFound } from './likelihood-verdict.ts';
import {
  type Allowed,
  allowedMeanings,
  columnName,
  combinationsAsked,
  meaningsOfRun,
  namedMeanings,
  sensesAsked,
} from './meanings.ts';
import { columnOfClaim, countedCompanions, othersIn } from './other-claims.ts';
import { ownArithmetic } from './own-arithmetic.ts';
import { ownAmong } from './own-figures.ts';
import { pairClaims } from './pair-claims.ts';
import { NO_FIGURES, NOTHING_LEFT, patternOf, patternOverMeanings } from './pattern.ts';
import { planRuns, type Question } from './plan.ts';
import { preferenceFound } from './preference-found.ts';
import { isAsked, isSilent, notHeld, type Reading, type Readings, readingIn, readingOf } from './readings.ts';
import { type Futures, testCompanion, testPremise } from './related-claims.ts';
import { summariseMeasure } from './summarise-measure.ts';
import { uniquenessFound } from './uniqueness-found.ts';

export async function makeLedger(
  model: Model,
  program: Program,
  question: Question,
  engine: Run,
): Promise<Ledger> {
  let fault: { readonly why: unknown } | null = null;
  const run = fittingRun(async (order) => {
    // What went wrong for one viewpoint ends the others, too.
    if (fault !== null) throw fault.why;
    return engine(order);
  });
  const allowed = allowedMeanings(model, question);
  const readings = model.claims.map((claim, number) =>
    sensesAsked(claim, allowed).map((sense) => readingOf(model, claim, number, sense, question)),
  );
  const bestCases = new Map<Reading, BestCase | null>();
  const answers = await inTurn(planRuns(model, program, question), atOnce(question), async (plan) => {
    try {
      const own = await answer(model, program, plan, readings, question, run);
      if (plan.viewpoint === authorsViewpoint(model))
        for (const [reading, found] of await bestCasesOf({ model, program, question, readings }, own, run))
          bestCases.set(reading, found);
      return own;
    } catch (why) {
      fault = { why };
      throw why;
    }
  });

  const claims: LedgerClaim[] = [];
  // Who names a hindsight viewpoint asks for hindsight too.
  const hindsight = question.hindsight || answers.some(({ plan }) => plan.viewpoint.hindsight);
  for (const [number, claim] of model.claims.entries()) {
    if ((question.claim ?? number) !== number) continue;
    claims.push(
      isTested(claim.form)
        ? await judgeTested(
            { model, program, question, readings, answers, allowed, bestCases },
            number,
            hindsight,
            run,
          )
        : judgeUncounted(model, claim, hindsight),
    );
  }
  const viewpoints = [...new Set(answers.map(({ plan }) => plan.viewpoint))];
  return {
    model: model.title,
    asOf: model.asOf === null ? null : formatDate(model.asOf),
    runs: question.runs,
    seed: question.seed,
    design: question.design,
    scenario: question.scenario?.name ?? null,
    correlations: describeCorrelations(model),
    definitions: describeDefinitions(model, allowed),
    failed: answers.reduce((sum, { ensemble }) => sum + ensemble.failed.length, 0),
    imbalance: answers.reduce((worst, { ensemble }) => Math.max(worst, ensemble.imbalance), 0),
    viewpoints: viewpoints.map((viewpoint) =>
      describeViewpoint(
        model,
        answers.filter(({ plan }) => plan.viewpoint === viewpoint),
        question,
      ),
    ),
    measures: viewpoints.flatMap((viewpoint) =>
      model.measures.flatMap((measure, number) =>
        (measure.implied === true ? [] : combinationsAsked(measure, allowed)).flatMap((meanings) => {
          const wanted = meaningsOfRun(allowed, measure.definitions, meanings);
          const { plan, ensemble } = answerOf(answers, viewpoint, wanted);
          const design = { ...plan.order.design, futures: ensemble.futures };
          const definitions = namedMeanings(model, measure.definitions, meanings);
          return summariseMeasure(measure, number, ensemble, design, { ...plan, definitions }) ?? [];
        }),
      ),
    ),
    // A record is met once under each viewpoint, in the run of all first meanings.
    observed: viewpoints.flatMap((viewpoint) => {
      const { ensemble } = answerOf(answers, viewpoint, meaningsOfRun(allowed, [], []));
      return compareObserved(model, ensemble, viewpoint.name);
    }),
    bands: answers.flatMap(({ bands }) => bands),
    passages: describePassages(model),
    ...pairClaims(model, claims),
  };
}

/**
 * So many viewpoints are at work at once: while the threads run futures of one, others are looked for best cases, and the columns
 * of others are made. Of more futures the ensembles of several would take too much room.
 */
const atOnce = ({ runs }: Question): number => AT_ONCE.find(({ most }) => runs <= most)?.viewpoints ?? 1;

const AT_ONCE = [
  { most: 5_000, viewpoints: 4 },
  { most: 20_000, viewpoints: 2 },
] as const;

/** What becomes of each, in their order. */
async function inTurn<From, To>(
  all: readonly From[],
  atOnce: number,
  work: (one: From) => Promise<To>,
): Promise<readonly To[]> {
  const done: To[] = [];
  const left = all.entries();
  const next = async (): Promise<void> => {
    for (const [number, one] of left) done[number] = await work(one);
  };
  await Promise.all(Array.from({ length: atOnce }, next));
  return done;
}

/** What all claims are judged from. */
type Findings = {
  readonly model: Model;
  readonly program: Program;
  readonly question: Question;
  readonly readings: Readings;
  readonly answers: readonly Answer[];
  readonly allowed: Allowed;
  /** Under the author's viewpoint, where they were looked for. */
  readonly bestCases: ReadonlyMap<Reading, BestCase | null>;
};

async function judgeTested(
  findings: Findings,
  number: number,
  hindsight: boolean,
  run: Run,
): Promise<LedgerClaim> {
  const { model, program, answers, allowed } = findings;
  const own = findings.readings[number] ?? [];
  const [{ claim } = { claim: undefined }] = own;
  if (claim === undefined) throw new Error('a claim in no sense');
  const viewpoints = [...new Set(answers.map(({ plan }) => plan.viewpoint))];
  const judged = viewpoints.flatMap((viewpoint) =>
    own
      .filter((reading) => isAsked(reading, viewpoint))
      .map((reading) => {
        const meanings = meaningsOfRun(allowed, claim.definitions, reading.sense.meanings);
        const under = answerOf(answers, viewpoint, meanings);
        return { reading, viewpoint, under, ...judgeUnder(findings, reading, under) };
      }),
  );
  const answered = judged.map(({ result, reading, viewpoint }): ViewpointVerdict => {
    const bestCase = viewpoint === authorsViewpoint(model) ? (findings.bestCases.get(reading) ?? null) : null;
    return bestCase === null ? result : { ...result, bestCase };
  });
  // Hindsight stands beside the pattern, never in it, but for a claim that asks for hindsight or where nothing else
  // was asked for.
  const inTime = judged.filter((one) => !one.viewpoint.hindsight);
  const counted = inTime.length > 0 ? inTime : judged;
  const found = patternOverMeanings(
    own.map((reading) => {
      const verdicts = counted
        .filter((one) => one.reading === reading)
        .map(({ viewpoint, result }) => ({ name: viewpoint.name, result }));
      return {
        definitions: namedMeanings(model, claim.definitions, reading.sense.meanings),
        ...patternOf(verdicts, reading.isOnly, hangsOnFigures(reading)),
      };
    }),
  );
  const { verdict, pattern } =
    claim.hindsight && !hindsight
      ? { verdict: 'in hindsight only', pattern: 'in hindsight only: add --hindsight' }
      : found;
  return {
    ...headOf(claim),
    // What a scenario holds is not solved for there.
    calibrated: notHeld(claim.calibratedCells, findings.question).map(
      (cell) => model.cells[cell]?.name ?? '',
    ),
    verdict,
    pattern,
    basis: commonBasis(counted),
    restates: commonRestates(counted),
    ownArithmetic: claim.hindsight
      ? null
      : await ownArithmetic(model, program, claim, allowed, columnOfClaim(program, number), run),
    viewpoints: Object.fromEntries(
      answered.map((result) => [columnName(result.viewpoint, result.definitions), result]),
    ),
    record: [],
    reason: null,
  };
}

/** The author's best case of each claim that does not hold under his viewpoint; it hangs on no other viewpoint. */
async function bestCasesOf(
  findings: Pick<Findings, 'model' | 'program' | 'question' | 'readings'>,
  under: Answer,
  run: Run,
): Promise<ReadonlyMap<Reading, BestCase | null>> {
  const { model, question, readings } = findings;
  const { plan, ensemble, margins } = under;
  const found = new Map<Reading, BestCase | null>();
  for (const number of plan.claims) {
    const reading = readingIn(readings, number, plan.meanings);
    if (reading === null || (question.claim ?? number) !== number) continue;
    if (!isTested(reading.claim.form) || !isAsked(reading, plan.viewpoint)) continue;
    const { verdict } = judgeUnder(findings, reading, under).result;
    if (verdict === 'holds' || verdict === NO_FIGURES) continue;
    const compared = margins.get(number) ?? null;
    found.set(reading, await bestCaseOf({ model, plan, ensemble, reading, compared }, run));
  }
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

type Judged = { readonly result: ViewpointVerdict; readonly restates: string | null };

function judgeUnder(
  { model, program, readings }: Pick<Findings, 'model' | 'program' | 'readings'>,
  reading: Reading,
  { plan, ensemble, bases, compared }: Answer,
): Judged {
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

const hangsOnFigures = ({ claim, cells }: Reading): boolean =>
  cells.length + claim.calibratedCells.length > 0;

function commonBasis(judged: readonly Judged[]): LedgerClaim['basis'] {
  const bases = new Set(
    judged.filter(({ result }) => result.verdict !== NO_FIGURES).map(({ result }) => result.basis),
  );
  const [only, another] = bases;
  return another === undefined ? (only ?? null) : 'mixed';
}

function commonRestates(judged: readonly Judged[]): string | null {
  const names = new Set(
    judged.filter(({ result }) => result.verdict !== NO_FIGURES).map(({ restates }) => restates),
  );
  const [only, another] = names;
  return another === undefined ? (only ?? null) : null;
}
