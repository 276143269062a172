/**
 * What claims that compare worlds came to, in words. Two ranges stand beside a mean and are never confused: the one in
 * brackets is how far another sample could move it, the other how far the difference itself varies from future to future.
 * Points that rest on assumed figures are told in steps of 5 and without the first, as a share is.
 */
import { formatNumber, formatShare } from '../base/number-format.ts';
import type { Basis } from '../ledger/ledger.ts';
import type { EffectFound, Estimated, IrrelevanceFound } from '../ledger/ledger-of-comparisons.ts';

type Of = { readonly unit: string; readonly basis: Basis };

/** `+21 points`, or `42.5 %` where a part of the mean is claimed. */
export function effectShort({ difference, relative, unit, means }: EffectFound, basis: Basis): string {
  const scale = Math.max(Math.abs(means.first), Math.abs(means.second));
  return relative === null
    ? signed(inShort(difference.value, scale), { unit, basis })
    : percent(inShort(relative.value, 1));
}

/** Three digits, which tell whose answer is whose; what is left by rounding, beside values of this size, is nothing. */
const inShort = (value: number, scale: number): number =>
  Math.abs(value) <= scale * A_ROUNDING ? 0 : Number(value.toPrecision(3));
const A_ROUNDING = 1e-9;

export function effectLong(effect: EffectFound, basis: Basis): readonly string[] {
  const { measure, unit, first, second, difference, relative, means, half, twice, futures } = effect;
  const of: Of = { unit, basis };
  const mean = (value: number): string => amount(value, of);
  const share =
    relative === null
      ? []
      : [
          `That is ${percent(relative.value)} of the mean ${second === 'as it is' ? second : `with ${second}`} (${percent(relative.low)} to ${percent(relative.high)}).`,
        ];
  return [
    `${measure}: ${signed(difference.value, of)} with ${first} instead of ${second}${bracketed(difference, effect.method, of)}; mean ${mean(means.first)} and ${mean(means.second)}, over ${formatNumber(futures)} pairs of futures.`,
    ...share,
    ...varied(effect, of),
    `Of half as much the claim ${verdictWord(half)}, of twice as much it ${verdictWord(twice)}.`,
    ...unsettled(effect.reason),
  ];
}

/** How far it varies from future to future, which no number of runs makes less. */
function varied({ spread, turned, differing }: EffectFound, of: Of): readonly string[] {
  if (turned !== null) {
    const [on, off] = [turned.on, turned.off].map((share) => inHundred(share, of));
    return [`It turns from no to yes in ${on} of 100 futures, and from yes to no in ${off}.`];
  }
  if (differing === 0) return ['In no future is there any difference.'];
  if (spread === null) return [];
  const [low, high] = [signed(spread.p5, of), signed(spread.p95, of)];
  const some = differing === 1 ? '' : `, and there is a difference in ${inHundred(differing, of)} of 100`;
  return [
    low === high
      ? `From future to future it is the same${some}.`
      : `From future to future it is ${low} to ${high} in nine of ten${some}.`,
  ];
}

export function irrelevanceShort({ measures, reason }: IrrelevanceFound, basis: Basis): string {
  if (reason !== '') return '';
  if (measures.every(({ byConstruction }) => byConstruction)) return 'by construction';
  const [furthest] = measures
    .flatMap((one) => (one.largest === null ? [] : [{ ...one, largest: one.largest }]))
    .toSorted((one, other) => reach(other) - reach(one));
  if (furthest === undefined) return '';
  const { measure, unit, largest, margin } = furthest;
  const by = amount(inShort(Math.abs(largest.value), margin ?? 0), { unit, basis });
  // Of one measure its name stands in what the claim states.
  return measures.length === 1 ? `moved by ${by}` : `${measure} moved by ${by}`;
}

/** How far it goes, beside how far it may go; their units differ. */
const reach = ({
  largest,
  margin,
}: {
  readonly largest: Estimated;
  readonly margin: number | null;
}): number => (margin === null || margin === 0 ? Number.POSITIVE_INFINITY : Math.abs(largest.value) / margin);

export function irrelevanceLong(found: IrrelevanceFound, basis: Basis): readonly string[] {
  const { measures, subject, method, futures, reason } = found;
  return [
    ...measures.map(({ measure, unit, byConstruction, largest, margin, verdict }) => {
      if (byConstruction)
        return `${measure}: nothing leads to it from ${subject}, so that it holds by construction.`;
      if (largest === null) return `${measure}: ${verdict}.`;
      const of: Of = { unit, basis };
      const allowed =
        margin === null ? '' : `, where ${amount(margin, { unit, basis: 'sourced' })} is allowed`;
      return `${measure}: ${amount(Math.abs(largest.value), of)} at most, between ${largest.first} and ${largest.second}${bracketed(turnedUp(largest), method, of)}${allowed}: ${verdict}.`;
    }),
    ...(futures === 0 ? [] : [`Over ${formatNumber(futures)} pairs of futures.`]),
    ...unsettled(reason),
  ];
}

/** The size of a difference, whichever way it goes. */
const turnedUp = (one: Estimated): Estimated =>
  one.value >= 0 ? one : { value: -one.value, low: -one.high, high: -one.low };

const unsettled = (reason: string): readonly string[] => (reason === '' ? [] : [`Not settled: ${reason}.`]);

const verdictWord = (verdict: string): string =>
  verdict === 'holds' || verdict === 'fails' ? verdict : `is ${verdict}`;

const inSteps = ({ unit, basis }: Of): boolean => unit === 'points' && basis === 'assumed';

/** ` (20 to 22 points, 95 %, …)`; nothing where finer digits would describe an assumption only, or where there is no width. */
function bracketed({ low, high }: Estimated, method: string, of: Of): string {
  if (inSteps(of)) return '';
  if (number(low, of) === number(high, of)) return ` (${method})`;
  return ` (${number(low, of)} to ${amount(high, of)}, 95 %, ${method})`;
}

/** Points to a tenth, or to two digits below one of them. */
function number(value: number, of: Of): string {
  if (of.unit !== 'points') return formatNumber(value);
  const rounded = Math.round(value / 5) * 5;
  if (inSteps(of) && (rounded !== 0 || value === 0)) return formatNumber(rounded);
  return formatNumber(Math.abs(value) >= 1 ? Math.round(value * 10) / 10 : Number(value.toPrecision(2)));
}

export function amount(value: number, of: Of): string {
  const told = number(value, of);
  if (of.unit === '') return told;
  return of.unit === 'points' && /^-?1$/.test(told) ? `${told} point` : `${told} ${of.unit}`;
}

export const signed = (value: number, of: Of): string => `${value > 0 ? '+' : ''}${amount(value, of)}`;

/** A share of the futures, in steps of 5 like the points beside it. */
const inHundred = (share: number, of: Of): string => {
  const isStepped = inSteps(of) && share >= 0.025 && share <= 0.975;
  return isStepped ? number(share * 100, of) : formatShare(share);
};

const percent = (share: number): string => `${formatNumber(share * 100)} %`;
