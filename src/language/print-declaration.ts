/**
 * Each kind of declaration as lines, in its one form. A line knows where it stood in the source, so that the comments
 * around it find their place; the lines of a body keep the writer's order, the parts of a line have a fixed one.
 */

import { alignCells, alignNumbers, type Doc, flat, line, type PrintedLine, text, words } from './layout.ts';
import { printClaim } from './print-claim.ts';
import { originText, printDataLines } from './print-data.ts';
import { printDecision } from './print-decisions.ts';
import { printEstimates } from './print-estimates.ts';
import { printEventLines } from './print-event.ts';
import {
  bracketed,
  commaSeparated,
  LEVEL,
  type Level,
  levelOf,
  loopsOf,
  nameText,
  type PrintContext,
  printExpression,
  printInstant,
  printValue,
  quoted,
} from './print-expression.ts';
import { bodyOf, defined, headingOf, inOrder, unitText } from './print-heading.ts';
import { printForces } from './print-scenario.ts';
import { printSource } from './print-source.ts';
import { printTie } from './print-ties.ts';
import type {
  Declaration,
  Expression,
  MeasureDeclaration,
  SeriesDeclaration,
  TableDeclaration,
  Text,
  ViewpointDeclaration,
} from './tree.ts';

type Placed = { readonly span: { readonly start: number; readonly end: number } };

/** The lines of a declaration; `head` is its first line where the caller has already set it in columns. */
export function printDeclaration(
  declaration: Declaration,
  context: PrintContext,
  head: string | null = null,
): readonly PrintedLine[] {
  const { keyword, span } = declaration;
  const opens = text(declaration.kind, keyword.start);
  const alone = (doc: Doc): readonly PrintedLine[] => [
    { doc, start: keyword.start, end: span.end, column: 0 },
  ];
  /** A first line whose last parts are these, above a body. */
  const above = (doc: Doc, ...parts: readonly (Placed | null)[]): PrintedLine => ({
    doc,
    start: keyword.start,
    end: Math.max(keyword.end, ...parts.map((part) => part?.span.end ?? 0)),
    column: 0,
  });
  switch (declaration.kind) {
    case 'model':
      return alone(words(opens, quoted(declaration.title)));
    case 'time': {
      const { from, to, step, method } = declaration;
      const [begins, ends, by] = [from, to, step].map((part) => printExpression(part, context, LEVEL.sum));
      const using = method === 'euler' ? null : text(`using ${method}`);
      return alone(words(opens, begins!, text('..'), ends!, text('by'), by!, using));
    }
    case 'as of':
      return alone(words(opens, printExpression(declaration.date, context)));
    case 'side':
    case 'actor':
      return alone(head === null ? words(...headCells(declaration)!.map((cell) => text(cell))) : text(head));
    case 'source':
      return printSource(declaration, context);
    case 'unit': {
      const named = words(opens, nameText(declaration.name));
      if (declaration.definition === null) return alone(named);
      return alone(defined(named, printExpression(declaration.definition, context)));
    }
    case 'group': {
      const members = commaSeparated(declaration.members.map(nameText));
      return alone(defined(words(opens, nameText(declaration.name)), members));
    }
    case 'input': {
      const { name, unit, label, counts } = declaration;
      const heading = words(
        opens,
        headingOf(declaration, context),
        counts === null ? null : words(text('counts'), quoted(counts)),
      );
      return [
        above(heading, { span: name.span }, unit, label, counts),
        ...printEstimates(declaration.estimates, context),
      ];
    }
    case 'lever': {
      const { axes, unit, low, high, default: value, label } = declaration;
      const [from, to, at] = [low, high, value].map((end) => printExpression(end, context, LEVEL.sum));
      // A name behind a name would be taken for one that is written with a space.
      const mistaken = unit === null && axes.length === 0 && /^[A-Za-z]/.test(flat(from!));
      const least = mistaken ? bracketed(low, context) : from!;
      const range = words(headingOf({ ...declaration, label: null }, context), least, text('..'), to!);
      return alone(words(opens, defined(range, at!), label && quoted(label)));
    }
    case 'correlate': {
      const { inputs, coefficient, reason } = declaration;
      const pair = commaSeparated(inputs.map((input) => printExpression(input, context)));
      return alone(
        words(opens, pair, printExpression(coefficient, context, LEVEL.sum), reason && quoted(reason)),
      );
    }
    case 'table':
      return printTable(declaration, context, opens);
    case 'series':
      return printSeries(declaration, context, opens);
    case 'viewpoint': {
      const { name, label } = declaration;
      return [
        above(words(opens, nameText(name), label && quoted(label)), { span: name.span }, label),
        ...printUses(declaration),
      ];
    }
    case 'explore': {
      const entries = declaration.entries.map(({ name, weight }) =>
        words(nameText(name), printExpression(weight, context, LEVEL.sum)),
      );
      return alone(words(opens, commaSeparated(entries)));
    }
    case 'stock': {
      const { signed, start, flows } = declaration;
      const heading = words(opens, headingOf(declaration, context), signed && text('signed', signed.start));
      return [
        above(defined(heading, printExpression(start, context)), start),
        ...bodyOf(
          flows.map(({ span: at }) => at),
          flows.map(({ sign, flow, axes, span: at }) =>
            words(text(sign, at.start), printExpression(flow, context), loopsOf(axes)),
          ),
        ),
      ];
    }
    case 'flow':
    case 'let': {
      const { twoWay, value } = declaration;
      const heading = words(opens, headingOf(declaration, context), twoWay && text('two-way', twoWay.start));
      return alone(defined(heading, printExpression(value, context)));
    }
    case 'definition': {
      const [first, ...others] = declaration.meanings.map(nameText);
      const rivals = others.map((other): Doc => [text(' |'), line(), other]);
      return alone(defined(words(opens, headingOf(declaration, context)), [first ?? text(''), ...rivals]));
    }
    case 'factor': {
      const { name, label, members } = declaration;
      const named = words(opens, nameText(name), label && quoted(label));
      return alone(defined(named, commaSeparated(members.map(nameText))));
    }
    case 'event': {
      const { name, label } = declaration;
      const closes = declaration.axes.at(-1)?.span ?? null;
      return [
        above(
          words(opens, headingOf(declaration, context)),
          { span: name.span },
          closes && { span: closes },
          label,
        ),
        ...printEventLines(declaration, context),
      ];
    }
    case 'decision':
      return printDecision(declaration, context, opens);
    case 'tie': {
      const { unit } = declaration;
      const heading = words(opens, headingOf({ ...declaration, unit: null, label: null }, context));
      return alone(printTie(declaration, heading, unit && unitText(unit, context), context));
    }
    case 'measure':
      return alone(
        defined(words(opens, headingOf(declaration, context)), printMeasured(declaration, context)),
      );
    case 'observed': {
      const { variable, label, file } = declaration;
      const heading = words(
        opens,
        printExpression(variable, context),
        label && quoted(label),
        text('from'),
        quoted(file),
      );
      return [above(heading, file), ...printDataLines(declaration, context, unitText, [])];
    }
    case 'calibrate': {
      const { input, variable, at, target, note } = declaration;
      const solved = words(
        opens,
        printExpression(input, context),
        text('so that'),
        printExpression(variable, context),
        text('at'),
        printInstant(at, '=', context),
      );
      const value = words(printExpression(target, context), note && quoted(note));
      return alone(defined(solved, value));
    }
    case 'require': {
      const { condition, note } = declaration;
      return alone(words(opens, printExpression(condition, context), note && quoted(note)));
    }
    case 'claim':
      return [
        above(
          words(
            opens,
            nameText(declaration.name),
            declaration.statement && quoted(declaration.statement),
            declaration.row && words(text('row'), quoted(declaration.row)),
          ),
          { span: declaration.name.span },
          declaration.statement,
          declaration.row,
        ),
        ...printClaim(declaration, context),
      ];
    case 'scenario': {
      const { name, label } = declaration;
      return [
        above(words(opens, nameText(name), label && quoted(label)), { span: name.span }, label),
        ...printForces(declaration, context),
      ];
    }
  }
}

// --- parts of lines ---------------------------------------------------------------------------------------------

/**
 * The first line in cells, for kinds that stand in lists of short lines and are set in columns there: a list of sides
 * or actors reads like a table. Null for all others, whose parts differ too much in length.
 */
export function headCells(declaration: Declaration): readonly string[] | null {
  const labelled = (label: Text | null): string => (label === null ? '' : flat(quoted(label)));
  if (declaration.kind === 'side')
    return [`side ${declaration.name.text}`, labelled(declaration.label)].filter((cell) => cell !== '');
  if (declaration.kind !== 'actor') return null;
  const code = declaration.code?.text ?? '';
  return [`actor ${declaration.name.text}`, code, labelled(declaration.label)];
}

// --- tables and viewpoints --------------------------------------------------------------------------------------

function printTable(table: TableDeclaration, context: PrintContext, opens: Doc): readonly PrintedLine[] {
  const { name, argument, unit, label, held, origin, rows, keyword } = table;
  const by = argument === 'date' ? text('date') : unitText(argument, context);
  const called: Doc = [nameText(name), text('('), by, text(')')];
  const head = words(
    opens,
    unit === null ? called : [called, text(': '), unitText(unit, context)],
    label && quoted(label),
    held && text('held', held.start),
  );
  const ends = [name.span, unit?.span, label?.span, held].map((span) => span?.end ?? 0);
  const said = origin === null ? [] : bodyOf([origin.span], [originText(origin)]);
  const shown = (part: Expression): string => flat(printExpression(part, context, LEVEL.sum));
  const values = alignNumbers(rows.map(({ value }) => shown(value)));
  const cells = alignNumbers(rows.map(({ at }) => shown(at))).map((cell, at) => [`${cell},`, values[at]!]);
  const points = bodyOf(
    rows.map(({ span }) => span),
    alignCells(cells).map((row, at) => text(row, rows[at]!.span.start)),
  );
  return [
    { doc: head, start: keyword.start, end: Math.max(...ends), column: 0 },
    ...inOrder([...said, ...points]),
  ];
}

function printSeries(series: SeriesDeclaration, context: PrintContext, opens: Doc): readonly PrintedLine[] {
  const { file, held, endsKept, keyword } = series;
  const head = words(
    opens,
    headingOf(series, context),
    text('from'),
    quoted(file),
    held && text('held', held.start),
  );
  const kept = endsKept === null ? [] : [{ doc: text('ends kept', endsKept.start), ...endsKept }];
  return [
    { doc: head, start: keyword.start, end: Math.max(file.span.end, held?.end ?? 0), column: 0 },
    ...printDataLines(series, context, unitText, kept),
  ];
}

function printUses({ uses, hindsight }: ViewpointDeclaration): readonly PrintedLine[] {
  const lines = bodyOf(
    uses.map(({ span }) => span),
    uses.map(({ kind, name, span }) =>
      words(text('use', span.start), kind === 'side' ? text('side') : null, nameText(name)),
    ),
  );
  return hindsight === null ? lines : inOrder([...lines, ...bodyOf([hindsight], [text('hindsight')])]);
}

// --- measures ---------------------------------------------------------------------------------------------------

function printMeasured(measure: MeasureDeclaration, context: PrintContext): Doc {
  const { reducer, reducerSpan, at, body, from, window } = measure;
  // `total (a - b) over …`, `ever (a and b) over …`: without brackets a reader would take `total a` for the first part
  // of a sum, and the window for the second condition's.
  const loose: readonly Level[] = [LEVEL.if, LEVEL.sum, LEVEL.product, LEVEL.sign];
  const more = from !== null || window !== null;
  const inBrackets = loose.includes(levelOf(body)) || (more && levelOf(body) < LEVEL.compare);
  const reduced = inBrackets ? bracketed(body, context) : printExpression(body, context);
  return words(
    text(reducer, reducerSpan.start),
    at && printInstant(at, flat(reduced), context),
    reduced,
    from && words(text('from'), printValue(from, context)),
    window &&
      words(
        text('over', window.span.start),
        printExpression(window.from, context, LEVEL.sum),
        text('..'),
        printExpression(window.to, context, LEVEL.sum),
      ),
  );
}
