/** rk4, signed stocks and two-way flows, against closed forms and a published combat. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { runText } from '../support/compile-text.ts';

const teacup = (step: string, method: string): number =>
  runText(`model "Teacup"
unit degree
time 0 day .. 30 day by ${step}${method}
stock temperature: degree = 180
  - cooling
flow cooling: degree/day = (temperature - 70 degree) / 10 day
measure left: degree = final temperature
`).measures['left'] ?? Number.NaN;

test('cooling by rk4 meets the exponential to the fourth order, by Euler to the first', () => {
  const exact = 70 + 110 * Math.exp(-3);
  const error = (step: string, method: string): number => Math.abs(teacup(step, method) - exact);
  expect(error('1 day', ' using rk4')).toBeLessThan(1e-4);
  expect(error('1 day', ' using rk4') / error('0.5 day', ' using rk4')).toBeGreaterThan(14);
  expect(error('1 day', '') / error('0.5 day', '')).toBeCloseTo(2, 0);
  expect(teacup('1 day', ' using euler')).toBe(teacup('1 day', ''));
});

const OSCILLATOR = `model "Swing"
unit metre
time 0 day .. 10 day by 0.01 day using rk4
stock place: metre signed = 1
  + moving
stock speed: metre/day signed = 0
  - pulling
flow moving: metre/day two-way = speed
flow pulling: metre/day^2 two-way = place / (1 day * 1 day)
measure where: metre = final place
measure lowest_place: metre = lowest place
measure swung: metre = total moving
`;

test('an undamped oscillator keeps its swing, below nothing and back', () => {
  const { where, lowest_place, swung } = runText(OSCILLATOR).measures;
  expect(where).toBeCloseTo(Math.cos(10), 8);
  expect(lowest_place).toBeCloseTo(-1, 4);
  expect(swung).toBeCloseTo(Math.cos(10) - 1, 8);
});

test('a step of rk4 rations once and balances like a step of Euler', () => {
  const { future, measures } = runText(`model "Drain"
unit round
time 0 day .. 6 day by 2 day using rk4
stock stores: round = 5
  - leaving
stock gone: round = 0 round
  + leaving
flow leaving: round/day = 2 round/day
measure empty: day = time until stores <= 0
measure total_gone: round = final gone
`);
  expect(measures).toEqual({ empty: 2.5, total_gone: 5 });
  expect(future.imbalance).toBeLessThan(1e-15);
});

test.each(['0 day .. 4 day', '2024-01-01 .. 2024-01-05', '-2 day .. 2 day'])(
  'what begins and ends on a step counts in full by rk4 (%s)',
  (span) => {
    const start = span.split(' .. ')[0];
    const { much } = runText(`model "Open for two days"
unit t
time ${span} by 0.1 day using rk4
stock heap: t = 0
  + coming
flow coming: t/day = if ${start} + 1 day <= time < ${start} + 3 day then 6 t/day else 0
measure much: t = final heap
`).measures;
    expect(much).toBeCloseTo(12, 12);
  },
);

/** A front that moves as far as the guns have what they ask for. */
const front = (
  time: string,
  advance: string,
  { asked = '3 round/day', start = 601, made = '0' } = {},
): Readonly<Record<string, number>> =>
  runText(`model "Front"
unit round
unit km
time 0 day .. 400 day by ${time}
stock rounds: round = ${start}
  + coming
  - fired
flow coming: round/day = ${made}
flow fired: round/day = ${asked}
stock front: km = 0
  + advance
flow advance: km/day = ${advance}
measure gone: km = final front
measure used: round = total fired
measure reached: day = time until front >= 100 km
`).measures;

describe('an equation that reads what flowed of a stock that is emptied', () => {
  const READERS = {
    'what flowed': 'fired / (3 round) * 1 km',
    'the share of what was asked': 'fired / asked fired * 1 km/day',
    'whether all was there': 'if fired < asked fired then 0 else 1 km/day',
  };

  test.each(Object.values(READERS))(
    'sees under rk4 what it sees under Euler where nothing is asked anew: %s',
    (reader) => {
      fc.assert(
        fc.property(
          fc.constantFrom('1 day', '5 day', '8 day', '20 day'),
          fc.integer({ min: 1, max: 1500 }),
          fc.constantFrom('0', '1 round/day', '2.5 round/day'),
          (step, start, made) => {
            const [rk4, euler] = [' using rk4', ''].map((method) =>
              front(`${step}${method}`, reader, { start, made }),
            );
            for (const name of ['gone', 'used', 'reached'])
              if (rk4?.[name] !== euler?.[name])
                expect(rk4?.[name]).toBeCloseTo(euler?.[name] ?? Number.NaN, 9);
          },
        ),
        { numRuns: 60 },
      );
    },
  );

  test.each([
    ['grows with the front', '3 round/day * (1 + front / 200 km)', READERS['the share of what was asked']],
    ['grows with the front', '3 round/day * (1 + front / 200 km)', READERS['what flowed']],
    ['falls with the stock', 'rounds / 50 day + 1 round/day', READERS['the share of what was asked']],
    ['falls with the stock', 'rounds / 50 day + 1 round/day', READERS['what flowed']],
  ])('comes by rk4 nearer to what a fine step gives where what is asked %s (%s; %s)', (_, asked, reader) => {
    const fine = front('0.02 day', reader, { asked })['gone'] ?? Number.NaN;
    const error = (time: string): number =>
      Math.abs((front(time, reader, { asked })['gone'] ?? Number.NaN) - fine);
    // Where all of it is fired at last, both methods end at the same place.
    expect(error('10 day using rk4')).toBeLessThan(Math.max(error('10 day') / 20, 1e-6));
  });
});
