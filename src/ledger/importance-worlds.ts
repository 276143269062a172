/** Which worlds a claim of importance needs under a viewpoint: those that its runs are planned for, and that it is judged from. */
import type { RunOrder } from '../engine/ensemble.ts';
import type { Model } from '../model/model.ts';
import type { ImportanceForm, Ranked } from '../model/model-of-importance.ts';
import { type Arm, AS_IT_IS, armOf } from './arms.ts';
import { quantileWorlds, type World, worldOf } from './compared-worlds.ts';
import { chanceSlots, uncertainSlots } from './viewpoint-order.ts';

/** What a factor is in one run: how it is drawn anew, and between which worlds it can be moved. */
export type Weighed = {
  readonly name: string;
  readonly redrawn: Arm;
  /** Those of all its inputs together, and of everything that has states of its own. */
  readonly pairs: readonly WorldPair[];
  /** Those of each of its inputs alone. */
  readonly singles: readonly { readonly slots: readonly number[]; readonly pair: WorldPair }[];
};

export type WorldPair = readonly [World, World];

/** How one of them is drawn anew and moved; what is exact or held by a scenario takes part in neither. */
export function weighed(
  model: Model,
  { among }: ImportanceForm,
  { name, members, moved }: Ranked,
  order: RunOrder,
): Weighed {
  const { program, figures, forced } = order;
  const inputs = moved.flatMap((one) => {
    if (one.kind !== 'inputs') return [];
    const slots = uncertainSlots(program, figures, forced, one.cells);
    return slots.length === 0 ? [] : [{ name: one.name, slots }];
  });
  const slots = inputs.flatMap((input) => input.slots);
  const states = moved.flatMap((one) => (one.kind === 'states' ? [one.states] : []));
  const chance = chanceSlots(model, program, members);
  return {
    name,
    redrawn:
      among === 'levers'
        ? AS_IT_IS
        : armOf({ redrawn: slots, forced: chance.map((slot) => ({ slot, value: 1 })) }),
    pairs: [
      ...(inputs.length < 2 ? [] : [quantileWorlds(order, name, slots)]),
      ...states.flatMap((some) => pairsOf(some.map((state) => worldOf(program, state)))),
    ],
    singles: inputs.map((input) => ({
      slots: input.slots,
      pair: quantileWorlds(order, input.name, input.slots),
    })),
  };
}

const pairsOf = (worlds: readonly World[]): readonly WorldPair[] =>
  worlds.flatMap((first, at) => worlds.slice(at + 1).map((second) => [first, second] as const));
