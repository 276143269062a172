/**
 * What a run has to say about its futures beside the verdicts: those that failed, and flows that were asked for less
 * than zero. One sentence each for a viewpoint.
 */
import { formatCount, formatNumber } from '../base/number-format.ts';
import type { LedgerDropped, LedgerFailure, LedgerViewpoint } from '../ledger/ledger.ts';
import { columnText } from './claim-text.ts';
import { showIn } from './show-in.ts';
import { wrapText } from './wrap-text.ts';

/** So many flows, failed futures and inputs behind one are named; JSON has more of them. */
const MOST_NAMED = 3;

/**
 * @param runs how many futures were asked for under each viewpoint
 * @param full whether what was calibrated is told in sentences, and not in a table
 */
export const runNotes = (
  viewpoints: readonly LedgerViewpoint[],
  runs: number,
  full: boolean,
): readonly string[] =>
  viewpoints.flatMap((viewpoint) => [
    ...droppedNote(viewpoint),
    ...(full ? calibratedNote(viewpoint) : []),
    ...failureNote(viewpoint, runs),
    ...clippedNote(viewpoint),
  ]);

/**
 * `12 of 4,000 futures were dropped: in 9 edge could not be calibrated, 3 contradict \`require stores > 0\`.`; empty where
 * none were.
 */
export function droppedText(dropped: readonly LedgerDropped[], futures: number): string {
  const told = dropped.filter((line) => line.futures > 0);
  const all = told.reduce((sum, line) => sum + line.futures, 0);
  if (all === 0) return '';
  const parts = told.map((line) =>
    line.input === null
      ? `${formatNumber(line.futures)} ${line.futures === 1 ? 'contradicts' : 'contradict'} \`${line.text}\``
      : `in ${formatNumber(line.futures)} ${line.input} could not be calibrated`,
  );
  const left =
    all === futures
      ? ' Nothing is left to judge.'
      : ` All shares are of the ${formatNumber(futures - all)} that are left.`;
  return `${formatNumber(all)} of ${formatNumber(futures)} futures ${all === 1 ? 'was' : 'were'} dropped: ${parts.join(', ')}.${left}`;
}

function droppedNote({ name, definitions, futures, dropped }: LedgerViewpoint): readonly string[] {
  const text = droppedText(dropped, futures);
  return text === '' ? [] : [`Under ${columnText(name, definitions)} ${text}`];
}

const calibratedNote = ({ name, calibrated }: LedgerViewpoint): readonly string[] =>
  calibrated.map(({ input, text, unit, p5, p50, p95 }) => {
    const found =
      p5 === p95
        ? showIn(p50, unit)
        : `${showIn(p50, unit)} (${showIn(p5, unit)} to ${showIn(p95, unit)}: 5th to 95th percentile)`;
    return `Under ${name} ${input} is calibrated so that ${text}: ${found}.`;
  });

/** What each input was found to be, a line for each answer: viewpoints that have the same share it. */
export function calibratedTable(viewpoints: readonly LedgerViewpoint[], width: number): readonly string[] {
  const inputs = new Map<string, Map<string, string[]>>();
  for (const { name, calibrated } of viewpoints)
    for (const { input, text, unit, p5, p50, p95 } of calibrated) {
      const [low, middle, high] = [p5, p50, p95].map((value) => showIn(Number(value.toPrecision(3)), unit));
      const found = p5 === p95 ? `${middle}` : `${middle} (${low} to ${high})`;
      const head = `${input} calibrated so that ${text}: median (5th to 95th percentile)`;
      const answers = inputs.get(head) ?? new Map<string, string[]>();
      inputs.set(head, answers);
      answers.set(found, [...(answers.get(found) ?? []), name]);
    }
  return [...inputs].flatMap(([head, answers]) => {
    const rows = [...answers].map(([found, names]) => ({ found, whose: names.join(', ') }));
    const longest = Math.max(...rows.map(({ whose }) => whose.length));
    const widest = Math.max(...rows.map(({ found }) => found.length));
    const isAligned = 2 + longest + 2 + widest <= width;
    return [
      ...wrapText(head, width),
      ...rows.flatMap(({ found, whose }) =>
        isAligned
          ? [`  ${whose.padEnd(longest)}  ${found}`]
          : wrapText(`${whose}: ${found}`, width - 2).map((line) => `  ${line}`),
      ),
    ];
  });
}

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
function failureText({ future, variable, hint, instant, behind }: LedgerFailure): string {
  const inputs = behind.slice(0, MOST_NAMED).map(({ name, value, unit }) => `${name} ${showIn(value, unit)}`);
  const more = behind.length - inputs.length;
  const rest = more > 0 ? [...inputs, `${more} more`] : inputs;
  const given = rest.length === 0 ? '' : ` with ${rest.join(', ')}`;
  const why = hint === undefined ? '' : ` (${hint})`;
  return `future ${future} by ${variable}${why} ${when(instant)}${given}`;
}

function clippedNote({ name, futures, failed, dropped, clipped }: LedgerViewpoint): readonly string[] {
  if (clipped.length === 0) return [];
  const out = dropped.reduce((sum, line) => sum + line.futures, failed);
  const named = clipped
    .slice(0, MOST_NAMED)
    .map((one) => `${one.flow} in ${formatNumber(one.futures)}, first ${when(one.first)}`);
  const more = clipped.length - named.length;
  const rest = more === 0 ? '' : `; and ${more} more`;
  return [
    `Under ${name} one-way flows were asked for less than zero and stood still, in so many of ${formatNumber(futures - out)} futures: ${named.join('; ')}${rest}.`,
  ];
}

/** `on 2024-03-01`, `at 12 day`. */
export const when = (instant: string): string =>
  `${/^-?\d+-\d\d-\d\d$/.test(instant) ? 'on' : 'at'} ${instant}`;
