/**
 * Runs an order on WebAssembly. A program is compiled once and serves every order on it; what comes out has the bits of
 * the interpreter, whatever the crew.
 */

import { isValue, isWithin } from '../program/interpreter.ts';
import { givenRegisters, type Program } from '../program/program.ts';
import { instantAt } from '../program/time-grid.ts';
import {
  type Columns,
  type CompiledModule,
  compileBytes,
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
  numbersOf,
  onlyTold,
  type Run,
  type RunOrder,
} from './ensemble.ts';
import { finishing, type Host } from './host.ts';
import { inputColumns } from './input-columns.ts';
import { columnsIn, createRooms, type Rooms } from './rooms.ts';

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
  const rooms = createRooms(crew.room);
  return async (order) => {
    const { shape, module, places } = compiledFor(order.program);
    const taps = layTaps(order, places, shape.layout, crew.room);
    const { columns, given, found } = await layColumns(order, taps, rooms, host);
    const { seed } = order.design;
    const futures = futuresOf(order);
    // A future that ends half-way is half of one.
    const share = (order.until ?? shape.time.steps) / shape.time.steps;
    const telling: Host = { ...host, progress: (done) => host.progress(done * share) };
    await crew.run({ shape: endingAt(shape, order.until), module, seed, futures, columns }, telling);
    const ensemble = onlyTold(order, gather(order, columns));
    rooms.giveBack(given);
    if (order.told !== undefined) rooms.giveBack(found);
    return ensemble;
  };
}

/** An order's columns, with the room of those that are given and that of those that come out. */
type Laid = { readonly columns: Columns; readonly given: ArrayBuffer; readonly found: ArrayBuffer };

async function layColumns(order: RunOrder, taps: Taps, rooms: Rooms, host: Host): Promise<Laid> {
  const { program, only } = order;
  const futures = futuresOf(order);
  const drawn = await finishing(inputColumns(order), host);
  if (drawn.length !== givenRegisters(program).length) throw new Error('inputs that do not fit the program');
  // A column that several knots share is laid down once.
  const distinct = [...new Set(drawn)];
  // Many small rooms would take long to make.
  const given = columnsIn(rooms, futures, { numbers: distinct.length, words: 1, bytes: 0 });
  const found = columnsIn(rooms, futures, {
    numbers: program.measures.length + program.clipped.length + 2,
    words: 1,
    bytes: program.claims.length,
  });
  const laid = new Map(
    distinct.map((column) => {
      const own = given.numbers();
      if (only === undefined) own.set(column);
      else
        only.forEach((future, place) => {
          own[place] = column[future]!;
        });
      return [column, own];
    }),
  );
  const numbers = given.words();
  numbers.set(numbersOf(order));
  const columns = {
    numbers,
    inputs: drawn.map((column) => laid.get(column)!),
    measures: program.measures.map(found.numbers),
    claims: program.claims.map(found.bytes),
    failedBy: found.words(),
    failedAt: found.numbers(),
    imbalances: found.numbers(),
    clipped: program.clipped.map(found.numbers),
    taps,
  };
  return { columns, given: given.room, found: found.room };
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
  const futures = futuresOf(order);
  const buffer = room(count * futures * 8) as ArrayBuffer;
  const columns = Array.from(
    { length: count },
    (_, number) => new Float64Array(buffer, number * futures * 8, futures),
  );
  return { sources, instants, columns };
}

/** Who failed, in the order of the futures, and everything else as the interpreter leaves it. */
export function gather({ program, leftOut, until }: RunOrder, columns: Columns): Ensemble {
  const end = until === undefined ? Number.POSITIVE_INFINITY : instantAt(program.time, until);
  const failed: FailedFuture[] = [];
  const failedInputs: Float64Array[] = [];
  const { measures, claims } = columns;
  const kept = columns.taps.columns;
  const clipped = countClipped(program);
  program.measures.forEach((plan, number) => {
    if (!isWithin(plan, end)) measures[number]?.fill(Number.NaN);
  });
  let imbalance = 0;
  columns.numbers.forEach((future, place) => {
    const by = columns.failedBy[place] ?? 0;
    const failure =
      by < 0
        ? brokenMeasure(program, measures, place, end)
        : causeOf(program, by, columns.failedAt[place] ?? 0);
    const isLeftOut = leftOut?.[future] === 1;
    if (failure === null && !isLeftOut) {
      if (until !== undefined) return;
      imbalance = Math.max(imbalance, columns.imbalances[place] ?? 0);
      clipped.count((number) => columns.clipped[number]?.[place]);
      return;
    }
    if (failure !== null && !isLeftOut) {
      failed.push({ future, ...failure });
      if (failed.length <= MOST_FAILED_TOLD)
        failedInputs.push(Float64Array.from(columns.inputs, (column) => column[place] ?? Number.NaN));
    }
    for (const column of kept) column[place] = Number.NaN;
    for (const column of measures) column[place] = Number.NaN;
    for (const column of claims) column[place] = 0;
  });
  return {
    futures: columns.numbers.length,
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

/** The same futures to an instant: a shape tells those who run it how many steps there are. */
const endingAt = (shape: Shape, until: number | undefined): Shape =>
  until === undefined ? shape : { ...shape, time: { ...shape.time, steps: until } };

type Cause = Omit<FailedFuture, 'future'>;

function causeOf(program: Program, by: number, instant: number): Cause {
  const variable = program.variables[by];
  const stock = program.stocks[by - program.variables.length];
  if (variable !== undefined)
    return { variable: variable.asked ? `asked ${variable.name}` : variable.name, instant };
  if (stock === undefined) throw new Error('a future that nothing made fail');
  return { variable: stock.name, instant };
}

/** The first measure that has no value. */
function brokenMeasure(
  program: Program,
  measures: readonly Float64Array[],
  future: number,
  end: number,
): Cause | null {
  const number = program.measures.findIndex(
    (plan, measure) => isWithin(plan, end) && !isValue(plan.reducer, measures[measure]?.[future]),
  );
  const plan = program.measures[number];
  return plan === undefined ? null : { variable: plan.name, instant: plan.to };
}
