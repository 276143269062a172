/**
 * Events, `event NAME "label"` and their lines: what makes them happen (`on`, `rate`, `when`), whether they recur, how
 * long they last, what they do. And the questions that an expression asks after them: `x is active`, `x has happened`, `time since x`.
 */
import type { Span } from '../base/span.ts';
import { join } from '../base/span.ts';
import {
  type Cursor,
  fail,
  failExpected,
  isSymbol,
  isWord,
  lineSpan,
  peek,
  readName,
  spanFrom,
  take,
  takeSymbol,
  takeWords,
} from './cursor.ts';
import { readReference } from './parse-call.ts';
import { takeEffect } from './parse-effect.ts';
import { readArithmetic, readExpression, readPrimary, readValue } from './parse-expression.ts';
import { failLine, finish, type Reading, readHeading, standIn, standInCondition } from './reading.ts';
import type {
  Effect,
  EventDeclaration,
  EventHeld,
  EventReading,
  EventTrigger,
  Expression,
  Reference,
} from './tree.ts';

export function readEvent(reading: Reading<'event'>): EventDeclaration | null {
  const { head } = reading;
  const { name, axes, unit, label } = readHeading(reading);
  if (unit !== null && !head.failed) {
    fail(head, 'words-left-over', unit.span, {
      label: 'an event happens or does not, so it has no unit',
      hint: 'Take the `:` and what stands behind it away.',
    });
  }
  finish(head);
  const triggers: EventTrigger[] = [];
  let once: Span | null = null;
  let lasts: EventDeclaration['lasts'] = null;
  let chance: EventDeclaration['chance'] = null;
  const effects: Effect[] = [];
  for (const line of reading.body) {
    const word = peek(line);
    const given = (what: string, before: Span | null): boolean => {
      if (before === null) return false;
      fail(line, 'given-twice', lineSpan(line), { label: `a second \`${what}\`` });
      return true;
    };
    if (takeWords(line, 'once') !== null) {
      if (!given('once', once)) once = lineSpan(line);
      finish(line);
    } else if (takeWords(line, 'for') !== null) {
      const length = readArithmetic(line, 'how long it lasts, after `for`');
      finish(line);
      if (!given('for', lasts?.span ?? null))
        lasts = { length: length ?? standIn(line), span: lineSpan(line) };
      // A length that could not be read is none that is too short.
      if (line.failed) lasts = null;
    } else if (takeWords(line, 'chance') !== null) {
      const share = readArithmetic(line, 'how likely it is, after `chance`');
      finish(line);
      if (!given('chance', chance?.span ?? null) && share !== null && !line.failed)
        chance = { share, span: lineSpan(line) };
    } else {
      const effect = takeEffect(line);
      if (effect !== null) effects.push(effect);
      if (effect !== null || line.failed) continue;
      const trigger = readTrigger(line);
      if (trigger !== null) triggers.push(trigger);
      else if (!line.failed)
        failLine(
          line,
          '`on`, `rate`, `when`, `chance`, `once`, `for`, `adds`, `takes` or `sets`',
          isSymbol(word, '+') || isSymbol(word, '-') ? undefined : LINES,
        );
    }
  }
  return name === null
    ? null
    : {
        kind: reading.kind,
        keyword: reading.keyword,
        span: reading.span,
        name,
        axes,
        unit: null,
        label,
        triggers,
        once,
        lasts,
        chance,
        effects,
      };
}

const LINES =
  'An event says what makes it happen, `on DATE`, `rate 1/year` or `when CONDITION`; and, if need be, `chance 30%`, `once`, `for LENGTH`, and what it does: `adds X to STOCK`, `takes X from STOCK`, `sets INPUT to X`.';

/** Null and nothing taken where the line opens with no word of a trigger. */
function readTrigger(line: Cursor): EventTrigger | null {
  if (takeWords(line, 'on') !== null) {
    const instants: Expression[] = [];
    do {
      const instant = readValue(line, 'a date or a length of time after `on`');
      if (instant === null) break;
      instants.push(instant);
    } while (takeSymbol(line, ',') !== null);
    const next = peek(line);
    if (isWord(next, 'for') || isWord(next, 'once'))
      fail(line, 'words-left-over', next, {
        label: `\`${line.source.slice(next.start, next.end)}\` opens a line of its own`,
        hint: 'Write it on the next line, indented like this one.',
      });
    if (isWord(next, 'and'))
      fail(line, 'words-left-over', next, { label: 'several dates stand with commas', hint: 'Write `,`.' });
    finish(line);
    return { kind: 'on', instants: line.failed ? [] : instants, span: lineSpan(line) };
  }
  if (takeWords(line, 'rate') !== null) {
    const rate = readExpression(line, 'how often it happens, after `rate`');
    finish(line);
    return { kind: 'rate', rate: rate === null || line.failed ? standIn(line) : rate, span: lineSpan(line) };
  }
  if (takeWords(line, 'when') !== null) {
    const condition = readExpression(line, 'a condition after `when`');
    finish(line);
    const kept = condition === null || line.failed ? standInCondition(line) : condition;
    return { kind: 'when', condition: kept, span: lineSpan(line) };
  }
  return null;
}

// --- in expressions ---------------------------------------------------------------------------------------------

/** `is active` or `has happened` behind a name; the name alone where neither stands there, null after a fault. */
export function takeState(cursor: Cursor, subject: Expression): Expression | null {
  if (peek(cursor).kind !== 'name' || (subject.kind !== 'name' && subject.kind !== 'index')) return subject;
  const reference: Reference = subject;
  const happened = takeWords(cursor, 'has', 'happened');
  if (happened !== null) return { kind: 'happened', subject: reference, span: join(subject.span, happened) };
  if (isHorizon(cursor)) return readHorizon(cursor, reference);
  // `x is likely` is for a claim to read.
  if (!isWord(peek(cursor), 'is') || peek(cursor, 1).kind === 'end' || cursor.likelihood(peek(cursor, 1)))
    return subject;
  if (peek(cursor, 1).kind !== 'name') {
    take(cursor);
    return failExpected(cursor, '`active`, or an option of a decision, after `is`');
  }
  take(cursor);
  const negated = peek(cursor);
  if (isWord(negated, 'not'))
    return fail(cursor, 'words-left-over', negated, {
      label: '`not` stands before what it denies',
      hint: `Write \`not ${cursor.source.slice(subject.span.start, subject.span.end)} is …\`.`,
    });
  const state = readName(cursor, '`active`, or an option of a decision, after `is`');
  return state === null
    ? null
    : { kind: 'is', subject: reference, state, span: join(subject.span, state.span) };
}

/** Whether `within LENGTH of DATE` stands next: a figure is cut by `within LOW .. HIGH`. */
function isHorizon(cursor: Cursor): boolean {
  if (!isWord(peek(cursor), 'within')) return false;
  for (let ahead = 1; peek(cursor, ahead).kind !== 'end'; ahead++) {
    if (isSymbol(peek(cursor, ahead), '..')) return false;
    if (isWord(peek(cursor, ahead), 'of')) return true;
  }
  return false;
}

function readHorizon(cursor: Cursor, subject: Reference): EventReading | null {
  take(cursor);
  const length = readPrimary(cursor, 'a length of time after `within`');
  if (length === null) return null;
  if (takeWords(cursor, 'of') === null)
    return failExpected(cursor, '`of` and a date', {
      hint: 'Write for example `within 1 year of 2024-06-20`.',
    });
  const date = readPrimary(cursor, 'a date after `of`');
  if (date === null) return null;
  return { kind: 'within', subject, length, date, span: join(subject.span, date.span) };
}

/** `time since NAME`; null and nothing taken where it does not stand here. */
export function takeSince(cursor: Cursor): EventReading | 'failed' | null {
  const { start } = peek(cursor);
  if (takeWords(cursor, 'time', 'since') === null) return null;
  const subject = readReference(cursor, 'the name of an event after `time since`');
  return subject === null ? 'failed' : { kind: 'since', subject, span: spanFrom(cursor, start) };
}

// --- held -------------------------------------------------------------------------------------------------------

const HELD = ['never', 'always', 'on'] as const;

/** Whether the next word holds an event. */
export const isHeldWord = (cursor: Cursor): boolean => HELD.some((word) => isWord(peek(cursor), word));

/** `never`, `always` or `on DATE`; null after a fault. */
export function readHeld(cursor: Cursor): EventHeld | null {
  const { start } = peek(cursor);
  const how = HELD.find((word) => takeWords(cursor, word) !== null);
  if (how === undefined) return failExpected(cursor, '`never`, `always` or `on DATE`');
  const instant = how === 'on' ? readValue(cursor, 'a date or a length of time after `on`') : null;
  if (how === 'on' && instant === null) return null;
  if (isSymbol(peek(cursor), ','))
    return fail(cursor, 'words-left-over', peek(cursor), {
      label: 'an event is held on one date',
      hint: 'Declare an event of its own for every date that is to be moved.',
    });
  return { kind: 'happens', how, instant, span: spanFrom(cursor, start) };
}
