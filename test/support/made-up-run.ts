/** Runs with made-up answers, so that a test meets every edge of a verdict exactly. */
import type { Ensemble, FailedFuture, Run, RunOrder } from '../../src/engine/ensemble.ts';

/** A run's answer: futures in which the first claim is true, and futures that failed. */
export function ensembleOf(
  futures: number,
  isTrue: (future: number) => boolean,
  failed: readonly number[] = [],
): Ensemble {
  return {
    futures,
    failed: failed.map((future): FailedFuture => ({ future, variable: 'x', instant: 0 })),
    dropped: [],
    given: [],
    failedInputs: failed.slice(0, 20).map(() => new Float64Array(0)),
    kept: [],
    measures: [Float64Array.from({ length: futures }, (_, future) => future)],
    claims: [Uint8Array.from({ length: futures }, (_, future) => (isTrue(future) ? 1 : 0))],
    clipped: [],
    imbalance: 0,
  };
}

/** Runs that answer with a share of true futures by how many futures are asked for; notes what was asked. */
export function fakeRun(
  shareAt: (futures: number) => number,
  failedAt: (futures: number) => number = () => 0,
): {
  readonly run: Run;
  readonly asked: number[];
} {
  const asked: number[] = [];
  const run: Run = async (order: RunOrder) => {
    const { futures } = order.design;
    if (order.redrawn.length === 0) asked.push(futures);
    const ones = Math.round(shareAt(futures) * futures);
    return ensembleOf(
      futures,
      (future) => future < ones,
      Array.from({ length: failedAt(futures) }, (_, number) => futures - 1 - number),
    );
  };
  return { run, asked };
}

/** Of all runs those for shares, each with more futures than the one before; behind them that of the basis, where it needs one. */
export const forShares = (asked: readonly number[]): readonly number[] =>
  asked.filter((futures, at) => at === 0 || futures > Math.max(...asked.slice(0, at)));
