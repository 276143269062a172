/**
 * Random numbers without state: Philox4x32-10 turns a counter and a key into four random words, so a draw depends on
 * its address (seed, future, occurrence, site, purpose) alone. Which worker draws it, and after what, cannot matter.
 * Nothing here may remember a position in a stream; new kinds of draw get a purpose of their own and never reuse one.
 */

/** What a draw is for: the last word of the counter, so that draws of different kinds never share an address. */
export const PURPOSE = { inputDraw: 0, stratumShuffle: 1, stratumJitter: 2, inRun: 3, poolDraw: 4 } as const;

export type Purpose = (typeof PURPOSE)[keyof typeof PURPOSE];

/** More than any run has futures: future f draws a second, independent time as future f + `SECOND_DRAWS` would. */
export const SECOND_DRAWS = 2_147_483_648;

export const ROUNDS = 10;
export const MULTIPLIER_0 = 0xd251_1f53;
export const MULTIPLIER_1 = 0xcd9e_8d57;
export const WEYL_0 = 0x9e37_79b9;
export const WEYL_1 = 0xbb67_ae85;
const TWO_TO_21 = 2_097_152;
const TWO_TO_32 = 4_294_967_296;
const TWO_TO_MINUS_53 = 1 / 9_007_199_254_740_992;
const LARGEST_BELOW_ONE = 1 - TWO_TO_MINUS_53;

/** The upper 32 bits of a·b, by halves: every partial sum stays below 2^32. */
function upperWord(a: number, b: number): number {
  const aHigh = a >>> 16;
  const aLow = a & 0xffff;
  const bHigh = b >>> 16;
  const bLow = b & 0xffff;
  const middle = aHigh * bLow + ((aLow * bLow) >>> 16);
  const other = aLow * bHigh + (middle & 0xffff);
  return (aHigh * bHigh + (middle >>> 16) + (other >>> 16)) | 0;
}

/**
 * Ten rounds of Philox4x32 (Salmon et al. 2011, doi:10.1145/2063384.2063405). Counters and keys are taken modulo
 * 2^32; four words are written to `out[0…3]`.
 */
export function philox(
  counter0: number,
  counter1: number,
  counter2: number,
  counter3: number,
  key0: number,
  key1: number,
  out: Uint32Array,
): void {
  let c0 = counter0 | 0;
  let c1 = counter1 | 0;
  let c2 = counter2 | 0;
  let c3 = counter3 | 0;
  let k0 = key0 | 0;
  let k1 = key1 | 0;
  for (let round = 0; round < ROUNDS; round++) {
    const next0 = upperWord(MULTIPLIER_1, c2) ^ c1 ^ k0;
    const next2 = upperWord(MULTIPLIER_0, c0) ^ c3 ^ k1;
    c1 = Math.imul(MULTIPLIER_1, c2);
    c3 = Math.imul(MULTIPLIER_0, c0);
    c0 = next0;
    c2 = next2;
    k0 = (k0 + WEYL_0) | 0;
    k1 = (k1 + WEYL_1) | 0;
  }
  out[0] = c0;
  out[1] = c1;
  out[2] = c2;
  out[3] = c3;
}

// Scratch of `uniform`; never read before it is written in the same call.
const words = new Uint32Array(4);

/**
 * The uniform number in (0, 1) at an address: (k + ½)/2^53, k the first output word's 32 bits followed by the
 * second's upper 21. Counter = (future, occurrence, site, purpose), each a whole number in 0 … 2^32−1; key = the
 * seed's lower and upper word; a seed that is no whole number in 0 … 2^53−1 throws. k + ½ is rounded to even from
 * k = 2^52 up, and the very last k would give 1: it gives the largest float64 below 1 instead.
 */
export function uniform(
  seed: number,
  future: number,
  occurrence: number,
  site: number,
  purpose: Purpose | number,
): number {
  if (!Number.isSafeInteger(seed) || seed < 0) throw new Error(`a seed that is no whole number: ${seed}`);
  philox(future, occurrence, site, purpose, seed, Math.floor(seed / TWO_TO_32), words);
  return uniformOfWords(words[0]!, words[1]!);
}

/** The uniform number that two output words stand for; see `uniform`. */
export function uniformOfWords(first: number, second: number): number {
  const k = first * TWO_TO_21 + (second >>> 11);
  return Math.min((k + 0.5) * TWO_TO_MINUS_53, LARGEST_BELOW_ONE);
}
