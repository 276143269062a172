/** What the verdicts of two claims under one viewpoint come to: can somebody say both with these numbers? */
import type { Companion, VerdictPair } from './ledger.ts';
import { NO_FIGURES, NOTHING_LEFT } from './pattern.ts';

export type Standing = 'holds' | 'does not hold' | 'open';

/**
 * Whether somebody may go on saying it. A condition may be said where it mostly holds, as it is met there as a premise.
 * What lies between two verdicts is open only if one of them may be said and the other not.
 */
export function standingOf(verdict: string): Standing {
  const [, from, to] = /^between (.+?) and (.+)$/.exec(verdict) ?? [];
  if (from !== undefined && to !== undefined) {
    const standing = standingOf(from);
    return standing === standingOf(to) ? standing : 'open';
  }
  if (HOLDS.includes(verdict)) return 'holds';
  return DOES_NOT_HOLD.includes(verdict) ? 'does not hold' : 'open';
}

const HOLDS = ['holds', 'mostly holds'];
const DOES_NOT_HOLD = ['contested', 'mostly fails', 'fails', 'on one ranking only'];

/** What two verdicts under one viewpoint come to. */
export function pairOf(own: string, its: string): Pick<Companion, 'verdict' | 'reason'> {
  for (const reason of [NO_FIGURES, NOTHING_LEFT])
    if (own === reason || its === reason) return { verdict: 'not tested', reason };
  const [one, other] = [standingOf(own), standingOf(its)];
  const open = [
    ...(one === 'open' ? [`this one is ${own}`] : []),
    ...(other === 'open' ? [`the other is ${its}`] : []),
  ].join(', ');
  return { verdict: verdictOf(one, other), reason: open };
}

function verdictOf(one: Standing, other: Standing): VerdictPair {
  if (one === 'open' || other === 'open')
    return one === 'does not hold' || other === 'does not hold' ? 'at most one holds' : 'open';
  if (one === 'holds') return other === 'holds' ? 'both hold' : 'only this one holds';
  return other === 'holds' ? 'only the other holds' : 'neither holds';
}
