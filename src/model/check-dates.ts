/**
 * Estimates with dates. All lines of one speaker on the same elements are one statement of how a thing changes: each
 * holds until the next (`from`), or they are points joined by lines (`at`). Here it is judged whether they are one.
 */
import { formatDate } from '../base/calendar.ts';
import { formatCount } from '../base/number-format.ts';
import type { Dating, EstimateLine, Estimate as WrittenEstimate } from '../language/tree.ts';
import { instantAnywhere, isBetweenSteps } from './check-time.ts';
import type { TimeAxis } from './model.ts';
import type { Part } from './parts-of-matrix.ts';
import { isBroken, quote, report, type Workbench } from './workbench.ts';

/** What a speaker says of some elements, line by line, in the order of the text. */
export type Statement = {
  readonly source: number | null;
  readonly lines: { readonly written: WrittenEstimate; readonly part: Part }[];
};

type Dated = NonNullable<EstimateLine['dated']>;

export const datedOf = (written: WrittenEstimate): Dated | null =>
  written.kind === 'line' ? written.dated : null;

/** Null where none of its lines has a date. */
export const datingOf = ({ lines }: Statement): Dating | null =>
  lines.map(({ written }) => datedOf(written)).find((dated) => dated !== null)?.dating ?? null;

/**
 * How the estimates of an input go on between their dates, which is one way for all of them: a rival that jumps and one
 * that runs straight would be followed by two rules under one name. Null where none has a date; `mixed` is reported.
 */
export function checkOneDating(
  bench: Workbench,
  statements: readonly Statement[],
  lost: boolean,
): Dating | 'mixed' | null {
  let first: Dated | null = null;
  for (const { lines } of statements) {
    for (const { written } of lines) {
      const dated = datedOf(written);
      first ??= dated;
      if (dated === null || first === null || dated.dating === first.dating || lost) continue;
      report(bench, 'dates-mixed', dated.span, {
        label: `\`${dated.dating}\` here, and \`${first.dating}\` elsewhere in this input`,
        related: [{ span: first.span, label: 'here' }],
      });
      return 'mixed';
    }
  }
  return first?.dating ?? null;
}

/**
 * The instants of a dated statement, rising, in days on the model's axis; null after a fault. A first line without a
 * date, with `from` on all others, holds from the start. `lost` says that a line of the input could not be read, so that
 * what seems to be missing may well be there.
 */
export function checkDates(bench: Workbench, { lines }: Statement, lost: boolean): readonly number[] | null {
  const { time } = bench;
  if (time === null) return null;
  const instants: number[] = [];
  const [opening] = lines;
  for (const [number, { written }] of lines.entries()) {
    const dated = datedOf(written);
    if (dated === null) {
      const opens = number === 0 && lines.every((line) => datedOf(line.written)?.dating !== 'at');
      if (!opens) return reportUndated(bench, lines, number);
      if (written.kind === 'line' && written.echoOf !== null) return reportEcho(bench, lines, written.echoOf);
      instants.push(time.start);
      continue;
    }
    // An impossible date is reported where it is read, and what stands for it means nothing.
    const at = isBroken(bench, dated.span) ? null : instantAnywhere(bench, time, dated.instant);
    if (at === null) return null;
    const before = instants.at(-1);
    if (before !== undefined && at <= before) {
      report(bench, 'dates-not-rising', dated.instant.span, notRising(bench, lines, number));
      return null;
    }
    instants.push(at);
  }
  const dated = opening === undefined ? null : datedOf(opening.written);
  if (dated?.dating === 'from' && (instants[0] ?? 0) > time.start) {
    if (!lost) reportLateStart(bench, time, dated, quote(bench, opening?.written.speakerSpan ?? dated.span));
    return null;
  }
  warnBetweenSteps(bench, time, lines, instants);
  return instants;
}

/** Once for a speaker, however many of his dates it concerns. */
function warnBetweenSteps(
  bench: Workbench,
  time: TimeAxis,
  lines: Statement['lines'],
  instants: readonly number[],
): void {
  const between = lines.flatMap(({ written }, number) => {
    const dated = datedOf(written);
    return dated?.dating === 'from' && isBetweenSteps(time, instants[number] ?? 0) ? [dated.instant] : [];
  });
  const [first] = between;
  if (first === undefined) return;
  const others = between.length - 1;
  const more =
    others === 0
      ? ''
      : `; ${formatCount(others)} more of these dates ${others === 1 ? 'lies' : 'lie'} so too`;
  report(bench, 'figure-between-steps', first.span, {
    label: `the model's instants are those of ${time.text}${more}`,
  });
}

// --- messages ---------------------------------------------------------------------------------------------------

function reportUndated(bench: Workbench, lines: Statement['lines'], number: number): null {
  const line = lines[number];
  const other = lines.map(({ written }) => datedOf(written)).find((dated) => dated !== null);
  if (line === undefined || other === undefined || other === null)
    throw new Error('nothing to be told apart');
  const speaker = quote(bench, line.written.speakerSpan);
  report(bench, 'dates-mixed', line.part.place, {
    label: `here ${speaker} gives no date`,
    related: [{ span: other.span, label: 'here it does' }],
    hint:
      other.dating === 'at'
        ? 'Points that are joined by lines have a date each: give this one its own.'
        : 'Only the first line may stand without a date, for what holds from the start on. Put it first, or give it a date.',
  });
  return null;
}

function reportEcho(
  bench: Workbench,
  lines: Statement['lines'],
  origin: { text: string; span: Dated['span'] },
): null {
  const other = lines.map(({ written }) => datedOf(written)).find((dated) => dated !== null);
  report(bench, 'date-misplaced', other?.span ?? origin.span, {
    label: `above it repeats all that \`${origin.text}\` says, with its dates`,
    related: [{ span: origin.span, label: 'here' }],
    hint: 'Take the dated line away, or the echo.',
  });
  return null;
}

function notRising(
  bench: Workbench,
  lines: Statement['lines'],
  number: number,
): { label: string; hint?: string } {
  const before = lines[number - 1];
  const dated = before === undefined ? null : datedOf(before.written);
  if (dated !== null) return { label: `this does not lie after ${quote(bench, dated.instant.span)}` };
  return {
    label: 'this does not lie after the start of the model, so that the line above would never hold',
    hint: 'Take the line without a date away, or give this one a later date.',
  };
}

function reportLateStart(bench: Workbench, time: TimeAxis, dated: Dated, speaker: string): void {
  const start = time.epoch === null ? `${time.start} day` : formatDate(time.epoch);
  report(bench, 'dates-after-start', dated.instant.span, {
    label: `the model begins at ${start}`,
    hint: `Put a line of \`${speaker}\` without a date before this one, or begin with \`from ${start}\`.`,
  });
}
