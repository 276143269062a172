import { describe, expect, test } from 'vitest';
import type { Distribution } from '../base/distribution.ts';
import { type KnotFigure, quantileAt } from '../base/figure.ts';
import { createDrawing } from '../wasm/drawing.ts';
import { DESIGN_KINDS, type Design, drawColumn, REPLICATES } from './design.ts';
import { quantileColumn, uniformColumn } from './draw-columns.ts';
import { finished } from './host.ts';

const SITES = [0, 12_345, 0xffff_ffff];
const SEEDS = [0, 7, 2 ** 53 - 1];
/** Around the length of one call, and with strata of odd number, a single one, and around that length too. */
const SIZES = {
  'monte-carlo': [1, 2, 3, 41, 1023, 1024, 1025, 5001],
  'latin-hypercube': [10, 20, 30, 410, 2000, 10_230, 10_240, 10_250, 30_010],
} as const;

const restsOf = (work: Generator<void, unknown>): number => {
  let rests = 0;
  while (!work.next().done) rests++;
  return rests;
};

describe.each([
  ['the own module', undefined],
  ['one lane', createDrawing(false)],
  ['two lanes', createDrawing(true)],
])('%s', (_, drawing) => {
  test.each(DESIGN_KINDS.flatMap((kind) => SIZES[kind].map((futures) => [kind, futures] as const)))(
    '%s over %i futures is the plain design',
    (kind, futures) => {
      for (const seed of SEEDS)
        for (const site of SITES) {
          const design: Design = { kind, futures, seed };
          expect(finished(uniformColumn(design, site, drawing))).toEqual(drawColumn(design, site));
        }
    },
  );

  const SIDES: readonly Distribution[] = [
    { kind: 'lognormal', mu: 1, sigma: 0.4 },
    { kind: 'point', value: 3 },
    { kind: 'gamma', shape: 2, scale: 3 },
    { kind: 'poisson', mean: 3, unit: 2 },
  ];
  const FIGURES: readonly KnotFigure[] = [
    ...SIDES,
    ...SIDES.flatMap((left) =>
      SIDES.map((right): KnotFigure => ({ kind: 'between', left, right, part: 0.3 })),
    ),
  ];
  test.each(FIGURES.map((figure) => [JSON.stringify(figure), figure] as const))('%s', (__, figure) => {
    for (const futures of [1, 2, 1023, 1025]) {
      const uniforms = drawColumn({ kind: 'monte-carlo', futures, seed: 3 }, 5);
      expect(finished(quantileColumn(figure, uniforms, drawing))).toEqual(
        uniforms.map((u) => quantileAt(figure, u)),
      );
    }
  });
});

test.each(DESIGN_KINDS)('%s: there is a rest at least every 65,536 draws', (kind) => {
  const futures = 50_000 * REPLICATES;
  const design: Design = { kind, futures, seed: 7 };
  expect(restsOf(uniformColumn(design, 1))).toBeGreaterThan(futures / 65_536);
  const uniforms = finished(uniformColumn(design, 1));
  const closed: Distribution = { kind: 'normal', mean: 0, deviation: 1 };
  expect(restsOf(quantileColumn(closed, uniforms))).toBeGreaterThan(futures / 65_536);
});

test('quantiles that are solved for rest more often', () => {
  const uniforms = new Float64Array(10_240).fill(0.5);
  const gamma: Distribution = { kind: 'gamma', shape: 2, scale: 3 };
  const point: Distribution = { kind: 'point', value: 3 };
  expect(restsOf(quantileColumn(gamma, uniforms))).toBeGreaterThanOrEqual(10);
  expect(
    restsOf(quantileColumn({ kind: 'between', left: point, right: gamma, part: 0.5 }, uniforms)),
  ).toBeGreaterThanOrEqual(10);
});

test.each([
  ['monte-carlo', 0, 'a design of 0 futures'],
  ['monte-carlo', 1.5, 'a design of 1.5 futures'],
  ['latin-hypercube', 15, 'a Latin hypercube of 15 futures'],
] as const)('a %s of %d futures is refused as the plain one is', (kind, futures, message) => {
  const design: Design = { kind, futures, seed: 1 };
  expect(() => finished(uniformColumn(design, 1))).toThrow(message);
  expect(() => drawColumn(design, 1)).toThrow(message);
});
