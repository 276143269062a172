/**
 * What the author's own figures give, over every kind of bound: 6 M rounds at 30,000 a day and what such numbers leave
 * open.
 */
import { describe, expect, test } from 'vitest';
import { ledgerText } from '../../src/views/ledger-text.ts';
import { claimOf, ledgerOf } from '../support/ledger-of.ts';

const text = (
  estimate: string,
  { unit = '1', claim = 'm > 5', equation = 'size', source = 'author' } = {},
): string => `model "Own"
time 0 day .. 10 day by 1 day
source brief "The essay" ${source}
input size: ${unit}
${estimate
  .split('\n')
  .map((line) => `  ${line}`)
  .join('\n')}
viewpoint as_written "As written"
  use brief
let level: ${unit} = ${equation}
measure m: ${unit} = final level
claim c "It is so"
  ${claim}
`;

const ownOf = async (model: string) => claimOf(await ledgerOf(model, { runs: 10 }), 'c').ownArithmetic;

describe('bounds', () => {
  test.each([
    ['exact', 'brief 10', 'm > 5', 'holds', 'exact', 10],
    ['exact and failing', 'brief 10', 'm > 50', 'fails', 'exact', 10],
    ['about is the number itself', 'brief about 10 read as 9 to 11 "r"', 'm > 9.9', 'holds', 'exact', 10],
    [
      'a floor that a little more would topple',
      'brief at least 10 read as 10 to 11 "r"',
      'm <= 10',
      'holds at the figures themselves',
      'at least',
      10,
    ],
    ['a floor that holds', 'brief at least 10 read as 10 to 11 "r"', 'm >= 10', 'holds', 'at least', 10],
    [
      'a floor that twice itself would mend',
      'brief at least 10 read as 10 to 11 "r"',
      'm > 15',
      'fails at the figures themselves',
      'at least',
      10,
    ],
    ['a floor that fails', 'brief at least 10 read as 10 to 11 "r"', 'm < 10', 'fails', 'at least', 10],
    ['a ceiling that holds', 'brief at most 10 read as 8 to 10 "r"', 'm <= 10', 'holds', 'at most', 10],
    [
      'a ceiling that half of itself would topple',
      'brief at most 10 read as 8 to 10 "r"',
      'm > 6',
      'holds at the figures themselves',
      'at most',
      10,
    ],
    ['an interval that holds', 'brief 8 to 12', 'm > 5', 'holds', 'open', Math.sqrt(96)],
    [
      'an interval that its lower end would topple',
      'brief 8 to 12',
      'm > 9',
      'holds at the figures themselves',
      'open',
      Math.sqrt(96),
    ],
    ['an interval that fails', 'brief 8 to 12', 'm > 13', 'fails', 'open', Math.sqrt(96)],
  ])('%s: %s', async (_, estimate, claim, verdict, bound, value) => {
    const own = await ownOf(text(estimate, { claim }));
    expect(own).toMatchObject({
      verdict,
      missing: [],
      values: [{ measure: 'm', unit: '', bound }],
    });
    expect(own?.values[0]?.value).toBeCloseTo(value, 9);
  });

  test('a floor in the denominator is a ceiling on the result', async () => {
    const own = await ownOf(
      text('brief at least 10 read as 10 to 12 "r"', { equation: '100 / size' }).replace(
        '  m > 5',
        '  m >= 10',
      ),
    );
    expect(own).toMatchObject({
      verdict: 'holds at the figures themselves',
      values: [{ bound: 'at most', value: 10 }],
    });
  });

  test('a floor of a share is never moved beyond the whole', async () => {
    const own = await ownOf(
      text('brief at least 60% read as 60% to 90% "r"', { unit: 'share', claim: 'm <= 100%' }),
    );
    expect(own).toMatchObject({ verdict: 'holds', values: [{ bound: 'at least', value: 0.6 }] });
  });

  test('a floor below zero is moved upwards', async () => {
    const own = await ownOf(text('brief at least -10 read as -10 to 5 "r"', { claim: 'm >= 0 - 10' }));
    expect(own).toMatchObject({ verdict: 'holds', values: [{ bound: 'at least', value: -10 }] });
  });

  test('a floor of zero still leaves the upper side open', async () => {
    const own = await ownOf(
      text('brief at least 0 read as uniform(0, 5) "r"', { claim: 'm <= 0', equation: 'size' }),
    );
    expect(own).toMatchObject({
      verdict: 'holds at the figures themselves',
      values: [{ bound: 'at least', value: 0 }],
    });
  });
});

describe('"about" is never moved, and the answer says so', () => {
  test.each<[string, string, readonly string[]]>([
    ['a single number', 'brief about 10 read as 9 to 11 "r"', ['size']],
    ['a range is moved to its ends', 'brief about 8 to 12 read as 8 to 12 "r"', []],
    ['an exact figure', 'brief 10', []],
    ['a floor', 'brief at least 10 read as 10 to 11 "r"', []],
  ])('%s', async (_, estimate, unmoved) => {
    expect((await ownOf(text(estimate)))?.unmoved).toEqual(unmoved);
  });

  test('an array is named once, and the table names it', async () => {
    const model = text('brief about 10 read as 9 to 11 "r"', { equation: 'sum(size over Age)' })
      .replace('input size', 'group Age = child, adult\ninput size[Age]')
      .replace('measure m: 1 = final level', 'measure m: 1 = final level');
    const ledger = await ledgerOf(model, { runs: 10 });
    expect(claimOf(ledger, 'c').ownArithmetic?.unmoved).toEqual(['size']);
    expect(ledgerText(ledger, { full: true })).toContain(
      'own arithmetic: holds (m 20); "about" is taken as it stands in size\n',
    );
  });
});

test('what never comes about is never', async () => {
  const model = text('brief 10').replace(
    'measure m: 1 = final level\nclaim c "It is so"\n  m > 5',
    'measure m: day = time until level > 50\nclaim c "It is so"\n  m > 5 day',
  );
  expect(await ownOf(model)).toMatchObject({ verdict: 'holds', values: [{ value: 'never', unit: 'day' }] });
});

test('an input that the author is silent on leaves no own figures', async () => {
  const model = text('brief 10', { equation: 'size + other' })
    .replace('viewpoint as_written', 'input other: 1\n  assumed 1 to 2 "test"\nviewpoint as_written')
    .replace('claim c', 'measure n: 1 = final other\nclaim c');
  expect(await ownOf(model)).toEqual({
    verdict: 'no own figures',
    values: [],
    missing: ['other'],
    unmoved: [],
    byMeaning: [],
  });
});

test("a reading is the model's: a bare denial gives the author no number", async () => {
  const own = await ownOf(text('brief denied read as 0 "taken at its word"'));
  expect(own).toEqual({
    verdict: 'no own figures',
    values: [],
    missing: ['size'],
    unmoved: [],
    byMeaning: [],
  });
});

test('a claim without inputs has none', async () => {
  const model = text('brief 10', { equation: '7' });
  expect(await ownOf(model)).toEqual({
    verdict: 'no own figures',
    values: [],
    missing: [],
    unmoved: [],
    byMeaning: [],
  });
});

test('no author, no own arithmetic', async () => {
  expect(await ownOf(text('brief 10', { source: '' }))).toBeNull();
});

test('what the author said after the cut-off is not counted', async () => {
  const late = text('brief 10\nassumed 1 to 2 "test"', { source: 'date 2025-01-01 author' }).replace(
    'source brief',
    'as of 2024-01-01\nsource brief',
  );
  expect(await ownOf(late)).toEqual({
    verdict: 'no own figures',
    values: [],
    missing: ['size'],
    unmoved: [],
    byMeaning: [],
  });
});

test("each element's own figure counts", async () => {
  const model = `model "Own"
time 0 day .. 1 day by 1 day
actor A
actor B
group G = A, B
source brief "The essay" author
input size[G]: 1
  brief[A] 3
  brief[B] at least 4 read as 4 to 5 "r"
viewpoint as_written "As written"
  use brief
let whole: 1 = sum(size over G)
measure m: 1 = final whole
claim c "It is so"
  m >= 7
`;
  expect(await ownOf(model)).toMatchObject({ verdict: 'holds', values: [{ value: 7, bound: 'at least' }] });
});

test('own figures with which the model cannot be worked out give no verdict', async () => {
  const model = text('brief 0', { equation: '1 / size' });
  expect(await ownOf(model)).toEqual({
    verdict: 'not settled',
    values: [],
    missing: [],
    unmoved: [],
    byMeaning: [],
  });
});

test('a scenario does not change what the author wrote', async () => {
  const model = `${text('brief 10')}scenario other "Other"\n  size = 1\n`;
  const ledger = await ledgerOf(model, { scenario: 'other' });
  expect(claimOf(ledger, 'c')).toMatchObject({
    verdict: 'fails',
    ownArithmetic: { verdict: 'holds', values: [{ value: 10 }] },
  });
});

describe('figures with dates', () => {
  const dated = (lines: readonly string[], claim: string): string =>
    text(['brief 10', ...lines].join('\n'), { claim, equation: 'size' }).replace(
      'measure m: 1 = final level',
      'measure m: 1 = final level\nmeasure early: 1 = at 2 day level',
    );

  test.each<[why: string, first: string, later: string, claim: string, verdict: string]>([
    ['exact on each date', '10', '20', 'early = 10 and m = 20', 'holds'],
    [
      'each range by its middle',
      'uniform(8, 12)',
      'uniform(16, 24)',
      'early > 9.9 and m > 19.9',
      'holds at the figures themselves',
    ],
    ['all ranges move together', 'uniform(8, 12)', 'uniform(16, 24)', 'm / early > 1.9', 'holds'],
    [
      'all floors move together',
      'at least 10 read as 10 "r"',
      'at least 20 read as 20 "r"',
      'm / early >= 2',
      'holds',
    ],
    [
      'a floor that a little more would topple',
      'at least 10 read as 10 "r"',
      '20',
      'early <= 10',
      'holds at the figures themselves',
    ],
    ['what is no floor stays', 'at least 10 read as 10 "r"', '20', 'm <= 20', 'holds'],
    [
      'a ceiling moves without the floor',
      'at least 10 read as 10 "r"',
      'at most 20 read as 20 "r"',
      'm / early >= 2',
      'holds at the figures themselves',
    ],
  ])('%s', async (_, first, later, claim, verdict) => {
    const model = dated([`brief from 5 day ${later}`], claim)
      .replace('  brief 10\n', `  brief ${first}\n`)
      .replace('early = 10 and m = 20', '9.99 < early < 10.01 and 19.99 < m < 20.01');
    expect((await ownOf(model))?.verdict).toBe(verdict);
  });

  test('what he says of a part of the time only is no figure of his', async () => {
    const model = dated(['brief from 5 day denied', 'assumed 3 "r"'], 'm > 5');
    expect(await ownOf(model)).toMatchObject({ verdict: 'no own figures', missing: ['size'] });
  });
});
