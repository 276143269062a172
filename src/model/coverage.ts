/**
 * Who speaks of which elements of an array. Single elements are found by their number, so that a matrix of a hundred
 * thousand figures is checked in one pass; patterns, which are lines that somebody wrote, one by one.
 */
import { covers, elementsAt, isWhole, offsetOf, overlap, type Pattern, type Shape } from './array-shape.ts';

export type Coverage<Item> = {
  readonly exact: Map<number, Item>;
  readonly wide: Item[];
  readonly patterns: Pattern[];
};

export const noCoverage = <Item>(): Coverage<Item> => ({ exact: new Map(), wide: [], patterns: [] });

export function cover<Item>(coverage: Coverage<Item>, shape: Shape, pattern: Pattern, item: Item): void {
  if (isWhole(pattern)) coverage.exact.set(offsetOf(shape, pattern), item);
  else {
    coverage.wide.push(item);
    coverage.patterns.push(pattern);
  }
}

/** The first item that speaks of an element of the pattern; null if none does. */
export function coveredBy<Item>(coverage: Coverage<Item>, shape: Shape, pattern: Pattern): Item | null {
  if (isWhole(pattern)) {
    const own = coverage.exact.get(offsetOf(shape, pattern));
    return own ?? coverage.wide[coverage.patterns.findIndex((one) => covers(one, pattern))] ?? null;
  }
  const wide = coverage.wide[coverage.patterns.findIndex((one) => overlap(one, pattern))];
  if (wide !== undefined) return wide;
  for (const [offset, item] of coverage.exact) if (overlap(elementsAt(shape, offset), pattern)) return item;
  return null;
}
