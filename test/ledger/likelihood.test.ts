/**
 * Likelihoods: ICD 203's words at their edges, one-sided and in band, the thirty occurrences that each side needs, how
 * many futures a claim asks for, and the confidence that stands apart. The figures of a run are made up, so that every
 * edge is met exactly.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LIKELIHOOD_WORDS, type LikelihoodWord } from '../../src/language/tree.ts';
import type { Share } from '../../src/ledger/condition-verdict.ts';
import {
  BANDS,
  FEWEST_OCCURRENCES,
  isRare,
  isWithin,
  liesWithin,
  likelihoodFound,
  likelihoodVerdict,
  stretchOf,
  textOf,
  wordOf,
} from '../../src/ledger/likelihood-verdict.ts';
import type { StatedLikelihood } from '../../src/model/model.ts';
import { claimOf, ledgerOf } from '../support/ledger-of.ts';
import { fakeRun, forShares } from '../support/made-up-run.ts';

const words = (word: LikelihoodWord, inBand = false): StatedLikelihood => ({ kind: 'words', word, inBand });
const number = (operator: '<' | '<=' | '>' | '>=', value: number): StatedLikelihood => ({
  kind: 'number',
  operator,
  value,
});

test.each([
  [0, 'almost no chance'],
  [0.0499, 'almost no chance'],
  [0.05, 'very unlikely'],
  [0.1999, 'very unlikely'],
  [0.2, 'unlikely'],
  [0.4499, 'unlikely'],
  [0.45, 'roughly even'],
  [0.55, 'roughly even'],
  [0.5501, 'likely'],
  [0.8, 'likely'],
  [0.8001, 'very likely'],
  [0.95, 'very likely'],
  [0.9501, 'almost certain'],
  [1, 'almost certain'],
])('a share of %d is %s', (share, word) => {
  expect(wordOf(share)).toBe(word);
});

test('every share lies in one band', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(share, (one) => {
      expect(LIKELIHOOD_WORDS.filter((word) => isWithin(one, BANDS[word]))).toHaveLength(1);
    }),
  );
});

describe('what a claim states', () => {
  test.each<[LikelihoodWord, number, number]>([
    ['almost no chance', 0, 0.0499],
    ['very unlikely', 0, 0.1999],
    ['unlikely', 0, 0.4499],
    ['roughly even', 0.45, 0.55],
    ['likely', 0.5501, 1],
    ['very likely', 0.8001, 1],
    ['almost certain', 0.9501, 1],
  ])('%s is one-sided: from %d to %d', (word, low, high) => {
    const stretch = stretchOf(words(word));
    expect([low, high].map((share) => isWithin(share, stretch))).toEqual([true, true]);
    if (low > 0) expect(isWithin(low - 0.001, stretch)).toBe(false);
    if (high < 1) expect(isWithin(high + 0.001, stretch)).toBe(false);
  });

  test.each(LIKELIHOOD_WORDS)('in band, %s is its band and no more', (word) => {
    expect(stretchOf(words(word, true))).toEqual(BANDS[word]);
  });

  test.each<['<' | '<=' | '>' | '>=', boolean, boolean, boolean]>([
    ['<', true, false, false],
    ['<=', true, true, false],
    ['>', false, false, true],
    ['>=', false, true, true],
  ])('P %s 90 %% at 89, 90 and 91', (operator, below, at, above) => {
    const stretch = stretchOf(number(operator, 0.9));
    expect([0.89, 0.9, 0.91].map((share) => isWithin(share, stretch))).toEqual([below, at, above]);
  });

  test('is said as it was written', () => {
    expect(textOf(words('unlikely'))).toBe('is unlikely');
    expect(textOf(words('likely', true))).toBe('is in band likely');
    expect(textOf(number('>=', 0.995))).toBe('P >= 99.5 %');
    expect(textOf(number('<', 0.07))).toBe('P < 7 %');
  });
});

/** A share of futures with an interval of the given ends. */
const found = (share: number, low: number, high: number, futures = 1000): Share => ({
  share,
  sampling: { low, high, method: 'made up', futures },
});

describe('the verdict', () => {
  test.each<[string, StatedLikelihood, number, number, boolean | null]>([
    ['all below', words('unlikely'), 0.3, 0.4499, true],
    ['the end itself', words('unlikely'), 0.3, 0.45, null],
    ['from the edge on', words('unlikely'), 0.45, 0.5, false],
    ['all above', words('likely'), 0.5501, 0.7, true],
    ['up to the edge', words('likely'), 0.5, 0.55, false],
    ['over the edge', words('likely'), 0.54, 0.56, null],
    ['far above, one-sided', words('likely'), 0.97, 0.99, true],
    ['far above, in band', words('likely', true), 0.97, 0.99, false],
    ['far below, in band', words('unlikely', true), 0.01, 0.02, false],
    ['within the band', words('likely', true), 0.6, 0.8, true],
    ['over the upper edge of the band', words('likely', true), 0.7, 0.81, null],
    ['even', words('roughly even'), 0.45, 0.55, true],
    ['below even', words('roughly even'), 0.3, 0.4499, false],
    ['above even', words('roughly even'), 0.5501, 0.6, false],
    ['wider than even', words('roughly even'), 0.44, 0.56, null],
    ['at least, at the very share', number('>=', 0.9), 0.9, 0.95, true],
    ['more than, at the very share', number('>', 0.9), 0.9, 0.95, null],
    ['short of it', number('>=', 0.9), 0.8, 0.8999, false],
    ['at most, at the very share', number('<=', 0.1), 0.05, 0.1, true],
    ['less than, up to the very share', number('<', 0.1), 0.05, 0.1, null],
  ])('%s', (_, stated, low, high, lies) => {
    expect(liesWithin(stated, { low, high })).toBe(lies);
    const verdict = likelihoodVerdict(stated, found(0.5, low, high));
    expect(verdict).toBe(lies === null ? 'between fails and holds' : lies ? 'holds' : 'fails');
  });

  test('is the opposite for the opposite', () => {
    const ends = fc.tuple(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 100 }));
    fc.assert(
      fc.property(ends, fc.integer({ min: 1, max: 99 }), (pair, edge) => {
        const [low, high] = [Math.min(...pair) / 100, Math.max(...pair) / 100];
        const [below, above] = [number('<', edge / 100), number('>=', edge / 100)];
        const [one, other] = [below, above].map((stated) => liesWithin(stated, { low, high }));
        expect(one === null ? null : !one).toBe(other);
      }),
    );
  });
});

describe('thirty occurrences', () => {
  test.each([
    [0, true],
    [FEWEST_OCCURRENCES - 1, true],
    [FEWEST_OCCURRENCES, false],
    [1000 - FEWEST_OCCURRENCES, false],
    [1001 - FEWEST_OCCURRENCES, true],
    [1000, true],
  ])('%d of 1000: too few to settle is %s', (occurrences, rare) => {
    const share = found(occurrences / 1000, occurrences / 1000, occurrences / 1000);
    expect(isRare(share)).toBe(rare);
    // An edge that would itself show in twenty of a thousand futures is out of their reach if as few go that way; one at
    // 45 % is not.
    const few = { below: occurrences < FEWEST_OCCURRENCES, above: 1000 - occurrences < FEWEST_OCCURRENCES };
    expect(likelihoodVerdict(number('<=', 0.02), share) === 'not settled').toBe(few.below);
    expect(likelihoodVerdict(number('>=', 0.98), share) === 'not settled').toBe(few.above);
    for (const stated of [words('unlikely'), words('likely')])
      expect(likelihoodVerdict(stated, share)).not.toBe('not settled');
  });

  test('what comes about in no future is far from an edge at the other end', () => {
    for (const futures of [100, 500, 2000]) {
      const [never, always] = [found(0, 0, 0.04, futures), found(1, 0.96, 1, futures)];
      for (const stated of [words('almost certain'), number('>=', 0.99), number('>', 0.999)]) {
        expect(likelihoodVerdict(stated, never)).toBe('fails');
        if (stated.kind === 'number') expect(likelihoodVerdict(stated, always)).toBe('not settled');
      }
      for (const stated of [words('almost no chance'), number('<=', 0.01), number('<', 0.001)])
        expect(likelihoodVerdict(stated, always)).toBe('fails');
    }
  });

  test('nothing settled still says what was seen', () => {
    const boundAt = (share: Share) => likelihoodFound(share).bound;
    expect(boundAt(found(0, 0, 0.002))).toEqual({ side: 'at most', share: 3 / 1000 });
    expect(boundAt(found(0.01, 0.005, 0.018))).toEqual({ side: 'at most', share: 0.018 });
    expect(boundAt(found(0.99, 0.982, 0.995))).toEqual({ side: 'at least', share: 0.982 });
    expect(boundAt(found(1, 0.998, 1))).toEqual({ side: 'at least', share: 1 - 3 / 1000 });
    expect(boundAt(found(0, 0, 1, 2))).toEqual({ side: 'at most', share: 1 });
    expect(boundAt(found(0.03, 0.02, 0.04))).toBeNull();
    expect(likelihoodFound(found(0.03, 0.02, 0.04))).toMatchObject({
      word: 'almost no chance',
      occurrences: 30,
    });
  });
});

const MODEL = `model "Likelihoods"
time 0 day .. 1 day by 1 day
source early "Early" author
source late "Late"
source press "Press"
input size: 1
  early 1 to 2
  late 3 to 4
  press echo of late
input weight: 1
  late 3 to 4
  assumed 1 to 2 "test"
viewpoint first "First"
  use early
viewpoint second "Second"
  use press
  use late
measure heavy = ever size * weight > 2.2
claim c "It is heavy"
  heavy is unlikely
`;

describe('in the ledger', () => {
  const ask = { design: 'monte-carlo', runs: 100 } as const;

  test.each([
    ['plainly below', 0.3, [100], 'holds'],
    ['plainly above', 0.7, [100], 'fails'],
    ['near the edge', 0.45, [100, 200, 400], 'between fails and holds'],
    ['rare, but far from the edge', 0.07, [100], 'holds'],
    ['common, and far from the edge', 0.93, [100], 'fails'],
    ['never', 0, [100], 'holds'],
  ])('%s', async (_, share, asked, verdict) => {
    const made = fakeRun(() => share);
    const ledger = await ledgerOf(MODEL, { ...ask, viewpoints: ['first'] }, made.run);
    expect(forShares(made.asked)).toEqual(asked);
    expect(claimOf(ledger, 'c').viewpoints['first']?.verdict).toBe(verdict);
  });

  test.each([
    ['too rare throughout', 0.02, 'P(heavy) <= 5%'],
    ['never', 0, 'P(heavy) <= 5%'],
    ['too common throughout', 0.98, 'P(heavy) >= 95%'],
  ])('an edge out of reach, %s', async (_, share, claim) => {
    const made = fakeRun(() => share);
    const text = MODEL.replace('heavy is unlikely', claim);
    const ledger = await ledgerOf(text, { ...ask, viewpoints: ['first'] }, made.run);
    expect(forShares(made.asked)).toEqual([100, 200, 400]);
    expect(claimOf(ledger, 'c').viewpoints['first']?.verdict).toBe('not settled');
  });

  test('more than one failed future in a hundred settles nothing', async () => {
    const made = fakeRun(
      () => 0.3,
      (futures) => futures / 50,
    );
    const ledger = await ledgerOf(MODEL, ask, made.run);
    expect(claimOf(ledger, 'c').verdict).toBe('not settled');
  });

  test('words, confidence and no own arithmetic, each apart', async () => {
    const claim = claimOf(await ledgerOf(MODEL, { runs: 500 }), 'c');
    expect(claim).toMatchObject({
      form: 'likelihood',
      stated: { text: 'is unlikely', low: 0, high: 0.45 },
      ownArithmetic: { verdict: 'none for a likelihood', values: [] },
    });
    const { first, second } = claim.viewpoints;
    expect(first?.likelihood?.word).toBe(wordOf(first?.share ?? 0));
    expect(first?.confidence).toEqual({ basis: first?.basis, sources: 1 });
    // An echo counts with what it repeats, so `press` and `late` are one source.
    expect(second?.confidence?.sources).toBe(1);
  });

  test('a condition has neither word nor confidence', async () => {
    const text = MODEL.replace('heavy is unlikely', 'heavy');
    const claim = claimOf(await ledgerOf(text, ask), 'c');
    expect(claim.stated).toBeNull();
    expect(claim.viewpoints['first']).toMatchObject({ likelihood: null, confidence: null });
  });
});
