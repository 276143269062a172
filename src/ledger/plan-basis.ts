/**
 * The smaller ensembles from which the basis of claims is worked out: which inputs are redrawn, in how many futures, and how
 * far these run. Of a long model with many inputs that would take longer than all else. There only claims that ask for
 * little are worked out so; of the others the figures are counted.
 */
import { type Design, REPLICATES } from '../engine/design.ts';
import type { RunOrder } from '../engine/ensemble.ts';
import type { Model } from '../model/model.ts';
import { instantFrom } from '../program/time-grid.ts';
import { type Meanings, senseIn } from './meanings.ts';
import { uncertainSlots } from './viewpoint-order.ts';

/**
 * Futures of each redrawn ensemble: a basis is one of three words, so fewer are enough. With 200 the word of one pair of claim
 * and viewpoint in fifteen hung on the seed, with 1,000 that of one in sixty.
 */
export const BASIS_FUTURES = 1000;
/** Steps of one future under all redrawn slots, above which a model is long. */
const LONG = 35_000;
/** What a claim of a long model may ask for, in the same measure. */
const LITTLE = 2_000;

export type BasisPlan = {
  readonly order: RunOrder;
  readonly slots: readonly number[];
  /** Whether a claim that hangs on them hangs on chance too, which is then redrawn apart like one of them. */
  readonly chance: boolean;
  /** Numbers of claims of which the figures are counted, as their inputs are not redrawn. */
  readonly counted: ReadonlySet<number>;
};

/** @param claims numbers of those that are asked for; null where no basis is in question */
export function planBasis(
  model: Model,
  claims: readonly number[],
  meanings: Meanings,
  order: RunOrder,
): BasisPlan | null {
  const { program, design, figures, forced } = order;
  const all = claims.flatMap((number) => {
    const claim = model.claims[number];
    if (claim === undefined) return [];
    const { inputCells, draws } = senseIn(claim, meanings);
    const slots = uncertainSlots(program, figures, forced, inputCells);
    const ends = claim.measures.map((measure) => program.measures[measure]?.to ?? 0);
    const until = Math.max(1, ...ends.map((end) => instantFrom(program.time, end)));
    return [{ number, slots, draws, until, isSolved: claim.calibratedCells.length > 0 }];
  });
  const together = new Set(all.flatMap(({ slots }) => slots));
  if (together.size === 0) return null;
  const basis = { ...order, design: basisDesign(design) };
  const bySize = (one: number, other: number): number => one - other;
  if (together.size * program.time.steps <= LONG)
    return {
      order: basis,
      slots: [...together].sort(bySize),
      chance: all.some(({ draws }) => draws),
      counted: new Set(),
    };
  const little = all.filter(({ slots, until, isSolved }) => !isSolved && slots.length * until <= LITTLE);
  const { fit: _, ...unfitted } = basis;
  return {
    order: { ...unfitted, until: Math.max(1, ...little.map(({ until }) => until)) },
    slots: [...new Set(little.flatMap(({ slots }) => slots))].sort(bySize),
    chance: little.some(({ draws }) => draws),
    counted: new Set(all.filter((one) => !little.includes(one)).map(({ number }) => number)),
  };
}

const basisDesign = (design: Design): Design => ({
  ...design,
  futures: wholeReplicates(Math.min(BASIS_FUTURES, design.futures)),
});

const wholeReplicates = (futures: number): number =>
  Math.max(REPLICATES, Math.floor(futures / REPLICATES) * REPLICATES);

/** What claims of importance may take of one viewpoint, in steps of single futures, before they make do with less. */
const IMPORTANCE_STEPS = 8_000_000;
const LEAST_FUTURES = 50;

/** In how many futures so many worlds of claims of importance are run, and how often these are doubled at most. */
export function importanceFutures(
  { program, design }: RunOrder,
  worlds: number,
  doublings: number,
): { readonly least: number; readonly most: number } {
  const wanted = wholeReplicates(Math.min(BASIS_FUTURES, design.futures));
  const afforded = IMPORTANCE_STEPS / (worlds * program.time.steps);
  if (afforded >= wanted) return { least: wanted, most: wanted << doublings };
  const least = Math.min(wanted, wholeReplicates(Math.max(LEAST_FUTURES, afforded)));
  return { least, most: least };
}
