/**
 * The groups that declarations and reductions go through, and the names of their indices. An index name stands only in
 * brackets; it must be no element's and no group's name, so that what stands in brackets has one meaning.
 */
import type { Axis, Name } from '../language/tree.ts';
import { describeEntity, type Loop, report, reportUnknown, type Workbench } from './workbench.ts';

/** The loops of axes that stand within the loops `outer`. */
export function readLoops(bench: Workbench, axes: readonly Axis[], outer: readonly Loop[]): readonly Loop[] {
  const loops: Loop[] = [];
  for (const { index, group, span } of axes) {
    const free = index === null || isFree(bench, index, [...outer, ...loops]);
    loops.push({ group: groupNumber(bench, group), index: free ? (index?.text ?? null) : null, span });
  }
  return loops;
}

/** Reports a group that is gone through twice side by side without names: it could not be said which is meant. */
export function requireNames(bench: Workbench, loops: readonly Loop[]): void {
  const twice = namelessTwin(loops);
  const name = twice === undefined ? undefined : bench.groups[twice.group ?? -1]?.name;
  if (twice === undefined || name === undefined) return;
  const letter = name.charAt(0).toLowerCase();
  report(bench, 'index-unnamed', twice.span, {
    label: `${name} occurs twice here`,
    hint: `Name the indices of both, for example \`${letter}1 in ${name}, ${letter}2 in ${name}\`.`,
  });
}

/** The loops as an expression within them may read them: none where it could not be said which is meant. */
export const readableLoops = (loops: readonly Loop[]): readonly Loop[] =>
  namelessTwin(loops) === undefined ? loops : loops.map((loop) => ({ ...loop, group: null }));

const namelessTwin = (loops: readonly Loop[]): Loop | undefined =>
  loops.find(
    ({ group, index }) =>
      group !== null && index === null && loops.filter((other) => other.group === group).length > 1,
  );

function groupNumber(bench: Workbench, name: Name): number | null {
  const entity = bench.names.get(name.text);
  if (entity?.kind === 'group') return entity.group;
  if (entity === undefined) {
    const groups = bench.groups.map((group) => group.name);
    reportUnknown(bench, 'group-unknown', name, groups, 'group');
  } else {
    const home = bench.groups.find(({ members }) => members.some((member) => member.name === name.text));
    report(bench, 'group-unknown', name.span, {
      label: `\`${name.text}\` is ${describeEntity(bench, entity)}, not a group`,
      ...(home === undefined
        ? {}
        : {
            hint: `An array is declared once, for its whole group: \`[${home.name}]\`. Where its elements differ, read a figure for each.`,
          }),
    });
  }
  return null;
}

function isFree(bench: Workbench, index: Name, loops: readonly Loop[]): boolean {
  const loop = loops.find((other) => other.index === index.text);
  const entity = bench.names.get(index.text);
  if (loop !== undefined) {
    report(bench, 'name-taken', index.span, {
      label: `\`${index.text}\` is already an index here`,
      related: [{ span: loop.span, label: 'named here' }],
    });
    return false;
  }
  if (entity === undefined || !['element', 'actor', 'group'].includes(entity.kind)) return true;
  report(bench, 'name-taken', index.span, {
    label: `\`${index.text}\` is already ${describeEntity(bench, entity)}`,
    ...(entity.span === null ? {} : { related: [{ span: entity.span, label: 'declared here' }] }),
  });
  return false;
}
