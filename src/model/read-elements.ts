/**
 * Which elements of an input a line speaks of or holds: `census[child] 10M`, `contact[child, Age] = 0`. An element stands
 * for itself, a group's name for all of its elements, and no brackets for all there are.
 */
import type { Name } from '../language/tree.ts';
import type { Pattern } from './array-shape.ts';
import { elementNumber, fitsCount, groupOf } from './read-indices.ts';
import type { VariableHeader, Workbench } from './workbench.ts';

/** Null after a fault. */
export function readElements(
  bench: Workbench,
  input: Name,
  { axes, isShapeless }: VariableHeader,
  written: readonly Name[],
): Pattern | null {
  if (isShapeless || !fitsCount(bench, input, axes, written)) return null;
  if (written.length === 0) return axes.map(() => null);
  const pattern: (number | null)[] = [];
  for (const [axis, name] of written.entries()) {
    const group = groupOf(bench, axes[axis]?.group ?? null);
    const element = name.text === group.name ? null : elementNumber(bench, name, group);
    if (element === null && name.text !== group.name) return null;
    pattern.push(element);
  }
  return pattern;
}
