/**
 * The formatter's one function: a tree and the text it was read from, to the text in its one form.
 *
 * The style:
 * - One space between words, two before a comment behind a line, two of indent; lines of at most 110 columns, where
 *   they can be broken. Parts of a line stand in a fixed order; lines of a body keep the writer's.
 * - What is a table is set in columns: the estimates of an input, the points of a table, what is on record under a
 *   claim, a list of sides or of actors. Nothing else is: in a list of sources or equations one long name would push
 *   all others about, and a change of one line would show as a change of many.
 * - A source that does not fit on a line has its attributes on a second one.
 * - Numbers stand as they were written, texts too; of brackets the fewest that give the same tree.
 * - A blank line between two lines is kept, several in a row become one.
 * - Comments stay where they are: behind their line, or on lines of their own, at the beginning of the line or, if they
 *   were set in at all, by two. They are never changed, and never change places.
 *
 * It prints trees of faultless texts only, and each block of a Markdown file by itself (`format.ts`).
 */
import { alignCells, INDENT, layOut, type Note, type PrintedLine } from './layout.ts';
import { headCells, printDeclaration } from './print-declaration.ts';
import type { PrintContext } from './print-expression.ts';
import type { Declaration, Tree } from './tree.ts';

/** The units of time, which need no declaration. */
export const BUILT_IN_UNITS = ['hour', 'day', 'week', 'month', 'year'] as const;

export type PrintOptions = {
  /** How many columns of white space are column 0 in the source. */
  readonly indent?: number;
  /** Names of units that are declared elsewhere. */
  readonly units?: readonly string[];
};

export function print(tree: Tree, source: string, options: PrintOptions = {}): string {
  const { indent = 0, units = [] } = options;
  const starts = tree.comments.map(({ span }) => span.start);
  const context: PrintContext = {
    source,
    units: new Set([...BUILT_IN_UNITS, ...units, ...unitsOf(tree)]),
    hasComment: (from, to) => (starts[firstNotBelow(starts, from)] ?? to) < to,
  };
  const heads = alignHeads(tree, context);
  const { declarations } = tree;
  const page = weave(notesOf(tree, source, indent), source, declarations[0]?.keyword.start ?? source.length);
  declarations.forEach((declaration, at) => {
    const until = declarations[at + 1]?.keyword.start ?? source.length;
    page.add(printDeclaration(declaration, context, heads.get(declaration) ?? null), until);
  });
  return page.end();
}

/** The names of the units that a text declares. */
export function unitsOf(tree: Tree): readonly string[] {
  return tree.declarations.filter((one) => one.kind === 'unit').map(({ name }) => name.text);
}

/** The index of the first number of an ascending list that is not below a bound. */
function firstNotBelow(ascending: readonly number[], bound: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle]! < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}

// --- columns ----------------------------------------------------------------------------------------------------

/** The first lines of declarations that stand in a list without a gap, set in columns. */
function alignHeads(tree: Tree, context: PrintContext): ReadonlyMap<Declaration, string> {
  const aligned = new Map<Declaration, string>();
  let run: { readonly declaration: Declaration; readonly cells: readonly string[] }[] = [];
  const close = (): void => {
    alignCells(run.map(({ cells }) => cells)).forEach((row, at) => {
      aligned.set(run[at]!.declaration, row);
    });
    run = [];
  };
  for (const declaration of tree.declarations) {
    const before = run.at(-1)?.declaration;
    const cells = headCells(declaration);
    if (
      before !== undefined &&
      (before.kind !== declaration.kind ||
        lineEndsBetween(context.source, before.span.end, declaration.span.start) > 1)
    )
      close();
    if (cells !== null) run.push({ declaration, cells });
  }
  close();
  return aligned;
}

/** Line ends in a stretch of the source; two mean that something stands between, if only a blank line. */
function lineEndsBetween(source: string, from: number, to: number): number {
  let count = 0;
  for (let at = from; at < to; at++) {
    const code = source.charCodeAt(at);
    if (code === 10 || (code === 13 && source.charCodeAt(at + 1) !== 10)) count++;
  }
  return count;
}

// --- comments ---------------------------------------------------------------------------------------------------

type PlacedNote = Note & { readonly end: number; readonly indented: boolean };

const TAB_WIDTH = 4;

function notesOf(tree: Tree, source: string, indent: number): readonly PlacedNote[] {
  return tree.comments.map(({ text, span }) => {
    let from = span.start;
    while (from > 0 && source.charCodeAt(from - 1) !== 10 && source.charCodeAt(from - 1) !== 13) from--;
    const before = source.slice(from, span.start);
    const alone = !/[\x21-\x7e]/.test(before);
    return { text, start: span.start, end: span.end, alone, indented: alone && columnsOf(before) > indent };
  });
}

function columnsOf(space: string): number {
  let columns = 0;
  for (const sign of space.replace('\ufeff', ''))
    columns += sign === '\t' ? TAB_WIDTH - (columns % TAB_WIDTH) : 1;
  return columns;
}

/** The printed lines with the comments and blank lines of the source between them; `first` is where the first begins. */
function weave(
  notes: readonly PlacedNote[],
  source: string,
  first: number,
): {
  /** The lines of a declaration, behind which the next begins at `until`. */
  add(lines: readonly PrintedLine[], until: number): void;
  end(): string;
} {
  const printed: string[] = [];
  let lastEnd: number | null = null;
  const separate = (start: number, end: number): void => {
    if (lastEnd !== null && lineEndsBetween(source, lastEnd, start) > 1) printed.push('');
    lastEnd = Math.max(lastEnd ?? 0, end);
  };
  let at = 0;
  /** Comments on lines of their own, up to a place. */
  const standing = (to: number): void => {
    for (; at < notes.length && notes[at]!.start < to; at++) {
      const note = notes[at]!;
      separate(note.start, note.end);
      printed.push(`${note.indented && first < note.start ? '  ' : ''}${note.text}`);
    }
  };
  const addLine = ({ doc, start, end, column }: PrintedLine, until: number): void => {
    standing(start);
    const from = at;
    while (at < notes.length && notes[at]!.start < end) at++;
    const to = at;
    const { lines, behind } = layOut(doc, column, notes.slice(from, to));
    // Behind the line; a comment on a line of its own below belongs to what comes next.
    while (at < notes.length && notes[at]!.start < until && !notes[at]!.alone) at++;
    separate(start, Math.max(end, at > from ? notes[at - 1]!.end : 0));
    printed.push(...lines);
    if (behind.length === 0 && to === at) return;
    [...behind, ...notes.slice(to, at)].forEach(({ text }, number) => {
      if (number === 0) printed.push(`${printed.pop()}  ${text}`);
      else printed.push(`${' '.repeat(INDENT)}${text}`);
    });
  };
  return {
    add(lines, until) {
      lines.forEach((line, number) => {
        addLine(line, lines[number + 1]?.start ?? until);
      });
    },
    end() {
      standing(Number.POSITIVE_INFINITY);
      return printed.length === 0 ? '' : `${printed.join('\n')}\n`;
    },
  };
}
