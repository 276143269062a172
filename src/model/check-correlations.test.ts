/** Which correlations a model takes, and that the runs of the ledger carry them. */
import { expect, test } from 'vitest';
import { codesButUse, compileText, soundText } from '../../test/support/compile-text.ts';
import { ledgerOf } from '../../test/support/ledger-of.ts';
import { planRuns } from '../ledger/plan.ts';
import { ledgerText } from '../views/ledger-text.ts';

const HEAD = `model "Test"
time 0 day .. 1 day by 1 day
unit t
group Town = Harbour, Hills
`;
const INPUTS = ['a', 'b', 'c', 'd']
  .map((name) => `input ${name}: t\n  assumed 1 to 2 "test"\n`)
  .join('')
  .concat(
    'input price[Town]: 1\n  assumed 1 to 4 "test"\nlet sum_of_two: t = a + b\nmeasure m: t = final sum_of_two\n',
  );
const codes = (...lines: readonly string[]): readonly string[] =>
  codesButUse(compileText(`${HEAD}${INPUTS}${lines.map((line) => `correlate ${line}\n`).join('')}`));

test('pairs, elements and reasons reach the model and every run', () => {
  const { model, program } = soundText(
    `${HEAD}${INPUTS}correlate b, a -0.25 "why"\ncorrelate price[Hills], c 60%\ncorrelate price[Hills], price[Harbour] 1/3\n`,
  );
  const named = model.correlations.map(({ cells, coefficient, reason }) => [
    ...cells.map((cell) => model.cells[cell]?.name),
    coefficient,
    reason,
  ]);
  expect(named).toEqual([
    ['b', 'a', -0.25, 'why'],
    ['price[Hills]', 'c', 0.6, null],
    ['price[Hills]', 'price[Harbour]', 1 / 3, null],
  ]);
  const question = { runs: 10, seed: 1, scenario: null, definitions: [], viewpoints: null, hindsight: false };
  const [plan] = planRuns(model, program, { ...question, design: 'latin-hypercube' });
  const slots = plan?.order.correlations.map((pair) => pair.slots.map((slot) => program.inputs[slot]?.name));
  expect(slots).toEqual(named.map(([one, other]) => [one, other]));
});

test.each([
  [['a, nobody 0.5'], 'name-unknown'],
  [['a, t 0.5'], 'correlation-not-input'],
  [['a, sum_of_two 0.5'], 'correlation-not-input'],
  [['a, m 0.5'], 'correlation-not-input'],
  [['a, Town 0.5'], 'correlation-not-input'],
  [['a, price 0.5'], 'index-missing'],
  [['a, price[Valley] 0.5'], 'element-unknown'],
  [['a, price[Hills, Hills] 0.5'], 'index-count'],
  [['a, b[Hills] 0.5'], 'index-not-array'],
  [['a, a 0.5'], 'correlation-with-itself'],
  [['price[Hills], price[Hills] 0.5'], 'correlation-with-itself'],
  [['a, b 1'], 'correlation-range'],
  [['a, b -1'], 'correlation-range'],
  [['a, b 1.2'], 'correlation-range'],
  [['a, b 0.5 t'], 'correlation-range'],
  [['a, b c'], 'constant-expected'],
  [['a, b 0.5', 'b, a 0.5'], 'correlation-twice'],
  [['a, b 0.9', 'b, c 0.9', 'a, c -0.9'], 'correlation-impossible'],
  [['a, b 0.9', 'b, c 0.9'], 'correlation-impossible'],
] as const)('%j is refused as %s', (lines, code) => {
  expect(codes(...lines)).toEqual([code]);
});

test.each([
  [['a, b 0.9', 'b, c 0.9', 'a, c 0.7']],
  [['a, b 0.9', 'c, d -0.9']],
  [['a, b 0']],
  [['price[Hills], price[Harbour] 0.99']],
])('%j is fine', (lines) => {
  expect(codes(...lines)).toEqual([]);
});

test('what would mend it is possible itself', () => {
  const hint = (lines: readonly string[]): string =>
    compileText(`${HEAD}${INPUTS}${lines.map((line) => `correlate ${line}\n`).join('')}`).diagnostics[0]
      ?.hint ?? '';
  const said = hint(['a, b 0.9', 'b, c 0.9', 'a, c -0.9']);
  const [, low, high] = /between (\S+) and (\S+)\.$/.exec(said) ?? [];
  expect(codes('a, b 0.9', 'b, c 0.9', `a, c ${low}`)).toEqual([]);
  expect(codes('a, b 0.9', 'b, c 0.9', `a, c ${high}`)).toEqual([]);
  const other = hint(['a, b 0.9', 'b, c 0.9']);
  expect(other).toContain('`a` and `c`');
});

test('a pair of which nothing is ever drawn is warned of, and one that is drawn under some viewpoint is not', () => {
  const text = (first: readonly string[], second: readonly string[]): string => `${HEAD}source one "One"
source other "Other"
input a: t
${first.map((line) => `  ${line}\n`).join('')}input b: t
${second.map((line) => `  ${line}\n`).join('')}correlate a, b 0.5
viewpoint first "The first"
  use one
viewpoint second "The second"
  use other
measure m: t = final a + b
`;
  const labels = (first: readonly string[], second: readonly string[]): readonly string[] =>
    compileText(text(first, second))
      .diagnostics.filter(({ code }) => code === 'correlation-without-draws')
      .map(({ label }) => label);
  const range = ['one 1 to 2', 'other 3 to 4'];
  expect(labels(['one 1', 'other 3 to 4'], range)).toEqual([]);
  expect(labels(['one 1', 'other 3'], range)).toEqual(['`a` is an exact number under every viewpoint']);
  expect(labels(['one 1', 'other 3'], ['one 5', 'other 6'])).toEqual([
    '`a` and `b` are exact numbers under every viewpoint',
  ]);
  expect(labels(['one 1', 'other 3 to 4'], ['one 1 to 2', 'other 3'])).toEqual([
    'under every viewpoint one of the two is an exact number',
  ]);
  // A figure with dates is drawn if any of its dates has a range.
  expect(labels(['one 1', 'one from 0.5 day 2 to 3', 'other 3'], range)).toEqual([]);
  expect(labels(['one 1', 'one from 0.5 day 2', 'other 3'], range)).toHaveLength(1);
});

test('the ledger says what is drawn together, in words and as data', async () => {
  const ledger = await ledgerOf(
    `${HEAD}${INPUTS}correlate b, a -0.25 "why"\ncorrelate price[Hills], price[Harbour] 1/3\n`,
    { runs: 10 },
  );
  expect(ledger.correlations).toEqual([
    { inputs: ['b', 'a'], coefficient: -0.25, reason: 'why' },
    { inputs: ['price[Hills]', 'price[Harbour]'], coefficient: 1 / 3, reason: null },
  ]);
  expect(ledgerText(ledger).replaceAll(/\s+/g, ' ')).toContain(
    'Drawn together, by rank correlation: b with a (-0.25), price[Hills] with price[Harbour] (0.3333).',
  );
});
