/**
 * Events. Dates, rising edges, lengths and rates are worked out by hand or by closed forms; a rate is held against the
 * recursion that defines it, number by number; and what decides sees events as they stood one instant before.
 */
import { describe, expect, test } from 'vitest';
import { quantile } from '../../src/base/distribution.ts';
import { hashName } from '../../src/base/hash.ts';
import { PURPOSE, uniform } from '../../src/base/philox.ts';
import { slotsHeld } from '../../src/ledger/arms.ts';
import { failureHint } from '../../src/ledger/failure-hint.ts';
import { figuresOf } from '../../src/ledger/viewpoint-order.ts';
import { runFuture } from '../../src/program/interpreter.ts';
import { ledgerText } from '../../src/views/ledger-text.ts';
import { runText, soundText, valuesAt } from '../support/compile-text.ts';
import { ledgerOf } from '../support/ledger-of.ts';

const SEED = 7;

/** The measures of one future as a list of yes (1) and no (0), one for each day from 0. */
function pathOf(
  text: string,
  condition: string,
  days: number,
  future = 0,
  step = '1 day',
): readonly number[] {
  const measures = Array.from(
    { length: days + 1 },
    (_, day) => `measure m${day} = at ${day} day 1 * (if ${condition} then 1 else 0)`,
  );
  const whole = `model "Days"\ntime 0 day .. ${days} day by ${step}\n${text}\n${measures.join('\n')}\n`;
  return Object.values(runText(whole, { seed: SEED, future }).measures);
}

describe('dates', () => {
  test('an event without a length is active at its instants alone', () => {
    expect(pathOf('event e\n  on 2 day, 5 day', 'e is active', 7)).toEqual([0, 0, 1, 0, 0, 1, 0, 0]);
  });

  test('with a length it is active until that has passed, and dates within it are passed over', () => {
    const text = 'event e\n  on 1 day, 2 day, 5 day\n  for 3 day';
    expect(pathOf(text, 'e is active', 8)).toEqual([0, 1, 1, 1, 0, 1, 1, 1, 0]);
    expect(pathOf(text, 'e has happened', 5)).toEqual([0, 1, 1, 1, 1, 1]);
  });

  test('once is once', () => {
    expect(pathOf('event e\n  on 1 day, 3 day\n  once', 'e is active', 4)).toEqual([0, 1, 0, 0, 0]);
  });

  test('a date between two instants is met at the later one, with a warning', () => {
    const text =
      'model "x"\ntime 0 day .. 4 day by 1 day\nevent e\n  on 1.5 day\nmeasure m = ever e is active\n';
    expect(soundText(text).model.variables[0]).toMatchObject({ trigger: { instants: [2] } });
    expect(pathOf('event e\n  on 1.5 day', 'e is active', 3)).toEqual([0, 0, 1, 0]);
  });

  test('time since counts from the last happening and is without end before the first', () => {
    const text = 'event e\n  on 1 day, 3 day';
    expect(pathOf(text, 'time since e < 1 day', 4)).toEqual([0, 1, 0, 1, 0]);
    expect(pathOf(text, 'time since e > 100 year', 3)).toEqual([1, 0, 0, 0]);
  });

  test('a length that no step divides ends at the next instant, and tenths end where the text says', () => {
    expect(pathOf('event e\n  on 1 day\n  for 1.5 day', 'e is active', 4)).toEqual([0, 1, 1, 0, 0]);
    const tenths = pathOf('event e\n  on 1 day\n  for 2 day', 'e is active', 4, 0, '0.1 day');
    expect(tenths).toEqual([0, 1, 1, 0, 0]);
  });
});

describe('conditions', () => {
  const STOCK = 'stock s: 1 = 5\n  - out\nflow out: 1/day = 1/day';

  test('an event happens each time its condition turns true, and at the first instant if it is true there', () => {
    const saw = 'let x = mod(time / 1 day, 3)';
    expect(pathOf(`${saw}\nevent e\n  when x < 2`, 'e is active', 6)).toEqual([1, 0, 0, 1, 0, 0, 1]);
    expect(pathOf(`${STOCK}\nevent e\n  when s <= 3`, 'e is active', 5)).toEqual([0, 0, 1, 0, 0, 0]);
  });

  test('what turns true while the event lasts is no occasion', () => {
    const saw = 'let x = mod(time / 1 day, 2)';
    expect(pathOf(`${saw}\nevent e\n  when x < 1\n  for 3 day`, 'e is active', 8)).toEqual([
      1, 1, 1, 0, 1, 1, 1, 0, 1,
    ]);
  });

  test('a condition reads events as they stood at the instant before', () => {
    // a at 2; b sees it at 3, whether it reads the event or a let that does; c sees b at 4.
    const text = `let seen = if a is active then 1 else 0
event a
  on 2 day
event b
  when seen > 0
event c
  when b is active
event d
  when seen > 0 and a is active`;
    expect(pathOf(text, 'a is active', 5)).toEqual([0, 0, 1, 0, 0, 0]);
    expect(pathOf(text, 'seen > 0', 5)).toEqual([0, 0, 1, 0, 0, 0]);
    expect(pathOf(text, 'b is active', 5)).toEqual([0, 0, 0, 1, 0, 0]);
    expect(pathOf(text, 'd is active', 5)).toEqual([0, 0, 0, 1, 0, 0]);
    expect(pathOf(text, 'c is active', 5)).toEqual([0, 0, 0, 0, 1, 0]);
  });

  test('two events that wait for each other are no circle, and go back and forth', () => {
    const text = 'event a\n  when not b is active\nevent b\n  when not a is active';
    expect(pathOf(text, 'a is active', 5)).toEqual([1, 0, 1, 0, 1, 0]);
  });

  test('an event may end itself through an equation that its condition reads', () => {
    const text = `${STOCK}
let alarm = s < 4 and not e is active
event e
  when alarm`;
    // At 2: true. At 3 it is seen active, so false; at 4 true again; at 5 false.
    expect(pathOf(text, 'e is active', 5)).toEqual([0, 0, 1, 0, 1, 0]);
  });

  test('what flowed is foreseen with the flows as events stood before', () => {
    const text = `stock s: 1 = 3
  - out
  - drain
flow out: 1/day = 2/day
flow drain: 1/day = if a is active then 2/day else 0/day
event a
  on 1 day
event short
  when out < 1.5/day`;
    // s: 3, 1, 0. At 1 a happens: both want 2, there is 1 for both. Foreseen at 1: out = 1 < 1.5 already.
    expect(pathOf(text, 'short is active', 3)).toEqual([0, 1, 0, 0]);
    const later = text.replace('1.5/day', '0.9/day').replace('stock s: 1 = 3', 'stock s: 1 = 4');
    // s: 4, 2, 0. At 1, foreseen without a: out = 2; now it gets 1. At 2, nothing is left: out = 0.
    expect(pathOf(later, 'short is active', 3)).toEqual([0, 0, 1, 0]);
  });

  test.each(['delay(seen, 2 day, 0)', 'delay(seen, 2 day)'])(
    '%s in a condition remembers what was seen',
    (x) => {
      const inside = `let seen = if a is active then 1 else 0\nevent a\n  on 1 day\nevent b\n  when ${x} > 0.5`;
      // a is active at 1, is seen by deciders at 2, and comes out of the delay at 4.
      expect(pathOf(inside, 'b is active', 6)).toEqual([0, 0, 0, 0, 1, 0, 0]);
    },
  );

  test.each(['delay', 'delay1', 'delay3', 'smooth', 'smooth3'])(
    'a let with %s that a condition reads has one memory',
    (kind) => {
      const text = (before: string): string => `let seen = if a is active then 4 else 1
let held = ${kind}(seen, 2 day${before}) + (if a is active then 0 else 0)
let plain = ${kind}(seen, 2 day${before})
event a
  on 0 day, 1 day, 2 day
event b
  when held > 1.4`;
      for (const before of ['', ', 1']) {
        expect(pathOf(text(before), 'abs(held - plain) < 0.000001', 6)).toEqual([1, 1, 1, 1, 1, 1, 1]);
      }
    },
  );
});

describe('rates', () => {
  const RATES = [0.4, 0, 0.1, 0.9, 0.3, 2, 0.2, 0.05, 0.6, 0.7];
  const TABLE = `table r(day): 1/day held
  assumed "made up"
${RATES.map((rate, day) => `  ${day}, ${rate}`).join('\n')}
let often: 1/day = r(time)`;

  /** The recursion that defines an event, of whose thresholds each is drawn once. */
  function expected(future: number, length: number | null, once: boolean): readonly number[] {
    let [hazard, count, until] = [0, 0, -1];
    return Array.from({ length: RATES.length + 1 }, (_, day) => {
      const u = uniform(SEED, future, count, hashName('e'), PURPOSE.inRun);
      const threshold = quantile({ kind: 'exponential', mean: 1 }, u);
      const runs = day < until;
      const happens = !runs && !(once && count > 0) && hazard >= threshold;
      if (happens) {
        count++;
        hazard -= threshold;
        if (length !== null) until = day + length;
      }
      const isActive = runs || happens;
      hazard = (length !== null && isActive) || (once && count > 0) ? 0 : hazard + (RATES[day] ?? 0);
      return isActive ? 1 : 0;
    });
  }

  test.each([
    ['', null, false],
    ['\n  once', null, true],
    ['\n  for 3 day', 3, false],
    ['\n  for 3 day\n  once', 3, true],
  ] as const)('the recursion holds number by number (%j)', (lines, length, once) => {
    for (let future = 0; future < 20; future++) {
      const got = pathOf(`${TABLE}\nevent e\n  rate often${lines}`, 'e is active', RATES.length, future);
      expect(got).toEqual(expected(future, length, once));
    }
  });

  test.each(['1 day', '0.25 day'])('by any step the chance is 1 − exp(−∫rate) (%s)', (step) => {
    const text = `model "x"
time 0 day .. 4 day by ${step}
event e
  rate (0.2 + 0.1 * time / 1 day) / 1 day
measure m = ever e has happened
`;
    const { model, program } = soundText(text);
    const [viewpoint] = model.viewpoints;
    const values = valuesAt(program, viewpoint === undefined ? [] : figuresOf(model, viewpoint), 0.5);
    const futures = 4000;
    let count = 0;
    for (let future = 0; future < futures; future++)
      count += runFuture(program, values, { seed: SEED, future }).measures[0] ?? 0;
    // The steps' own sum: what has gathered when the last instant comes.
    const size = step === '1 day' ? 1 : 0.25;
    let sum = 0;
    for (let t = 0; t < 4; t += size) sum += (0.2 + 0.1 * t) * size;
    const share = 1 - Math.exp(-sum);
    expect(Math.abs(count / futures - share)).toBeLessThan(4 * Math.sqrt((share * (1 - share)) / futures));
  });

  test.each(['', ' using rk4'])('a rate below zero fails the future and is named%s', (method) => {
    const text = `model "x"
time 0 day .. 4 day by 1 day${method}
event e
  rate (1 - time / 1 day) / 1 day
measure m = ever e has happened
`;
    expect(runText(text).future.failure).toEqual({ variable: 'the rate of e', instant: 2 });
  });
});

describe('effects', () => {
  test('what is added and taken is a flow of one step, kept in balance', () => {
    const text = `stock s: 1 = 10
stock heap: 1 = 0
event gift
  on 2 day
  adds 5 to s
event theft
  on 3 day, 4 day
  takes 4 from s
  adds 3 to heap`;
    expect(pathOf(text, 's >= 15', 6)).toEqual([0, 0, 0, 1, 0, 0, 0]);
    expect(pathOf(text, 's <= 11', 6)).toEqual([1, 1, 1, 0, 1, 1, 1]);
    expect(pathOf(text, 's <= 7 and heap >= 6', 6)).toEqual([0, 0, 0, 0, 0, 1, 1]);
  });

  test('what is taken is rationed with all that leaves the stock', () => {
    const text = `stock s: 1 = 10
  - used
flow used: 1/day = if time >= 2 day then 6/day else 0/day
event theft
  on 2 day
  takes 9 from s
measure got: 1 = total used over 2 day .. 3 day
measure left: 1 = final s
`;
    const { measures, future } = runText(`model "x"\ntime 0 day .. 4 day by 1 day\n${text}`);
    // Both ask for 15 of the 10 that are there.
    expect(measures['got']).toBeCloseTo(4, 12);
    expect(measures['left']).toBe(0);
    expect(future.imbalance).toBeLessThan(1e-12);
  });

  test('an amount is that of the instant at which it happens, with events as they stood before', () => {
    const text = `stock s: 1 = 10
let part = if a is active then 0.5 else 0.2
event a
  on 1 day
  takes part * s from s
event b
  on 2 day
  takes part * s from s`;
    // At 1: a fifth of 10, as a is not seen yet. At 2: half of 8.
    expect(pathOf(text, 'abs(s - 8) < 1e-9', 3)).toEqual([0, 0, 1, 0]);
    expect(pathOf(text, 'abs(s - 4) < 1e-9', 3)).toEqual([0, 0, 0, 1]);
  });

  const INPUT = 'input x: 1\n  assumed 8 "made up"\nlet y = x\n';

  test('an input is set while the event lasts, or from then on', () => {
    const lasting = 'event e\n  on 1 day\n  for 2 day\n  sets x to x / 2';
    expect(pathOf(`${INPUT}${lasting}`, 'y < 5 and x < 5', 4)).toEqual([0, 1, 1, 0, 0]);
    expect(pathOf(`${INPUT}event e\n  on 1 day\n  sets x to x / 2`, 'y < 5', 4)).toEqual([0, 1, 1, 1, 1]);
  });

  test('several settings follow each other in the order of the text, and conditions foresee them', () => {
    const text = `${INPUT}event halved
  on 1 day
  sets x to x / 2
event less
  on 2 day
  sets x to x - 1
event seen
  when y <= 4`;
    expect(pathOf(text, 'y <= 4', 4)).toEqual([0, 1, 1, 1, 1]);
    expect(pathOf(text, 'y <= 3', 4)).toEqual([0, 0, 1, 1, 1]);
    expect(pathOf(text, 'seen is active', 4)).toEqual([0, 0, 1, 0, 0]);
  });

  test('over a group each element moves its own', () => {
    const text = `group Town = north, south
stock s[Town]: 1 = 10
input x[Town]: 1
  assumed 1 "made up"
event e[Town]
  when time >= (if x[Town] > 0 then 1 day else 2 day)
  takes 2 * x from s
  sets x to 5
event one
  on 2 day
  adds 7 to s[south]`;
    expect(pathOf(text, 's[north] <= 8 and s[south] <= 8', 3)).toEqual([0, 0, 1, 0]);
    expect(pathOf(text, 's[south] >= 15 and s[north] <= 8 and x[north] >= 5', 3)).toEqual([0, 0, 0, 1]);
  });
});

describe('chance', () => {
  test('each occasion draws, at the number of the occasion', () => {
    for (let future = 0; future < 20; future++) {
      const dates = [1, 2, 4, 5, 7];
      const got = pathOf(
        `event e\n  on ${dates.map((day) => `${day} day`).join(', ')}\n  chance 40%`,
        'e is active',
        8,
        future,
      );
      const drawn = dates.filter(
        (_, occasion) => uniform(SEED, future, occasion, hashName('e chance'), PURPOSE.inRun) < 0.4,
      );
      expect(got).toEqual(Array.from({ length: 9 }, (_, day) => (drawn.includes(day) ? 1 : 0)));
    }
  });

  test.each(['1.5', '-0.5'])('a chance of %s that is worked out fails the future', (share) => {
    const text = `model "x"
time 0 day .. 4 day by 1 day
let odds = ${share} * time / 2 day
event e
  on 2 day
  chance odds
measure m = ever e has happened
`;
    expect(runText(text).future.failure).toEqual({ variable: 'e', instant: 2 });
  });

  test('and what is told of the future names the chance beside the event', async () => {
    const text = `model "Odds, an illustrative model"
time 0 day .. 4 day by 1 day
input odds: share
  assumed 80% to 90% "for the test"
event e
  on 2 day
  chance 2 * odds
event sure
  on 2 day
  chance 50%
measure m = ever (e has happened or sure has happened)
claim c "It happens"
  m
`;
    const { model } = soundText(text);
    expect(failureHint(model, 'sure')).toEqual({});
    expect(failureHint(model, 'odds')).toEqual({});
    const ledger = await ledgerOf(text, { runs: 20 });
    expect(ledger.viewpoints[0]?.failures[0]).toMatchObject({
      variable: 'e',
      hint: 'its chance may lie beyond 0 % to 100 %',
    });
    expect(ledgerText(ledger).replaceAll(/\s+/g, ' ')).toContain(
      'future 0 by e (its chance may lie beyond 0 % to 100 %) at 2 day with odds',
    );
  });

  test('a length that is drawn is drawn once for each occurrence', () => {
    for (let future = 0; future < 10; future++) {
      const got = pathOf(
        'event e\n  on 0 day, 10 day\n  for draw uniform(1 day, 8 day)',
        'e is active',
        20,
        future,
      );
      const lengths = [0, 1].map(
        (n) => 1 + 7 * uniform(SEED, future, n, hashName('e draw 1'), PURPOSE.inRun),
      );
      const wanted = got.map((_, day) => {
        const since = day < 10 ? day : day - 10;
        return since < (lengths[day < 10 ? 0 : 1] ?? 0) ? 1 : 0;
      });
      expect(got).toEqual(wanted);
    }
  });
});

describe('held', () => {
  /** A path where a scenario holds the event. */
  function heldPath(
    text: string,
    line: string,
    condition: string,
    days: number,
    future = 0,
  ): readonly number[] {
    const measures = Array.from(
      { length: days + 1 },
      (_, day) => `measure m${day} = at ${day} day 1 * (if ${condition} then 1 else 0)`,
    );
    const whole = `model "Days"\ntime 0 day .. ${days} day by 1 day\n${text}\n${measures.join('\n')}\nscenario held\n  ${line}\n`;
    const { model, program } = soundText(whole);
    const [viewpoint] = model.viewpoints;
    const values = valuesAt(program, viewpoint === undefined ? [] : figuresOf(model, viewpoint), 0.5);
    for (const { slot, value } of slotsHeld(program, model.scenarios[0]?.forces ?? [])) values[slot] = value;
    return [...runFuture(program, values, { seed: SEED, future }).measures];
  }

  const DATED = 'event e\n  on 1 day, 5 day\n  for 2 day';

  test.each([
    ['e never', [0, 0, 0, 0, 0, 0, 0, 0, 0]],
    ['e always', [1, 1, 1, 1, 1, 1, 1, 1, 1]],
    ['e on 3 day', [0, 0, 0, 1, 1, 0, 0, 0, 0]],
    ['e never from 2 day', [0, 1, 0, 0, 0, 0, 0, 0, 0]],
    ['e never from 3 day', [0, 1, 1, 0, 0, 0, 0, 0, 0]],
    ['e always from 4 day', [0, 1, 1, 0, 1, 1, 1, 1, 1]],
    ['e on 6 day from 2 day', [0, 1, 0, 0, 0, 0, 1, 1, 0]],
  ])('%s', (line, wanted) => {
    expect(heldPath(DATED, line, 'e is active', 8)).toEqual(wanted);
  });

  test('always happens once, and never leaves nothing behind', () => {
    const text = 'stock s: 1 = 10\nevent e\n  rate 5 / 1 day\n  takes 1 from s';
    expect(heldPath(text, 'e always', 's >= 9', 5)).toEqual([1, 1, 1, 1, 1, 1]);
    expect(heldPath(text, 'e always', 's >= 10', 5)).toEqual([1, 0, 0, 0, 0, 0]);
    expect(heldPath(text, 'e never', 's >= 10 and not e has happened', 5)).toEqual([1, 1, 1, 1, 1, 1]);
  });

  test('before it is held a future is what it was, and other events draw what they drew', () => {
    const text = 'event e\n  rate 0.3 / 1 day\n  for 2 day\nevent other\n  rate 0.4 / 1 day';
    for (let future = 0; future < 10; future++) {
      const free = pathOf(text, 'e is active', 12, future);
      const held = heldPath(text, 'e never from 6 day', 'e is active', 12, future);
      expect(held).toEqual(free.map((one, day) => (day < 6 ? one : 0)));
      expect(heldPath(text, 'e always', 'other is active', 12, future)).toEqual(
        pathOf(text, 'other is active', 12, future),
      );
    }
  });
});

describe('within a time', () => {
  test.each([
    ['0 day', '2 day', 0],
    ['0 day', '3 day', 1],
    ['3 day', '1 day', 1],
    // It is active until 5, and happens at 3.
    ['4 day', '2 day', 0],
    ['4 day', '4 day', 1],
  ])('from %s on for %s', (date, length, wanted) => {
    const text = `model "Days"
time 0 day .. 9 day by 1 day
event e
  on 3 day, 8 day
  for 2 day
claim c "It happens"
  e within ${length} of ${date}
`;
    expect([...runText(text).future.claims]).toEqual([wanted]);
  });
});

describe('chance by name', () => {
  const FIRST = 'event e\n  rate 0.3 / 1 day\n  for draw uniform(1 day, 4 day)';

  test.each([
    'event another\n  rate 2 / 1 day',
    'let noise = draw uniform(0, 1)',
    'event dated\n  on 2 day\n  chance 50%',
    'group Town = north, south\nevent each[Town]\n  rate 1 / 1 day',
  ])('another line changes no draw: %s', (line) => {
    for (let future = 0; future < 10; future++) {
      const alone = pathOf(FIRST, 'e is active', 15, future);
      expect(pathOf(`${line}\n${FIRST}`, 'e is active', 15, future)).toEqual(alone);
      expect(pathOf(`${FIRST}\n${line}`, 'e is active', 15, future)).toEqual(alone);
    }
  });

  test('without a length occurrences are counted as Poisson counts them, but for one an instant', () => {
    const text = `model "x"
time 0 day .. 100 day by 0.1 day
stock happened: 1 = 0
event e
  rate 0.2 / 1 day
  adds 1 to happened
measure m: 1 = final happened
`;
    const { model, program } = soundText(text);
    const [viewpoint] = model.viewpoints;
    const values = valuesAt(program, viewpoint === undefined ? [] : figuresOf(model, viewpoint), 0.5);
    const counts = Array.from(
      { length: 400 },
      (_, future) => runFuture(program, values, { seed: SEED, future }).measures[0] ?? 0,
    );
    const mean = counts.reduce((sum, one) => sum + one, 0) / counts.length;
    const variance = counts.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (counts.length - 1);
    // Mean and variance 20: four standard errors, of the mean sqrt(20/400), of the variance 20·sqrt(2/400).
    expect(Math.abs(mean - 20)).toBeLessThan(4 * Math.sqrt(20 / 400));
    expect(Math.abs(variance - 20)).toBeLessThan(4 * 20 * Math.sqrt(2 / 400));
  });

  test('with a length the time between is the mean of the rate, and the share of time active that of renewal', () => {
    const text = `model "x"
time 0 day .. 1000 day by 0.1 day
event e
  rate 0.25 / 1 day
  for 6 day
measure m: day = total (if e is active then 1 else 0)
`;
    const { model, program } = soundText(text);
    const [viewpoint] = model.viewpoints;
    const values = valuesAt(program, viewpoint === undefined ? [] : figuresOf(model, viewpoint), 0.5);
    const futures = 60;
    let active = 0;
    for (let future = 0; future < futures; future++)
      active += (runFuture(program, values, { seed: SEED, future }).measures[0] ?? 0) / 1000;
    // 4 days of waiting, half a step of rounding up, 6 days of being active.
    expect(Math.abs(active / futures - 6 / 10.05)).toBeLessThan(0.01);
  });
});

describe('under rk4', () => {
  test('an event holds through the stages, and what it moves is what was said', () => {
    const path = (condition: string): readonly number[] => {
      const measures = Array.from(
        { length: 7 },
        (_, day) => `measure m${day} = at ${day} day 1 * (if ${condition} then 1 else 0)`,
      );
      return Object.values(
        runText(`model "x"
time 0 day .. 6 day by 1 day using rk4
stock s: 1 = 10
  - out
flow out: 1/day = s / 10 day
event low
  when s < 9.1
  for 2 day
event gift
  on 3 day
  adds 5 to s
${measures.join('\n')}
`).measures,
      );
    };
    // 10·exp(-t/10): 9.048 at 1.
    expect(path('low is active')).toEqual([0, 1, 1, 0, 0, 0, 0]);
    // Over [3, 4] five come in while a tenth a day goes: 50 + (7.408 − 50)·exp(−0.1) = 11.4615.
    expect(path('abs(s - 11.4615) < 0.001')).toEqual([0, 0, 0, 0, 1, 0, 0]);
  });
});
