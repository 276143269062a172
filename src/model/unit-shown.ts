/** In which unit a value is shown whose own unit nobody wrote. */
import { unitOfType } from './check-types.ts';
import { type Expression, type Type, walk } from './expression.ts';
import { sameDimension, type Unit } from './units.ts';
import type { Workbench } from './workbench.ts';

/**
 * That of the first variable that is read for it and is declared in such a unit, or is shown in one, since a rate that was stated by the year is
 * thought of by the year; else its base units.
 */
export function unitShown(bench: Workbench, value: Expression, type: Type = value.type): Unit {
  const base = unitOfType(type);
  if (type.kind !== 'quantity' || type.dimension.length === 0) return base;
  let found: Unit | null = null;
  walk(value, (part) => {
    const header = part.kind === 'variable' ? bench.variables[part.variable] : undefined;
    const unit = header?.unit ?? header?.shown;
    if (unit !== undefined && sameDimension(unit.dimension, type.dimension)) found ??= unit;
  });
  return found ?? base;
}
