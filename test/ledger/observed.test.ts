/**
 * Records beside variables: bias and coverage by their definitions, on a model whose futures are known in closed form,
 * and nothing else changed by them.
 */
import { describe, expect, test } from 'vitest';
import { drawAll, PLAIN_STYLE } from '../../src/base/draw-diagnostic.ts';
import { makeLedger } from '../../src/ledger/make-ledger.ts';
import { ledgerText } from '../../src/views/ledger-text.ts';
import { codesButUse, compileText, type DataFiles, soundText } from '../support/compile-text.ts';
import { plainRun, questionOf } from '../support/ledger-of.ts';

/** On day d the stock holds 100 − d·drawn, with drawn uniform from 2 to 4 a day: its median is 100 − 3 d. */
const model = (rest: string, figure = 'uniform(2, 4)'): string => `model "Beside the record (illustrative)"
time 0 day .. 20 day by 5 day
unit t
source relief "Relief committee"
input drawn: t/day
  assumed ${figure} "for the test"
stock stores: t = 100
  - leaving
flow leaving: t/day = drawn
measure left: t = final stores
${rest}`;
const OBSERVED = `observed stores "what was counted" from "counts.csv"
  at in day
  by relief
`;

async function ledgerOf(text: string, files: DataFiles = {}) {
  const { model: built, program } = soundText(text, files);
  return makeLedger(built, program, questionOf(built, { runs: 500 }), plainRun);
}
async function comparedWith(csv: string, text = model(OBSERVED)) {
  const { observed } = await ledgerOf(text, { 'counts.csv': csv });
  expect(observed).toHaveLength(1);
  return observed[0]!;
}

describe('bias and coverage', () => {
  test('are those of the definition, also between two steps', async () => {
    // The 5th and 95th percentile of what is drawn are 2.1 and 3.9 a day: bands 5.5 … 9.8 wide around the median.
    const found = await comparedWith('day,stores\n5,81\n7,79\n20,10\n');
    expect(found).toMatchObject({
      points: 3,
      outside: 0,
      covered: 2,
      from: '5 day',
      to: '20 day',
      unit: 't',
    });
    expect(found.coverage).toBeCloseTo(2 / 3, 12);
    // Medians 85, 79 and 40, less 81, 79 and 10.
    expect(found.bias).toBeCloseTo((4 + 0 + 30) / 3, 1);
    expect(found.biasShare).toBeCloseTo(34 / 170, 2);
  });

  test('are in the unit of the variable, whatever the file counts in', async () => {
    const kilo = `unit kt = 1_000 t\n${OBSERVED}  column in kt\n`;
    const found = await comparedWith('day,stores\n20,0.05\n', model(kilo));
    expect(found.bias).toBeCloseTo(-10, 1);
    expect(found).toMatchObject({ unit: 't', covered: 1, coverage: 1 });
  });

  test('count what lies outside the time of the model, and leave it out', async () => {
    const found = await comparedWith('day,stores\n-5,500\n0,100\n25,0\n30,0\n');
    expect(found).toMatchObject({ points: 1, outside: 3, covered: 1, bias: 0, from: '0 day' });
  });

  test('have no coverage where every future says the same', async () => {
    const found = await comparedWith('day,stores\n10,70\n20,41\n', model(OBSERVED, '3'));
    expect(found).toMatchObject({ futures: 1, coverage: null, bias: -0.5 });
  });

  test('have no share where all records are 0', async () => {
    expect((await comparedWith('day,stores\n20,0\n')).biasShare).toBeNull();
  });
});

test('a record changes no other number, and is no measure', async () => {
  const { observed, ...other } = await ledgerOf(model(OBSERVED), {
    'counts.csv': 'day,stores\n5,81\n20,10\n',
  });
  const { observed: none, ...plain } = await ledgerOf(model(''));
  expect(none).toEqual([]);
  expect(observed).toHaveLength(1);
  expect(other).toEqual(plain);
});

test('the text says both in plain words, and no verdict', async () => {
  const ledger = await ledgerOf(model(OBSERVED), { 'counts.csv': 'day,stores\n5,81\n20,10\n30,1\n' });
  const text = ledgerText(ledger);
  const section = text.slice(text.indexOf('BESIDE THE RECORD'), text.indexOf('\n\nMethod'));
  expect(section.replaceAll(/\s+/g, ' ')).toBe(
    'BESIDE THE RECORD stores (t): what was counted; Relief committee, counts.csv, 2 records, 5 day to 20 day; ' +
      '1 more lies outside the time of the model and is left out stated The median lies 17.01 t above the records on ' +
      'average (37 % of their size). 1 of 2 records lie in the band of nine futures in ten.',
  );
});

test('elements of an array have records of their own, in one file', async () => {
  const text = `model "Elements"
time 0 day .. 10 day by 1 day
unit t
group Place = North, South
stock heap[Place]: t = 10
  + piled
flow piled[Place]: t/day = 1 t/day
measure all: t = final sum(heap over Place)
observed heap[North] from "x.csv"
  at in day
  assumed "for the test"
observed heap[ South ] from "x.csv"
  at in day
  column "southern"
  assumed "for the test"
`;
  const { observed } = await ledgerOf(text, { 'x.csv': 'day,North,southern\n0,10,9\n10,20,19\n' });
  expect(observed.map(({ variable, bias }) => [variable, bias])).toEqual([
    ['heap[North]', 0],
    ['heap[South]', 1],
  ]);
});

const files = { 'counts.csv': 'day,stores\n5,81\n20,10\n' };

test.each([
  ['observed store from "counts.csv"', 'name-unknown'],
  ['observed drawn from "counts.csv"', 'observed-not-number'],
  ['observed left from "counts.csv"', 'observed-not-number'],
  ['observed relief from "counts.csv"', 'name-unknown'],
  ['observed t from "counts.csv"', 'observed-not-number'],
  ['let low = stores < drawn * 1 day\nobserved low from "counts.csv"', 'observed-not-number'],
  ['observed stores[North] from "counts.csv"', 'index-not-array'],
  ['observed stores: t from "counts.csv"', 'words-left-over'],
  ['observed stores from "counts.csv" held', 'words-left-over'],
  ['observed stores from "other.csv"', 'file-missing'],
  ['observed stores from "../counts.csv"', 'data-file-name'],
  ['observed stores "counts.csv"', 'part-missing'],
  ['observed from "counts.csv"', 'name-reserved'],
])('%s: %s', (head, code) => {
  const text = model(`${head}\n  at in day\n  by relief\n`);
  expect(
    codesButUse(compileText(text, files)),
    drawAll(compileText(text, files).diagnostics, new Map(), PLAIN_STYLE),
  ).toEqual([code]);
});

test.each([
  ['  at in day\n', 'table-without-source'],
  ['  at in day\n  assumed\n', 'assumed-without-reason'],
  ['  at in day\n  by relief\n  ends kept\n', 'line-unknown'],
  ['  by relief\n', 'unit-missing'],
  ['  at in day\n  by relief\n  column in day\n', 'unit-mismatch'],
])('with %j: %s', (lines, code) => {
  expect(codesButUse(compileText(model(`observed stores from "counts.csv"\n${lines}`), files))).toEqual([
    code,
  ]);
});

test('an array asks for the element', () => {
  const text = model(
    'group Place = North, South\nlet each[Place]: t = stores\nobserved each from "counts.csv"\n  at in day\n  by relief\n',
  );
  const { diagnostics } = compileText(text, files);
  expect(diagnostics.map(({ code }) => code)).toContain('index-missing');
  expect(diagnostics.find(({ code }) => code === 'index-missing')?.hint).toContain('observed each[North]');
});

test('a variable that only a record reads counts as read, and the source as heard', () => {
  const text = `${model('let beside: t = stores\nobserved beside from "counts.csv"\n  at in day\n  column "stores"\n  by relief\n')}`;
  expect(compileText(text, files).diagnostics).toEqual([]);
});
