import { describe, expect, test } from 'vitest';
import { compileText } from '../../test/support/compile-text.ts';

const HEAD = `model "Test (illustrative)"
time 2024-01-01 .. 2024-12-30 by 1 week
source a "A"
source b "B"
source c "C" author
group Age = child, adult
`;
const ABOUT_USE = ['name-unused', 'brief-missing'];
const codesOf = (text: string): readonly string[] =>
  compileText(text)
    .diagnostics.map(({ code }) => code)
    .filter((code) => !ABOUT_USE.includes(code));
const codes = (lines: readonly string[], { over = '', rest = '' } = {}): readonly string[] =>
  codesOf(
    `${HEAD}input x${over}: 1\n${lines.map((line) => `  ${line}\n`).join('')}viewpoint v "V"\n  use a\n  use b\n  use c\nmeasure m = final ${over === '' ? 'x' : 'sum(x over Age)'}\n${rest}`,
  );

const NEXT = '2024-04-01';
const START = '2024-01-01';

describe('what is refused, each with one message', () => {
  test.each<[code: string, why: string, lines: readonly string[]]>([
    ['dates-mixed', 'from and at of one source', [`a from ${START} 1`, `a at ${NEXT} 2`]],
    ['dates-mixed', 'at and from of one source', [`a at ${START} 1`, `a from ${NEXT} 2`]],
    ['dates-mixed', 'from and at of two sources', [`a from ${START} 1`, `b at ${NEXT} 2`]],
    ['dates-mixed', 'an undated line before points', ['a 1', `a at ${NEXT} 2`]],
    ['dates-mixed', 'an undated line behind points', [`a at ${NEXT} 2`, 'a 1']],
    ['dates-mixed', 'an undated line behind a dated one', [`a from ${START} 1`, 'a 2']],
    ['dates-mixed', 'an undated line between two', ['a 1', `a from ${NEXT} 2`, 'a 3']],
    ['dates-mixed', 'everything at once', ['a 1', `a from ${NEXT} 2`, 'a at 2024-06-03 4']],
    ['dates-not-rising', 'an earlier date', [`a from ${START} 1`, 'a from 2024-07-01 2', `a from ${NEXT} 3`]],
    ['dates-not-rising', 'the same date', [`a at ${NEXT} 1`, `a at ${NEXT} 2`]],
    ['dates-not-rising', 'an undated line that never holds', ['a 1', `a from ${START} 2`]],
    ['dates-after-start', 'nothing at the start', [`a from ${NEXT} 2`]],
    ['dates-after-start', 'nothing at the start for what is assumed', [`a 1`, `assumed from ${NEXT} 2 "r"`]],
    ['date-misplaced', 'a dated else', [`a from ${START} 1 else 2`]],
    ['date-misplaced', 'a dated echo', ['a 1', `b from ${START} echo of a`]],
    ['date-misplaced', 'a dated line below an echo', ['a 1', 'b echo of a', `b from ${NEXT} 2`]],
    ['date-misplaced', 'a date behind the figure', [`a 5 from ${START}`]],
    ['date-misplaced', 'a dated matrix', [`a from ${START} matrix child, adult`, '  [child] 1, 2']],
    ['date-misplaced', 'a matrix with a date', [`a matrix from ${START} child, adult`, '  [child] 1, 2']],
    ['part-missing', 'from without a date', ['a from 5 to 7']],
    ['part-missing', 'from with a number alone', ['a from 5']],
    ['part-missing', 'at with a number alone', ['a at 5']],
    ['part-missing', 'at with a number and a reading', ['a at 5 read as 3 "r"']],
    ['part-missing', 'a date without a figure', [`a from ${START}`]],
    ['date-expected', 'a length of time with a calendar', ['a 1', 'a from 30 day 5']],
    ['time-expected', 'a unit that is none of time', ['a 1', 'a from 3 share 5']],
    ['date-impossible', 'no such date', ['a 1', 'a from 2024-02-30 5']],
    ['words-left-over', 'an assumption that is read', [`assumed from ${START} 1 read as 2 "r"`]],
    [
      'assumed-without-reason',
      'an assumption without a reason',
      [`a 1`, `assumed from ${START} 1 "r"`, `assumed from ${NEXT} 2`],
    ],
    ['reading-without-reason', 'a reading without a reason', ['a 1', `a from ${NEXT} at least 2 read as 3`]],
    ['estimate-twice', 'two undated lines', ['a 1', 'a 2']],
    [
      'estimates-not-alike',
      'a later line that counts otherwise',
      ['a 1 counts "men"', `a from ${NEXT} 2 counts "guns"`],
    ],
    ['estimates-not-alike', 'a later line that does not say', ['a 1 counts "men"', `a from ${NEXT} 2`]],
    ['interval-impossible', 'a faulty figure', ['a 1', `a from ${NEXT} 5 to 2`]],
    ['figure-between-steps', 'a date between two steps', ['a 1', 'a from 2024-04-03 2']],
    [
      'figure-between-steps',
      'several dates between steps',
      ['a 1', 'a from 2024-04-03 2', 'a from 2024-05-03 2'],
    ],
  ])('%s: %s', (code, _, lines) => {
    expect(codes(lines)).toEqual([code]);
  });

  test('a date in a model without a calendar', () => {
    const text = `model "M"\ntime 0 day .. 5 day by 1 day\nsource a "A"\ninput x: 1\n  a 1\n  a from 2024-01-02 5\nmeasure m = final x\n`;
    expect(codesOf(text)).toEqual(['date-without-calendar']);
    expect(codesOf(text.replace('2024-01-02', '2 day'))).toEqual([]);
  });

  test('a model without a time is told only that', () => {
    expect(
      codesOf(`model "M"\nsource a "A"\ninput x: 1\n  a 1\n  a from 2024-01-02 5\nmeasure m = final x\n`),
    ).toEqual(['time-missing']);
  });

  test('dated lines that overlap without naming the same elements', () => {
    expect(codes([`a from ${START} 1`, `a[child] from ${NEXT} 2`], { over: '[Age]' })).toEqual([
      'estimate-twice',
    ]);
    expect(
      codes([`a[child] from ${START} 1`, `a[child] from ${NEXT} 2`, 'a[adult] 3'], { over: '[Age]' }),
    ).toEqual([]);
  });

  test('a claim that reads an input with dates', () => {
    const rest = 'claim it_grows "It grows"\n  x > 1\n';
    expect(codes(['a 1', `a from ${NEXT} 2`], { rest })).toEqual(['claim-reads-variable']);
    expect(codes(['a 1'], { rest })).toEqual([]);
  });

  test('a bound that is read as nothing leaves all of its speaker on record', () => {
    const lines = ['a 1', `a from ${NEXT} at least 2`];
    expect(codes(lines)).toEqual(['viewpoint-without-figure']);
    expect(codes([...lines, 'b 3'])).toEqual([]);
    const related = compileText(
      `${HEAD}input x: 1\n  ${lines.join('\n  ')}\nviewpoint v "V"\n  use a\nmeasure m = final x\n`,
    ).diagnostics.flatMap((one) => one.related.map(({ label }) => label));
    expect(related).toContain('`at least` is a bound, and it is not read as anything');
  });
});

test.each<[why: string, lines: readonly string[]]>([
  ['an undated opening', ['a 1', `a from ${NEXT} 2`]],
  ['a date before the start', ['a from 2020-01-01 1', `a from ${NEXT} 2`]],
  ['one point alone', [`a at ${NEXT} 2`]],
  ['points beyond both ends', ['a at 2020-01-06 1', 'a at 2030-01-07 2']],
  ['an undated rival beside each kind', [`a at ${START} 1`, `a at ${NEXT} 2`, 'b 3', 'c echo of b']],
  [
    'bounds, readings, notes and rules on each line',
    [
      `a from ${START} at most 3 counts "men" read as 1 to 3 "a ceiling" "page 1"`,
      `a from ${NEXT} about 2 read as 2 "r" counts "men"`,
    ],
  ],
  ['an assumption', [`assumed from ${START} 3 "r"`, `assumed from ${NEXT} 4 to 5 "r"`]],
  ['an instant in brackets', ['a 1', `a from (2024-04-01) 2`]],
])('is taken: %s', (_, lines) => {
  expect(codes(lines)).toEqual([]);
});

describe('very many dates', () => {
  const dated = (count: number): string =>
    Array.from({ length: count }, (_, day) => `  a from ${day} day ${day}\n`).join('');
  const text = (over: string, count: number): string => {
    const members = Array.from({ length: 60 }, (_, number) => `m${number}`).join(', ');
    const read = over === '' ? 'x' : 'sum(x over Many)';
    return `model "M"\ntime 0 day .. 3000 day by 1 day\nsource a "A"\ngroup Many = ${members}\ninput x${over}: 1\n${dated(count)}measure m = final ${read}\n`;
  };

  test('are read', () => {
    expect(codesOf(text('', 2000))).toEqual([]);
    expect(codesOf(text('[Many]', 1500))).toEqual([]);
  });

  test('for very many elements are refused', () => {
    expect(codesOf(text('[Many]', 2000))).toEqual(['model-too-large']);
  });
});
