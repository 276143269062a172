/**
 * Expressions, by recursive descent. From loosest to tightest:
 *
 *   or · and · not · comparison (a chain such as `1 < x <= 2`) · `+ -` · `* /` · unary `-` · `^` (from the right) ·
 *   values: number, quantity, date, name, `a[i]`, `f(x)`, `sum(x over G)`, `asked f`, `draw d(…) every L`, `( … )`,
 *   `e is active`, `e has happened`, `time since e`, `chance of d is o`, `if c then a else b`
 *
 * So `-x^2` is -(x^2), and `if` reaches as far right as it can. Brackets leave no node of their own; they widen the
 * span of what they hold, so that every node lies within its parent. Operators between two operands are read by their
 * strength, in one function: most expressions are a name or a number, which should not pass through all strengths.
 *
 * Two limits are met before anything recurses: 200 levels of nesting, and 1,000 values in one expression, since a
 * sum of n terms is a tree n deep and later stages walk trees by recursion. Nothing here knows what a name means.
 */
import { MAXIMUM_NESTING } from '../base/limits.ts';
import { join } from '../base/span.ts';
import {
  type Cursor,
  describe,
  fail,
  failExpected,
  giveUp,
  isReported,
  isSymbol,
  isWord,
  peek,
  spanFrom,
  spanOf,
  take,
  takeSymbol,
  takeWords,
} from './cursor.ts';
import { readCallOrName, readReference } from './parse-call.ts';
import { readDraw } from './parse-draw.ts';
import { takeSince, takeState } from './parse-event.ts';
import { readNumber } from './parse-number.ts';
import { isReserved, type SymbolText, type Token } from './tokens.ts';
import type { ArithmeticOperator, ComparisonOperator, Expression } from './tree.ts';

/** Values in one expression. */
export const MOST_VALUES = 1_000;

/** A whole expression: a value or a condition. */
export function readExpression(cursor: Cursor, what = 'a value'): Expression | null {
  cursor.depth = 0;
  cursor.values = 0;
  return readOr(cursor, what);
}

/** An expression without comparison or logic: an end of a time span, an estimate's figure. */
export function readArithmetic(cursor: Cursor, what = 'a value'): Expression | null {
  cursor.depth = 0;
  cursor.values = 0;
  return readBinary(cursor, what, SUM);
}

/** One value alone: an instant such as `2024-06-20`, `30 day` or `(a + b)`. */
export function readValue(cursor: Cursor, what: string): Expression | null {
  cursor.depth = 0;
  cursor.values = 0;
  return readPrimary(cursor, what);
}

// --- operators between two operands -----------------------------------------------------------------------------

// The larger, the tighter it binds; 0 binds nothing.
const [OR, AND, NOT, COMPARISON, SUM, PRODUCT] = [1, 2, 3, 4, 5, 6] as const;

function strengthOf(token: Token): number {
  if (token.kind === 'symbol') return STRENGTHS[token.symbol] ?? 0;
  if (token.kind !== 'name') return 0;
  return token.text === 'or' ? OR : token.text === 'and' ? AND : 0;
}

const STRENGTHS: { readonly [Sign in SymbolText]?: number } = {
  '<': COMPARISON,
  '<=': COMPARISON,
  '>': COMPARISON,
  '>=': COMPARISON,
  // No comparison, and refused where one could stand.
  '=': COMPARISON,
  '==': COMPARISON,
  '+': SUM,
  '-': SUM,
  '*': PRODUCT,
  '/': PRODUCT,
};

export function readOr(cursor: Cursor, what = 'a value'): Expression | null {
  return readBinary(cursor, what, OR);
}

/** What holds together by operators at least as strong as `loosest`; those of one strength are grouped from the left. */
function readBinary(cursor: Cursor, what: string, loosest: number): Expression | null {
  let left = loosest <= NOT && isWord(peek(cursor), 'not') ? readNegation(cursor) : readUnary(cursor, what);
  while (left !== null) {
    const sign = peek(cursor);
    const strength = strengthOf(sign);
    if (strength === 0 || strength < loosest) return left;
    if (strength === COMPARISON) left = readComparison(cursor, left);
    else if (sign.kind === 'symbol') left = readArithmeticBehind(cursor, left, sign.symbol as '+', strength);
    else left = readLogicBehind(cursor, left, strength === OR ? 'or' : 'and');
  }
  return null;
}

function readLogicBehind(cursor: Cursor, left: Expression, operator: 'or' | 'and'): Expression | null {
  take(cursor);
  const right = readBinary(cursor, `a condition after \`${operator}\``, operator === 'or' ? AND : NOT);
  return right === null ? null : { kind: 'logic', operator, left, right, span: join(left.span, right.span) };
}

// What captures a cursor stands in functions of its own, since it costs at every call, and these are called for every value.
function readNegation(cursor: Cursor): Expression | null {
  const word = spanOf(cursor, take(cursor));
  const operand = nested(cursor, () => readBinary(cursor, 'a condition after `not`', NOT));
  return operand === null ? null : { kind: 'not', operand, span: join(word, operand.span) };
}

/** A chain such as `1 < x <= 2`, of which the first value is read; its signs point one way. */
function readComparison(cursor: Cursor, first: Expression): Expression | null {
  const operands = [first];
  const operators: ComparisonOperator[] = [];
  for (let operator = comparisonAt(peek(cursor)); operator !== null; operator = comparisonAt(peek(cursor))) {
    const sign = peek(cursor);
    if (operators[0] !== undefined && operators[0].charAt(0) !== operator.charAt(0)) {
      return fail(cursor, 'comparison-mixed', sign, {
        label: `\`${operator}\` points the other way than \`${operators[0]}\` before it`,
      });
    }
    take(cursor);
    const operand = readBinary(cursor, `a value after \`${operator}\``, SUM);
    if (operand === null) return null;
    operators.push(operator);
    operands.push(operand);
  }
  const next = peek(cursor);
  if (isSymbol(next, '=') || isSymbol(next, '==')) {
    return fail(cursor, 'equals-in-expression', next, { label: 'a comparison by equality' });
  }
  return { kind: 'compare', operands, operators, span: join(first.span, operands.at(-1)!.span) };
}

function comparisonAt(token: Token): ComparisonOperator | null {
  if (token.kind !== 'symbol') return null;
  const { symbol } = token;
  return symbol === '<' || symbol === '<=' || symbol === '>' || symbol === '>=' ? symbol : null;
}

function readArithmeticBehind(
  cursor: Cursor,
  left: Expression,
  operator: Exclude<ArithmeticOperator, '^'>,
  strength: number,
): Expression | null {
  const sign = take(cursor);
  const what = `a value after \`${operator}\``;
  const right = strength === SUM ? readBinary(cursor, what, PRODUCT) : readUnary(cursor, what);
  if (right === null) return null;
  return {
    kind: 'arithmetic',
    operator,
    left,
    right,
    operatorSpan: spanOf(cursor, sign),
    span: join(left.span, right.span),
  };
}

function readUnary(cursor: Cursor, what: string): Expression | null {
  return isSymbol(peek(cursor), '-') ? readMinus(cursor) : readPower(cursor, what);
}

function readMinus(cursor: Cursor): Expression | null {
  const sign = take(cursor);
  const operand = nested(cursor, () => readUnary(cursor, 'a value after `-`'));
  return operand === null
    ? null
    : { kind: 'negate', operand, span: join(spanOf(cursor, sign), operand.span) };
}

function readPower(cursor: Cursor, what: string): Expression | null {
  const left = readPrimary(cursor, what);
  const sign = peek(cursor);
  return left === null || !isSymbol(sign, '^') ? left : readExponent(cursor, left);
}

function readExponent(cursor: Cursor, left: Expression): Expression | null {
  const sign = take(cursor);
  const right = nested(cursor, () => readUnary(cursor, 'the exponent after `^`'));
  if (right === null) return null;
  return {
    kind: 'arithmetic',
    operator: '^',
    left,
    right,
    operatorSpan: spanOf(cursor, sign),
    span: join(left.span, right.span),
  };
}

// --- values -----------------------------------------------------------------------------------------------------

export function readPrimary(cursor: Cursor, what: string): Expression | null {
  const token = peek(cursor);
  cursor.values++;
  if (cursor.values > MOST_VALUES) {
    return fail(cursor, 'expression-too-long', token, {
      label: `the ${MOST_VALUES + 1}st value of this expression`,
    });
  }
  switch (token.kind) {
    case 'number':
      return readNumber(cursor, token);
    case 'date':
      take(cursor);
      return { kind: 'date', days: token.days, span: spanOf(cursor, token) };
    case 'name':
      return readNamed(cursor, what, token.text);
    default:
      return isSymbol(token, '(') ? readBracketed(cursor) : failValue(cursor, what);
  }
}

/** What begins with a word. */
function readNamed(cursor: Cursor, what: string, word: string): Expression | null {
  switch (word) {
    case 'if':
      return readIf(cursor);
    case 'asked':
      return readAsked(cursor);
    case 'draw':
      return readDraw(cursor);
    case 'chance':
      if (isWord(peek(cursor, 1), 'of')) return readChance(cursor);
      break;
    case 'time': {
      const since = takeSince(cursor);
      if (since !== null) return since === 'failed' ? null : since;
    }
  }
  const named = readCallOrName(cursor, what);
  return named === null ? null : takeState(cursor, named);
}

/** Says what stands in the place of a value, with the mends that are plain. */
export function failValue(cursor: Cursor, what: string): null {
  const token = peek(cursor);
  if (isSymbol(token, '%')) {
    return fail(cursor, 'percent-misplaced', token, { label: 'no number stands directly before this `%`' });
  }
  const code = 'value-missing';
  if (isSymbol(token, '+'))
    return failExpected(cursor, what, { code, hint: 'A number needs no `+`; take it away.' });
  if (token.kind === 'text') {
    return failExpected(cursor, what, {
      code,
      hint: 'A label or note stands before the `=` or at the end of the line.',
    });
  }
  if (isSymbol(token, '=') || isSymbol(token, '==')) {
    return fail(cursor, 'equals-in-expression', token, { label: `expected ${what}, but found \`=\`` });
  }
  return failExpected(cursor, what, { code });
}

function readBracketed(cursor: Cursor): Expression | null {
  const open = take(cursor);
  const inner = nested(cursor, () => readOr(cursor, 'a value after `(`'));
  if (inner === null || !close(cursor, open)) return null;
  return { ...inner, span: spanFrom(cursor, open.start) };
}

function readIf(cursor: Cursor): Expression | null {
  const start = take(cursor).start;
  return nested(cursor, () => {
    const condition = readOr(cursor, 'a condition after `if`');
    if (condition === null) return null;
    if (takeWords(cursor, 'then') === null) return failExpected(cursor, '`then` and a value');
    const then = readOr(cursor, 'a value after `then`');
    if (then === null) return null;
    if (takeWords(cursor, 'else') === null) {
      return failExpected(cursor, '`else` and a value', {
        hint: 'Every `if` says what holds otherwise: `if c then a else b`.',
      });
    }
    const otherwise = readOr(cursor, 'a value after `else`');
    if (otherwise === null) return null;
    return { kind: 'if', condition, then, else: otherwise, span: spanFrom(cursor, start) };
  });
}

function readAsked(cursor: Cursor): Expression | null {
  const start = take(cursor).start;
  const flow = readReference(cursor, "the flow's name after `asked`");
  return flow === null ? null : { kind: 'asked', flow, span: spanFrom(cursor, start) };
}

function readChance(cursor: Cursor): Expression | null {
  const { start } = take(cursor);
  take(cursor);
  const subject = readReference(cursor, "the decision's name after `chance of`");
  if (subject === null) return null;
  const of = takeState(cursor, subject);
  if (of?.kind === 'is') return { kind: 'chance', of, span: spanFrom(cursor, start) };
  return failExpected(cursor, '`is` and an option', {
    hint: `Write \`chance of ${subject.name.text} is OPTION\`.`,
  });
}

/** Reads one level deeper, or says that the limit is met. */
export function nested<Node>(cursor: Cursor, read: () => Node | null): Node | null {
  if (cursor.depth >= MAXIMUM_NESTING) {
    return fail(cursor, 'nesting-too-deep', peek(cursor), {
      label: `level ${MAXIMUM_NESTING + 1} of nesting`,
    });
  }
  cursor.depth++;
  const node = read();
  cursor.depth--;
  return node;
}

/** Takes the bracket that closes `open`, or says what stands in its place. */
export function close(cursor: Cursor, open: Token): boolean {
  const round = isSymbol(open, '(');
  if (takeSymbol(cursor, round ? ')' : ']') !== null) return true;
  const token = peek(cursor);
  if (token.kind === 'end') {
    fail(cursor, 'bracket-unclosed', open, {
      label: `no \`${round ? ')' : ']'}\` closes this bracket`,
      hint: `Write \`${round ? ')' : ']'}\` where it ends.`,
    });
  } else failAfterValue(cursor);
  return false;
}

/** Whether a piece can begin a value, so that it stands beside the value before it with nothing between. */
function beginsValue(token: Token): boolean {
  if (token.kind === 'name') return !isReserved(token.text);
  return token.kind === 'number' || token.kind === 'date' || isSymbol(token, '(') || isSymbol(token, '[');
}

/** Says what is wrong with a piece that stands behind a finished expression. */
export function failAfterValue(
  cursor: Cursor,
  code: 'words-left-over' | 'line-unknown' = 'words-left-over',
): null {
  const token = peek(cursor);
  const before = cursor.tokens[cursor.position - 1];
  if (isReported(cursor, token) || token.kind === 'end') return giveUp(cursor);
  if (isSymbol(token, ')') || isSymbol(token, ']')) {
    return fail(cursor, 'bracket-unopened', token, { label: 'no bracket of this kind is open here' });
  }
  if (isSymbol(token, '%')) {
    return fail(cursor, 'percent-misplaced', token, { label: 'no number stands directly before this `%`' });
  }
  if (isSymbol(token, '=') || isSymbol(token, '==')) {
    return fail(cursor, 'equals-in-expression', token, { label: 'a second `=`' });
  }
  if (isSymbol(token, '|')) {
    return fail(cursor, 'sign-not-used', token, {
      label: '`|` has no meaning here',
      hint: 'Between conditions write `or`; `|` stands between the meanings of a `definition`.',
    });
  }
  if (isWord(token, 'is')) {
    return fail(cursor, code, token, {
      label:
        '`is` stands behind the name of an event or a decision, `x is active`, or in a claim, `… is likely`',
      hint: 'To compare, write `<`, `<=`, `>` or `>=`.',
    });
  }
  if (isWord(token, 'within')) {
    return fail(cursor, code, token, {
      label: '`within` cuts a figure, or stands behind the name of an event in a claim',
      hint: 'Write `EVENT within 1 year of 2024-06-20`, or `normal(10, 3) within 0 .. 20`.',
    });
  }
  if (isWord(token, 'to')) {
    return fail(cursor, code, token, {
      label: '`to` stands only in estimates',
      hint: '`to` joins the ends of an estimate; the ends of a time span are joined by `..`.',
    });
  }
  const elsewhere = placeOf(cursor, token, before);
  if (elsewhere !== null) return fail(cursor, code, token, elsewhere);
  if (before !== undefined && beginsValue(token)) {
    const joined = before.kind === 'number' && token.kind === 'number' ? joinedNumbers(cursor) : null;
    const word = [before, token].find(isShouted);
    const hint =
      joined !== null
        ? { hint: `If one number is meant, write \`${joined}\`.` }
        : word?.kind === 'name'
          ? { hint: `Words of the language are written small: \`${word.text.toLowerCase()}\`.` }
          : {};
    return fail(cursor, 'operator-missing', token, {
      label: `${describe(cursor, token)} stands directly behind ${describe(cursor, before)}`,
      ...hint,
    });
  }
  const behind = peek(cursor, 1);
  if (
    isSymbol(token, ',') &&
    before?.kind === 'number' &&
    behind.kind === 'number' &&
    behind.start === token.end
  ) {
    const decimals = cursor.source.slice(behind.start, behind.end);
    // `0,05`: the lexer has spoken of the zero behind the comma.
    if (/^0[0-9]/.test(decimals)) return giveUp(cursor);
    return fail(
      cursor,
      'number-malformed',
      { start: before.start, end: behind.end },
      {
        label: 'a comma stands in this number',
        hint: `Write \`${cursor.source.slice(before.start, before.end)}.${decimals}\`.`,
      },
    );
  }
  return fail(cursor, code, token, { label: `${describe(cursor, token)} does not belong here` });
}

/** What is said where `signed` stands behind a stock's start. */
export const SIGNED = {
  label: '`signed` stands before the `=`',
  hint: 'Write `stock NAME: UNIT signed = START`.',
} as const;

/** Words that have their own place in a line, where they look like a second value. */
function placeOf(
  cursor: Cursor,
  token: Token,
  before: Token | undefined,
): { readonly label: string; readonly hint: string } | null {
  if (isWord(token, 'signed')) return SIGNED;
  if (isWord(token, 'two') && isSymbol(peek(cursor, 1), '-') && isWord(peek(cursor, 2), 'way'))
    return { label: '`two-way` stands before the `=`', hint: 'Write `flow NAME: UNIT two-way = EQUATION`.' };
  if (isWord(token, 'where'))
    return {
      label: 'a sum goes through all elements of a group',
      hint: 'For all others take this one away: `sum(x over Group) - x`.',
    };
  const reducer =
    before?.kind === 'name' && ['ever', 'always', 'final', 'highest', 'lowest'].includes(before.text);
  if (reducer && beginsValue(token))
    return {
      label: `\`${before.text}\` looks at a whole future, which a measure does`,
      hint: `Write \`measure NAME = ${before.text} …\`, and read NAME here.`,
    };
  if (before !== undefined && isWord(before, 'per') && token.kind === 'name')
    return { label: '`per` is written `/`', hint: `Write \`1/${token.text}\`, or \`UNIT/${token.text}\`.` };
  return null;
}

/** `IF`, `Then`, `AND`: a name that would be a word of the language. */
const isShouted = (token: Token): boolean =>
  token.kind === 'name' && token.text !== token.text.toLowerCase() && isReserved(token.text.toLowerCase());

/** `1 000 000` as one number, from the number just taken on; null where its parts are no thousands. */
function joinedNumbers(cursor: Cursor): string | null {
  const parts: string[] = [];
  for (let ahead = -1; peek(cursor, ahead).kind === 'number' && parts.length < 8; ahead++) {
    const token = peek(cursor, ahead);
    parts.push(cursor.source.slice(token.start, token.end));
  }
  return parts.slice(1).every((part) => /^[0-9]{3}$/.test(part)) ? parts.join('_') : null;
}
