/**
 * The text of a data file to a header and rows of cells: values separated by commas, quoted where they hold one
 * (RFC 4180). Lines before the header that begin with `#` are comments. Each fault has one message at its place in the
 * file, and a file that several declarations read is read once. What the cells mean is another file's business.
 */
import { parse } from 'csv-parse/browser/esm/sync';
import { MAXIMUM_ROWS } from '../base/limits.ts';
import { formatCount } from '../base/number-format.ts';
import { lineStarts, type Span } from '../base/span.ts';
import type { DataText } from './data-files.ts';
import { report, type Workbench } from './workbench.ts';

export type CsvRow = {
  /** Where its line begins, as a number into the file's lines, from 0. */
  readonly line: number;
  /** Without white space around them; as many as the header has. */
  readonly cells: readonly string[];
};

export type Csv = {
  /** As the model writes it. */
  readonly name: string;
  readonly file: string;
  readonly text: string;
  /** Offsets at which the file's lines begin. */
  readonly starts: readonly number[];
  readonly header: CsvRow;
  readonly rows: readonly CsvRow[];
};

/** Faults of one kind that are told of one file: whoever has seen these knows the others. */
export const MOST_TOLD = 3;

/** Null after a fault; `name` is what the model calls the file. */
export function readCsv(bench: Workbench, name: string, { file, text }: DataText): Csv | null {
  const starts = lineStarts(text);
  const first = starts.findIndex((start, line) => {
    const { end } = spanOfLine({ file, text, starts }, line);
    return !/^[ \t]*(?:#|$)/.test(text.slice(start, end));
  });
  const at = (line: number): Span => spanOfLine({ file, text, starts }, line);
  if (first < 0) {
    const line = starts.length - 1;
    report(bench, 'csv-header', text === '' ? { file, start: 0, end: 0 } : at(line), {
      label: text.trim() === '' ? 'this file is empty' : 'below the comments there is nothing',
    });
    return null;
  }
  const lines = starts.length - 1 - first;
  if (lines > MAXIMUM_ROWS + 1) {
    report(bench, 'csv-too-long', at(first), {
      label: `below the header stand ${formatCount(lines - 1)} lines; the limit is ${formatCount(MAXIMUM_ROWS)} rows`,
    });
    return null;
  }
  const found = divide(bench, { file, text, starts }, first);
  const [header, ...rows] = found ?? [];
  if (header === undefined) return null;
  const csv: Csv = { name, file, text, starts, header, rows };
  return isWhole(bench, csv) ? csv : null;
}

type Lines = Pick<Csv, 'file' | 'text' | 'starts'>;

/** The records of the text from a line on; null where quotes are at fault. */
function divide(bench: Workbench, lines: Lines, first: number): readonly CsvRow[] | null {
  const { text, starts } = lines;
  const rest = text.slice(starts[first] ?? 0).replaceAll(/\r\n?/g, '\n');
  try {
    const records = parse(rest, {
      info: true,
      record_delimiter: '\n',
      relax_column_count: true,
      skip_empty_lines: true,
    }) as unknown as readonly {
      readonly info: { readonly lines: number };
      readonly record: readonly string[];
    }[];
    return records.map(({ info, record }) => {
      // The parser counts the line on which a record ends; a quoted cell may have begun it further up.
      const broken = record.reduce((count, cell) => count + (cell.match(/\n/g)?.length ?? 0), 0);
      return { line: first + info.lines - 1 - broken, cells: record.map((cell) => cell.trim()) };
    });
  } catch (fault) {
    const found = fault as { readonly code?: unknown; readonly lines?: unknown };
    if (typeof found.code !== 'string' || typeof found.lines !== 'number') throw fault;
    report(bench, 'csv-malformed', spanOfLine(lines, first + found.lines - 1), {
      label:
        found.code === 'CSV_QUOTE_NOT_CLOSED'
          ? 'a quote that opens on this line is closed nowhere'
          : 'a quote stands within a cell',
      hint: 'Put the whole cell in quotes and double the quotes in it, or take them away.',
    });
    return null;
  }
}

/** Whether the header names each column once and every row has a cell for each. */
function isWhole(bench: Workbench, csv: Csv): boolean {
  const { header, rows } = csv;
  const [only = '', ...others] = header.cells;
  const sign = others.length > 0 ? undefined : [';', '\t', '|'].find((one) => only.includes(one));
  if (sign !== undefined) {
    report(bench, 'csv-malformed', spanOfLine(csv, header.line), {
      label: `the cells seem to be separated by ${sign === '\t' ? 'tabs' : `\`${sign}\``}`,
      hint: 'Save the table with commas between the cells, and a point in decimal numbers.',
    });
    return false;
  }
  let whole = true;
  const seen = new Map<string, number>();
  header.cells.forEach((name, column) => {
    const span = cellSpan(csv, header, column);
    const isEmpty = name === '';
    if (isEmpty || seen.has(name)) {
      const label = isEmpty
        ? `column ${column + 1} has no name`
        : `column ${(seen.get(name) ?? 0) + 1} has this name already`;
      report(bench, 'csv-header', span, { label });
      whole = false;
    }
    seen.set(name, column);
  });
  if (rows.length === 0 && whole) {
    report(bench, 'csv-without-rows', spanOfLine(csv, header.line), {
      label: 'below the header there is nothing',
    });
    return false;
  }
  if (rows.length > MAXIMUM_ROWS) {
    report(bench, 'csv-too-long', spanOfLine(csv, header.line), {
      label: `below the header stand ${formatCount(rows.length)} rows; the limit is ${formatCount(MAXIMUM_ROWS)}`,
    });
    return false;
  }
  const width = header.cells.length;
  const ragged = rows.filter(({ cells }) => cells.length !== width);
  tellSome(ragged, (row, more) => {
    const count = row.cells.length;
    report(bench, 'csv-malformed', spanOfLine(csv, row.line), {
      label: `this row has ${count === 1 ? 'one cell' : `${count} cells`}, the header ${width === 1 ? 'one' : width}${more}`,
      hint:
        count > width
          ? 'A comma separates cells: a number is written without commas, and a text that holds one stands in quotes.'
          : 'Give every row a cell for each column.',
    });
  });
  return whole && ragged.length === 0;
}

/** Tells of the first few faults of a kind; the last of them says how many more there are. */
export function tellSome<Fault>(faults: readonly Fault[], tell: (fault: Fault, more: string) => void): void {
  faults.slice(0, MOST_TOLD).forEach((fault, number) => {
    const left = number === MOST_TOLD - 1 ? faults.length - MOST_TOLD : 0;
    tell(fault, left === 0 ? '' : `; so have ${formatCount(left)} more rows a fault of this kind`);
  });
}

// --- places -----------------------------------------------------------------------------------------------------

/** A line of the file without its end. */
export function spanOfLine({ file, text, starts }: Lines, line: number): Span {
  const start = starts[line] ?? text.length;
  let end = starts[line + 1] ?? text.length;
  while (end > start && '\r\n'.includes(text.charAt(end - 1))) end--;
  return { file, start, end };
}

/** Where a cell stands; an empty one is told by the sign behind it, or by the line where it is the last. */
export function cellSpan(csv: Csv, row: CsvRow, column: number): Span {
  const { file, text, starts } = csv;
  let start = starts[row.line] ?? 0;
  for (let cell = 0; cell < column; cell++) start = endOfCell(text, start) + 1;
  let end = endOfCell(text, start);
  while (start < end && ' \t'.includes(text.charAt(start))) start++;
  while (end > start && ' \t'.includes(text.charAt(end - 1))) end--;
  if (end > start) return { file, start, end };
  return text.charAt(end) === ',' ? { file, start: end, end: end + 1 } : spanOfLine(csv, row.line);
}

/** Where the comma or the line's end behind a cell stands. */
function endOfCell(text: string, start: number): number {
  let quoted = false;
  for (let at = start; at < text.length; at++) {
    const sign = text.charAt(at);
    if (sign === '"') quoted = !quoted;
    else if (!quoted && (sign === ',' || sign === '\n' || sign === '\r')) return at;
  }
  return text.length;
}
