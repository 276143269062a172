/** A tie in its one form, all on one line. */
import { type Doc, group, line, text, words } from './layout.ts';
import { LEVEL, type PrintContext, printExpression, quoted } from './print-expression.ts';
import type { TieDeclaration } from './tree.ts';

/** @param heading the keyword with name and groups; @param unit null where none is written */
export function printTie(tie: TieDeclaration, heading: Doc, unit: Doc | null, context: PrintContext): Doc {
  const { symmetric, within, label, start } = tie;
  const bound = symmetric === null ? heading : words(heading, text('symmetric', symmetric.start));
  const range =
    within === null
      ? null
      : words(
          text('within', within.span.start),
          printExpression(within.low, context, LEVEL.sum),
          text('..'),
          printExpression(within.high, context, LEVEL.sum),
        );
  const head = words(unit === null ? bound : [bound, text(': '), unit], range, label && quoted(label));
  return group(head, text(' ='), line(), printExpression(start, context));
}
