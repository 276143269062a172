/** A thread of the engine: takes jobs, claims chunks of them until none are left, and says so. */
import { parentPort } from 'node:worker_threads';
import { CONTROL, workChunks } from '../engine/crew.ts';
import type { ThreadAnswer, ThreadTask } from './thread-crew.ts';

parentPort?.on('message', ({ job, control }: ThreadTask) => {
  const answer = (fault: string | null): void => parentPort?.postMessage({ fault } satisfies ThreadAnswer);
  try {
    for (const _ of workChunks(job, control)) {
      if (Atomics.load(control, CONTROL.stop) !== 0) break;
    }
    answer(null);
  } catch (error) {
    // The others need not go on with what will not be whole.
    Atomics.store(control, CONTROL.stop, 1);
    answer(error instanceof Error ? error.message : String(error));
  }
});
