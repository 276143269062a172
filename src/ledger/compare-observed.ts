/**
 * A variable beside what was recorded of it: how far the middle of the futures lies from the records, and how many of
 * them lie within the band of nine futures in ten. A record is compared at its own instant.
 */
import { quantileOf } from '../analysis/quantiles.ts';
import * as rational from '../base/rational.ts';
import type { Ensemble } from '../engine/ensemble.ts';
import type { Model, Observed } from '../model/model.ts';
import { showInstant } from '../model/show-instant.ts';
import type { LedgerObserved } from './ledger.ts';

/** One entry for each record that has a valid future. */
export function compareObserved(
  model: Model,
  ensemble: Ensemble,
  viewpoint: string,
): readonly LedgerObserved[] {
  // The measures of the records stand behind the model's own, in order.
  let column = model.measures.length;
  return model.observed.flatMap((observed) => {
    const own = ensemble.measures.slice(column, column + observed.points.length);
    column += observed.points.length;
    return compare(model, observed, own, viewpoint) ?? [];
  });
}

function compare(
  { sources, time }: Model,
  observed: Observed,
  columns: readonly Float64Array[],
  viewpoint: string,
): LedgerObserved | null {
  const { name, label, unit, file, source, points, outside } = observed;
  const factor = rational.toNumber(unit.factor);
  let [gaps, size, covered, bands, futures] = [0, 0, 0, 0, 0];
  for (const [number, { value }] of points.entries()) {
    const column = columns[number];
    if (column === undefined) throw new Error('a record without its column');
    const sorted = column.filter((one) => !Number.isNaN(one)).sort();
    if (sorted.length === 0) return null;
    const [low, middle, high] = [0.05, 0.5, 0.95].map((p) => quantileOf(sorted, p)) as [
      number,
      number,
      number,
    ];
    gaps += middle - value;
    size += Math.abs(value);
    if (low <= value && value <= high) covered++;
    if (low < high) bands++;
    futures = sorted.length;
  }
  const [first, last] = [points[0]?.at ?? 0, points.at(-1)?.at ?? 0];
  return {
    variable: name,
    label,
    unit: unit.text,
    file,
    source: source === null ? null : (sources[source]?.title ?? null),
    viewpoint,
    points: points.length,
    outside,
    from: showInstant(time, first),
    to: showInstant(time, last),
    bias: gaps / points.length / factor,
    biasShare: size === 0 ? null : gaps / size,
    covered,
    coverage: bands === 0 ? null : covered / points.length,
    futures,
  };
}
