/** A crew of Node's worker threads. None of them keeps the process alive. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import {
  createWorkerCrew,
  type Ears,
  type Link,
  type Staff,
  type WorkerCrew,
} from '../engine/worker-crew.ts';
import type { Answer } from '../engine/worker-task.ts';

const ENTRY = new URL('./engine-thread.js', import.meta.url);

export type ThreadOptions = Partial<Pick<Staff, 'sharesMemory' | 'worth'>> & {
  /** The script of every thread. */
  readonly entry?: URL;
};

/** @param size threads, at least 2; with fewer take `soloCrew` */
export function createThreadCrew(size: number, options: ThreadOptions = {}): WorkerCrew {
  const { entry = ENTRY, sharesMemory = true, ...rest } = options;
  return createWorkerCrew({
    size,
    sharesMemory,
    sleep: (milliseconds) => sleep(milliseconds),
    start: (ears) => startThread(entry, ears),
    ...rest,
  });
}

function startThread(entry: URL, { answered, failed }: Ears): Link {
  const thread = new Worker(entry);
  thread.on('message', (answer: Answer) => answered(answer));
  // What ended a thread is told before that it has ended.
  thread.on('error', (error: NodeJS.ErrnoException) =>
    failed(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'it ran out of memory' : error.message),
  );
  thread.on('messageerror', (error) => failed(error.message));
  thread.on('exit', (code) => failed(`it ended with code ${code}`));
  // Last, as listening for messages keeps the process alive.
  thread.unref();
  return {
    send: (task, transferred) => thread.postMessage(task, [...transferred]),
    end: async () => {
      thread.removeAllListeners();
      // What ends it must not end the process, too.
      thread.on('error', () => {});
      await thread.terminate();
    },
  };
}
