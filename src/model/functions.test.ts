/** Every row of the table of functions: its examples come to their values, and only fitting calls are taken. */
// biome-ignore-all lint/suspicious/noApproximativeNumericConstant: the references are literals on purpose
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileText, runText } from '../../test/support/compile-text.ts';
import {
  type Form,
  FUNCTIONS,
  type FunctionEntry,
  type FunctionName,
  formFor,
  MOST_ARGUMENTS,
  POWER,
  type UnitPattern,
} from './functions.ts';

const CALENDAR = 'model "Functions"\ntime 2024-01-01 .. 2024-12-30 by 1 week\nunit t\nunit USD\n';
const NAMES = Object.keys(FUNCTIONS) as FunctionName[];
const entryOf = (name: FunctionName): FunctionEntry => FUNCTIONS[name];

describe('examples', () => {
  const examples = [...NAMES.map(entryOf), POWER].flatMap((entry) => entry.examples);

  test.each(examples)('$text is $value $unit', ({ text, unit, value }) => {
    const { future, measures } = runText(
      `${CALENDAR}measure m${unit === '1' ? '' : `: ${unit}`} = ${text}\n`,
    );
    expect(future.failure).toBeNull();
    const digits = value === Math.round(value * 1000) / 1000 ? 1e-14 : 1e-5;
    expect(Math.abs((measures['m'] ?? Number.NaN) - value)).toBeLessThanOrEqual(digits * Math.abs(value));
  });

  test.each(NAMES)('%s has one for each way to call it', (name) => {
    const { forms, examples: own } = entryOf(name);
    expect(own.length).toBeGreaterThanOrEqual(forms.length);
    for (const { text } of own) expect(text).toContain(`${name}(`);
  });
});

describe('edges', () => {
  /** The value of a measure; NaN where the future failed. */
  const worth = (text: string): number => {
    const { future, measures } = runText(`${CALENDAR}measure m = ${text}\n`);
    return future.failure === null ? (measures['m'] ?? Number.NaN) : Number.NaN;
  };

  test.each([
    'sqrt(-1)',
    'ln(0)',
    'ln(-1)',
    'log10(0)',
    'log10(-1)',
    'exp(709.79)',
    'sin(1_048_577)',
    'cos(-1_048_577)',
    'tan(1_048_577)',
    'mod(1, 0)',
    'floor(1, 0)',
    'ceil(1, 0)',
    'round(1, 0)',
    'clamp(1, 3, 2)',
    'min(1, 0 / 0)',
    'max(1, 0 / 0)',
    'pulse(1, 2024-02-05, 1 week, 0 week)',
    'pulse(1, 2024-02-05, 1 week, -1 week)',
    '0 ^ -1',
    '(-8) ^ (1 / 3)',
    '10 ^ 309',
    '1 / 0',
  ])('%s fails the future', (text) => {
    expect(worth(`final ${text}`)).toBe(Number.NaN);
  });

  test.each([
    ['final exp(-746)', 0],
    ['final round(0.5)', 0],
    ['final round(1.5)', 2],
    ['final round(-2.5)', -2],
    ['final round(0.49999999999999994)', 0],
    ['final round(4_503_599_627_370_497)', 4_503_599_627_370_497],
    ['final atan2(0, 0)', 0],
    ['final atan2(-0, -1)', 3.141592653589793],
    ['final atan2(-1, 0)', -1.5707963267948966],
    ['final 0 ^ 0', 1],
    ['final 0 ^ 2', 0],
    ['final (-2) ^ 3', -8],
    ['final mod(-1, 3)', 2],
    ['final mod(1, -3)', -2],
    ['final clamp(1, 3, 3)', 3],
    ['final ratio(0, 0, 7)', 7],
    ['final pulse(1, 2024-12-30, 0 week)', 0],
    ['final ramp(1 / (1 day), 2024-03-01, 2024-02-01)', 0],
  ])('%s is %d', (text, value) => {
    expect(worth(text)).toBe(value);
  });
});

/** Units that U and V may stand for; `alien` is none of them, nor a quotient of two. */
const UNITS = ['t', 'USD', 'day', '1', 't/day'] as const;
const ALIEN = '(3 USD * 1 t * 1 t)';
const YES = '(1 t > 0 t)';
const amount = (unit: string): string => (unit === '1' ? '3' : `(3 ${unit})`);

function argumentFor(pattern: UnitPattern | 'instant', u: string, v: string): string {
  switch (pattern) {
    case 'instant':
      return '2024-02-05';
    case 'number':
      return '3';
    case 'day':
      return '(3 day)';
    case 'U':
      return amount(u);
    case 'V':
      return amount(v);
    case 'U/V':
      return `(${amount(u)} / ${amount(v)})`;
    case 'U*day':
      return `(${amount(u)} * 1 day)`;
    case 'U^(1/2)':
      return `${amount(u)}^(1/2)`;
  }
}

/** Something that cannot stand at this place, whatever stands at the others. */
function misfitAt({ parameters }: Form, at: number): string {
  const unit = parameters[at]?.unit ?? 'number';
  const isHeld = parameters.some((other, place) => place !== at && other.unit.includes(unit));
  return unit === 'number' || unit === 'day' || unit === 'U/V' || isHeld ? ALIEN : YES;
}

const errorsOf = (text: string): readonly string[] =>
  compileText(CALENDAR + text)
    .diagnostics.filter(({ severity }) => severity === 'error')
    .map(({ code }) => code);

const call = fc.constantFrom(...NAMES).chain((name) => {
  const counts = Array.from({ length: 7 }, (_, count) => count).filter(
    (count) => formFor(entryOf(name), count) !== null,
  );
  return fc.record({
    name: fc.constant(name),
    count: fc.constantFrom(...counts),
    u: fc.constantFrom(...UNITS),
    v: fc.constantFrom(...UNITS),
    place: fc.nat(5),
  });
});

describe('units', () => {
  test('fitting arguments give the result that the table says', () => {
    fc.assert(
      fc.property(call, ({ name, count, u, v }) => {
        const form = formFor(entryOf(name), count);
        const parts = form?.parameters.map(({ unit }) => argumentFor(unit, u, v)) ?? [];
        const result = argumentFor(form?.result ?? 'number', u, v);
        expect(errorsOf(`measure m = final ${name}(${parts.join(', ')}) + ${result}\n`)).toEqual([]);
        expect(errorsOf(`measure m = final ${name}(${parts.join(', ')}) + ${ALIEN}\n`)).toEqual([
          'unit-mismatch',
        ]);
      }),
    );
  });

  test('one argument that does not fit gives one message', () => {
    fc.assert(
      fc.property(call, ({ name, count, u, v, place }) => {
        const form = formFor(entryOf(name), count);
        if (form === null) throw new Error('a call of no form');
        const at = place % count;
        const parts = form.parameters.map(({ unit }) => argumentFor(unit, u, v));
        parts[at] = misfitAt(form, at);
        expect(errorsOf(`measure m = final ${name}(${parts.join(', ')})\n`)).toHaveLength(1);
      }),
      { numRuns: 300 },
    );
  });

  test.each(NAMES)('too few or too many arguments of %s give one message', (name) => {
    for (const count of [0, 1, 2, 3, 4, 5, 6, MOST_ARGUMENTS, MOST_ARGUMENTS + 1]) {
      if (formFor(entryOf(name), count) !== null) continue;
      const parts = Array.from({ length: count }, () => '3');
      expect(errorsOf(`measure m = final ${name}(${parts.join(', ')})\n`), `${count}`).toEqual([
        'function-arguments',
      ]);
    }
  });

  test('no two ways to call a function take equally many arguments', () => {
    for (const name of NAMES) {
      const counts = entryOf(name).forms.map(({ parameters }) => parameters.length);
      expect(new Set(counts).size).toBe(counts.length);
    }
  });
});

describe('functions over time', () => {
  test.each(NAMES.filter((name) => entryOf(name).overTime === true))(
    '%s stands only where time passes',
    (name) => {
      const [form] = entryOf(name).forms;
      const parts = form?.parameters.map(({ unit }) => argumentFor(unit, '1', '1')).join(', ');
      expect(
        errorsOf(`claim c "x"\n  ${name}(${parts}) > ${argumentFor(form?.result ?? 'number', '1', '1')}\n`),
      ).toContain('name-not-readable');
    },
  );

  test('an instant is a length of time where there is no calendar, and a date where there is one', () => {
    const plain = 'model "x"\ntime 0 day .. 10 day by 1 day\nunit t\n';
    const codes = (text: string): readonly string[] =>
      compileText(plain + text)
        .diagnostics.filter(({ severity }) => severity === 'error')
        .map(({ code }) => code);
    expect(codes('measure m: t = final step(3 t, 5 day)\n')).toEqual([]);
    expect(codes('measure m: t = final step(3 t, 0)\n')).toEqual([]);
    expect(codes('measure m: t = final step(3 t, 5 t)\n')).toEqual(['time-expected']);
    expect(codes('measure m: t = final step(3 t, 2024-02-05)\n')).toEqual(['date-without-calendar']);
    expect(errorsOf('measure m: t = final step(3 t, 5 day)\n')).toEqual(['date-expected']);
  });
});

test('a unit may be called as a function is, a table may not', () => {
  expect(errorsOf('unit round\nmeasure m: round = final round(3 round, 2 round)\n')).toEqual([]);
  expect(errorsOf('table round(1): 1\n  assumed "x"\n  0, 0\n  1, 1\n')).toEqual(['name-taken']);
});
