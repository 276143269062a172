/**
 * A compiled module at work: its memory, and futures run through it a few at a time. It knows no clock and no thread;
 * between calls the caller is asked whether to go on.
 */
import type { Program } from '../program/program.ts';
import { instantAt } from '../program/time-grid.ts';
import { justBefore } from '../program/work-out.ts';
import { PAGE } from './module-builder.ts';
import type { ProgramExports, ProgramModule } from './program-module.ts';

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
type Memory = { readonly buffer: ArrayBuffer };
/** The host's own form of a module, which can be handed from thread to thread. */
export type CompiledModule = object;

/** What V8 makes of a module's bytes. Throws where it refuses them, which is our own fault. */
export const compileBytes = (bytes: Uint8Array<ArrayBuffer>): CompiledModule => new WebAssembly.Module(bytes);

export const isValid = (bytes: Uint8Array<ArrayBuffer>): boolean => WebAssembly.validate(bytes);

/** Columns over the futures of a run, into which chunks are written at their places. */
export type Columns = {
  readonly measures: readonly Float64Array[];
  /** 1 where the claim's condition is true. */
  readonly claims: readonly Uint8Array[];
  /** −1 where the future went well, else the variable's number, or behind all variables the stock's. */
  readonly failedBy: Int32Array;
  /** Days on the model's axis. */
  readonly failedAt: Float64Array;
  readonly imbalances: Float64Array;
};

export type Instance = {
  /** Futures of one chunk at most. */
  readonly capacity: number;
  /**
   * Runs the futures `from` … `from + count − 1` of a run whose inputs stand in `inputs`, one column a slot, from the
   * place `offset` on, and writes what they give at the same places of `into`. False where `goOn` said so.
   */
  readonly run: (chunk: Chunk, into: Columns, goOn: () => boolean) => boolean;
  /** The same for one future, whose registers are shown at every instant. */
  readonly memory: () => DataView;
};

export type Chunk = {
  readonly inputs: readonly Float64Array[];
  /** Where in the columns the chunk stands. */
  readonly offset: number;
  /** The number of its first future: draws within futures hang on it. */
  readonly future: number;
  readonly count: number;
};

/** Operations of one call: a few milliseconds, so that a stop is heard at once. */
const CALL = 4_000_000;
const TWO_TO_32 = 4_294_967_296;

export function createInstance(
  program: Program,
  { layout }: ProgramModule,
  module: CompiledModule,
  seed: number,
): Instance {
  const pages = Math.ceil(layout.bytes / PAGE);
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
  const { exports } = new WebAssembly.Instance(module, { host: { memory } });
  const { start, advance, finish } = exports as ProgramExports;
  const view = new DataView(memory.buffer);
  const { steps, step } = program.time;
  view.setInt32(layout.seed, seed % TWO_TO_32 | 0, true);
  view.setInt32(layout.seed + 4, Math.floor(seed / TWO_TO_32), true);
  for (let instant = 0; instant <= steps; instant++) {
    view.setFloat64(layout.times + 8 * instant, instantAt(program.time, instant), true);
    view.setFloat64(layout.ends + 8 * instant, justBefore(instantAt(program.time, instant + 1), step), true);
  }
  const column = (place: number, number: number): Float64Array =>
    new Float64Array(memory.buffer, place + number * layout.capacity * 8, layout.capacity);
  const inputs = program.inputs.map((_, slot) => column(layout.inputs, slot));
  const measures = program.measures.map((_, measure) => column(layout.measures, measure));
  const claims = program.claims.map((_, claim) => column(layout.claims, claim));
  const [failedBy, failedAt] = [column(layout.failedBy, 0), column(layout.failedAt, 0)];
  const imbalances = column(layout.imbalances, 0);
  const work = Math.max(1, program.stepCode.length * (program.method === 'rk4' ? 4 : 1));

  return {
    capacity: layout.capacity,
    memory: () => view,
    run: ({ inputs: given, offset, future, count }, into, goOn) => {
      if (count > layout.capacity) throw new Error('a chunk that is too large');
      const groups = Math.ceil(count / layout.lanes);
      inputs.forEach((own, slot) => {
        const all = given[slot];
        if (all === undefined) throw new Error('an input without its column');
        own.set(all.subarray(offset, offset + count));
        // The last future keeps an odd lane company.
        own.fill(all[offset + count - 1] ?? Number.NaN, count, groups * layout.lanes);
      });
      view.setInt32(layout.firstFuture, future | 0, true);
      const end = layout.groups + groups * layout.group.stride;
      const instants = Math.max(1, Math.floor(CALL / (work * groups)));
      start(end);
      for (let from = 0; from <= steps; from += instants) {
        if (from > 0 && !goOn()) return false;
        advance(end, from, Math.min(from + instants, steps + 1));
      }
      finish(end);
      measures.forEach((own, measure) => {
        into.measures[measure]?.set(own.subarray(0, count), offset);
      });
      claims.forEach((own, claim) => {
        into.claims[claim]?.set(own.subarray(0, count), offset);
      });
      into.failedBy.set(failedBy.subarray(0, count), offset);
      into.failedAt.set(failedAt.subarray(0, count), offset);
      into.imbalances.set(imbalances.subarray(0, count), offset);
      return true;
    },
  };
}
