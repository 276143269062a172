/** Steps, pulses and ramps: on the instants that the text names, whatever the step, and where they stand. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runText } from '../../test/support/compile-text.ts';

const measured = (time: string, lines: string): Readonly<Record<string, number>> => {
  const { future, measures } = runText(`model "x"\ntime ${time}\nunit t\n${lines}`);
  expect(future.failure).toBeNull();
  return measures;
};

test('a pulse of one tenth of a day is one step, wherever it begins on a grid of tenths', () => {
  for (let tenth = 0; tenth < 40; tenth++) {
    const at = `(0.1 day * ${tenth})`;
    const lines = `measure given: t = total pulse(1 t/day, ${at}, 0.1 day)\n`;
    expect(measured('0 day .. 5 day by 0.1 day', lines)['given'], at).toBeCloseTo(0.1, 12);
  }
});

test('repeated pulses give what so many of them hold, by any step', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('0.1', '0.2', '0.05', '0.025'),
      fc.integer({ min: 0, max: 30 }),
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 0, max: 5 }),
      (step, from, length, gap) => {
        const every = length + gap;
        const tenths = (count: number): string => `(0.2 day * ${count})`;
        const given = measured(
          `0 day .. 12 day by ${step} day`,
          `measure given: t = total pulse(1 t/day, ${tenths(from)}, ${tenths(length)}, ${tenths(every)})\n`,
        )['given'];
        let wanted = 0;
        for (let at = from; at < 60; at++) if ((at - from) % every < length) wanted += 0.2;
        expect(given).toBeCloseTo(wanted, 9);
      },
    ),
  );
});

test('a step and a ramp that begin with it meet the stocks they fill', () => {
  const found = measured(
    '2024-01-01 .. 2024-03-01 by 1 day',
    [
      'stock filled: t = 0',
      '  + stepped',
      'flow stepped: t/day = step(2 t/day, 2024-01-11)',
      'let level: t = ramp(2 t/day, 2024-01-11, 2024-01-21)',
      'measure half: t = at 2024-01-16 filled - level',
      'measure end: t = final filled',
      'measure top: t = final level',
      'measure begins: day = time until filled > 0 from 2024-01-01',
      '',
    ].join('\n'),
  );
  expect(found).toEqual({ half: 0, end: 100, top: 20, begins: 10 });
});

test('in a measure a step turns a condition at its own instant, between two of the model', () => {
  const { turns } = measured(
    '2024-01-01 .. 2024-02-26 by 1 week',
    'measure turns: day = time until step(1 t, 2024-01-11) >= 1 t from 2024-01-01\n',
  );
  expect(turns).toBe(10);
});

test('instants that are drawn are taken as they are', () => {
  const found = measured(
    '0 day .. 10 day by 1 day',
    'input halt: day\n  assumed 3.5 "for the test"\nmeasure given: t = total pulse(1 t/day, halt, 3 day)\n',
  );
  // Seen at the instants 4, 5 and 6.
  expect(found['given']).toBe(3);
});

test('a stage of rk4 sees the step of its first value', () => {
  const lines = [
    'stock filled: t = 0',
    '  + given',
    'flow given: t/day = pulse(6 t/day, 3 day, 2 day)',
    'measure before: t = at 3 day filled',
    'measure after: t = at 5 day filled',
    'measure end: t = final filled',
  ];
  const found = measured('0 day .. 10 day by 1 day using rk4', `${lines.join('\n')}\n`);
  expect(found).toEqual({ before: 0, after: 12, end: 12 });
});

test('a condition turns where it must, around what bends or jumps within a step', () => {
  const lines = [
    'stock rising: t = 0',
    '  + comes',
    'stock falling: t = 10',
    '  - goes',
    'flow comes: t/day = 1 t/day',
    'flow goes: t/day = 1 t/day',
    // They meet at 5 on day 5; by then the greater falls, from then on it rises.
    'measure top: day = time until max(rising, falling) <= 5.5 t from 0 day',
    'measure later: day = time until max(rising, falling) >= 6.5 t from 5 day',
    'measure low: day = time until min(rising, falling) >= 4.5 t from 0 day',
    'measure inside: day = time until clamp(rising, 2 t, 6 t) >= 3.2 t from 0 day',
    'measure apart: day = time until abs(rising - falling) <= 1 t from 0 day',
    // On day 4 the step lifts it from 4 to 7, past 6.5; without it that would be on day 6.5.
    'measure lifted: day = time until rising + step(3 t, 4 day) >= 6.5 t from 0 day',
    'measure risen: day = time until rising + step(3 t, 4 day) >= 7.5 t from 0 day',
    'measure before: day = time until rising + step(3 t, 4 day) >= 3.3 t from 0 day',
    '',
  ];
  expect(measured('0 day .. 14 day by 7 day', lines.join('\n'))).toEqual({
    top: 4.5,
    later: 1.5,
    low: 4.5,
    inside: 3.2,
    apart: 4.5,
    lifted: 4,
    risen: 4.5,
    before: 3.3,
  });
});
