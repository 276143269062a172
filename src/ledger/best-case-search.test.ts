import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CERTAIN,
  CHANCY,
  type Found,
  HIGH,
  type Lead,
  LOW,
  MIDDLE,
  movedIn,
  type Point,
  type Score,
  STEADY,
  search,
} from './best-case-search.ts';

type Judge = (point: Point) => number;
type Course = { readonly found: Found | null; readonly tried: readonly Point[] };

/** A claim that holds where the number is 0 or more, and where the rule says so by itself. */
function sought(
  lead: Partial<Lead> & { ties: Float64Array },
  judge: Judge,
  effort = CERTAIN,
  rule = judge,
): Course {
  const tried: Point[] = [];
  const work = search({ told: 0.1, seeds: [], ...lead }, () => effort);
  let next = work.next();
  while (!next.done) {
    const { points, isFinal } = next.value;
    tried.push(...points);
    next = work.next(
      points.map((point) => ({
        point,
        score: [(isFinal ? rule : judge)(point), 0] satisfies Score,
        isOpen: false,
      })),
    );
  }
  return { found: next.value, tried };
}

const ties = (...of: number[]): Float64Array => Float64Array.from(of);
/** A sum of weighted distances from the middle, less what is asked. */
const weighted =
  (weights: readonly number[], asked: number): Judge =>
  (point) =>
    point.reduce((sum, share, input) => sum + (weights[input] ?? 0) * (share - MIDDLE), 0) - asked;

describe('a search', () => {
  it('takes the middle where that holds', () => {
    const { found } = sought({ ties: ties(1, -1) }, weighted([1, -1], -0.1));
    expect(found).toEqual({ point: Float64Array.of(MIDDLE, MIDDLE), holds: true });
  });

  it('goes to the end that each input asks for, and puts back what is not needed', () => {
    // The first two reach 0.45 + 0.9 only together; the third goes the other way and brings 0.045 at most.
    const { found } = sought({ ties: ties(0.5, -0.9, 0.05) }, weighted([1, -2, 0.1], 1.3));
    expect(found?.point).toEqual(Float64Array.of(HIGH, LOW, MIDDLE));
  });

  it('keeps all inputs where all are needed', () => {
    const { found } = sought({ ties: ties(0.5, -0.6, 0.4) }, weighted([1, -1, 1], 1.34));
    expect(found?.point).toEqual(Float64Array.of(HIGH, LOW, HIGH));
  });

  it('finds a stretch between the middle and an end', () => {
    const { found } = sought({ ties: ties(0.9) }, (point) => 0.06 - Math.abs((point[0] ?? 0) - 0.74));
    expect(found?.point[0]).toBeCloseTo(0.74, 1);
  });

  it('finds what only a future of the main run shows', () => {
    const best = Float64Array.of(0.31, 0.62);
    const near: Judge = (point) =>
      0.001 - Math.abs((point[0] ?? 0) - 0.31) - Math.abs((point[1] ?? 0) - 0.62);
    expect(sought({ ties: ties(0, 0), seeds: [best] }, near).found?.point).toEqual(best);
    expect(sought({ ties: ties(0, 0) }, near).found).toBe(null);
  });

  it('turns single inputs where the corner was misread', () => {
    const { found } = sought({ ties: ties(0.5, 0.01) }, weighted([1, -1], 0.85));
    expect(found?.point).toEqual(Float64Array.of(HIGH, LOW));
  });

  it('finds nothing where there is nothing, and says no point twice', () => {
    const { found, tried } = sought({ ties: ties(0.5, -0.5, 0.1, 0) }, () => -1);
    expect(found).toBe(null);
    expect(new Set(tried.map((point) => point.join())).size).toBe(tried.length);
    expect(tried.length).toBeLessThan(80);
  });

  it('gives up soon where chance decides and nothing comes near', () => {
    const { tried } = sought({ ties: ties(0.5, -0.5) }, () => -0.5, CHANCY);
    expect(tried.length).toBeLessThan(6);
  });

  it.each([CERTAIN, STEADY, CHANCY])('believes the rule, not the glance: %#', (effort) => {
    const { found } = sought(
      { ties: ties(0.5, 0.4) },
      () => 1,
      effort,
      () => -1,
    );
    expect(found).toBe(null);
    const only = Float64Array.of(HIGH, HIGH);
    const rule: Judge = (point) => (point.join() === only.join() ? 1 : -1);
    // At a glance one input seems enough; the rule asks for both.
    const glance: Judge = (point) => (point[0] === HIGH ? 1 : -1);
    expect(sought({ ties: ties(0.5, 0.4) }, glance, effort, rule).found?.point).toEqual(only);
  });

  it('tells what stayed open only where nothing holds', () => {
    const work = search({ ties: ties(1), told: 0, seeds: [] }, () => CHANCY, false);
    let next = work.next();
    while (!next.done)
      next = work.next(
        next.value.points.map((point) => {
          const isEnd = point[0] === HIGH;
          const isOpen = next.value !== null && isEnd && (next.value as { isFinal: boolean }).isFinal;
          return { point, score: [isOpen ? -1e-9 : isEnd ? 0 : -1, 0] satisfies Score, isOpen };
        }),
      );
    expect(next.value).toEqual({ point: Float64Array.of(HIGH), holds: false });
  });

  const weights = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 1, maxLength: 30 });
  it.each([CERTAIN, STEADY, CHANCY])(
    'finds a point wherever a weighted sum has one, within the box, and moves the fewest: %#',
    (effort) =>
      fc.assert(
        fc.property(weights, fc.double({ min: 0, max: 0.999, noNaN: true }), (of, part) => {
          const most = of.reduce((sum, weight) => sum + Math.abs(weight) * (HIGH - MIDDLE), 0);
          const judge = weighted(of, part * most);
          const { found, tried } = sought({ ties: Float64Array.from(of) }, judge, effort);
          for (const point of tried)
            for (const share of point) {
              expect(share).toBeGreaterThanOrEqual(LOW);
              expect(share).toBeLessThanOrEqual(HIGH);
            }
          if (most * (1 - part) < 1e-9) return;
          expect(found?.holds).toBe(true);
          const point = found?.point ?? new Float64Array(0);
          expect(judge(point)).toBeGreaterThanOrEqual(0);
          // No fewer would do, as its ties tell truly which matter most.
          const order = of
            .map((_, input) => input)
            .sort((a, b) => Math.abs(of[b] ?? 0) - Math.abs(of[a] ?? 0));
          const first = (count: number): Point => {
            const ends = new Float64Array(of.length).fill(MIDDLE);
            for (const input of order.slice(0, count)) ends[input] = (of[input] ?? 0) < 0 ? LOW : HIGH;
            return ends;
          };
          const fewest = Array.from({ length: of.length + 1 }, (_, count) => count).find(
            (count) => judge(first(count)) >= 0,
          );
          expect(movedIn(point).length).toBe(fewest);
        }),
      ),
  );
});
