import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PURPOSE, uniform } from '../base/philox.ts';
import { DESIGN_KINDS, drawColumn, REPLICATES } from './design.ts';

const seeds = fc.maxSafeNat();
const sites = fc.integer({ min: 0, max: 0xffff_ffff });

function correlation(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < a.length; index++) sum += (a[index]! - 0.5) * (b[index]! - 0.5);
  return (sum / a.length) * 12;
}

test.each(DESIGN_KINDS)('%s: the same seed and site give the same column, any other another', (kind) => {
  fc.assert(
    fc.property(seeds, sites, (seed, site) => {
      const design = { kind, futures: 40, seed };
      const column = drawColumn(design, site);
      drawColumn(design, (site + 1) >>> 0);
      expect(drawColumn(design, site)).toEqual(column);
      expect(drawColumn(design, (site + 1) >>> 0)).not.toEqual(column);
      expect(drawColumn({ ...design, seed: seed === 0 ? 1 : seed - 1 }, site)).not.toEqual(column);
      expect(column.every((u) => u > 0 && u < 1)).toBe(true);
    }),
    { numRuns: 30 },
  );
});

describe('monte-carlo', () => {
  test('a future is keyed by its own index, so more futures only add rows', () => {
    const few = drawColumn({ kind: 'monte-carlo', futures: 7, seed: 3 }, 99);
    const many = drawColumn({ kind: 'monte-carlo', futures: 100, seed: 3 }, 99);
    expect(many.subarray(0, 7)).toEqual(few);
    expect(few[5]).toBe(uniform(3, 5, 0, 99, PURPOSE.inputDraw));
  });
});

describe('latin-hypercube', () => {
  test('every block meets each stratum once', () => {
    fc.assert(
      fc.property(seeds, sites, fc.integer({ min: 1, max: 300 }), (seed, site, strata) => {
        const column = drawColumn({ kind: 'latin-hypercube', futures: strata * REPLICATES, seed }, site);
        for (let replicate = 0; replicate < REPLICATES; replicate++) {
          const block = column.subarray(replicate * strata, (replicate + 1) * strata);
          const met = [...block].map((u) => Math.floor(u * strata)).sort((a, b) => a - b);
          expect(met).toEqual(Array.from({ length: strata }, (_, index) => index));
        }
      }),
      { numRuns: 60 },
    );
  });

  test('blocks and columns are shuffled apart', () => {
    const design = { kind: 'latin-hypercube', futures: 10_000, seed: 11 } as const;
    const first = drawColumn(design, 1);
    const second = drawColumn(design, 2);
    expect(Math.abs(correlation(first, second))).toBeLessThan(0.05);
    expect(Math.abs(correlation(first.subarray(0, 1000), first.subarray(1000, 2000)))).toBeLessThan(0.15);
  });

  test('every order of three strata is as likely', () => {
    const counts = new Map<string, number>();
    for (let seed = 0; seed < 600; seed++) {
      const column = drawColumn({ kind: 'latin-hypercube', futures: 30, seed }, 5);
      for (let start = 0; start < 30; start += 3) {
        const order = [...column.subarray(start, start + 3)].map((u) => Math.floor(u * 3)).join('');
        counts.set(order, (counts.get(order) ?? 0) + 1);
      }
    }
    expect(counts.size).toBe(6);
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(120);
  });

  test('places inside the strata are uniform', () => {
    const column = drawColumn({ kind: 'latin-hypercube', futures: 20_000, seed: 4 }, 8);
    const cells = new Uint32Array(10);
    for (const u of column) cells[Math.floor(((u * 2000) % 1) * 10)]! += 1;
    for (const count of cells) expect(Math.abs(count - 2000)).toBeLessThan(200);
  });
});

test.each([
  ['monte-carlo', 0],
  ['monte-carlo', 1.5],
  ['latin-hypercube', 15],
  ['latin-hypercube', 0],
] as const)('a %s design of %d futures is refused', (kind, futures) => {
  expect(() => drawColumn({ kind, futures, seed: 1 }, 1)).toThrow('futures');
});
