/** What the benchmark found, as data and as text. */

import { CONTENDERS } from './contenders.ts';
import type { FirstCall, GrowthRow, Spread } from './costs.ts';
import type { ModelResult } from './rounds.ts';

export type Report = {
  /** Of sixty equations: how many times as fast the engine is; null where the other could not be run. */
  readonly ratios: {
    readonly wasm_vs_c_scalar: number | null;
    readonly wasm_vs_c_vector: number | null;
    readonly wasm_vs_js: number | null;
    readonly two_workers_vs_one: number | null;
  };
  readonly microseconds_per_future_overhead: number | null;
  readonly nanoseconds_per_lognormal_draw: number | null;
  /** Of the flagship, the middle of all processes. */
  readonly milliseconds_text_to_first_result: number | null;
  /** From the text of a model to its first future, and whole processes: `casus check` of the flagship, and nothing. */
  readonly milliseconds_at_first: Readonly<
    Record<'flagship' | 'thousand' | 'check' | 'nothing', Spread>
  > | null;
  /** 2,000 lines near their form, and 2,000 dense ones that are all out of it. */
  readonly milliseconds_to_format: { readonly near: FirstCall; readonly dense: FirstCall } | null;
  readonly machine: {
    readonly processor: string;
    readonly processors: number;
    readonly load: number;
    readonly node: string;
    readonly c_compiler: string | null;
  };
  readonly models: readonly ModelResult[];
  readonly growth: readonly GrowthRow[];
};

/** How many times as fast the engine is. */
export function ratioTo(other: (typeof CONTENDERS)[number], result: ModelResult | undefined): number | null {
  const [own, theirs] = [result?.nanoseconds.wasm ?? null, result?.nanoseconds[other] ?? null];
  return own === null || theirs === null ? null : theirs / own;
}

const AT_FIRST = {
  flagship: 'The flagship from its text to a first result',
  thousand: 'A thousand equations from their text to a first result',
  check: '`casus check` of the flagship, start-up included',
  nothing: 'A process that does nothing',
} as const;

const cell = (text: string, width: number): string => text.padStart(width);
const two = (value: number | null): string => (value === null ? '–' : value.toFixed(2));

export function reportText(report: Report): string {
  const { machine, models, growth, ratios } = report;
  const lines = [
    `${machine.processor}, ${machine.processors} processors, load ${machine.load.toFixed(1)}, Node ${machine.node}`,
    machine.c_compiler === null
      ? 'There is no C compiler here (gcc, cc or clang; CC names another), so C is left out.'
      : `C by ${machine.c_compiler}`,
    '',
    'Nanoseconds of a future, step and equation; in brackets million of them a second on one processor.',
    `${'model'.padEnd(10)}${CONTENDERS.map((name) => cell(name, 17)).join('')}  rounds  same`,
  ];
  for (const { name, nanoseconds, rounds, agree, equalBits } of models) {
    const cells = CONTENDERS.map((contender) => {
      const each = nanoseconds[contender];
      return cell(each === null ? '–' : `${each.toFixed(2)} (${(1000 / each).toFixed(0)})`, 17);
    });
    const same = !agree ? 'NO' : equalBits === true ? 'bits' : equalBits === false ? 'to 1e-6' : 'yes';
    lines.push(`${name.padEnd(10)}${cells.join('')}${cell(String(rounds), 8)}  ${same}`);
  }
  lines.push(
    '',
    'The engine is so many times as fast as',
    `${'model'.padEnd(10)}${CONTENDERS.filter((name) => name !== 'wasm')
      .map((name) => cell(name, 13))
      .join('')}`,
    ...models.map(
      (result) =>
        result.name.padEnd(10) +
        CONTENDERS.filter((name) => name !== 'wasm')
          .map((name) => cell(two(ratioTo(name, result)), 13))
          .join(''),
    ),
  );
  if (report.microseconds_per_future_overhead !== null)
    lines.push(
      '',
      `A future beyond its arithmetic and draws: ${two(report.microseconds_per_future_overhead)} µs`,
      `A lognormal input's draw: ${report.nanoseconds_per_lognormal_draw?.toFixed(0)} ns`,
      `Two workers: ${two(ratios.two_workers_vs_one)} times one`,
    );
  for (const [name, what] of Object.entries(AT_FIRST)) {
    const spread = report.milliseconds_at_first?.[name as keyof typeof AT_FIRST];
    if (spread !== undefined)
      lines.push(`${what}: ${spread.median.toFixed(0)} ms, at least ${spread.least.toFixed(0)}`);
  }
  for (const [name, { wall, least_wall, processors, times_reading }] of Object.entries(
    report.milliseconds_to_format ?? {},
  ))
    lines.push(
      `Formatting 2,000 ${name === 'near' ? 'lines near their form' : 'dense lines out of form'}: ${wall.toFixed(0)} ms, ` +
        `at least ${least_wall.toFixed(0)}; by processors ${processors.toFixed(0)} ms, ${two(times_reading)} times reading`,
    );
  if (growth.length > 0)
    lines.push(
      '',
      'Cost grows with each of the three as it should',
      `${'more'.padEnd(14)}${['futures', 'steps', 'equations', 'ms', 'ns each'].map((head) => cell(head, 11)).join('')}`,
      ...growth.map(
        (row) =>
          row.what.padEnd(14) +
          [
            String(row.futures),
            String(row.steps),
            String(row.equations),
            row.milliseconds.toFixed(1),
            row.nanoseconds.toFixed(2),
          ]
            .map((text) => cell(text, 11))
            .join(''),
      ),
    );
  return `${lines.join('\n')}\n`;
}
