/** How many futures runs have, and which input of a factor is moved where not all can be. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { soloCrew } from '../../src/engine/crew.ts';
import { moduleRun } from '../../src/engine/module-run.ts';
import {
  BASIS_FUTURES,
  basisFutures,
  comparisonEffort,
  FEWEST,
  mainEffort,
  rankingEffort,
  STEPS,
} from '../../src/ledger/effort.ts';
import { weighed } from '../../src/ledger/importance-worlds.ts';
import { planRuns } from '../../src/ledger/plan.ts';
import { screened } from '../../src/ledger/screen-moves.ts';
import type { Model } from '../../src/model/model.ts';
import type { Program } from '../../src/program/program.ts';
import { soundText } from '../support/compile-text.ts';
import { ledgerOf, questionOf } from '../support/ledger-of.ts';

/** By the kind of run, its sizes where so many futures were asked for and one world takes so many steps. */
const KINDS = {
  main: (futures: number, steps: number) => mainEffort(futures, steps),
  comparison: (futures: number, steps: number) => comparisonEffort({ futures }, steps, 7),
  basis: (futures: number, steps: number) => [basisFutures({ futures }, steps, 7)],
  ranking: (futures: number, steps: number) => rankingEffort({ futures }, steps, 7).effort,
} as const;

describe.each(Object.entries(KINDS))('the futures of a run: %s', (kind, sizesOf) => {
  const asked = fc.oneof(
    fc.integer({ min: 1, max: 2000 }).map((tens) => tens * 10),
    fc.integer({ min: 1, max: 60 }),
  );
  const steps = fc.integer({ min: 1, max: 1_000_000 });

  test('rise from look to look, in whole replicates, and are no more of a larger model', () => {
    fc.assert(
      fc.property(asked, steps, steps, (futures, some, more) => {
        const [small, large] = [some, some + more].map((own) => sizesOf(futures, own));
        for (const sizes of [small!, large!]) {
          expect(sizes).toEqual([...new Set(sizes)].toSorted((a, b) => a - b));
          const isWhole = futures % 10 === 0;
          expect(sizes.every((size) => size > 0 && (!isWhole || size % 10 === 0))).toBe(true);
          expect(sizes[0]!).toBeLessThanOrEqual(futures);
          expect(sizes.length).toBeLessThanOrEqual(3);
        }
        expect(large![0]!).toBeLessThanOrEqual(small![0]!);
        expect(large!.at(-1)!).toBeLessThanOrEqual(small!.at(-1)!);
      }),
    );
  });

  test('are all that can be wanted of a small model', () => {
    const most = kind === 'basis' || kind === 'ranking' ? BASIS_FUTURES : 4000;
    expect(sizesOf(4000, 5)).toEqual(kind === 'basis' ? [most] : [most, most * 2, most * 4]);
  });
});

test('what little can be afforded is never less than enough, nor more than was asked for', () => {
  const steps = 1_000_000;
  expect(mainEffort(4000, steps)).toEqual([4000]);
  expect(comparisonEffort({ futures: 4000 }, steps, 9)).toEqual([FEWEST.compared, 400, 1000]);
  expect(comparisonEffort({ futures: 120 }, steps, 9)).toEqual([120, 240, 480]);
  expect(basisFutures({ futures: 4000 }, steps, 9)).toBe(FEWEST.redrawn);
  expect(rankingEffort({ futures: 4000 }, steps, 9)).toEqual({ effort: [FEWEST.ranked], isAll: false });
  expect(rankingEffort({ futures: 60 }, steps, 9)).toEqual({ effort: [60, 120, 240], isAll: true });
});

test('a viewpoint is doubled only as far as its steps go', () => {
  expect(mainEffort(1000, STEPS.open / 2000)).toEqual([1000, 2000]);
  expect(mainEffort(1000, STEPS.open / 4000)).toEqual([1000, 2000, 4000]);
});

test('of a factor the input is moved along which the measures go, whichever way and however they bend', async () => {
  const { model, program } = soundText(`model "m"
time 0 day .. 1 day by 1 day
input a: 1
  assumed uniform(0, 1) "for the test"
input b: 1
  assumed uniform(0, 1) "for the test"
input c: 1
  assumed uniform(0, 1) "for the test"
input d: 1
  assumed uniform(0, 1) "for the test"
input e: 1
  assumed uniform(0, 1) "for the test"
factor first "First" = a, b, c
factor second "Second" = d, e
let sum = a + b - 3 * c + d^3 + e
measure m = final sum
claim most "The first matters most"
  m hangs most on first
`);
  const { every, found } = await screenedIn(model, program);
  expect(found.map(({ pairs, singles }) => [pairs.length, singles.map(({ pair }) => pair[0].name)])).toEqual([
    [1, ['c at its 5 %']],
    [1, [expect.stringMatching(/^[de] at its 5 %$/)]],
  ]);
  expect(every.map(({ singles }) => singles.length)).toEqual([3, 2]);
});

test('of a factor the input is found that is exact at its first date, and the one of two values', async () => {
  const { model, program } = soundText(`model "m"
time 2024-01-01 .. 2024-04-01 by 1 day
source who "Who says it" date 2023-12-01
input late: 1
  who from 2024-01-01 5
  who from 2024-02-01 uniform(0, 10)
input weak: 1
  assumed uniform(0, 1) "for the test"
input sprung: 1
  assumed bernoulli(7%) "for the test"
input dull: 1
  assumed uniform(0, 1) "for the test"
factor first "First" = late, weak
factor second "Second" = sprung, dull
let sum = late - weak + 20 * sprung + dull
measure m = final sum
claim most "The first matters most"
  m hangs most on first
`);
  const { found } = await screenedIn(model, program);
  expect(found.flatMap(({ singles }) => singles.map(({ pair }) => pair[0].name))).toEqual([
    'late at its 5 %',
    'sprung at its 5 %',
  ]);
});

test('what fails behind the last measure of a comparison has not failed for it, whatever its size', async () => {
  const text = `model "m"
time 0 day .. 60 day by 1 day
input e: 1
  assumed uniform(0, 1) "for the test"
input z: 1
  assumed uniform(0, 1) "for the test"
let root = sqrt(if time > 50 day and z < 5% then 0 - e else e)
let double = 2 * e
measure early = at 5 day double
measure late = final root
claim moved "It is moved"
  e = 1 against as it is raises early by at least 0.6 "for the test"
`;
  for (const runs of [400, 1000, 2000]) {
    const ledger = await ledgerOf(text, { runs });
    expect(ledger.failed).toBeGreaterThan(0.03 * runs);
    expect(ledger.claims[0]?.verdict).toBe('holds');
  }
});

async function screenedIn(model: Model, program: Program) {
  const [plan] = planRuns(model, program, questionOf(model, { runs: 1000 }));
  const [claim] = model.claims;
  if (plan === undefined || claim?.form.kind !== 'importance') throw new Error('no ranking');
  const { form } = claim;
  const main = await moduleRun(soloCrew, { pause: async () => false, progress: () => {} })(plan.order);
  const every = form.ranked.map((one) => weighed(model, form, one, plan.order));
  return { every, found: screened(every, plan.order, main, form.measures) };
}
