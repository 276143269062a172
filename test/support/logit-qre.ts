/**
 * Reference values of the logit rule. `CHOICES` are chances by exp(λu)/Σexp(λu). `EQUILIBRIA` are logit quantal response
 * equilibria of asymmetric matching pennies with row payoffs [[X, 0], [0, 1]] and column payoffs [[0, 1], [1, 0]], the
 * class of games of Ochs, "Games with unique, mixed strategy equilibria", Games and Economic Behavior 10 (1995), as
 * defined by McKelvey & Palfrey, "Quantal response equilibria for normal form games", the same volume (1995); worked out
 * by bisection, apart from this program.
 */
export const CHOICES = [
  {
    worths: [1, 0.5, 0],
    lambda: 2,
    chances: [0.6652409557748218, 0.24472847105479764, 0.09003057317038046],
  },
  {
    worths: [10, 8, 3],
    lambda: 0.5,
    chances: [0.7152682759694339, 0.2631324936512963, 0.021599230379269717],
  },
] as const;

export const EQUILIBRIA = [
  { x: 1, lambda: 2, up: 0.5, left: 0.5 },
  { x: 4, lambda: 0.5, up: 0.6574194665433852, left: 0.4607262031851882 },
  { x: 4, lambda: 1, up: 0.7219371538838473, left: 0.390818187462851 },
  { x: 4, lambda: 2, up: 0.7190427806125943, left: 0.2939718442537089 },
  { x: 9, lambda: 0.5, up: 0.8306705913418173, left: 0.4180774669062137 },
  { x: 9, lambda: 1, up: 0.8935763305539739, left: 0.3127803750295332 },
] as const;
