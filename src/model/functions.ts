/**
 * The functions of the language as one table: how each is called, in which units, what it means, what it is at its
 * edges, of which operations it is made, and an example. The checker, the lowering, the reference and the tests all
 * read it, so a function exists everywhere or nowhere. Nothing here may depend on an engine: `make` emits for it.
 */
import type { Rational } from '../base/rational.ts';
import * as rational from '../base/rational.ts';

const power = (n: number, d = 1): Rational => rational.rational(n, d);

/** What arguments and results are counted in. U and V stand for any unit, each for one unit throughout a call. */
export const UNIT_PATTERNS = {
  number: { U: power(0), V: power(0), day: power(0) },
  U: { U: power(1), V: power(0), day: power(0) },
  V: { U: power(0), V: power(1), day: power(0) },
  'U^(1/2)': { U: power(1, 2), V: power(0), day: power(0) },
  'U/V': { U: power(1), V: power(-1), day: power(0) },
  'U*day': { U: power(1), V: power(0), day: power(1) },
  day: { U: power(0), V: power(0), day: power(1) },
} as const satisfies Record<string, { U: Rational; V: Rational; day: Rational }>;

export type UnitPattern = keyof typeof UNIT_PATTERNS;

/** An `instant` is a date where the model has a calendar, else a length of time from its zero. */
export type Parameter = { readonly name: string; readonly unit: UnitPattern | 'instant' };

/** One way to call a function; no two of one function take equally many arguments. */
export type Form = {
  readonly parameters: readonly Parameter[];
  readonly result: UnitPattern;
  /** Whether more arguments like the last may follow. */
  readonly open?: true;
};

/** Arguments of a function that takes any number of them. */
export const MOST_ARGUMENTS = 50;

export type Example = { readonly text: string; readonly unit: string; readonly value: number };

/** What the reference says of a function. */
export type Description = {
  readonly meaning: string;
  /** What it is at its edges; empty where it has none. */
  readonly edges: string;
  /** Measures below the reference's common lines, with what they come to. */
  readonly examples: readonly Example[];
};

/** The plain operations that functions are made of, each with one right answer for every engine. */
export type PlainOperation =
  | 'add'
  | 'subtract'
  | 'multiply'
  | 'divide'
  | 'minimum'
  | 'maximum'
  | 'absolute'
  | 'square root'
  | 'exponential'
  | 'logarithm'
  | 'decimal logarithm'
  | 'sine'
  | 'cosine'
  | 'tangent'
  | 'direction'
  | 'hyperbolic tangent'
  | 'floor'
  | 'ceiling'
  | 'nearest'
  | 'modulo'
  | 'less'
  | 'less or equal'
  | 'and'
  | 'select';

/** Emits for an engine; values are registers. */
export type Make = {
  readonly operation: (operation: PlainOperation, a: number, b?: number, c?: number) => number;
  readonly constant: (value: number) => number;
  readonly time: number;
  /** An instant that arithmetic has moved a hair beside the model's grid is brought back onto it. */
  readonly onGrid: (instant: number) => number;
  /** What jumps keeps its first value within a step, whatever the method of integration. */
  readonly throughStep: (value: number) => number;
};

export type FunctionEntry = Description & {
  readonly forms: readonly Form[];
  /** Follows time, so that it stands only where time passes. */
  readonly overTime?: true;
  readonly lower: (make: Make, ...values: number[]) => number;
};

const parameter = (name: string, unit: Parameter['unit']): Parameter => ({ name, unit });
const x = parameter('x', 'U');
const y = parameter('y', 'U');
const to = parameter('to', 'U');
const height = parameter('height', 'U');
const at = parameter('at', 'instant');
const length = parameter('length', 'day');

/** A plain number in and out, by one operation. */
const ofNumber = (operation: PlainOperation) => ({
  forms: [{ parameters: [parameter('x', 'number')], result: 'number' }] as const,
  lower: (make: Make, value: number) => make.operation(operation, value),
});

/** To a whole number, or to a whole multiple of something in the same unit. */
const toWhole = (operation: PlainOperation) => ({
  forms: [
    { parameters: [parameter('x', 'number')], result: 'number' },
    { parameters: [x, to], result: 'U' },
  ] as const,
  lower: (make: Make, value: number, multiple?: number) => {
    if (multiple === undefined) return make.operation(operation, value);
    const count = make.operation(operation, make.operation('divide', value, multiple));
    return make.operation('multiply', multiple, count);
  },
});

/** One of many arguments, from the left. */
const ofMany = (operation: PlainOperation) => ({
  forms: [{ parameters: [x, y], result: 'U', open: true }] as const,
  lower: (make: Make, first: number, ...others: number[]) =>
    others.reduce((so, next) => make.operation(operation, so, next), first),
});

const TURN = 6.283185307179586;
/** How far beside a whole number of periods an instant still counts as their end, as a share of a period. */
const HAIR = 1e-9;

/** Whether `time` lies in [from, from + length). */
function within(make: Make, from: number, duration: number): number {
  const begun = make.operation('less or equal', make.onGrid(from), make.time);
  const end = make.onGrid(make.operation('add', from, duration));
  return make.operation('and', begun, make.operation('less', make.time, end));
}

/** No number unless the condition holds, so that a future in which it does not is counted as failed. */
const provided = (make: Make, condition: number, value: number): number =>
  make.operation('select', condition, value, make.constant(Number.NaN));

export const FUNCTIONS = {
  abs: {
    forms: [{ parameters: [x], result: 'U' }],
    meaning: 'the size without the sign',
    edges: '',
    examples: [{ text: 'final abs(-3 t)', unit: 't', value: 3 }],
    lower: (make, value: number) => make.operation('absolute', value),
  },
  min: {
    ...ofMany('minimum'),
    meaning: 'the least of its arguments',
    edges: 'no number where an argument is no number',
    examples: [{ text: 'final min(3 t, 5 t, 4 t)', unit: 't', value: 3 }],
  },
  max: {
    ...ofMany('maximum'),
    meaning: 'the greatest of its arguments',
    edges: 'no number where an argument is no number',
    examples: [{ text: 'final max(0, 5 t)', unit: 't', value: 5 }],
  },
  clamp: {
    forms: [{ parameters: [x, parameter('low', 'U'), parameter('high', 'U')], result: 'U' }],
    meaning: '`x`, but at least `low` and at most `high`',
    edges: 'no number where `low` is above `high`',
    examples: [{ text: 'final clamp(12 t, 0, 10 t)', unit: 't', value: 10 }],
    lower: (make, value: number, low: number, high: number) =>
      provided(
        make,
        make.operation('less or equal', low, high),
        make.operation('minimum', make.operation('maximum', value, low), high),
      ),
  },
  ratio: {
    forms: [
      {
        parameters: [parameter('a', 'U'), parameter('b', 'V'), parameter('otherwise', 'U/V')],
        result: 'U/V',
      },
    ],
    meaning: '`a / b`, or `otherwise` where `b` is 0',
    edges: '',
    examples: [
      { text: 'final ratio(3 t, 2 week, 0)', unit: 't/week', value: 1.5 },
      { text: 'final ratio(3 t, 0 t, 1)', unit: '1', value: 1 },
    ],
    lower: (make, a: number, b: number, otherwise: number) =>
      make.operation('select', b, make.operation('divide', a, b), otherwise),
  },
  mod: {
    forms: [{ parameters: [parameter('a', 'U'), parameter('b', 'U')], result: 'U' }],
    meaning: 'the remainder `a - b * floor(a / b)`, with the sign of `b`',
    edges: 'no number where `b` is 0',
    examples: [{ text: 'final mod(17 day, 1 week)', unit: 'day', value: 3 }],
    lower: (make, a: number, b: number) => make.operation('modulo', a, b),
  },
  floor: {
    ...toWhole('floor'),
    meaning: 'the whole number, or multiple of `to`, at or below `x`',
    edges: 'no number where `to` is 0',
    examples: [
      { text: 'final floor(-1.5)', unit: '1', value: -2 },
      { text: 'final floor(17 day, 1 week)', unit: 'week', value: 2 },
    ],
  },
  ceil: {
    ...toWhole('ceiling'),
    meaning: 'the whole number, or multiple of `to`, at or above `x`',
    edges: 'no number where `to` is 0',
    examples: [
      { text: 'final ceil(-1.5)', unit: '1', value: -1 },
      { text: 'final ceil(17 day, 1 week)', unit: 'week', value: 3 },
    ],
  },
  round: {
    ...toWhole('nearest'),
    meaning: 'the whole number, or multiple of `to`, nearest to `x`',
    edges: 'half goes to the even one: 0.5 to 0, 1.5 to 2; no number where `to` is 0',
    examples: [
      { text: 'final round(2.5)', unit: '1', value: 2 },
      { text: 'final round(1_000 t, 480 t)', unit: 't', value: 960 },
    ],
  },
  sqrt: {
    forms: [{ parameters: [x], result: 'U^(1/2)' }],
    meaning: 'the square root',
    edges: 'no number below 0',
    examples: [{ text: 'final sqrt((3 t)^2)', unit: 't', value: 3 }],
    lower: (make, value: number) => make.operation('square root', value),
  },
  exp: {
    ...ofNumber('exponential'),
    meaning: 'e to the power of `x`',
    edges: 'infinite above 709.78, 0 below −745.13',
    examples: [{ text: 'final exp(0)', unit: '1', value: 1 }],
  },
  ln: {
    ...ofNumber('logarithm'),
    meaning: 'the natural logarithm',
    edges: 'infinite at 0, no number below',
    examples: [{ text: 'final ln(exp(2))', unit: '1', value: 2 }],
  },
  log10: {
    ...ofNumber('decimal logarithm'),
    meaning: 'the decimal logarithm',
    edges: 'infinite at 0, no number below; whole for whole powers of ten',
    examples: [{ text: 'final log10(1_000)', unit: '1', value: 3 }],
  },
  sin: {
    ...ofNumber('sine'),
    meaning: 'the sine of an angle in radians',
    edges: 'no number beyond ±1,048,576',
    examples: [{ text: 'final sin(turns(25%))', unit: '1', value: 1 }],
  },
  cos: {
    ...ofNumber('cosine'),
    meaning: 'the cosine of an angle in radians',
    edges: 'no number beyond ±1,048,576',
    examples: [{ text: 'final cos(turns(50%))', unit: '1', value: -1 }],
  },
  tan: {
    ...ofNumber('tangent'),
    meaning: 'the tangent of an angle in radians',
    edges: 'no number beyond ±1,048,576',
    examples: [{ text: 'final tan(turns(12.5%))', unit: '1', value: 1 }],
  },
  turns: {
    forms: [{ parameters: [parameter('x', 'number')], result: 'number' }],
    meaning: '`x` full turns in radians, 2π·`x`',
    edges: '',
    examples: [
      { text: 'at 2024-12-30 sin(turns((time - 2024-01-01) / 1 year))', unit: '1', value: -0.021_501_5 },
    ],
    lower: (make, value: number) => make.operation('multiply', value, make.constant(TURN)),
  },
  atan2: {
    forms: [{ parameters: [y, x], result: 'number' }],
    meaning: 'the direction of a point `x` to the right and `y` up, in radians above −π and up to π',
    edges: '0 at the origin; π where `y` is 0 and `x` below 0',
    examples: [{ text: 'final atan2(3 t, 3 t) / turns(1)', unit: '1', value: 0.125 }],
    lower: (make, up: number, right: number) => make.operation('direction', up, right),
  },
  tanh: {
    ...ofNumber('hyperbolic tangent'),
    meaning: 'the hyperbolic tangent, which runs from −1 to 1',
    edges: '',
    examples: [{ text: 'final tanh(ln(3))', unit: '1', value: 0.8 }],
  },
  step: {
    forms: [{ parameters: [height, at], result: 'U' }],
    overTime: true,
    meaning: '0 before the instant `at`, `height` from then on',
    edges: 'between two instants of the model it begins at the later one',
    examples: [{ text: 'total step(10 t/day, 2024-12-16)', unit: 't', value: 140 }],
    lower: (make, size: number, from: number) => {
      const begun = make.operation('less or equal', make.onGrid(from), make.time);
      return make.operation('select', make.throughStep(begun), size, make.constant(0));
    },
  },
  pulse: {
    forms: [
      { parameters: [height, at, length], result: 'U' },
      { parameters: [height, at, length, parameter('every', 'day')], result: 'U' },
    ],
    overTime: true,
    meaning: '`height` from the instant `at` for `length`, and again after each `every`; 0 otherwise',
    edges:
      'one that lies between two instants of the model is not seen; no number where `every` is not above 0',
    examples: [
      { text: 'total pulse(10 t/day, 2024-02-05, 2 week)', unit: 't', value: 140 },
      { text: 'total pulse(10 t/day, 2024-02-05, 2 week, 20 week)', unit: 't', value: 420 },
    ],
    lower: (make, size: number, from: number, duration: number, every?: number) => {
      const zero = make.constant(0);
      if (every === undefined)
        return make.operation('select', make.throughStep(within(make, from, duration)), size, zero);
      const periods = make.operation(
        'divide',
        make.operation('subtract', make.time, make.onGrid(from)),
        every,
      );
      // The rounding of the division must not put the first instant of a period into the one before it.
      const count = make.operation('floor', make.operation('add', periods, make.constant(HAIR)));
      const latest = make.operation('add', from, make.operation('multiply', every, count));
      const begun = make.operation('less or equal', make.onGrid(from), make.time);
      const on = make.operation('and', begun, within(make, latest, duration));
      const value = make.operation('select', make.throughStep(on), size, zero);
      return provided(make, make.operation('less', zero, every), value);
    },
  },
  ramp: {
    forms: [
      { parameters: [parameter('slope', 'U'), parameter('from', 'instant')], result: 'U*day' },
      {
        parameters: [parameter('slope', 'U'), parameter('from', 'instant'), parameter('to', 'instant')],
        result: 'U*day',
      },
    ],
    overTime: true,
    meaning: '0 up to the instant `from`, then growing by `slope`, up to the instant `to` if there is one',
    edges: '0 where `to` is before `from`',
    examples: [
      { text: 'at 2024-03-01 ramp(10 t/day, 2024-02-05)', unit: 't', value: 250 },
      { text: 'final ramp(10 t/day, 2024-02-05, 2024-03-01)', unit: 't', value: 250 },
    ],
    lower: (make, slope: number, from: number, until?: number) => {
      const reached = until === undefined ? make.time : make.operation('minimum', make.time, until);
      const passed = make.operation('subtract', make.operation('maximum', reached, from), from);
      return make.operation('multiply', slope, passed);
    },
  },
} as const satisfies Record<string, FunctionEntry>;

export type FunctionName = keyof typeof FUNCTIONS;

/** The one operator with edges of its own; it stands with the functions in the reference. */
export const POWER: Description = {
  meaning: '`x` to the power of `y`; of a quantity only to a written number',
  edges:
    '1 where `y` is 0; 0 to a power below 0 is infinite; no number where `x` is below 0 and `y` not whole; infinite above 1.8e308',
  examples: [{ text: 'final (2 t)^3 / (1 t)^2', unit: 't', value: 8 }],
};

export const isFunction = (name: string): name is FunctionName => Object.hasOwn(FUNCTIONS, name);

/** The way of calling with so many arguments, with a parameter for each of them; null where there is none. */
export function formFor(entry: FunctionEntry, count: number): Form | null {
  for (const form of entry.forms) {
    const { parameters } = form;
    if (parameters.length === count) return form;
    const last = parameters.at(-1);
    if (form.open !== true || last === undefined || count < parameters.length || count > MOST_ARGUMENTS)
      continue;
    const more = Array.from({ length: count - parameters.length }, () => last);
    return { ...form, parameters: [...parameters, ...more] };
  }
  return null;
}

/** `pulse(height, at, length)`, `min(x, y, …)`: the ways to call a function, as they are written. */
export const callsOf = (name: string, entry: FunctionEntry): readonly string[] =>
  entry.forms.map(
    (form) =>
      `${name}(${form.parameters.map((one) => one.name).join(', ')}${form.open === true ? ', …' : ''})`,
  );
