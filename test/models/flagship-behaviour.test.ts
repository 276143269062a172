/** How the flagship behaves where its behaviour is known beforehand: without rounds, with more of them, at extremes. */
import { expect, test } from 'vitest';
import { load } from '../../src/cli/load.ts';
import { figuresOf } from '../../src/ledger/viewpoint-order.ts';
import { runFuture } from '../../src/program/interpreter.ts';
import { valuesAt } from '../support/compile-text.ts';
import { FLAGSHIP, worldOf } from '../support/flagship-world.ts';

const VIEWPOINTS = ['as_written', 'Ukraine', 'West', 'Moscow_Pyongyang'];

test.each(VIEWPOINTS)('without rounds nothing is fired (%s)', async (viewpoint) => {
  const held = [
    'home_store = 0',
    'home_output_2023 = 0',
    'home_output_2024 = 0',
    'delivered = 0',
    'korean_pace = 0',
    'output = 0',
    'china = trade',
    'ukrainian_store = 0',
    'western_supply = 0',
    'korea_indirect = 0',
    'seoul = indirect',
  ];
  const { measure, failed } = await worldOf({ viewpoint, runs: 50, held });
  expect(failed).toBe(0);
  for (const name of ['fired_june', 'fired_three_years', 'ukrainian_fire_in_pause'])
    for (const value of measure(name))
      expect([name, Number.isNaN(value) || value === 0]).toEqual([name, true]);
});

test.each([
  ['delivered = 2M round', 'delivered = 6M round', 'fired_june'],
  ['home_store = 1M round', 'home_store = 6M round', 'fired_june'],
  ['western_effort = 0.5', 'western_effort = 2', 'ukrainian_fire_in_pause'],
  ['ukrainian_store = 100_000 round', 'ukrainian_store = 2M round', 'ukrainian_fire_in_pause'],
])('more supply never lowers the fire of the side that gets it: %s, %s', async (less, more, fired) => {
  for (const viewpoint of VIEWPOINTS) {
    const one = await worldOf({ viewpoint, runs: 50, held: [less] });
    const other = await worldOf({ viewpoint, runs: 50, held: [more] });
    const [before, after] = [one.measure(fired), other.measure(fired)];
    before.forEach((value, future) => {
      if (!Number.isNaN(value)) expect((after[future] ?? 0) + 1e-6).toBeGreaterThanOrEqual(value);
    });
  }
});

test.each(VIEWPOINTS)(
  'without deliveries and without the pact the world is one without North Korea (%s)',
  async (viewpoint) => {
    const none = ['delivered = 0', 'korean_pace = 0', 'pact never'];
    const one = await worldOf({ viewpoint, runs: 100, held: none });
    const gone = [
      ...none,
      'stockpile[NorthKorea] = 0',
      'output[NorthKorea] = 0',
      'korea_deal = stop',
      'usable = 50%',
    ];
    const other = await worldOf({ viewpoint, runs: 100, held: gone });
    for (const name of ['fired_three_years', 'gained_2024', 'outcome_10', 'seoul_opens'])
      expect([name, one.measure(name)]).toEqual([name, other.measure(name)]);
  },
);

test('at either end of every range, alone and together, everything stays finite', () => {
  const { result } = load(FLAGSHIP);
  if (!result.ok) throw new Error('the flagship has faults');
  const { model, program } = result.value;
  for (const viewpoint of model.viewpoints) {
    const figures = figuresOf(model, viewpoint);
    const [low, middle, high] = [0.0005, 0.5, 0.9995].map((u) => valuesAt(program, figures, u));
    if (low === undefined || middle === undefined || high === undefined) throw new Error('no values');
    const failures: string[] = [];
    const look = (what: string, values: Float64Array | number[]): void => {
      const { failure } = runFuture(program, Float64Array.from(values), { seed: 1, future: 0 });
      if (failure !== null) failures.push(`${what}: ${failure.variable}`);
    };
    look('all low', low);
    look('all high', high);
    if (viewpoint === model.viewpoints[0])
      program.inputs.forEach(({ name }, slot) => {
        for (const [end, values] of [
          ['low', low],
          ['high', high],
        ] as const) {
          const moved = [...middle];
          moved[slot] = values[slot] ?? Number.NaN;
          look(`${name} ${end}`, moved);
        }
      });
    expect(failures).toEqual([]);
  }
});
