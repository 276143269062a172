/**
 * Tables: how one quantity follows another, given as points.
 *
 *   table NAME(UNIT or date): UNIT "label" [linear | held]
 *     by SOURCE "note"          or  assumed "reason"
 *     x, y
 *
 * A row is two fixed numbers with a comma between them; bare ones take the declared units. The table is read like a
 * function, `NAME(x)`. Between rows a table is joined by lines, or with `held` keeps a row's value until the next row.
 */
import {
  atEnd,
  type Cursor,
  fail,
  failExpected,
  isSymbol,
  lineSpan,
  peek,
  readName,
  readNewName,
  takeSymbol,
  takeText,
  takeWords,
} from './cursor.ts';
import { close, readArithmetic } from './parse-expression.ts';
import { readUnit, takeUnit } from './parse-unit.ts';
import { declared, finish, type Reading } from './reading.ts';
import type { Expression, TableDeclaration, UnitText } from './tree.ts';

type Origin = NonNullable<TableDeclaration['origin']>;
type Row = TableDeclaration['rows'][number];

export function readTable(reading: Reading<'table'>): TableDeclaration | null {
  const { head } = reading;
  const name = readNewName(head, 'a name after `table`');
  const argument = readArgumentUnit(head);
  const unit = takeUnit(head);
  const label = takeText(head);
  const held = takeWords(head, 'held');
  if (held === null) takeWords(head, 'linear');
  finish(head);
  let origin: Origin | null = null;
  const rows: Row[] = [];
  for (const line of reading.body) {
    const said = readOrigin(line);
    if (said === null) {
      const row = readRow(line);
      if (row !== null) rows.push(row);
    } else if (origin !== null)
      fail(line, 'given-twice', said.span, { label: 'where the points come from is said already' });
    else origin = said;
  }
  if (name === null || argument === null) return null;
  return { ...declared(reading), name, argument, unit, label, held, origin, rows };
}

/** `(UNIT)` or `(date)` behind the name: what the table is read by. */
function readArgumentUnit(head: Cursor): UnitText | 'date' | null {
  const open = takeSymbol(head, '(');
  if (open === null) {
    return failExpected(head, 'in brackets the unit of what the table is read by', {
      hint: 'Write `table fatigue(day): share`; a table over time with a calendar is `table landings(date): person/day`.',
    });
  }
  if (takeWords(head, 'date') !== null) return close(head, open) ? 'date' : null;
  const unit = readUnit(head, 'the unit of what the table is read by');
  return unit !== null && close(head, open) ? unit : null;
}

/** `by SOURCE "note"` or `assumed "reason"`; null where the line is another one. */
export function readOrigin(line: Cursor): Origin | null {
  if (takeWords(line, 'assumed') !== null) {
    const reason = takeText(line);
    finish(line);
    return { source: null, note: reason, span: lineSpan(line) };
  }
  if (takeWords(line, 'by') === null) return null;
  const source = readName(line, "a source's name after `by`");
  const note = takeText(line);
  finish(line);
  return { source, note, span: lineSpan(line) };
}

function readRow(line: Cursor): Row | null {
  const at = readArithmetic(line, 'a point of the table: two numbers with a comma between them');
  if (takeSymbol(line, ',') === null && !isSymbol(peek(line), ',')) {
    failExpected(line, '`,` and the value there', { hint: 'Write a row as `30 day, 80%`.' });
  }
  const value: Expression | null =
    atEnd(line) && line.failed ? null : readArithmetic(line, 'the value there, after `,`');
  finish(line);
  return at === null || value === null || line.failed
    ? null
    : { at, value, span: { ...at.span, end: value.span.end } };
}
