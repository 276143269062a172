/**
 * What the lines of most declarations are made of: the head with its name, groups, unit and label; a value behind its
 * sign; the lines of a body with their places.
 */
import { type Doc, group, INDENT, line, type PrintedLine, text, words } from './layout.ts';
import { axesOf, nameText, type PrintContext, quoted } from './print-expression.ts';
import type { Axis, Name, Text, UnitText } from './tree.ts';

/** `heading = value`, broken behind the sign first. */
export function defined(heading: Doc, value: Doc): Doc {
  return group(heading, text(' ='), line(), value);
}

type Heading = {
  readonly name: Name;
  readonly axes?: readonly Axis[];
  readonly unit: UnitText | null;
  readonly label: Text | null;
};

/** `NAME[a in Group]: UNIT "label"`. */
export function headingOf({ name, axes = [], unit, label }: Heading, context: PrintContext): Doc {
  const named: Doc =
    axes.length === 0 ? nameText(name) : [nameText(name), text('['), axesOf(axes), text(']')];
  return words(
    unit === null ? named : [named, text(': '), unitText(unit, context)],
    label === null ? null : quoted(label),
  );
}

/** A unit as it was written, without spaces: its factors alone would not tell `share` from `1`. */
export function unitText({ span }: UnitText, { source }: PrintContext): Doc {
  const written = source.slice(span.start, span.end).replaceAll(/#[^\r\n]*/g, '');
  return text(written.replaceAll(/[^\x21-\x7e]/g, ''), span.start);
}

export function bodyOf(
  places: readonly { readonly start: number; readonly end: number }[],
  docs: readonly Doc[],
): readonly PrintedLine[] {
  return docs.map((doc, at) => ({ doc, start: places[at]!.start, end: places[at]!.end, column: INDENT }));
}

export const inOrder = (lines: readonly PrintedLine[]): readonly PrintedLine[] =>
  lines.toSorted((one, other) => one.start - other.start);
