/**
 * Each kind of declaration as lines, in its one form. A line knows where it stood in the source, so that the comments
 * around it find their place; the lines of a body keep the writer's order, the parts of a line have a fixed one.
 */

import {
  alignCells,
  alignNumbers,
  type Doc,
  flat,
  group,
  INDENT,
  line,
  type PrintedLine,
  text,
  WIDTH,
  words,
} from './layout.ts';
import { printComparison } from './print-comparison.ts';
import { originText, printDataLines } from './print-data.ts';
import { printDecision } from './print-decisions.ts';
import { printEstimates } from './print-estimates.ts';
import { printEventLines } from './print-event.ts';
import {
  axesOf,
  bracketed,
  commaSeparated,
  LEVEL,
  type Level,
  levelOf,
  loopsOf,
  nameText,
  type PrintContext,
  printCall,
  printExpression,
  printInstant,
  printValue,
  quoted,
} from './print-expression.ts';
import { printForces } from './print-scenario.ts';
import { printTie } from './print-ties.ts';
import type {
  Axis,
  ClaimDeclaration,
  ClaimForm,
  Declaration,
  Expression,
  MeasureDeclaration,
  Name,
  SeriesDeclaration,
  SourceDeclaration,
  TableDeclaration,
  Text,
  UnitText,
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

/** `heading = value`, broken behind the sign first. */
function defined(heading: Doc, value: Doc): Doc {
  return group(heading, text(' ='), line(), value);
}

type Heading = {
  readonly name: Name;
  readonly axes?: readonly Axis[];
  readonly unit: UnitText | null;
  readonly label: Text | null;
};

/** `NAME[a in Group]: UNIT "label"`. */
function headingOf({ name, axes = [], unit, label }: Heading, context: PrintContext): Doc {
  const named: Doc =
    axes.length === 0 ? nameText(name) : [nameText(name), text('['), axesOf(axes), text(']')];
  return words(
    unit === null ? named : [named, text(': '), unitText(unit, context)],
    label === null ? null : quoted(label),
  );
}

/** A unit as it was written, without spaces: its factors alone would not tell `share` from `1`. */
function unitText({ span }: UnitText, { source }: PrintContext): Doc {
  const written = source.slice(span.start, span.end).replaceAll(/#[^\r\n]*/g, '');
  return text(written.replaceAll(/[^\x21-\x7e]/g, ''), span.start);
}

function bodyOf(
  places: readonly { readonly start: number; readonly end: number }[],
  docs: readonly Doc[],
): readonly PrintedLine[] {
  return docs.map((doc, at) => ({ doc, start: places[at]!.start, end: places[at]!.end, column: INDENT }));
}

const inOrder = (lines: readonly PrintedLine[]): readonly PrintedLine[] =>
  lines.toSorted((one, other) => one.start - other.start);

// --- sources ----------------------------------------------------------------------------------------------------

/**
 * On one line if it fits, else its title and below it its attributes. Where comments stand between the attributes
 * these keep the writer's order and lines, so that each comment stays with its own.
 */
function printSource(source: SourceDeclaration, context: PrintContext): readonly PrintedLine[] {
  const { name, title, date, side, author, url, keyword, span } = source;
  const titled = words(text('source', keyword.start), nameText(name), title && quoted(title));
  const titleEnd = title?.span.end ?? name.span.end;
  const attributes: { readonly doc: Doc; readonly start: number; readonly end: number }[] = [];
  if (date !== null)
    attributes.push({ doc: words(text('date'), printExpression(date, context)), ...date.span });
  if (side !== null) attributes.push({ doc: words(text('side'), nameText(side)), ...side.span });
  if (author !== null) attributes.push({ doc: text('author', author.start), ...author });
  if (url !== null) attributes.push({ doc: words(text('url'), quoted(url)), ...url.span });

  if (context.hasComment(titleEnd, span.end)) {
    const head: PrintedLine = { doc: titled, start: keyword.start, end: titleEnd, column: 0 };
    const lines = [head];
    for (const { doc, start, end } of attributes.toSorted((one, other) => one.start - other.start)) {
      const last = lines.at(-1)!;
      if (context.hasComment(last.end, start)) lines.push({ doc, start, end, column: INDENT });
      else lines[lines.length - 1] = { ...last, doc: words(last.doc, doc), end };
    }
    return lines;
  }
  const docs = attributes.map(({ doc }) => doc);
  const whole = words(titled, ...docs);
  if (docs.length === 0 || flat(whole).length <= WIDTH)
    return [{ doc: whole, start: keyword.start, end: span.end, column: 0 }];
  return [
    { doc: titled, start: keyword.start, end: titleEnd, column: 0 },
    { doc: words(...docs), start: titleEnd, end: span.end, column: INDENT },
  ];
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

// --- claims -----------------------------------------------------------------------------------------------------

function printClaim(claim: ClaimDeclaration, context: PrintContext): readonly PrintedLine[] {
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
