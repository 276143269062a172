/**
 * Memory for columns. Hundreds of orders of one size follow each other, and what was given back serves the next ones, with its
 * columns in place: collectors see little of memory that threads share, so that rooms which are merely forgotten pile up, and
 * hundreds of views of each are what they would have to collect otherwise.
 */
import type { Crew } from './crew.ts';

/** Columns of one kind or another in one room, each of so many futures at least. */
type Room = { readonly bytes: number };

export type Shelf<Of extends Room> = {
  /** The smallest that fits; what stands in it is left from others. */
  readonly take: (fits: (one: Of) => boolean) => Of | null;
  /** Nobody may read or write it any more. */
  readonly giveBack: (one: Of) => void;
};

/** Rooms that wait for an order, by the bytes of all of them, and the large ones among them. */
const MOST_SPARE = 33_554_432;
const MOST_LARGE = 2;
const LARGE = 33_554_432;

export function createShelf<Of extends Room>(): Shelf<Of> {
  let spare: readonly Of[] = [];
  return {
    take: (fits) => {
      const found = spare.reduce<Of | null>(
        (best, one) => (fits(one) && (best === null || one.bytes < best.bytes) ? one : best),
        null,
      );
      if (found !== null) spare = spare.filter((one) => one !== found);
      return found;
    },
    giveBack: (own) => {
      // The last ones stay: what comes next is most like them.
      let [bytes, large] = [0, 0];
      spare = [own, ...spare].filter((one) => {
        if (one.bytes > LARGE) return ++large <= MOST_LARGE;
        bytes += one.bytes;
        return bytes <= MOST_SPARE;
      });
    },
  };
}

/** Futures for which room is made where there are so many: sizes that are not far apart share it. */
export const roomFor = (futures: number): number =>
  futures > MOST_ROUNDED ? futures : 2 << (31 - Math.clz32(Math.max(LEAST, futures) - 1));

/** Whether a room of such a capacity serves so many futures; of small ones each size has its own, in which the same columns stand. */
export const hasRoom = (capacity: number, futures: number): boolean =>
  futures > MOST_ROUNDED ? capacity >= futures : capacity === roomFor(futures);

const LEAST = 64;
const MOST_ROUNDED = 1024;

/** Columns of what is given: which of them holds which column of an order. */
export type GivenRoom = Room & {
  readonly capacity: number;
  readonly numbers: Int32Array;
  readonly columns: readonly Float64Array[];
  /** What stands in each; null where that is not known. */
  readonly held: (Float64Array | null)[];
};

export type FoundRoom = Room & {
  readonly capacity: number;
  readonly numbers: readonly Float64Array[];
  readonly words: Int32Array;
  readonly truths: readonly Uint8Array[];
};

export function givenRoom(make: Crew['room'], capacity: number, columns: number): GivenRoom {
  const { bytes, number, word } = columnsIn(make, capacity, { numbers: columns, words: 1, bytes: 0 });
  const own = Array.from({ length: columns }, number);
  return { capacity, bytes, numbers: word(), columns: own, held: own.map(() => null) };
}

export function foundRoom(make: Crew['room'], capacity: number, numbers: number, truths: number): FoundRoom {
  const { bytes, number, word, byte } = columnsIn(make, capacity, { numbers, words: 1, bytes: truths });
  return {
    capacity,
    bytes,
    numbers: Array.from({ length: numbers }, number),
    words: word(),
    truths: Array.from({ length: truths }, byte),
  };
}

/** Whether so many bytes are too many to be kept with what was laid down there. */
export const isLarge = (bytes: number): boolean => bytes > LARGE;

/**
 * Lays down columns, and tells by each where it stands. One that stands there already is not laid again: of what hundreds of
 * orders give only little differs from one to the next. Nobody writes into a column once it was given.
 * @param only rows that are laid down one behind the other; all of them where it is not said
 */
export function lay(
  { columns, held, bytes }: GivenRoom,
  distinct: ReadonlySet<Float64Array>,
  only?: Int32Array,
): ReadonlyMap<Float64Array, Float64Array> {
  const places = new Map<Float64Array, Float64Array>();
  const free: number[] = [];
  held.forEach((column, at) => {
    if (column !== null && only === undefined && distinct.has(column)) places.set(column, columns[at]!);
    else free.push(at);
  });
  for (const column of distinct) {
    if (places.has(column)) continue;
    const at = free.pop();
    const own = columns[at ?? -1];
    if (at === undefined || own === undefined) throw new Error('a room that is too small');
    if (only === undefined) own.set(column);
    else
      only.forEach((row, place) => {
        own[place] = column[row]!;
      });
    held[at] = only !== undefined || isLarge(bytes) ? null : column;
    places.set(column, own);
  }
  return places;
}

type Kinds = { readonly numbers: number; readonly words: number; readonly bytes: number };

/** So many columns over so many futures, side by side in one room. */
function columnsIn(make: Crew['room'], futures: number, { numbers, words, bytes }: Kinds) {
  const size = futures * (numbers * 8 + words * 4 + bytes);
  const room = make(size) as ArrayBuffer;
  let [number, word, byte] = [0, numbers * 8 * futures, (numbers * 8 + words * 4) * futures];
  const next = (from: number, width: number): number => from + width * futures;
  return {
    bytes: size,
    number: (): Float64Array => {
      const column = new Float64Array(room, number, futures);
      number = next(number, 8);
      return column;
    },
    word: (): Int32Array => {
      const column = new Int32Array(room, word, futures);
      word = next(word, 4);
      return column;
    },
    byte: (): Uint8Array => {
      const column = new Uint8Array(room, byte, futures);
      byte = next(byte, 1);
      return column;
    },
  };
}
