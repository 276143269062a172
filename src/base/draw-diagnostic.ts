/**
 * Draws diagnostics as a writer sees them: the message, the lines that it is about with marks under the words, why it
 * matters and what to do. Pure: colour comes in as functions, so that a terminal, a page and a test share one picture.
 * What stands in a text may be hostile; nothing drawn here can move a cursor or turn a line around.
 */
import type { Diagnostic, Severity } from './diagnostic.ts';
import { lineStarts, positionAt, type Span } from './span.ts';

/** How a host shows parts of a message; each function gives its text back with colour or as it is. */
export type Style = {
  readonly bold: (text: string) => string;
  readonly red: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly cyan: (text: string) => string;
};

const asItIs = (text: string): string => text;
export const PLAIN_STYLE: Style = { bold: asItIs, red: asItIs, yellow: asItIs, dim: asItIs, cyan: asItIs };

/** Columns of a source line that are drawn; longer lines are cut around the marks. */
const WIDEST_LINE = 100;
/** Columns kept before a mark in a line that is cut. */
const KEPT_BEFORE = 20;
/** UTF-16 units on either side of a mark that are looked at: a line may be as long as a text. */
const NEIGHBOURHOOD = 1000;
const TAB_WIDTH = 4;

/** One diagnostic, without a line break at its end. `texts` has the text of each file by the name in the spans. */
export function drawDiagnostic(
  diagnostic: Diagnostic,
  texts: ReadonlyMap<string, string>,
  style: Style,
): string {
  return draw(diagnostic, readerOf(texts), style);
}

/**
 * All diagnostics, errors before warnings, each in the order of the files in `texts` and of the places in them, with
 * a last line such as `2 errors, 1 warning`; the empty string where there are none.
 */
export function drawAll(
  diagnostics: readonly Diagnostic[],
  texts: ReadonlyMap<string, string>,
  style: Style,
): string {
  if (diagnostics.length === 0) return '';
  const reader = readerOf(texts);
  const files = [...texts.keys()];
  // A file without a text could not be read; nothing that follows is more telling.
  const fileRank = (diagnostic: Diagnostic): number => files.indexOf(diagnostic.span.file);
  const severityRank = (diagnostic: Diagnostic): number => (diagnostic.severity === 'error' ? 0 : 1);
  const sorted = diagnostics.toSorted(
    (a, b) =>
      severityRank(a) - severityRank(b) ||
      fileRank(a) - fileRank(b) ||
      a.span.start - b.span.start ||
      a.span.end - b.span.end,
  );
  return [...sorted.map((diagnostic) => draw(diagnostic, reader, style)), countLine(diagnostics)].join(
    '\n\n',
  );
}

function countLine(diagnostics: readonly Diagnostic[]): string {
  const errors = diagnostics.filter((diagnostic) => diagnostic.severity === 'error').length;
  const warnings = diagnostics.length - errors;
  const counted = (count: number, word: string): string[] =>
    count === 0 ? [] : [`${count} ${word}${count === 1 ? '' : 's'}`];
  return [...counted(errors, 'error'), ...counted(warnings, 'warning')].join(', ');
}

// --- texts and their lines --------------------------------------------------------------------------------------

type Source = { readonly text: string; readonly starts: readonly number[] };
type Reader = (file: string) => Source | null;

/** Finds the lines of each text once, however many diagnostics ask. */
function readerOf(texts: ReadonlyMap<string, string>): Reader {
  const sources = new Map<string, Source>();
  return (file) => {
    const text = texts.get(file);
    if (text === undefined) return null;
    const source = sources.get(file) ?? { text, starts: lineStarts(text) };
    sources.set(file, source);
    return source;
  };
}

function lineText(source: Source, line: number): string {
  const start = source.starts[line - 1] ?? source.text.length;
  return source.text.slice(start, source.starts[line] ?? source.text.length).replace(/[\r\n]+$/, '');
}

// --- the picture ------------------------------------------------------------------------------------------------

/** A place to be marked: a stretch of one line, in UTF-16 offsets from the line's start. */
type Mark = {
  readonly file: string;
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly label: string;
  readonly primary: boolean;
};

function draw(diagnostic: Diagnostic, reader: Reader, style: Style): string {
  const colour = diagnostic.severity === 'error' ? style.red : style.yellow;
  const head = style.bold(
    `${colour(`${diagnostic.severity}[${diagnostic.code}]`)}: ${harmless(diagnostic.title)}`,
  );
  const lines = [head];

  const wholeFile = diagnostic.span.start === 0 && diagnostic.span.end === 0;
  const own = wholeFile ? null : markOf(diagnostic.span, diagnostic.label, true, reader);
  const related = diagnostic.related.flatMap((place) => markOf(place.span, place.label, false, reader) ?? []);
  const marks = own === null ? related : [own, ...related];
  const gutter = Math.max(1, ...marks.map((mark) => String(mark.line).length));

  if (own === null) lines.push(`  ${harmless(diagnostic.span.file)}`);
  for (const file of new Set(marks.map((mark) => mark.file))) {
    const inFile = marks.filter((mark) => mark.file === file);
    const first = inFile[0]!;
    lines.push(`  ${harmless(file)}:${first.line}:${first.start + 1}`);
    lines.push(...drawBlock(inFile, reader(file)!, gutter, diagnostic.severity, style));
  }
  // Where no line is drawn the label has no mark to stand at.
  if (own === null && diagnostic.label !== '') lines.push(sentence(harmless(diagnostic.label)));
  if (diagnostic.reason !== '') lines.push(harmlessLines(diagnostic.reason));
  if (diagnostic.hint !== '') lines.push(`${style.bold('Hint:')} ${harmlessLines(diagnostic.hint)}`);
  return lines.join('\n');
}

const sentence = (words: string): string =>
  `${words.charAt(0).toUpperCase()}${words.slice(1)}${words.endsWith('.') ? '' : '.'}`;

/** The part of a span on its first line; null where its file has no text. */
function markOf(span: Span, label: string, primary: boolean, reader: Reader): Mark | null {
  const source = reader(span.file);
  if (source === null) return null;
  const { line, column } = positionAt(source.starts, Math.min(span.start, source.text.length));
  const text = lineText(source, line);
  const start = Math.min(column - 1, text.length);
  return {
    file: span.file,
    line,
    start,
    end: Math.min(text.length, start + span.end - span.start),
    label,
    primary,
  };
}

/** The lines of one file with their marks, between two empty gutters. */
function drawBlock(
  marks: readonly Mark[],
  source: Source,
  gutter: number,
  severity: Severity,
  style: Style,
): readonly string[] {
  const empty = style.dim(`${' '.repeat(gutter)} |`);
  const drawn = [empty];
  let previous: number | null = null;
  for (const line of [...new Set(marks.map((mark) => mark.line))].toSorted((a, b) => a - b)) {
    // One line that is left out needs no sign: the numbers show it.
    if (previous !== null && line > previous + 2) drawn.push(style.dim('...'));
    previous = line;
    // The line is drawn again for marks that do not fit into one cut of it.
    let waiting = marks.filter((mark) => mark.line === line).toSorted((a, b) => a.start - b.start);
    const text = lineText(source, line);
    while (waiting.length > 0) {
      const cut = cutAround(text, waiting);
      drawn.push(`${style.dim(`${String(line).padStart(gutter)} |`)} ${cut.text}`.trimEnd());
      const [here, later] = [waiting.filter(cut.holds), waiting.filter((mark) => !cut.holds(mark))];
      // The mark that the message is about stands nearest to its line.
      for (const mark of here.toSorted((a, b) => Number(b.primary) - Number(a.primary))) {
        drawn.push(`${empty} ${drawMark(mark, cut, severity, style)}`);
      }
      waiting = later;
    }
  }
  return [...drawn, empty];
}

function drawMark(mark: Mark, cut: Cut, severity: Severity, style: Style): string {
  const from = cut.columnOf(mark.start);
  const width = Math.max(1, cut.columnOf(mark.end) - from);
  const sign = (mark.primary ? '^' : '-').repeat(width);
  const colour = mark.primary ? (severity === 'error' ? style.red : style.yellow) : style.cyan;
  return `${' '.repeat(from)}${colour(mark.label === '' ? sign : `${sign} ${harmless(mark.label)}`)}`;
}

// --- signs and their widths -------------------------------------------------------------------------------------

/** One code point as it is drawn: where it begins in the line, its picture, and the columns that this takes. */
type Cell = {
  readonly offset: number;
  readonly picture: string;
  readonly column: number;
  readonly width: number;
};

function cellsOf(text: string, from: number, to: number): readonly Cell[] {
  const cells: Cell[] = [];
  let offset = from;
  let column = 0;
  for (const sign of text.slice(from, to)) {
    const picture = sign === '\t' ? ' '.repeat(TAB_WIDTH - (column % TAB_WIDTH)) : harmless(sign);
    const width = picture === sign ? widthOf(sign) : picture.length;
    cells.push({ offset, picture, column, width });
    offset += sign.length;
    column += width;
  }
  return cells;
}

/** Marks, joiners and variation selectors stand on the sign before them; East Asian signs and emoji take two columns. */
function widthOf(sign: string): number {
  if (sign < '\u0300') return 1;
  if (/^[\p{Mn}\p{Me}\u200b-\u200d]$/u.test(sign)) return 0;
  const wide =
    /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u303e\uff01-\uff60]$/u;
  return wide.test(sign) ? 2 : 1;
}

/** A line, or as much of it as is drawn. */
type Cut = {
  readonly text: string;
  /** Whether a mark's beginning is in what is drawn. */
  readonly holds: (mark: Mark) => boolean;
  /** The drawn column of an offset in the line, kept inside what is drawn. */
  readonly columnOf: (offset: number) => number;
};

/** The first of the marks is always held; others as far as they fit. */
function cutAround(line: string, marks: readonly Mark[]): Cut {
  const first = marks[0]!;
  const lookFrom = Math.max(0, first.start - NEIGHBOURHOOD);
  const lookTo = Math.min(line.length, first.start + NEIGHBOURHOOD);
  const cells = cellsOf(line, lookFrom, lookTo);
  const width = widthOfAll(cells);
  const column = (offset: number): number => cells[firstCellAt(cells, offset)]?.column ?? width;

  const whole = lookFrom === 0 && lookTo === line.length && width <= WIDEST_LINE;
  const from = whole ? 0 : Math.max(0, Math.min(column(first.start) - KEPT_BEFORE, width - WIDEST_LINE));
  const shown = cells.filter((cell) => cell.column >= from && cell.column + cell.width <= from + WIDEST_LINE);
  const begin = shown[0]?.column ?? from;
  const end = Math.max(begin, widthOfAll(shown));
  const ahead = lookFrom > 0 || begin > 0 ? '…' : '';
  const behind = lookTo < line.length || end < width ? '…' : '';
  return {
    text: `${ahead}${shown.map((cell) => cell.picture).join('')}${behind}`,
    holds: (mark) =>
      mark === first || (column(mark.start) >= begin && column(mark.end) <= end && mark.end <= lookTo),
    columnOf: (offset) => ahead.length + Math.min(Math.max(column(offset), begin), end) - begin,
  };
}

/** The column after the last cell. */
function widthOfAll(cells: readonly Cell[]): number {
  const last = cells.at(-1);
  return last === undefined ? 0 : last.column + last.width;
}

/** The index of the cell that holds an offset or, inside a pair of surrogates, of the one after it. */
function firstCellAt(cells: readonly Cell[], offset: number): number {
  let low = 0;
  let high = cells.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (cells[middle]!.offset < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Control characters as the pictures that Unicode has for them; signs that turn the direction of writing, that break
 * lines or that are half of a pair as their numbers.
 */
function harmless(text: string): string {
  return text.replace(/[\p{Cc}\p{Surrogate}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/gu, (sign) => {
    const code = sign.charCodeAt(0);
    if (code < 32) return String.fromCharCode(0x2400 + code);
    return code === 127 ? '\u2421' : `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`;
  });
}

/** The same for sentences, whose own line breaks stay. */
function harmlessLines(text: string): string {
  return text.split('\n').map(harmless).join('\n');
}
