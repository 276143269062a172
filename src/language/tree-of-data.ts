/** The part of the tree that takes its numbers from data files. */
import type { Span } from '../base/span.ts';
import type { Axis, Declared, Expression, Name, Text, UnitText } from './tree.ts';

/** `table NAME(UNIT or date): UNIT "label" [linear | held]` with rows `x, y`: one quantity as a function of another. */
export type TableDeclaration = Declared<'table'> & {
  readonly name: Name;
  readonly argument: UnitText | 'date';
  readonly unit: UnitText | null;
  readonly label: Text | null;
  /** The place of the word `held`; null for a table joined by lines. */
  readonly held: Span | null;
  /** The line `by SOURCE "note"` or `assumed "reason"`, whose source is null. */
  readonly origin: { readonly source: Name | null; readonly note: Text | null; readonly span: Span } | null;
  readonly rows: readonly { readonly at: Expression; readonly value: Expression; readonly span: Span }[];
};

/** `column "tonnes" in t/week`: a column by its header, and in what it is counted; at least one of the two is there. */
export type ColumnText = {
  readonly header: Text | null;
  readonly unit: UnitText | null;
  readonly span: Span;
};

/** What is taken from a data file. */
export type FromFile = {
  readonly file: Text;
  /** The lines `column …` and `at …`; null where the file's own form says which columns are meant. */
  readonly column: ColumnText | null;
  readonly at: ColumnText | null;
  /** As under a table. */
  readonly origin: TableDeclaration['origin'];
};

/** `series NAME[Group]: UNIT "label" from "FILE.csv" [linear | held]`: a quantity over time, from a file. */
export type SeriesDeclaration = Declared<'series'> &
  FromFile & {
    readonly name: Name;
    readonly axes: readonly Axis[];
    readonly unit: UnitText | null;
    readonly label: Text | null;
    /** The place of the word `held`; null for rows joined by lines. */
    readonly held: Span | null;
    /** The place of the line `ends kept`: beyond its rows it keeps the first and last values. */
    readonly endsKept: Span | null;
  };

/** `observed stores[North] "label" from "FILE.csv"`: what was recorded of a variable, to be set beside it. */
export type ObservedDeclaration = Declared<'observed'> &
  FromFile & {
    readonly variable: Expression & { kind: 'name' | 'index' };
    readonly label: Text | null;
  };
