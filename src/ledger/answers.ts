/**
 * Runs a plan. Where the sampling error of a share spans the edge between two verdicts the viewpoint's futures are
 * doubled, at most twice; then the verdict says between which.
 */
import type { Ensemble, Run } from '../engine/ensemble.ts';
import type { Model, Viewpoint } from '../model/model.ts';
import type { Program } from '../program/program.ts';
import type { Redrawn } from './basis.ts';
import { type CountedForm, isCounted, isOpen } from './claim-verdict.ts';
import { isCompared } from './compared-worlds.ts';
import { type Share, shareTrue, shareWithoutDraws } from './condition-verdict.ts';
import { type Judged, judgeCompared, openCourt } from './judge-compared.ts';
import { judgeImportance } from './judge-importance.ts';
import type { LedgerBand } from './ledger.ts';
import { keyOf, type Meanings } from './meanings.ts';
import { othersIn } from './other-claims.ts';
import { MOST_DOUBLINGS, type Question, type ViewpointPlan } from './plan.ts';
import { isAsked, isSilent, type Readings, readingIn } from './readings.ts';
import { summariseBands } from './summarise-bands.ts';
import { chanceSlots, isCertainIn, withRedrawnChance } from './viewpoint-order.ts';

/** What one viewpoint's runs gave, under one combination of meanings. */
export type Answer = {
  readonly plan: ViewpointPlan;
  readonly ensemble: Ensemble;
  readonly redrawn: Redrawn;
  readonly bands: readonly LedgerBand[];
  /** By number of the claim: those that compare worlds are judged at once, so that no world has to be kept. */
  readonly compared: ReadonlyMap<number, Judged>;
};

export function answerOf(answers: readonly Answer[], viewpoint: Viewpoint, meanings: Meanings): Answer {
  const found = answers.find(
    ({ plan }) => plan.viewpoint === viewpoint && keyOf(plan.meanings) === keyOf(meanings),
  );
  if (found === undefined) throw new Error('a column without its run');
  return found;
}

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
  for (let doubling = 1; doubling <= MOST_DOUBLINGS; doubling++) {
    if (!judged.some((one) => asksForMore(ensemble, one, plan))) break;
    const futures = question.runs * (1 << doubling);
    // What was kept of the smaller run makes room for what is kept of the larger one.
    ensemble = { ...ensemble, kept: [] };
    ensemble = await run({ ...plan.order, design: { ...plan.order.design, futures } });
  }
  const bands = summariseBands(model, plan, ensemble);
  ensemble = { ...ensemble, kept: [] };
  const redrawn = await redraw(model, program, plan, ensemble, run);
  const court = openCourt(model, plan, ensemble, redrawn, question.claim !== undefined, run);
  const compared = new Map<number, Judged>();
  for (const number of plan.claims) {
    if ((question.claim ?? number) !== number) continue;
    const reading = readingIn(readings, number, plan.meanings);
    if (reading === null || !isAsked(reading, plan.viewpoint) || isSilent(reading, plan.viewpoint)) continue;
    const { form, because } = reading.claim;
    if (form.kind === 'importance')
      compared.set(number, await judgeImportance(court, reading, form, redrawn));
    if (!isCompared(form)) continue;
    const premises = othersIn(program, readings, because, plan);
    compared.set(number, await judgeCompared(court, reading, form, premises));
  }
  return { plan, ensemble, bands, redrawn, compared };
}

/** The smaller ensembles from which the basis of a claim on this run is worked out. */
async function redraw(
  model: Model,
  program: Program,
  plan: ViewpointPlan,
  ensemble: Ensemble,
  run: Run,
): Promise<Redrawn> {
  if (plan.basis === null) return { base: ensemble, bySlot: new Map(), chance: null };
  const base = await run(plan.basis.order);
  const bySlot = new Map<number, Ensemble>();
  for (const slot of plan.basis.slots) bySlot.set(slot, await run({ ...plan.basis.order, redrawn: [slot] }));
  const { order, chance } = plan.basis;
  const drawn = chance ? await run(withRedrawnChance(order, chanceSlots(model, program))) : null;
  return { base, bySlot, chance: drawn };
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
