/**
 * What a worker of a crew is told and what it answers, and its whole work: the same in a thread of Node and in a web
 * worker. Where memory is shared it claims chunks of a job until there are none. Elsewhere it is handed a batch of
 * futures at a time with their inputs, and hands back what came out.
 */
import {
  type Columns,
  type CompiledModule,
  createInstance,
  type Instance,
  type Shape,
} from '../wasm/instance.ts';
import { CONTROL, type Job, workChunks } from './crew.ts';

export type Task =
  /** A module of which many jobs may follow: it is sent once, and jobs name it by its number. */
  | {
      readonly kind: 'know';
      readonly number: number;
      readonly shape: Shape;
      readonly module: CompiledModule;
    }
  /** No job names it any more. */
  | { readonly kind: 'forget'; readonly number: number }
  | { readonly kind: 'claim'; readonly job: PackedJob; readonly control: Int32Array<SharedArrayBuffer> }
  /** What all batches until the next `begin` belong to. */
  | {
      readonly kind: 'begin';
      readonly module: number;
      readonly seed: number;
      readonly until: number;
      /** Without columns. */
      readonly taps: Columns['taps'];
    }
  | {
      readonly kind: 'batch';
      readonly numbers: Int32Array<ArrayBuffer>;
      readonly inputs: readonly Float64Array<ArrayBuffer>[];
    }
  /** Ends the batch at hand; of a job that is claimed, the shared word says so. */
  | { readonly kind: 'stop' };

export type Answer =
  /** Nothing is left to claim, or the job was stopped. */
  | { readonly kind: 'done' }
  /** What came out, in the order of `writtenColumns`; null where the batch was stopped. */
  | { readonly kind: 'batch'; readonly written: readonly Written[] | null }
  | { readonly kind: 'fault'; readonly message: string };

export type Written = Float64Array<ArrayBuffer> | Uint8Array<ArrayBuffer> | Int32Array<ArrayBuffer>;

/** What a worker needs of the place where it works. */
export type Post = {
  readonly answer: (answer: Answer, transferred: readonly ArrayBuffer[]) => void;
  /** Lets messages be heard that have come. */
  readonly rest: () => Promise<void>;
};

/**
 * A job as it is sent to those who share its memory. Columns go as their places in a few rooms, since sending hundreds of views of one
 * memory takes longer than running a short job.
 */
export type PackedJob = Omit<Job, 'columns' | 'shape' | 'module'> & {
  /** The number of the module. */
  readonly module: number;
  readonly rooms: readonly ArrayBufferLike[];
  /** By column, in the order of `allColumns`, the number of its room and the byte at which it begins there; -1 for one of no length. */
  readonly places: Float64Array;
  readonly rowsByNumber: boolean;
  readonly taps: Columns['taps'];
};

const allColumns = (columns: Columns): readonly (Float64Array | Uint8Array | Int32Array)[] => [
  columns.numbers,
  ...columns.inputs,
  ...writtenColumns(columns),
];

export function packJob(
  { columns, seed, futures, until }: Omit<Job, 'shape' | 'module'>,
  module: number,
): PackedJob {
  const all = allColumns(columns);
  const rooms: ArrayBufferLike[] = [];
  const places = new Float64Array(2 * all.length);
  all.forEach(({ buffer, byteOffset, length }, at) => {
    if (length === 0) {
      places[2 * at] = -1;
      return;
    }
    // They are few, and mostly it is the one of the column before.
    let room = rooms.lastIndexOf(buffer);
    if (room < 0) room = rooms.push(buffer) - 1;
    places[2 * at] = room;
    places[2 * at + 1] = byteOffset;
  });
  const { rowsByNumber = false } = columns;
  return {
    module,
    seed,
    futures,
    ...(until === undefined ? {} : { until }),
    rooms,
    places,
    rowsByNumber,
    taps: { ...columns.taps, columns: [] },
  };
}

type Known = Pick<Job, 'shape' | 'module'>;

const NO_NUMBERS = new Float64Array(0);
const NO_BYTES = new Uint8Array(0);

/** Columns begin where they begin, and are as long as what is run or, where rows go by number, as their room. */
export function unpackJob(
  { rooms, places, taps, rowsByNumber, ...job }: PackedJob,
  { shape, module }: Known,
): Job {
  const { futures } = job;
  let at = 0;
  const next = <Column>(make: (room: ArrayBuffer, offset: number) => Column, none: Column): Column => {
    const [number, offset] = [places[at], places[at + 1]];
    at += 2;
    if (number === -1) return none;
    const room = rooms[number ?? -1];
    if (room === undefined || offset === undefined) throw new Error('a column without its place');
    return make(room as ArrayBuffer, offset);
  };
  const words = (): Int32Array =>
    next((room, offset) => new Int32Array(room, offset, futures), new Int32Array(0));
  const bytes = (): Uint8Array => next((room, offset) => new Uint8Array(room, offset, futures), NO_BYTES);
  const column = (): Float64Array =>
    next((room, offset) => new Float64Array(room, offset, futures), NO_NUMBERS);
  const rest = (): Float64Array =>
    next(
      (room, offset) => new Float64Array(room, offset, Math.floor((room.byteLength - offset) / 8)),
      NO_NUMBERS,
    );
  const several = <Column>(length: number, make: () => Column): readonly Column[] =>
    Array.from({ length }, make);
  // In the order of `allColumns`.
  const columns: Columns = {
    numbers: words(),
    rowsByNumber,
    inputs: several(shape.inputs, rowsByNumber ? rest : column),
    measures: several(shape.measures, column),
    claims: several(shape.claims, bytes),
    failedBy: words(),
    failedAt: column(),
    imbalances: column(),
    clipped: several(shape.clipped, column),
    taps: { ...taps, columns: several(taps.sources.length * taps.instants.length, column) },
  };
  return { ...job, shape, module, columns };
}

/** All columns that a run writes, in one order. */
export const writtenColumns = (columns: Columns): readonly (Float64Array | Uint8Array | Int32Array)[] => [
  ...columns.measures,
  ...columns.claims,
  columns.failedBy,
  columns.failedAt,
  columns.imbalances,
  ...columns.clipped,
  ...columns.taps.columns,
];

/** The ear of a worker. It never throws: a fault is an answer. */
export function createWorker(post: Post): (task: Task) => Promise<void> {
  const known = new Map<number, Known>();
  let begun:
    | (Omit<Extract<Task, { kind: 'begin' }>, 'module'> & Known & { readonly instance: Instance })
    | null = null;
  let isStopped = false;

  const knownBy = (number: number): Known => {
    const found = known.get(number);
    if (found === undefined) throw new Error('a job of a module that was never sent');
    return found;
  };

  /** False where it was stopped. */
  const runBatch = async (columns: Columns): Promise<boolean> => {
    if (begun === null) throw new Error('a batch that belongs to no job');
    const { instance, shape, until } = begun;
    const { capacity } = shape.layout;
    const futures = columns.numbers.length;
    for (let from = 0; from < futures; from += capacity) {
      // Batches are short: only within a chunk of many calls there is reason to listen.
      for (const _ of instance.run(columns, from, Math.min(from + capacity, futures), until)) {
        await post.rest();
        if (isStopped) return false;
      }
    }
    return true;
  };

  const perform = async (task: Task): Promise<void> => {
    switch (task.kind) {
      case 'know':
        known.set(task.number, task);
        return;
      case 'forget':
        known.delete(task.number);
        return;
      case 'claim':
        for (const _ of workChunks(unpackJob(task.job, knownBy(task.job.module)), task.control)) {
          if (Atomics.load(task.control, CONTROL.stop) !== 0) break;
        }
        post.answer({ kind: 'done' }, []);
        return;
      case 'begin': {
        isStopped = false;
        const { shape, module } = knownBy(task.module);
        begun = { ...task, shape, module, instance: createInstance(shape, module, task.seed) };
        return;
      }
      case 'batch': {
        if (begun === null) throw new Error('a batch that belongs to no job');
        const columns = roomFor(begun.shape, begun.taps, task.inputs, task.numbers);
        if (!(await runBatch(columns))) {
          post.answer({ kind: 'batch', written: null }, []);
          return;
        }
        const written = writtenColumns(columns) as readonly Written[];
        post.answer(
          { kind: 'batch', written },
          written.map((column) => column.buffer),
        );
        return;
      }
      case 'stop':
        isStopped = true;
    }
  };

  return async (task) => {
    try {
      await perform(task);
    } catch (error) {
      // The others need not go on with what will not be whole.
      if (task.kind === 'claim') Atomics.store(task.control, CONTROL.stop, 1);
      post.answer({ kind: 'fault', message: error instanceof Error ? error.message : String(error) }, []);
    }
  };
}

function roomFor(
  shape: Shape,
  taps: Columns['taps'],
  inputs: readonly Float64Array[],
  numbers: Int32Array,
): Columns {
  const futures = numbers.length;
  const column = (): Float64Array => new Float64Array(futures);
  return {
    numbers,
    inputs,
    measures: Array.from({ length: shape.measures }, column),
    claims: Array.from({ length: shape.claims }, () => new Uint8Array(futures)),
    failedBy: new Int32Array(futures),
    failedAt: column(),
    imbalances: column(),
    clipped: Array.from({ length: shape.clipped }, column),
    taps: { ...taps, columns: Array.from({ length: taps.sources.length * taps.instants.length }, column) },
  };
}
