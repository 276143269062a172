/**
 * The tables of exp and power in a module's memory, and how a row of them is fetched for every lane. A module holds them
 * once, if anything of it reads them.
 */
import { EXPONENTIALS, LOGARITHMS } from '../base/exact-math-tables.ts';
import type { Bits, Lanes, Value } from './lanes.ts';
import type { Local, ModuleBuilder } from './module-builder.ts';

/** Rows of 128 are so many places of a binary number. */
export const ROW_BITS = 7;

/** Bytes of a row as a power of two; its fields are float64 one after the other. */
export const ROW_SHIFT = { logarithms: 5, exponentials: 4 } as const;
type Table = keyof typeof ROW_SHIFT;

const ROWS = 1 << ROW_BITS;

/** Inverse, logarithm, and what is missing there; the fourth field is empty. */
function logarithmRows(): Uint8Array {
  const rows = new Float64Array(4 * ROWS);
  for (let row = 0; row < ROWS; row++) rows.set(LOGARITHMS.slice(3 * row, 3 * row + 3), 4 * row);
  return new Uint8Array(rows.buffer);
}

/**
 * The power's bits less row·2^45, so that adding k·2^45 to those of row k mod 128 brings ⌊k/128⌋ into the exponent; and what
 * is missing.
 */
function exponentialRows(): Uint8Array {
  const rows = new Float64Array(EXPONENTIALS);
  const words = new Uint32Array(rows.buffer);
  for (let row = 0; row < ROWS; row++) {
    const upper = words[4 * row + 1] ?? 0;
    words[4 * row + 1] = upper - (row << (52 - ROW_BITS - 32));
  }
  return new Uint8Array(rows.buffer);
}

const MADE: Readonly<Record<Table, () => Uint8Array>> = {
  logarithms: logarithmRows,
  exponentials: exponentialRows,
};

const known = new WeakMap<ModuleBuilder, Map<Table, number>>();

const BYTES = { logarithms: ROWS << ROW_SHIFT.logarithms, exponentials: ROWS << ROW_SHIFT.exponentials };
/** Bytes of all tables. */
export const TABLES_SIZE = BYTES.logarithms + BYTES.exponentials;

/** Where a table lies; placed by the first who asks. */
function placeOf(module: ModuleBuilder, table: Table): number {
  const places = known.get(module) ?? new Map<Table, number>();
  known.set(module, places);
  const place = places.get(table) ?? module.data(MADE[table]());
  places.set(table, place);
  return place;
}

/** Places all tables, in this order, before anybody asks. */
export function placeTables(module: ModuleBuilder): void {
  placeOf(module, 'logarithms');
  placeOf(module, 'exponentials');
}

/**
 * The fields of a row for every lane, the logarithms' last left out. The row's number stands at the foot of the bits, moved up by
 * the table's `ROW_SHIFT`; what lies around it does not matter.
 */
export function fetchRow(
  lanes: Lanes,
  table: 'logarithms',
  offset: Bits,
): readonly [inverse: Value, logarithm: Value, missing: Value];
export function fetchRow(
  lanes: Lanes,
  table: 'exponentials',
  offset: Bits,
): readonly [power: Value, missing: Value];
export function fetchRow(lanes: Lanes, table: Table, offset: Bits): readonly Value[] {
  const { body, wide } = lanes;
  const place = placeOf(lanes.module, table);
  const fields = table === 'logarithms' ? 3 : 2;
  const addresses = addressesOf(lanes, offset, (ROWS - 1) << ROW_SHIFT[table]);
  const keep = (type: 'v128' | 'f64'): Value => {
    const value = body.local(type);
    body.set(value);
    return value;
  };
  if (!wide) {
    return Array.from({ length: fields }, (_, field) => {
      for (const address of addresses) body.get(address);
      body.memory('f64.load', place + 8 * field);
      return keep('f64');
    });
  }
  /** The fields 2·half and 2·half + 1 of both lanes as they lie. */
  const halves = (half: number): readonly Value[] =>
    addresses.map((address) => {
      body.get(address);
      body.memory('v128.load', place + 16 * half);
      return keep('v128');
    });
  const pick = (both: readonly Value[], words: readonly [number, number, number, number]): Value => {
    for (const one of both) body.get(one);
    body.pickWords(words);
    return keep('v128');
  };
  const [firsts, seconds] = [
    [0, 1, 4, 5],
    [2, 3, 6, 7],
  ] as const;
  const left = halves(0);
  const values = [pick(left, firsts), pick(left, seconds)];
  if (fields === 3) values.push(pick(halves(1), firsts));
  return values;
}

/** The lower 32 bits in each lane, cut to these; cut here, V8 knows that nothing stands above them. */
function addressesOf({ body, wide }: Lanes, offset: Bits, bits: number): readonly Local[] {
  return (wide ? [0, 2] : [0]).map((word) => {
    const address = body.local('i32');
    body.get(offset);
    if (wide) body.lane('i32x4.extract_lane', word);
    else body.op('i32.wrap_i64');
    body.i32(bits);
    body.op('i32.and');
    body.set(address);
    return address;
  });
}
