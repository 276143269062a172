/** Words, numbers, quotes and lines, each read and each refused. */
import { expect, test } from 'vitest';
import { formatDate } from '../base/calendar.ts';
import { toNumber } from '../base/rational.ts';
import { MOST_FAULTS } from './faults.ts';
import { lex } from './lexer.ts';

const read = (text: string) => lex({ file: 'm', text, blocks: [{ start: 0, end: text.length, indent: 0 }] });
const shown = (text: string) =>
  read(text).tokens.map((token) => {
    if (token.kind === 'number') return toNumber(token.value);
    if (token.kind === 'date') return formatDate(token.days);
    if (token.kind === 'name') return token.text;
    if (token.kind === 'text') return `"${token.value}"`;
    return token.kind === 'symbol' ? token.symbol : token.kind;
  });
const codes = (text: string) => read(text).diagnostics.map((diagnostic) => diagnostic.code);

test.each([
  ['30_000', [30_000]],
  ['4.8M 2k 3G', [4.8e6, 2000, 3e9]],
  ['1.5e3 2e-3', [1500, 0.002]],
  ['0 0.25', [0, 0.25]],
  ['1..2', [1, '..', 2]],
  ['2024-06-20', ['2024-06-20']],
  ['2024-06-20..2024-07-01', ['2024-06-20', '..', '2024-07-01']],
  ['2024 - 6', [2024, '-', 6]],
  ['6 month', [6, 'month']],
  ['40%to', [40, '%', 'to']],
  ['f(1,200)', ['f', '(', 1, ',', 200, ')']],
  ['a<=b>=c==d', ['a', '<=', 'b', '>=', 'c', '==', 'd']],
  ['"a # \\" b \\\\"', ['"a # " b \\"']],
  ['x # "y', ['x']],
  ['a\u00a0b', ['a', 'b']],
  ['\ufeffmodel', ['model']],
  ['a\r\nb\rc', ['a', 'b', 'c']],
])('%s is read', (text, expected) => {
  expect(shown(text)).toEqual(expected);
  expect(codes(text)).toEqual([]);
});

test.each([
  ['30,000', 'number-grouped', [30_000]],
  ['1,000,000', 'number-grouped', [1e6]],
  ['min(30,000)', 'number-grouped', ['min', '(', 30, ',', 0, ')']],
  ['1.000.000', 'number-malformed', [1]],
  ['5.', 'number-malformed', [5]],
  ['.5', 'number-malformed', [0.5]],
  ['1__0', 'number-malformed', [10]],
  ['1_', 'number-malformed', [1]],
  ['007', 'number-malformed', [7]],
  ['1e999', 'number-malformed', [0]],
  [`1${'0'.repeat(60)}`, 'number-malformed', [0]],
  ['6m', 'number-suffix-unknown', [6e6]],
  ['6bn', 'number-suffix-unknown', [6e9]],
  ['6K', 'number-suffix-unknown', [6e3]],
  ['6km', 'number-suffix-unknown', [6, 'km']],
  ['6Mt', 'number-suffix-unknown', [6, 'Mt']],
  ['2024-02-30', 'date-impossible', ['2024-02-01']],
  ['2024-13-01', 'date-impossible', ['1970-01-01']],
  ['2024-01-01T00', 'number-malformed', ['2024-01-01']],
  ['Größe', 'name-letters', ['Größe']],
  ['_a', 'name-letters', ['_a']],
  ['дата', 'name-letters', ['дата']],
  ['a ≤ b', 'sign-not-used', ['a', '<=', 'b']],
  ['a && b', 'sign-not-used', ['a', 'and', 'b']],
  ['a – b', 'sign-not-used', ['a', '-', 'b']],
  ['a × b', 'sign-not-used', ['a', '*', 'b']],
  ['a ** b', 'sign-not-used', ['a', '^', 'b']],
  ['a != b', 'sign-not-used', ['a', 'fault', 'b']],
  ['km²', 'sign-not-used', ['km', 'fault']],
  ['a // b c d', 'sign-not-used', ['a', 'fault']],
  ['“x”', 'quotes-not-straight', ['"x"']],
  ["'x'", 'quotes-not-straight', ['"x"']],
  ["Kyiv's", 'character-unknown', ['Kyiv', 'fault', 's']],
  ['"x', 'quote-unclosed', ['"x"', 'fault']],
  ['"a\\n"', 'escape-unknown', ['"a\\n"']],
  ['@@@ a', 'character-unknown', ['fault', 'a']],
  ['😀 a', 'character-unknown', ['fault', 'a']],
  ['a \0 b', 'character-forbidden', ['a', 'fault', 'b']],
  ['"a\0b"', 'character-forbidden', ['"a\0b"']],
  ['# \u202e', 'character-forbidden', []],
])('%j has one fault, %s', (text, code, expected) => {
  expect(codes(text)).toEqual([code]);
  expect(shown(text)).toEqual(expected);
});

test('comments are kept with their places', () => {
  const text = 'a # one \n# two\n"#" b';
  const { comments } = read(text);
  expect(comments.map((comment) => comment.text)).toEqual(['# one', '# two']);
  for (const { text: comment, span } of comments) expect(text.slice(span.start, span.end)).toBe(comment);
});

test('what a piece opens: column 0, a line, or a line that belongs to nothing', () => {
  const text = '  a b\nc d\n\te\n f';
  expect(read(text).tokens.map((token) => token.opens)).toEqual([
    'orphan',
    null,
    'declaration',
    null,
    'line',
    'line',
  ]);
});

test('column 0 of a block is its indent, and a block ends what it holds', () => {
  const text = 'prose\n   a\n     b\nprose\n     c\n   d\n';
  const first = text.indexOf('   a');
  const second = text.indexOf('     c');
  const { tokens } = lex({
    file: 'm',
    text,
    blocks: [
      { start: first, end: text.indexOf('prose', first), indent: 3 },
      { start: second, end: text.length, indent: 3 },
    ],
  });
  const opens = tokens.map((token) => [text.slice(token.start, token.end), token.opens]);
  expect(opens).toEqual([
    ['a', 'declaration'],
    ['b', 'line'],
    ['c', 'orphan'],
    ['d', 'declaration'],
  ]);
});

test('faults are counted to a limit, and a notice says so', () => {
  const { diagnostics } = read('@ '.repeat(1000));
  expect(diagnostics).toHaveLength(MOST_FAULTS + 1);
  expect(diagnostics.at(-1)?.code).toBe('too-many-faults');
});

test('a text beyond the limit is not read', () => {
  const { tokens, diagnostics } = read('a '.repeat(500_001));
  expect(tokens).toEqual([]);
  expect(diagnostics.map((diagnostic) => diagnostic.code)).toEqual(['file-too-large']);
});

test.each([
  ['20.06.2024', 'Write `2024-06-20`.'],
  ['06/20/2024', 'Write `2024-06-20`.'],
  ['01/02/2024', 'Write `2024-02-01` or `2024-01-02`.'],
  ['2024-06-20T12:30:00Z', 'A date has no time of day: it is 00:00 UTC. Write `2024-06-20`.'],
])('%s is one message and read on as a date', (text, hint) => {
  const found = read(text);
  expect(found.diagnostics.map((one) => [one.code, one.hint])).toEqual([['number-malformed', hint]]);
  expect(found.tokens.map(({ kind }) => kind)).toEqual(['date']);
});
