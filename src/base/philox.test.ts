/** The other values were worked out with whole numbers of any length from the paper's definition. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PURPOSE, philox, uniform, uniformOfWords } from './philox.ts';

const FULL = 0xffff_ffff;

test.each([
  ['zeros', [0, 0, 0, 0], [0, 0], [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]],
  ['ones', [FULL, FULL, FULL, FULL], [FULL, FULL], [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]],
  [
    'digits of pi',
    [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344],
    [0xa409_3822, 0x299f_31d0],
    [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1],
  ],
])('Random123 known answer: %s', (_name, counter, key, expected) => {
  const out = new Uint32Array(4);
  philox(counter[0]!, counter[1]!, counter[2]!, counter[3]!, key[0]!, key[1]!, out);
  expect([...out]).toEqual(expected);
});

test.each([
  [0, 0, 0, 0, 0, 0.39904647084896455],
  [1, 0, 0, 0, 0, 0.8902591729757108],
  [20_240_620, 7, 3, 0xdead_beef, PURPOSE.inRun, 0.6064452855382276],
  [Number.MAX_SAFE_INTEGER, 99_999, 12, FULL, PURPOSE.stratumJitter, 0.4798398845693778],
])('uniform(%d, %d, %d, %d, %d) is pinned', (seed, future, occurrence, site, purpose, expected) => {
  expect(uniform(seed, future, occurrence, site, purpose)).toBe(expected);
});

test('a uniform number is never 0 or 1, at either end of the words', () => {
  expect(uniformOfWords(0, 0)).toBe(2 ** -54);
  expect(uniformOfWords(FULL, FULL)).toBe(1 - 2 ** -53);
  expect(uniformOfWords(0x8000_0000, 0)).toBe(0.5);
});

test('every part of the address changes the draw', () => {
  const word = fc.integer({ min: 0, max: 0xffff_fffe });
  fc.assert(
    fc.property(word, word, word, word, (seed, future, occurrence, site) => {
      const draws = new Set([
        uniform(seed, future, occurrence, site, 0),
        uniform(seed + 1, future, occurrence, site, 0),
        uniform(seed + 2 ** 32, future, occurrence, site, 0),
        uniform(seed, future + 1, occurrence, site, 0),
        uniform(seed, future, occurrence + 1, site, 0),
        uniform(seed, future, occurrence, site + 1, 0),
        uniform(seed, future, occurrence, site, 1),
      ]);
      return draws.size === 7;
    }),
  );
});

test('20,000 draws fill 100 cells evenly and two neighbouring futures hang together by chance only', () => {
  const cells = new Array<number>(100).fill(0);
  let product = 0;
  for (let future = 0; future < 20_000; future++) {
    const u = uniform(1, future, 0, 5, PURPOSE.inputDraw);
    cells[Math.floor(u * 100)]! += 1;
    product += (u - 0.5) * (uniform(1, future + 1, 0, 5, PURPOSE.inputDraw) - 0.5);
  }
  let chiSquare = 0;
  for (const count of cells) chiSquare += (count - 200) ** 2 / 200;
  // The 0.01 % points of chi-square with 99 degrees of freedom.
  expect(chiSquare).toBeGreaterThan(53);
  expect(chiSquare).toBeLessThan(161);
  expect(Math.abs((product / 20_000) * 12)).toBeLessThan(0.03);
});

test.each([-1, 0.5, Number.NaN, 2 ** 53])('a seed of %d is refused', (seed) => {
  expect(() => uniform(seed, 0, 0, 0, 0)).toThrow('seed');
});
