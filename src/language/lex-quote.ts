/**
 * Quoted texts. They end on the line on which they begin: a forgotten quote must not swallow the rest of a model.
 * Curly and single quotes, which word processors put in unasked, are refused once and read as what they were meant
 * to be; inside straight quotes every sign stands for itself.
 */
import { isLineEnd, type LexState, reportForbidden, takeOpening } from './lex-state.ts';

/** Opening quotes and what may close them. Straight ones are the language's own. */
const QUOTES: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ['“', '”“"'],
  ['”', '”“"'],
  ['„', '“”"'],
  ['«', '»'],
  ['»', '«'],
  ["'", "'’"],
  ['‘', "’'"],
  ['’', "’'"],
]);

/** How far a curly quote is looked for: a bound, so that a text full of opening quotes costs no more than another. */
const LONGEST_SEARCH = 2_000;

/** The signs that would close a quoted text that opens at the place; null if none opens. */
export function quoteAt(state: LexState): string | null {
  const opening = state.text.charAt(state.position);
  const closing = QUOTES.get(opening);
  if (closing === undefined) return null;
  if (opening === '"') return closing;
  // An apostrophe or a lone curly quote opens nothing; it is an unknown character.
  const furthest = Math.min(state.end, state.position + LONGEST_SEARCH);
  for (let offset = state.position + 1; offset < furthest; offset++) {
    if (isLineEnd(state.text.charCodeAt(offset))) return null;
    if (closing.includes(state.text.charAt(offset))) return closing;
  }
  return null;
}

/** Where what stands for itself in straight quotes ends: mostly at the closing quote. */
function endOfPlain(text: string, from: number): number {
  PLAIN_TEXT.lastIndex = from;
  PLAIN_TEXT.test(text);
  return PLAIN_TEXT.lastIndex;
}

const PLAIN_TEXT = /[^"\\\r\n]*/y;

export function lexQuote(state: LexState): void {
  const { text, position: start } = state;
  let offset = start + 1;
  if (text.charCodeAt(start) === 34) {
    offset = Math.min(state.end, endOfPlain(text, offset));
    if (offset < state.end && text.charCodeAt(offset) === 34) {
      reportForbidden(state, start, offset + 1);
      const value = text.slice(start + 1, offset);
      state.tokens.push({ kind: 'text', value, start, end: offset + 1, opens: takeOpening(state) });
      state.position = offset + 1;
      return;
    }
  }
  lexOddQuote(state, offset);
}

/** A quoted text with an escape in it, without its end or in other quotes; up to `from` there is nothing to look at. */
function lexOddQuote(state: LexState, from: number): void {
  const { text, position: start } = state;
  const closing = quoteAt(state) ?? '"';
  let value = '';
  let copied = start + 1;
  let offset = from;
  let closed = false;
  while (offset < state.end && !isLineEnd(text.charCodeAt(offset))) {
    const sign = text.charAt(offset);
    if (closing.includes(sign)) {
      closed = true;
      break;
    }
    if (sign === '\\') {
      const next = text.charAt(offset + 1);
      if (next === '"' || next === '\\') {
        value += text.slice(copied, offset) + next;
        offset += 2;
        copied = offset;
        continue;
      }
      state.faults.report('escape-unknown', offset, offset + 1, { label: 'a lone `\\` has no meaning here' });
    }
    offset++;
  }
  offset = Math.min(offset, state.end);
  value += text.slice(copied, offset);
  const end = closed ? offset + 1 : offset;
  reportForbidden(state, start, end);
  if (!closed) {
    value = value.trimEnd();
    state.faults.report('quote-unclosed', start, end, { label: 'this quote is not closed on its line' });
  } else if (text.charAt(start) !== '"') {
    const shown = value.length > 40 ? '…' : value;
    state.faults.report('quotes-not-straight', start, end, {
      label: `these quotes are ${text.charAt(start)} and ${text.charAt(offset)}`,
      hint: `Write \`"${shown}"\`.`,
    });
  }
  state.tokens.push({ kind: 'text', value, start, end, opens: takeOpening(state) });
  // What the open quote swallowed may be missing now; the line has its message and needs no second one.
  if (!closed) state.tokens.push({ kind: 'fault', start: end, end, opens: null });
  state.position = end;
}
