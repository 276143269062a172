/** What an engine asks of its host: it knows no clock and no events of its own. */
import { Stopped } from './ensemble.ts';

export type Host = {
  /** Lets the host breathe between chunks; true asks to stop. */
  readonly pause: () => Promise<boolean>;
  /** Hears of every chunk. */
  readonly progress: (futures: number) => void;
};

/** Goes on with a piece of work, breathing wherever it rests; rejects with `Stopped` where the host asks to stop. */
export async function finishing<Result>(work: Generator<void, Result>, host: Host): Promise<Result> {
  let part = work.next();
  while (!part.done) {
    if (await host.pause()) throw new Stopped();
    part = work.next();
  }
  return part.value;
}

/** Goes on with a piece of work to its end, without a breath. */
export function finished<Result>(work: Generator<void, Result>): Result {
  let part = work.next();
  while (!part.done) part = work.next();
  return part.value;
}
