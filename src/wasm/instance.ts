/**
 * A compiled module at work: its memory, and futures run through it a few at a time. It knows no clock and no thread;
 * between calls the caller may do something else, or never come back.
 */
import { givenRegisters, type Program } from '../program/program.ts';
import { instantAt, type TimeGrid } from '../program/time-grid.ts';
import { justBefore } from '../program/work-out.ts';
import type { Layout } from './layout.ts';
import { PAGE } from './module-builder.ts';
import type { ProgramExports } from './program-module.ts';

/** What of the host's WebAssembly is used; the compile zone of the pure stages has no types of hosts. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => CompiledModule;
  readonly Instance: new (
    module: CompiledModule,
    imports: { readonly host: { readonly memory: Memory } },
  ) => { readonly exports: unknown };
  readonly Memory: new (limits: { readonly initial: number; readonly maximum: number }) => Memory;
  readonly validate: (bytes: Uint8Array<ArrayBuffer>) => boolean;
};
export type Memory = { readonly buffer: ArrayBuffer };
/** The host's own form of a module, which can be handed from thread to thread. */
export type CompiledModule = object;

/** Throws where the host refuses the bytes, which is our own fault. */
export const compileBytes = (bytes: Uint8Array<ArrayBuffer>): CompiledModule => new WebAssembly.Module(bytes);

/** A memory of so many bytes at least, no larger and no smaller later on. */
export function createMemory(bytes: number): Memory {
  const pages = Math.ceil(bytes / PAGE);
  return new WebAssembly.Memory({ initial: pages, maximum: pages });
}

/** What a module exports, at work on this memory. */
export const instantiate = (module: CompiledModule, memory: Memory): unknown =>
  new WebAssembly.Instance(module, { host: { memory } }).exports;

export const isValid = (bytes: Uint8Array<ArrayBuffer>): boolean => WebAssembly.validate(bytes);

/** What must be known of a program to run its module: plain data, to be handed to a thread. */
export type Shape = {
  readonly layout: Layout;
  readonly time: TimeGrid & { readonly step: number };
  /** Columns of inputs, measures, claims and of flows that may be clipped. */
  readonly inputs: number;
  readonly measures: number;
  readonly claims: number;
  readonly clipped: number;
  /** Operations of one instant. */
  readonly work: number;
};

export const shapeOf = (program: Program, layout: Layout): Shape => ({
  layout,
  time: program.time,
  inputs: givenRegisters(program).length,
  measures: program.measures.length,
  claims: program.claims.length,
  clipped: program.clipped.length,
  work: Math.max(1, program.stepCode.length * (program.method === 'rk4' ? 4 : 1)),
});

/** Columns over the futures of a run: read from `inputs`, written at the same places of the others. One of no length is not wanted. */
export type Columns = {
  /**
   * The number of the future at each place, on which its draws hang. Where two are run at once the one at an odd place is the
   * next of the one before it.
   */
  readonly numbers: Int32Array;
  /** A row for each place, or, where `rowsByNumber`, one for each future of the design, to be found by its number. */
  readonly inputs: readonly Float64Array[];
  readonly rowsByNumber?: boolean;
  readonly measures: readonly Float64Array[];
  /** 1 where the claim's condition is true. */
  readonly claims: readonly Uint8Array[];
  /** −1 where the future went well, else the variable's number, or behind all variables the stock's. */
  readonly failedBy: Int32Array;
  /** Days on the model's axis. */
  readonly failedAt: Float64Array;
  readonly imbalances: Float64Array;
  /** The first instant, in days, at which a flow was asked for less than zero; Infinity for never. */
  readonly clipped: readonly Float64Array[];
  readonly taps: Taps;
};

/** Variables whose values are kept at chosen instants: a column for each variable and instant, instants changing fastest. */
export type Taps = {
  readonly sources: readonly TapSource[];
  /** Rising. */
  readonly instants: readonly number[];
  readonly columns: readonly Float64Array[];
};

/** Where a variable's value stands: bytes behind the instant's file, or behind the group's start where it never changes. */
export type TapSource =
  | { readonly kind: 'file' | 'fixed'; readonly offset: number }
  | { readonly kind: 'constant'; readonly value: number };

export const NO_TAPS: Taps = { sources: [], instants: [], columns: [] };

export type Instance = {
  /**
   * Runs the futures at the places `from` … `to`−1, at most `capacity` of them. Yields between calls of a few milliseconds.
   * @param until the instant at which they end; the last one where it is not said
   */
  readonly run: (columns: Columns, from: number, to: number, until?: number) => Generator<void, void>;
};

/** Operations of one call: a few milliseconds, so that a stop is heard at once. */
const CALL = 4_000_000;
const TWO_TO_32 = 4_294_967_296;

export function createInstance(shape: Shape, module: CompiledModule, seed: number): Instance {
  const { layout, time, work } = shape;
  const memory = createMemory(layout.bytes);
  const { buffer } = memory;
  const { start, advance, finish } = instantiate(module, memory) as ProgramExports;
  const view = new DataView(buffer);
  view.setInt32(layout.seed, (seed % TWO_TO_32) | 0, true);
  view.setInt32(layout.seed + 4, Math.floor(seed / TWO_TO_32), true);
  for (let instant = 0; instant <= time.steps; instant++) {
    view.setFloat64(layout.times + 8 * instant, instantAt(time, instant), true);
    view.setFloat64(layout.ends + 8 * instant, justBefore(instantAt(time, instant + 1), time.step), true);
  }
  // Columns of one kind lie side by side, `capacity` numbers each.
  const { capacity } = layout;
  const block = (place: number, count: number): Float64Array =>
    new Float64Array(buffer, place, count * capacity);
  const inputs = block(layout.inputs, shape.inputs);
  const measures = block(layout.measures, shape.measures);
  const claims = block(layout.claims, shape.claims);
  const clipped = block(layout.clipped, shape.clipped);
  const numbers = new Int32Array(buffer, layout.numbers, capacity);
  const [failedBy, failedAt] = [block(layout.failedBy, 1), block(layout.failedAt, 1)];
  const imbalances = block(layout.imbalances, 1);

  /** Keeps what is asked for of the instant that was worked out last. */
  const tap = (
    { sources, instants, columns: kept }: Taps,
    number: number,
    from: number,
    to: number,
  ): void => {
    const file = ((instants[number] ?? 0) % 2) * layout.group.fileSize;
    sources.forEach((source, variable) => {
      const into = kept[variable * instants.length + number];
      if (into === undefined) throw new Error('a value without its column');
      if (source.kind === 'constant') {
        into.fill(source.value, from, to);
        return;
      }
      const offset = source.offset + (source.kind === 'file' ? file : 0);
      for (let place = from; place < to; place++) {
        const at = place - from;
        const group = layout.groups + Math.floor(at / layout.lanes) * layout.group.stride;
        into[place] = view.getFloat64(group + offset + (at % layout.lanes) * 8, true);
      }
    });
  };

  return {
    run: function* (all, from, to, until = time.steps) {
      const count = to - from;
      if (count > capacity) throw new Error('a chunk that is too large');
      const groups = Math.ceil(count / layout.lanes);
      for (let place = 0; place < count; place++) numbers[place] = all.numbers[from + place]!;
      takeInputs(all, from, count, groups * layout.lanes);
      const end = layout.groups + groups * layout.group.stride;
      const instants = Math.max(1, Math.floor(CALL / (work * groups)));
      start(end);
      let tapped = 0;
      for (let instant = 0; instant <= until; ) {
        if (instant > 0) yield;
        const wanted = all.taps.instants[tapped];
        const next = Math.min(instant + instants, until + 1, (wanted ?? until) + 1);
        advance(end, instant, next);
        if (wanted === next - 1) tap(all.taps, tapped++, from, to);
        instant = next;
      }
      finish(end);
      giveAll(measures, all.measures, from, count);
      giveAll(claims, all.claims, from, count);
      giveAll(clipped, all.clipped, from, count);
      giveAll(failedBy, [all.failedBy], from, count);
      giveAll(failedAt, [all.failedAt], from, count);
      giveAll(imbalances, [all.imbalances], from, count);
    },
  };

  // Number by number: a view for every column and chunk would take longer than what is copied.
  function takeInputs(all: Columns, from: number, count: number, places: number): void {
    const isByNumber = all.rowsByNumber === true;
    for (let column = 0; column < shape.inputs; column++) {
      const given = all.inputs[column];
      if (given === undefined) throw new Error('an input without its column');
      const at = column * capacity;
      for (let place = 0; place < count; place++)
        inputs[at + place] = given[isByNumber ? numbers[place]! : from + place]!;
      // The last future keeps an odd lane company.
      for (let place = count; place < places; place++) inputs[at + place] = inputs[at + count - 1]!;
    }
  }

  function giveAll(
    own: Float64Array,
    into: readonly (Float64Array | Uint8Array | Int32Array)[],
    from: number,
    count: number,
  ): void {
    into.forEach((column, number) => {
      if (column.length === 0) return;
      const at = number * capacity;
      for (let place = 0; place < count; place++) column[from + place] = own[at + place]!;
    });
  }
}
