/** The part of the tree that binds two actors: ties, whose levels events and decisions move. */
import type { Span } from '../base/span.ts';
import type { Axis, Declared, Expression, Name, Text, UnitText } from './tree.ts';

/** `tie NAME[Group, Group] symmetric: UNIT within LOW .. HIGH "label" = START`. */
export type TieDeclaration = Declared<'tie'> & {
  readonly name: Name;
  readonly axes: readonly Axis[];
  /** The place of the word `symmetric`: what moves the one way moves the other. */
  readonly symmetric: Span | null;
  readonly unit: UnitText | null;
  /** `within LOW .. HIGH`: beyond these ends no effect moves it. */
  readonly within: { readonly low: Expression; readonly high: Expression; readonly span: Span } | null;
  readonly label: Text | null;
  readonly start: Expression;
};
