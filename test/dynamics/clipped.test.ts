/**
 * Flows that are asked for less than zero: the run says so, by name, and only where it was so. Flows whose equation
 * cannot come to less than zero are left alone, so that they cost nothing.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { runFuture } from '../../src/program/interpreter.ts';
import { ledgerText } from '../../src/views/ledger-text.ts';
import { runText, soundText } from '../support/compile-text.ts';
import { generatedModel, textOf } from '../support/generated-model.ts';
import { ledgerOf } from '../support/ledger-of.ts';

const HEAD = `model "M"
time 2024-01-01 .. 2024-01-31 by 1 day
unit t
input made: t/day
  assumed uniform(0, 100) "test"
input eaten: t/day
  assumed 25 "test"
source one "One"
input loss: t/day
  assumed normal(5, 2) "test"
lever help: t/day 0 .. 50 = 10
stock store: t = 500
  + filling
`;
const clippedIn = (flow: string, more = ''): readonly string[] =>
  soundText(`${HEAD}flow filling: t/day${flow}\n${more}`).program.clipped.map(({ name }) => name);

describe('watched is only a flow that could be asked for less than zero', () => {
  test.each([
    [' = made'],
    [' = made + help * 2'],
    [' = max(made - eaten, 0)'],
    [' = store / 5 day'],
    [' = if made > eaten then made - 0 t/day else 0'],
    [' = if made > eaten then made else eaten'],
    [' = made * (store / (store + 1 t))'],
    [' = eaten - 20 t/day'],
    [' = abs(made - eaten)'],
    [' = min(made, help)'],
    [' = clamp(made - eaten, 0, 50 t/day)'],
    [' = later', 'let later: t/day = smooth(made, 3 day)\n'],
    [' = brought(time)', 'table brought(date): t/day\n  assumed "test"\n  2024-01-01, 0\n  2024-01-05, 3\n'],
    [' = sum(part over G)', 'group G = a, b\nlet part[G]: t/day = made / 2\n'],
    [' = asked other + other', 'stock heap: t = 0\n  + other\nflow other: t/day = made - eaten\n'],
    [' = exp(-store / (1 t)) * 1 t/day'],
    [' = pulse(made, 2024-01-05, 3 day)'],
    [' = (made - eaten)^2 / (1 t/day)'],
    [' = draw lognormal(made, 1.5)'],
    [' = draw uniform(0, made)'],
    [' = draw discrete(0: 50%, 10: 50%) * made'],
  ])('%s', (flow, more = '') => {
    expect(clippedIn(flow, more).filter((name) => name === 'filling')).toEqual([]);
  });

  test.each([
    [' = made - eaten'],
    [' = loss'],
    [' = draw normal(made, 1 t/day)'],
    [' = draw uniform(made - eaten, made)'],
    [' = (600 t - store) / 3 day'],
    [' = if made > eaten then made else -made'],
    [' = made * sin((time - 2024-01-01) / 1 day - 2)'],
    [' = help - 20 t/day'],
    [' = made', 'scenario worse\n  made = -5\n'],
    [' = later', 'let later: t/day = smooth(made, 3 day, -1 t/day)\n'],
    [' = made - 2 * min(made, eaten)'],
  ])('%s', (flow, more = '') => {
    expect(clippedIn(flow, more)).toEqual(['filling']);
  });

  test('and none that may run backwards', () => {
    const signed = HEAD.replace('store: t = 500', 'store: t signed = 500');
    expect(soundText(`${signed}flow filling: t/day two-way = made - eaten\n`).program.clipped).toEqual([]);
  });
});

describe('a run says', () => {
  const text = `${HEAD}flow filling: t/day = made - eaten * 0.8\nmeasure full: t = final store\n`;

  test('in how many futures, and when first', async () => {
    const ledger = await ledgerOf(text, { runs: 100 });
    expect(ledger.viewpoints[0]?.clipped).toEqual([{ flow: 'filling', futures: 20, first: '2024-01-01' }]);
    expect(ledgerText(ledger).replaceAll(/\s+/g, ' ')).toContain(
      'Under stated one-way flows were asked for less than zero and stood still, in so many of 100 futures: filling in 20, first on 2024-01-01.',
    );
  });

  test('nothing where it never was so', async () => {
    const ledger = await ledgerOf(text.replace('uniform(0, 100)', 'uniform(30, 100)'));
    expect(ledger.viewpoints[0]?.clipped).toEqual([]);
    expect(ledgerText(ledger)).not.toContain('less than zero');
  });

  test('the instant at which it began, in a model without a calendar, and the worst flows first', async () => {
    const flows = [3, 5, 2, 4].map(
      (day, at) => `flow f${at}: t/day = ${day} t/day - (time + x) * 1 t/day^2\n`,
    );
    const ledger = await ledgerOf(`model "M"
time 0 day .. 6 day by 1 day
unit t
input x: day
  assumed uniform(-10, 0) "test"
stock store: t = 500
${[0, 1, 2, 3].map((at) => `  + f${at}\n`).join('')}${flows.join('')}measure full: t = final store
`);
    expect(ledger.viewpoints[0]?.clipped).toEqual([
      { flow: 'f2', futures: 40, first: '3 day' },
      { flow: 'f0', futures: 30, first: '4 day' },
      { flow: 'f3', futures: 20, first: '5 day' },
      { flow: 'f1', futures: 10, first: '6 day' },
    ]);
    expect(ledgerText(ledger).replaceAll(/\s+/g, ' ')).toContain(
      'f2 in 40, first at 3 day; f0 in 30, first at 4 day; f3 in 20, first at 5 day; and 1 more.',
    );
  });

  test('nothing of what rounding leaves over', () => {
    // 0.3 less three tenths is a hair below 0.
    const { future } = runText(`model "M"
time 0 day .. 5 day by 1 day
unit t
stock store: t = 0
  + filling
flow filling: t/day = (0.3 t - store) / 1 day
let third: t = 0.1 t + 0.2 t
stock other: t = 0
  + piling
flow piling: t/day = if other > 0 then 0.3 t/day - third / 1 day else 0.3 t/day
`);
    expect([...future.clipped]).toEqual([Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]);
  });
});

test.each(['', ' using rk4'])(
  'of generated models every wish below zero is remembered, and no other%s',
  (method) => {
    fc.assert(
      fc.property(generatedModel, (model) => {
        const twins = model.flows.map(({ name, rate }) => `let wish_${name}: round/day = ${rate}`);
        const text = `${textOf(model).replace(/^(time .*)$/m, `$1${method}`)}${twins.join('\n')}\n`;
        const { program } = soundText(text);
        const first = new Map<string, number>();
        const future = runFuture(
          program,
          new Float64Array(0),
          { seed: 1, future: 0 },
          (_, time, registers) => {
            for (const { name } of model.flows) {
              const twin = program.variables.find((variable) => variable.name === `wish_${name}`);
              if ((registers[twin?.register ?? -1] ?? Number.NaN) < -1e-6 && !first.has(name))
                first.set(name, time);
            }
          },
        );
        const told = program.clipped.flatMap(({ name }, number) => {
          const instant = future.clipped[number] ?? Number.NaN;
          return instant === Number.POSITIVE_INFINITY ? [] : [[name, instant] as const];
        });
        expect(new Map(told)).toEqual(first);
      }),
      { numRuns: 100 },
    );
  },
);
