/** What became of a viewpoint's futures, and whose figures they were. */
import { formatDate } from '../base/calendar.ts';
import type { Remains } from '../engine/ensemble.ts';
import type { Model } from '../model/model.ts';
import { describeFailures } from './describe-failures.ts';
import { countDropped, describeCalibrated } from './fit-of.ts';
import type { LedgerViewpoint } from './ledger.ts';
import { namedMeanings } from './meanings.ts';
import { ownAmong } from './own-figures.ts';
import type { Question, ViewpointPlan } from './plan.ts';
import { notHeld } from './readings.ts';

type Run = { readonly plan: ViewpointPlan; readonly remains: Remains };

/** Of several runs the one in which most futures failed or were dropped speaks for all. */
export function describeViewpoint(model: Model, runs: readonly Run[], question: Question): LedgerViewpoint {
  const failing = ({ remains: { failed, dropped, futures } }: Run): number =>
    (failed.length + dropped.length) / futures;
  const { plan, remains } = runs.reduce((worst, one) => (failing(one) > failing(worst) ? one : worst));
  const { viewpoint, meanings } = plan;
  const solved = new Set(model.fits.calibrations.map(({ cell }) => cell));
  const [first] = [...remains.failed, ...remains.dropped];
  return {
    name: viewpoint.name,
    label: viewpoint.label,
    hindsight: viewpoint.hindsight,
    futures: remains.futures,
    failed: remains.failed.length,
    dropped: countDropped(model, remains),
    calibrated: describeCalibrated(model, plan, remains),
    definitions:
      first === undefined ? {} : namedMeanings(model, [...meanings.keys()], [...meanings.values()]),
    failures: describeFailures(model, plan, remains, question),
    clipped: remains.clipped
      .toSorted((one, other) => other.futures - one.futures)
      .map(({ flow, futures, first: days }) => ({ flow, futures, first: showInstant(model, days) })),
    own: ownAmong(
      model,
      viewpoint,
      notHeld(
        viewpoint.choices.flatMap(({ cell }) => (solved.has(cell) ? [] : [cell])),
        question,
      ),
    ),
  };
}

const showInstant = (model: Model, days: number): string =>
  model.time.epoch === null ? `${days} day` : formatDate(model.time.epoch + days);
