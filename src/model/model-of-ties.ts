/**
 * Ties of a checked model: one level for each pair of actors, which only effects move. The tie of an actor with itself
 * is no tie: it holds no level and is 0 wherever a sum meets it. A symmetric tie holds one level for both ways of a pair.
 */
import { type Elements, offsetOf, shapeOf } from './array-shape.ts';
import type { Expression } from './expression.ts';
import type { Cell, Group, Variable, VariableBase } from './model.ts';

export type TieBody = {
  readonly symmetric: boolean;
  /** In base units; beyond these ends nothing moves a level. */
  readonly within: { readonly low: number; readonly high: number } | null;
  /** The level at the beginning, worked out for the elements that hold one alone. */
  readonly start: Expression;
};

export type TieVariable = VariableBase & { readonly kind: 'tie' } & TieBody;

/** Whether both ends of an element are one actor. */
export function isWithItself(
  groups: readonly Group[],
  axes: readonly (number | null)[],
  elements: Elements,
): boolean {
  const names = axes.map((group, axis) => groups[group ?? -1]?.members[elements[axis] ?? -1]?.name);
  return names[0] !== undefined && names[0] === names[1];
}

/**
 * The element that holds the level of a pair: null for an actor with itself; of a symmetric tie the one whose first
 * actor stands first in the group.
 * @param axes the two groups of the tie
 */
export function holderOf(
  groups: readonly Group[],
  axes: readonly (number | null)[],
  symmetric: boolean,
  elements: Elements,
): Elements | null {
  if (isWithItself(groups, axes, elements)) return null;
  const [first = 0, second = 0] = elements;
  return symmetric && second < first ? [second, first] : elements;
}

type Laid = {
  readonly groups: readonly Group[];
  readonly variables: readonly Variable[];
  readonly cells: readonly Cell[];
};

/** The cell that holds the level of a tie's cell, never one behind it; null for an actor with itself. */
export function holdingCell(model: Laid, cell: number): number | null {
  const { variable: number, elements } = model.cells[cell] ?? { variable: -1, elements: [] };
  const tie = model.variables[number];
  if (tie?.kind !== 'tie') throw new Error('a tie that is none');
  const holder = holderOf(model.groups, tie.groups, tie.symmetric, elements);
  return holder === null ? null : tie.firstCell + offsetOf(shapeOf(model.groups, tie.groups), holder);
}

/** Whether a reading is one of a tie of an actor with itself; false where a loop of its indices is not yet gone into. */
export function readsItself(
  { groups, variables }: Pick<Laid, 'groups' | 'variables'>,
  { variable, indices }: Expression & { kind: 'variable' },
  current: Elements,
): boolean {
  const tie = variables[variable];
  if (tie?.kind !== 'tie') return false;
  const elements = indices.map((index) => (index.kind === 'element' ? index.element : current[index.loop]));
  return elements.every((one) => one !== undefined) && isWithItself(groups, tie.groups, elements as Elements);
}
