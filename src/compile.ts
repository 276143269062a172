/**
 * An argument's text to a program, stage by stage. Each stage is one exported function of its folder, and whatever a
 * stage has to say about the text is kept, in the order of the stages.
 *
 *   files ─ 1 read the brief ─ 2 parse the model ─ 3 build the model ─ 4 build the program
 */
import { type Diagnostic, hasErrors } from './base/diagnostic.ts';
import { failure, type Result, success } from './base/result.ts';
import type { Brief } from './brief/brief.ts';
import { readBrief } from './brief/read-brief.ts';
import { parse } from './language/parser.ts';
import type { ModelText, Tree } from './language/tree.ts';
import { buildModel } from './model/build-model.ts';
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

export function compile(argument: Argument): Result<Compiled> {
  const diagnostics: Diagnostic[] = [];

  // 1 read the brief
  const read = argument.brief === null ? null : readBrief(argument.brief.file, argument.brief.text);
  diagnostics.push(...(read?.diagnostics ?? []));
  const brief = read?.brief ?? null;

  // A brief that could not be read has no blocks to show, and no links that could be missed.
  const isReadable = !hasErrors(diagnostics);
  if (!isReadable && argument.form === 'markdown') return failure(diagnostics);

  // 2 parse the model
  const source = argument.form === 'folder' ? argument.model : argument.brief;
  const whole = [{ start: 0, end: source.text.length, indent: 0 }];
  const text: ModelText = { ...source, blocks: argument.form === 'folder' ? whole : (brief?.blocks ?? []) };
  const { tree, diagnostics: faults, unread } = parse(text);
  diagnostics.push(...faults);

  // 3 build the model; it reports its own faults even where the parser has found some
  const model = buildModel(tree, source.text, isReadable ? brief : 'unreadable', unread, faults);
  diagnostics.push(...model.diagnostics);
  if (!model.ok || hasErrors(diagnostics)) return failure(diagnostics);

  // 4 build the program
  return success({ model: model.value, program: buildProgram(model.value), brief, tree }, diagnostics);
}
