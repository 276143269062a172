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
