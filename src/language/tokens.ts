/**
 * The words, numbers and signs of a model text, as the lexer hands them to the parser. Each knows where it stands
 * and whether it opens a line, because lines and column 0 carry meaning in this language. A piece that could not be
 * read is there too, as a `fault`: its message is already given, so the parser stays silent about it.
 */
import type { Rational } from '../base/rational.ts';

export const SYMBOLS = [
  '..',
  '<=',
  '>=',
  '==',
  '+',
  '-',
  '*',
  '/',
  '^',
  '(',
  ')',
  '[',
  ']',
  ',',
  ':',
  '=',
  '<',
  '>',
  '%',
  '|',
] as const;
export type SymbolText = (typeof SYMBOLS)[number];

/**
 * What a piece begins: a `declaration` (it stands at column 0), an indented `line`, or an `orphan`: an indented line
 * that opens its block, so that there is no declaration above it to which it could belong. Null inside a line.
 */
export type Opening = 'declaration' | 'orphan' | 'line' | null;

type Placed = {
  /** UTF-16 offsets in the whole file. */
  readonly start: number;
  readonly end: number;
  readonly opens: Opening;
};

export type Token = Placed &
  (
    | { readonly kind: 'name'; readonly text: string }
    /** Suffixes k, M and G are worked in; a following `%` is a symbol of its own. */
    | { readonly kind: 'number'; readonly value: Rational }
    | { readonly kind: 'date'; readonly days: number }
    | { readonly kind: 'text'; readonly value: string }
    | { readonly kind: 'symbol'; readonly symbol: SymbolText }
    | { readonly kind: 'fault' }
    /** What the parser sees behind the last piece of a line; the lexer makes none. */
    | { readonly kind: 'end' }
  );

/**
 * Words that no name may be, since each can follow a value on its line: without this list `10 to 20` would read as
 * ten of a unit named `to`. Every other word of the language (`date`, `final`, `use` …) is a word only in its place
 * and may be a name elsewhere. Words of designed constructs are reserved now, so that no model breaks when they come.
 */
export const RESERVED_WORDS = [
  'about',
  'against',
  'and',
  'asked',
  'assumed',
  'at',
  'because',
  'beyond',
  'by',
  'counts',
  'denied',
  'draw',
  'echo',
  'else',
  'every',
  'for',
  'from',
  'if',
  'in',
  'is',
  'not',
  'of',
  'or',
  'over',
  'read',
  'then',
  'to',
  'using',
  'with',
  'within',
] as const;

const RESERVED: ReadonlySet<string> = new Set(RESERVED_WORDS);

export function isReserved(word: string): boolean {
  return RESERVED.has(word);
}
