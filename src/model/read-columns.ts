/**
 * What a declaration takes from its data file: a rising column of instants and one or more columns of numbers, all in
 * base units. Every cell that is read is a number or a date, or has its message: nothing is guessed, left out or
 * filled in.
 */
import { parseDate } from '../base/calendar.ts';
import * as rational from '../base/rational.ts';
import type { Span } from '../base/span.ts';
import { suggest } from '../base/suggest.ts';
import type { ColumnText, FromFile, Text } from '../language/tree.ts';
import { faultOfName } from './data-files.ts';
import type { TimeAxis } from './model.ts';
import { type Csv, type CsvRow, cellSpan, readCsv, spanOfLine, tellSome } from './read-csv.ts';
import { formatDimension, isNumber, NUMBER, sameDimension, TIME, type Unit } from './units.ts';
import { readUnit, report, reportGiven, type Workbench } from './workbench.ts';

export type Columns = {
  readonly csv: Csv;
  readonly time: number;
  /** On the model's axis, in days, rising. */
  readonly at: readonly number[];
  /** One list of values for each column, in base units. */
  readonly values: readonly (readonly number[])[];
};

type Wanted = {
  /** Who takes it: a column of this name needs no `column` line. */
  readonly name: string;
  readonly nameSpan: Span;
  readonly unit: Unit;
  /** The headers of an array's columns; null for a single column. */
  readonly elements: readonly string[] | null;
};

/** Null after a fault. */
export function readColumns(bench: Workbench, taken: FromFile, wanted: Wanted): Columns | null {
  const unit = unitOfColumn(bench, taken.column, wanted);
  const timeUnit = unitOfTime(bench, taken.at, wanted);
  const csv = csvOf(bench, taken.file);
  if (csv === null || bench.time === null) return null;
  const time = taken.at?.header == null ? 0 : findColumn(bench, csv, taken.at.header);
  if (time === null) return null;
  if (wanted.elements !== null && taken.column?.header != null) {
    report(bench, 'words-left-over', taken.column.header.span, {
      label: `\`${wanted.name}\` takes a column for each element of its group, by the elements' names`,
      hint: 'Take the header away; `column in UNIT` says in what all of them are counted.',
    });
    return null;
  }
  const columns =
    wanted.elements === null
      ? [valueColumn(bench, csv, taken, wanted, time)]
      : wanted.elements.map((element) => elementColumn(bench, csv, wanted, element, time));
  if (unit === null || (timeUnit === null && bench.time.epoch === null)) return null;
  const at = readTimes(bench, csv, time, bench.time, timeUnit ?? NUMBER);
  const values = columns.map((column) =>
    column === null ? null : readNumbers(bench, csv, column, unit, wanted),
  );
  if (at === null || !values.every((list) => list !== null)) return null;
  return { csv, time, at, values };
}

// --- the file and its columns -----------------------------------------------------------------------------------

function csvOf(bench: Workbench, { value: name, span }: Text): Csv | null {
  const fault = faultOfName(name);
  if (fault !== null) {
    report(bench, 'data-file-name', span, { label: fault });
    return null;
  }
  const known = bench.csvs.get(name);
  if (known !== undefined) return known;
  const found = bench.data.get(name);
  if (found === undefined) {
    report(bench, 'file-missing', span, {
      label: 'no such file lies beside the model',
      hint: 'Put the file into the folder of the argument, or correct its name.',
    });
    return null;
  }
  if ('code' in found) reportGiven(bench, found);
  const csv = 'code' in found ? null : readCsv(bench, name, found);
  bench.csvs.set(name, csv);
  return csv;
}

function findColumn(bench: Workbench, csv: Csv, { value, span }: Text): number | null {
  const column = csv.header.cells.indexOf(value.trim());
  if (column >= 0) return column;
  reportNoColumn(bench, csv, value, span);
  return null;
}

function reportNoColumn(bench: Workbench, csv: Csv, header: string, span: Span, reason = ''): void {
  const nearest = suggest(header, csv.header.cells);
  report(bench, 'column-unknown', span, {
    label: `\`${csv.name}\` has no column \`${header}\``,
    reason,
    hint: nearest === null ? `It has ${listed(csv.header.cells)}.` : `Did you mean \`${nearest}\`?`,
  });
}

const MOST_LISTED = 8;

function listed(names: readonly string[]): string {
  const more = names.length - MOST_LISTED;
  const shown = names.slice(0, MOST_LISTED).map((name) => `\`${name}\``);
  return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ');
}

/** The column that `column` names, or that bears the name, or the only one that is left. */
function valueColumn(
  bench: Workbench,
  csv: Csv,
  { column, file }: FromFile,
  { name }: Wanted,
  time: number,
): number | null {
  if (column !== null && column.header !== null) {
    const found = findColumn(bench, csv, column.header);
    return found === time ? timeTwice(bench, column.header) : found;
  }
  const { cells } = csv.header;
  const named = cells.indexOf(name);
  if (named >= 0 && named !== time) return named;
  if (cells.length === 2) return 1 - time;
  const others = cells.filter((_, at) => at !== time);
  const [example] = others;
  report(bench, 'column-not-said', file.span, {
    label:
      example === undefined
        ? `\`${csv.name}\` has only one column`
        : `beside \`${cells[time]}\` it has ${listed(others)}`,
    hint:
      example === undefined
        ? 'A file has a column of dates or times and at least one of numbers.'
        : `Add a line such as \`column "${example}"\`.`,
  });
  return null;
}

function timeTwice(bench: Workbench, { value, span }: Text): null {
  report(bench, 'column-not-said', span, {
    label: `\`${value}\` is the column of the time`,
    hint: 'Name the column of the numbers; `at "HEADER"` says which one holds the time, where that is not the first.',
  });
  return null;
}

function elementColumn(
  bench: Workbench,
  csv: Csv,
  { name, nameSpan }: Wanted,
  element: string,
  time: number,
): number | null {
  const column = csv.header.cells.indexOf(element);
  if (column >= 0 && column !== time) return column;
  reportNoColumn(bench, csv, element, nameSpan, `\`${name}\` takes a column for each element of its group.`);
  return null;
}

// --- units ------------------------------------------------------------------------------------------------------

function unitOfColumn(bench: Workbench, column: ColumnText | null, { unit, name }: Wanted): Unit | null {
  if (column === null || column.unit === null) return unit;
  const own = readUnit(bench, column.unit);
  if (own === null || sameDimension(own.dimension, unit.dimension)) return own;
  report(bench, 'unit-mismatch', column.unit.span, {
    label: `this is in ${formatDimension(own.dimension)}`,
    hint: `\`${name}\` is in ${formatDimension(unit.dimension)}: name what the column is counted in, or correct the unit of \`${name}\`.`,
  });
  return null;
}

/** Null where there is none, as in a model with a calendar, or after a fault. */
function unitOfTime(bench: Workbench, at: ColumnText | null, { nameSpan }: Wanted): Unit | null {
  const hasCalendar = bench.time === null || bench.time.epoch !== null;
  if (at === null || at.unit === null) {
    if (!hasCalendar) {
      report(bench, 'unit-missing', at?.span ?? nameSpan, {
        label: 'in what is the column of the time counted?',
        hint: 'Add a line such as `at in day`, or `at "HEADER" in day` where the time is not the first column.',
      });
    }
    return null;
  }
  const unit = readUnit(bench, at.unit);
  if (unit === null) return null;
  if (bench.time !== null && hasCalendar) {
    report(bench, 'words-left-over', at.unit.span, {
      label: 'a model with a calendar reads dates, which have no unit',
      hint: 'Take `in` and the unit away, and write the column as dates: `2024-06-20`.',
    });
    return null;
  }
  if (sameDimension(unit.dimension, TIME)) return unit;
  report(bench, 'time-expected', at.unit.span, { label: `this is in ${formatDimension(unit.dimension)}` });
  return null;
}

// --- cells ------------------------------------------------------------------------------------------------------

type Fault = {
  readonly code:
    | 'csv-cell-missing'
    | 'csv-not-a-number'
    | 'csv-not-a-date'
    | 'csv-not-rising'
    | 'share-out-of-range';
  readonly row: CsvRow;
  readonly label: string;
  readonly hint?: string;
  /** What the cell says all the same, for the row below. */
  readonly said?: rational.Rational;
};
type CellFault = Omit<Fault, 'row'>;
type Cell = { readonly value: rational.Rational } | CellFault;

/** A column from the first row to the last; null after a fault. */
function readCells(
  bench: Workbench,
  csv: Csv,
  column: number,
  read: (cell: string, before: rational.Rational | null) => Cell,
): readonly number[] | null {
  const values: number[] = [];
  const faults: Fault[] = [];
  let before: rational.Rational | null = null;
  for (const row of csv.rows) {
    const cell = row.cells[column] ?? '';
    const found: Cell = isMissing(cell) ? missing(csv, cell, column) : read(cell, before);
    if ('value' in found) {
      before = found.value;
      values.push(rational.toNumber(found.value));
    } else {
      before = found.said ?? before;
      faults.push({ ...found, row });
    }
  }
  const told = bench.toldCells;
  tellSome(faults, ({ code, row, label, hint }, more) => {
    const span = row.cells[column] === '' ? spanOfLine(csv, row.line) : cellSpan(csv, row, column);
    // Several declarations may read one column.
    const key = `${code} ${span.file} ${span.start} ${column}`;
    if (told.has(key)) return;
    told.add(key);
    report(
      bench,
      code,
      span,
      hint === undefined ? { label: `${label}${more}` } : { label: `${label}${more}`, hint },
    );
  });
  return faults.length === 0 ? values : null;
}

/** What statisticians write where there is nothing. */
const isMissing = (cell: string): boolean => /^(?:|-+|\.\.?|n\/?a|nan|null|none|\?)$/i.test(cell);

function missing({ header }: Csv, cell: string, column: number): CellFault {
  const where = `in the column \`${header.cells[column]}\``;
  return {
    code: 'csv-cell-missing',
    label: cell === '' ? `there is nothing ${where}` : `there is no number or date ${where}`,
  };
}

function readNumbers(
  bench: Workbench,
  csv: Csv,
  column: number,
  unit: Unit,
  { unit: declared }: Wanted,
): readonly number[] | null {
  return readCells(bench, csv, column, (cell) => {
    const percent = isNumber(unit.dimension) && cell.endsWith('%');
    const number = numberIn(percent ? cell.slice(0, -1).trim() : cell);
    if ('code' in number) return number;
    const factor = percent ? rational.rational(1, 100) : unit.factor;
    const value = rational.multiply(number.value, factor);
    const isOutside = rational.compare(value, rational.ZERO) < 0 || rational.compare(value, rational.ONE) > 0;
    if (declared.text === 'share' && isOutside) {
      return {
        code: 'share-out-of-range',
        label: 'this is not between 0 % and 100 %',
        hint: 'A share is written as `0.45` or `45%`. A column of per cent is read `in percent`, with a line `unit percent = 1%`.',
      };
    }
    return { value };
  });
}

/** More digits than any record has, and beyond this power of ten a value would leave what float64 can hold. */
const MOST_DIGITS = 40;
const LARGEST_EXPONENT = 300;

function numberIn(cell: string): Cell {
  const refused = (label: string, hint?: string): CellFault =>
    hint === undefined ? { code: 'csv-not-a-number', label } : { code: 'csv-not-a-number', label, hint };
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(cell);
  const [, sign, whole = '', fraction = '', exponent = '0'] = match ?? [];
  if (match !== null && whole + fraction !== '') {
    const isShort = whole.length + fraction.length <= MOST_DIGITS && exponent.length < 6;
    if (!isShort || Math.abs(Number(exponent)) > LARGEST_EXPONENT)
      return refused(
        `a number has at most ${MOST_DIGITS} digits and a power of ten of at most ${LARGEST_EXPONENT}`,
      );
    const value = rational.parseDecimal(`${whole}.${fraction}e${exponent}`);
    if (value === null) throw new Error('a number that is none');
    return { value: sign === '-' ? rational.negate(value) : value };
  }
  if (/^[+-]?\d{1,3}(?:[,'’ \u00a0\u202f_]\d{3})+(?:\.\d*)?$/.test(cell))
    return refused('its digits are set apart', `Write \`${cell.replaceAll(/[^\d.+-]/g, '')}\`.`);
  if (/^[+-]?\d+,\d+$/.test(cell))
    return refused('a comma stands in it', `Write \`${cell.replace(',', '.')}\`.`);
  if (parseDate(cell) !== null) return refused('this is a date');
  if (/^\u2212/.test(cell)) return refused('its minus is not the sign `-`', `Write \`-${cell.slice(1)}\`.`);
  return refused('this is no number');
}

/** The column of instants, which must rise. */
function readTimes(
  bench: Workbench,
  csv: Csv,
  column: number,
  time: TimeAxis,
  unit: Unit,
): readonly number[] | null {
  const { epoch } = time;
  return readCells(bench, csv, column, (cell, before) => {
    let value: rational.Rational;
    if (epoch === null) {
      const number = numberIn(cell);
      if ('code' in number) return number;
      value = rational.multiply(number.value, unit.factor);
    } else {
      const day = parseDate(cell);
      if (day === null) return { code: 'csv-not-a-date', ...dateMend(cell) };
      value = rational.subtract(rational.rational(day), rational.rational(epoch));
    }
    if (before === null || rational.compare(value, before) > 0) return { value };
    const isTwice = rational.equal(value, before);
    return {
      code: 'csv-not-rising',
      said: value,
      label: isTwice ? 'the row before has this time too' : 'this lies before the row above',
    };
  });
}

function dateMend(cell: string): Pick<Fault, 'label' | 'hint'> {
  const parts = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:$|[T ])/.exec(cell);
  if (parts === null) return { label: 'this is no date written year, month, day' };
  const [, year = '', month = '', day = ''] = parts;
  const meant = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  if (parseDate(meant) === null) return { label: 'there is no such day' };
  if (/[T ]/.test(cell))
    return { label: 'this holds more than a date', hint: `Write \`${meant}\`: a row stands for 00:00 UTC.` };
  return {
    label: 'a date has two digits for month and day, and `-` between its parts',
    hint: `Write \`${meant}\`.`,
  };
}
