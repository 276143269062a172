/** The drawing modules at work on the host's arrays, a stretch of futures at a time. It keeps nothing between calls. */
import type { Distribution, Stepped, Truncated } from '../base/distribution.ts';
import type { Purpose } from '../base/philox.ts';
import {
  buildDrawingModule,
  type ClosedContinuous,
  type DrawingExports,
  parametersOf,
} from './drawing-module.ts';
import { compileBytes, createMemory, instantiate } from './instance.ts';
import { TABLES_SIZE } from './tables.ts';

/** Distributions whose quantiles the module works out. */
export type Closed =
  | ClosedContinuous
  | Extract<Stepped, { readonly kind: 'discrete' }>
  | (Truncated & { readonly of: ClosedContinuous });

export function isClosed(distribution: Distribution): distribution is Closed {
  switch (distribution.kind) {
    case 'uniform':
    case 'normal':
    case 'lognormal':
    case 'logit-normal':
    case 'triangular':
    case 'exponential':
    case 'weibull':
    case 'discrete':
      return true;
    case 'truncated':
      return isClosed(distribution.of);
    case 'point':
    case 'beta':
    case 'gamma':
    case 'student':
    case 'poisson':
    case 'binomial':
      return false;
  }
}

export type Drawing = {
  /** Numbers of one call at most. */
  readonly capacity: number;
  /**
   * `uniform` of `src/base/philox.ts` for as many numbers as `into` has: those of the futures from `future` on or of
   * the occurrences from `occurrence` on.
   */
  readonly uniforms: (
    over: 'futures' | 'occurrences',
    at: {
      readonly seed: number;
      readonly future: number;
      readonly occurrence: number;
      readonly site: number;
      readonly purpose: Purpose;
    },
    into: Float64Array,
  ) => void;
  /** `quantile` of `src/base/distribution.ts`, number by number. */
  readonly quantiles: (distribution: Closed, uniforms: Float64Array, into: Float64Array) => void;
  /** The line between two columns, `part` of the way from left to right. */
  readonly join: (left: Float64Array, right: Float64Array, part: number, into: Float64Array) => void;
};

const TWO_TO_32 = 4_294_967_296;
/** Numbers of one call: what is read and written stays in the processor's nearest memory. */
export const CAPACITY = 1024;
/** Rows of a discrete distribution's table that are looked through at once. */
const ROWS = 1024;
const AREA = CAPACITY * 8;
const [FIRST, SECOND, OUT, TABLE] = [0, AREA, 2 * AREA, 3 * AREA] as const;
/** Tables of functions of mathematics. */
const TABLES = TABLE + ROWS * 16;

/** @param wide whether the host works on two numbers at once */
export function createDrawing(wide: boolean): Drawing {
  const memory = createMemory(TABLES + TABLES_SIZE);
  const { buffer } = memory;
  const made: Partial<DrawingExports> = {};
  /** A function, made when it is first called for. */
  const the = <Name extends keyof DrawingExports>(name: Name): DrawingExports[Name] => {
    if (made[name] === undefined) {
      const exports = instantiate(compileBytes(buildDrawingModule(name, wide, TABLES)), memory);
      Object.assign(made, exports);
    }
    return (made as DrawingExports)[name];
  };
  const area = (place: number): Float64Array => new Float64Array(buffer, place, CAPACITY);
  const [first, second, out] = [area(FIRST), area(SECOND), area(OUT)];
  const table = new Float64Array(buffer, TABLE, ROWS * 2);
  const endOf = ({ length }: Float64Array): number => {
    if (length === 0 || length > CAPACITY) throw new Error(`a stretch of ${length} draws`);
    return OUT + length * 8;
  };
  const give = (into: Float64Array): void => into.set(out.subarray(0, into.length));
  const lookUp = ({ values, upTo }: Extract<Closed, { readonly kind: 'discrete' }>, end: number): void => {
    out.fill(Number.NaN);
    // What stands further up takes precedence, so it comes last.
    for (let to = values.length; to > 0; to -= ROWS) {
      const from = Math.max(0, to - ROWS);
      for (let row = from; row < to; row++) {
        table[2 * (row - from)] = upTo[row] ?? Number.NaN;
        table[2 * (row - from) + 1] = values[row] ?? Number.NaN;
      }
      the('discrete')(FIRST, OUT, end, TABLE, TABLE + (to - from) * 16);
    }
  };
  return {
    capacity: CAPACITY,
    uniforms: (over, { seed, future, occurrence, site, purpose }, into) => {
      if (!Number.isSafeInteger(seed) || seed < 0) throw new Error(`a seed that is no whole number: ${seed}`);
      const high = Math.floor(seed / TWO_TO_32);
      the(over)(OUT, endOf(into), seed % TWO_TO_32, high, future, occurrence, site, purpose);
      give(into);
    },
    quantiles: (distribution, uniforms, into) => {
      const end = endOf(into);
      first.set(uniforms);
      // Keeps the last number company; what an earlier call left there might be dear.
      if (uniforms.length < CAPACITY) first[uniforms.length] = 0.5;
      if (distribution.kind === 'discrete') lookUp(distribution, end);
      else if (distribution.kind === 'truncated') {
        const { of, below, inside, above, low, high } = distribution;
        the(of.kind)(FIRST, OUT, end, below, inside, above, low, high, ...parametersOf(of));
      } else {
        const [low, high] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
        the(distribution.kind)(FIRST, OUT, end, 0, 1, 0, low, high, ...parametersOf(distribution));
      }
      give(into);
    },
    join: (left, right, part, into) => {
      const end = endOf(into);
      first.set(left);
      second.set(right);
      the('join')(FIRST, SECOND, OUT, end, part);
      give(into);
    },
  };
}
