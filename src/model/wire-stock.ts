/**
 * Wires the flows of a stock's lines: where each element of a flow comes from and where it goes. A flow leaves at most
 * one stock and enters at most one, element by element.
 */
import type { Span } from '../base/span.ts';
import type { StockDeclaration } from '../language/tree.ts';
import { type Elements, elementsAt, offsetOf, shapeOf, sizeOf } from './array-shape.ts';
import { readLoops } from './check-loops.ts';
import { type CheckedVariable, rateOf } from './check-variables.ts';
import type { Index } from './expression.ts';
import { findIndices, groupOf } from './read-indices.ts';
import { formatDimension, sameDimension } from './units.ts';
import {
  describeEntity,
  groupsOf,
  type Loop,
  report,
  reportUnknown,
  type VariableHeader,
  type Workbench,
} from './workbench.ts';

/** A cell while its wires are laid. */
export type DraftCell = {
  variable: number;
  elements: Elements;
  name: string;
  from: number | null;
  to: number | null;
  rationed: boolean;
  inflows: number[];
  outflows: number[];
  loop: number | null;
};

/** Connects the flows of a stock's lines, element by element. */
export function wireStock(
  bench: Workbench,
  variables: readonly CheckedVariable[],
  declaration: StockDeclaration,
  stock: number,
  cells: DraftCell[],
  firstCells: readonly number[],
): void {
  const stockHeader = bench.variables[stock];
  if (stockHeader === undefined) throw new Error('a stock without its header');
  reportTwoWay(bench, variables, declaration);
  for (const line of declaration.flows) {
    const { name } = line.flow;
    const entity = bench.names.get(name.text);
    if (entity?.kind !== 'variable' || bench.variables[entity.variable]?.kind !== 'flow') {
      reportNoFlow(bench, name);
      continue;
    }
    const header = bench.variables[entity.variable];
    const flowType = variables[entity.variable]?.type;
    if (header?.isShapeless || stockHeader.isShapeless) continue;
    if (header === undefined || !fitsStock(bench, stockHeader, declaration, flowType, header.name, name.span))
      continue;
    const flow = { header, first: firstCells[entity.variable] ?? 0 };
    wireLine(bench, line, { header: stockHeader, first: firstCells[stock] ?? 0 }, flow, cells);
  }
}

/** Once for a stock, with all of its flows that would have to be taken apart. */
function reportTwoWay(
  bench: Workbench,
  variables: readonly CheckedVariable[],
  { name: stock, signed, flows }: StockDeclaration,
): void {
  if (signed !== null) return;
  const backwards = flows.flatMap(({ flow: { name }, span }) => {
    const entity = bench.names.get(name.text);
    const declared = entity?.kind === 'variable' ? variables[entity.variable]?.declaration : undefined;
    const twoWay = declared?.kind === 'flow' ? declared.twoWay : null;
    return twoWay === null ? [] : [{ name: name.text, line: span, twoWay }];
  });
  const [first, ...others] = backwards;
  if (first === undefined) return;
  const names = listed([...new Set(backwards.map((one) => `\`${one.name}\``))]);
  const cannot = `and \`${stock.text}\` cannot fall below nothing`;
  report(bench, 'two-way-physical', first.line, {
    label: `\`${first.name}\` may run backwards, ${cannot}`,
    related: [
      { span: first.twoWay, label: 'declared here' },
      ...others.map(({ name, line }) => ({ span: line, label: `\`${name}\` may, too` })),
    ],
    hint: `Make ${names} ${others.length === 0 ? '' : 'each '}two one-way flows, or mark \`${stock.text}\` as \`signed\` if less than nothing has a meaning.`,
  });
}

/** `a`, `a and b`, `a, b and c`. */
const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;

type Placed = { readonly header: VariableHeader; readonly first: number };

/**
 * Goes through the elements of the stock, and through those of the groups that only the flow has: by `for`, or all of
 * them where the line does not say which are meant.
 */
function wireLine(
  bench: Workbench,
  line: StockDeclaration['flows'][number],
  stock: Placed,
  flow: Placed,
  cells: DraftCell[],
): void {
  const named = readLoops(bench, line.axes, stock.header.axes);
  const indices = line.flow.kind === 'index' ? line.flow.indices : [];
  const reading = { name: line.flow.name, axes: flow.header.axes, indices };
  const found = findIndices(bench, reading, [...stock.header.axes, ...named]);
  if (found === null || [...stock.header.axes, ...named].some(({ group }) => group === null)) return;
  const loops = [...stock.header.axes, ...named];
  const read = found.map((index, axis): Index => {
    const loop = flow.header.axes[axis];
    if (index.kind !== 'missing' || loop === undefined) return index as Index;
    loops.push(loop);
    return { kind: 'each', loop: loops.length - 1 };
  });
  const unread = loops.findIndex((_, loop) => !read.some((one) => one.kind === 'each' && one.loop === loop));
  if (unread >= 0) {
    reportShape(bench, line.span, stock.header, flow.header, loops[unread], unread);
    return;
  }
  const shape = shapeOf(
    bench.groups,
    loops.map(({ group }) => group),
  );
  const stockShape = shape.slice(0, stock.header.axes.length);
  const flowShape = shapeOf(bench.groups, groupsOf(flow.header));
  // Every loop is read by an axis of the flow, so there are no more turns than the flow has elements.
  for (let turn = 0; turn < sizeOf(shape); turn++) {
    const elements = elementsAt(shape, turn);
    const own = read.map((index) => (index.kind === 'element' ? index.element : (elements[index.loop] ?? 0)));
    const to = stock.first + offsetOf(stockShape, elements);
    const from = flow.first + offsetOf(flowShape, own);
    if (!connect(bench, cells, to, from, line.sign, line.span)) return;
  }
}

function reportShape(
  bench: Workbench,
  span: Span,
  stock: VariableHeader,
  flow: VariableHeader,
  loop: Loop | undefined,
  number: number,
): void {
  const group = groupOf(bench, loop?.group ?? null).name;
  if (number >= stock.axes.length) {
    report(bench, 'flow-shape', span, {
      label: `\`${loop?.index ?? group}\` is gone through, and \`${flow.name}\` is not read by it`,
      hint: `Put it into the brackets behind \`${flow.name}\`, or leave the \`for\` out.`,
    });
    return;
  }
  report(bench, 'flow-shape', span, {
    label: `one flow cannot serve each element of \`${stock.name}\``,
    ...(flow.axes.some((axis) => axis.group === loop?.group)
      ? {
          hint: `Let the index of \`${flow.name}\` follow the stock's: \`${flow.name}[${loop?.index ?? group}]\`.`,
        }
      : { hint: `Make \`${flow.name}\` an array over ${group}.` }),
  });
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

export function connect(
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
