/**
 * On what most hangs: both rankings of whole models against closed forms, the rule that makes a verdict of them, and what is
 * asked of things that cannot matter.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatLedger } from '../../src/cli/format-ledger.ts';
import { parse } from '../../src/language/parser.ts';
import {
  areOnTop,
  importanceVerdict,
  ofAll,
  type Placed,
  rangeOf,
} from '../../src/ledger/importance-verdict.ts';
import type { ImportanceFound } from '../../src/ledger/ledger-of-comparisons.ts';
import { explainName } from '../../src/model/explain-name.ts';
import { ledgerText } from '../../src/views/ledger-text.ts';
import { codesButUse, compileText, soundText } from '../support/compile-text.ts';
import { type Asked, claimOf, ledgerOf, oracleRun } from '../support/ledger-of.ts';

/** Ishigami's function with a = 7 and b = 0.1; the angles are uniform on a whole turn. */
const ISHIGAMI = `model "Ishigami"
time 0 day .. 1 day by 1 day
input a: 1
  assumed uniform(-0.5, 0.5) "an angle, in turns"
input b: 1
  assumed uniform(-0.5, 0.5) "an angle, in turns"
input c: 1
  assumed uniform(-0.5, 0.5) "an angle, in turns"
input height: 1
  assumed 7 "the function's own"
input slope: 1
  assumed 0.1 "the function's own"
let angle_c = turns(c)
let y = sin(turns(a)) * (1 + slope * angle_c^4) + height * sin(turns(b))^2
measure m = final y
`;

const OF_1 = (1 + (0.1 * Math.PI ** 4) / 5) ** 2 / 2;
const OF_2 = 7 ** 2 / 8;
const OF_1_AND_3 = (8 * 0.1 ** 2 * Math.PI ** 8) / 225;
const ALL = OF_1 + OF_2 + OF_1_AND_3;

async function importanceOf(text: string, asked: Asked = {}, id = 'most') {
  const claim = claimOf(await ledgerOf(text, { runs: 1000, ...asked }), id);
  const [result] = Object.values(claim.viewpoints);
  if (result?.importance === undefined) throw new Error('a claim without its rankings');
  return { claim, verdict: result.verdict, found: result.importance };
}

const within = (
  ranking: ImportanceFound['measures'][number]['byVariance'],
  factor: string,
  share: number,
): void => {
  const one = ranking?.find((row) => row.factor === factor);
  expect(one?.low).toBeLessThanOrEqual(share);
  expect(one?.high).toBeGreaterThanOrEqual(share);
  expect(Math.abs((one?.value ?? Number.NaN) - share)).toBeLessThan(0.06);
};

describe('Ishigami', () => {
  const claim = (line: string, factors = ''): string => `${ISHIGAMI}${factors}claim most\n  ${line}\n`;

  test('each input alone has its total effect, and moves the mean as its quantiles do', async () => {
    const { found, verdict } = await importanceOf(claim('m hangs most on a, b'));
    const [{ byVariance, byConsequence } = { byVariance: null, byConsequence: [] }] = found.measures;
    within(byVariance, 'a', (OF_1 + OF_1_AND_3) / ALL);
    within(byVariance, 'b', OF_2 / ALL);
    within(byVariance, 'c', OF_1_AND_3 / ALL);
    // The mean over c of sin(0.9·π)·(1 + 0.1·x⁴), on both sides; b and c give the same on both.
    const expected = 2 * Math.sin(0.9 * Math.PI) * (1 + (0.1 * Math.PI ** 4) / 5);
    expect(byConsequence[0]).toMatchObject({ factor: 'a', first: 'a at its 5 %', second: 'a at its 95 %' });
    expect(byConsequence[0]?.value).toBeCloseTo(expected, 1);
    expect(byConsequence.slice(1).map(({ value }) => value)).toEqual([0, 0]);
    // Of what carries the variance, b moves no mean.
    expect(verdict).toBe('on one ranking only');
  });

  test('members of a factor are drawn anew together', async () => {
    const text = claim('m hangs most on first', 'factor first = a, c\nfactor second = b\n');
    const { found, verdict } = await importanceOf(text);
    within(found.measures[0]?.byVariance ?? null, 'first', (OF_1 + OF_1_AND_3) / ALL);
    within(found.measures[0]?.byVariance ?? null, 'second', OF_2 / ALL);
    expect(verdict).toBe('holds');
  });

  test('what stands at the top of neither ranking fails, and futures are doubled only where that settles something', async () => {
    const { found, verdict } = await importanceOf(claim('m hangs most on c'));
    expect(verdict).toBe('fails');
    expect(found.futures).toBe(1000);
  });

  test('the interpreter gives the same ledger', async () => {
    const text = claim('m hangs most on a');
    const asked = { runs: 100 };
    expect(await ledgerOf(text, asked, oracleRun)).toEqual(await ledgerOf(text, asked));
  });
});

const HEAP = `model "A heap"
time 0 day .. 10 day by 1 day
unit t
input pace: t/day
  assumed normal(10, 2) "for the test"
input more: t/day
  assumed normal(5, 1) "for the test"
input spread: t/day
  assumed 3 "for the test"
lever aid: t/day 0 .. 5 = 1
lever tax[Port]: t/day 0 .. 1 = 0
group Port = North, South
let weather: t/day = draw normal(0 t/day, spread)
let wind: t/day = draw normal(0 t/day, spread)
stock heap: t signed = 0
  + piled
flow piled: t/day two-way = pace + more + weather + wind + aid - sum(tax over Port)
measure end: t = final heap
measure high = ever heap > 150 t
measure still: day = final spread * 1 day / spread
`;

describe('a heap', () => {
  const claim = (line: string, factors = ''): string => `${HEAP}${factors}claim most\n  ${line}\n`;

  test('streams of chance have shares of their own, each apart', async () => {
    const { found, verdict } = await importanceOf(claim('end hangs most on pace'));
    const [{ byVariance, byConsequence } = { byVariance: null, byConsequence: [] }] = found.measures;
    // (10·2)² + (10·1)² + 10·3² + 10·3².
    within(byVariance, 'pace', 400 / 680);
    within(byVariance, 'more', 100 / 680);
    within(byVariance, 'weather', 90 / 680);
    within(byVariance, 'wind', 90 / 680);
    expect(byConsequence.map(({ factor }) => factor).slice(0, 2)).toEqual(['pace', 'more']);
    // 10 days of what lies between the 5th and the 95th percentile.
    expect(byConsequence[0]?.value).toBeCloseTo(10 * 2 * 2 * 1.6448536, 4);
    // What an equation draws has no state that anyone could hold it in.
    expect(byConsequence.slice(2)).toMatchObject([
      { value: 0, first: '' },
      { value: 0, first: '' },
    ]);
    expect(verdict).toBe('holds');
  });

  test('chance alone is on top of one ranking at most', async () => {
    const factors = 'factor sky = weather, wind\nfactor supply = more\nfactor rate = pace\n';
    const { verdict } = await importanceOf(claim('end hangs most on rate, sky', factors));
    expect(verdict).toBe('on one ranking only');
  });

  test('inputs of one factor are moved together and one by one, and the largest counts', async () => {
    const factors = 'factor supply = pace, more\nfactor sky = weather, wind\n';
    const { found } = await importanceOf(claim('end hangs most on supply', factors));
    expect(found.measures[0]?.byConsequence[0]).toMatchObject({
      first: 'supply at its 5 %',
      second: 'supply at its 95 %',
    });
    expect(found.measures[0]?.byConsequence[0]?.value).toBeCloseTo(10 * 2 * 3 * 1.6448536, 4);
  });

  test('levers are compared by what the ends of their ranges do', async () => {
    const { found, verdict } = await importanceOf(claim('end, high hang most on aid among levers'));
    expect(verdict).toBe('holds');
    const [end] = found.measures;
    expect(end?.byVariance).toBeNull();
    expect(end?.byConsequence.map(({ factor, value }) => [factor, Math.round(value)])).toEqual([
      ['aid', 50],
      ['tax', 20],
    ]);
  });

  test('what a scenario holds takes part in nothing', async () => {
    const text = `${claim('end hangs most on more')}scenario fixed\n  pace = 10\n`;
    const { found } = await importanceOf(text, { scenario: 'fixed' });
    const shares = new Map(found.measures[0]?.byVariance?.map(({ factor, value }) => [factor, value]));
    expect(shares.get('pace')).toBe(0);
    expect(found.measures[0]?.byConsequence.find(({ factor }) => factor === 'pace')?.value).toBe(0);
    within(found.measures[0]?.byVariance ?? null, 'more', 100 / 280);
  });

  test('of what does not vary nothing is settled', async () => {
    const { verdict, found } = await importanceOf(
      claim('still hangs most on sky', 'factor sky = weather, wind\nfactor rest = pace, more\n'),
    );
    expect(verdict).toBe('not settled');
    expect(found.reason).toBe('still does not vary under stated');
    const { found: fewer } = await importanceOf(claim('end hangs most on pace'), { runs: 20 });
    expect(fewer.reason).toBe('only 20 pairs of futures');
  });

  test('the tables show the first five and what is named', async () => {
    const text = claim('end hangs most on wind');
    const table = ledgerText(await ledgerOf(text, { runs: 1000 }), { full: true });
    expect(table).toMatch(/share of the variance\n +1\. pace +\d+ % +\d+ to \d+\n/);
    expect(table).toMatch(/\* \d\. wind +\d+ %/);
    expect(table).toMatch(/wind +no states\n/);
    for (const line of table.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });
});

// --- the rule ---------------------------------------------------------------------------------------------------

const placed = (factor: string, low: number, high: number): Placed => ({
  factor,
  value: (low + high) / 2,
  low,
  high,
});

test.each([
  [[placed('a', 5, 6), placed('b', 1, 2)], ['a'], true],
  [[placed('a', 5, 6), placed('b', 1, 2)], ['b'], false],
  [[placed('a', 5, 6), placed('b', 4, 5.5)], ['a'], null],
  [[placed('a', 5, 6), placed('b', 4, 5), placed('c', 0, 1)], ['a', 'b'], true],
  // The right ones are two; to name one of them or three is another claim.
  [[placed('a', 5, 6), placed('b', 4, 5), placed('c', 0, 1)], ['a', 'c'], false],
  [[placed('a', 0, 0), placed('b', 0, 0)], ['a'], false],
] as const)('%j with %j named: %j', (ranking, named, expected) => {
  expect(areOnTop(ranking, named)).toBe(expected);
});

test('the more surely the named stand above, the better the answer', () => {
  const interval = fc.tuple(
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.double({ min: 0, max: 1, noNaN: true }),
  );
  fc.assert(
    fc.property(
      fc.array(interval, { minLength: 2, maxLength: 6 }),
      fc.nat(),
      fc.double({ min: 0, max: 2, noNaN: true }),
      (ends, which, lift) => {
        const names = ends.map((_, at) => `f${at}`);
        const named = names.filter((_, at) => at <= which % (ends.length - 1));
        const ranking = ends.map(([one, other], at) =>
          placed(names[at] ?? '', Math.min(one, other), Math.max(one, other)),
        );
        const lifted = ranking.map((row) =>
          named.includes(row.factor) ? placed(row.factor, row.low + lift, row.high + lift) : row,
        );
        const order = [false, null, true];
        expect(order.indexOf(areOnTop(lifted, named))).toBeGreaterThanOrEqual(
          order.indexOf(areOnTop(ranking, named)),
        );
      },
    ),
  );
});

test('both rankings make a verdict, and several measures the worst of theirs', () => {
  const verdict = (...answers: (boolean | null)[]): string => importanceVerdict(rangeOf(answers));
  expect(verdict(true, true)).toBe('holds');
  expect(verdict(true, false)).toBe('on one ranking only');
  expect(verdict(false, false)).toBe('fails');
  expect(verdict(true, null)).toBe('between on one ranking only and holds');
  expect(verdict(false, null)).toBe('between fails and on one ranking only');
  expect(verdict(null, null)).toBe('between fails and holds');
  expect(verdict(true)).toBe('holds');
  expect(verdict(null)).toBe('between fails and holds');
  expect(importanceVerdict(ofAll([rangeOf([true, true]), rangeOf([true, false])]))).toBe(
    'on one ranking only',
  );
});

// --- what may be asked ------------------------------------------------------------------------------------------

test.each([
  ['end hangs most on pace, more, weather, wind', ['importance-of-all']],
  ['end hangs most on aid', ['importance-subject']],
  ['end hangs most on pace among levers', ['importance-subject']],
  ['end hangs most on aid, tax among levers', ['importance-of-all']],
  ['end hangs most on nothing', ['name-unknown']],
  ['end hangs most on pace, pace', ['given-twice']],
  ['end, end hang most on pace', ['given-twice']],
  ['heap hangs most on pace', ['compared-not-measure']],
  ['still hangs most on pace', ['importance-without-path']],
] as const)('%s: %j', (line, codes) => {
  expect(
    codesButUse(compileText(`${HEAP}claim most\n  ${line}\n`)).filter((code) => code !== 'brief-missing'),
  ).toEqual(codes);
});

test('declared factors must take in all that the measures hang on, and nothing in one is named alone', () => {
  const codes = (text: string) =>
    codesButUse(compileText(HEAP + text)).filter((code) => code !== 'brief-missing');
  expect(codes('factor a = pace\nclaim most\n  end hangs most on a\n')).toEqual(['factor-left-out']);
  expect(
    codes('factor a = pace\nfactor r = more, weather, wind\nclaim most\n  end hangs most on pace\n'),
  ).toEqual(['importance-subject']);
  expect(
    codes('factor a = pace\nfactor r = more, weather\nclaim most\n  end hangs most on a, wind\n'),
  ).toEqual([]);
  // A fault in a factor is told once: nobody knows what it leaves out.
  expect(codes('factor a = pace, nobody\nclaim most\n  end hangs most on a\n')).toEqual(['name-unknown']);
  expect(soundText(`${HEAP}factor a = pace\n`).model.factors).toMatchObject([{ name: 'a', members: [0] }]);
});

// --- what is decided --------------------------------------------------------------------------------------------

test('a decision is a factor of its own: its draws carry the variance, its options move the mean', async () => {
  const text = `model "Either way"
time 0 day .. 10 day by 1 day
unit t
actor Ally
input more: t
  assumed normal(0 t, 1 t) "for the test"
decision aid by Ally on 1 day
  option trade 0
  option arms 0
  scale 1
let sent: t = if aid is arms then 10 t else 0 t
measure end: t = final (sent + more)
claim most
  end hangs most on aid
`;
  const { found, verdict } = await importanceOf(text);
  const [{ byVariance, byConsequence } = { byVariance: null, byConsequence: [] }] = found.measures;
  // A fair coin of 0 or 10 beside a normal number of variance 1.
  within(byVariance, 'aid', 25 / 26);
  within(byVariance, 'more', 1 / 26);
  expect(byConsequence[0]).toMatchObject({
    factor: 'aid',
    first: 'aid = trade',
    second: 'aid = arms',
    value: 10,
  });
  expect(verdict).toBe('holds');
});

test('explain tells what a factor holds and where it is compared', () => {
  const text = `${HEAP}factor supply = pace, more\nfactor sky = weather, wind\nclaim most\n  end hangs most on supply\n`;
  const { model } = soundText(text);
  const { tree } = parse({ file: 'model.casus', text, blocks: [{ start: 0, end: text.length, indent: 0 }] });
  expect(explainName(model, tree, text, 'sky')[0]?.relations).toEqual([
    { word: 'holds', names: ['weather', 'wind'] },
    { word: 'compared in', names: ['claim most'] },
  ]);
  expect(explainName(model, tree, text, 'pace')[0]?.relations).toContainEqual({
    word: 'in factor',
    names: ['supply'],
  });
});

test('an event is a factor of its own: it never happens, or is active always', async () => {
  const text = `model "Storms"
time 0 day .. 100 day by 1 day
unit t
input more: t/day
  assumed normal(5 t/day, 1 t/day) "for the test"
input often: 1/day
  assumed 0.02 "for the test"
event storm
  rate often
  once
stock heap: t = 0
  + landed
flow landed: t/day = if storm has happened then 0 t/day else more
measure end: t = final heap
claim most
  end hangs most on storm
claim both
  end hangs most on more
`;
  const { found, verdict } = await importanceOf(text);
  const [{ byVariance, byConsequence } = { byVariance: null, byConsequence: [] }] = found.measures;
  expect(byVariance?.[0]?.factor).toBe('storm');
  expect(byConsequence[0]).toMatchObject({ factor: 'storm', first: 'storm never', second: 'storm always' });
  // What lands in a hundred days without a storm: 500 t on average.
  expect(byConsequence[0]?.value).toBeCloseTo(500, -1);
  expect(verdict).toBe('holds');
});

test('what could not be read makes no claim of importance look wrong', () => {
  const broken = HEAP.replace('pace + more +', 'pace * more +');
  const codes = codesButUse(compileText(`${broken}claim most\n  end hangs most on aid among levers\n`));
  expect(codes.filter((code) => code.startsWith('importance'))).toEqual([]);
  expect(codes).toContain('unit-mismatch');
  const unread = HEAP.replace('pace + more +', 'pace + more + +');
  expect(codesButUse(compileText(`${unread}claim most\n  end hangs most on pace\n`))).not.toContain(
    'importance-without-path',
  );
});

const PLAINLY = { measures: false, full: false };

test('a row of CSV has both rankings, and JSON all of them with their intervals', async () => {
  const text = `${HEAP}claim most\n  end, high hang most on pace\n`;
  const ledger = await ledgerOf(text, { runs: 500 });
  const [head = '', row = ''] = formatLedger(ledger, 'csv', PLAINLY).split(/\r?\n/);
  expect(head.split(',').slice(-5, -2)).toEqual(['by_variance', 'by_consequence', 'unsettled']);
  expect(row).toMatch(
    /,end; high,.*,t; points,.*,"pace 0\.\d+, .*; pace 0\.\d+, .*","pace 65\.79\d*, more 32\.89\d*, .*; pace \d/,
  );
  expect(
    JSON.parse(formatLedger(ledger, 'json', PLAINLY)).claims[0].viewpoints.stated.importance.named,
  ).toEqual(['pace']);
});
