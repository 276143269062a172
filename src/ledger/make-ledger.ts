/** Model and program to the ledger, by the runs that it asks for. */
import { formatDate } from '../base/calendar.ts';
import type { Run } from '../engine/ensemble.ts';
import { fittingRun } from '../engine/fit.ts';
import { isTested, type Model } from '../model/model.ts';
import type { Program } from '../program/program.ts';
import { type Answer, answer } from './answers.ts';
import { authorsViewpoint } from './author-viewpoint.ts';
import { bestCaseOf } from './best-case.ts';
import { describeCorrelations, describeDefinitions } from './describe-frame.ts';
import { describePassages } from './describe-passages.ts';
import { describeViewpoint } from './describe-viewpoint.ts';
import { headOf, judgeUncounted } from './judge-uncounted.ts';
import type { Ledger, LedgerClaim, ViewpointVerdict } from './ledger.ts';
import type { BestCase } from './ledger-of-best-case.ts';
import {
  allowedMeanings,
  columnName,
  combinationsAsked,
  meaningsOfRun,
  namedMeanings,
  sensesAsked,
} from './meanings.ts';
import { columnOfClaim } from './other-claims.ts';
import { ownArithmetic } from './own-arithmetic.ts';
import { pairClaims } from './pair-claims.ts';
import { NO_FIGURES, patternOf, patternOverMeanings } from './pattern.ts';
import { planRuns, type Question } from './plan.ts';
import { isAsked, notHeld, type Reading, readingOf } from './readings.ts';
import { type Asked, type JudgedUnder, type Settled, settle, settledUnder } from './settle-answer.ts';

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
  const asked: Asked = { model, program, question, readings, allowed };
  const bestCases = new Map<Reading, BestCase | null>();
  const answers = await inTurn(planRuns(model, program, question), atOnce(question), async (plan) => {
    try {
      const own = await answer(model, program, plan, readings, question, run);
      const settled = settle(asked, own);
      if (plan.viewpoint === authorsViewpoint(model))
        for (const [reading, found] of await bestCasesOf(asked, own, settled, run))
          bestCases.set(reading, found);
      own.ensemble.letGo?.('all');
      return settled;
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
        ? await judgeTested({ ...asked, answers, bestCases }, number, hindsight, run)
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
    failed: answers.reduce((sum, { remains }) => sum + remains.failed.length, 0),
    imbalance: answers.reduce((worst, { remains }) => Math.max(worst, remains.imbalance), 0),
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
          return settledUnder(answers, viewpoint, wanted).measures.get(number) ?? [];
        }),
      ),
    ),
    observed: viewpoints.flatMap(
      (viewpoint) => settledUnder(answers, viewpoint, meaningsOfRun(allowed, [], [])).observed,
    ),
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
type Findings = Asked & {
  readonly answers: readonly Settled[];
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
        const found = settledUnder(answers, viewpoint, meanings).judged.get(reading);
        if (found === undefined) throw new Error('a claim that its run did not judge');
        return { reading, viewpoint, ...found };
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
  { model }: Asked,
  { plan, ensemble, margins }: Answer,
  { judged }: Settled,
  run: Run,
): Promise<ReadonlyMap<Reading, BestCase | null>> {
  const found = new Map<Reading, BestCase | null>();
  for (const [reading, { result }] of judged) {
    if (result.verdict === 'holds' || result.verdict === NO_FIGURES) continue;
    const compared = margins.get(reading.number) ?? null;
    found.set(reading, await bestCaseOf({ model, plan, ensemble, reading, compared }, run));
  }
  return found;
}

const hangsOnFigures = ({ claim, cells }: Reading): boolean =>
  cells.length + claim.calibratedCells.length > 0;

function commonBasis(judged: readonly JudgedUnder[]): LedgerClaim['basis'] {
  const bases = new Set(
    judged.filter(({ result }) => result.verdict !== NO_FIGURES).map(({ result }) => result.basis),
  );
  const [only, another] = bases;
  return another === undefined ? (only ?? null) : 'mixed';
}

function commonRestates(judged: readonly JudgedUnder[]): string | null {
  const names = new Set(
    judged.filter(({ result }) => result.verdict !== NO_FIGURES).map(({ restates }) => restates),
  );
  const [only, another] = names;
  return another === undefined ? (only ?? null) : null;
}
