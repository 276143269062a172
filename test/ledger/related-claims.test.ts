/**
 * Claims beside claims: whether a conclusion survives without its premise, and whether two claims can hold in one future.
 * Edges are met with made-up futures; how lines get there, with small models.
 */
import { describe, expect, test } from 'vitest';
import { wilson } from '../../src/analysis/share-interval.ts';
import type { Ensemble } from '../../src/engine/ensemble.ts';
import type { CountedForm } from '../../src/ledger/claim-verdict.ts';
import { premiseVerdict, testCompanion, testPremise } from '../../src/ledger/related-claims.ts';
import type { Expression } from '../../src/model/expression.ts';
import { codesButUse, compileText } from '../support/compile-text.ts';
import { claimOf, ledgerOf } from '../support/ledger-of.ts';

const condition: Expression = {
  kind: 'constant',
  value: 1,
  type: { kind: 'boolean' },
  span: { file: 'm', start: 0, end: 0 },
};
const CONDITION: CountedForm = { kind: 'condition', condition };
const LIKELY: CountedForm = {
  kind: 'likelihood',
  condition,
  stated: { kind: 'words', word: 'likely', inBand: false },
};
type Counts = readonly [both: number, own: number, other: number, neither: number];
const OTHER = { name: 'other', column: 1 };

/** Futures by how many have the claim and the other claim, the claim only, the other only, neither. */
function futuresOf(counts: Counts, failed: readonly number[] = []) {
  const [both, own, other, neither] = counts;
  const futures = both + own + other + neither;
  const at = (isTrue: (future: number) => boolean): Uint8Array =>
    Uint8Array.from({ length: futures }, (_, future) => (isTrue(future) ? 1 : 0));
  const ensemble: Ensemble = {
    futures,
    failed: failed.map((future) => ({ future, variable: 'x', instant: 0 })),
    measures: [],
    claims: [
      at((future) => future < both + own),
      at((future) => future < both || (future >= both + own && future < both + own + other)),
    ],
    clipped: [],
    failedInputs: [],
    dropped: [],
    given: [],
    kept: [],
    imbalance: 0,
  };
  return { ensemble, design: { kind: 'monte-carlo', futures, seed: 1 } as const, settled: true };
}

describe('because', () => {
  const verdictOf = (counts: Counts) => testPremise(futuresOf(counts), CONDITION, 0, OTHER).verdict;

  test.each([
    ['true with it, false without', [500, 0, 0, 500], 'rests on it'],
    ['true with it and without', [500, 500, 0, 0], 'stands without it'],
    ['false with it, true without', [0, 500, 500, 0], 'stands only without it'],
    ['false with it and without', [0, 0, 500, 500], 'does not follow from it'],
    ['contested with it, false without', [300, 0, 200, 500], 'does not follow from it'],
    ['near the edge without it', [500, 400, 0, 100], 'not settled'],
    ['near the edge with it', [400, 0, 100, 500], 'not settled'],
    ['a few without it', [500, 0, 0, 30], 'rests on it'],
    ['too few without it', [500, 0, 0, 29], 'not tested'],
    ['too few with it', [29, 0, 0, 500], 'not tested'],
  ] as const)('%s', (_, counts, verdict) => {
    expect(verdictOf(counts)).toBe(verdict);
  });

  test.each([
    [[0, 5, 0, 500], 'the premise is never true'],
    [[5, 0, 500, 0], 'the premise is always true'],
    [[5, 0, 0, 500], 'the premise is hardly ever true'],
    [[500, 0, 0, 5], 'the premise is nearly always true'],
  ] as const)('%j is not tested: %s', (counts: Counts, reason) => {
    const premise = testPremise(futuresOf(counts), CONDITION, 0, OTHER);
    expect(premise).toMatchObject({ verdict: 'not tested', reason });
  });

  test('both shares are given, each with its own futures', () => {
    const premise = testPremise(futuresOf([90, 20, 10, 80]), CONDITION, 0, OTHER);
    expect(premise.given).toEqual({
      share: 0.9,
      sampling: { ...wilson(90, 100), method: 'Wilson', futures: 100 },
    });
    expect(premise.without).toEqual({
      share: 0.2,
      sampling: { ...wilson(20, 100), method: 'Wilson', futures: 100 },
    });
  });

  test('a likelihood is judged by its own rule among the futures of each kind', () => {
    const verdictBy = (form: CountedForm) =>
      testPremise(futuresOf([350, 150, 150, 350]), form, 0, OTHER).verdict;
    // 70 in 100 with the premise and 30 without: enough for `likely`, not for a condition.
    expect(verdictBy(LIKELY)).toBe('rests on it');
    expect(verdictBy(CONDITION)).toBe('does not follow from it');
    // What always follows is an answer, though nothing goes the other way.
    expect(testPremise(futuresOf([500, 0, 0, 500]), LIKELY, 0, OTHER).verdict).toBe('rests on it');
  });

  test('failed futures are left out, and many of them settle nothing', () => {
    const some = futuresOf([500, 0, 0, 500], [0, 1]);
    expect(testPremise(some, CONDITION, 0, OTHER).given?.sampling.futures).toBe(498);
    expect(testPremise({ ...some, settled: false }, CONDITION, 0, OTHER).verdict).toBe('not settled');
    const all = futuresOf([2, 0, 0, 0], [0, 1]);
    expect(testPremise(all, CONDITION, 0, OTHER)).toMatchObject({
      verdict: 'not tested',
      reason: 'no future is left',
      given: null,
      without: null,
    });
  });

  test('what is open on either side is not settled', () => {
    for (const one of [true, false, null]) {
      expect(premiseVerdict(one, null)).toBe('not settled');
      expect(premiseVerdict(null, one)).toBe('not settled');
    }
  });
});

describe('with', () => {
  test.each([
    [[30, 20, 10, 40], 'together', '', 0.3],
    [[1, 20, 10, 69], 'together', '', 0.01],
    [[0, 30, 30, 40], 'never together', '', 0],
    [[0, 30, 0, 70], 'not tested', 'the other is never true', 0],
    [[0, 0, 30, 70], 'not tested', 'this one is never true', 0],
    [[0, 30, 29, 41], 'not tested', 'the other is hardly ever true', 0],
    [[0, 29, 30, 41], 'not tested', 'this one is hardly ever true', 0],
  ] as const)('%j: %s', (counts, verdict, reason, share) => {
    const companion = testCompanion(futuresOf(counts), 0, OTHER);
    expect(companion).toMatchObject({ verdict, reason, both: { share, sampling: { futures: 100 } } });
  });

  test('a failed future is no future in which both hold, and none in which one does', () => {
    expect(testCompanion(futuresOf([1, 30, 30, 39], [0]), 0, OTHER).verdict).toBe('never together');
    expect(testCompanion(futuresOf([0, 1, 30, 69], [0]), 0, OTHER).reason).toBe('this one is never true');
    expect(testCompanion({ ...futuresOf([9, 0, 0, 0]), settled: false }, 0, OTHER).verdict).toBe(
      'not settled',
    );
    expect(testCompanion(futuresOf([1, 0, 0, 0], [0]), 0, OTHER)).toMatchObject({
      verdict: 'not tested',
      both: null,
    });
  });
});

const MODEL = `model "Premises"
time 0 day .. 1 day by 1 day
as of 2024-01-01
source early "Early" date 2023-01-01
source late "Late" date 2023-02-01
input size: 1
  early 1 to 4
  late 3 to 4
  assumed 1 to 4 "test"
input weight: 1
  early 1 to 4
  assumed 1 to 4 "test"
viewpoint first "First"
  use early
viewpoint second "Second"
  use late
measure m: 1 = final size
measure n: 1 = final weight
claim large "It is large"
  m > 2
claim huge "It is very large"
  m > 3
  because large
  with small
claim small "It is small"
  m < 2
claim heavy "It is heavy"
  n > 2
  because large
  with large
claim later "Seen later"
  in hindsight
  m > 2
claim now "Seen now"
  m > 1
  because later
`;

describe('in the ledger', () => {
  test('each line is tested under each viewpoint', async () => {
    const ledger = await ledgerOf(MODEL, { runs: 500 });
    const { first, second } = claimOf(ledger, 'huge').viewpoints;
    expect(first?.because[0]).toMatchObject({ claim: 'large', verdict: 'does not follow from it' });
    expect(first?.because[0]?.without?.share).toBe(0);
    expect(first?.with[0]).toMatchObject({ claim: 'small', verdict: 'never together', both: { share: 0 } });
    expect(second?.because[0]).toMatchObject({ verdict: 'not tested', reason: 'the premise is always true' });
    expect(second?.with[0]).toMatchObject({ verdict: 'not tested', reason: 'the other is never true' });
  });

  test('a viewpoint without figures on a claim tests nothing of it', async () => {
    const text = MODEL.replace('claim heavy "It is heavy"', 'source third "T" date 2023-01-01\n$&')
      .replace('input weight: 1', '$&\n  third 1 to 3')
      .replace('measure m', 'viewpoint other "Other"\n  use third\n$&');
    const claim = claimOf(await ledgerOf(text), 'heavy');
    expect(claim.viewpoints['other']?.because[0]).toMatchObject({
      verdict: 'not tested',
      reason: 'no figures found',
    });
    expect(claim.viewpoints['other']?.with[0]).toMatchObject({ reason: 'no figures found', both: null });
    expect(claim.viewpoints['second']).toMatchObject({ verdict: 'no figures found', because: [], with: [] });
  });

  test('what asks for hindsight is no premise before it', async () => {
    const claim = claimOf(await ledgerOf(MODEL), 'now');
    expect(claim.viewpoints['first']?.because).toEqual([]);
  });
});

describe('in the model', () => {
  const codesOf = (text: string): readonly string[] =>
    codesButUse(compileText(text)).filter((code) => code !== 'brief-missing');
  const with_ = (lines: string): string => `${MODEL}source r "R" date 2023-01-01\n${lines}\n`;

  test.each([
    ['claim a\n  m > 2\n  because a', 'premise-circle'],
    ['claim a\n  m > 2\n  because b\nclaim b\n  m > 2\n  because a', 'premise-circle'],
    ['claim a\n  m > 2\n  with a', 'claim-with-itself'],
    ['claim a\n  m > 2\n  because larg', 'claim-unknown'],
    ['claim a\n  m > 2\n  because large\n  because large', 'given-twice'],
    ['claim a\n  not testable "x"\n  because large', 'claim-not-condition'],
    ['claim a\n  on record\n  for r\n  with large', 'claim-not-tested'],
    ['claim a\n  context "x"\nclaim b\n  m > 2 is likely\n  with a', 'claim-not-tested'],
    ['claim a\n  context "x"\nclaim b\n  m > 2\n  because a', 'claim-not-condition'],
    ['claim a\n  m > 2 is likely\nclaim b\n  m > 2\n  because a', 'claim-not-condition'],
    ['claim a\n  P(m > 2) >= 90', 'share-out-of-range'],
    ['claim a\n  P(m > 2) > 0%', 'share-out-of-range'],
    ['claim a\n  P(m > 2) >= 100%', 'share-out-of-range'],
    ['claim a\n  m is likely', 'condition-expected'],
    ['claim a\n  1 < 2 is likely', 'claim-reads-nothing'],
    ['claim a\n  size > 2 and later_on is likely', 'name-unknown'],
  ])('%s is refused once', (lines, code) => {
    expect(codesOf(with_(lines))).toEqual([code]);
  });

  test.each([
    'claim a\n  m > 2 is likely\n  because large',
    'claim a\n  m > 2\n  with b\nclaim b\n  m > 3\n  with a',
    'claim a\n  m > 2\n  because b\n  because c\nclaim b\n  m > 1\n  because c\nclaim c\n  m > 0',
    'claim a\n  P(m > 2) >= 0.9',
    'claim a\n  m > 2 is likely\n  with large',
    'claim a\n  m does not hang on weight beyond 5%\n  with large\n  with small',
  ])('%s is sound', (lines) => {
    expect(codesOf(with_(lines))).toEqual([]);
  });

  test('a circle is named with its whole path, once', () => {
    const lines = ['a', 'b', 'c'].map((name, at) => `claim ${name}\n  m > 2\n  because ${'bca'[at]}`);
    const found = compileText(with_(lines.join('\n'))).diagnostics.filter(
      ({ code }) => code === 'premise-circle',
    );
    expect(found.map(({ reason }) => reason)).toEqual(['The whole circle: a → b → c → a.']);
    expect(found[0]?.related.map(({ label }) => label)).toEqual(['`b` rests on `c`', '`c` rests on `a`']);
  });
});
