/** The headline over viewpoints, in every case, and the verdict on what is on record. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inWords } from '../../src/base/number-format.ts';
import type { Basis, ViewpointVerdict } from '../../src/ledger/ledger.ts';
import { DEPENDS, NO_FIGURES, patternOf } from '../../src/ledger/pattern.ts';
import { recordVerdict } from '../../src/ledger/record-verdict.ts';
import { claimOf, ledgerOf } from '../support/ledger-of.ts';

const result = (verdict: string, basis: Basis = 'sourced'): ViewpointVerdict => ({
  viewpoint: '',
  definitions: {},
  verdict,
  share: verdict === NO_FIGURES ? null : 0.5,
  sampling: null,
  own: { inputs: 1, partly: 0, read: 0, of: 1 },
  basis,
  dropped: 0,
  likelihood: null,
  confidence: null,
  because: [],
  with: [],
});

/** Viewpoints A, B, C … with these verdicts. */
const over = (...verdicts: readonly string[]) =>
  verdicts.map((verdict, number) => ({
    name: String.fromCharCode(65 + number),
    result: result(verdict),
  }));

describe('patternOf', () => {
  test.each<[string, readonly string[], string, string]>([
    ['one viewpoint', ['holds'], 'holds', 'holds under A'],
    ['two agree', ['fails', 'fails'], 'fails', 'fails under both'],
    ['three agree', ['contested', 'contested', 'contested'], 'contested', 'contested under all three'],
    ['nobody has figures', [NO_FIGURES, NO_FIGURES], NO_FIGURES, NO_FIGURES],
    ['no viewpoint at all', [], NO_FIGURES, NO_FIGURES],
    ['one is silent', ['holds', NO_FIGURES, 'holds'], 'holds', 'holds under both; one has no figures'],
    ['two are silent', ['holds', NO_FIGURES, NO_FIGURES], 'holds', 'holds under A; two have no figures'],
    ['two disagree', ['holds', 'fails'], DEPENDS, 'depends on whose numbers: holds under A; fails under B'],
    [
      'groups stand in the order of the viewpoints',
      ['mostly fails', 'holds', 'mostly fails', NO_FIGURES],
      DEPENDS,
      'depends on whose numbers: mostly fails under A, C; holds under B; one has no figures',
    ],
    [
      'what sampling leaves open is a verdict of its own',
      ['between mostly holds and holds', 'holds'],
      DEPENDS,
      'depends on whose numbers: between mostly holds and holds under A; holds under B',
    ],
    ['all unsettled', ['not settled', 'not settled'], 'not settled', 'not settled under both'],
  ])('%s', (_, verdicts, verdict, pattern) => {
    expect(patternOf(over(...verdicts), false, true)).toEqual({ verdict, pattern });
  });

  test('one reading only, where no viewpoint changes an input', () => {
    expect(patternOf(over('holds', 'holds'), true, true)).toEqual({
      verdict: 'holds',
      pattern: 'one reading only: holds',
    });
    const assumed = [{ name: 'A', result: result('holds', 'assumed') }];
    expect(patternOf(assumed, true, true).pattern).toBe('one reading only: holds, as assumed');
  });

  test('no input at all', () => {
    expect(patternOf(over('fails', 'fails'), true, false)).toEqual({
      verdict: 'fails',
      pattern: 'fails: no input changes it',
    });
  });

  test('counts are words up to twelve', () => {
    expect([0, 1, 2, 12, 13].map(inWords)).toEqual(['none', 'one', 'two', 'twelve', '13']);
  });
});

const HEAD = `model "Patterns"
time 0 day .. 1 day by 1 day
side East "East"
side West "West"
source east "East says" side East
source west "West says" side West
input size: 1
  east 1 to 2
  west 3 to 4
  assumed 1 to 4 "test"
input common: 1
  assumed 1 to 4 "test"
viewpoint E "East"
  use east
viewpoint W "West"
  use west
measure size_m: 1 = final size
measure common_m: 1 = final common
measure none_m: 1 = final (1 + 1)
claim sized "Sized"
  size_m > 2.5
claim shared "Shared"
  common_m > 0
claim plain "Plain"
  none_m > 1
`;

test('one reading is found by dependency', async () => {
  const ledger = await ledgerOf(HEAD);
  expect(claimOf(ledger, 'sized').pattern).toBe('depends on whose numbers: fails under E; holds under W');
  expect(claimOf(ledger, 'shared').pattern).toBe('one reading only: holds, as assumed');
  expect(claimOf(ledger, 'plain').pattern).toBe('holds: no input changes it');
  expect(claimOf(ledger, 'plain').basis).toBe('arithmetic');
});

test('asking for one viewpoint does not make a reading the only one', async () => {
  const ledger = await ledgerOf(HEAD, { viewpoints: ['W'] });
  expect(claimOf(ledger, 'sized').pattern).toBe('holds under W');
  expect(claimOf(ledger, 'shared').pattern).toBe('one reading only: holds, as assumed');
});

test('a viewpoint without a figure of its own is not judged where others have one', async () => {
  const silent = `${HEAD}source third "Third says"\nviewpoint T "Third"\n  use third\n`;
  const ledger = await ledgerOf(silent);
  const claim = claimOf(ledger, 'sized');
  expect(claim.viewpoints.T).toMatchObject({
    verdict: NO_FIGURES,
    share: null,
    sampling: null,
    own: { inputs: 0, of: 1 },
  });
  expect(claim.pattern).toBe('depends on whose numbers: fails under E; holds under W; one has no figures');
  // Where nobody has one the assumed figure is everybody's.
  expect(claimOf(ledger, 'shared').viewpoints.T?.verdict).toBe('holds');
});

const STANCES = ['for', 'partly', 'against'] as const;

test('every subset of stances has its verdict on the record', () => {
  const expected: Readonly<Record<string, string>> = {
    '': 'nothing found',
    for: 'as recorded',
    partly: 'goes beyond the record',
    against: 'against the record',
    'for partly': 'as recorded',
    'for against': 'disputed',
    'partly against': 'goes beyond the record',
    'for partly against': 'disputed',
  };
  const subsets = [...Array(8).keys()].map((bits) => STANCES.filter((_, bit) => (bits >> bit) % 2 === 1));
  for (const subset of subsets) expect(recordVerdict(subset)).toBe(expected[subset.join(' ')]);
  expect(subsets.length).toBe(Object.keys(expected).length);
});

test('neither order nor number of stances changes it', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...STANCES), { maxLength: 8 }), (stances) => {
      const sorted = STANCES.filter((stance) => stances.includes(stance));
      expect(recordVerdict(stances)).toBe(recordVerdict(sorted));
    }),
  );
});
