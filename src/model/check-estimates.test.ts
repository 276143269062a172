/** What estimates of arrays and shares mean, where a first reading could go wrong. */
import { expect, test } from 'vitest';
import { codesButUse, compileText, runText, soundText } from '../../test/support/compile-text.ts';

const HEAD = 'model "Test"\ntime 0 day .. 1 day by 1 day\nsource a "A"\nsource b "B"\n';
const codes = (text: string): readonly string[] => codesButUse(compileText(HEAD + text));

test("an echo takes the origin's figure for its own element", () => {
  const { measures } = runText(`${HEAD}group Age = child, adult
input x[Age]: 1
  a[child] 3
  a[adult] 5
  b[adult] echo of a
  assumed[child] 4 "test"
viewpoint b "B"
  use b
measure adult_x = final x[adult]
measure child_x = final x[child]
`);
  expect(measures).toEqual({ adult_x: 5, child_x: 4 });
});

test('a line for all elements and a line for one of them speak twice of the same thing', () => {
  const lines = (one: string, other: string): string =>
    `group Age = child, adult\ninput x[Age]: 1\n  ${one}\n  ${other}\n`;
  expect(codes(lines('a 3', 'a[child] 4'))).toContain('estimate-twice');
  expect(codes(lines('assumed[child] 4 "r"', 'assumed 3 "r"'))).toContain('estimate-twice');
  expect(codes(lines('a[adult] 3', 'a[child] 4'))).toEqual([]);
});

test('a per cent sign in a unit is another spelling of share', () => {
  const text = (unit: string): string => `input x: ${unit}\n  assumed 120% "test"\n`;
  expect(codes(text('share'))).toContain('share-out-of-range');
  expect(codes(text('%'))).toContain('share-out-of-range');
  expect(codes('input x: %\n  assumed 20% to 40% "test"\nmeasure m: % = final x\n')).toEqual([]);
});

test('a scenario holds a share between nothing and the whole', () => {
  const text = (value: string): string =>
    `input x: share\n  assumed 20% "test"\nscenario s\n  x = ${value}\n`;
  expect(codes(text('150%'))).toEqual(['share-out-of-range']);
  expect(codes(text('50'))).toEqual(['share-out-of-range']);
  expect(codes(text('100%'))).toEqual([]);
});

// --- figures for single elements --------------------------------------------------------------------------------

const MATRIX = `group Age = child, adult
input m[Age, Age]: 1
`;

test('a matrix gives each element the figure of its row and column', () => {
  const { measures } = runText(`${HEAD}${MATRIX}  a matrix adult, child
    [child]   1,     2
    [adult]   3,     4
measure cc = final m[child, child]
measure ca = final m[child, adult]
measure ac = final m[adult, child]
measure aa = final m[adult, adult]
`);
  expect(measures).toEqual({ cc: 2, ca: 1, ac: 4, aa: 3 });
});

test('a row may stand for all elements of a group, and other lines fill what it leaves', () => {
  const { measures } = runText(`${HEAD}group Age = child, adult
group Town = north, south
input y[Town, Age, Age]: 1
  a matrix child
    [north, Age] 1
    [south, adult] 2
  assumed 3 "why"
viewpoint v "V"
  use a
measure one = final y[north, adult, child]
measure two = final y[south, adult, child]
measure three = final y[south, child, child]
measure four = final y[north, child, adult]
`);
  expect(measures).toEqual({ one: 1, two: 2, three: 3, four: 3 });
});

test('`else` is what a speaker says of all elements that it does not name', () => {
  const { measures } = runText(`${HEAD}group Age = child, adult, old
input x[Age]: 1
  a[child] 5
  a[old] 7 else 1
input m[Age, Age]: 1
  a matrix child, old
    [adult] 1, 2
    else 9
  b[old, old] 4
viewpoint first "V"
  use b
  use a
measure one = final x[adult]
measure two = final x[old]
measure three = final m[child, adult]
measure four = final m[adult, old]
measure five = final m[old, old]
`);
  expect(measures).toEqual({ one: 1, two: 7, three: 9, four: 2, five: 4 });
});

test('an echo repeats a matrix figure by figure, and a figure of a matrix may be uncertain', () => {
  const { model } = soundText(`${HEAD}${MATRIX}  a matrix child, adult
    [child]   1,  2 to 3
    [adult]   3,  uniform(1, 2)
  b echo of a
viewpoint v "V"
  use b
`);
  const [variable] = model.variables;
  const estimates = variable?.kind === 'input' ? variable.estimates : [];
  const choices = model.viewpoints[0]?.choices ?? [];
  expect(choices.map(({ estimate }) => estimates[estimates[estimate]?.echoOf ?? -1]?.text)).toEqual([
    'a[child, child] 1',
    'a[child, adult] 2 to 3',
    'a[adult, child] 3',
    'a[adult, adult] uniform(1, 2)',
  ]);
});

test('one line for an array is drawn anew for each of its elements', () => {
  const { program } = soundText(`${HEAD}${MATRIX}  a 2 to 3\n`);
  expect(program.inputs.map(({ name }) => name)).toEqual([
    'm[child, child]',
    'm[child, adult]',
    'm[adult, child]',
    'm[adult, adult]',
  ]);
  expect(new Set(program.inputs.map(({ site }) => site)).size).toBe(4);
});

test.each([
  ['  a matrix child, adult\n    [child] 1, 2\n', 'input-without-source'],
  ['  a matrix child\n    [child] 1\n    [adult] 1\n', 'input-without-source'],
  ['  a[child, child] 1\n', 'input-without-source'],
  ['  a matrix child, adult\n    [child] 1, 2\n    [adult] 3, 4 else 0\n', 'else-fills-nothing'],
  ['  a 5 else 0\n', 'else-fills-nothing'],
  ['  a[child, child] 5 else 0\n  a[child, adult] 5 else 1\n', 'given-twice'],
  ['  a matrix child, child\n    [child] 1, 2\n    [adult] 3, 4\n    else 0\n', 'estimate-twice'],
  ['  a matrix child, adult\n    [child] 1, 2\n    [child] 3, 4\n    else 0\n', 'estimate-twice'],
  ['  a 5\n  a matrix child, adult\n    [child] 1, 2\n    [adult] 3, 4\n', 'estimate-twice'],
  ['  a matrix child, adlt\n    [child] 1, 2\n    [adult] 3, 4\n', 'element-unknown'],
  ['  a matrix child, adult\n    [child] 1, 2\n    [adlt] 3, 4\n', 'element-unknown'],
  ['  a matrix child, adult\n    [child, child] 1, 2\n    [adult] 3, 4\n', 'matrix-shape'],
  ['  a matrix child, adult\n    [child] 1, 2 day\n    [adult] 3, 4\n', 'unit-mismatch'],
  ['  assumed matrix child, adult\n    [child] 1, 2 "why"\n    [adult] 3, 4\n', 'assumed-without-reason'],
  ['  a[child] 1\n', 'index-count'],
])('%j is refused as %s', (lines, code) => {
  expect(codes(MATRIX + lines)).toContain(code);
});

test('an assumed matrix has one reason, or one for each row', () => {
  expect(codes(`${MATRIX}  assumed matrix child, adult "why"\n    [child] 1, 2\n    [adult] 3, 4\n`)).toEqual(
    [],
  );
  expect(
    codes(`${MATRIX}  assumed matrix child, adult\n    [child] 1, 2 "why"\n    [adult] 3, 4 "why"\n`),
  ).toEqual([]);
});

test('a matrix is refused where there are no two groups', () => {
  const matrix = '  a matrix child, adult\n    [child] 1, 2\n';
  expect(codes(`group Age = child, adult\ninput x[Age]: 1\n${matrix}`)).toEqual(['matrix-shape']);
  expect(codes(`group Age = child, adult\ninput x: 1\n${matrix}`)).toEqual(['matrix-shape']);
});

test('the silence of all speakers is told with the first elements', () => {
  const { diagnostics } = compileText(
    `${HEAD}group Age = a1, a2, a3, a4, a5\ninput x[Age, Age]: 1\n  a[a1, Age] 1\n`,
  );
  expect(diagnostics.map(({ label }) => label)).toEqual([
    'nobody says what `x[a2, a1]`, `x[a2, a2]`, `x[a2, a3]` and 17 more are',
  ]);
});

test('a scenario holds single elements, rows and all', () => {
  const text = (line: string): string => `${MATRIX}  a 5\nscenario s\n  ${line}\n`;
  const forces = (line: string): readonly (readonly number[])[] =>
    soundText(HEAD + text(line)).model.scenarios.flatMap((scenario) =>
      scenario.forces.map(({ cell, value }) => [cell, value]),
    );
  expect(forces('m = 1')).toEqual([
    [0, 1],
    [1, 1],
    [2, 1],
    [3, 1],
  ]);
  expect(forces('m[adult, Age] = 1')).toEqual([
    [2, 1],
    [3, 1],
  ]);
  expect(forces('m[Age, child] = 1\n  m[child, adult] = 2')).toEqual([
    [0, 1],
    [2, 1],
    [1, 2],
  ]);
  expect(codes(text('m[child] = 1'))).toEqual(['index-count']);
  expect(codes(text('m[child, adlt] = 1'))).toEqual(['element-unknown']);
  expect(codes(text('m = 1\n  m[child, child] = 2'))).toEqual(['given-twice']);
});

// --- limits -----------------------------------------------------------------------------------------------------

const large = (name: string, size: number): string =>
  `group ${name} = ${Array.from({ length: size }, (_, at) => `${name}_${at}`).join(', ')}\n`;

test.each([
  [
    'three groups whose product is beyond the limit',
    `${large('P', 100)}${large('Q', 100)}${large('R', 100)}input x[P, Q, R]: 1\n  a[P_0, Q_0, R_0] 1 else 0\n`,
  ],
  [
    'a group five times',
    `${large('P', 3000)}input x[P, P, P, P, P]: 1\n  a 1\nlet y[a in P, b in P, c in P] = x[a, b, c, a, b]\n`,
  ],
  [
    'sums of sums in an equation',
    `${large('P', 2000)}input x[P]: 1\n  a 1\nlet y = sum(x[a] * x[b] * x[c] for a in P, b in P, c in P)\n`,
  ],
  [
    'sums of sums in a measure',
    `${large('P', 2000)}input x[P]: 1\n  a 1\nmeasure m = final sum(x[a] * x[b] * x[c] for a in P, b in P, c in P)\n`,
  ],
  [
    'sums of sums in a claim',
    `${large('P', 2000)}input x[P]: 1\n  a 1\nclaim c "C"\n  sum(x[a] * x[b] for a in P, b in P) > 0\n`,
  ],
  [
    'a flow between all pairs of a large group',
    `${large('P', 2000)}stock x[r in P]: 1 = 0\n  + f[o, r] for o in P\nflow f[o in P, d in P]: 1/day = x[o] / 1 day\n`,
  ],
  [
    'very many figures for very many elements',
    `${Array.from({ length: 300 }, (_, at) => `source s${at} "S"\n`).join('')}${large('P', 20_000)}input x[P]: 1\n${Array.from({ length: 300 }, (_, at) => `  s${at} 1\n`).join('')}`,
  ],
])('%s are refused before anything is laid out', (_, text) => {
  const before = performance.now();
  expect(codes(text)).toContain('model-too-large');
  expect(performance.now() - before).toBeLessThan(5_000);
});

test('a matrix of ninety thousand figures is read', () => {
  const columns = Array.from({ length: 300 }, (_, at) => `P_${at}`).join(', ');
  const row = Array.from({ length: 300 }, (_, at) => at % 10).join(', ');
  const rows = Array.from({ length: 300 }, (_, at) => `    [P_${at}] ${row}\n`).join('');
  const before = performance.now();
  expect(codes(`${large('P', 300)}input x[P, P]: 1\n  a matrix ${columns}\n${rows}`)).toEqual([]);
  expect(performance.now() - before).toBeLessThan(20_000);
});
