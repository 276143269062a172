/**
 * The verdict rule for effects: whether the mean of the difference between two worlds, taken future by future, reaches
 * what is claimed. It holds where the whole 95 % interval does, and fails where all of it falls short. An amount that is a
 * part of the mean in the second world is held against the difference less that part, future by future, so that both
 * are known together as well as they are; the mean itself must be told apart from 0, or a part of it says nothing.
 */
import { mean } from '../analysis/mean.ts';
import type { MeanInterval, Sampled } from '../analysis/paired-mean.ts';
import { quantileOf } from '../analysis/quantiles.ts';
import * as rational from '../base/rational.ts';
import type { Measure } from '../model/model.ts';
import type { EffectForm } from '../model/model-of-comparisons.ts';
import { type Contrast, combined, liesAbove, meanOf, type Weights } from './contrast.ts';
import type { ComparisonVerdict, EffectFound, Estimated } from './ledger-of-comparisons.ts';

/** Fewer pairs settle nothing, unless nothing is drawn. */
export const FEWEST_PAIRS = 30;

/** Worlds: the first, the second. */
const DIFFERENCE: Weights = [1, -1];
const SECOND: Weights = [0, 1];

/** Which way the difference is to go, as signs of it; `changes` may go both. */
export const WAYS: Readonly<Record<EffectForm['verb'], readonly number[]>> = {
  raises: [1],
  lowers: [-1],
  changes: [1, -1],
  // What the first world lacks is what the second has from it.
  carries: [-1],
};

/** The verdict where `factor` times as much is claimed; null of `sign` where the mean is not told apart from 0. */
export function effectVerdict(
  contrast: Contrast,
  { verb, amount }: Pick<EffectForm, 'verb' | 'amount'>,
  sampled: Sampled,
  factor = 1,
): ComparisonVerdict {
  const claimed = amount.value * factor;
  const sign = amount.kind === 'relative' ? signOf(contrast, sampled) : 1;
  if (sign === null) return 'not settled';
  const lies = WAYS[verb].map((way) => {
    // What is carried is a part of the mean whichever sign that has.
    const turned = verb === 'carries' ? way * sign : way;
    const weights = amount.kind === 'relative' ? [turned, -turned - claimed * sign] : [turned, -turned];
    const found = meanOf(contrast, weights, sampled);
    if (found === null) return null;
    return liesAbove(found, amount.kind === 'relative' ? 0 : claimed, contrast.slack);
  });
  if (lies.includes(true)) return 'holds';
  return lies.every((one) => one === false) ? 'fails' : 'between fails and holds';
}

/** 1 or -1 as the mean in the second world lies above or below 0; null where the sample does not tell. */
export function signOf(contrast: Contrast, sampled: Sampled, weights: Weights = SECOND): number | null {
  const found = meanOf(contrast, weights, sampled);
  if (found === null) return null;
  if (found.low > contrast.slack) return 1;
  return found.high < -contrast.slack ? -1 : null;
}

/** Whether any future says anything, and what keeps a verdict from being given. */
export function whyUnsettled(
  contrast: Contrast,
  { amount }: Pick<EffectForm, 'amount'>,
  sampled: Sampled,
  found: MeanInterval,
  isSure: boolean,
  name: string,
): string {
  if (found.futures < FEWEST_PAIRS && !isSure) return `only ${found.futures} pairs of futures`;
  if (amount.kind === 'relative' && signOf(contrast, sampled) === null)
    return `the mean of ${name} in the second world is not told apart from 0`;
  return '';
}

/** The unit in which a difference of a measure is told, and how much of it one is in base units. */
export function unitOfDifference({ type, unit }: Pick<Measure, 'type' | 'unit'>): {
  readonly unit: string;
  readonly factor: number;
} {
  if (type.kind === 'boolean' || unit.text === 'share') return { unit: 'points', factor: 0.01 };
  return { unit: unit.text, factor: rational.toNumber(unit.factor) };
}

export const estimated = ({ mean: value, low, high }: MeanInterval, factor: number): Estimated => ({
  value: value / factor,
  low: low / factor,
  high: high / factor,
});

/** Null where no future is valid in both worlds. */
export function effectFound(
  contrast: Contrast,
  form: EffectForm,
  measure: Measure,
  sampled: Sampled,
  isSure: boolean,
): EffectFound | null {
  const difference = meanOf(contrast, DIFFERENCE, sampled);
  if (difference === null) return null;
  const { unit, factor } = unitOfDifference(measure);
  const [first, second] = contrast.columns.map((column) =>
    mean(column.filter((value) => !Number.isNaN(value))),
  );
  if (first === undefined || second === undefined) throw new Error('an effect without its two worlds');
  const differences = combined(contrast, DIFFERENCE).filter((value) => !Number.isNaN(value));
  const sorted = differences.toSorted();
  const isYesOrNo = measure.type.kind === 'boolean';
  const shareOf = (is: (value: number) => boolean): number =>
    differences.filter(is).length / differences.length;
  const { amount } = form;
  return {
    measure: measure.name,
    unit,
    first: form.first.text,
    second: form.second.text,
    difference: estimated(difference, factor),
    relative: amount.kind === 'relative' ? relativeTo(contrast, form, sampled, difference) : null,
    means: { first: first / factor, second: second / factor },
    spread: isYesOrNo
      ? null
      : { p5: quantileOf(sorted, 0.05) / factor, p95: quantileOf(sorted, 0.95) / factor },
    turned: isYesOrNo ? { on: shareOf((value) => value > 0), off: shareOf((value) => value < 0) } : null,
    differing: shareOf((value) => Math.abs(value) > contrast.slack),
    half: effectVerdict(contrast, form, sampled, 0.5),
    twice: effectVerdict(contrast, form, sampled, 2),
    method: difference.method,
    futures: difference.futures,
    reason: whyUnsettled(contrast, form, sampled, difference, isSure, measure.name),
  };
}

/**
 * The difference as a part of the size of the second world's mean, and what is carried as a part of it, with the interval
 * of the difference less that part.
 */
function relativeTo(
  contrast: Contrast,
  { verb }: EffectForm,
  sampled: Sampled,
  difference: MeanInterval,
): Estimated | null {
  const sign = signOf(contrast, sampled);
  const second = meanOf(contrast, SECOND, sampled);
  if (sign === null || second === null) return null;
  const way = verb === 'carries' ? -sign : 1;
  const size = Math.abs(second.mean);
  const ratio = (way * difference.mean) / size;
  const rest = meanOf(contrast, [way, -way - ratio * sign], sampled);
  return rest === null
    ? null
    : { value: ratio, low: ratio + rest.low / size, high: ratio + rest.high / size };
}
