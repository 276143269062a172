/** Seeds: the same seed gives the same bytes, another other numbers, and no line of text moves another line's draws. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inputColumn } from '../../src/engine/input-columns.ts';
import { planRuns } from '../../src/ledger/plan.ts';
import { soundText } from '../support/compile-text.ts';
import { type Asked, ledgerOf, questionOf } from '../support/ledger-of.ts';

const inputsNamed = (names: readonly string[]): string =>
  names.map((name) => `input ${name}: 1\n  assumed 1 to 3 "test"\n`).join('');

const textOf = (names: readonly string[]): string => `model "Draws"
time 0 day .. 1 day by 1 day
${inputsNamed(names)}let whole: 1 = ${names.join(' + ')}
measure m: 1 = final whole
claim c "It is large"
  m > ${2 * names.length}
`;

const DESIGNS = ['latin-hypercube', 'monte-carlo'] as const;

test.each(DESIGNS)('%s: the same seed gives the same bytes', async (design) => {
  const ask = { design, seed: 7 };
  const text = textOf(['a', 'b', 'c']);
  expect(JSON.stringify(await ledgerOf(text, ask))).toBe(JSON.stringify(await ledgerOf(text, ask)));
});

test.each(DESIGNS)('%s: another seed gives other numbers', async (design) => {
  const text = textOf(['a', 'b', 'c']);
  const seen = new Set<string>();
  for (const seed of [0, 1, 2, 7, 2 ** 32, 2 ** 32 + 1, Number.MAX_SAFE_INTEGER])
    seen.add(JSON.stringify((await ledgerOf(text, { design, seed })).measures));
  expect(seen.size).toBe(7);
});

/** Every input's column by its name. */
function columnsOf(names: readonly string[], asked: Asked): ReadonlyMap<string, Float64Array> {
  const { model, program } = soundText(textOf(names));
  const [plan] = planRuns(model, program, questionOf(model, asked));
  if (plan === undefined) throw new Error('no plan');
  return new Map(program.inputs.map(({ name }, slot) => [name, inputColumn(plan.order, slot)]));
}

test('adding, removing and moving inputs changes no other input’s draws', () => {
  const names = ['fire', 'made', 'usable', 'pause', 'rate', 'x1', 'x2'];
  fc.assert(
    fc.property(
      fc.shuffledSubarray(names, { minLength: 1 }),
      fc.shuffledSubarray(names, { minLength: 1 }),
      fc.constantFrom(...DESIGNS),
      fc.maxSafeNat(),
      (one, other, design, seed) => {
        const [first, second] = [columnsOf(one, { design, seed }), columnsOf(other, { design, seed })];
        for (const [name, column] of first) if (second.has(name)) expect(second.get(name)).toEqual(column);
      },
    ),
    { numRuns: 60 },
  );
});

test('no two inputs share their draws', () => {
  const columns = [...columnsOf(['a', 'b', 'c', 'd'], {}).values()].map((column) => column.join());
  expect(new Set(columns).size).toBe(4);
});
