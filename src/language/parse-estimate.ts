/**
 * The lines of an input: who says what, how it was counted, how the model reads it.
 *
 *   SOURCE[Element] [from | at DATE] [about | at least | at most | denied] FIGURE  counts "…"  read as FIGURE "reason"
 *                                                         echo of SOURCE  "note"  else FIGURE
 *   assumed[Element] [from | at DATE] FIGURE "reason"
 *
 * The figure comes first; the other parts follow in any order, each at most once. A text directly behind the figure
 * of `read as` is its reason; any other text is the note, which for `assumed` is the reason. Whether a reason may be
 * missing is for the model to say. A figure may be missing only where the speaker denies, or repeats another.
 */
import {
  atEnd,
  type Cursor,
  fail,
  failExpected,
  giveUp,
  isReported,
  isSymbol,
  isWord,
  lineSpan,
  peek,
  readName,
  readText,
  spanFrom,
  takePhrase,
  takeSymbol,
  takeText,
  takeWords,
} from './cursor.ts';
import { isDated, refuseFirst, refuseLate, refuseUndated, takeDated } from './parse-dated.ts';
import { close, failAfterValue, readArithmetic } from './parse-expression.ts';
import { takeElements } from './parse-indices.ts';
import type { Token } from './tokens.ts';
import {
  BOUNDS,
  type Bound,
  type EstimateLine,
  type Expression,
  type Figure,
  type Name,
  type Text,
} from './tree.ts';

export function readEstimate(cursor: Cursor): EstimateLine | null {
  const { speaker, speakerSpan } = readSpeaker(cursor);
  const elements = takeElements(cursor);
  const dated = takeDated(cursor);
  const bound = readBound(cursor);
  refuseComparison(cursor);
  refuseLate(cursor);
  const next = peek(cursor);
  const figureStands = !atEnd(cursor) && next.kind !== 'text' && !opensPart(next);
  const figure = figureStands ? readFigure(cursor, 'a figure') : null;
  const parts = readParts(cursor);
  if (dated !== null) refuseUndated(cursor, parts);
  if (cursor.failed || elements === null) return null;
  if (figure === null && bound !== 'denied' && parts.echoOf === null) {
    return fail(cursor, 'part-missing', speakerSpan, {
      label: `no figure stands behind \`${speaker?.text ?? 'assumed'}\``,
      hint: 'Write one such as `30_000`, `2.5M to 4.8M` or `at least 10%`. A source that says no such thing happened is `denied`.',
    });
  }
  const { counts, readAs, echoOf, note, rest } = parts;
  return {
    kind: 'line',
    speaker,
    speakerSpan,
    elements,
    dated,
    bound,
    figure,
    counts,
    readAs,
    echoOf,
    note,
    rest,
    span: lineSpan(cursor),
  };
}

/** Whether a word opens what stands behind a figure. */
const opensPart = (token: Token): boolean => token.kind === 'name' && PART_WORDS.includes(token.text);

const PART_WORDS: readonly string[] = ['counts', 'read', 'echo', 'else'];

/** Who says it; `speaker` is null for `assumed`. */
export function readSpeaker(cursor: Cursor): Pick<EstimateLine, 'speaker' | 'speakerSpan'> {
  refuseFirst(cursor);
  const assumed = takeWords(cursor, 'assumed');
  const speaker = assumed === null ? readName(cursor, "a source's name or `assumed`") : null;
  return { speaker, speakerSpan: assumed ?? speaker?.span ?? lineSpan(cursor) };
}

/** The bounds that are written, with their words. */
const WRITTEN_BOUNDS = BOUNDS.filter((bound) => bound !== 'exact').map((bound) => ({
  bound,
  words: bound.split(' '),
}));

const BOUND_WORDS: ReadonlySet<string | undefined> = new Set(WRITTEN_BOUNDS.map(({ words }) => words[0]));

function readBound(cursor: Cursor): Bound {
  const next = peek(cursor);
  return next.kind === 'name' && BOUND_WORDS.has(next.text) ? findBound(cursor) : 'exact';
}

function findBound(cursor: Cursor): Bound {
  return WRITTEN_BOUNDS.find(({ words }) => takePhrase(cursor, words) !== null)?.bound ?? 'exact';
}

/** `>= 150_000` for a floor; what is said of a figure has words here. */
function refuseComparison(cursor: Cursor): void {
  const sign = peek(cursor);
  if (sign.kind !== 'symbol' || isReported(cursor, sign)) return;
  const words = { '>': 'at least', '>=': 'at least', '<': 'at most', '<=': 'at most' }[sign.symbol as string];
  if (words === undefined) return;
  const figure = cursor.source.slice(peek(cursor, 1).start, peek(cursor, 1).end);
  fail(cursor, 'sign-not-used', sign, {
    label: `\`${sign.symbol}\` compares, and a figure says what it is`,
    hint: `Write \`${words} ${figure === '' ? '30_000' : figure}\`.`,
  });
}

type Parts = Pick<EstimateLine, 'counts' | 'readAs' | 'echoOf' | 'note' | 'rest'>;

/** What stands behind the figure, in any order. */
export function readParts(cursor: Cursor): Parts {
  let counts: Text | null = null;
  let readAs: EstimateLine['readAs'] = null;
  let echoOf: Name | null = null;
  let note: Text | null = null;
  let rest: EstimateLine['rest'] = null;
  while (!atEnd(cursor)) {
    const at = peek(cursor);
    if (at.kind === 'text') {
      if (note !== null) failTwice(cursor, at, 'note');
      note = takeText(cursor);
    } else if (takeWords(cursor, 'counts') !== null) {
      if (counts !== null) failTwice(cursor, at, '`counts`');
      counts = readText(cursor, 'what is counted, in double quotes, after `counts`');
    } else if (takeWords(cursor, 'read', 'as') !== null) {
      if (readAs !== null) failTwice(cursor, at, '`read as`');
      const figure = readFigure(cursor, 'a figure after `read as`');
      readAs = figure === null ? null : { figure, reason: takeText(cursor) };
    } else if (takeWords(cursor, 'echo', 'of') !== null) {
      if (echoOf !== null) failTwice(cursor, at, '`echo of`');
      echoOf = readName(cursor, "a source's name after `echo of`");
    } else if (takeWords(cursor, 'else') !== null) {
      if (rest !== null) failTwice(cursor, at, '`else`');
      const figure = readFigure(cursor, 'a figure after `else`');
      rest = figure === null ? null : { figure, span: spanFrom(cursor, at.start) };
    } else if (isWord(at, 'read') || isWord(at, 'echo')) {
      const whole = isWord(at, 'read') ? 'read as' : 'echo of';
      fail(cursor, 'part-missing', at, { label: `expected \`${whole}\``, hint: `Write \`${whole}\`.` });
    } else if (isDated(cursor)) {
      refuseLate(cursor);
    } else if (isSymbol(at, '..')) {
      fail(cursor, 'words-left-over', at, {
        label: '`..` joins the known ends of a time span',
        hint: 'Write `to` between the ends of an estimate.',
      });
    } else {
      failAfterValue(cursor);
    }
  }
  return { counts, readAs, echoOf, note, rest };
}

const failTwice = (cursor: Cursor, at: Token, what: string): null =>
  fail(cursor, 'given-twice', at, { label: `a second ${what} on this line` });

/** One figure, or what `within LOW .. HIGH` leaves of it. */
export function readFigure(cursor: Cursor, what: string): Figure | null {
  const { start } = peek(cursor);
  const of = readWhole(cursor, what);
  if (of === null || takeWords(cursor, 'within') === null) return of;
  const low = readArithmetic(cursor, 'the lower limit after `within`');
  if (takeSymbol(cursor, '..') === null) {
    failExpected(cursor, '`..` and the upper limit', { hint: 'Write `normal(10, 3) within 0 .. 20`.' });
  }
  const high = readArithmetic(cursor, 'the upper limit after `..`');
  return low === null || high === null
    ? null
    : { kind: 'truncated', of, low, high, span: spanFrom(cursor, start) };
}

/** `4.8M`, `2.5M to 4.8M`, `triangular(1, 2, 3)`, `discrete(1: 20%, 2: 80%)`. */
function readWhole(cursor: Cursor, what: string): Figure | null {
  if (isWord(peek(cursor), 'discrete') && isSymbol(peek(cursor, 1), '(')) return readDiscrete(cursor);
  const start = peek(cursor).start;
  const low = readArithmetic(cursor, what);
  if (low === null) return null;
  if (takeWords(cursor, 'to') === null) {
    // A call that is the whole figure is a distribution; part of a sum it would be a function.
    if (isBareDifference(low)) return failDifference(cursor, low);
    if (low.kind === 'call')
      return { kind: 'named', name: low.name, parameters: low.arguments, span: low.span };
    return { kind: 'point', value: low, span: low.span };
  }
  const high = readArithmetic(cursor, 'the upper end after `to`');
  return high === null ? null : { kind: 'interval', low, high, span: spanFrom(cursor, start) };
}

type Difference = Expression & { kind: 'arithmetic' };

/** `5 - 9`, which nearly always means a range; nobody states a figure as a difference of two numbers. */
const isBareDifference = (value: Expression): value is Difference =>
  value.kind === 'arithmetic' &&
  value.operator === '-' &&
  [value.left, value.right].every(({ kind }) => kind === 'number' || kind === 'quantity');

function failDifference(cursor: Cursor, { left, right, operatorSpan }: Difference): null {
  const text = (at: { readonly start: number; readonly end: number }): string =>
    cursor.source.slice(at.start, at.end);
  // Of another dash the lexer has said what to write.
  if (text(operatorSpan) !== '-') return giveUp(cursor);
  return fail(cursor, 'interval-impossible', operatorSpan, {
    label: '`-` takes the second number from the first; it joins no range',
    hint: `Write \`${text(left.span)} to ${text(right.span)}\` for a range; if the difference is meant, write what it comes to.`,
  });
}

/** `read` reads a value or a share, where something of the kind that is said to it should stand. */
export function readDiscrete(
  cursor: Cursor,
  read: (what: string) => Expression | null = (what) => readArithmetic(cursor, what),
): (Figure & { kind: 'discrete' }) | null {
  const name = readName(cursor, 'a distribution');
  const open = takeSymbol(cursor, '(');
  if (name === null || open === null) return null;
  const outcomes: { value: Expression; share: Expression }[] = [];
  do {
    const value = read('a value in the brackets of `discrete`');
    if (takeSymbol(cursor, ':') === null) {
      failExpected(cursor, "`:` and the value's share", {
        hint: 'Write each value with its share: `discrete(1: 20%, 2: 50%, 3: 30%)`.',
      });
    }
    const share = read("the value's share after `:`");
    if (value === null || share === null) return null;
    outcomes.push({ value, share });
  } while (takeSymbol(cursor, ',') !== null);
  if (!close(cursor, open)) return null;
  return { kind: 'discrete', name, outcomes, span: spanFrom(cursor, name.span.start) };
}
