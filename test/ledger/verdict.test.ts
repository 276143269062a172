/**
 * The verdict rule at its edges, the interval that it rests on, and how many futures it asks for: the figures of a run
 * are made up here, so that every edge is met exactly.
 */
import { describe, expect, test } from 'vitest';
import { replicateInterval } from '../../src/analysis/replicate-interval.ts';
import { wilson } from '../../src/analysis/share-interval.ts';
import type { Design } from '../../src/engine/design.ts';
import {
  conditionVerdict,
  shareTrue,
  spansEdge,
  verdictOfInterval,
} from '../../src/ledger/condition-verdict.ts';
import { claimOf, ledgerOf } from '../support/ledger-of.ts';
import { ensembleOf, fakeRun, forShares } from '../support/made-up-run.ts';

test.each([
  [1, 'holds'],
  [0.95, 'holds'],
  [0.9499, 'mostly holds'],
  [0.8, 'mostly holds'],
  [0.7999, 'contested'],
  [0.2001, 'contested'],
  [0.2, 'mostly fails'],
  [0.0501, 'mostly fails'],
  [0.05, 'fails'],
  [0, 'fails'],
])('a share of %d %s', (share, verdict) => {
  expect(conditionVerdict(share)).toBe(verdict);
});

test.each([
  [0.96, 0.99, 'holds', false],
  [0.95, 1, 'holds', false],
  [0.94, 0.96, 'between mostly holds and holds', true],
  [0.8, 0.9499, 'mostly holds', false],
  [0.2001, 0.7999, 'contested', false],
  [0.2, 0.2001, 'between mostly fails and contested', true],
  [0, 0.05, 'fails', false],
  [0.04, 0.06, 'between fails and mostly fails', true],
  [0.02, 0.9, 'between fails and mostly holds', true],
])('the interval %d to %d: %s', (low, high, verdict, spans) => {
  expect(verdictOfInterval({ low, high })).toBe(verdict);
  expect(spansEdge({ low, high })).toBe(spans);
});

const design = (kind: Design['kind'], futures: number): Design => ({ kind, futures, seed: 1 });

describe('the interval of a share', () => {
  test("is Wilson's for independent draws", () => {
    const ensemble = ensembleOf(100, (future) => future < 30);
    expect(shareTrue(ensemble, 0, design('monte-carlo', 100))).toEqual({
      share: 0.3,
      sampling: { ...wilson(30, 100), method: 'Wilson', futures: 100 },
    });
  });

  test("is Student's over the ten replicates of a Latin hypercube", () => {
    // Replicate r has r true futures of ten.
    const ensemble = ensembleOf(100, (future) => future % 10 < Math.floor(future / 10));
    const { low, high } = replicateInterval(Array.from({ length: 10 }, (_, replicate) => replicate / 10));
    expect(shareTrue(ensemble, 0, design('latin-hypercube', 100))).toEqual({
      share: 0.45,
      sampling: { low, high, method: 'Student over ten replicates', futures: 100 },
    });
  });

  test('stays within 0 to 1', () => {
    const ensemble = ensembleOf(100, (future) => future < 4);
    const found = shareTrue(ensemble, 0, design('latin-hypercube', 100));
    expect(found?.sampling.method).toBe('Student over ten replicates');
    expect(found?.sampling.low).toBe(0);
  });

  test.each([
    ['none', () => false],
    ['all', () => true],
    ['an equal number of each replicate', (future: number) => future % 10 < 3],
  ])("is Wilson's too where %s is true, since replicates that agree have no scatter", (_, isTrue) => {
    const found = shareTrue(ensembleOf(100, isTrue), 0, design('latin-hypercube', 100));
    expect(found?.sampling.method).toBe('Wilson');
    expect((found?.sampling.high ?? 0) - (found?.sampling.low ?? 0)).toBeGreaterThan(0.01);
  });

  test('leaves failed futures out', () => {
    const ensemble = ensembleOf(100, (future) => future < 30, [0, 1, 2, 99]);
    expect(shareTrue(ensemble, 0, design('monte-carlo', 100))).toEqual({
      share: 27 / 96,
      sampling: { ...wilson(27, 96), method: 'Wilson', futures: 96 },
    });
  });

  test("is Wilson's where a replicate has no valid future, and nothing where no future is valid", () => {
    const first = Array.from({ length: 10 }, (_, future) => future);
    const ensemble = ensembleOf(100, (future) => future % 3 === 0, first);
    expect(shareTrue(ensemble, 0, design('latin-hypercube', 100))?.sampling.method).toBe('Wilson');
    const all = Array.from({ length: 100 }, (_, future) => future);
    expect(
      shareTrue(
        ensembleOf(100, () => true, all),
        0,
        design('latin-hypercube', 100),
      ),
    ).toBeNull();
  });
});

const MODEL = `model "Verdicts"
time 0 day .. 1 day by 1 day
as of 2024-01-01
side East "East"
source early "Early" date 2023-01-01 side East
source late  "Late"  date 2025-01-01 side East
input size: 1
  early 1 to 2
  late 3 to 4
input other: 1
  assumed 1 to 2 "test"
viewpoint first "First"
  use early
viewpoint afterwards "Afterwards"
  hindsight
  use late
measure m: 1 = final size
claim c "It is large"
  m > 1.5
`;

describe('doubling', () => {
  const ask = { design: 'monte-carlo', runs: 100 } as const;

  test('does not happen where the verdict is plain', async () => {
    const { run, asked } = fakeRun(() => 0.5);
    const ledger = await ledgerOf(MODEL, ask, run);
    expect(forShares(asked)).toEqual([100]);
    expect(claimOf(ledger, 'c').viewpoints.first?.verdict).toBe('contested');
  });

  test('stops as soon as the verdict is settled', async () => {
    const { run, asked } = fakeRun((futures) => (futures === 100 ? 0.94 : 1));
    const ledger = await ledgerOf(MODEL, ask, run);
    expect(forShares(asked)).toEqual([100, 200]);
    expect(claimOf(ledger, 'c').viewpoints.first).toMatchObject({
      verdict: 'holds',
      share: 1,
      sampling: { futures: 200 },
    });
    expect(ledger.viewpoints[0]?.futures).toBe(200);
  });

  test('happens twice at most, and then the verdict says between which', async () => {
    const { run, asked } = fakeRun(() => 0.95);
    const ledger = await ledgerOf(MODEL, ask, run);
    expect(forShares(asked)).toEqual([100, 200, 400]);
    expect(claimOf(ledger, 'c').viewpoints.first?.verdict).toBe('between mostly holds and holds');
    expect(claimOf(ledger, 'c').pattern).toContain('between mostly holds and holds');
  });

  test('does not happen for a claim that this viewpoint does not judge', async () => {
    const { run, asked } = fakeRun(() => 0.95);
    await ledgerOf(MODEL.replace('claim c "It is large"', '$&\n  in hindsight'), ask, run);
    // Nothing is judged, so that no basis is asked for either.
    expect(asked).toEqual([100]);
  });

  test('does not happen for a claim on which this viewpoint has no figures', async () => {
    const silent = `${MODEL}viewpoint silent "Silent"\n  use nobody\n`
      .replace('input size', 'source nobody "Nobody" date 2023-01-01\ninput size')
      .replace('  late 3 to 4', '  late 3 to 4\n  assumed 1 to 5 "test"');
    const { run, asked } = fakeRun(() => 0.95);
    const ledger = await ledgerOf(silent, { ...ask, viewpoints: ['silent'] }, run);
    expect(claimOf(ledger, 'c').viewpoints.silent).toMatchObject({
      verdict: 'no figures found',
      share: null,
      sampling: null,
    });
    // Nothing is judged, so that no basis is asked for either.
    expect(asked).toEqual([100]);
  });
});

describe('failed futures', () => {
  const ask = { design: 'monte-carlo', runs: 1000 } as const;
  test.each([
    [0, 'contested'],
    [10, 'contested'],
    [11, 'not settled'],
    [1000, 'not settled'],
  ])('%d of 1000: %s', async (failures, verdict) => {
    const { run } = fakeRun(
      () => 0.5,
      () => failures,
    );
    const ledger = await ledgerOf(MODEL, ask, run);
    const claim = claimOf(ledger, 'c');
    expect(claim.viewpoints.first?.verdict).toBe(verdict);
    expect(claim.verdict).toBe(verdict);
    expect(ledger.failed).toBe(failures);
    expect(ledger.viewpoints[0]?.failed).toBe(failures);
    expect(ledger.viewpoints[0]?.failures.length === 0).toBe(failures === 0);
    if (failures === 1000) expect(claim.viewpoints.first?.share).toBeNull();
  });
});
