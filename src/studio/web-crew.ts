/**
 * A crew of web workers. In a page that is isolated from other origins they share the columns of a run; elsewhere their
 * parts are handed to and fro. A worker that runs out of memory takes its page with it, so that nobody is left to tell.
 */
import {
  createWorkerCrew,
  type Ears,
  type Link,
  type Staff,
  type WorkerCrew,
} from '../engine/worker-crew.ts';
import type { Answer } from '../engine/worker-task.ts';

export type WebOptions = Partial<Pick<Staff, 'worth'>> & {
  /** Starts the script of a worker; a page that must have all in one file brings its own way. */
  readonly startWorker?: () => Worker;
};

/** @param size web workers, at least 2; with fewer take `soloCrew` */
export function createWebCrew(size: number, options: WebOptions = {}): WorkerCrew {
  const { startWorker = startEngineWorker, ...rest } = options;
  return createWorkerCrew({
    size,
    sharesMemory: crossOriginIsolated,
    sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    start: (ears) => linkTo(startWorker(), ears),
    ...rest,
  });
}

// Bundlers find the worker's script by this very form.
const startEngineWorker = (): Worker =>
  new Worker(new URL('./engine-worker.ts', import.meta.url), { type: 'module' });

function linkTo(worker: Worker, { answered, failed }: Ears): Link {
  worker.onmessage = ({ data }: MessageEvent<Answer>) => answered(data);
  worker.onmessageerror = () => failed('its answer could not be read');
  worker.onerror = (event) => {
    event.preventDefault();
    // A script that cannot be loaded has no message.
    failed(event.message || 'its script could not be loaded');
  };
  return {
    send: (task, transferred) => worker.postMessage(task, [...transferred]),
    end: async () => {
      worker.onmessage = null;
      worker.onmessageerror = null;
      worker.onerror = null;
      worker.terminate();
    },
  };
}
