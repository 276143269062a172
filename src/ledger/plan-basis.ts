/**
 * The smaller ensembles from which the basis of claims is worked out: which inputs are drawn anew, and in how many futures;
 * and what claims of importance may take.
 */
import { type Design, REPLICATES } from '../engine/design.ts';
import type { RunOrder } from '../engine/ensemble.ts';
import type { Model } from '../model/model.ts';
import { type Meanings, senseIn } from './meanings.ts';
import { uncertainSlots } from './viewpoint-order.ts';

/**
 * Futures of each redrawn ensemble: a basis is one of three words, so fewer are enough. With 200 the word of one pair of claim
 * and viewpoint in fifteen hung on the seed, with 1,000 that of one in sixty.
 */
export const BASIS_FUTURES = 1000;
export type BasisPlan = {
  readonly order: RunOrder;
  /** All that vary and that some claim hangs on, in their order. */
  readonly slots: readonly number[];
};

/** @param claims numbers of those that are asked for; null where no basis is in question */
export function planBasis(
  model: Model,
  claims: readonly number[],
  meanings: Meanings,
  order: RunOrder,
): BasisPlan | null {
  const { program, design, figures, forced } = order;
  const slots = new Set(
    claims.flatMap((number) => {
      const claim = model.claims[number];
      if (claim === undefined) return [];
      return uncertainSlots(program, figures, forced, senseIn(claim, meanings).inputCells);
    }),
  );
  if (slots.size === 0) return null;
  return {
    order: { ...order, design: basisDesign(design) },
    slots: [...slots].sort((one, other) => one - other),
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
