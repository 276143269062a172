/**
 * An argument's text to a program, stage by stage. Each stage is one exported function of its folder, and whatever a
 * stage has to say about the text is kept, in the order of the stages.
 *
 *   files ─ 1 read the brief ─ 2 parse the model ─ 3 build the model ─ 4 build the program
 *                                        data files ┘
 *
 * Which data files there are is known after stage 2 alone, so a host that reads files takes the stages in two parts.
 */
import { type Diagnostic, diagnose, hasErrors } from './base/diagnostic.ts';
import { MAXIMUM_STATE } from './base/limits.ts';
import { formatCount } from './base/number-format.ts';
import { failure, type Result, success } from './base/result.ts';
import type { Brief } from './brief/brief.ts';
import { readBrief } from './brief/read-brief.ts';
import { type Parsed, parse } from './language/parser.ts';
import type { ModelText, Tree } from './language/tree.ts';
import { buildModel } from './model/build-model.ts';
import type { DataTexts } from './model/data-files.ts';
import type { Model } from './model/model.ts';
import { buildProgram } from './program/build-program.ts';
import type { Program } from './program/program.ts';

export type TextFile = { readonly file: string; readonly text: string };

/** The files of an argument: prose and model apart, or one Markdown file with the model in its ```casus blocks. */
export type Argument =
  | { readonly form: 'folder'; readonly model: TextFile; readonly brief: TextFile | null }
  | { readonly form: 'markdown'; readonly brief: TextFile };

export type Compiled = {
  readonly model: Model;
  readonly program: Program;
  readonly brief: Brief | null;
  /** What was written, for showing it beside what it means. */
  readonly tree: Tree;
};

/** What the prose and the model say, before it is known what they mean: enough to tell which data files are wanted. */
export type ReadTexts = {
  readonly brief: Brief | 'unreadable' | null;
  /** Null where a Markdown file could not be read, so that nobody knows its blocks. */
  readonly parsed: (Parsed & { readonly text: string }) | null;
  readonly diagnostics: readonly Diagnostic[];
};

/** All stages at once; `data` holds the texts of data files by the names that the model writes. */
export const compile = (argument: Argument, data: DataTexts = new Map()): Result<Compiled> =>
  compileTexts(readTexts(argument), data);

/** Stages 1 and 2. */
export function readTexts(argument: Argument): ReadTexts {
  // 1 read the brief
  const read = argument.brief === null ? null : readBrief(argument.brief.file, argument.brief.text);
  const diagnostics: readonly Diagnostic[] = read?.diagnostics ?? [];
  const brief = read?.brief ?? null;

  // A brief that could not be read has no blocks to show, and no links that could be missed.
  const isReadable = !hasErrors(diagnostics);
  if (!isReadable && argument.form === 'markdown') return { brief: 'unreadable', parsed: null, diagnostics };

  // 2 parse the model
  const source = argument.form === 'folder' ? argument.model : argument.brief;
  const whole = [{ start: 0, end: source.text.length, indent: 0 }];
  const text: ModelText = { ...source, blocks: argument.form === 'folder' ? whole : (brief?.blocks ?? []) };
  const parsed = { ...parse(text), text: source.text };
  return { brief: isReadable ? brief : 'unreadable', parsed, diagnostics };
}

/** Stages 3 and 4. */
export function compileTexts(texts: ReadTexts, data: DataTexts): Result<Compiled> {
  const { brief, parsed } = texts;
  if (parsed === null) return failure(texts.diagnostics);
  const { tree, unread, text } = parsed;
  const diagnostics = [...texts.diagnostics, ...parsed.diagnostics];

  // 3 build the model; it reports its own faults even where the parser has found some
  const model = buildModel(tree, text, brief, unread, parsed.diagnostics, data);
  diagnostics.push(...model.diagnostics);
  if (!model.ok || hasErrors(diagnostics)) return failure(diagnostics);

  // 4 build the program
  const program = buildProgram(model.value);
  const tooLarge = stateFault(program, tree);
  if (tooLarge !== null) return failure([...diagnostics, tooLarge]);
  return success(
    { model: model.value, program, brief: brief === 'unreadable' ? null : brief, tree },
    diagnostics,
  );
}

/** What speaks against keeping a future of this program in memory; null if nothing does. */
function stateFault({ initial, histories, time }: Program, tree: Tree): Diagnostic | null {
  const remembered = histories.length * (time.steps + 1);
  const values = initial.length + remembered;
  const axis = tree.declarations.find((declaration) => declaration.kind === 'time');
  if (values <= MAXIMUM_STATE || axis === undefined) return null;
  const label = `${formatCount(histories.length)} delays over ${formatCount(time.steps + 1)} instants and all else make ${formatCount(values)} values; the limit is ${formatCount(MAXIMUM_STATE)}`;
  return diagnose('state-too-large', axis.span, { label });
}
