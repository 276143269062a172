/** Where a window begins on an instant, what held until then is not in it. */
import { expect, test } from 'vitest';
import { differences, EMISSIONS } from '../support/both-engines.ts';
import { runText, soundText } from '../support/compile-text.ts';
import { orderOf } from '../support/run-order.ts';

const model = (reducer: string): string => `model "A window"
time 0 day .. 8 day by 1 day
unit t
input asked_for: t/day
  assumed from 0 day 9 "for the test"
  assumed from 2 day 3 "for the test"
stock store: t = 1_000
  - leaving
flow leaving: t/day = asked_for
measure found: t/day = ${reducer} over 2 day .. 8 day
`;

test.each([
  ['highest leaving', 3],
  ['lowest 0 t/day - leaving', -3],
  ['highest asked_for', 3],
  ['average leaving', 3],
])('%s', (reducer, expected) => {
  expect(runText(model(reducer)).measures['found']! * 1).toBeCloseTo(expected, 12);
});

// What is held turns at instants alone, and is in a window that begins after them from its first moment on.
test.each([
  ['ever asked_for > 5 t/day over 1.5 day .. 4 day', 1],
  ['ever asked_for > 5 t/day over 1.5 day .. 1.75 day', 1],
  ['ever asked_for > 5 t/day over 2 day .. 4 day', 0],
  ['ever asked_for < 5 t/day over 0.5 day .. 1.75 day', 0],
  ['always asked_for < 5 t/day over 1.5 day .. 4 day', 0],
  ['always asked_for < 5 t/day over 2 day .. 4.5 day', 1],
  ['always asked_for > 5 t/day over 0.5 day .. 1.5 day', 1],
  ['time until asked_for > 5 t/day over 1.5 day .. 4 day', 0],
  ['time until asked_for < 5 t/day over 1.5 day .. 4 day', 0.5],
  ['time until asked_for < 5 t/day over 0.5 day .. 1.5 day', Number.POSITIVE_INFINITY],
])('%s', (reducer, expected) => {
  const [text = ''] = model('final asked_for').split('measure');
  const measure = reducer.startsWith('time') ? 'found: day' : 'found';
  const { model: sound, program } = soundText(`${text}measure ${measure} = ${reducer}\n`);
  const order = orderOf(sound, program, 3);
  expect(differences(order, EMISSIONS)).toEqual([]);
  expect(runText(`${text}measure ${measure} = ${reducer}\n`).measures['found']).toBe(expected);
});
