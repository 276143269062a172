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

/** A text of about so many characters. */
const LONG: readonly (readonly [string, (length: number) => string])[] = [
  ['open brackets', (length) => `let x = ${'('.repeat(length - 8)}`],
  ['mixed brackets', (length) => `let x = ${'([)]'.repeat(length / 4 - 4)}`],
  ['bracket lines', (length) => `let x = (\n${' (a\n'.repeat(length / 4 - 4)}`],
  ['small numbers', (length) => '1e-300 '.repeat(length / 8)],
  ['digits', (length) => `let x = ${'9'.repeat(length - 8)}`],
  ['curly quotes', (length) => '« a '.repeat(length / 4)],
  ['open quotes', (length) => 'let x = 1 "a\n'.repeat(length / 16)],
  ['commas', (length) => `let x = 1${',000'.repeat(length / 4 - 4)}`],
  ['estimates', (length) => `input x: a\n${'  s 5 to 6 "n"\n'.repeat(length / 16)}`],
  ['equations', (length) => 'let x: a/b = 1.5 * y + 2\n'.repeat(length / 26)],
  ['comments', (length) => '# c\n'.repeat(length / 4)],
  ['one name', (length) => `let ${'a'.repeat(length - 4)}`],
  ['foreign letters', (length) => 'ö'.repeat(length)],
  ['indents', (length) => '\n\t  '.repeat(length / 4)],
];

/** The quickest of three readings, in milliseconds; what lies below a few is noise. */
function quickest(text: string): number {
  const times = [1, 2, 3].map(() => {
    const before = performance.now();
    read(text);
    return performance.now() - before;
  });
  return Math.max(5, ...[Math.min(...times)]);
}

// Sixteen times as long, and a reading that goes through the rest of the text at every line takes 256 times as long.
test.each(LONG)('the time to read %s grows as their length does', (_, text) => {
  expect(text(960_000).length).toBeGreaterThan(700_000);
  expect(quickest(text(960_000))).toBeLessThan(80 * quickest(text(60_000)));
});
