/** The author's best case in a sentence: at which point of the ranges a claim holds that does not hold under his viewpoint. */
import { formatNumber } from '../base/number-format.ts';
import type { LedgerClaim } from '../ledger/ledger.ts';
import type { BestCase, FigurePlaced } from '../ledger/ledger-of-best-case.ts';
import { meaningsText } from './claim-text.ts';
import { showIn } from './show-in.ts';

/** One text, or one for each meaning of its definitions where they differ; none where it is not asked. */
export function bestCaseTexts(
  { viewpoints }: LedgerClaim,
  most = Number.POSITIVE_INFINITY,
): readonly string[] {
  const found = Object.values(viewpoints).flatMap(({ bestCase, definitions }) =>
    bestCase === undefined ? [] : [{ text: bestCaseText(bestCase, most), definitions }],
  );
  const columns = Object.values(viewpoints);
  const isOne = new Set(found.map(({ text }) => text)).size <= 1 && !columns.some(isElsewhere);
  if (isOne) return found.slice(0, 1).map(({ text }) => `best case: ${text}`);
  return found.map(({ text, definitions }) => {
    const meanings = meaningsText(definitions);
    return `best case${meanings === '' ? '' : ` with ${meanings}`}: ${text}`;
  });

  /** Whether his viewpoint has another column, in which the claim holds as it is. */
  function isElsewhere({ viewpoint, bestCase }: (typeof columns)[number]): boolean {
    return (
      bestCase === undefined &&
      columns.some((one) => one.viewpoint === viewpoint && one.bestCase !== undefined)
    );
  }
}

function bestCaseText(best: BestCase, most: number): string {
  const { verdict, tried, unfit, futures, share } = best;
  switch (verdict) {
    case 'holds':
      return `holds ${pointText(best, most)}`;
    case 'not settled': {
      const all = formatNumber(futures);
      const count =
        share === null
          ? `${all} futures do not decide`
          : `true in ${formatNumber(Math.round(share * futures))} of ${all} futures, too few to decide`;
      return `not settled ${pointText(best, most)}: ${count}`;
    }
    case 'none found': {
      const left = unfit === 0 ? '' : `; at ${formatNumber(unfit)} of them no future was left`;
      return `none found in ${formatNumber(tried)} ${tried === 1 ? 'point' : 'points'} that ${tried === 1 ? 'was' : 'were'} tried${left}`;
    }
    case 'nothing to move':
      return 'none, as no figure behind it has a range';
  }
}

const allOf = (count: number): string => (count === 2 ? 'both figures' : `all ${count} figures`);

/** `at fire 25,000 round/day, duds 12 % (6 more at their middle)`. */
function pointText({ point, of }: BestCase, most: number): string {
  const moved = point.filter((one) => one.moved);
  if (moved.length === 0) {
    const whole = of === 1 ? 'the one figure behind it at its' : `${allOf(of)} behind it at their`;
    return `already with ${whole} middle`;
  }
  const named = moved.slice(0, most).map(placedText).join(', ');
  const others = moved.length - Math.min(most, moved.length);
  const still = of - moved.length;
  const middle = still === 1 ? 'at its middle' : 'at their middle';
  const notes = [
    ...(others === 0 ? [] : [`${others} more away from their middle`]),
    ...(still === 0 ? [] : [`${still} ${still === 1 ? 'other' : 'others'} ${middle}`]),
  ];
  return `at ${named}${notes.length === 0 ? '' : ` (${notes.join(', ')})`}`;
}

function placedText({ input, unit, value, byDate }: FigurePlaced): string {
  if (value !== null) return `${input} ${showIn(value, unit)}`;
  const [first, last] = [byDate[0], byDate.at(-1)];
  if (first === undefined || last === undefined) return input;
  return first === last
    ? `${input} ${showIn(first.value, unit)}`
    : `${input} ${showIn(first.value, unit)} at ${first.at} to ${showIn(last.value, unit)} at ${last.at}`;
}
