/**
 * Whether a symmetric tie starts alike both ways. Of each pair one figure is read; where both figures are exact, under
 * every viewpoint that takes them, and unlike, one of them would be dropped in silence. What has a range is drawn once.
 */
import { elementsAt, offsetOf, shapeOf, sizeOf } from './array-shape.ts';
import type { Model, Viewpoint } from './model.ts';
import { holderOf, type TieVariable } from './model-of-ties.ts';
import { report, type Workbench } from './workbench.ts';

export function checkTieStarts(bench: Workbench, model: Model): void {
  for (const variable of model.variables) {
    if (variable.kind === 'tie' && variable.symmetric) checkStarts(bench, model, variable);
  }
}

function checkStarts(bench: Workbench, model: Model, tie: TieVariable): void {
  const { start } = tie;
  // What is worked out from several figures is read the one way, as the reference says.
  if (start.kind !== 'variable' || start.indices.length === 0) return;
  const input = model.variables[start.variable];
  if (input?.kind !== 'input') return;
  const own = shapeOf(model.groups, input.groups);
  const shape = shapeOf(model.groups, tie.groups);
  for (let offset = 0; offset < sizeOf(shape); offset++) {
    const elements = elementsAt(shape, offset);
    const holder = holderOf(model.groups, tie.groups, true, elements);
    if (holder === null || offsetOf(shape, holder) === offset) continue;
    const cellAt = (at: readonly number[]): number => {
      const read = start.indices.map((index) =>
        index.kind === 'element' ? index.element : (at[index.loop] ?? 0),
      );
      return input.firstCell + offsetOf(own, read);
    };
    const [one, other] = [cellAt(holder), cellAt(elements)];
    if (one === other) continue;
    const viewpoint = model.viewpoints.find((column) => {
      const [left, right] = [exactIn(model, column, one), exactIn(model, column, other)];
      return left !== null && right !== null && left !== right;
    });
    if (viewpoint === undefined) continue;
    const [left, right] = [one, other].map((cell) => model.cells[cell]?.name ?? '');
    report(bench, 'tie-start-unlike', start.span, {
      label: `\`${left}\` and \`${right}\` are not alike`,
      related: [{ span: input.span, label: 'these figures' }],
      hint: `Give both one figure, or read the same one both ways; or take \`symmetric\` away from \`${tie.name}\`.`,
    });
    return;
  }
}

/** The exact number that a viewpoint takes for an input's cell; null where it takes a range. */
function exactIn(model: Model, { choices }: Viewpoint, cell: number): number | null {
  const choice = choices.find((one) => one.cell === cell);
  const input = model.variables[model.cells[cell]?.variable ?? -1];
  if (choice === undefined || input?.kind !== 'input') return null;
  const drawn = input.estimates[choice.estimate]?.drawn ?? null;
  return drawn?.kind === 'point' ? drawn.value : null;
}
