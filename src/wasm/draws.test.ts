/** Draws in lanes against the plain ones: Philox, the uniform number and the normal quantile. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { comparePair, compilePairs, expectSame, type Pair } from '../../test/support/compare-lanes.ts';
import { compileLaneFunctions, type LaneFunction, type Over } from '../../test/support/maths-module.ts';
import { normalQuantile, normalQuantileOf } from '../base/distributions/normal-quantile.ts';
import { PURPOSE, philox, SECOND_DRAWS, uniform, uniformOfWords } from '../base/philox.ts';
import { normalQuantile as normalQuantileInLanes, normalQuantileOf as ofShares } from './normal-quantile.ts';
import { uniformOfWords as ofWordsInLanes, uniform as uniformInLanes } from './philox.ts';

const FULL = 0xffff_ffff;
const QUANTILE: Pair['lanes'] = { values: 1, build: (lanes, [u]) => normalQuantileInLanes(lanes, u!) };
const PAIRS: Readonly<Record<string, Pair>> = {
  'normal quantile': { lanes: QUANTILE, plain: normalQuantile, usual: [0, 1] },
  'normal quantile, lower tail': { lanes: QUANTILE, plain: normalQuantile, usual: [0, 1e-9] },
  'normal quantile, upper tail': { lanes: QUANTILE, plain: normalQuantile, usual: [1 - 1e-9, 1] },
  'normal quantile of both shares': {
    lanes: { values: 2, build: (lanes, [below, above]) => ofShares(lanes, below!, above!) },
    plain: (below, above) => normalQuantileOf({ below: below!, above: above! }),
    usual: [0, 1],
  },
};

/** From the words as whole numbers. */
const OF_WORDS: Pair = {
  lanes: {
    values: 2,
    build: (lanes, [first, second]) => {
      const foot = lanes.constant(2 ** 52);
      const upper = lanes.shiftLeft(lanes.bits(lanes.add(first!, foot)), 32);
      const lower = lanes.andBits(lanes.bits(lanes.add(second!, foot)), lanes.bitConstant(0, FULL));
      return ofWordsInLanes(lanes, lanes.orBits(upper, lower));
    },
  },
  plain: (first, second) => uniformOfWords(first!, second!),
  usual: [0, 0],
};

/** A draw at these addresses, given future and seed words. */
const drawAt = (site: number, purpose: number): LaneFunction => ({
  values: 1,
  extra: 3,
  build: (lanes, [occurrence], [future, seedLow, seedHigh]) =>
    uniformInLanes(lanes, {
      future: future!,
      occurrence: occurrence!,
      site,
      purpose,
      seedLow: seedLow!,
      seedHigh: seedHigh!,
    }),
});

/** The same, and some lanes draw a second time. */
const drawAnew: LaneFunction = {
  values: 2,
  extra: 3,
  build: (lanes, [occurrence, shifts], [future, seedLow, seedHigh]) =>
    uniformInLanes(lanes, {
      future: future!,
      shifts: shifts!,
      occurrence: occurrence!,
      site: 3,
      purpose: PURPOSE.inRun,
      seedLow: seedLow!,
      seedHigh: seedHigh!,
    }),
};

const SITES = [
  [0, PURPOSE.inputDraw],
  [FULL, FULL],
  [3, 0xdead_beef],
  [0x1319_8a2e, 0x0370_7344],
  [0x9e37_79b9, PURPOSE.inRun],
] as const;

describe.each([
  ['one lane', false],
  ['two lanes', true],
])('%s', (_, wide) => {
  const compiled = compilePairs(PAIRS, wide);
  test.each(Object.keys(PAIRS))('%s has the same bits', (name) => comparePair(compiled[name]!, PAIRS[name]!));

  const draws = compileLaneFunctions(
    Object.fromEntries(SITES.map(([site, purpose]) => [`${site} ${purpose}`, drawAt(site, purpose)])),
    wide,
  );
  /** The draws of consecutive rows: where there are two lanes, every second row is the next future's. */
  const expectDraws = (
    [site, purpose]: readonly [number, number],
    seed: number,
    future: number,
    occurrences: readonly number[],
  ): void => {
    const over = draws[`${site} ${purpose}`] as Over;
    const found = over([occurrences], [future, seed % 2 ** 32, Math.floor(seed / 2 ** 32)]);
    const expected = occurrences.map((occurrence, row) =>
      uniform(seed, future + (wide ? row % 2 : 0), occurrence, site, purpose),
    );
    expect(found).toEqual(expected);
  };

  test.each([
    ['zeros', [0, 0, 0, 0], [0, 0], [0x6627_e8d5, 0xe169_c58d]],
    ['ones', [FULL, FULL, FULL, FULL], [FULL, FULL], [0x408f_276d, 0x41c8_3b0e]],
    [
      'digits of pi',
      [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344],
      [0xa409_3822, 0x299f_31d0],
      [0xd16c_fe09, 0x94fd_cceb],
    ],
  ])(
    'Random123 known answer: %s',
    (__, [future, occurrence, site, purpose], [low, high], [first, second]) => {
      const own = compileLaneFunctions({ draw: drawAt(site!, purpose!) }, wide);
      expect(own.draw([[occurrence!, occurrence!]], [future!, low!, high!])[0]).toBe(
        uniformOfWords(first!, second!),
      );
    },
  );

  test.each([0, 7, SECOND_DRAWS - 2])(
    'each lane draws as often as it is told to, from future %i on',
    (future) => {
      const own = compileLaneFunctions({ anew: drawAnew }, wide);
      const shifts = [0, 0, 1, 0, 0, 1, 1, 1];
      const occurrences = shifts.map((_shift, row) => row * 3);
      const lane = (row: number): number => (wide ? row % 2 : 0);
      expect((own.anew as Over)([occurrences, shifts], [future, 5, 0])).toEqual(
        shifts.map((shift, row) =>
          uniform(5, future + lane(row) + shift * SECOND_DRAWS, row * 3, 3, PURPOSE.inRun),
        ),
      );
    },
  );

  test.each(SITES)('every draw at site %i for purpose %i is the plain one', (site, purpose) => {
    const word = fc.oneof(fc.integer({ min: 0, max: FULL - 1 }), fc.constantFrom(0, 1, 2 ** 31, FULL - 1));
    fc.assert(
      fc.property(
        fc.maxSafeNat(),
        word,
        fc.array(word, { minLength: 20, maxLength: 20 }),
        (seed, future, occurrences) => expectDraws([site, purpose], seed, future, occurrences),
      ),
      { numRuns: 200 },
    );
  });

  const ofWords = compilePairs({ ofWords: OF_WORDS }, wide).ofWords;

  test('every two words give the plain number, the ends and halves of the range too', () => {
    const ends = [
      0,
      1,
      0x7ff,
      0x800,
      0xfff,
      0x1000,
      2 ** 31 - 1,
      2 ** 31,
      0xffff_f000,
      FULL - 0x800,
      FULL - 0x7ff,
      FULL,
    ];
    const pairs = ends.flatMap((first) => ends.map((second) => [first, second] as const));
    expectSame(ofWords, OF_WORDS, [pairs.map(([first]) => first), pairs.map(([, second]) => second)]);
    const word = fc.array(fc.integer({ min: 0, max: FULL }), { minLength: 20, maxLength: 20 });
    fc.assert(fc.property(word, word, (first, second) => expectSame(ofWords, OF_WORDS, [first, second])));
  });
});

test('the plain words are those of the known answers', () => {
  const out = new Uint32Array(4);
  philox(0, 0, 0, 0, 0, 0, out);
  expect(uniform(0, 0, 0, 0, 0)).toBe(uniformOfWords(out[0]!, out[1]!));
});
