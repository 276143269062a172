/**
 * Tables of points: rising, in fixed numbers, with somebody who stands for them. Beyond its first and last row a table
 * keeps their values, and never runs on along a line that nobody stated.
 */
import * as rational from '../base/rational.ts';
import type { Expression, TableDeclaration } from '../language/tree.ts';
import { constantIn } from './check-constant.ts';
import { numberOf } from './check-sources.ts';
import { isBetweenSteps } from './check-time.ts';
import { quantity } from './check-types.ts';
import type { Type } from './expression.ts';
import type { Table } from './model.ts';
import { NUMBER, type Unit } from './units.ts';
import {
  declarationsOf,
  declareName,
  quote,
  readUnit,
  report,
  UNKNOWN,
  type Workbench,
} from './workbench.ts';

/** Names all tables and checks their points. */
export function checkTables(bench: Workbench): void {
  for (const declaration of declarationsOf(bench, 'table')) {
    const { name } = declaration;
    const table = bench.tables.length;
    if (!declareName(bench, { kind: 'table', name: name.text, span: name.span, table })) continue;
    bench.tables.push(checkTable(bench, declaration));
  }
}

function checkTable(bench: Workbench, declaration: TableDeclaration): Table {
  const { name, label, held, origin } = declaration;
  if (declaration.unit === null) {
    report(bench, 'unit-missing', name.span, {
      label: `in what is what \`${name.text}\` gives counted?`,
      hint: `Write \`table ${name.text}(…): UNIT\`; a share of a whole is \`share\`, a plain number \`1\`.`,
    });
  }
  const unit = declaration.unit === null ? null : readUnit(bench, declaration.unit);
  const argumentUnit = declaration.argument === 'date' ? null : readUnit(bench, declaration.argument);
  const argument: Type =
    declaration.argument === 'date'
      ? { kind: 'instant' }
      : argumentUnit === null
        ? UNKNOWN
        : quantity(argumentUnit.dimension);
  if (origin === null) {
    report(bench, 'table-without-source', name.span, {
      label: `nobody stands for the points of \`${name.text}\``,
    });
  } else if (origin.source === null && origin.note === null) {
    report(bench, 'assumed-without-reason', origin.span, { label: 'why these and no other points?' });
  }
  const at: number[] = [];
  const values: number[] = [];
  for (const row of declaration.rows) {
    const x = declaration.argument === 'date' ? dayOf(bench, row.at) : numberIn(bench, row.at, argumentUnit);
    const y = numberIn(bench, row.value, unit);
    if (x === null || y === null) continue;
    const before = at.at(-1);
    if (before !== undefined && x <= before) {
      report(bench, 'table-not-rising', row.at.span, {
        label: `${quote(bench, row.at.span)} does not lie above the row before`,
      });
      continue;
    }
    if (held !== null && declaration.argument === 'date') warnBetweenSteps(bench, row.at, x);
    at.push(x);
    values.push(y);
  }
  const least = held === null ? 2 : 1;
  if (declaration.rows.length < least) {
    report(bench, 'table-too-short', name.span, {
      label: `\`${name.text}\` has ${declaration.rows.length === 0 ? 'no row' : 'one row'}`,
    });
  }
  return {
    name: name.text,
    label: label?.value ?? name.text,
    argument,
    type: unit === null ? UNKNOWN : quantity(unit.dimension),
    held: held !== null,
    at,
    values,
    source: origin?.source == null ? null : numberOf(bench, origin.source, bench.sources, 'source'),
    note: origin?.note?.value ?? null,
    span: name.span,
  };
}

function numberIn(bench: Workbench, expression: Expression, unit: Unit | null): number | null {
  const value = constantIn(bench, expression, unit ?? NUMBER);
  return value === null || unit === null ? null : rational.toNumber(value);
}

/** What begins between two instants is seen at the next one only, which may leave out most of it. */
function warnBetweenSteps(bench: Workbench, at: Expression, days: number): void {
  if (bench.time === null || !isBetweenSteps(bench.time, days)) return;
  report(bench, 'table-between-steps', at.span, {
    label: `the model's instants are those of ${bench.time.text}`,
  });
}

/** A date on the model's axis, in days. */
function dayOf(bench: Workbench, expression: Expression): number | null {
  if (expression.kind !== 'date') {
    report(bench, 'date-expected', expression.span);
    return null;
  }
  const epoch = bench.time === null ? 0 : bench.time.epoch;
  if (epoch !== null) return expression.days - epoch;
  report(bench, 'date-without-calendar', expression.span);
  return null;
}
