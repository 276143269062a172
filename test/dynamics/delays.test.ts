/** Delays and tables against closed forms. */
import { describe, expect, test } from 'vitest';
import { runText } from '../support/compile-text.ts';

const MODEL = 'model "Test"\nunit round\ntime 0 day .. 40 day by 1 day\n';
const measured = (body: string): Readonly<Record<string, number>> => runText(`${MODEL}${body}`).measures;

const SHIPPED = `input rate: round/day
  assumed 6 "for the test"
input until: day
  assumed 10 "for the test"
stock home: round = 100
  - shipped
stock underway: round = 0 round
  + shipped
  - arrived
stock front: round = 0 round
  + arrived
flow shipped: round/day = if time < until then rate else 0
`;

describe('a pipeline delay', () => {
  test('gives what went in one length ago, and loses nothing', () => {
    const { before, after, all, left } =
      measured(`${SHIPPED}flow arrived: round/day = delay(shipped, 7 day, 0)
measure before: round = at 7 day front
measure after: round = at 8 day front
measure all: round = final front
measure left: round = final underway
`);
    expect([before, after, all, left]).toEqual([0, 6, 60, 0]);
  });
  test('reads between two instants', () => {
    const { at8, all } = measured(`${SHIPPED}flow arrived: round/day = delay(shipped, 7.25 day, 0)
measure at8: round = at 8 day front
measure all: round = final front
`);
    expect(at8).toBeCloseTo(6 * 0.75, 12);
    expect(all).toBeCloseTo(60, 9);
  });
  test('gives the first value until something has come through', () => {
    const { m } = measured(
      'let grown: round = 3 round + time * 1 round/day\nlet late: round = delay(grown, 5 day)\nmeasure m: round = at 4 day late\n',
    );
    expect(m).toBe(3);
  });
  test('its length is what it was at the start', () => {
    const { m } = measured(
      'let grown: round = time * 1 round/day\nlet late: round = delay(grown, 2 day + time / 2)\nmeasure m: round = at 20 day late\n',
    );
    expect(m).toBe(18);
  });
});

test('a first-order material delay empties as an exponential would, step by step', () => {
  const { m, total } = measured(`let pulse_in: round/day = if time < 1 day then 80 round/day else 0
let out: round/day = delay1(pulse_in, 4 day, 0)
measure m: round/day = at 6 day out
measure total: round = total out
`);
  expect(m).toBeCloseTo((80 * 0.75 ** 5) / 4, 12);
  expect(total).toBeCloseTo(80 * (1 - 0.75 ** 39), 9);
});

test('a third-order delay is three first-order ones of a third of the length', () => {
  const { three, chain } = measured(
    `let in: round/day = if time < 3 day then 30 round/day else 0
let one: round/day = delay1(in, 4 day, 0)
let two: round/day = delay1(one, 4 day, 0)
let three_of_them: round/day = delay1(two, 4 day, 0)
let third: round/day = delay3(in, 12 day, 0)
measure three: round/day = at 15 day third
measure chain: round/day = at 15 day three_of_them
`
      .replaceAll('let in:', 'let inn:')
      .replaceAll('(in,', '(inn,'),
  );
  expect(three).toBeCloseTo(chain ?? Number.NaN, 12);
  expect(three).toBeGreaterThan(0);
});

test('smoothing closes its share of the gap each step; the third order is three in a row', () => {
  const { s1, s3, chain } = measured(`let jump: round = if time < 2 day then 0 round else 10 round
let one: round = smooth(jump, 5 day)
let three: round = smooth3(jump, 15 day)
let again: round = smooth(smooth(smooth(jump, 5 day), 5 day), 5 day)
measure s1: round = at 12 day one
measure s3: round = at 20 day three
measure chain: round = at 20 day again
`);
  expect(s1).toBeCloseTo(10 * (1 - 0.8 ** 10), 12);
  expect(s3).toBeCloseTo(chain ?? Number.NaN, 12);
});

test('feedback through a delay with a stated start is no circle; without one it is', () => {
  const text = (
    before: string,
  ): string => `let ordered: round/day = 10 round/day - delay(ordered, 3 day${before}) / 2
measure m: round/day = final ordered
`;
  expect(measured(text(', 0'))['m']).toBeCloseTo(20 / 3, 2);
  expect(() => measured(text(''))).toThrow('error[cycle]');
});

describe('a table', () => {
  const table = (kind: string, x: string): number =>
    measured(`table effect(day): share "effect" ${kind}
  assumed "for the test"
  0, 100%
  10, 40%
  20, 0
let found: share = effect(${x})
measure m: share = final found
`)['m'] ?? Number.NaN;
  test.each([
    ['linear', '0 day - 5 day', 1],
    ['linear', '5 day', 0.7],
    ['linear', '10 day', 0.4],
    ['linear', '15 day', 0.2],
    ['linear', '99 day', 0],
    ['held', '0 day - 5 day', 1],
    ['held', '9.99 day', 1],
    ['held', '10 day', 0.4],
    ['held', '19 day', 0.4],
    ['held', '99 day', 0],
  ])('%s at %s is %d', (kind, x, expected) => {
    expect(table(kind, x)).toBeCloseTo(expected, 12);
  });
  test('over dates', () => {
    const { m } = runText(`model "Test"
unit person
time 2024-01-01 .. 2024-01-05 by 1 day
table landings(date): person/day held
  assumed "for the test"
  2024-01-01, 54_000
  2024-01-03, 0
stock landed: person = 0 person
  + landing
flow landing: person/day = landings(time)
measure m: person = final landed
`).measures;
    expect(m).toBe(108_000);
  });
});
