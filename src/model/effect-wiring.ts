/**
 * What effects bear upon among what reads what: an input that is set hangs on what decides over it, and so does a tie, which is
 * read where its level is held.
 */
import { elementsAt, offsetOf, offsetRead, type Shape, shapeOf } from './array-shape.ts';
import { holderOf } from './model-of-ties.ts';
import { type Reading, readingsOf, type Wiring } from './order-steps.ts';
import { groupsOf } from './workbench.ts';

/** Of a tie the cell that holds its level, null for an actor with itself; of anything else the cell itself. */
export function heldAt(
  { groups, variables }: Wiring,
  variable: number,
  first: number,
  shape: Shape,
  offset: number,
): number | null {
  const { body, header } = variables[variable] ?? {};
  if (body?.kind !== 'tie' || header === undefined) return first + offset;
  const holder = holderOf(groups, groupsOf(header), body.symmetric, elementsAt(shape, offset));
  return holder === null ? null : first + offsetOf(shape, holder);
}

/** The same of a tie's cell, by its number. */
export function holderAt(wiring: Wiring, cell: number): number | null {
  const { variable } = wiring.cells[cell] ?? { variable: -1 };
  const first = wiring.firstCells[variable] ?? 0;
  const shape = shapeOf(wiring.groups, groupsOf(wiring.variables[variable]?.header ?? { axes: [] }));
  return heldAt(wiring, variable, first, shape, cell - first);
}

/** A tie hangs on what decides over it, too. */
export function withTieMoves(
  wiring: Wiring,
  readings: readonly (readonly Reading[])[],
): readonly (readonly Reading[])[] {
  if (wiring.tieMoves.length === 0) return readings;
  const all = readings.map((own) => [...own]);
  for (const { decider, effect } of wiring.tieMoves) {
    const shape = shapeOf(wiring.groups, groupsOf(wiring.variables[effect.tie]?.header ?? { axes: [] }));
    const first = wiring.firstCells[effect.tie] ?? 0;
    wiring.cells.forEach(({ variable, elements }, cell) => {
      if (variable !== decider) return;
      const moved = heldAt(wiring, effect.tie, first, shape, offsetRead(shape, effect.indices, elements));
      if (moved !== null) all[moved]?.push({ cell, asked: false });
    });
  }
  return all;
}

/** An input that is set within a future hangs on what decides over it, and on what it is set to. */
export function readSettings(wiring: Wiring, readings: readonly Reading[][]): void {
  for (const { decider, condition, set } of wiring.inputSettings) {
    const shape = shapeOf(wiring.groups, groupsOf(wiring.variables[set.input]?.header ?? { axes: [] }));
    for (const { variable, elements } of wiring.cells) {
      if (variable !== decider) continue;
      const cell = (wiring.firstCells[set.input] ?? 0) + offsetRead(shape, set.indices, elements);
      const own = readings[cell];
      if (own === undefined) continue;
      readingsOf(wiring, condition, elements, own);
      readingsOf(wiring, set.value, elements, own);
    }
  }
}
