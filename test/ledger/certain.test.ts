/** Where nothing is drawn all futures are one: no sampling error, no doubling, and one future is enough. */
import { expect, test } from 'vitest';
import { claimOf, ledgerOf, measureOf } from '../support/ledger-of.ts';

const model = (price: string): string => `model "Bread"
time 0 day .. 10 day by 1 day
unit loaf
source baker "The baker" author
input price: loaf
  ${price}
input other: loaf
  assumed 2 to 4 "for the test"
measure bought: loaf = final price
measure rest: loaf = final other
claim enough "There is enough"
  bought >= 5 loaf
claim spare "There is some to spare"
  rest >= 1 loaf
`;

const EXACT = { low: 1, high: 1, method: 'nothing drawn' };

test('a claim on exact figures alone has no sampling error, and asks for no more futures', async () => {
  const ledger = await ledgerOf(model('baker 5'), { runs: 10 });
  expect(claimOf(ledger, 'enough').viewpoints['stated']).toMatchObject({ verdict: 'holds', sampling: EXACT });
  // The other claim hangs on a range, and ten futures leave its verdict open.
  expect(claimOf(ledger, 'spare').viewpoints['stated']?.sampling?.method).toBe('Wilson');
});

test('a model without a range is run once', async () => {
  const text = model('baker 5').replace('assumed 2 to 4', 'assumed 3');
  const ledger = await ledgerOf(text, { runs: 500 });
  expect(ledger.viewpoints.map(({ futures }) => futures)).toEqual([1]);
  expect(claimOf(ledger, 'spare').viewpoints['stated']).toMatchObject({ verdict: 'holds', sampling: EXACT });
  expect(measureOf(ledger, 'rest')).toMatchObject({
    method: 'nothing drawn',
    mean: 3,
    interval: { mean: { low: 3, high: 3 }, p5: { low: 3, high: 3 }, p95: { low: 3, high: 3 } },
  });
});

test('a scenario that holds every range leaves nothing to draw either', async () => {
  const text = `${model('baker 5')}scenario settled\n  other = 3\n`;
  const ledger = await ledgerOf(text, { runs: 500, scenario: 'settled' });
  expect(ledger.viewpoints.map(({ futures }) => futures)).toEqual([1]);
});
