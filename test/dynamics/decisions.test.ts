/**
 * Decisions within a future: who sees what, when it is decided, which number is drawn, and what stands in between. The rule
 * itself is held to numbers in `src/program/lower-choice.test.ts`; here it is the whole way from a text.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hashName } from '../../src/base/hash.ts';
import { PURPOSE, uniform } from '../../src/base/philox.ts';
import { slotsHeld } from '../../src/ledger/arms.ts';
import { figuresOf } from '../../src/ledger/viewpoint-order.ts';
import { runFuture } from '../../src/program/interpreter.ts';
import { differences, EMISSIONS } from '../support/both-engines.ts';
import { compileText, runText, soundText, valuesAt } from '../support/compile-text.ts';
import { ledgerOf } from '../support/ledger-of.ts';
import { CHOICES, EQUILIBRIA } from '../support/logit-qre.ts';

const SEED = 5;
const HEAD = 'model "M"\ntime 0 day .. 20 day by 1 day\nactor A\nactor B\n';

/** Which option stands at every instant of a future, by number. */
function path(text: string, name: string, future = 0): readonly number[] {
  const { model, program } = soundText(text);
  const [viewpoint] = model.viewpoints;
  const inputs = valuesAt(program, viewpoint === undefined ? [] : figuresOf(model, viewpoint), 0.5);
  const slot = program.variables.find((one) => one.name === name);
  if (slot === undefined) throw new Error(`no variable ${name}`);
  const seen: number[] = [];
  const { failure } = runFuture(program, inputs, { seed: SEED, future }, (_instant, _time, registers) => {
    seen.push(registers[slot.register] ?? Number.NaN);
  });
  expect(failure).toBeNull();
  return seen;
}

/** Measures of one future. */
const measured = (text: string, future = 0): Readonly<Record<string, number>> => {
  const { future: run, measures } = runText(text, { seed: SEED, future });
  expect(run.failure).toBeNull();
  return measures;
};

/** In what share of so many futures a measure is above 0. */
function shareOf(text: string, name: string, futures = 4000): number {
  const { model, program } = soundText(text);
  const number = model.measures.findIndex((one) => one.name === name);
  const [viewpoint] = model.viewpoints;
  const inputs = valuesAt(program, viewpoint === undefined ? [] : figuresOf(model, viewpoint), 0.5);
  let count = 0;
  for (let future = 0; future < futures; future++)
    if ((runFuture(program, inputs, { seed: SEED, future }).measures[number] ?? 0) > 0) count++;
  return count / futures;
}

const drawn = (future: number, meeting: number, site = 'd'): number =>
  uniform(SEED, future, meeting, hashName(site), PURPOSE.inRun);

describe('the rule', () => {
  test.each(CHOICES)('gives the chances of the reference at $worths', ({ worths, lambda, chances }) => {
    const text = [
      `${HEAD}decision d by A on 1 day`,
      ...worths.map((worth, at) => `  option o${at} ${worth}`),
      `  scale ${1 / lambda}`,
      ...worths.map((_, at) => `measure m${at} = final chance of d is o${at}`),
      '',
    ].join('\n');
    const found = measured(text);
    chances.forEach((chance, at) => {
      expect(found[`m${at}`]).toBeCloseTo(chance, 14);
    });
  });

  test('weighs the leader by what reason leaves', () => {
    // 0.25 · 2 + 0.75 · 6 = 5 against 4, which both see alike.
    const text = `${HEAD}decision d by A on 0 day
  option a 4
  option b 2
    for the leader 6
  reason 25%
  scale 1
measure m = final chance of d is b
`;
    expect(measured(text)['m']).toBeCloseTo(1 / (1 + Math.exp(-1)), 14);
  });

  test('draws as often as it says', () => {
    const text = `${HEAD}decision d by A on 0 day\n  option a 0\n  option b 1\n  scale 1\nmeasure m = final if d is b then 1 else 0\n`;
    expect(Math.abs(shareOf(text, 'm') - 1 / (1 + Math.exp(-1)))).toBeLessThan(0.025);
  });

  test('with inertia and consent draws as often as the chance that it tells', () => {
    const text = `${HEAD}decision d by A with B on 0 day
  option a 0
    for B 1
  option b 1
    for B 0.5
  option c 0.5
    for B 2
  scale 1
  inertia 30%
measure b = final if d is b then 1 else 0
measure c = final if d is c then 1 else 0
measure chance_b = final chance of d is b
measure chance_c = final chance of d is c
measure all = final chance of d is a + chance of d is b + chance of d is c
`;
    const { chance_b, chance_c, all } = measured(text);
    const sum = 1 + Math.exp(1) + Math.exp(0.5);
    expect(chance_b).toBeCloseTo((0.7 * Math.exp(1)) / sum / (1 + Math.exp(0.5)), 14);
    expect(chance_c).toBeCloseTo((0.7 * Math.exp(0.5)) / sum / (1 + Math.exp(-1)), 14);
    expect(all).toBeCloseTo(1, 14);
    expect(Math.abs(shareOf(text, 'b') - (chance_b ?? 0))).toBeLessThan(0.025);
    expect(Math.abs(shareOf(text, 'c') - (chance_c ?? 0))).toBeLessThan(0.025);
  });
});

describe('meetings', () => {
  const four = '  option a 0\n  option b 0\n  option c 0\n  option e 0\n  scale 1\n';
  /** The option that a number falls on, of four alike. */
  const ofFour = (u: number): number => Math.ceil(4 * u) - 1;

  test('take one number each, by their own count, and what was decided stands in between', () => {
    for (const future of [0, 1, 7]) {
      const found = path(
        `${HEAD}decision d by A every 5 day from 3 day\n${four}measure m = final if d is a then 1 else 0\n`,
        'd',
        future,
      );
      const wanted = found.map((_, day) => (day < 3 ? 0 : ofFour(drawn(future, Math.floor((day - 3) / 5)))));
      expect(found).toEqual(wanted);
    }
  });

  test('on dates are those of the dates', () => {
    const found = path(`${HEAD}decision d by A on 2 day, 9 day\n${four}`, 'd', 3);
    expect(found).toEqual(found.map((_, day) => (day < 2 ? 0 : ofFour(drawn(3, day < 9 ? 0 : 1)))));
  });

  test('by a condition come each time that it turns true, at the first instant too', () => {
    const low = `${HEAD}let low = mod(time, 6 day) < 2 day\ndecision d by A when low\n${four}`;
    const found = path(low, 'd', 3);
    expect(found).toEqual(found.map((_, day) => ofFour(drawn(3, Math.floor(day / 6)))));
  });

  test('that follow each other without a gap are the same by any method of integration', () => {
    const text = `${HEAD}stock s: day signed = 0\n  + f\nflow f: 1 two-way = if d is b then 1 else 0 - s / 10 day\ndecision d by A every 1 day\n${four}`;
    expect(path(text.replace('by 1 day', 'by 1 day using rk4'), 'd', 2)).toEqual(path(text, 'd', 2));
  });
});

describe('what stands', () => {
  test('at a scale of 0 is the best, which a cost may keep from being taken', () => {
    const text = (cost: string): string =>
      `${HEAD}decision d by A every 1 day\n  option a 0\n  option b time / 10 day\n${cost}  scale 0\n`;
    expect(path(text(''), 'd')).toEqual(
      Array.from({ length: 21 }, (_, day) => (day > 0 ? 1 : path(text(''), 'd')[0])),
    );
    // Worth 1.5 at day 15, from where on changing pays.
    expect(path(text('    cost 1.45\n'), 'd')).toEqual(
      Array.from({ length: 21 }, (_, day) => (day >= 15 ? 1 : 0)),
    );
  });

  test('is left where all options are closed, and left for another where it alone is', () => {
    const text = `${HEAD}decision d by A every 1 day
  option a 5
    closed unless time < 3 day or time > 12 day
  option b 0
    closed unless time < 10 day
  scale 0
`;
    expect(path(text, 'd')).toEqual(
      Array.from({ length: 21 }, (_, day) => (day < 3 ? 0 : day <= 12 ? 1 : 0)),
    );
  });
});

describe('deciders see', () => {
  test('stocks as they are, and what was decided the instant before', () => {
    const text = `${HEAD}stock s: day = 0
  + f
flow f: 1 = 1
let told = if d is b then 1 else 0
decision d by A every 1 day
  option a 0
  option b if s >= 5 day then 1 else -1
  scale 0
decision e by B every 1 day
  option a 0
  option b if told > 0 then 1 else -1
  scale 0
`;
    expect(path(text, 'd')).toEqual(Array.from({ length: 21 }, (_, day) => (day >= 5 ? 1 : 0)));
    expect(path(text, 'e')).toEqual(Array.from({ length: 21 }, (_, day) => (day >= 6 ? 1 : 0)));
    expect(path(text, 'told')).toEqual(path(text, 'd'));
  });

  test('each other as they stood, whichever is declared first', () => {
    const one = 'decision d by A every 1 day\n  option a 0\n  option b if e is a then 1 else -1\n  scale 0\n';
    const other =
      'decision e by B every 1 day\n  option a 0\n  option b if d is b then 1 else -1\n  scale 0\n';
    for (const text of [HEAD + one + other, HEAD + other + one]) {
      expect(path(text, 'd').slice(0, 8)).toEqual([1, 1, 0, 0, 1, 1, 0, 0]);
      expect(path(text, 'e').slice(0, 8)).toEqual([0, 1, 1, 0, 0, 1, 1, 0]);
    }
  });
});

describe('draws', () => {
  const given = `${HEAD}decision d by A every 1 day\n  option a 0\n  option b 0.5\n  scale 1\n`;

  test('of a decision are not changed by another one, nor by an option that comes last', () => {
    const more = `decision c by B every 1 day\n  option a 0\n  option b 0.5\n  scale 1\n`;
    const option = given.replace('  scale', '  option x 9\n    closed unless 1 < 0\n  scale');
    for (const future of [0, 4]) {
      const wanted = path(given, 'd', future);
      expect(new Set(wanted).size).toBe(2);
      expect(path(given.replace('decision', `${more}decision`), 'd', future)).toEqual(wanted);
      expect(path(option, 'd', future)).toEqual(wanted);
    }
  });

  test('over a group are those of each element', () => {
    const text = `${HEAD}group G = A, B\ndecision d[m in G] by m every 1 day\n  option a 0\n  option b 0\n  scale 1\n`;
    for (const element of ['A', 'B'])
      expect(path(text, `d[${element}]`, 2)).toEqual(
        Array.from({ length: 21 }, (_, day) => (drawn(2, day, `d[${element}]`) <= 0.5 ? 0 : 1)),
      );
  });
});

describe('held', () => {
  const text = `${HEAD}decision d by A every 4 day
  option a 0
  option b 0
  option c 0
  scale 1
measure chance = final chance of d is c
scenario now
  d = c
scenario late
  d = c from 10 day
`;

  /** The options of a future in which a scenario holds, and the chance of the third at the end. */
  function heldPath(name: string | null): { readonly options: readonly number[]; readonly chance: number } {
    const { model, program } = soundText(text);
    const scenario = model.scenarios.find((one) => one.name === name);
    const inputs = Float64Array.from(program.inputs, ({ setting }) => setting ?? Number.NaN);
    for (const { slot, value } of slotsHeld(program, scenario?.forces ?? [])) inputs[slot] = value;
    const register = program.variables.find((one) => one.name === 'd')?.register ?? -1;
    const options: number[] = [];
    const { measures } = runFuture(
      program,
      inputs,
      { seed: SEED, future: 6 },
      (_instant, _time, registers) => {
        options.push(registers[register] ?? Number.NaN);
      },
    );
    return { options, chance: measures[0] ?? Number.NaN };
  }

  test('from the beginning an option stands at once and always', () => {
    expect(heldPath('now')).toEqual({ options: Array.from({ length: 21 }, () => 2), chance: 1 });
  });

  test('from a date it stands from then on, and what was decided before is the same', () => {
    const free = heldPath(null).options;
    expect(heldPath('late')).toEqual({
      options: free.map((option, day) => (day < 10 ? option : 2)),
      chance: 1,
    });
    expect(free.every((option) => option === 2)).toBe(false);
  });

  test('it is compared in claims, against another option and through all of them', () => {
    const { model } = soundText(
      `${text}claim one "One"\n  d = c against a raises chance by at least 1 from 10 day "all of it"\nclaim any "Any"\n  chance does not hang on d beyond 5%\n`,
    );
    const forms = model.claims.map(({ form }) => form);
    expect(forms.map((form) => (form.kind === 'effect' ? [form.first, form.second] : form))).toMatchObject([
      [
        {
          text: 'd = c',
          forces: [
            { value: 2, role: 'option' },
            { value: 10, role: 'option from' },
          ],
        },
        {
          text: 'd = a',
          forces: [
            { value: 0, role: 'option' },
            { value: 10, role: 'option from' },
          ],
        },
      ],
      { kind: 'irrelevance', moved: { states: [{ text: 'd = a' }, { text: 'd = b' }, { text: 'd = c' }] } },
    ]);
  });
});

describe('what an option does', () => {
  const text = `${HEAD}unit t
input pace: t/day
  assumed 2 "x"
input boost: 1
  assumed 3 "x"
stock s: t = 10
  + f
flow f: t/day = pace
decision d by A every 1 day
  option a 0
  option b if 3 day <= time < 6 day or time >= 9 day then 1 else -1
    adds 100 t to s
    sets pace to pace * boost
  option c -5
    takes 1 t from s
  scale 0
measure end: t = final s
`;

  test('moves a stock each time that it is newly taken, and sets an input while it stands', () => {
    // By 2 t a day, by 6 t on 14 of 20 days; taken at days 3 and 9.
    expect(measured(text)['end']).toBeCloseTo(10 + 6 * 2 + 14 * 6 + 200, 9);
    const found = path(text, 's');
    expect([found[3], found[4], found[5], found[6], found[7]]).toEqual([16, 122, 128, 134, 136]);
  });

  test('is done by what is held, too, once', () => {
    const { model, program } = soundText(`${text}scenario held\n  d = c from 4 day\n`);
    const inputs = Float64Array.from(
      program.inputs,
      ({ setting }, slot) => setting ?? [2, 3][slot] ?? Number.NaN,
    );
    for (const { slot, value } of slotsHeld(program, model.scenarios[0]?.forces ?? [])) inputs[slot] = value;
    const { measures } = runFuture(program, inputs, { seed: SEED, future: 0 });
    // Day 3 brings 100 and a day at the higher pace, day 4 takes 1.
    expect(measures[0]).toBeCloseTo(10 + 19 * 2 + 6 + 100 - 1, 9);
  });
});

describe('preferences', () => {
  const text = `${HEAD}unit t
input gain: t
  assumed uniform(0, 10) "x"
input level: t
  assumed 4 "x"
decision d by A with B every 5 day from 5 day
  option a level
    for B 0
  option b gain
    for the leader 0
    for B time * 1 t / 1 day - 8 t
    cost 100 t
    closed unless 1 < 0
  reason 1 / 2
  scale 1 t
  inertia 1
claim first "First"
  A prefers b over a in d
claim late "Late"
  B prefers b over a in d at 9 day
claim early "Early"
  B prefers b over a in d
claim because_of "Because"
  A prefers b over a in d
  because first
`;

  test('are counted over futures, weighed by reason, and tell the exchange that turns them', async () => {
    const { claims, measures } = await ledgerOf(text, { runs: 2000 });
    const [first, late, early] = claims.map(({ viewpoints }) => Object.values(viewpoints)[0]);
    // b is worth gain / 2, a 4, which is so where gain lies above 8.
    expect(first?.share).toBeCloseTo(0.2, 2);
    expect(first?.verdict).toMatch(/mostly fails|contested/);
    expect(first?.preference).toMatchObject({
      decision: 'd',
      at: '5 day',
      option: 'b',
      over: 'a',
      unit: 't',
    });
    expect(first?.preference?.exchange.p50).toBeCloseTo(-1.5, 1);
    expect(first?.preference?.exchange.p95).toBeCloseTo(0.75, 1);
    expect([late?.share, late?.preference?.exchange]).toEqual([1, { p5: 1, p50: 1, p95: 1 }]);
    expect([early?.share, early?.preference?.exchange]).toEqual([0, { p5: -3, p50: -3, p95: -3 }]);
    expect(measures).toEqual([]);
  });

  test('over a group are those of the actor who is named', () => {
    const { model } = soundText(
      `${HEAD}group G = A, B\ndecision d[m in G] by m every 1 day\n  option a 0\n  option b 1\n  scale 1\nclaim c "C"\n  B prefers b over a in d\n`,
    );
    expect(model.measures.map(({ body }) => body)).toMatchObject([
      {
        kind: 'subtract',
        left: { state: 6, indices: [{ kind: 'element', element: 1 }] },
        right: { state: 5 },
      },
    ]);
  });
});

test.each([
  ['a reason above 1', 'reason time / 10 day', 'reason of d', 11],
  ['a scale below zero', 'scale 1 - time / 5 day', 'scale of d', 6],
  ['an inertia below zero', 'inertia 1 - time / 5 day', 'inertia of d', 6],
  ['a cost below zero', '    cost 1 - time / 5 day', 'cost of b in d', 6],
  ['a utility that is infinite', '  option b 1 / max(0, 4 day - time) * 1 day', 'utility of b in d', 4],
])('%s ends the future, under its own name', (_, line, name, instant) => {
  const lines = [
    '  option a 0',
    line.startsWith('  option') ? line : '  option b 1',
    ...(line.startsWith('    ') ? [line] : []),
    '    for the leader 1',
    ...['reason', 'scale', 'inertia'].map((word) =>
      line.startsWith(word) ? `  ${line}` : `  ${word} ${word === 'inertia' ? 0 : 1}`,
    ),
  ];
  const asked = line.startsWith('  option') ? lines.filter((one) => !/leader|reason/.test(one)) : lines;
  const { future } = runText(
    `${HEAD}decision d by A every 1 day\n${asked.join('\n')}\nmeasure m = ever d is b\n`,
  );
  expect(future.failure).toEqual({ variable: name, instant });
});

test('a decision that nothing but itself reads is told of, and one that moves something is not', () => {
  const codes = (line: string): readonly string[] =>
    compileText(
      `${HEAD}unit t\nstock s: t = 5\n  + f\nflow f: t/day = 1 t / 1 day\ndecision d by A every 1 day\n  option a 0\n  option b if d is b then 1 else 0\n${line}  scale 1\nmeasure m: t = final s\n`,
    )
      .diagnostics.filter(({ label }) => label.includes('`d`'))
      .map(({ code }) => code);
  expect([codes(''), codes('    adds 1 t to s\n')]).toEqual([['name-unused'], []]);
});

test('parts in unlike units are refused with both named', () => {
  const { diagnostics } = compileText(
    `${HEAD}unit t\ninput g: t\n  assumed 5 "x"\ninput p: day\n  assumed 5 "x"\ndecision d by A every 1 day\n  option a 0\n  option b g\n    cost p\n  scale g\nmeasure m = ever d is b\n`,
  );
  const [found] = diagnostics.filter(({ code }) => code === 'unit-mismatch');
  expect([found?.label, found?.related[0]?.label]).toEqual(['this is in day', '`g` is in t']);
});

test.each(EQUILIBRIA)(
  'two who each go by the chances of the other come to the equilibrium at X = $x, λ = $lambda',
  ({ x, lambda, up, left }) => {
    const text = `model "Asymmetric matching pennies"
time 0 day .. 400 day by 1 day
actor Row
actor Column
let ups = smooth(chance of row is up, 10 day, 1 / 2)
let lefts = smooth(chance of column is left, 10 day, 1 / 2)
decision row by Row every 1 day
  option up ${x} * lefts
  option down 1 - lefts
  scale ${1 / lambda}
decision column by Column every 1 day
  option left 1 - ups
  option right ups
  scale ${1 / lambda}
measure up = final chance of row is up
measure left = final chance of column is left
`;
    const found = measured(text);
    expect(found['up']).toBeCloseTo(up, 8);
    expect(found['left']).toBeCloseTo(left, 8);
  },
);

describe('engines', () => {
  const worth = fc.oneof(
    fc.constantFrom(
      '0',
      '1',
      '-2.5',
      's / 10 day',
      'other',
      'noise',
      'chance of e is b',
      'if d is b then 1 else 0',
    ),
    fc
      .tuple(fc.constantFrom('s / 7 day', 'noise', 'other'), fc.integer({ min: -3, max: 3 }))
      .map(([one, by]) => `${one} * ${by}`),
  );
  const meetings = fc.constantFrom(
    'every 1 day',
    'every 3 day from 2 day',
    'on 0 day, 4 day',
    'when s > 6 day',
    'when noise > 1 / 2',
  );
  const effects = fc.constantFrom(
    '',
    '    adds 2 day to s',
    '    takes s / 2 from s',
    '    sets pace to pace * 2',
  );
  const decision = (name: string): fc.Arbitrary<string> =>
    fc
      .record({
        meetings,
        worths: fc.array(worth, { minLength: 2, maxLength: 4 }),
        scale: fc.constantFrom('0', '1', '1 / 3', 'max(0, noise)'),
        closed: fc.option(fc.constantFrom('s < 9 day', 'e is a', 'noise < 1 / 2')),
        cost: fc.option(fc.constantFrom('1', 'noise')),
        leader: fc.option(worth),
        inertia: fc.option(fc.constantFrom('20%', 'noise')),
        consent: fc.boolean(),
        effect: effects,
      })
      .map(({ meetings: when, worths, scale, closed, cost, leader, inertia, consent, effect }) =>
        [
          `decision ${name} by A ${consent ? 'with B ' : ''}${when}`,
          ...worths.flatMap((one, at) => [
            `  option ${'abce'[at]} ${one}`,
            ...(consent ? [`    for B ${worths[worths.length - 1 - at]}`] : []),
            ...(at === 1 && closed !== null ? [`    closed unless ${closed}`] : []),
            ...(at === 1 && cost !== null ? [`    cost ${cost}`] : []),
            ...(at === 1 && leader !== null ? [`    for the leader ${leader}`] : []),
            ...(at === 1 && effect !== '' ? [effect] : []),
          ]),
          ...(leader === null ? [] : ['  reason 1 / 2']),
          `  scale ${scale}`,
          ...(inertia === null ? [] : [`  inertia ${inertia}`]),
        ].join('\n'),
      );

  test('give the interpreter’s bits on generated decisions, by Euler and by rk4', () => {
    fc.assert(
      fc.property(decision('d'), decision('e'), fc.constantFrom('', ' using rk4'), (one, other, method) => {
        const text = `model "M"
time 0 day .. 12 day by 1 day${method}
actor A
actor B
input pace: 1
  assumed 0.5 to 2 "x"
let noise = draw uniform(0, 1)
let other = (if e is b then 2 else 0) + s / 20 day
stock s: day = 5 day
  + f
  - g
flow f: 1 = if d is b then pace else 0
flow g: 1 = if e is a then 1 else s / 8 day
${one}
${other}
measure left: day = final s
measure out: day = time until s <= 0
measure ever_b = ever d is b and e is b
measure chances = average chance of d is a
`;
        const { model, program } = soundText(text);
        const [viewpoint] = model.viewpoints;
        const order = {
          program,
          design: { kind: 'monte-carlo', futures: 9, seed: 3 } as const,
          figures: viewpoint === undefined ? [] : figuresOf(model, viewpoint),
          forced: [],
          redrawn: [],
          correlations: [],
        };
        expect(differences(order, EMISSIONS)).toEqual([]);
      }),
      { numRuns: 12 },
    );
  });
});
