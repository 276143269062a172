/**
 * From the text of a model to its words, numbers, quoted texts and signs.
 *
 * What is settled here: column 0 is the block's indent (tabs reach to the next multiple of four columns); a block's
 * end ends its last declaration; white space of any script counts as a space; comments run from `#` to the line's end
 * and are kept; a quoted text ends on its line and knows two escapes, `\"` and `\\`.
 * Every fault is reported once and reading goes on, where possible with what was meant. The text is walked once, so
 * the work grows with its length only; nothing here may look back over what was read, or throw.
 */
import type { Diagnostic } from '../base/diagnostic.ts';
import { MAXIMUM_TEXT } from '../base/limits.ts';
import { formatCount } from '../base/number-format.ts';
import { type Faults, gatherFaults } from './faults.ts';
import { FOREIGN_SIGNS, foreignSignAt } from './foreign-signs.ts';
import { lexNumber } from './lex-number.ts';
import { lexQuote, quoteAt } from './lex-quote.ts';
import {
  foreignWordAt,
  isDigit,
  isLineEnd,
  isNameCode,
  type LexState,
  lineEnd,
  reportForbidden,
  takeOpening,
} from './lex-state.ts';
import { SYMBOLS, type SymbolText, type Token } from './tokens.ts';
import type { Comment, ModelText } from './tree.ts';

const TAB_WIDTH = 4;

export type Lexed = {
  readonly tokens: readonly Token[];
  readonly comments: readonly Comment[];
  readonly diagnostics: readonly Diagnostic[];
};

/** The pieces of a text, for whoever colours or completes it. */
export function lex(text: ModelText): Lexed {
  const faults = gatherFaults(text.file);
  const { tokens, comments } = lexInto(text, faults);
  return { tokens, comments, diagnostics: faults.all() };
}

/** The same, with the faults gathered beside the parser's. */
export function lexInto(text: ModelText, faults: Faults): Omit<Lexed, 'diagnostics'> {
  const state: LexState = {
    text: text.text,
    faults,
    tokens: [],
    comments: [],
    end: 0,
    position: 0,
    opens: null,
    brackets: 0,
  };
  if (text.text.length > MAXIMUM_TEXT) {
    faults.report('file-too-large', 0, 0, {
      label: `${formatCount(text.text.length)} characters; at most ${formatCount(MAXIMUM_TEXT)} are read`,
    });
    return { tokens: [], comments: [] };
  }
  for (const block of text.blocks) lexBlock(state, block);
  return { tokens: state.tokens, comments: state.comments };
}

function lexBlock(state: LexState, block: ModelText['blocks'][number]): void {
  state.position = block.start;
  state.end = Math.min(block.end, state.text.length);
  state.brackets = 0;
  let anyInBlock = false;
  let opened = state.tokens.length;
  // A byte order mark is the file's, not the text's.
  if (state.position === 0 && state.text.charCodeAt(0) === 0xfeff) state.position = 1;
  while (state.position < state.end && !state.faults.isFull()) {
    const indented = skipIndent(state, block.indent);
    if (!indented) state.brackets = 0;
    state.opens = !indented ? 'declaration' : anyInBlock ? 'line' : 'orphan';
    opened = state.tokens.length;
    while (state.position < state.end) {
      const code = state.text.charCodeAt(state.position);
      if (code === 32 || isSpace(code)) {
        state.position++;
        continue;
      }
      if (isLineEnd(code)) break;
      lexPiece(state, code);
    }
    if (state.tokens.length > opened) anyInBlock = true;
    if (state.text.charCodeAt(state.position) === 13 && state.text.charCodeAt(state.position + 1) === 10)
      state.position++;
    state.position++;
  }
}

/** Steps over the white space that opens a line; true if it reaches beyond the block's column 0. */
function skipIndent(state: LexState, indent: number): boolean {
  let columns = 0;
  while (state.position < state.end) {
    const code = state.text.charCodeAt(state.position);
    if (code === 9) columns += TAB_WIDTH - (columns % TAB_WIDTH);
    else if (isSpace(code)) columns++;
    else break;
    state.position++;
  }
  return columns > indent;
}

/** White space inside a line, of any script: word processors leave no-break spaces that nobody sees. */
function isSpace(code: number): boolean {
  if (code === 32 || code === 9) return true;
  if (code < 160) return false;
  return (
    code === 0xa0 ||
    (code >= 0x2000 && code <= 0x200b) ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000 ||
    code === 0xfeff ||
    code === 0x2028 ||
    code === 0x2029
  );
}

function lexPiece(state: LexState, code: number): void {
  const { text, position } = state;
  // Most pieces begin with a small letter.
  if (code >= 97 && code <= 122) {
    lexName(state);
  } else if (code === 35) {
    lexComment(state, position);
  } else if (isDigit(code) || (code === 46 && isDigit(text.charCodeAt(position + 1)))) {
    lexNumber(state);
  } else if (isNameCode(code)) {
    lexName(state);
  } else if (code === 34 || (!SIGNS.has(text.charAt(position)) && quoteAt(state) !== null)) {
    lexQuote(state);
  } else {
    lexSign(state);
  }
}

function lexComment(state: LexState, start: number): void {
  const end = lineEnd(state, start);
  const text = state.text.slice(start, end);
  reportForbidden(state, start, end);
  state.comments.push({
    text: text.trimEnd(),
    span: { file: state.faults.file, start, end: start + text.trimEnd().length },
  });
  state.position = end;
}

const NAME = /[A-Za-z0-9_]*/y;

function lexName(state: LexState): void {
  const { text, position: start } = state;
  NAME.lastIndex = start;
  NAME.test(text);
  const end = Math.min(NAME.lastIndex, state.end);
  if (text.charCodeAt(end) > 127 || text.charCodeAt(start) === 95) {
    const whole = foreignWordAt(text, start);
    if (whole.length > end - start || text.charCodeAt(start) === 95) {
      lexForeignWord(state, whole);
      return;
    }
  }
  state.tokens.push({ kind: 'name', text: text.slice(start, end), start, end, opens: takeOpening(state) });
  state.position = end;
}

/** A word with a letter that no name may hold: one message for the whole word, which then stands as a name. */
function lexForeignWord(state: LexState, word: string): void {
  const start = state.position;
  const end = Math.min(start + word.length, state.end);
  const foreign = [...word].find((letter) => letter.charCodeAt(0) > 127);
  state.faults.report('name-letters', start, end, {
    label:
      foreign === undefined
        ? 'a name begins with a letter'
        : `\`${foreign}\` is not among the letters a to z`,
  });
  state.tokens.push({ kind: 'name', text: word, start, end, opens: takeOpening(state) });
  state.position = end;
}

const SIGNS: ReadonlySet<string> = new Set(SYMBOLS);
/** With what a sign of several characters goes on, in this language or another. */
const GOES_ON: ReadonlySet<string> = new Set(
  [...SYMBOLS, ...FOREIGN_SIGNS.keys(), '//'].flatMap((sign) => [...sign].slice(1)),
);

function lexSign(state: LexState): void {
  const { text, position: start } = state;
  if (SIGNS.has(text.charAt(start)) && !GOES_ON.has(text.charAt(start + 1))) {
    takeSign(state, text.charAt(start) as SymbolText);
    return;
  }
  // Another language's comment: its words would only bring more messages, so the line ends here.
  if (text.startsWith('//', start)) {
    const end = lineEnd(state, start);
    state.faults.report('sign-not-used', start, start + 2, {
      label: '`//` does not begin a comment here',
      hint: 'A comment begins with `#`; to divide, write one `/`.',
    });
    state.tokens.push({ kind: 'fault', start, end, opens: takeOpening(state) });
    state.position = end;
    return;
  }
  const foreign = foreignSignAt(text, start);
  if (foreign !== null) {
    const end = start + foreign.sign.length;
    state.faults.report('sign-not-used', start, end, {
      label: `\`${foreign.sign}\` has no meaning here`,
      hint: foreign.entry.hint,
    });
    const { meant } = foreign.entry;
    const opens = takeOpening(state);
    if (meant === null) state.tokens.push({ kind: 'fault', start, end, opens });
    else if ('word' in meant) state.tokens.push({ kind: 'name', text: meant.word, start, end, opens });
    else state.tokens.push({ kind: 'symbol', symbol: meant.symbol, start, end, opens });
    state.position = end;
    return;
  }
  const two = text.slice(start, start + 2);
  const sign = SIGNS.has(two) ? two : text.charAt(start);
  if (SIGNS.has(sign)) takeSign(state, sign as SymbolText);
  else lexUnknown(state);
}

function takeSign(state: LexState, symbol: SymbolText): void {
  if (symbol === '(' || symbol === '[') state.brackets++;
  if ((symbol === ')' || symbol === ']') && state.brackets > 0) state.brackets--;
  const start = state.position;
  const end = start + symbol.length;
  state.tokens.push({ kind: 'symbol', symbol, start, end, opens: takeOpening(state) });
  state.position = end;
}

/** Characters without any use outside quotes; a run of them is one fault. */
function lexUnknown(state: LexState): void {
  const { text, position: start } = state;
  const word = foreignWordAt(text, start);
  if (word !== '') {
    lexForeignWord(state, word);
    return;
  }
  let end = start;
  while (end < state.end && isUnknown(text, end)) end++;
  end = Math.max(end, start + 1);
  if (!reportForbidden(state, start, end)) {
    const shown = [...text.slice(start, end)].slice(0, 10).join('');
    state.faults.report('character-unknown', start, end, { label: `\`${shown}\` has no meaning here` });
  }
  state.tokens.push({ kind: 'fault', start, end, opens: takeOpening(state) });
  state.position = end;
}

function isUnknown(text: string, offset: number): boolean {
  const code = text.charCodeAt(offset);
  if (isLineEnd(code) || isSpace(code) || isNameCode(code) || code === 35 || code === 34) return false;
  if (code < 128 && SIGNS.has(text.charAt(offset))) return false;
  return foreignSignAt(text, offset) === null && !(code > 127 && foreignWordAt(text, offset) !== '');
}
