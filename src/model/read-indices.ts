/**
 * Which element of an array is meant. In brackets stands an element, the name of an index, or the name of the group for
 * the current element; without brackets the current elements are meant. What could mean two things is reported, never
 * guessed: of several loops over one group an index without a name takes the innermost only where that one has no name,
 * since `sum(x over Age)` could mean nothing else.
 */
import type * as written from '../language/tree.ts';
import type { Index } from './expression.ts';
import type { Group } from './model.ts';
import { type Loop, quote, report, reportUnknown, type Workbench } from './workbench.ts';

/** An array as it is read at one place. */
export type ArrayReading = {
  readonly name: written.Name;
  readonly axes: readonly Loop[];
  /** What stands in brackets; empty where no brackets stand. */
  readonly indices: readonly written.Name[];
  /** A yes or no cannot be added up. */
  readonly isCondition?: boolean;
};

/** `missing` where nothing is gone through over the group. */
export type FoundIndex = Index | { readonly kind: 'missing' };

/** Null where a fault is met, which is reported. */
export function readIndices(
  bench: Workbench,
  reading: ArrayReading,
  loops: readonly Loop[],
): readonly Index[] | null {
  const found = findIndices(bench, reading, loops);
  if (found === null) return null;
  const missing = found.findIndex(({ kind }) => kind === 'missing');
  if (missing < 0) return found as readonly Index[];
  // A group at fault may be the very one that is missed.
  if (loops.some((loop) => loop.group === null)) return null;
  const group = reading.axes[missing]?.group ?? null;
  const twice = found.findLastIndex(
    ({ kind }, axis) => kind === 'missing' && reading.axes[axis]?.group === group,
  );
  if (twice !== missing) reportTwice(bench, reading, missing);
  else reportMissing(bench, reading, found, missing);
  return null;
}

/** One for each of the array's groups. */
export function findIndices(
  bench: Workbench,
  reading: ArrayReading,
  loops: readonly Loop[],
): readonly FoundIndex[] | null {
  const { name, axes, indices } = reading;
  if (axes.some(({ group }) => group === null)) return null;
  if (!fitsCount(bench, name, axes, indices)) return null;
  const groups = axes.map(({ group }) => groupOf(bench, group));
  // Of two current elements of one group it could not be said which is which.
  const current = groups.map((group, axis) => [undefined, group.name].includes(indices[axis]?.text));
  const twice = axes.findIndex(
    ({ group }, axis) =>
      axes.some((other, at) => at !== axis && other.group === group && current[axis] && current[at]) &&
      loops.some((loop) => loop.group === group),
  );
  // A group at fault may be the very one that is meant.
  const faulty = loops.some(({ group }) => group === null);
  if (twice >= 0) {
    if (!faulty) reportTwice(bench, reading, twice);
    return null;
  }
  const found: FoundIndex[] = [];
  for (const [axis, group] of groups.entries()) {
    const written = indices[axis];
    const index =
      current[axis] === true
        ? currentIndex(bench, reading, axis, loops)
        : written === undefined
          ? null
          : namedIndex(bench, written, axes[axis]?.group ?? -1, group, loops);
    if (index === null) return null;
    found.push(index);
  }
  return found;
}

/** Whether as many indices stand in brackets as the array has groups, or none at all. */
export function fitsCount(
  bench: Workbench,
  name: written.Name,
  axes: readonly Loop[],
  indices: readonly written.Name[],
): boolean {
  const [first] = indices;
  if (first === undefined || indices.length === axes.length) return true;
  const span = { ...first.span, end: indices.at(-1)?.span.end ?? first.span.end };
  if (axes.length === 0) {
    report(bench, 'index-not-array', span, { label: `\`${name.text}\` is a single value, not an array` });
    return false;
  }
  const groups = axes.map(({ group }) => groupOf(bench, group).name);
  const [one] = groups;
  report(bench, 'index-count', span, {
    label:
      axes.length === 1
        ? `\`${name.text}\` has one index, over ${one}; here are ${indices.length}`
        : `\`${name.text}\` has ${axes.length} indices, over ${groups.join(' and ')}; here ${indices.length === 1 ? 'is one' : `are ${indices.length}`}`,
  });
  return false;
}

export function groupOf(bench: Workbench, number: number | null): Group {
  const group = number === null ? undefined : bench.groups[number];
  if (group === undefined) throw new Error('an array over a group that is not there');
  return group;
}

function namedIndex(
  bench: Workbench,
  index: written.Name,
  groupNumber: number,
  group: Group,
  loops: readonly Loop[],
): FoundIndex | null {
  const loop = loops.findLastIndex((one) => one.index === index.text);
  if (loop >= 0) {
    const over = loops[loop]?.group ?? null;
    if (over === groupNumber) return { kind: 'each', loop };
    if (over !== null)
      report(bench, 'index-other-group', index.span, {
        label: `\`${index.text}\` is an element of ${groupOf(bench, over).name}; here one of ${group.name} is needed`,
      });
    return null;
  }
  const element = elementNumber(bench, index, group);
  return element === null ? null : { kind: 'element', element };
}

/** Large groups are asked once for every figure of a large array. */
const KNOWN = new WeakMap<Group, ReadonlyMap<string, number>>();

function numbersOf(group: Group): ReadonlyMap<string, number> {
  const known = KNOWN.get(group) ?? new Map(group.members.map(({ name }, number) => [name, number]));
  KNOWN.set(group, known);
  return known;
}

/** The number of an element in its group; null after a fault. */
export function elementNumber(bench: Workbench, name: written.Name, group: Group): number | null {
  const element = numbersOf(group).get(name.text);
  if (element !== undefined) return element;
  const other = bench.groups.find(({ name: own }) => own === name.text);
  if (other !== undefined)
    report(bench, 'index-other-group', name.span, {
      label: `\`${name.text}\` is a group; here an element of ${group.name} is needed`,
    });
  else if (!isName(name)) reportForeign(bench, name, group);
  else {
    const names = group.members.map((member) => member.name);
    reportUnknown(bench, 'element-unknown', name, names, `element of ${group.name}`, elementsIn(group));
  }
  return null;
}

const isName = ({ text }: written.Name): boolean => /^[a-z]\w*$/i.test(text);

/** What stands in brackets and is no name at all. */
function reportForeign(bench: Workbench, { text, span }: written.Name, group: Group): void {
  const [, quoted] = /^"(.*)"$/.exec(text) ?? [];
  const isMember = quoted !== undefined && numbersOf(group).has(quoted);
  report(bench, 'index-not-an-element', span, {
    label: `\`${quote(bench, span)}\` is not an element of ${group.name}`,
    hint: isMember ? `Write \`${quoted}\`, without quotes.` : elementsIn(group),
  });
}

const MOST_LISTED = 8;

function elementsIn({ name, members }: Group): string {
  const names = members.map((member) => `\`${member.name}\``);
  const [only] = names;
  if (only !== undefined && names.length === 1) return `The only element of ${name} is ${only}.`;
  const rest = names.length - MOST_LISTED;
  const last = rest > 0 ? `${rest} more` : names.at(-1);
  return `The elements of ${name} are ${names.slice(0, Math.min(MOST_LISTED, names.length - 1)).join(', ')} and ${last}.`;
}

/** The index of an axis for which no element and no index is named. */
function currentIndex(
  bench: Workbench,
  { name, axes, indices }: ArrayReading,
  axis: number,
  loops: readonly Loop[],
): FoundIndex | null {
  const over = axes[axis]?.group ?? null;
  const candidates = loops.flatMap((loop, number) =>
    loop.group === over ? [{ ...loop, loop: number }] : [],
  );
  const innermost = candidates.at(-1);
  if (innermost === undefined) return { kind: 'missing' };
  // By the group's name an element without a name of its own is meant.
  const nameless = candidates.findLast(({ index }) => index === null);
  const chosen =
    innermost.index === null || candidates.length === 1
      ? innermost
      : indices.length > 0
        ? nameless
        : undefined;
  if (chosen !== undefined) return { kind: 'each', loop: chosen.loop };
  const group = groupOf(bench, over).name;
  const names = [...new Set(candidates.map(({ index }) => index ?? group))];
  const shown = names.map((one) => {
    const written = axes.map((_, at) =>
      at === axis ? one : (indices[at]?.text ?? groupOf(bench, axes[at]?.group ?? null).name),
    );
    return `\`${name.text}[${written.join(', ')}]\``;
  });
  report(bench, 'index-ambiguous', (indices[axis] ?? name).span, {
    label: `${names.map((one) => `\`${one}\``).join(' or ')}?`,
    hint: `Write ${shown.join(' or ')}.`,
  });
  return null;
}

function reportTwice(bench: Workbench, { name, axes, indices }: ArrayReading, axis: number): void {
  const groups = axes.map(({ group }) => groupOf(bench, group));
  const group = groups[axis]?.name ?? '';
  const letter = group.charAt(0).toLowerCase();
  let count = 0;
  const loops: string[] = [];
  const written = groups.map((one, at) => {
    if (one.name !== group) return indices[at]?.text ?? one.name;
    count++;
    loops.push(`${letter}${count} in ${group}`);
    return `${letter}${count}`;
  });
  report(bench, 'index-ambiguous', (indices[axis] ?? name).span, {
    label: `\`${name.text}\` goes over ${group} twice`,
    hint: `Say which element is which, for example \`${name.text}[${written.join(', ')}]\`; where all are meant \`for ${loops.join(', ')}\` stands behind it.`,
  });
}

function reportMissing(
  bench: Workbench,
  { name, axes, indices, isCondition = false }: ArrayReading,
  found: readonly FoundIndex[],
  missing: number,
): void {
  const groups = axes.map(({ group }) => groupOf(bench, group));
  const example = groups.map((group, axis) =>
    found[axis]?.kind === 'missing'
      ? (group.members[0]?.name ?? 'element')
      : (indices[axis]?.text ?? group.name),
  );
  const open = groups.filter((_, axis) => found[axis]?.kind === 'missing').map((group) => group.name);
  const [only] = open;
  const read =
    indices.length === 0 ? name.text : `${name.text}[${indices.map(({ text }) => text).join(', ')}]`;
  const over = `over ${open.length === 1 ? only : open.join(', ')}`;
  report(bench, 'index-missing', (indices[missing] ?? name).span, {
    label: `\`${name.text}\` has a value for each of ${open.join(' and ')}`,
    hint: `Name one, \`${name.text}[${example.join(', ')}]\`, or ${
      isCondition
        ? `count those for which it holds, \`sum(if ${read} then 1 else 0 ${over}) > 0\``
        : `put them together, \`sum(${read} ${over})\``
    }.`,
  });
}
