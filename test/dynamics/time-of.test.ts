/** When a value is at its highest or lowest: on parabolas, on stocks that run empty, on what jumps and on what is flat. */
import { expect, test } from 'vitest';
import { runText } from '../support/compile-text.ts';

const timesBy = (step: string, lines: string): Readonly<Record<string, number>> => {
  const { future, measures } = runText(`model "M"\ntime 0 day .. 20 day by ${step}\nunit t\n${lines}`);
  expect(future.failure).toBeNull();
  return measures;
};

test.each(['0.5 day', '1 day'])('a parabola peaks at its top, by %s', (step) => {
  const found = timesBy(
    step,
    `let hill: day^2 = (time - 2 day) * (18 day - time)
measure top: day = time of highest hill
measure bottom: day = time of lowest hill
measure late: day = time of highest hill over 12 day .. 20 day
measure counted: day = time of highest hill from 4 day
measure later: day = time of lowest hill over 4 day .. 19 day
`,
  );
  expect(found).toEqual({ top: 10, bottom: 0, late: 0, counted: 6, later: 15 });
});

test.each(['1 day', '4 day', '5 day'])(
  'a stock that runs empty is at its lowest from then on, by %s',
  (step) => {
    const found = timesBy(
      step,
      `stock heap: t = 7
  - gone
flow gone: t/day = 1 t / 1 day
measure empty: day = time of lowest heap
measure most_missing: day = time of highest (7 t - heap)
measure capped: day = time of highest min(7 t - heap, 3 t)
measure full: day = time of highest heap
measure seen: day = time of lowest heap from 2 day
measure never_changes: day = time of highest 0 * heap
`,
    );
    expect(found['empty']).toBeCloseTo(7, 9);
    expect(found['most_missing']).toBeCloseTo(7, 9);
    expect(found['capped']).toBeCloseTo(3, 9);
    expect(found['seen']).toBeCloseTo(5, 9);
    expect([found['full'], found['never_changes']]).toEqual([0, 0]);
  },
);

test('what jumps is at its highest from the instant of the jump', () => {
  const found = timesBy(
    '2 day',
    `let jump: t = step(5 t, 8 day)
flow going: t/day = step(3 t/day, 8 day)
measure of_flow: day = time of highest going
measure in_flow: day = time of highest step(5 t, 7 day)
`,
  );
  expect(found).toEqual({ of_flow: 8, in_flow: 7 });
});

test('what is no number at some instant has no time either', () => {
  const { future } = runText(
    `model "M"\ntime 0 day .. 4 day by 1 day\nmeasure bad: day = time of highest 1 day / (time - 2 day)\n`,
  );
  expect(future.failure?.variable).toBe('bad');
});
