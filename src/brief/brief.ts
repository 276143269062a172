/**
 * The prose of an argument: its paragraphs and the links that bind sentences to claims. Only structure is kept here;
 * which claims exist is the model's affair.
 */
import type { Span } from '../base/span.ts';

/** A Markdown link `[text](#claim)`: it binds the words `text` to the claim of that name. */
export type ClaimLink = {
  readonly claim: string;
  /** The link's words as a reader sees them, white space folded. */
  readonly text: string;
  /** The sentence in which they stand, as a reader sees it, and where in it they begin. */
  readonly sentence: string;
  readonly at: number;
  /** The whole link in the Markdown file. */
  readonly span: Span;
};

/** A block of prose: a paragraph, a heading, a list item or a quotation's paragraph. */
export type BriefParagraph = {
  readonly kind: 'heading' | 'paragraph';
  /** 1 to 6 for a heading, 0 for anything else. */
  readonly depth: number;
  /** As a reader sees it, without markup, white space folded. */
  readonly text: string;
  readonly links: readonly ClaimLink[];
  readonly span: Span;
};

export type Brief = {
  readonly file: string;
  readonly paragraphs: readonly BriefParagraph[];
  /** The ```casus blocks: where each one's text lies in the file, and the fence's indent. */
  readonly blocks: readonly { readonly start: number; readonly end: number; readonly indent: number }[];
};
