/** The lines of a scenario: what it holds, and at what. */
import { group, INDENT, line, type PrintedLine, text, words } from './layout.ts';
import { printHeld } from './print-event.ts';
import { elementsOf, nameText, type PrintContext, printExpression, printValue } from './print-expression.ts';
import type { ScenarioDeclaration } from './tree.ts';

export const printForces = ({ forces }: ScenarioDeclaration, context: PrintContext): readonly PrintedLine[] =>
  forces.map(({ name, elements, value, from, span: { start, end } }) => {
    const held = elementsOf(nameText(name), elements);
    const at =
      value.kind === 'happens'
        ? words(held, printHeld(value, context))
        : group(held, text(' ='), line(), printExpression(value, context));
    const doc = words(at, from && words(text('from'), printValue(from, context)));
    return { doc, start, end, column: INDENT };
  });
