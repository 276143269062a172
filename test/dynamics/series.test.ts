/**
 * Series: the same as a table of the same rows read at the current instant, whatever the method and the rows; and what
 * their files may look like.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { codesButUse, compileText, type DataFiles, runText, soundText } from '../support/compile-text.ts';

const DAYS = 28;

const runWith = (text: string, files?: DataFiles) => runText(text, undefined, files);

/** Rising days with a value each, from the first day of the model to the last. */
const rows = fc
  .tuple(
    fc.uniqueArray(fc.integer({ min: 1, max: DAYS - 1 }), { maxLength: 6 }),
    fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 8, maxLength: 8 }),
  )
  .map(([days, values]) =>
    [0, ...days.toSorted((a, b) => a - b), DAYS].map((day, at) => [day, (values[at] ?? 0) / 8] as const),
  );

const around = (declared: string, read: string, method: string, step: string): string => `model "Either way"
time 0 day .. ${DAYS} day by ${step} using ${method}
unit t
${declared}
stock heap: t = 5
  + comes
  - goes
flow comes: t/day = ${read}
flow goes: t/day = heap / (9 day)
measure left: t = final heap
measure all: t = total comes
measure mean: t = average heap
`;

describe('a series', () => {
  test.each(['linear', 'held'])('%s is a table read at the current instant', (form) => {
    fc.assert(
      fc.property(
        rows,
        fc.constantFrom('euler', 'rk4'),
        fc.constantFrom('1 day', '0.5 day'),
        (points, method, step) => {
          const table = points.map(([day, value]) => `\n  ${day}, ${value}`).join('');
          const csv = `day,brought\n${points.map(([day, value]) => `${day},${value}\n`).join('')}`;
          const series = `series brought: t/day from "x.csv" ${form}\n  at in day\n  assumed "for the test"`;
          const one = runWith(
            around(`table f(day): t/day ${form}\n  assumed "for the test"${table}`, 'f(time)', method, step),
          );
          const other = runWith(around(series, 'brought', method, step), { 'x.csv': csv });
          expect(other.measures).toEqual(one.measures);
        },
      ),
      { numRuns: 40 },
    );
  });

  test('over a group reads each column for itself, wherever it stands', () => {
    const text = (order: string) => `model "Columns"
time 0 day .. 10 day by 1 day
group Good = grain, oil
series price[Good]: 1 from "x.csv"
  at "day" in day
  column in percent
  assumed "for the test"
unit percent = 1%
measure grain_end = final price[grain]
measure oil_end = final price[oil]
measure order = at 0 day sum(price over Good) * (${order})
`;
    const files = { 'x.csv': 'oil,other,day,grain\n100,x,0,50\n250,y,10,75\n' };
    expect(runWith(text('1'), files).measures).toEqual({ grain_end: 0.75, oil_end: 2.5, order: 1.5 });
  });

  test('feeds the start of a stock, and a held one the highest value between two steps', () => {
    const text = `model "Starts"
time 2024-01-01 .. 2024-01-11 by 5 day
unit t
series seen: t from "x.csv" held
  assumed "for the test"
  ends kept
stock heap: t = seen
  - none
flow none: t/day = 0
measure first: t = at 2024-01-01 heap
measure between: t = at 2024-01-09 seen
`;
    const files = { 'x.csv': 'date,seen\n2023-12-01,4\n2024-01-06,12\n' };
    expect(runWith(text, files).measures).toEqual({ first: 4, between: 12 });
  });

  test('keeps its ends only where it says so', () => {
    const text = (kept: string) => `model "Ends"
time 0 day .. 10 day by 1 day
series x: 1 from "x.csv"
  at in day
  assumed "for the test"${kept}
measure first = at 0 day x
measure last = final x
`;
    const files = { 'x.csv': 't,x\n4,10\n6,30\n' };
    expect(compileText(text(''), files).diagnostics.map(({ code }) => code)).toEqual(['series-too-short']);
    expect(runWith(text('\n  ends kept'), files).measures).toEqual({ first: 10, last: 30 });
  });
});

// --- files ------------------------------------------------------------------------------------------------------

const MODEL = `model "A file"
time 2024-01-01 .. 2024-01-11 by 5 day
series x: 1 "what is read" from "x.csv"
  column "x"
  assumed "for the test"
measure last = final x
`;
const codes = (csv: string, model = MODEL): readonly string[] =>
  codesButUse(compileText(model, { 'x.csv': csv }));

describe('a data file', () => {
  const cell = fc.constantFrom('a', 'two words', 'a, b', 'say "so"', 'line\nbreak', '#', '', 'ö');
  const quoted = (text: string, always: boolean): string =>
    always || /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

  test('says the same in every way in which it may be written', () => {
    fc.assert(
      fc.property(
        fc.array(cell, { minLength: 2, maxLength: 2 }),
        fc.boolean(),
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.constantFrom('', '# a note, "quoted\n', '#\n\n# two\n'),
        fc.constantFrom('', '\n', '\n\n'),
        fc.constantFrom('', ' ', '\t'),
        (notes, always, lineEnd, above, below, blank) => {
          const lines = [
            ['date', 'note', 'x'],
            ['2024-01-01', notes[0] ?? '', '1.5'],
            ['2024-01-11', notes[1] ?? '', '2.5e1'],
          ].map((cells) => cells.map((one) => `${always ? '' : blank}${quoted(one, always)}`).join(','));
          const csv = `${above}${lines.join('\n')}${below}`.replaceAll('\n', lineEnd);
          // White space before a quote belongs to the cell, so that a quote within it is at fault.
          fc.pre(always || blank === '' || !notes.some((one) => /[",\n]/.test(one)));
          expect(runWith(MODEL, { 'x.csv': csv }).measures).toEqual({ last: 25 });
        },
      ),
    );
  });

  test.each([
    ['date,x\n2024-01-01,1\n2024-01-11,,\n', 'csv-malformed', '2024-01-11,,'],
    ['date,x\n2024-01-01\n2024-01-11,2\n', 'csv-malformed', '2024-01-01'],
    ['date;x\n2024-01-01;1\n2024-01-11;2\n', 'csv-malformed', 'date;x'],
    ['date\tx\n2024-01-01\t1\n', 'csv-malformed', 'date\tx'],
    ['date,x\n2024-01-01,"1\n2024-01-11,2\n', 'csv-malformed', '2024-01-11,2'],
    ['date,x\n2024-01-01,1"2"\n2024-01-11,2\n', 'csv-malformed', '2024-01-01,1"2"'],
    ['', 'csv-header', ''],
    ['# only a note\n', 'csv-header', ''],
    ['date,,x\n2024-01-01,1,1\n', 'csv-header', ','],
    ['date,x,x\n2024-01-01,1,1\n', 'csv-header', 'x'],
    ['date,x', 'csv-without-rows', 'date,x'],
    ['# note\r\ndate,x\r\n2024-01-01,1\r\n2024-01-11,\r\n', 'csv-cell-missing', '2024-01-11,'],
    ['date,x,y\n2024-01-01, ,1\n2024-01-11,2,1\n', 'csv-cell-missing', '2024-01-01, ,1'],
    ['date,x\n2024-01-01,NA\n2024-01-11,2\n', 'csv-cell-missing', 'NA'],
    ['date,x\n,1\n2024-01-11,2\n', 'csv-cell-missing', ',1'],
    ['date,x\n2024-01-01,twelve\n2024-01-11,2\n', 'csv-not-a-number', 'twelve'],
    ['date,x\n2024-01-01,"1,200"\n2024-01-11,2\n', 'csv-not-a-number', '"1,200"'],
    ['date,x\n2024-01-01,1 200\n2024-01-11,2\n', 'csv-not-a-number', '1 200'],
    ['date,x\n2024-01-01,"3,5"\n2024-01-11,2\n', 'csv-not-a-number', '"3,5"'],
    ['date,x\n2024-01-01,2024-01-01\n2024-01-11,2\n', 'csv-not-a-number', '2024-01-01'],
    ['date,x\n2024-01-01,1e999\n2024-01-11,2\n', 'csv-not-a-number', '1e999'],
    ['date,x\n2024-01-01,0x10\n2024-01-11,2\n', 'csv-not-a-number', '0x10'],
    ['date,x\n2024-01-01,Infinity\n2024-01-11,2\n', 'csv-not-a-number', 'Infinity'],
    ['date,x\n01/02/2024,1\n2024-01-11,2\n', 'csv-not-a-date', '01/02/2024'],
    ['date,x\n2024-01-01T00:00,1\n2024-01-11,2\n', 'csv-not-a-date', '2024-01-01T00:00'],
    ['date,x\n2024-02-30,1\n2024-03-11,2\n', 'csv-not-a-date', '2024-02-30'],
    ['date,x\n0,1\n10,2\n', 'csv-not-a-date', '0'],
    ['date,x\n2024-01-01,1\n2024-01-01,2\n', 'csv-not-rising', '2024-01-01'],
    ['date,x\n2024-01-11,1\n2024-01-01,2\n', 'csv-not-rising', '2024-01-01'],
    ['date,y\n2024-01-01,1\n2024-01-11,2\n', 'column-unknown', '"x"'],
    ['date,x\n2024-01-01,1\n2024-01-10,2\n', 'series-too-short', 'x'],
  ])('%j is refused: %s', (csv, code, marked) => {
    const { diagnostics } = compileText(MODEL, { 'x.csv': csv });
    const found = diagnostics.find((one) => one.code === code);
    expect([...new Set(diagnostics.map((one) => one.code))]).toEqual([code]);
    const text = found?.span.file === 'x.csv' ? csv : MODEL;
    expect(text.slice(found?.span.start, found?.span.end)).toBe(marked);
    expect(found?.hint).not.toBe('');
  });

  test('has its faults told once, however many read it, and of many the first', () => {
    const twice = MODEL.replace(
      'measure',
      'series y: 1 from "x.csv"\n  column "x"\n  assumed "again"\nmeasure',
    );
    expect(codes('date,x\n2024-01-01,1\n2024-01-11,?\n', twice)).toEqual(['csv-cell-missing']);
    expect(codes('date,x\n2024-01-01,1\n2024-01-11\n', twice)).toEqual(['csv-malformed']);
    const many = `date,x\n${Array.from({ length: 11 }, (_, day) => `2024-01-${String(day + 1).padStart(2, '0')},?\n`).join('')}`;
    const { diagnostics } = compileText(MODEL, { 'x.csv': many });
    expect(diagnostics).toHaveLength(3);
    expect(diagnostics[2]?.label).toMatch(/8 more rows/);
  });
});

// --- declarations -----------------------------------------------------------------------------------------------

const FILE = 'date,x,y\n2024-01-01,1,2\n2024-01-11,2,3\n';
const declared = (head: string, ...lines: readonly string[]): string =>
  `model "A declaration"\ntime 2024-01-01 .. 2024-01-11 by 5 day\nunit t\n${[head, ...lines].join('\n  ')}\nmeasure last: 1 = final x\n`;

test.each([
  ['series x: 1 from "x.csv"', ['column "x"'], 'table-without-source'],
  ['series x: 1 from "x.csv"', ['column "x"', 'assumed'], 'assumed-without-reason'],
  ['series x: 1 from "x.csv"', ['column "x"', 'by nobody'], 'source-unknown'],
  ['series x: 1 from "x.csv"', ['column "x"', 'column "y"', 'assumed "a"'], 'given-twice'],
  ['series x: 1 from "x.csv"', ['assumed "a"', 'assumed "b"'], 'given-twice'],
  ['series x: 1 from "x.csv"', ['assumed "a"', 'ends kept', 'ends kept'], 'given-twice'],
  ['series x: 1 from "x.csv"', ['column', 'assumed "a"'], 'part-missing'],
  ['series x: 1 from "x.csv"', ['columns "x"', 'assumed "a"'], 'line-unknown'],
  ['series x: 1 from "x.csv"', ['column "x" in t', 'assumed "a"'], 'unit-mismatch'],
  ['series x: 1 from "x.csv"', ['column "x" in tons', 'assumed "a"'], 'unit-unknown'],
  ['series x: 1 from "x.csv"', ['at "date" in day', 'assumed "a"'], 'words-left-over'],
  ['series x: 1 from "x.csv"', ['column "date"', 'assumed "a"'], 'column-not-said'],
  ['series x: 1 from "x.csv"', ['at "dates"', 'assumed "a"'], 'column-unknown'],
  ['series x from "x.csv"', ['assumed "a"'], 'unit-missing'],
  ['series x: share from "x.csv"', ['assumed "a"'], 'share-out-of-range'],
  ['series x: 1 "x.csv"', ['assumed "a"'], 'part-missing'],
  ['series x: 1 = 5', ['assumed "a"'], 'part-missing'],
  ['series x: 1 from x', ['assumed "a"'], 'part-missing'],
  ['series x: 1 from "y.csv"', ['assumed "a"'], 'file-missing'],
  ['series x: 1 from "/etc/x.csv"', ['assumed "a"'], 'data-file-name'],
  ['series x: 1 from "C:/x.csv"', ['assumed "a"'], 'data-file-name'],
  ['series x: 1 from "a/../../x.csv"', ['assumed "a"'], 'data-file-name'],
  ['series x: 1 from "a\\\\x.csv"', ['assumed "a"'], 'data-file-name'],
  ['series x: 1 from ""', ['assumed "a"'], 'data-file-name'],
  ['series x: 1 from "x.xlsx"', ['assumed "a"'], 'data-file-name'],
  ['series x[Good]: 1 from "x.csv"', ['assumed "a"'], 'group-unknown'],
  ['series x[Good, Good]: 1 from "x.csv"', ['assumed "a"'], 'not-yet-supported'],
])('%j with %j: %s', (head, lines, code) => {
  expect(codesButUse(compileText(declared(head, ...lines), { 'x.csv': FILE }))).toEqual([code]);
});

test('a model without a calendar says in what its times are counted', () => {
  const text = (line: string) =>
    `model "No calendar"\ntime 0 day .. 14 day by 1 day\nseries x: 1 from "x.csv"\n  assumed "a"${line}\nmeasure last = final x\n`;
  const files = { 'x.csv': 'week,x\n0,1\n2,5\n' };
  expect(codesButUse(compileText(text(''), files))).toEqual(['unit-missing']);
  expect(runWith(text('\n  at in week'), files).measures).toEqual({ last: 5 });
});

test('a claim cannot read a series, and a scenario cannot hold one', () => {
  const text = `${MODEL}claim high "It is high"\n  x > 1\nscenario other\n  x = 3\n`;
  expect(codesButUse(compileText(text, { 'x.csv': FILE }))).toEqual([
    'scenario-not-input',
    'claim-reads-variable',
    'brief-missing',
  ]);
});

test('a series that nothing reads is told, and its source counts as heard', () => {
  const text = `model "Unread"\ntime 2024-01-01 .. 2024-01-11 by 5 day\nsource s "S"\nseries x: 1 from "x.csv"\n  by s\nmeasure m = final 1\n`;
  const { diagnostics } = compileText(text, { 'x.csv': FILE });
  expect(diagnostics.map(({ code, label }) => [code, label])).toEqual([
    ['name-unused', 'no equation, measure or claim reads `x`'],
  ]);
  expect(soundText(text, { 'x.csv': FILE }).model.variables[0]?.kind).toBe('series');
});
