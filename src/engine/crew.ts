/**
 * Those who run the futures of an order: this thread alone, or several that share its columns. Chunks are claimed one
 * by one and written at the futures' own places, so that neither their order nor who ran them can be seen.
 */
import {
  type Columns,
  type CompiledModule,
  createInstance,
  type Instance,
  type Shape,
} from '../wasm/instance.ts';
import { finishing, type Host } from './host.ts';

/** What is to be run; plain data but for the columns' buffers, which threads share. */
export type Job = {
  readonly shape: Shape;
  readonly module: CompiledModule;
  readonly seed: number;
  readonly futures: number;
  /** The instant at which futures end; the last one where it is not said. */
  readonly until?: number;
  readonly columns: Columns;
};

/** Instants of all futures of a job. */
export const instantsOf = ({ futures, until, shape }: Omit<Job, 'columns' | 'module'>): number =>
  futures * ((until ?? shape.time.steps) + 1);

export type Crew = {
  /** Room for columns, where all of the crew can reach it. */
  readonly room: (bytes: number) => ArrayBuffer | SharedArrayBuffer;
  /** Rejects with `Stopped` where the host asked to stop, and with one error where a thread went wrong. */
  readonly run: (job: Job, host: Host) => Promise<void>;
};

/** Words that the crew shares: the next chunk that nobody has claimed, futures that are done, and whether to stop. */
export const CONTROL = { next: 0, done: 1, stop: 2, words: 3 } as const;

/**
 * Instances of this thread that wait for a job, by module; those of modules that nobody holds any more are gone. An instance has
 * its seed for good, and one that is at work is not among them.
 */
const waiting = new WeakMap<CompiledModule, { readonly seed: number; readonly instance: Instance }[]>();

/** So many wait for one module at most: short jobs follow each other by the thousand, and only few are at work at once. */
const MOST_WAITING = 4;

/** Claims chunks until there are none; rests between calls of a few milliseconds. */
export function* workChunks(job: Job, control: Int32Array<ArrayBufferLike>): Generator<void, void> {
  const { shape, module, seed } = job;
  const { capacity } = shape.layout;
  const spare = waiting.get(module) ?? [];
  waiting.set(module, spare);
  let instance: Instance | null = null;
  for (;;) {
    const from = Atomics.add(control, CONTROL.next, 1) * capacity;
    if (from >= job.futures || Atomics.load(control, CONTROL.stop) !== 0) break;
    const to = Math.min(from + capacity, job.futures);
    instance ??= takeOut(spare, seed) ?? createInstance(shape, module, seed);
    yield* instance.run(job.columns, from, to, job.until);
    Atomics.add(control, CONTROL.done, to - from);
    yield;
  }
  // One that was left in the midst of its work never comes here.
  if (instance !== null && spare.length < MOST_WAITING) spare.push({ seed, instance });
}

function takeOut(spare: { readonly seed: number; readonly instance: Instance }[], seed: number) {
  const at = spare.findIndex((one) => one.seed === seed);
  return at < 0 ? null : (spare.splice(at, 1)[0]?.instance ?? null);
}

/** This thread alone. */
export const soloCrew: Crew = {
  room: (bytes) => new ArrayBuffer(bytes),
  run: async (job, host) => {
    const control = new Int32Array(CONTROL.words);
    let told = 0;
    const telling: Host = {
      ...host,
      pause: async () => {
        const done = control[CONTROL.done] ?? 0;
        if (done > told) host.progress(done - told);
        told = done;
        return host.pause();
      },
    };
    await finishing(workChunks(job, control), telling);
    if (job.futures > told) host.progress(job.futures - told);
  },
};
