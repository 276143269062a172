/**
 * Numbers in expressions, with what binds to them before anything else: a per cent sign, or a unit's name. A unit is
 * any name here; whether there is such a unit is for the model to say. Where the binding would surprise a reader
 * (`10 km^2`, `6 M`, `10 % 3`) the expression is refused instead of read.
 */
import { multiply, rational } from '../base/rational.ts';
import { type Cursor, fail, isSymbol, peek, spanFrom, spanOf, take, takeSymbol } from './cursor.ts';
import { scaleOf } from './lex-number.ts';
import { isReserved, type Token } from './tokens.ts';
import type { Expression } from './tree.ts';

const HUNDREDTH = rational(1n, 100n);

export function readNumber(cursor: Cursor, token: Token & { kind: 'number' }): Expression | null {
  take(cursor);
  if (takeSymbol(cursor, '%') !== null) {
    const span = spanFrom(cursor, token.start);
    const next = peek(cursor);
    if (next.kind === 'number' || isSymbol(next, '(')) {
      return fail(cursor, 'percent-misplaced', span, {
        label: '`%` does not divide here',
        hint: 'The remainder of a division is `mod(a, b)`.',
      });
    }
    return { kind: 'number', value: multiply(token.value, HUNDREDTH), percent: true, span };
  }
  const number = { kind: 'number', value: token.value, percent: false, span: spanOf(cursor, token) } as const;
  const next = peek(cursor);
  if (next.kind !== 'name' || isReserved(next.text)) return number;
  const follows = peek(cursor, 1);
  const digits = cursor.source.slice(token.start, token.end);
  if (next.text === 'mod') {
    return fail(cursor, 'operator-missing', next, {
      label: '`mod` is not written between two numbers',
      hint: 'The remainder of a division is `mod(a, b)`.',
    });
  }
  if (isSymbol(follows, '(') || isSymbol(follows, '[')) {
    return fail(cursor, 'operator-missing', next, {
      label: `\`${next.text}\` stands directly behind the number \`${digits}\``,
      hint: `To multiply, write \`${digits} * ${next.text}\`.`,
    });
  }
  if (scaleOf(next.text) !== null) {
    return fail(
      cursor,
      'number-suffix-apart',
      { start: token.start, end: next.end },
      {
        label: `\`${next.text}\` would be a unit here`,
        hint: `Write \`${digits}${next.text}\`.`,
      },
    );
  }
  if (isSymbol(follows, '^')) {
    const exponent = peek(cursor, 2);
    const power = exponent.kind === 'number' ? cursor.source.slice(exponent.start, exponent.end) : '…';
    return fail(
      cursor,
      'quantity-power',
      { start: token.start, end: follows.end },
      {
        label: `is it \`${digits}\` or \`${digits} ${next.text}\`, or only \`${next.text}\`, that is raised?`,
        hint: `Write \`${digits} * ${next.text}^${power}\` for the power of the unit, or \`(${digits} ${next.text})^${power}\`.`,
      },
    );
  }
  take(cursor);
  const unit = { text: next.text, span: spanOf(cursor, next) };
  return { kind: 'quantity', number, unit, span: spanFrom(cursor, token.start) };
}
