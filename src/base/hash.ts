/**
 * A name's 32-bit number: the draw site in a Philox counter. Keyed by name, not by position, so that adding an input
 * changes no other input's draws. The values are a promise: published results hang on them, so this file never
 * changes. It is no protection against malice, and two names can meet; whoever uses it looks for that.
 */

const OFFSET_BASIS = 0x811c_9dc5;
const PRIME = 0x0100_0193;

function mixByte(hash: number, byte: number): number {
  return Math.imul(hash ^ byte, PRIME);
}

/**
 * FNV-1a over the name's UTF-8 bytes (draft-eastlake-fnv), then MurmurHash3's 32-bit finaliser, because FNV alone
 * leaves the last characters in the low bits. Whole number in 0 … 2^32−1. A lone surrogate counts as U+FFFD.
 */
export function hashName(text: string): number {
  let hash = OFFSET_BASIS | 0;
  for (let offset = 0; offset < text.length; offset++) {
    let code = text.codePointAt(offset)!;
    if (code > 0xffff) offset++;
    else if (code >= 0xd800 && code <= 0xdfff) code = 0xfffd;
    if (code < 0x80) {
      hash = mixByte(hash, code);
      continue;
    }
    if (code < 0x800) {
      hash = mixByte(hash, 0xc0 | (code >> 6));
    } else {
      if (code < 0x1_0000) {
        hash = mixByte(hash, 0xe0 | (code >> 12));
      } else {
        hash = mixByte(hash, 0xf0 | (code >> 18));
        hash = mixByte(hash, 0x80 | ((code >> 12) & 0x3f));
      }
      hash = mixByte(hash, 0x80 | ((code >> 6) & 0x3f));
    }
    hash = mixByte(hash, 0x80 | (code & 0x3f));
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85eb_ca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2_ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
