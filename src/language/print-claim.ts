/** The body of a claim: what it says, and which other claims it names. */
import { alignCells, type Doc, flat, type PrintedLine, text, words } from './layout.ts';
import { printComparison } from './print-comparison.ts';
import {
  bracketed,
  LEVEL,
  nameText,
  type PrintContext,
  printCall,
  printExpression,
  quoted,
} from './print-expression.ts';
import { bodyOf, inOrder } from './print-heading.ts';
import type { ClaimDeclaration, ClaimForm, Name } from './tree.ts';

export function printClaim(claim: ClaimDeclaration, context: PrintContext): readonly PrintedLine[] {
  const { form, because, with: companions, hindsight } = claim;
  const related = (word: string, names: readonly Name[]): readonly PrintedLine[] =>
    bodyOf(
      names.map(({ span }) => span),
      names.map((name) => words(text(word), nameText(name))),
    );
  const lines: PrintedLine[] = [
    ...(hindsight === null ? [] : bodyOf([hindsight], [text('in hindsight')])),
    ...related('because', because),
    ...related('with', companions),
  ];
  if (form === null) throw new Error(`the claim \`${claim.name.text}\` has no form to print`);
  switch (form.kind) {
    case 'condition': {
      const condition = printExpression(form.condition, context);
      // Without brackets `not testable < 1` would be the form of that name.
      const mistaken = /^not (?:testable|yet)\b/.test(flat(condition));
      lines.push(...bodyOf([form.span], [mistaken ? bracketed(form.condition, context) : condition]));
      break;
    }
    case 'likelihood':
      lines.push(...bodyOf([form.span], [printLikelihood(form, context)]));
      break;
    case 'effect':
    case 'irrelevance':
    case 'importance':
    case 'uniqueness':
    case 'preference':
      lines.push(...bodyOf([form.span], [printComparison(form, context)]));
      break;
    case 'on record': {
      const opens = { start: form.span.start, end: form.span.start + 'on record'.length };
      const rows = form.lines.map(({ stance, source, note }) => [
        stance,
        source.text,
        note === null ? '' : flat(quoted(note)),
      ]);
      lines.push(
        ...bodyOf([opens], [text('on record')]),
        ...bodyOf(
          form.lines.map(({ span }) => span),
          alignCells(rows).map((row) => text(row)),
        ),
      );
      break;
    }
    case 'not testable':
    case 'context':
    case 'not yet modelled':
      lines.push(...bodyOf([form.span], [words(text(form.kind), quoted(form.reason))]));
  }
  return inOrder(lines);
}

function printLikelihood(form: ClaimForm & { kind: 'likelihood' }, context: PrintContext): Doc {
  const { condition, stated, span } = form;
  if (stated.kind === 'number') {
    const within = [printExpression(condition, context)];
    const sign = text(stated.operator);
    return words(
      printCall(text('P', span.start), within, text(')')),
      sign,
      printExpression(stated.value, context),
    );
  }
  // `(a and b) is likely`: without brackets a reader would take `b is likely` for the second part.
  return words(
    condition.kind === 'is'
      ? bracketed(condition, context)
      : printExpression(condition, context, LEVEL.compare),
    text(stated.inBand ? 'is in band' : 'is'),
    text(stated.word),
  );
}
