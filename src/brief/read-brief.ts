/**
 * Markdown to a brief: paragraphs, the links that bind their words to claims, and the places of the ```casus blocks.
 * Plain CommonMark, so that a brief reads the same everywhere; but raw HTML is text, since a brief may come from a
 * stranger and nothing in it may become markup of a page. It never looks into a model's text or a claim's meaning.
 */
import type { Heading, Link, Nodes, Paragraph } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { type Diagnostic, diagnose } from '../base/diagnostic.ts';
import type { Span } from '../base/span.ts';
import type { Brief, BriefParagraph, ClaimLink } from './brief.ts';
import { checkMarkup, endOfLine, lineAfter } from './check-markup.ts';
import { sentenceAround } from './sentence-around.ts';

type Block = Brief['blocks'][number];

/** The brief in a Markdown text. With errors among the diagnostics it is empty or lacks what they name. */
export function readBrief(
  file: string,
  text: string,
): { readonly brief: Brief; readonly diagnostics: readonly Diagnostic[] } {
  const faults = checkMarkup(file, text);
  if (faults.length > 0) return { brief: { file, paragraphs: [], blocks: [] }, diagnostics: faults };

  // The places of all fences, opening and closing, in order: the tree does not say whether a block was closed, and a
  // last line that looks like a fence may be its content.
  const fences: number[] = [];
  const tree = fromMarkdown(text, {
    extensions: [{ disable: { null: ['htmlFlow', 'htmlText'] } }],
    mdastExtensions: [
      { enter: { codeFencedFenceSequence: (token) => void fences.push(token.start.offset) } },
    ],
  });
  // The Markdown parser drops a byte order mark without counting it.
  const dropped = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  const spanOf = (node: Nodes): Span => ({
    file,
    start: node.position!.start.offset! + dropped,
    end: node.position!.end.offset! + dropped,
  });

  const paragraphs: BriefParagraph[] = [];
  const blocks: Block[] = [];
  const diagnostics: Diagnostic[] = [];
  let fence = 0;
  // A stack of our own instead of recursion: a stranger chooses how deep the tree is.
  const open: { readonly node: Nodes; readonly quoted: boolean }[] = [{ node: tree, quoted: false }];
  while (open.length > 0) {
    const { node, quoted } = open.pop()!;
    if (node.type === 'paragraph' || node.type === 'heading') {
      paragraphs.push(readParagraph(node, spanOf));
    } else if (node.type === 'code') {
      if (node.lang?.toLowerCase() !== 'casus') continue;
      const place = spanOf(node);
      while (fences[fence]! + dropped < place.start) fence++;
      const closing = (fences[fence + 1] ?? text.length) + dropped;
      if (quoted) {
        const head = { ...place, end: endOfLine(text, place.start) };
        diagnostics.push(diagnose('casus-block-in-quotation', head, { label: 'this block is quoted' }));
      } else {
        blocks.push(readBlock(text, place, closing < place.end ? closing : null));
      }
    } else if ('children' in node) {
      const within = quoted || node.type === 'blockquote';
      for (const child of node.children.toReversed()) open.push({ node: child, quoted: within });
    }
  }
  return { brief: { file, paragraphs, blocks }, diagnostics };
}

/** The stretch between the lines of the two fences; a block that nobody closed runs on to its end. */
function readBlock(text: string, place: Span, closing: number | null): Block {
  const start = Math.min(lineAfter(text, endOfLine(text, place.start)), text.length);
  const end = closing === null ? place.end : lineStart(text, closing);
  return { start, end: Math.max(start, end), indent: columnOf(text, place.start) };
}

function lineStart(text: string, offset: number): number {
  let start = offset;
  while (start > 0 && text.charCodeAt(start - 1) !== 10 && text.charCodeAt(start - 1) !== 13) start--;
  return start;
}

/** Columns before an offset on its line; a tab reaches to the next multiple of four, as in CommonMark. */
function columnOf(text: string, offset: number): number {
  let column = 0;
  for (let at = lineStart(text, offset); at < offset; at++) {
    const code = text.charCodeAt(at);
    if (code === 9) column += 4 - (column % 4);
    else if (code !== 0xfeff) column++;
  }
  return column;
}

function readParagraph(paragraph: Paragraph | Heading, spanOf: (node: Nodes) => Span): BriefParagraph {
  const links: (Pick<ClaimLink, 'claim' | 'span'> & { readonly from: number; readonly to: number })[] = [];
  let words = '';
  // A link is closed when the stack comes back to it after all that is in it; `from` is then where its words began.
  type Task = { readonly node: Nodes } | { readonly link: Link; readonly from: number };
  const open: Task[] = [{ node: paragraph }];
  while (open.length > 0) {
    const task = open.pop()!;
    if ('link' in task) {
      const claim = claimOf(task.link);
      if (claim !== null) links.push({ claim, from: task.from, to: words.length, span: spanOf(task.link) });
      continue;
    }
    const { node } = task;
    if (node.type === 'break') words += ' ';
    else if ('value' in node) words += node.value;
    else if ('alt' in node) words += node.alt ?? '';
    else if ('children' in node) {
      if (node.type === 'link') open.push({ link: node, from: words.length });
      for (const child of node.children.toReversed()) open.push({ node: child });
    }
  }
  const text = fold(words);
  return {
    kind: paragraph.type === 'heading' ? 'heading' : 'paragraph',
    depth: paragraph.type === 'heading' ? paragraph.depth : 0,
    text,
    links: links.map(({ claim, from, to, span }): ClaimLink => {
      const raw = words.slice(from, to);
      const own = fold(raw);
      // White space at the beginning of a link stands before its words.
      const start = foldedLength(words.slice(0, from + raw.length - raw.trimStart().length));
      return { claim, text: own, ...sentenceAround(text, start, start + own.length), span };
    }),
    span: spanOf(paragraph),
  };
}

/** Where the first word behind some raw words begins once all white space is folded. */
const foldedLength = (before: string): number => harmless(before).trimStart().length;

/** The claim's name in `#name`, or null where the link leads elsewhere. */
function claimOf(link: Link): string | null {
  if (!link.url.startsWith('#') || link.url === '#') return null;
  const name = link.url.slice(1);
  try {
    return decodeURIComponent(name);
  } catch {
    // Not percent-encoded after all: then it is the name as it stands.
    return name;
  }
}

const fold = (words: string): string => harmless(words).trim();

/**
 * One space for all white space, and nothing that would move a cursor, colour a terminal or turn the direction of writing
 * where the words are shown: a brief may come from a stranger.
 */
const harmless = (words: string): string =>
  words
    .replace(/\s+/g, ' ')
    .replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '')
    .replace(/ +/g, ' ');
