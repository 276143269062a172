/**
 * Importance: `factor NAME "label" = a, b` says what is taken together, and a claim `m, n hang most on a, b` what matters
 * most.
 */
import type { Span } from '../base/span.ts';
import {
  type Cursor,
  failExpected,
  isSymbol,
  isWord,
  lineSpan,
  peek,
  readName,
  readNewName,
  spanFrom,
  takeSymbol,
  takeText,
  takeWords,
} from './cursor.ts';
import { readReference } from './parse-call.ts';
import { finish, type Reading, refuseBody } from './reading.ts';
import { isReserved } from './tokens.ts';
import type { FactorDeclaration, ImportanceText, Name } from './tree.ts';

const EXAMPLE = 'Write `factor supply = drawn, stores_lost`.';

export function readFactor(reading: Reading<'factor'>): FactorDeclaration | null {
  refuseBody(reading);
  const { head } = reading;
  const name = readNewName(head, "the factor's name");
  const label = takeText(head);
  if (isSymbol(peek(head), ':')) failExpected(head, '`=`', { hint: `A factor has no unit. ${EXAMPLE}` });
  else if (takeSymbol(head, '=') === null)
    failExpected(head, '`=` and what the factor holds', { hint: EXAMPLE });
  const members: Name[] = [];
  do {
    const member = readMember(head);
    if (member !== null) members.push(member);
  } while (takeSymbol(head, ',') !== null);
  refuseOtherJoints(head);
  finish(head);
  if (name === null) return null;
  // With some of its members a factor would be another one; without any its name stays known all the same.
  return {
    kind: reading.kind,
    keyword: reading.keyword,
    span: reading.span,
    name,
    label,
    members: head.failed ? [] : members,
  };
}

function readMember(head: Cursor): Name | null {
  const member = readName(head, 'the name of an input, or of what else is uncertain,');
  if (member !== null && isSymbol(peek(head), '['))
    return failExpected(head, '`,` or the end of the line', {
      hint: `A factor takes an array whole: write \`${member.text}\`.`,
    });
  return member;
}

function refuseOtherJoints(head: Cursor): void {
  const next = peek(head);
  if (next.kind === 'name' || isSymbol(next, '|') || isSymbol(next, '+'))
    failExpected(head, '`,` between two members', { hint: EXAMPLE });
}

// --- claims -----------------------------------------------------------------------------------------------------

const CLAIM = 'Write `left hangs most on price, demand`.';

/** Whether a line has the words of a claim of importance. */
export function isImportance(line: Cursor): boolean {
  for (let at = line.position + 1; at < line.to; at++) {
    const word = line.tokens[at]!;
    if (word.kind !== 'name' || (word.text !== 'hangs' && word.text !== 'hang')) continue;
    const before = line.tokens[at - 1]!;
    // Two names side by side are never an expression.
    if ((before.kind === 'name' && !isReserved(before.text)) || isSymbol(before, ']')) return true;
  }
  return false;
}

export function readImportance(line: Cursor): ImportanceText | null {
  const { start } = lineSpan(line);
  const measures: ImportanceText['measures'][number][] = [];
  do {
    const measure = readReference(line, "a measure's name");
    if (measure === null) return null;
    measures.push(measure);
  } while (takeSymbol(line, ',') !== null);
  if (takeWords(line, 'hangs') === null && takeWords(line, 'hang') === null)
    return failExpected(line, '`hangs most on`', {
      code: 'comparison-malformed',
      hint: isWord(peek(line), 'and') ? 'Between the measures stand commas.' : CLAIM,
    });
  if (takeWords(line, 'most', 'on') === null)
    return failExpected(line, '`most on`', {
      code: 'comparison-malformed',
      hint: `That something hangs on a thing at all is seen by \`casus explain\`; a claim says on what it hangs most. ${CLAIM}`,
    });
  const named: Name[] = [];
  do {
    const name = readName(line, 'the name of a factor, an input, or a lever,');
    if (name === null) return null;
    named.push(name);
    if (isSymbol(peek(line), '['))
      return failExpected(line, '`,`, `among levers`, or the end of the line', {
        code: 'comparison-malformed',
        hint: `An array is taken whole: write \`${name.text}\`.`,
      });
  } while (takeSymbol(line, ',') !== null);
  const amongLevers = readAmong(line);
  if (!line.failed && peek(line).kind === 'name')
    return failExpected(line, '`,`, `among levers`, or the end of the line', {
      code: 'comparison-malformed',
      ...(isWord(peek(line), 'and') ? { hint: 'Between the names stand commas.' } : {}),
    });
  finish(line);
  if (line.failed) return null;
  return { kind: 'importance', measures, named, amongLevers, span: spanFrom(line, start) };
}

function readAmong(line: Cursor): Span | null {
  const { start } = peek(line);
  if (takeWords(line, 'among') === null) return null;
  if (takeWords(line, 'levers') === null)
    return failExpected(line, '`levers` after `among`', {
      code: 'comparison-malformed',
      hint: 'Without these two words all factors are compared; what somebody sets is asked about apart, `among levers`.',
    });
  return spanFrom(line, start);
}
