/**
 * The headline of a claim: the pattern of its verdicts over the viewpoints, never a pooled share, which would count
 * speakers.
 */
import type { ViewpointVerdict } from './ledger.ts';

const COUNTS = [
  'none',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
];
export const inWords = (count: number): string => COUNTS[count] ?? String(count);

export const NO_FIGURES = 'no figures found';
export const DEPENDS = 'depends on whose numbers';

export type Pattern = { readonly verdict: string; readonly pattern: string };

/**
 * @param verdicts by viewpoint, in the model's order
 * @param oneReading whether no viewpoint changes an input that the claim reads
 * @param reads whether the claim reads any input at all
 */
export function patternOf(
  verdicts: readonly { readonly name: string; readonly result: ViewpointVerdict }[],
  oneReading: boolean,
  reads: boolean,
): Pattern {
  const counted = verdicts.filter(({ result }) => result.verdict !== NO_FIGURES);
  const [first] = counted;
  if (first === undefined) return { verdict: NO_FIGURES, pattern: NO_FIGURES };
  const { verdict } = first.result;
  if (!reads) return { verdict, pattern: `${verdict}: no input changes it` };
  if (oneReading) {
    const basis = first.result.basis === 'assumed' ? ', as assumed' : '';
    return { verdict, pattern: `one reading only: ${verdict}${basis}` };
  }
  const silent = verdicts.length - counted.length;
  const note = silent === 0 ? '' : `; ${inWords(silent)} ${silent === 1 ? 'has' : 'have'} no figures`;
  if (counted.every(({ result }) => result.verdict === verdict)) {
    const whom =
      counted.length === 1 ? first.name : counted.length === 2 ? 'both' : `all ${inWords(counted.length)}`;
    return { verdict, pattern: `${verdict} under ${whom}${note}` };
  }
  const groups = new Map<string, string[]>();
  for (const { name, result } of counted)
    groups.set(result.verdict, [...(groups.get(result.verdict) ?? []), name]);
  const parts = [...groups].map(([one, names]) => `${one} under ${names.join(', ')}`);
  return { verdict: DEPENDS, pattern: `${DEPENDS}: ${parts.join('; ')}${note}` };
}
