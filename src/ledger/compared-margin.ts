/**
 * How far a comparison lies from what a claim says of it: in every future, so that one sees with which inputs it goes, and
 * over all of them together. What is claimed is the measure of it: 0 meets the claim, -1 lies as far below it as it lies above
 * nothing.
 */
import { mean } from '../analysis/mean.ts';
import type { Ensemble } from '../engine/ensemble.ts';
import type { Model } from '../model/model.ts';
import type { EffectForm, IrrelevanceForm } from '../model/model-of-comparisons.ts';
import type { ComparedForm } from './compared-worlds.ts';
import { contrastOf } from './contrast.ts';
import { unitOfDifference, WAYS } from './effect-verdict.ts';

export type ComparedMargin = {
  /** NaN where a future is not valid in every world. */
  readonly byFuture: Float64Array;
  readonly whole: number;
};

/** @param ensembles one for each world, as `worldsOf` has them; null where no future is valid in all */
export function comparedMargin(
  model: Model,
  form: ComparedForm,
  ensembles: readonly Ensemble[],
): ComparedMargin | null {
  const columnsOf = (measure: number): readonly Float64Array[] => {
    const columns = ensembles.map(({ measures }) => measures[measure] ?? new Float64Array(0));
    return contrastOf(columns, () => true).columns;
  };
  return form.kind === 'effect'
    ? effectMargin(form, columnsOf(form.measure))
    : irrelevanceMargin(model, form, columnsOf);
}

function meanOf(values: Float64Array): number | null {
  const valid = values.filter((value) => !Number.isNaN(value));
  return valid.length === 0 ? null : mean(valid);
}

/** 1 where there is nothing to measure by. */
const sizeOf = (size: number): number => (size > 0 && Number.isFinite(size) ? size : 1);

function effectMargin(
  { verb, amount }: EffectForm,
  [first, second]: readonly Float64Array[],
): ComparedMargin | null {
  if (first === undefined || second === undefined) throw new Error('an effect without its two worlds');
  const [one, other] = [meanOf(first), meanOf(second)];
  if (one === null || other === null) return null;
  const sign = other < 0 ? -1 : 1;
  const ways = WAYS[verb].map((way) => (verb === 'carries' ? way * sign : way));
  // Of the two ways of `changes`, the one that it goes.
  const way = ways.find((each) => each * (one - other) > 0) ?? ways[0] ?? 1;
  const isRelative = amount.kind === 'relative';
  const claimed = sizeOf(isRelative ? amount.value * Math.abs(other) : amount.value);
  const byFuture = first.map((value, future) => {
    const base = second[future] ?? Number.NaN;
    return (way * (value - base) - amount.value * (isRelative ? sign * base : 1)) / claimed;
  });
  return {
    byFuture,
    whole: (way * (one - other) - amount.value * (isRelative ? sign * other : 1)) / claimed,
  };
}

function irrelevanceMargin(
  model: Model,
  { measures, margin }: IrrelevanceForm,
  columnsOf: (measure: number) => readonly Float64Array[],
): ComparedMargin | null {
  let byFuture: Float64Array | null = null;
  let whole = Number.POSITIVE_INFINITY;
  for (const { measure, isReached } of measures) {
    const declared = model.measures[measure];
    if (!isReached || declared === undefined) continue;
    const columns = columnsOf(measure);
    const asItIs = columns.at(-1) ?? new Float64Array(0);
    const middle = meanOf(asItIs);
    if (middle === null) return null;
    const isInPoints = unitOfDifference(declared).unit === 'points';
    const edge = isInPoints ? margin : margin * Math.abs(middle);
    const size = sizeOf(edge);
    for (let one = 0; one < columns.length - 1; one++) {
      for (let other = one + 1; other < columns.length - 1; other++) {
        const [left, right] = [columns[one], columns[other]];
        if (left === undefined || right === undefined) continue;
        const differences = left.map((value, future) => value - (right[future] ?? Number.NaN));
        const between = meanOf(differences) ?? 0;
        const way = between < 0 ? -1 : 1;
        whole = Math.min(whole, (edge - Math.abs(between)) / size);
        const own = differences.map((difference, future) => {
          const allowed = isInPoints ? margin : margin * Math.abs(asItIs[future] ?? Number.NaN);
          return (allowed - way * difference) / size;
        });
        const before: Float64Array | null = byFuture;
        byFuture =
          before === null ? own : own.map((value, future) => Math.min(value, before[future] ?? value));
      }
    }
  }
  return byFuture === null ? null : { byFuture, whole };
}
