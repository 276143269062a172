/**
 * What claims on comparisons came to under one viewpoint: in a few words behind its mark, and at length. Numbers carry
 * their interval only at length, and shares of the yes-or-no kind are told in points.
 */
import { formatNumber } from '../base/number-format.ts';
import type { ViewpointVerdict } from '../ledger/ledger.ts';
import type { ImportanceFound, PreferenceFound, UniquenessFound } from '../ledger/ledger-of-comparisons.ts';
import { showShare } from './claim-text.ts';
import { effectLong, effectShort, irrelevanceLong, irrelevanceShort } from './effect-text.ts';

/** `+21 points`, `turns at 3 bn_USD`; empty where the verdict's mark says all that fits there. */
export function comparedShort({
  basis,
  effect,
  irrelevance,
  preference,
  importance,
}: ViewpointVerdict): string {
  if (effect !== undefined) return effectShort(effect, basis);
  if (irrelevance !== undefined) return irrelevanceShort(irrelevance, basis);
  if (preference !== undefined)
    return `turns at ${amount(Number(preference.exchange.p50.toPrecision(3)), preference.unit)}`;
  if (importance !== undefined) return importanceShort(importance);
  return '';
}

/** Sentences, one for each thing that was found. */
export function comparedLong(result: ViewpointVerdict): readonly string[] {
  const { basis, effect, irrelevance, uniqueness, preference, importance } = result;
  return [
    ...(effect === undefined ? [] : effectLong(effect, basis)),
    ...(irrelevance === undefined ? [] : irrelevanceLong(irrelevance, basis)),
    ...(uniqueness === undefined ? [] : uniquenessLong(uniqueness, result)),
    ...(preference === undefined ? [] : preferenceLong(preference)),
    ...(importance === undefined ? [] : importanceLong(importance)),
  ];
}

function uniquenessLong(
  { element, group, has, another, all }: UniquenessFound,
  result: ViewpointVerdict,
): readonly string[] {
  if (has === null || another === null || all === null) return [];
  const [own, others, everyone] = [has, another, all].map(({ share }) => showShare(result, share));
  return [
    `${element} has it in ${own} of 100; another in ${group} has it in ${others}; all have it, so that it sets nobody apart, in ${everyone}.`,
  ];
}

function preferenceLong({ decision, at, option, over, exchange, unit }: PreferenceFound): readonly string[] {
  const { p5, p50, p95 } = exchange;
  return [
    `In ${decision} at ${at}, ${option} is worth ${signed(p50, unit)} beside ${over} in the middle future (${signed(p5, unit)} to ${signed(p95, unit)} in nine of ten).`,
    p50 < 0
      ? `It turns where ${option} is worth ${amount(-p50, unit)} more.`
      : `It turns where ${over} is worth ${amount(p50, unit)} more.`,
  ];
}

function importanceShort({ measures, reason }: ImportanceFound): string {
  const [first, ...more] = measures;
  if (first === undefined || more.length > 0 || reason !== '') return '';
  const tops = [first.byVariance, first.byConsequence].flatMap((ranked) => ranked?.[0]?.factor ?? []);
  return tops.length === 0 ? '' : `first: ${[...new Set(tops)].join(' or ')}`;
}

function importanceLong({ method, futures, reason }: ImportanceFound): readonly string[] {
  return [
    ...because(reason),
    `* named by the claim. ${method}, ${formatNumber(futures)} futures for each world, intervals of 95 %.`,
  ];
}

const because = (reason: string): readonly string[] => (reason === '' ? [] : [`Not settled: ${reason}.`]);

const amount = (value: number, unit: string): string =>
  unit === '' ? formatNumber(value) : `${formatNumber(value)} ${unit}`;

const signed = (value: number, unit: string): string => `${value > 0 ? '+' : ''}${amount(value, unit)}`;
