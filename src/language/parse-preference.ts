/** `Vietnam prefers decline over accept in vietnam at 2024-06-01`: what an option is worth to an actor beside another. */
import { type Cursor, failExpected, isWord, peek, readName, spanFrom, takeWords } from './cursor.ts';
import { readReference } from './parse-call.ts';
import { readValue } from './parse-expression.ts';
import { finish } from './reading.ts';
import { isReserved } from './tokens.ts';
import type { ClaimForm } from './tree.ts';

const HINT =
  'Write `Vietnam prefers decline over accept in vietnam`, and `at 2024-06-01` behind it for a date.';

/** Whether a line claims a preference: two names side by side are never an expression. */
export const isPreference = (line: Cursor): boolean => {
  const first = peek(line);
  return first.kind === 'name' && !isReserved(first.text) && isWord(peek(line, 1), 'prefers');
};

export function readPreference(line: Cursor): ClaimForm | null {
  const actor = readName(line, 'an actor before `prefers`');
  if (actor === null || takeWords(line, 'prefers') === null) return null;
  const option = readName(line, 'an option after `prefers`');
  if (option === null) return null;
  if (takeWords(line, 'over') === null) return expected(line, '`over` and another option');
  const over = readName(line, 'an option after `over`');
  if (over === null) return null;
  if (takeWords(line, 'in') === null) return expected(line, '`in` and a decision');
  const decision = readReference(line, "a decision's name after `in`");
  if (decision === null) return null;
  const next = peek(line);
  if (next.kind === 'date' || (next.kind === 'name' && peek(line, 1).kind === 'date' && !isWord(next, 'at')))
    return expected(line, '`at` before a date');
  const at = takeWords(line, 'at') === null ? null : readValue(line, 'a date or a time after `at`');
  finish(line);
  return line.failed
    ? null
    : {
        kind: 'preference',
        actor,
        option,
        over,
        decision,
        at,
        span: spanFrom(line, actor.span.start),
      };
}

const expected = (line: Cursor, what: string): null =>
  failExpected(line, what, { code: 'comparison-malformed', hint: HINT });
