/** Lines of effects in their one form. */
import { type Doc, INDENT, type PrintedLine, text, words } from './layout.ts';
import { LEVEL, type PrintContext, printExpression } from './print-expression.ts';
import type { Effect } from './tree.ts';

export function printEffect(effect: Effect, context: PrintContext): Doc {
  const opens = text(effect.kind, effect.span.start);
  const target = printExpression(effect.target, context);
  if (effect.kind === 'sets')
    return words(opens, target, text('to'), printExpression(effect.value, context, LEVEL.sum));
  const amount = printExpression(effect.amount, context, LEVEL.sum);
  return words(opens, amount, text(effect.kind === 'adds' ? 'to' : 'from'), target);
}

export const printEffectLine = (effect: Effect, context: PrintContext): PrintedLine => ({
  doc: printEffect(effect, context),
  start: effect.span.start,
  end: effect.span.end,
  column: INDENT,
});
