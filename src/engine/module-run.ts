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
import { type Ensemble, type FailedFuture, MOST_FAILED_TOLD, type Run, type RunOrder } from './ensemble.ts';
import { finishing, type Host } from './host.ts';
import { inputColumns } from './input-columns.ts';

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
  return async (order) => {
    const { shape, module, places } = compiledFor(order.program);
    const taps = layTaps(order, places, shape.layout, crew.room);
    const columns = await layColumns(order, taps, crew, host);
    const { futures, seed } = order.design;
    await crew.run(
      { shape: endingAt(shape, order.until), module, seed, futures, firstFuture: 0, columns },
      host,
    );
    return gather(order, columns);
  };
}

async function layColumns(order: RunOrder, taps: Taps, crew: Crew, host: Host): Promise<Columns> {
  const { program, design } = order;
  const { futures } = design;
  const numbers = (): Float64Array => new Float64Array(crew.room(futures * 8) as ArrayBuffer);
  const drawn = await finishing(inputColumns(order), host);
  // A column that several knots share is laid down once.
  const laid = new Map<Float64Array, Float64Array>();
  const inputs = drawn.map((column) => {
    const known = laid.get(column);
    if (known !== undefined) return known;
    const own = numbers();
    own.set(column);
    laid.set(column, own);
    return own;
  });
  if (inputs.length !== givenRegisters(program).length) throw new Error('inputs that do not fit the program');
  return {
    inputs,
    measures: program.measures.map(numbers),
    claims: program.claims.map(() => new Uint8Array(crew.room(futures) as ArrayBuffer)),
    failedBy: new Int32Array(crew.room(futures * 4) as ArrayBuffer),
    failedAt: numbers(),
    imbalances: numbers(),
    clipped: program.clipped.map(numbers),
    taps,
  };
}

/** Where a module has what the order wants to be kept, and room for it. */
export function layTaps(
  { program, design, keep }: RunOrder,
  places: Places,
  { width, group }: Layout,
  room: Crew['room'],
): Taps {
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
  const { futures } = design;
  const buffer = room(count * futures * 8) as ArrayBuffer;
  const columns = Array.from(
    { length: count },
    (_, number) => new Float64Array(buffer, number * futures * 8, futures),
  );
  return { sources, instants, columns };
}

/** Who failed, in the order of the futures, and everything else as the interpreter leaves it. */
export function gather({ program, design, leftOut, until }: RunOrder, columns: Columns): Ensemble {
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
  for (let future = 0; future < design.futures; future++) {
    const by = columns.failedBy[future] ?? 0;
    const failure =
      by < 0
        ? brokenMeasure(program, measures, future, end)
        : causeOf(program, by, columns.failedAt[future] ?? 0);
    const isLeftOut = leftOut?.[future] === 1;
    if (failure === null && !isLeftOut) {
      if (until !== undefined) continue;
      imbalance = Math.max(imbalance, columns.imbalances[future] ?? 0);
      clipped.count((number) => columns.clipped[number]?.[future]);
      continue;
    }
    if (failure !== null && !isLeftOut) {
      failed.push({ future, ...failure });
      if (failed.length <= MOST_FAILED_TOLD)
        failedInputs.push(Float64Array.from(columns.inputs, (column) => column[future] ?? Number.NaN));
    }
    for (const column of kept) column[future] = Number.NaN;
    for (const column of measures) column[future] = Number.NaN;
    for (const column of claims) column[future] = 0;
  }
  return {
    futures: design.futures,
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
