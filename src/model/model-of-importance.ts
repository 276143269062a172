/** The part of a model that asks on what most hangs. */
import type { Span } from '../base/span.ts';
import type { Moved } from './model-of-comparisons.ts';

/** Uncertainties that claims of importance take as one; no two factors share any. */
export type Factor = {
  readonly name: string;
  readonly label: string;
  /** Numbers of the variables: inputs, and what draws. An array belongs to it whole. */
  readonly members: readonly number[];
  readonly span: Span;
};

/** One of those that a claim of importance compares. */
export type Ranked = {
  /** A factor's name, or the one thing's that it is. */
  readonly name: string;
  /** Numbers of the variables. */
  readonly members: readonly number[];
  /** The states of its members, one by one; what an equation draws has none that could be held. */
  readonly moved: readonly Moved[];
};

/** `m, n hang most on a, b`: the named ones matter more than all others. */
export type ImportanceForm = {
  readonly kind: 'importance';
  /** Numbers of measures, none of which can be never. */
  readonly measures: readonly number[];
  readonly among: 'factors' | 'levers';
  /** All that anything of the claim hangs on, and the named ones whatever they lead to; more than are named. */
  readonly ranked: readonly Ranked[];
  /** Names among `ranked`. */
  readonly named: readonly string[];
  readonly text: string;
};
