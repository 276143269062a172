/** Decisions in their one form: who and when on the first line, then the options with what belongs to each set in below it. */
import { type Doc, group, INDENT, indent, type PrintedLine, text, words } from './layout.ts';
import { printEffectLine } from './print-effect.ts';
import {
  axesOf,
  commaSeparated,
  LEVEL,
  nameText,
  type PrintContext,
  printExpression,
  printValue,
  quoted,
} from './print-expression.ts';
import type { DecisionDeclaration, DecisionLine, Meetings, OptionText } from './tree.ts';

export function printDecision(
  decision: DecisionDeclaration,
  context: PrintContext,
  opens: Doc,
): readonly PrintedLine[] {
  const { keyword, name, axes, label, by, with: partner, meetings, options } = decision;
  if (by === null || meetings === null) throw new Error(`the decision \`${name.text}\` has no form to print`);
  const named: Doc =
    axes.length === 0 ? nameText(name) : [nameText(name), text('['), axesOf(axes), text(']')];
  const head = words(
    opens,
    named,
    label && quoted(label),
    words(text('by'), nameText(by)),
    partner && words(text('with'), nameText(partner)),
    printMeetings(meetings, context),
  );
  const whole = (['reason', 'scale', 'inertia'] as const).flatMap((word) =>
    lineOf(decision[word], text(word, decision[word]?.span.start), INDENT, context),
  );
  return [
    { doc: head, start: keyword.start, end: meetings.span.end, column: 0 },
    ...[...options.flatMap((option) => printOption(option, context)), ...whole].toSorted(
      (one, other) => one.start - other.start,
    ),
  ];
}

function printMeetings(meetings: Meetings, context: PrintContext): Doc {
  const { start } = meetings.span;
  switch (meetings.kind) {
    case 'every':
      return words(
        text('every', start),
        printExpression(meetings.length, context, LEVEL.sum),
        meetings.from && words(text('from'), printValue(meetings.from, context)),
      );
    case 'on': {
      const instants = meetings.instants.map((instant) => printValue(instant, context));
      return group(text('on ', start), indent(commaSeparated(instants)));
    }
    case 'when':
      return words(text('when', start), indent(printExpression(meetings.condition, context)));
  }
}

function printOption(option: OptionText, context: PrintContext): readonly PrintedLine[] {
  const { name, utility, leader, partner, closedUnless, cost, effects, span } = option;
  const below = 2 * INDENT;
  return [
    {
      doc: words(text('option', span.start), nameText(name), printExpression(utility, context)),
      start: span.start,
      end: Math.max(name.span.end, utility.span.end),
      column: INDENT,
    },
    ...lineOf(leader, text('for the leader', leader?.span.start), below, context),
    ...(partner === null
      ? []
      : lineOf(partner, words(text('for', partner.span.start), nameText(partner.actor)), below, context)),
    ...lineOf(closedUnless, text('closed unless', closedUnless?.span.start), below, context),
    ...lineOf(cost, text('cost', cost?.span.start), below, context),
    ...effects.map((effect) => ({ ...printEffectLine(effect, context), column: below })),
  ];
}

function lineOf(
  written: DecisionLine | null,
  opens: Doc,
  column: number,
  context: PrintContext,
): readonly PrintedLine[] {
  if (written === null) return [];
  const { value, span } = written;
  return [{ doc: words(opens, printExpression(value, context)), start: span.start, end: span.end, column }];
}
