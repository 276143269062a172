/**
 * Records beside variables: which variable, in which unit, and which of the records lie within the model's time. Those
 * outside are left out and counted; where none is within, nothing could be compared.
 */
import { MAXIMUM_OBSERVED } from '../base/limits.ts';
import { formatCount } from '../base/number-format.ts';
import type { ObservedDeclaration } from '../language/tree.ts';
import { checkExpression } from './check-expression.ts';
import { originOf } from './check-series.ts';
import type { CheckedVariable } from './check-variables.ts';
import type { Observed, TimeAxis } from './model.ts';
import { readColumns } from './read-columns.ts';
import type { Place } from './read-name.ts';
import { showInstant } from './show-instant.ts';
import {
  declarationsOf,
  describeEntity,
  quote,
  report,
  reportUnknown,
  type VariableHeader,
  type Workbench,
} from './workbench.ts';

/** A share of a step that no text means. */
const NEAR = 1e-9;

const OBSERVABLE: readonly VariableHeader['kind'][] = ['stock', 'flow', 'let'];

export function checkObserved(
  bench: Workbench,
  time: TimeAxis,
  variables: readonly CheckedVariable[],
): readonly Observed[] {
  return declarationsOf(bench, 'observed').flatMap((declaration) => {
    const origin = originOf(bench, declaration);
    const found = readVariable(bench, declaration, variables);
    return found === null ? [] : (readRecords(bench, time, declaration, found, origin) ?? []);
  });
}

type Found = Pick<Observed, 'variable' | 'reading' | 'unit'>;

/** The variable beside which the record stands; null after a fault. */
function readVariable(
  bench: Workbench,
  { variable: written }: ObservedDeclaration,
  variables: readonly CheckedVariable[],
): Found | null {
  const { name } = written;
  const entity = bench.names.get(name.text);
  if (entity === undefined) {
    const candidates = bench.variables.filter(({ kind }) => OBSERVABLE.includes(kind));
    const names = candidates.map((header) => header.name);
    reportUnknown(bench, 'name-unknown', name, names, 'stock, flow or let');
    return null;
  }
  const header = entity.kind === 'variable' ? bench.variables[entity.variable] : undefined;
  if (entity.kind !== 'variable' || header === undefined || !OBSERVABLE.includes(header.kind)) {
    report(bench, 'observed-not-number', name.span, {
      label: `\`${name.text}\` is ${describeEntity(bench, entity)}`,
    });
    return null;
  }
  if (header.isShapeless) return null;
  const [axis] = header.axes;
  if (axis !== undefined && written.kind === 'name') {
    const example = header.axes.map(({ group }) => bench.groups[group ?? -1]?.members[0]?.name ?? 'element');
    report(bench, 'index-missing', name.span, {
      label: `\`${name.text}\` is an array, and a record is one of its elements`,
      hint: `Name the element, \`observed ${name.text}[${example.join(', ')}]\`; each has a declaration of its own.`,
    });
    return null;
  }
  const place: Place = { purpose: 'measure', loops: [], lintNumbers: false };
  const reading = checkExpression(bench, written, place);
  if (reading.type.kind === 'boolean') {
    report(bench, 'observed-not-number', name.span, { label: `\`${name.text}\` is a yes or no` });
    return null;
  }
  const unit = variables[entity.variable]?.unit;
  if (reading.type.kind !== 'quantity' || unit === undefined) return null;
  return { variable: entity.variable, reading, unit };
}

function readRecords(
  bench: Workbench,
  time: TimeAxis,
  declaration: ObservedDeclaration,
  found: Found,
  origin: Pick<Observed, 'source' | 'note'>,
): Observed | null {
  const { variable, label, file } = declaration;
  const name = quote(bench, variable.span)
    .replaceAll(/\s*#[^\r\n]*/g, '')
    .replaceAll(/\s+/g, '');
  const wanted = {
    name: name.replace(/^[^[]*\[([^,]*)\]$/, '$1'),
    nameSpan: variable.span,
    unit: found.unit,
  };
  const columns = readColumns(bench, declaration, { ...wanted, elements: null });
  if (columns === null) return null;
  const end = time.start + time.step * time.steps;
  const near = NEAR * time.step;
  const all = columns.at.map((at, row) => ({ at, value: columns.values[0]?.[row] ?? Number.NaN }));
  const points = all
    .filter(({ at }) => at >= time.start - near && at <= end + near)
    .map(({ at, value }) => ({ at: Math.min(Math.max(at, time.start), end), value }));
  const show = (days: number | undefined): string => showInstant(time, days ?? 0);
  if (points.length === 0) {
    report(bench, 'observed-outside-time', file.span, {
      label: `its rows run from ${show(all[0]?.at)} to ${show(all.at(-1)?.at)}, the model from ${show(time.start)} to ${show(end)}`,
    });
    return null;
  }
  if (points.length > MAXIMUM_OBSERVED) {
    report(bench, 'observed-too-many', file.span, {
      label: `${formatCount(points.length)} records lie within the time of the model; the limit is ${formatCount(MAXIMUM_OBSERVED)}`,
    });
    return null;
  }
  return {
    ...found,
    ...origin,
    name,
    label: label?.value ?? name,
    file: file.value,
    points,
    outside: all.length - points.length,
    span: variable.span,
  };
}
