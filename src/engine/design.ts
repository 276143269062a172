/**
 * Designs: which uniform numbers the inputs of each future get. A column hangs on the seed and its input's site
 * alone, so adding, removing or reordering inputs changes no other column, and any column can be made apart. No
 * state, and no distribution: quantiles are taken later. Runs draw the same numbers by `draw-columns.ts`, mostly in modules.
 */
import { PURPOSE, uniform } from '../base/philox.ts';

export const DESIGN_KINDS = ['monte-carlo', 'latin-hypercube'] as const;

export type DesignKind = (typeof DESIGN_KINDS)[number];

/** Independent replicates of a Latin hypercube, from whose scatter intervals are worked out. */
export const REPLICATES = 10;

export type Design = {
  readonly kind: DesignKind;
  /** Rows, at least 1; for a Latin hypercube a multiple of `REPLICATES`. */
  readonly futures: number;
  /** A whole number in 0 … 2^53−1. */
  readonly seed: number;
};

/** Up to this many strata, no rounding can carry a point over the edge of its stratum by `STRATUM_MARGIN`. */
const MOST_STRATA = 4_194_304;
const STRATUM_MARGIN = 1 / 1_073_741_824;

/** Into how many slices a replicate cuts 0 … 1: only one where nothing is stratified. */
export function strataOf({ kind, futures }: Design): number {
  if (!Number.isSafeInteger(futures) || futures < 1) throw new Error(`a design of ${futures} futures`);
  if (kind === 'monte-carlo') return 1;
  const strata = futures / REPLICATES;
  if (!Number.isInteger(strata) || strata > MOST_STRATA)
    throw new Error(`a Latin hypercube of ${futures} futures`);
  return strata;
}

/** Kept off the stratum's edges by a billionth of it: there a rounded quotient may fall into the neighbour. */
export function insideStratum(stratum: number, jitter: number, strata: number): number {
  const place = Math.min(Math.max(jitter, STRATUM_MARGIN), 1 - STRATUM_MARGIN);
  return (stratum + place) / strata;
}

/**
 * One input's uniform numbers in (0, 1), one per future. `site` is the 32-bit hash of the input's name. Throws if
 * the number of futures does not suit the design.
 * Latin hypercube (McKay, Beckman & Conover 1979, doi:10.2307/1268522): replicate r is the r-th block of
 * futures/10; within it each of as many equal strata is met once, in an order shuffled by Fisher and Yates, at a
 * uniform place inside the stratum.
 */
export function drawColumn(design: Design, site: number): Float64Array {
  strataOf(design);
  switch (design.kind) {
    case 'monte-carlo':
      return monteCarloColumn(design, site);
    case 'latin-hypercube':
      return latinHypercubeColumn(design, site);
  }
}

function monteCarloColumn(design: Design, site: number): Float64Array {
  const column = new Float64Array(design.futures);
  for (let future = 0; future < design.futures; future++) {
    column[future] = uniform(design.seed, future, 0, site, PURPOSE.inputDraw);
  }
  return column;
}

function latinHypercubeColumn(design: Design, site: number): Float64Array {
  const strata = strataOf(design);
  const column = new Float64Array(design.futures);
  for (let replicate = 0; replicate < REPLICATES; replicate++) {
    const order = shuffledStrata(design.seed, site, replicate, strata);
    for (let position = 0; position < strata; position++) {
      const jitter = uniform(design.seed, replicate, position, site, PURPOSE.stratumJitter);
      column[replicate * strata + position] = insideStratum(order[position]!, jitter, strata);
    }
  }
  return column;
}

/** 0 … strata−1 in an order keyed by (seed, site, replicate). */
function shuffledStrata(seed: number, site: number, replicate: number, strata: number): Uint32Array {
  const order = Uint32Array.from({ length: strata }, (_, index) => index);
  for (let position = strata - 1; position > 0; position--) {
    const u = uniform(seed, replicate, position, site, PURPOSE.stratumShuffle);
    const other = Math.floor(u * (position + 1));
    const held = order[position]!;
    order[position] = order[other]!;
    order[other] = held;
  }
  return order;
}
