/**
 * A draw of an equation as instructions: the uniform number at its address, and the quantile of its distribution made of
 * plain operations, in the order in which base/distribution.ts takes them for inputs, so that both give the same bits.
 * Parameters that give no distribution give no number, which ends the future.
 */
import { hashName } from '../base/hash.ts';
import type { Elements } from '../model/array-shape.ts';
import { type Draw, drawsOfCell, siteName } from '../model/draw-sites.ts';
import type { DrawnFamily } from '../model/expression.ts';
import type { Model } from '../model/model.ts';
import type { Scope } from './lower-expression.ts';
import type { Operation } from './program.ts';

/**
 * The scope of a cell's equation, in which its draws have their sites. They are made at every instant, or once for each
 * occurrence that a register counts.
 */
export function withDraws(
  model: Model,
  scope: Scope,
  number: number,
  occurrence: number | null = null,
): Scope {
  const cell = model.cells[number];
  const draws = drawsOfCell(model, number);
  if (cell === undefined || draws.length === 0) return scope;
  return {
    ...scope,
    draw: (expression, elements, parameters) => {
      const placed = draws.find(({ draw }) => draw === expression);
      if (placed === undefined) throw new Error('a draw without its place');
      const around: Elements = elements.slice(cell.elements.length);
      const site = siteName(model.groups, cell, placed, around);
      return lowerDraw(scope, cell.variable, expression, site, parameters, occurrence);
    },
  };
}

/**
 * The uniform number of a site of a variable, at an occurrence: the one way in which a program draws. The variable is one
 * of `chancyVariables`, so that a run can draw what belongs to it anew.
 * @param occurrence a register with a whole number from 0
 */
export const lowerUniform = (scope: Scope, variable: number, site: string, occurrence: number): number =>
  scope.emitter.emit('uniform', occurrence, scope.emitter.constant(hashName(site)), scope.redrawn(variable));

function lowerDraw(
  scope: Scope,
  variable: number,
  { family, steps }: Draw,
  site: string,
  parameters: readonly number[],
  keyed: number | null,
): number {
  const { emitter } = scope;
  const make: Make = {
    operation: emitter.emit,
    constant: emitter.constant,
  };
  const occurrence =
    keyed !== null
      ? keyed
      : steps === 1
        ? scope.instantRegister
        : emitter.emit('floor', emitter.emit('divide', scope.instantRegister, emitter.constant(steps)));
  const below = lowerUniform(scope, variable, site, occurrence);
  const above = emitter.emit('subtract', emitter.constant(1), below);
  const { valid, value } = QUANTILES[family](make, { below, above }, parameters);
  return scope.keepInStages(emitter.emit('select', valid, value, emitter.constant(Number.NaN)));
}

type Make = {
  readonly operation: (operation: Operation, a: number, b?: number, c?: number) => number;
  readonly constant: (value: number) => number;
};

/** Registers of the share below the number that is drawn, and of the share above it. */
type Shares = { readonly below: number; readonly above: number };

/** Registers: whether the parameters give a distribution, and the number at the shares. */
type Drawn = { readonly valid: number; readonly value: number };

const at = (parameters: readonly number[], number: number): number => {
  const register = parameters[number];
  if (register === undefined) throw new Error('a draw without its parameter');
  return register;
};

/** A distribution of no width is allowed here: a spread that is an input may well be nothing. */
const QUANTILES: Readonly<Record<DrawnFamily, (make: Make, u: Shares, p: readonly number[]) => Drawn>> = {
  uniform: (make, { below }, p) => {
    const [low, high] = [at(p, 0), at(p, 1)];
    const width = make.operation('subtract', high, low);
    return {
      valid: make.operation('less or equal', low, high),
      value: make.operation('add', low, make.operation('multiply', width, below)),
    };
  },
  normal: (make, { below }, p) => ({
    valid: make.operation('less or equal', make.constant(0), at(p, 1)),
    value: onNormal(make, below, at(p, 0), at(p, 1)),
  }),
  lognormal: (make, { below }, p) => {
    const mu = make.operation('logarithm', at(p, 0));
    const sigma = make.operation('logarithm', at(p, 1));
    return {
      valid: both(
        make,
        positive(make, at(p, 0)),
        make.operation('less or equal', make.constant(1), at(p, 1)),
      ),
      value: make.operation('exponential', onNormal(make, below, mu, sigma)),
    };
  },
  logitnormal: (make, { below }, p) => {
    const one = make.constant(1);
    const odds = make.operation('divide', at(p, 0), make.operation('subtract', one, at(p, 0)));
    const sigma = make.operation('logarithm', at(p, 1));
    const x = onNormal(make, below, make.operation('logarithm', odds), sigma);
    const inside = both(make, positive(make, at(p, 0)), make.operation('less', at(p, 0), one));
    return {
      valid: both(make, inside, make.operation('less or equal', one, at(p, 1))),
      value: logistic(make, x),
    };
  },
  triangular: (make, { below, above }, p) => {
    const [low, mode, high] = [at(p, 0), at(p, 1), at(p, 2)];
    const width = make.operation('subtract', high, low);
    const rise = make.operation('subtract', mode, low);
    const fall = make.operation('subtract', high, mode);
    const left = make.operation('multiply', below, width);
    const right = make.operation('multiply', above, width);
    const root = (area: number, side: number): number =>
      make.operation('square root', make.operation('multiply', area, side));
    return {
      valid: both(
        make,
        make.operation('less or equal', low, mode),
        make.operation('less or equal', mode, high),
      ),
      value: make.operation(
        'select',
        make.operation('less', left, rise),
        make.operation('add', low, root(left, rise)),
        make.operation('subtract', high, root(right, fall)),
      ),
    };
  },
  exponential: (make, u, p) => ({
    valid: make.operation('less or equal', make.constant(0), at(p, 0)),
    value: make.operation('multiply', at(p, 0), decay(make, u)),
  }),
  weibull: (make, u, p) => {
    const power = make.operation('divide', make.constant(1), at(p, 0));
    return {
      valid: both(
        make,
        positive(make, at(p, 0)),
        make.operation('less or equal', make.constant(0), at(p, 1)),
      ),
      value: make.operation('multiply', at(p, 1), make.operation('power', decay(make, u), power)),
    };
  },
  bernoulli: (make, { below }, p) => {
    const one = make.constant(1);
    const misses = make.operation('subtract', one, at(p, 0));
    const isMiss = make.operation('less or equal', below, misses);
    return {
      valid: both(
        make,
        make.operation('less or equal', make.constant(0), at(p, 0)),
        make.operation('less or equal', at(p, 0), one),
      ),
      value: make.operation('select', isMiss, make.constant(0), one),
    };
  },
  discrete: (make, { below }, p) => {
    const zero = make.constant(0);
    const outcomes = Array.from({ length: p.length / 2 }, (_, number) => ({
      value: at(p, 2 * number),
      share: at(p, 2 * number + 1),
    }));
    let sum = zero;
    let valid = make.constant(1);
    const upTo = outcomes.map(({ share }) => {
      valid = both(make, valid, make.operation('less or equal', zero, share));
      sum = make.operation('add', sum, share);
      return sum;
    });
    const gap = make.operation('absolute', make.operation('subtract', sum, make.constant(1)));
    const last = outcomes.length - 1;
    let value = outcomes[last]?.value ?? zero;
    for (let number = last - 1; number >= 0; number--) {
      const isHere = make.operation('less or equal', below, upTo[number] ?? sum);
      value = make.operation('select', isHere, outcomes[number]?.value ?? zero, value);
    }
    return { valid: both(make, valid, make.operation('less or equal', gap, make.constant(MISSING))), value };
  },
};

/** What shares may miss of the whole by rounding. */
const MISSING = 1e-9;

const both = (make: Make, left: number, right: number): number => make.operation('and', left, right);
const positive = (make: Make, value: number): number => make.operation('less', make.constant(0), value);

/** mean + deviation · z */
const onNormal = (make: Make, below: number, mean: number, deviation: number): number =>
  make.operation(
    'add',
    mean,
    make.operation('multiply', deviation, make.operation('normal quantile', below)),
  );

/** 1/(1 + exp(−x)), by the side that does not overflow. */
function logistic(make: Make, x: number): number {
  const one = make.constant(1);
  const falling = make.operation('exponential', make.operation('negate', x));
  const rising = make.operation('exponential', x);
  return make.operation(
    'select',
    make.operation('less or equal', make.constant(0), x),
    make.operation('divide', one, make.operation('add', one, falling)),
    make.operation('divide', rising, make.operation('add', one, rising)),
  );
}

/** −log of the share above, from whichever share is the smaller, with all digits where that is next to nothing. */
export function decay(make: Make, { below, above }: Shares): number {
  const one = make.constant(1);
  const x = make.operation('negate', below);
  const sum = make.operation('add', one, x);
  const log = make.operation(
    'divide',
    make.operation('multiply', make.operation('logarithm', sum), x),
    make.operation('subtract', sum, one),
  );
  const small = make.operation('select', make.operation('less', sum, one), log, x);
  return make.operation(
    'select',
    make.operation('less', below, above),
    make.operation('negate', small),
    make.operation('negate', make.operation('logarithm', above)),
  );
}
