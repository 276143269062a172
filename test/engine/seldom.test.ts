/**
 * What a module works out only now and then: draws when their counter has moved, and what matters only where something
 * holds. The bits are those of the interpreter, which works out everything at every instant; and what was kept for later is
 * never too old, though the futures of a pair move their counters at instants of their own.
 */
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { soloCrew } from '../../src/engine/crew.ts';
import { interpretingRun } from '../../src/engine/interpret.ts';
import { moduleRun } from '../../src/engine/module-run.ts';
import { flowOf } from '../../src/program/operands.ts';
import { type Code, OPERATIONS, type Program } from '../../src/program/program.ts';
import { gatherRare } from '../../src/wasm/rare-rows.ts';
import { partSlow } from '../../src/wasm/slow-rows.ts';
import { surelyFinite } from '../../src/wasm/surely-finite.ts';
import { anyProgram } from '../support/any-program.ts';
import { differences, EMISSIONS } from '../support/both-engines.ts';
import { soundText } from '../support/compile-text.ts';
import { orderOf } from '../support/run-order.ts';

const HOST = { pause: async () => false, progress: () => {} };

/** Events that happen again and again, at other instants in each future, and decisions that follow them. */
const BUSY = `model "M"
time 0 day .. 40 day by 1 day
actor One
actor Two
input often: 1/day
  assumed 0.1/day to 0.9/day "for the test"
input worth: 1
  assumed normal(0, 2) "for the test"
input long: day
  assumed 1 day to 6 day "for the test"
input odds: share
  assumed 10% to 90% "for the test"
stock heap: 1 signed = 10
  + coming
flow coming: 1/day two-way = (heap - 8) * (if chosen is go then -0.2 else 0.1) / 1 day
event strike
  rate often
event truce
  rate often * 0.6
  for draw exponential(long)
event raid
  when heap > 9 and not truce is active
  chance odds
  adds draw normal(0, 1) to heap
decision chosen by One every 3 day from 2 day
  option stay 0
  option go worth + exp(if raid has happened then worth / 4 else 0) * (if raid has happened then 2 else 1) - heap / 10
    cost odds
  option leave 1 - worth
    closed unless strike has happened
  scale 0.7
  inertia odds / 2
decision met by Two when strike is active
  option no 0
  option yes exp(worth / 3)
  scale 1
measure most: 1 = highest heap
measure busy: day = total (if truce is active then 1 else 0)
measure last: 1 = final (if met is yes then 1 else 0) + chance of chosen is go
claim any "Anything"
  most > 11`;

const rk4 = (text: string): string => text.replace('by 1 day', 'by 1 day using rk4');

describe.each([
  ['euler', BUSY],
  ['rk4', rk4(BUSY)],
])('bits of the interpreter under %s', (_, text) => {
  it.each(EMISSIONS)('$name', (options) => {
    const { model, program } = soundText(text);
    expect(differences(orderOf(model, program, 51), [options])).toEqual([]);
  });

  it('also where a run ends early', async () => {
    const { model, program } = soundText(text);
    for (const until of [1, 2, 17]) {
      const order = { ...orderOf(model, program, 31), until };
      const [found, right] = [await moduleRun(soloCrew, HOST)(order), await interpretingRun(HOST)(order)];
      expect(found.failed).toEqual(right.failed);
      expect(found.measures).toEqual(right.measures);
    }
  });
});

describe('a future that goes wrong in what is kept', () => {
  // Below zero the length of a truce is no number, which shows when the first one begins.
  const WRONG = BUSY.replace('assumed 1 day to 6 day', 'assumed normal(2 day, 3 day)')
    // A worth beyond all numbers.
    .replace('exp(worth / 3)', 'exp(300 * worth * (if strike has happened then 1 else 0))');

  it.each([
    ['euler', WRONG],
    ['rk4', rk4(WRONG)],
  ])('is put down to the same variable and instant: %s', (_, text) => {
    const { model, program } = soundText(text);
    const order = orderOf(model, program, 60);
    expect(differences(order, EMISSIONS)).toEqual([]);
  });

  it('fails in several ways here, and not at once', async () => {
    const { model, program } = soundText(WRONG);
    const { failed } = await interpretingRun(HOST)(orderOf(model, program, 60));
    expect(new Set(failed.map(({ variable }) => variable))).toEqual(
      new Set(['truce', 'utility of yes in met']),
    );
    expect(new Set(failed.map(({ instant }) => instant)).size).toBeGreaterThan(5);
  });
});

describe('many counters', () => {
  const MANY = `model "M"
time 0 day .. 12 day by 1 day
actor One
group Cell = ${Array.from({ length: 250 }, (_, number) => `e${number}`).join(', ')}
input often: 1/day
  assumed 0.1/day to 0.5/day "for the test"
event strike[Cell]
  rate often
decision chosen by One every 2 day
  option stay 0
  option go exp(sum(if strike has happened then 1 else 0 over Cell) / 250) - exp(if strike[e0] has happened then often * 1 day else 0)
  scale 1
measure most: 1 = total (if chosen is go then 1 else 0) / 1 day
measure all: 1 = final sum(if strike has happened then 1 else 0 over Cell)
claim any "Anything"
  all > most`;
  const { model, program } = soundText(MANY);

  it('have their rows in several functions, with the same bits', () => {
    expect(differences(orderOf(model, program, 5), [{ wide: true }, { wide: false }])).toEqual([]);
  });

  it('on which one row hangs are not watched for it', () => {
    const { program: rest, slow } = partSlow(program);
    // Each strike, with what reads the first alone, and the decision's own draw.
    expect(slow).toHaveLength(251);
    for (const { counters } of slow) expect(counters).toHaveLength(1);
    expect(named(rest).filter((name) => name === 'exponential').length).toBe(3);
  });
});

const named = ({ stepCode }: Program): readonly string[] =>
  [...stepCode.operation].map((operation) => OPERATIONS[operation] ?? '');

describe('which rows', () => {
  const { program } = soundText(BUSY);
  const { program: rest, slow } = partSlow(program);

  it('are kept: all draws, each with its own counter, and their logarithms', () => {
    expect(named(program).filter((name) => name === 'uniform')).toHaveLength(7);
    for (const name of ['uniform', 'logarithm', 'normal quantile']) expect(named(rest)).not.toContain(name);
    for (const { counters } of slow) expect(counters).toHaveLength(1);
    // Strike, truce with its length, the raid's occasions, the raid itself with what it moves and is worth, two meetings.
    expect(slow).toHaveLength(6);
  });

  it('are passed over: the chances of a decision between its meetings', () => {
    const { program: gathered, blocks } = gatherRare(rest);
    const within = new Set(
      blocks.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, at) => from + at)),
    );
    const outside = named(gathered).filter((name, row) => name === 'exponential' && !within.has(row));
    // What a decision weighs is shown at every instant; its chances are not.
    expect(outside).toHaveLength(0);
    expect(named(gathered).filter((name) => name === 'exponential')).toHaveLength(3);
    expect(gathered.stepCode.length).toBe(rest.stepCode.length);
  });

  it('need not be looked at: yes and no, counts and times of events', () => {
    const sure = surelyFinite(program);
    const names = program.variables.filter(({ register }) => sure.has(register)).map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining(['the count of strike', 'the last time of strike', 'chosen is go']),
    );
    for (const name of [
      'heap',
      'coming',
      'truce',
      'chosen',
      'utility of go in chosen',
      'often',
      'the rate of strike',
    ])
      expect(names).not.toContain(name);
  });
});

test('of any program no row is lost, none reads what is not there, and none stands before what it reads', () => {
  let kept = 0;
  let passed = 0;
  fc.assert(
    fc.property(anyProgram, (text) => {
      const { program } = soundText(text);
      const { program: rest, slow } = partSlow(program);
      const rows = [rest.stepCode, ...slow.map(({ code }) => code)];
      expect(rows.reduce((sum, { length }) => sum + length, 0)).toBe(program.stepCode.length);
      const written = new Set(rest.stepCode.target);
      for (const { code, counters: own } of slow) {
        const counters = new Set(own);
        const strange = [...flowOf(code).reads].filter(
          (register) =>
            !counters.has(register) &&
            (written.has(register) || program.memories.some(({ held }) => held === register)),
        );
        expect(strange).toEqual([]);
      }
      const { program: gathered, blocks } = gatherRare(rest);
      const told = ({ stepCode }: Program): readonly string[] =>
        Array.from({ length: stepCode.length }, (_, row) => rowOf(stepCode, row)).sort();
      expect(told(gathered)).toEqual(told(rest));
      // Whoever reads a register of a block from outside of it reads one of its results.
      const { reads } = flowOf(gathered.stepCode);
      expect(reads).toEqual(flowOf(rest.stepCode).reads);
      for (const { from, to, results, guard } of blocks) {
        const own = new Set(gathered.stepCode.target.subarray(from, to));
        expect(own.has(guard)).toBe(false);
        const after = flowOf(gathered.stepCode, to).reads;
        expect([...own].filter((register) => after.has(register)).sort()).toEqual([...results].sort());
      }
      kept += slow.length;
      passed += blocks.length;
    }),
    { numRuns: 200 },
  );
  expect(Math.min(kept, passed)).toBeGreaterThan(500);
});

const rowOf = ({ operation, target, a, b, c }: Code, row: number): string =>
  [operation[row], target[row], a[row], b[row], c[row]].join();
