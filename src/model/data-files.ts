/**
 * Data files beside a model: which ones it wants, and under which names. A name is a path inside the folder of the
 * argument, so that a model from a stranger can never ask for a reader's other files; the host opens what is named
 * here and nothing else.
 */
import type { Diagnostic } from '../base/diagnostic.ts';
import type { Span } from '../base/span.ts';
import type { Tree } from '../language/tree.ts';

/** A data file's text, and how messages name the file. */
export type DataText = { readonly file: string; readonly text: string };

/** Texts by the name that the model writes, or why one could not be read. */
export type DataTexts = ReadonlyMap<string, DataText | Diagnostic>;

/** Every data file that a model names, once, at its first place; names that may not be opened are left out. */
export function filesWanted(tree: Tree): readonly { readonly name: string; readonly span: Span }[] {
  const wanted = new Map<string, Span>();
  for (const declaration of tree.declarations) {
    if (declaration.kind !== 'series' && declaration.kind !== 'observed') continue;
    const { value, span } = declaration.file;
    if (faultOfName(value) === null && !wanted.has(value)) wanted.set(value, span);
  }
  return [...wanted].map(([name, span]) => ({ name, span }));
}

/** What is wrong with the name of a data file; null where it is a path inside the argument's folder. */
export function faultOfName(name: string): string | null {
  if (name.trim() === '') return 'no file is named';
  if (name.includes('\\')) return 'parts of a path are divided by `/`';
  if (name.startsWith('/') || /^[A-Za-z]:/.test(name)) return 'this path does not begin in the folder';
  const parts = name.split('/');
  if (parts.includes('..')) return '`..` leads out of the folder';
  if (parts.some((part) => part === '' || part === '.')) return 'a part of this path is empty';
  return /\.csv$/i.test(name) ? null : 'its name does not end in `.csv`';
}
