/**
 * The verdict rule for irrelevance, which is one of equivalence: that no difference was found shows nothing, so the whole
 * 95 % interval of the difference must lie within the margin. It does so for every measure and every two states of what is
 * moved, or the claim does not hold; one interval that lies wholly beyond the margin makes it fail (two one-sided tests,
 * Schuirmann 1987, doi:10.1007/BF01068419, here with each side at 2.5 %). The margin is a part of the measure's mean as it is,
 * subtracted future by future; of shares and of how often something is so it is counted in points.
 */
import type { MeanInterval, Sampled } from '../analysis/paired-mean.ts';
import type { Measure } from '../model/model.ts';
import { type Contrast, liesAbove, meanOf } from './contrast.ts';
import { signOf, unitOfDifference } from './effect-verdict.ts';
import type { ComparisonVerdict, IrrelevanceFound } from './ledger-of-comparisons.ts';

/** The last world is the run as it is; those before it are the states. */
type States = { readonly contrast: Contrast; readonly names: readonly string[] };

export type MeasureFound = IrrelevanceFound['measures'][number] & {
  /** The two states between which it differs most. */
  readonly pair: readonly [number, number];
  readonly method: string;
  readonly futures: number;
};

/** Null where no future is valid in all worlds. */
export function irrelevanceFound(
  { contrast, names }: States,
  margin: number,
  measure: Measure,
  sampled: Sampled,
): MeasureFound | null {
  const worlds = contrast.columns.length;
  const asItIs = worlds - 1;
  const { unit, factor } = unitOfDifference(measure);
  const inPoints = unit === 'points';
  const weightOf = (one: number, other: number, ofMean: number): readonly number[] =>
    Array.from(
      { length: worlds },
      (_, world) => (world === one ? 1 : 0) - (world === other ? 1 : 0) + (world === asItIs ? ofMean : 0),
    );
  const middle = meanOf(contrast, weightOf(asItIs, -1, 0), sampled);
  if (middle === null) return null;
  const sign = signOf(contrast, sampled, weightOf(asItIs, -1, 0)) ?? 1;
  const part = inPoints ? 0 : margin * sign;
  const edge = inPoints ? margin : 0;

  let largest: { readonly found: MeanInterval; readonly pair: readonly [number, number] } | null = null;
  const verdicts = new Set<ComparisonVerdict>();
  for (let one = 0; one < asItIs; one++) {
    for (let other = one + 1; other < asItIs; other++) {
      const mean = (ofMean: number): MeanInterval => {
        const found = meanOf(contrast, weightOf(one, other, ofMean), sampled);
        if (found === null) throw new Error('a mean of futures that were there before');
        return found;
      };
      const found = mean(0);
      if (largest === null || Math.abs(found.mean) > Math.abs(largest.found.mean))
        largest = { found, pair: [one, other] };
      verdicts.add(verdictOf(mean(part), mean(-part), edge, contrast.slack));
    }
  }
  if (largest === null) throw new Error('a claim that moves something through one state');
  const { found, pair } = largest;
  const verdict = verdicts.has('fails')
    ? 'fails'
    : verdicts.has('between fails and holds')
      ? 'between fails and holds'
      : 'holds';
  return {
    measure: measure.name,
    unit,
    byConstruction: false,
    largest: {
      value: found.mean / factor,
      low: found.low / factor,
      high: found.high / factor,
      first: names[pair[0]] ?? '',
      second: names[pair[1]] ?? '',
    },
    margin: (inPoints ? margin : margin * Math.abs(middle.mean)) / factor,
    verdict,
    pair,
    method: found.method,
    futures: found.futures,
  };
}

/**
 * Of one difference: `raised` is it with the margin added, which is to lie above `-edge`, `lowered` it with the margin
 * taken off, which is to lie below `edge`.
 */
function verdictOf(
  raised: MeanInterval,
  lowered: MeanInterval,
  edge: number,
  slack: number,
): ComparisonVerdict {
  const isAbove = liesAbove(raised, -edge, slack);
  const turned = { low: -lowered.high, high: -lowered.low };
  const isBelow = liesAbove(turned, -edge, slack);
  if (isAbove === true && isBelow === true) return 'holds';
  return isAbove === false || isBelow === false ? 'fails' : 'between fails and holds';
}
