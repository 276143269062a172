/**
 * Reads the data files that a model names, as strictly as the model itself: ordinary files inside the argument's folder,
 * of limited size, in UTF-8. Each fault points at the place in the model where the file is named.
 */
import { dirname, join } from 'node:path';
import type { Diagnostic } from '../base/diagnostic.ts';
import type { Span } from '../base/span.ts';
import { suggest } from '../base/suggest.ts';
import type { DataTexts } from '../model/data-files.ts';
import { MOST_NAMES_COMPARED, readNames, readText } from './read-argument.ts';

export function readDataFiles(
  folder: string,
  wanted: readonly { readonly name: string; readonly span: Span }[],
): DataTexts {
  return new Map(
    wanted.map(({ name, span }) => {
      const read = readText(folder, name);
      return [name, read.ok ? read.value : pointed(folder, name, span, read.diagnostics[0])];
    }),
  );
}

function pointed(folder: string, name: string, span: Span, fault: Diagnostic | undefined): Diagnostic {
  if (fault === undefined) throw new Error('a file that could not be read, without a reason');
  const file = join(folder, name);
  if (fault.code !== 'file-missing') return { ...fault, span, label: `\`${file}\`: ${fault.label}` };
  const entries = readNames(dirname(file)) ?? [];
  const entry = entries.find((one) => join(dirname(file), one.name) === file);
  // A link that leads nowhere is there, and its message says so.
  if (entry !== undefined) return { ...fault, span };
  const files = entries
    .slice(0, MOST_NAMES_COMPARED)
    .filter((one) => !one.folder && /\.csv$/i.test(one.name));
  const below = (one: { readonly name: string }): string =>
    join(dirname(name), one.name).replaceAll('\\', '/');
  const nearest = suggest(name, files.map(below));
  const hint =
    nearest === null
      ? 'Put the file into the folder of the argument, or correct its name.'
      : `Did you mean \`"${nearest}"\`?`;
  return { ...fault, span, label: `there is no \`${file}\``, hint };
}
