/** The smaller ensembles from which the basis of claims is worked out: which inputs are drawn anew, and in how many futures. */
import type { RunOrder } from '../engine/ensemble.ts';
import type { Model } from '../model/model.ts';
import { basisFutures } from './effort.ts';
import { type Meanings, senseIn } from './meanings.ts';
import { uncertainSlots } from './viewpoint-order.ts';

export type BasisPlan = {
  readonly futures: number;
  /** All that vary and that some claim hangs on, in their order. */
  readonly slots: readonly number[];
};

/**
 * Null where no basis is in question.
 * @param claims numbers of those that are read off the run, asked for or not, so that each has the same basis whichever are
 * @param worlds how many worlds are compared beside the run as it is
 */
export function planBasis(
  model: Model,
  claims: readonly number[],
  meanings: Meanings,
  order: RunOrder,
  worlds: number,
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
    futures: basisFutures(design, program.time.steps, worlds),
    slots: [...slots].sort((one, other) => one - other),
  };
}
