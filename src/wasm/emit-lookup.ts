/**
 * Tables as WebAssembly: a line of sixteen or thirty-two bytes for each stretch between two rows. Short tables count the
 * rows that do not lie above x, all lanes at once; long ones are searched by halving, lane by lane.
 */
import type { LookupTable } from '../program/program.ts';
import type { Lanes, Value } from './lanes.ts';
import type { Local, ModuleBuilder } from './module-builder.ts';

/** Rows up to which counting is quicker than searching. */
const MOST_COUNTED = 24;
/** A stretch: where it begins, the value there, how far the value and the place go to the next row. */
const STRETCH_SHIFT = 5;
const STRETCH = 1 << STRETCH_SHIFT;

/** The value of a table at x, as the interpreter's `lookUp` gives it. */
export function emitLookup(lanes: Lanes, table: LookupTable, x: Value): Value {
  const { module, body } = lanes;
  const { stretches, places } = placed(module, table);
  const rows = table.at.length;
  const isCounted = rows <= MOST_COUNTED;
  if (lanes.wide && !table.held) {
    const addresses = isCounted
      ? countedAddresses(lanes, table, x)
      : lanesOfPair(lanes, x).map((own) => searchedPlace(lanes, rows, own, places));
    return valueInPair(lanes, x, addresses, stretches);
  }
  if (isCounted) {
    const parts = countedPlaces(lanes, table, x);
    return lanes.perLane([x, parts], (own, place) => {
      const address = body.local('i32');
      body.get(place);
      body.op('i32.trunc_sat_f64_s');
      body.i32(STRETCH);
      body.op('i32.mul');
      body.set(address);
      return valueIn(lanes, table, own, address, stretches);
    });
  }
  return lanes.perLane([x], (own) => {
    const address = searchedPlace(lanes, rows, own, places);
    return valueIn(lanes, table, own, address, stretches);
  });
}

const lanesOfPair = ({ body }: Lanes, value: Value): readonly Local[] =>
  [0, 1].map((lane) => {
    const own = body.local('f64');
    body.get(value);
    body.lane('f64x2.extract_lane', lane);
    body.set(own);
    return own;
  });

/** How far behind the first stretch that of each lane lies: a comparison that is true is −1 as a whole number. */
function countedAddresses(
  { body, constant, lessOrEqual }: Lanes,
  table: LookupTable,
  x: Value,
): readonly Local[] {
  const bytes = body.local('v128');
  body.get(constant(0));
  for (const at of table.at) {
    body.get(lessOrEqual(constant(at), x));
    body.op('i64x2.sub');
  }
  body.i32(STRETCH_SHIFT);
  body.op('i64x2.shl');
  body.set(bytes);
  return [0, 1].map((lane) => {
    const address = body.local('i32');
    body.get(bytes);
    body.lane('i64x2.extract_lane', lane);
    body.op('i32.wrap_i64');
    body.set(address);
    return address;
  });
}

/** `valueIn` of a pair at once: the halves of both lanes' lines, put together anew by field. */
function valueInPair(lanes: Lanes, x: Value, addresses: readonly Local[], stretches: number): Value {
  const { body, add, constant, divide, multiply, subtract } = lanes;
  const fields = (half: number, words: readonly [number, number, number, number]): Value => {
    for (const address of addresses) {
      body.get(address);
      body.memory('v128.load', stretches + 16 * half);
    }
    body.pickWords(words);
    const value = body.local('v128');
    body.set(value);
    return value;
  };
  const [firsts, seconds] = [
    [0, 1, 4, 5],
    [2, 3, 6, 7],
  ] as const;
  const [from, value, gain, width] = [
    fields(0, firsts),
    fields(0, seconds),
    fields(1, firsts),
    fields(1, seconds),
  ];
  const moved = add(value, multiply(gain, divide(subtract(x, from), width)));
  // Before the first row and behind the last nothing is added, not even where x is infinite; what is no number stays so.
  const isOn = lanes.less(width, constant(Number.POSITIVE_INFINITY));
  return lanes.select(lanes.or(isOn, lanes.unequal(x, x)), moved, value);
}

type Placed = { readonly stretches: number; readonly places: number };

const known = new WeakMap<ModuleBuilder, Map<LookupTable, Placed>>();

/** Where a table's lines lie; a module holds each table once. */
function placed(module: ModuleBuilder, table: LookupTable): Placed {
  const tables = known.get(module) ?? new Map<LookupTable, Placed>();
  known.set(module, tables);
  const before = tables.get(table);
  if (before !== undefined) return before;
  const own = {
    stretches: module.data(stretchesOf(table)),
    places: table.at.length <= MOST_COUNTED ? 0 : module.data(new Uint8Array(table.at.slice().buffer)),
  };
  tables.set(table, own);
  return own;
}

/**
 * The number of rows at or below x. NaN counts none, and is handed through by the arithmetic of the stretch before the
 * first row.
 */
function countedPlaces(lanes: Lanes, table: LookupTable, x: Value): Value {
  let count = lanes.constant(0);
  for (const at of table.at) {
    count = lanes.add(count, lanes.number(lanes.lessOrEqual(lanes.constant(at), x)));
  }
  return count;
}

function searchedPlace({ body }: Lanes, rows: number, x: Local, places: number): Local {
  const [low, high, middle] = [body.local('i32'), body.local('i32'), body.local('i32')];
  body.i32(0);
  body.set(low);
  body.i32(rows);
  body.set(high);
  body.block(() => {
    body.loop(() => {
      body.get(low);
      body.get(high);
      body.op('i32.ge_s');
      body.branchIf(1);
      body.get(low);
      body.get(high);
      body.op('i32.add');
      body.i32(1);
      body.op('i32.shr_u');
      body.tee(middle);
      body.i32(8);
      body.op('i32.mul');
      body.memory('f64.load', places);
      body.get(x);
      body.op('f64.le');
      body.when(
        [],
        () => {
          body.get(middle);
          body.i32(1);
          body.op('i32.add');
          body.set(low);
        },
        () => {
          body.get(middle);
          body.set(high);
        },
      );
      body.branch(0);
    });
  });
  const address = body.local('i32');
  body.get(low);
  body.i32(STRETCH);
  body.op('i32.mul');
  body.set(address);
  return address;
}

/** The value at x within the stretch whose line lies at `address`. */
function valueIn({ body }: Lanes, table: LookupTable, x: Local, address: Local, stretches: number): Local {
  const value = body.local('f64');
  const part = (field: number): void => {
    body.get(address);
    body.memory('f64.load', stretches + 8 * field);
  };
  if (table.held) {
    part(1);
    body.set(value);
  } else {
    // Before the first row and behind the last nothing is added, not even where x is infinite.
    part(1);
    part(2);
    body.get(x);
    part(0);
    body.op('f64.sub');
    part(3);
    body.op('f64.div');
    body.op('f64.mul');
    body.op('f64.add');
    part(1);
    part(3);
    body.f64(Number.POSITIVE_INFINITY);
    body.op('f64.lt');
    body.op('select');
    body.set(value);
  }
  // A place that is no number has no value.
  body.get(value);
  body.get(x);
  body.get(x);
  body.get(x);
  body.op('f64.eq');
  body.op('select');
  body.set(value);
  return value;
}

/**
 * One line for the stretch before the first row, one for each row. Differences are rounded here as they would be at each
 * reading; a width of infinity marks a stretch that keeps its value.
 */
function stretchesOf({ at, values }: LookupTable): Uint8Array {
  const lines = new Float64Array((at.length + 1) * 4);
  lines.set([0, values[0] ?? 0, 0, Number.POSITIVE_INFINITY], 0);
  at.forEach((from, row) => {
    const [value, next] = [values[row] ?? 0, values[row + 1]];
    lines.set(
      next === undefined
        ? [from, value, 0, Number.POSITIVE_INFINITY]
        : [from, value, next - value, (at[row + 1] ?? 0) - from],
      (row + 1) * 4,
    );
  });
  return new Uint8Array(lines.buffer);
}
