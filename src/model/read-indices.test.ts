/** Which element is read where: what may be left out, what must be said, and what is refused. */
import { describe, expect, test } from 'vitest';
import { compileText } from '../../test/support/compile-text.ts';

const HEAD = `model "Test"
time 0 day .. 1 day by 1 day
source s "S"
group Age = child, adult
group Town = north, south, west
input m[Age, Age]: 1
  s 2
input x[Age]: 1
  s 3
input y[Age, Town]: 1
  s 4
input one: 1
  s 5
`;
const codes = (text: string): readonly string[] =>
  compileText(HEAD + text).diagnostics.map((diagnostic) => diagnostic.code);
const labels = (text: string): readonly string[] =>
  compileText(HEAD + text).diagnostics.map(({ label, hint }) => `${label} | ${hint}`);

describe('is read', () => {
  test.each([
    'let z[Age] = x',
    'let z[Age] = x[Age]',
    'let z[Age] = x[child]',
    'let z[a in Age] = x',
    'let z[a in Age] = x[a]',
    'let z[a in Age] = x[Age]',
    'let z[a in Age] = m[a, a] + m[a, child] + m[child, a]',
    'let z[Town, Age] = y',
    'let z[Town, Age] = y[Age, Town]',
    'let z[Town, a in Age] = y[a, Town]',
    'let z[Town] = y[child, Town] + sum(y over Age)',
    'let z[Age] = sum(x over Age)',
    'let z[a in Age] = sum(x over Age)',
    'let z[Age] = sum(m[Age, b] * x[b] for b in Age)',
    'let z[Age] = sum(m[Age, b] * x[Age] * x[b] for b in Age)',
    'let z = sum(x for b in Age)',
    'let z = sum(x[Age] for b in Age)',
    'let z = sum(y for a in Age, t in Town)',
    'let z = sum(y[Age, t] for a in Age, t in Town)',
    'let z = sum(sum(m[a, b] for a in Age) for b in Age)',
    'let z = sum(max(x over Age) * x[b] for b in Age)',
    'let z[a in Age, b in Age] = m[b, a]',
    'let z[b in Age] = sum(one * x[a] for a in Age)',
    'let one_of[t in Town] = y[child, t]',
  ])('%s', (line) => expect(codes(`${line}\n`)).toEqual([]));
});

describe('is refused', () => {
  test.each([
    ['let z = x', 'index-missing'],
    ['let z = y', 'index-missing'],
    ['let z = y[Age, north]', 'index-missing'],
    ['let z[Town] = y', 'index-missing'],
    ['let z = x[child, adult]', 'index-count'],
    ['let z = m[child]', 'index-count'],
    ['let z = y[child, north, west]', 'index-count'],
    ['let z = one[child]', 'index-not-array'],
    ['let z = x[north]', 'element-unknown'],
    ['let z = x[chidl]', 'element-unknown'],
    ['let z = y[north, child]', 'element-unknown'],
    ['let z[Town] = x[Town]', 'index-other-group'],
    ['let z[t in Town] = x[t]', 'index-other-group'],
    ['let z = m', 'index-ambiguous'],
    ['let z[Age] = m', 'index-ambiguous'],
    ['let z[Age] = m[Age, Age]', 'index-ambiguous'],
    ['let z[a in Age, b in Age] = m', 'index-ambiguous'],
    ['let z[a in Age, b in Age] = x', 'index-ambiguous'],
    ['let z[a in Age] = sum(m[a, b] * x for b in Age)', 'index-ambiguous'],
    ['let z[Age] = sum(m[Age, b] * x for b in Age)', 'index-ambiguous'],
    ['let z[a in Age] = sum(m[Age, b] for b in Age)', 'index-ambiguous'],
    ['let z[Age, Age] = one', 'index-unnamed'],
    ['let z[Age, Age] = x + m', 'index-unnamed'],
    ['let z[a in Age, Age] = x[a]', 'index-unnamed'],
    ['let z[Age, Town, Age] = one', 'index-unnamed'],
    ['stock z[Age, Age]: 1 = 0', 'index-unnamed'],
    ['let z = sum(m over Age, Age)', 'index-unnamed'],
    ['let z[child in Age] = x', 'name-taken'],
    ['let z[north in Age] = x', 'name-taken'],
    ['let z[Town in Age] = x', 'name-taken'],
    ['let z[a in Age, a in Town] = y', 'name-taken'],
    ['let z[a in Age] = sum(x[a] for a in Age)', 'name-taken'],
    ['let z[a in Age] = x[a] * a', 'name-not-readable'],
    ['let z[a in Ages] = x[a]', 'group-unknown'],
    ['let z = sum(x[a] for a in one)', 'group-unknown'],
    ['let z = sum(x[child] over Age)', 'group-not-read'],
    ['let z = sum(m[a, child] for a in Age, b in Age)', 'group-not-read'],
    ['let z[a in Age] = sum(x[a] for b in Age)', 'group-not-read'],
  ])('%s: %s', (line, code) => expect(codes(`${line}\n`)).toEqual([code]));

  test('with what could be meant', () => {
    expect(labels('let z[Age] = sum(m[Age, b] * x for b in Age)\n')).toEqual([
      '`Age` or `b`? | Write `x[Age]` or `x[b]`.',
    ]);
    expect(labels('let z[a in Age, b in Age, Town] = y\n')).toEqual([
      '`a` or `b`? | Write `y[a, Town]` or `y[b, Town]`.',
    ]);
    expect(labels('let z = y[Age, north]\n')).toEqual([
      '`y` has a value for each of Age | Name one, `y[child, north]`, or put them together, `sum(y[Age, north] over Age)`.',
    ]);
    expect(labels('let z = y\n')).toEqual([
      '`y` has a value for each of Age and Town | Name one, `y[child, north]`, or put them together, `sum(y over Age, Town)`.',
    ]);
    expect(labels('let many[Age] = x > 1\nmeasure z = ever many\n')).toEqual([
      '`many` has a value for each of Age | Name one, `many[child]`, or count those for which it holds, `sum(if many then 1 else 0 over Age) > 0`.',
    ]);
    expect(labels('let z[child] = x[child]\n')).toEqual([
      '`child` is an element of a group, not a group | An array is declared once, for its whole group: `[Age]`. Where its elements differ, read a figure for each.',
    ]);
    expect(labels('let z = m\n')).toEqual([
      '`m` goes over Age twice | Say which element is which, for example `m[a1, a2]`; where all are meant `for a1 in Age, a2 in Age` stands behind it.',
    ]);
  });
});

describe('the flows of a stock', () => {
  const FLOWS = `flow in_all: 1/day = one / 1 day
flow by_age[Age]: 1/day = x / 1 day
flow by_both[Age, Town]: 1/day = y / 1 day
flow by_pair[o in Age, d in Age]: 1/day = m[o, d] / 1 day
`;
  const stock = (heading: string, lines: string): readonly string[] =>
    codes(`${FLOWS}stock z${heading}: 1 = 100\n${lines}`).filter((code) => code !== 'flow-without-stock');

  test.each([
    ['', '  + by_age\n'],
    ['', '  + by_age[child]\n  - by_age[adult]\n'],
    ['', '  + by_both\n  - by_pair\n'],
    ['', '  + by_both[child, t] for t in Town\n'],
    ['', '  - by_pair[child, d] for d in Age\n'],
    ['[Age]', '  + by_age\n  - by_both\n'],
    ['[Town]', '  + by_both\n'],
    ['[Town]', '  + by_both[child, Town]\n'],
    ['[a in Age]', '  + by_pair[o, a] for o in Age\n  - by_pair[a, d] for d in Age\n'],
    ['[Age]', '  + by_pair[o, Age] for o in Age\n'],
    ['[a in Age, b in Age]', '  + by_pair[b, a]\n'],
    ['[Age, Town]', '  + by_both\n'],
    ['[Town, Age]', '  + by_both\n'],
  ])('z%s with %j', (heading, lines) => expect(stock(heading, lines)).toEqual([]));

  test.each([
    ['[Age]', '  + in_all\n', 'flow-shape'],
    ['[Town]', '  + by_age\n', 'flow-shape'],
    ['[Age]', '  + by_age[child]\n', 'flow-shape'],
    ['[Age, Town]', '  + by_age\n', 'flow-shape'],
    ['[Age]', '  + by_pair\n', 'index-ambiguous'],
    [
      '[a in Age]',
      '  + by_pair[a, a]\n  - by_pair[a, d] for d in Age\n  + by_pair[o, a] for o in Age\n',
      'flow-used-twice',
    ],
    ['', '  + by_age[a] for a in Age, t in Town\n', 'flow-shape'],
    ['', '  + by_age for a in Age\n  + by_age[child]\n', 'flow-used-twice'],
    ['', '  + by_both[child]\n', 'index-count'],
    ['', '  + in_all[child]\n', 'index-not-array'],
    ['', '  + by_age[north]\n', 'element-unknown'],
    ['[a in Age]', '  + by_pair[o, a] for a in Age\n', 'name-taken'],
  ])('z%s with %j: %s', (heading, lines, code) => expect(stock(heading, lines)).toContain(code));
});
