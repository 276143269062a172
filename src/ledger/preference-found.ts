/** By how much an option is worth more than another: the exchange at which a preference turns. */
import { quantileOf } from '../analysis/quantiles.ts';
import * as rational from '../base/rational.ts';
import type { Ensemble } from '../engine/ensemble.ts';
import type { Model } from '../model/model.ts';
import type { PreferenceForm } from '../model/model-of-decisions.ts';
import type { PreferenceFound } from './ledger-of-comparisons.ts';

/** Nothing where no future is valid. */
export function preferenceFound(
  model: Model,
  { decision, at, option, over, measure: number }: PreferenceForm,
  ensemble: Ensemble,
): { readonly preference?: PreferenceFound } {
  const measure = model.measures[number];
  const column = ensemble.measures[number];
  if (measure === undefined || column === undefined) throw new Error('a preference without its measure');
  const factor = rational.toNumber(measure.unit.factor);
  const sorted = column
    .filter((value) => !Number.isNaN(value))
    .map((value) => value / factor)
    .sort();
  if (sorted.length === 0) return {};
  const [p5, p50, p95] = [0.05, 0.5, 0.95].map((share) => quantileOf(sorted, share));
  if (p5 === undefined || p50 === undefined || p95 === undefined) throw new Error('a percentile is missing');
  return { preference: { decision, at, option, over, exchange: { p5, p50, p95 }, unit: measure.unit.text } };
}
