/** What may be read, or moved, of a tie: nobody has a tie with itself. */
import type { Span } from '../base/span.ts';
import type { Index } from './expression.ts';
import { groupOf } from './read-indices.ts';
import { report, type VariableHeader, type Workbench } from './workbench.ts';

/** Reports a tie that is read, or moved, of an actor with itself; false then. */
export function isBetweenTwo(
  bench: Workbench,
  header: VariableHeader,
  indices: readonly Index[],
  span: Span,
): boolean {
  if (header.kind !== 'tie') return true;
  const [first, second] = indices;
  if (first === undefined || second === undefined || first.kind !== second.kind) return true;
  const nameOf = (index: Index, axis: number): string =>
    index.kind === 'each'
      ? String(index.loop)
      : (groupOf(bench, header.axes[axis]?.group ?? null).members[index.element]?.name ?? '');
  if (nameOf(first, 0) !== nameOf(second, 1)) return true;
  report(bench, 'tie-with-itself', span, {
    label: first.kind === 'each' ? 'both are the same actor here' : `both are \`${nameOf(first, 0)}\``,
  });
  return false;
}
