/** Measures over groups: one for each element, and claims that name elements or put them together. */
import { describe, expect, test } from 'vitest';
import { causalMap } from '../../src/model/causal-map.ts';
import { explainName, namesOf } from '../../src/model/explain-name.ts';
import { codesButUse, compileText, runText, soundText } from '../support/compile-text.ts';
import { claimOf, ledgerOf } from '../support/ledger-of.ts';

const HEAD = `model "Two countries"
time 0 day .. 100 day by 1 day
unit t
source writer "The writer" author
actor North N "The Northern Republic"
actor South
group Country = North, South
group Arm = guns, mortars
input start[Country]: t
  writer[North] 30
  writer[South] 200
input weight[Country, Arm]: 1
  writer matrix  guns, mortars
    [North]         1,       2
    [South]         3,       4
stock held[Country]: t = start
  - fired
flow fired[Country]: t/day = 1 t / 1 day
measure left[Country]: t "what is left" = final held
measure lasts[c in Country]: day = time until held[c] <= 0
measure heavy[Arm, c in Country] = final weight[c, Arm]
measure low[Country] = ever held < 50 t
`;

test('has the value of each element, in the order of the groups', () => {
  expect(runText(HEAD).measures).toEqual({
    'left[North]': 0,
    'left[South]': 100,
    'lasts[North]': 30,
    'lasts[South]': Number.POSITIVE_INFINITY,
    'heavy[guns, North]': 1,
    'heavy[guns, South]': 3,
    'heavy[mortars, North]': 2,
    'heavy[mortars, South]': 4,
    'low[North]': 1,
    'low[South]': 0,
  });
});

const TRUE = [
  'left[South] > left[North]',
  'sum(left over Country) <= 100 t and sum(left over Country) >= 100 t',
  'max(left over Country) >= 100 t and min(left over Country) <= 0 t',
  'min(lasts over Country) <= 30 day',
  'max(lasts over Country) > 1_000 day',
  'lasts[South] > 1_000 day',
  '2.9 < heavy[guns, South] < 3.1',
  'sum(heavy[a, North] for a in Arm) < 3.1',
  'sum(heavy[guns, c] for c in Country) > 3.9',
  'sum(heavy over Arm, Country) > 9.9',
  'sum(heavy[a, c] * start[c] / start[North] for a in Arm, c in Country) > 49',
  'low[North] and not low[South]',
];

test.each(TRUE)('%s', async (condition) => {
  const ledger = await ledgerOf(`${HEAD}claim c "C"\n  ${condition}\n`, { runs: 10 });
  expect(claimOf(ledger, 'c').verdict).toBe('holds');
});

test('the ledger names each element, with its label', async () => {
  const ledger = await ledgerOf(HEAD, { runs: 10 });
  expect(ledger.measures.slice(0, 3).map(({ name, label, p50 }) => [name, label, p50])).toEqual([
    ['left[North]', 'what is left, The Northern Republic', 0],
    ['left[South]', 'what is left, South', 100],
    ['lasts[North]', 'lasts[North]', 30],
  ]);
});

test('a claim hangs on the inputs of the elements that it reads', async () => {
  const text = `${HEAD}claim one "One"\n  left[North] < 1 t\nclaim all "All"\n  sum(left over Country) < 1_000 t\n`;
  const { model } = soundText(text);
  const inputsOf = (name: string) =>
    model.claims.find((claim) => claim.name === name)?.inputCells.map((cell) => model.cells[cell]?.name);
  expect(inputsOf('one')).toEqual(['start[North]']);
  expect(inputsOf('all')).toEqual(['start[North]', 'start[South]']);
  const own = claimOf(await ledgerOf(text, { runs: 10 }), 'all').ownArithmetic;
  expect(own?.values.map(({ measure, value }) => [measure, value])).toEqual([
    ['left[North]', 0],
    ['left[South]', 100],
  ]);
});

test('is one node of the map and one name to explain', () => {
  const text = `${HEAD}claim c "C"\n  left[North] < 1 t\n`;
  const { model, tree } = soundText(text);
  const nodes = causalMap(model).nodes.filter(({ kind }) => kind === 'measure');
  expect(nodes.map(({ name, label }) => [name, label])).toEqual([
    ['left', 'what is left'],
    ['lasts', 'lasts'],
    ['heavy', 'heavy'],
    ['low', 'low'],
  ]);
  expect(namesOf(model, tree).filter((name) => name.startsWith('left'))).toEqual(['left']);
  const [left] = explainName(model, tree, text, 'left');
  expect(left?.groups).toEqual([{ name: 'Country', elements: ['North', 'South'] }]);
  expect(left?.relations).toContainEqual({ word: 'read by', names: ['claim c'] });
  expect(explainName(model, tree, text, 'left')).toHaveLength(1);
});

describe('refused, with one message', () => {
  const claim = (condition: string): string => `claim c "C"\n  ${condition}\n`;
  test.each([
    [claim('left > 1 t'), ['index-missing']],
    [claim('left[East] > 1 t'), ['element-unknown']],
    [claim('left[North, South] > 1 t'), ['index-count']],
    [claim('heavy[guns] > 1'), ['index-count']],
    [claim('left[Country] > 1 t'), ['index-missing']],
    [claim('sum(left over Arm) > 1 t'), ['index-missing']],
    [claim('sum(left[North] over Country) > 1 t'), ['group-not-read']],
    [claim('sum(lasts over Country) > 1 day'), ['never-in-arithmetic']],
    [claim('min(lasts over Country) + 1 day > 1 day'), ['never-in-arithmetic']],
    [claim('left[North] > 1 day'), ['unit-mismatch']],
    ['measure single: t = final held[North]\nclaim c "C"\n  single[North] > 1 t\n', ['index-not-array']],
    ['measure odd[Land]: t = final 1 t\n', ['group-unknown']],
    [`measure odd[Land]: t = final 1 t\n${claim('odd[North] > 1 t')}`, ['group-unknown']],
    ['measure odd[Country: t = final held\n', ['words-left-over']],
    ['measure odd[North in Country]: t = final held\n', ['name-taken']],
    ['measure odd[Country, Country]: t = final held\n', ['index-unnamed']],
    ['measure odd[Country]: t = final held[c]\n', ['element-unknown']],
    ['measure odd: t = final held\n', ['index-missing']],
    ['let x: t = left[North]\n', ['name-not-readable']],
    ['measure left[Country]: t = final held\n', ['name-taken']],
  ] as const)('%s', (text, codes) => {
    const found = codesButUse(compileText(HEAD + text)).filter((code) => code !== 'brief-missing');
    expect(found).toEqual(codes);
  });

  test('where there are too many', () => {
    const group = `group Many = ${Array.from({ length: 150 }, (_, at) => `e${at}`).join(', ')}\n`;
    const text = `${HEAD}${group}measure odd[a in Many, b in Many] = final 1\nmeasure more[Many] = final 1\n`;
    expect(codesButUse(compileText(text))).toEqual(['model-too-large']);
  });
});
