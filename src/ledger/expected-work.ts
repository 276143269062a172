/**
 * How much a question's runs will be, for a bar that shows how far they are: in futures of the whole length, as a run that ends
 * half-way is half of one. What hangs on what is found, such as open verdicts, is not foreseen.
 */
import { fitWork } from '../engine/fit.ts';
import type { ClaimForm, Model } from '../model/model.ts';
import { lastInstant } from '../program/program.ts';
import { isCompared, worldsOf } from './compared-worlds.ts';
import { comparisonEffort, rankingEffort } from './effort.ts';
import { weighed } from './importance-worlds.ts';
import type { Question, ViewpointPlan } from './plan.ts';

/** Runs of a basis, mostly: as it is, with all assumed inputs drawn anew, and with all sourced ones. */
const BASIS_RUNS = 3;

export const expectedWork = (
  model: Model,
  plans: readonly ViewpointPlan[],
  { claim }: Pick<Question, 'claim'>,
): number =>
  plans.reduce((sum, plan) => {
    const { program, design } = plan.order;
    const asked = plan.claims.filter((number) => (claim ?? number) === number);
    const forms = asked.flatMap((number) => model.claims[number]?.form ?? []);
    const fit = fitWork(program);
    const redrawn = plan.basis === null ? 0 : plan.basis.futures * BASIS_RUNS;
    return forms.reduce(
      (all, form) => all + workOf(model, plan, form, redrawn),
      sum + (design.futures + redrawn) * (1 + fit),
    );
  }, 0);

/** Of one claim, beside what serves all. */
function workOf(model: Model, plan: ViewpointPlan, form: ClaimForm, redrawn: number): number {
  const { program, design } = plan.order;
  const { steps } = program.time;
  if (isCompared(form)) {
    const measures = form.kind === 'effect' ? [form.measure] : form.measures.map(({ measure }) => measure);
    const last = lastInstant(program, measures);
    const worlds = worldsOf(form, plan.order).length;
    if (worlds === 0) return 0;
    const [first = 0] = comparisonEffort(design, last * worlds, plan.comparisons);
    return (first + redrawn) * worlds * (last / steps);
  }
  if (form.kind !== 'importance') return 0;
  const every = form.ranked.map((one) => weighed(model, form, one, plan.order));
  const worlds = (most: number): number =>
    every.reduce(
      (sum, { pairs, singles }) => sum + 1 + 2 * (pairs.length + Math.min(most, singles.length)),
      1,
    );
  const last = lastInstant(program, form.measures);
  const { effort, isAll } = rankingEffort(design, last * worlds(Number.POSITIVE_INFINITY), plan.rankings);
  return (effort[0] ?? 0) * worlds(isAll ? Number.POSITIVE_INFINITY : 1) * (last / steps);
}
