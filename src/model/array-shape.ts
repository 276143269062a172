/**
 * The elements of arrays as numbers: an array over groups of two and three elements has six, in row-major order, the last
 * group's element changing fastest. A pattern names some of them, with null for every element of a group.
 */
import type { Index } from './expression.ts';
import type { Group } from './model.ts';

/** How many elements each of an array's groups has; empty for a single value. */
export type Shape = readonly number[];
/** One element of each of an array's groups. */
export type Elements = readonly number[];
export type Pattern = readonly (number | null)[];

export const shapeOf = (groups: readonly Group[], axes: readonly (number | null)[]): Shape =>
  axes.map((group) => (group === null ? 1 : (groups[group]?.members.length ?? 0)));

/** May be beyond every limit: it is asked before anything is laid out. */
export const sizeOf = (shape: Shape): number => shape.reduce((product, size) => product * size, 1);

export function offsetOf(shape: Shape, elements: Elements): number {
  let offset = 0;
  shape.forEach((size, axis) => {
    const element = elements[axis];
    if (element === undefined) throw new Error('an array with fewer indices than groups');
    offset = offset * size + element;
  });
  return offset;
}

/** The element that is read by `indices` where the loops around stand at `current`. */
export const offsetRead = (shape: Shape, indices: readonly Index[], current: Elements): number =>
  offsetOf(
    shape,
    indices.map((index) => {
      const element = index.kind === 'element' ? index.element : current[index.loop];
      if (element === undefined) throw new Error('an element outside its loop');
      return element;
    }),
  );

export function elementsAt(shape: Shape, offset: number): Elements {
  const elements: number[] = [];
  let rest = offset;
  for (const size of shape.toReversed()) {
    elements.unshift(rest % size);
    rest = Math.floor(rest / size);
  }
  return elements;
}

/** All elements that a pattern names, in order; whoever calls this has held the shape to its limit. */
export function elementsOf(shape: Shape, pattern: Pattern): readonly Elements[] {
  let found: Elements[] = [[]];
  shape.forEach((size, axis) => {
    const wanted = pattern[axis] ?? null;
    const own = wanted === null ? Array.from({ length: size }, (_, element) => element) : [wanted];
    found = found.flatMap((before) => own.map((element) => [...before, element]));
  });
  return found;
}

export const covers = (pattern: Pattern, elements: Pattern): boolean =>
  pattern.every((wanted, axis) => wanted === null || wanted === elements[axis]);

export const overlap = (one: Pattern, other: Pattern): boolean =>
  one.every((wanted, axis) => wanted === null || other[axis] === null || wanted === other[axis]);

export const isWhole = (pattern: Pattern): pattern is Elements =>
  pattern.every((element) => element !== null);

/** `contact[child, adult]`. */
export function nameOfElement(
  name: string,
  groups: readonly Group[],
  axes: readonly (number | null)[],
  elements: Elements,
): string {
  if (axes.length === 0) return name;
  const names = axes.map((group, axis) => groups[group ?? -1]?.members[elements[axis] ?? -1]?.name ?? '');
  return `${name}[${names.join(', ')}]`;
}
