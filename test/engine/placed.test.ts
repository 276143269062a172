/** Figures that are taken at given shares: every date of an input at one, and whatever is held or given before that. */
import { expect, it } from 'vitest';
import type { RunOrder } from '../../src/engine/ensemble.ts';
import { fittingRun } from '../../src/engine/fit.ts';
import { finished } from '../../src/engine/host.ts';
import { inputColumn, shareColumns, slotColumns } from '../../src/engine/input-columns.ts';
import { fitOf } from '../../src/ledger/fit-of.ts';
import { soundText } from '../support/compile-text.ts';
import { grown } from '../support/fitted-model.ts';
import { oracleRun, plainRun } from '../support/ledger-of.ts';
import { orderOf } from '../support/run-order.ts';

const { model, program } = soundText(`model "Placed"
time 2024-01-01 .. 2024-12-31 by 1 day
unit t
source army "Army"
input first: t
  army uniform(10, 20)
input dated: t
  army from 2024-01-01 uniform(0, 1)
  army from 2024-07-01 uniform(100, 200)
input exact: t
  army 5
correlate first, dated 0.5
let all: t = first + dated + exact
measure m: t = final all
`);
const shares = Float64Array.of(0.05, 0.5, 0.95);
const order = (more: Partial<RunOrder> = {}): RunOrder => ({
  ...orderOf(model, program, 3),
  placed: [0, 1, 2].map((slot) => ({ slot, shares })),
  ...more,
});
const valuesOf = (one: RunOrder): readonly number[][] =>
  finished(slotColumns(one, [0, 1, 2])).map((columns) => columns.map((column) => column[2] ?? Number.NaN));

it('takes every figure at its share, of one with dates all dates, and leaves numbers as they are', () => {
  const near = (values: readonly number[]): readonly unknown[] =>
    values.map((value) => expect.closeTo(value, 9));
  expect(valuesOf(order())).toEqual([near([19.5]), near([0.95, 195]), near([5])]);
});

it('takes the end of an interval as it was stated', () => {
  const stated = soundText(`model "Stated"
time 0 day .. 1 day by 1 day
unit t
source army "Army"
input wide: t
  army 2.5M to 6M
input part: share
  army 1% to 97%
let all: t = wide * part
measure m: t = final all
`);
  const ends = {
    ...orderOf(stated.model, stated.program, 2),
    placed: [0, 1].map((slot) => ({ slot, shares: Float64Array.of(0.05, 0.95) })),
  };
  expect(finished(slotColumns(ends, [0, 1]))).toEqual([
    [Float64Array.of(2.5e6, 6e6)],
    [Float64Array.of(0.01, 0.97)],
  ]);
});

it('lets what is held or given stand', () => {
  expect(valuesOf(order({ forced: [{ slot: 1, value: 7 }] }))[1]).toEqual([7, 7]);
  const given = [{ slot: 0, values: Float64Array.of(1, 2, 3) }];
  expect(valuesOf(order({ given }))[0]).toEqual([3]);
});

it('is one thing in both engines', async () => {
  expect((await plainRun(order())).measures).toEqual((await oracleRun(order())).measures);
});

it('says at which shares figures were drawn, correlated ones too', () => {
  const one = orderOf(model, program, 50);
  const [first] = finished(shareColumns(one, [0]));
  const [dated] = finished(shareColumns(one, [1]));
  const near = (values: readonly number[]): readonly unknown[] =>
    values.map((value) => expect.closeTo(value, 9));
  expect(Array.from(first ?? [], (share) => 10 + 10 * share)).toEqual(near([...inputColumn(one, 0)]));
  expect(Array.from(dated ?? [], (share) => 100 + 100 * share)).toEqual(near([...inputColumn(one, 1, 1)]));
});

it('has a fit of its own at every placement', async () => {
  const fitted = soundText(grown());
  const base = orderOf(fitted.model, fitted.program, 2);
  const fit = fitOf(fitted.program, base.figures, []);
  const run = fittingRun(plainRun);
  const at = async (share: number): Promise<readonly number[]> => {
    const slots = [...fitted.program.inputs.keys()];
    const placed = slots.map((slot) => ({ slot, shares: new Float64Array(2).fill(share) }));
    const { given } = await run({ ...base, ...fit, placed });
    return [...(given[0]?.values ?? [])];
  };
  // (1 + rate)^10 = seen / first
  const rate = (seen: number, first: number): unknown => expect.closeTo((seen / first) ** 0.1 - 1, 9);
  expect(await at(0.5)).toEqual([rate(300, 100), rate(300, 100)]);
  expect(await at(0.25)).toEqual([rate(250, 95), rate(250, 95)]);
  expect(await at(0.5)).toEqual([rate(300, 100), rate(300, 100)]);
});
