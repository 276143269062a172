/** Where a window begins on an instant, what held until then is not in it. */
import { expect, test } from 'vitest';
import { runText } from '../support/compile-text.ts';

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
