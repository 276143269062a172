/**
 * On what a comparison rests: the differences by which the claim was judged, and not the measures themselves, as what
 * moves both worlds alike has no part in how far they lie apart. Every world has to be run anew for what is redrawn in it,
 * so assumed inputs are redrawn together, all others together, and chance apart; a single input is sought only where the
 * assumed ones carry so much that it could carry the whole, by halving them. Input by input it is told on request.
 */
import type { Ensemble } from '../engine/ensemble.ts';
import type { Model } from '../model/model.ts';
import { type Arm, armOf, type Worlds } from './arms.ts';
import {
  type BasisResult,
  basisOfVaried,
  basisWord,
  isAssumedIn,
  RESTATES_ABOVE,
  totalEffectOn,
  type Varied,
} from './basis.ts';
import type { World } from './compared-worlds.ts';
import { combined, contrastOf } from './contrast.ts';
import type { ViewpointPlan } from './plan.ts';
import type { Reading } from './readings.ts';
import { chanceSlots, uncertainSlots } from './viewpoint-order.ts';

export type JudgedBy = {
  readonly model: Model;
  readonly plan: ViewpointPlan;
  readonly compared: readonly World[];
  /** Differences of a measure between two of the worlds. */
  readonly differences: readonly { readonly measure: number; readonly pair: readonly [number, number] }[];
  /** The smaller ensembles. */
  readonly worlds: Worlds;
  /** Whether every input is told by its share. */
  readonly inFull: boolean;
};

export async function basisOfDifferences(
  { model, plan, compared, differences, worlds, inFull }: JudgedBy,
  { cells, sense }: Reading,
): Promise<BasisResult> {
  const { program, figures, forced } = plan.order;
  const slots = uncertainSlots(program, figures, forced, cells);
  const behind = { cells, draws: sense.draws };
  const nothing = (): BasisResult => basisOfVaried(model, program, plan.viewpoint, behind, []);
  if (plan.basis === null || slots.length === 0) return nothing();
  const { futures } = plan.basis.order.design;
  const columnsIn = async (changed: (arm: Arm) => Arm): Promise<readonly Float64Array[]> => {
    const ensembles: Ensemble[][] = [];
    for (const { pair } of differences) {
      const both: Ensemble[] = [];
      for (const world of pair) {
        const arm = compared[world]?.arm;
        if (arm === undefined) throw new Error('a difference from a world that is not there');
        both.push(await worlds(changed(arm), futures));
      }
      ensembles.push(both);
    }
    return differences.map(({ measure }, at) =>
      combined(
        contrastOf(
          (ensembles[at] ?? []).map(({ measures }) => measures[measure] ?? new Float64Array(0)),
          () => true,
        ),
        [1, -1],
      ),
    );
  };
  const base = await columnsIn((arm) => arm);
  const redraw = (group: readonly number[]): Promise<readonly Float64Array[]> =>
    columnsIn((arm) => redrawnIn(arm, group));
  const again = chanceSlots(model, program).map((slot) => ({ slot, value: 1 }));
  const chance = sense.draws
    ? await columnsIn((arm) => armOf({ ...arm, forced: [...arm.forced, ...again] }))
    : null;

  const effectsOf = (columns: readonly Float64Array[] | null): readonly number[] =>
    base.map((column, at) => {
      const other = columns?.[at];
      return other === undefined ? 0 : totalEffectOn(column, other);
    });
  const isAssumed = isAssumedIn(model, plan.viewpoint);
  const isOwn = (slot: number): boolean => !isAssumed(program.inputs[slot]?.cell ?? -1);
  const assumed = slots.filter((slot) => !isOwn(slot));
  const others = slots.filter(isOwn);
  const [ofAssumed, ofOthers, ofChance] = [
    effectsOf(assumed.length === 0 ? null : await redraw(assumed)),
    effectsOf(others.length === 0 ? null : await redraw(others)),
    effectsOf(chance),
  ];
  const wholes = base.map((_, at) => (ofAssumed[at] ?? 0) + (ofOthers[at] ?? 0) + (ofChance[at] ?? 0));
  const shareOf = (effects: readonly number[]): number =>
    effects.reduce((sum, effect, at) => sum + ((wholes[at] ?? 0) > 0 ? effect / (wholes[at] ?? 1) : 0), 0);
  const [first, second, third] = [shareOf(ofAssumed), shareOf(ofOthers), shareOf(ofChance)];
  if (first + second === 0) return nothing();

  const carriesAll = (effects: readonly number[]): boolean =>
    shareOf(effects) / (first + second + third) > RESTATES_ABOVE;
  const single = carriesAll(ofAssumed) ? await onlyOne(assumed, redraw, effectsOf, carriesAll) : null;
  return {
    basis: basisWord(first / (first + second)),
    restates: single === null ? null : (program.inputs[single]?.name ?? null),
    carriers: inFull ? await carriersOf() : [],
  };

  async function carriersOf(): Promise<BasisResult['carriers']> {
    const bySlot = new Map<number, readonly Float64Array[]>();
    for (const slot of slots) bySlot.set(slot, await redraw([slot]));
    const varied = base.map(
      (column, at): Varied => ({
        base: column,
        bySlot: new Map([...bySlot].map(([slot, columns]) => [slot, columns[at] ?? column])),
        chance: chance?.[at] ?? null,
      }),
    );
    return basisOfVaried(model, program, plan.viewpoint, behind, varied).carriers;
  }
}

/** The one slot of a group that carries as much as the group must; a group carries no less than any of its own. */
async function onlyOne(
  group: readonly number[],
  redraw: (group: readonly number[]) => Promise<readonly Float64Array[]>,
  effectsOf: (columns: readonly Float64Array[]) => readonly number[],
  carriesAll: (effects: readonly number[]) => boolean,
): Promise<number | null> {
  const [first, ...more] = group;
  if (first === undefined) return null;
  if (more.length === 0) return first;
  const middle = Math.ceil(group.length / 2);
  for (const half of [group.slice(0, middle), group.slice(middle)])
    if (carriesAll(effectsOf(await redraw(half)))) return onlyOne(half, redraw, effectsOf, carriesAll);
  return null;
}

/** What is held in a world stays held there when it is drawn anew elsewhere. */
function redrawnIn(arm: Arm, slots: readonly number[]): Arm {
  const held = new Set([...arm.forced, ...arm.figures].map(({ slot }) => slot));
  return armOf({ ...arm, redrawn: [...arm.redrawn, ...slots.filter((slot) => !held.has(slot))] });
}
