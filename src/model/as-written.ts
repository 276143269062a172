/** The words of a declaration as its writer set them, for whoever quotes them. */
import type { Span } from '../base/span.ts';
import type { Declaration, Tree } from '../language/tree.ts';

export const declarationAt = (tree: Tree, { start }: Span): Declaration | undefined =>
  tree.declarations.find((declaration) => 'name' in declaration && declaration.name.span.start === start);

export const quoted = (text: string, { start, end }: Span): string =>
  text.slice(start, end).replaceAll(/\s+/g, ' ').trim();

/** Further lines keep their place below the first, which in a block of prose may itself be moved in. */
export function writtenLines(text: string, declaration: Declaration | undefined): readonly string[] {
  if (declaration === undefined) return [];
  const { start, end } = declaration.span;
  const lineStart = Math.max(text.lastIndexOf('\n', start - 1), text.lastIndexOf('\r', start - 1)) + 1;
  const indent = /^[ \t]*/.exec(text.slice(lineStart, start))?.[0] ?? '';
  return text
    .slice(start, end)
    .split(/\r\n|\n|\r/)
    .map((line, at) => (at > 0 && line.startsWith(indent) ? line.slice(indent.length) : line).trimEnd())
    .map((line) => line.replaceAll('\t', '  '));
}
