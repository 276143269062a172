/**
 * Between which values an expression can lie in any future, as far as its figures show: intervals worked out from the
 * inputs' distributions under every speaker, from levers and scenarios, and from what stocks and flows can be. It may
 * say too much and never too little, so that what it excludes cannot happen; what it does not know has no limits.
 */
import { type Distribution, medianOf, rangeOf } from '../base/distribution.ts';
import type { DrawnFamily, Expression } from './expression.ts';
import type { FunctionName } from './functions.ts';
import type { Model, Variable } from './model.ts';
import { decisionStates } from './model-of-decisions.ts';
import { keptOf } from './model-of-effects.ts';
import { ACTIVE, EVENT_STATES } from './model-of-events.ts';

export type Range = { readonly low: number; readonly high: number };

const ANY: Range = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
const NOT_BELOW_ZERO: Range = { low: 0, high: Number.POSITIVE_INFINITY };
const YES_OR_NO: Range = { low: 0, high: 1 };

/** The range of any expression of the model's equations; an array is taken as a whole. */
export const rangesIn = (model: Model): ((expression: Expression) => Range) => rangesFrom(model, rangeOf);

/** The same with each figure at its middle: what differs is who speaks, the element, the date, the scenario. */
export const middlesIn = (model: Model): ((expression: Expression) => Range) =>
  rangesFrom(model, (figure) => {
    const middle = medianOf(figure);
    return { low: middle, high: middle };
  });

function rangesFrom(
  model: Model,
  figureRange: (figure: Distribution) => Range,
): (expression: Expression) => Range {
  const known = new Map<number, Range>();
  const read = (expression: Expression): Range => rangeIn(model, known, expression);
  const forced = forcedValues(model);
  model.variables.forEach((variable, number) => {
    if (variable.kind === 'lever') known.set(number, hull([variable, ...(forced.get(number) ?? [])]));
    if (variable.kind === 'input')
      known.set(number, hull([...drawn(variable, figureRange), ...(forced.get(number) ?? [])]));
    if (variable.kind === 'series')
      known.set(number, hull(variable.tracks.map(({ values }) => along(values))));
    // With itself an actor has 0.
    if (variable.kind === 'tie' && variable.within !== null)
      known.set(number, hull([variable.within, { low: 0, high: 0 }]));
    if (variable.kind === 'stock') known.set(number, variable.signed ? ANY : NOT_BELOW_ZERO);
  });
  for (const { set } of model.inputSettings)
    known.set(set.input, hull([known.get(set.input) ?? ANY, read(set.value)]));
  // In the order of the equations each finds known what it reads, but for what a circle through a delay brings back.
  for (const { cell } of model.order) {
    const number = model.cells[cell]?.variable ?? -1;
    const variable = model.variables[number];
    if (known.has(number) || !isWorkedOut(variable)) continue;
    const value = read(variable.value);
    // What a flow gets is no more than it asks, and no less than nothing.
    const clipped = { low: Math.max(0, value.low), high: Math.max(0, value.high) };
    known.set(number, variable.kind !== 'flow' || variable.twoWay ? value : { ...clipped, low: 0 });
  }
  return read;
}

/** What an event moves is nothing or the amount; how often and when it happened has no limits that are known here. */
function rangeOfState(
  model: Model,
  known: ReadonlyMap<number, Range>,
  expression: Expression & { kind: 'state' },
): Range {
  const { variable: number, state } = expression;
  const event = model.variables[number];
  if (isYesOrNo(model, expression)) return YES_OR_NO;
  if (event?.kind === 'decision') {
    const moved = decisionStates(event)[state];
    if (moved?.kind !== 'moved') return ANY;
    const amount = keptOf(event.options[moved.option]?.effects ?? [])[moved.move]?.part;
    return amount === undefined ? ANY : hull([ZERO, rangeIn(model, known, amount)]);
  }
  if (event?.kind !== 'event') return ANY;
  const move = keptOf(event.effects)[state - EVENT_STATES.length];
  return move === undefined ? ANY : hull([ZERO, rangeIn(model, known, move.part)]);
}

/** What scenarios hold each input or lever at, by the number of its variable. */
function forcedValues({ scenarios, cells }: Model): ReadonlyMap<number, readonly Range[]> {
  const forced = new Map<number, Range[]>();
  for (const { cell, value, role } of scenarios.flatMap(({ forces }) => forces)) {
    if (role !== null) continue;
    const variable = cells[cell]?.variable ?? -1;
    forced.set(variable, [...(forced.get(variable) ?? []), { low: value, high: value }]);
  }
  return forced;
}

const isWorkedOut = (
  variable: Variable | undefined,
): variable is Variable & { kind: 'let' | 'flow' | 'definition' } =>
  variable?.kind === 'let' || variable?.kind === 'flow' || variable?.kind === 'definition';

/** What any speaker's figures can come to, at any of their dates. */
const drawn = (
  { estimates }: Variable & { kind: 'input' },
  figureRange: (figure: Distribution) => Range,
): readonly Range[] =>
  estimates.flatMap((estimate) => {
    if (estimate.drawn === null) return [];
    return estimate.drawn.kind === 'dated'
      ? estimate.drawn.of.map(figureRange)
      : [figureRange(estimate.drawn)];
  });

/** Whether an event is active; whether an option stands, or how likely it was made. */
function isYesOrNo({ variables }: Model, { variable, state }: Expression & { kind: 'state' }): boolean {
  const kept = variables[variable];
  return kept?.kind === 'decision' ? state <= 2 * kept.options.length : state === ACTIVE;
}

function rangeIn(model: Model, known: ReadonlyMap<number, Range>, expression: Expression): Range {
  const of = (part: Expression): Range => rangeIn(model, known, part);
  switch (expression.kind) {
    case 'constant':
      return { low: expression.value, high: expression.value };
    case 'time':
      return { low: model.time.start, high: model.time.start + model.time.step * model.time.steps };
    case 'variable':
      return known.get(expression.variable) ?? ANY;
    case 'state':
      return rangeOfState(model, known, expression);
    case 'negate':
      return negative(of(expression.operand));
    case 'add':
      return sum(of(expression.left), of(expression.right));
    case 'subtract':
      return sum(of(expression.left), negative(of(expression.right)));
    case 'multiply':
      return product(of(expression.left), of(expression.right));
    case 'divide':
      return quotient(of(expression.left), of(expression.right));
    case 'power':
      return isEven(expression.right) ? NOT_BELOW_ZERO : notBelowZeroWith([of(expression.left)]);
    case 'not':
    case 'and':
    case 'or':
    case 'less':
    case 'less or equal':
      return YES_OR_NO;
    case 'choose':
      return hull([of(expression.then), of(expression.else)]);
    case 'meant':
      return hull(expression.meanings.map(of));
    case 'lookup':
      return along(model.tables[expression.table]?.values ?? []);
    case 'delay':
      // Every delay gives a mixture of what went in and of what it began with.
      return expression.before === null
        ? of(expression.input)
        : hull([of(expression.input), of(expression.before)]);
    case 'draw':
      return DRAWS[expression.family](expression.parameters.map(of));
    case 'call':
      return CALLS[expression.function]?.(expression.arguments.map(of)) ?? ANY;
    case 'reduce': {
      const members = model.groups[expression.group]?.members.length ?? 0;
      const one = of(expression.body);
      return expression.reducer === 'sum' ? product(one, { low: members, high: members }) : one;
    }
    case 'measure':
      return ANY;
  }
}

// --- arithmetic on ranges ---------------------------------------------------------------------------------------

function hull(ranges: readonly Range[]): Range {
  if (ranges.length === 0) return ANY;
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const range of ranges) {
    low = Math.min(low, range.low);
    high = Math.max(high, range.high);
  }
  return { low, high };
}

/** A line between two values, or their steps, never leaves them. */
const along = (values: readonly number[]): Range =>
  hull(values.map((value) => ({ low: value, high: value })));

const negative = ({ low, high }: Range): Range => ({ low: -high, high: -low });

const sum = (left: Range, right: Range): Range => ({
  low: left.low + right.low,
  high: left.high + right.high,
});

/** An end that is 0 stays 0 times whatever is finite, however large. */
const times = (left: number, right: number): number => (left === 0 || right === 0 ? 0 : left * right);

function product(left: Range, right: Range): Range {
  const a = times(left.low, right.low);
  const b = times(left.low, right.high);
  const c = times(left.high, right.low);
  const d = times(left.high, right.high);
  return { low: Math.min(a, b, c, d), high: Math.max(a, b, c, d) };
}

function quotient(left: Range, right: Range): Range {
  if (right.low > 0 || right.high < 0) {
    return product(left, { low: 1 / right.high, high: 1 / right.low });
  }
  return notBelowZeroWith([left, right]);
}

/** The signs alone: nothing below zero where nothing that is read lies below it. */
const notBelowZeroWith = (ranges: readonly Range[]): Range =>
  ranges.every(({ low }) => low >= 0) ? NOT_BELOW_ZERO : ANY;

const isEven = (exponent: Expression): boolean => exponent.kind === 'constant' && exponent.value % 2 === 0;

const least = (ranges: readonly Range[]): Range => ({
  low: Math.min(...ranges.map(({ low }) => low)),
  high: Math.min(...ranges.map(({ high }) => high)),
});
const greatest = (ranges: readonly Range[]): Range => negative(least(ranges.map(negative)));

const ZERO: Range = { low: 0, high: 0 };
const between = (low: number, high: number) => (): Range => ({ low, high });
const rounded = (ranges: readonly Range[]): Range => notBelowZeroWith(ranges);
const upToFirst = ([height = ANY]: readonly Range[]): Range => hull([ZERO, height]);

/** By what the parameters of a draw can be; those that give no distribution give no number. */
const DRAWS: Record<DrawnFamily, (ranges: readonly Range[]) => Range> = {
  uniform: hull,
  triangular: hull,
  normal: () => ANY,
  lognormal: () => NOT_BELOW_ZERO,
  exponential: () => NOT_BELOW_ZERO,
  weibull: () => NOT_BELOW_ZERO,
  logitnormal: () => YES_OR_NO,
  bernoulli: () => YES_OR_NO,
  // Values and their shares in turn.
  discrete: (ranges) => hull(ranges.filter((_, place) => place % 2 === 0)),
};

const CALLS: Partial<Record<FunctionName, (ranges: readonly Range[]) => Range>> = {
  abs: () => NOT_BELOW_ZERO,
  min: least,
  max: greatest,
  clamp: ([, low = ANY, high = ANY]) => ({ low: low.low, high: high.high }),
  ratio: ([above = ANY, below = ANY, otherwise = ANY]) => hull([quotient(above, below), otherwise]),
  mod: ([, divisor = ANY]) => (divisor.low >= 0 ? { low: 0, high: divisor.high } : ANY),
  floor: rounded,
  ceil: rounded,
  round: rounded,
  sqrt: () => NOT_BELOW_ZERO,
  exp: () => NOT_BELOW_ZERO,
  sin: between(-1, 1),
  cos: between(-1, 1),
  tanh: between(-1, 1),
  turns: rounded,
  step: upToFirst,
  pulse: upToFirst,
  ramp: ([slope = ANY]) => notBelowZeroWith([slope]),
};
