/**
 * Chance within an equation: `draw normal(0, spread)`, a new number at every instant, and `draw uniform(a, b) every
 * 4 week`, one that stands so long. Which distributions may be drawn, and how long a draw may stand, is for the model
 * to say.
 */
import {
  type Cursor,
  fail,
  failExpected,
  isSymbol,
  isWord,
  peek,
  spanFrom,
  take,
  takeWords,
} from './cursor.ts';
import { readCallOrName } from './parse-call.ts';
import { readDiscrete } from './parse-estimate.ts';
import { nested, readOr, readPrimary } from './parse-expression.ts';
import { isReserved } from './tokens.ts';
import type { DrawnFigure, Expression } from './tree.ts';

export function readDraw(cursor: Cursor): Expression | null {
  const { start } = take(cursor);
  const figure = readDrawn(cursor);
  if (figure === null) return null;
  const within = peek(cursor);
  if (isWord(within, 'within')) {
    const written = cursor.source.slice(start, figure.span.end);
    return fail(cursor, 'draw-not-closed', within, {
      label: '`within` cuts distributions of inputs only',
      hint: `\`clamp(${written}, low, high)\` moves what lies beyond onto the limits.`,
    });
  }
  const every =
    takeWords(cursor, 'every') === null
      ? null
      : readPrimary(cursor, 'how long a draw stands after `every`, such as `4 week`');
  if (cursor.failed) return null;
  return { kind: 'draw', figure, every, span: spanFrom(cursor, start) };
}

function readDrawn(cursor: Cursor): DrawnFigure | null {
  const name = peek(cursor);
  if (name.kind !== 'name' || isReserved(name.text) || !isSymbol(peek(cursor, 1), '(')) {
    const hint =
      name.kind === 'number'
        ? 'Only named distributions are drawn in an equation; `a to b` stands in an input.'
        : 'Write for example `draw normal(0, spread)` or `draw uniform(low, high) every 4 week`.';
    return failExpected(cursor, 'a distribution after `draw`, such as `normal(0, spread)`', { hint });
  }
  if (isWord(name, 'discrete')) {
    const read = (what: string): Expression | null => nested(cursor, () => readOr(cursor, what));
    return readDiscrete(cursor, read);
  }
  const call = readCallOrName(cursor, 'a distribution');
  if (call === null) return null;
  if (call.kind === 'call')
    return { kind: 'named', name: call.name, parameters: call.arguments, span: call.span };
  cursor.position--;
  return failExpected(cursor, 'a distribution after `draw`, such as `normal(0, spread)`');
}
