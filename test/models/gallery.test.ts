/**
 * The gallery: every folder in models/ is sound and complete, and each model agrees with what was known of it
 * beforehand. Numbers go the whole way: text, program, interpreter.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { load } from '../../src/cli/load.ts';
import type { Compiled } from '../../src/compile.ts';
import { slotsHeld } from '../../src/ledger/arms.ts';
import { figuresOf } from '../../src/ledger/viewpoint-order.ts';
import type { Unit } from '../../src/model/units.ts';
import { runFuture } from '../../src/program/interpreter.ts';
import { valuesAt } from '../support/compile-text.ts';
import armsRace from './fixtures/arms-race.json' with { type: 'json' };
import iwoJima from './fixtures/iwo-jima.json' with { type: 'json' };
import shallowLake from './fixtures/shallow-lake.json' with { type: 'json' };

const MODELS = readdirSync('models').toSorted();

function compiled(name: string): Compiled {
  const { result } = load(join('models', name));
  if (!result.ok) throw new Error(`models/${name} is not sound`);
  return result.value;
}

type Played = {
  readonly failed: string | null;
  readonly inputs: ReadonlyMap<string, number>;
  readonly measures: ReadonlyMap<string, number>;
  readonly claims: ReadonlyMap<string, boolean>;
  /** A variable's value at every instant, in base units. */
  readonly series: (variable: string) => readonly number[];
  readonly times: readonly number[];
  readonly imbalance: number;
};

/** One future with every input at the median of a viewpoint, or where a scenario holds it. */
function play(
  name: string,
  { viewpoint = 0, scenario }: { readonly viewpoint?: number; readonly scenario?: string } = {},
): Played {
  const { model, program } = compiled(name);
  const chosen = model.viewpoints[viewpoint];
  const held = model.scenarios.find((one) => one.name === scenario) ?? null;
  if (chosen === undefined || (scenario !== undefined && held === null)) throw new Error('nothing to play');
  const values = valuesAt(program, figuresOf(model, chosen), 0.5);
  for (const { slot, value } of slotsHeld(program, held?.forces ?? [])) values[slot] = value;
  const times: number[] = [];
  const seen = program.variables.map((): number[] => []);
  const future = runFuture(program, values, { seed: 1, future: 0 }, (_, time, registers) => {
    times.push(time);
    program.variables.forEach(({ register }, number) => {
      seen[number]?.push(registers[register] ?? Number.NaN);
    });
  });
  return {
    failed: future.failure?.variable ?? null,
    inputs: new Map(program.inputs.map((input, slot) => [input.name, values[slot] ?? Number.NaN])),
    measures: new Map(
      model.measures.map((measure, number) => [
        measure.name,
        (future.measures[number] ?? Number.NaN) / factorOf(measure.unit),
      ]),
    ),
    claims: new Map(
      program.claims.map(({ claim }, number) => [
        model.claims[claim]?.name ?? '',
        future.claims[number] === 1,
      ]),
    ),
    series: (variable) => {
      const number = program.variables.findIndex((one) => one.name === variable && !one.asked);
      const found = seen[number];
      if (found === undefined) throw new Error(`no variable ${variable}`);
      return found;
    },
    times,
    imbalance: future.imbalance,
  };
}

const factorOf = ({ factor }: Unit): number => Number(factor.n) / Number(factor.d);

function expectNear(actual: number | undefined, expected: number, relative: number): void {
  expect(Math.abs((actual ?? Number.NaN) - expected)).toBeLessThanOrEqual(relative * Math.abs(expected));
}

describe.each(MODELS)('models/%s', (name) => {
  test('has prose, a page for readers, and nothing to be told', () => {
    for (const file of ['model.casus', 'brief.md', 'README.md'])
      expect(existsSync(join('models', name, file))).toBe(true);
    expect(load(join('models', name)).result).toMatchObject({ ok: true, diagnostics: [] });
  });

  test('says of figures that are assumed alone that they are for illustration', () => {
    const { model } = compiled(name);
    const isStated = model.variables.some(
      (variable) => variable.kind === 'input' && variable.estimates.some(({ source }) => source !== null),
    );
    const [title] = readFileSync(join('models', name, 'brief.md'), 'utf8').split('\n');
    for (const one of [model.title, title]) expect(one?.includes('illustrative') || isStated).toBe(true);
  });

  test('runs under every viewpoint, and balances', () => {
    for (const viewpoint of compiled(name).model.viewpoints.keys()) {
      const { failed, measures, imbalance } = play(name, { viewpoint });
      expect(failed).toBeNull();
      for (const value of measures.values()) expect(value).not.toBeNaN();
      expect(imbalance).toBeLessThan(1e-12);
    }
  });
});

describe('iwo-jima', () => {
  const steps = 100;

  test('meets the exact solution of every day', () => {
    const { series, measures } = play('iwo-jima');
    const [americans, japanese] = [series('americans'), series('japanese')];
    for (const [day, us, jp] of iwoJima.from_21500 as [number, number, number][]) {
      expectNear(americans[day * steps], us, 1e-9);
      expectNear(japanese[day * steps], jp, 1e-9);
    }
    expectNear(measures.get('ashore'), 73_000, 1e-12);
  });

  test('meets it with 500 fewer, as long as they last, and empties their stock where it falls below zero', () => {
    const { series, measures } = play('iwo-jima', { scenario: 'smaller_garrison' });
    const [americans, japanese] = [series('americans'), series('japanese')];
    for (const [day, us, jp] of (iwoJima.from_21000 as [number, number, number][]).slice(0, -1)) {
      expectNear(americans[day * steps], us, 1e-9);
      expectNear(japanese[day * steps], jp, 1e-9);
    }
    expect(measures.get('japanese_left')).toBe(0);
  });
});

describe('arms-race', () => {
  const { line, printed } = armsRace;

  test("rests on the countries' figures", () => {
    const { inputs } = play('arms-race');
    const { france, russia, germany, austria_hungary: austria, total } = armsRace;
    const at = <T>(values: readonly T[], year: number): T => values[year] as T;
    expectNear(inputs.get('spent_1909[Entente]'), (at(france, 0) + at(russia, 0)) / 365.25, 1e-12);
    expectNear(inputs.get('spent_1909[Alliance]'), (at(germany, 0) + at(austria, 0)) / 365.25, 1e-12);
    for (const year of [0, 1, 2, 3, 4]) {
      const sum = at(france, year) + at(russia, year) + at(germany, year) + at(austria, year);
      expectNear(sum, at(total, year), 1e-12);
    }
    for (const year of [0, 1, 2, 3]) {
      const [before, after] = [at(total, year), at(total, year + 1)];
      expectNear(inputs.get(`level[from_${1909 + year}]`), (before + after) / 2 / 365.25, 1e-12);
      expectNear(inputs.get(`rise[from_${1909 + year}]`), (after - before) / 365.25 ** 2, 1e-12);
    }
    expectNear(inputs.get('spent_1913'), at(total, 4) / 365.25, 1e-12);
  });

  test('finds the line by least squares, and says where the printed one differs', () => {
    const { measures, claims } = play('arms-race');
    expectNear(measures.get('line_slope'), line.slope, 1e-12);
    expectNear(measures.get('line_zero'), line.zero, 1e-12);
    expect(Math.abs(line.slope - printed.slope)).toBeLessThan(0.005);
    expect(claims).toEqual(
      new Map([
        ['slope_as_printed', true],
        ['zero_as_printed', false],
        ['no_stable_balance', true],
        ['spending_grows', true],
        ['reaches_1913', true],
      ]),
    );
  });

  /** Sum and difference of the two blocs are each an exponential: x' = k·y − α·x + g, and y likewise. */
  test.each([
    { scenario: undefined, start: [115.3, 83.9], restraint: 0, grows: true },
    { scenario: 'less_in_1909', start: [110.3, 78.9], restraint: 0, grows: false },
    { scenario: 'agreement', start: [115.3, 83.9], restraint: 1, grows: false },
  ])('meets the closed form of both blocs ($scenario)', ({ scenario, start, restraint, grows }) => {
    const { series, times, measures, inputs, claims } = play(
      'arms-race',
      scenario === undefined ? {} : { scenario },
    );
    const fatigue = (inputs.get('fatigue') ?? 0) * 365.25;
    const answer = fatigue + line.slope - restraint;
    const grievance = (-line.slope * line.zero) / 2;
    const balance = (answer * grievance + fatigue * grievance) / (fatigue * fatigue - answer * answer);
    expectNear(measures.get('balance_point'), balance, 1e-12);
    const [entente, alliance] = [series('spending[Entente]'), series('spending[Alliance]')];
    const [x, y] = start as [number, number];
    times.forEach((time, instant) => {
      const years = (time - (times[0] ?? 0)) / 365.25;
      const sum = 2 * balance + (x + y - 2 * balance) * Math.exp((answer - fatigue) * years);
      const difference = (x - y) * Math.exp(-(answer + fatigue) * years);
      expect(Math.abs((entente[instant] ?? 0) * 365.25 - (sum + difference) / 2)).toBeLessThan(1e-7);
      expect(Math.abs((alliance[instant] ?? 0) * 365.25 - (sum - difference) / 2)).toBeLessThan(1e-7);
    });
    expect(times).toHaveLength(488);
    expect(claims.get('no_stable_balance')).toBe(answer * answer > fatigue * fatigue);
    expect(claims.get('spending_grows')).toBe(grows);
  });
});

describe('shallow-lake', () => {
  test.each([
    { scenario: undefined, highest: shallowLake.highest.none, clear: 1, stays: true },
    { scenario: 'cautious', highest: shallowLake.highest.cautious, clear: 1, stays: true },
    { scenario: 'careless', highest: shallowLake.highest.careless, clear: shallowLake.clear, stays: false },
  ])('meets the map ($scenario)', ({ scenario, highest, clear, stays }) => {
    const { measures, claims } = play('shallow-lake', scenario === undefined ? {} : { scenario });
    expectNear(measures.get('threshold'), shallowLake.critical, 1e-14);
    expectNear(measures.get('highest_level'), highest, 1e-13);
    expectNear(measures.get('years_clear'), 100 * clear, 1e-13);
    expect(claims.get('stays_clear')).toBe(stays);
  });
});

test('teacup meets the exponential at every instant', () => {
  const { series, times, measures } = play('teacup', { scenario: 'middle' });
  const tea = series('tea');
  times.forEach((time, instant) => {
    expectNear(tea[instant], 20 + 70 * Math.exp((-time * 24) / 0.5), 1e-8);
  });
  expect(times).toHaveLength(201);
  expectNear(measures.get('after_one_hour'), 20 + 70 * Math.exp(-2), 1e-8);
  // The path between two instants is a straight line, so a crossing is of the second order.
  expectNear(measures.get('drinkable'), 0.5 * Math.log(70 / 40), 1e-5);
});

describe('epidemic-by-age', () => {
  const catching = 0.03;
  const illness = 5;
  const people = [200_000, 800_000] as const;
  /** Row: who meets; column: who is met. */
  const meets = [
    [8, 6],
    [1.5, 8],
  ] as const;
  const AGES = [0, 1] as const;

  type State = {
    readonly s: readonly number[];
    readonly i: readonly number[];
    readonly r: readonly number[];
  };
  const moved = (one: State, rate: State, by: number): State => ({
    s: AGES.map((age) => (one.s[age] ?? 0) + by * (rate.s[age] ?? 0)),
    i: AGES.map((age) => (one.i[age] ?? 0) + by * (rate.i[age] ?? 0)),
    r: AGES.map((age) => (one.r[age] ?? 0) + by * (rate.r[age] ?? 0)),
  });
  function rates({ s, i }: State): State {
    const infecting = AGES.map(
      (age) =>
        catching *
        (s[age] ?? 0) *
        AGES.reduce<number>((sum, met) => sum + (meets[age][met] * (i[met] ?? 0)) / people[met], 0),
    );
    const recovering = AGES.map((age) => (i[age] ?? 0) / illness);
    return {
      s: infecting.map((rate) => -rate),
      i: AGES.map((age) => (infecting[age] ?? 0) - (recovering[age] ?? 0)),
      r: recovering,
    };
  }

  /** The same equations, written apart from Casus and stepped finely; one state a day. */
  function solution(days: number, stepsADay: number): readonly State[] {
    const h = 1 / stepsADay;
    let state: State = {
      s: people.map((all) => all * (1 - 1e-4)),
      i: people.map((all) => all * 1e-4),
      r: [0, 0],
    };
    const found = [state];
    for (let step = 1; step <= days * stepsADay; step++) {
      const one = rates(state);
      const two = rates(moved(state, one, h / 2));
      const three = rates(moved(state, two, h / 2));
      const four = rates(moved(state, three, h));
      state = moved(moved(moved(moved(state, one, h / 6), two, h / 3), three, h / 3), four, h / 6);
      if (step % stepsADay === 0) found.push(state);
    }
    return found;
  }

  const played = play('epidemic-by-age', { scenario: 'middle' });

  test('meets a fine solution of the same equations on every day', () => {
    const days = solution(300, 64);
    expect(days).toHaveLength(301);
    for (const [age, name] of ['child', 'adult'].entries()) {
      const [s, i, r] = ['susceptible', 'infected', 'recovered'].map((stock) =>
        played.series(`${stock}[${name}]`),
      );
      days.forEach((state, day) => {
        for (const [mine, theirs] of [
          [s, state.s],
          [i, state.i],
          [r, state.r],
        ] as const)
          expect(Math.abs((mine?.[2 * day] ?? Number.NaN) - (theirs[age] ?? 0))).toBeLessThan(0.1);
      });
    }
  });

  test('keeps the relation between who was reached and who recovered', () => {
    const last = (stock: string): number => played.series(stock).at(-1) ?? Number.NaN;
    const recovered = [last('recovered[child]'), last('recovered[adult]')];
    for (const [age, name] of ['child', 'adult'].entries()) {
      const row = meets[age as 0 | 1];
      const met = AGES.reduce<number>(
        (sum, other) => sum + (row[other] * (recovered[other] ?? 0)) / people[other],
        0,
      );
      const start = people[age as 0 | 1] * (1 - 1e-4);
      expectNear(Math.log(last(`susceptible[${name}]`) / start), -catching * illness * met, 1e-6);
    }
  });

  test('loses nobody, and has the reproduction that can be worked by hand', () => {
    for (const value of played.series('everybody')) expectNear(value, 1_000_000, 1e-9);
    expectNear(played.measures.get('reproduction'), 11 * catching * illness, 1e-12);
    expect(played.claims.size).toBe(6);
    expect([...played.claims].filter(([, isTrue]) => !isTrue)).toEqual([]);
  });
});
