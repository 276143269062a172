/**
 * Inputs with dates, whole pipeline: what they are at every instant, stocks drained by them against their closed forms,
 * and that all dates of one speaker are drawn as one figure.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { quantile } from '../../src/base/distribution.ts';
import { type Figure, quantileAt } from '../../src/base/figure.ts';
import { inputColumn } from '../../src/engine/input-columns.ts';
import { planRuns } from '../../src/ledger/plan.ts';
import { figuresOf } from '../../src/ledger/viewpoint-order.ts';
import { runFuture } from '../../src/program/interpreter.ts';
import { runText, soundText, valuesAt } from '../support/compile-text.ts';
import { type Asked, ledgerOf, measureOf, questionOf } from '../support/ledger-of.ts';

/** A year of 52 weeks from a Monday, and a store that a dated rate drains. */
const storeOf = (estimates: readonly string[], step: string, method = ''): string => `model "Store"
time 2024-01-01 .. 2024-12-30 by ${step}${method}
unit t
source army "The army"
input rate: t/day
${estimates.map((line) => `  ${line}`).join('\n')}
stock store: t = 1_000_000
  - leaving
flow leaving: t/day = rate
measure left: t = final store
measure drawn: t = total leaving
measure in_spring: t/day = at 2024-04-03 rate
measure on_average: t/day = average rate
`;

const HELD = ['army 100', 'army from 2024-04-01 40', 'army from 2024-09-30 250'];
/** Days of the three stretches of that year of 364 days. */
const STRETCHES = [91, 182, 91] as const;

describe.each(['1 day', '1 week', '13 week'])('by %s', (step) => {
  test.each(['', ' using rk4'])('what holds from date to date drains what each stretch says%s', (method) => {
    const { measures, future } = runText(storeOf(HELD, step, method));
    const gone = STRETCHES[0] * 100 + STRETCHES[1] * 40 + STRETCHES[2] * 250;
    expect(measures['left']).toBeCloseTo(1_000_000 - gone, 7);
    expect(measures['drawn']).toBeCloseTo(gone, 7);
    expect(measures['in_spring']).toBe(40);
    expect(measures['on_average']).toBeCloseTo(gone / 364, 9);
    expect(future.imbalance).toBeLessThan(1e-12);
  });

  const JOINED = ['army at 2024-04-01 100', 'army at 2024-09-30 464'];
  const area = 91 * 100 + (182 * (100 + 464)) / 2 + 91 * 464;

  test('points joined by lines drain the area below them, by Euler what stands at each beginning', () => {
    const { measures } = runText(storeOf(JOINED, step));
    const days = { '1 day': 1, '1 week': 7, '13 week': 91 }[step] ?? Number.NaN;
    expect(1_000_000 - (measures['left'] ?? 0)).toBeCloseTo(area - (days / 2) * (464 - 100), 6);
    // Two days and two a day along the line; a line joins the values at the instants on both sides of the date.
    expect(measures['in_spring']).toBeCloseTo(104, 9);
    expect(measures['on_average']).toBeCloseTo(area / 364, 8);
  });

  test('by rk4 they drain the area itself', () => {
    expect(1_000_000 - (runText(storeOf(JOINED, step, ' using rk4')).measures['left'] ?? 0)).toBeCloseTo(
      area,
      6,
    );
  });
});

test('a single date stands for all times, and beyond the ends the end points do', () => {
  const at = (estimates: readonly string[], day: number): number =>
    runText(`model "Ends"
time -10 day .. 50 day by 1 day
source army "The army"
input rate: 1
${estimates.map((line) => `  ${line}`).join('\n')}
measure there = at (${day} day) rate
`).measures['there'] ?? Number.NaN;
  expect([-10, 0, 50].map((day) => at(['army at 20 day 7'], day))).toEqual([7, 7, 7]);
  const points = ['army at 10 day 5', 'army at 20 day 15', 'army at 100 day 95'];
  expect([-10, 10, 12, 20, 50].map((day) => at(points, day))).toEqual([5, 5, 7, 15, 45]);
  const held = ['army from (-30 day) 1', 'army from (-20 day) 2', 'army from 5 day 3', 'army from 90 day 4'];
  expect([-10, 4, 4.5, 5, 50].map((day) => at(held, day))).toEqual([2, 2, 2, 3, 3]);
});

test.each(['', ' using rk4'])('what begins between two steps counts from the next one on%s', (method) => {
  const text = (estimates: readonly string[]): string => storeOf(estimates, '1 week', method);
  const late = runText(text(['army 100', 'army from 2024-04-03 40'])).measures;
  const next = runText(text(['army 100', 'army from 2024-04-08 40'])).measures;
  expect(late['left']).toBe(next['left']);
  expect(late['left']).toBeCloseTo(1_000_000 - 98 * 100 - 266 * 40, 7);
});

test('a stock starts from what holds at the first instant', () => {
  const { measures } = runText(`model "Starts"
time 0 day .. 10 day by 1 day
unit t
source army "The army"
input held_there: t
  army 30
  army from 5 day 70
input seen: t
  army at (-10 day) 100
  army at 10 day 300
let half: t = seen / 2
stock first: t = held_there
stock second: t = half + seen
measure a: t = at 0 day first
measure b: t = at 0 day second
`);
  expect(measures).toEqual({ a: 30, b: 300 });
});

test('elements change each by its own dates, or not at all', () => {
  const { measures } = runText(`model "Elements"
time 0 day .. 10 day by 1 day
source army "The army"
source press "A newspaper"
group Place = north, south, coast
input x[Place]: 1
  army[north] from 0 day 1
  army[north] from 4 day 2
  army[south] 3 else 9
  army[south] from 6 day 4
measure n3 = at 3 day x[north]
measure n5 = at 5 day x[north]
measure s5 = at 5 day x[south]
measure s6 = at 6 day x[south]
measure c0 = at 0 day x[coast]
measure c9 = at 9 day x[coast]
`);
  expect(measures).toEqual({ n3: 1, n5: 2, s5: 3, s6: 4, c0: 9, c9: 9 });
});

// --- one figure ---------------------------------------------------------------------------------------------------

const RIVALS = `model "Rivals"
time 0 day .. 30 day by 1 day
source army "The army" author
source press "A newspaper"
source echo_press "Another newspaper"
source council "A council that says nothing of the rate"
input rate: 1
  press at 0 day 10 to 20
  press at 20 day uniform(100, 300)
  army 5 to 7
  assumed at 10 day 1 to 2 "a guess"
  assumed at 30 day 30 "a guess"
  echo_press echo of press
input other: 1
  press 1 to 3
  council 2
  assumed 1 to 9 "a guess"
correlate rate, other 0.7
viewpoint papers "The papers"
  use press
viewpoint army "The army"
  use army
viewpoint echoes "The echo"
  use echo_press
viewpoint model "The model alone"
  use council
let together = rate + other
measure first = at 0 day rate
measure between = at 15 day rate
measure last = final together
claim rises "It rises"
  last > first
scenario steady "It does not change"
  rate = 12
`;

/** Each input's columns under a viewpoint, one for each of its dates. */
function columnsOf(text: string, viewpoint: string, asked: Asked = {}) {
  const { model, program } = soundText(text);
  const [plan] = planRuns(model, program, questionOf(model, { ...asked, viewpoints: [viewpoint] }));
  if (plan === undefined) throw new Error('no plan');
  return program.inputs.map(({ knots }, slot) =>
    Array.from({ length: Math.max(1, knots.length) }, (_, knot) => inputColumn(plan.order, slot, knot)),
  );
}

const shareOf = (figure: Figure & { kind: 'uniform' }, value: number): number =>
  (value - figure.low) / (figure.high - figure.low);

test.each(['latin-hypercube', 'monte-carlo'] as const)(
  '%s: all points of one speaker take one share',
  (design) => {
    const { model } = soundText(RIVALS);
    const [papers] = model.viewpoints;
    const [dated] = papers === undefined ? [] : figuresOf(model, papers);
    if (dated?.kind !== 'dated') throw new Error('no dated figure');
    const [columns = []] = columnsOf(RIVALS, 'papers', { design });
    // The dates of all rivals: 0, 10, 20 and 30 days.
    expect(columns.length).toBe(4);
    const at20 = dated.knots[2];
    if (at20?.kind !== 'uniform') throw new Error('another figure than was written');
    for (let future = 0; future < 100; future++) {
      const u = shareOf(at20, columns[2]?.[future] ?? Number.NaN);
      dated.knots.forEach((knot, number) => {
        const found = columns[number]?.[future] ?? Number.NaN;
        expect(Math.abs(found / quantileAt(knot, u) - 1)).toBeLessThan(1e-9);
      });
      const [low = 0, middle = 0, high = 0, end = 0] = columns.map((column) => column[future] ?? 0);
      expect(Math.abs(middle / ((low + high) / 2) - 1)).toBeLessThan(1e-12);
      expect(end).toBe(high);
    }
  },
);

test('the points move together, whatever their distributions', () => {
  const figure = fc.oneof(
    fc
      .tuple(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 50 }))
      .map(([a, b]) => `${a} to ${a + b}`),
    fc.integer({ min: 1, max: 50 }).map((a) => `uniform(0, ${a})`),
    fc.integer({ min: 1, max: 50 }).map((a) => `exponential(${a})`),
    fc.integer({ min: 1, max: 50 }).map(String),
  );
  fc.assert(
    fc.property(
      fc.array(figure, { minLength: 2, maxLength: 5 }),
      fc.constantFrom('from', 'at'),
      fc.array(fc.double({ min: 0.001, max: 0.999, noNaN: true }), { minLength: 2, maxLength: 6 }),
      (figures, dating, shares) => {
        const lines = figures.map((one, number) => `  army ${dating} ${number * 7} day ${one}`).join('\n');
        const { model, program } = soundText(
          `model "M"\ntime 0 day .. 40 day by 1 day\nsource army "A"\ninput x: 1\n${lines}\nmeasure m = final x\n`,
        );
        const [viewpoint] = model.viewpoints;
        if (viewpoint === undefined) throw new Error('no viewpoint');
        const drawn = figuresOf(model, viewpoint);
        const paths = [...shares]
          .sort((a, b) => a - b)
          .map((u) => {
            const seen: number[] = [];
            const register = program.inputs[0]?.register ?? -1;
            const values = valuesAt(program, drawn, u);
            runFuture(program, values, { seed: 1, future: 0 }, (_, __, registers) =>
              seen.push(registers[register] ?? 0),
            );
            return seen;
          });
        // At no instant does a future with a larger share lie below one with a smaller.
        paths.slice(1).forEach((path, number) => {
          path.forEach((value, instant) => {
            const before = paths[number]?.[instant] ?? Number.NaN;
            expect(value).toBeGreaterThanOrEqual(before - 1e-9 * Math.abs(before));
          });
        });
      },
    ),
    { numRuns: 60 },
  );
});

test('dates change no draw: the first point has the numbers of the same figure without a date', () => {
  const text = (lines: readonly string[]): string =>
    `model "M"\ntime 0 day .. 40 day by 1 day\nsource army "A"\ninput x: 1\n${lines.map((one) => `  ${one}\n`).join('')}measure m = final x\n`;
  const plain = columnsOf(text(['army 3 to 9']), 'stated')[0]?.[0];
  const dated = columnsOf(text(['army from 0 day 3 to 9', 'army from 8 day 5 to 6']), 'stated')[0];
  expect(dated?.[0]).toEqual(plain);
  const [low, high] = [
    dated?.[1]?.indexOf(Math.min(...(dated[1] ?? []))),
    dated?.[1]?.indexOf(Math.max(...(dated[1] ?? []))),
  ];
  expect(low).toBe(plain?.indexOf(Math.min(...(plain ?? []))));
  expect(high).toBe(plain?.indexOf(Math.max(...(plain ?? []))));
});

test('a speaker without dates stands beside one with them, and says one thing at all times', () => {
  const [columns = []] = columnsOf(RIVALS, 'army');
  expect(columns.length).toBe(4);
  for (const column of columns) expect(column).toEqual(columns[0]);
});

test('an echo takes all that it repeats', () => {
  expect(columnsOf(RIVALS, 'echoes')[0]).toEqual(columnsOf(RIVALS, 'papers')[0]);
});

test('a scenario holds a dated input at all times', async () => {
  const ledger = await ledgerOf(RIVALS, { scenario: 'steady', viewpoints: ['papers'] });
  for (const name of ['first', 'between']) {
    const { p5, p95 } = measureOf(ledger, name);
    expect([p5, p95]).toEqual([12, 12]);
  }
});

test('a dated speaker counts as one figure, own or assumed, for the basis and beside the verdict', async () => {
  const ledger = await ledgerOf(RIVALS);
  expect(ledger.viewpoints.map(({ name, own: { inputs, of } }) => [name, { inputs, of }])).toEqual([
    ['papers', { inputs: 2, of: 2 }],
    ['army', { inputs: 1, of: 2 }],
    ['echoes', { inputs: 1, of: 2 }],
    ['model', { inputs: 1, of: 2 }],
  ]);
});

test('an input without dates has no dates in the program', () => {
  const { program } = soundText(RIVALS);
  expect(program.inputs.map(({ name, knots }) => [name, knots.length])).toEqual([
    ['rate', 4],
    ['other', 0],
  ]);
  expect(
    program.variables.filter(({ name }) => name === 'rate' || name === 'other').map(({ path }) => path),
  ).toEqual(['line', 'fixed']);
});

test('exact figures with dates are no draws', async () => {
  const text = `model "M"
time 0 day .. 10 day by 1 day
source army "A"
input x: 1
  army 3
  army from 5 day 4
measure m = final x
claim c "It grew"
  m > 3
`;
  const ledger = await ledgerOf(text);
  expect(ledger.viewpoints.map(({ futures }) => futures)).toEqual([1]);
  expect(ledger.claims[0]?.verdict).toBe('holds');
});

test('a line joined to a count is drawn at one share too', () => {
  const right = { kind: 'poisson', mean: 4, unit: 1 } as const;
  const left = { kind: 'uniform', low: 0, high: 1 } as const;
  for (const u of [0.1, 0.5, 0.9])
    expect(quantileAt({ kind: 'between', left, right, part: 0.25 }, u)).toBe(
      u + (quantile(right, u) - u) * 0.25,
    );
});
