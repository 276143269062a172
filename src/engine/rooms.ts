/**
 * Memory for columns. Hundreds of orders of one size follow each other, and rooms that were given back serve the next ones: collectors
 * see little of memory that threads share, so that rooms which are merely forgotten pile up.
 */
import type { Crew } from './crew.ts';

export type Rooms = {
  /** What stands in it is left from others. */
  readonly take: (bytes: number) => ArrayBuffer;
  /** Nobody may read or write it any more. */
  readonly giveBack: (room: ArrayBuffer) => void;
};

/** Rooms that wait for an order: two for each that may be under way, and of large ones two. */
const MOST_SPARE = 4;
const MOST_LARGE = 2;
const LARGE = 33_554_432;

export function createRooms(make: Crew['room']): Rooms {
  const spare: ArrayBuffer[] = [];
  return {
    take: (bytes) => {
      const at = smallestOf(spare, bytes);
      const [known] = at < 0 ? [] : spare.splice(at, 1);
      return known ?? (make(bytes) as ArrayBuffer);
    },
    giveBack: (room) => {
      spare.push(room);
      // The smallest goes: a large one serves small orders, too, and is what must not pile up.
      const large = spare.filter(({ byteLength }) => byteLength > LARGE).length;
      if (spare.length > MOST_SPARE) spare.splice(smallestOf(spare, 0), 1);
      else if (large > MOST_LARGE) spare.splice(smallestOf(spare, LARGE), 1);
    },
  };
}

/** The place of the smallest of so many bytes at least; -1 where there is none. */
const smallestOf = (rooms: readonly ArrayBuffer[], bytes: number): number =>
  rooms.reduce((best, { byteLength }, at) => {
    if (byteLength < bytes) return best;
    const size = rooms[best]?.byteLength ?? Number.POSITIVE_INFINITY;
    return byteLength < size ? at : best;
  }, -1);

export type Kinds = { readonly numbers: number; readonly words: number; readonly bytes: number };

/** So many columns over so many futures, side by side in one room. */
export function columnsIn(rooms: Rooms, futures: number, { numbers, words, bytes }: Kinds) {
  const room = rooms.take(futures * (numbers * 8 + words * 4 + bytes));
  let [number, word, byte] = [0, numbers * 8 * futures, (numbers * 8 + words * 4) * futures];
  const next = (from: number, size: number): number => from + size * futures;
  return {
    room,
    numbers: (): Float64Array => {
      const column = new Float64Array(room, number, futures);
      number = next(number, 8);
      return column;
    },
    words: (): Int32Array => {
      const column = new Int32Array(room, word, futures);
      word = next(word, 4);
      return column;
    },
    bytes: (): Uint8Array => {
      const column = new Uint8Array(room, byte, futures);
      byte = next(byte, 1);
      return column;
    },
  };
}
