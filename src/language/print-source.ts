/** A source: its title, and when, by whom and where it was said. */
import { type Doc, flat, INDENT, type PrintedLine, text, WIDTH, words } from './layout.ts';
import { nameText, type PrintContext, printExpression, quoted } from './print-expression.ts';
import type { SourceDeclaration } from './tree.ts';

/**
 * On one line if it fits, else its title and below it its attributes. Where comments stand between the attributes
 * these keep the writer's order and lines, so that each comment stays with its own.
 */
export function printSource(source: SourceDeclaration, context: PrintContext): readonly PrintedLine[] {
  const { name, title, date, side, author, url, keyword, span } = source;
  const titled = words(text('source', keyword.start), nameText(name), title && quoted(title));
  const titleEnd = title?.span.end ?? name.span.end;
  const attributes: { readonly doc: Doc; readonly start: number; readonly end: number }[] = [];
  if (date !== null)
    attributes.push({ doc: words(text('date'), printExpression(date, context)), ...date.span });
  if (side !== null) attributes.push({ doc: words(text('side'), nameText(side)), ...side.span });
  if (author !== null) attributes.push({ doc: text('author', author.start), ...author });
  if (url !== null) attributes.push({ doc: words(text('url'), quoted(url)), ...url.span });

  if (context.hasComment(titleEnd, span.end)) {
    const head: PrintedLine = { doc: titled, start: keyword.start, end: titleEnd, column: 0 };
    const lines = [head];
    for (const { doc, start, end } of attributes.toSorted((one, other) => one.start - other.start)) {
      const last = lines.at(-1)!;
      if (context.hasComment(last.end, start)) lines.push({ doc, start, end, column: INDENT });
      else lines[lines.length - 1] = { ...last, doc: words(last.doc, doc), end };
    }
    return lines;
  }
  const docs = attributes.map(({ doc }) => doc);
  const whole = words(titled, ...docs);
  if (docs.length === 0 || flat(whole).length <= WIDTH)
    return [{ doc: whole, start: keyword.start, end: span.end, column: 0 }];
  return [
    { doc: titled, start: keyword.start, end: titleEnd, column: 0 },
    { doc: words(...docs), start: titleEnd, end: span.end, column: INDENT },
  ];
}
