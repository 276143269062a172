/**
 * The lines of an input, set in columns: who speaks, the bound, the figure with what it counts, what it is read as,
 * and the reason. A line that says nothing in a column goes on in the next one it has. Matrices are tables of their own.
 */
import {
  alignCells,
  alignNumbers,
  type Doc,
  flat,
  INDENT,
  type PrintedLine,
  text,
  WIDTH,
  words,
} from './layout.ts';
import {
  elementsOf,
  LEVEL,
  nameText,
  type PrintContext,
  printDistribution,
  printExpression,
  printInstant,
  quoted,
} from './print-expression.ts';
import type { Estimate, EstimateLine, EstimateMatrix, Figure } from './tree.ts';

/** How far a figure with its rule of counting may reach before its line is left out of the columns. */
const WIDEST_FIGURE = 28;

export function printEstimates(
  estimates: readonly Estimate[],
  context: PrintContext,
): readonly PrintedLine[] {
  const spoken = estimates.filter((estimate) => estimate.kind === 'line');
  const docs = printLines(spoken, context);
  let next = 0;
  return estimates.flatMap((estimate): readonly PrintedLine[] => {
    if (estimate.kind === 'matrix') return printMatrix(estimate, context);
    const { start, end } = estimate.span;
    return [{ doc: docs[next++]!, start, end, column: INDENT }];
  });
}

// --- lines ------------------------------------------------------------------------------------------------------

/** The columns of a line: speaker, date, bound, figure, reading, and what is said about it. */
const [BOUND, FIGURE, READING] = [2, 3, 4] as const;

function printLines(estimates: readonly EstimateLine[], context: PrintContext): readonly Doc[] {
  const docs = estimates.map((estimate) => cellsOf(estimate, context));
  const written = docs.map((cells) => cells.map((cell) => (cell === null ? '' : flat(cell))));
  const figures = alignNumbers(written.map((row) => row[FIGURE]!));
  const rows = written.map((row, at) => row.with(FIGURE, figures[at]!));
  const furthest = (column: number, texts: readonly string[]): number => {
    if (column <= FIGURE) return WIDTH;
    if (column > READING) return WIDTH * 2;
    const plain = texts.filter((_, at) => estimates[at]!.counts === null).map(({ length }) => length);
    const before = Math.max(...texts.map((row, at) => row.length - rows[at]![FIGURE]!.length));
    return Math.max(before + WIDEST_FIGURE, ...plain);
  };
  // Cells of several words are told apart by two spaces; a bound stays close to its figure.
  const bounded = rows.some((row) => row[BOUND] !== '');
  const space = (column: number): string =>
    rows.length === 1 || (column === FIGURE && bounded) ? ' ' : '  ';
  return alignCells(rows, furthest, space).map((row, at) => {
    const { figure, readAs, span } = estimates[at]!;
    // An expression that does not fit on a line is broken, and then there are no columns to keep.
    const long = [figure, readAs?.figure ?? null].some(
      (one) => one !== null && flat(printFigure(one, context)).length > WIDTH - WIDEST_FIGURE,
    );
    return long ? words(...docs[at]!) : text(row, span.start);
  });
}

function cellsOf(estimate: EstimateLine, context: PrintContext): readonly (Doc | null)[] {
  const { elements, dated, bound, figure, readAs, echoOf, note } = estimate;
  const told = note === null ? null : quoted(note);
  // Behind `read as 5` a text would be taken for its reason.
  const early = readAs !== null && readAs.reason === null && echoOf === null ? told : null;
  const said = figure === null || bound !== 'exact' ? bound : flat(printFigure(figure, context));
  const late = words(
    echoOf && words(text('echo of'), nameText(echoOf)),
    early === null ? told : null,
    restOf(estimate, context),
  );
  return [
    elementsOf(speakerOf(estimate), elements),
    dated && words(text(dated.dating, dated.span.start), printInstant(dated.instant, said, context)),
    bound === 'exact' ? null : text(bound),
    words(figure && printFigure(figure, context), countsOf(estimate), early),
    readAs === null ? late : words(text('read as'), printFigure(readAs.figure, context)),
    readAs === null ? null : words(readAs.reason && quoted(readAs.reason), late),
  ];
}

const speakerOf = ({ speaker, speakerSpan }: Estimate): Doc =>
  speaker === null ? text('assumed', speakerSpan.start) : nameText(speaker);
const countsOf = ({ counts }: Estimate): Doc | null => counts && words(text('counts'), quoted(counts));
const restOf = ({ rest }: Estimate, context: PrintContext): Doc | null =>
  rest && words(text('else'), printFigure(rest.figure, context));

// --- matrices ---------------------------------------------------------------------------------------------------

/** The head and below it the rows, set in by one more step; figures stand to the right of their columns. */
function printMatrix(matrix: EstimateMatrix, context: PrintContext): readonly PrintedLine[] {
  const { columns, rows, note, span } = matrix;
  const behind = [
    flat(words(countsOf(matrix), note && quoted(note), restOf(matrix, context))),
    ...rows.map((row) => (row.note === null ? '' : flat(quoted(row.note)))),
  ];
  const names = [
    `${flat(speakerOf(matrix))} matrix`,
    ...rows.map(({ elements }) => `${' '.repeat(INDENT)}${flat(elementsOf([], elements))}`),
  ];
  const cells = columns.map((column, at) => {
    const figures = alignNumbers(rows.map((row) => flat(printFigure(row.figures[at]!, context))));
    const comma = at < columns.length - 1 ? ',' : '';
    const widest = Math.max(column.text.length, ...figures.map(({ length }) => length));
    return [column.text, ...figures].map((cell) => `${cell}${comma}`.padStart(widest + comma.length));
  });
  const lines = alignCells(
    names.map((name, at) => [name, ...cells.map((column) => column[at]!), behind[at]!]),
    undefined,
    () => '  ',
  );
  const head = { start: span.start, end: columns.at(-1)!.span.end };
  return lines.map((line, at) => {
    const { start, end } = at === 0 ? head : rows[at - 1]!.span;
    return { doc: text(line, start), start, end, column: INDENT };
  });
}

// --- figures ----------------------------------------------------------------------------------------------------

function printFigure(figure: Figure, context: PrintContext): Doc {
  switch (figure.kind) {
    case 'point':
      return printExpression(figure.value, context, LEVEL.sum);
    case 'interval':
      return words(
        printExpression(figure.low, context, LEVEL.sum),
        text('to'),
        printExpression(figure.high, context, LEVEL.sum),
      );
    case 'named':
    case 'discrete':
      return printDistribution(figure, context);
    case 'truncated':
      return words(
        printFigure(figure.of, context),
        text('within'),
        printExpression(figure.low, context, LEVEL.sum),
        text('..'),
        printExpression(figure.high, context, LEVEL.sum),
      );
  }
}
