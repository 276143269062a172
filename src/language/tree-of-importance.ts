/** The part of the tree that asks on what most hangs. */
import type { Span } from '../base/span.ts';
import type { Declared, Expression, Name, Text } from './tree.ts';

/** `factor nuclear "Nuclear use" = nuclear_rate, nuclear_use`: uncertainties that claims of importance take as one. */
export type FactorDeclaration = Declared<'factor'> & {
  readonly name: Name;
  readonly label: Text | null;
  /** At least one; none where they could not be read. */
  readonly members: readonly Name[];
};

/** `m, n hang most on a, b among levers`: the named ones matter more than all others. */
export type ImportanceText = {
  readonly kind: 'importance';
  /** At least one measure. */
  readonly measures: readonly (Expression & { kind: 'name' | 'index' })[];
  /** At least one factor; behind `among levers` one lever. */
  readonly named: readonly Name[];
  /** The place of the words `among levers`. */
  readonly amongLevers: Span | null;
  readonly span: Span;
};
