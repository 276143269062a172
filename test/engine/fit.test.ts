/**
 * What is solved for is held to closed forms; runs that end early to whole ones; and both to the interpreter, to one thread
 * and to several, and to single futures.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { afterAll, describe, expect, it, test } from 'vitest';
import { createThreadCrew } from '../../src/cli/thread-crew.ts';
import { soloCrew } from '../../src/engine/crew.ts';
import { DESIGN_KINDS } from '../../src/engine/design.ts';
import type { Ensemble, Run, RunOrder } from '../../src/engine/ensemble.ts';
import { fittingRun } from '../../src/engine/fit.ts';
import { interpretingRun } from '../../src/engine/interpret.ts';
import { moduleRun } from '../../src/engine/module-run.ts';
import { replayFuture } from '../../src/engine/replay.ts';
import { planRuns } from '../../src/ledger/plan.ts';
import { instantAt } from '../../src/program/time-grid.ts';
import { anyProgram } from '../support/any-program.ts';
import { casus } from '../support/casus.ts';
import { soundText } from '../support/compile-text.ts';
import { grown } from '../support/fitted-model.ts';
import { type Asked, questionOf } from '../support/ledger-of.ts';
import { orderOf as plainOrder } from '../support/run-order.ts';

const ENTRY = pathToFileURL('dist/bundle/engine-thread.js');
const HOST = { pause: async () => false, progress: () => {} };
const module = moduleRun(soloCrew, HOST);
const interpreter = interpretingRun(HOST);

const ordersOf = (text: string, asked: Asked = {}): readonly RunOrder[] => {
  const { model, program } = soundText(text);
  return planRuns(model, program, questionOf(model, { runs: 200, ...asked })).map(({ order }) => order);
};
const orderOf = (text: string, asked: Asked = {}): RunOrder => ordersOf(text, asked)[0]!;

const fitted = (order: RunOrder, run: Run = module): Promise<Ensemble> => fittingRun(run)(order);

/** A model of one stock that is calibrated, from its equation. */
const simple = (input: string, flow: string, target: string, more = ''): string => `model "m"
time 0 day .. 40 day by 1 day
unit t
input x: t/day
  assumed ${input} "for the test"
input y: t
  assumed uniform(100, 300) "for the test"
stock heap: t = 10
  + filling
flow filling: t/day = ${flow}
measure end: t = final heap
calibrate x so that heap at 20 day = ${target}
${more}`;

describe('closed forms', () => {
  it.each(DESIGN_KINDS)('the rate of growth that gives the recorded level: %s', async (design) => {
    for (const order of ordersOf(grown(), { design })) {
      const { given, dropped, measures } = await fitted(order);
      const { given: inputs } = await columnsOf(order);
      const out = new Set(dropped.map(({ future }) => future));
      inputs('first').forEach((first, future) => {
        const seen = inputs('seen')[future]!;
        const rate = (seen / first) ** (1 / 10) - 1;
        // Within the ends it is found, beyond them the future is dropped.
        expect(out.has(future)).toBe(!(rate > 0 && rate < 0.2));
        if (out.has(future)) {
          expect(measures[0]![future]).toBeNaN();
          return;
        }
        expect(Math.abs(given[0]!.values[future]! - rate)).toBeLessThan(1e-12);
        expect(Math.abs(measures[0]![future]! / seen - 1)).toBeLessThan(1e-11);
      });
    }
  });

  it('a flow that enters straight, whichever way the gap runs', async () => {
    for (const [flow, rateOf] of [
      ['x', (y: number) => (y - 10) / 20],
      ['20 t/day - x', (y: number) => 20 - (y - 10) / 20],
    ] as const) {
      const order = orderOf(simple('uniform(2, 18)', flow, 'y'));
      const { given, dropped } = await fitted(order);
      const y = (await columnsOf(order)).given('y');
      expect(dropped).toEqual([]);
      y.forEach((value, future) => {
        expect(given[0]!.values[future]).toBeCloseTo(rateOf(value), 12);
      });
    }
  });

  it('finds what lies on an end, and nothing where the gap has one sign', async () => {
    const low = await fitted(orderOf(simple('uniform(2, 18)', 'x', '50 t')));
    expect(low.given[0]!.values[0]).toBeCloseTo(2, 9);
    expect(low.dropped).toEqual([]);
    const none = await fitted(orderOf(simple('uniform(2, 18)', 'x', '5_000 t + 0 * y')));
    expect(none.dropped).toHaveLength(200);
    expect(none.failed).toEqual([]);
    expect(none.dropped[0]).toEqual({ future: 0, cause: 0 });
  });

  it('finds a rate far below the end at which what grows is beyond all bounds', async () => {
    const grown = `model "m"
time 0 day .. 60 day by 1 day
input rate: 1/day
  assumed uniform(0, 1) "for the test"
input seen: 1
  assumed uniform(200, 300) "for the test"
stock heap: 1 = 100
  + growing
flow growing: 1/day = rate * heap
measure end = final heap
calibrate rate so that heap at 60 day = seen`;
    const order = orderOf(grown);
    const { given, dropped, measures } = await fitted(order);
    const { given: inputs } = await columnsOf(order);
    expect(dropped).toEqual([]);
    inputs('seen').forEach((seen, future) => {
      expect(measures[0]![future]! / seen).toBeCloseTo(1, 9);
      expect(given[0]!.values[future]).toBeCloseTo((seen / 100) ** (1 / 60) - 1, 11);
    });
  });

  it('takes a jump over the value for no root', async () => {
    const jump = simple('uniform(2, 18)', 'if x < 9 t/day then 1 t/day else 17 t/day', 'y');
    const { dropped } = await fitted(orderOf(jump));
    expect(dropped).toHaveLength(200);
  });

  it('solves together what needs unlike numbers of steps', async () => {
    const second = `input rate: 1/day
  assumed uniform(0, 0.3) "for the test"
stock bloom: t = 10
  + blooming
flow blooming: t/day = rate * bloom
calibrate rate so that bloom at 20 day = y`;
    const order = orderOf(simple('uniform(2, 18)', 'x', 'y', second));
    expect(order.fit?.calibrations.map(({ stage }) => stage)).toEqual([0, 0]);
    const { given, dropped } = await fitted(order);
    const { given: inputs } = await columnsOf(order);
    expect(dropped).toEqual([]);
    inputs('y').forEach((y, future) => {
      expect(given[0]!.values[future]).toBeCloseTo((y - 10) / 20, 10);
      expect(given[1]!.values[future]).toBeCloseTo((y / 10) ** (1 / 20) - 1, 10);
    });
  });

  it('solves what hangs on another behind it', async () => {
    const second = `input z: t/day
  assumed uniform(0, 30) "for the test"
stock pile: t = 0
  + piling
flow piling: t/day = z + x
calibrate z so that pile at 30 day = 600 t`;
    const order = orderOf(simple('uniform(2, 18)', 'x', 'y', second));
    expect(order.fit?.calibrations.map(({ stage }) => stage)).toEqual([0, 1]);
    const { given, dropped } = await fitted(order);
    expect(dropped).toEqual([]);
    given[1]!.values.forEach((z, future) => {
      expect(z + given[0]!.values[future]!).toBeCloseTo(20, 10);
    });
  });
});

/** Drawn inputs by name, in the world as it is. */
async function columnsOf(order: RunOrder): Promise<{ readonly given: (name: string) => Float64Array }> {
  const { program, design } = order;
  const futures = Array.from({ length: design.futures }, (_, future) => replayFuture(order, future).given);
  return {
    given: (name) => {
      const slot = program.inputs.findIndex((input) => input.name === name);
      return Float64Array.from(futures, (values) => values[slot]!);
    },
  };
}

const bits = (columns: readonly (Float64Array | Uint8Array)[]): string =>
  columns
    .map(({ buffer, byteOffset, byteLength }) =>
      Buffer.from(buffer, byteOffset, byteLength).toString('base64'),
    )
    .join();

const REQUIRED = `require kept > 20_000 t "on record"
claim much "Much"
  kept > 40_000 t
scenario slow "Slow growth"
  rate = 0.05
scenario little "Little lost"
  lost = 1%`;

describe('whoever runs it', () => {
  const crews = [2, 3].map((size) =>
    createThreadCrew(size, { worth: 0, entry: ENTRY, sharesMemory: size === 2 }),
  );
  afterAll(async () => {
    for (const crew of crews) await crew.dismiss();
  });

  it.each(DESIGN_KINDS)(
    'has the bits of the interpreter, and of one, two and three workers: %s',
    async (design) => {
      for (const [number, order] of ordersOf(grown(REQUIRED), { design }).entries()) {
        const expected = await fitted(order, interpreter);
        expect(expected.dropped.length).toBeGreaterThan(20);
        // Under the army's figures every future can be calibrated.
        const causes = new Set(expected.dropped.map(({ cause }) => cause));
        expect([...causes].sort()).toEqual(number === 0 ? [1] : [0, 1]);
        for (const run of [module, ...crews.map((crew) => moduleRun(crew, HOST))]) {
          const found = await fitted(order, run);
          expect(found.dropped).toEqual(expected.dropped);
          expect(bits(found.given.map(({ values }) => values))).toBe(
            bits(expected.given.map(({ values }) => values)),
          );
          expect(bits([...found.measures, ...found.claims])).toBe(
            bits([...expected.measures, ...expected.claims]),
          );
          expect([found.clipped, found.imbalance]).toEqual([expected.clipped, expected.imbalance]);
        }
      }
    },
  );

  it('shows one future as the whole run has it, in every world', async () => {
    for (const scenario of [undefined, 'slow', 'little']) {
      for (const order of ordersOf(grown(REQUIRED), scenario === undefined ? {} : { scenario })) {
        const whole = await fitted(order);
        const causes = new Map(whole.dropped.map(({ future, cause }) => [future, cause]));
        for (let future = 0; future < 200; future += 7) {
          const alone = replayFuture(order, future);
          expect(alone.dropped).toBe(causes.get(future) ?? null);
          if (alone.dropped !== null) continue;
          expect([...alone.future.measures]).toEqual(whole.measures.map((column) => column[future]));
          expect([...alone.future.claims]).toEqual(whole.claims.map((column) => column[future]));
        }
      }
    }
  });
});

describe('worlds', () => {
  it('gives what it finds in the world as it is to every other, and drops the same futures there', async () => {
    const run = fittingRun(module);
    const [plain] = ordersOf(grown(REQUIRED));
    const [slow] = ordersOf(grown(REQUIRED), { scenario: 'slow' });
    const [little] = ordersOf(grown(REQUIRED), { scenario: 'little' });
    const [base, held, moved] = [await run(plain!), await run(slow!), await run(little!)];
    expect(held.dropped).toEqual(base.dropped);
    expect(moved.dropped).toEqual(base.dropped);
    expect(bits(moved.given.map(({ values }) => values))).toBe(bits(base.given.map(({ values }) => values)));
    // A scenario that holds the input holds it.
    const counted = base.measures[0]!.findIndex((value) => !Number.isNaN(value));
    const first = replayFuture(slow!, counted).given[
      plain!.program.inputs.findIndex(({ name }) => name === 'first')
    ]!;
    expect(held.measures[0]![counted]).toBeCloseTo(first * 1.05 ** 10, 8);
    expect(moved.measures[0]![counted]).toBe(base.measures[0]![counted]);
  });

  it('is worked out once for all of them, and anew where inputs are drawn anew', async () => {
    let runs = 0;
    const [order] = ordersOf(grown(REQUIRED));
    const run = fittingRun(async (one) => {
      runs++;
      return module(one);
    });
    const base = await run(order!);
    // Both ends, a few steps, a look at what is required, and the run itself; far fewer than are allowed for.
    const first = runs;
    expect(first).toBeGreaterThan(6);
    expect(first).toBeLessThan(20);
    await run({ ...order!, forced: [{ slot: 3, value: 0.05 }] });
    expect(runs).toBe(first + 1);
    const seen = order!.program.inputs.findIndex(({ name }) => name === 'seen');
    const anew = await run({ ...order!, redrawn: [seen] });
    expect(runs).toBeGreaterThan(first + 6);
    expect(anew.given[0]!.values).not.toEqual(base.given[0]!.values);
  });
});

describe('a run that ends early', () => {
  test('has the bits of the interpreter on generated models, whatever the instant', async () => {
    await fc.assert(
      fc.asyncProperty(anyProgram, fc.nat(), async (text, nat) => {
        const { model, program } = soundText(text);
        const until = 1 + (nat % program.time.steps);
        const order = { ...plainOrder(model, program, 3), until };
        const [found, expected] = [await module(order), await interpreter(order)];
        expect(found.failed).toEqual(expected.failed);
        expect(found.measures).toEqual(expected.measures);
        expect([found.clipped, found.imbalance]).toEqual([[], 0]);
        // Claims that read measures beyond the end are nothing.
        const end = instantAt(program.time, until);
        const isOver = program.measures.every(({ to }) => to <= end);
        if (isOver) expect(found.claims).toEqual(expected.claims);
      }),
      { numRuns: 150 },
    );
  }, 120_000);

  test.each([
    ['the interpreter', interpreter],
    ['the module', module],
  ] as const)('has the bits of a whole one as far as it goes: %s', async (_, run) => {
    const { fit: _fit, ...order } = orderOf(grown());
    const whole = await run(order);
    const early = await run({ ...order, until: 10 });
    const { measures } = order.program;
    measures.forEach(({ to }, number) => {
      if (to > 10) expect(early.measures[number]!.every(Number.isNaN)).toBe(true);
      else expect(bits([early.measures[number]!])).toBe(bits([whole.measures[number]!]));
    });
    expect(measures.filter(({ to }) => to <= 10)).toHaveLength(2);
    expect(early.failed).toEqual([]);
  });

  test('does not fail by what comes later, and really stops', async () => {
    const late = `input z: 1
  assumed uniform(0.5, 2) "for the test"
let root: 1 = sqrt(if time > 30 day then 0 - z else z)
measure rooted: 1 = at 5 day root
measure later: 1 = final root`;
    const { fit: _, ...order } = orderOf(simple('uniform(2, 18)', 'x', 'y', late));
    for (const run of [interpreter, module]) {
      expect((await run(order)).failed).toHaveLength(200);
      const { failed, measures } = await run({ ...order, until: 20 });
      expect(failed).toEqual([]);
      expect(measures[1]!.every((value) => value > 0)).toBe(true);
    }
  });
});

describe('a run of some futures alone', () => {
  const handing = createThreadCrew(2, { worth: 0, entry: ENTRY, sharesMemory: false });
  afterAll(() => handing.dismiss());

  const CHANCY = `model "m"
time 0 day .. 12 day by 1 day
unit t
input mean: t/day
  assumed uniform(1, 9) "for the test"
stock heap: t = 10
  + coming
flow coming: t/day = draw lognormal(mean, 2)
let root: 1 = sqrt(60 - heap / 1 t)
measure end: t = final heap
measure dull: 1 = final root`;

  it.each([
    ['the interpreter', interpreter],
    ['the module', module],
    ['workers that are handed it', moduleRun(handing, HOST)],
  ] as const)('has the bits that they have among all: %s', async (_, run) => {
    const order = plainOrder(soundText(CHANCY).model, soundText(CHANCY).program, 51);
    const whole = await run(order);
    const some = [4, 5, 6, 7, 20, 21, 48, 49, 50];
    const found = await run({ ...order, only: Int32Array.from(some) });
    expect(found.futures).toBe(some.length);
    found.measures.forEach((column, measure) => {
      expect([...column]).toEqual(some.map((future) => whole.measures[measure]![future]));
    });
    expect(found.failed).toEqual(whole.failed.filter(({ future }) => some.includes(future)));
    expect(found.failed.length).toBeGreaterThan(0);
    expect(found.failed.length).toBeLessThan(some.length);
  });
});

test('the same bytes of `casus run` with 1, 2 and 3 workers', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'fit-'));
  writeFileSync(`${folder}/model.casus`, grown(REQUIRED));
  const answers = [];
  for (const workers of ['1', '2', '3'])
    answers.push(await casus(['run', folder, '--runs', '400', '--format', 'json', '--workers', workers]));
  expect(new Set(answers.map(({ stdout }) => stdout)).size).toBe(1);
  expect(answers[0]!.code).toBe(0);
  rmSync(folder, { recursive: true });
}, 60_000);
