/**
 * Chance within equations. Each family gives, at the address that its name makes, the very number that an input of that
 * distribution would have there; its law is compared with the closed form over some thousand futures; and an address hangs
 * on nothing but the name, the instant, the seed and the future.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Distribution, quantile } from '../../src/base/distribution.ts';
import { normalTails } from '../../src/base/distributions/normal-tails.ts';
import { hashName } from '../../src/base/hash.ts';
import { PURPOSE, uniform } from '../../src/base/philox.ts';
import { figuresOf } from '../../src/ledger/viewpoint-order.ts';
import { DRAWN_FAMILIES, type DrawnFamily } from '../../src/model/expression.ts';
import { FAMILIES } from '../../src/model/families.ts';
import { runFuture } from '../../src/program/interpreter.ts';
import { codesButUse, compileText, runText, soundText, valuesAt } from '../support/compile-text.ts';

const SEED = 11;

/** A measure over many futures of one model without uncertain inputs. */
function column(text: string, measure: string, futures: number): Float64Array {
  const { model, program } = soundText(text);
  const number = model.measures.findIndex(({ name }) => name === measure);
  const [viewpoint] = model.viewpoints;
  const inputs = valuesAt(program, viewpoint === undefined ? [] : figuresOf(model, viewpoint), 0.5);
  return Float64Array.from({ length: futures }, (_, future) => {
    const result = runFuture(program, inputs, { seed: SEED, future });
    return result.failure === null ? (result.measures[number] ?? Number.NaN) : Number.NaN;
  });
}

const share = (normal: number): number => normalTails(normal).below;

type Law = {
  readonly parameters: readonly number[];
  /** The closed form of the share that lies at or below a value. */
  readonly upTo: (value: number) => number;
};

const LAWS: Readonly<Record<Exclude<DrawnFamily, 'discrete'>, Law>> = {
  uniform: { parameters: [2, 7], upTo: (x) => (x - 2) / 5 },
  normal: { parameters: [10, 3], upTo: (x) => share((x - 10) / 3) },
  lognormal: { parameters: [20, 1.5], upTo: (x) => share(Math.log(x / 20) / Math.log(1.5)) },
  logitnormal: {
    parameters: [0.3, 2],
    upTo: (x) => share(Math.log(x / (1 - x) / (0.3 / 0.7)) / Math.log(2)),
  },
  triangular: {
    parameters: [1, 2, 5],
    upTo: (x) => (x < 2 ? (x - 1) ** 2 / 4 : 1 - (5 - x) ** 2 / 12),
  },
  exponential: { parameters: [30], upTo: (x) => 1 - Math.exp(-x / 30) },
  weibull: { parameters: [1.5, 700], upTo: (x) => 1 - Math.exp(-((x / 700) ** 1.5)) },
  bernoulli: { parameters: [0.3], upTo: (x) => (x < 1 ? 0.7 : 1) },
};

const lawOf = (family: DrawnFamily): { figure: string; distribution: Distribution; upTo: Law['upTo'] } => {
  if (family === 'discrete')
    return {
      figure: 'discrete(10: 0.2, 20: 0.5, 40: 0.3)',
      distribution: { kind: 'discrete', values: [10, 20, 40], upTo: [0.2, 0.7, 1] },
      upTo: (x) => (x < 20 ? 0.2 : x < 40 ? 0.7 : 1),
    };
  const { parameters, upTo } = LAWS[family];
  const made = FAMILIES[family]?.make(parameters);
  if (made === undefined) throw new Error(`no family ${family}`);
  return { figure: `${family}(${parameters.join(', ')})`, distribution: made, upTo };
};

describe.each(DRAWN_FAMILIES)('%s', (family) => {
  const { figure, distribution, upTo } = lawOf(family);
  const text = `model "M"\ntime 0 day .. 4 day by 1 day\nlet x = draw ${figure}\nmeasure m = final x\n`;

  test('gives the number that an input would have at the same address, to the last bit', () => {
    const found = column(text, 'm', 60);
    const wanted = found.map((_, future) =>
      quantile(distribution, uniform(SEED, future, 4, hashName('x draw 1'), PURPOSE.inRun)),
    );
    expect(found).toEqual(wanted);
  });

  test('follows its law', () => {
    const values = column(text, 'm', 4000).toSorted();
    const isStepped = distribution.kind === 'discrete';
    let distance = 0;
    values.forEach((value, at) => {
      // Of a step only its upper end counts.
      const last = !isStepped || values[at + 1] !== value;
      if (last) distance = Math.max(distance, Math.abs((at + 1) / values.length - upTo(value)));
      if (!isStepped) distance = Math.max(distance, Math.abs(at / values.length - upTo(value)));
    });
    // Kolmogorov's bound, which one sample in a hundred would pass.
    expect(distance).toBeLessThan(1.63 / Math.sqrt(values.length));
  });
});

test('what is worked out from draws has their mean and variance', () => {
  const text = `model "Walk"
time 0 day .. 50 day by 1 day
unit t
input drift: t/day
  assumed 3 "for the test"
input spread: t/day
  assumed 2 "for the test"
stock place: t signed = 0
  + moved
flow moved: t/day two-way = draw normal(drift, spread)
measure end: t = final place
`;
  const values = column(text, 'end', 4000);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  // 50 steps: mean 150, variance 200; both within four of their standard errors.
  expect(Math.abs(mean - 150)).toBeLessThan(4 * Math.sqrt(200 / 4000));
  expect(Math.abs(variance - 200)).toBeLessThan(4 * 200 * Math.sqrt(2 / 4000));
});

const LINES = [
  'let one = draw uniform(0, 1)',
  'let two = draw normal(0, 1) every 4 day + draw normal(0, 1)',
  'let three[G] = draw uniform(0, 1)',
  'let four = sum(draw uniform(0, 1) over G)',
  'let five = if draw bernoulli(0.5) > 0 then draw exponential(2) else one',
];
const MEASURES = [
  'measure m1 = total one / 1 day',
  'measure m2 = total two / 1 day',
  'measure m3 = total three[b] / 1 day',
  'measure m4 = total four / 1 day',
  'measure m5 = total five / 1 day',
];
const HEAD = 'model "M"\ntime 0 day .. 12 day by 1 day\ngroup G = a, b\n';

const totals = (lines: readonly string[], future = 3): Readonly<Record<string, number>> => {
  const { future: run, measures } = runText(`${HEAD}${lines.join('\n')}\n`, { seed: SEED, future });
  expect(run.failure).toBeNull();
  return measures;
};

test('the order of lines, and lines beside them, change no draw', () => {
  const wanted = totals([...LINES, ...MEASURES]);
  const extra = [
    'let more = draw uniform(0, 1)',
    'input added: 1\n  assumed 1 "for the test"',
    'stock s: 1 = one',
  ];
  fc.assert(
    fc.property(
      fc.shuffledSubarray([...LINES, ...MEASURES], { minLength: LINES.length + MEASURES.length }),
      fc.subarray(extra),
      fc.boolean(),
      (lines, added, before) => {
        expect(totals(before ? [...added, ...lines] : [...lines, ...added])).toEqual(wanted);
      },
    ),
    { numRuns: 30 },
  );
});

test('another future, seed, name or place in an equation is another number', () => {
  const all = totals([...LINES, ...MEASURES]);
  expect(totals([...LINES, ...MEASURES], 4)).not.toEqual(all);
  const pair = (text: string): number =>
    runText(`${HEAD}${text}\nmeasure m = final x - y\n`, { seed: SEED, future: 0 }).measures['m'] ?? 0;
  expect(pair('let x = draw uniform(0, 1)\nlet y = draw uniform(0, 1)')).not.toBe(0);
  expect(pair('let y = 0\nlet x = draw uniform(0, 1) - draw uniform(0, 1)')).not.toBe(0);
  expect(pair('let z[G] = draw uniform(0, 1)\nlet x = z[a]\nlet y = z[b]')).not.toBe(0);
  expect(pair('let x = sum(draw uniform(0, 1) over G)\nlet y = 2 * min(draw uniform(0, 1) over G)')).not.toBe(
    0,
  );
  // A chain of comparisons looks twice at one number.
  for (let future = 0; future < 20; future++) {
    const text = `${HEAD}let x = if 0.4 < draw uniform(0, 1) <= 0.4 then 1 else 0\nmeasure m = highest x\n`;
    expect(runText(text, { seed: SEED, future }).measures['m']).toBe(0);
  }
});

test('a draw that stands for a week is the same by days and by weeks', () => {
  const by = (step: string): Readonly<Record<string, number>> =>
    runText(
      `model "M"
time 2024-01-01 .. 2024-12-30 by ${step}
unit t
stock heap: t signed = 0
  + piled
flow piled: t/day two-way = draw normal(0 t/day, 1 t/day) every 1 week
let level: t = draw uniform(0 t, 9 t) every 4 week
measure end: t = final heap
measure seen: t = at 2024-02-10 level
measure area: t*day = total level
`,
      { seed: SEED, future: 0 },
    ).measures;
  const [days, weeks] = [by('1 day'), by('1 week')];
  for (const [name, value] of Object.entries(days)) expect(weeks[name], name).toBeCloseTo(value, 9);
});

test('a number stands from its instant until the next, and through the stages of rk4', () => {
  const text = (method: string): string => `model "M"
time 0 day .. 10 day by 2 day${method}
unit t
let level: t = draw uniform(0 t, 9 t)
stock heap: t = level
  + piled
flow piled: t/day = level / 1 day
measure first: t = at 0 day heap - level
measure stays: t = at 1.9 day level
measure begins: t = at 0 day level
measure end: t = final heap
`;
  const { first, stays, begins, end } = runText(text('')).measures;
  expect(first).toBe(0);
  expect(stays).toBe(begins);
  expect(runText(text(' using rk4')).measures['end']).toBeCloseTo(end ?? 0, 12);
});

test('the stages of rk4 see the number of the beginning of the step, though its parameters move', () => {
  const end = (method: string): number | undefined =>
    runText(`model "M"
time 0 day .. 10 day by 1 day${method}
unit t
stock heap: t = 1
  + piled
let seen: t = draw uniform(heap, heap)
flow piled: t/day = seen / 4 day
measure end: t = final heap
`).measures['end'];
  expect(end(' using rk4')).toBeCloseTo(1.25 ** 10, 9);
  expect(end('')).toBeCloseTo(1.25 ** 10, 9);
});

test.each([
  ['normal(0, bad)', -1],
  ['uniform(0, bad)', -1],
  ['lognormal(bad, 2)', -1],
  ['lognormal(2, bad)', 0.5],
  ['logitnormal(bad, 2)', 1],
  ['triangular(0, bad, 1)', 2],
  ['exponential(bad)', -1],
  ['weibull(bad, 1)', 0],
  ['bernoulli(bad)', 1.5],
  ['discrete(1: bad, 2: 0.5)', 0.4],
  ['discrete(1: bad, 2: 1.5)', -0.5],
] as const)('%s of %d ends the future', (figure, bad) => {
  const text = `${HEAD}input bad: 1\n  assumed ${bad} "for the test"\nlet x = draw ${figure}\nmeasure m = final x\n`;
  expect(runText(text).future.failure).toEqual({ variable: 'x', instant: 0 });
});

test.each([
  ['normal(3, none)', 3],
  ['uniform(3, 3 + none)', 3],
  ['triangular(3, 3, 3 + none)', 3],
  ['lognormal(3, 1 + none)', 3],
  ['exponential(none)', 0],
  ['bernoulli(none)', 0],
  ['bernoulli(1 - none)', 1],
  ['discrete(3: 1 - none, 4: none)', 3],
] as const)('%s without any spread is %d', (figure, wanted) => {
  const text = `${HEAD}input none: 1\n  assumed 0 "for the test"\nlet x = draw ${figure}\nmeasure m = final x\n`;
  expect(runText(text).measures['m']).toBeCloseTo(wanted, 12);
});

const codesOf = (line: string): readonly string[] =>
  codesButUse(compileText(`${HEAD}unit t\n${line}\nmeasure m = final x / x\n`)).filter(
    (code) => code !== 'number-without-origin',
  );

test.each([
  ['let x: t = draw normal(0, 1 t)', []],
  ['let x: t = draw normal(1 t, 0.1)', ['unit-mismatch']],
  ['let x: t = draw weibull(2, 1 t)', []],
  ['let x: t = draw weibull(2 t, 1 t)', ['distribution-parameters']],
  ['let x: t = draw bernoulli(0.5)', ['unit-of-equation']],
  ['let x: t = draw discrete(1 t: 0.5, 2 t: 0.5)', []],
  ['let x: t = draw discrete(1 t: 0.5, 2: 0.5)', ['unit-mismatch']],
  ['let x: t = draw discrete(1 t: 0.5, 2 t: 0.6)', ['distribution-parameters']],
  ['let x: t = draw discrete(1 t: -0.5, 2 t: 1.5)', ['distribution-parameters']],
  ['let x: t = draw discrete(1 t, 2 t)', ['part-missing']],
  ['let x = draw uniform(1, 0)', ['distribution-parameters']],
  ['let x = draw uniform(1)', ['distribution-parameters']],
  ['let x = draw uniform(1 < 2, 3)', ['number-expected']],
  ['let x = draw beta(1, 2)', ['draw-not-closed']],
  ['let x = draw gauss(1, 2)', ['distribution-unknown']],
  ['let x = draw 1 to 2', ['part-missing']],
  ['let x = draw uniform(0, 1) within 0 .. 1', ['draw-not-closed']],
  ['let x = draw', ['part-missing']],
  ['let x = draw min(1 over G)', ['part-missing']],
  ['let x = draw uniform(0, 1) every', ['value-missing']],
  ['let x = draw uniform(0, 1) every 2', ['time-expected']],
  ['let x = draw uniform(0, 1) every 2 t', ['time-expected']],
  ['let x = draw uniform(0, 1) every (1 day + 1 day)', []],
  ['let x = uniform(0, 1)', ['function-unknown']],
  ['let draw = 1\nlet x = 1', ['name-reserved']],
  ['let x = draw normal(0, draw uniform(1, 2))', []],
] as const)('%s', (line, codes) => {
  expect(codesOf(line)).toEqual(codes);
});
