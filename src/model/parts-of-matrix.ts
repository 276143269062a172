/** A matrix of figures as what it says of each element, after its rows and columns are found in the input's groups. */
import type { Span } from '../base/span.ts';
import type { Bound, EstimateMatrix, Figure, Name, Text } from '../language/tree.ts';
import type { Pattern } from './array-shape.ts';
import { readElements } from './read-elements.ts';
import { groupOf } from './read-indices.ts';
import { quote, report, type VariableHeader, type Workbench } from './workbench.ts';

/** One figure and the elements that it speaks of. */
export type Part = {
  readonly elements: Pattern;
  readonly bound: Bound;
  readonly figure: Figure | null;
  readonly readAs: { readonly figure: Figure; readonly reason: Text | null } | null;
  readonly note: Text | null;
  /** As written, for showing. */
  readonly text: string;
  readonly span: Span;
  /** Where a fault of the whole is shown. */
  readonly place: Span;
};

/** Null after a fault. */
export function partsOfMatrix(
  bench: Workbench,
  input: Name,
  header: VariableHeader,
  matrix: EstimateMatrix,
): readonly Part[] | null {
  const { axes, isShapeless } = header;
  if (isShapeless) return null;
  if (axes.length < 2) {
    report(bench, 'matrix-shape', matrix.speakerSpan, {
      label:
        axes.length === 0
          ? `\`${input.text}\` is a single value, not an array`
          : `\`${input.text}\` goes over one group, and a matrix needs two`,
      ...(axes.length === 0
        ? {}
        : {
            hint: `Write a line for each element: \`${quote(bench, matrix.speakerSpan)}[${matrix.columns[0]?.text ?? ''}] …\`.`,
          }),
    });
    return null;
  }
  const columns: { readonly name: Name; readonly elements: Pattern }[] = [];
  for (const name of matrix.columns) {
    const elements = readElements(bench, input, { ...header, axes: axes.slice(-1) }, [name]);
    if (elements === null) return null;
    columns.push({ name, elements });
  }
  const above = axes.slice(0, -1);
  const parts: Part[] = [];
  let sound = true;
  for (const row of matrix.rows) {
    if (row.elements.length !== above.length) {
      const groups = above.map(({ group }) => groupOf(bench, group).name);
      report(bench, 'matrix-shape', row.elements[0]?.span ?? row.span, {
        label: `a row of this matrix is an element of ${groups.join(' and one of ')}`,
      });
      sound = false;
      continue;
    }
    const rowElements = readElements(bench, input, { ...header, axes: above }, row.elements);
    if (rowElements === null) sound = false;
    row.figures.forEach((figure, at) => {
      const column = columns[at];
      if (column === undefined || rowElements === null) return;
      const names = [...row.elements, column.name].map(({ text }) => text).join(', ');
      parts.push({
        elements: [...rowElements, ...column.elements],
        bound: 'exact',
        figure,
        readAs: null,
        note: row.note ?? matrix.note,
        text: `${quote(bench, matrix.speakerSpan)}[${names}] ${quote(bench, figure.span)}`,
        span: figure.span,
        place: figure.span,
      });
    });
  }
  return sound ? parts : null;
}
