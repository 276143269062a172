/**
 * What a run has to say about its futures beside the verdicts: those that failed, and flows that were asked for less
 * than zero. One sentence each for a viewpoint.
 */
import { formatCount, formatNumber } from '../base/number-format.ts';
import type { LedgerFailure, LedgerViewpoint } from '../ledger/ledger.ts';
import { columnText } from './claim-text.ts';
import { showIn } from './show-in.ts';

/** So many flows, failed futures and inputs behind one are named; JSON has more of them. */
const MOST_NAMED = 3;

/** @param runs how many futures were asked for under each viewpoint */
export const runNotes = (viewpoints: readonly LedgerViewpoint[], runs: number): readonly string[] =>
  viewpoints.flatMap((viewpoint) => [...failureNote(viewpoint, runs), ...clippedNote(viewpoint)]);

function failureNote(
  { name, definitions, failed, futures, failures }: LedgerViewpoint,
  runs: number,
): readonly string[] {
  const [first] = failures;
  if (first === undefined) return [];
  const shown = failures.slice(0, MOST_NAMED).map(failureText);
  const more = failed - shown.length;
  const options = [
    `--viewpoint ${name}`,
    ...Object.entries(definitions).map(([definition, meaning]) => `--definition ${definition}=${meaning}`),
    // Doubled futures are another design.
    ...(futures > runs ? [`--runs ${futures}`] : []),
    `--only ${first.future}`,
  ];
  return [
    `Under ${columnText(name, definitions)} ${failed} of ${formatNumber(futures)} futures failed, each by the variable that was the first to have no possible value: ${shown.join('; ')}${more > 0 ? `; and ${formatCount(more)} more` : ''}. To see one: ${options.join(' ')}.`,
  ];
}

/** `future 17 by root on 2024-01-01 with a -0.42`. */
function failureText({ future, variable, instant, behind }: LedgerFailure): string {
  const inputs = behind.slice(0, MOST_NAMED).map(({ name, value, unit }) => `${name} ${showIn(value, unit)}`);
  const more = behind.length - inputs.length;
  const rest = more > 0 ? [...inputs, `${more} more`] : inputs;
  const given = rest.length === 0 ? '' : ` with ${rest.join(', ')}`;
  return `future ${future} by ${variable} ${when(instant)}${given}`;
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

/** `on 2024-03-01`, `at 12 day`. */
export const when = (instant: string): string =>
  `${/^-?\d+-\d\d-\d\d$/.test(instant) ? 'on' : 'at'} ${instant}`;
