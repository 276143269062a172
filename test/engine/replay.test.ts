/**
 * One future replayed alone is the future of the whole run: its measures and claims have the same bits, whatever the
 * design, the seed, what a scenario holds and what a definition means.
 */
import { describe, expect, it } from 'vitest';
import { soloCrew } from '../../src/engine/crew.ts';
import { DESIGN_KINDS } from '../../src/engine/design.ts';
import type { RunOrder } from '../../src/engine/ensemble.ts';
import { interpretingRun } from '../../src/engine/interpret.ts';
import { moduleRun } from '../../src/engine/module-run.ts';
import { replayFuture } from '../../src/engine/replay.ts';
import { planRuns } from '../../src/ledger/plan.ts';
import { chanceSlots, withRedrawnChance } from '../../src/ledger/viewpoint-order.ts';
import { soundText } from '../support/compile-text.ts';
import { questionOf } from '../support/ledger-of.ts';

const MODEL = `model "Stores on the road"
time 2024-01-01 .. 2024-03-01 by 1 day
source depot "Depot" date 2023-12-01
source town "Town" date 2023-12-01
unit t
input drawn: t/day
  depot from 2024-01-01 400 to 600
  depot from 2024-02-01 300 to 500
  town 350 to 700
input spread: t/day
  assumed 20 to 60 "for the test"
input shaky: 1
  assumed uniform(0 - 1, 9) "for the test"
correlate spread, shaky 0.5
viewpoint Depot "Depot"
  use depot
viewpoint Town "Town"
  use town
stock stores: t = 30_000 t
  - leaving
flow leaving: t/day = max(drawn + draw normal(0 t/day, spread), 0 t/day)
let root: 1 = sqrt(shaky)
definition short "Short" = low | lower
let low = stores < 10_000 t
let lower = stores < 5_000 t
measure left: t = final stores
measure first: day = time until stores < 6_000 t
measure ran_short: day = time until short
measure rooted: 1 = final root
claim c "Much is left"
  left > 4_000 t
scenario frugal "Frugal"
  spread = 30
`;

const HOST = { pause: async () => false, progress: () => {} };
const run = moduleRun(soloCrew, HOST);
const plainly = interpretingRun(HOST);
const { model, program } = soundText(MODEL);
const short = model.variables.findIndex(({ name }) => name === 'short');

describe.each(DESIGN_KINDS)('%s', (design) => {
  it.each([
    ['plainly', {}],
    ['with another seed', { seed: 1_234_567_890_123 }],
    ['with a scenario', { scenario: 'frugal' }],
    ['with the other meaning', { definitions: [{ definition: short, meaning: 1 }] }],
  ])('%s', async (_, asked) => {
    const plans = planRuns(model, program, questionOf(model, { runs: 70, design, ...asked }));
    expect(plans.length).toBeGreaterThanOrEqual(2);
    for (const { order } of plans) await compareAll(order);
  });

  it('where chance is drawn anew, and differs from the first time', async () => {
    const [plan] = planRuns(model, program, questionOf(model, { runs: 70, design }));
    if (plan === undefined) throw new Error('nothing is planned');
    const slots = chanceSlots(model, program);
    expect(slots.map((slot) => program.inputs[slot]?.name)).toEqual(['draws of leaving']);
    const anew = withRedrawnChance(plan.order, slots);
    await compareAll(anew);
    const [first, second] = [await run(plan.order), await run(anew)];
    expect(second.measures[0]).not.toEqual(first.measures[0]);
    // What no draw reaches is as it was.
    expect(second.measures[3]).toEqual(first.measures[3]);
  });
});

async function compareAll(order: RunOrder): Promise<void> {
  const whole = await run(order);
  // Some fail, and most do not.
  expect(whole.failed.length).toBeGreaterThan(0);
  expect(whole.failed.length).toBeLessThan(30);
  const failed = new Map(whole.failed.map((one) => [one.future, one]));
  for (let number = 0; number < order.design.futures; number++) {
    const instants: number[] = [];
    const { future } = replayFuture(order, number, (instant) => instants.push(instant));
    const failure = failed.get(number);
    expect(future.failure).toEqual(
      failure === undefined ? null : { variable: failure.variable, instant: failure.instant },
    );
    if (failure !== undefined) continue;
    expect(instants).toEqual(Array.from({ length: program.time.steps + 1 }, (_, instant) => instant));
    future.measures.forEach((value, measure) => {
      expect([number, measure, Object.is(value, whole.measures[measure]?.[number])]).toEqual([
        number,
        measure,
        true,
      ]);
    });
    future.claims.forEach((value, claim) => {
      expect(value).toBe(whole.claims[claim]?.[number]);
    });
  }
}

it('what is kept of futures is the same by the interpreter, over several chunks and with an odd future', async () => {
  const [plan] = planRuns(model, program, questionOf(model, { runs: 131, design: 'monte-carlo' }));
  if (plan === undefined) throw new Error('nothing is planned');
  const keep = { variables: [...program.variables.keys()], instants: [0, 7, 8, program.time.steps] };
  const order: RunOrder = { ...plan.order, keep };
  const [fast, slow] = [await run(order), await plainly(order)];
  expect(fast.kept.length).toBe(keep.variables.length * 4);
  const differing = fast.kept.flatMap((column, number) =>
    [...column.keys()].filter((future) => !Object.is(column[future], slow.kept[number]?.[future])),
  );
  expect(differing).toEqual([]);
  expect(fast.failedInputs).toEqual(slow.failedInputs);
  expect(fast.failedInputs.length).toBe(Math.min(20, fast.failed.length));
  expect(fast.failedInputs[0]).toEqual(replayFuture(order, fast.failed[0]?.future ?? -1).given);
});

it('refuses a future that the order does not have', () => {
  const [plan] = planRuns(model, program, questionOf(model, { runs: 70 }));
  if (plan === undefined) throw new Error('nothing is planned');
  expect(() => replayFuture(plan.order, 70)).toThrow('no future 70 of 70');
});
