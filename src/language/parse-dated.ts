/**
 * The date of a figure, `from DATE` or `at DATE`, between the speaker and what he says; and the many places and forms in
 * which a writer may try it first.
 */
import {
  type Cursor,
  fail,
  failExpected,
  giveUp,
  isSymbol,
  isWord,
  peek,
  spanFrom,
  takeWords,
} from './cursor.ts';
import { readValue } from './parse-expression.ts';
import { isReserved } from './tokens.ts';
import type { Dating, EstimateLine } from './tree.ts';

/** What a dated line looks like, for hints. */
const FORM = '`army from 2024-04-01 5_000`';

/** Null where no date stands here, and where the line is given up because it cannot be read. */
export function takeDated(cursor: Cursor): EstimateLine['dated'] {
  const dating = datingAt(cursor);
  if (dating === null) return refuseOtherWords(cursor);
  const { start } = peek(cursor);
  if (!isInstant(cursor)) return refuseWithout(cursor, dating);
  takeWords(cursor, dating);
  const instant = readValue(cursor, `a date or a time after \`${dating}\``);
  const span = spanFrom(cursor, start);
  const next = peek(cursor);
  if (isWord(next, 'matrix'))
    return fail(cursor, 'date-misplaced', span, {
      label: 'a matrix has no date',
      hint: 'Give each figure that changes with time a line of its own, such as `survey[child, adult] from 2024-04-01 5`.',
    });
  if ((isWord(next, 'to') || isSymbol(next, '..')) && peek(cursor, 1).kind === 'date')
    return fail(cursor, 'date-misplaced', peek(cursor, 1), {
      label: 'a figure has no end date: it holds until the next line of its source',
      hint: `Give that line this date: ${FORM}.`,
    });
  return instant === null ? giveUp(cursor) : { dating, instant, span };
}

function datingAt(cursor: Cursor): Dating | null {
  const next = peek(cursor);
  if (next.kind !== 'name') return null;
  if (next.text === 'from') return 'from';
  if (next.text !== 'at') return null;
  const behind = peek(cursor, 1);
  return isWord(behind, 'least') || isWord(behind, 'most') ? null : 'at';
}

/** Whether behind the word stands a date, something in brackets, or a number with a unit, a bound or a figure behind it. */
function isInstant(cursor: Cursor): boolean {
  const [first, second] = [peek(cursor, 1), peek(cursor, 2)];
  if (first.kind !== 'number') return first.kind === 'date' || isSymbol(first, '(');
  if (second.kind !== 'name')
    return second.kind === 'number' || isSymbol(second, '-') || isSymbol(second, '(');
  return !isReserved(second.text) || ['about', 'at', 'denied'].includes(second.text);
}

/** Whether a date with its word stands here. */
export const isDated = (cursor: Cursor): boolean => datingAt(cursor) !== null && isInstant(cursor);

// --- refusals ---------------------------------------------------------------------------------------------------

function refuseWithout(cursor: Cursor, dating: Dating): null {
  if (dating === 'at')
    return failExpected(cursor, '`at least`, `at most` or a figure', {
      hint: 'A bound is `at least 5` or `at most 5`, a point in time `at 2024-06-01 5`; without a word the figure is exact.',
    });
  takeWords(cursor, dating);
  return failExpected(cursor, 'a date after `from`', {
    hint: 'Write `from 2024-04-01 5_000`, or in a model without a calendar `from 30 day 5_000`. A range has no `from`: `5_000 to 7_000`.',
  });
}

/** `since 2024-04-01 5_000`, or the date alone. */
function refuseOtherWords(cursor: Cursor): null {
  const first = peek(cursor);
  const second = peek(cursor, 1);
  if (first.kind !== 'date' && !(first.kind === 'name' && !isReserved(first.text) && second.kind === 'date'))
    return null;
  const isEnd = ['until', 'till', 'before'].some((word) => isWord(first, word));
  return failExpected(cursor, '`from` or `at` before a date', {
    code: 'date-misplaced',
    hint: isEnd
      ? `A figure holds until the next line of its source: write the figure alone, and what follows on a line such as ${FORM}.`
      : `Write ${FORM} for what holds from then on, or \`army at 2024-04-01 5_000\` for a point.`,
  });
}

/** The speaker is to be read here. */
export function refuseFirst(cursor: Cursor): void {
  if (isDated(cursor) || peek(cursor).kind === 'date')
    fail(cursor, 'date-misplaced', peek(cursor), {
      label: 'who says it stands first',
      hint: `Write the source, then from when, then the figure: ${FORM}.`,
    });
}

/** The figure is to be read, or stands before. */
export function refuseLate(cursor: Cursor): void {
  if (!isDated(cursor)) return;
  fail(cursor, 'date-misplaced', peek(cursor), {
    label: 'a date stands directly behind the one who says it',
    hint: `Write the source, then from when, then the figure: ${FORM}.`,
  });
}

/** An echo and what is left over speak of all times. */
export function refuseUndated(cursor: Cursor, { echoOf, rest }: Pick<EstimateLine, 'echoOf' | 'rest'>): void {
  if (echoOf !== null)
    fail(cursor, 'date-misplaced', echoOf.span, {
      label: `this repeats all that \`${echoOf.text}\` says, with its dates`,
      hint: `Take the date away: \`echo of ${echoOf.text}\`.`,
    });
  if (rest !== null)
    fail(cursor, 'date-misplaced', rest.span, {
      label: 'an `else` holds at all times',
      hint: 'Give the other elements dated lines of their own, or put `else` on a line without a date.',
    });
}
