/** Values worked out apart from this code, over the bytes of a UTF-8 encoder; they may never change. */
import { expect, test } from 'vitest';
import { hashName } from './hash.ts';

test.each([
  ['', 0xab3e_7c0b],
  ['a', 0x1a80_b1b3],
  ['b', 0x82c4_6232],
  ['foobar', 0x0c0d_a6dc],
  ['convoy_rate', 0xc852_97ad],
  ['stores', 0xcc1b_7347],
  ['Zürich', 0xad5b_b597],
  ['日本', 0xf004_911f],
  ['𝄞', 0x8f2f_e13c],
  ['naïve 🚢 fleet', 0x13d6_1db0],
  ['\ufffd', 0x47d8_c63a],
  ['\ud800', 0x47d8_c63a],
])('the hash of %j is pinned', (text, expected) => {
  expect(hashName(text)).toBe(expected);
});

test('ten thousand like names spread over all sixteen top bits', () => {
  const tops = new Uint32Array(16);
  for (let index = 0; index < 10_000; index++) tops[hashName(`input_${index}`) >>> 28]! += 1;
  for (const count of tops) expect(Math.abs(count - 625)).toBeLessThan(125);
});
