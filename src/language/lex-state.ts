/**
 * The lexer's place in the text and the few questions that its parts ask there. One such state lives for one call
 * of `lex`; nothing of it outlives the call.
 */
import type { Faults } from './faults.ts';
import type { Opening, Token } from './tokens.ts';
import type { Comment } from './tree.ts';

export type LexState = {
  readonly text: string;
  readonly faults: Faults;
  readonly tokens: Token[];
  readonly comments: Comment[];
  /** The end of the block that is being read. */
  end: number;
  position: number;
  /** What the next piece opens. */
  opens: Opening;
  /** How many brackets are open; only to tell `30,000` from two arguments. */
  brackets: number;
  /** Whether the whole text holds nothing that no text may hold, so that no piece of it need be searched. */
  isClean: boolean;
};

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** ASCII letters, digits and `_`: what a name may hold. */
export function isNameCode(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || isDigit(code);
}

export function isLineEnd(code: number): boolean {
  return code === 10 || code === 13;
}

/** Where the current line ends, or the block. */
export function lineEnd(state: LexState, from: number): number {
  REST_OF_LINE.lastIndex = from;
  REST_OF_LINE.test(state.text);
  return Math.min(state.end, REST_OF_LINE.lastIndex);
}

/** Long stretches are stepped over by patterns: a loop over characters is slow until it has been compiled. */
const REST_OF_LINE = /[^\r\n]*/y;
/**
 * Characters that no text may hold, quoted or not: control characters, and those that turn the direction of writing
 * around, with which a text can show one thing and say another.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: those are the ones looked for
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u202a-\u202e\u2066-\u2069]/;

/** What the next piece opens; only the first piece of a line opens anything. */
export function takeOpening(state: LexState): Opening {
  const opens = state.opens;
  state.opens = null;
  return opens;
}

/** Where the run of ASCII letters, digits and `_` that begins at the place ends. */
export function endOfName(text: string, offset: number): number {
  NAME.lastIndex = offset;
  NAME.test(text);
  return NAME.lastIndex;
}

const NAME = /[A-Za-z0-9_]*/y;

/** The run of letters of any script, digits and `_` at the place; empty if there is none. */
export function foreignWordAt(text: string, offset: number): string {
  const end = endOfName(text, offset);
  // The tables of all scripts are large: they are made only for who writes in one.
  if (!(text.charCodeAt(end) > 127)) return text.slice(offset, end);
  ANY_WORD.lastIndex = offset;
  return ANY_WORD.exec(text)?.[0] ?? '';
}

const ANY_WORD = /[\p{L}\p{M}\p{Nd}\p{Nl}_]+/uy;

/** Whether a text holds a character that none may hold. */
export const holdsForbidden = (text: string): boolean => FORBIDDEN.test(text);

/** Reports the first character of a stretch that no text may hold; true if there was one. */
export function reportForbidden(state: LexState, start: number, end: number): boolean {
  if (state.isClean) return false;
  const found = state.text.slice(start, end).search(FORBIDDEN);
  if (found < 0) return false;
  const offset = start + found;
  const code = state.text.charCodeAt(offset);
  state.faults.report('character-forbidden', offset, offset + 1, {
    label: `an invisible character, U+${code.toString(16).toUpperCase().padStart(4, '0')}`,
  });
  return true;
}
