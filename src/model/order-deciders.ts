/**
 * The phases of an instant. What decides over events reads stocks and delays at the instant, and events as they stood
 * before. So of all that is worked out at an instant,
 *
 * - what a decider needs and no event bears upon at the instant comes first, and is worked out once (`early`);
 * - what a decider needs and some event bears upon is worked out twice: before the decisions from the states before
 *   (`foreseen`), and after them, with everything else, from the new ones;
 * - then all deciders decide, at once and in no order that could matter;
 * - then comes everything else.
 *
 * That an equation reads an event is no circle with what the event's condition reads; the circles that are left are
 * those of the equations alone.
 */
import type { Step } from './model.ts';

export type Phases = { readonly order: readonly Step[]; readonly foreseen: readonly Step[] };

/**
 * @param steps all equations, what each needs before it
 * @param needs by cell, the cells whose steps come before its own
 * @param deciders cells, with the cells that each needs before it decides
 * @param bears cells whose own step reads a state, or what a state moves
 */
export function phasesOf(
  steps: readonly Step[],
  needs: readonly (readonly number[])[],
  deciders: ReadonlyMap<number, readonly number[]>,
  bears: (cell: number) => boolean,
): Phases {
  if (deciders.size === 0) return { order: steps, foreseen: [] };
  const needed = new Set<number>();
  const open = [...deciders.values()].flat();
  for (let cell = open.pop(); cell !== undefined; cell = open.pop()) {
    if (needed.has(cell)) continue;
    needed.add(cell);
    open.push(...(needs[cell] ?? []));
  }
  const borne = new Set<number>();
  for (const { cell } of steps) {
    if (bears(cell) || (needs[cell] ?? []).some((other) => borne.has(other))) borne.add(cell);
  }
  const isEarly = ({ cell }: Step): boolean => needed.has(cell) && !borne.has(cell);
  const decide = [...deciders.keys()].map((cell): Step => ({ kind: 'decide', cell }));
  return {
    order: [...steps.filter(isEarly), ...decide, ...steps.filter((step) => !isEarly(step))],
    foreseen: steps.filter(({ cell }) => needed.has(cell) && borne.has(cell)),
  };
}
