/**
 * What an ensemble draws for one input: a distribution, or a figure that changes with time. The latter is one
 * distribution for each of the input's knots, the instants at which any speaker's figure has a point of its own. All of
 * them are taken at one share u, so that who is low at one date is low at all.
 */
import { type Distribution, isCertain, quantile } from './distribution.ts';

/** The straight line between two points of a speaker, `part` of the way from left to right: taken at one u. */
export type Between = {
  readonly kind: 'between';
  readonly left: Distribution;
  readonly right: Distribution;
  readonly part: number;
};
export type KnotFigure = Distribution | Between;
export type DatedFigure = { readonly kind: 'dated'; readonly knots: readonly KnotFigure[] };
export type Figure = Distribution | DatedFigure;

/** What a speaker says with dates: each holds until the next (`from`), or they are points joined by lines (`at`). */
export type DatedEstimate = {
  readonly kind: 'dated';
  readonly dating: 'from' | 'at';
  /** Rising, in days on the model's axis. */
  readonly at: readonly number[];
  readonly of: readonly Distribution[];
};

/** The value at a share u, 0 < u < 1; monotone in u. */
export function quantileAt(figure: KnotFigure, u: number): number {
  if (figure.kind !== 'between') return quantile(figure, u);
  const [left, right] = [quantile(figure.left, u), quantile(figure.right, u)];
  return left + (right - left) * figure.part;
}

const isCertainAt = (figure: KnotFigure): boolean =>
  figure.kind === 'between' ? isCertain(figure.left) && isCertain(figure.right) : isCertain(figure);

/** Whether every u gives the same values: nothing is drawn. */
export const isFixed = (figure: Figure | DatedEstimate): boolean =>
  distributionsOf(figure).every(isCertainAt);

function distributionsOf(figure: Figure | DatedEstimate): readonly KnotFigure[] {
  if (figure.kind !== 'dated') return [figure];
  return 'of' in figure ? figure.of : figure.knots;
}

/** What an estimate is at each of the knots, which rise; all of its own dates are among them. */
export function alignedTo(knots: readonly number[], estimate: Distribution | DatedEstimate): Figure {
  if (estimate.kind !== 'dated') return estimate;
  const { dating, at, of } = estimate;
  // The last own date that does not lie after the knot.
  let left = -1;
  const figures = knots.map((knot): KnotFigure => {
    while ((at[left + 1] ?? Number.POSITIVE_INFINITY) <= knot) left++;
    // Before its first date an estimate is what it is there, as a table is.
    const held = of[Math.max(left, 0)];
    if (held === undefined) throw new Error('a dated estimate without a figure');
    const [from, to, next] = [at[left], at[left + 1], of[left + 1]];
    if (dating === 'from' || from === undefined || to === undefined || next === undefined || from === knot)
      return held;
    return { kind: 'between', left: held, right: next, part: (knot - from) / (to - from) };
  });
  return { kind: 'dated', knots: figures };
}
