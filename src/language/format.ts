/**
 * The text of a model in its one form; all that is not model text stays as it is. Faulty text is not formatted, since
 * what could not be read cannot be printed. Before a text is given back it is compared with what it was made of
 * (`same-text.ts`): the formatter would rather fail than change what a model says.
 */
import { type Diagnostic, hasErrors } from '../base/diagnostic.ts';
import { gatherFaults } from './faults.ts';
import { parse, readPieces, splitText } from './parser.ts';
import { print, unitsOf } from './print.ts';
import { readsTheSame } from './same-text.ts';
import type { ModelText, Tree } from './tree.ts';

type Block = ModelText['blocks'][number];

/** How far back the line of an opening fence is looked for. */
const LONGEST_FENCE = 1_000;

export type Formatted =
  | { readonly ok: true; readonly text: string }
  /** The text's own faults; or none, where its form would be beyond a limit and could not be read again. */
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

export function format(model: ModelText): Formatted {
  const faults = gatherFaults(model.file);
  const pieces = splitText(model, faults);
  const { tree, diagnostics } = readPieces(pieces, faults);
  if (hasErrors(diagnostics)) return { ok: false, diagnostics };
  const parts: string[] = [];
  const blocks: Block[] = [];
  let copied = 0;
  let length = 0;
  const add = (part: string): void => {
    parts.push(part);
    length += part.length;
  };
  for (const block of model.blocks) {
    add(model.text.slice(copied, block.start));
    const start = length;
    add(formatBlock(model, block, tree));
    blocks.push({ start, end: length, indent: block.indent });
    copied = block.end;
  }
  add(model.text.slice(copied));
  const text = parts.join('');
  // What has not changed says what it said.
  if (text === model.text) return { ok: true, text };
  const found = gatherFaults(model.file);
  const same = readsTheSame(pieces, tree, splitText({ ...model, text, blocks }, found), found);
  if (hasErrors(found.all())) return { ok: false, diagnostics: [] };
  if (!same) throw new Error('the formatter would have changed what the model says');
  return { ok: true, text };
}

/** One block by itself, since comments at its end belong to it; `whole` is the tree of all blocks. */
function formatBlock(model: ModelText, block: Block, whole: Tree): string {
  const { file, text, blocks } = model;
  const tree = blocks.length === 1 ? whole : parse({ file, text, blocks: [block] }).tree;
  const printed = print(tree, text, { indent: block.indent, units: unitsOf(whole) });
  // A file of its own has one form to its last byte; a block in a page keeps to the page.
  if (blocks.length === 1 && block.start === 0 && block.end === text.length) return printed;
  // The opening fence's line; its white space and its line end are the block's.
  const before = text.slice(Math.max(0, block.start - LONGEST_FENCE), block.start);
  const lineEnd = /(\r\n|\r|\n)$/.exec(before)?.[0] ?? '\n';
  const margin = /(?:^|[\r\n])([ \t]*)[^\r\n]*(?:\r\n|\r|\n)$/.exec(before)?.[1] ?? '';
  const prefix = margin.includes('\t') ? margin : ' '.repeat(block.indent);
  const lines = printed
    .split('\n')
    .map((line) => (line === '' ? '' : `${prefix}${line}`))
    .join(lineEnd);
  const ended = /[\r\n]$/.test(text.slice(block.start, block.end));
  return ended ? lines : lines.slice(0, lines.length - (lines === '' ? 0 : lineEnd.length));
}
