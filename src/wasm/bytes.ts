/** Growing bytes, and the two ways in which WebAssembly writes whole numbers (LEB128; core specification 2.0, 5.2.2). */

export type Bytes = {
  readonly byte: (value: number) => void;
  readonly all: (values: ArrayLike<number>) => void;
  /** A whole number in 0 … 2^32−1. */
  readonly unsigned: (value: number) => void;
  /** A whole number in −2^31 … 2^31−1. */
  readonly signed: (value: number) => void;
  readonly text: (value: string) => void;
  readonly length: () => number;
  /** What was written so far; not a copy. */
  readonly view: () => Uint8Array;
};

/** For the bytes of one number. */
export const scratch = new DataView(new ArrayBuffer(8));

/** @param size bytes of room to begin with */
export function createBytes(size = 256): Bytes {
  let room = new Uint8Array(size);
  let filled = 0;
  const reserve = (more: number): void => {
    if (filled + more <= room.length) return;
    const larger = new Uint8Array(Math.max(room.length * 2, filled + more));
    larger.set(room);
    room = larger;
  };
  const byte = (value: number): void => {
    reserve(1);
    room[filled++] = value;
  };
  const all = (values: ArrayLike<number>): void => {
    const { length } = values;
    reserve(length);
    // Most are the two or three bytes of an instruction, for which `set` takes longer than a loop.
    if (length > 8) room.set(values, filled);
    else for (let at = 0; at < length; at++) room[filled + at] = values[at]!;
    filled += length;
  };
  const unsigned = (value: number): void => {
    let rest = value >>> 0;
    while (rest > 0x7f) {
      byte((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    byte(rest);
  };
  return {
    byte,
    all,
    unsigned,
    signed: (value) => {
      let rest = value | 0;
      // Done as soon as what is left repeats the sign of the seven bits written last.
      while (!((rest >> 6 === 0 && (rest & 0x40) === 0) || (rest >> 6 === -1 && (rest & 0x40) !== 0))) {
        byte((rest & 0x7f) | 0x80);
        rest >>= 7;
      }
      byte(rest & 0x7f);
    },
    text: (value) => {
      const codes = [...value].map((letter) => letter.codePointAt(0) ?? 0);
      if (codes.some((code) => code > 0x7f)) throw new Error(`a name outside ASCII: ${value}`);
      unsigned(codes.length);
      all(codes);
    },
    length: () => filled,
    view: () => room.subarray(0, filled),
  };
}
