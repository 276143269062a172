/**
 * Models whose answer is known: the whole pipeline from text to a measured number is held to closed forms.
 * The runway table is arithmetic on the flagship's figures: 6 M rounds at 30,000 a day, with and without new ones.
 */
import { describe, expect, test } from 'vitest';
import { runText, soundText } from '../support/compile-text.ts';

const MODEL = 'model "Test"\nunit round\n';

/** 6 M rounds at 30,000 a day, with `made` a year coming in and a usable share. */
const runway = (
  step: string,
  made: string,
  usable: string,
): string => `${MODEL}time 2023-10-01 .. 2025-08-31 by ${step}
input made: round/year
  assumed ${made} "test"
input usable: share
  assumed ${usable} "test"
stock left: round = 6M round * usable
  + making
  - fired
flow making: round/day = made
flow fired: round/day = 30_000 round/day
measure lasts: day = time until left <= 0
`;

describe.each(['1 day', '1 week'])('the runway by %s', (step) => {
  test.each([
    ['0', '100%', 200],
    ['3.0M', '100%', 275.4],
    ['4.5M', '100%', 339.4],
    ['0', '50%', 100],
  ])('with %s made a year and %s usable', (made, usable, days) => {
    const { lasts } = runText(runway(step, made, usable)).measures;
    expect(lasts).toBeCloseTo(days, days % 1 === 0 ? 9 : 1);
  });
});

test('decay: Euler steps multiply by 1 - step/time', () => {
  const { left } = runText(`${MODEL}time 0 day .. 10 day by 1 day
stock stores: round = 1000
  - leaving
flow leaving: round/day = stores / 5 day
measure left: round = final stores
`).measures;
  expect(left).toBeCloseTo(1000 * 0.8 ** 10, 9);
});

test('logistic growth comes closer to its closed form the smaller the step', () => {
  const at = (step: string): number =>
    runText(`${MODEL}time 0 day .. 20 day by ${step}
input rate: 1/day
  assumed 0.3 "test"
stock grown: round = 10
  + growing
flow growing: round/day = rate * grown * (1 - grown / 500 round)
measure left: round = final grown
`).measures['left'] ?? Number.NaN;
  const exact = 500 / (1 + 49 * Math.exp(-0.3 * 20));
  const [coarse, fine, finest] = [at('1 day'), at('0.1 day'), at('0.01 day')].map((value) =>
    Math.abs(value - exact),
  );
  expect(fine).toBeLessThan((coarse ?? 0) / 5);
  expect(finest).toBeLessThan((fine ?? 0) / 5);
  expect(finest).toBeLessThan(exact * 2e-3);
});

test('a chain of stocks passes on what the first can give, within one step', () => {
  const { last, moved, wanted } = runText(`${MODEL}time 0 day .. 1 day by 1 day
stock first: round = 5
  - a
stock second: round = 0 round
  + a
  - b
stock third: round = 0 round
  + b
flow a: round/day = 8 round/day
flow b: round/day = 100 round/day
measure last: round = final third
measure moved: round = total a
measure wanted: round = total asked a
`).measures;
  expect([last, moved, wanted]).toEqual([5, 5, 8]);
});

test('in a loop of stocks each gives what it holds and what comes from outside the loop', () => {
  const { here, there } = runText(`${MODEL}time 0 day .. 1 day by 1 day
stock one: round = 6
  + back
  + fresh
  - out
stock two: round = 4
  + out
  - back
flow fresh: round/day = 1 round/day
flow out: round/day = 100 round/day
flow back: round/day = 3 round/day
measure here: round = final one
measure there: round = final two
`).measures;
  // One holds 6 and gets 1 from outside: it gives 7 and keeps the 3 that come back. Two gives 3 of its 4.
  expect([here, there]).toEqual([3, 8]);
});

test('outflows that ask for more than there is are scaled by one factor', () => {
  const { x, y, rest } = runText(`${MODEL}time 0 day .. 1 day by 1 day
stock stores: round = 9
  - a
  - b
flow a: round/day = 20 round/day
flow b: round/day = 10 round/day
measure x: round = total a
measure y: round = total b
measure rest: round = final stores
`).measures;
  expect(x).toBeCloseTo(6, 12);
  expect(y).toBeCloseTo(3, 12);
  expect(rest).toBe(0);
});

test('a flow below zero asks for nothing', () => {
  const { rest, wanted } = runText(`${MODEL}time 0 day .. 3 day by 1 day
stock stores: round = 9
  - leaving
flow leaving: round/day = 0 - 4 round/day
measure rest: round = final stores
measure wanted: round = total asked leaving
`).measures;
  expect([rest, wanted]).toEqual([9, 0]);
});

const SAWTOOTH = `${MODEL}time 2024-01-01 .. 2024-01-11 by 2 day
stock stores: round = 7
  - leaving
flow leaving: round/day = 1 round/day
let half: round = stores / 2 round * 1 round
`;

describe('reducers', () => {
  test.each([
    ['final stores', 0],
    ['at 2024-01-04 stores', 4],
    ['at 2024-01-07 stores', 1],
    ['at 2024-01-08 stores', 0],
    ['highest stores', 7],
    ['lowest stores over 2024-01-02 .. 2024-01-04', 4],
    ['total leaving', 7],
    ['total asked leaving', 10],
    ['total leaving over 2024-01-02 .. 2024-01-04', 2],
    ['average stores over 2024-01-01 .. 2024-01-05', 5],
    ['average stores', 2.45],
    ['average leaving', 0.7],
    ['time until stores <= 0', 7],
    ['time until stores < 5 round', 2],
    ['time until stores < 5 round from 2024-01-02', 1],
    ['time until time >= 2024-01-04', 3],
    ['time until stores > 8 round', Number.POSITIVE_INFINITY],
    ['time until stores > 6 round and stores < 6.5 round', 0.5],
    ['ever stores < 1 round', 1],
    ['ever stores < 1 round over 2024-01-01 .. 2024-01-05', 0],
    ['always stores >= 0', 1],
    ['always stores > 1 round', 0],
    ['always stores > 1 round over 2024-01-01 .. 2024-01-06', 1],
  ])('%s is %d', (reduction, expected) => {
    const value = runText(`${SAWTOOTH}measure m = ${reduction}\n`).measures['m'];
    expect(value).toBeCloseTo(expected, 12);
  });
});

test('arrays: elements, sums, and one flow for all', () => {
  const { all, least, north } = runText(`${MODEL}time 0 day .. 2 day by 1 day
actor North
actor South
group Side = North, South
input pace[Side]: round/day
  assumed[North] 3 "test"
  assumed[South] 5 "test"
stock arsenal[Side]: round = 10
  + made
flow made[Side]: round/day = pace
measure all: round = final sum(arsenal over Side)
measure least: round = final min(arsenal over Side)
measure north: round = final arsenal[North]
`).measures;
  expect([all, least, north]).toEqual([36, 16, 16]);
});

test('a future that is no number any more is data, with the first variable and its date', () => {
  const { future } = runText(`${MODEL}time 2024-01-01 .. 2024-01-05 by 1 day
stock stores: round = 3
  - leaving
flow leaving: round/day = 1 round/day
let ratio: share = 1 round / stores
measure m: share = final ratio
`);
  expect(future.failure).toEqual({ variable: 'ratio', instant: 3 });
  expect(future.measures.length).toBe(0);
});

test('by-step results do not hang on the order of the text', () => {
  const lines = [
    'let twice: round = stores * 2',
    'stock stores: round = start\n  - leaving',
    'flow leaving: round/day = twice / 10 day',
    'let start: round = 100 round',
    'measure m: round = final twice',
  ];
  const value = (text: readonly string[]): number | undefined =>
    runText(`${MODEL}time 0 day .. 5 day by 1 day\n${text.join('\n')}\n`).measures['m'];
  expect(value([...lines].reverse())).toBe(value(lines));
  expect(value(lines)).toBeCloseTo(200 * 0.8 ** 5, 9);
});

test('units are converted once, when the model is checked', () => {
  const { model } = soundText(`${MODEL}time 0 day .. 1 week by 1 day
unit container = 480 round
let a: container = 960 round
measure m: container = final a
measure n: round/year = final a / 1 year
`);
  expect(model.measures.map(({ unit }) => unit.text)).toEqual(['container', 'round/year']);
  const { m, n } = runText(`${MODEL}time 0 day .. 1 week by 1 day
unit container = 480 round
let a: container = 960 round
measure m: container = final a
measure n: round/year = final a / 1 year
`).measures;
  expect(m).toBe(2);
  expect(n).toBeCloseTo(960, 9);
});

test('the last instant can be named where tenths of a day do not add up as floats', () => {
  const { at_end } = runText(`${MODEL}time 0 day .. 2.1 day by 0.7 day
stock stores: round = 0 round
  + coming
flow coming: round/day = 1 round/day
measure at_end: round = at 2.1 day stores
`).measures;
  expect(at_end).toBeCloseTo(2.1, 12);
});
