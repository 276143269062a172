/**
 * Those who run the futures of an order: this thread alone, or several that share its columns. Chunks are claimed one
 * by one and written at the futures' own places, so that neither their order nor who ran them can be seen.
 */
import { type Columns, type CompiledModule, createInstance, type Shape } from '../wasm/instance.ts';
import { finishing, type Host } from './host.ts';

/** What is to be run; plain data but for the columns' buffers, which threads share. */
export type Job = {
  readonly shape: Shape;
  readonly module: CompiledModule;
  readonly seed: number;
  readonly futures: number;
  readonly columns: Columns;
};

export type Crew = {
  /** Room for columns, where all of the crew can reach it. */
  readonly room: (bytes: number) => ArrayBuffer | SharedArrayBuffer;
  /** Rejects with `Stopped` where the host asked to stop, and with one error where a thread went wrong. */
  readonly run: (job: Job, host: Host) => Promise<void>;
};

/** Words that the crew shares: the next chunk that nobody has claimed, futures that are done, and whether to stop. */
export const CONTROL = { next: 0, done: 1, stop: 2, words: 3 } as const;

/** Claims chunks until there are none; rests between calls of a few milliseconds. */
export function* workChunks(job: Job, control: Int32Array<ArrayBufferLike>): Generator<void, void> {
  const { capacity } = job.shape.layout;
  const instance = createInstance(job.shape, job.module, job.seed);
  for (;;) {
    const from = Atomics.add(control, CONTROL.next, 1) * capacity;
    if (from >= job.futures || Atomics.load(control, CONTROL.stop) !== 0) return;
    const to = Math.min(from + capacity, job.futures);
    yield* instance.run(job.columns, from, to);
    Atomics.add(control, CONTROL.done, to - from);
    yield;
  }
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
