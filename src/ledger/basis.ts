/**
 * On what a verdict rests: the share of the total effect (Jansen's estimator, see analysis/total-effect) that comes
 * from assumed inputs, on the measures that the claim speaks of. Two thirds or more is `assumed`, one third or less
 * `sourced`. One assumed input with more than nine tenths means that the claim restates that input.
 */

import { variance } from '../analysis/mean.ts';
import { totalEffect } from '../analysis/total-effect.ts';
import type { Ensemble } from '../engine/ensemble.ts';
import type { Claim, Model, Viewpoint } from '../model/model.ts';
import type { Program } from '../program/program.ts';
import type { Basis, Carrier } from './ledger.ts';
import { estimatesOf } from './viewpoint-order.ts';

export const RESTATES_ABOVE = 0.9;

/**
 * A standard deviation this small beside the values is what rounding left. Without the line, an input that cancels out
 * of a measure would have the whole of its effect.
 */
const ROUNDING = 1e-10;

/** A base ensemble and, by input slot, the same futures with that slot redrawn; `chance` with what equations draw. */
export type Redrawn = {
  readonly base: Ensemble;
  readonly bySlot: ReadonlyMap<number, Ensemble>;
  readonly chance: Ensemble | null;
};

/** Of a claim of which the figures are counted nothing was redrawn. */
export const redrawnFor = (
  { basis }: { readonly basis: { readonly counted: ReadonlySet<number> } | null },
  claim: number,
  redrawn: Redrawn,
): Redrawn =>
  basis?.counted.has(claim) === true ? { ...redrawn, bySlot: new Map(), chance: null } : redrawn;

export type BasisResult = {
  readonly basis: Basis;
  readonly restates: string | null;
  /** Inputs, and chance, by their shares of the total effect; none where nothing varies. */
  readonly carriers: readonly Carrier[];
};

/** What carries less is not named. */
const A_TRACE = 0.005;

/**
 * Something that a claim is judged by, in every future of a base ensemble and of those with one slot redrawn, `chance`
 * likewise; NaN where a future does not count.
 */
export type Varied = {
  readonly base: Float64Array;
  readonly bySlot: ReadonlyMap<number, Float64Array>;
  readonly chance: Float64Array | null;
};

/** What a claim hangs on: inputs that no scenario holds, and whether on chance too. */
export type Behind = { readonly cells: readonly number[]; readonly draws: boolean };

/** `cells` are the inputs that the claim hangs on and that no scenario holds. */
export function basisOf(
  model: Model,
  program: Program,
  viewpoint: Viewpoint,
  claim: Claim,
  cells: readonly number[],
  { base, bySlot, chance }: Redrawn,
): BasisResult {
  const varied = claim.measures.map((measure): Varied => {
    const columnOf = (ensemble: Ensemble): Float64Array => countable(program, measure, ensemble);
    return {
      base: columnOf(base),
      bySlot: new Map([...bySlot].map(([slot, ensemble]) => [slot, columnOf(ensemble)])),
      chance: chance === null ? null : columnOf(chance),
    };
  });
  return basisOfVaried(model, program, viewpoint, { cells, draws: claim.draws }, varied);
}

/** The same for anything that a claim is judged by. */
export function basisOfVaried(
  model: Model,
  program: Program,
  viewpoint: Viewpoint,
  { cells, draws }: Behind,
  varied: readonly Varied[],
): BasisResult {
  // The law of chance stands in an equation, where no source can stand behind it.
  if (cells.length === 0) return { basis: draws ? 'assumed' : 'arithmetic', restates: null, carriers: [] };
  const isAssumed = isAssumedIn(model, viewpoint);
  const { effects, chance } = effectsOn(program, { cells, draws }, varied);
  const total = effects.reduce((sum, { effect }) => sum + effect, 0);
  if (total === 0) {
    // Nothing varies: what counts is where the figures come from.
    const assumed = cells.filter(isAssumed).length / cells.length;
    return { basis: basisWord(assumed), restates: null, carriers: [] };
  }
  const assumed = effects.filter(({ slot }) => isAssumed(program.inputs[slot]?.cell ?? -1));
  const share = assumed.reduce((sum, { effect }) => sum + effect, 0) / total;
  const whole = assumed.find(({ effect }) => effect / (total + chance) > RESTATES_ABOVE);
  const carriers = [
    ...effects.map(({ slot, effect }) => ({ name: program.inputs[slot]?.name ?? '', share: effect })),
    { name: 'chance', share: chance },
  ]
    .map((one) => ({ ...one, share: one.share / (total + chance) }))
    .filter((one) => one.share >= A_TRACE)
    .toSorted((one, other) => other.share - one.share);
  return {
    basis: basisWord(share),
    carriers,
    restates: whole === undefined ? null : (program.inputs[whole.slot]?.name ?? null),
  };
}

/** Whether a viewpoint takes of an input's cell what is assumed. */
export const isAssumedIn =
  (model: Model, { choices }: Viewpoint) =>
  (cell: number): boolean => {
    const choice = choices.find((one) => one.cell === cell);
    return choice !== undefined && estimatesOf(model, cell)[choice.estimate]?.source === null;
  };

export function basisWord(assumed: number): Basis {
  if (assumed >= 2 / 3) return 'assumed';
  return assumed <= 1 / 3 ? 'sourced' : 'mixed';
}

/** What each input carries, and what is left to chance; nobody's figure stands behind the latter. */
type Effects = {
  readonly effects: readonly { readonly slot: number; readonly effect: number }[];
  readonly chance: number;
};

/** The total effect of what is redrawn in `others`; 0 where nothing varies but what rounding left. */
export function totalEffectOn(base: Float64Array, others: Float64Array): number {
  const counted = base.filter((value) => !Number.isNaN(value));
  const spread = variance(counted);
  const size = counted.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  const rounding = ROUNDING * size;
  if (!(spread > rounding * rounding)) return 0;
  // Only futures that went well both times can be compared.
  const isPair = (_: number, row: number): boolean => !Number.isNaN(base[row]) && !Number.isNaN(others[row]);
  const pairs = [base.filter(isPair), others.filter(isPair)] as const;
  return pairs[0].length === 0 ? 0 : Math.max(0, totalEffect(...pairs, spread) ?? 0);
}

/** Each slot's share of the total effect, and that of chance, added up over what varies at all. */
function effectsOn(program: Program, { cells, draws }: Behind, varied: readonly Varied[]): Effects {
  const wanted = new Set(cells);
  const isWanted = (slot: number): boolean => wanted.has(program.inputs[slot]?.cell ?? -1);
  const slots = [...(varied[0]?.bySlot.keys() ?? [])].filter(isWanted);
  const sums = new Map(slots.map((slot) => [slot, 0]));
  let chance = 0;
  for (const { base, bySlot, chance: withChance } of varied) {
    const effectOf = (others: Float64Array | null | undefined): number => {
      if (others == null) throw new Error('an effect without its redrawn ensemble');
      return totalEffectOn(base, others);
    };
    const effects = slots.map((slot) => effectOf(bySlot.get(slot)));
    const left = draws && slots.length > 0 ? effectOf(withChance) : 0;
    const all = effects.reduce((sum, effect) => sum + effect, left);
    if (all === 0) continue;
    chance += left / all;
    slots.forEach((slot, at) => {
      sums.set(slot, (sums.get(slot) ?? 0) + (effects[at] ?? 0) / all);
    });
  }
  return { effects: slots.map((slot) => ({ slot, effect: sums.get(slot) ?? 0 })), chance };
}

/** The measure's column with `never` as the length of its window; NaN where a future failed. */
function countable(program: Program, measure: number, ensemble: Ensemble): Float64Array {
  const plan = program.measures[measure];
  const column = ensemble.measures[measure];
  if (plan === undefined || column === undefined) throw new Error('a measure without its column');
  return column.map((value) => (value === Number.POSITIVE_INFINITY ? plan.to - plan.countFrom : value));
}
