/**
 * What a reader of one declaration is given: its lines, each to be opened once, and the pieces that many
 * declarations share. A part that could not be read gets a neutral stand-in where there is one (`0` fits every unit),
 * so that the name stays known and later stages report no faults that are none.
 */
import { ONE, ZERO } from '../base/rational.ts';
import type { Span } from '../base/span.ts';
import {
  atEnd,
  type Cursor,
  describe,
  fail,
  failExpected,
  giveUp,
  isReported,
  isSymbol,
  lineSpan,
  peek,
  readNewName,
  takeSymbol,
  takeText,
} from './cursor.ts';
import { failAfterValue, readExpression } from './parse-expression.ts';
import { takeAxes } from './parse-indices.ts';
import { takeUnit } from './parse-unit.ts';
import type { Axis, DeclarationKind, Expression, Name, Text, UnitText } from './tree.ts';

export type Reading<Kind extends DeclarationKind = DeclarationKind> = {
  readonly kind: Kind;
  readonly keyword: Span;
  readonly span: Span;
  /** The first line, behind its keyword. */
  readonly head: Cursor;
  /** The indented lines. */
  readonly body: readonly Cursor[];
};

/** What every declaration carries. */
export function declared<Kind extends DeclarationKind>(
  reading: Reading<Kind>,
): { kind: Kind; keyword: Span; span: Span } {
  return { kind: reading.kind, keyword: reading.keyword, span: reading.span };
}

/** `NAME[Group, a in Group]: UNIT "label"`, with only the parts that the declaration may have. */
export type Heading = {
  readonly name: Name | null;
  readonly axes: readonly Axis[];
  readonly unit: UnitText | null;
  readonly label: Text | null;
};

export function readHeading(reading: Reading, followers: readonly string[] = []): Heading {
  const { head, kind } = reading;
  const name = readNewName(head, `a name after \`${kind}\``, followers);
  const axes = takeAxes(head);
  const unit = takeUnit(head);
  const label = takeText(head);
  if (isSymbol(peek(head), ':')) {
    const hint = label === null ? {} : { hint: 'The unit stands before the label: `name: unit "label"`.' };
    failExpected(head, '`=`', { ...hint });
  }
  return { name, axes, unit, label };
}

/** `= EXPRESSION` to the end of the head; a stand-in where it could not be read. */
export function readDefinition(reading: Reading, example: string): Expression {
  const { head } = reading;
  if (takeSymbol(head, '=') === null) {
    const next = peek(head);
    if (next.kind === 'end' || next.kind === 'fault') {
      failExpected(head, '`=` and what it is', { hint: `Write it behind the name: \`${example}\`.` });
    } else if (isSymbol(next, '=='))
      fail(head, 'equals-in-expression', next, { label: 'a definition has one `=`', hint: 'Write `=`.' });
    else failExpected(head, '`=`', { hint: `Write \`${example}\`.` });
  }
  const value = readExpression(head, 'a value after `=`');
  finish(head);
  return value === null || head.failed ? standIn(head) : value;
}

/** Says what stands behind a finished line, if anything does. */
export function finish(cursor: Cursor): void {
  if (atEnd(cursor)) return;
  const before = cursor.tokens[cursor.position - 1];
  const token = peek(cursor);
  // Behind a name or a text, as in a heading, nothing is multiplied; behind a value an operator may be missing.
  if (before?.kind === 'text' || token.kind === 'text') {
    if (isReported(cursor, token)) giveUp(cursor);
    else fail(cursor, 'words-left-over', token, { label: `${describe(cursor, token)} does not belong here` });
    return;
  }
  failAfterValue(cursor);
}

/** Refuses the indented lines of a declaration that has none, one message for each. */
export function refuseBody(reading: Reading): void {
  for (const line of reading.body) {
    const token = peek(line);
    const operator = ['+', '-', '*', '/'].some((sign) => isSymbol(token, sign as '+'));
    if (isReported(line, token)) continue;
    fail(line, 'line-unknown', lineSpan(line), {
      label: `a \`${reading.kind}\` has no lines of its own`,
      hint: operator
        ? 'If the expression goes on here, end the line before with the operator.'
        : 'Take the line away, or take its indent away if it is a declaration of its own.',
    });
  }
}

/** Refuses a line that begins with no word of its declaration. */
export function failLine(line: Cursor, expected: string, hint?: string): null {
  const token = peek(line);
  if (isReported(line, token)) return giveUp(line);
  return fail(line, 'line-unknown', token, {
    label: `expected ${expected}, but found ${describe(line, token)}`,
    ...(hint === undefined ? {} : { hint }),
  });
}

/** `0`, which fits every unit, of no length where the line was given up. */
export function standIn(cursor: Cursor): Expression {
  const { file, end } = lineSpan(cursor);
  return { kind: 'number', value: ZERO, percent: false, span: { file, start: end, end } };
}

/** `0 < 1`, for a condition that could not be read. */
export function standInCondition(cursor: Cursor): Expression {
  const zero = standIn(cursor);
  const one: Expression = { kind: 'number', value: ONE, percent: false, span: zero.span };
  return { kind: 'compare', operands: [zero, one], operators: ['<'], span: zero.span };
}
