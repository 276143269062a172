/**
 * A pool of viewpoints: every row of its futures is worked out again from the drawn viewpoint alone, by single futures, with
 * nothing of the pool's own stage.
 */
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { quantileAt } from '../../src/base/figure.ts';
import { hashName } from '../../src/base/hash.ts';
import { formatPool } from '../../src/cli/format-pool.ts';
import { type Design, drawColumn } from '../../src/engine/design.ts';
import { finished } from '../../src/engine/host.ts';
import { inputColumn, slotColumns } from '../../src/engine/input-columns.ts';
import { explorePool, type Pool, planPool } from '../../src/ledger/explore-pool.ts';
import { makeLedger } from '../../src/ledger/make-ledger.ts';
import { planRuns } from '../../src/ledger/plan.ts';
import { figuresOf } from '../../src/ledger/viewpoint-order.ts';
import { runFuture } from '../../src/program/interpreter.ts';
import { soundText } from '../support/compile-text.ts';
import { type Asked, ledgerOf, plainRun, questionOf } from '../support/ledger-of.ts';

const CORE = `model "Stores of two towns"
time 2024-01-01 .. 2024-07-01 by 1 week
unit t
unit kt = 1_000 t
source army "Army"
source mayor "Mayor"
source relief "Relief"
group Town = north, south
input drawn[Town]: kt/week "what is drawn"
  army[north] 1 to 2
  army[south] 3
  mayor 2
  relief 0.5 to 4
input share_lost: share
  army 10% to 20%
  mayor 10%
  relief 10%
input held: t
  army 5
  mayor 5
  relief 5
input late: t/week
  army from 2024-01-01 100 to 200
  army from 2024-03-01 300
  mayor 50
  relief 10 to 20
lever aid: t/week 0 .. 500 = 100
viewpoint Army "What the army says"
  use army
viewpoint Mayor
  use mayor
viewpoint Relief
  use relief
`;
const REST = `stock stores[Town]: t = 40_000
  - leaving
flow leaving[t_ in Town]: t/week = drawn[t_] + late - aid
let total = sum(stores over Town) * (1 - share_lost) + held
let few = total < 30_000 t
let none = total <= 6 t
definition lost = few | none
measure left: kt = final total
measure left_of[x in Town]: t = final stores[x]
measure gone: week = time until lost
measure ever_few = ever few
claim c "All is lost"
  gone < 20 week
`;
const model = (pool: string, extra = ''): string => `${CORE}${extra}${pool}${REST}`;
const POOL = 'explore Army 2, Mayor 1, Relief 5\n';
const FAILING = `${REST}let root: 1 = sqrt(30 - ratio(drawn[north], 0.1 kt/week, 0))
measure deep: 1 = final root\n`;

async function explored(text: string, asked: Asked = {}): Promise<Pool> {
  const { model: checked, program } = soundText(text);
  return explorePool(checked, program, questionOf(checked, asked), plainRun, async (order, slots) =>
    finished(slotColumns(order, slots)),
  );
}

const csvOf = (pool: Pool): string => [...formatPool(pool, 'csv')].join('');
const rowsOf = (pool: Pool): readonly Readonly<Record<string, string>>[] =>
  parse(csvOf(pool), { columns: true });

const cellOf = (value: number): string =>
  Number.isNaN(value) ? '' : value === Number.POSITIVE_INFINITY ? 'never' : String(value);

/** Every row's viewpoint, run by itself, future by future; and its input values drawn by hand from their names. */
function expectRows(text: string, asked: Asked, rows: readonly Readonly<Record<string, string>>[]): void {
  const { model: checked, program } = soundText(text);
  const question = questionOf(checked, asked);
  const design: Design = { kind: question.design, futures: question.runs, seed: question.seed };
  const slots = program.inputs.map(({ name }) => drawColumn(design, hashName(name)));
  const unit = { kt: 1000, t: 1, week: 7, 't/week': 1 / 7, 'kt/week': 1000 / 7, share: 1, '': 1 };
  rows.forEach((row, future) => {
    expect(row.future).toBe(String(future));
    const viewpoint = checked.viewpoints.find(({ name }) => name === row.viewpoint);
    if (viewpoint === undefined) throw new Error(`no viewpoint ${row.viewpoint}`);
    const figures = figuresOf(checked, viewpoint);
    for (const meaning of [0, 1]) {
      const values = program.inputs.flatMap(({ name, knots }, slot): readonly number[] => {
        if (name === 'lost') return [meaning];
        const forced = question.scenario?.forces.find(({ cell }) => cell === program.inputs[slot]!.cell);
        const u = slots[slot]![future]!;
        const figure = figures[slot]!;
        const width = Math.max(1, knots.length);
        if (forced !== undefined) return Array.from({ length: width }, () => forced.value);
        if (figure.kind === 'dated') return figure.knots.map((knot) => quantileAt(knot, u));
        return Array.from({ length: width }, () => quantileAt(figure, u));
      });
      const { measures, failure } = runFuture(program, Float64Array.from(values), {
        seed: question.seed,
        future,
      });
      expect(row.failed !== '').toBe(failure !== null);
      const shown = new Map(
        checked.measures.map(({ name, unit: { text: written } }, number) => [
          name,
          cellOf(measures[number]! / unit[written as keyof typeof unit]),
        ]),
      );
      if (failure !== null) for (const name of shown.keys()) shown.set(name, '');
      const gone = meaning === 0 ? 'gone, lost: few (week)' : 'gone, lost: none (week)';
      expect([row['left (kt)'], row['left_of[north] (t)'], row['ever_few'], row[gone]]).toEqual(
        ['left', 'left_of[north]', 'ever_few', 'gone'].map((name) => shown.get(name)),
      );
    }
    const value = (name: string, knot = 0): number => {
      const slot = program.inputs.findIndex((input) => input.name === name);
      const figure = figures[slot]!;
      return quantileAt(figure.kind === 'dated' ? figure.knots[knot]! : figure, slots[slot]![future]!);
    };
    if (question.scenario === null) {
      expect(Number(row['drawn[south] (kt/week)'])).toBeCloseTo(value('drawn[south]') / unit['kt/week'], 9);
      expect(Number(row['share_lost (share)'])).toBeCloseTo(value('share_lost'), 12);
    }
    for (const [knot, date] of ['2024-01-01', '2024-03-01'].entries())
      expect(Number(row[`late from ${date} (t/week)`])).toBeCloseTo(value('late', knot) * 7, 9);
  });
}

const design = fc.constantFrom('latin-hypercube', 'monte-carlo');

describe('every row of the futures is the drawn viewpoint at that future', () => {
  test.each([
    ['as it is', ''],
    ['with failures', 'fails'],
  ])('%s', async (_, how) => {
    const text = how === '' ? model(POOL) : `${CORE}${POOL}${FAILING}`;
    await fc.assert(
      fc.asyncProperty(fc.nat(1_000_000), design, async (seed, kind) => {
        const asked = { seed, design: kind, runs: 30 } as const;
        const pool = await explored(text, asked);
        const rows = rowsOf(pool);
        expect(rows).toHaveLength(30);
        expectRows(text, asked, rows);
        if (how !== '') expect(pool.failed).toBe(rows.filter(({ failed }) => failed !== '').length);
      }),
      { numRuns: 8 },
    );
  });

  test('a scenario holds what it names, which then has no column', async () => {
    const text = `${model(POOL)}scenario thrift "Thrift"\n  drawn = 1 kt/week\n  aid = 0 t/week\n`;
    const asked = { runs: 30, scenario: 'thrift' };
    const rows = rowsOf(await explored(text, asked));
    expect(Object.keys(rows[0]!)).not.toContain('drawn[north] (kt/week)');
    expectRows(text, asked, rows);
  });

  test('correlated inputs have the values that they have under the viewpoint alone', async () => {
    const text = model(POOL, 'correlate drawn[north], share_lost 0.7\n');
    const { model: checked, program } = soundText(text);
    const rows = rowsOf(await explored(text, { runs: 40 }));
    const slot = program.inputs.findIndex(({ name }) => name === 'drawn[north]');
    for (const { name } of checked.viewpoints) {
      const [plan] = planRuns(checked, program, questionOf(checked, { runs: 40, viewpoints: [name] }));
      const column = inputColumn(plan!.order, slot);
      rows.forEach((row, future) => {
        if (row.viewpoint === name)
          expect(Number(row['drawn[north] (kt/week)'])).toBeCloseTo(
            (column[column.length === 1 ? 0 : future]! * 7) / 1000,
            9,
          );
      });
    }
  });
});

test('a viewpoint of exact figures alone is run once and stands in all of its futures', async () => {
  const text = model('explore Mayor 1, Army 1\n');
  const { model: checked, program } = soundText(text);
  const plans = planPool(checked, program, questionOf(checked, { runs: 50 }));
  const futures = (name: string) =>
    plans.filter(({ viewpoint }) => viewpoint.name === name).map(({ order }) => order.design.futures);
  expect([futures('Mayor'), futures('Army')]).toEqual([
    [1, 1],
    [50, 50],
  ]);
  const rows = rowsOf(await explored(text, { runs: 50 }));
  const mayor = rows.filter(({ viewpoint }) => viewpoint === 'Mayor').map(({ future: _, ...row }) => row);
  expect(mayor.length).toBeGreaterThan(10);
  expect(new Set(mayor.map((row) => JSON.stringify(row))).size).toBe(1);
  expectRows(text, { runs: 50 }, rows);
});

test('columns are the inputs that differ between futures or viewpoints, and no other', async () => {
  const pool = await explored(model(POOL), { runs: 10 });
  expect(pool.futures.inputs.map(({ name, unit }) => [name, unit])).toEqual([
    ['drawn[north]', 'kt/week'],
    ['drawn[south]', 'kt/week'],
    ['share_lost', 'share'],
    ['late from 2024-01-01', 't/week'],
    ['late from 2024-03-01', 't/week'],
  ]);
});

test('viewpoints are drawn as often as their weights say', async () => {
  const pool = await explored(model(POOL), { runs: 4000, design: 'monte-carlo' });
  expect(pool.pool.map(({ share }) => share)).toEqual([2 / 8, 1 / 8, 5 / 8]);
  for (const { share, futures } of pool.pool) {
    // Five standard deviations of a count of independent draws.
    const spread = Math.sqrt(4000 * share * (1 - share));
    expect(Math.abs(futures - 4000 * share)).toBeLessThan(5 * spread);
  }
  expect(pool.pool.reduce((sum, { futures }) => sum + futures, 0)).toBe(4000);
});

test('weights count by their proportions, and large numbers among them too', async () => {
  const draws = async (line: string) => (await explored(model(line), { runs: 200 })).futures.drawn;
  const one = await draws('explore Army 1, Mayor 3\n');
  expect(await draws('explore Army 25%, Mayor 0.75\n')).toEqual(one);
  expect(await draws('explore Army 1e300, Mayor 3e300\n')).toEqual(one);
});

test('which viewpoint is drawn hangs on the seed and the future alone', async () => {
  const drawn = async (asked: Asked, text = model(POOL)) => [...(await explored(text, asked)).futures.drawn];
  const first = await drawn({ runs: 100 });
  expect((await drawn({ runs: 200 })).slice(0, 100)).toEqual(first);
  expect(await drawn({ runs: 100, design: 'monte-carlo' })).toEqual(first);
  expect(
    await drawn({ runs: 100 }, model(POOL, 'input other: t\n  army 1 to 2\n  mayor 1\n  relief 3\n')),
  ).toEqual(first);
  expect(await drawn({ runs: 100, seed: 2 })).not.toEqual(first);
});

test('the same seed gives the same bytes', async () => {
  const [one, same, other] = await Promise.all(
    [7, 7, 8].map(async (seed) => {
      const pool = await explored(model(POOL), { seed, runs: 60 });
      return (['table', 'json', 'ndjson', 'csv'] as const).map((format) =>
        [...formatPool(pool, format)].join(''),
      );
    }),
  );
  expect(same).toEqual(one);
  for (const [at, text] of other!.entries()) expect(text).not.toBe(one![at]);
});

test('without --explore the line changes nothing and asks for no run', async () => {
  const orders: number[] = [];
  const count = (into: number[]) => async (order: Parameters<typeof plainRun>[0]) => {
    into.push(order.design.futures);
    return plainRun(order);
  };
  const plain: number[] = [];
  const withLine = await ledgerOf(model(POOL), {}, count(orders));
  const without = await ledgerOf(model(''), {}, count(plain));
  expect(withLine).toEqual(without);
  expect(orders).toEqual(plain);
});

test('the measures are summed up over the pool as a ledger sums up a viewpoint', async () => {
  const text = model('explore Relief 1e9, Army 1e-9\n');
  const { model: checked, program } = soundText(text);
  const question = questionOf(checked, { runs: 100, viewpoints: ['Relief'] });
  const ledger = await makeLedger(checked, program, question, plainRun);
  const pool = await explored(text, { runs: 100 });
  expect(pool.pool.map(({ futures }) => futures)).toEqual([100, 0]);
  const left = (measures: readonly { readonly name: string }[]) =>
    measures.filter(({ name }) => name !== 'gone' && name !== 'ever_few');
  expect(left(pool.measures)).toEqual(left(ledger.measures.map(({ viewpoint: _, ...row }) => row)));
});

test('a pool holds no verdict of any kind', async () => {
  const pool = await explored(model(POOL), { runs: 30 });
  const { futures: _, verdicts, ...told } = pool;
  expect(verdicts.given).toBe(false);
  const words = /\b(holds|fails|contested|likely|unlikely|chance|settled|probab\w*|claims?)\b/i;
  expect(JSON.stringify(told)).not.toMatch(words);
  expect(
    [...formatPool(pool, 'table')].join('').replaceAll(/\s+/g, ' ').replace(verdicts.reason, ''),
  ).not.toMatch(words);
});

test('failed futures are left out, counted under their viewpoint and told with their cause', async () => {
  const pool = await explored(`${CORE}${POOL}${FAILING}`, { runs: 100 });
  expect(pool.failed).toBeGreaterThan(0);
  expect(pool.pool.reduce((sum, { failed }) => sum + failed, 0)).toBe(pool.failed);
  expect(pool.measures[0]!.futures).toBe(100 - pool.failed);
  const row = rowsOf(pool)[pool.firstFailure!.future]!;
  expect(row.failed).toMatch(/^root at 2024-01-01, lost: few; root at 2024-01-01, lost: none$/);
  expect([row.viewpoint, row['left (kt)']]).toEqual([pool.firstFailure!.viewpoint, '']);
});
