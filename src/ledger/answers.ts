/**
 * Runs a plan. Where the sampling error of a share spans the edge between two verdicts the viewpoint's futures are
 * doubled, at most twice, as long as that is affordable; then the verdict says between which.
 */
import type { Ensemble, Run } from '../engine/ensemble.ts';
import { finished } from '../engine/host.ts';
import { slotColumns } from '../engine/input-columns.ts';
import { isTested, type Model } from '../model/model.ts';
import type { Program } from '../program/program.ts';
import { type Arm, AS_IT_IS, armOf, orderOf } from './arms.ts';
import { authorsViewpoint } from './author-viewpoint.ts';
import { type BasisResult, basisOf, type Columns, countableIn } from './basis.ts';
import { type CountedForm, isCounted, isOpen } from './claim-verdict.ts';
import { comparedMargin } from './compared-margin.ts';
import { isCompared } from './compared-worlds.ts';
import { type Share, shareTrue, shareWithoutDraws } from './condition-verdict.ts';
import { mainEffort } from './effort.ts';
import { basisQuestion, type Court, type Judged, judgeCompared, openCourt } from './judge-compared.ts';
import { judgeImportance } from './judge-importance.ts';
import type { LedgerBand } from './ledger.ts';
import { othersIn } from './other-claims.ts';
import type { Question, ViewpointPlan } from './plan.ts';
import { isAsked, isSilent, type Reading, type Readings, readingIn } from './readings.ts';
import { summariseBands } from './summarise-bands.ts';
import { chanceSlots, isCertainIn } from './viewpoint-order.ts';

/** What one viewpoint's runs gave, under one combination of meanings. */
export type Answer = {
  readonly plan: ViewpointPlan;
  readonly ensemble: Ensemble;
  /** By number of the claim: on what it rests under this viewpoint. */
  readonly bases: ReadonlyMap<number, BasisResult>;
  readonly bands: readonly LedgerBand[];
  /** By number of the claim: those that compare worlds are judged at once, so that no world has to be kept. */
  readonly compared: ReadonlyMap<number, Judged>;
  /**
   * Under the author's viewpoint, by number of such a claim that does not hold: how far each future lay from what it claims,
   * for the search for his best case.
   */
  readonly margins: ReadonlyMap<number, Float64Array>;
};

export async function answer(
  model: Model,
  program: Program,
  plan: ViewpointPlan,
  readings: Readings,
  question: Question,
  run: Run,
): Promise<Answer> {
  const judged = [...program.claims.entries()].flatMap(([column, { claim, part }]) => {
    if (part !== null || !plan.claims.includes(claim)) return [];
    const reading = readingIn(readings, claim, plan.meanings);
    if (reading === null || !isCounted(reading.claim.form)) return [];
    const counts = isAsked(reading, plan.viewpoint) && !isSilent(reading, plan.viewpoint);
    const { form } = reading.claim;
    const { inputCells: cells, draws } = reading.sense;
    return counts && isCounted(form) ? [{ column, form, cells, draws }] : [];
  });
  let ensemble = await run(plan.order);
  for (const futures of mainEffort(question.runs, program.time.steps).slice(1)) {
    if (!judged.some((one) => asksForMore(ensemble, one, plan))) break;
    // The smaller run makes room for the larger one.
    ensemble.letGo?.('all');
    ensemble = await run({ ...plan.order, design: { ...plan.order.design, futures } });
  }
  const bands = summariseBands(model, plan, ensemble);
  ensemble.letGo?.('kept');
  ensemble = { ...ensemble, kept: [] };
  const court = openCourt(model, plan, ensemble, question.claim !== undefined, run);
  const compared = new Map<number, Judged>();
  const margins = new Map<number, Float64Array>();
  const bases = new Map<number, BasisResult>();
  for (const number of plan.claims) {
    if ((question.claim ?? number) !== number) continue;
    const reading = readingIn(readings, number, plan.meanings);
    if (reading === null || !isAsked(reading, plan.viewpoint)) continue;
    const { form, because } = reading.claim;
    if (!isTested(form)) continue;
    if (isSilent(reading, plan.viewpoint)) {
      // Nothing is judged here, so that it is enough to say where the figures come from that would have been taken.
      bases.set(number, await basisOf(basisQuestion(court, reading), null));
      continue;
    }
    if (isCompared(form)) {
      const premises = othersIn(program, readings, because, plan);
      const { worlds, ...judged } = await judgeCompared(court, reading, form, premises);
      compared.set(number, judged);
      const isHis = judged.verdict !== 'holds' && plan.viewpoint === authorsViewpoint(model);
      const margin = isHis ? comparedMargin(model, form, worlds) : null;
      if (margin !== null) margins.set(number, margin.byFuture);
      continue;
    }
    const basis = await basisOfMeasures(court, reading);
    bases.set(number, basis);
    if (form.kind === 'importance') compared.set(number, await judgeImportance(court, form, basis));
  }
  return { plan, ensemble, bands, bases, compared, margins };
}

/** On what a claim rests that is judged by its measures as they are in the main run. */
async function basisOfMeasures(court: Court, reading: Reading): Promise<BasisResult> {
  const { model, plan, worlds } = court;
  const { program } = plan.order;
  const question = basisQuestion(court, reading);
  if (plan.basis === null) return basisOf(question, null);
  const { futures } = plan.basis;
  const { measures } = reading.claim;
  // What serves every claim runs to the end, what is asked for this one alone to the last of its measures.
  const inputs = inputsReadBy(program, reading.number);
  const columnsOf = async (arm: Arm, which: 'all' | 'some' = 'all'): Promise<Columns> => [
    ...countableIn(program, measures, await worlds(arm, futures, which === 'all' ? undefined : measures)),
    // What the claim itself says of an input is no measure, and moves it as one does.
    ...finished(slotColumns(orderOf(plan.order, arm, futures), inputs)).flat(),
  ];
  return basisOf(question, {
    base: await columnsOf(AS_IT_IS),
    redrawn: (slots, which) => columnsOf(armOf({ redrawn: slots }), which),
    chance: () =>
      columnsOf(armOf({ forced: chanceSlots(model, program).map((slot) => ({ slot, value: 1 })) })),
  });
}

/** Slots of the inputs without dates that a claim's own condition reads, and that nothing is solved for. */
function inputsReadBy(program: Program, claim: number): readonly number[] {
  const plan = program.claims.find((one) => one.claim === claim && one.part === null);
  if (plan === undefined) return [];
  const { a, b, c } = plan.code;
  const read = new Set([...a, ...b, ...c]);
  const solved = new Set(program.fits.calibrations.map(({ slot }) => slot));
  return program.inputs.flatMap(({ role, register, knots }, slot) =>
    role === 'value' && knots.length === 0 && read.has(register) && !solved.has(slot) ? [slot] : [],
  );
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
export function shareOf(
  ensemble: Ensemble,
  { column, form, cells, draws }: Counted,
  plan: ViewpointPlan,
): Share | null {
  const { design } = plan.order;
  const isSure = !draws && isCertainIn(plan.order, cells);
  if (form.kind !== 'likelihood' && isSure) return shareWithoutDraws(ensemble, column);
  return shareTrue(ensemble, column, { ...design, futures: ensemble.futures });
}
