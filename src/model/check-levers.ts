/**
 * Levers: what a decision maker can set, within which range, and how it stands unless a scenario moves it. A lever is
 * nobody's estimate, so it has no source, is the same in every viewpoint, and counts neither as own nor as assumed.
 */
import { formatNumber } from '../base/number-format.ts';
import * as rational from '../base/rational.ts';
import type { LeverDeclaration, Expression as WrittenExpression } from '../language/tree.ts';
import { constantIn } from './check-constant.ts';
import type { Unit } from './units.ts';
import { isBroken, quote, report, type Workbench } from './workbench.ts';

/** In base units. */
export type LeverRange = { readonly low: number; readonly high: number };

export function checkLever(
  bench: Workbench,
  declaration: LeverDeclaration,
  unit: Unit,
): LeverRange & { readonly value: number } {
  // A range at fault holds nothing back, so that what is set within it is not refused as well.
  if (isBroken(bench, declaration.span)) return { ...ANY, value: 0 };
  const read = (expression: WrittenExpression): rational.Rational | null => {
    const value = constantIn(bench, expression, unit);
    if (value === null || unit.text !== 'share' || !isBeyondWhole(value)) return value;
    report(bench, 'share-out-of-range', expression.span, { label: 'this is not between 0 % and 100 %' });
    return null;
  };
  const [low, high, value] = [read(declaration.low), read(declaration.high), read(declaration.default)];
  if (low !== null && high !== null && rational.compare(low, high) >= 0) {
    report(bench, 'lever-range', declaration.high.span, {
      label: `this is not above \`${quote(bench, declaration.low.span)}\``,
    });
    return { ...ANY, value: 0 };
  }
  if (value !== null && isOutside(value, low, high)) {
    report(bench, 'lever-range', declaration.default.span, {
      label: 'this lies outside the range',
      hint: 'Set the lever to a value within its range, or widen the range.',
    });
  }
  const numberOf = (one: rational.Rational | null, otherwise: number): number =>
    one === null ? otherwise : rational.toNumber(one);
  return { low: numberOf(low, ANY.low), high: numberOf(high, ANY.high), value: numberOf(value, 0) };
}

const ANY: LeverRange = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };

function isOutside(value: rational.Rational, low: rational.Rational | null, high: rational.Rational | null) {
  return (
    (low !== null && rational.compare(value, low) < 0) || (high !== null && rational.compare(value, high) > 0)
  );
}

/** A range as its writer would put it: `0 .. 5000 round/day`. */
export function showRange({ low, high }: LeverRange, unit: Unit): string {
  const factor = unit.text === 'share' ? 0.01 : rational.toNumber(unit.factor);
  const [from, to] = [low, high].map((end) => formatNumber(end / factor));
  return unit.text === 'share' ? `${from} % .. ${to} %` : `${from} .. ${to} ${unit.text}`.trim();
}

export const isBeyondWhole = (share: rational.Rational): boolean =>
  rational.compare(share, rational.ZERO) < 0 || rational.compare(share, rational.ONE) > 0;
