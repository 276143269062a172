/**
 * The same models in C: one future at a time with the C library's mathematics, or eight at a time with ours. The headers
 * in `bench/c` hold what does not hang on the model.
 */
import { LARGEST_PRODUCT_EXPONENT, LONG_SERIES, SHORT_SERIES } from '../src/base/exact-math.ts';
import { EXPONENTIALS, LOGARITHMS } from '../src/base/exact-math-tables.ts';
import { PURPOSE } from '../src/base/philox.ts';
import { type Code, givenRegisters, type Operation, type Program } from '../src/program/program.ts';
import { STAGES } from '../src/program/work-out.ts';
import { type Dialect, planOf, signOf, statementsOf } from './plain-code.ts';

export type Form = 'scalar' | 'vector';

const literal = (value: number): string => {
  if (Number.isNaN(value)) return 'NAN';
  if (!Number.isFinite(value)) return value > 0 ? 'INFINITY' : '(-INFINITY)';
  const text = Object.is(value, -0) ? '-0' : String(value);
  return /[.e]/.test(text) ? `(${text})` : `(${text}.0)`;
};

/** What both forms call the same. */
const NAMES: Readonly<Partial<Record<Operation, string>>> = {
  minimum: 'minimum',
  maximum: 'maximum',
  modulo: 'modulo',
  'normal quantile': 'normal_quantile',
};

const SCALAR_NAMES: Readonly<Partial<Record<Operation, string>>> = {
  absolute: 'fabs',
  'square root': 'sqrt',
  exponential: 'exp',
  logarithm: 'log',
  floor: 'floor',
  ceiling: 'ceil',
  nearest: 'nearbyint',
};

const VECTOR_NAMES: Readonly<Partial<Record<Operation, string>>> = {
  absolute: 'absolute',
  'square root': 'root',
  exponential: 'exp_of',
  logarithm: 'log_of',
  floor: 'floor_of',
  ceiling: 'ceiling_of',
  nearest: 'nearest_of',
};

const called = (names: typeof NAMES, operation: Operation, a: string, b: string): string => {
  const name = names[operation] ?? NAMES[operation];
  if (name === undefined) throw new Error(`an operation that the C of the benchmark lacks: ${operation}`);
  return ['minimum', 'maximum', 'modulo'].includes(operation) ? `${name}(${a}, ${b})` : `${name}(${a})`;
};

/** Whole powers as products, in the order in which the engine takes them. */
function products(base: string, exponent: number, one: string): string {
  let square = base;
  let result: string | null = null;
  for (let digits = Math.abs(exponent); digits > 0; digits >>= 1) {
    if ((digits & 1) === 1) result = result === null ? square : `(${result} * ${square})`;
    square = `(${square} * ${square})`;
  }
  if (result === null) return one;
  return exponent > 0 ? result : `${one} / ${result}`;
}

const isProduct = (exponent: number): boolean =>
  Number.isInteger(exponent) && Math.abs(exponent) <= LARGEST_PRODUCT_EXPONENT;

/** What our exp and log are made from, as C. */
const OUR_TABLES = Object.entries({
  exponentials: EXPONENTIALS,
  logarithms: LOGARITHMS,
  short_series: SHORT_SERIES,
  long_series: LONG_SERIES,
})
  .map(([name, values]) => `static const double ${name}[] = {${values.map(literal).join(', ')}};`)
  .join('\n');

const dialectOf = (program: Program, form: Form): Dialect => {
  const lookup = (table: number, x: string): string => {
    const { at, held } = program.tables[table]!;
    return `lookup${held ? '_held' : ''}(at${table}, stretches${table}, ${at.length}, ${x})`;
  };
  const shared = {
    declareNumber: 'N',
    lookup,
    recall: (history: number, ago: string, early: string) =>
      `recall(history${history}, instant, ${ago}, ${early})`,
    uniform: (occurrence: string, site: number) => `uniform(future, ${occurrence}, ${site}u)`,
  };
  if (form === 'scalar') {
    return {
      ...shared,
      declareTruth: 'int',
      number: literal,
      numberOf: (truth) => `${truth}`,
      truthOf: (number) => `${number} != 0`,
      not: (truth) => `!(${truth})`,
      both: (left, right) => `(${left}) & (${right})`,
      either: (left, right) => `(${left}) | (${right})`,
      select: (truth, then, otherwise) => `(${truth}) ? ${then} : ${otherwise}`,
      power: (base, exponent, constant) =>
        constant !== null && isProduct(constant)
          ? products(base, constant, '1.0')
          : `pow(${base}, ${exponent})`,
      plain: (operation, a, b) => signOf(operation, a, b) ?? called(SCALAR_NAMES, operation, a, b),
    };
  }
  return {
    ...shared,
    declareTruth: 'M',
    number: (value) => `all(${literal(value)})`,
    numberOf: (truth) => `number(${truth})`,
    truthOf: (number) => `unequal(${number}, all(0))`,
    not: (truth) => `not(${truth})`,
    both: (left, right) => `both(${left}, ${right})`,
    either: (left, right) => `either(${left}, ${right})`,
    select: (truth, then, otherwise) => `choose(${truth}, ${then}, ${otherwise})`,
    power: (base, exponent, constant) =>
      constant !== null && isProduct(constant)
        ? products(base, constant, 'all(1)')
        : `power_of(${base}, ${exponent})`,
    plain: (operation, a, b) => {
      if (operation === 'less') return `less(${a}, ${b})`;
      if (operation === 'less or equal') return `less_or_equal(${a}, ${b})`;
      return signOf(operation, a, b) ?? called(VECTOR_NAMES, operation, a, b);
    },
  };
};

/** The text of a C file; it includes headers of `bench/c`. */
export function cText(program: Program, form: Form): string {
  const plan = planOf(program);
  const dialect = dialectOf(program, form);
  const { steps, step } = program.time;
  const given = givenRegisters(program);
  const own = (register: number): string => `r${register}`;
  const value = (register: number, nameOf = own): string => {
    const fixed = plan.constant(register);
    return fixed === null ? nameOf(register) : dialect.number(fixed);
  };
  const zero = dialect.number(0);
  const rows = (code: Code, nameOf = own): string =>
    statementsOf(plan, code, [0, code.length], dialect, nameOf).join('\n');
  const stocks = [...program.stocks.entries()];
  const badSum = (registers: readonly number[]): string =>
    registers.map((register) => `sum = sum + ${value(register)} * ${zero};`).join('\n');

  const tables = program.tables.map(({ at, values }, table) => {
    const stretches = [[0, values[0]!, 0, Number.POSITIVE_INFINITY]];
    at.forEach((from, row) => {
      const [here, next] = [values[row]!, values[row + 1]];
      stretches.push(
        next === undefined
          ? [from, here, 0, Number.POSITIVE_INFINITY]
          : [from, here, next - here, at[row + 1]! - from],
      );
    });
    return `static const double at${table}[] = {${[...at].map(literal).join(', ')}};
static const double stretches${table}[][4] = {${stretches.map((line) => `{${line.map(literal).join(', ')}}`).join(', ')}};`;
  });

  /** A register that only a later stage of rk4 writes has a name of its own there. */
  const stages = STAGES.map(({ reach, weight }, stage) => {
    const rewritten = new Set<number>([
      ...program.stepCode.target,
      ...program.stocks.map(({ level }) => level),
      program.timeRegister,
      program.stageRegister,
      program.firstRegister,
    ]);
    const nameIn = (number: number) => (register: number) =>
      number >= 0 && rewritten.has(register) ? `s${number}_${register}` : own(register);
    const before = nameIn(stage - 1);
    const here = nameIn(stage);
    const levels = stocks.map(([, { inflows, outflows, level, physical }]) => {
      const change = [
        zero,
        ...inflows.map((flow) => `+ ${value(flow, before)}`),
        ...outflows.map((flow) => `- ${value(flow, before)}`),
      ].join(' ');
      const sum = `${own(level)} + (${change}) * ${dialect.number(reach * step)}`;
      return `${here(level)} = ${physical ? `maximum(${zero}, ${sum})` : sum};`;
    });
    const time = reach === 1 ? 'ends[instant]' : `times[instant] + ${literal(reach * step)}`;
    return `N ${[...rewritten].map((register) => `${here(register)} = ${own(register)}`).join(', ')};
${levels.join('\n')}
${here(program.timeRegister)} = ${spread(form, time)};
${here(program.stageRegister)} = ${dialect.number(1)};
${here(program.firstRegister)} = ${zero};
${rows(program.stepCode, here)}
${program.flows.map(({ asked }, flow) => `wanted${flow} = wanted${flow} + ${dialect.number(weight)} * ${value(asked, here)};`).join('\n')}`;
  });
  const rk4 = `
${program.flows.map(({ asked }, flow) => `N wanted${flow} = ${value(asked)};`).join('\n')}
${stages.join('\n')}
${program.flows.map(({ asked }, flow) => (plan.constant(asked) === null ? `${own(asked)} = wanted${flow} / ${dialect.number(6)};` : '')).join('\n')}
${rows(program.settleCode)}`;

  return `#define STEPS ${steps}
#define INPUTS ${given.length}
#define OUTPUTS ${program.stocks.length + 1}
#define PURPOSE ${PURPOSE.inRun}
${form === 'vector' ? OUR_TABLES : ''}
#include "${form === 'scalar' ? 'plain.h' : 'lanes.h'}"
#include "host.h"
${tables.join('\n')}
${program.histories.map((_, history) => `static N history${history}[STEPS + 1];`).join('\n')}

static void run_block(long future) {
N ${plan.named.map((register) => `r${register} = ${dialect.number(program.initial[register] ?? 0)}`).join(', ')};
${given.map((register, slot) => `r${register} = fetch(in[${slot}] + future);`).join('\n')}
r${program.timeRegister} = ${spread(form, 'times[0]')};
r${program.firstRegister} = ${dialect.number(1)};
int instant = 0;
${rows(program.startCode)}
N failed = ${zero}, sum = ${zero};
${badSum(plan.checkedAtStart)}
${stocks.map(([stock, { level, physical }]) => `N began${stock} = r${level}, came${stock} = ${zero}, went${stock} = ${zero};${physical ? `\nsum = ${below(form, `r${level}`)};` : ''}`).join('\n')}
const N at_start = sum;
for (instant = 0; instant <= STEPS; instant++) {
r${program.timeRegister} = ${spread(form, 'times[instant]')};
r${program.instantRegister} = ${spread(form, '(double)instant')};
{
${rows(program.stepCode)}
${program.method === 'rk4' ? rk4 : ''}
sum = at_start;
${badSum(plan.checked)}
if (any_bad(sum)) failed = or_bad(failed, sum);
r${program.firstRegister} = ${zero};
${program.histories.map((register, history) => `history${history}[instant] = ${value(register)};`).join('\n')}
if (instant < STEPS) {
${stocks
  .flatMap(([stock, { inflows, outflows }]) => [
    ...inflows.map((flow) => `came${stock} = came${stock} + ${value(flow)} * ${dialect.number(step)};`),
    ...outflows.map((flow) => `went${stock} = went${stock} + ${value(flow)} * ${dialect.number(step)};`),
  ])
  .join('\n')}
${stocks.map(([, { level, next }]) => `r${level} = ${value(next)};`).join('\n')}
${program.memories.map(({ held, next }) => `r${held} = ${value(next)};`).join('\n')}
}
}
}
N worst = ${zero};
${stocks
  .map(
    ([stock, { level }]) => `{
N turnover = maximum(maximum(began${stock}, came${stock}), went${stock});
N gap = began${stock} + came${stock} - went${stock} - r${level};
N share = ${called(form === 'scalar' ? SCALAR_NAMES : VECTOR_NAMES, 'absolute', 'gap', '')} / turnover;
worst = maximum(worst, ${dialect.select(dialect.truthOf('turnover'), 'share', zero)});
put(out[${stock}] + future, r${level} + failed);
}`,
  )
  .join('\n')}
put(out[OUTPUTS - 1] + future, worst);
}
`;
}

const spread = (form: Form, number: string): string => (form === 'scalar' ? number : `all(${number})`);

/** A sum that is no longer 0 where a physical level starts below nothing. */
const below = (form: Form, level: string): string =>
  form === 'scalar' ? `${level} < 0 ? NAN : sum` : `choose(less(${level}, all(0)), all(NAN), sum)`;
