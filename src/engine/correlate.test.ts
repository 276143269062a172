import { describe, expect, test } from 'vitest';
import { hashName } from '../base/hash.ts';
import type { Program } from '../program/program.ts';
import { correlatedColumns } from './correlate.ts';
import { DESIGN_KINDS, type Design, drawColumn, REPLICATES } from './design.ts';
import type { RunOrder } from './ensemble.ts';
import { finished } from './host.ts';
import { inputColumn } from './input-columns.ts';

/** A program of inputs alone, each uniform on 0 … 1. */
function orderOf(
  names: readonly string[],
  design: Design,
  pairs: readonly (readonly [string, string, number])[],
): RunOrder {
  const inputs = names.map((name, cell) => ({
    role: 'value',
    name,
    cell,
    setting: null,
    register: cell,
    knots: [],
    site: hashName(name),
  }));
  return {
    program: { inputs } as unknown as Program,
    design,
    figures: names.map(() => ({ kind: 'uniform', low: 0, high: 1 })),
    forced: [],
    redrawn: [],
    correlations: pairs.map(([one, other, coefficient]) => ({
      slots: [names.indexOf(one), names.indexOf(other)],
      coefficient,
    })),
  };
}

const columnsOf = (order: RunOrder): readonly Float64Array[] =>
  order.program.inputs.map((_, slot) => inputColumn(order, slot));

const ranksOf = (column: Float64Array): Float64Array => {
  const ranks = new Float64Array(column.length);
  [...column.keys()]
    .sort((a, b) => column[a]! - column[b]!)
    .forEach((at, rank) => {
      ranks[at] = rank;
    });
  return ranks;
};

/** Spearman's rank correlation. */
function rankCorrelation(one: Float64Array, other: Float64Array): number {
  const [a, b] = [ranksOf(one), ranksOf(other)];
  const n = one.length;
  let square = 0;
  for (let at = 0; at < n; at++) square += (a[at]! - b[at]!) ** 2;
  return 1 - (6 * square) / (n * (n * n - 1));
}

const NAMES = ['supply', 'price', 'alone', 'demand'];
const PAIRS = [
  ['supply', 'price', -0.7],
  ['price', 'demand', 0.5],
  ['demand', 'supply', 0.1],
] as const;
const [SUPPLY, PRICE, ALONE, DEMAND] = [0, 1, 2, 3] as const;

describe.each(DESIGN_KINDS)('%s', (kind) => {
  const design = { kind, futures: 4000, seed: 5 };
  const plain = columnsOf(orderOf(NAMES, design, []));
  const order = orderOf(NAMES, design, PAIRS);
  const columns = columnsOf(order);

  test('ranks are correlated as asked', () => {
    for (const [one, other, coefficient] of PAIRS) {
      const found = rankCorrelation(columns[NAMES.indexOf(one)]!, columns[NAMES.indexOf(other)]!);
      // Monte Carlo scatters by about 1/√n; the hypercube is freed of what is there by chance.
      expect(Math.abs(found - coefficient)).toBeLessThan(kind === 'monte-carlo' ? 0.045 : 0.01);
    }
  });

  test('strong correlations are met too, and do not reach others', () => {
    for (const coefficient of [0.98, -0.95, 0.02]) {
      const found = columnsOf(orderOf(NAMES, design, [['supply', 'price', coefficient]]));
      expect(Math.abs(rankCorrelation(found[SUPPLY]!, found[PRICE]!) - coefficient)).toBeLessThan(0.045);
      expect(found[DEMAND]).toEqual(plain[DEMAND]);
      expect(Math.abs(rankCorrelation(found[ALONE]!, found[PRICE]!))).toBeLessThan(0.06);
    }
  });

  test('inputs without a correlation, and the first by name, keep their columns', () => {
    expect(columns[ALONE]).toEqual(plain[ALONE]);
    expect(columns[DEMAND]).toEqual(plain[DEMAND]);
    expect(columns[PRICE]).not.toEqual(plain[PRICE]);
  });

  test('every column stays uniform', () => {
    for (const column of columns) {
      const cells = new Uint32Array(20);
      for (const u of column) {
        expect(u > 0 && u < 1).toBe(true);
        cells[Math.floor(u * 20)]! += 1;
      }
      for (const count of cells) expect(Math.abs(count - 200)).toBeLessThan(75);
    }
  });

  test('the order of inputs and lines changes no bit', () => {
    const names = NAMES.toReversed();
    const pairs = PAIRS.map(([one, other, coefficient]) => [other, one, coefficient] as const).toReversed();
    const other = columnsOf(orderOf(names, design, pairs));
    NAMES.forEach((name, slot) => {
      expect(other[names.indexOf(name)]).toEqual(columns[slot]);
    });
    expect(columnsOf(order)).toEqual(columns);
  });

  test('inputs that are redrawn together stay correlated, and are independent of what is not', () => {
    const pair = columnsOf({ ...order, redrawn: [SUPPLY, PRICE] });
    expect(rankCorrelation(pair[SUPPLY]!, pair[PRICE]!)).toBeCloseTo(-0.7, 1);
    for (const other of [ALONE, DEMAND]) expect(pair[other]).toEqual(columns[other]);
    for (const one of [SUPPLY, PRICE])
      for (const first of columns) expect(Math.abs(rankCorrelation(pair[one]!, first))).toBeLessThan(0.05);
  });

  test('a redrawn input is independent, and the others keep their columns', () => {
    const redrawn = columnsOf({ ...order, redrawn: [SUPPLY] });
    for (const other of [PRICE, ALONE, DEMAND]) {
      expect(redrawn[other]).toEqual(columns[other]);
      expect(Math.abs(rankCorrelation(redrawn[SUPPLY]!, redrawn[other]!))).toBeLessThan(0.05);
    }
  });

  test('an input that is held leaves the others as they were', () => {
    const held = columnsOf({ ...order, forced: [{ slot: DEMAND, value: 0.5 }] });
    expect(held[DEMAND]!.every((value) => value === 0.5)).toBe(true);
    expect(held[SUPPLY]).toEqual(columns[SUPPLY]);
  });
});

describe('latin-hypercube', () => {
  test('each replicate holds the same numbers as before, in another order', () => {
    for (const futures of [10, 20, 30, 50, 400]) {
      const design: Design = { kind: 'latin-hypercube', futures, seed: 1 };
      const columns = columnsOf(orderOf(NAMES, design, PAIRS));
      const strata = futures / REPLICATES;
      NAMES.forEach((name, slot) => {
        const before = drawColumn(design, hashName(name));
        for (let from = 0; from < futures; from += strata)
          expect(columns[slot]!.slice(from, from + strata).sort()).toEqual(
            before.slice(from, from + strata).sort(),
          );
      });
    }
  });

  test('a few futures in each replicate still lean the right way', () => {
    const design: Design = { kind: 'latin-hypercube', futures: 40, seed: 2 };
    const columns = columnsOf(orderOf(NAMES, design, [['supply', 'price', 0.9]]));
    expect(rankCorrelation(columns[SUPPLY]!, columns[PRICE]!)).toBeGreaterThan(0.6);
  });
});

describe('monte-carlo', () => {
  test('more futures only add rows', () => {
    const few = columnsOf(orderOf(NAMES, { kind: 'monte-carlo', futures: 30, seed: 9 }, PAIRS));
    const many = columnsOf(orderOf(NAMES, { kind: 'monte-carlo', futures: 60, seed: 9 }, PAIRS));
    few.forEach((column, slot) => {
      expect(many[slot]!.subarray(0, 30)).toEqual(column);
    });
  });
});

test('without correlations there is nothing to do', () => {
  expect(
    finished(correlatedColumns(orderOf(NAMES, { kind: 'monte-carlo', futures: 3, seed: 1 }, []))).size,
  ).toBe(0);
});

test('what cannot be is a fault of Casus, since the model is checked before', () => {
  const design: Design = { kind: 'monte-carlo', futures: 3, seed: 1 };
  const order = orderOf(NAMES, design, [
    ['supply', 'price', 0.9],
    ['price', 'demand', 0.9],
    ['supply', 'demand', -0.9],
  ]);
  expect(() => finished(correlatedColumns(order))).toThrow('contradict');
});
