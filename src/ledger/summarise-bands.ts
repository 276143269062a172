/**
 * How variables run through the futures of one viewpoint: quantiles at each instant of a thinned grid. They are worked
 * out right behind a run, so that what was kept of it need not be kept any longer.
 */
import { quantileOf } from '../analysis/quantiles.ts';
import * as rational from '../base/rational.ts';
import type { Ensemble } from '../engine/ensemble.ts';
import type { Model } from '../model/model.ts';
import { instantWriter } from '../model/show-instant.ts';
import { instantAt } from '../program/time-grid.ts';
import { countedIn } from './counted.ts';
import type { BandPoint, LedgerBand } from './ledger.ts';
import { namedMeanings } from './meanings.ts';
import type { ViewpointPlan } from './plan.ts';

/** Instants at which a band is worked out. */
export const MOST_INSTANTS = 200;

/** At most so many instants, equally far apart but for the last one, which is always among them. */
export function thinned(steps: number, most: number): readonly number[] {
  const stride = Math.max(1, Math.ceil(steps / (most - 1)));
  const instants = Array.from({ length: Math.floor(steps / stride) + 1 }, (_, number) => number * stride);
  return steps % stride === 0 ? instants : [...instants, steps];
}

/** A band for each variable that the run keeps; none where no future is valid. */
export function summariseBands(
  model: Model,
  { viewpoint, meanings, bands, order }: ViewpointPlan,
  ensemble: Ensemble,
): readonly LedgerBand[] {
  const { program, keep } = order;
  const instants = keep?.instants ?? [];
  const { kept } = ensemble;
  const valid = countedIn(ensemble);
  if (valid === 0) return [];
  const instantText = instantWriter(model.time);
  return bands.map(({ variable, definitions }, number): LedgerBand => {
    const { name, asked, cell } = program.variables[variable] ?? { name: '', asked: false, cell: -1 };
    const declared = model.variables[model.cells[cell]?.variable ?? -1];
    if (declared === undefined) throw new Error('a band without its variable');
    const factor = rational.toNumber(declared.unit.factor);
    return {
      variable: asked ? `asked ${name}` : name,
      label: declared.label,
      unit: declared.unit.text,
      viewpoint: viewpoint.name,
      definitions: namedMeanings(
        model,
        definitions,
        definitions.map((definition) => meanings.get(definition) ?? 0),
      ),
      futures: valid,
      points: instants.map((instant, place): BandPoint => {
        const column = kept[number * instants.length + place];
        if (column === undefined) throw new Error('a band without its values');
        const sorted = column.filter((value) => !Number.isNaN(value)).sort();
        const at = (p: number): number => quantileOf(sorted, p) / factor;
        return {
          at: instantText(instantAt(program.time, instant)),
          p5: at(0.05),
          p25: at(0.25),
          p50: at(0.5),
          p75: at(0.75),
          p95: at(0.95),
        };
      }),
    };
  });
}
