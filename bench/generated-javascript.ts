/**
 * The same models as JavaScript with the host's Math, as other tools generate it. Its exp, log and pow have other bits on
 * other hosts, so nothing outside of this folder may use it. Draws are those of the engine, which no host has of its own.
 */
import { normalQuantile } from '../src/base/distributions/normal-quantile.ts';
import { nearest } from '../src/base/exact-math.ts';
import { PURPOSE, uniform } from '../src/base/philox.ts';
import { givenRegisters, type Program } from '../src/program/program.ts';
import { instantAt } from '../src/program/time-grid.ts';
import { justBefore, STAGES } from '../src/program/work-out.ts';
import { type Dialect, type Plan, planOf, signOf, statementsOf } from './plain-code.ts';

/** Runs the futures from the first: input columns in, columns of final levels out, NaN where a future failed. */
export type PlainRun = (
  inputs: readonly Float64Array[],
  futures: number,
  levels: readonly Float64Array[],
) => void;

/** Rows of one function: more would be too long for the host to optimise. */
const SECTION_ROWS = 300;

const literal = (value: number): string =>
  `(${Object.is(value, -0) ? '-0' : Number.isNaN(value) ? 'NaN' : String(value)})`;

const DIALECT: Dialect = {
  declareNumber: 'let',
  declareTruth: 'const',
  number: literal,
  numberOf: (truth) => `${truth} ? 1 : 0`,
  truthOf: (number) => `${number} !== 0`,
  not: (truth) => `!(${truth})`,
  both: (left, right) => `(${left}) && (${right})`,
  either: (left, right) => `(${left}) || (${right})`,
  select: (truth, then, otherwise) => `(${truth}) ? ${then} : ${otherwise}`,
  lookup: (table, x) => `lookup(tables[${table}], ${x})`,
  recall: (history, ago, early) => `recall(histories[${history}], R[INSTANT] - ${ago}, ${early})`,
  uniform: (occurrence, site) => `uniform(host.seed, host.future, ${occurrence}, ${site}, ${PURPOSE.inRun})`,
  power: (base, exponent) => `Math.pow(${base}, ${exponent})`,
  plain: (operation, a, b) => {
    const sign = signOf(operation, a, b);
    if (sign !== null) return sign;
    const name = NAMES[operation];
    if (name !== undefined) return `${name}(${a})`;
    switch (operation) {
      case 'minimum':
        return `Math.min(${a}, ${b})`;
      case 'maximum':
        return `Math.max(${a}, ${b})`;
      case 'direction':
        return `Math.atan2(${a}, ${b})`;
      case 'modulo':
        return `${a} - ${b} * Math.floor(${a} / ${b})`;
      default:
        throw new Error(`an operation that JavaScript lacks: ${operation}`);
    }
  },
};

const NAMES: Readonly<Record<string, string>> = {
  absolute: 'Math.abs',
  'square root': 'Math.sqrt',
  exponential: 'Math.exp',
  logarithm: 'Math.log',
  'decimal logarithm': 'Math.log10',
  sine: 'Math.sin',
  cosine: 'Math.cos',
  tangent: 'Math.tan',
  'hyperbolic tangent': 'Math.tanh',
  floor: 'Math.floor',
  ceiling: 'Math.ceil',
  nearest: 'nearest',
  'normal quantile': 'normalQuantile',
};

const SUPPORT = `
function lookup({ at, values, held }, x) {
  if (x !== x) return x;
  let row = -1;
  while (row + 1 < at.length && at[row + 1] <= x) row++;
  if (row < 0) return values[0];
  if (held || row + 1 === at.length) return values[row];
  return values[row] + (values[row + 1] - values[row]) * ((x - at[row]) / (at[row + 1] - at[row]));
}
function recall(kept, place, early) {
  if (!(place > -1)) return place !== place ? place : early;
  const left = Math.floor(place);
  const part = place - left;
  const from = left < 0 ? early : kept[left];
  return part === 0 ? from : from + (kept[left + 1] - from) * part;
}
`;

const name = (register: number): string => `r${register}`;

/** A function of one register file \`R\`: what it reads is fetched, what it writes is put back. */
function sectionText(
  plan: Plan,
  code: Program['stepCode'],
  from: number,
  to: number,
  looks: boolean,
): string {
  const body = statementsOf(plan, code, [from, to], DIALECT, name);
  const written = new Set<number>(code.target.subarray(from, to));
  const text = body.join('\n');
  const touched = [...new Set(text.match(/\br\d+\b/g) ?? [])].map((one) => Number(one.slice(1)));
  const checked = looks ? plan.checked.filter((register) => written.has(register)) : [];
  return `function (R) {
${touched.map((register) => `let r${register} = R[${register}];`).join('\n')}
${text}
${[...written].map((register) => `R[${register}] = r${register};`).join('\n')}
return ${['0', ...checked.map((register) => `r${register} * 0`)].join(' + ')};
}`;
}

function sectionsText(plan: Plan, code: Program['stepCode'], looks: boolean): string {
  const parts: string[] = [];
  for (let from = 0; from < code.length || from === 0; from += SECTION_ROWS)
    parts.push(sectionText(plan, code, from, Math.min(from + SECTION_ROWS, code.length), looks));
  return `[${parts.join(',\n')}]`;
}

/** The text of a function of (host, tables, times, ends, uniform, normalQuantile, nearest) that gives `PlainRun`. */
export function javascriptText(program: Program): string {
  const plan = planOf(program);
  const { steps, step } = program.time;
  const given = givenRegisters(program);
  const special = {
    TIME: program.timeRegister,
    INSTANT: program.instantRegister,
    STAGE: program.stageRegister,
    FIRST: program.firstRegister,
  };
  const body = Object.entries(special).reduce(
    (text, [word, register]) => text.replaceAll(`R[${word}]`, `R[${register}]`),
    `${SUPPORT}
const start = ${sectionsText(plan, program.startCode, false)};
const sections = ${sectionsText(plan, program.stepCode, true)};
const settle = ${program.method === 'rk4' ? sectionsText(plan, program.settleCode, true) : '[]'};
const R = new Float64Array(initial.length);
const histories = ${JSON.stringify(program.histories)}.map(() => new Float64Array(${steps + 1}));
${rk4Text(program)}
function startFuture(inputs, future) {
  R.set(initial);
${given.map((register, slot) => `  R[${register}] = inputs[${slot}][future];`).join('\n')}
  R[TIME] = times[0];
  R[FIRST] = 1;
  for (const section of start) section(R);
  return ${['0', ...plan.checkedAtStart.map((register) => `R[${register}] * 0`)].join(' + ')};
}
const booked = new Float64Array(${2 * program.stocks.length});
const began = new Float64Array(${program.stocks.length});
function carry() {
${program.stocks
  .flatMap(({ inflows, outflows }, stock) => [
    ...inflows.map((flow) => `  booked[${2 * stock}] += R[${flow}] * ${literal(step)};`),
    ...outflows.map((flow) => `  booked[${2 * stock + 1}] += R[${flow}] * ${literal(step)};`),
  ])
  .join('\n')}
${program.stocks.map(({ level, next }) => `  R[${level}] = R[${next}];`).join('\n')}
${program.memories.map(({ held, next }) => `  R[${held}] = R[${next}];`).join('\n')}
}
return (inputs, futures, levels) => {
  for (let future = 0; future < futures; future++) {
    host.future = future;
    let bad = startFuture(inputs, future);
    booked.fill(0);
${program.stocks.map(({ level }, stock) => `    began[${stock}] = R[${level}];`).join('\n')}
${program.stocks.flatMap(({ physical, level }) => (physical ? [`    if (R[${level}] < 0) bad = NaN;`] : [])).join('\n')}
    for (let instant = 0; instant <= ${steps}; instant++) {
      if (instant > 0) carry();
      R[TIME] = times[instant];
      R[INSTANT] = instant;
      R[STAGE] = 0;
      for (const section of sections) bad += section(R);
      ${program.method === 'rk4' ? 'bad += weigh(instant);' : ''}
      R[FIRST] = 0;
${program.histories.map((register, history) => `      histories[${history}][instant] = R[${register}];`).join('\n')}
      if (bad !== 0) break;
    }
${program.stocks.map(({ level }, stock) => `    levels[${stock}][future] = bad === 0 ? R[${level}] : NaN;`).join('\n')}
    let worst = 0;
    for (let stock = 0; stock < ${program.stocks.length}; stock++) {
      const turnover = Math.max(began[stock], booked[2 * stock], booked[2 * stock + 1]);
      const gap = began[stock] + booked[2 * stock] - booked[2 * stock + 1] - levels[stock][future];
      if (turnover !== 0) worst = Math.max(worst, Math.abs(gap) / turnover);
    }
    levels[${program.stocks.length}][future] = worst;
  }
};`,
  );
  return body;
}

function rk4Text(program: Program): string {
  if (program.method !== 'rk4') return '';
  const { step } = program.time;
  const asked = program.flows.map((flow) => flow.asked);
  const stages = STAGES.map(({ reach, weight }, stage) => {
    const from = stage === 0 ? 'R' : `files[${stage - 1}]`;
    const own = `files[${stage}]`;
    return `  ${own}.set(R);
${program.stocks
  .map(({ inflows, outflows, level, physical }) => {
    const change = [
      '0',
      ...inflows.map((flow) => `+ ${from}[${flow}]`),
      ...outflows.map((flow) => `- ${from}[${flow}]`),
    ].join(' ');
    const sum = `R[${level}] + (${change}) * ${literal(reach * step)}`;
    return `  ${own}[${level}] = ${physical ? `Math.max(0, ${sum})` : sum};`;
  })
  .join('\n')}
  ${own}[${program.timeRegister}] = ${reach === 1 ? 'ends[instant]' : `times[instant] + ${literal(reach * step)}`};
  ${own}[${program.stageRegister}] = 1;
  ${own}[${program.firstRegister}] = 0;
  for (const section of sections) section(${own});
${asked.map((flow, number) => `  wanted[${number}] += ${weight} * ${own}[${flow}];`).join('\n')}`;
  });
  return `
const files = [0, 1, 2].map(() => new Float64Array(R.length));
const wanted = new Float64Array(${asked.length});
function weigh(instant) {
${asked.map((flow, number) => `  wanted[${number}] = R[${flow}];`).join('\n')}
${stages.join('\n')}
${asked.map((flow, number) => `  R[${flow}] = wanted[${number}] / 6;`).join('\n')}
  let bad = 0;
  for (const section of settle) bad += section(R);
  return bad;
}`;
}

export function javascriptRun(program: Program, seed: number): PlainRun {
  const { steps } = program.time;
  const times = Float64Array.from({ length: steps + 1 }, (_, instant) => instantAt(program.time, instant));
  const ends = Float64Array.from({ length: steps + 1 }, (_, instant) =>
    justBefore(instantAt(program.time, instant + 1), program.time.step),
  );
  const words = ['host', 'tables', 'times', 'ends', 'initial', 'uniform', 'normalQuantile', 'nearest'];
  const make = new Function(...words, javascriptText(program)) as (...given: readonly unknown[]) => PlainRun;
  return make(
    { seed, future: 0 },
    program.tables,
    times,
    ends,
    program.initial,
    uniform,
    normalQuantile,
    nearest,
  );
}
