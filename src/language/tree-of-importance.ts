/** The part of the tree that asks on what most hangs. */
import type { Declared, Name, Text } from './tree.ts';

/** `factor nuclear "Nuclear use" = nuclear_rate, nuclear_use`: uncertainties that claims of importance take as one. */
export type FactorDeclaration = Declared<'factor'> & {
  readonly name: Name;
  readonly label: Text | null;
  /** At least one; none where they could not be read. */
  readonly members: readonly Name[];
};
