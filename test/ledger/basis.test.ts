/**
 * On what verdicts rest: linear models whose shares of variance are known, and made-up columns that meet the edges
 * exactly.
 */
import { describe, expect, test } from 'vitest';
import { drawColumn } from '../../src/engine/design.ts';
import type { RunOrder } from '../../src/engine/ensemble.ts';
import { inputColumn } from '../../src/engine/input-columns.ts';
import { type BasisResult, basisOf, type Columns } from '../../src/ledger/basis.ts';
import { planRuns } from '../../src/ledger/plan.ts';
import { soundText } from '../support/compile-text.ts';
import { claimOf, ledgerOf, questionOf } from '../support/ledger-of.ts';

/** m = a + b with standard deviations of which `share` of the variance is assumed (b). */
const linear = (share: number): string => `model "Linear"
time 0 day .. 1 day by 1 day
source book "A book"
input a: 1
  book normal(10, ${Math.sqrt(1 - share)})
input b: 1
  assumed normal(10, ${Math.sqrt(share)}) "test"
let whole: 1 = a + b
measure m: 1 = final whole
claim c "It is large"
  m > 15
`;

describe('a linear model', () => {
  test.each([
    [0.02, 'sourced', null],
    [0.2, 'sourced', null],
    [0.27, 'sourced', null],
    [0.42, 'mixed', null],
    [0.58, 'mixed', null],
    [0.73, 'assumed', null],
    [0.8, 'assumed', null],
    [0.97, 'assumed', 'b'],
  ])('with %d of its variance assumed is %s', async (share, basis, restates) => {
    for (const seed of [1, 2, 3])
      expect(claimOf(await ledgerOf(linear(share), { seed, runs: 500 }), 'c')).toMatchObject({
        basis,
        restates,
      });
  });

  test('does not restate a sourced input', async () => {
    expect(claimOf(await ledgerOf(linear(0.01)), 'c').restates).toBeNull();
  });

  test('does not restate where two assumed inputs share the variance', async () => {
    const two = linear(0.98)
      .replace('input b', 'input extra: 1\n  assumed normal(10, 1) "test"\ninput b')
      .replace('a + b', 'a + b + extra');
    expect(claimOf(await ledgerOf(two), 'c')).toMatchObject({ basis: 'assumed', restates: null });
  });
});

test('nothing varies: what counts is where the figures come from', async () => {
  const fixed = (second: string): string => `model "Fixed"
time 0 day .. 1 day by 1 day
source book "A book"
input a: 1
  book 1
input b: 1
  ${second}
let whole: 1 = a + b
measure m: 1 = final whole
claim c "It is large"
  m > 1
claim none "Two is two"
  two > 1
measure two: 1 = final (1 + 1)
`;
  expect(claimOf(await ledgerOf(fixed('book 2')), 'c').basis).toBe('sourced');
  expect(claimOf(await ledgerOf(fixed('assumed 2 "test"')), 'c').basis).toBe('mixed');
  expect(claimOf(await ledgerOf(fixed('assumed 2 "test"')), 'none').basis).toBe('arithmetic');
});

test('an input that cancels out of the measure has no effect, whatever rounding leaves of it', async () => {
  const text = linear(0.5)
    .replace('a + b', 'a + b - b')
    .replace(/book normal.*/, 'book 10.1');
  expect(claimOf(await ledgerOf(text), 'c')).toMatchObject({ basis: 'mixed', restates: null });
});

test('the headline is mixed where viewpoints differ in their basis', async () => {
  const text = `${linear(0.01).replace('  assumed', '  other normal(10, 0.1)\n  assumed')}`
    .replace('source book "A book"', 'source book "A book"\nsource other "Another"')
    .replace(/sqrt/g, '')
    .replace('claim c', 'viewpoint one "One"\n  use book\nviewpoint two "Two"\n  use other\nclaim c')
    .replace('  book normal', '  assumed normal(10, 3) "test"\n  book normal');
  const claim = claimOf(await ledgerOf(text), 'c');
  expect(claim.viewpoints.one?.basis).toBe('sourced');
  expect(claim.viewpoints.two?.basis).toBe('assumed');
  expect(claim.basis).toBe('mixed');
});

describe('at the edges', () => {
  const { model, program } = soundText(linear(0.5));
  const [viewpoint] = model.viewpoints;
  const [claim] = model.claims;
  if (viewpoint === undefined || claim === undefined) throw new Error('no claim under no viewpoint');

  const failing = (column: readonly number[], failed: readonly number[] = []): Columns => [
    Float64Array.from(column, (value, row) => (failed.includes(row) ? Number.NaN : value)),
  ];
  const { inputCells: cells } = claim;
  const judge = (base: Columns, redrawn: Readonly<Record<string, Columns>>): Promise<BasisResult> =>
    basisOf(
      { model, program, viewpoint, behind: { cells, draws: false }, slots: [0, 1], detailed: false },
      {
        base,
        redrawn: async (slots) => redrawn[slots.join()] ?? base,
        chance: () => Promise.reject(new Error('nothing is left to chance')),
      },
    );

  /** A base, and redrawn columns that differ from it by one in so many rows: effects stand as those numbers. */
  const at = (sourced: number, assumed: number): Promise<BasisResult> => {
    const base = Array.from({ length: 1024 }, (_, row) => row % 2);
    const moved = (rows: number): Columns => failing(base.map((value, row) => value + (row < rows ? 1 : 0)));
    return judge(failing(base), { 0: moved(sourced), 1: moved(assumed) });
  };

  test.each([
    [2, 1, 'sourced'],
    [512, 256, 'sourced'],
    [511, 257, 'mixed'],
    [1, 1, 'mixed'],
    [257, 511, 'mixed'],
    [1, 2, 'assumed'],
    [256, 512, 'assumed'],
    [0, 7, 'assumed'],
    [7, 0, 'sourced'],
  ])('%d sourced to %d assumed is %s', async (sourced, assumed, basis) => {
    expect((await at(sourced, assumed)).basis).toBe(basis);
  });

  test.each([
    [100, 900, null],
    [99, 901, 'b'],
    [101, 899, null],
  ])('%d sourced to %d assumed restates %s', async (sourced, assumed, restates) => {
    expect((await at(sourced, assumed)).restates).toBe(restates);
  });

  test('a failed future is no large effect', async () => {
    const base = Array.from({ length: 100 }, (_, row) => 1_000_000 + (row % 2));
    // Redrawing the sourced input moves every row by one; redrawing the assumed one only mends or breaks a future.
    const { basis } = await judge(failing(base, [3]), {
      0: failing(base.map((value) => value + 1)),
      1: failing(base, [50]),
    });
    expect(basis).toBe('sourced');
  });
});

describe('a redrawn slot', () => {
  const { model, program } = soundText(linear(0.5));
  const [plan] = planRuns(model, program, questionOf(model, { runs: 1000 }));
  if (plan === undefined) throw new Error('no plan');
  const columnsOf = (order: RunOrder): readonly Float64Array[] =>
    program.inputs.map((_, slot) => inputColumn(order, slot));

  test('changes no other column', () => {
    const base = columnsOf(plan.order);
    const redrawn = columnsOf({ ...plan.order, redrawn: [1] });
    expect(redrawn[0]).toEqual(base[0]);
    expect(redrawn[1]).not.toEqual(base[1]);
  });

  test('is independent of what it was and of the others', () => {
    const base = columnsOf(plan.order);
    const both = columnsOf({ ...plan.order, redrawn: [0, 1] });
    const correlation = (x: ArrayLike<number>, y: ArrayLike<number>): number => {
      let [top, left, right] = [0, 0, 0];
      for (let row = 0; row < x.length; row++) {
        const [a, b] = [(x[row] ?? 0) - 10, (y[row] ?? 0) - 10];
        top += a * b;
        left += a * a;
        right += b * b;
      }
      return top / Math.sqrt(left * right);
    };
    const columns = [...base, ...both];
    for (let one = 0; one < columns.length; one++)
      for (let other = 0; other < one; other++)
        // Four standard errors of a thousand independent rows.
        expect(Math.abs(correlation(columns[one] ?? [], columns[other] ?? []))).toBeLessThan(
          4 / Math.sqrt(1000),
        );
  });

  test('has a site of its own', () => {
    const { design } = plan.order;
    const sites = program.inputs.map(({ site }) => site);
    expect(new Set(sites).size).toBe(sites.length);
    expect(drawColumn(design, sites[0] ?? 0)).not.toEqual(drawColumn(design, sites[1] ?? 0));
  });
});

test('an input that the claim itself reads counts beside its measures', async () => {
  const text = (condition: string): string => `model "m"
time 0 day .. 1 day by 1 day
source who "Who says it" date 2023-12-01
input stated: 1
  who 5 to 15
input thought: 1
  assumed uniform(5, 15) "for the test"
let twice = 2 * stated
measure m = final twice
claim more "More"
  ${condition}
`;
  const basisOfClaim = async (condition: string) => {
    const [claim] = (await ledgerOf(text(condition), { runs: 200 })).claims;
    return [claim?.basis, claim?.restates];
  };
  expect(await basisOfClaim('m > 2 * stated')).toEqual(['sourced', null]);
  expect(await basisOfClaim('m > 2 * thought')).toEqual(['mixed', null]);
  expect(await basisOfClaim('thought > 7')).toEqual(['assumed', 'thought']);
});
