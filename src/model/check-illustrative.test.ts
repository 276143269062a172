/** Whether a title must say `illustrative` is decided by the inputs alone. */
import { expect, test } from 'vitest';
import { compileText } from '../../test/support/compile-text.ts';

const model = (title: string, ...estimates: readonly string[]): string => `model "${title}"
time 0 day .. 2 day by 1 day
source book "A book" date 2024-01-01
viewpoint ours "Ours"
  use book
${estimates.map((one, number) => `input a${number}: 1\n  ${one}`).join('\n')}
measure found = final (1 + ${estimates.map((_, number) => `a${number}`).join(' + ')})
`;
const isTold = (text: string): boolean =>
  compileText(text).diagnostics.some(({ code }) => code === 'title-not-illustrative');

test.each<[string, boolean, readonly string[]]>([
  ['Grain', true, ['assumed 1 to 2 "a guess"']],
  ['Grain', true, ['assumed 1 to 2 "a guess"', 'assumed 3 "a guess"']],
  ['Grain', false, ['assumed 1 to 2 "a guess"', 'book 3']],
  ['Grain', false, ['book 3\n  assumed 1 to 2 "a guess"']],
  ['Grain (illustrative)', false, ['assumed 1 "a guess"']],
  ['An Illustrative case', false, ['assumed 1 "a guess"']],
  ['Illustratively', true, ['assumed 1 "a guess"']],
])('%s: %s', (title, told, estimates) => expect(isTold(model(title, ...estimates))).toBe(told));

test('a model without inputs has nothing that could be assumed', () => {
  expect(isTold('model "M"\ntime 0 day .. 2 day by 1 day\nmeasure found = final (1 + 1)\n')).toBe(false);
});
