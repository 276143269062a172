/** From a path on the command line to a compiled argument, or to everything that is wrong with it. */
import type { Diagnostic } from '../base/diagnostic.ts';
import type { Result } from '../base/result.ts';
import { type Argument, type Compiled, compileTexts, readTexts } from '../compile.ts';
import { filesWanted } from '../model/data-files.ts';
import { EXIT } from './output.ts';
import { type ArgumentFiles, isMistyped, readArgument } from './read-argument.ts';
import { readDataFiles } from './read-data-files.ts';

export type Loaded = {
  readonly result: Result<Compiled>;
  /** Texts by file, for drawing diagnostics. */
  readonly texts: ReadonlyMap<string, string>;
  readonly name: string;
  /** The exit code where it has errors: a path that leads to no argument was typed wrongly. */
  readonly exit: number;
};

/** What a path ends with that could not be read as an argument. */
export const exitFor = (path: string): number => (isMistyped(path) ? EXIT.usage : EXIT.faults);

export function load(path: string): Loaded {
  const read = readArgument(path);
  if (!read.ok) return { result: read, texts: new Map(), name: path, exit: exitFor(path) };
  const files = read.value;
  const texts = new Map(
    [files.model, files.brief].flatMap((one) => (one === null ? [] : [[one.file, one.text] as const])),
  );
  const said = readTexts(argumentOf(files));
  const data = readDataFiles(files.folder, said.parsed === null ? [] : filesWanted(said.parsed.tree));
  for (const one of data.values()) if ('text' in one) texts.set(one.file, one.text);
  const compiled = compileTexts(said, data);
  const diagnostics: readonly Diagnostic[] = [...read.diagnostics, ...compiled.diagnostics];
  return { result: { ...compiled, diagnostics }, texts, name: files.name, exit: EXIT.faults };
}

function argumentOf(files: ArgumentFiles): Argument {
  if (files.form === 'markdown') {
    if (files.brief === null) throw new Error('a Markdown argument without its text');
    return { form: 'markdown', brief: files.brief };
  }
  if (files.model === null) throw new Error('a folder argument without its model');
  return { form: 'folder', model: files.model, brief: files.brief };
}
