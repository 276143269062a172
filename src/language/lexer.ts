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
  endOfName,
  foreignWordAt,
  holdsForbidden,
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
    isClean: true,
  };
  if (text.text.length > MAXIMUM_TEXT) {
    faults.report('file-too-large', 0, 0, {
      label: `${formatCount(text.text.length)} characters; at most ${formatCount(MAXIMUM_TEXT)} are read`,
    });
    return { tokens: [], comments: [] };
  }
  state.isClean = !holdsForbidden(text.text);
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
    lexLine(state);
    if (state.tokens.length > opened) anyInBlock = true;
    if (state.text.charCodeAt(state.position) === 13 && state.text.charCodeAt(state.position + 1) === 10)
      state.position++;
    state.position++;
  }
}

/** Reads on up to the line's end. Spaces and names, which most pieces are, are dealt with on the spot. */
function lexLine(state: LexState): void {
  const { text, end, tokens } = state;
  let { position } = state;
  while (position < end) {
    const code = text.charCodeAt(position);
    if (code === 32) {
      position++;
      continue;
    }
    const piece = code < 128 ? CLASS_OF[code]! : OTHER;
    if (piece === LINE_END) break;
    if (piece === LETTER) {
      const stop = endOfName(text, position);
      if (stop <= end && !(text.charCodeAt(stop) > 127)) {
        const name = text.slice(position, stop);
        tokens.push({ kind: 'name', text: name, start: position, end: stop, opens: state.opens });
        state.opens = null;
        position = stop;
        continue;
      }
    }
    state.position = position;
    lexPiece(state, piece, code);
    position = state.position;
  }
  state.position = position;
}

function lexPiece(state: LexState, piece: number, code: number): void {
  switch (piece) {
    case SIGN:
      lexSign(state);
      break;
    case DIGIT:
      lexNumber(state);
      break;
    case QUOTE:
      lexQuote(state);
      break;
    case HASH:
      lexComment(state, state.position);
      break;
    case LETTER:
      lexName(state);
      break;
    default:
      lexOther(state, code);
  }
}

/** Steps over the white space that opens a line; true if it reaches beyond the block's column 0. */
function skipIndent(state: LexState, indent: number): boolean {
  const { text, end } = state;
  let { position } = state;
  let columns = 0;
  for (; position < end; position++) {
    const code = text.charCodeAt(position);
    if (code === 32) columns++;
    else if (code === 9) columns += TAB_WIDTH - (columns % TAB_WIDTH);
    else if (isSpace(code)) columns++;
    else break;
  }
  state.position = position;
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

/** A piece that begins with none of the common characters. */
function lexOther(state: LexState, code: number): void {
  const { text, position } = state;
  if (isSpace(code)) state.position = position + 1;
  else if (code === 46 && isDigit(text.charCodeAt(position + 1))) lexNumber(state);
  else if (isNameCode(code)) lexName(state);
  else if (quoteAt(state) !== null) lexQuote(state);
  else lexSign(state);
}

function lexComment(state: LexState, start: number): void {
  const end = lineEnd(state, start);
  const text = state.text.slice(start, end).trimEnd();
  reportForbidden(state, start, end);
  state.comments.push({ text, span: { file: state.faults.file, start, end: start + text.length } });
  state.position = end;
}

/** A word that may have letters of other scripts in it, or a block's end. */
function lexName(state: LexState): void {
  const { text, position: start } = state;
  const end = Math.min(endOfName(text, start), state.end);
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

// What a piece is, by its first character, for the characters below 128.
const [OTHER, LINE_END, LETTER, DIGIT, SIGN, QUOTE, HASH] = [0, 1, 2, 3, 4, 5, 6] as const;
const CLASS_OF = Uint8Array.from({ length: 128 }, (_, code) => {
  // A point may open a number, `_` a word.
  if (code === 46 || code === 95) return OTHER;
  if (isLineEnd(code)) return LINE_END;
  if (isDigit(code)) return DIGIT;
  if (isNameCode(code)) return LETTER;
  if (code === 34) return QUOTE;
  if (code === 35) return HASH;
  return SIGNS.has(String.fromCharCode(code)) ? SIGN : OTHER;
});

function lexSign(state: LexState): void {
  const { text, position: start } = state;
  const first = text.charAt(start);
  if (SIGNS.has(first) && !GOES_ON.has(text.charAt(start + 1))) {
    takeSign(state, first as SymbolText);
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
