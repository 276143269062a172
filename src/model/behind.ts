/** What a thing hangs on: all that is read behind it, at any remove and through time. */
import type { CheckedVariable } from './check-variables.ts';
import { drawsIn } from './draw-sites.ts';
import { type Expression, walk } from './expression.ts';
import { partsOfDecision } from './model-of-decisions.ts';
import { isDrawnEvent, partsOfEvent } from './model-of-events.ts';
import type { Reading, Wiring } from './order-steps.ts';

/** Input cells in their order, and whether chance is drawn anywhere among what was followed. */
export type Behind = {
  readonly inputs: readonly number[];
  /** Inputs that are solved for; then they are not among `inputs`. Whoever follows readings alone knows of none. */
  readonly calibrated: readonly number[];
  readonly draws: boolean;
  /** Cells of the levers, in their order. */
  readonly levers: readonly number[];
  /** Whether rows of a series or a table are read anywhere among it. */
  readonly rows: boolean;
  /** Numbers of the definitions. */
  readonly definitions: readonly number[];
  /** All cells that were met on the way. */
  readonly cells: readonly number[];
};

/** By number of a definition, the number of the meaning that it has; where it has none, it has them all. */
export type Meanings = ReadonlyMap<number, number>;

export const kindOf = (wiring: Wiring, cell: number): CheckedVariable['declaration']['kind'] => {
  const kind = wiring.variables[wiring.cells[cell]?.variable ?? -1]?.declaration.kind;
  if (kind === undefined) throw new Error('a cell without its kind');
  return kind;
};

/** What hangs behind what is read, where definitions have these meanings. */
export function behindIn(
  wiring: Wiring,
  readings: readonly (readonly Reading[])[],
): (from: readonly Reading[], meanings?: Meanings) => Behind {
  const drawing = wiring.variables.map(
    ({ body }) =>
      body.kind === 'decision' ||
      (body.kind === 'equation' && drawsIn(body.value).length > 0) ||
      (body.kind === 'event' &&
        (isDrawnEvent(body) || partsOfEvent(body).some((part) => drawsIn(part).length > 0))),
  );
  const looking = wiring.variables.map(readsRows);
  const kinds = wiring.cells.map((_, cell) => kindOf(wiring, cell));
  /** What is entered next from a cell, or from what a flow wants; both are found when they are first met. */
  const nextOf: (readonly number[] | undefined)[] = [];
  const nextFrom = (entered: number): readonly number[] => {
    const cell = entered >> 1;
    const next = (readings[cell] ?? []).map(enteredBy);
    if (isAsked(entered)) return next;
    const { inflows, outflows, rationed, from: source } = wiring.cells[cell]!;
    for (const flow of inflows) next.push(2 * flow);
    for (const flow of outflows) next.push(2 * flow);
    // How much flows hangs on what a physical stock holds, hence on all that fills and drains it; a signed stock gives
    // whatever is asked.
    if (rationed && source !== null) next.push(2 * source);
    return next;
  };
  const follow = (from: readonly number[], meanings?: Meanings): Behind => {
    const seen = new Uint8Array(2 * wiring.cells.length);
    const [found, inputs, levers]: [number[], number[], number[]] = [[], [], []];
    const definitions: number[] = [];
    let [draws, rows] = [false, false];
    const open = [...from];
    for (let entered = open.pop(); entered !== undefined; entered = open.pop()) {
      if (seen[entered] === 1) continue;
      seen[entered] = 1;
      const cell = entered >> 1;
      found.push(cell);
      const { variable } = wiring.cells[cell]!;
      draws ||= drawing[variable] === true;
      rows ||= looking[variable] === true;
      const kind = kinds[cell];
      if (kind === 'input') inputs.push(cell);
      else if (kind === 'lever') levers.push(cell);
      else if (kind === 'definition' && !definitions.includes(variable)) definitions.push(variable);
      const next = nextOf[entered] ?? nextFrom(entered);
      nextOf[entered] = next;
      // A definition reads its meanings in their order, each once.
      const meaning = meanings?.get(variable);
      if (meaning === undefined) for (let at = 0; at < next.length; at++) open.push(next[at]!);
      else if (meaning < next.length) open.push(next[meaning]!);
    }
    return {
      inputs: inputs.sort(ascending),
      calibrated: [],
      levers: levers.sort(ascending),
      definitions: definitions.sort(ascending),
      cells: found,
      draws,
      rows,
    };
  };
  // Many measures read the same, and what hangs behind a measure is asked for the measure and for each claim that reads it.
  const known = new Map<string, Behind>();
  let room = MOST_KEPT;
  return (from, meanings) => {
    const entered = from.map(enteredBy);
    if (meanings !== undefined) return follow(entered, meanings);
    const key = entered.sort(ascending).join();
    const before = known.get(key);
    if (before !== undefined) return before;
    const found = follow(entered);
    room -= found.cells.length;
    if (room > 0) known.set(key, found);
    return found;
  };
}

/** So many cells are kept of what was followed, eight megabytes of them. */
const MOST_KEPT = 1_000_000;

/** What a flow wants and what it gets are two things: only the latter can hang on the stock that it leaves. */
const enteredBy = ({ cell, asked }: Reading): number => 2 * cell + (asked ? 1 : 0);
const isAsked = (entered: number): boolean => (entered & 1) === 1;

const ascending = (one: number, other: number): number => one - other;

function readsRows({ body }: CheckedVariable): boolean {
  if (body.kind === 'series') return true;
  if (body.kind === 'event') return partsOfEvent(body).some(looksUp);
  if (body.kind === 'decision') return partsOfDecision(body).some(looksUp);
  if (body.kind === 'tie') return looksUp(body.start);
  return (body.kind === 'stock' && looksUp(body.start)) || (body.kind === 'equation' && looksUp(body.value));
}

/** Whether an expression itself reads a table. */
export function looksUp(expression: Expression): boolean {
  let found = false;
  walk(expression, ({ kind }) => {
    found ||= kind === 'lookup';
  });
  return found;
}
