/**
 * Claims on record: what sources say for and against, no futures. What was said after `as of` counts in hindsight only.
 */
import type { RecordEntry } from '../model/model.ts';
import type { RecordVerdict } from './ledger.ts';

/**
 * Sources for it and none against: as recorded. Both: disputed. None for it but some that say a part of it: it goes
 * beyond the record. Only against: against the record. Nobody: nothing found.
 */
export function recordVerdict(stances: readonly RecordEntry['stance'][]): RecordVerdict {
  const has = (stance: RecordEntry['stance']): boolean => stances.includes(stance);
  if (has('for')) return has('against') ? 'disputed' : 'as recorded';
  if (has('partly')) return 'goes beyond the record';
  return has('against') ? 'against the record' : 'nothing found';
}
