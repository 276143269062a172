/**
 * The estimates of an input as they are told: who says what, how it is read, and which viewpoints take it. Figures are
 * quoted, never worked out anew.
 */
import { formatDate } from '../base/calendar.ts';
import { quantile } from '../base/distribution.ts';
import type { Span } from '../base/span.ts';
import type { EstimateLine, Figure, InputDeclaration, Tree } from '../language/tree.ts';
import { shapeOf, sizeOf } from './array-shape.ts';
import { declarationAt, quoted } from './as-written.ts';
import type { ExplainedEstimate, Speaker } from './explanation.ts';
import {
  type Choice,
  type Estimate,
  type InputVariable,
  linesOf,
  type Model,
  type Source,
  type Viewpoint,
} from './model.ts';

export function estimatesOf(
  model: Model,
  tree: Tree,
  text: string,
  input: InputVariable,
): readonly ExplainedEstimate[] {
  const declaration = declarationAt(tree, input.span);
  const figures = declaration?.kind === 'input' ? figuresOf(declaration) : new Map<string, WrittenFigure>();
  const used = usesOf(model, input);
  return input.estimates.flatMap((estimate, number) => {
    const quote = (part: { readonly span: Span } | null | undefined): string | null =>
      part == null ? null : quoted(text, part.span);
    const origin = estimate.echoOf === null ? undefined : input.estimates[estimate.echoOf];
    const source = estimate.source === null ? undefined : model.sources[estimate.source];
    return linesOf(estimate).map((line, at): ExplainedEstimate => {
      const written = figures.get(placeOf(line.span));
      return {
        number,
        speaker: source === undefined ? null : speakerOf(model, source),
        elements: elementsText(model, input, estimate),
        dated: quote(written?.dated),
        continues: at > 0,
        bound: line.bound,
        figure: quote(written?.figure),
        readAs: quote(written?.readAs),
        beyondBound: beyondBound(line),
        reason: line.reason,
        note: line.note,
        counts: line.counts,
        echoOf: origin === undefined ? null : (model.sources[origin.source ?? -1]?.title ?? 'assumed'),
        used: used.get(number) ?? [],
      };
    });
  });
}

/** Halvings that find a share to more digits than are ever shown. */
const HALVINGS = 40;

/** An interval leaves a twentieth beyond each end, so that a reading from a floor upwards still draws below it. */
function beyondBound({ bound, stated, drawn }: Said): number {
  if ((bound !== 'at least' && bound !== 'at most') || stated?.kind !== 'point') return 0;
  if (drawn === null || drawn.kind === 'dated') return 0;
  if (drawn.kind === 'point') {
    const isBeyond = bound === 'at least' ? drawn.value < stated.value : drawn.value > stated.value;
    return isBeyond ? 1 : 0;
  }
  let [low, high] = [0, 1];
  for (let halving = 0; halving < HALVINGS; halving++) {
    const middle = (low + high) / 2;
    const value = quantile(drawn, middle);
    // What lies on the bound itself is not beyond it.
    if (bound === 'at least' ? value < stated.value : value <= stated.value) low = middle;
    else high = middle;
  }
  return bound === 'at least' ? low : 1 - high;
}

type Said = ReturnType<typeof linesOf>[number];

type WrittenFigure = {
  readonly figure: Figure | null;
  readonly readAs: Figure | null;
  readonly dated: EstimateLine['dated'];
};

const placeOf = ({ start, end }: Span): string => `${start}-${end}`;

/** Figures by the places that the model's estimates carry: a line's, a matrix's single figures', and those of `else`. */
function figuresOf({ estimates }: InputDeclaration): ReadonlyMap<string, WrittenFigure> {
  const found = new Map<string, WrittenFigure>();
  for (const written of estimates) {
    if (written.kind === 'line') {
      const { figure, readAs, dated, span } = written;
      found.set(placeOf(span), { figure, readAs: readAs?.figure ?? null, dated });
    } else {
      for (const figure of written.rows.flatMap((row) => row.figures))
        found.set(placeOf(figure.span), { figure, readAs: null, dated: null });
    }
    if (written.rest !== null)
      found.set(placeOf(written.rest.span), { figure: written.rest.figure, readAs: null, dated: null });
  }
  return found;
}

/** Which viewpoints take each estimate, at any element. */
function usesOf(
  { viewpoints, groups }: Model,
  { firstCell, groups: axes }: InputVariable,
): ReadonlyMap<number, ExplainedEstimate['used']> {
  const end = firstCell + sizeOf(shapeOf(groups, axes));
  const used = new Map<number, Map<string, ExplainedEstimate['used'][number]>>();
  for (const { name, choices } of viewpoints) {
    for (const { cell, estimate, own } of choices) {
      if (cell < firstCell || cell >= end) continue;
      const uses = used.get(estimate) ?? new Map<string, ExplainedEstimate['used'][number]>();
      uses.set(name, { viewpoint: name, own });
      used.set(estimate, uses);
    }
  }
  return new Map([...used].map(([estimate, uses]) => [estimate, [...uses.values()]]));
}

export function speakerOf({ sides }: Model, { name, title, date, side, author, late }: Source): Speaker {
  return {
    name,
    title,
    side: side === null ? null : (sides[side]?.name ?? null),
    date: date === null ? null : formatDate(date),
    author,
    late,
  };
}

/** A group's name stands for all of its elements, as in the language. */
function elementsText({ groups }: Model, input: InputVariable, { elements }: Estimate): string {
  if (elements.every((element) => element === null)) return '';
  const names = elements.map((element, axis) => {
    const group = groups[input.groups[axis] ?? -1];
    return (element === null ? group?.name : group?.members[element]?.name) ?? '';
  });
  return `[${names.join(', ')}]`;
}

// --- what a viewpoint takes -------------------------------------------------------------------------------------

/** `about 1.5M, read as 1.8M to 3M (gur_feb24)`; a figure of the model is `assumed 1 to 2`. */
export function estimateText(estimate: ExplainedEstimate): string {
  const { speaker } = estimate;
  return speaker === null ? `assumed ${figureText(estimate)}` : `${figureText(estimate)} (${speaker.name})`;
}

/** An estimate that several lines with dates make up names its speaker once. */
function linesText(lines: readonly ExplainedEstimate[]): string {
  const [first] = lines;
  if (lines.length < 2 || first === undefined) return lines.map(estimateText).join();
  const whose = first.speaker === null ? 'assumed ' : '';
  const by = first.speaker === null ? '' : ` (${first.speaker.name})`;
  return `${whose}${lines.map(figureText).join('; ')}${by}`;
}

/** What was said, and what it is read as. */
export const figureText = (estimate: ExplainedEstimate): string =>
  `${estimate.dated === null ? '' : `${estimate.dated} `}${saidText(estimate)}${estimate.readAs === null ? '' : `, read as ${estimate.readAs}`}`;

function saidText({ bound, figure, echoOf }: ExplainedEstimate): string {
  const shown = figure ?? '';
  if (echoOf !== null) return `repeats ${echoOf}${shown === '' ? '' : ` (${shown})`}`;
  if (bound === 'denied') return shown === '' ? 'denied' : `denied: ${shown}`;
  return bound === 'exact' ? shown : `${bound} ${shown}`;
}

/**
 * What a viewpoint takes of an input at the wanted cells; null where none of them is the input's. Where elements have
 * different figures it is said how many are whose, as the input itself lists them.
 */
export function takenText(
  { groups }: Model,
  input: InputVariable,
  estimates: readonly ExplainedEstimate[],
  viewpoint: Viewpoint,
  isWanted: (cell: number) => boolean = () => true,
): string | null {
  const end = input.firstCell + sizeOf(shapeOf(groups, input.groups));
  const choices = viewpoint.choices.filter(
    ({ cell }) => cell >= input.firstCell && cell < end && isWanted(cell),
  );
  const numbers = new Set(choices.map(({ estimate }) => estimate));
  if (numbers.size === 0) return null;
  if (numbers.size > 1) return countedBySpeaker(choices, estimates);
  const [only] = numbers;
  return linesText(estimates.filter(({ number }) => number === only));
}

function countedBySpeaker(choices: readonly Choice[], estimates: readonly ExplainedEstimate[]): string {
  const counts = new Map<string, { elements: number; read: number }>();
  for (const { estimate } of choices) {
    const found = estimates.find(({ number }) => number === estimate);
    const name = found?.speaker?.name ?? 'assumed';
    const count = counts.get(name) ?? { elements: 0, read: 0 };
    count.elements++;
    if (found?.readAs != null) count.read++;
    counts.set(name, count);
  }
  const all = choices.length;
  return [...counts]
    .map(([name, { elements, read }]) => {
      const shown = elements === all ? `all ${all}` : `${elements} of ${all}`;
      return `${name}: ${shown} elements${read === 0 ? '' : `, ${read} as read by the model`}`;
    })
    .join('; ');
}
