/**
 * Who reads whom, element by element: the order in which one instant is worked out, circles without a stock in them,
 * and everything that a claim hangs on.
 */
import { MAXIMUM_INSTRUCTIONS } from '../base/limits.ts';
import { formatCount } from '../base/number-format.ts';
import { stronglyConnected } from '../base/strongly-connected.ts';
import { type Elements, offsetRead, shapeOf } from './array-shape.ts';
import { type Behind, behindIn, kindOf, type Meanings } from './behind.ts';
import type { CheckedEvent } from './check-events.ts';
import type { CheckedVariable } from './check-variables.ts';
import { operationsIn } from './count-operations.ts';
import { heldAt, holderAt, readSettings, withTieMoves } from './effect-wiring.ts';
import type { Expression } from './expression.ts';
import type { Cell, Group, Step } from './model.ts';
import { partsOfDecision } from './model-of-decisions.ts';
import { type InputSetting, keptOf, type TieMove } from './model-of-effects.ts';
import { decidingParts, partsOfEvent } from './model-of-events.ts';
import { type Phases, phasesOf } from './order-deciders.ts';
import { groupsOf, report, type Workbench } from './workbench.ts';

/** One reading of a cell; `asked` of a flow reads what it wants, not what it gets. */
export type Reading = {
  readonly cell: number;
  readonly asked: boolean;
  /** Goes into a delay and is not needed at the instant itself. */
  readonly later?: boolean;
};

export type Wiring = {
  readonly groups: readonly Group[];
  readonly variables: readonly CheckedVariable[];
  readonly inputSettings: readonly InputSetting[];
  readonly tieMoves: readonly TieMove[];
  readonly cells: readonly Cell[];
  readonly firstCells: readonly number[];
};

/**
 * The cells that an expression reads, where `elements` gives the current element of each loop around it. Whoever calls
 * this has counted its operations.
 */
export function readingsOf(
  wiring: Wiring,
  expression: Expression,
  elements: Elements,
  into: Reading[],
): void {
  const visit = (part: Expression): void => readingsOf(wiring, part, elements, into);
  switch (expression.kind) {
    case 'constant':
    case 'time':
    case 'measure':
      return;
    case 'variable':
    case 'state': {
      const first = wiring.firstCells[expression.variable] ?? 0;
      const shape = shapeOf(
        wiring.groups,
        groupsOf(wiring.variables[expression.variable]?.header ?? { axes: [] }),
      );
      const cell = heldAt(
        wiring,
        expression.variable,
        first,
        shape,
        offsetRead(shape, expression.indices, elements),
      );
      if (cell !== null) into.push({ cell, asked: expression.kind === 'variable' && expression.asked });
      return;
    }
    case 'negate':
    case 'not':
      visit(expression.operand);
      return;
    case 'choose':
      visit(expression.condition);
      visit(expression.then);
      visit(expression.else);
      return;
    case 'lookup':
      visit(expression.argument);
      return;
    case 'delay': {
      visit(expression.length);
      if (expression.before === null) visit(expression.input);
      else {
        visit(expression.before);
        // What goes in now comes out at a later instant, so it need not be worked out first.
        const input: Reading[] = [];
        readingsOf(wiring, expression.input, elements, input);
        for (const reading of input) into.push({ ...reading, later: true });
      }
      return;
    }
    case 'draw':
      expression.parameters.forEach(visit);
      return;
    case 'call':
      expression.arguments.forEach(visit);
      return;
    case 'meant':
      expression.meanings.forEach(visit);
      return;
    case 'reduce': {
      const members = wiring.groups[expression.group]?.members ?? [];
      for (let element = 0; element < members.length; element++) {
        readingsOf(wiring, expression.body, [...elements, element], into);
      }
      return;
    }
    default:
      visit(expression.left);
      visit(expression.right);
  }
}

/** The readings of every cell's equation or start; null (and a report) where there are too many. */
function allReadings(bench: Workbench, wiring: Wiring): readonly (readonly Reading[])[] | null {
  if (!fitsLimit(bench, wiring)) return null;
  const readings: Reading[][] = [];
  for (const cell of wiring.cells) {
    const variable = wiring.variables[cell.variable];
    if (variable === undefined) throw new Error('a cell without its variable');
    const own: Reading[] = [];
    const { elements } = cell;
    if (variable.body.kind === 'stock') readingsOf(wiring, variable.body.start, elements, own);
    if (variable.body.kind === 'tie') {
      const holder = holderAt(wiring, readings.length);
      if (holder === readings.length) readingsOf(wiring, variable.body.start, elements, own);
      else if (holder !== null) own.push({ cell: holder, asked: false });
    }
    if (variable.body.kind === 'equation' || variable.body.kind === 'definition')
      readingsOf(wiring, variable.body.value, elements, own);
    if (variable.body.kind === 'event')
      for (const part of partsOfEvent(variable.body)) readingsOf(wiring, part, elements, own);
    if (variable.body.kind === 'decision')
      for (const part of partsOfDecision(variable.body)) readingsOf(wiring, part, elements, own);
    readings.push(own);
  }
  readSettings(wiring, readings);
  return readings;
}

/** What one date of an input costs at every instant, at most. */
const OPERATIONS_OF_A_DATE = 7;

/** What an event costs at every instant beside what it reads, at most. */
const OPERATIONS_OF_AN_EVENT = 60;

/** What a stock or tie that it moves costs beside that. */
const OPERATIONS_OF_A_MOVE = 5;

/** The same for an option of a decision. */
const OPERATIONS_OF_AN_OPTION = 60;

const operationsOfEvent = (groups: readonly Group[], event: CheckedEvent): number =>
  OPERATIONS_OF_AN_EVENT +
  OPERATIONS_OF_A_MOVE * keptOf(event.effects).length +
  (event.trigger.kind === 'on' ? 4 * event.trigger.instants.length : 0) +
  partsOfEvent(event).reduce((sum, part) => sum + operationsIn(groups, part), 0);

/** Whether one step keeps to the limit; reports the variable with which it does not. */
function fitsLimit(bench: Workbench, { groups, variables, cells, firstCells }: Wiring): boolean {
  let total = 0;
  for (const [variable, { header, body }] of variables.entries()) {
    const elements = (firstCells[variable + 1] ?? cells.length) - (firstCells[variable] ?? 0);
    if (body.kind === 'lever') continue;
    if (body.kind === 'input') total += elements * (body.dates?.knots.length ?? 0) * OPERATIONS_OF_A_DATE;
    // A series is one look into its rows.
    else if (body.kind === 'series') total += elements;
    else if (body.kind === 'event') total += elements * operationsOfEvent(groups, body);
    else for (const part of equationsIn(body)) total += elements * operationsIn(groups, part);
    if (body.kind === 'decision') total += elements * body.options.length * OPERATIONS_OF_AN_OPTION;
    if (total <= MAXIMUM_INSTRUCTIONS) continue;
    report(bench, 'model-too-large', header.span, {
      label: `with this one step has ${formatCount(total)} operations; the limit is ${formatCount(MAXIMUM_INSTRUCTIONS)}`,
    });
    return false;
  }
  return true;
}

export type Order = {
  readonly steps: readonly Step[];
  readonly foreseen: readonly Step[];
  readonly startOrder: readonly number[];
  /** What hangs behind what is read, through time, where definitions have these meanings. */
  readonly behind: (from: readonly Reading[], meanings?: Meanings) => Behind;
};

export function orderSteps(bench: Workbench, wiring: Wiring): Order | null {
  const startReadings = allReadings(bench, wiring);
  if (startReadings === null) return null;
  const readings = withTieMoves(wiring, startReadings);
  const phases = orderInstant(bench, wiring, readings);
  // Where ties start hangs on nothing that moves them.
  const startOrder = orderStarts(bench, wiring, startReadings);
  if (phases === null || startOrder === null) return null;
  return {
    steps: phases.order,
    foreseen: phases.foreseen,
    startOrder,
    behind: behindIn(wiring, readings),
  };
}

type Worked = Extract<
  CheckedVariable['body'],
  { kind: 'stock' | 'equation' | 'definition' | 'decision' | 'tie' }
>;

const equationsIn = (body: Worked): readonly Expression[] =>
  body.kind === 'stock' || body.kind === 'tie'
    ? [body.start]
    : body.kind === 'decision'
      ? partsOfDecision(body)
      : [body.value];

/** Whether such a variable has its value from an equation, or from its rows, at every instant. */
const isWorkedOut = (kind: CheckedVariable['declaration']['kind']): boolean =>
  kind === 'let' || kind === 'definition' || kind === 'series';

/**
 * Each cell is one thing to work out at an instant: a let, what a flow wants, or how a stock serves its outflows.
 * What flowed is known once the stock that it leaves is settled.
 */
function orderInstant(
  bench: Workbench,
  wiring: Wiring,
  readings: readonly (readonly Reading[])[],
): Phases | null {
  const { cells } = wiring;
  const settled = (flow: number): number =>
    cells[flow]?.rationed === true ? (cells[flow]?.from ?? flow) : flow;
  const stepsNeeded = (read: readonly Reading[]): readonly number[] =>
    read.flatMap((reading) => {
      const kind = kindOf(wiring, reading.cell);
      if (isWorkedOut(kind)) return [reading.cell];
      if (kind === 'flow') return [reading.asked ? reading.cell : settled(reading.cell)];
      return [];
    });
  const needs = cells.map((cell, number): readonly number[] => {
    switch (kindOf(wiring, number)) {
      case 'input':
      case 'lever':
      case 'event':
      case 'decision':
      case 'tie':
        return [];
      case 'stock': {
        const outside = cell.inflows.filter(
          (flow) => cell.loop === null || cells[cells[flow]?.from ?? -1]?.loop !== cell.loop,
        );
        return isSettled(cells, cell) ? [...cell.outflows, ...outside.map(settled)] : [];
      }
      default:
        return stepsNeeded(neededNow(readings, number));
    }
  });
  const components = stronglyConnected(cells.length, (cell) => needs[cell] ?? []);
  if (reportCircles(bench, wiring, needs, components, 'cycle')) return null;
  const steps: Step[] = [];
  for (const [cell] of components) {
    if (cell === undefined) continue;
    const kind = kindOf(wiring, cell);
    if (isWorkedOut(kind)) steps.push({ kind: 'let', cell });
    if (kind === 'flow') steps.push({ kind: 'ask', cell });
    if (kind === 'stock' && isSettled(cells, cells[cell])) steps.push({ kind: 'settle', cell });
  }
  const deciders = new Map<number, readonly number[]>();
  cells.forEach((cell, number) => {
    const body = wiring.variables[cell.variable]?.body;
    if (body?.kind !== 'event' && body?.kind !== 'decision') return;
    const read: Reading[] = [];
    const parts = body.kind === 'event' ? decidingParts(body) : partsOfDecision(body);
    for (const part of parts) readingsOf(wiring, part, cell.elements, read);
    // What only goes into a delay of its own is foreseen too: that is what the delay sees.
    deciders.set(number, stepsNeeded(read));
  });
  // Ties move once all is decided; what moves them is worked out with the decisions.
  cells.forEach((_, number) => {
    if (kindOf(wiring, number) === 'tie') deciders.set(number, []);
  });
  const isMoved = (cell: number): boolean => {
    const kind = kindOf(wiring, cell);
    // An input reads something only where it is set within a future.
    return (
      ['event', 'decision', 'tie'].includes(kind) || (kind === 'input' && (readings[cell] ?? []).length > 0)
    );
  };
  const bears = (cell: number): boolean => neededNow(readings, cell).some((reading) => isMoved(reading.cell));
  return phasesOf(steps, needs, deciders, bears);
}

/** What a cell reads at the instant itself, without what only goes into a delay. */
const neededNow = (readings: readonly (readonly Reading[])[], cell: number): readonly Reading[] =>
  (readings[cell] ?? []).filter((reading) => reading.later !== true);

/** Whether what leaves a stock hangs on what it has; a signed stock gives whatever is asked. */
const isSettled = (cells: readonly Cell[], stock: Cell | undefined): boolean =>
  stock?.outflows.some((flow) => cells[flow]?.rationed === true) === true;

/** Whether such a variable has a level at the beginning. */
const isStarted = (kind: CheckedVariable['declaration']['kind']): boolean =>
  kind === 'stock' || kind === 'tie';

/** Starts of stocks and ties, and the lets that they read, in order. */
function orderStarts(
  bench: Workbench,
  wiring: Wiring,
  readings: readonly (readonly Reading[])[],
): readonly number[] | null {
  const needed = new Set<number>();
  const open = wiring.cells.map((_, cell) => cell).filter((cell) => isStarted(kindOf(wiring, cell)));
  let fine = true;
  for (let cell = open.pop(); cell !== undefined; cell = open.pop()) {
    if (needed.has(cell)) continue;
    needed.add(cell);
    for (const reading of neededNow(readings, cell)) {
      const kind = kindOf(wiring, reading.cell);
      if (isWorkedOut(kind) || isStarted(kind)) open.push(reading.cell);
      if (kind !== 'flow' || isStarted(kindOf(wiring, cell))) continue;
      const header = wiring.variables[wiring.cells[cell]?.variable ?? -1]?.header;
      report(bench, 'start-reads-flow', header?.span ?? { file: bench.tree.file, start: 0, end: 0 }, {
        label: `a stock's start needs \`${header?.name}\`, which reads the flow \`${wiring.cells[reading.cell]?.name}\``,
      });
      fine = false;
    }
  }
  const needs = wiring.cells.map((_, cell) =>
    needed.has(cell)
      ? neededNow(readings, cell)
          .map((reading) => reading.cell)
          .filter((read) => isWorkedOut(kindOf(wiring, read)) || isStarted(kindOf(wiring, read)))
      : [],
  );
  const components = stronglyConnected(wiring.cells.length, (cell) => needs[cell] ?? []);
  if (reportCircles(bench, wiring, needs, components, 'start-cycle') || !fine) return null;
  return components.flat().filter((cell) => needed.has(cell));
}

function reportCircles(
  bench: Workbench,
  wiring: Wiring,
  needs: readonly (readonly number[])[],
  components: readonly (readonly number[])[],
  code: 'cycle' | 'start-cycle',
): boolean {
  let found = false;
  for (const component of components) {
    const [first] = component;
    if (first === undefined || (component.length === 1 && !(needs[first] ?? []).includes(first))) continue;
    found = true;
    const path = shortestCircle(needs, component, first);
    const name = (cell: number): string => {
      const shown = wiring.cells[cell]?.name ?? '';
      return code === 'cycle' && kindOf(wiring, cell) === 'stock' ? `what leaves ${shown}` : shown;
    };
    const spanOf = (cell: number) => wiring.variables[wiring.cells[cell]?.variable ?? -1]?.header.span;
    const related = path.slice(1).flatMap((cell, at) => {
      const span = spanOf(cell);
      const next = path[(at + 2) % path.length] ?? first;
      return span === undefined ? [] : [{ span, label: `\`${name(cell)}\` needs \`${name(next)}\`` }];
    });
    report(bench, code, spanOf(first) ?? { file: bench.tree.file, start: 0, end: 0 }, {
      label: `\`${name(first)}\` needs \`${name(path[1] ?? first)}\``,
      related,
      reason: `The whole circle: ${[...path, first].map(name).join(' → ')}.`,
    });
  }
  return found;
}

/** The shortest way from `first` back to itself, without the return. */
export function shortestCircle(
  needs: readonly (readonly number[])[],
  component: readonly number[],
  first: number,
): readonly number[] {
  const inside = new Set(component);
  const cameFrom = new Map<number, number>();
  const queue = [first];
  for (let at = 0; at < queue.length; at++) {
    const cell = queue[at] ?? first;
    for (const next of needs[cell] ?? []) {
      if (next === first) {
        const path: number[] = [];
        for (let back = cell; back !== first; back = cameFrom.get(back) ?? first) path.unshift(back);
        return [first, ...path];
      }
      if (!inside.has(next) || cameFrom.has(next)) continue;
      cameFrom.set(next, cell);
      queue.push(next);
    }
  }
  throw new Error('a component without a circle');
}
