/** What a declaration says of its unit, and whether its value keeps to it. */
import type { Name, UnitText, Expression as WrittenExpression } from '../language/tree.ts';
import { isZero, unitMend } from './check-types.ts';
import type { Expression, Type } from './expression.ts';
import { combine, type Dimension, formatDimension, sameDimension } from './units.ts';
import { formatType, quote, report, type Workbench } from './workbench.ts';

/** A number, bare or with a unit. */
export const isLiteral = (expression: WrittenExpression): boolean =>
  expression.kind === 'number' ||
  expression.kind === 'quantity' ||
  (expression.kind === 'negate' && isLiteral(expression.operand));

/** An equation's unit must be the one that its name declares. */
export function expectDeclared(
  bench: Workbench,
  value: Expression,
  name: Name,
  written: UnitText | null,
  declared: Type | null,
): void {
  if (declared === null || declared.kind === 'unknown' || value.type.kind === 'unknown') return;
  const fits =
    declared.kind === 'quantity' &&
    value.type.kind === 'quantity' &&
    sameDimension(declared.dimension, value.type.dimension);
  if (fits || isZero(value)) return;
  const span = written?.span ?? name.span;
  report(bench, 'unit-of-equation', value.span, {
    label:
      value.type.kind === 'quantity'
        ? `this gives ${inUnit(value.type.dimension)}`
        : `this gives ${formatType(value.type)}`,
    related: [
      {
        span,
        label: written === null ? '' : `\`${name.text}\` is declared in ${quote(bench, written.span)}`,
      },
    ],
    ...(declared.kind === 'quantity' && value.type.kind === 'quantity'
      ? {
          hint: `If the unit is right, ${equationMend(bench, value, declared.dimension, value.type.dimension, written === null ? null : quote(bench, written.span))}`,
        }
      : { hint: 'A yes or no has no unit: leave the unit out, or choose a number with `if … then … else`.' }),
  });
}

function equationMend(
  bench: Workbench,
  value: Expression,
  wanted: Dimension,
  is: Dimension,
  declared: string | null,
): string {
  if (value.kind === 'multiply' || value.kind === 'divide') {
    const [left, right] = [value.left, value.right];
    const part = ({ span }: Expression): string => quote(bench, span);
    // The commonest slip is the wrong one of the two operators, or the two sides of a quotient turned around.
    const others = [
      { sign: -1, first: left, second: right },
      { sign: 1, first: left, second: right },
      { sign: -1, first: right, second: left },
    ] as const;
    const meant = others.find(
      ({ sign, first, second }) =>
        first.type.kind === 'quantity' &&
        second.type.kind === 'quantity' &&
        sameDimension(combine(first.type.dimension, second.type.dimension, sign), wanted),
    );
    if (meant !== undefined && [left, right].every((side) => /^[\w.[\]]+$/.test(part(side))))
      return `write \`${part(meant.first)} ${meant.sign === 1 ? '*' : '/'} ${part(meant.second)}\`.`;
  }
  return unitMend(wanted, is, quote(bench, value.span), declared);
}

const inUnit = (dimension: Dimension): string =>
  dimension.length === 0 ? 'a plain number' : formatDimension(dimension);
