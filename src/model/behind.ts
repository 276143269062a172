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
  return (from, meanings = new Map()) => {
    // What a flow wants and what it gets are two things: only the latter can hang on the stock that it leaves.
    const wished = new Uint8Array(wiring.cells.length);
    const known = new Uint8Array(wiring.cells.length);
    const found: number[] = [];
    const open = [...from];
    const enter = (cell: number): number => open.push({ cell, asked: false });
    for (let reading = open.pop(); reading !== undefined; reading = open.pop()) {
      const { cell, asked } = reading;
      const seen = asked ? wished : known;
      if (seen[cell] === 1) continue;
      seen[cell] = 1;
      found.push(cell);
      // A definition reads its meanings in their order, each once.
      const { variable, inflows, outflows, rationed, from: source } = wiring.cells[cell]!;
      const meaning = meanings.get(variable);
      const read = readings[cell] ?? [];
      if (meaning === undefined) open.push(...read);
      else open.push(...read.slice(meaning, meaning + 1));
      if (asked) continue;
      inflows.forEach(enter);
      outflows.forEach(enter);
      // How much flows hangs on what a physical stock holds, hence on all that fills and drains it; a signed stock gives
      // whatever is asked.
      if (rationed && source !== null) enter(source);
    }
    const [inputs, levers, definitions]: [number[], number[], number[]] = [[], [], []];
    for (let cell = 0; cell < known.length; cell++) {
      if (known[cell] === 0) continue;
      const kind = kindOf(wiring, cell);
      if (kind === 'input') inputs.push(cell);
      if (kind === 'lever') levers.push(cell);
      const { variable } = wiring.cells[cell]!;
      if (kind === 'definition' && !definitions.includes(variable)) definitions.push(variable);
    }
    const any = (marks: readonly boolean[]): boolean =>
      found.some((cell) => marks[wiring.cells[cell]!.variable] === true);
    return {
      inputs,
      calibrated: [],
      levers,
      definitions,
      cells: found,
      draws: any(drawing),
      rows: any(looking),
    };
  };
}

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
