/**
 * Units as static types: a dimension is a vector of rational powers over base units, a unit is a dimension with an
 * exact factor to the base. Conversion happens here, at compile time, and nowhere else: every value of a running
 * model is in base units (time in days).
 */

import type { Rational } from '../base/rational.ts';
import * as rational from '../base/rational.ts';
import type { Name, UnitText } from '../language/tree.ts';

/** Powers by base unit, without zeros, in the order of the names. The empty list is a plain number. */
export type Dimension = readonly { readonly base: string; readonly power: Rational }[];

export type Unit = {
  /** As the writer wrote it: `round/day`; empty for a plain number. */
  readonly text: string;
  readonly dimension: Dimension;
  /** How many of the base unit one of this is, exactly. */
  readonly factor: Rational;
};

export const NUMBER: Unit = { text: '', dimension: [], factor: rational.ONE };
/** Stands for a declared unit that could not be read: every figure fits it, so that one mistake gives one message. */
export const UNKNOWN_UNIT: Unit = { text: '', dimension: [], factor: rational.ONE };
export const TIME_BASE = 'day';
export const TIME: Dimension = [{ base: TIME_BASE, power: rational.ONE }];

/** Units that every model has. A month is 30.4375 days and a year 365.25, so that twelve months are a year. */
export const PREDEFINED_UNITS: readonly { readonly name: string; readonly days: Rational }[] = [
  { name: 'hour', days: rational.rational(1, 24) },
  { name: 'day', days: rational.ONE },
  { name: 'week', days: rational.rational(7) },
  { name: 'month', days: rational.rational(487, 16) },
  { name: 'year', days: rational.rational(1461, 4) },
];

/** Words that name a plain number in a unit: `share` is 0 to 1 and is written with `%`. */
export const NUMBER_WORDS: readonly string[] = ['share'];

export function sameDimension(a: Dimension, b: Dimension): boolean {
  return (
    a.length === b.length &&
    a.every((part, at) => part.base === b[at]?.base && rational.equal(part.power, b[at].power))
  );
}

export const isNumber = (dimension: Dimension): boolean => dimension.length === 0;

/** a · b^sign, where sign is 1 for a product and -1 for a quotient. */
export function combine(a: Dimension, b: Dimension, sign: 1 | -1): Dimension {
  const powers = new Map<string, Rational>(a.map((part) => [part.base, part.power]));
  for (const part of b) {
    const before = powers.get(part.base) ?? rational.ZERO;
    powers.set(
      part.base,
      sign === 1 ? rational.add(before, part.power) : rational.subtract(before, part.power),
    );
  }
  return inOrder(powers);
}

export function raise(a: Dimension, exponent: Rational): Dimension {
  return inOrder(new Map(a.map((part) => [part.base, rational.multiply(part.power, exponent)])));
}

function inOrder(powers: ReadonlyMap<string, Rational>): Dimension {
  return [...powers]
    .filter(([, power]) => !rational.isZero(power))
    .map(([base, power]) => ({ base, power }))
    .sort((x, y) => (x.base < y.base ? -1 : x.base > y.base ? 1 : 0));
}

/** A dimension in words: `round/day`, `USD*day/round^2`, `a plain number`. */
export function formatDimension(dimension: Dimension): string {
  if (dimension.length === 0) return 'a plain number';
  const part = (base: string, power: Rational): string => {
    if (rational.equal(power, rational.ONE)) return base;
    return `${base}^${rational.isWhole(power) ? power.n : `(${power.n}/${power.d})`}`;
  };
  const above = dimension.filter(({ power }) => power.n > 0n).map(({ base, power }) => part(base, power));
  const below = dimension
    .filter(({ power }) => power.n < 0n)
    .map(({ base, power }) => part(base, rational.negate(power)));
  const top = above.length === 0 ? '1' : above.join('*');
  if (below.length === 0) return top;
  return `${top}/${below.length === 1 ? below[0] : `(${below.join('*')})`}`;
}

/**
 * The unit that a written unit means; `lookUp` finds a unit's name or reports it and gives null, `refuse` reports a
 * factor that cannot be raised to its power exactly.
 */
export function unitOf(
  written: UnitText,
  text: string,
  lookUp: (name: Name) => Unit | null,
  refuse: (name: Name) => void,
): Unit | null {
  let dimension: Dimension = [];
  let factor = rational.ONE;
  let known = true;
  for (const { name, power } of written.factors) {
    const unit = lookUp(name);
    if (unit === null) {
      known = false;
      continue;
    }
    if (!rational.isWhole(power) && !rational.equal(unit.factor, rational.ONE)) {
      refuse(name);
      known = false;
    } else
      factor = rational.multiply(
        factor,
        rational.power(unit.factor, rational.isWhole(power) ? Number(power.n) : 1),
      );
    dimension = combine(dimension, raise(unit.dimension, power), 1);
  }
  return known ? { text, dimension, factor } : null;
}
