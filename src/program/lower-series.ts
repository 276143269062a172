/**
 * Series as instructions: each cell's rows become a table behind the model's own, which is looked up at the current
 * instant. So no engine needs to know that there are data files.
 */
import type { Model, SeriesVariable, Track } from '../model/model.ts';
import { variableOf } from './lower-cells.ts';
import type { Scope } from './lower-expression.ts';

export type SeriesTables = {
  readonly tables: readonly (Track & { readonly held: boolean })[];
  /** The number of a cell's table in the program. */
  readonly byCell: ReadonlyMap<number, number>;
};

export function seriesTables(model: Model): SeriesTables {
  const tables: (Track & { readonly held: boolean })[] = [];
  const byCell = new Map<number, number>();
  model.cells.forEach((cell, number) => {
    const variable = variableOf(model, cell);
    if (variable.kind !== 'series') return;
    const track = variable.tracks[number - variable.firstCell];
    if (track === undefined) throw new Error('a series without its rows');
    byCell.set(number, model.tables.length + tables.length);
    tables.push({ ...track, held: variable.held });
  });
  return { tables, byCell };
}

/** The register of its value at the current instant; a held one keeps it through the stages of rk4. */
export function lowerSeries(
  { emitter, timeRegister, keepInStages }: Scope,
  { held }: SeriesVariable,
  table: number | undefined,
): number {
  if (table === undefined) throw new Error('a series without its table');
  const read = emitter.emit('lookup', timeRegister, emitter.constant(table));
  return held ? keepInStages(read) : read;
}
