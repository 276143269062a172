/**
 * What the estimates of an input become together: `else` fills what a speaker leaves open, an echo finds its origin,
 * figures that count by different rules are told apart, and no element is left without a word.
 */
import { MAXIMUM_CELLS } from '../base/limits.ts';
import type { Span } from '../base/span.ts';
import type { Bound, InputDeclaration, Name, Estimate as WrittenEstimate } from '../language/tree.ts';
import {
  covers,
  type Elements,
  elementsOf,
  nameOfElement,
  offsetOf,
  type Pattern,
  type Shape,
  sizeOf,
} from './array-shape.ts';
import { distributionOf } from './check-figure.ts';
import { type Coverage, cover, coveredBy, noCoverage } from './coverage.ts';
import type { Estimate } from './model.ts';
import type { Unit } from './units.ts';
import { quote, report, type Workbench } from './workbench.ts';

/** An estimate with the line or matrix that it comes from. */
export type Draft = {
  readonly estimate: Estimate;
  /** Its first line. */
  readonly written: WrittenEstimate;
  /** All of its lines; several where they have dates. */
  readonly lines: readonly { readonly written: WrittenEstimate; readonly bound: Bound }[];
  /** The source that it repeats. */
  readonly echoOf: Name | null;
  /** What it repeats, once that is found. */
  readonly origin: Draft | null;
};

type BySpeaker = ReadonlyMap<number | null, Coverage<Draft>>;

/** None where there are too many, which is reported where the cells are laid out; nothing is laid out before. */
const allElements = (shape: Shape, pattern: Pattern): readonly Elements[] =>
  sizeOf(shape) > MAXIMUM_CELLS ? [] : elementsOf(shape, pattern);

/** What `else` says of the elements that its speaker does not name, behind the line that it stands on. */
export function withRests(
  bench: Workbench,
  unit: Unit,
  shape: Shape,
  { estimates }: InputDeclaration,
  drafts: readonly Draft[],
  bySpeaker: BySpeaker,
): readonly Draft[] {
  const rests = new Map<WrittenEstimate, readonly Draft[]>();
  const spoken = new Map<string | null, Span>();
  const draftOf = new Map(drafts.map((draft) => [draft.written, draft]));
  for (const written of estimates) {
    const { rest } = written;
    const own = draftOf.get(written);
    if (rest === null || own === undefined) continue;
    const speaker = written.speaker?.text ?? null;
    const before = spoken.get(speaker);
    if (before !== undefined) {
      report(bench, 'given-twice', rest.span, {
        label: `a second \`else\` of \`${speaker ?? 'assumed'}\``,
        related: [{ span: before, label: 'the first' }],
      });
      continue;
    }
    spoken.set(speaker, rest.span);
    rests.set(written, restOf(bench, unit, shape, own, rest, bySpeaker));
  }
  return drafts.flatMap((draft, number) =>
    drafts[number + 1]?.written === draft.written ? [draft] : [draft, ...(rests.get(draft.written) ?? [])],
  );
}

function restOf(
  bench: Workbench,
  unit: Unit,
  shape: Shape,
  { estimate, written }: Draft,
  rest: NonNullable<WrittenEstimate['rest']>,
  bySpeaker: BySpeaker,
): readonly Draft[] {
  const coverage = bySpeaker.get(estimate.source) ?? noCoverage<Draft>();
  const everything = shape.map(() => null);
  const left = allElements(shape, everything).filter((one) => coveredBy(coverage, shape, one) === null);
  const speaker = quote(bench, written.speakerSpan);
  if (left.length === 0 && sizeOf(shape) <= MAXIMUM_CELLS)
    report(bench, 'else-fills-nothing', rest.span, {
      label: `\`${speaker}\` speaks of every element already`,
    });
  const figure = distributionOf(bench, rest.figure, unit);
  const common: Estimate = {
    ...estimate,
    bound: 'exact',
    stated: figure,
    drawn: figure,
    reason: estimate.source === null ? estimate.note : null,
    text: `${speaker} ${quote(bench, rest.span)}`,
    span: rest.span,
    dated: [],
  };
  const lines: Draft['lines'] = [{ written, bound: 'exact' }];
  return left.map((elements) => {
    const draft: Draft = { estimate: { ...common, elements }, written, lines, echoOf: null, origin: null };
    cover(coverage, shape, elements, draft);
    return draft;
  });
}

/** An echo takes the origin's figure; where the origin speaks element by element, so does the echo. */
export function resolveEchoes(
  bench: Workbench,
  shape: Shape,
  drafts: readonly Draft[],
  bySpeaker: BySpeaker,
): readonly Draft[] {
  return drafts.flatMap((draft): readonly Draft[] => {
    const { estimate, echoOf: name } = draft;
    if (name === null) return [draft];
    const source = bench.sources.findIndex((entry) => entry.name === name.text);
    const coverage = bySpeaker.get(source) ?? noCoverage<Draft>();
    const whole = coverage.wide.find((one) => covers(one.estimate.elements, estimate.elements));
    const wanted = whole === undefined ? allElements(shape, estimate.elements) : [estimate.elements];
    const echoes = wanted.flatMap((elements): readonly Draft[] => {
      const origin = whole ?? coveredBy(coverage, shape, elements);
      if (origin === null || origin === draft) return [];
      return [{ ...draft, origin, estimate: { ...estimate, elements, drawn: origin.estimate.drawn } }];
    });
    if (echoes.length > 0 && echoes.every(({ origin }) => origin?.echoOf === null)) return echoes;
    report(bench, 'echo-without-origin', name.span, {
      label:
        echoes.length === 0
          ? `\`${name.text}\` has no line of its own in this input`
          : `\`${name.text}\` is an echo itself`,
    });
    return [draft];
  });
}

/** Elements that a message names one by one. */
const MOST_NAMED = 3;

/** Reports an input, or elements of it, of which nobody says anything at all. */
export function reportSilence(
  bench: Workbench,
  { name }: InputDeclaration,
  groups: readonly (number | null)[],
  shape: Shape,
  coverages: readonly Coverage<Draft>[],
): void {
  if (coverages.length === 0) {
    report(bench, 'input-without-source', name.span, { label: `nobody says what \`${name.text}\` is` });
    return;
  }
  const named = new Set(coverages.flatMap(({ exact }) => [...exact.keys()]));
  const patterns = new Map(coverages.flatMap(({ patterns: own }) => own.map((one) => [one.join(), one])));
  const silent = allElements(
    shape,
    shape.map(() => null),
  )
    .filter((elements) => !named.has(offsetOf(shape, elements)))
    .filter((elements) => ![...patterns.values()].some((pattern) => covers(pattern, elements)))
    .map((elements) => nameOfElement(name.text, bench.groups, groups, elements));
  const [first] = silent;
  if (first === undefined) return;
  const others = silent.length - MOST_NAMED;
  const shown = silent.slice(0, MOST_NAMED).map((one) => `\`${one}\``);
  report(bench, 'input-without-source', name.span, {
    label: `nobody says what ${shown.join(', ')}${others > 0 ? ` and ${others} more` : ''} ${silent.length === 1 ? 'is' : 'are'}`,
    hint: `Add a line such as \`assumed${first.slice(name.text.length)} LOW to HIGH "reason"\`, one without an element for all, or \`else 0\` behind a figure.`,
  });
}

/** Figures that count by different rules are no rivals. */
export function checkAlike(bench: Workbench, declaration: InputDeclaration, drafts: readonly Draft[]): void {
  const spoken = drafts
    .filter(({ echoOf, estimate }) => estimate.source !== null && echoOf === null)
    .flatMap(({ lines }) => lines.filter(({ bound }) => bound !== 'denied'));
  const [first] = spoken;
  if (first === undefined) return;
  const rule = declaration.counts?.value ?? first.written.counts?.value ?? null;
  for (const written of new Set(spoken.map((line) => line.written))) {
    const counts = written.counts?.value ?? null;
    if (counts === rule || (counts === null && declaration.counts !== null)) continue;
    if (written.kind === 'line' && written.readAs !== null) continue;
    report(bench, 'estimates-not-alike', written.counts?.span ?? written.span, {
      label: counts === null ? 'this says nothing of how it counts' : 'this counts otherwise',
      related: [
        {
          span: declaration.counts?.span ?? first.written.span,
          label: rule === null ? 'this estimate states no counting rule' : `here the rule is "${rule}"`,
        },
      ],
      hint: 'Say how it is to be understood here: `read as LOW to HIGH "reason"`. If it answers another question, make it an input of its own.',
    });
  }
}
