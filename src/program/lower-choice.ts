/**
 * How one option is chosen, as plain instructions: the logit rule of McFadden ("Conditional logit analysis of qualitative
 * choice behavior", 1974), by which an option's chance grows with exp(worth / scale); the consent of a second actor; and
 * one uniform number turned into an option. What is given are registers, one for each option in declared order. A scale of
 * 0 takes the best, several best ones alike. Nothing here knows of meetings or of time.
 */
import type { Emitter } from './emitter.ts';

export type ChoiceParts = {
  /** What each option is worth to the one who decides. */
  readonly worths: readonly number[];
  /** What it costs to change to it from another; null for nothing. */
  readonly costs: readonly (number | null)[];
  /** Whether it can be chosen; null where it always can. */
  readonly open: readonly (number | null)[];
  /** 1 for the option that stands before, 0 for all others. */
  readonly stands: readonly number[];
  /** The number of the option that stands before. */
  readonly standing: number;
  readonly scale: number;
  /** The chance that nothing changes; null for none. */
  readonly inertia: number | null;
  /** A number in (0, 1). */
  readonly uniform: number;
  /** Where another's consent is needed: what each option is worth to him, and a number in (0, 1). */
  readonly consent: { readonly worths: readonly number[]; readonly uniform: number } | null;
};

export type Choice = {
  /** The number of the option that stands now. */
  readonly option: number;
  /** For each option the chance that it would come to stand. */
  readonly chances: readonly number[];
};

export function lowerChoice(emitter: Emitter, parts: ChoiceParts): Choice {
  const make = operationsOf(emitter);
  const proposed = proposals(make, parts);
  const proposal = invert(make, parts.uniform, proposed);
  const { consent, stands, standing } = parts;
  if (consent === null) return { option: proposal, chances: proposed };
  const agreed = agreements(make, parts, consent.worths);
  const agrees = make.emit('less or equal', consent.uniform, pick(make, proposal, agreed));
  const moved = proposed.map((chance, at) =>
    make.select(of(stands, at), make.zero, make.emit('multiply', chance, of(agreed, at))),
  );
  const stays = make.emit('subtract', make.one, sum(make, moved));
  return {
    option: make.select(agrees, proposal, standing),
    chances: moved.map((chance, at) => make.select(of(stands, at), stays, chance)),
  };
}

type Make = {
  readonly emit: Emitter['emit'];
  readonly select: (condition: number, then: number, otherwise: number) => number;
  readonly constant: (value: number) => number;
  readonly zero: number;
  readonly one: number;
};

const operationsOf = ({ emit, constant }: Emitter): Make => ({
  emit,
  select: (condition, then, otherwise) => emit('select', condition, then, otherwise),
  constant,
  zero: constant(0),
  one: constant(1),
});

function of(registers: readonly number[], at: number): number {
  const register = registers[at];
  if (register === undefined) throw new Error('an option without its register');
  return register;
}

const sum = (make: Make, registers: readonly number[]): number =>
  registers.slice(1).reduce((so, next) => make.emit('add', so, next), of(registers, 0));

/** The chance with which each option is proposed. */
function proposals(make: Make, parts: ChoiceParts): readonly number[] {
  const { worths, costs, open, stands, scale, inertia } = parts;
  const net = worths.map((worth, at) => {
    const cost = costs[at] ?? null;
    if (cost === null) return worth;
    return make.emit('subtract', worth, make.select(of(stands, at), make.zero, cost));
  });
  // Worths count by their distance from the best open one, so that no exponential overflows.
  const none = make.constant(Number.NEGATIVE_INFINITY);
  const best = net
    .map((worth, at) => whereOpen(make, open[at] ?? null, worth, none))
    .reduce((so, next) => make.emit('maximum', so, next));
  const exact = make.emit('less or equal', scale, make.zero);
  const weights = net.map((worth, at) => {
    const distance = make.emit('subtract', worth, best);
    const weight = make.emit('exponential', make.emit('divide', distance, scale));
    const isBest = make.emit('less or equal', best, worth);
    return whereOpen(make, open[at] ?? null, make.select(exact, isBest, weight), make.zero);
  });
  const total = sum(make, weights);
  const any = make.emit('less', make.zero, total);
  return weights.map((weight, at) => {
    const before = of(stands, at);
    // Where all are closed nothing changes.
    const chance = make.select(any, make.emit('divide', weight, total), before);
    if (inertia === null) return chance;
    const moving = make.emit('multiply', make.emit('subtract', make.one, inertia), chance);
    return make.emit('add', moving, make.emit('multiply', inertia, before));
  });
}

const whereOpen = (make: Make, open: number | null, then: number, otherwise: number): number =>
  open === null ? then : make.select(open, then, otherwise);

/** The chance with which the other agrees to each option in place of what stands. */
function agreements(
  make: Make,
  { stands, standing, scale }: ChoiceParts,
  worths: readonly number[],
): readonly number[] {
  const now = pick(make, standing, worths);
  const exact = make.emit('less or equal', scale, make.zero);
  const half = make.constant(0.5);
  return worths.map((worth, at) => {
    const loss = make.emit('subtract', now, worth);
    const odds = make.emit('exponential', make.emit('divide', loss, scale));
    const logit = make.emit('divide', make.one, make.emit('add', make.one, odds));
    const better = make.emit('less', loss, make.zero);
    const worse = make.emit('less', make.zero, loss);
    const sharp = make.select(worse, make.zero, make.select(better, make.one, half));
    // Nobody refuses what stands already.
    return make.select(of(stands, at), make.one, make.select(exact, sharp, logit));
  });
}

/** The value of the option whose number a register holds. */
function pick(make: Make, number: number, values: readonly number[]): number {
  let picked = of(values, values.length - 1);
  for (let at = values.length - 2; at >= 0; at--)
    picked = make.select(make.emit('less', number, make.constant(at + 0.5)), of(values, at), picked);
  return picked;
}

/** The first option up to which the chances add up to the uniform number; never one without a chance. */
function invert(make: Make, uniform: number, chances: readonly number[]): number {
  let sum = of(chances, 0);
  const upTo = [sum];
  for (const chance of chances.slice(1)) {
    sum = make.emit('add', sum, chance);
    upTo.push(sum);
  }
  // By rounding the whole may fall short of 1.
  let option = make.zero;
  chances.forEach((chance, at) => {
    option = make.select(make.emit('less', make.zero, chance), make.constant(at), option);
  });
  for (let at = chances.length - 1; at >= 0; at--)
    option = make.select(make.emit('less or equal', uniform, of(upTo, at)), make.constant(at), option);
  return option;
}
