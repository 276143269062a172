/** What nobody wrote a unit for is shown as it was stated: by the year what was said by the year. */
import { expect, test } from 'vitest';
import { soundText } from '../../test/support/compile-text.ts';

const HEAD = `model "Trade, an illustrative model"
time 2024-01-01 .. 2024-01-31 by 1 day
unit USD
unit bn_USD = 1_000_000_000 USD
actor Ally
input gain: bn_USD/year
  assumed 1 to 2 "for the test"
input part: share
  assumed 10% to 20% "for the test"
`;

const unitOf = (more: string, name: string): string | undefined => {
  const { model } = soundText(`${HEAD}${more}`);
  return (
    model.variables.find((one) => one.name === name)?.unit.text ??
    model.measures.find((one) => one.name === name)?.unit.text
  );
};

test.each([
  ['a let', 'let taken = part * gain\n', 'taken', 'bn_USD/year'],
  ['a let behind a let', 'let taken = later * 2\nlet later = part * gain\n', 'taken', 'bn_USD/year'],
  ['a measure', 'measure taken = final part * gain\n', 'taken', 'bn_USD/year'],
  ['a measure of a let', 'let last = gain\nmeasure taken = final last\n', 'taken', 'bn_USD/year'],
  ['what is of another unit', 'measure taken = total gain\n', 'taken', 'USD'],
  ['a plain number', 'measure taken = final gain / gain\n', 'taken', ''],
  ['a written unit', 'measure taken: USD/day = final gain\n', 'taken', 'USD/day'],
])('%s', (_, more, name, unit) => {
  expect(unitOf(more, name)).toBe(unit);
});

test('the worths of a decision, and what a preference is told in', () => {
  const { model } = soundText(`${HEAD}decision aid by Ally on 2024-01-01
  option keep 0
  option give part * (gain - part * gain)
  scale gain
claim prefers "It prefers giving"
  Ally prefers give over keep in aid
`);
  expect(model.measures.map(({ unit }) => unit.text)).toEqual(['bn_USD/year']);
});
