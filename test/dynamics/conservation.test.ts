/**
 * Nothing comes from nowhere and nothing is lost: properties of every future of generated models, told from the trace
 * of registers and not from what the interpreter reports of itself.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Future, runFuture } from '../../src/program/interpreter.ts';
import type { Program } from '../../src/program/program.ts';
import { runText, soundText } from '../support/compile-text.ts';
import {
  declarationsOf,
  type GeneratedModel,
  generatedModel,
  inOneLoop,
  textOf,
} from '../support/generated-model.ts';

/** What one instant shows, by the names of the text. */
type Instant = {
  readonly levels: readonly number[];
  readonly flowed: readonly number[];
  readonly asked: readonly number[];
};

type Trace = { readonly future: Future; readonly step: number; readonly instants: readonly Instant[] };

function traceOf(model: GeneratedModel): Trace {
  const { program } = soundText(textOf(model));
  const registerOf = (name: string, asked: boolean): number => {
    const own = program.variables.filter((variable) => variable.name === name);
    // What nothing holds back has one register for what it asks and what it gets.
    const found = own.find((variable) => variable.asked === asked) ?? own[0];
    if (found === undefined) throw new Error(`no register for ${name}`);
    return found.register;
  };
  const stocks = model.stocks.map(({ name }) => registerOf(name, false));
  const flowed = model.flows.map(({ name }) => registerOf(name, false));
  const asked = model.flows.map(({ name }) => registerOf(name, true));
  const instants: Instant[] = [];
  const future = runFuture(program, new Float64Array(0), { seed: 1, future: 0 }, (_, __, registers) => {
    const read = (list: readonly number[]): readonly number[] =>
      list.map((register) => registers[register] ?? Number.NaN);
    instants.push({ levels: read(stocks), flowed: read(flowed), asked: read(asked) });
  });
  return { future, step: program.time.step, instants };
}

const sum = (values: readonly number[]): number => values.reduce((so, value) => so + value, 0);

const holdsFor = (predicate: (model: GeneratedModel, trace: Trace) => void, numRuns = 150): void =>
  fc.assert(
    fc.property(generatedModel, (model) => {
      const trace = traceOf(model);
      expect(trace.future.failure).toBeNull();
      predicate(model, trace);
    }),
    { numRuns },
  );

test('stocks are never negative and flows never run backwards', () => {
  holdsFor((_, { instants }) => {
    for (const { levels, flowed } of instants) {
      expect(Math.min(...levels)).toBeGreaterThanOrEqual(0);
      expect(Math.min(...flowed)).toBeGreaterThanOrEqual(0);
    }
  });
});

test('no flow exceeds what it asks', () => {
  holdsFor((model, { instants }) => {
    for (const { flowed, asked } of instants)
      model.flows.forEach((_, flow) => {
        expect(flowed[flow]).toBeLessThanOrEqual(asked[flow] ?? Number.NaN);
      });
  });
});

test('start, in, out and end of every stock balance to 1e-9 of its turnover', () => {
  holdsFor((model, { future, step, instants }) => {
    model.stocks.forEach(({ start }, stock) => {
      const through = (wanted: 'from' | 'to'): number =>
        sum(
          instants
            .slice(0, -1)
            .map(({ flowed }) => sum(flowed.filter((_, flow) => model.flows[flow]?.[wanted] === stock))),
        ) * step;
      const [came, went] = [through('to'), through('from')];
      const end = instants.at(-1)?.levels[stock] ?? Number.NaN;
      const turnover = Math.max(start, came, went);
      expect(Math.abs(start + came - went - end)).toBeLessThanOrEqual(1e-9 * turnover);
    });
    expect(future.imbalance).toBeLessThanOrEqual(1e-9);
  });
});

test('all stocks together change by what crosses the border of the model', () => {
  holdsFor((model, { step, instants }) => {
    const border = (one: 'from' | 'to'): number =>
      sum(
        instants
          .slice(0, -1)
          .map(({ flowed }) => sum(flowed.filter((_, flow) => model.flows[flow]?.[one] === null))),
      ) * step;
    const [came, went] = [border('from'), border('to')];
    const [start, end] = [sum(instants[0]?.levels ?? []), sum(instants.at(-1)?.levels ?? [])];
    expect(Math.abs(start + came - went - end)).toBeLessThanOrEqual(1e-9 * Math.max(start, came, went));
  });
});

test('outflows of one stock are rationed by one factor', () => {
  holdsFor((model, { instants }) => {
    for (const { flowed, asked } of instants)
      model.stocks.forEach((_, stock) => {
        const factors = model.flows.flatMap(({ from }, flow) =>
          from === stock && (asked[flow] ?? 0) > 0 ? [(flowed[flow] ?? 0) / (asked[flow] ?? 1)] : [],
        );
        if (factors.length > 1)
          expect(Math.max(...factors) - Math.min(...factors)).toBeLessThanOrEqual(1e-12);
      });
  });
});

test('a stock that cannot give what is asked is emptied: exactly to zero unless its own loop brings something back', () => {
  holdsFor((model, { step, instants }) => {
    instants.slice(0, -1).forEach(({ levels, flowed, asked }, at) => {
      model.stocks.forEach((_, stock) => {
        const isShort = model.flows.some(
          ({ from }, flow) => from === stock && (flowed[flow] ?? 0) < (asked[flow] ?? 0),
        );
        const inside = model.flows.flatMap(({ from, to }, flow) =>
          to === stock && from !== null && inOneLoop(model, from, to) ? [flowed[flow] ?? 0] : [],
        );
        const next = instants[at + 1]?.levels[stock] ?? Number.NaN;
        if (isShort && inside.length === 0) expect(next).toBe(0);
        // Nothing is held back while there is something left to give.
        if (isShort) expect(next).toBeCloseTo(sum(inside) * step, 9);
        if (next > 0 && inside.length === 0) expect(isShort).toBe(false);
        expect(levels[stock]).toBeGreaterThanOrEqual(0);
      });
    });
  });
});

test('what a stock gives in a step is what it holds and what comes from outside its loop, at most', () => {
  holdsFor((model, { step, instants }) => {
    for (const { levels, flowed } of instants)
      model.stocks.forEach((_, stock) => {
        const outside = sum(
          model.flows.flatMap(({ from, to }, flow) =>
            to === stock && !(from !== null && inOneLoop(model, from, to)) ? [flowed[flow] ?? 0] : [],
          ),
        );
        const out = sum(model.flows.flatMap(({ from }, flow) => (from === stock ? [flowed[flow] ?? 0] : [])));
        const most = (levels[stock] ?? 0) + outside * step;
        // A loop that passes ever less of nearly nothing ends among numbers that have few digits left.
        expect(out * step).toBeLessThanOrEqual(most * (1 + 1e-12) + 1e-300);
      });
  });
});

test('the order of declarations changes no bit', () => {
  const measured = (program: Program): ReadonlyMap<string, number | undefined> => {
    const { measures } = runFuture(program, new Float64Array(0), { seed: 1, future: 0 });
    return new Map(program.measures.map(({ name }, number) => [name, measures[number]]));
  };
  fc.assert(
    fc.property(
      generatedModel.chain((model) => {
        const declarations = declarationsOf(model);
        return fc.record({
          model: fc.constant(model),
          shuffled: fc.shuffledSubarray([...declarations], { minLength: declarations.length }),
        });
      }),
      ({ model, shuffled }) => {
        const straight = measured(soundText(textOf(model)).program);
        const other = measured(soundText(textOf(model, shuffled)).program);
        for (const [name, value] of straight) expect(other.get(name)).toBe(value);
      },
    ),
    { numRuns: 150 },
  );
});

describe('crossing times', () => {
  const DAYS = 140;
  const runDown = (start: number, rates: { out: number; into: number }, step: number): string =>
    `model "Run-down"
time 0 day .. ${DAYS} day by ${step} day
unit round
stock left: round = ${start} round
  + arriving
  - leaving
flow arriving: round/day = ${rates.into / 10} round/day
flow leaving: round/day = ${(rates.into + rates.out) / 10} round/day
measure empty: day = time until left <= 0
measure half: day = time until left < ${start / 2} round
`;
  test('a steady net outflow empties a stock at one instant, whatever the step', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10_000 }),
        fc.record({ out: fc.integer({ min: 1, max: 5_000 }), into: fc.integer({ min: 0, max: 1_000 }) }),
        (start, rates) => {
          const exact = start / (rates.out / 10);
          const half = exact / 2;
          // At the very last instant rounding decides between the last moment and never.
          fc.pre(Math.abs(exact - DAYS) > 1e-6 && Math.abs(half - DAYS) > 1e-6);
          for (const step of [0.1, 1, 2, 7]) {
            const { measures } = runText(runDown(start, rates, step));
            for (const [found, wanted] of [
              [measures.empty ?? Number.NaN, exact],
              [measures.half ?? Number.NaN, half],
            ] as const) {
              if (wanted > DAYS) expect(found).toBe(Number.POSITIVE_INFINITY);
              else expect(Math.abs(found - wanted)).toBeLessThanOrEqual(1e-9 * Math.max(1, wanted));
            }
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  test.each([0.1, 0.7, 1, 1.4, 2, 3.5, 7, 14])(
    '6 M at 30,000 a day run 200 days by steps of %s day',
    (step) => {
      const { measures } = runText(`model "Runway"
time 0 day .. 280 day by ${step} day
unit round
stock left: round = 6M round
  - fired
flow fired: round/day = 30_000 round/day
measure lasts: day = time until left <= 0
`);
      expect(measures.lasts).toBeCloseTo(200, 9);
    },
  );
});

describe('the grid of instants is exact', () => {
  const stepped = (step: string, end: string, at: string): string => `model "Grid"
time 0 day .. ${end} by ${step}
unit round
stock made: round = 0 round
  + making
flow making: round/day = if time < ${at} then 0 round/day else 1 round/day
let begun: round/day = if time < ${at} then 0 round/day else 1 round/day
measure rate: round/day = at ${at} making
measure there: round/day = at ${at} begun
measure until: day = time until making > 0 round/day
`;
  // A multiple of a step that binary numbers cannot hold would fall beside the instant that the text names.
  test.each([
    ['0.1 day', '3 day', '0.3 day', 0.3],
    ['0.7 day', '7 day', '2.1 day', 2.1],
    ['0.7 day', '70 day', '4.9 day', 4.9],
    ['1.1 day', '11 day', '3.3 day', 3.3],
    ['1 hour', '2 day', '5 hour', 5 / 24],
    ['1 hour', '2 day', '23 hour', 23 / 24],
    ['0.3 day', '3 day', '0.9 day', 0.9],
  ])('by %s to %s what begins at %s begins there', (step, end, at, days) => {
    const { measures } = runText(stepped(step, end, at));
    expect(measures).toEqual({ rate: 1, there: 1, until: days });
  });
});
