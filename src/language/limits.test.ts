/** What lies beyond a limit gives one message and no overflow, and what is long is read in time. */
import { expect, test } from 'vitest';
import { parse } from './parser.ts';

const read = (text: string) =>
  parse({ file: 'm', text, blocks: [{ start: 0, end: text.length, indent: 0 }] });
const codes = (text: string) => read(text).diagnostics.map((diagnostic) => diagnostic.code);

test.each([
  ['brackets', `${'('.repeat(10_000)}a${')'.repeat(10_000)}`, 'nesting-too-deep'],
  ['open brackets', '('.repeat(10_000), 'nesting-too-deep'],
  ['calls', `${'f('.repeat(10_000)}a${')'.repeat(10_000)}`, 'nesting-too-deep'],
  ['minuses', `${'-'.repeat(10_000)}a`, 'nesting-too-deep'],
  ['negations', `${'not '.repeat(10_000)}a`, 'nesting-too-deep'],
  ['powers', `a${'^a'.repeat(10_000)}`, 'nesting-too-deep'],
  ['conditions', `${'if a then b else '.repeat(10_000)}c`, 'nesting-too-deep'],
  ['a long sum', `a${' + a'.repeat(100_000)}`, 'expression-too-long'],
  ['a long chain', `a${' < a'.repeat(100_000)}`, 'expression-too-long'],
  [
    'long sums in brackets',
    `${'('.repeat(150)}a${`${' + a'.repeat(100)})`.repeat(150)}`,
    'expression-too-long',
  ],
])('%s beyond the limit give one message', (_, written, code) => {
  expect(codes(`let x = ${written}`)).toEqual([code]);
});

test('a unit nested beyond the limit gives one message', () => {
  expect(codes(`input x: ${'('.repeat(10_000)}m`)).toEqual(['nesting-too-deep']);
});

test.each([
  ['brackets', `${'('.repeat(200)}a${')'.repeat(200)}`],
  ['values', `a${' + a'.repeat(999)}`],
])('%s within the limit are read', (_, written) => {
  expect(codes(`let x = ${written}`)).toEqual([]);
});

const HALF = 500_000;
test.each([
  ['open brackets', `let x = ${'('.repeat(2 * HALF - 8)}`],
  ['mixed brackets', `let x = ${'([)]'.repeat(HALF / 2 - 4)}`],
  ['bracket lines', `let x = (\n${' (a\n'.repeat(HALF / 2 - 4)}`],
  ['small numbers', '1e-300 '.repeat(HALF / 4)],
  ['digits', `let x = ${'9'.repeat(2 * HALF - 8)}`],
  ['curly quotes', '« a '.repeat(HALF / 2)],
  ['open quotes', 'let x = 1 "a\n'.repeat(HALF / 8)],
  ['commas', `let x = 1${',000'.repeat(HALF / 2 - 4)}`],
  ['estimates', `input x: a\n${'  s 5 to 6 "n"\n'.repeat(HALF / 8)}`],
  ['equations', 'let x: a/b = 1.5 * y + 2\n'.repeat(HALF / 13)],
  ['comments', '# c\n'.repeat(HALF / 2)],
  ['one name', `let ${'a'.repeat(2 * HALF - 4)}`],
  ['foreign letters', 'ö'.repeat(2 * HALF)],
  ['indents', '\n\t  '.repeat(HALF / 2)],
])('a megabyte of %s is read in time', (_, text) => {
  expect(text.length).toBeGreaterThan(800_000);
  const before = performance.now();
  read(text);
  expect(performance.now() - before).toBeLessThan(2_000);
});
