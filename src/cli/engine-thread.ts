/** A thread of the engine, as Node starts it. */
import { setImmediate as rest } from 'node:timers/promises';
import { parentPort } from 'node:worker_threads';
import { createWorker, type Task } from '../engine/worker-task.ts';

const hear = createWorker({
  answer: (answer, transferred) => parentPort?.postMessage(answer, [...transferred]),
  rest: () => rest(),
});
parentPort?.on('message', (task: Task) => void hear(task));
