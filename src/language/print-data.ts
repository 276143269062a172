/** What is taken from a data file, in its one form: the file on the first line, its columns and its origin below. */
import { type Doc, INDENT, type PrintedLine, text, words } from './layout.ts';
import { nameText, type PrintContext, quoted } from './print-expression.ts';
import type { ColumnText, FromFile, UnitText } from './tree.ts';

type Extra = { readonly doc: Doc; readonly start: number; readonly end: number };

/** The lines below the first, in the writer's order; `extra` are those that only one declaration has. */
export function printDataLines(
  { column, at, origin }: FromFile,
  context: PrintContext,
  unitText: (unit: UnitText, context: PrintContext) => Doc,
  extra: readonly Extra[],
): readonly PrintedLine[] {
  const columnLine = (word: string, written: ColumnText | null): readonly Extra[] => {
    if (written === null) return [];
    const { header, unit, span } = written;
    const counted = unit && words(text('in'), unitText(unit, context));
    const doc = words(text(word, span.start), header && quoted(header), counted);
    return [{ doc, start: span.start, end: span.end }];
  };
  const said: readonly Extra[] =
    origin === null ? [] : [{ doc: originText(origin), start: origin.span.start, end: origin.span.end }];
  return [...columnLine('column', column), ...columnLine('at', at), ...said, ...extra]
    .toSorted((one, other) => one.start - other.start)
    .map((line) => ({ ...line, column: INDENT }));
}

/** `by SOURCE "note"` or `assumed "reason"`. */
export function originText({ source, note, span }: NonNullable<FromFile['origin']>): Doc {
  return words(
    source === null ? text('assumed', span.start) : words(text('by', span.start), nameText(source)),
    note && quoted(note),
  );
}
