/**
 * A place in one line of a text, and what the parser asks there: what stands next, is it this, give me a name.
 *
 * A line is given up at its first fault: `fail` reports it, moves to the line's end and keeps silent afterwards, so
 * that a line has one message and the code of the grammar reads straight through without asking whether the step
 * before went well. A piece that the lexer already complained about is never complained about again.
 */

import type { DiagnosticCode } from '../base/codes.ts';
import type { Particulars } from '../base/diagnostic.ts';
import type { Span } from '../base/span.ts';
import type { Faults } from './faults.ts';
import type { Stretch } from './split-lines.ts';
import { isReserved, type SymbolText, type Token } from './tokens.ts';
import type { Name, Text } from './tree.ts';

export type Cursor = {
  readonly source: string;
  readonly tokens: readonly Token[];
  readonly faults: Faults;
  /** Index of the line's first piece, and one behind its last. */
  readonly from: number;
  readonly to: number;
  position: number;
  failed: boolean;
  /** How deep the expression that is being read is nested here, and how many values it has so far. */
  depth: number;
  values: number;
  /** What stands behind the last piece. */
  readonly behind: Token;
  /** Whether the piece behind an `is` says how likely a claim is, so that no event or decision is meant. */
  likelihood: (behind: Token) => boolean;
};

export function openLine(source: string, tokens: readonly Token[], faults: Faults, line: Stretch): Cursor {
  const { from, to } = line;
  const end = tokens[to - 1]?.end ?? 0;
  const behind: Token = { kind: 'end', start: end, end, opens: null };
  return {
    source,
    tokens,
    faults,
    from,
    to,
    position: from,
    failed: false,
    depth: 0,
    values: 0,
    behind,
    likelihood: NEVER,
  };
}

const NEVER = (): boolean => false;

/** The next piece; behind the last one an `end` of no length. `ahead` looks further. */
export function peek(cursor: Cursor, ahead = 0): Token {
  const index = cursor.position + ahead;
  return index < cursor.to ? cursor.tokens[index]! : cursor.behind;
}

export function take(cursor: Cursor): Token {
  return cursor.position < cursor.to ? cursor.tokens[cursor.position++]! : cursor.behind;
}

export function atEnd(cursor: Cursor): boolean {
  return cursor.position >= cursor.to;
}

/** The piece just taken; the first one if none was. */
export function previous(cursor: Cursor): Token {
  const { position, from } = cursor;
  return cursor.tokens[position > from ? position - 1 : from] ?? peek(cursor);
}

export function isSymbol(token: Token, symbol: SymbolText): boolean {
  return token.kind === 'symbol' && token.symbol === symbol;
}

export function isWord(token: Token, word: string): boolean {
  return token.kind === 'name' && token.text === word;
}

export function takeSymbol(cursor: Cursor, symbol: SymbolText): Token | null {
  const token = peek(cursor);
  if (token.kind !== 'symbol' || token.symbol !== symbol) return null;
  cursor.position++;
  return token;
}

/** Takes one word, or up to four in a row such as `read as`; null and nothing taken if they do not stand here. */
export function takeWords(
  cursor: Cursor,
  word: string,
  second?: string,
  third?: string,
  fourth?: string,
): Span | null {
  const first = peek(cursor);
  if (first.kind !== 'name' || first.text !== word) return null;
  // Asked at nearly every piece of a text, and mostly in vain: a list of the words would be made each time.
  if (second !== undefined && !isWord(peek(cursor, 1), second)) return null;
  if (third !== undefined && !isWord(peek(cursor, 2), third)) return null;
  if (fourth !== undefined && !isWord(peek(cursor, 3), fourth)) return null;
  cursor.position += second === undefined ? 1 : third === undefined ? 2 : fourth === undefined ? 3 : 4;
  return { file: cursor.faults.file, start: first.start, end: previous(cursor).end };
}

/** The same with a list of words, of which there may be any number. */
export function takePhrase(cursor: Cursor, words: readonly string[]): Span | null {
  const first = peek(cursor);
  for (let ahead = 0; ahead < words.length; ahead++)
    if (!isWord(peek(cursor, ahead), words[ahead]!)) return null;
  cursor.position += words.length;
  return { file: cursor.faults.file, start: first.start, end: previous(cursor).end };
}

export function spanOf(cursor: Cursor, token: Token): Span {
  return { file: cursor.faults.file, start: token.start, end: token.end };
}

/** From a piece's or node's start to the end of what was taken last. */
export function spanFrom(cursor: Cursor, start: number): Span {
  const { end } = previous(cursor);
  return { file: cursor.faults.file, start, end: end > start ? end : start };
}

export function lineSpan(cursor: Cursor): Span {
  const start = cursor.tokens[cursor.from]?.start ?? 0;
  return { file: cursor.faults.file, start, end: cursor.tokens[cursor.to - 1]?.end ?? start };
}

// --- faults -----------------------------------------------------------------------------------------------------

/** Reports a fault of this line, unless one is reported already, and gives the line up. */
export function fail(
  cursor: Cursor,
  code: DiagnosticCode,
  at: { readonly start: number; readonly end: number },
  particulars: Particulars,
): null {
  if (!cursor.failed) cursor.faults.report(code, at.start, at.end, particulars);
  return giveUp(cursor);
}

/** Gives the line up in silence, because its fault is reported already. */
export function giveUp(cursor: Cursor): null {
  cursor.failed = true;
  cursor.position = cursor.to;
  return null;
}

/** Fails because `what` (with its article: "the unit's name after `:`") does not stand here. */
export function failExpected(
  cursor: Cursor,
  what: string,
  particulars: Particulars & { code?: DiagnosticCode } = {},
): null {
  const token = peek(cursor);
  if (isReported(cursor, token)) return giveUp(cursor);
  const { code = 'part-missing', ...rest } = particulars;
  const found = token.kind === 'end' ? 'but the line ends here' : `but found ${describe(cursor, token)}`;
  return fail(cursor, code, token, { label: `expected ${what}, ${found}`, ...rest });
}

/** Whether the lexer complained about a piece: it is a fault, or stands for something that was written otherwise. */
export function isReported(cursor: Cursor, token: Token): boolean {
  if (token.kind === 'fault') return true;
  const written = cursor.source.slice(token.start, token.end);
  if (token.kind === 'text') return !(written.length > 1 && written.startsWith('"') && written.endsWith('"'));
  const meant = token.kind === 'symbol' ? token.symbol : token.kind === 'name' ? token.text : written;
  return meant !== written;
}

const LONGEST_SHOWN = 40;

/** A piece in plain words: "the number `30_000`", "the word `over`". */
export function describe(cursor: Cursor, token: Token): string {
  const written = cursor.source.slice(token.start, token.end);
  const shown = written.length > LONGEST_SHOWN ? `${written.slice(0, LONGEST_SHOWN)}…` : written;
  switch (token.kind) {
    case 'name':
      return isReserved(token.text) ? `the word \`${shown}\`` : `\`${shown}\``;
    case 'number':
      return `the number \`${shown}\``;
    case 'date':
      return `the date \`${shown}\``;
    case 'text':
      return `the quoted text \`${shown}\``;
    case 'symbol':
    case 'fault':
      return `\`${shown}\``;
    case 'end':
      return 'the end of the line';
  }
}

// --- names and texts --------------------------------------------------------------------------------------------

/** A name that must stand here, such as "the group's name after `[`". */
export function readName(cursor: Cursor, what: string): Name | null {
  const token = peek(cursor);
  if (token.kind !== 'name') {
    const hint =
      token.kind === 'text'
        ? 'A name is one word without quotes; a label in quotes stands behind it.'
        : 'A name is one word of letters, digits and `_`, and begins with a letter.';
    return failExpected(cursor, what, { hint });
  }
  if (isReserved(token.text))
    return fail(cursor, 'name-reserved', token, {
      label: `expected ${what}, but \`${token.text}\` has a meaning of its own`,
    });
  take(cursor);
  const hyphen = peek(cursor);
  // `six-months` would be a subtraction in an expression, so it is caught where it is declared.
  if (isSymbol(hyphen, '-') && hyphen.start === token.end) {
    const rest = peek(cursor, 1);
    if (rest.kind === 'name' && rest.start === hyphen.end)
      return fail(
        cursor,
        'name-letters',
        { start: token.start, end: rest.end },
        {
          label: 'a name holds no `-`',
          hint: `Write \`${token.text}_${rest.text}\`.`,
        },
      );
  }
  return { text: token.text, span: spanOf(cursor, token) };
}

/**
 * The name that a declaration gives. A second word behind it that is none of `followers` is most often a name
 * written with a space, which deserves a message of its own.
 */
export function readNewName(cursor: Cursor, what: string, followers: readonly string[] = []): Name | null {
  const name = readName(cursor, what);
  const next = peek(cursor);
  if (name === null || next.kind !== 'name' || followers.includes(next.text) || isReserved(next.text))
    return name;
  return fail(
    cursor,
    'name-letters',
    { start: name.span.start, end: next.end },
    {
      label: 'a name is one word',
      hint: `Write \`${name.text}_${next.text}\`, or put a label in double quotes behind the name.`,
    },
  );
}

export function takeText(cursor: Cursor): Text | null {
  const token = peek(cursor);
  if (token.kind !== 'text') return null;
  take(cursor);
  return { value: token.value, span: spanOf(cursor, token) };
}

export function readText(
  cursor: Cursor,
  what: string,
  particulars: Particulars & { code?: DiagnosticCode } = {},
): Text | null {
  return takeText(cursor) ?? failExpected(cursor, what, particulars);
}
