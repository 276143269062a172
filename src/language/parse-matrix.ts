/**
 * The lines of an input in order, with matrices among them: a head that names the speaker and the columns, and a row for
 * each element of the other groups, which stands in brackets so that no row can be taken for a speaker's line.
 *
 *   survey matrix   child,  adult   counts "…"  "note"  else FIGURE
 *     [child]         7.0,    3.0
 *     [adult]         2.0,  4 to 6  "note"
 *
 * Figures stand between commas, since a figure may be several words. Each row is a line of its own: a fault in one spoils
 * no other. A figure that needs more than a note (a bound, a reading, an echo) is written on a line of its own.
 */
import {
  type Cursor,
  fail,
  failExpected,
  giveUp,
  isSymbol,
  isWord,
  lineSpan,
  peek,
  readName,
  takeSymbol,
  takeWords,
} from './cursor.ts';
import { readEstimate, readFigure, readParts, readSpeaker } from './parse-estimate.ts';
import { takeElements } from './parse-indices.ts';
import { failLine } from './reading.ts';
import type { Estimate, EstimateMatrix, Figure, Name } from './tree.ts';

type Row = EstimateMatrix['rows'][number];

/** All estimates of an input's lines. */
export function readEstimates(lines: readonly Cursor[]): readonly Estimate[] {
  const estimates: Estimate[] = [];
  let above: Cursor | null = null;
  for (let at = 0; at < lines.length; ) {
    const line = lines[at++]!;
    let estimate: Estimate | null;
    if (isHead(line)) {
      const first = at;
      while (at < lines.length && (isRow(lines[at]!) || isBareRow(lines[at]!))) at++;
      estimate = readMatrix(line, lines.slice(first, at));
    } else estimate = isRow(line) ? strayRow(line, above) : readEstimate(line);
    if (estimate !== null) estimates.push(estimate);
    above = line;
  }
  return estimates;
}

const isHead = (line: Cursor): boolean => peek(line).kind === 'name' && isWord(peek(line, 1), 'matrix');
const isRow = (line: Cursor): boolean => isSymbol(peek(line), '[');
/** `child 7, 3`, a row without its brackets: no line of a speaker has a comma behind its figure. */
const isBareRow = (line: Cursor): boolean =>
  peek(line).kind === 'name' && peek(line, 1).kind === 'number' && isSymbol(peek(line, 2), ',');

/** A row below a line that was given up may well belong to it: nothing more is said. */
function strayRow(line: Cursor, above: Cursor | null): null {
  if (above?.failed === true) return giveUp(line);
  return failLine(
    line,
    "a source's name or `assumed`",
    'A row of a matrix stands below the line with its speaker and columns: `survey matrix child, adult`.',
  );
}

function readMatrix(head: Cursor, lines: readonly Cursor[]): EstimateMatrix | null {
  const { speaker, speakerSpan } = readSpeaker(head);
  takeWords(head, 'matrix');
  const columns = readColumns(head);
  const parts = readPlainParts(head);
  let { rest } = parts;
  const rows: Row[] = [];
  for (const line of lines) {
    if (isBareRow(line)) refuseBareRow(line);
    const elements = takeElements(line);
    const figures = readFigures(line, head.failed ? null : columns);
    const own = readPlainParts(line);
    if (own.counts !== null)
      fail(line, 'words-left-over', own.counts.span, {
        label: 'the counting rule stands on the line with the columns',
      });
    if (own.rest !== null && rest !== null)
      fail(line, 'given-twice', own.rest.span, { label: 'a second `else` in this matrix' });
    rest ??= own.rest;
    if (elements !== null && !line.failed)
      rows.push({ elements, figures, note: own.note, span: lineSpan(line) });
  }
  if (lines.length === 0)
    fail(head, 'part-missing', speakerSpan, {
      label: 'this matrix has no rows',
      hint: `Write a line for each of them below: \`[${columns[0]?.text ?? 'child'}] 7, 3\`.`,
    });
  if (head.failed) return null;
  const { counts, note } = parts;
  const last = lines.at(-1);
  const span = last === undefined ? lineSpan(head) : { ...lineSpan(head), end: lineSpan(last).end };
  return { kind: 'matrix', speaker, speakerSpan, columns, rows, counts, note, rest, span };
}

function refuseBareRow(line: Cursor): void {
  const element = peek(line);
  const written = line.source.slice(element.start, element.end);
  fail(line, 'part-missing', element, {
    label: 'the element of a row stands in brackets',
    hint: `Write \`[${written}]\`, so that the row cannot be taken for another speaker's line.`,
  });
}

function readColumns(head: Cursor): readonly Name[] {
  const columns: Name[] = [];
  const next = peek(head);
  if (isWord(next, 'from') || isWord(next, 'at')) {
    fail(head, 'date-misplaced', next, {
      label: 'a matrix has no date',
      hint: 'Give each figure that changes with time a line of its own, such as `survey[child, adult] from 2024-04-01 5`.',
    });
  }
  do {
    const column = readName(head, "a column's element after `matrix`");
    if (column !== null) columns.push(column);
  } while (takeSymbol(head, ',') !== null);
  return columns;
}

/** The figures of a row; `columns` is null where they could not be read. */
function readFigures(line: Cursor, columns: readonly Name[] | null): readonly Figure[] {
  const figures: Figure[] = [];
  const from = peek(line);
  do {
    const column = columns?.[figures.length];
    const figure = readFigure(line, column === undefined ? 'a figure' : `the figure for \`${column.text}\``);
    if (figure !== null) figures.push(figure);
    if (peek(line).kind === 'number') failExpected(line, '`,` between two figures');
  } while (takeSymbol(line, ',') !== null);
  if (columns === null || line.failed || figures.length === columns.length) return figures;
  const missing = columns.slice(figures.length).map((column) => `\`${column.text}\``);
  fail(
    line,
    'matrix-shape',
    { start: from.start, end: figures.at(-1)?.span.end ?? from.end },
    {
      label:
        missing.length > 0
          ? `no figure stands here for ${missing.join(', ')}`
          : `${figures.length} figures for ${columns.length} ${columns.length === 1 ? 'column' : 'columns'}`,
    },
  );
  return figures;
}

/** A counting rule, a note and an `else`; readings and echoes need a line of their own. */
function readPlainParts(line: Cursor): Pick<EstimateMatrix, 'counts' | 'note' | 'rest'> {
  const { counts, note, rest, readAs, echoOf } = readParts(line);
  const foreign = readAs?.figure.span ?? echoOf?.span ?? null;
  if (foreign !== null) {
    fail(line, 'words-left-over', foreign, {
      label: `\`${readAs === null ? 'echo of' : 'read as'}\` does not belong in a matrix`,
      hint: 'Give the figure a line of its own, such as `survey[child, adult] at most 5 read as 3 to 5 "reason"`, and leave its row or column out.',
    });
  }
  return { counts, note, rest };
}
