/**
 * Draws in plain code until a module pays. Both have the same bits, so nobody sees which of them draws. Writing and compiling a
 * function's module takes about a millisecond, once in a process: whoever wants one future never waits for that, and thousands of
 * orders of few futures share the module that the first of them led to.
 */
import { type Distribution, quantile } from '../base/distribution.ts';
import { uniform } from '../base/philox.ts';
import { CAPACITY, type Drawing } from '../wasm/drawing.ts';

/**
 * Numbers that are drawn in plain code at most: at a time, and by one function in all. Measured with the flagship's seventy
 * inputs in fresh processes: one future takes 2 ms instead of 8, ten take 4 instead of 9; from about sixteen on nothing is
 * gained, and what is drawn plainly first is lost.
 */
const MOST_PLAIN = { atATime: 16, inAll: 1024 } as const;

/** All that a drawing does, by the plain functions that say what it is. */
const PLAIN_DRAWING: Omit<Drawing, 'capacity'> = {
  uniforms: (over, { seed, future, occurrence, site, purpose }, into) => {
    for (let place = 0; place < into.length; place++)
      into[place] =
        over === 'futures'
          ? uniform(seed, future + place, occurrence, site, purpose)
          : uniform(seed, future, occurrence + place, site, purpose);
  },
  quantiles: (distribution, uniforms, into) => {
    for (let place = 0; place < into.length; place++) into[place] = quantile(distribution, uniforms[place]!);
  },
  join: (left, right, part, into) => {
    for (let place = 0; place < into.length; place++)
      into[place] = left[place]! + (right[place]! - left[place]!) * part;
  },
};

/** @param make makes what draws once it pays, each of whose functions is made when it is first called for */
export function createThriftyDrawing(make: () => Drawing): Drawing {
  let modules: Drawing | null = null;
  const plainly = new Map<string, number>();
  const drawingFor = (name: string, { length }: Float64Array): Omit<Drawing, 'capacity'> => {
    const many = length > MOST_PLAIN.atATime ? Number.POSITIVE_INFINITY : length;
    const inAll = (plainly.get(name) ?? 0) + many;
    // It never falls: once a function has its module, all comes from there.
    plainly.set(name, inAll);
    if (inAll <= MOST_PLAIN.inAll) return PLAIN_DRAWING;
    modules ??= make();
    return modules;
  };
  return {
    capacity: CAPACITY,
    uniforms: (over, at, into) => drawingFor(over, into).uniforms(over, at, into),
    quantiles: (distribution, uniforms, into) =>
      drawingFor(ownKind(distribution), into).quantiles(distribution, uniforms, into),
    join: (left, right, part, into) => drawingFor('join', into).join(left, right, part, into),
  };
}

/** What is cut is drawn by the function of what it is cut out of. */
const ownKind = (distribution: Distribution): string =>
  distribution.kind === 'truncated' ? distribution.of.kind : distribution.kind;
