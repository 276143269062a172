/** A worker of the engine, as a browser starts it. */
import { createWorker, type Task } from '../engine/worker-task.ts';

const { port1, port2 } = new MessageChannel();

const hear = createWorker({
  answer: (answer, transferred) => self.postMessage(answer, { transfer: [...transferred] }),
  // A message to oneself comes back behind those that have already come; a timer would wait for milliseconds.
  rest: () =>
    new Promise((resolve) => {
      port1.onmessage = () => resolve();
      port2.postMessage(null);
    }),
});
self.onmessage = ({ data }: MessageEvent<Task>) => void hear(data);
