/** Claims that compare, in their one form. */
import { type Doc, group, line, text, words } from './layout.ts';
import { printHeld } from './print-event.ts';
import {
  commaSeparated,
  elementsOf,
  LEVEL,
  nameText,
  type PrintContext,
  printExpression,
  printValue,
  quoted,
} from './print-expression.ts';
import type { ClaimForm, WrittenAmount, WrittenForcing } from './tree.ts';

type Comparison = ClaimForm & {
  kind: 'effect' | 'irrelevance' | 'uniqueness' | 'importance' | 'preference';
};

export function printComparison(form: Comparison, context: PrintContext): Doc {
  switch (form.kind) {
    case 'effect': {
      const { first, second, verb, measure, amount, from, reason } = form;
      const [moved, size] = [printExpression(measure, context), printAmount(amount, context)];
      return words(
        printForcing(first, context),
        text('against'),
        printForcing(second, context),
        text(verb),
        ...(verb === 'carries'
          ? [text('at least'), size, text('of'), moved]
          : [moved, text('by at least'), size]),
        from && words(text('from'), printValue(from, context)),
        reason && quoted(reason),
      );
    }
    case 'irrelevance': {
      const { measures, subject, margin, reason } = form;
      return words(
        group(commaSeparated(measures.map((measure) => printExpression(measure, context)))),
        text(measures.length === 1 ? 'does not hang on' : 'do not hang on'),
        printExpression(subject, context),
        text('beyond'),
        printExpression(margin, context),
        reason && quoted(reason),
      );
    }
    case 'importance': {
      const { measures, named, amongLevers } = form;
      return words(
        group(commaSeparated(measures.map((measure) => printExpression(measure, context)))),
        text(measures.length === 1 ? 'hangs most on' : 'hang most on'),
        commaSeparated(named.map(nameText)),
        amongLevers && text('among levers', amongLevers.start),
      );
    }
    case 'uniqueness': {
      const { element, group: over, condition, span } = form;
      return words(
        text('only', span.start),
        nameText(element),
        text('in'),
        nameText(over),
        text('has'),
        printExpression(condition, context),
      );
    }
    case 'preference': {
      const { actor, option, over, decision, at } = form;
      return words(
        nameText(actor),
        text('prefers'),
        nameText(option),
        text('over'),
        nameText(over),
        text('in'),
        printExpression(decision, context),
        at && words(text('at'), printValue(at, context)),
      );
    }
  }
}

function printForcing(forcing: WrittenForcing, context: PrintContext): Doc {
  switch (forcing.kind) {
    case 'as it is':
      return text('as it is', forcing.span.start);
    case 'name':
      return nameText(forcing.name);
    case 'value': {
      const { name, elements, value } = forcing;
      if (value.kind === 'happens') {
        const held = printHeld(value, context);
        return name === null ? held : words(elementsOf(nameText(name), elements), held);
      }
      if (name === null) return printExpression(value, context, LEVEL.sum);
      return group(elementsOf(nameText(name), elements), text(' ='), line(), printExpression(value, context));
    }
  }
}

function printAmount(amount: WrittenAmount, context: PrintContext): Doc {
  switch (amount.kind) {
    case 'half':
      return text('half', amount.span.start);
    case 'points':
      return words(printExpression(amount.value, context), text('points'));
    case 'percent':
      return printExpression(amount.value, context);
    case 'quantity':
      return printExpression(amount.value, context, LEVEL.sum);
  }
}
