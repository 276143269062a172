/**
 * A measure over the futures of one viewpoint: mean and percentiles in the measure's own unit, each with its
 * interval. `never` is above every number; where it occurs there is no mean.
 */
import { mean, variance } from '../analysis/mean.ts';
import { orderInterval, quantileOf } from '../analysis/quantiles.ts';
import { replicateInterval, weighted } from '../analysis/replicate-interval.ts';
import { replicateQuantile } from '../analysis/replicate-quantile.ts';
import { wilson } from '../analysis/share-interval.ts';
import { normalQuantile } from '../base/distribution.ts';
import * as rational from '../base/rational.ts';
import { type Design, REPLICATES } from '../engine/design.ts';
import type { Ensemble } from '../engine/ensemble.ts';
import type { Measure } from '../model/model.ts';
import { NOTHING_DRAWN } from './condition-verdict.ts';
import type { Bounds, LedgerMeasure, NamedMeanings } from './ledger.ts';
import type { ViewpointPlan } from './plan.ts';

const PERCENTILES = { p5: 0.05, p50: 0.5, p95: 0.95 } as const;

/** Null where no future is valid. */
export function summariseMeasure(
  measure: Measure,
  number: number,
  ensemble: Pick<Ensemble, 'measures'>,
  design: Design,
  plan: Pick<ViewpointPlan, 'certain'> & {
    readonly viewpoint: { readonly name: string };
    readonly definitions: NamedMeanings;
  },
): LedgerMeasure | null {
  const column = ensemble.measures[number];
  if (column === undefined) throw new Error('a measure without its column');
  const factor = rational.toNumber(measure.unit.factor);
  const values = column.map((value) => value / factor);
  const valid = values.filter((value) => !Number.isNaN(value));
  if (valid.length === 0) return null;
  const sorted = valid.slice().sort();
  let numbers = sorted.length;
  while (numbers > 0 && sorted[numbers - 1] === Number.POSITIVE_INFINITY) numbers--;
  const never = (sorted.length - numbers) / sorted.length;
  const replicates = design.kind === 'monte-carlo' ? null : replicatesOf(values);
  const percentile = (p: number): Bounds => {
    if (plan.certain) return { low: shown(valid[0] ?? Number.NaN), high: shown(valid[0] ?? Number.NaN) };
    const { low, high } =
      (replicates === null ? null : replicateQuantile(replicates, sorted, p)) ?? orderInterval(sorted, p);
    return { low: low === null ? null : shown(low), high: high === null ? null : shown(high) };
  };
  return {
    name: measure.name,
    label: measure.label,
    unit: measure.unit.text,
    viewpoint: plan.viewpoint.name,
    definitions: plan.definitions,
    mean: never > 0 ? null : mean(valid),
    p5: shown(quantileOf(sorted, PERCENTILES.p5)),
    p50: shown(quantileOf(sorted, PERCENTILES.p50)),
    p95: shown(quantileOf(sorted, PERCENTILES.p95)),
    never,
    method: plan.certain
      ? NOTHING_DRAWN
      : replicates === null
        ? 'independent draws, order statistics'
        : 'Student over ten replicates',
    futures: valid.length,
    interval: {
      mean:
        never > 0
          ? null
          : plan.certain
            ? percentile(PERCENTILES.p50)
            : measure.type.kind === 'boolean'
              ? shareBounds(valid, replicates)
              : withinRange(measure, sorted, meanBounds(valid, replicates)),
      p5: percentile(PERCENTILES.p5),
      p50: percentile(PERCENTILES.p50),
      p95: percentile(PERCENTILES.p95),
    },
  };
}

const shown = (value: number): number | 'never' => (value === Number.POSITIVE_INFINITY ? 'never' : value);

/** The mean's 95 % interval: Student's over the replicates, else by the central limit theorem. */
function meanBounds(values: Float64Array, replicates: readonly Float64Array[] | null): Bounds {
  if (replicates !== null) {
    const { low, high } = replicateInterval(meansOf(replicates, values));
    return { low, high };
  }
  if (values.length < 2) return { low: null, high: null };
  const half = (normalQuantile(0.975) * Math.sqrt(variance(values))) / Math.sqrt(values.length);
  const centre = mean(values);
  return { low: centre - half, high: centre + half };
}

/** The mean of a yes or no is a share of futures and has a share's interval. */
function shareBounds(values: Float64Array, replicates: readonly Float64Array[] | null): Bounds {
  const means = replicates?.map((part) => mean(part)) ?? [];
  if (replicates === null || means.every((one) => one === means[0])) {
    const { low, high } = wilson(values.filter((value) => value === 1).length, values.length);
    return { low, high };
  }
  const { low, high } = replicateInterval(meansOf(replicates, values));
  return { low: Math.max(0, low), high: Math.min(1, high) };
}

const meansOf = (replicates: readonly Float64Array[], values: Float64Array): readonly number[] =>
  weighted(
    replicates.map((part) => mean(part)),
    replicates.map(({ length }) => length),
    mean(values),
  );

/** A share that stays within 0 and 1 in every future has a mean that does. One that was worked out may lie beyond. */
function withinRange({ unit }: Measure, sorted: Float64Array, { low, high }: Bounds): Bounds {
  if (unit.text !== 'share' || (sorted[0] ?? 0) < 0 || (sorted.at(-1) ?? 1) > 1) return { low, high };
  return {
    low: typeof low === 'number' ? Math.max(0, low) : low,
    high: typeof high === 'number' ? Math.min(1, high) : high,
  };
}

/** The replicates' valid values; null where one has none. */
function replicatesOf(values: Float64Array): readonly Float64Array[] | null {
  const size = values.length / REPLICATES;
  const parts = Array.from({ length: REPLICATES }, (_, replicate) =>
    values.slice(replicate * size, (replicate + 1) * size).filter((value) => !Number.isNaN(value)),
  );
  return parts.some((part) => part.length === 0) ? null : parts;
}
