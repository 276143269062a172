/** Sides and sources: who may be named as a speaker, and how a speaker is found by its name. */
import type { Span } from '../base/span.ts';
<<<<<<< mine/src/model/check-inputs.ts
import type { Name } from '../language/tree.ts';
import { declarationsOf, report, reportUnknown, type Workbench } from './workbench.ts';
=======
import type { InputDeclaration, Name, Text, Estimate as WrittenEstimate } from '../language/tree.ts';
import { distributionOf } from './check-figure.ts';
import type { Estimate } from './model.ts';
import type { Unit } from './units.ts';
import {
  declarationsOf,
  isBroken,
  quote,
  report,
  reportUnknown,
  type VariableHeader,
  type Workbench,
} from './workbench.ts';
>>>>>>> next/src/model/check-inputs.ts

/** Declares all sides, then all sources; `asOf` in days since 1970-01-01. */
export function checkSources(bench: Workbench, asOf: number | null): void {
  for (const declaration of declarationsOf(bench, 'side')) {
    const { name, label } = declaration;
    if (isTaken(bench, name, bench.sides, 'side')) continue;
    bench.sides.push({ name: name.text, label: label?.value ?? name.text });
  }
  let marked: Span | null = null;
  for (const declaration of declarationsOf(bench, 'source')) {
    const { name, title, date, side, url, author } = declaration;
    if (isTaken(bench, name, bench.sources, 'source')) continue;
    if (author !== null && bench.sources.some((source) => source.author))
      report(bench, 'author-twice', author, {
        label: 'a second author',
        related: marked === null ? [] : [{ span: marked, label: 'the first' }],
      });
    marked ??= author;
    const sideNumber = side === null ? null : numberOf(bench, side, bench.sides, 'side');
    bench.sources.push({
      name: name.text,
      title: title?.value ?? name.text,
      date: date?.days ?? null,
      side: sideNumber,
      url: url?.value ?? null,
      author: author !== null,
      late: asOf !== null && date !== null && date.days > asOf,
    });
  }
}

/** Sides, sources, viewpoints and claims have a namespace each. */
export function isTaken(
  bench: Workbench,
  name: Name,
  list: readonly { readonly name: string }[],
  what: string,
): boolean {
  if (!list.some((entry) => entry.name === name.text)) return false;
  report(bench, 'name-taken', name.span, { label: `there is already a ${what} called \`${name.text}\`` });
  return true;
}

export function numberOf(
  bench: Workbench,
  name: Name,
  list: readonly { readonly name: string }[],
  what: 'source' | 'side',
): number | null {
  const found = list.findIndex((entry) => entry.name === name.text);
  if (found >= 0) return found;
  const names = list.map((entry) => entry.name);
  reportUnknown(bench, what === 'source' ? 'source-unknown' : 'side-unknown', name, names, what);
  return null;
}
<<<<<<< mine/src/model/check-inputs.ts
=======

export function checkEstimates(
  bench: Workbench,
  declaration: InputDeclaration,
  unit: Unit,
  { group, isShapeless }: VariableHeader,
  asOf: number | null,
): { readonly estimates: readonly Estimate[]; readonly sound: boolean } {
  const before = bench.diagnostics.length;
  let lost = isBroken(bench, declaration.span);
  const estimates: Estimate[] = [];
  /** By source and element, `null` for all elements, and by source and `any` of them. */
  const said = new Map<string, Estimate>();
  const members = group === null ? null : (bench.groups[group]?.members ?? []);
  const elements: Elements =
    members === null ? (isShapeless ? 'unknown' : null) : new Map(members.map(({ name }, at) => [name, at]));
  for (const written of declaration.estimates) {
    const estimate = checkEstimate(bench, written, unit, elements, asOf);
    if (estimate === null) {
      lost = true;
      continue;
    }
    // A line without an element speaks of all of them.
    const { source, element } = estimate;
    const same =
      said.get(`${source} ${element}`) ?? said.get(element === null ? `${source} any` : `${source} null`);
    if (same !== undefined) {
      report(bench, 'estimate-twice', written.speakerSpan, {
        label: `${quote(bench, written.speakerSpan)} has spoken already`,
        related: [{ span: same.span, label: 'here' }],
      });
      continue;
    }
    estimates.push(estimate);
    said.set(`${source} ${element}`, estimate).set(`${source} any`, estimate);
  }
  resolveEchoes(bench, declaration, estimates);
  checkAlike(bench, declaration, estimates);
  if (!lost && bench.diagnostics.length === before) checkComplete(bench, declaration, estimates, group);
  return { estimates, sound: !lost && bench.diagnostics.length === before };
}

/** Whether somebody, at least, says something of the input, or of each of its elements. */
function checkComplete(
  bench: Workbench,
  { name }: InputDeclaration,
  estimates: readonly Estimate[],
  group: number | null,
): void {
  const spokenOf = new Set(estimates.map((estimate) => estimate.element));
  if (spokenOf.has(null)) return;
  const members = group === null ? [] : (bench.groups[group]?.members ?? []);
  const silent = members.filter((_, element) => !spokenOf.has(element)).map((member) => member.name);
  const [first] = silent;
  if (spokenOf.size > 0 && first === undefined) return;
  const whole = spokenOf.size === 0 ? name.text : `${name.text}[${first}]`;
  const others = spokenOf.size > 0 && silent.length > 1 ? ` and of ${silent.length - 1} more` : '';
  report(bench, 'input-without-source', name.span, {
    label: `nobody says what \`${whole}\` is${others === '' ? '' : `,${others}`}`,
    ...(spokenOf.size === 0
      ? {}
      : {
          hint: `Add a line such as \`assumed[${first}] LOW to HIGH "reason"\`, or one without an element for all.`,
        }),
  });
}

/** The numbers of an array's elements by name; null for a single value. */
type Elements = ReadonlyMap<string, number> | 'unknown' | null;

function checkEstimate(
  bench: Workbench,
  written: WrittenEstimate,
  unit: Unit,
  elements: Elements,
  asOf: number | null,
): Estimate | null {
  const source = written.speaker === null ? null : numberOf(bench, written.speaker, bench.sources, 'source');
  if (written.speaker !== null && source === null) return null;
  const speaker = source === null ? undefined : bench.sources[source];
  if (asOf !== null && speaker !== undefined && speaker.date === null && !speaker.author)
    reportUndated(bench, speaker.name, written.speakerSpan);
  const element = elementOf(bench, written, elements);
  if (element === undefined) return null;
  if (written.speaker === null && !isPlainAssumption(written)) {
    report(bench, 'words-left-over', written.span, {
      label: "`assumed` is the model's own figure: nobody bounds, denies, repeats or reads it",
      hint: 'Write the range itself: `assumed LOW to HIGH "reason"`.',
    });
    return null;
  }
  if (written.echoOf !== null && written.readAs !== null) {
    report(bench, 'given-twice', written.readAs.figure.span, {
      label: 'an echo is read as its origin is',
      hint: 'Take `read as` away here, or `echo of` if this is a figure of its own.',
    });
  }
  const stated = written.figure === null ? null : distributionOf(bench, written.figure, unit);
  const reading = written.readAs === null ? null : distributionOf(bench, written.readAs.figure, unit);
  if (written.readAs !== null && isBlank(written.readAs.reason)) {
    report(bench, 'reading-without-reason', written.readAs.figure.span, {
      label: 'this reading is ours, and no reason is given for it',
    });
  }
  if (written.speaker === null && isBlank(written.note)) {
    report(bench, 'assumed-without-reason', written.speakerSpan, { label: 'why this and no other number?' });
  }
  return {
    source,
    element,
    bound: written.bound,
    stated,
    drawn: drawnFrom(written, stated, reading),
    counts: written.counts?.value ?? null,
    reason:
      written.readAs?.reason?.value ?? (written.speaker === null ? (written.note?.value ?? null) : null),
    note: written.note?.value ?? null,
    echoOf: null,
    text: quote(bench, written.span).replaceAll(/\s+/g, ' ').trim(),
    span: written.span,
  };
}

/** An empty reason is none. */
export const isBlank = (text: Text | null): boolean => text === null || text.value.trim() === '';

const isPlainAssumption = ({ bound, figure, readAs, echoOf }: WrittenEstimate): boolean =>
  bound === 'exact' && figure !== null && readAs === null && echoOf === null;

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

/** A bound stays a bound: it enters an ensemble only as what it is read as. */
function drawnFrom(
  written: WrittenEstimate,
  stated: Distribution | null,
  reading: Distribution | null,
): Distribution | null {
  if (written.readAs !== null) return reading;
  return written.bound === 'exact' ? stated : null;
}

/** The element's number, null for all, undefined after a fault. */
function elementOf(
  bench: Workbench,
  { element: name }: WrittenEstimate,
  elements: Elements,
): number | null | undefined {
  if (name === null) return null;
  if (elements === 'unknown') return undefined;
  if (elements === null) {
    report(bench, 'index-not-array', name.span, { label: 'this input is a single value, not an array' });
    return undefined;
  }
  const element = elements.get(name.text);
  if (element === undefined)
    reportUnknown(bench, 'element-unknown', name, elements.keys(), 'element of this group');
  return element;
}

function resolveEchoes(bench: Workbench, declaration: InputDeclaration, estimates: Estimate[]): void {
  for (const written of declaration.estimates) {
    const origin = written.echoOf;
    if (origin === null) continue;
    const own = estimates.findIndex((estimate) => estimate.span === written.span);
    const source = bench.sources.findIndex((entry) => entry.name === origin.text);
    const echo = estimates[own];
    if (echo === undefined) continue;
    const found = estimates.findIndex(
      (estimate, at) =>
        at !== own &&
        estimate.source === source &&
        source >= 0 &&
        (estimate.element === null || estimate.element === echo.element),
    );
    const target = estimates[found];
    if (target === undefined || target.echoOf !== null) {
      report(bench, 'echo-without-origin', origin.span, {
        label:
          target === undefined
            ? `\`${origin.text}\` has no line of its own in this input`
            : `\`${origin.text}\` is an echo itself`,
      });
      continue;
    }
    estimates[own] = { ...echo, echoOf: found, drawn: target.drawn };
  }
}

function checkAlike(bench: Workbench, declaration: InputDeclaration, estimates: readonly Estimate[]): void {
  const spoken = estimates.filter(
    (estimate) => estimate.source !== null && estimate.echoOf === null && estimate.bound !== 'denied',
  );
  const first = spoken[0];
  if (first === undefined) return;
  const rule = declaration.counts?.value ?? first.counts;
  const lines = new Map(declaration.estimates.map((line) => [line.span, line]));
  spoken.forEach((estimate) => {
    const written = lines.get(estimate.span);
    if (
      estimate.counts === rule ||
      (estimate.counts === null && declaration.counts !== null) ||
      written?.readAs
    )
      return;
    report(bench, 'estimates-not-alike', written?.counts?.span ?? estimate.span, {
      label: estimate.counts === null ? 'this says nothing of how it counts' : 'this counts otherwise',
      related: [
        {
          span: declaration.counts?.span ?? first.span,
          label: rule === null ? 'this estimate states no counting rule' : `here the rule is "${rule}"`,
        },
      ],
      hint: 'Say how it is to be understood here: `read as LOW to HIGH "reason"`. If it answers another question, make it an input of its own.',
    });
  });
}
>>>>>>> next/src/model/check-inputs.ts
