/** Claims on the only one: elements drawn evenly and apart from each other, so that every share is known. */
import { describe, expect, test } from 'vitest';
import { claimOf, ledgerOf, oracleRun, plainRun } from '../support/ledger-of.ts';

const model = (form: string, more = ''): string => `model "x"
time 0 day .. 1 day by 1 day
source a "A"
group Town = port, hills, valley
group Arm = guns, mortars
input has[Town]: 1
  a uniform(0, 1)
input arms[Town, Arm]: 1
  a[port, Arm] 3
  a[hills, Arm] 1
  a[valley, guns] 2
  a[valley, mortars] 4
measure much[Town] = final has
measure armed[Town, Arm] = final arms
claim it
  ${form}
${more}`;

async function partsOf(form: string, more = '') {
  const ledger = await ledgerOf(model(form, more), { runs: 4000 });
  const [result] = Object.values(claimOf(ledger, 'it').viewpoints);
  const { has, another, all } = result?.uniqueness ?? { has: null, another: null, all: null };
  return { result, share: result?.share, has: has?.share, another: another?.share, all: all?.share };
}

describe('the three parts', () => {
  test('above 3/4 each: a quarter, seven sixteenths, one in 64', async () => {
    const found = await partsOf('only port in Town has much > 0.75');
    expect(found.has).toBeCloseTo(1 / 4, 2);
    expect(found.another).toBeCloseTo(7 / 16, 1);
    expect(found.all).toBeCloseTo(1 / 64, 2);
    expect(found.share).toBeCloseTo((1 / 4) * (9 / 16), 1);
    expect(found.result?.verdict).toBe('mostly fails');
  });

  test('in every future it is true where it has it and no other: they add up', async () => {
    const twin = 'claim with_another\n  much[port] > 0.75 and max(much[hills], much[valley]) > 0.75\n';
    const ledger = await ledgerOf(model('only port in Town has much > 0.75', twin), { runs: 4000 });
    const [one] = Object.values(claimOf(ledger, 'it').viewpoints);
    const [both] = Object.values(claimOf(ledger, 'with_another').viewpoints);
    expect((one?.share ?? 0) + (both?.share ?? 0)).toBeCloseTo(one?.uniqueness?.has?.share ?? -1, 12);
  });

  test('both engines count alike', async () => {
    const text = model('only port in Town has much > 0.75');
    const [fast, plain] = [
      await ledgerOf(text, { runs: 100 }, plainRun),
      await ledgerOf(text, { runs: 100 }, oracleRun),
    ];
    expect(claimOf(fast, 'it')).toEqual(claimOf(plain, 'it'));
  });

  test('where nothing is drawn they are certain', async () => {
    const { result } = await partsOf('only port in Town has armed[Town, guns] > 2');
    expect(result).toMatchObject({ verdict: 'holds', share: 1 });
    expect(result?.uniqueness?.another).toMatchObject({
      share: 0,
      sampling: { low: 0, high: 0, method: 'nothing drawn' },
    });
  });
});

describe('which element is read', () => {
  test.each([
    ['only port in Town has armed[Town, guns] > 2', 1],
    ['only port in Town has armed[Town, mortars] > 2', 0],
    ['only valley in Town has armed[Town, mortars] > armed[Town, guns]', 1],
    ['only valley in Town has sum(armed[Town, a] for a in Arm) > 5', 0],
    ['only hills in Town has sum(armed[Town, a] for a in Arm) < 3', 1],
    ['only hills in Town has armed[Town, guns] * 3 < max(armed[t, mortars] for t in Town)', 1],
    ['only port in Town has arms[Town, guns] > 2', 1],
  ])('%s: %d', async (form, share) => {
    expect((await partsOf(form)).share).toBe(share);
  });
});

describe('beside other claims', () => {
  test('it is a premise and a companion like any condition', async () => {
    const other = 'claim enough\n  much[port] > 0.5\n  because it\n  with it\n';
    const ledger = await ledgerOf(model('only port in Town has much > 0.75', other), { runs: 4000 });
    const [result] = Object.values(claimOf(ledger, 'enough').viewpoints);
    expect(result?.because[0]).toMatchObject({ claim: 'it', verdict: 'rests on it', given: { share: 1 } });
    expect(result?.with[0]).toMatchObject({ claim: 'it', verdict: 'together' });
  });

  test('and has own arithmetic like any', async () => {
    const text = model('only port in Town has armed[Town, guns] > 2').replace(
      'source a "A"',
      'source a "A" author',
    );
    expect(claimOf(await ledgerOf(text), 'it').ownArithmetic?.verdict).toBe('holds');
  });
});
