/** Compiles a model given as text, for tests: no files, no prose. */

import type { DiagnosticCode } from '../../src/base/codes.ts';
import { drawAll, PLAIN_STYLE } from '../../src/base/draw-diagnostic.ts';
import { type Figure, quantileAt } from '../../src/base/figure.ts';
import type { Result } from '../../src/base/result.ts';
import { type Compiled, compile } from '../../src/compile.ts';
import { figuresOf } from '../../src/ledger/viewpoint-order.ts';
import type { DataTexts } from '../../src/model/data-files.ts';
import { type Address, type Future, runFuture } from '../../src/program/interpreter.ts';
import type { Program } from '../../src/program/program.ts';

/** Texts of data files by their names, for `compile`. */
export const dataOf = (files: Readonly<Record<string, string>>): DataTexts =>
  new Map(Object.entries(files).map(([file, text]) => [file, { file, text }]));

export type DataFiles = Readonly<Record<string, string>>;

export const compileText = (text: string, files: DataFiles = {}): Result<Compiled> =>
  compile({ form: 'folder', model: { file: 'model.casus', text }, brief: null }, dataOf(files));

/**
 * What is told of a name that nothing reads and of a stock without flows. A text of a few lines about one thing has such
 * things on purpose.
 */
const ABOUT_USE: readonly DiagnosticCode[] = ['name-unused', 'stock-unfilled', 'title-not-illustrative'];

/** The codes of all messages but those about use. */
export const codesButUse = ({ diagnostics }: Result<unknown>): readonly DiagnosticCode[] =>
  diagnostics.map(({ code }) => code).filter((code) => !ABOUT_USE.includes(code));

/** The compiled model; throws with the drawn messages where it has errors, so that a test shows them. */
export function soundText(text: string, files: DataFiles = {}): Compiled {
  const result = compileText(text, files);
  if (result.ok) return result.value;
  const texts = new Map([['model.casus', text], ...Object.entries(files)]);
  throw new Error(drawAll(result.diagnostics, texts, PLAIN_STYLE));
}

/** What a run gives a program where every input is at the share u of its figure. */
export const valuesAt = (program: Program, figures: readonly Figure[], u: number): Float64Array =>
  Float64Array.from(
    program.inputs.flatMap(({ knots }, slot): readonly number[] => {
      const figure = figures[slot];
      if (figure === undefined) throw new Error('an input without its figure');
      if (figure.kind === 'dated') return figure.knots.map((knot) => quantileAt(knot, u));
      return Array.from({ length: Math.max(1, knots.length) }, () => quantileAt(figure, u));
    }),
  );

/** One future of a model with every input at the median of its first viewpoint; measures by name in declared units. */
export function runText(
  text: string,
  address: Address = { seed: 1, future: 0 },
  files: DataFiles = {},
): {
  readonly future: Future;
  readonly measures: Readonly<Record<string, number>>;
} {
  const { model, program } = soundText(text, files);
  const [viewpoint] = model.viewpoints;
  const figures = viewpoint === undefined ? [] : figuresOf(model, viewpoint);
  const future = runFuture(program, valuesAt(program, figures, 0.5), address);
  const measures = Object.fromEntries(
    model.measures.map((measure, number) => [
      measure.name,
      (future.measures[number] ?? Number.NaN) /
        (Number(measure.unit.factor.n) / Number(measure.unit.factor.d)),
    ]),
  );
  return { future, measures };
}
