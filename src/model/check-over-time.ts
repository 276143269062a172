/**
 * What only the whole model shows of how it runs through time: rows of a `held` table that fall between two instants,
 * where it is read by the time that has passed, and delays through which nothing comes before the end.
 */
import { isBetweenSteps } from './check-time.ts';
import { type Expression, walk } from './expression.ts';
import { declaredMeasures, type Model, type Table } from './model.ts';
import { rangesIn } from './value-range.ts';
import { declarationsOf, report, type Workbench } from './workbench.ts';

export function checkOverTime(bench: Workbench, model: Model): void {
  const equations = model.variables.flatMap((variable) =>
    variable.kind === 'flow' || variable.kind === 'let' ? [variable.value] : [],
  );
  warnBetweenSteps(bench, model, [...equations, ...declaredMeasures(model).map(({ body }) => body)]);
  refuseLongDelays(bench, model, equations);
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

// --- delays that are longer than time ---------------------------------------------------------------------------

function refuseLongDelays(bench: Workbench, model: Model, equations: readonly Expression[]): void {
  const rangeOf = rangesIn(model);
  const longest = model.time.step * model.time.steps;
  for (const equation of equations) {
    walk(equation, (part) => {
      // The others mix what goes in into what comes out from the first step on, however slowly.
      if (part.kind !== 'delay' || part.delay !== 'delay' || !(rangeOf(part.length).low > longest)) return;
      report(bench, 'delay-too-long', part.length.span, {
        label: `the model runs over ${model.time.text}, and this is longer in every future`,
      });
    });
  }
}
