/** What estimates of arrays and shares mean, where a first reading could go wrong. */
import { expect, test } from 'vitest';
import { compileText, runText } from '../../test/support/compile-text.ts';

const HEAD = 'model "Test"\ntime 0 day .. 1 day by 1 day\nsource a "A"\nsource b "B"\n';
const codes = (text: string): readonly string[] =>
  compileText(HEAD + text).diagnostics.map((diagnostic) => diagnostic.code);

test("an echo takes the origin's figure for its own element", () => {
  const { measures } = runText(`${HEAD}group Age = child, adult
input x[Age]: 1
  a[child] 3
  a[adult] 5
  b[adult] echo of a
  assumed[child] 4 "test"
viewpoint b "B"
  use b
measure adult_x = final x[adult]
measure child_x = final x[child]
`);
  expect(measures).toEqual({ adult_x: 5, child_x: 4 });
});

test('a line for all elements and a line for one of them speak twice of the same thing', () => {
  const lines = (one: string, other: string): string =>
    `group Age = child, adult\ninput x[Age]: 1\n  ${one}\n  ${other}\n`;
  expect(codes(lines('a 3', 'a[child] 4'))).toContain('estimate-twice');
  expect(codes(lines('assumed[child] 4 "r"', 'assumed 3 "r"'))).toContain('estimate-twice');
  expect(codes(lines('a[adult] 3', 'a[child] 4'))).toEqual([]);
});

test('a per cent sign in a unit is another spelling of share', () => {
  const text = (unit: string): string => `input x: ${unit}\n  assumed 120% "test"\n`;
  expect(codes(text('share'))).toContain('share-out-of-range');
  expect(codes(text('%'))).toContain('share-out-of-range');
  expect(codes('input x: %\n  assumed 20% to 40% "test"\nmeasure m: % = final x\n')).toEqual([]);
});

test('a scenario holds a share between nothing and the whole', () => {
  const text = (value: string): string =>
    `input x: share\n  assumed 20% "test"\nscenario s\n  x = ${value}\n`;
  expect(codes(text('150%'))).toEqual(['share-out-of-range']);
  expect(codes(text('50'))).toEqual(['share-out-of-range']);
  expect(codes(text('100%'))).toEqual([]);
});
