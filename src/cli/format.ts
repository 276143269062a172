/**
 * `casus format`: rewrites the model of an argument in its one form, or with `--check` says which files are not in it.
 * Of a Markdown file only the insides of its ```casus blocks change. A file is replaced whole or not at all.
 */
import {
  closeSync,
  fchmodSync,
  fsyncSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { hasErrors } from '../base/diagnostic.ts';
import { readBrief } from '../brief/read-brief.ts';
import { format as formatText } from '../language/format.ts';
import type { ModelText } from '../language/tree.ts';
import { exitFor } from './load.ts';
import { asTyped, commandName, EXIT, writeData, writeDiagnostics, writeNote } from './output.ts';
import { type ArgumentFile, LARGEST_FILE_BYTES, readArgument } from './read-argument.ts';

const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

export type FormatOptions = { readonly check?: boolean };

export function format(paths: readonly string[], { check = false }: FormatOptions): number {
  let code: number = EXIT.fine;
  let same = 0;
  for (const path of paths) {
    const done = formatOne(path, check);
    if (done === 'same') same++;
    else if (done !== 'written') code = Math.max(code, done === 'refused' ? exitFor(path) : EXIT.faults);
  }
  const files = (count: number): string => `${count} file${count === 1 ? '' : 's'}`;
  if (same === paths.length) writeNote(`${files(same)} already formatted.`);
  else if (check && code !== EXIT.fine)
    writeNote(`Next: ${commandName()} format ${paths.map(asTyped).join(' ')}`);
  return code;
}

/** What became of one argument; whatever stands in its way is told at once. */
function formatOne(path: string, check: boolean): 'same' | 'written' | 'unformatted' | 'refused' {
  const read = readArgument(path);
  if (!read.ok) {
    writeDiagnostics(read.diagnostics, new Map(), 'note');
    return 'refused';
  }
  const { form, model: source } = read.value;
  if (source === null) throw new Error('an argument without a model');
  const texts = new Map([[source.file, source.text]]);
  const brief = form === 'markdown' ? readBrief(source.file, source.text) : null;
  if (brief !== null && hasErrors(brief.diagnostics)) {
    writeDiagnostics(brief.diagnostics, texts, 'note');
    return 'refused';
  }
  const whole = [{ start: 0, end: source.text.length, indent: 0 }];
  const model: ModelText = { ...source, blocks: brief?.brief.blocks ?? whole };
  const formatted = formatText(model);
  if (!formatted.ok && formatted.diagnostics.length > 0) {
    writeDiagnostics(formatted.diagnostics, texts, 'note');
    return 'refused';
  }
  if (!formatted.ok || Buffer.byteLength(formatted.text) > LARGEST_FILE_BYTES) {
    writeNote(
      `error: \`${source.file}\` is so near the limits of size or nesting that its formatted text would be beyond them; it stays as it is.`,
    );
    return 'refused';
  }
  if (formatted.text === source.text) return 'same';
  if (check) {
    writeData(source.file);
    return 'unformatted';
  }
  try {
    replace(source, formatted.text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    writeNote(`error: \`${source.file}\` could not be written: ${reason}. It is as it was.`);
    return 'refused';
  }
  writeData(`${source.file} formatted`);
  return 'written';
}

/** Writes beside the file and renames, so that at every moment either the old text is there or the new one. */
function replace({ file, text: before }: ArgumentFile, text: string): void {
  const place = realpathSync(file);
  const bytes = readFileSync(place);
  // A byte order mark belongs to the file, not to its text.
  const mark = bytes.subarray(0, 3).equals(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : Buffer.alloc(0);
  if (!bytes.equals(Buffer.concat([mark, Buffer.from(before)]))) throw new Error('it has just been changed');
  const beside = join(dirname(place), `.${basename(place)}.${process.pid}.tmp`);
  const handle = openSync(beside, 'wx');
  try {
    try {
      fchmodSync(handle, statSync(place).mode);
      writeFileSync(handle, Buffer.concat([mark, Buffer.from(text)]));
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(beside, place);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}
