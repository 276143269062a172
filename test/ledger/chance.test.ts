/** Claims that hang on draws of equations: uncertain though every figure is exact, and never worked out once for all. */
import { expect, test } from 'vitest';
import { claimOf, ledgerOf, measureOf } from '../support/ledger-of.ts';

const model = (spread: string, others = ''): string => `model "Weather"
time 0 day .. 10 day by 1 day
unit t
source writer "The writer" author
input pace: t/day
  writer 10
input spread: t/day
  ${spread}
stock heap: t signed = 0
  + piled
flow piled: t/day two-way = pace + draw normal(0 t/day, spread)
let coin = draw bernoulli(0.5)
measure end: t = final heap
measure heads = lowest coin
measure plain: t = at 0 day heap
claim much "Much is piled"
  end >= 100 t
claim lucky "Always heads"
  heads > 0
claim empty "It begins with nothing"
  plain + pace * 0 day <= 0
${others}`;

test('a claim that draws has a sampling error though every figure is exact', async () => {
  const ledger = await ledgerOf(model('writer 2'), { runs: 400 });
  const much = claimOf(ledger, 'much').viewpoints['stated'];
  expect(much?.verdict).toBe('contested');
  expect(much?.sampling?.method).toBe('Student over ten replicates');
  expect(ledger.viewpoints[0]?.futures).toBeGreaterThanOrEqual(400);
  // 10 draws of deviation 2: the 5th and 95th percentile lie 1.645 · √40 off the mean.
  expect(measureOf(ledger, 'end').p5).toBeCloseTo(100 - 10.4, -0.5);
  expect(measureOf(ledger, 'end').p95).toBeCloseTo(100 + 10.4, -0.5);
});

test('own arithmetic says why there is none, and stands where nothing is drawn', async () => {
  const ledger = await ledgerOf(model('writer 2'));
  expect(claimOf(ledger, 'much').ownArithmetic).toEqual({
    verdict: 'none where the model draws',
    values: [],
    missing: [],
    unmoved: [],
    byMeaning: [],
  });
  const plain = model('writer 2').replace(' + draw normal(0 t/day, spread)', ' + 0 * spread');
  expect(claimOf(await ledgerOf(plain), 'much').ownArithmetic?.verdict).toBe('holds');
});

test('a scenario that holds every range leaves the chance', async () => {
  const text = `${model('assumed 1 to 4 "for the test"')}scenario calm\n  spread = 2\n`;
  const ledger = await ledgerOf(text, { runs: 100, scenario: 'calm' });
  expect(ledger.viewpoints[0]?.futures).toBeGreaterThanOrEqual(100);
  expect(claimOf(ledger, 'much').viewpoints['stated']?.sampling?.method).not.toBe('nothing drawn');
});

test('viewpoints and scenarios share the draws', async () => {
  const text = `${model('writer 2').replace('end >= 100 t', 'end >= 1 t')}scenario more\n  pace = 11\n`;
  const [plain, more] = [await ledgerOf(text), await ledgerOf(text, { scenario: 'more' })];
  const [before, after] = [measureOf(plain, 'end'), measureOf(more, 'end')];
  expect(after.p5).toBeCloseTo(Number(before.p5) + 10, 9);
  expect(after.p95).toBeCloseTo(Number(before.p95) + 10, 9);
});

test('the basis is that of the figures, and chance alone is assumed', async () => {
  const exact = await ledgerOf(model('writer 2'));
  expect(claimOf(exact, 'much').basis).toBe('sourced');
  expect(claimOf(exact, 'lucky')).toMatchObject({ basis: 'assumed', pattern: 'fails: no input changes it' });
});

test('an assumed input that chance outweighs is not restated', async () => {
  const text = (pace: string): string =>
    model('writer 2').replace('writer 10', `assumed ${pace} "for the test"`);
  expect(claimOf(await ledgerOf(text('uniform(9.9, 10.1)')), 'much')).toMatchObject({
    basis: 'assumed',
    restates: null,
  });
  expect(claimOf(await ledgerOf(text('uniform(1, 19)')), 'much')).toMatchObject({
    basis: 'assumed',
    restates: 'pace',
  });
});
