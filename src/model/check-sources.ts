/** Sides and sources: who may be named as a speaker, and how a speaker is found by its name. */
import type { Span } from '../base/span.ts';
import type { Name } from '../language/tree.ts';
import { declarationsOf, report, reportUnknown, type Workbench } from './workbench.ts';

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
  // A side stands where a source should.
  if (what === 'source' && bench.sides.some((side) => side.name === name.text)) {
    report(bench, 'source-unknown', name.span, {
      label: `\`${name.text}\` is a side, not a source`,
      hint: `In a viewpoint write \`use side ${name.text}\`; elsewhere name one of its sources.`,
    });
    return null;
  }
  const names = list.map((entry) => entry.name);
  reportUnknown(bench, what === 'source' ? 'source-unknown' : 'side-unknown', name, names, what);
  return null;
}
