/** rk4, signed stocks and two-way flows, against closed forms and a published combat. */
import { expect, test } from 'vitest';
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
