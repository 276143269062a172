/**
 * The worlds that claims compare. An arm is what one of them changes in the order of its viewpoint's main run: slots that
 * are held, figures that are replaced, slots that are drawn anew. Everything else, the draws above all, is that of the
 * main run, so that future i of one arm is future i of every other but for what was changed. Arms that change the same
 * are one, however many claims ask for them, and the arm that changes nothing is the main run itself.
 */
import type { Figure } from '../base/figure.ts';
import type { Ensemble, Run, RunOrder } from '../engine/ensemble.ts';
import type { Force } from '../model/model.ts';
import { lastInstant, type Program } from '../program/program.ts';

export type Arm = {
  /** Equal for equal changes; empty for the main run. */
  readonly key: string;
  /** These win over what a scenario or the run's meanings hold. */
  readonly forced: RunOrder['forced'];
  /** By slot, in place of the viewpoint's. */
  readonly figures: readonly { readonly slot: number; readonly figure: Figure }[];
  readonly redrawn: readonly number[];
};

export type Changes = Partial<Omit<Arm, 'key'>>;

export function armOf({ forced = [], figures = [], redrawn = [] }: Changes): Arm {
  const bySlot = (one: { readonly slot: number }, other: { readonly slot: number }): number =>
    one.slot - other.slot;
  const changes = {
    forced: forced.toSorted(bySlot),
    figures: figures.toSorted(bySlot),
    redrawn: redrawn.toSorted((one, other) => one - other),
  };
  const isNothing = Object.values(changes).every((list) => list.length === 0);
  return { key: isNothing ? '' : JSON.stringify(changes), ...changes };
}

export const AS_IT_IS: Arm = armOf({});

/** The slots that forces hold, with their values: the one place that knows how a model's forces become slots. */
export const slotsHeld = (program: Program, forces: readonly Force[]): RunOrder['forced'] =>
  forces.map(({ cell, value, role }) => {
    const slot = program.inputs.findIndex(
      (input) =>
        input.cell === cell &&
        (role === null ? ['value', 'meaning'].includes(input.role) : input.role === role),
    );
    if (slot < 0) throw new Error('a forced cell that is no input');
    return { slot, value };
  });

/** The order of an arm from that of its viewpoint's main run. */
export function orderOf(main: RunOrder, { forced, figures, redrawn }: Arm, futures: number): RunOrder {
  const held = new Set(forced.map(({ slot }) => slot));
  const replaced = new Map(figures.map(({ slot, figure }) => [slot, figure]));
  const { keep: _, ...order } = main;
  return {
    ...order,
    design: { ...main.design, futures },
    forced: [...main.forced.filter(({ slot }) => !held.has(slot) && !replaced.has(slot)), ...forced],
    figures: main.figures.map((figure, slot) => replaced.get(slot) ?? figure),
    redrawn: [...main.redrawn, ...redrawn],
  };
}

/**
 * The ensemble of an arm in so many futures; each is run once. A world ends with the last of the `measures` that are asked for, and
 * nothing else of it can be read then; without them it runs to the model's end.
 */
export type Worlds = (arm: Arm, futures: number, measures?: readonly number[]) => Promise<Ensemble>;

/** The last of a world that is little shorter than the whole is not worth a world of its own. */
const WHOLE = 0.9;

const endOf = (program: Program, measures: readonly number[]): number => {
  const { steps } = program.time;
  const last = lastInstant(program, measures);
  return last > WHOLE * steps ? steps : last;
};

/**
 * Beside the `asItIs`, which was run already. Of all others only the columns of the measures are kept that are `wanted` of so
 * many futures, and of the main run those of the claims: there may be many worlds, and most measures are asked for in none of them.
 */
export function createWorlds(
  main: RunOrder,
  asItIs: Ensemble,
  wanted: (futures: number) => ReadonlySet<number>,
  run: Run,
): Worlds {
  const { steps } = main.program.time;
  const keyOf = (arm: Arm, futures: number, until: number): string => `${futures}:${until}:${arm.key}`;
  const made = new Map<string, Ensemble>();
  return async (arm, futures, measures) => {
    const until = measures === undefined ? steps : endOf(main.program, measures);
    const key = keyOf(arm, futures, until);
    // What fails behind the end of a world has not failed there.
    const isWhole = until === steps || asItIs.failed.length === 0;
    const isMain = arm.key === AS_IT_IS.key && futures === asItIs.futures && isWhole;
    const before = isMain ? asItIs : made.get(key);
    if (before !== undefined) return before;
    const order = orderOf(main, arm, futures);
    const told = arm.key === AS_IT_IS.key ? {} : { told: [...wanted(futures)] };
    const ensemble = await run({ ...order, ...told, ...(until === steps ? {} : { until }) });
    made.set(key, ensemble);
    return ensemble;
  };
}
