/** The two operations that draw: held to the functions that every other draw is made of, to the last bit. */
import { expect, test } from 'vitest';
import { normalQuantile } from '../base/distributions/normal-quantile.ts';
import { PURPOSE, SECOND_DRAWS, uniform } from '../base/philox.ts';
import { apply, type Store } from './execute.ts';

const at = (seed: number, future: number): Store => ({ tables: [], histories: [], seed, future, instant: 0 });

test('a uniform number hangs on seed, future, occurrence, site and how often it is drawn anew', () => {
  const seeds = [0, 7, Number.MAX_SAFE_INTEGER];
  for (const seed of seeds) {
    for (const [future, occurrence, site] of [
      [0, 0, 0],
      [3, 0, 0],
      [0, 3, 0],
      [0, 0, 3],
      [99_999, 1_000_000, 0xffff_ffff],
    ] as const) {
      expect(apply('uniform', occurrence, site, 0, at(seed, future))).toBe(
        uniform(seed, future, occurrence, site, PURPOSE.inRun),
      );
      expect(apply('uniform', occurrence, site, 1, at(seed, future))).toBe(
        uniform(seed, future + SECOND_DRAWS, occurrence, site, PURPOSE.inRun),
      );
    }
  }
});

test('the normal quantile is the one that inputs are drawn by', () => {
  for (const u of [2 ** -54, 1e-9, 0.01, 0.25, 0.5, 0.75, 0.999_999, 1 - 2 ** -53])
    expect(apply('normal quantile', u, 0, 0, at(1, 0))).toBe(normalQuantile(u));
});
