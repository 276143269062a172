/**
 * Refuses Markdown that would take the Markdown parser long: its time is quadratic in nesting and in the number of
 * some signs, and a brief may come from a stranger. One linear scan, met before anything is parsed. It counts signs
 * and understands no Markdown, so it may refuse what is strange and harmless, but never ordinary prose.
 */
import { type Diagnostic, diagnose } from '../base/diagnostic.ts';
import type { Span } from '../base/span.ts';

/** Quotations and list items within each other on one line. */
const DEEPEST_CONTAINERS = 20;
/** Square brackets within each other in one paragraph. */
const DEEPEST_BRACKETS = 20;
/** What may stand between two blank lines. */
const MOST_IN_PARAGRAPH = { lines: 2_000, brackets: 600, emphases: 600, backticks: 3_000 };
/** What may stand in the whole brief: `lines` outside its blocks, `allLines` with them and with blank ones. */
const MOST_IN_BRIEF = {
  allLines: 100_000,
  lines: 25_000,
  markers: 5_000,
  underlines: 300,
  brackets: 10_000,
  emphases: 20_000,
  indent: 200_000,
};
/** No readable list is indented deeper; what is counts as indent. */
const PLAIN_INDENT = 60;

/** `prose` is false for blank lines and for those that certainly lie in a fenced block. */
type Line = { readonly start: number; readonly text: string; readonly prose: boolean };

/** What has been counted since the last line that was no prose; `open` brackets are not closed yet. */
type Signs = {
  readonly open: number;
  readonly lines: number;
  readonly brackets: number;
  readonly emphases: number;
  readonly backticks: number;
};
const NO_SIGNS: Signs = { open: 0, lines: 0, brackets: 0, emphases: 0, backticks: 0 };

/** The faults that make a brief too costly to parse; empty for every readable brief. */
export function checkMarkup(file: string, text: string): readonly Diagnostic[] {
  const brief = { allLines: 0, lines: 0, markers: 0, underlines: 0, brackets: 0, emphases: 0, indent: 0 };
  let paragraph: Signs = NO_SIGNS;

  for (const line of linesOf(text)) {
    const place = { file, start: line.start, end: line.start + line.text.length };
    brief.allLines++;
    if (!line.prose) {
      const passed = over(brief.allLines, MOST_IN_BRIEF.allLines, 'lines');
      if (passed !== null) return [tooMuch(place, passed)];
      paragraph = NO_SIGNS;
      continue;
    }
    const markers = countMarkers(line.text);
    if (markers > DEEPEST_CONTAINERS) {
      return [
        tooDeep(
          place,
          `${markers} quotations and list items within each other; at most ${DEEPEST_CONTAINERS} are read`,
        ),
      ];
    }
    const signs = countSigns(line.text, paragraph.open);
    if (signs.deepest > DEEPEST_BRACKETS) {
      return [tooDeep(place, `more than ${DEEPEST_BRACKETS} square brackets are open here`)];
    }
    paragraph = {
      open: signs.open,
      lines: paragraph.lines + 1,
      brackets: paragraph.brackets + signs.brackets,
      emphases: paragraph.emphases + signs.emphases,
      backticks: paragraph.backticks + signs.backticks,
    };
    brief.lines++;
    brief.markers += markers;
    brief.brackets += signs.brackets;
    brief.emphases += signs.emphases;
    const indent = line.text.length - line.text.trimStart().length;
    if (indent > PLAIN_INDENT) brief.indent += indent;
    if (/^[> \t]*(?:=+|-+)[ \t]*$/.test(line.text)) brief.underlines++;

    const passed =
      over(brief.allLines, MOST_IN_BRIEF.allLines, 'lines') ??
      over(brief.lines, MOST_IN_BRIEF.lines, 'lines of prose') ??
      over(brief.markers, MOST_IN_BRIEF.markers, 'list items and quoted lines') ??
      over(brief.underlines, MOST_IN_BRIEF.underlines, 'lines of `=` or `-`') ??
      over(brief.brackets, MOST_IN_BRIEF.brackets, 'square brackets') ??
      over(brief.emphases, MOST_IN_BRIEF.emphases, 'signs `*` and `_`') ??
      over(brief.indent, MOST_IN_BRIEF.indent, 'columns of deep indentation') ??
      over(paragraph.lines, MOST_IN_PARAGRAPH.lines, 'lines without a blank one between them') ??
      over(paragraph.brackets, MOST_IN_PARAGRAPH.brackets, 'square brackets in one paragraph') ??
      over(paragraph.emphases, MOST_IN_PARAGRAPH.emphases, 'signs `*` and `_` in one paragraph') ??
      over(paragraph.backticks, MOST_IN_PARAGRAPH.backticks, 'backticks in one paragraph');
    if (passed !== null) return [tooMuch(place, passed)];
  }
  return [];
}

function tooMuch(span: Span, label: string): Diagnostic {
  return diagnose('brief-too-much-markup', span, { label });
}

function over(count: number, limit: number, what: string): string | null {
  return count > limit ? `here the brief passes ${limit} ${what}` : null;
}

function tooDeep(span: Span, label: string): Diagnostic {
  return diagnose('brief-nested-too-deep', span, { label });
}

/** How many quotations and list items the head of a line opens or continues. */
function countMarkers(line: string): number {
  let markers = 0;
  const marker = /[ \t]*(?:>|[-*+](?=[ \t]|$)|\d{1,9}[.)](?=[ \t]|$))/y;
  while (marker.test(line)) markers++;
  return markers;
}

const BACKSLASH = 92;
const BACKTICK = 96;
const STAR = 42;
const UNDERSCORE = 95;
const OPEN = 91;
const CLOSE = 93;

/** A line's signs; `open` brackets come in from the lines before it and go out to those after it. */
function countSigns(line: string, openBefore: number): Omit<Signs, 'lines'> & { readonly deepest: number } {
  let [open, deepest, brackets, emphases, backticks] = [openBefore, openBefore, 0, 0, 0];
  for (let column = 0; column < line.length; column++) {
    const code = line.charCodeAt(column);
    if (code === BACKSLASH) column++;
    else if (code === BACKTICK) backticks++;
    else if (code === STAR || code === UNDERSCORE) emphases++;
    else if (code === OPEN || code === CLOSE) {
      brackets++;
      open = code === OPEN ? open + 1 : Math.max(0, open - 1);
      deepest = Math.max(deepest, open);
    }
  }
  return { open, deepest, brackets, emphases, backticks };
}

/**
 * All lines, told apart. A fence that does not begin at column 0 may lie in a list and end with it; from there on no
 * line is known to be in a block, and all but the blank ones count as prose.
 */
function* linesOf(text: string): Generator<Line> {
  let fence: string | null = null;
  let certain = true;
  for (let start = 0; start < text.length; ) {
    const end = endOfLine(text, start);
    const line = text.slice(start, end);
    const mark = /^([^`~\w]*)(`{3,}|~{3,})(.*)$/.exec(line);
    if (mark && mark[1] !== '') certain = false;
    let prose = line.trim() !== '';
    if (certain && fence !== null) {
      prose = false;
      if (mark?.[2]?.startsWith(fence) && mark[3]?.trim() === '') fence = null;
      // Backticks with another one after them are words in code, not a fence.
    } else if (certain && mark && (mark[2]!.startsWith('~') || !mark[3]!.includes('`'))) {
      prose = false;
      fence = mark[2]!;
    }
    yield { start, text: line, prose };
    start = lineAfter(text, end);
  }
}

/** The offset at which the line that holds `start` ends, before its line break. */
export function endOfLine(text: string, start: number): number {
  for (let offset = start; offset < text.length; offset++) {
    const code = text.charCodeAt(offset);
    if (code === 10 || code === 13) return offset;
  }
  return text.length;
}

/** The offset at which the next line begins, given where one ends: past \n, \r\n or \r. */
export function lineAfter(text: string, end: number): number {
  if (text.charCodeAt(end) === 13 && text.charCodeAt(end + 1) === 10) return end + 2;
  return Math.min(end + 1, text.length);
}
