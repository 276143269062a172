/**
 * Models near the limits of `src/base/limits.ts` become modules that V8 takes, with the bits of the interpreter: code that
 * is too long for one function is written in parts.
 */
import { describe, expect, it } from 'vitest';
import { figuresOf } from '../../src/ledger/viewpoint-order.ts';
import { differences } from '../support/both-engines.ts';
import { soundText } from '../support/compile-text.ts';

const group = (elements: number): string =>
  `group Cell = ${Array.from({ length: elements }, (_, number) => `e${number}`).join(', ')}`;

const HEAD = `model "Large"
time 0 day .. 2 day by 1 day
input a: 1
  assumed 1 to 2 "made up"`;

const rk4 = (text: string): string => text.replace('by 1 day', 'by 1 day using rk4');

const SUMS = `${HEAD}
${group(30_000)}
input b[Cell]: 1
  assumed 1 to 3 "made up"
let x[Cell] = a + b
stock s: 1 = sum(b over Cell)
  - out
flow out: 1/day = s / (a * 1 day)
let all = sum(x over Cell)
measure at_once = final sum(x over Cell)
measure on_the_way = average sum(x over Cell)
measure most = highest all
claim yes "All of it"
  at_once > most`;

const WIDE_SUM = `${HEAD}
${group(60_000)}
let x[Cell] = a + a
measure m = final sum(x over Cell)
claim yes "All of it"
  m > 0`;

const STOCKS = `${HEAD}
${group(20_000)}
stock s[Cell]: 1 = a
  - out
stock pool: 1 = a
  + gained
flow out[Cell]: 1/day = s / (2 * a * 1 day)
flow gained: 1/day = sum(out over Cell) / a
measure left = average sum(s over Cell)
measure late = final pool
claim yes "Anything"
  left < late`;

const MEASURES = `${HEAD}
${group(9_999)}
let x[Cell] = a + a
measure m[Cell] = final x
measure highest_of_all = highest a
claim yes "All of it"
  sum(m over Cell) > highest_of_all`;

// As many comparisons, between which the highest one changes within a step.
const COMPARED = `${HEAD}
${group(150)}
input b[Cell]: 1
  assumed 1 to 3 "made up"
stock s[Cell]: 1 = 3 * b
  - out
flow out[Cell]: 1/day = b * b / 1 day
measure soon: day = time until max(s over Cell) < 4
measure seldom = always max(s over Cell) > 2
measure never_empty = ever min(s over Cell) <= 0
measure mean = average max(s over Cell)
claim yes "Anything"
  soon < 1 day`;

describe('a large model has the bits of the interpreter', () => {
  it.each([
    ['sums over an array in starts, equations and measures', SUMS],
    ['a sum over 60,000 elements', WIDE_SUM],
    ['20,000 stocks', STOCKS],
    ['20,000 stocks under rk4', rk4(STOCKS)],
    ['10,000 measures in one claim', MEASURES],
    ['a condition of hundreds of comparisons', COMPARED],
    ['the same under rk4', rk4(COMPARED)],
  ])(
    '%s',
    (_, text) => {
      const { model, program } = soundText(text);
      const [viewpoint] = model.viewpoints;
      const order = {
        program,
        design: { kind: 'monte-carlo', futures: 2, seed: 3 },
        figures: viewpoint === undefined ? [] : figuresOf(model, viewpoint),
        forced: [],
        redrawn: [],
        correlations: [],
      } as const;
      expect(differences(order, [{ wide: true }])).toEqual([]);
    },
    60_000,
  );
});
