/** Long work of a verb: with a bar while it goes on, and ended by Ctrl-C without an answer. */
import { Stopped } from '../engine/ensemble.ts';
import type { Host } from '../engine/host.ts';
import { EXIT, progressBar, writeData, writeNote } from './output.ts';

/** What is written to the output, in parts, and the note behind it. */
export type Answer = readonly [data: Iterable<string>, next: string | null];

const SAID = 'Stopped before the end; no answer was written.';

const endAtOnce = (): void => {
  writeNote(SAID);
  process.exit(EXIT.stopped);
};

/** Until long work begins, Ctrl-C ends the process in the same way: nothing has been written yet. */
export const endWhereInterrupted = (): void => void process.once('SIGINT', endAtOnce);

/** Writes what was worked out, with a bar until it is there and nothing if it was stopped before. */
export async function untilStopped(planned: number, work: (host: Host) => Promise<Answer>): Promise<number> {
  const progress = progressBar(planned);
  let stopped = false;
  const stop = (): void => {
    stopped = true;
  };
  // In this order: without any listener Node drops a signal that has come and was not told yet.
  process.once('SIGINT', stop);
  process.removeListener('SIGINT', endAtOnce);
  try {
    const pause = (): Promise<boolean> => new Promise((resolve) => setImmediate(() => resolve(stopped)));
    const [data, next] = await work({ pause, progress: progress.add });
    // Short work may be done before it looks.
    if (await pause()) throw new Stopped();
    progress.end();
    for (const part of data) writeData(part);
    if (next !== null) writeNote(next);
    return EXIT.fine;
  } catch (error) {
    progress.end();
    if (!(error instanceof Stopped)) throw error;
    writeNote(SAID);
    return EXIT.stopped;
  } finally {
    process.removeListener('SIGINT', stop);
  }
}
