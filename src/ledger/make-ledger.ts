/**
 * Model and program to the ledger, by the runs that it asks for. Where the sampling error of a share spans the edge
 * between two verdicts the viewpoint's futures are doubled, at most twice; then the verdict says between which.
 */
import { formatDate } from '../base/calendar.ts';
import type { Ensemble, Run } from '../engine/ensemble.ts';
import type { Claim, Model, Sense, StatedLikelihood, Viewpoint } from '../model/model.ts';
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
  LedgerDefinition,
  LedgerViewpoint,
  Premise,
  RecordShown,
  ViewpointVerdict,
} from './ledger.ts';
import { likelihoodFound, stretchOf, textOf } from './likelihood-verdict.ts';
import {
  type Allowed,
  allowedMeanings,
  columnName,
  combinationsAsked,
  keyOf,
  type Meanings,
  meaningsOfRun,
  namedMeanings,
  sensesAsked,
} from './meanings.ts';
import { ownArithmetic } from './own-arithmetic.ts';
import { hasOwn, ownAmong } from './own-figures.ts';
import { NO_FIGURES, patternOf, patternOverMeanings } from './pattern.ts';
import { planRuns, type Question, type ViewpointPlan } from './plan.ts';
import { recordVerdict } from './record-verdict.ts';
import { type Futures, type Other, testCompanion, testPremise } from './related-claims.ts';
import { summariseMeasure } from './summarise-measure.ts';
import { uncertainSlots } from './viewpoint-order.ts';

const MOST_DOUBLINGS = 2;

/** What one viewpoint's runs gave, under one combination of meanings. */
type Answer = { readonly plan: ViewpointPlan; readonly ensemble: Ensemble; readonly redrawn: Redrawn };

export async function makeLedger(
  model: Model,
  program: Program,
  question: Question,
  run: Run,
): Promise<Ledger> {
  const allowed = allowedMeanings(model, question);
  const readings = model.claims.map((claim, number) =>
    sensesAsked(claim, allowed).map((sense) => readingOf(model, claim, number, sense, question)),
  );
  const answers: Answer[] = [];
  for (const plan of planRuns(model, program, question))
    answers.push(await answer(program, plan, readings, question, run));

  const claims: LedgerClaim[] = [];
  // Who names a hindsight viewpoint asks for hindsight too.
  const hindsight = question.hindsight || answers.some(({ plan }) => plan.viewpoint.hindsight);
  for (const [number, claim] of model.claims.entries()) {
    claims.push(
      isCounted(claim.form)
        ? await judgeCounted(
            { model, program, readings, answers, allowed },
            number,
            claim.form,
            hindsight,
            run,
          )
        : judgeOther(model, claim, hindsight),
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
    correlations: model.correlations.map(({ cells: [one, other], coefficient, reason }) => ({
      inputs: [model.cells[one]?.name ?? '', model.cells[other]?.name ?? ''],
      coefficient,
      reason,
    })),
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
        combinationsAsked(measure, allowed).flatMap((meanings) => {
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
    claims,
  };
}

function answerOf(answers: readonly Answer[], viewpoint: Viewpoint, meanings: Meanings): Answer {
  const found = answers.find(
    ({ plan }) => plan.viewpoint === viewpoint && keyOf(plan.meanings) === keyOf(meanings),
  );
  if (found === undefined) throw new Error('a column without its run');
  return found;
}

async function answer(
  program: Program,
  plan: ViewpointPlan,
  readings: Readings,
  question: Question,
  run: Run,
): Promise<Answer> {
  const judged = [...program.claims.entries()].flatMap(([column, { claim }]) => {
    if (!plan.claims.includes(claim)) return [];
    const reading = readingIn(readings, claim, plan.meanings);
    if (reading === null || !isCounted(reading.claim.form)) return [];
    const counts = isAsked(reading, plan.viewpoint) && !isSilent(reading, plan.viewpoint);
    const { form } = reading.claim;
    const { inputCells: cells, draws } = reading.sense;
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

/** Of several runs the one in which most futures failed speaks for all. */
function describeViewpoint(model: Model, answers: readonly Answer[], question: Question): LedgerViewpoint {
  const failing = ({ ensemble }: Answer): number => ensemble.failed.length / ensemble.futures;
  const { plan, ensemble } = answers.reduce((worst, one) => (failing(one) > failing(worst) ? one : worst));
  const { viewpoint, meanings } = plan;
  const [first] = ensemble.failed;
  return {
    name: viewpoint.name,
    label: viewpoint.label,
    hindsight: viewpoint.hindsight,
    futures: ensemble.futures,
    failed: ensemble.failed.length,
    definitions:
      first === undefined ? {} : namedMeanings(model, [...meanings.keys()], [...meanings.values()]),
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

const describeDefinitions = ({ variables }: Model, allowed: Allowed): readonly LedgerDefinition[] =>
  variables.flatMap((variable, number): readonly LedgerDefinition[] => {
    if (variable.kind !== 'definition') return [];
    const { name, label } = variable;
    const meanings = variable.meanings.map((meaning) => {
      const { name: own, label: shown } = variables[meaning] ?? { name: '', label: '' };
      return { name: own, label: shown };
    });
    const asked = (allowed.get(number) ?? []).map((meaning) => meanings[meaning]?.name ?? '');
    return [{ name, label, meanings, asked }];
  });

const showInstant = (model: Model, days: number): string =>
  model.time.epoch === null ? `${days} day` : formatDate(model.time.epoch + days);

// --- claims that are counted -------------------------------------------------------------------------------------------------

/** A claim in one sense, and what it then hangs on. */
type Reading = {
  readonly claim: Claim;
  readonly number: number;
  readonly sense: Sense;
  /** Its inputs, but for those that a scenario holds: nobody's figure enters there. */
  readonly cells: readonly number[];
  /** Whether no viewpoint changes any of them. */
  readonly isOnly: boolean;
};

/** By number of the claim, a reading for each of its senses that is asked for. */
type Readings = readonly (readonly Reading[])[];

const readingIn = (readings: Readings, claim: number, meanings: Meanings): Reading | null =>
  readings[claim]?.find(({ claim: { definitions }, sense }) =>
    sense.meanings.every((meaning, at) => meanings.get(definitions[at] ?? -1) === meaning),
  ) ?? null;

function notHeld(cells: readonly number[], { scenario }: Question): readonly number[] {
  const held = new Set(scenario?.forces.map(({ cell }) => cell));
  return cells.filter((cell) => !held.has(cell));
}

function readingOf(model: Model, claim: Claim, number: number, sense: Sense, question: Question): Reading {
  const cells = notHeld(sense.inputCells, question);
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
  return { claim, number, sense, cells, isOnly: new Set(keys).size <= 1 };
}

const isAsked = ({ claim }: Reading, viewpoint: Viewpoint): boolean =>
  viewpoint.hindsight || !claim.hindsight;

/** Whether the viewpoint has no figure of its own on a claim on which others have; what a scenario holds silences nobody. */
const isSilent = ({ sense, isOnly }: Reading, viewpoint: Viewpoint): boolean =>
  !isOnly && !hasOwn(viewpoint, sense.inputCells);

/** What all claims are judged from. */
type Findings = {
  readonly model: Model;
  readonly program: Program;
  readonly readings: Readings;
  readonly answers: readonly Answer[];
  readonly allowed: Allowed;
};

async function judgeCounted(
  findings: Findings,
  number: number,
  form: CountedForm,
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
        return { reading, viewpoint, ...judgeUnder(findings, reading, form, under) };
      }),
  );
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
        ...patternOf(verdicts, reading.isOnly, reading.cells.length > 0),
      };
    }),
  );
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
      : await ownArithmetic(model, program, claim, allowed, columnOfClaim(program, number), run),
    viewpoints: Object.fromEntries(
      judged.map(({ result }) => [columnName(result.viewpoint, result.definitions), result]),
    ),
    record: [],
    reason: null,
  };
}

type Judged = { readonly result: ViewpointVerdict; readonly restates: string | null };

function judgeUnder(
  { model, program, readings }: Findings,
  reading: Reading,
  form: CountedForm,
  { plan, ensemble, redrawn }: Answer,
): Judged {
  const { claim, sense, cells } = reading;
  const { viewpoint } = plan;
  const place = {
    viewpoint: viewpoint.name,
    definitions: namedMeanings(model, claim.definitions, sense.meanings),
  };
  const own = ownAmong(model, viewpoint, cells);
  const { basis, restates } = basisOf(
    model,
    program,
    viewpoint,
    { ...claim, draws: sense.draws },
    cells,
    redrawn,
  );
  if (isSilent(reading, viewpoint)) {
    const nothing = { share: null, sampling: null, own, basis, likelihood: null, confidence: null };
    return { result: { ...place, verdict: NO_FIGURES, ...nothing, because: [], with: [] }, restates: null };
  }
  const column = columnOfClaim(program, reading.number);
  const design = { ...plan.order.design, futures: ensemble.futures };
  const { inputCells, draws } = sense;
  const found = shareOf(ensemble, { column, form, cells: inputCells, draws }, plan);
  const settled = ensemble.failed.length <= MOST_FAILED * ensemble.futures;
  const futures: Futures = { ensemble, design, settled };
  const isLikelihood = form.kind === 'likelihood';
  return {
    result: {
      ...place,
      verdict: settled && found !== null ? verdictOn(form, found) : 'not settled',
      share: found?.share ?? null,
      sampling: found?.sampling ?? null,
      own,
      basis,
      likelihood: isLikelihood && found !== null ? likelihoodFound(found) : null,
      confidence: isLikelihood ? { basis, sources: sourcesBehind(model, viewpoint, cells) } : null,
      because: others(program, readings, claim.because, plan).map(
        ({ other, hasFigures }): Premise =>
          hasFigures
            ? testPremise(futures, form, column, other)
            : { claim: other.name, verdict: 'not tested', reason: NO_FIGURES, given: null, without: null },
      ),
      with: others(program, readings, claim.with, plan).map(
        ({ other, hasFigures }): Companion =>
          hasFigures
            ? testCompanion(futures, column, other)
            : { claim: other.name, verdict: 'not tested', reason: NO_FIGURES, both: null },
      ),
    },
    restates,
  };
}

/** The claims that a line names, in the same run, as far as it judges them, and whether its viewpoint has figures on them. */
const others = (
  program: Program,
  readings: Readings,
  claims: readonly number[],
  { viewpoint, meanings }: ViewpointPlan,
): readonly { readonly other: Other; readonly hasFigures: boolean }[] =>
  claims.flatMap((number) => {
    const reading = readingIn(readings, number, meanings);
    if (reading === null || !isAsked(reading, viewpoint)) return [];
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
