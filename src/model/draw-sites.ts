/**
 * Where chance enters: every draw of an equation by a name of its own, whose hash is its site in the counter of the random
 * numbers. The name is made of the cell's, of the draw's number within the equation, and of the elements that the sums
 * around it stand at; of no place in the text, so that adding a line changes no other draw. Two names with one hash
 * would draw the same numbers, so they are looked for here.
 */
import { hashName } from '../base/hash.ts';
import type { Elements } from './array-shape.ts';
import { type Expression, partsOf } from './expression.ts';
import type { Cell, Group, Model, Variable } from './model.ts';
import { isDrawnEvent, partsOfEvent } from './model-of-events.ts';

export type Draw = Expression & { readonly kind: 'draw' };

/** A draw of one equation. */
export type PlacedDraw = {
  readonly draw: Draw;
  /** From 1, in the order in which they are written. */
  readonly number: number;
  /** The groups of the reductions around it, the outermost first. */
  readonly groups: readonly number[];
};

/** The draws of an equation, or of several parts of one thing; one that two comparisons of a chain share is one. */
export function drawsIn(...expressions: readonly Expression[]): readonly PlacedDraw[] {
  const found = new Map<Draw, PlacedDraw>();
  const visit = (part: Expression, groups: readonly number[]): void => {
    if (part.kind === 'draw' && !found.has(part))
      found.set(part, { draw: part, number: found.size + 1, groups });
    const inner = part.kind === 'reduce' ? [...groups, part.group] : groups;
    for (const one of partsOf(part)) visit(one, inner);
  };
  for (const expression of expressions) visit(expression, []);
  return [...found.values()];
}

/** `noise draw 1`, `noise[child] draw 2 at north`; `elements` are those of the reductions around the draw. */
export function siteName(
  groups: readonly Group[],
  cell: Pick<Cell, 'name'>,
  { number, groups: around }: PlacedDraw,
  elements: Elements,
): string {
  const at = around.map((group, loop) => groups[group]?.members[elements[loop] ?? -1]?.name ?? '');
  return `${cell.name} draw ${number}${at.length === 0 ? '' : ` at ${at.join(', ')}`}`;
}

/** Where a decision draws at a meeting: once to choose, and once more where another must consent. */
export const meetingSites = ({ name }: Pick<Cell, 'name'>, consent: boolean): readonly string[] =>
  consent ? [name, `${name} consent`] : [name];

/** The draws that a variable makes itself. Many ask, and the variable is always the same. */
export function drawsOf(variable: Variable): readonly PlacedDraw[] {
  const known = draws.get(variable);
  if (known !== undefined) return known;
  const found =
    variable.kind === 'event'
      ? drawsIn(...partsOfEvent(variable))
      : variable.kind === 'flow' || variable.kind === 'let'
        ? drawsIn(variable.value)
        : [];
  draws.set(variable, found);
  return found;
}
const draws = new WeakMap<Variable, readonly PlacedDraw[]>();

/** Whether a variable draws anything itself: in its equation, or to happen. */
export const isChancy = (variable: Variable): boolean =>
  variable.kind === 'decision' ||
  drawsOf(variable).length > 0 ||
  (variable.kind === 'event' && isDrawnEvent(variable));

/** The draws of a cell's own equation. */
export function drawsOfCell(model: Pick<Model, 'variables' | 'cells'>, cell: number): readonly PlacedDraw[] {
  const variable = model.variables[model.cells[cell]?.variable ?? -1];
  return variable === undefined ? [] : drawsOf(variable);
}

/** A name of something that is drawn, and the number of its variable. */
export type NamedSite = { readonly name: string; readonly variable: number };

/** The first two of some names that would draw the same numbers; null where there are none. */
export function findCollision(sites: Iterable<NamedSite>): readonly [NamedSite, NamedSite] | null {
  const taken = new Map<number, NamedSite>();
  for (const site of sites) {
    const hash = hashName(site.name);
    const before = taken.get(hash);
    if (before !== undefined) return [before, site];
    taken.set(hash, site);
  }
  return null;
}
