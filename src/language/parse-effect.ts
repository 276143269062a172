/** Lines that move something: `adds X to STOCK`, `takes X from STOCK`, `sets INPUT to X`. */
import { type Cursor, failExpected, isSymbol, isWord, lineSpan, peek, takeWords } from './cursor.ts';
import { readReference } from './parse-call.ts';
import { readArithmetic } from './parse-expression.ts';
import { finish } from './reading.ts';
import type { Effect } from './tree.ts';

export const EFFECT_WORDS = ['adds', 'takes', 'sets'] as const;

/** The line's effect; null where it opens with another word, and nothing is taken, and null after a fault. */
export function takeEffect(line: Cursor): Effect | null {
  const kind = EFFECT_WORDS.find((word) => isWord(peek(line), word));
  // Where an equals sign or a full stop follows, the word is meant as a name.
  if (kind === undefined || isSymbol(peek(line, 1), '=')) return null;
  takeWords(line, kind);
  const effect = kind === 'sets' ? readSetting(line) : readMove(line, kind);
  finish(line);
  return effect === null || line.failed ? null : { ...effect, span: lineSpan(line) };
}

const MOVES = {
  adds: { to: 'to', example: 'Write `adds AMOUNT to STOCK`.' },
  takes: { to: 'from', example: 'Write `takes AMOUNT from STOCK`.' },
} as const;

type Moves = Omit<Effect & { kind: 'adds' | 'takes' }, 'span'>;

function readMove(line: Cursor, kind: 'adds' | 'takes'): Moves | null {
  const { to, example } = MOVES[kind];
  const amount = readArithmetic(line, `how much, after \`${kind}\``);
  if (amount !== null && takeWords(line, to) === null)
    failExpected(line, `\`${to}\` and the name of what is moved`, { hint: example });
  const target = line.failed ? null : readReference(line, `the name of what is moved, after \`${to}\``);
  return amount === null || target === null ? null : { kind, amount, target };
}

function readSetting(line: Cursor): Omit<Effect & { kind: 'sets' }, 'span'> | null {
  const target = readReference(line, 'the name of an input after `sets`');
  if (target !== null && takeWords(line, 'to') === null)
    failExpected(line, '`to` and a value', { hint: 'Write `sets INPUT to VALUE`.' });
  const value = line.failed ? null : readArithmetic(line, 'a value after `to`');
  return target === null || value === null ? null : { kind: 'sets', target, value };
}
