/** The part of a model that asks on what most hangs. */
import type { Span } from '../base/span.ts';

/** Uncertainties that claims of importance take as one; no two factors share any. */
export type Factor = {
  readonly name: string;
  readonly label: string;
  /** Numbers of the variables: inputs, and what draws. An array belongs to it whole. */
  readonly members: readonly number[];
  readonly span: Span;
};
