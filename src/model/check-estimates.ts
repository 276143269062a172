/**
 * The estimates of an input: who says what of which element, by which counting rule, and what of it may enter an
 * ensemble. No speaker speaks twice of one element.
 */
import type { Diagnostic } from '../base/diagnostic.ts';
import type { Distribution } from '../base/distribution.ts';
import { MAXIMUM_CELLS, MAXIMUM_INSTRUCTIONS } from '../base/limits.ts';
import { formatCount } from '../base/number-format.ts';
import type { Span } from '../base/span.ts';
import type { EstimateLine, InputDeclaration, Text, Estimate as WrittenEstimate } from '../language/tree.ts';
import { isWhole, type Shape, shapeOf, sizeOf } from './array-shape.ts';
import { checkDates, checkOneDating, datedOf, datingOf, type Statement } from './check-dates.ts';
import { distributionOf } from './check-figure.ts';
import { numberOf } from './check-sources.ts';
import { checkAlike, type Draft, reportSilence, resolveEchoes, withRests } from './complete-estimates.ts';
import { type Coverage, cover, coveredBy, noCoverage } from './coverage.ts';
import type { DatedLine, Dates, Estimate, Said } from './model.ts';
import { type Part, partsOfMatrix } from './parts-of-matrix.ts';
import { readElements } from './read-elements.ts';
import type { Unit } from './units.ts';
import {
  declarationsOf,
  groupsOf,
  isBroken,
  quote,
  report,
  type VariableHeader,
  type Workbench,
} from './workbench.ts';

export function checkEstimates(
  bench: Workbench,
  declaration: InputDeclaration,
  unit: Unit,
  header: VariableHeader,
  asOf: number | null,
): { readonly estimates: readonly Estimate[]; readonly dates: Dates | null; readonly sound: boolean } {
  const before = bench.diagnostics.length;
  const groups = groupsOf(header);
  let lost = isBroken(bench, declaration.span) || header.isShapeless;
  const shape = shapeOf(bench.groups, groups);
  const spoken = new Map<number | null, Coverage<Statement>>();
  const statements: Statement[] = [];
  for (const written of declaration.estimates) {
    const source = checkSpeaker(bench, written, asOf);
    const parts = source === undefined ? null : partsOf(bench, declaration, header, written);
    if (source === undefined || parts === null) {
      lost = true;
      continue;
    }
    const coverage = spoken.get(source) ?? noCoverage<Statement>();
    spoken.set(source, coverage);
    for (const part of parts) {
      const same = coveredBy(coverage, shape, part.elements);
      if (same !== null) {
        if (isContinued(same, written, part)) same.lines.push({ written, part });
        else reportTwice(bench, same, written, part);
        continue;
      }
      const statement: Statement = { source, lines: [{ written, part }] };
      cover(coverage, shape, part.elements, statement);
      statements.push(statement);
    }
  }
  if (!fitsLimit(bench, declaration, shape, statements)) return { estimates: [], dates: null, sound: false };
  const dating = checkOneDating(bench, statements, lost);
  if (dating === 'mixed') return { estimates: [], dates: null, sound: false };
  const bySpeaker = new Map<number | null, Coverage<Draft>>();
  const drafts = statements.flatMap((statement): readonly Draft[] => {
    const draft = draftOf(bench, statement, unit, lost);
    if (draft === null) return [];
    const coverage = bySpeaker.get(statement.source) ?? noCoverage<Draft>();
    bySpeaker.set(statement.source, coverage);
    cover(coverage, shape, draft.estimate.elements, draft);
    return [draft];
  });
  // What was said with faulty dates may be what others repeat.
  if (drafts.length < statements.length) return { estimates: [], dates: null, sound: false };
  const filled = withRests(bench, unit, shape, declaration, drafts, bySpeaker);
  const settled = resolveEchoes(bench, shape, filled, bySpeaker);
  checkAlike(bench, declaration, settled);
  const sound = (): boolean => !lost && !bench.diagnostics.slice(before).some(isError);
  if (sound()) reportSilence(bench, declaration, groups, shape, [...bySpeaker.values()]);
  const numbers = new Map(settled.map((draft, number) => [draft.estimate, number]));
  const estimates = settled.map(({ estimate, origin }) =>
    origin === null ? estimate : { ...estimate, echoOf: numbers.get(origin.estimate) ?? null },
  );
  const knots = estimates.flatMap(({ dated }) => dated.map(({ at }) => at));
  const dates = dating === null ? null : { dating, knots: [...new Set(knots)].sort((a, b) => a - b) };
  if (dates !== null && !fitsDates(bench, declaration, shape, dates))
    return { estimates, dates, sound: false };
  return { estimates, dates, sound: sound() };
}

const isError = ({ severity }: Diagnostic): boolean => severity === 'error';

/** Whether a line goes on with what its speaker has said, at another date. */
function isContinued(same: Statement, written: WrittenEstimate, { elements }: Part): boolean {
  const last = same.lines.at(-1);
  if (last === undefined || last.part.elements.join() !== elements.join()) return false;
  return datedOf(last.written) !== null || datedOf(written) !== null;
}

function reportTwice(bench: Workbench, same: Statement, written: WrittenEstimate, part: Part): void {
  const [first] = same.lines;
  const isDated = [first?.written, written].some((one) => one !== undefined && datedOf(one) !== null);
  report(bench, 'estimate-twice', part.place, {
    label: `${quote(bench, written.speakerSpan)} has spoken already`,
    related: first === undefined ? [] : [{ span: first.part.span, label: 'here' }],
    ...(isDated ? { hint: 'The dated lines of one source name the same elements on each of them.' } : {}),
  });
}

/** One statement as an estimate; null after a fault of its dates. */
function draftOf(bench: Workbench, statement: Statement, unit: Unit, lost: boolean): Draft | null {
  const { source, lines } = statement;
  const [first] = lines;
  if (first === undefined) throw new Error('a statement without a line');
  const said = lines.map(({ written, part }) => checkPart(bench, written, part, source, unit));
  const [opening] = said;
  if (opening === undefined) throw new Error('a statement without a line');
  const instants = lines.some(({ written }) => datedOf(written) !== null)
    ? checkDates(bench, statement, lost)
    : [];
  if (instants === null) return null;
  const { written } = first;
  const dating = datingOf(statement);
  const dated = instants.map((at, line): DatedLine => ({ ...said[line]!, at }));
  const whole = (of: readonly (Distribution | null)[]): Estimate['drawn'] =>
    dating === null
      ? (of[0] ?? null)
      : of.every((one) => one !== null)
        ? { kind: 'dated', dating, at: instants, of }
        : null;
  return {
    estimate: {
      ...opening,
      source,
      elements: first.part.elements,
      stated: whole(said.map(({ stated }) => stated)),
      drawn: whole(said.map(({ drawn }) => drawn)),
      echoOf: null,
      dated,
    },
    written,
    lines: lines.map((line) => ({ written: line.written, bound: line.part.bound })),
    echoOf: written.kind === 'line' ? written.echoOf : null,
    origin: null,
  };
}

/** A figure for many elements is weighed at each of them, so figures and elements multiply. */
function fitsLimit(
  bench: Workbench,
  { name }: InputDeclaration,
  shape: Shape,
  statements: readonly Statement[],
): boolean {
  const wide = statements.filter(({ lines }) => !isWhole(lines[0]?.part.elements ?? [])).length;
  if (sizeOf(shape) > MAXIMUM_CELLS || wide * sizeOf(shape) <= MAXIMUM_INSTRUCTIONS) return true;
  report(bench, 'model-too-large', name.span, {
    label: `${formatCount(wide)} figures for ${formatCount(sizeOf(shape))} elements are more than ${formatCount(MAXIMUM_INSTRUCTIONS)}`,
  });
  return false;
}

/** Every element has a value at every date, which counts like one of so many values. */
function fitsDates(bench: Workbench, { name }: InputDeclaration, shape: Shape, { knots }: Dates): boolean {
  if (sizeOf(shape) > MAXIMUM_CELLS || knots.length * sizeOf(shape) <= MAXIMUM_CELLS) return true;
  report(bench, 'model-too-large', name.span, {
    label: `${formatCount(knots.length)} dates for ${formatCount(sizeOf(shape))} elements are more than ${formatCount(MAXIMUM_CELLS)}`,
  });
  return false;
}

/** The number of the source, null for `assumed`, undefined after a fault. */
function checkSpeaker(
  bench: Workbench,
  written: WrittenEstimate,
  asOf: number | null,
): number | null | undefined {
  if (written.speaker === null) return null;
  const source = numberOf(bench, written.speaker, bench.sources, 'source');
  if (source === null) return undefined;
  const speaker = bench.sources[source];
  if (asOf !== null && speaker !== undefined && speaker.date === null && !speaker.author)
    reportUndated(bench, speaker.name, written.speakerSpan);
  return source;
}

/** Once for a source, however many figures it gives. */
function reportUndated(bench: Workbench, source: string, use: Span): void {
  const declaration = declarationsOf(bench, 'source').find(({ name }) => name.text === source);
  if (declaration !== undefined && isBroken(bench, declaration.span)) return;
  const span = declaration?.name.span ?? use;
  if (bench.diagnostics.some((one) => one.code === 'source-without-date' && one.span === span)) return;
  report(bench, 'source-without-date', span, {
    label: `when \`${source}\` said this is not stated`,
    related: [{ span: use, label: 'a figure of it' }],
  });
}

/** What a line or a matrix says, figure by figure; null after a fault. */
function partsOf(
  bench: Workbench,
  { name }: InputDeclaration,
  header: VariableHeader,
  written: WrittenEstimate,
): readonly Part[] | null {
  if (written.kind === 'line' && !isPlainOrSpoken(bench, written)) return null;
  if (written.speaker === null && !hasReason(written))
    report(bench, 'assumed-without-reason', written.speakerSpan, { label: 'why this and no other number?' });
  if (written.kind === 'matrix') return partsOfMatrix(bench, name, header, written);
  const elements = readElements(bench, name, header, written.elements);
  if (elements === null) return null;
  const text = quote(bench, written.span).replaceAll(/\s+/g, ' ').trim();
  return [{ ...written, elements, text, place: written.speakerSpan }];
}

const hasReason = (written: WrittenEstimate): boolean =>
  !isBlank(written.note) ||
  (written.kind === 'matrix' && written.rows.length > 0 && written.rows.every(({ note }) => !isBlank(note)));

/** An empty reason is none. */
export const isBlank = (text: Text | null): boolean => text === null || text.value.trim() === '';

/** Reports an assumption that is bounded, denied, repeated or read, and an echo that is read anew. */
function isPlainOrSpoken(
  bench: Workbench,
  { speaker, bound, figure, readAs, echoOf, span }: EstimateLine,
): boolean {
  if (speaker === null && (bound !== 'exact' || figure === null || readAs !== null || echoOf !== null)) {
    report(bench, 'words-left-over', span, {
      label: "`assumed` is the model's own figure: nobody bounds, denies, repeats or reads it",
      hint: 'Write the range itself: `assumed LOW to HIGH "reason"`.',
    });
    return false;
  }
  if (echoOf !== null && readAs !== null) {
    report(bench, 'given-twice', readAs.figure.span, {
      label: 'an echo is read as its origin is',
      hint: 'Take `read as` away here, or `echo of` if this is a figure of its own.',
    });
  }
  return true;
}

function checkPart(
  bench: Workbench,
  written: WrittenEstimate,
  part: Part,
  source: number | null,
  unit: Unit,
): Said<Distribution> {
  const stated = part.figure === null ? null : distributionOf(bench, part.figure, unit);
  const reading = part.readAs === null ? null : distributionOf(bench, part.readAs.figure, unit);
  if (part.readAs !== null && isBlank(part.readAs.reason)) {
    report(bench, 'reading-without-reason', part.readAs.figure.span, {
      label: 'this reading is ours, and no reason is given for it',
    });
  }
  const note = part.note?.value ?? null;
  return {
    bound: part.bound,
    stated,
    drawn: drawnFrom(part, stated, reading),
    counts: written.counts?.value ?? null,
    reason: part.readAs?.reason?.value ?? (source === null ? note : null),
    note,
    text: part.text,
    span: part.span,
  };
}

/** A bound stays a bound: it enters an ensemble only as what it is read as. */
function drawnFrom(
  part: Part,
  stated: Distribution | null,
  reading: Distribution | null,
): Distribution | null {
  if (part.readAs !== null) return reading;
  return part.bound === 'exact' ? stated : null;
}
