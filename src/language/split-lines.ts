/**
 * From the pieces of a text to its declarations, and from each to its lines. A declaration is what stands from one
 * text at column 0 to the next. Its lines are the text's lines, joined where a statement plainly goes on:
 * - inside brackets that are closed later in the same declaration (one that never closes joins nothing, so that it
 *   spoils its own line only);
 * - after a sign or word that cannot end a statement: an operator, `,`, `=`, `..`, `then`, `and` …;
 * - before a line that begins with `then`, `else`, `and` or `or`.
 * A line that begins with `+` or `-` is never joined: in a stock those are lines of their own.
 * All of it is decided before any grammar is looked at, so a fault in one line never moves the borders of another.
 */
import type { Token } from './tokens.ts';

/** Pieces `from` (inclusive) to `to` (exclusive) of the text's list. */
export type Stretch = { readonly from: number; readonly to: number };

const GOES_ON_AFTER: ReadonlySet<string> = new Set([
  '+',
  '-',
  '*',
  '/',
  '^',
  ',',
  '=',
  '==',
  '<',
  '<=',
  '>',
  '>=',
  '..',
  '|',
  'if',
  'then',
  'else',
  'and',
  'or',
  'not',
  'to',
  'by',
  'over',
  'asked',
  'draw',
  'every',
]);
const GOES_ON_BEFORE: ReadonlySet<string> = new Set(['then', 'else', 'and', 'or']);

/**
 * The declarations of a text, and orphaned lines as stretches of their own. A bracket at column 0 that closes one of the
 * declaration above can only have been meant to stand within it, so it does not end it; `unindented` holds its number.
 */
export function splitDeclarations(tokens: readonly Token[]): {
  readonly stretches: readonly Stretch[];
  readonly unindented: readonly number[];
} {
  const stretches: Stretch[] = [];
  const unindented: number[] = [];
  const open = { '(': 0, '[': 0 };
  let from = 0;
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index]!;
    const sign = token.kind === 'symbol' ? token.symbol : '';
    if (sign === '' && token.opens === null) continue;
    const closes = sign === ')' ? '(' : sign === ']' ? '[' : null;
    if (index > 0 && token.opens === 'declaration' && closes !== null && open[closes] > 0) {
      unindented.push(index);
    } else if (index > 0 && (token.opens === 'declaration' || token.opens === 'orphan')) {
      stretches.push({ from, to: index });
      from = index;
      open['('] = 0;
      open['['] = 0;
    }
    if (closes !== null) open[closes]--;
    else if (sign === '(' || sign === '[') open[sign]++;
  }
  if (tokens.length > 0) stretches.push({ from, to: tokens.length });
  return { stretches, unindented };
}

/** The joined lines of one declaration; the first holds its keyword. */
export function splitLines(tokens: readonly Token[], declaration: Stretch): readonly Stretch[] {
  const lines: Stretch[] = [];
  let { from } = declaration;
  /** Found where a line begins behind a bracket that is open, which most declarations have none of. */
  let bracketed: Uint8Array | null = null;
  let round = 0;
  let square = 0;
  for (let index = from; index < declaration.to; index++) {
    const token = tokens[index]!;
    if (token.opens !== null && index > declaration.from) {
      if (round > 0 || square > 0) bracketed ??= findBracketed(tokens, declaration);
      const goesOn = GOES_ON_BEFORE.has(wordOf(token)) || GOES_ON_AFTER.has(wordOf(tokens[index - 1]!));
      if (!goesOn && bracketed?.[index - declaration.from] !== 1) {
        lines.push({ from, to: index });
        from = index;
      }
    }
    if (token.kind !== 'symbol') continue;
    // Never fewer than are open: where they do not belong together, one that closes may close several.
    const { symbol } = token;
    if (symbol === '(') round++;
    else if (symbol === '[') square++;
    else if (symbol === ')' && round > 0) round--;
    else if (symbol === ']' && square > 0) square--;
  }
  lines.push({ from, to: declaration.to });
  return lines;
}

function wordOf(token: Token): string {
  return token.kind === 'symbol' ? token.symbol : token.kind === 'name' ? token.text : '';
}

/** For each piece of a declaration, 1 if it lies between two brackets that belong together. */
function findBracketed(tokens: readonly Token[], { from, to }: Stretch): Uint8Array {
  // +1 where a pair opens, -1 behind where it closes: the running sum is the depth, found in two passes.
  const changes = new Int32Array(to - from + 1);
  const open: { index: number; sign: string }[] = [];
  const waiting: Record<string, number> = { '(': 0, '[': 0 };
  for (let index = from; index < to; index++) {
    const sign = wordOf(tokens[index]!);
    if (sign === '(' || sign === '[') {
      open.push({ index, sign });
      waiting[sign] = (waiting[sign] ?? 0) + 1;
      continue;
    }
    const wanted = sign === ')' ? '(' : sign === ']' ? '[' : null;
    if (wanted === null || waiting[wanted] === 0) continue;
    for (let last = open.pop(); last !== undefined; last = open.pop()) {
      waiting[last.sign] = (waiting[last.sign] ?? 0) - 1;
      if (last.sign !== wanted) continue;
      changes[last.index - from + 1]! += 1;
      changes[index - from + 1]! -= 1;
      break;
    }
  }
  const bracketed = new Uint8Array(to - from);
  let depth = 0;
  for (let index = 0; index < bracketed.length; index++) {
    depth += changes[index] ?? 0;
    bracketed[index] = depth > 0 ? 1 : 0;
  }
  return bracketed;
}
