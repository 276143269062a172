/**
 * Exact constants: figures, time axes, unit definitions, forced values. They are worked out as fractions, so that
 * `0.1 day` is a tenth and 3 M a year becomes a rate a day with one rounding at the end.
 */

import type { Rational } from '../base/rational.ts';
import * as rational from '../base/rational.ts';
import type { Expression } from '../language/tree.ts';
import {
  combine,
  type Dimension,
  formatDimension,
  isNumber,
  raise,
  sameDimension,
  UNKNOWN_UNIT,
  type Unit,
} from './units.ts';
import { describeEntity, lookUpUnit, quote, report, type Workbench } from './workbench.ts';

export type Constant = {
  /** In base units. */
  readonly value: Rational;
  readonly dimension: Dimension;
  /** Made of numbers alone, without a unit or a per cent sign. */
  readonly bare: boolean;
};

/** Both parts of a fraction stay below this, so that turning it into a float64 neither overflows nor takes long. */
const LARGEST_PART = BigInt(`1${'0'.repeat(305)}`);
const LARGEST_BITS = 1013;

/** Works out an expression of numbers and units; reports what is neither and gives null. */
export function constantOf(bench: Workbench, expression: Expression): Constant | null {
  const constant = workOut(bench, expression);
  if (constant === null || isWithinReach(constant.value)) return constant;
  report(bench, 'constant-impossible', expression.span, {
    label: 'this is beyond what numbers can hold here',
  });
  return null;
}

const isWithinReach = ({ n, d }: Rational): boolean =>
  n < LARGEST_PART && -n < LARGEST_PART && d < LARGEST_PART;

function workOut(bench: Workbench, expression: Expression): Constant | null {
  switch (expression.kind) {
    case 'number':
      return { value: expression.value, dimension: [], bare: !expression.percent };
    case 'quantity': {
      const unit = lookUpUnit(bench, expression.unit);
      if (unit === null) return null;
      return {
        value: rational.multiply(expression.number.value, unit.factor),
        dimension: unit.dimension,
        bare: false,
      };
    }
    case 'name': {
      const entity = bench.names.get(expression.name.text);
      if (entity !== undefined && entity.kind !== 'unit') {
        report(bench, 'constant-expected', expression.span, {
          label: `\`${expression.name.text}\` is ${describeEntity(bench, entity)}`,
        });
        return null;
      }
      const unit = lookUpUnit(bench, expression.name);
      return unit === null ? null : { value: unit.factor, dimension: unit.dimension, bare: false };
    }
    case 'negate': {
      const operand = constantOf(bench, expression.operand);
      return operand === null ? null : { ...operand, value: rational.negate(operand.value) };
    }
    case 'arithmetic':
      return arithmetic(bench, expression);
    case 'draw':
      report(bench, 'draw-outside-equation', expression.span, {
        label: 'this number is fixed, or fixed within a future',
        hint: `In an input the distribution stands by itself: \`${quote(bench, expression.figure.span)}\`.`,
      });
      return null;
    default:
      report(bench, 'constant-expected', expression.span, {
        label:
          expression.kind === 'date'
            ? 'this is a date, not a number'
            : expression.kind === 'compare'
              ? 'this is a condition, not a number'
              : 'this is worked out only when the model runs',
      });
      return null;
  }
}

function arithmetic(bench: Workbench, expression: Expression & { kind: 'arithmetic' }): Constant | null {
  const left = constantOf(bench, expression.left);
  const right = constantOf(bench, expression.right);
  if (left === null || right === null) return null;
  const bare = left.bare && right.bare;
  switch (expression.operator) {
    case '+':
    case '-': {
      if (!sameDimension(left.dimension, right.dimension)) {
        report(bench, 'unit-mismatch', expression.right.span, {
          label: `this is in ${formatDimension(right.dimension)}`,
          related: [{ span: expression.left.span, label: `this is in ${formatDimension(left.dimension)}` }],
          reason: 'Only equal units can be added or subtracted.',
        });
        return null;
      }
      const value =
        expression.operator === '+'
          ? rational.add(left.value, right.value)
          : rational.subtract(left.value, right.value);
      return { value, dimension: left.dimension, bare };
    }
    case '*':
      return {
        value: rational.multiply(left.value, right.value),
        dimension: combine(left.dimension, right.dimension, 1),
        bare,
      };
    case '/':
      if (rational.isZero(right.value)) {
        report(bench, 'constant-impossible', expression.span, { label: 'this divides by zero' });
        return null;
      }
      return {
        value: rational.divide(left.value, right.value),
        dimension: combine(left.dimension, right.dimension, -1),
        bare,
      };
    case '^': {
      const exponent = right.value;
      const impossible = !rational.isWhole(exponent) || (exponent.n < 0n && rational.isZero(left.value));
      if (impossible || exponent.n > 300n || exponent.n < -300n || !isNumber(right.dimension)) {
        report(bench, 'constant-impossible', expression.span, {
          label: 'a constant takes whole powers from -300 to 300',
        });
        return null;
      }
      // Refused before it is worked out: a power of a power of a power would fill the memory.
      if (bitsOf(left.value) * Math.abs(Number(exponent.n)) > LARGEST_BITS) {
        report(bench, 'constant-impossible', expression.span, {
          label: 'this is beyond what numbers can hold here',
        });
        return null;
      }
      return {
        value: rational.power(left.value, Number(exponent.n)),
        dimension: raise(left.dimension, exponent),
        bare,
      };
    }
  }
}

/** How long the longer part of a fraction is, within four bits. */
const bitsOf = ({ n, d }: Rational): number =>
  4 * Math.max((n < 0n ? -n : n).toString(16).length - 1, d.toString(16).length - 1);

/** Every name in a written expression, units and groups too. */
export function namesIn(expression: Expression): readonly string[] {
  const found: string[] = [];
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if ('text' in value && typeof value.text === 'string') found.push(value.text);
    for (const part of Object.values(value)) visit(part);
  };
  visit(expression);
  return found;
}

/**
 * A constant as a number of base units, where it fits a declared unit: a bare number takes that unit, and 0 fits
 * every unit. Reports a misfit and gives null.
 */
export function constantIn(bench: Workbench, expression: Expression, unit: Unit): Rational | null {
  const constant = constantOf(bench, expression);
  if (constant === null) return null;
  // Per cent counts a share, also where a share is counted per time.
  if (constant.bare || (isPercent(expression) && /^share\b/.test(unit.text)))
    return rational.multiply(constant.value, unit.factor);
  if (unit === UNKNOWN_UNIT || sameDimension(constant.dimension, unit.dimension)) return constant.value;
  report(bench, 'unit-mismatch', expression.span, {
    label: isPercent(expression)
      ? 'this is a share'
      : `this is ${isNumber(constant.dimension) ? '' : 'in '}${formatDimension(constant.dimension)}`,
    reason: `The declared unit is ${unit.text === '' ? 'a plain number' : unit.text}.`,
    hint: `Write \`${quote(bench, expression.span)}\` in ${unit.text === '' ? 'plain numbers' : unit.text}; a bare number takes the declared unit.`,
  });
  return null;
}

const isPercent = (expression: Expression): boolean =>
  (expression.kind === 'number' && expression.percent) ||
  (expression.kind === 'negate' && isPercent(expression.operand));
