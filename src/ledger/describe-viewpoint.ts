/** What became of a viewpoint's futures, and whose figures they were. */
import { formatDate } from '../base/calendar.ts';
import type { Model } from '../model/model.ts';
import type { Answer } from './answers.ts';
import { describeFailures } from './describe-failures.ts';
import { countDropped, describeCalibrated } from './fit-of.ts';
import type { LedgerViewpoint } from './ledger.ts';
import { namedMeanings } from './meanings.ts';
import { ownAmong } from './own-figures.ts';
import type { Question } from './plan.ts';
import { notHeld } from './readings.ts';

/** Of several runs the one in which most futures failed or were dropped speaks for all. */
export function describeViewpoint(
  model: Model,
  answers: readonly Answer[],
  question: Question,
): LedgerViewpoint {
  const failing = ({ ensemble: { failed, dropped, futures } }: Answer): number =>
    (failed.length + dropped.length) / futures;
  const { plan, ensemble } = answers.reduce((worst, one) => (failing(one) > failing(worst) ? one : worst));
  const { viewpoint, meanings } = plan;
  const solved = new Set(model.fits.calibrations.map(({ cell }) => cell));
  const [first] = [...ensemble.failed, ...ensemble.dropped];
  return {
    name: viewpoint.name,
    label: viewpoint.label,
    hindsight: viewpoint.hindsight,
    futures: ensemble.futures,
    failed: ensemble.failed.length,
    dropped: countDropped(model, ensemble),
    calibrated: describeCalibrated(model, plan, ensemble),
    definitions:
      first === undefined ? {} : namedMeanings(model, [...meanings.keys()], [...meanings.values()]),
    failures: describeFailures(model, plan, ensemble, question),
    clipped: ensemble.clipped
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
