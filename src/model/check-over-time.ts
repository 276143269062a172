/**
 * What only the whole model shows of how it runs through time: rows of a `held` table that fall between two instants,
 * where it is read by the time that has passed, delays through which nothing comes before the end, delays whose length
 * can be below zero, and delays that the steps make longer.
 */

import { quantile } from '../base/distribution.ts';
import { formatNumber } from '../base/number-format.ts';
import type { DelayKind } from './check-call.ts';
import { isBetweenSteps } from './check-time.ts';
import { type Expression, walk } from './expression.ts';
import { declaredMeasures, linesOf, type Model, type Table } from './model.ts';
import { middlesIn, rangesIn } from './value-range.ts';
import { declarationsOf, report, type Workbench } from './workbench.ts';

export function checkOverTime(bench: Workbench, model: Model): void {
  const equations = model.variables.flatMap((variable) =>
    variable.kind === 'flow' || variable.kind === 'let' ? [variable.value] : [],
  );
  warnBetweenSteps(bench, model, [...equations, ...declaredMeasures(model).map(({ body }) => body)]);
  const delays = delaysIn(equations);
  // What every equation can come to is worked out for the lengths of delays alone.
  if (delays.length === 0) return;
  checkDelays(bench, model, delays);
  warnShortDelays(bench, model, delays);
}

type Delay = Expression & { readonly kind: 'delay' };

function delaysIn(equations: readonly Expression[]): readonly Delay[] {
  const found: Delay[] = [];
  for (const equation of equations)
    walk(equation, (part) => {
      if (part.kind === 'delay') found.push(part);
    });
  return found;
}

// --- tables that are read by the time that has passed -------------------------------------------------------------

/** Instants as what a table is read by: `slope` times the instant, plus `offset`. */
type Line = { readonly slope: number; readonly offset: number };

function warnBetweenSteps(bench: Workbench, model: Model, expressions: readonly Expression[]): void {
  const told = new Set<string>();
  for (const expression of expressions) {
    walk(expression, (part) => {
      if (part.kind !== 'lookup') return;
      const table = model.tables[part.table];
      const line = lineIn(model, part.argument, new Set());
      // Rows that are dates are looked at where they are declared.
      if (table === undefined || !table.held || table.argument.kind === 'instant') return;
      if (line === null || line.slope === 0) return;
      warnRows(bench, model, table, line, told);
    });
  }
}

function warnRows(bench: Workbench, model: Model, table: Table, line: Line, told: Set<string>): void {
  const declaration = declarationsOf(bench, 'table').find(({ name }) => name.text === table.name);
  table.at.forEach((at, row) => {
    // What stands before the first row is that row's value, so nothing begins with it.
    if (row === 0 || table.values[row] === table.values[row - 1]) return;
    const written = declaration?.rows[row]?.at.span;
    const key = `${table.name} ${row}`;
    if (written === undefined || told.has(key)) return;
    if (!isBetweenSteps(model.time, (at - line.offset) / line.slope)) return;
    told.add(key);
    report(bench, 'table-between-steps', written, {
      label: `the model's instants are those of ${model.time.text}`,
    });
  });
}

/** The straight line in time that an expression is, through lets too; null where it is none. */
function lineIn(model: Model, expression: Expression, within: ReadonlySet<number>): Line | null {
  const read = (part: Expression): Line | null => lineIn(model, part, within);
  switch (expression.kind) {
    case 'constant':
      return { slope: 0, offset: expression.value };
    case 'time':
      return { slope: 1, offset: 0 };
    case 'variable': {
      const variable = model.variables[expression.variable];
      if (variable?.kind !== 'let' || within.has(expression.variable)) return null;
      return lineIn(model, variable.value, new Set([...within, expression.variable]));
    }
    case 'negate':
      return combined(read(expression.operand), ZERO, -1, 0);
    case 'add':
      return combined(read(expression.left), read(expression.right), 1, 1);
    case 'subtract':
      return combined(read(expression.left), read(expression.right), 1, -1);
    case 'multiply':
    case 'divide': {
      const [left, right] = [read(expression.left), read(expression.right)];
      if (left === null || right === null) return null;
      if (expression.kind === 'divide')
        return right.slope === 0 && right.offset !== 0 ? combined(left, ZERO, 1 / right.offset, 0) : null;
      if (right.slope === 0) return combined(left, ZERO, right.offset, 0);
      return left.slope === 0 ? combined(right, ZERO, left.offset, 0) : null;
    }
    default:
      return null;
  }
}

const ZERO: Line = { slope: 0, offset: 0 };

const combined = (one: Line | null, other: Line | null, first: number, second: number): Line | null =>
  one === null || other === null
    ? null
    : {
        slope: first * one.slope + second * other.slope,
        offset: first * one.offset + second * other.offset,
      };

// --- lengths of delays --------------------------------------------------------------------------------------------

function checkDelays(bench: Workbench, model: Model, delays: readonly Delay[]): void {
  const rangeOf = rangesIn(model);
  const longest = model.time.step * model.time.steps;
  for (const { delay, length } of delays) {
    const { low, high } = rangeOf(length);
    const { span } = length;
    if (high < 0) report(bench, 'delay-negative', span, { label: 'this is below zero in every future' });
    // The others mix what goes in into what comes out from the first step on, however slowly.
    else if (delay === 'delay' && low > longest)
      report(bench, 'delay-too-long', span, {
        label: `the model runs over ${model.time.text}, and this is longer in every future`,
      });
    else warnBelowZero(bench, model, length);
  }
}

/** What comes less often than this is not worth a word: a bell has no lower end at all. */
const WORTH_A_WORD = 0.001;

/** Looks at a length that is an input itself: of what is worked out, the figures do not show how low it really gets. */
function warnBelowZero(bench: Workbench, model: Model, length: Expression): void {
  const variable = length.kind === 'variable' ? model.variables[length.variable] : undefined;
  if (variable?.kind !== 'input') return;
  const used = new Set(
    model.viewpoints.flatMap(({ choices }) =>
      choices.flatMap(({ cell, estimate }) =>
        model.variables[model.cells[cell]?.variable ?? -1] === variable ? [estimate] : [],
      ),
    ),
  );
  const line = variable.estimates
    .filter((_, estimate) => used.has(estimate))
    .flatMap(linesOf)
    .find(({ drawn }) => drawn !== null && drawn.kind !== 'dated' && quantile(drawn, WORTH_A_WORD) < 0);
  if (line === undefined) return;
  report(bench, 'delay-below-zero', length.span, {
    label: `\`${variable.name}\` is below zero in some futures`,
    related: [{ span: line.span, label: 'by this figure' }],
  });
}

// --- delays that are shorter than steps -------------------------------------------------------------------------

/** A share of a step that no text means. */
const NEAR = 1e-9;

/** How many levels each has, one after the other. */
const LEVELS: Readonly<Record<DelayKind, number>> = { delay: 1, delay1: 1, delay3: 3, smooth: 1, smooth3: 3 };

/**
 * Warns where a figure of the length at its middle, and so half of the futures, is less than the delay can be. A length
 * whose low end alone is shorter is not warned of: nearly every range above zero has one.
 */
function warnShortDelays(bench: Workbench, model: Model, delays: readonly Delay[]): void {
  const middleOf = middlesIn(model);
  const step = model.time.text.split(' by ').at(-1) ?? '';
  for (const { delay, length } of delays) {
    const { low, high } = middleOf(length);
    const levels = LEVELS[delay];
    const steps = low / model.time.step;
    // A length below zero is spoken of above.
    if (low < 0 || !Number.isFinite(low) || !Number.isFinite(high)) continue;
    if (steps >= levels * (1 - NEAR)) continue;
    const how = low === high ? 'this is' : 'this comes down to';
    report(bench, 'delay-too-short', length.span, {
      label: `${how} ${formatNumber(steps)} steps of ${step}, and \`${delay}\` takes ${levels === 1 ? 'one' : 'three'} at least`,
    });
  }
}
