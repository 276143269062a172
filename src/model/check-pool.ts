/**
 * `explore`: the pool of viewpoints from which every future of an exploring run draws one. It changes no other run, and a
 * pool has no verdict: its shares count speakers.
 */
import * as rational from '../base/rational.ts';
import type { ExploreDeclaration, Expression } from '../language/tree.ts';
import { constantOf } from './check-constant.ts';
import type { PoolEntry, Viewpoint } from './model.ts';
import { isNumber } from './units.ts';
import { declarationsOf, isBroken, report, reportUnknown, type Workbench } from './workbench.ts';

/** Null where the line is at fault, which is then reported. */
export function checkPool(
  bench: Workbench,
  declaration: ExploreDeclaration,
  viewpoints: readonly Viewpoint[],
): readonly PoolEntry[] | null {
  const { entries, span } = declaration;
  const isDeclared = [...declarationsOf(bench, 'viewpoint'), ...unreadViewpoints(bench)].length > 0;
  if (!isDeclared) {
    report(bench, 'viewpoint-unknown', span, {
      label: 'the model declares no viewpoint',
      hint: 'Declare at least two above, each as `viewpoint NAME "label"` with a line `use SOURCE` or `use side SIDE`.',
    });
    return null;
  }
  const found: { readonly viewpoint: number; readonly weight: number }[] = [];
  const named = new Set<string>();
  for (const { name, weight } of entries) {
    const number = named.has(name.text) ? null : viewpointOf(bench, name, viewpoints);
    if (named.has(name.text))
      report(bench, 'given-twice', name.span, { label: `\`${name.text}\` is in this pool already` });
    named.add(name.text);
    const value = weightOf(bench, weight);
    if (number !== null && value !== null) found.push({ viewpoint: number, weight: value });
  }
  const [first, ...more] = entries;
  if (first !== undefined && more.length === 0) {
    const other = viewpoints.find((one) => !one.hindsight && one.name !== first.name.text);
    if (found.length === 1)
      report(bench, 'pool-too-small', span, {
        label: 'this pool has one viewpoint',
        hint:
          other === undefined
            ? `Take the line away: \`casus run … --viewpoint ${first.name.text}\` shows this one alone.`
            : `Add another, such as \`${other.name} 1\`, or take the line away: \`casus run … --viewpoint ${first.name.text}\` shows this one alone.`,
      });
    return null;
  }
  if (found.length < entries.length) return null;
  // Compared with the largest first, since a sum of the largest numbers would be none.
  const most = Math.max(...found.map(({ weight }) => weight));
  const total = found.reduce((sum, { weight }) => sum + weight / most, 0);
  return found.map((one) => ({ ...one, share: one.weight / most / total }));
}

const unreadViewpoints = (bench: Workbench): readonly unknown[] =>
  bench.unread.filter(({ kind }) => kind === 'viewpoint' || kind === null);

function viewpointOf(
  bench: Workbench,
  name: ExploreDeclaration['entries'][number]['name'],
  viewpoints: readonly Viewpoint[],
): number | null {
  const number = viewpoints.findIndex((one) => one.name === name.text);
  const viewpoint = viewpoints[number];
  if (viewpoint === undefined) {
    const kind = [
      ['a side', bench.sides],
      ['a source', bench.sources],
    ] as const;
    const other = kind.find(([, list]) => list.some((one) => one.name === name.text));
    if (other === undefined || viewpoints.some((one) => one.name.toLowerCase() === name.text.toLowerCase()))
      reportUnknown(
        bench,
        'viewpoint-unknown',
        name,
        viewpoints.map((one) => one.name),
        'viewpoint',
      );
    else
      report(bench, 'viewpoint-unknown', name.span, {
        label: `\`${name.text}\` is ${other[0]}, not a viewpoint`,
        hint: `Declare a viewpoint that uses it, or write one of ${viewpoints
          .slice(0, 4)
          .map((one) => `\`${one.name}\``)
          .join(', ')}.`,
      });
    return null;
  }
  if (!viewpoint.hindsight) return number;
  report(bench, 'pool-hindsight', name.span, { label: `\`${name.text}\` has the line \`hindsight\`` });
  return null;
}

function weightOf(bench: Workbench, weight: Expression): number | null {
  const refuse = (label: string): null => {
    report(bench, 'pool-weight', weight.span, { label });
    return null;
  };
  // A number that could not be read stands as 0.
  if (isBroken(bench, weight.span)) return null;
  if (weight.kind === 'quantity') return refuse('this has a unit');
  const constant = constantOf(bench, weight);
  if (constant === null) return null;
  if (!isNumber(constant.dimension)) return refuse('this has a unit');
  const value = rational.toNumber(constant.value);
  if (value === 0) return refuse('with the weight 0 it would never be drawn');
  return value < 0 ? refuse('this is below 0') : value;
}
