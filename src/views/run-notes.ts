/**
 * What a run has to say about its futures beside the verdicts: those that failed, and flows that were asked for less
 * than zero. One sentence each for a viewpoint.
 */
import { formatNumber } from '../base/number-format.ts';
import type { LedgerViewpoint } from '../ledger/ledger.ts';
import { columnText } from './claim-text.ts';

/** So many flows are named; JSON has all of them. */
const MOST_NAMED = 3;

export const runNotes = (viewpoints: readonly LedgerViewpoint[]): readonly string[] =>
  viewpoints.flatMap((viewpoint) => [...failureNote(viewpoint), ...clippedNote(viewpoint)]);

function failureNote({
  name,
  definitions,
  failed,
  futures,
  firstFailure,
}: LedgerViewpoint): readonly string[] {
  if (firstFailure === null) return [];
  const { future, variable, instant } = firstFailure;
  return [
    `Under ${columnText(name, definitions)} ${failed} of ${formatNumber(futures)} futures failed; the first is ${future}: ${variable} was the first to have no possible value, ${when(instant)}.`,
  ];
}

function clippedNote({ name, futures, failed, clipped }: LedgerViewpoint): readonly string[] {
  if (clipped.length === 0) return [];
  const named = clipped
    .slice(0, MOST_NAMED)
    .map((one) => `${one.flow} in ${formatNumber(one.futures)}, first ${when(one.first)}`);
  const more = clipped.length - named.length;
  const rest = more === 0 ? '' : `; and ${more} more`;
  return [
    `Under ${name} one-way flows were asked for less than zero and stood still, in so many of ${formatNumber(futures - failed)} futures: ${named.join('; ')}${rest}.`,
  ];
}

const when = (instant: string): string => `${/^-?\d+-\d\d-\d\d$/.test(instant) ? 'on' : 'at'} ${instant}`;
