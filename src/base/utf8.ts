/**
 * Bytes to text, strictly. Files arrive as bytes so that a file in another encoding is refused with the place of the
 * first bad byte instead of being read with replacement signs in it. Own decoder: the pure folders have no
 * TextDecoder, and the host's does not say where it stopped. It never repairs anything.
 */

export type DecodedText =
  | { readonly ok: true; readonly text: string }
  | {
      readonly ok: false;
      /** Bytes before the first byte of the sequence that is not UTF-8; a leading byte order mark counts. */
      readonly offset: number;
      /** That byte's value. */
      readonly byte: number;
    };

/** UTF-16 units turned into a string at a time: few enough to be passed as arguments. */
const CHUNK_UNITS = 8192;

/** How many bytes at the head of a file are looked at for a NUL. */
const BINARY_HEAD_BYTES = 8192;

/**
 * The text of UTF-8 bytes, without a leading byte order mark. Refused: stray and missing continuation bytes,
 * overlong forms, surrogates, anything above U+10FFFF (the table "Well-Formed UTF-8 Byte Sequences" of the Unicode
 * Standard, section 3.9).
 */
export function decodeUtf8(bytes: Uint8Array): DecodedText {
  const length = bytes.length;
  const units = new Uint16Array(CHUNK_UNITS);
  const parts: string[] = [];
  let filled = 0;
  let offset = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  while (offset < length) {
    // A code point takes at most two units.
    if (filled > CHUNK_UNITS - 2) {
      parts.push(textOf(units.subarray(0, filled)));
      filled = 0;
    }
    const lead = bytes[offset]!;
    if (lead < 0x80) {
      units[filled++] = lead;
      offset++;
      continue;
    }
    const extra = continuationBytes(lead);
    if (extra === 0 || offset + extra >= length) return { ok: false, offset, byte: lead };
    const second = bytes[offset + 1]!;
    if (second < leastSecond(lead) || second > greatestSecond(lead)) return { ok: false, offset, byte: lead };
    let code = ((lead & (0x3f >> extra)) << 6) | (second & 0x3f);
    for (let index = 2; index <= extra; index++) {
      const next = bytes[offset + index]!;
      if ((next & 0xc0) !== 0x80) return { ok: false, offset, byte: lead };
      code = (code << 6) | (next & 0x3f);
    }
    offset += extra + 1;
    if (code < 0x1_0000) {
      units[filled++] = code;
    } else {
      units[filled++] = 0xd7c0 + (code >> 10);
      units[filled++] = 0xdc00 | (code & 0x3ff);
    }
  }
  parts.push(textOf(units.subarray(0, filled)));
  return { ok: true, text: parts.join('') };
}

function textOf(units: Uint16Array): string {
  return String.fromCharCode.apply(null, units as unknown as number[]);
}

/** Bytes that follow a lead byte; 0 for a byte that cannot lead. C0 and C1 would be overlong. */
function continuationBytes(lead: number): number {
  if (lead >= 0xc2 && lead <= 0xdf) return 1;
  if (lead >= 0xe0 && lead <= 0xef) return 2;
  return lead >= 0xf0 && lead <= 0xf4 ? 3 : 0;
}

/** After E0 and F0 smaller bytes would be overlong. */
function leastSecond(lead: number): number {
  if (lead === 0xe0) return 0xa0;
  return lead === 0xf0 ? 0x90 : 0x80;
}

/** After ED larger bytes would be surrogates, after F4 above U+10FFFF. */
function greatestSecond(lead: number): number {
  if (lead === 0xed) return 0x9f;
  return lead === 0xf4 ? 0x8f : 0xbf;
}

/** Whether a file is no text at all: a NUL among its first 8,192 bytes. */
export function isBinary(bytes: Uint8Array): boolean {
  return bytes.subarray(0, BINARY_HEAD_BYTES).includes(0);
}
