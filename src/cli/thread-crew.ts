/**
 * Worker threads that share the columns of a run. They are started at the first order that is worth them, and wait for
 * the next one between orders; none of them keeps the process alive.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { CONTROL, type Crew, type Job, soloCrew } from '../engine/crew.ts';
import { Stopped } from '../engine/ensemble.ts';

/** What a thread is told, and what it answers. */
export type ThreadTask = { readonly job: Job; readonly control: Int32Array };
export type ThreadAnswer = { readonly fault: string | null };

/** Operations below which handing a job to other threads takes longer than doing it. */
const WORTH = 30_000_000;
/** Milliseconds between two looks at how far the threads are. */
const LOOK = 20;

const ENTRY = new URL('./engine-thread.js', import.meta.url);

/** @param size threads, at least 2; with fewer take `soloCrew` */
export function createThreadCrew(size: number, entry: URL = ENTRY): Crew {
  let threads: readonly Worker[] = [];
  const start = (): readonly Worker[] => {
    if (threads.length > 0) return threads;
    threads = Array.from({ length: size }, () => {
      const thread = new Worker(entry);
      thread.unref();
      return thread;
    });
    return threads;
  };
  const end = async (): Promise<void> => {
    const all = threads;
    threads = [];
    await Promise.all(all.map((thread) => thread.terminate()));
  };
  return {
    room: (bytes) => new SharedArrayBuffer(bytes),
    run: async (job, host) => {
      if (job.futures * (job.shape.time.steps + 1) * job.shape.work < WORTH) return soloCrew.run(job, host);
      const control = new Int32Array(new SharedArrayBuffer(CONTROL.words * 4));
      let isDone = false;
      const answers = Promise.all(start().map((thread) => hand(thread, { job, control }))).finally(() => {
        isDone = true;
      });
      // Looked at below, once it is settled.
      answers.catch(() => {});
      let told = 0;
      let stopped = false;
      while (!isDone) {
        await Promise.race([answers.catch(() => {}), sleep(LOOK)]);
        const done = Atomics.load(control, CONTROL.done);
        if (done > told) host.progress(done - told);
        told = done;
        if (!stopped && (await host.pause())) {
          stopped = true;
          Atomics.store(control, CONTROL.stop, 1);
        }
      }
      try {
        await answers;
      } catch (fault) {
        await end();
        throw fault;
      }
      if (stopped) throw new Stopped();
    },
  };
}

/** Resolves when the thread has no more chunks to claim; rejects with what went wrong in it. */
function hand(thread: Worker, task: ThreadTask): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (then: () => void): void => {
      thread.off('message', answered).off('error', failed).off('exit', left);
      then();
    };
    const answered = ({ fault }: ThreadAnswer): void =>
      settle(() =>
        fault === null ? resolve() : reject(new Error(`a thread of the engine failed: ${fault}`)),
      );
    const failed = (error: Error): void =>
      settle(() => reject(new Error(`a thread of the engine failed: ${error.message}`, { cause: error })));
    const left = (code: number): void =>
      settle(() => reject(new Error(`a thread of the engine ended with code ${code}`)));
    thread.on('message', answered).on('error', failed).on('exit', left);
    thread.postMessage(task);
  });
}
