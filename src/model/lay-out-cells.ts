/**
 * Lays the elements of all variables out as cells, each array in row-major order, and has flows wired to stocks. Matter is conserved by construction: a flow leaves at most one stock and enters at most one.
 */
import { hasErrors } from '../base/diagnostic.ts';
import { MAXIMUM_CELLS } from '../base/limits.ts';
import { formatCount } from '../base/number-format.ts';
import { stronglyConnected } from '../base/strongly-connected.ts';
import { elementsAt, nameOfElement, offsetRead, shapeOf, sizeOf } from './array-shape.ts';
import type { Wire } from './check-effects.ts';
import type { CheckedVariable } from './check-variables.ts';
import type { Cell } from './model.ts';
import { connect, type DraftCell, wireStock } from './wire-stock.ts';
import { groupsOf, report, type Workbench } from './workbench.ts';

export type Layout = { readonly cells: readonly Cell[]; readonly firstCells: readonly number[] };

/** Null where there are too many cells to lay out; other faults are reported and the layout is given. */
export function layOutCells(
  bench: Workbench,
  variables: readonly CheckedVariable[],
  wires: readonly Wire[],
): Layout | null {
  const shapes = variables.map(({ header }) => shapeOf(bench.groups, groupsOf(header)));
  const sizes = shapes.map(sizeOf);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  if (total > MAXIMUM_CELLS) {
    const widest = sizes.indexOf(Math.max(...sizes));
    report(
      bench,
      'model-too-large',
      variables[widest]?.header.span ?? { file: bench.tree.file, start: 0, end: 0 },
      {
        label: `with this the model has ${formatCount(total)} values at one instant; the limit is ${formatCount(MAXIMUM_CELLS)}`,
      },
    );
    return null;
  }
  const cells: DraftCell[] = [];
  const firstCells: number[] = [];
  variables.forEach(({ header }, variable) => {
    firstCells.push(cells.length);
    const shape = shapes[variable] ?? [];
    for (let offset = 0; offset < sizeOf(shape); offset++) {
      const elements = elementsAt(shape, offset);
      cells.push({
        variable,
        elements,
        name: nameOfElement(header.name, bench.groups, groupsOf(header), elements),
        from: null,
        to: null,
        rationed: false,
        inflows: [],
        outflows: [],
        loop: null,
      });
    }
  });
  variables.forEach(({ declaration }, variable) => {
    if (declaration.kind === 'stock') wireStock(bench, variables, declaration, variable, cells, firstCells);
  });
  for (const wire of wires) layWire(bench, wire, variables, cells, firstCells);
  markRationed(variables, cells);
  markLoops(cells);
  reportLooseFlows(bench, variables, cells);
  return { cells, firstCells };
}

/** Every element of a flow that an effect is runs to or from one element of its stock. */
function layWire(
  bench: Workbench,
  { flow, move }: Wire,
  variables: readonly CheckedVariable[],
  cells: DraftCell[],
  firstCells: readonly number[],
): void {
  const shape = shapeOf(bench.groups, groupsOf(variables[move.stock]?.header ?? { axes: [] }));
  cells.forEach(({ variable, elements }, number) => {
    if (variable !== flow) return;
    const stock = (firstCells[move.stock] ?? 0) + offsetRead(shape, move.indices, elements);
    connect(bench, cells, stock, number, move.sign, move.span);
  });
}

/** A physical stock gives only what it has; a signed one gives what is asked. */
function markRationed(variables: readonly CheckedVariable[], cells: readonly DraftCell[]): void {
  for (const cell of cells) {
    const source = cell.from === null ? undefined : variables[cells[cell.from]?.variable ?? -1]?.declaration;
    cell.rationed = source?.kind === 'stock' && source.signed === null;
  }
}

/** Numbers the loops of physical stocks that flows form. */
function markLoops(cells: DraftCell[]): void {
  const downstream = cells.map((cell) =>
    cell.outflows
      .filter((flow) => cells[flow]?.rationed === true)
      .map((flow) => cells[flow]?.to ?? null)
      .filter((stock): stock is number => stock !== null),
  );
  const components = stronglyConnected(cells.length, (cell) => downstream[cell] ?? []);
  components.forEach((component, number) => {
    const [only] = component;
    const isLoop = component.length > 1 || (only !== undefined && (downstream[only] ?? []).includes(only));
    if (!isLoop) return;
    for (const cell of component) {
      const draft = cells[cell];
      if (draft !== undefined) draft.loop = number;
    }
  });
}

function reportLooseFlows(
  bench: Workbench,
  variables: readonly CheckedVariable[],
  cells: readonly DraftCell[],
): void {
  // Where something is at fault, the line that uses the flow may be the faulty one.
  if (hasErrors(bench.faults) || hasErrors(bench.diagnostics)) return;
  const loose = new Map<number, string>();
  for (const cell of cells) {
    if (variables[cell.variable]?.declaration.kind !== 'flow') continue;
    if (cell.from === null && cell.to === null && !loose.has(cell.variable))
      loose.set(cell.variable, cell.name);
  }
  for (const [variable, name] of loose) {
    const header = bench.variables[variable];
    if (header !== undefined)
      report(bench, 'flow-without-stock', header.span, {
        label: `\`${name}\` enters and leaves no stock`,
      });
  }
}
