/** Few numbers in plain code, many in modules, and the same bits from both for everything that is drawn. */
import { describe, expect, test } from 'vitest';
import type { Distribution } from '../base/distribution.ts';
import { PURPOSE, uniform } from '../base/philox.ts';
import { createDrawing, type Drawing, isClosed } from '../wasm/drawing.ts';
import { DESIGN_KINDS, drawColumn } from './design.ts';
import { quantileColumn, uniformColumn } from './draw-columns.ts';
import { finished } from './host.ts';
import { createThriftyDrawing } from './thrifty-drawing.ts';

const EVERY: { readonly [Kind in Distribution['kind']]: Extract<Distribution, { readonly kind: Kind }> } = {
  point: { kind: 'point', value: 3 },
  uniform: { kind: 'uniform', low: -3, high: 5.1 },
  normal: { kind: 'normal', mean: -7, deviation: 0.3 },
  lognormal: { kind: 'lognormal', mu: 0.7, sigma: 1.1 },
  'logit-normal': { kind: 'logit-normal', mu: -0.4, sigma: 2 },
  triangular: { kind: 'triangular', low: 1, mode: 2, high: 7.3 },
  beta: { kind: 'beta', a: 2, b: 3, low: 0, high: 1 },
  gamma: { kind: 'gamma', shape: 2.5, scale: 3 },
  exponential: { kind: 'exponential', mean: 3.3 },
  weibull: { kind: 'weibull', shape: 1.7, scale: 3 },
  student: { kind: 'student', degrees: 4, location: 1, scale: 2 },
  poisson: { kind: 'poisson', mean: 4, unit: 1.5 },
  binomial: { kind: 'binomial', trials: 9, probability: 0.3, unit: 1 },
  discrete: { kind: 'discrete', values: [1, 2, 3], upTo: [0.2, 0.5, 1] },
  truncated: {
    kind: 'truncated',
    of: { kind: 'normal', mean: 1, deviation: 2 },
    low: 0.5,
    high: 3,
    below: 0.4,
    inside: 0.44,
    above: 0.16,
  },
};

/** A thrifty drawing, and how many numbers modules have drawn for it, by the function's name. */
function watched(): { readonly drawing: Drawing; readonly inModules: Map<string, number> } {
  const inModules = new Map<string, number>();
  const count = (name: string, { length }: Float64Array): void => {
    inModules.set(name, (inModules.get(name) ?? 0) + length);
  };
  const drawing = createThriftyDrawing(() => {
    const modules = createDrawing(false);
    return {
      ...modules,
      uniforms: (over, at, into) => {
        count(over, into);
        modules.uniforms(over, at, into);
      },
      quantiles: (distribution, uniforms, into) => {
        count(distribution.kind, into);
        modules.quantiles(distribution, uniforms, into);
      },
      join: (left, right, part, into) => {
        count('join', into);
        modules.join(left, right, part, into);
      },
    };
  });
  return { drawing, inModules };
}

/** More shares than are drawn in plain code, in columns of so many. */
const columnsOf = (futures: number): readonly Float64Array[] =>
  Array.from({ length: Math.ceil(1100 / futures) }, (_, site) =>
    drawColumn({ kind: 'monte-carlo', futures, seed: 5 }, site),
  );

describe.each(Object.values(EVERY).map((one) => [one.kind, one] as const))('%s', (_, one) => {
  const between = { kind: 'between', left: one, right: EVERY.uniform, part: 0.3 } as const;

  test.each([1, 2, 7, 16])('columns of %i numbers have the bits of a module', (futures) => {
    const { drawing, inModules } = watched();
    const modules = createDrawing(false);
    for (const uniforms of columnsOf(futures))
      for (const figure of [one, between])
        expect(finished(quantileColumn(figure, uniforms, drawing))).toEqual(
          finished(quantileColumn(figure, uniforms, modules)),
        );
    // The first of them came from plain code, as the tests below hold; the last from the module, where there is one.
    expect(inModules.has(one.kind)).toBe(isClosed(one));
    expect(inModules.has('join')).toBe(true);
  });
});

test.each(DESIGN_KINDS)('%s: uniform numbers have the bits of a module', (kind) => {
  for (const futures of [10, 20, 150, 160, 170]) {
    const { drawing, inModules } = watched();
    for (let site = 0; site < 120; site++)
      expect(finished(uniformColumn({ kind, futures, seed: 2 ** 40 + 1 }, site, drawing))).toEqual(
        drawColumn({ kind, futures, seed: 2 ** 40 + 1 }, site),
      );
    const drawn = [...inModules.values()].reduce((sum, many) => sum + many, 0);
    expect(drawn).toBeGreaterThan(0);
  }
});

describe('when a function gets its module', () => {
  const at = { seed: 1, future: 0, occurrence: 0, site: 9, purpose: PURPOSE.inputDraw };
  const draw = ({ drawing }: ReturnType<typeof watched>, length: number): void => {
    const column = new Float64Array(length);
    drawing.uniforms('futures', at, column);
    column.forEach((number, future) => {
      expect(number).toBe(uniform(1, future, 0, 9, PURPOSE.inputDraw));
    });
  };

  test('no module is made for few numbers', () => {
    const one = watched();
    for (let order = 0; order < 64; order++) draw(one, 16);
    expect(one.inModules).toEqual(new Map());
  });

  test('many at once are drawn in the module, and all that come later', () => {
    const one = watched();
    draw(one, 17);
    draw(one, 1);
    expect(one.inModules).toEqual(new Map([['futures', 18]]));
  });

  test('so are few at a time, once they have become many', () => {
    const one = watched();
    for (let order = 0; order < 1024; order++) draw(one, 1);
    expect(one.inModules).toEqual(new Map());
    for (let order = 0; order < 3; order++) draw(one, 1);
    expect(one.inModules).toEqual(new Map([['futures', 3]]));
  });

  test('a cut distribution shares the module of what it is cut out of', () => {
    const { drawing, inModules } = watched();
    const uniforms = drawColumn({ kind: 'monte-carlo', futures: 17, seed: 1 }, 1);
    finished(quantileColumn(EVERY.normal, uniforms, drawing));
    for (const one of [EVERY.truncated, EVERY.lognormal])
      finished(quantileColumn(one, uniforms.subarray(0, 1), drawing));
    expect(inModules).toEqual(
      new Map([
        ['normal', 17],
        ['truncated', 1],
      ]),
    );
  });
});
