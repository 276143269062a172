/**
 * Runs an order on WebAssembly. A program is compiled once and serves every order on it; what comes out has the bits of
 * the interpreter, whatever the crew.
 */

import { isValue, isWithin } from '../program/interpreter.ts';
import type { Program } from '../program/program.ts';
import { instantAt } from '../program/time-grid.ts';
import {
  type Columns,
  type CompiledModule,
  compileBytes,
  NO_TAPS,
  type Shape,
  shapeOf,
  type TapSource,
  type Taps,
} from '../wasm/instance.ts';
import type { Layout } from '../wasm/layout.ts';
import { hasPairs } from '../wasm/pairs.ts';
import type { Places } from '../wasm/places.ts';
import { compileProgram, type ModuleOptions } from '../wasm/program-module.ts';
import { countClipped } from './count-clipped.ts';
import type { Crew } from './crew.ts';
import {
  type Ensemble,
  type FailedFuture,
  futuresOf,
  MOST_FAILED_TOLD,
  type Run,
  type RunOrder,
} from './ensemble.ts';
import { finishing, type Host } from './host.ts';
import { inputColumns } from './input-columns.ts';
import {
  createShelf,
  type FoundRoom,
  foundRoom,
  type GivenRoom,
  givenRoom,
  hasRoom,
  isLarge,
  lay,
  roomFor,
  type Shelf,
} from './rooms.ts';

type Compiled = { readonly shape: Shape; readonly module: CompiledModule; readonly places: Places };

/** @param options how modules are emitted, where it is not left to the host and the program */
export function moduleRun(crew: Crew, host: Host, options: Partial<ModuleOptions> = {}): Run {
  const wide = hasPairs();
  const known = new WeakMap<Program, Compiled>();
  const compiledFor = (program: Program): Compiled => {
    const before = known.get(program);
    if (before !== undefined) return before;
    const { bytes, layout, places } = compileProgram(program, { wide, ...options });
    const compiled = { shape: shapeOf(program, layout), module: compileBytes(bytes), places };
    known.set(program, compiled);
    return compiled;
  };
  const rooms: Rooms = { given: createShelf(), found: createShelf(), kept: createShelf(), make: crew.room };
  return async (order) => {
    const { shape, module, places } = compiledFor(order.program);
    let kept: KeptRoom | null = null;
    const taps = layTaps(order, places, shape.layout, (bytes) => {
      kept = rooms.kept.take((one) => one.bytes >= bytes) ?? { bytes, memory: crew.room(bytes) };
      return kept.memory;
    });
    const { columns, given, found } = await layColumns(order, shape, taps, rooms, host);
    const { seed } = order.design;
    const futures = futuresOf(order);
    // A future that ends half-way is half of one.
    const until = order.until ?? shape.time.steps;
    const share = until / shape.time.steps;
    const telling: Host = { ...host, progress: (done) => host.progress(done * share) };
    await crew.run({ shape, module, seed, futures, until, columns }, telling);
    const ensemble = gather(order, columns);
    rooms.given.giveBack(given);
    if (order.told !== undefined) rooms.found.giveBack(found);
    let isRead = order.told !== undefined;
    const letGo = (what: 'kept' | 'all'): void => {
      if (kept !== null) rooms.kept.giveBack(kept);
      kept = null;
      if (what === 'kept' || isRead) return;
      isRead = true;
      rooms.found.giveBack(found);
    };
    return { ...ensemble, letGo };
  };
}

type KeptRoom = { readonly bytes: number; readonly memory: ReturnType<Crew['room']> };

type Rooms = {
  readonly given: Shelf<GivenRoom>;
  readonly found: Shelf<FoundRoom>;
  readonly kept: Shelf<KeptRoom>;
  readonly make: Crew['room'];
};

/** An order's columns, with the room of those that are given and that of those that come out. */
type Laid = { readonly columns: Columns; readonly given: GivenRoom; readonly found: FoundRoom };

async function layColumns(
  order: RunOrder,
  shape: Shape,
  taps: Taps,
  rooms: Rooms,
  host: Host,
): Promise<Laid> {
  const { program, only, design } = order;
  const futures = futuresOf(order);
  const drawn = await finishing(inputColumns(order), host);
  if (drawn.length !== shape.inputs) throw new Error('inputs that do not fit the program');
  // A column that several knots share is laid down once.
  const distinct = new Set(drawn);
  // Of few futures of a design all rows are laid down, as the next order wants nearly the same ones; of many only those that are run.
  const rowsByNumber = !isLarge(design.futures * drawn.length * 8);
  const rows = rowsByNumber ? design.futures : futures;
  const columns = rowsByNumber ? drawn.length : distinct.size;
  const given =
    rooms.given.take((one) => hasRoom(one.capacity, rows) && one.columns.length >= columns) ??
    givenRoom(rooms.make, roomFor(rows), columns);
  const laid = lay(given, distinct, rowsByNumber ? undefined : only);
  const { numbers } = given;
  for (let place = 0; place < futures; place++) numbers[place] = only === undefined ? place : only[place]!;
  const many = program.measures.length + program.clipped.length + 2;
  const found =
    rooms.found.take(
      (one) =>
        hasRoom(one.capacity, futures) &&
        one.numbers.length === many &&
        one.truths.length === program.claims.length,
    ) ?? foundRoom(rooms.make, roomFor(futures), many, program.claims.length);
  const [failedAt, imbalances] = found.numbers;
  if (failedAt === undefined || imbalances === undefined) throw new Error('a room that is too small');
  const end = endOf(order);
  const first = 2 + program.measures.length;
  return {
    columns: {
      numbers,
      inputs: drawn.map((column) => laid.get(column)!),
      rowsByNumber,
      // Whether any of those that are not told has no value is still asked for.
      measures: program.measures.map((plan, number) =>
        isWithin(plan, end) ? found.numbers[2 + number]! : NOTHING,
      ),
      claims: order.told === undefined ? found.truths : found.truths.map(() => NO_TRUTHS),
      failedBy: found.words,
      failedAt,
      imbalances,
      clipped: program.clipped.map((_, number) =>
        order.until === undefined ? found.numbers[first + number]! : NOTHING,
      ),
      taps,
    },
    given,
    found,
  };
}

/** Where a module has what the order wants to be kept, and room for it. */
export function layTaps(order: RunOrder, places: Places, { width, group }: Layout, room: Crew['room']): Taps {
  const { program, keep } = order;
  const { variables, instants } = keep ?? { variables: [], instants: [] };
  const sources = variables.map((number): TapSource => {
    const { register } = program.variables[number] ?? { register: -1 };
    const [slot, fixed] = [places.file.get(register), places.fixed.get(register)];
    if (slot !== undefined) return { kind: 'file', offset: slot * width };
    if (fixed !== undefined) return { kind: 'fixed', offset: group.fixed + fixed * width };
    const value = places.constant(register);
    if (value === null) throw new Error('a variable that stands nowhere');
    return { kind: 'constant', value };
  });
  const count = variables.length * instants.length;
  if (count === 0) return NO_TAPS;
  const futures = futuresOf(order);
  const buffer = room(count * futures * 8) as ArrayBuffer;
  const columns = Array.from(
    { length: count },
    (_, number) => new Float64Array(buffer, number * futures * 8, futures),
  );
  return { sources, instants, columns };
}

/**
 * Who failed, in the order of the futures, and everything else as the interpreter leaves it. Of what is told of an order nothing
 * stands in its columns any more, and without that all of it does.
 */
export function gather(order: RunOrder, columns: Columns): Ensemble {
  const { program, leftOut, until, told } = order;
  const futures = futuresOf(order);
  const end = endOf(order);
  const broken = brokenMeasures(program, columns.measures, futures, end);
  const wanted = (number: number): boolean => told === undefined || told.includes(number);
  const measures = columns.measures.map((column, number) => {
    if (!wanted(number)) return NOTHING;
    if (!isWithin(program.measures[number], end)) return new Float64Array(futures).fill(Number.NaN);
    // As it stands, or as a copy.
    return told === undefined ? column.subarray(0, futures) : column.slice(0, futures);
  });
  const claims = told === undefined ? columns.claims.map((column) => column.subarray(0, futures)) : [];
  const failed: FailedFuture[] = [];
  const failedInputs: Float64Array[] = [];
  const kept = columns.taps.columns;
  const clipped = countClipped(program);
  let imbalance = 0;
  for (let place = 0; place < futures; place++) {
    const future = columns.numbers[place]!;
    const by = columns.failedBy[place]!;
    const isLeftOut = leftOut?.[future] === 1;
    const breaks = by < 0 ? (broken.get(place) ?? null) : null;
    if (by < 0 && breaks === null && !isLeftOut) {
      if (until !== undefined) continue;
      imbalance = Math.max(imbalance, columns.imbalances[place]!);
      clipped.count((number) => columns.clipped[number]?.[place]);
      continue;
    }
    if (!isLeftOut) {
      const failure =
        by < 0 ? causeOfMeasure(program, breaks) : causeOf(program, by, columns.failedAt[place]!);
      failed.push({ future, ...failure });
      const row = columns.rowsByNumber === true ? future : place;
      if (failed.length <= MOST_FAILED_TOLD)
        failedInputs.push(Float64Array.from(columns.inputs, (column) => column[row] ?? Number.NaN));
    }
    for (const column of kept) column[place] = Number.NaN;
    for (const column of measures) if (column !== NOTHING) column[place] = Number.NaN;
    for (const column of claims) column[place] = 0;
  }
  return {
    futures,
    failed,
    dropped: [],
    given: [],
    failedInputs,
    measures,
    claims,
    kept,
    clipped: clipped.flows(),
    imbalance,
  };
}

/** Of a measure that is not told, or of which nothing is known. */
const NOTHING = new Float64Array(0);
const NO_TRUTHS = new Uint8Array(0);

/** When futures end, in days; Infinity where nothing ends them before the model does. */
const endOf = ({ program, until }: Pick<RunOrder, 'program' | 'until'>): number =>
  until === undefined ? Number.POSITIVE_INFINITY : instantAt(program.time, until);

type Cause = Omit<FailedFuture, 'future'>;

function causeOf(program: Program, by: number, instant: number): Cause {
  const variable = program.variables[by];
  const stock = program.stocks[by - program.variables.length];
  if (variable !== undefined)
    return { variable: variable.asked ? `asked ${variable.name}` : variable.name, instant };
  if (stock === undefined) throw new Error('a future that nothing made fail');
  return { variable: stock.name, instant };
}

/** By the place of a future that ends with a measure that has no value, the first such measure. */
function brokenMeasures(
  { measures: plans }: Program,
  measures: readonly Float64Array[],
  futures: number,
  end: number,
): ReadonlyMap<number, number> {
  const broken = new Map<number, number>();
  plans.forEach((plan, number) => {
    const column = measures[number];
    if (column === undefined || !isWithin(plan, end)) return;
    for (let place = 0; place < futures; place++) {
      const value = column[place]!;
      if (Number.isFinite(value) || isValue(plan.reducer, value) || broken.has(place)) continue;
      broken.set(place, number);
    }
  });
  return broken;
}

function causeOfMeasure({ measures }: Program, number: number | null): Cause {
  const plan = measures[number ?? -1];
  if (plan === undefined) throw new Error('a measure without a value that is not there');
  return { variable: plan.name, instant: plan.to };
}
