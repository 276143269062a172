/**
 * A value that several registers stand for stays until the last of them is read, though locals are used again behind the last
 * row that reads their own register.
 */
import { expect, test } from 'vitest';
import { differences, EMISSIONS } from '../support/both-engines.ts';
import { soundText } from '../support/compile-text.ts';
import { orderOf } from '../support/run-order.ts';

const MODEL = `model "M"
time 0 day .. 8 day by 1 day using rk4
input a: 1
  assumed 1 to 9 "for the test"
input b: 1
  assumed 1 to 5 "for the test"
stock heap: 1 = b
  + coming
  + back
flow coming: 1/day = delay(a, 1 day) / 1 day
flow back: 1/day = delay(a, 1 day) / 1 day
let x0 = a
let x1 = a
let x2 = if a < 3 then x0 else x1
let x3 = a
let x4 = max(x1, x2) + (if a < 20 then a else x0)
event dated
  on 0 day, 2 day, 5 day
  sets a to b - a
event rated
  rate min(abs(a), 5) / 1 day
measure end = final x4 + heap
claim yes "Anything"
  end > 0`;

test.each(['using rk4', 'using euler'])('values that several registers hold, %s', (method) => {
  const { model, program } = soundText(MODEL.replace('using rk4', method));
  expect(differences(orderOf(model, program, 9), EMISSIONS)).toEqual([]);
});
