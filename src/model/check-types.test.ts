import { expect, test } from 'vitest';
import { compileText } from '../../test/support/compile-text.ts';

const HEAD = `model "Spending"
time 0 day .. 360 day by 1 day
unit mn
input spent: mn/year
  assumed 300 to 500 "for the test"
let kept = spent
measure peak: mn/year = highest kept
measure longest: month = time until spent > 400 mn/year
`;

const hints = (claim: string): readonly string[] =>
  compileText(`${HEAD}claim c "It is so"\n  ${claim}\n`)
    .diagnostics.filter(({ code }) => code === 'unit-mismatch')
    .map(({ hint }) => hint);

// In another unit of the same kind the number would be another amount, and the claim would be judged on that.
test.each([
  ['peak < 400', 'Give the number its unit: `400 mn/year`.'],
  ['spent < 400', 'Give the number its unit: `400 mn/year`.'],
  ['longest <= 6', 'Give the number its unit: `6 month`.'],
  ['peak + spent < 400', 'Give the number its unit, mn/day or another of its kind.'],
])('%s is told how its own quantity is counted', (claim, hint) => {
  expect(hints(claim)).toEqual([hint]);
});
