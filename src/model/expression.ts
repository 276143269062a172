/**
 * Checked expressions: every name resolved to what it names, every unit proved to fit, every number in base units.
 * Arrays are still whole: an index says which element is meant, and the program stage lays the elements out.
 */
import type { Span } from '../base/span.ts';
import type { DelayKind } from './check-call.ts';
import type { FunctionName } from './functions.ts';
import type { Dimension } from './units.ts';

/** `unknown` follows a fault that is already reported, so that one mistake gives one message. */
export type Type =
  | { readonly kind: 'quantity'; readonly dimension: Dimension }
  | { readonly kind: 'boolean' }
  /** A point in time of a model with a calendar: dates and `time`. */
  | { readonly kind: 'instant' }
  | { readonly kind: 'unknown' };

/**
 * Which element of one of an array's groups: a fixed one, or the current one of a loop. Loops are counted from the
 * outside: first the groups of the declaration that the expression stands in, then the reductions around the place.
 */
export type Index =
  | { readonly kind: 'element'; readonly element: number }
  | { readonly kind: 'each'; readonly loop: number };

/** The distributions whose quantile is a formula: only these are drawn within equations. */
export const DRAWN_FAMILIES = [
  'uniform',
  'normal',
  'lognormal',
  'logitnormal',
  'triangular',
  'exponential',
  'weibull',
  'bernoulli',
  'discrete',
] as const;
export type DrawnFamily = (typeof DRAWN_FAMILIES)[number];

export type Expression = { readonly type: Type; readonly span: Span } & (
  | { readonly kind: 'constant'; readonly value: number }
  /** The current instant. */
  | { readonly kind: 'time' }
  /** A variable by its number in the model; `asked` reads what a flow wanted. */
  | {
      readonly kind: 'variable';
      readonly variable: number;
      /** One for each of its groups. */
      readonly indices: readonly Index[];
      readonly asked: boolean;
    }
  /** A state that an event or a decision keeps, by its number among them. */
  | {
      readonly kind: 'state';
      readonly variable: number;
      /** One for each of its groups. */
      readonly indices: readonly Index[];
      readonly state: number;
    }
  /** A measure by the number of its first element. */
  | {
      readonly kind: 'measure';
      readonly measure: number;
      /** One for each of its groups. */
      readonly indices: readonly Index[];
    }
  /** A random number; for `discrete` the parameters are values and shares in turn. */
  | {
      readonly kind: 'draw';
      readonly family: DrawnFamily;
      readonly parameters: readonly Expression[];
      /** For how many steps a number stands, at least 1. */
      readonly steps: number;
    }
  | { readonly kind: 'negate' | 'not'; readonly operand: Expression }
  | {
      readonly kind:
        | 'add'
        | 'subtract'
        | 'multiply'
        | 'divide'
        | 'power'
        | 'and'
        | 'or'
        | 'less'
        | 'less or equal';
      readonly left: Expression;
      readonly right: Expression;
    }
  | {
      readonly kind: 'choose';
      readonly condition: Expression;
      readonly then: Expression;
      readonly else: Expression;
    }
  /** One of rival meanings, by number, as the run holds the definition of that number in the model's variables. */
  | {
      readonly kind: 'meant';
      readonly definition: number;
      readonly meanings: readonly Expression[];
    }
  /** A table read at a value. */
  | { readonly kind: 'lookup'; readonly table: number; readonly argument: Expression }
  /** `before` is what it gives until something has come through; null for the input's first value. */
  | {
      readonly kind: 'delay';
      readonly delay: DelayKind;
      readonly input: Expression;
      readonly length: Expression;
      readonly before: Expression | null;
    }
  | { readonly kind: 'call'; readonly function: FunctionName; readonly arguments: readonly Expression[] }
  | {
      readonly kind: 'reduce';
      readonly reducer: 'sum' | 'min' | 'max';
      readonly group: number;
      readonly body: Expression;
    }
);

/** The number of the variable that an expression itself reads; null where it reads none. */
export const variableRead = (part: Expression): number | null =>
  part.kind === 'variable' || part.kind === 'state' ? part.variable : null;

/** Calls `visit` for an expression and all of its parts, outermost first. */
export function walk(expression: Expression, visit: (part: Expression) => void): void {
  visit(expression);
  for (const part of partsOf(expression)) walk(part, visit);
}

/** What an expression is made of, one level down. */
export function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'constant':
    case 'time':
    case 'variable':
    case 'state':
    case 'measure':
      return [];
    case 'negate':
    case 'not':
      return [expression.operand];
    case 'choose':
      return [expression.condition, expression.then, expression.else];
    case 'lookup':
      return [expression.argument];
    case 'delay':
      return [
        expression.input,
        expression.length,
        ...(expression.before === null ? [] : [expression.before]),
      ];
    case 'draw':
      return expression.parameters;
    case 'call':
      return expression.arguments;
    case 'meant':
      return expression.meanings;
    case 'reduce':
      return [expression.body];
    default:
      return [expression.left, expression.right];
  }
}

/** What an expression of nothing but written numbers comes to, in base units; null where it reads anything. */
export function constantValue(expression: Expression): number | null {
  switch (expression.kind) {
    case 'constant':
      return expression.value;
    case 'negate': {
      const operand = constantValue(expression.operand);
      return operand === null ? null : -operand;
    }
    case 'add':
    case 'subtract':
    case 'multiply':
    case 'divide': {
      const [left, right] = [constantValue(expression.left), constantValue(expression.right)];
      if (left === null || right === null) return null;
      if (expression.kind === 'add') return left + right;
      if (expression.kind === 'subtract') return left - right;
      return expression.kind === 'multiply' ? left * right : left / right;
    }
    default:
      return null;
  }
}
