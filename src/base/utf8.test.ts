import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeUtf8, isBinary } from './utf8.ts';

describe('decodeUtf8', () => {
  test('gives back every text without lone surrogates', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        const decoded = decodeUtf8(new Uint8Array(Buffer.from(text)));
        return decoded.ok && decoded.text === text.replace(/^\ufeff/, '');
      }),
    );
  });

  test('agrees with a strict decoder of the host on which bytes are UTF-8', () => {
    const host = new TextDecoder('utf-8', { fatal: true });
    const byte = fc.oneof(
      fc.integer({ min: 0, max: 255 }),
      fc.constantFrom(0x41, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc2, 0xe0, 0xe1, 0xed, 0xf0, 0xf4, 0xf5),
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 6 }), fc.array(byte, { maxLength: 6 }), (plain, chosen) => {
        for (const bytes of [plain, Uint8Array.from(chosen)]) {
          let expected: string | null;
          try {
            expected = host.decode(bytes);
          } catch {
            expected = null;
          }
          const decoded = decodeUtf8(bytes);
          expect(decoded.ok ? decoded.text : null).toBe(expected);
        }
      }),
      { numRuns: 5000 },
    );
  });

  test.each([
    ['Latin-1', [0x4e, 0x61, 0xef, 0x76, 0x65], 2, 0xef],
    ['a stray continuation byte', [0x41, 0x80], 1, 0x80],
    ['an overlong slash in two bytes', [0xc0, 0xaf], 0, 0xc0],
    ['an overlong slash in three bytes', [0xe0, 0x80, 0xaf], 0, 0xe0],
    ['an overlong form in four bytes', [0xf0, 0x8f, 0xbf, 0xbf], 0, 0xf0],
    ['a surrogate', [0x41, 0x42, 0xed, 0xa0, 0x80], 2, 0xed],
    ['above U+10FFFF', [0xf4, 0x90, 0x80, 0x80], 0, 0xf4],
    ['a byte that never occurs', [0x41, 0xff], 1, 0xff],
    ['cut off after two of three bytes', [0x41, 0xe2, 0x82], 1, 0xe2],
    ['cut off after one of two bytes', [0xc3], 0, 0xc3],
    ['behind a byte order mark, which counts', [0xef, 0xbb, 0xbf, 0x41, 0xfe], 4, 0xfe],
  ])('refuses %s', (_name, bytes, offset, byte) => {
    expect(decodeUtf8(Uint8Array.from(bytes))).toEqual({ ok: false, offset, byte });
  });

  test('skips one leading byte order mark and keeps any other', () => {
    expect(decodeUtf8(new Uint8Array(Buffer.from('\ufeffa\ufeff')))).toEqual({ ok: true, text: 'a\ufeff' });
    expect(decodeUtf8(new Uint8Array())).toEqual({ ok: true, text: '' });
  });

  test('keeps texts whole across its inner chunks', () => {
    for (const lead of ['', 'a', 'ab']) {
      const text = lead + 'x𝄞é日'.repeat(10_000);
      expect(decodeUtf8(new Uint8Array(Buffer.from(text)))).toEqual({ ok: true, text });
    }
  });
});

test('a NUL in the first 8,192 bytes makes a file binary', () => {
  const bytes = new Uint8Array(10_000).fill(0x41);
  expect(isBinary(bytes)).toBe(false);
  bytes[8192] = 0;
  expect(isBinary(bytes)).toBe(false);
  bytes[8191] = 0;
  expect(isBinary(bytes)).toBe(true);
  expect(isBinary(new Uint8Array())).toBe(false);
});
