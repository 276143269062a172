/**
 * Series: quantities over time whose rows stand in a data file. A series is worked out like any other variable, from
 * its rows at the current instant; beyond its rows it says nothing, so that it must cover the model's time, unless its
 * writer lets the ends stand on.
 */
import type { SeriesDeclaration } from '../language/tree.ts';
import { numberOf } from './check-sources.ts';
import type { SeriesVariable, Track } from './model.ts';
import { type Columns, readColumns } from './read-columns.ts';
import { cellSpan } from './read-csv.ts';
import { showInstant } from './show-instant.ts';
import type { Unit } from './units.ts';
import { report, type VariableHeader, type Workbench } from './workbench.ts';

export type CheckedSeries = Pick<SeriesVariable, 'file' | 'held' | 'source' | 'note' | 'tracks'>;

/** A share of a step that no text means. */
const NEAR = 1e-9;

export function checkSeries(
  bench: Workbench,
  declaration: SeriesDeclaration,
  header: VariableHeader,
  unit: Unit,
): CheckedSeries {
  const { name, file, held } = declaration;
  const [axis] = header.axes;
  const members = axis === undefined ? null : (bench.groups[axis.group ?? -1]?.members ?? []);
  const columns = header.isShapeless
    ? null
    : readColumns(bench, declaration, {
        name: name.text,
        nameSpan: name.span,
        unit,
        elements: members?.map((member) => member.name) ?? null,
      });
  if (columns !== null) checkCover(bench, declaration, columns);
  const tracks = (columns?.values ?? []).map((values): Track => ({ at: columns?.at ?? [], values }));
  return { file: file.value, held: held !== null, tracks, ...originOf(bench, declaration) };
}

/** Who stands for the rows; somebody must. */
export function originOf(
  bench: Workbench,
  { origin, file }: Pick<SeriesDeclaration, 'origin' | 'file'>,
): Pick<SeriesVariable, 'source' | 'note'> {
  if (origin === null) {
    report(bench, 'table-without-source', file.span, { label: 'nobody stands for the rows of this file' });
    return { source: null, note: null };
  }
  if (origin.source === null && origin.note === null)
    report(bench, 'assumed-without-reason', origin.span, { label: 'why these and no other rows?' });
  return {
    source: origin.source === null ? null : numberOf(bench, origin.source, bench.sources, 'source'),
    note: origin.note?.value ?? null,
  };
}

/** Rows that end within the model's time, or change between two of its instants. */
function checkCover(bench: Workbench, { name, held, endsKept }: SeriesDeclaration, columns: Columns): void {
  const { time } = bench;
  const [first, last] = [columns.at[0], columns.at.at(-1)];
  if (time === null || first === undefined || last === undefined) return;
  const end = time.start + time.step * time.steps;
  const covers = first <= time.start + NEAR * time.step && last >= end - NEAR * time.step;
  if (!covers && endsKept === null) {
    const show = (days: number): string => showInstant(time, days);
    report(bench, 'series-too-short', name.span, {
      label: `its rows run from ${show(first)} to ${show(last)}, the model from ${show(time.start)} to ${show(end)}`,
    });
  }
  if (held === null) return;
  const between = columns.at.flatMap((days, row) => {
    const steps = (days - time.start) / time.step;
    const isInside = days > time.start && days < end;
    return isInside && Math.abs(steps - Math.round(steps)) > NEAR ? [row] : [];
  });
  const row = columns.csv.rows[between[0] ?? -1];
  if (row === undefined) return;
  const others = between.length - 1;
  const more = others === 0 ? '' : `, and so do ${others} more ${others === 1 ? 'row' : 'rows'}`;
  report(bench, 'table-between-steps', cellSpan(columns.csv, row, columns.time), {
    label: `the model's instants are those of ${time.text}${more}`,
  });
}
