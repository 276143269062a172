/** "4 of 9 figures its own": inputs are counted and not elements, and what the model reads is told apart. */
import { describe, expect, test } from 'vitest';
import { ledgerText } from '../../src/views/ledger-text.ts';
import { claimOf, ledgerOf } from '../support/ledger-of.ts';

const model = (inputs: string, condition = 'm >= 0'): string => `model "Own"
time 0 day .. 1 day by 1 day
source one "One"
source two "Two"
group Age = child, adult
${inputs}
viewpoint first "First"
  use one
viewpoint second "Second"
  use two
let level = sum(seen[a, b] for a in Age, b in Age) + rate
measure m = final level
claim c "It is so"
  ${condition}
`;

const MATRIX = `input seen[Age, Age]: 1
  one matrix child, adult
    [child]      1,     2
    [adult]      3,     4
  two[child, child] 5
  assumed 1 "for the rest"
input rate: 1
  one at least 3 read as 3 to 5 "a floor"
  two echo of one
  assumed 4 "for the rest"`;

const ownOf = async (text: string, scenario?: string) =>
  claimOf(await ledgerOf(text, { runs: 10, ...(scenario === undefined ? {} : { scenario }) }), 'c')
    .viewpoints;

describe('what is counted', () => {
  test('a matrix is one figure, one element of it is a part, and a reading is told apart', async () => {
    const under = await ownOf(model(MATRIX));
    expect(under.first?.own).toEqual({ inputs: 2, partly: 0, read: 1, of: 2 });
    expect(under.second?.own).toEqual({ inputs: 1, partly: 1, read: 1, of: 2 });
  });

  test('only the elements that the claim hangs on', async () => {
    const under = await ownOf(
      model(MATRIX, 'm >= 0').replace('sum(seen[a, b] for a in Age, b in Age) + rate', 'seen[child, child]'),
    );
    expect(under.second?.own).toEqual({ inputs: 1, partly: 0, read: 0, of: 1 });
  });

  test('what a scenario holds is no figure', async () => {
    const held = `${model(MATRIX)}scenario held\n  rate = 4\n`;
    expect((await ownOf(held, 'held')).first?.own).toEqual({ inputs: 1, partly: 0, read: 0, of: 1 });
  });

  test('another rule of counting, read anew, is a reading too; a reason of `assumed` is none', async () => {
    const text = model(
      MATRIX.replace('one at least 3 read as 3 to 5 "a floor"', 'one 3 counts "boxes" read as 2 "half full"'),
    );
    expect((await ownOf(text)).first?.own.read).toBe(1);
    const assumed = model(MATRIX.replaceAll(/ {2}(one|two).*\n( {4}.*\n)*/g, ''));
    expect((await ownOf(assumed)).first?.own).toEqual({ inputs: 0, partly: 0, read: 0, of: 2 });
  });
});

test('the table says all three', async () => {
  const text = ledgerText(await ledgerOf(model(MATRIX), { runs: 10 }), { full: true });
  expect(text).toContain('First (2 of 2 figures its own, 1 as read)');
  expect(text).toContain('Second (1 of 2 figures its own, 1 in part, 1 as read)');
  expect(text).toMatch(/second +100 in 100 +1 of 2 figures its own, 1 in part, 1 as read\n/);
});
