/**
 * Modules that draw inputs: uniform numbers for a stretch of addresses, and quantiles of a whole column for every
 * distribution whose quantile is closed-form. They are the same for all programs. Their numbers have the bits of
 * `src/base/philox.ts`, `src/base/distribution.ts` and `src/base/figure.ts`: every operation that rounds is the same one
 * on the same operands in the same order, so neither side changes without the other.
 */
import type { Continuous } from '../base/distribution.ts';
import { type Lanes, lanesOf, type Value } from './lanes.ts';
import { exp, log, power } from './maths.ts';
import { createModule, type FunctionBuilder, type Local, type ModuleBuilder } from './module-builder.ts';
import { normalQuantileOf } from './normal-quantile.ts';
import { uniform } from './philox.ts';
import { placeTables } from './tables.ts';

/** Quantiles of these are solved for or counted up to: they are worked out outside the module. */
type Solved = 'beta' | 'gamma' | 'student';
export type ClosedContinuous = Exclude<Continuous, { readonly kind: Solved }>;
export type ClosedKind = ClosedContinuous['kind'];

/**
 * Addresses are bytes; every function writes from `out` until it reaches `end`, with two lanes one number too many where
 * the count is odd. Whole numbers are taken modulo 2^32.
 */
type Uniforms = (
  out: number,
  end: number,
  seedLow: number,
  seedHigh: number,
  future: number,
  occurrence: number,
  site: number,
  purpose: number,
) => void;
/**
 * Of the uniform numbers at `from`: below + u·inside lies below a value and above + (1 − u)·inside above it, which then
 * is brought into low … high; for a distribution that is not cut 0, 1, 0 and both infinities, which change no bit.
 * `parametersOf` gives the rest.
 */
type Quantiles = (
  from: number,
  out: number,
  end: number,
  below: number,
  inside: number,
  above: number,
  low: number,
  high: number,
  ...parameters: readonly number[]
) => void;
/** All functions by name; a module exports one of them. */
export type DrawingExports = Readonly<Record<ClosedKind, Quantiles>> & {
  /** The first future given and those after it, all at one occurrence. */
  readonly futures: Uniforms;
  /** The first occurrence given and those after it, all in one future. */
  readonly occurrences: Uniforms;
  /**
   * Where a share of the table is not below the uniform number at `from`, the first such one's value takes the place of
   * what stands at `out`. A row of the table is a share and its value.
   */
  readonly discrete: (from: number, out: number, end: number, table: number, tableEnd: number) => void;
  /** left + (right − left)·part. */
  readonly join: (left: number, right: number, out: number, end: number, part: number) => void;
};

type Shares = { readonly below: Value; readonly above: Value };
type Parameters = readonly [Value, Value, Value, Value, Value];
const PARAMETERS = 5;

/** What a kind's quantile is worked out from, in the order in which `QUANTILES` takes it; what it does not take may be left out. */
export function parametersOf(distribution: ClosedContinuous): readonly number[] {
  switch (distribution.kind) {
    case 'uniform':
      return [distribution.low, distribution.high - distribution.low];
    case 'normal':
      return [distribution.mean, distribution.deviation];
    case 'lognormal':
    case 'logit-normal':
      return [distribution.mu, distribution.sigma];
    case 'triangular': {
      const { low, mode, high } = distribution;
      return [low, high, high - low, mode - low, high - mode];
    }
    case 'exponential':
      return [distribution.mean];
    case 'weibull':
      return [distribution.scale, 1 / distribution.shape];
  }
}

const onNormal = (lanes: Lanes, { below, above }: Shares, centre: Value, deviation: Value): Value =>
  lanes.add(centre, lanes.multiply(deviation, normalQuantileOf(lanes, below, above)));

const QUANTILES: Readonly<Record<ClosedKind, (lanes: Lanes, shares: Shares, of: Parameters) => Value>> = {
  uniform: ({ add, multiply }, { below }, [low, width]) => add(low, multiply(width, below)),
  normal: (lanes, shares, [mean, deviation]) => onNormal(lanes, shares, mean, deviation),
  lognormal: (lanes, shares, [mu, sigma]) => exp(lanes, onNormal(lanes, shares, mu, sigma)),
  'logit-normal': (lanes, shares, [mu, sigma]) => logistic(lanes, onNormal(lanes, shares, mu, sigma)),
  triangular: (lanes, { below, above }, [low, high, width, rise, fall]) => {
    const { add, less, multiply, select, subtract } = lanes;
    const area = multiply(below, width);
    const isLeft = less(area, rise);
    const other = multiply(multiply(above, width), fall);
    const root = lanes.squareRoot(select(isLeft, multiply(area, rise), other));
    const value = select(isLeft, add(low, root), subtract(high, root));
    return select(lanes.equal(width, lanes.constant(0)), low, value);
  },
  exponential: (lanes, shares, [mean]) => lanes.multiply(mean, decayAt(lanes, shares)),
  weibull: (lanes, shares, [scale, inverseShape]) =>
    lanes.multiply(scale, power(lanes, decayAt(lanes, shares), inverseShape)),
};

/** 1/(1 + exp(−x)), by the side that does not overflow. */
function logistic(lanes: Lanes, x: Value): Value {
  const one = lanes.constant(1);
  const e = exp(lanes, lanes.negate(lanes.absolute(x)));
  const isUpper = lanes.lessOrEqual(lanes.constant(0), x);
  return lanes.divide(lanes.select(isUpper, one, e), lanes.add(one, e));
}

/** −log of the share above, from whichever share is the smaller: one logarithm serves `log` and `logOfOnePlus`. */
function decayAt(lanes: Lanes, { below, above }: Shares): Value {
  const { constant, divide, multiply, negate, select, subtract } = lanes;
  const one = constant(1);
  const isLower = lanes.less(below, above);
  const sum = subtract(one, below);
  const logarithm = log(lanes, select(isLower, sum, above));
  const minus = negate(below);
  const near = divide(multiply(logarithm, minus), subtract(sum, one));
  const lower = select(lanes.equal(sum, one), minus, near);
  return negate(select(isLower, lower, logarithm));
}

/**
 * A module for two lanes or one with one function, under its name: most arguments need few of them, and writing and
 * compiling all takes longer than many a run's draws. In memory it keeps nothing but the tables of functions, at `tables`; they
 * are the same for all, so that all may stand in one memory.
 */
export function buildDrawingModule(
  name: keyof DrawingExports,
  wide: boolean,
  tables: number,
): Uint8Array<ArrayBuffer> {
  const module = createModule(tables);
  switch (name) {
    case 'futures':
    case 'occurrences':
      defineUniforms(module, wide, name);
      break;
    case 'discrete':
      defineDiscrete(module, wide);
      break;
    case 'join':
      defineJoin(module, wide);
      break;
    case 'uniform':
    case 'triangular':
      defineQuantiles(module, wide, name);
      break;
    default:
      placeTables(module);
      defineQuantiles(module, wide, name);
  }
  return module.finish();
}

/** Moves the addresses on by `by` bytes and starts the loop around again while the last is below `end`. */
function goOn(body: FunctionBuilder, addresses: readonly Local[], end: Local, by: number): void {
  const last = addresses.at(-1);
  if (last === undefined) throw new Error('a loop over no address');
  for (const address of addresses) {
    body.get(address);
    body.i32(by);
    body.op('i32.add');
    body.set(address);
  }
  body.get(last);
  body.get(end);
  body.op('i32.lt_u');
  body.branchIf(0);
}

const widthOf = ({ wide }: Lanes): number => (wide ? 16 : 8);

function defineUniforms(module: ModuleBuilder, wide: boolean, over: 'futures' | 'occurrences'): void {
  const callee = module.declare({
    parameters: ['i32', 'i32', 'i32', 'i32', 'i32', 'f64', 'i32', 'i32'],
    results: [],
  });
  module.export(over, callee);
  module.define(callee, (body) => {
    const lanes = lanesOf(module, body, wide);
    const [out, end, seedLow, seedHigh] = [0, 1, 2, 3].map(body.parameter) as [Local, Local, Local, Local];
    const [future, first, site, purpose] = [4, 5, 6, 7].map(body.parameter) as [Local, Local, Local, Local];
    const ofOneFuture = over === 'occurrences';
    const start = lanes.spread(first);
    const side = lanesOf(module, body, false);
    let lane = 0;
    const occurrence = lanes.variable(
      ofOneFuture ? lanes.perLane([start], (scalar) => side.add(scalar!, side.constant(lane++))) : start,
    );
    const step = lanes.constant(wide ? 2 : 1);
    body.loop(() => {
      const address = { future, ofOneFuture, occurrence: occurrence.now, seedLow, seedHigh };
      lanes.store(out, 0, uniform(lanes, { ...address, site: { given: site }, purpose: { given: purpose } }));
      if (ofOneFuture) occurrence.become(lanes.add(occurrence.now, step));
      else {
        body.get(future);
        body.i32(wide ? 2 : 1);
        body.op('i32.add');
        body.set(future);
      }
      goOn(body, [out], end, widthOf(lanes));
    });
  });
}

function defineQuantiles(module: ModuleBuilder, wide: boolean, kind: ClosedKind): void {
  const given = Array.from({ length: 5 + PARAMETERS }, () => 'f64' as const);
  const callee = module.declare({ parameters: ['i32', 'i32', 'i32', ...given], results: [] });
  module.export(kind, callee);
  module.define(callee, (body) => {
    const lanes = lanesOf(module, body, wide);
    const [from, out, end] = [0, 1, 2].map(body.parameter) as [Local, Local, Local];
    const values = given.map((_, number) => lanes.spread(body.parameter(3 + number)));
    const [belowCut, inside, aboveCut, low, high] = values.slice(0, 5) as unknown as Parameters;
    const parameters = values.slice(5) as unknown as Parameters;
    body.loop(() => {
      const { add, multiply } = lanes;
      const u = lanes.load(from, 0);
      const rest = lanes.subtract(lanes.constant(1), u);
      const below = add(belowCut, multiply(u, inside));
      const above = add(aboveCut, multiply(rest, inside));
      const value = QUANTILES[kind](lanes, { below, above }, parameters);
      lanes.store(out, 0, lanes.minimum(lanes.maximum(value, low), high));
      goOn(body, [from, out], end, widthOf(lanes));
    });
  });
}

function defineDiscrete(module: ModuleBuilder, wide: boolean): void {
  const callee = module.declare({ parameters: ['i32', 'i32', 'i32', 'i32', 'i32'], results: [] });
  module.export('discrete', callee);
  module.define(callee, (body) => {
    const lanes = lanesOf(module, body, wide);
    const [from, out, end, table, tableEnd] = [0, 1, 2, 3, 4].map(body.parameter) as [
      Local,
      Local,
      Local,
      Local,
      Local,
    ];
    const row = body.local('i32');
    const part = (offset: number): Value => {
      const scalar = body.local('f64');
      body.get(row);
      body.memory('f64.load', offset);
      body.set(scalar);
      return lanes.spread(scalar);
    };
    body.loop(() => {
      const u = lanes.load(from, 0);
      const value = lanes.variable(lanes.load(out, 0));
      body.get(tableEnd);
      body.set(row);
      // From the last row to the first, so that the first that fits stays.
      body.loop(() => {
        body.get(row);
        body.i32(16);
        body.op('i32.sub');
        body.set(row);
        value.become(lanes.select(lanes.lessOrEqual(u, part(0)), part(8), value.now));
        body.get(table);
        body.get(row);
        body.op('i32.lt_u');
        body.branchIf(0);
      });
      lanes.store(out, 0, value.now);
      goOn(body, [from, out], end, widthOf(lanes));
    });
  });
}

function defineJoin(module: ModuleBuilder, wide: boolean): void {
  const callee = module.declare({ parameters: ['i32', 'i32', 'i32', 'i32', 'f64'], results: [] });
  module.export('join', callee);
  module.define(callee, (body) => {
    const lanes = lanesOf(module, body, wide);
    const [left, right, out, end] = [0, 1, 2, 3].map(body.parameter) as [Local, Local, Local, Local];
    const part = lanes.spread(body.parameter(4));
    body.loop(() => {
      const [from, to] = [lanes.load(left, 0), lanes.load(right, 0)];
      lanes.store(out, 0, lanes.add(from, lanes.multiply(lanes.subtract(to, from), part)));
      goOn(body, [left, right, out], end, widthOf(lanes));
    });
  });
}
