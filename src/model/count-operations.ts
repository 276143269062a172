/**
 * How many operations an expression comes to once its sums over groups are laid out. It is counted by multiplying, so
 * that a sum of sums over large groups is refused before anything goes through its elements.
 */
import { MAXIMUM_INSTRUCTIONS } from '../base/limits.ts';
import { formatCount } from '../base/number-format.ts';
import { type Expression, partsOf } from './expression.ts';
import type { Group } from './model.ts';
import { report, type Workbench } from './workbench.ts';

export function operationsIn(groups: readonly Group[], expression: Expression): number {
  let count = 1;
  for (const part of partsOf(expression)) count += operationsIn(groups, part);
  return expression.kind === 'reduce' ? count * (groups[expression.group]?.members.length ?? 0) : count;
}

/** Whether an expression, worked out so many times, keeps to the limit; reports it where it does not. */
export function fitsOperations(bench: Workbench, expression: Expression, times = 1): boolean {
  const count = times * operationsIn(bench.groups, expression);
  if (count <= MAXIMUM_INSTRUCTIONS) return true;
  report(bench, 'model-too-large', expression.span, {
    label: `this comes to ${formatCount(count)} operations; the limit is ${formatCount(MAXIMUM_INSTRUCTIONS)}`,
  });
  return false;
}
