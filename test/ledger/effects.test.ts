/**
 * Effects on models small enough to be worked out by hand. x is drawn evenly from 0 to 1; k is what is held. The measure
 * is a plain number unless a test says otherwise.
 */
import { describe, expect, test } from 'vitest';
import type { Run } from '../../src/engine/ensemble.ts';
import type { EffectFound } from '../../src/ledger/ledger-of-comparisons.ts';
import { makeLedger } from '../../src/ledger/make-ledger.ts';
import { soundText } from '../support/compile-text.ts';
import { type Asked, claimOf, ledgerOf, oracleRun, plainRun, questionOf } from '../support/ledger-of.ts';

const head = `model "x"
time 0 day .. 1 day by 1 day
unit t
input x: 1
  assumed uniform(0, 1) "test"
input k: 1
  assumed 1 "test"
`;
const model = (equation: string, ...claims: readonly string[]): string =>
  [
    head,
    `let y = ${equation}`,
    'measure m = final y',
    'measure often = ever y > 0.5',
    ...claims.map((form, at) => `claim c${at}\n  ${form}`),
    '',
  ].join('\n');

type Found = { readonly verdict: string; readonly effect: EffectFound };

async function found(text: string, asked: Asked = {}, run: Run = plainRun): Promise<readonly Found[]> {
  const ledger = await ledgerOf(text, { runs: 400, ...asked }, run);
  return ledger.claims.flatMap(({ viewpoints }) =>
    Object.values(viewpoints).flatMap(({ verdict, effect }) =>
      effect === undefined ? [] : [{ verdict, effect }],
    ),
  );
}
const verdicts = async (text: string, asked: Asked = {}): Promise<readonly string[]> =>
  (await found(text, asked)).map(({ verdict }) => verdict);

describe('the mean of the difference', () => {
  test('k x: twice as much adds 1/2 on average, and between nearly 0 and nearly 1', async () => {
    const [one] = await found(model('k * x', 'k = 2 against 1 raises m by at least 0.3 "test"'));
    expect(one?.verdict).toBe('holds');
    const { difference, means, spread, differing, method, futures, unit, first, second } = one!.effect;
    expect(difference.value).toBeCloseTo(0.5, 3);
    expect(difference.low).toBeLessThan(0.5);
    expect(difference.high).toBeGreaterThan(0.5);
    expect(difference.high - difference.low).toBeLessThan(0.01);
    expect(means.first - means.second).toBeCloseTo(difference.value, 12);
    expect(spread?.p5).toBeCloseTo(0.05, 2);
    expect(spread?.p95).toBeCloseTo(0.95, 2);
    expect([differing, method, futures, unit]).toEqual([1, 'Student over ten replicates', 400, '']);
    expect([first, second]).toEqual(['k = 2', 'k = 1']);
  });

  test.each([
    ['raises m by at least 0.45', 'holds'],
    ['raises m by at least 0.55', 'fails'],
    ['lowers m by at least 0.01', 'fails'],
    ['changes m by at least 0.45', 'holds'],
    ['changes m by at least 0.55', 'fails'],
    ['raises m by at least 0.5', 'between fails and holds'],
  ])('k = 2 against 1 %s: %s', async (claimed, verdict) => {
    expect(await verdicts(model('k * x', `k = 2 against 1 ${claimed} "test"`))).toEqual([verdict]);
  });

  test.each([
    ['raises m by at least 0.01', 'fails'],
    ['lowers m by at least 0.45', 'holds'],
    ['changes m by at least 0.45', 'holds'],
  ])('the other way round, k = 1 against 2 %s: %s', async (claimed, verdict) => {
    expect(await verdicts(model('k * x', `k = 1 against 2 ${claimed} "test"`))).toEqual([verdict]);
  });

  test('as it is, and a scenario, are worlds like any other', async () => {
    const text = model(
      'k * x',
      'k = 2 against as it is raises m by at least 0.45 "test"',
      'as it is against k = 2 lowers m by at least 0.45 "test"',
      'twice against as it is raises m by at least 0.45 "test"',
      'k = 1 against twice lowers m by at least 0.45 "test"',
      'twice against thrice lowers m by at least 0.45 "test"',
    );
    const scenarios = 'scenario twice\n  k = 2\nscenario thrice\n  k = 3\n  x = 1\n';
    expect(await verdicts(text + scenarios)).toEqual(['holds', 'holds', 'holds', 'holds', 'holds']);
  });

  test('a scenario of the whole run is held in both worlds, but for what the claim holds', async () => {
    const text = `${model('k * x', 'k = 2 against 1 raises m by at least 0.9 "test"', 'k = 3 against as it is raises m by at least 0.9 "test"')}scenario most\n  x = 1\n  k = 2\n`;
    const [held, asItIs] = await found(text, { scenario: 'most' });
    expect(held?.effect.difference).toEqual({ value: 1, low: 1, high: 1 });
    expect(asItIs?.effect.difference).toEqual({ value: 1, low: 1, high: 1 });
  });
});

describe('the very edge', () => {
  // 0.1 + 0.2 is not 0.3 in binary, and neither are sums with a drawn number.
  test.each([
    ['raises m by at least 0.2', 'holds'],
    ['raises m by at least 0.2000001', 'fails'],
    ['raises m by at least 0.1999999', 'holds'],
  ])('x + k, 0.3 against 0.1, %s: %s', async (claimed, verdict) => {
    expect(await verdicts(model('x + k', `k = 0.3 against 0.1 ${claimed} "test"`))).toEqual([verdict]);
  });

  test('half as much and twice as much are said', async () => {
    const of = async (amount: number): Promise<readonly string[]> => {
      const [one] = await found(model('x + k', `k = 3 against 1 raises m by at least ${amount} "test"`));
      return [one!.effect.half, one!.verdict, one!.effect.twice];
    };
    expect(await of(0.9)).toEqual(['holds', 'holds', 'holds']);
    expect(await of(1.5)).toEqual(['holds', 'holds', 'fails']);
    expect(await of(2)).toEqual(['holds', 'holds', 'fails']);
    expect(await of(3)).toEqual(['holds', 'fails', 'fails']);
    expect(await of(5)).toEqual(['fails', 'fails', 'fails']);
  });

  test('where the interval spans it the futures of its worlds are doubled twice', async () => {
    const text = model(
      'k * x',
      'k = 2 against 1 raises m by at least 0.5 "test"',
      'k = 2 against 1 raises m by at least 0.3 "test"',
    );
    const [open, settled] = await found(text);
    expect([open?.effect.futures, settled?.effect.futures]).toEqual([1600, 400]);
  });
});

describe('a part of the mean', () => {
  test.each([
    ['k = 3 against 2 raises m by at least 50%', 'holds'],
    ['k = 3 against 2 raises m by at least 50.001%', 'fails'],
    ['k = 1 against 2 lowers m by at least 50%', 'holds'],
    ['k = 1 against 2 lowers m by at least 51%', 'fails'],
    ['k = 1 against 2 changes m by at least 50%', 'holds'],
    ['k = 0 against as it is carries at least half of m', 'holds'],
    ['k = 0.5 against as it is carries at least half of m', 'holds'],
    ['k = 0.51 against as it is carries at least half of m', 'fails'],
    ['k = 0.51 against as it is carries at least 49% of m "test"', 'holds'],
    ['k = 2 against as it is carries at least half of m', 'fails'],
  ])('k x, where every future has the same part: %s: %s', async (claimed, verdict) => {
    const reason = claimed.includes('half') || claimed.includes('"') ? '' : ' "test"';
    expect(await verdicts(model('k * x', `${claimed}${reason}`))).toEqual([verdict]);
    // Below zero everything is turned but the size of the mean.
    const turned = claimed.includes('raises')
      ? claimed.replace('raises', 'lowers')
      : claimed.replace('lowers', 'raises');
    expect(await verdicts(model('-k * x', `${turned}${reason}`))).toEqual([verdict]);
  });

  test('the part itself is told with its interval', async () => {
    const [more, carried] = await found(
      model(
        '1 + k * x',
        'k = 3 against 1 raises m by at least 10% "test"',
        'k = 0 against 1 carries at least 30% of m "test"',
      ),
    );
    // 2 x over 1 + x, and x over 1 + x, at their means.
    expect(more?.effect.relative?.value).toBeCloseTo(1 / 1.5, 3);
    expect(carried?.effect.relative?.value).toBeCloseTo(0.5 / 1.5, 3);
    expect(carried!.effect.relative!.low).toBeLessThan(0.5 / 1.5);
    expect(carried!.effect.relative!.high).toBeGreaterThan(0.5 / 1.5);
  });

  test('of a mean that is not told apart from 0 nothing is settled', async () => {
    const [one] = await found(model('k * (x - 0.5)', 'k = 3 against 1 raises m by at least 10% "test"'));
    expect(one?.verdict).toBe('not settled');
    expect(one?.effect.reason).toBe('the mean of m in the second world is not told apart from 0');
    expect(one?.effect.relative).toBeNull();
  });
});

describe('how often', () => {
  test('k x > 1/2: in half of the futures, and in three quarters; 25 points', async () => {
    const [one] = await found(model('k * x', 'k = 2 against 1 raises often by at least 15 points "test"'), {
      runs: 390,
    });
    expect(one?.verdict).toBe('holds');
    expect(one?.effect.unit).toBe('points');
    // One stratum of 39 is on either side of each edge.
    expect(Math.abs((one?.effect.difference.value ?? 0) - 25)).toBeLessThan(100 / 39);
    expect(one?.effect.differing).toBeCloseTo((one?.effect.difference.value ?? 0) / 100, 12);
    expect(one?.effect.method).toBe('Student over ten replicates');
  });

  test('how many turn each way is told, and no spread', async () => {
    // Above a half with x alone, below it with 1 - x: all of them turn.
    const [one] = await found(
      model('if k < 1.5 then x else 1 - x', 'k = 2 against 1 changes often by at least 15 points "test"'),
    );
    expect(one?.effect).toMatchObject({ spread: null, differing: 1 });
    expect(one?.effect.turned?.on).toBeCloseTo(0.5, 2);
    expect(one?.effect.turned?.off).toBeCloseTo(0.5, 2);
    expect(one?.verdict).toBe('fails');
  });

  test('where stratified replicates agree, futures count as independent', async () => {
    // A fortieth fits into 1/2 and 1/4 exactly, so that no replicate differs from another.
    const [one] = await found(model('k * x', 'k = 2 against 1 raises often by at least 15 points "test"'));
    expect(one?.effect).toMatchObject({ method: 'normal over futures', futures: 400 });
    const half = 1.959963984540054 * Math.sqrt((0.25 * 0.75) / 399);
    expect(one?.effect.difference.value).toBeCloseTo(25, 10);
    expect(one?.effect.difference.high).toBeCloseTo(25 + 100 * half, 8);
  });

  test('what never differs may differ in three or four of n', async () => {
    const text = (points: string): string =>
      model('k * x', `k = 0.2 against 0.1 changes often by at least ${points} points "test"`);
    const [one] = await found(text('1'));
    expect(one).toMatchObject({ verdict: 'fails', effect: { method: 'Wilson', futures: 400, differing: 0 } });
    expect(one?.effect.difference.high).toBeCloseTo((100 * 3.8414588) / (400 + 3.8414588), 5);
    // Twice the futures halve the bound, and half a point is then beyond it.
    expect((await found(text('0.5')))[0]).toMatchObject({ verdict: 'fails', effect: { futures: 800 } });
  });

  test('where nothing is drawn one future tells all', async () => {
    const exact = model('k * x', 'k = 2 against 1 raises often by at least 100 points "test"').replace(
      'uniform(0, 1)',
      '0.4',
    );
    const [one] = await found(exact);
    expect(one).toMatchObject({
      verdict: 'holds',
      effect: { difference: { value: 100, low: 100, high: 100 }, futures: 1 },
    });
  });

  test('a share is told in points too', async () => {
    const text = `${head}let y: share = k * x * 0.1\nmeasure m: share = final y\nclaim c\n  k = 3 against 1 raises m by at least 9 points "test"\n`;
    const [one] = await found(text);
    expect(one).toMatchObject({ verdict: 'holds', effect: { unit: 'points' } });
    expect(one?.effect.difference.value).toBeCloseTo(10, 1);
  });
});

test('the unit is that of the measure', async () => {
  const text = `${head}unit kt = 1_000 t\nlet y: kt = k * x * 5_000 t\nmeasure m: kt = final y\nclaim c\n  k = 3 against 1 raises m by at least 4_000 t "test"\n`;
  const [one] = await found(text);
  expect(one).toMatchObject({ verdict: 'holds', effect: { unit: 'kt' } });
  expect(one?.effect.difference.value).toBeCloseTo(5, 1);
});

describe('futures that fail', () => {
  const sqrt = (k: string): string =>
    model('sqrt(x - k)', `k = ${k} against 0 changes m by at least 0.001 "test"`);

  test('more than one in a hundred in one of the worlds settle nothing', async () => {
    const [one] = await found(sqrt('0.1'));
    expect(one?.verdict).toBe('not settled');
    expect(one?.effect.reason).toBe('more than 1 in 100 futures failed');
    expect(one?.effect.futures).toBeLessThan(400);
  });

  test('fewer are left out of both', async () => {
    const [one] = await found(sqrt('0.005'));
    expect(one?.verdict).toBe('holds');
    expect(one?.effect.futures).toBe(398);
  });
});

test('independent draws have the normal interval of the paired differences', async () => {
  const [one] = await found(model('10 * x + k * x', 'k = 2 against 1 raises m by at least 0.3 "test"'), {
    design: 'monte-carlo',
    runs: 1000,
  });
  expect(one?.effect.method).toBe('normal over futures');
  const { low, high } = one!.effect.difference;
  // The standard deviation of x is sqrt(1/12), whatever both worlds share.
  expect(high - low).toBeCloseTo((2 * 1.96 * Math.sqrt(1 / 12)) / Math.sqrt(1000), 3);
});

test('draws in equations are the same in both worlds', async () => {
  const text = model('k + draw normal(0, 100)', 'k = 3 against 1 raises m by at least 2 "test"');
  const [one] = await found(text);
  expect(one?.verdict).toBe('holds');
  expect(one!.effect.difference.high - one!.effect.difference.low).toBeLessThan(1e-9);
});

describe('runs', () => {
  test('worlds are run once for all claims that ask for them', async () => {
    const { model: checked, program } = soundText(
      model(
        'k * x',
        'k = 2 against 1 raises m by at least 0.3 "test"',
        'k = 1 against k = 2 lowers m by at least 0.3 "test"',
        'k = 2 against as it is raises often by at least 15 points "test"',
      ),
    );
    const orders: string[] = [];
    const counting: Run = (order) => {
      if (order.design.futures === 400)
        orders.push(JSON.stringify([order.forced, order.figures, order.redrawn]));
      return plainRun(order);
    };
    await makeLedger(checked, program, questionOf(checked, { runs: 400 }), counting);
    const plain = orders.filter((one) => one.endsWith(',[]]'));
    expect(new Set(plain).size).toBe(3);
    // The basis asks for the same again, in no more futures than there are here.
    expect(plain.length).toBeLessThanOrEqual(6);
  });

  test('both engines give the same ledger', async () => {
    const text = model(
      'k * x + draw normal(0, 1)',
      'k = 2 against 1 raises m by at least 0.3 "test"',
      'k = 0 against as it is carries at least half of m',
    );
    expect(await found(text, { runs: 100 }, oracleRun)).toEqual(await found(text, { runs: 100 }));
  });
});

describe('the basis is that of the difference', () => {
  const text = (difference: string): string => `model "x"
time 0 day .. 1 day by 1 day
source book "A book"
input wide: 1
  book uniform(0, 1000)
input b: 1
  ${difference} uniform(0, 1) ${difference === 'assumed' ? '"test"' : ''}
input k: 1
  assumed 1 "test"
let y = wide + b * k
measure m = final y
claim c
  k = 3 against 1 raises m by at least 0.5 "test"
claim level
  m > 400
`;
  test('what moves both worlds alike has no part in it', async () => {
    const ledger = await ledgerOf(text('assumed'), { runs: 400 });
    expect(claimOf(ledger, 'c')).toMatchObject({ basis: 'assumed', restates: 'b' });
    expect(claimOf(ledger, 'level').basis).toBe('sourced');
    expect(claimOf(await ledgerOf(text('book'), { runs: 400 }), 'c')).toMatchObject({
      basis: 'sourced',
      restates: null,
    });
  });

  test('inputs that both worlds hold are nobody’s figures', async () => {
    const ledger = await ledgerOf(text('book'), { runs: 100 });
    const [result] = Object.values(claimOf(ledger, 'c').viewpoints);
    expect(result?.own.of).toBe(2);
  });

  test('there is no own arithmetic', async () => {
    const authored = text('book').replace('source book "A book"', 'source book "A book" author');
    expect(claimOf(await ledgerOf(authored), 'c').ownArithmetic?.verdict).toBe('none for a comparison');
  });
});

test('under each viewpoint by its own figures, and under each meaning', async () => {
  const text = `model "x"
time 0 day .. 1 day by 1 day
source a "A"
source b "B"
input size: 1
  a uniform(0, 1)
  b uniform(2, 3)
input k: 1
  assumed 1 "test"
viewpoint A
  use a
viewpoint B
  use b
let plain = size * k
let square = size * k * k
definition y = plain | square
measure m = final y
claim c
  k = 2 against 1 raises m by at least 1 "test"
`;
  const { pattern, viewpoints } = claimOf(await ledgerOf(text, { runs: 400 }), 'c');
  expect(Object.entries(viewpoints).map(([column, { verdict }]) => [column, verdict])).toEqual([
    ['A, y: plain', 'fails'],
    ['A, y: square', 'holds'],
    ['B, y: plain', 'holds'],
    ['B, y: square', 'holds'],
  ]);
  expect(pattern).toBe(
    'depends on whose numbers and on what y means: fails under A, holds under B (as plain); holds under both (as square)',
  );
});

describe('because', () => {
  const text = (premise: string): string =>
    `${model('k * x', 'k = 2 against 1 raises m by at least 0.5 "test"\n  because often_true')}claim often_true\n  ${premise}\n`;
  const premiseOf = async (premise: string) => {
    const [result] = Object.values(claimOf(await ledgerOf(text(premise), { runs: 400 }), 'c0').viewpoints);
    return result?.because[0];
  };

  test('the effect is worked out in both parts', async () => {
    const found = await premiseOf('x > 0.5');
    expect(found).toMatchObject({ verdict: 'rests on it', given: null, without: null });
    expect(found?.differences?.given.value).toBeCloseTo(0.75, 2);
    expect(found?.differences?.without.value).toBeCloseTo(0.25, 2);
  });

  test.each([
    ['x < 0.5', 'stands only without it', ''],
    ['k > 2', 'not tested', 'the premise is never true'],
    ['x < 2', 'not tested', 'the premise is always true'],
    ['x < 0.001', 'not tested', 'the premise is hardly ever true'],
    ['x > 0.001', 'not tested', 'the premise is nearly always true'],
  ])('%s: %s', async (premise, verdict, reason) => {
    expect(await premiseOf(premise)).toMatchObject({ verdict, reason });
  });
});
