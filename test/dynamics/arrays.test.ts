/**
 * Arrays over one group and several, held to closed forms: products of matrices, an epidemic by age that loses nobody,
 * people who move between places, and sums in any order over shapes of chance.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { runText, soundText } from '../support/compile-text.ts';

const HEAD = 'model "Test"\nunit person\nsource survey "S"\n';
const ONE_STEP = `${HEAD}time 0 day .. 1 day by 1 day\n`;

describe('products of matrices', () => {
  const AGES = `${ONE_STEP}group Age = child, adult
input m[Age, Age]: 1
  survey matrix  child, adult
    [child]          7,     3
    [adult]          2,     5
input x[Age]: person
  survey[child] 10
  survey[adult] 100
`;

  test('a matrix times a vector, by named indices, by the group and by both', () => {
    const { measures } = runText(`${AGES}let y[a in Age]: person = sum(m[a, b] * x[b] for b in Age)
let z[Age]: person = sum(m[Age, b] * x[b] for b in Age)
let turned[Age]: person = sum(m[b, Age] * x[b] for b in Age)
measure child_y: person = final y[child]
measure adult_y: person = final y[adult]
measure same: person = final sum(z over Age)
measure child_turned: person = final turned[child]
measure adult_turned: person = final turned[adult]
`);
    expect(measures).toEqual({
      child_y: 370,
      adult_y: 520,
      same: 890,
      child_turned: 270,
      adult_turned: 530,
    });
  });

  test('a matrix times itself', () => {
    const { measures } = runText(`${AGES}let squared[a in Age, c in Age] = sum(m[a, b] * m[b, c] for b in Age)
measure cc = final squared[child, child]
measure ca = final squared[child, adult]
measure ac = final squared[adult, child]
measure aa = final squared[adult, adult]
measure trace = final sum(squared[a, a] for a in Age)
`);
    expect(measures).toEqual({ cc: 55, ca: 36, ac: 24, aa: 31, trace: 86 });
  });

  test('the least and the greatest over two groups', () => {
    const { measures } = runText(`${AGES}measure least = final min(m[a, b] for a in Age, b in Age)
measure most = final max(m[a, b] for a in Age, b in Age)
let row[a in Age] = max(m[a, b] for b in Age)
measure minimax = final min(row over Age)
`);
    expect(measures).toEqual({ least: 2, most: 7, minimax: 5 });
  });
});

test('an array without an index is read at the current element, within a sum at that of the sum', () => {
  const { measures } = runText(
    `${ONE_STEP}group Age = child, adult
input people[Age]: person
  survey[child] 10
  survey[adult] 30
let part[Age]: share = people / sum(people over Age)
let named[a in Age]: share = people / sum(people over Age)
let apart[a in Age]: person = people[a] - sum(people[b] for b in Age) / 2
measure child_part: share = final part[child]
measure adult_part: share = final named[adult]
measure adult_apart: person = final apart[adult]
`,
  );
  expect(measures).toEqual({ child_part: 0.25, adult_part: 0.75, adult_apart: 10 });
});

/** SIR by age, with contacts written as the rows of a matrix. */
const epidemic = (rows: string, people: string): string => `${HEAD}time 0 day .. 60 day by 0.5 day
group Age = child, adult
input contact[Age, Age]: 1/day
  survey matrix child, adult
    ${rows}
input people[Age]: person
  ${people}
input odds: share
  survey 4%
input illness: day
  survey 5
stock well[Age]: person = people - 1 person
  - caught
stock ill[Age]: person = 1
  + caught
  - healing
stock healed[Age]: person = 0
  + healing
let force[a in Age]: 1/day = odds * sum(contact[a, b] * ill[b] / people[b] for b in Age)
flow caught[Age]: person/day = force * well
flow healing[Age]: person/day = ill / illness
let all[Age]: person = well + ill + healed
`;

describe('an epidemic by age', () => {
  test('loses nobody, in no age', () => {
    const { future, measures } =
      runText(`${epidemic('[child] 9, 3\n    [adult] 1, 6', 'survey[child] 10k\n  survey[adult] 30k')}
measure least_children: person = lowest all[child]
measure most_children: person = highest all[child]
measure least: person = lowest sum(all over Age)
measure most: person = highest sum(all over Age)
measure caught_children: share = final healed[child] / people[child]
measure caught_adults: share = final healed[adult] / people[adult]
`);
    expect(future.failure).toBeNull();
    for (const name of ['least_children', 'most_children']) expect(measures[name]).toBeCloseTo(10_000, 6);
    for (const name of ['least', 'most']) expect(measures[name]).toBeCloseTo(40_000, 6);
    expect(measures['caught_children']).toBeGreaterThan(measures['caught_adults'] ?? 1);
  });

  test('with equal ages that meet alike is the epidemic of one population', () => {
    const { measures } = runText(
      `${epidemic('[child] 6, 6\n    [adult] 6, 6', 'survey 20k')}
stock well_once: person = 39_998
  - caught_once
stock ill_once: person = 2
  + caught_once
  - healing_once
stock healed_once: person = 0
  + healing_once
flow caught_once: person/day = odds * (12 / 1 day) * ill_once / 40k person * well_once
flow healing_once: person/day = ill_once / illness
measure by_age: person = final sum(ill over Age)
measure once: person = final ill_once
measure twins: person = final ill[child] - ill[adult]
`,
    );
    expect(measures['by_age']).toBeCloseTo(measures['once'] ?? Number.NaN, 6);
    expect(measures['twins']).toBe(0);
  });
});

describe('flows between the elements of one stock', () => {
  const moving = (lines: string): string => `${HEAD}time 0 day .. 30 day by 1 day
group Region = north, middle, south
input rate[Region, Region]: 1/day
  survey matrix north, middle, south
    [north]          0,    0.1,  0.02
    [middle]      0.05,      0,  0.05
    [south]       0.01,   0.03,     0
input start[Region]: person
  survey[north] 900 else 50
stock people[r in Region]: person = start
${lines}
flow moved[o in Region, d in Region]: person/day = rate[o, d] * people[o]
`;
  const BOTH = '  - moved[r, d] for d in Region\n  + moved[o, r] for o in Region';

  test('move people and lose none', () => {
    const { future, measures } = runText(`${moving(BOTH)}let all: person = sum(people over Region)
measure least: person = lowest all
measure most: person = highest all
`);
    expect(measures['least']).toBeCloseTo(1000, 9);
    expect(measures['most']).toBeCloseTo(1000, 9);
    expect(future.imbalance).toBeLessThan(1e-12);
  });

  test('are what powers of the matrix say', () => {
    const { measures } = runText(`${moving(BOTH)}measure up: person = final people[north]
measure between: person = final people[middle]
measure down: person = final people[south]
`);
    const rate = [
      [0, 0.1, 0.02],
      [0.05, 0, 0.05],
      [0.01, 0.03, 0],
    ];
    let people = [900, 50, 50];
    for (let day = 0; day < 30; day++) {
      people = people.map((own, here) =>
        people.reduce(
          (so, other, there) => so + (rate[there]?.[here] ?? 0) * other - (rate[here]?.[there] ?? 0) * own,
          own,
        ),
      );
    }
    expect(measures['up']).toBeCloseTo(people[0] ?? 0, 9);
    expect(measures['between']).toBeCloseTo(people[1] ?? 0, 9);
    expect(measures['down']).toBeCloseTo(people[2] ?? 0, 9);
  });

  test('leave to the outside what no line brings in, and enter one stock from all elements', () => {
    const { measures } = runText(
      `${moving('  - moved[r, d] for d in Region')}stock gone: person = 0
  + moved
measure left: person = final sum(people over Region)
measure away: person = final gone
`,
    );
    expect((measures['left'] ?? 0) + (measures['away'] ?? 0)).toBeCloseTo(1000, 9);
    expect(measures['away']).toBeGreaterThan(500);
  });

  test('serve single elements', () => {
    const { measures } = runText(
      `${moving('')}stock southern: person = 0
  + moved[north, south]
  + moved[middle, south]
stock from_north: person = 9000
  - moved[north, d] for d in Region
measure arrived: person = final southern
`,
    );
    expect(measures['arrived']).toBeCloseTo(30 * (0.02 * 900 + 0.05 * 50), 9);
  });
});

test('three groups lie in row-major order, and each index finds its own', () => {
  const lines = ['north', 'south'].flatMap((region, r) =>
    ['child', 'adult'].flatMap((age, a) =>
      ['ill', 'well', 'healed'].map(
        (state, s) => `  survey[${region}, ${age}, ${state}] ${100 * r + 10 * a + s}\n`,
      ),
    ),
  );
  const { model, program } = soundText(`${ONE_STEP}group Region = north, south
group Age = child, adult
group State = ill, well, healed
input people[Region, Age, State]: person
${lines.reverse().join('')}let twice[Region, Age, State]: person = people + people
`);
  const names = model.cells.filter(({ variable }) => variable === 0).map(({ name }) => name);
  expect(names.slice(0, 4)).toEqual([
    'people[north, child, ill]',
    'people[north, child, well]',
    'people[north, child, healed]',
    'people[north, adult, ill]',
  ]);
  expect(program.inputs.map(({ name }) => name)).toEqual(names);
  const { measures } = runText(`${ONE_STEP}group Region = north, south
group Age = child, adult
group State = ill, well, healed
input people[Region, Age, State]: person
${lines.join('')}let by_age[Age, Region]: person = sum(people over State)
let other[s in State, Age]: person = people[south, Age, s] - people[north, Age, s]
measure one: person = final people[south, adult, healed]
measure two: person = final by_age[adult, south]
measure three: person = final other[ill, child]
measure four: person = final sum(people[r, a, ill] for r in Region, a in Age)
measure five: person = final sum(people over Age, State, Region)
`);
  expect(measures).toEqual({ one: 112, two: 333, three: 100, four: 220, five: 672 });
});

describe('shapes of chance', () => {
  const shape = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 });
  const groupsOf = (sizes: readonly number[]): string =>
    sizes
      .map(
        (size, at) =>
          `group G${at} = ${Array.from({ length: size }, (_, one) => `e${at}_${one}`).join(', ')}\n`,
      )
      .join('');
  const each = (sizes: readonly number[]): readonly (readonly number[])[] =>
    sizes.reduce<readonly (readonly number[])[]>(
      (before, size) => before.flatMap((one) => Array.from({ length: size }, (_, next) => [...one, next])),
      [[]],
    );

  test('the sum over all groups is the sum of sums, to the last digit, in any order within rounding', () => {
    fc.assert(
      fc.property(
        shape,
        fc.infiniteStream(fc.double({ min: 0.001, max: 1000, noNaN: true })),
        (sizes, stream) => {
          const axes = sizes.map((_, at) => `G${at}`);
          const cells = each(sizes).map((elements) => ({ elements, value: stream.next().value as number }));
          const figures = cells.map(
            ({ elements, value }) =>
              `  survey[${elements.map((one, at) => `e${at}_${one}`).join(', ')}] ${value.toFixed(6)}\n`,
          );
          const nested = axes.reduceRight((body, axis) => `sum(${body} over ${axis})`, 'x');
          const turned = axes.reduce((body, axis) => `sum(${body} over ${axis})`, 'x');
          const named = axes.map((axis, at) => `i${at} in ${axis}`).join(', ');
          const { measures } = runText(`${ONE_STEP}${groupsOf(sizes)}input x[${axes.join(', ')}]: 1
${figures.join('')}measure all = final sum(x over ${axes.join(', ')})
measure nested = final ${nested}
measure turned = final ${turned}
measure named = final sum(x[${axes.map((_, at) => `i${at}`).join(', ')}] for ${named})
measure most = final max(x over ${axes.join(', ')})
`);
          expect(measures['nested']).toBe(measures['all']);
          expect(measures['named']).toBe(measures['all']);
          const total = cells.reduce((so, { value }) => so + Number(value.toFixed(6)), 0);
          expect(Math.abs((measures['turned'] ?? 0) / total - 1)).toBeLessThan(1e-13);
          expect(Math.abs((measures['all'] ?? 0) / total - 1)).toBeLessThan(1e-13);
          expect(measures['most']).toBe(Math.max(...cells.map(({ value }) => Number(value.toFixed(6)))));
        },
      ),
      { numRuns: 60 },
    );
  });
});
