/** Matrices of figures and the groups of arrays, as they are written; and that a fault in one row stays there. */
import { expect, test } from 'vitest';
import { lineStarts, positionAt } from '../base/span.ts';
import { parse } from './parser.ts';
import type { Declaration, Figure } from './tree.ts';

const read = (text: string) =>
  parse({ file: 'm', text, blocks: [{ start: 0, end: text.length, indent: 0 }] });
const faults = (text: string) => {
  const starts = lineStarts(text);
  return read(text).diagnostics.map(({ code, span }) => `${positionAt(starts, span.start).line} ${code}`);
};

/** The only declaration of a faultless text. */
function only(text: string): Declaration {
  const { tree, diagnostics } = read(text);
  expect(diagnostics).toEqual([]);
  return tree.declarations[0]!;
}

test.each([
  ['a matrix x, y\n    [p] 1, 2\n    [q] 3, 4', 'a x,y | p: 1; 2 | q: 3; 4'],
  ['a matrix x, y\n    [p, q] 1, 2', 'a x,y | p,q: 1; 2'],
  [
    'assumed matrix x "why"\n    [p] 1 to 2\n    [q] triangular(1, 2, 3) "note"',
    'assumed x note | p: 1 to 2 | q: triangular(1, 2, 3) note',
  ],
  ['a matrix x, y counts "c"\n    [p] 1,\n      2\n    else 0', 'a x,y counts c else 0 | p: 1; 2'],
  ['a matrix x, y else 5%\n    [p] -1, 2 day / 3', 'a x,y else 5% | p: -1; 2 day / 3'],
])('the matrix %j', (lines, expected) => {
  const text = `input x\n  ${lines}\n  b 5`;
  const shown = ({ span }: Figure): string => text.slice(span.start, span.end);
  const declaration = only(text);
  const [matrix, after] = declaration.kind === 'input' ? declaration.estimates : [];
  if (matrix?.kind !== 'matrix') throw new Error('no matrix');
  const head = [
    matrix.speaker?.text ?? 'assumed',
    matrix.columns.map(({ text }) => text).join(),
    ...(matrix.counts === null ? [] : ['counts', matrix.counts.value]),
    ...(matrix.note === null ? [] : ['note']),
    ...(matrix.rest === null ? [] : ['else', shown(matrix.rest.figure)]),
  ];
  const rows = matrix.rows.map(
    ({ elements, figures, note }) =>
      `${elements.map(({ text }) => text).join()}: ${figures.map(shown).join('; ')}${note === null ? '' : ' note'}`,
  );
  expect([head.join(' '), ...rows].join(' | ')).toBe(expected);
  expect(after?.kind).toBe('line');
});

test('a fault in one row of a matrix spoils no other', () => {
  const text = 'input x\n  a matrix x, y\n    [p] 1 + , 2\n    [q] 1\n    [r] 1, 2\n  b 5 5';
  expect(faults(text)).toEqual(['3 value-missing', '4 matrix-shape', '6 operator-missing']);
  const [declaration] = read(text).tree.declarations;
  expect(declaration).toMatchObject({
    estimates: [{ kind: 'matrix', rows: [{ elements: [{ text: 'r' }] }] }],
  });
});

test('a matrix whose first line is at fault leaves its rows unmentioned', () => {
  expect(faults('input x\n  a matrx x, y\n    [p] 1, 2\n    [q] 3, 4')).toEqual(['2 operator-missing']);
  expect(faults('input x\n  a matrix 5, y\n    [p] 1, 2\n    [q] 3, !')).toEqual([
    '2 part-missing',
    '4 sign-not-used',
  ]);
});

test.each([
  ['x[Age]', 'Age'],
  ['x[Age, Region]', 'Age,Region'],
  ['x[a in Age, b in Age, Region]', 'a in Age,b in Age,Region'],
])('the axes of %s', (heading, expected) => {
  for (const text of [
    `input ${heading}: 1\n  s 5`,
    `stock ${heading}: 1 = 0`,
    `flow ${heading}: 1 = 0`,
    `let ${heading} = 0`,
  ]) {
    const [declaration] = read(text).tree.declarations;
    const axes = declaration !== undefined && 'axes' in declaration ? declaration.axes : [];
    expect(
      axes.map(({ index, group }) => `${index === null ? '' : `${index.text} in `}${group.text}`).join(),
    ).toBe(expected);
  }
});

test('the flows of a stock by their elements', () => {
  const stock = only(
    'stock s[r in Region]: 1 = 0\n  + moved[o, r] for o in Region\n  - moved[r, d] for d in Region, p in Age',
  );
  const flows = stock.kind === 'stock' ? stock.flows : [];
  expect(
    flows.map(
      ({ sign, axes }) =>
        `${sign} ${axes.map(({ index, group }) => `${index?.text} in ${group.text}`).join()}`,
    ),
  ).toEqual(['+ o in Region', '- d in Region,p in Age']);
});
