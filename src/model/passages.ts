/**
 * Where in the prose the claims stand: the paragraphs that link to any, in the order of the brief, each with the heading
 * above it. Views set claims out by them, and quote the sentences.
 */
import type { Span } from '../base/span.ts';
import type { Brief, BriefParagraph } from '../brief/brief.ts';
import type { Claim } from './model.ts';

/** A paragraph, a list item or a heading of the brief that links to claims. */
export type Passage = {
  /** The nearest heading above it, its own words if it is one; null where there is none but the title of the brief. */
  readonly heading: string | null;
  /** As a reader sees it, without markup. */
  readonly text: string;
  readonly links: readonly PassageLink[];
  readonly span: Span;
};

export type PassageLink = {
  /** Number of the claim. */
  readonly claim: number;
  /** The words that make it, the sentence in which they stand, and where in that they begin. */
  readonly words: string;
  readonly sentence: string;
  readonly at: number;
};

export function passagesOf(brief: Brief | 'unreadable' | null, claims: readonly Claim[]): readonly Passage[] {
  if (brief === null || brief === 'unreadable') return [];
  const numbers = new Map(claims.map(({ name }, number) => [name, number]));
  const title = titleOf(brief.paragraphs);
  let heading: string | null = null;
  return brief.paragraphs.flatMap((paragraph): readonly Passage[] => {
    if (paragraph.kind === 'heading') heading = paragraph === title ? null : paragraph.text;
    const links = paragraph.links.flatMap(({ claim, text: words, sentence, at }): readonly PassageLink[] => {
      const number = numbers.get(claim);
      return number === undefined ? [] : [{ claim: number, words, sentence, at }];
    });
    if (links.length === 0) return [];
    return [{ heading, text: paragraph.text, links, span: paragraph.span }];
  });
}

/** A first line that is a heading above all others names the whole, and no part of it. */
function titleOf(paragraphs: readonly BriefParagraph[]): BriefParagraph | null {
  const [first, ...others] = paragraphs;
  if (first?.kind !== 'heading') return null;
  const isAbove = others.every(({ kind, depth }) => kind !== 'heading' || depth > first.depth);
  return isAbove ? first : null;
}
