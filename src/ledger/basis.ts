/**
 * On what a verdict rests: the share of the total effect (Jansen's estimator, see analysis/total-effect) that comes
 * from assumed inputs, on what the claim is judged by. Two thirds or more is `assumed`, one third or less `sourced`. One
 * assumed input with more than nine tenths means that the claim restates that input.
 *
 * All assumed inputs are drawn anew together, and all sourced ones: two ensembles for all claims of a viewpoint, where one
 * for each input would take longer than everything else. Only where the assumed ones carry nearly all is the one among them
 * sought that might, by halves: the total effect of some inputs is never less than that of any of them.
 */

import { variance } from '../analysis/mean.ts';
import { totalEffect } from '../analysis/total-effect.ts';
import type { Ensemble } from '../engine/ensemble.ts';
import type { Model, Viewpoint } from '../model/model.ts';
import type { Program } from '../program/program.ts';
import type { Basis, Carrier } from './ledger.ts';
import { estimatesOf } from './viewpoint-order.ts';

export const RESTATES_ABOVE = 0.9;

/**
 * A standard deviation this small beside the values is what rounding left. Without the line, an input that cancels out
 * of a measure would have the whole of its effect.
 */
const ROUNDING = 1e-10;

export type BasisResult = {
  readonly basis: Basis;
  readonly restates: string | null;
  /** Inputs, and chance, by their shares of the total effect; none where nothing varies or nobody asked. */
  readonly carriers: readonly Carrier[];
};

/** What carries less is not named. */
const A_TRACE = 0.005;

/** What a claim is judged by, a column each; NaN where a future does not count. */
export type Columns = readonly Float64Array[];

/** How what a claim is judged by varies. */
export type Varied = {
  readonly base: Columns;
  /** The same futures with some input slots drawn anew together; `all` are a group that serves every claim. */
  readonly redrawn: (slots: readonly number[], which: 'all' | 'some') => Promise<Columns>;
  /** The same futures with all chance drawn anew. */
  readonly chance: () => Promise<Columns>;
};

/** What a claim hangs on: inputs that no scenario holds, and whether on chance too. */
export type Behind = { readonly cells: readonly number[]; readonly draws: boolean };

export type BasisQuestion = {
  readonly model: Model;
  readonly program: Program;
  readonly viewpoint: Viewpoint;
  readonly behind: Behind;
  /** All slots that a claim of the viewpoint hangs on and that vary: groups of them serve all claims alike. */
  readonly slots: readonly number[];
  /** Whether the share of each input is wanted, for which each is drawn anew apart. */
  readonly detailed: boolean;
};

/** `varied` is null where nothing varies. */
export async function basisOf(question: BasisQuestion, varied: Varied | null): Promise<BasisResult> {
  const { model, program, viewpoint, behind, slots, detailed } = question;
  const { cells, draws } = behind;
  // The law of chance stands in an equation, where no source can stand behind it.
  if (cells.length === 0) return { basis: draws ? 'assumed' : 'arithmetic', restates: null, carriers: [] };
  const isAssumed = (cell: number): boolean => {
    const choice = viewpoint.choices.find((one) => one.cell === cell);
    return choice !== undefined && estimatesOf(model, cell)[choice.estimate]?.source === null;
  };
  const wanted = new Set(cells);
  const cellOf = (slot: number): number => program.inputs[slot]?.cell ?? -1;
  const isWanted = (slot: number): boolean => wanted.has(cellOf(slot));
  const assumed = slots.filter((slot) => isAssumed(cellOf(slot)));
  const sourced = slots.filter((slot) => !isAssumed(cellOf(slot)));
  const own = slots.filter(isWanted);
  const parts =
    varied === null || own.length === 0
      ? null
      : await partsOf(varied, { assumed, sourced, draws, isWanted, detailed });
  if (varied === null || parts === null || parts.assumed + parts.sourced === 0) {
    // Nothing varies: what counts is where the figures come from.
    const share = cells.filter(isAssumed).length / cells.length;
    return { basis: basisWord(share), restates: null, carriers: [] };
  }
  const { total, scales } = parts;
  const effectOf = async (some: readonly number[]): Promise<number> =>
    some.some(isWanted) ? effectOn(varied.base, await varied.redrawn(some, 'some'), scales) / total : 0;
  const whole =
    parts.assumed / total > RESTATES_ABOVE ? await carryingNearlyAll(assumed, isWanted, effectOf) : null;
  return {
    basis: basisWord(parts.assumed / (parts.assumed + parts.sourced)),
    restates: whole === null ? null : (program.inputs[whole]?.name ?? null),
    carriers: detailed ? await carriersAmong(program, own, effectOf, parts.chance / total) : [],
  };
}

function basisWord(assumed: number): Basis {
  if (assumed >= 2 / 3) return 'assumed';
  return assumed <= 1 / 3 ? 'sourced' : 'mixed';
}

/** The one slot with more than nine tenths of the whole, if there is one. */
async function carryingNearlyAll(
  slots: readonly number[],
  isWanted: (slot: number) => boolean,
  effectOf: (slots: readonly number[]) => Promise<number>,
): Promise<number | null> {
  const [only, another] = slots;
  if (only === undefined) return null;
  if (another === undefined) return isWanted(only) ? only : null;
  const middle = slots.length >> 1;
  for (const half of [slots.slice(0, middle), slots.slice(middle)]) {
    if ((await effectOf(half)) > RESTATES_ABOVE) return carryingNearlyAll(half, isWanted, effectOf);
  }
  return null;
}

/** Inputs and chance by their shares of what all of them have one by one, the largest first. */
async function carriersAmong(
  program: Program,
  slots: readonly number[],
  effectOf: (slots: readonly number[]) => Promise<number>,
  chance: number,
): Promise<readonly Carrier[]> {
  const carriers: Carrier[] = [{ name: 'chance', share: chance }];
  for (const slot of slots)
    carriers.push({ name: program.inputs[slot]?.name ?? '', share: await effectOf([slot]) });
  const all = carriers.reduce((sum, { share }) => sum + share, 0);
  return carriers
    .map(({ name, share }) => ({ name, share: share / all }))
    .filter(({ share }) => share >= A_TRACE)
    .toSorted((one, other) => other.share - one.share);
}

type Parts = {
  readonly assumed: number;
  readonly sourced: number;
  readonly chance: number;
  readonly total: number;
  /** By column what one unit of its variance counts, so that every column that varies counts alike; 0 where none does. */
  readonly scales: readonly number[];
};

/** The total effects of what is assumed, of what is sourced and of chance, added up over the columns that vary at all. */
async function partsOf(
  varied: Varied,
  groups: {
    readonly assumed: readonly number[];
    readonly sourced: readonly number[];
    readonly draws: boolean;
    readonly isWanted: (slot: number) => boolean;
    readonly detailed: boolean;
  },
): Promise<Parts | null> {
  const { base } = varied;
  const again = async (slots: readonly number[]): Promise<Columns | null> =>
    slots.some(groups.isWanted) ? varied.redrawn(slots, 'all') : null;
  const spreads = base.map(spreadOf);
  const effectsOf = (columns: Columns | null): readonly number[] =>
    base.map((values, at) => {
      const spread = spreads[at] ?? null;
      return columns === null || spread === null ? 0 : effectOfColumn(values, columns[at] ?? values, spread);
    });
  const ofAssumed = effectsOf(await again(groups.assumed));
  const ofSourced = effectsOf(await again(groups.sourced));
  // Of one column the share of chance is asked for only where the assumed inputs may have nearly all without it.
  const isOne = spreads.filter((spread) => spread !== null).length === 1;
  const mayRestate = ofAssumed.some(
    (effect, at) => effect > RESTATES_ABOVE * (effect + (ofSourced[at] ?? 0)),
  );
  const isAsked = groups.draws && (groups.detailed || !isOne || mayRestate);
  const others = [ofAssumed, ofSourced, effectsOf(isAsked ? await varied.chance() : null)];
  const sums = [0, 0, 0];
  const scales = base.map((_, at): number => {
    const effects = others.map((one) => one[at] ?? 0);
    const all = effects.reduce((sum, effect) => sum + effect, 0);
    if (all === 0) return 0;
    effects.forEach((effect, part) => {
      sums[part] = (sums[part] ?? 0) + effect / all;
    });
    return 1 / all;
  });
  const [assumed = 0, sourced = 0, chance = 0] = sums;
  return { assumed, sourced, chance, total: assumed + sourced + chance, scales };
}

/** A total effect over all columns that vary, each counted as its scale says. */
const effectOn = (base: Columns, redrawn: Columns, scales: readonly number[]): number =>
  base.reduce((sum, values, at) => {
    const scale = scales[at] ?? 0;
    const spread = scale === 0 ? null : spreadOf(values);
    return spread === null ? sum : sum + scale * effectOfColumn(values, redrawn[at] ?? values, spread);
  }, 0);

/** The variance of what counts; null where it is none but for rounding. */
function spreadOf(values: Float64Array): number | null {
  const counted = values.filter((value) => !Number.isNaN(value));
  const spread = variance(counted);
  const size = counted.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  const rounding = ROUNDING * size;
  return spread > rounding * rounding ? spread : null;
}

function effectOfColumn(values: Float64Array, others: Float64Array, spread: number): number {
  // Only futures that went well both times can be compared.
  const isPair = (_: number, row: number): boolean =>
    !Number.isNaN(values[row]) && !Number.isNaN(others[row]);
  const pairs = [values.filter(isPair), others.filter(isPair)] as const;
  return pairs[0].length === 0 ? 0 : Math.max(0, totalEffect(...pairs, spread) ?? 0);
}

/** A claim's measures in an ensemble, with `never` as the length of its window; NaN where a future failed. */
export const countableIn = (program: Program, measures: readonly number[], ensemble: Ensemble): Columns =>
  measures.map((measure) => {
    const plan = program.measures[measure];
    const column = ensemble.measures[measure];
    if (plan === undefined || column === undefined) throw new Error('a measure without its column');
    return column.map((value) => (value === Number.POSITIVE_INFINITY ? plan.to - plan.countFrom : value));
  });
