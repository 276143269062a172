/** The fit of a model under one viewpoint, and what became of its futures, in words. */
import { quantileOf } from '../analysis/quantiles.ts';
import { rangeOf } from '../base/distribution.ts';
import type { Figure } from '../base/figure.ts';
import * as rational from '../base/rational.ts';
import type { Fit, Remains, RunOrder } from '../engine/ensemble.ts';
import type { Model } from '../model/model.ts';
import type { Program } from '../program/program.ts';
import { notCounted } from './counted.ts';
import type { LedgerCalibrated, LedgerDropped } from './ledger.ts';
import type { ViewpointPlan } from './plan.ts';

/**
 * What futures are held against where the definitions are held at their meanings; nothing where the model calibrates
 * and requires nothing.
 */
export function fitOf(
  { fits }: Program,
  figures: readonly Figure[],
  forced: RunOrder['forced'],
): { readonly fit?: Fit } {
  const { calibrations, requirements } = fits;
  if (calibrations.length + requirements.length === 0) return {};
  return {
    fit: {
      forced,
      figures,
      calibrations: calibrations.map((calibration) => {
        const figure = figures[calibration.slot];
        if (figure === undefined || figure.kind === 'dated') throw new Error('an input without ends');
        return { ...calibration, ...rangeOf(figure) };
      }),
      requirements,
    },
  };
}

/** The lines of the model for which futures are dropped, in the order in which causes are counted. */
export const causesOf = ({ fits }: Model): readonly Omit<LedgerDropped, 'futures'>[] => [
  ...fits.calibrations.map(({ name, text }) => ({
    kind: 'calibrate' as const,
    input: name,
    text: `calibrate ${name} so that ${text}`,
  })),
  ...fits.requirements.map(({ text }) => ({
    kind: 'require' as const,
    input: null,
    text: `require ${text}`,
  })),
];

/** How many futures were dropped for each line; a future is dropped for the first that it does not meet. */
export const countDropped = (model: Model, { dropped }: Remains): readonly LedgerDropped[] =>
  causesOf(model).map((line, number) => ({
    ...line,
    futures: dropped.filter(({ cause }) => cause === number).length,
  }));

/** What each calibrated input was found to be, over the futures that count; none where a scenario holds it. */
export function describeCalibrated(
  model: Model,
  { order }: Pick<ViewpointPlan, 'order'>,
  remains: Remains,
): readonly LedgerCalibrated[] {
  const out = notCounted(remains);
  const held = new Set(order.forced.map(({ slot }) => slot));
  return model.fits.calibrations.flatMap(
    ({ name, text, input, note }, number): readonly LedgerCalibrated[] => {
      const { slot, values } = remains.given[number] ?? { slot: -1, values: undefined };
      if (held.has(slot)) return [];
      const unit = model.variables[input]?.unit;
      if (values === undefined || unit === undefined) return [];
      const sorted = values.filter((_, future) => !out.has(future)).sort();
      if (sorted.length === 0) return [];
      const factor = rational.toNumber(unit.factor);
      const at = (p: number): number => quantileOf(sorted, p) / factor;
      return [{ input: name, text, note, unit: unit.text, p5: at(0.05), p50: at(0.5), p95: at(0.95) }];
    },
  );
}
