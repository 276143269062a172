/** Events and decisions held in the worlds that claims compare, where what they do is known by hand. */
import { expect, test } from 'vitest';
import { claimOf, ledgerOf } from '../support/ledger-of.ts';

const model = (form: string): string => `model "x"
time 0 day .. 100 day by 1 day
actor Ally
input hazard: 1/day
  assumed 0.01 "test"
event strike
  rate hazard
decision aid by Ally on 10 day
  option trade 0
  option arms 0
  scale 1
measure struck = ever strike has happened
measure active: day = total (if strike is active then 1 else 0)
measure armed = ever aid is arms
measure days_armed: day = total (if aid is arms then 1 else 0)
claim it
  ${form}
`;

async function found(form: string) {
  const [result] = Object.values(claimOf(await ledgerOf(model(form), { runs: 400 }), 'it').viewpoints);
  if (result === undefined) throw new Error('nothing found');
  return result;
}

test.each([
  // By the 100th day it has happened with the chance 1 - exp(-1), 63 in 100.
  ['strike never against as it is lowers struck by at least 50 points "test"', 'holds', -63.2],
  ['strike never against as it is lowers struck by at least 80 points "test"', 'fails', -63.2],
  ['strike always against never raises active by at least 100 day "test"', 'holds', 100],
  ['strike always against never raises active by at least 40 day from 60 day "test"', 'holds', 40],
  ['strike on 50 day against never raises active by at least 1 day "test"', 'holds', 1],
  // Both options are worth the same, so that one meeting is a throw of a coin.
  ['aid = arms against as it is raises armed by at least 30 points "test"', 'holds', 50],
  ['aid = arms against trade raises days_armed by at least 100 day "test"', 'holds', 100],
  ['aid = arms against trade raises days_armed by at least 30 day from 70 day "test"', 'holds', 30],
])('%s: %s', async (form, verdict, value) => {
  const { verdict: given, effect } = await found(form);
  expect(given).toBe(verdict);
  const isSampled = effect?.unit === 'points';
  expect(Math.abs((effect?.difference.value ?? 0) - value)).toBeLessThan(
    isSampled ? 6 : form.includes('from') && form.includes('aid') ? 10 : 1e-9,
  );
});

test.each([
  ['armed does not hang on strike beyond 5%', 'holds', true],
  ['struck does not hang on aid beyond 5%', 'holds', true],
  ['struck does not hang on strike beyond 5%', 'fails', false],
  ['armed does not hang on aid beyond 5%', 'fails', false],
])('%s: %s', async (form, verdict, byConstruction) => {
  const { verdict: given, irrelevance } = await found(form);
  expect([given, irrelevance?.measures[0]?.byConstruction]).toEqual([verdict, byConstruction]);
});
