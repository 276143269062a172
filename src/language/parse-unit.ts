/**
 * Written units such as `round/day`, `USD/(person*year)` or `km^2`, flattened into names with powers. `share`, `%`
 * and `1` are plain numbers and no factors. No numbers stand in a unit: what a container holds is said where the
 * unit is declared, once.
 */
import { MAXIMUM_NESTING } from '../base/limits.ts';
import { compare, multiply, negate, ONE, type Rational, rational } from '../base/rational.ts';
import {
  type Cursor,
  fail,
  failExpected,
  isSymbol,
  isWord,
  peek,
  previous,
  spanFrom,
  spanOf,
  take,
  takeSymbol,
} from './cursor.ts';
import { isReserved } from './tokens.ts';
import type { Name, UnitText } from './tree.ts';

/** No quantity of any science needs more, and exact powers stay small. */
const LARGEST_POWER = rational(12n);
/** Names in one unit. */
const MOST_FACTORS = 50;

type Factor = UnitText['factors'][number];

/** The power of what stands below the line, as that above it has `ONE`; so powers that were written are told from those. */
const MINUS_ONE = negate(ONE);

const WHAT = "the unit's name";

/** `: UNIT` if it stands here; null where it does not, or where its fault is reported. */
export function takeUnit(cursor: Cursor): UnitText | null {
  return takeSymbol(cursor, ':') === null ? null : readUnit(cursor, `${WHAT} after \`:\``);
}

/** A unit that must stand here; null where its fault is reported. */
export function readUnit(cursor: Cursor, what: string): UnitText | null {
  const { start } = peek(cursor);
  const factors: Factor[] = [];
  if (!readFactors(cursor, factors, ONE, 0, what)) return null;
  const span = spanFrom(cursor, start);
  if (factors.some(isBeyond))
    return fail(cursor, 'unit-malformed', span, { label: `a power is beyond ${LARGEST_POWER.n}` });
  return { factors, span };
}

const isBeyond = ({ power }: Factor): boolean =>
  power !== ONE &&
  power !== MINUS_ONE &&
  (compare(power, LARGEST_POWER) > 0 || compare(negate(power), LARGEST_POWER) > 0);

/** A product, each of whose factors is raised to `power`; false where a fault was met. */
function readFactors(
  cursor: Cursor,
  factors: Factor[],
  power: Rational,
  depth: number,
  what: string,
): boolean {
  let sign = power;
  let wanted = what;
  for (;;) {
    if (!readFactor(cursor, factors, sign, depth, wanted)) return false;
    if (takeSymbol(cursor, '*') !== null) sign = power;
    else if (takeSymbol(cursor, '/') !== null) sign = power === ONE ? MINUS_ONE : negate(power);
    else return finishFactors(cursor);
    wanted = `${WHAT} after \`${previous(cursor).kind === 'symbol' ? cursor.source.slice(previous(cursor).start, previous(cursor).end) : ''}\``;
  }
}

function finishFactors(cursor: Cursor): boolean {
  const next = peek(cursor);
  if (!isWord(next, 'per')) return true;
  fail(cursor, 'unit-malformed', next, {
    label: '`per` is not written in units',
    hint: 'Write `/`, as in `round/day`.',
  });
  return false;
}

function readFactor(
  cursor: Cursor,
  factors: Factor[],
  power: Rational,
  depth: number,
  what: string,
): boolean {
  const token = peek(cursor);
  if (isWord(token, 'per') && peek(cursor, 1).kind === 'name') {
    const below = cursor.source.slice(peek(cursor, 1).start, peek(cursor, 1).end);
    fail(cursor, 'unit-malformed', token, {
      label: '`per` is not written in units',
      hint: `Write \`1/${below}\`.`,
    });
    return false;
  }
  if (factors.length >= MOST_FACTORS || depth >= MAXIMUM_NESTING) {
    const [code, label] =
      depth >= MAXIMUM_NESTING
        ? (['nesting-too-deep', `level ${MAXIMUM_NESTING + 1} of nesting`] as const)
        : (['unit-malformed', `this unit has more than ${MOST_FACTORS} names`] as const);
    fail(cursor, code, token, { label });
    return false;
  }
  const first = factors.length;
  if (isSymbol(token, '(')) {
    take(cursor);
    if (!readFactors(cursor, factors, power, depth + 1, `${WHAT} after \`(\``)) return false;
    if (takeSymbol(cursor, ')') === null) {
      fail(cursor, 'bracket-unclosed', token, { label: 'no `)` closes this bracket' });
      return false;
    }
  } else if (isSymbol(token, '%') || isOne(token)) {
    take(cursor);
  } else if (token.kind === 'name' && !isReserved(token.text)) {
    take(cursor);
    const name: Name = { text: token.text, span: spanOf(cursor, token) };
    if (token.text !== 'share') factors.push({ name, power });
  } else {
    failUnit(cursor, what);
    return false;
  }
  if (takeSymbol(cursor, '^') === null) return true;
  const raised = readPower(cursor);
  if (raised === null) return false;
  for (let index = first; index < factors.length; index++) {
    const factor = factors[index]!;
    factors[index] = { name: factor.name, power: multiply(factor.power, raised) };
  }
  return true;
}

function isOne(token: ReturnType<typeof peek>): boolean {
  return token.kind === 'number' && token.value.n === 1n && token.value.d === 1n;
}

function failUnit(cursor: Cursor, what: string): void {
  const token = peek(cursor);
  if (token.kind === 'number') {
    fail(cursor, 'unit-malformed', token, {
      label: 'a number stands in this unit',
      hint: 'Declare a unit for it: `unit container = 480 round`.',
    });
    return;
  }
  failExpected(cursor, what, {
    hint: 'Write a unit such as `round/day`; a plain number has the unit `1`, a share the unit `share`.',
  });
}

/** The power behind `^`: `2`, `-2`, `0.5`, `(1/2)`. */
function readPower(cursor: Cursor): Rational | null {
  const open = takeSymbol(cursor, '(');
  const minus = takeSymbol(cursor, '-') !== null;
  const top = takeNumber(cursor);
  let value = top;
  if (top !== null && open !== null && takeSymbol(cursor, '/') !== null) {
    const bottom = takeNumber(cursor);
    value = bottom === null || bottom.n === 0n ? null : rational(top.n * bottom.d, top.d * bottom.n);
  }
  if (value === null || (open !== null && takeSymbol(cursor, ')') === null)) {
    return failExpected(cursor, 'a power such as `2`, `-1` or `(1/2)` after `^`', { code: 'unit-malformed' });
  }
  // Powers of powers multiply, so each is held small before it can make a large one.
  if (compare(value, LARGEST_POWER) > 0 || value.d > LARGEST_POWER.n) {
    return fail(cursor, 'unit-malformed', previous(cursor), {
      label: `this power is beyond ${LARGEST_POWER.n}, or a fraction finer than 1/${LARGEST_POWER.n}`,
    });
  }
  return minus ? negate(value) : value;
}

function takeNumber(cursor: Cursor): Rational | null {
  const token = peek(cursor);
  if (token.kind !== 'number') return null;
  take(cursor);
  return token.value;
}
