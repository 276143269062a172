/**
 * How a printed line is laid out: on one line if it fits, else broken from the outside in, at places where the parser
 * joins lines again. The printer says where a line may be broken (`line`, `gap`) and what breaks together (`group`);
 * here it is decided where it is. A comment that stands within a line forces the break at which it is kept.
 *
 * The method is Wadler's ("A prettier printer", 2003) with a stack instead of recursion. Nothing here knows the
 * language.
 */

/** Columns that a line should not exceed. Quoted texts cannot be broken, so that some lines do. */
export const WIDTH = 110;
export const INDENT = 2;

export type Doc =
  /** `at` is where the text begins in the source, -1 for what has no place of its own. */
  | { readonly kind: 'text'; readonly text: string; readonly at: number }
  /** Where a line may be broken; `flat` stands there if it is not. */
  | Break
  /** Broken at all its own places or at none. */
  | { readonly kind: 'group'; readonly parts: readonly Doc[] }
  | { readonly kind: 'indent'; readonly parts: readonly Doc[] }
  | readonly Doc[];

export type Break = { readonly kind: 'break'; readonly flat: string };

export const text = (content: string, at = -1): Doc => ({ kind: 'text', text: content, at });
/** A space or a line's end. */
export const line = (): Doc => ({ kind: 'break', flat: ' ' });
/** Nothing or a line's end. */
export const gap = (): Doc => ({ kind: 'break', flat: '' });
export const group = (...parts: readonly Doc[]): Doc => ({ kind: 'group', parts });
export const indent = (...parts: readonly Doc[]): Doc => ({ kind: 'indent', parts });

export const SPACE = text(' ');

/** Parts with one space between them; what is null or empty is left out. */
export function words(...parts: readonly (Doc | null)[]): Doc {
  const joined: Doc[] = [];
  for (const part of parts) {
    if (part === null || (!('kind' in part) && part.length === 0)) continue;
    if (joined.length > 0) joined.push(SPACE);
    joined.push(part);
  }
  return joined;
}

/** A line to be laid out, or several where it is broken. */
export type PrintedLine = {
  readonly doc: Doc;
  /** Where what it prints begins and ends in the source. */
  readonly start: number;
  readonly end: number;
  readonly column: number;
};

type Leaf = Exclude<Doc, { kind: 'group' | 'indent' } | readonly Doc[]>;

/** The texts and breaks of a document in their order. */
function leavesOf(doc: Doc): readonly Leaf[] {
  const leaves: Leaf[] = [];
  const open: Doc[] = [doc];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if ('kind' in next) {
      if (next.kind === 'text' || next.kind === 'break') leaves.push(next);
      else open.push(...next.parts.toReversed());
    } else open.push(...next.toReversed());
  }
  return leaves;
}

/** All of it on one line. */
export function flat(doc: Doc): string {
  const texts: string[] = [];
  gather(doc, texts);
  return texts.join('');
}

function gather(doc: Doc, texts: string[]): void {
  if (!('kind' in doc)) for (let at = 0; at < doc.length; at++) gather(doc[at]!, texts);
  else if (doc.kind === 'text') texts.push(doc.text);
  else if (doc.kind === 'break') texts.push(doc.flat);
  else gather(doc.parts, texts);
}

// --- comments ---------------------------------------------------------------------------------------------------

export type Note = {
  readonly text: string;
  readonly start: number;
  /** Whether it has a line of its own in the source. */
  readonly alone: boolean;
};

type Kept = { readonly within: ReadonlyMap<Leaf, readonly Note[]>; readonly behind: readonly Note[] };

/**
 * Each comment goes to the first break behind all that stood before it, and never before another comment; without
 * such a break it goes behind the line.
 */
function keepNotes(doc: Doc, notes: readonly Note[]): Kept {
  const within = new Map<Leaf, Note[]>();
  const behind: Note[] = [];
  if (notes.length === 0) return { within, behind };
  const leaves = leavesOf(doc);
  let from = 0;
  for (const note of notes) {
    for (let at = from; at < leaves.length; at++) {
      const leaf = leaves[at]!;
      if (leaf.kind === 'text' && leaf.at >= 0 && leaf.at < note.start) from = at + 1;
    }
    while (from < leaves.length && leaves[from]!.kind !== 'break') from++;
    const leaf = leaves[from];
    if (leaf === undefined) behind.push(note);
    else within.set(leaf, [...(within.get(leaf) ?? []), note]);
  }
  return { within, behind };
}

// --- laying out -------------------------------------------------------------------------------------------------

type Task = { readonly doc: Doc; readonly indent: number; readonly flat: boolean };

/** The lines of a document, and the comments that found no place within it. */
export function layOut(
  doc: Doc,
  column: number,
  notes: readonly Note[],
): { readonly lines: readonly string[]; readonly behind: readonly Note[] } {
  if (notes.length === 0) {
    const whole = flat(doc);
    if (column + whole.length <= WIDTH)
      return { lines: [column === 0 ? whole : ' '.repeat(column) + whole], behind: [] };
  }
  const { within, behind } = keepNotes(doc, notes);
  const lines: string[] = [];
  let current = ' '.repeat(column);
  const next = (depth: number): void => {
    lines.push(current);
    current = ' '.repeat(depth);
  };
  // What is broken off is set in further than the line, and never stands at column 0, where it would declare something.
  const tasks: Task[] = [{ doc: group(doc), indent: column + INDENT, flat: false }];
  for (let task = tasks.pop(); task !== undefined; task = tasks.pop()) {
    const { doc: part, indent: depth } = task;
    if (!('kind' in part)) {
      for (let at = part.length - 1; at >= 0; at--)
        tasks.push({ doc: part[at]!, indent: depth, flat: task.flat });
    } else if (part.kind === 'text') {
      current += part.text;
    } else if (part.kind === 'indent') {
      tasks.push({ doc: part.parts, indent: depth + INDENT, flat: task.flat });
    } else if (part.kind === 'group') {
      const whole = { doc: part.parts, indent: depth, flat: true };
      const stays = task.flat || fits(whole, tasks, WIDTH - current.length, within);
      tasks.push({ doc: part.parts, indent: depth, flat: stays });
    } else {
      const kept = within.get(part) ?? [];
      if (task.flat && kept.length === 0) {
        current += part.flat;
        continue;
      }
      kept.forEach((note, number) => {
        if (number > 0 || note.alone) next(depth);
        current += `${number > 0 || note.alone ? '' : '  '}${note.text}`;
      });
      next(depth);
    }
  }
  return { lines: [...lines, current], behind };
}

/** Whether a group fits on the rest of the line, with all that follows it up to the next break. */
function fits(
  first: Task,
  rest: readonly Task[],
  room: number,
  within: ReadonlyMap<Leaf, readonly Note[]>,
): boolean {
  let left = room;
  let waiting = rest.length;
  const open: { readonly doc: Doc; readonly flat: boolean }[] = [first];
  while (left >= 0) {
    const task = open.pop() ?? (waiting > 0 ? rest[--waiting] : undefined);
    if (task === undefined) return true;
    const { doc } = task;
    if (!('kind' in doc)) {
      for (let at = doc.length - 1; at >= 0; at--) open.push({ doc: doc[at]!, flat: task.flat });
    } else if (doc.kind === 'text') {
      left -= doc.text.length;
    } else if (doc.kind === 'break') {
      if (!task.flat) return true;
      if (within.has(doc)) return false;
      left -= doc.flat.length;
    } else open.push({ doc: doc.parts, flat: task.flat });
  }
  return false;
}

// --- columns ----------------------------------------------------------------------------------------------------

/**
 * Rows of cells set in columns, an empty cell being none. A row that reaches beyond `furthest` where a column
 * begins is left ragged from there on, so that one long cell does not push all others away.
 */
export function alignCells(
  rows: readonly (readonly string[])[],
  furthest: (column: number, texts: readonly string[]) => number = () => WIDTH,
  space: (column: number) => string = () => ' ',
): readonly string[] {
  let texts = rows.map((row) => row[0] ?? '');
  const ragged = rows.map(() => false);
  const columns = Math.max(0, ...rows.map((row) => row.length));
  for (let column = 1; column < columns; column++) {
    const limit = furthest(column, texts);
    let width = 0;
    rows.forEach((row, at) => {
      if ((row[column] ?? '') === '') return;
      if (texts[at]!.length > limit) ragged[at] = true;
      if (ragged[at] !== true) width = Math.max(width, texts[at]!.length);
    });
    texts = texts.map((before, at) => {
      const cell = rows[at]![column] ?? '';
      if (cell === '') return before;
      return `${ragged[at] === true ? before : before.padEnd(width)}${space(column)}${cell}`;
    });
  }
  return texts;
}

/**
 * Cells of one column with their numbers set so that units stand below units: by the point where all cells are one
 * number with the same word behind it, else as they are.
 */
export function alignNumbers(cells: readonly string[]): readonly string[] {
  const parts = cells.map((cell) => /^(-?[0-9][0-9_]*)(?:\.[0-9_]+)?([^0-9.]*)$/.exec(cell));
  const behind = new Set(cells.flatMap((cell, at) => (cell === '' ? [] : [parts[at]?.[2] ?? null])));
  if (behind.size !== 1 || behind.has(null)) return cells;
  const width = Math.max(...parts.map((part) => part?.[1]?.length ?? 0));
  return cells.map((cell, at) => `${' '.repeat(width - (parts[at]?.[1]?.length ?? width))}${cell}`);
}
