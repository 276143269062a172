/**
 * What is taken from a data file beside the model.
 *
 *   series NAME[Group]: UNIT "label" from "FILE.csv" [linear | held]
 *     column "HEADER" in UNIT    which column, and in what it is counted; either part may be missing
 *     at "HEADER" in UNIT        the column of dates, or of times in a model without a calendar
 *     by SOURCE "note"           or  assumed "reason"
 *     ends kept                  of a series alone: beyond its rows it keeps the first and last values
 *
 *   observed VARIABLE[Element] "label" from "FILE.csv"      with the same lines
 *
 * What the file holds is for the model to say; here nothing is opened.
 */
import {
  atEnd,
  type Cursor,
  fail,
  failExpected,
  isSymbol,
  isWord,
  lineSpan,
  peek,
  previous,
  takeText,
  takeWords,
} from './cursor.ts';
import { readReference } from './parse-call.ts';
import { readOrigin } from './parse-table.ts';
import { readUnit } from './parse-unit.ts';
import { declared, failLine, finish, type Reading, readHeading } from './reading.ts';
import type { ColumnText, FromFile, ObservedDeclaration, SeriesDeclaration, Text } from './tree.ts';

export function readSeries(reading: Reading<'series'>): SeriesDeclaration | null {
  const { head } = reading;
  const { name, axes, unit, label } = readHeading(reading);
  const [, second] = axes;
  if (second !== undefined) {
    fail(head, 'not-yet-supported', second.span, {
      label: 'a series over several groups is not part of this version',
      hint: 'Let it go over one group: a file has one column for each of its elements.',
    });
  }
  const file = readFile(head, `series ${name?.text ?? 'price'}: USD/t from "prices.csv"`);
  const held = takeWords(head, 'held');
  if (held === null) takeWords(head, 'linear');
  finish(head);
  let endsKept: SeriesDeclaration['endsKept'] = null;
  const taken = readLines(reading, '`column`, `at`, `by`, `assumed` or `ends kept`', (line) => {
    if (takeWords(line, 'ends', 'kept') === null) return false;
    finish(line);
    if (endsKept !== null) failTwice(line, 'that the ends are kept');
    else endsKept = lineSpan(line);
    return true;
  });
  if (name === null || file === null) return null;
  return { ...declared(reading), name, axes, unit, label, file, held, endsKept, ...taken };
}

export function readObserved(reading: Reading<'observed'>): ObservedDeclaration | null {
  const { head } = reading;
  const variable = readReference(head, 'the name of a variable after `observed`');
  const colon = peek(head);
  if (isSymbol(colon, ':')) {
    fail(head, 'words-left-over', colon, {
      label: 'what is observed has its unit already',
      hint: 'If the records are counted otherwise, say so below: `column "HEADER" in UNIT`.',
    });
  }
  const label = takeText(head);
  const file = readFile(head, 'observed stores from "counts.csv"');
  if (!atEnd(head) && takeWords(head, isWord(peek(head), 'held') ? 'held' : 'linear') !== null) {
    fail(head, 'words-left-over', previous(head), {
      label: 'a record is set beside the variable at its own instants, and nothing in between',
    });
  }
  finish(head);
  const taken = readLines(reading, '`column`, `at`, `by` or `assumed`', () => false);
  if (variable === null || file === null) return null;
  return { ...declared(reading), variable, label, file, ...taken };
}

/** `from "FILE.csv"`. */
function readFile(head: Cursor, example: string): Text | null {
  const hint = `Write for example \`${example}\`.`;
  if (takeWords(head, 'from') === null) {
    return failExpected(head, '`from` and the name of a data file', {
      hint: isSymbol(peek(head), '=') ? `What is taken from a file has no equation. ${hint}` : hint,
    });
  }
  return (
    takeText(head) ?? failExpected(head, 'the name of a data file in double quotes after `from`', { hint })
  );
}

/** The indented lines; `readMore` takes a line that only this declaration has. */
function readLines(
  { body }: Reading,
  expected: string,
  readMore: (line: Cursor) => boolean,
): Pick<FromFile, 'column' | 'at' | 'origin'> {
  let column: ColumnText | null = null;
  let at: ColumnText | null = null;
  let origin: FromFile['origin'] = null;
  for (const line of body) {
    if (takeWords(line, 'column') !== null) {
      const read = readColumn(line, 'column "tonnes" in t/week');
      if (column !== null) failTwice(line, 'which column is meant');
      else column = read;
    } else if (takeWords(line, 'at') !== null) {
      const read = readColumn(line, 'at "date"');
      if (at !== null) failTwice(line, 'which column holds the time');
      else at = read;
    } else if (!readMore(line)) {
      const said = readOrigin(line);
      if (said === null) failLine(line, expected);
      else if (origin !== null) failTwice(line, 'where the rows come from');
      else origin = said;
    }
  }
  return { column, at, origin };
}

function failTwice(line: Cursor, what: string): void {
  fail(line, 'given-twice', lineSpan(line), { label: `${what} is said already` });
}

/** `"HEADER" in UNIT`, of which one part may be missing. */
function readColumn(line: Cursor, example: string): ColumnText | null {
  const header = takeText(line);
  const unit = takeWords(line, 'in') === null ? null : readUnit(line, "the column's unit after `in`");
  if (header === null && unit === null) {
    return failExpected(line, "a column's header in double quotes, or `in` and its unit", {
      hint: `Write for example \`${example}\`.`,
    });
  }
  const failed = line.failed || !atEnd(line);
  finish(line);
  return failed ? null : { header, unit, span: lineSpan(line) };
}
