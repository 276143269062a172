/**
 * Signs that other languages, keyboards and word processors use where Casus uses another. Each has one message with
 * its mend, and where the meaning is plain the lexer reads on as if the mend stood there, so that one pasted dash
 * does not hide the faults behind it. Never a second way to write something: every entry is an error.
 */
import type { SymbolText } from './tokens.ts';

export type ForeignSign = {
  /** What the writer most likely meant; null where that is not plain. */
  readonly meant: { readonly symbol: SymbolText } | { readonly word: 'and' | 'or' | 'not' } | null;
  readonly hint: string;
};

const symbol = (sign: SymbolText, hint = `Write \`${sign}\`.`): ForeignSign => ({
  meant: { symbol: sign },
  hint,
});
const word = (meant: 'and' | 'or' | 'not'): ForeignSign => ({
  meant: { word: meant },
  hint: `Write \`${meant}\`.`,
});
const unclear = (hint: string): ForeignSign => ({ meant: null, hint });

const MINUS =
  'For a minus write the plain `-`; between the ends of a time span write `..`, of an estimate `to`.';
const UNEQUAL = 'Numbers are compared by `<`, `<=`, `>` and `>=`; write the side that you mean, or `not`.';
const MONEY = 'Money is a unit like any other: declare `unit USD` and write `5 USD`.';

/** Every foreign sign; the lexer tries the longest first. */
export const FOREIGN_SIGNS: ReadonlyMap<string, ForeignSign> = new Map([
  ['!=', unclear(UNEQUAL)],
  ['<>', unclear(UNEQUAL)],
  ['≠', unclear(UNEQUAL)],
  ['!', word('not')],
  ['¬', word('not')],
  ['&&', word('and')],
  ['&', word('and')],
  ['∧', word('and')],
  ['||', word('or')],
  ['∨', word('or')],
  ['=<', symbol('<=')],
  ['≤', symbol('<=')],
  ['⩽', symbol('<=')],
  ['=>', symbol('>=')],
  ['≥', symbol('>=')],
  ['⩾', symbol('>=')],
  [':=', symbol('=')],
  ['**', symbol('^')],
  ['×', symbol('*')],
  ['·', symbol('*')],
  ['⋅', symbol('*')],
  ['∙', symbol('*')],
  ['÷', symbol('/')],
  ['∕', symbol('/')],
  ['−', symbol('-', MINUS)],
  ['–', symbol('-', MINUS)],
  ['—', symbol('-', MINUS)],
  ['‐', symbol('-', MINUS)],
  ['‑', symbol('-', MINUS)],
  ['...', symbol('..')],
  ['…', symbol('..')],
  ['²', unclear('Write `^2`.')],
  ['³', unclear('Write `^3`.')],
  ['‰', unclear('Write it in per cent: 5 in a thousand is `0.5%`.')],
  ['½', unclear('Write `0.5`.')],
  ['¼', unclear('Write `0.25`.')],
  ['¾', unclear('Write `0.75`.')],
  ['$', unclear(MONEY)],
  ['€', unclear(MONEY)],
  ['£', unclear(MONEY)],
  ['¥', unclear(MONEY)],
  ['±', unclear('Write both ends of the range, or `normal(MEAN, STANDARD DEVIATION)`.')],
  ['~', unclear('In an estimate write `about`; a minus is `-`.')],
  ['≈', unclear('In an estimate write `about`.')],
  [';', unclear('A line ends where it ends; take the semicolon away.')],
  ['{', unclear('Grouping is by `(` and `)`, what belongs to a declaration by an indent.')],
  ['}', unclear('Grouping is by `(` and `)`, what belongs to a declaration by an indent.')],
  ['->', unclear('Write `..` between the ends of a time span, `to` between the ends of an estimate.')],
  ['→', unclear('Write `..` between the ends of a time span, `to` between the ends of an estimate.')],
]);

const LONGEST = 3;

/** The foreign sign that stands at an offset, if any. */
export function foreignSignAt(text: string, offset: number): { sign: string; entry: ForeignSign } | null {
  for (let length = LONGEST; length > 0; length--) {
    const sign = text.slice(offset, offset + length);
    const entry = FOREIGN_SIGNS.get(sign);
    if (entry !== undefined && sign.length === length) return { sign, entry };
  }
  return null;
}
