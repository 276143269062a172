/**
 * The sentences of the ledger that only some claims have: what a likelihood states, how confident its answer is, and how a
 * claim stands to others. Likelihood and confidence never share a sentence.
 */
import { formatNumber, formatShare } from '../base/number-format.ts';
import type {
  Companion,
  LedgerClaim,
  NamedMeanings,
  OwnFigures,
  Premise,
  ViewpointVerdict,
} from '../ledger/ledger.ts';
import { signed } from './effect-text.ts';

type Viewpoints = LedgerClaim['viewpoints'];

/** `defeat as by_fire`, for a sentence. */
export const meaningsText = (definitions: NamedMeanings): string =>
  Object.entries(definitions)
    .map(([name, meaning]) => `${name} as ${meaning}`)
    .join(' and ');

/** `West, defeat: by_fire`, as a claim's `viewpoints` are called. */
export const columnText = (viewpoint: string, definitions: NamedMeanings): string =>
  [viewpoint, ...Object.entries(definitions).map(([name, meaning]) => `${name}: ${meaning}`)].join(', ');

/** A share in steps of 5 where it is assumed, since finer digits would describe the assumption only. */
export function showShare({ basis }: Pick<ViewpointVerdict, 'basis'>, share: number): string {
  const rounded = Math.round(share * 20) / 20;
  const isShown = basis === 'assumed' && (rounded > 0 || share === 0) && (rounded < 1 || share === 1);
  return formatShare(isShown ? rounded : share);
}

/** `4 of 9 figures its own, 1 in part, 2 as read`. */
export function ownText({ inputs, partly, read, of }: OwnFigures, asRead: string): string {
  const parts = [
    `${inputs} of ${of} figures its own`,
    ...(partly === 0 ? [] : [`${partly} in part`]),
    ...(read === 0 ? [] : [`${read} ${asRead}`]),
  ];
  return parts.join(', ');
}

/** `is unlikely (below 45 in 100)`. */
export function statedText({ text, low, high }: NonNullable<LedgerClaim['stated']>): string {
  if (!text.startsWith('is ')) return text;
  const [from, to] = [low, high].map((share) => formatNumber(share * 100));
  const stretch =
    low === 0 ? `below ${to} in 100` : high === 1 ? `above ${from} in 100` : `${from} to ${to} in 100`;
  return `${text} (${stretch})`;
}

/** Why too few occurrences settle nothing, and what they show all the same. */
export function tooFew({ likelihood, sampling }: ViewpointVerdict): string {
  if (likelihood === null || likelihood.bound === null || sampling === null) return '';
  const { occurrences, bound } = likelihood;
  const futures = formatNumber(sampling.futures);
  const count =
    occurrences === 0
      ? `in none of ${futures} futures`
      : occurrences === sampling.futures
        ? `in all ${futures} futures`
        : `in ${formatNumber(occurrences)} of ${futures} futures`;
  const rule = occurrences === 0 || occurrences === sampling.futures ? ' (3/n)' : '';
  return `: ${count}, so ${bound.side} ${formatNumber(bound.share * 100)} in 100${rule}`;
}

/** `; edge calibrated`: what is solved for is no part of the basis, and is told beside it. */
export const calibratedText = (names: readonly string[]): string =>
  names.length === 0 ? '' : `; ${names.join(', ')} calibrated`;

/** On what the answer rests, as a sentence of its own. */
export function confidenceText({ basis, restates, calibrated, viewpoints }: LedgerClaim): string {
  const counts = Object.values(viewpoints).flatMap(({ confidence }) => confidence?.sources ?? []);
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  const number = counts.length === 0 ? '0' : least === most ? String(least) : `${least} to ${most}`;
  const sources = `${number} independent ${number === '1' ? 'source' : 'sources'}`;
  return `confidence: ${basis} basis, ${sources}${restates === null ? '' : `; restates the assumed input ${restates}`}${calibratedText(calibrated)}`;
}

/** One text for each line `because` and `with`: viewpoints with the same answer are named together. */
export function relatedTexts(viewpoints: Viewpoints): readonly string[] {
  const results = Object.entries(viewpoints);
  const isOnly = results.length === 1;
  return [
    ...byClaim(results, 'because', (premise: Premise, result) => premiseText(premise, result, isOnly)),
    ...byClaim(results, 'with', companionText),
  ];
}

function byClaim<Relation extends 'because' | 'with'>(
  results: readonly (readonly [string, ViewpointVerdict])[],
  relation: Relation,
  say: (one: ViewpointVerdict[Relation][number], result: ViewpointVerdict) => string,
): readonly string[] {
  const claims = new Map<string, Map<string, string[]>>();
  for (const [name, result] of results) {
    for (const one of result[relation]) {
      const answers = claims.get(one.claim) ?? new Map<string, string[]>();
      claims.set(one.claim, answers);
      const answer = say(one, result);
      const column = columnText(name, ('definitions' in one ? one.definitions : undefined) ?? {});
      answers.set(answer, [...(answers.get(answer) ?? []), column]);
    }
  }
  return [...claims].map(([claim, answers]) => {
    const isAlike = answers.size === 1;
    const parts = [...answers].map(([answer, names]) => {
      // The name of a column with meanings has commas of its own.
      const joint = names.some((name) => name.includes(',')) ? ' and ' : ', ';
      const whom = names.length > 1 && isAlike ? 'all' : names.join(joint);
      return names.length === 1 && isAlike ? answer : `${answer} under ${whom}`;
    });
    return `${relation} ${claim}: ${parts.join('; ')}`;
  });
}

function premiseText(
  { verdict, reason, given, without, differences }: Premise,
  result: ViewpointVerdict,
  isOnly: boolean,
): string {
  if (reason !== '') return `${verdict} (${reason})`;
  if (isOnly && differences !== undefined) {
    const of = { unit: differences.unit, basis: result.basis };
    const [where, elsewhere] = [differences.given, differences.without].map(({ value }) => signed(value, of));
    return `${verdict} (${where} where that is true, ${elsewhere} where not)`;
  }
  if (!isOnly || given === null || without === null) return verdict;
  const [where, elsewhere] = [showShare(result, given.share), showShare(result, without.share)];
  return `${verdict} (${where} in 100 where that is true, ${elsewhere} where not)`;
}

function companionText({ verdict, reason, both }: Companion, result: ViewpointVerdict): string {
  if (verdict !== 'together' || both === null) return reason === '' ? verdict : `${verdict} (${reason})`;
  return `both in ${showShare(result, both.share)} of 100`;
}
