/** Which variable a failed future is put down to: the one that went wrong first, not one that only read it. */
import { describe, expect, test } from 'vitest';
import { runText } from '../support/compile-text.ts';

const failureOf = (declarations: string, method = ''): unknown =>
  runText(`model "M"\ntime 0 day .. 10 day by 1 day${method}\nunit t\n${declarations}`).future.failure;

/** Declared against the order in which they are worked out: what reads stands above what is read. */
const BACKWARDS = `stock heap: t = 5
  + piled
flow piled: t/day = rate * 1 t/day
let rate = 1 / gap
let gap = if time < 3 day then 1 else 0
measure left: t = final heap
`;

describe.each(['', ' using rk4'])('a future that fails%s', (method) => {
  test('is put down to the cause, wherever it is declared', () => {
    expect(failureOf(BACKWARDS, method)).toEqual({ variable: 'rate', instant: 3 });
  });

  test('is put down to what a start reads, not to the stock', () => {
    const start =
      'stock heap: t = first\n  + piled\nflow piled: t/day = 1 t/day\nlet first: t = 1 t / none\nlet none = 0\n';
    expect(failureOf(start, method)).toEqual({ variable: 'first', instant: 0 });
  });

  test('is put down to what a flow wants, not to what it gets', () => {
    const flows = `stock heap: t = 5
  - taken
let after: t/day = taken
flow taken: t/day = heap / (time - 2 day)
`;
    expect(failureOf(flows, method)).toEqual({ variable: 'asked taken', instant: 2 });
  });

  test('is put down to a delay where its first value is none', () => {
    const delayed =
      'stock heap: t = 5\n  + piled\nflow piled: t/day = late\nlet late: t/day = delay(1 t/day / none, 2 day)\nlet none = 0\n';
    expect(failureOf(delayed, method)).toEqual({ variable: 'late', instant: 0 });
  });
});

describe.each(['delay', 'delay1', 'delay3', 'smooth', 'smooth3'])('%s', (kind) => {
  const delayed = (length: string): string => `stock heap: t = 5
  + piled
flow piled: t/day = late
let late: t/day = ${kind}(time * 1 t/day^2, length, 1 t/day)
let length: day = ${length}
measure last: t/day = final late
`;

  test.each(['', ' using rk4'])('of a length below zero fails at the first instant%s', (method) => {
    expect(failureOf(delayed('time - 2 day'), method)).toEqual({ variable: 'late', instant: 0 });
  });

  test('of a length that is no finite number fails at the first instant', () => {
    const inline = delayed('2 day').replace('length,', '2 day / (time / 1 day),');
    expect(failureOf(inline)).toEqual({ variable: 'late', instant: 0 });
  });

  test('of a length that turns negative later goes on, as it is read once', () => {
    expect(failureOf(delayed('2 day - time'))).toBeNull();
  });

  test('of no length at all is one step long', () => {
    expect(failureOf(delayed('0 day'))).toBeNull();
  });

  test('that nothing reads in a future leaves it alone', () => {
    const aside = delayed('time - 2 day')
      .replace('= late', '= if time < 0 day then late else 1 t/day')
      .replace('let late: t/day = ', 'let late: t/day = if time < 0 day then ')
      .replace(', 1 t/day)', ', 1 t/day) else 1 t/day');
    expect(failureOf(aside)).toBeNull();
  });
});

test.each(['delay1', 'delay3', 'smooth', 'smooth3'])('%s may be longer than time', (kind) => {
  const { future, measures } = runText(`model "M"
time 0 day .. 10 day by 1 day
unit t
input sent: t/day
  assumed 8 "for the test"
stock heap: t = 5
  + piled
flow piled: t/day = ${kind}(sent, 40 day, 0)
measure last: t/day = final piled
`);
  expect(future.failure).toBeNull();
  expect(measures.last).toBeGreaterThan(0);
  expect(measures.last).toBeLessThan(8 * (1 - (39 / 40) ** 10) + 1e-12);
});

test('what goes wrong in the middle of a step of rk4 is named, not the flow that its mean spoils', () => {
  const stage = `stock heap: t = 5
  + piled
flow piled: t/day = rate * 1 t/day
let rate = 1 / (time / (1 day) - 1.5)^2
measure left: t = final heap
`;
  expect(failureOf(stage, ' using rk4')).toEqual({ variable: 'rate', instant: 1 });
  expect(failureOf(stage)).toBeNull();
});
