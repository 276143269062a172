/**
 * Reads an argument from disk: a folder with `model.casus` and perhaps `brief.md`, a `.casus` file, or a Markdown file
 * with ```casus blocks. Here the limits on what a stranger may have put there are met: only ordinary files inside the
 * argument's folder are opened, their size is asked before a byte is read, and text is strictly UTF-8. It never
 * guesses an encoding, follows a link out of the folder, or waits for a pipe.
 */
import {
  closeSync,
  constants,
  fstatSync,
  openSync,
  readdirSync,
  readSync,
  realpathSync,
  statSync,
} from 'node:fs';
import { basename, dirname, extname, join, relative, resolve, sep } from 'node:path';
import type { DiagnosticCode } from '../base/codes.ts';
import { type Diagnostic, diagnose, hasErrors, type Particulars } from '../base/diagnostic.ts';
import { failure, type Result, success } from '../base/result.ts';
import { suggest } from '../base/suggest.ts';
import { decodeUtf8, isBinary } from '../base/utf8.ts';
import { readBrief } from '../brief/read-brief.ts';

/** A file of the argument: its name in messages, which is its path as the user would write it, and its text. */
export type ArgumentFile = { readonly file: string; readonly text: string };

export type ArgumentFiles = {
  /** The folder's or the file's name, without its extension. */
  readonly name: string;
  /** In the form `markdown` the same file as `brief`; the model is its ```casus blocks. */
  readonly model: ArgumentFile | null;
  readonly brief: ArgumentFile | null;
  readonly form: 'folder' | 'markdown';
  /** Where data files lie: the folder of the argument, or that of its one file. */
  readonly folder: string;
};

/** Bytes in one file. */
export const LARGEST_FILE_BYTES = 1_000_000;
const MODEL_NAME = 'model.casus';
const BRIEF_NAME = 'brief.md';
/** Names told of a folder that holds no model, and names looked through for a similar one. */
const MOST_NAMES_TOLD = 8;
export const MOST_NAMES_COMPARED = 2_000;

/** The files of the argument at a path, or what stands in the way: the model's faults before the brief's. */
export function readArgument(path: string): Result<ArgumentFiles> {
  const none = noArgumentAt(path);
  if (none !== null) return failure([none]);
  const status = statusOf(path);
  if (status.kind === 'refused') return failure([about('file-unreadable', path, { label: status.reason })]);
  if (status.kind === 'folder') return readFolder(path);
  if (status.kind === 'file' && basename(path) === MODEL_NAME) return readFolder(dirname(path));
  return isModel(path) ? readModelAlone(path) : readMarkdown(path);
}

/**
 * Whether it is the path that is wrong: no argument stands there, so none can have faults. A folder with prose and no model
 * is an argument that somebody has begun.
 */
export function isMistyped(path: string): boolean {
  const none = noArgumentAt(path);
  if (none === null || none.code === 'file-unreadable') return false;
  return statusOf(join(path, BRIEF_NAME)).kind === 'missing';
}

/** Why there is no argument at a path; null where there is one, or where nobody can tell. */
function noArgumentAt(path: string): Diagnostic | null {
  const status = statusOf(path);
  if (status.kind === 'missing') return missing(path);
  if (status.kind === 'refused') return null;
  if (status.kind === 'folder')
    return statusOf(join(path, MODEL_NAME)).kind === 'missing' ? noModel(path) : null;
  if (isModel(path) || isMarkdown(path)) return null;
  if (status.kind === 'other') return about('file-not-regular', path);
  const extension = extname(path).toLowerCase();
  const label = extension === '' ? 'a file without an extension' : `a file of the kind \`${extension}\``;
  return about('not-an-argument', path, { label });
}

const isModel = (path: string): boolean => extname(path).toLowerCase() === '.casus';
const isMarkdown = (path: string): boolean => ['.md', '.markdown'].includes(extname(path).toLowerCase());

// --- the three forms --------------------------------------------------------------------------------------------

function readFolder(folder: string): Result<ArgumentFiles> {
  const model = readText(folder, MODEL_NAME);
  const diagnostics =
    model.ok && model.value.text.trim() === '' ? [empty(model.value.file)] : [...model.diagnostics];
  let brief: Result<ArgumentFile> | null = null;
  // A link that leads nowhere is missing too, but somebody meant it to be there.
  if (readNames(folder)?.some(({ name }) => name === BRIEF_NAME)) {
    brief = readText(folder, BRIEF_NAME);
    diagnostics.push(...brief.diagnostics);
  }
  if (!model.ok || hasErrors(diagnostics)) return failure(diagnostics);
  return success({
    name: basename(resolve(folder)),
    model: model.value,
    brief: brief?.ok ? brief.value : null,
    form: 'folder',
    folder,
  });
}

function readModelAlone(path: string): Result<ArgumentFiles> {
  const model = readText(dirname(path), basename(path));
  if (!model.ok) return model;
  if (model.value.text.trim() === '') return failure([empty(model.value.file)]);
  return success({
    name: basename(path, extname(path)),
    model: model.value,
    brief: null,
    form: 'folder',
    folder: dirname(path),
  });
}

function readMarkdown(path: string): Result<ArgumentFiles> {
  const read = readText(dirname(path), basename(path));
  if (!read.ok) return read;
  const { file, text } = read.value;
  const { brief, diagnostics } = readBrief(file, text);
  // Faults of the prose are told by the stage that reads it next, which has the text to draw them in.
  if (hasErrors(diagnostics)) return success(filesOf(path, read.value));
  if (brief.blocks.length === 0) return failure([about('no-casus-block', join(path))]);
  if (brief.blocks.every((block) => text.slice(block.start, block.end).trim() === ''))
    return failure([empty(file)]);
  return success(filesOf(path, read.value));
}

function filesOf(path: string, markdown: ArgumentFile): ArgumentFiles {
  return {
    name: basename(path, extname(path)),
    model: markdown,
    brief: markdown,
    form: 'markdown',
    folder: dirname(path),
  };
}

// --- one file ---------------------------------------------------------------------------------------------------

/** The text of a file that lies in the argument's folder, or below it. */
export function readText(folder: string, name: string): Result<ArgumentFile> {
  const file = join(folder, name);
  const refuse = (code: DiagnosticCode, label: string, hint?: string): Result<ArgumentFile> =>
    failure([about(code, file, hint === undefined ? { label } : { label, hint })]);

  const status = statusOf(file);
  if (status.kind === 'missing')
    return refuse('file-missing', 'a link that leads to no file', 'Mend or remove the link.');
  if (status.kind === 'refused') return refuse('file-unreadable', status.reason);
  if (status.kind === 'folder') return refuse('file-not-regular', 'this is a folder');
  if (status.kind === 'other') return refuse('file-not-regular', 'this is a device, a pipe or a socket');

  let handle: number | null = null;
  try {
    const place = realpathSync(file);
    if (!liesIn(realpathSync(folder), place)) return refuse('file-outside-folder', `it leads to ${place}`);
    // Between the question and the opening a file may have been replaced, so that neither a pipe nor a link is
    // trusted here either: the one is opened without waiting, the other not at all.
    const { O_RDONLY, O_NONBLOCK = 0, O_NOFOLLOW = 0 } = constants;
    handle = openSync(place, O_RDONLY | O_NONBLOCK | O_NOFOLLOW);
    const opened = fstatSync(handle);
    if (!opened.isFile()) return refuse('file-not-regular', 'it has just been replaced');
    if (opened.size > LARGEST_FILE_BYTES) return refuse('file-too-large', sizeLabel(opened.size));
    const bytes = readBytes(handle);
    if (bytes.length > LARGEST_FILE_BYTES) return refuse('file-too-large', sizeLabel(null));
    return decode(file, bytes);
  } catch (fault) {
    return refuse('file-unreadable', reasonOf(fault));
  } finally {
    if (handle !== null) closeSync(handle);
  }
}

/** At most one byte more than is allowed: some files (those of `/proc`) hold more than they say. */
function readBytes(handle: number): Uint8Array {
  const bytes = new Uint8Array(LARGEST_FILE_BYTES + 1);
  let filled = 0;
  while (filled < bytes.length) {
    const count = readSync(handle, bytes, filled, bytes.length - filled, null);
    if (count === 0) break;
    filled += count;
  }
  return bytes.subarray(0, filled);
}

function decode(file: string, bytes: Uint8Array): Result<ArgumentFile> {
  if (startsUtf16(bytes)) {
    return failure([about('file-not-utf8', file, { label: 'it begins as a text in UTF-16 does' })]);
  }
  if (isBinary(bytes))
    return failure([about('file-binary', file, { label: 'it holds the byte 0, which no text has' })]);
  const decoded = decodeUtf8(bytes);
  if (decoded.ok) return success({ file, text: decoded.text });
  const { line, byteInLine } = lineOf(bytes, decoded.offset);
  const value = decoded.byte.toString(16).toUpperCase().padStart(2, '0');
  const label = `in line ${line}, byte ${byteInLine} (byte ${decoded.offset + 1} of the file) is ${value}, which has no meaning there in UTF-8`;
  return failure([about('file-not-utf8', file, { label })]);
}

/** Some editors still save so, and all of it would otherwise be called binary. */
function startsUtf16(bytes: Uint8Array): boolean {
  return (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
}

function lineOf(bytes: Uint8Array, offset: number): { readonly line: number; readonly byteInLine: number } {
  let line = 1;
  let start = 0;
  for (let at = 0; at < offset; at++) {
    const ends = bytes[at] === 10 || (bytes[at] === 13 && bytes[at + 1] !== 10);
    if (ends) {
      line++;
      start = at + 1;
    }
  }
  return { line, byteInLine: offset - start + 1 };
}

function sizeLabel(size: number | null): string {
  const limit = `${grouped(LARGEST_FILE_BYTES)} bytes`;
  return size === null
    ? `more than ${limit}, the most that is read`
    : `${grouped(size)} bytes; at most ${limit} are read`;
}

function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

// --- what lies where --------------------------------------------------------------------------------------------

type Status =
  | { readonly kind: 'file' | 'folder' | 'other' | 'missing' }
  | { readonly kind: 'refused'; readonly reason: string };

/** What a path leads to, links followed. */
function statusOf(path: string): Status {
  try {
    const status = statSync(path);
    return { kind: status.isFile() ? 'file' : status.isDirectory() ? 'folder' : 'other' };
  } catch (fault) {
    const code = (fault as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR') return { kind: 'missing' };
    return { kind: 'refused', reason: reasonOf(fault) };
  }
}

/** The system's refusals in words; anything that is not one is our own bug and goes on. */
function reasonOf(fault: unknown): string {
  const code = (fault as NodeJS.ErrnoException).code;
  switch (code) {
    case undefined:
      throw fault;
    case 'EACCES':
    case 'EPERM':
      return 'you are not allowed to read it';
    case 'ELOOP':
      return 'it is a link that leads back to itself';
    case 'ENAMETOOLONG':
      return 'its name is longer than the system allows';
    case 'ERR_INVALID_ARG_VALUE':
      return 'its name holds a character that no file name has';
    default:
      return `the system says ${code}`;
  }
}

function liesIn(folder: string, place: string): boolean {
  const way = relative(folder, place);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && resolve(folder, way) === place;
}

/** The entries of a folder by name, folders marked; null if it cannot be listed. */
export function readNames(
  folder: string,
): readonly { readonly name: string; readonly folder: boolean }[] | null {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .map((entry) => ({ name: entry.name, folder: entry.isDirectory() }))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return null;
  }
}

// --- messages ---------------------------------------------------------------------------------------------------

/** A diagnostic about a file as a whole, named as short as the user's own path allows. */
function about(code: DiagnosticCode, path: string, particulars: Particulars = {}): Diagnostic {
  return diagnose(code, { file: join(path), start: 0, end: 0 }, particulars);
}

function empty(file: string): Diagnostic {
  return about('text-empty', file);
}

/** Names the first part of the path that is missing, and what stands there with a similar name. */
function missing(path: string): Diagnostic {
  if (path === '') return about('file-missing', path, { label: 'the path is empty' });
  let part = join(path).replace(/[\\/]+$/, '');
  while (dirname(part) !== part && statusOf(dirname(part)).kind === 'missing') part = dirname(part);
  const folder = dirname(part);
  if (statusOf(folder).kind === 'file')
    return about('file-missing', path, { label: `\`${folder}\` is a file` });
  const label = part === join(path) ? '' : `there is no \`${part}\``;
  const candidates = (readNames(folder) ?? [])
    .slice(0, MOST_NAMES_COMPARED)
    .filter((entry) => entry.folder || /\.(md|markdown|casus)$/i.test(entry.name))
    .map((entry) => entry.name);
  const similar = suggest(basename(part), candidates);
  if (similar === null) return about('file-missing', path, { label });
  return about('file-missing', path, { label, hint: `Did you mean \`${join(folder, similar)}\`?` });
}

/** Tells what the folder holds instead, and points at the file that was most likely meant. */
function noModel(folder: string): Diagnostic {
  const entries = readNames(folder);
  if (entries === null) return about('file-unreadable', folder, { label: 'this folder cannot be listed' });
  if (entries.some((entry) => entry.name === MODEL_NAME)) {
    return about('no-model-in-folder', folder, {
      label: `\`${MODEL_NAME}\` is a link that leads to no file`,
    });
  }
  const label = `it holds ${told(entries)}`;
  const hint = noModelHint(folder, entries);
  return about('no-model-in-folder', folder, hint === null ? { label } : { label, hint });
}

function told(entries: readonly { readonly name: string; readonly folder: boolean }[]): string {
  if (entries.length === 0) return 'nothing';
  const names = entries
    .slice(0, MOST_NAMES_TOLD)
    .map((entry) => `\`${entry.name}${entry.folder ? '/' : ''}\``);
  const more = entries.length - names.length;
  return more === 0 ? names.join(', ') : `${names.join(', ')} and ${grouped(more)} more`;
}

function noModelHint(
  folder: string,
  entries: readonly { readonly name: string; readonly folder: boolean }[],
): string | null {
  const markdown = entries.filter((entry) => !entry.folder && /\.(md|markdown)$/i.test(entry.name));
  if (markdown.length === 1) {
    const read = readText(folder, markdown[0]!.name);
    if (read.ok && readBrief(read.value.file, read.value.text).brief.blocks.length > 0) {
      return `\`${read.value.file}\` has casus blocks: give that file.`;
    }
  }
  const models = entries.filter((entry) => !entry.folder && /\.casus$/i.test(entry.name));
  if (models.length === 1) {
    return `Rename \`${models[0]!.name}\` to \`${MODEL_NAME}\`, or give \`${join(folder, models[0]!.name)}\`.`;
  }
  const inner = entries.filter(
    (entry) => entry.folder && statusOf(join(folder, entry.name, MODEL_NAME)).kind === 'file',
  );
  if (inner.length > 0) {
    return `Give one of the folders in it, such as \`${join(folder, inner[0]!.name)}\`.`;
  }
  return null;
}
