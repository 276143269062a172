/** Bands over time: quantiles of the valid futures at each instant of a thinned grid, the same by every engine. */
import { describe, expect, it, test } from 'vitest';
import { findBands } from '../../src/cli/find-bands.ts';
import { soloCrew } from '../../src/engine/crew.ts';
import { interpretingRun } from '../../src/engine/interpret.ts';
import { moduleRun } from '../../src/engine/module-run.ts';
import { makeLedger } from '../../src/ledger/make-ledger.ts';
import { thinned } from '../../src/ledger/summarise-bands.ts';
import { soundText } from '../support/compile-text.ts';
import { type Asked, questionOf } from '../support/ledger-of.ts';

const HOST = { pause: async () => false, progress: () => {} };
const ENGINES = { module: moduleRun(soloCrew, HOST), interpreter: interpretingRun(HOST) };

const HEAD = `model "Bands"
time 2024-01-01 .. 2024-01-11 by 1 day
unit t
`;

async function bandsOf(text: string, names: readonly string[], asked: Asked = {}, run = ENGINES.module) {
  const compiled = soundText(text);
  const bands = findBands(compiled, names);
  if (typeof bands === 'string') throw new Error(bands);
  const question = { ...questionOf(compiled.model, { runs: 1000, ...asked }), bands };
  return (await makeLedger(compiled.model, compiled.program, question, run)).bands;
}

describe('the grid', () => {
  it.each([0, 1, 198, 199, 200, 201, 397, 398, 399, 400, 1_000_000])('of %d steps', (steps) => {
    const instants = thinned(steps, 200);
    expect(instants.length).toBeLessThanOrEqual(200);
    expect([instants[0], instants.at(-1)]).toEqual([0, steps]);
    const gaps = instants.slice(1).map((instant, number) => instant - (instants[number] ?? 0));
    expect(new Set(gaps.slice(0, -1)).size).toBeLessThanOrEqual(1);
    expect(gaps.every((gap) => gap > 0)).toBe(true);
    if (steps < 200) expect(instants.length).toBe(steps + 1);
  });
});

test('quantiles in the unit that was declared: a stock that falls by a uniform rate', async () => {
  const text = `${HEAD}input rate: t/day
  assumed uniform(10, 30) "test"
input share_left: share
  assumed 40 % "test"
stock stores: t = 1_000 t
  - leaving
flow leaving: t/day = rate
measure m: t = final stores
`;
  const [stores, share] = await bandsOf(text, ['stores', 'share_left']);
  expect(stores).toMatchObject({
    variable: 'stores',
    unit: 't',
    viewpoint: 'stated',
    futures: 1000,
    definitions: {},
  });
  expect(stores?.points.map(({ at }) => at)).toEqual(
    Array.from({ length: 11 }, (_, day) => `2024-01-${String(day + 1).padStart(2, '0')}`),
  );
  stores?.points.forEach((point, day) => {
    const ends = { p5: 29, p25: 25, p50: 20, p75: 15, p95: 11 } as const;
    for (const [end, rate] of Object.entries(ends))
      expect(Math.abs(point[end as keyof typeof ends] - (1000 - rate * day))).toBeLessThan(0.2 * day + 1e-9);
  });
  // What never changes has a band without a width.
  for (const point of share?.points ?? []) expect([point.p5, point.p95]).toEqual([0.4, 0.4]);
  expect(share?.points.length).toBe(11);
});

const WIDE = `${HEAD}group Town = North, South
input rate[Town]: t/day
  assumed [North] 10 to 30 "test"
  assumed [South] 1 to 3 "test"
input shaky: 1
  assumed uniform(0 - 1, 9) "test"
stock stores[Town]: t = 200 t
  - leaving
flow leaving[Town]: t/day = rate + draw uniform(0 t/day, 1 t/day)
let root: 1 = sqrt(shaky)
definition short "Short" = low | lower
let low: 1 = if stores[North] < 100 t then 1 else 0
let lower: 1 = if stores[North] < 50 t then 1 else 0
measure m: t = final stores[North]
claim c "It lasts"
  m > 20 t
`;

test('by element and whole, asked and settled, failed futures left out: the same by every engine', async () => {
  const names = ['stores', 'asked leaving[South]', 'leaving[South]', 'root', 'shaky'];
  const [fast, slow] = [
    await bandsOf(WIDE, names, { runs: 130 }),
    await bandsOf(WIDE, names, { runs: 130 }, ENGINES.interpreter),
  ];
  expect(fast).toEqual(slow);
  expect(fast.map(({ variable }) => variable)).toEqual([
    'stores[North]',
    'stores[South]',
    'asked leaving[South]',
    'leaving[South]',
    'root',
    'shaky',
  ]);
  for (const { futures, points } of fast) {
    expect(futures % 130).toBeGreaterThan(100);
    for (const point of points)
      expect(Object.values(point).every((value) => !Number.isNaN(value))).toBe(true);
  }
});

test('what hangs on a definition has a band for each meaning, and nothing else has', async () => {
  const bands = await bandsOf(WIDE, ['short', 'stores[South]'], { runs: 100 });
  expect(bands.map(({ variable, definitions }) => [variable, definitions])).toEqual([
    ['short', { short: 'low' }],
    ['stores[South]', {}],
    ['short', { short: 'lower' }],
  ]);
});

describe('refused', () => {
  const compiled = soundText(`${WIDE}let dry = stores[North] < 1 t\nmeasure n = ever dry\n`);
  it.each([
    [['store'], /there is no variable `store`; did you mean `stores`\?/],
    [['stores[West]'], /there is no variable `stores\[West\]`/],
    [['dry'], /`dry` is a yes or no/],
    [['m'], /there is no variable `m`/],
  ])('%s', (names, message) => {
    expect(findBands(compiled, names)).toMatch(message);
  });
});
