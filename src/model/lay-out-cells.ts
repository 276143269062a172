/**
 * Lays the elements of all variables out as cells and wires flows to stocks: where each flow comes from and where it
 * goes. Matter is conserved by construction: a flow leaves at most one stock and enters at most one.
 */
import { hasErrors } from '../base/diagnostic.ts';
import { MAXIMUM_CELLS } from '../base/limits.ts';
import { formatCount } from '../base/number-format.ts';
import type { Span } from '../base/span.ts';
import { stronglyConnected } from '../base/strongly-connected.ts';
import type { StockDeclaration } from '../language/tree.ts';
import { type CheckedVariable, rateOf } from './check-variables.ts';
import type { Cell } from './model.ts';
import { formatDimension, sameDimension } from './units.ts';
import { describeEntity, report, reportUnknown, type Workbench } from './workbench.ts';

type DraftCell = {
  variable: number;
  element: number | null;
  name: string;
  from: number | null;
  to: number | null;
  rationed: boolean;
  inflows: number[];
  outflows: number[];
  loop: number | null;
};

export type Layout = { readonly cells: readonly Cell[]; readonly firstCells: readonly number[] };

/** Null where there are too many cells to lay out; other faults are reported and the layout is given. */
export function layOutCells(bench: Workbench, variables: readonly CheckedVariable[]): Layout | null {
  const sizes = variables.map(({ header }) =>
    header.group === null ? 1 : (bench.groups[header.group]?.members.length ?? 0),
  );
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
    const members = header.group === null ? [null] : (bench.groups[header.group]?.members ?? []);
    members.forEach((member, element) => {
      cells.push({
        variable,
        element: member === null ? null : element,
        name: member === null ? header.name : `${header.name}[${member.name}]`,
        from: null,
        to: null,
        rationed: false,
        inflows: [],
        outflows: [],
        loop: null,
      });
    });
  });
  variables.forEach(({ declaration }, variable) => {
    if (declaration.kind === 'stock') wireStock(bench, variables, declaration, variable, cells, firstCells);
  });
  markRationed(variables, cells);
  markLoops(cells);
  reportLooseFlows(bench, variables, cells);
  return { cells, firstCells };
}

function wireStock(
  bench: Workbench,
  variables: readonly CheckedVariable[],
  declaration: StockDeclaration,
  stock: number,
  cells: DraftCell[],
  firstCells: readonly number[],
): void {
  const stockHeader = bench.variables[stock];
  if (stockHeader === undefined) throw new Error('a stock without its header');
  for (const line of declaration.flows) {
    const { name } = line.flow;
    const entity = bench.names.get(name.text);
    if (entity?.kind !== 'variable' || bench.variables[entity.variable]?.kind !== 'flow') {
      reportNoFlow(bench, name);
      continue;
    }
    const header = bench.variables[entity.variable];
    const flowType = variables[entity.variable]?.type;
    const flowDeclaration = variables[entity.variable]?.declaration;
    if (flowDeclaration?.kind === 'flow' && flowDeclaration.twoWay !== null && declaration.signed === null) {
      report(bench, 'two-way-physical', line.span, {
        label: `\`${name.text}\` may run backwards, and \`${declaration.name.text}\` cannot fall below nothing`,
        related: [{ span: flowDeclaration.twoWay, label: 'declared here' }],
      });
    }
    if (header?.isShapeless || stockHeader.isShapeless) continue;
    if (header === undefined || !fitsStock(bench, stockHeader, declaration, flowType, header.name, name.span))
      continue;
    const first = firstCells[entity.variable] ?? 0;
    const members = header.group === null ? [] : (bench.groups[header.group]?.members ?? []);
    const [index, second] = line.flow.kind === 'index' ? line.flow.indices : [];
    if (second !== undefined) {
      report(bench, 'index-not-array', second.span, { label: 'a flow has one index at most' });
      continue;
    }
    const stockFirst = firstCells[stock] ?? 0;
    if (
      index !== undefined &&
      index.text !== (header.group === null ? null : bench.groups[header.group]?.name)
    ) {
      const element = members.findIndex((member) => member.name === index.text);
      if (header.group === null)
        report(bench, 'index-not-array', index.span, { label: `\`${name.text}\` is a single flow` });
      else if (element < 0)
        reportUnknown(
          bench,
          'element-unknown',
          index,
          members.map((member) => member.name),
          'element of the group',
        );
      else if (stockHeader.group !== null) {
        report(bench, 'flow-shape', line.span, {
          label: `one flow cannot serve each element of \`${stockHeader.name}\``,
        });
      } else connect(bench, cells, stockFirst, first + element, line.sign, line.span);
      continue;
    }
    if (stockHeader.group === null) {
      // All elements of an array of flows enter or leave the one stock.
      for (let cell = first; cell < first + Math.max(members.length, header.group === null ? 1 : 0); cell++) {
        if (!connect(bench, cells, stockFirst, cell, line.sign, line.span)) break;
      }
    } else if (header.group === stockHeader.group) {
      members.every((_, element) =>
        connect(bench, cells, stockFirst + element, first + element, line.sign, line.span),
      );
    } else {
      report(bench, 'flow-shape', line.span, {
        label:
          header.group === null
            ? `one flow cannot serve each element of \`${stockHeader.name}\``
            : `\`${header.name}\` and \`${stockHeader.name}\` are arrays over different groups`,
      });
    }
  }
}

function reportNoFlow(bench: Workbench, name: { readonly text: string; readonly span: Span }): void {
  const entity = bench.names.get(name.text);
  const flows = bench.variables
    .filter((variable) => variable.kind === 'flow')
    .map((variable) => variable.name);
  if (entity === undefined) {
    reportUnknown(bench, 'name-unknown', name, flows, 'flow');
    return;
  }
  report(bench, 'stock-needs-flow', name.span, {
    label: `\`${name.text}\` is ${describeEntity(bench, entity)}, not a flow`,
    ...(entity.kind === 'variable'
      ? {
          hint: `Declare a flow that reads it, \`flow NAME: UNIT/day = ${name.text}\`, and write its name here.`,
        }
      : {}),
  });
}

function fitsStock(
  bench: Workbench,
  stock: { readonly name: string; readonly span: Span },
  declaration: StockDeclaration,
  flow: CheckedVariable['type'] | undefined,
  flowName: string,
  span: Span,
): boolean {
  const stockType = bench.variables.find((header) => header.span === stock.span)?.type;
  if (flow?.kind !== 'quantity' || stockType?.kind !== 'quantity') return true;
  const wanted = rateOf(stockType.dimension);
  if (sameDimension(flow.dimension, wanted)) return true;
  report(bench, 'flow-unit', span, {
    label: `\`${flowName}\` is in ${formatDimension(flow.dimension)}`,
    related: [
      {
        span: declaration.unit?.span ?? stock.span,
        label: `\`${stock.name}\` is in ${formatDimension(stockType.dimension)}`,
      },
    ],
    reason: `What flows into or out of \`${stock.name}\` is counted in ${formatDimension(wanted)}.`,
    hint: `Give \`${flowName}\` the unit ${formatDimension(wanted)}, or correct the unit of \`${stock.name}\`.`,
  });
  return false;
}

function connect(
  bench: Workbench,
  cells: DraftCell[],
  stock: number,
  flow: number,
  sign: '+' | '-',
  span: Span,
): boolean {
  const stockCell = cells[stock];
  const flowCell = cells[flow];
  if (stockCell === undefined || flowCell === undefined) throw new Error('a flow or stock without its cell');
  const end = sign === '+' ? 'to' : 'from';
  const before = flowCell[end];
  if (before !== null) {
    report(bench, 'flow-used-twice', span, {
      label:
        before === stock
          ? `\`${flowCell.name}\` stands here twice`
          : `\`${flowCell.name}\` already ${sign === '+' ? 'enters' : 'leaves'} \`${cells[before]?.name}\``,
    });
    return false;
  }
  flowCell[end] = stock;
  (sign === '+' ? stockCell.inflows : stockCell.outflows).push(flow);
  return true;
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
