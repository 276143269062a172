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
};

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** ASCII letters, digits and `_`: what a name may hold. */
export function isNameCode(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || isDigit(code);
}

/**
 * Characters that no text may hold, quoted or not: control characters, and those that turn the direction of writing
 * around, with which a text can show one thing and say another.
 */
export function isForbidden(code: number): boolean {
  if (code < 32) return code !== 9 && code !== 10 && code !== 13;
  return code === 127 || (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
}

export function isLineEnd(code: number): boolean {
  return code === 10 || code === 13;
}

/** Where the current line ends, or the block. */
export function lineEnd(state: LexState, from: number): number {
  let offset = from;
  while (offset < state.end && !isLineEnd(state.text.charCodeAt(offset))) offset++;
  return offset;
}

/** What the next piece opens; only the first piece of a line opens anything. */
export function takeOpening(state: LexState): Opening {
  const opens = state.opens;
  state.opens = null;
  return opens;
}

/** The run of letters of any script, digits and `_` at the place; empty if there is none. */
export function foreignWordAt(text: string, offset: number): string {
  const word = /[\p{L}\p{M}\p{Nd}\p{Nl}_]+/uy;
  word.lastIndex = offset;
  return word.exec(text)?.[0] ?? '';
}

/** Reports the first character of a stretch that no text may hold; true if there was one. */
export function reportForbidden(state: LexState, start: number, end: number): boolean {
  for (let offset = start; offset < end; offset++) {
    const code = state.text.charCodeAt(offset);
    if (!isForbidden(code)) continue;
    state.faults.report('character-forbidden', offset, offset + 1, {
      label: `an invisible character, U+${code.toString(16).toUpperCase().padStart(4, '0')}`,
    });
    return true;
  }
  return false;
}
