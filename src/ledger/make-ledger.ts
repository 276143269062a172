/**
 * Model and program to the ledger, by the runs that it asks for. Where the sampling error of a share spans the edge
 * between two verdicts the viewpoint's futures are doubled, at most twice; then the verdict says between which.
 */
import { formatDate } from '../base/calendar.ts';
import type { Ensemble, Run } from '../engine/ensemble.ts';
import type { Claim, Model, StatedLikelihood, Viewpoint } from '../model/model.ts';
import type { Program } from '../program/program.ts';
import { basisOf, type Redrawn } from './basis.ts';
import { type CountedForm, isCounted, isOpen, verdictOn } from './claim-verdict.ts';
import { compareObserved } from './compare-observed.ts';
import { MOST_FAILED, type Share, shareTrue, shareWithoutDraws } from './condition-verdict.ts';
import { sourcesBehind } from './confidence.ts';
import type {
  Companion,
  Ledger,
  LedgerClaim,
  LedgerViewpoint,
  Premise,
  RecordShown,
  ViewpointVerdict,
} from './ledger.ts';
import { likelihoodFound, stretchOf, textOf } from './likelihood-verdict.ts';
import { ownArithmetic } from './own-arithmetic.ts';
import { hasOwn, ownAmong } from './own-figures.ts';
import { NO_FIGURES, patternOf } from './pattern.ts';
import { planRuns, type Question, type ViewpointPlan } from './plan.ts';
import { recordVerdict } from './record-verdict.ts';
import { type Futures, type Other, testCompanion, testPremise } from './related-claims.ts';
import { summariseMeasure } from './summarise-measure.ts';
import { uncertainSlots } from './viewpoint-order.ts';

const MOST_DOUBLINGS = 2;

/** What one viewpoint's runs gave. */
type Answer = { readonly plan: ViewpointPlan; readonly ensemble: Ensemble; readonly redrawn: Redrawn };

export async function makeLedger(
  model: Model,
  program: Program,
  question: Question,
  run: Run,
): Promise<Ledger> {
  const readings = model.claims.map((claim, number) => readingOf(model, claim, number, question));
  const answers: Answer[] = [];
  for (const plan of planRuns(model, program, question))
    answers.push(await answer(program, plan, readings, question, run));

  const claims: LedgerClaim[] = [];
  // Who names a hindsight viewpoint asks for hindsight too.
  const hindsight = question.hindsight || answers.some(({ plan }) => plan.viewpoint.hindsight);
  for (const reading of readings) {
    claims.push(
      isCounted(reading.claim.form)
        ? await judgeCounted(model, program, readings, reading, reading.claim.form, answers, hindsight, run)
        : judgeOther(model, reading.claim, hindsight),
    );
  }
  return {
    model: model.title,
    asOf: model.asOf === null ? null : formatDate(model.asOf),
    runs: question.runs,
    seed: question.seed,
    design: question.design,
    scenario: question.scenario?.name ?? null,
    correlations: model.correlations.map(({ cells: [one, other], coefficient, reason }) => ({
      inputs: [model.cells[one]?.name ?? '', model.cells[other]?.name ?? ''],
      coefficient,
      reason,
    })),
    failed: answers.reduce((sum, { ensemble }) => sum + ensemble.failed.length, 0),
    imbalance: answers.reduce((worst, { ensemble }) => Math.max(worst, ensemble.imbalance), 0),
    viewpoints: answers.map((one) => describeViewpoint(model, one, question)),
    measures: answers.flatMap(({ plan, ensemble }) =>
      model.measures.flatMap((measure, number) => {
        const design = { ...plan.order.design, futures: ensemble.futures };
        return summariseMeasure(measure, number, ensemble, design, plan) ?? [];
      }),
    ),
    observed: answers.flatMap(({ plan, ensemble }) => compareObserved(model, ensemble, plan.viewpoint.name)),
    claims,
  };
}

async function answer(
  program: Program,
  plan: ViewpointPlan,
  readings: readonly Reading[],
  question: Question,
  run: Run,
): Promise<Answer> {
  const judged = [...program.claims.entries()].flatMap(([column, { claim }]) => {
    const reading = readings[claim];
    if (reading === undefined || !isCounted(reading.claim.form)) return [];
    const counts = isAsked(reading, plan.viewpoint) && !isSilent(reading, plan.viewpoint);
    const { form, inputCells: cells, draws } = reading.claim;
    return counts && isCounted(form) ? [{ column, form, cells, draws }] : [];
  });
  let ensemble = await run(plan.order);
  for (let doubling = 1; doubling <= MOST_DOUBLINGS; doubling++) {
    if (!judged.some((one) => asksForMore(ensemble, one, plan))) break;
    const futures = question.runs * (1 << doubling);
    ensemble = await run({ ...plan.order, design: { ...plan.order.design, futures } });
  }
  if (plan.basis === null)
    return { plan, ensemble, redrawn: { base: ensemble, bySlot: new Map(), chance: null } };
  const base = await run(plan.basis.order);
  const bySlot = new Map<number, Ensemble>();
  for (const slot of plan.basis.slots) bySlot.set(slot, await run({ ...plan.basis.order, redrawn: [slot] }));
  const { order, chance } = plan.basis;
  const drawn = chance ? await run({ ...order, chanceRedrawn: true }) : null;
  return { plan, ensemble, redrawn: { base, bySlot, chance: drawn } };
}

type Counted = {
  readonly column: number;
  readonly form: CountedForm;
  readonly cells: readonly number[];
  readonly draws: boolean;
};

function asksForMore(ensemble: Ensemble, counted: Counted, plan: ViewpointPlan): boolean {
  const found = shareOf(ensemble, counted, plan);
  return found !== null && isOpen(counted.form, found);
}

/** How often a claim is true, with the sampling error of what it hangs on; a likelihood is always counted. */
function shareOf(
  ensemble: Ensemble,
  { column, form, cells, draws }: Counted,
  plan: ViewpointPlan,
): Share | null {
  const { program, figures, forced, design } = plan.order;
  const isSure = !draws && uncertainSlots(program, figures, forced, cells).length === 0;
  if (form.kind === 'condition' && isSure) return shareWithoutDraws(ensemble, column);
  return shareTrue(ensemble, column, { ...design, futures: ensemble.futures });
}

function describeViewpoint(model: Model, { plan, ensemble }: Answer, question: Question): LedgerViewpoint {
  const { viewpoint } = plan;
  const [first] = ensemble.failed;
  return {
    name: viewpoint.name,
    label: viewpoint.label,
    hindsight: viewpoint.hindsight,
    futures: ensemble.futures,
    failed: ensemble.failed.length,
    firstFailure:
      first === undefined
        ? null
        : { future: first.future, variable: first.variable, instant: showInstant(model, first.instant) },
    clipped: ensemble.clipped
      .toSorted((one, other) => other.futures - one.futures)
      .map(({ flow, futures, first: days }) => ({ flow, futures, first: showInstant(model, days) })),
    own: ownAmong(
      model,
      viewpoint,
      notHeld(
        viewpoint.choices.map((choice) => choice.cell),
        question,
      ),
    ),
  };
}

const showInstant = (model: Model, days: number): string =>
  model.time.epoch === null ? `${days} day` : formatDate(model.time.epoch + days);

// --- claims that are counted -------------------------------------------------------------------------------------------------

/** A claim and what it hangs on. */
type Reading = {
  readonly claim: Claim;
  readonly number: number;
  /** Its inputs, but for those that a scenario holds: nobody's figure enters there. */
  readonly cells: readonly number[];
  /** Whether no viewpoint changes any of them. */
  readonly isOnly: boolean;
};

function notHeld(cells: readonly number[], { scenario }: Question): readonly number[] {
  const held = new Set(scenario?.forces.map(({ cell }) => cell));
  return cells.filter((cell) => !held.has(cell));
}

function readingOf(model: Model, claim: Claim, number: number, question: Question): Reading {
  const cells = notHeld(claim.inputCells, question);
  const wanted = new Set(cells);
  // A claim that asks for hindsight is compared with what was thought before, too.
  const keys = model.viewpoints
    .filter((viewpoint) => claim.hindsight || !viewpoint.hindsight)
    .map(({ choices }) =>
      choices
        .filter(({ cell }) => wanted.has(cell))
        .map(({ estimate }) => estimate)
        .join(),
    );
  return { claim, number, cells, isOnly: new Set(keys).size <= 1 };
}

const isAsked = ({ claim }: Reading, viewpoint: Viewpoint): boolean =>
  viewpoint.hindsight || !claim.hindsight;

/** Whether the viewpoint has no figure of its own on a claim on which others have; what a scenario holds silences nobody. */
const isSilent = ({ claim, isOnly }: Reading, viewpoint: Viewpoint): boolean =>
  !isOnly && !hasOwn(viewpoint, claim.inputCells);

async function judgeCounted(
  model: Model,
  program: Program,
  readings: readonly Reading[],
  reading: Reading,
  form: CountedForm,
  answers: readonly Answer[],
  hindsight: boolean,
  run: Run,
): Promise<LedgerClaim> {
  const { claim, number } = reading;
  const judged = answers
    .filter(({ plan }) => isAsked(reading, plan.viewpoint))
    .map((one) => ({
      name: one.plan.viewpoint.name,
      hindsight: one.plan.viewpoint.hindsight,
      ...judgeUnder(model, program, readings, reading, form, one),
    }));
  // Hindsight stands beside the pattern, never in it, but for a claim that asks for hindsight or where nothing else
  // was asked for.
  const inTime = judged.filter((one) => !one.hindsight);
  const counted = inTime.length > 0 ? inTime : judged;
  const found = patternOf(counted, reading.isOnly, reading.cells.length > 0);
  const { verdict, pattern } =
    claim.hindsight && !hindsight
      ? { verdict: 'in hindsight only', pattern: 'in hindsight only: add --hindsight' }
      : found;
  return {
    ...headOf(claim),
    verdict,
    pattern,
    basis: commonBasis(counted),
    restates: commonRestates(counted),
    ownArithmetic: claim.hindsight
      ? null
      : await ownArithmetic(model, program, claim, columnOfClaim(program, number), run),
    viewpoints: Object.fromEntries(judged.map(({ name, result }) => [name, result])),
    record: [],
    reason: null,
  };
}

type Judged = { readonly result: ViewpointVerdict; readonly restates: string | null };

function judgeUnder(
  model: Model,
  program: Program,
  readings: readonly Reading[],
  reading: Reading,
  form: CountedForm,
  { plan, ensemble, redrawn }: Answer,
): Judged {
  const { claim, cells } = reading;
  const { viewpoint } = plan;
  const own = ownAmong(model, viewpoint, cells);
  const { basis, restates } = basisOf(model, program, viewpoint, claim, cells, redrawn);
  if (isSilent(reading, viewpoint)) {
    const nothing = { share: null, sampling: null, own, basis, likelihood: null, confidence: null };
    return { result: { verdict: NO_FIGURES, ...nothing, because: [], with: [] }, restates: null };
  }
  const column = columnOfClaim(program, reading.number);
  const design = { ...plan.order.design, futures: ensemble.futures };
  const { inputCells, draws } = claim;
  const found = shareOf(ensemble, { column, form, cells: inputCells, draws }, plan);
  const settled = ensemble.failed.length <= MOST_FAILED * ensemble.futures;
  const futures: Futures = { ensemble, design, settled };
  const isLikelihood = form.kind === 'likelihood';
  return {
    result: {
      verdict: settled && found !== null ? verdictOn(form, found) : 'not settled',
      share: found?.share ?? null,
      sampling: found?.sampling ?? null,
      own,
      basis,
      likelihood: isLikelihood && found !== null ? likelihoodFound(found) : null,
      confidence: isLikelihood ? { basis, sources: sourcesBehind(model, viewpoint, cells) } : null,
      because: others(program, readings, claim.because, viewpoint).map(
        ({ other, hasFigures }): Premise =>
          hasFigures
            ? testPremise(futures, form, column, other)
            : { claim: other.name, verdict: 'not tested', reason: NO_FIGURES, given: null, without: null },
      ),
      with: others(program, readings, claim.with, viewpoint).map(
        ({ other, hasFigures }): Companion =>
          hasFigures
            ? testCompanion(futures, column, other)
            : { claim: other.name, verdict: 'not tested', reason: NO_FIGURES, both: null },
      ),
    },
    restates,
  };
}

/** The claims that a line names, as far as this viewpoint judges them, and whether it has figures on them. */
const others = (
  program: Program,
  readings: readonly Reading[],
  claims: readonly number[],
  viewpoint: Viewpoint,
): readonly { readonly other: Other; readonly hasFigures: boolean }[] =>
  claims.flatMap((number) => {
    const reading = readings[number];
    if (reading === undefined || !isAsked(reading, viewpoint)) return [];
    const other = { name: reading.claim.name, column: columnOfClaim(program, number) };
    return [{ other, hasFigures: !isSilent(reading, viewpoint) }];
  });

const columnOfClaim = (program: Program, number: number): number =>
  program.claims.findIndex(({ claim }) => claim === number);

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

// --- claims without futures -------------------------------------------------------------------------------------

type Head = Pick<LedgerClaim, 'id' | 'row' | 'statement' | 'form' | 'stated' | 'hindsight'>;

const headOf = (claim: Claim): Head => ({
  id: claim.name,
  row: claim.row,
  statement: claim.statement,
  form: claim.form.kind,
  stated: claim.form.kind === 'likelihood' ? statedOf(claim.form.stated) : null,
  hindsight: claim.hindsight,
});

function statedOf(stated: StatedLikelihood): LedgerClaim['stated'] {
  const { low, high } = stretchOf(stated);
  return { text: textOf(stated), low: low.at, high: high.at };
}

function judgeOther(model: Model, claim: Claim, hindsight: boolean): LedgerClaim {
  const base = {
    ...headOf(claim),
    restates: null,
    ownArithmetic: null,
    viewpoints: {},
  };
  switch (claim.form.kind) {
    case 'condition':
    case 'likelihood':
      throw new Error('a claim of futures judged without any');
    case 'on record': {
      const known = claim.form.lines.filter(
        ({ source }) => hindsight || model.sources[source]?.late !== true,
      );
      const later = claim.form.lines.length - known.length;
      const verdict = recordVerdict(known.map(({ stance }) => stance));
      const record: RecordShown[] = known.map(({ stance, source, note }) => {
        const speaker = model.sources[source];
        const date = speaker?.date ?? null;
        return { stance, source: speaker?.title ?? '', date: date === null ? null : formatDate(date), note };
      });
      const pattern =
        later === 0 ? verdict : `${verdict} by ${formatDate(model.asOf ?? 0)}; later statements: --hindsight`;
      return { ...base, verdict, pattern, basis: 'recorded', record, reason: null };
    }
    default:
      return {
        ...base,
        verdict: claim.form.kind,
        pattern: claim.form.kind,
        basis: null,
        record: [],
        reason: claim.form.reason,
      };
  }
}
