/** How near futures came to a claim: its sign is the claim's truth, its size tells which of two false futures is nearer. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Ensemble } from '../../src/engine/ensemble.ts';
import { marginOf } from '../../src/ledger/claim-margin.ts';
import { type ComparedMargin, comparedMargin } from '../../src/ledger/compared-margin.ts';
import { isCompared } from '../../src/ledger/compared-worlds.ts';
import { soundText } from '../support/compile-text.ts';
import { plainRun } from '../support/ledger-of.ts';
import { ensembleOf } from '../support/made-up-run.ts';
import { orderOf } from '../support/run-order.ts';

const MODEL = `model "Margins"
time 0 day .. 10 day by 1 day
unit t
source essay "The essay" author
input a: t
  essay uniform(0, 10)
input b: t
  essay uniform(0, 10)
stock heap: t = a
  - eaten
flow eaten: t/day = b / 10 day
measure left: t = final heap
measure first: t = at 0 day heap
measure gone: day = time until heap <= 0 t
measure low = ever heap < 2 t
`;
const SIDES = [
  'left > 3 t',
  'first <= 5 t',
  'gone >= 7 day',
  'low',
  'left < first - 4 t',
  'first > 0 t',
] as const;

describe('of a condition', () => {
  const { write } = fc.letrec<{ write: string }>((tie) => ({
    write: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      fc.constantFrom(...SIDES),
      fc
        .tuple(tie('write'), fc.constantFrom('and', 'or'), tie('write'))
        .map(([one, word, other]) => `(${one} ${word} ${other})`),
      tie('write').map((one) => `not (${one})`),
    ),
  }));

  it('has the sign of its truth in every future', () =>
    fc.assert(
      fc.asyncProperty(write, async (condition) => {
        const { model, program } = soundText(`${MODEL}claim c "C"\n  ${condition}\n`);
        const ensemble = await plainRun(orderOf(model, program, 60));
        const margins = marginOf(program, 0, ensemble, () => null)(ensemble);
        margins.forEach((margin, future) => {
          if (margin !== 0) expect(margin > 0).toBe(ensemble.claims[0]?.[future] === 1);
        });
      }),
      { numRuns: 40 },
    ));

  const marginsOf = async (condition: string): Promise<{ margins: Float64Array; ensemble: Ensemble }> => {
    const { model, program } = soundText(`${MODEL}claim c "C"\n  ${condition}\n`);
    const ensemble = await plainRun(orderOf(model, program, 60));
    return { margins: marginOf(program, 0, ensemble, () => null)(ensemble), ensemble };
  };

  it('grows with what it compares, though it is false everywhere', async () => {
    const { margins, ensemble } = await marginsOf('first >= 50 t');
    const sides = ensemble.measures[1] ?? new Float64Array(0);
    const mean = sides.reduce((sum, value) => sum + (50 - value), 0) / 60;
    margins.forEach((margin, future) => {
      expect(margin).toBeCloseTo(((sides[future] ?? 0) - 50) / mean, 9);
    });
  });

  it('knows no more than true and false of what it cannot follow', async () => {
    const { margins } = await marginsOf('low');
    expect(new Set(margins)).toEqual(new Set([1, -1]));
  });
});

describe('of a comparison', () => {
  const { model } = soundText(
    `${MODEL}${(
      [
        ['raises', 'a = 5 t against a = 1 t raises left by at least 2 t "w"'],
        ['lowers', 'a = 5 t against a = 1 t lowers left by at least 2 t "w"'],
        ['changes', 'a = 5 t against a = 1 t changes left by at least 2 t "w"'],
        ['part', 'a = 5 t against a = 1 t raises left by at least 50% "w"'],
        ['carries', 'a = 5 t against a = 1 t carries at least half of left'],
        ['idle', 'left does not hang on b beyond 10%'],
      ] as const
    )
      .map(([name, form]) => `claim ${name} "${name}"\n  ${form}\n`)
      .join('')}`,
  );
  const world = (...left: number[]): Ensemble => ({
    ...ensembleOf(left.length, () => false),
    measures: [Float64Array.from(left), ...model.measures.slice(1).map(() => new Float64Array(left.length))],
  });
  const found = (name: string, ...worlds: readonly Ensemble[]): ComparedMargin => {
    const form = model.claims.find((claim) => claim.name === name)?.form;
    if (form === undefined || !isCompared(form)) throw new Error(`no comparison ${name}`);
    const margin = comparedMargin(model, form, worlds);
    if (margin === null) throw new Error('no margin');
    return { ...margin, byFuture: margin.byFuture };
  };
  const [more, less] = [world(13, 15), world(10, 10)];

  it.each([
    ['raises', more, less, [0.5, 1.5], 1],
    ['raises', less, more, [-2.5, -3.5], -3],
    ['lowers', less, more, [0.5, 1.5], 1],
    ['lowers', more, less, [-2.5, -3.5], -3],
    ['changes', more, less, [0.5, 1.5], 1],
    ['changes', less, more, [0.5, 1.5], 1],
    // 3 and 5 of 10 are to be 5.
    ['part', more, less, [-0.4, 0], -0.2],
    // Of 13 and 15, 3 and 5 are missing; half of their mean is 7.
    ['carries', less, more, [-0.5, -2.5 / 7], -3 / 7],
  ] as const)('%s: %#', (name, first, second, byFuture, whole) => {
    const margin = found(name, first, second);
    expect([...margin.byFuture]).toEqual(byFuture.map((value) => expect.closeTo(value, 9)));
    expect(margin.whole).toBeCloseTo(whole, 9);
  });

  it('is what is allowed less what there is, where something is not to matter', () => {
    // A tenth of 20 may lie between the two states; 1 and 3 do.
    const margin = found('idle', world(20, 20), world(21, 23), world(20, 20));
    expect([...margin.byFuture]).toEqual([expect.closeTo(0.5, 9), expect.closeTo(-0.5, 9)]);
    expect(margin.whole).toBeCloseTo(0, 9);
    // Turned round it is as large.
    expect(found('idle', world(21, 23), world(20, 20), world(20, 20)).whole).toBeCloseTo(0, 9);
  });

  it('is none of futures that do not count', () => {
    const margin = found('raises', world(13, Number.NaN), less);
    expect([...margin.byFuture]).toEqual([0.5, Number.NaN]);
    expect(margin.whole).toBeCloseTo(0.5, 9);
  });
});
