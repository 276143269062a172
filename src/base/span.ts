/**
 * Places in the writer's text. Every tree node, model entity and diagnostic carries one, so that each message can
 * point at what it is about. Offsets, not lines: lines are worked out only when something is drawn.
 */

/** A stretch of one file, in UTF-16 offsets: `start` inclusive, `end` exclusive. */
export type Span = {
  /** The file's path inside the argument, as the host named it (`model.casus`). */
  readonly file: string;
  readonly start: number;
  readonly end: number;
};

/** The span from the start of `first` to the end of `last`; both lie in one file. */
export function join(first: Span, last: Span): Span {
  return { file: first.file, start: first.start, end: last.end };
}

/** Line and column of an offset, both counted from 1; columns count UTF-16 units. */
export type Position = { readonly line: number; readonly column: number };

/** Offsets at which the lines of a text begin. A line ends with \n, \r\n or \r. */
export function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let offset = 0; offset < text.length; offset++) {
    const code = text.charCodeAt(offset);
    if (code === 13 && text.charCodeAt(offset + 1) === 10) continue;
    if (code === 10 || code === 13) starts.push(offset + 1);
  }
  return starts;
}

/** Where an offset stands, given the text's `lineStarts`. */
export function positionAt(starts: readonly number[], offset: number): Position {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
}
