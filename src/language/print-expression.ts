/**
 * Expressions as text. The tree knows no brackets, so the fewest that give the same tree are written, with three
 * additions for the reader's sake: an `if` inside anything but an `else` stands in brackets; so do a sum or product that
 * a measure is taken of, and joined conditions with more words behind them (in `print-declaration.ts`); and the unit of
 * an amount stays close to its number, `30_000 round/day`, while other divisions have spaces.
 *
 * Long expressions are broken after operators and before `and`, `or`, `then` and `else`, where lines are joined again.
 */
import { formatDate } from '../base/calendar.ts';
import { type Doc, gap, group, indent, line, SPACE, text, words } from './layout.ts';
import type { Axis, DrawnFigure, Expression, Name, Text } from './tree.ts';

export type PrintContext = {
  readonly source: string;
  /** Names of units, declared and built in. */
  readonly units: ReadonlySet<string>;
  /** Whether a comment begins between two places of the source. */
  readonly hasComment: (from: number, to: number) => boolean;
};

export const nameText = (name: Name): Doc => text(name.text, name.span.start);
export const quoted = (value: Text): Doc =>
  text(`"${value.value.replaceAll(/["\\]/g, '\\$&')}"`, value.span.start);

/** How tightly each kind of expression binds, by the level at which the parser reads it. */
export const LEVEL = {
  if: 0,
  or: 1,
  and: 2,
  not: 3,
  compare: 4,
  sum: 5,
  product: 6,
  sign: 7,
  power: 8,
  value: 9,
} as const;
export type Level = (typeof LEVEL)[keyof typeof LEVEL];

export function levelOf(node: Expression): Level {
  switch (node.kind) {
    case 'if':
      return LEVEL.if;
    case 'logic':
      return LEVEL[node.operator];
    case 'not':
      return LEVEL.not;
    case 'compare':
    // Behind a name, and yet it reads like a comparison.
    case 'is':
    case 'happened':
    case 'within':
      return LEVEL.compare;
    case 'arithmetic':
      if (node.operator === '^') return LEVEL.power;
      return node.operator === '+' || node.operator === '-' ? LEVEL.sum : LEVEL.product;
    case 'negate':
      return LEVEL.sign;
    // `10 km^2` is refused, so an amount is no value before `^`.
    case 'quantity':
      return LEVEL.power;
    case 'number':
    case 'date':
    case 'name':
    case 'index':
    case 'call':
    case 'reduce':
    case 'asked':
    case 'since':
    case 'chance':
      return LEVEL.value;
    // `draw … every 4 week * x` reads the length alone, but does not look so: in a calculation it gets brackets.
    case 'draw':
      return node.every === null ? LEVEL.value : LEVEL.sum;
  }
}

/** An expression where the parser reads one of at least this level; brackets make a value of any other. */
export function printExpression(node: Expression, context: PrintContext, least: Level = LEVEL.if): Doc {
  return levelOf(node) < least ? bracketed(node, context) : printBare(node, context);
}

/** In brackets, whether it needs them or not. */
export function bracketed(node: Expression, context: PrintContext): Doc {
  const { start, end } = node.span;
  const opens = text('(', context.source[start] === '(' ? start : -1);
  return group(opens, indent(gap(), printBare(node, context)), gap(), closing(')', end, context));
}

/** One value alone: anything that has operators stands in brackets, and so does an `if`. */
export function printValue(node: Expression, context: PrintContext): Doc {
  const isValue = node.kind === 'quantity' || levelOf(node) === LEVEL.value;
  return isValue ? printExpression(node, context) : bracketed(node, context);
}

/** The instant of `at`. What stands behind it must not be read as its unit or as the brackets of a call. */
export function printInstant(at: Expression, next: string, context: PrintContext): Doc {
  const swallows =
    at.kind === 'number' || ((at.kind === 'name' || at.kind === 'quantity') && next.startsWith('('));
  return swallows ? bracketed(at, context) : printValue(at, context);
}

/** A bracket that closes, with its place if it is one of the writer's. */
function closing(bracket: ')' | ']', end: number, { source }: PrintContext): Doc {
  return text(bracket, source[end - 1] === bracket ? end - 1 : -1);
}

/** Where the first word of an expression stands: its span may begin with brackets, and comments behind them. */
function firstWord({ span }: Expression, { source }: PrintContext): number {
  const code = source.charCodeAt(span.start);
  if (code > 0x20 && code < 0x7f && code !== 0x23 && code !== 0x28) return span.start;
  const skipped = /(?:[^#\x21-\x27\x29-\x7e]|\(|#[^\r\n]*)*/y;
  skipped.lastIndex = span.start;
  skipped.test(source);
  return skipped.lastIndex;
}

function printBare(node: Expression, context: PrintContext): Doc {
  const at = firstWord(node, context);
  switch (node.kind) {
    case 'number':
      return text(`${literalAt(at, context.source)}${node.percent ? '%' : ''}`, at);
    case 'quantity':
      return [printBare(node.number, context), text(' '), nameText(node.unit)];
    case 'date':
      return text(formatDate(node.days), at);
    case 'name':
      return nameText(node.name);
    case 'index':
      return elementsOf(nameText(node.name), node.indices, closing(']', node.span.end, context));
    case 'call':
      return printCall(
        nameText(node.name),
        printAll(node.arguments, context),
        closing(')', node.span.end, context),
      );
    case 'reduce':
      return printCall(
        text(node.reducer, at),
        [words(printExpression(node.body, context), loopsOf(node.axes))],
        closing(')', node.span.end, context),
      );
    case 'asked':
      return [text('asked ', at), printBare(node.flow, context)];
    case 'chance':
      return words(text('chance of', at), printBare(node.of, context));
    case 'draw':
      return printDraw(node, at, context);
    case 'negate':
      return [text('-', at), printExpression(node.operand, context, LEVEL.sign)];
    case 'not':
      return [text('not ', at), printExpression(node.operand, context, LEVEL.not)];
    case 'arithmetic':
      return printArithmetic(node, context);
    case 'logic':
      return printLogic(node, context);
    case 'compare':
      return printComparison(node, context);
    case 'if':
      return printIf(node, context);
    case 'is':
      return words(printBare(node.subject, context), text('is'), nameText(node.state));
    case 'happened':
      return words(printBare(node.subject, context), text('has happened'));
    case 'within':
      return words(
        printBare(node.subject, context),
        text('within'),
        printValue(node.length, context),
        text('of'),
        printValue(node.date, context),
      );
    case 'since':
      return words(text('time since', at), printBare(node.subject, context));
  }
}

const printAll = (nodes: readonly Expression[], context: PrintContext): readonly Doc[] =>
  nodes.map((node) => printExpression(node, context));

function printDraw({ figure, every }: Expression & { kind: 'draw' }, at: number, context: PrintContext): Doc {
  return words(
    text('draw', at),
    printDistribution(figure, context),
    every && text('every'),
    every && printExpression(every, context, every.kind === 'quantity' ? LEVEL.power : LEVEL.value),
  );
}

/** `normal(0, 5)`, `discrete(1: 20%, 2: 80%)`. */
export function printDistribution(figure: DrawnFigure, context: PrintContext): Doc {
  const parts =
    figure.kind === 'named'
      ? printAll(figure.parameters, context)
      : figure.outcomes.map(({ value, share }) => [
          printExpression(value, context, LEVEL.sum),
          text(': '),
          printExpression(share, context, LEVEL.sum),
        ]);
  return printCall(nameText(figure.name), parts, closing(')', figure.span.end, context));
}

/** The digits as they were written. */
function literalAt(at: number, source: string): string {
  LITERAL.lastIndex = at;
  if (!LITERAL.test(source)) throw new Error(`no number at ${at}`);
  return source.slice(at, LITERAL.lastIndex);
}

const LITERAL = /[0-9][0-9_]*(?:\.[0-9][0-9_]*)?(?:e[+-]?[0-9]+)?[kMG]?/y;

/** `NAME[a, b]`, and the name alone where there are no elements. */
export function elementsOf(name: Doc, elements: readonly Name[], closes: Doc = text(']')): Doc {
  return elements.length === 0 ? name : [name, text('['), listed(elements.map(nameText)), closes];
}

/** `Age, b in Region`. */
export function axesOf(axes: readonly Axis[]): Doc {
  return listed(
    axes.map(({ index, group: over }) =>
      index === null ? nameText(over) : words(nameText(index), text('in'), nameText(over)),
    ),
  );
}

/** `over Age` or `for a in Age`; nothing where no groups are gone through. */
export function loopsOf(axes: readonly Axis[]): Doc | null {
  if (axes.length === 0) return null;
  return words(text(axes[0]!.index === null ? 'over' : 'for'), axesOf(axes));
}

/** With commas, on one line. */
function listed(items: readonly Doc[]): Doc {
  return items.map((item, at) => (at === 0 ? item : [text(', '), item]));
}

export function printCall(name: Doc, parts: readonly Doc[], closes: Doc): Doc {
  if (parts.length === 0) return [name, text('('), closes];
  return group(name, text('('), indent(gap(), commaSeparated(parts)), gap(), closes);
}

export function commaSeparated(items: readonly Doc[]): Doc {
  return items.map((item, at) => (at === 0 ? item : [text(','), line(), item]));
}

// --- operators --------------------------------------------------------------------------------------------------

type Arithmetic = Expression & { kind: 'arithmetic' };

function printArithmetic(node: Arithmetic, context: PrintContext): Doc {
  if (node.operator === '^') {
    return [
      printExpression(node.left, context, LEVEL.value),
      text('^', node.operatorSpan.start),
      printExpression(node.right, context, LEVEL.sign),
    ];
  }
  const level = levelOf(node);
  // Operators of one strength group from the left, so a chain leans to the left, and may be a thousand long.
  const steps: Arithmetic[] = [node];
  let first: Expression = node.left;
  while (first.kind === 'arithmetic' && levelOf(first) === level) {
    steps.push(first);
    first = first.left;
  }
  const above: Level = level === LEVEL.sum ? LEVEL.product : LEVEL.sign;
  const opens = printOperand(first, context, above);
  const amount = first.kind === 'negate' ? first.operand : first;
  let close = amount.kind === 'quantity';
  const others = steps.reverse().map((step): Doc => {
    close &&= isUnit(step.right, context);
    const sign = text(step.operator, step.operatorSpan.start);
    const right = printOperand(step.right, context, above);
    // As many to a line as fit, unlike conditions, which are read one by one.
    return close ? [sign, right] : [SPACE, sign, group(line(), right)];
  });
  return [opens, others];
}

/** A unit's name, or a whole power of one. */
function isUnit(node: Expression, context: PrintContext): boolean {
  if (node.kind === 'name') return context.units.has(node.name.text);
  return (
    node.kind === 'arithmetic' &&
    node.operator === '^' &&
    node.right.kind === 'number' &&
    isUnit(node.left, context)
  );
}

/** An operand; one that has breaks of its own strength is set in, to be told from the chain that it stands in. */
function printOperand(node: Expression, context: PrintContext, least: Level): Doc {
  const printed = printExpression(node, context, least);
  const level = levelOf(node);
  return level >= least && level < LEVEL.sign ? indent(printed) : printed;
}

function printLogic(node: Expression & { kind: 'logic' }, context: PrintContext): Doc {
  const rights: Expression[] = [];
  let first: Expression = node;
  while (first.kind === 'logic' && first.operator === node.operator) {
    rights.push(first.right);
    first = first.left;
  }
  const above: Level = node.operator === 'or' ? LEVEL.and : LEVEL.not;
  return group(
    printOperand(first, context, above),
    ...rights
      .toReversed()
      .map((right): Doc => [line(), text(`${node.operator} `), printOperand(right, context, above)]),
  );
}

function printComparison(node: Expression & { kind: 'compare' }, context: PrintContext): Doc {
  return group(
    ...node.operands.map((operand, at): Doc => {
      const shown = printOperand(operand, context, LEVEL.sum);
      return at === 0 ? shown : [text(` ${node.operators[at - 1]}`), line(), shown];
    }),
  );
}

/** A chain of conditions: each on a line of its own if they do not fit on one. */
function printIf(node: Expression & { kind: 'if' }, context: PrintContext): Doc {
  const branches: Doc[] = [];
  let rest: Expression = node;
  for (; rest.kind === 'if'; rest = rest.else) {
    const opens = text('if ', firstWord(rest, context));
    const condition = printOperand(rest.condition, context, LEVEL.or);
    const then = indent(line(), text('then '), printOperand(rest.then, context, LEVEL.or));
    const branch = group(opens, condition, then);
    branches.push(branches.length === 0 ? branch : [line(), text('else '), branch]);
  }
  return group(...branches, line(), text('else '), printOperand(rest, context, LEVEL.if));
}
