/** Which claims are told that their answer is built in, and which are not: all that lets a claim come out otherwise. */
import { describe, expect, test } from 'vitest';
import { compileText } from '../support/compile-text.ts';

const HEAD = `model "M"
time 0 day .. 100 day by 1 day
unit t
source p "P"
source q "Q"
stock s: t = 90
  - eaten
measure m: day = time until s <= 0
`;

/** The codes of the two warnings for a claim that `m` exceeds 50 days, where `eaten` is worked out so. */
function toldOf(declarations: string, claim = 'm > 50 day'): readonly string[] {
  const { ok, diagnostics } = compileText(`${HEAD}${declarations}claim c "C"\n  ${claim}\n`);
  expect(ok ? [] : diagnostics).toEqual([]);
  return diagnostics.flatMap(({ code }) =>
    code === 'likelihood-certain' || code === 'claim-without-input' ? [code] : [],
  );
}

const LIKELY = ['m > 50 day is likely', 'P(m > 50 day) >= 60%', 'm > 50 day is in band unlikely'];
const READS = 'flow eaten: t/day = x\n';
const EXACT = `input x: t/day\n  p 2\n${READS}`;

const VARYING = {
  'a range': `input x: t/day\n  p 1 to 3\n${READS}`,
  'a range for some dates only': `input x: t/day\n  p from 0 day 2\n  p from 50 day 1 to 3\n${READS}`,
  'figures that differ between viewpoints': `input x: t/day\n  p 1\n  q 2\nviewpoint a\n  use p\nviewpoint b\n  use q\n${READS}`,
  'a range under one viewpoint': `input x: t/day\n  p 2\n  q 1 to 3\nviewpoint a\n  use p\nviewpoint b\n  use q\n${READS}`,
  'a bound that is read as a range': `input x: t/day\n  p at least 1 read as 1 to 3 "why"\n${READS}`,
  'chance in an equation': 'flow eaten: t/day = max(draw normal(2 t/day, 1 t/day), 0)\n',
  'a lever': `lever x: t/day 0 .. 5 = 2\n${READS}`,
  'a scenario': `${EXACT}scenario z\n  x = 3\n`,
  'rival meanings': `input y: t/day\n  p 1\ninput z: t/day\n  p 2\ndefinition x = y | z\n${READS}`,
  'a range behind a stock': `input first: t\n  p 50 to 90\nstock other: t = first\n  - away\nflow away: t/day = other / 10 day\nflow eaten: t/day = away\n`,
};

const CERTAIN = {
  'one exact figure': EXACT,
  'a figure that is assumed': `input x: t/day\n  assumed 2 "why"\n${READS}`,
  'exact figures by date': `input x: t/day\n  p from 0 day 2\n  p from 50 day 3\n${READS}`,
  'figures that agree': `input x: t/day\n  p 2\n  q 2\nviewpoint a\n  use p\nviewpoint b\n  use q\n${READS}`,
  'a range that no viewpoint takes': `input x: t/day\n  p 2\n  q 1 to 3\nviewpoint a\n  use p\n${READS}`,
  'a range beside what it hangs on': `${EXACT}input y: t\n  p 1 to 3\nlet other = y\nmeasure n = final other\n`,
  'a scenario that holds it where it is': `${EXACT}scenario z\n  x = 2\n`,
  'rows of a table': 'table x(day): t/day linear\n  by p\n  0, 1\n  100, 3\nflow eaten: t/day = x(time)\n',
};

const CONSTANT = 'flow eaten: t/day = 2 t/day\n';

describe.each(Object.entries(VARYING))('what hangs on %s', (_, declarations) => {
  test.each([...LIKELY, 'm > 50 day'])('is not warned of: %s', (claim) => {
    expect(toldOf(declarations, claim)).toEqual([]);
  });
});

describe.each(Object.entries(CERTAIN))('what hangs on %s', (_, declarations) => {
  test.each(LIKELY)('can be no likelihood: %s', (claim) => {
    expect(toldOf(declarations, claim)).toEqual(['likelihood-certain']);
  });
  test('may well be a condition', () => {
    expect(toldOf(declarations)).toEqual([]);
  });
});

test.each([...LIKELY, 'm > 50 day'])('what hangs on constants alone is told once: %s', (claim) => {
  expect(toldOf(CONSTANT, claim)).toEqual(['claim-without-input']);
});

test('a claim that names an uncertain one is judged by what it hangs on itself', () => {
  const declarations = `${EXACT}input y: t\n  p 1 to 3\nlet other = y\nmeasure n = final other\nclaim d "D"\n  n > 2 t\n`;
  expect(toldOf(declarations, 'm > 50 day is likely\n  because d')).toEqual(['likelihood-certain']);
});
