/** Events as lines, in the order of the writer. */
import { type Doc, INDENT, type PrintedLine, text, words } from './layout.ts';
import { printEffectLine } from './print-effect.ts';
import { commaSeparated, LEVEL, type PrintContext, printExpression, printValue } from './print-expression.ts';
import type { EventDeclaration, EventHeld, EventTrigger } from './tree.ts';

export function printEventLines(event: EventDeclaration, context: PrintContext): readonly PrintedLine[] {
  const { triggers, once, lasts, chance, effects } = event;
  const lines: PrintedLine[] = triggers.map((trigger) => ({
    doc: printTrigger(trigger, context),
    start: trigger.span.start,
    end: trigger.span.end,
    column: INDENT,
  }));
  if (once !== null) lines.push({ doc: text('once', once.start), ...once, column: INDENT });
  if (lasts !== null)
    lines.push({
      doc: words(text('for', lasts.span.start), printExpression(lasts.length, context, LEVEL.sum)),
      start: lasts.span.start,
      end: lasts.span.end,
      column: INDENT,
    });
  if (chance !== null)
    lines.push({
      doc: words(text('chance', chance.span.start), printExpression(chance.share, context, LEVEL.sum)),
      start: chance.span.start,
      end: chance.span.end,
      column: INDENT,
    });
  lines.push(...effects.map((effect) => printEffectLine(effect, context)));
  return lines.toSorted((one, other) => one.start - other.start);
}

/** `never`, `always`, `on 2024-03-01`. */
export const printHeld = ({ how, instant, span }: EventHeld, context: PrintContext): Doc =>
  words(text(how, span.start), instant && printValue(instant, context));

function printTrigger(trigger: EventTrigger, context: PrintContext) {
  const opens = text(trigger.kind, trigger.span.start);
  switch (trigger.kind) {
    case 'on':
      return words(opens, commaSeparated(trigger.instants.map((instant) => printValue(instant, context))));
    case 'rate':
      return words(opens, printExpression(trigger.rate, context));
    case 'when':
      return words(opens, printExpression(trigger.condition, context));
  }
}
