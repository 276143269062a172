/**
 * What events and options do. A stock is moved by a flow of one step, which is made here as a flow like any other; an
 * input is set for as long as a condition on states holds. Whoever decides (an event, an option) lists its effects, and
 * keeps one state for each of its moves: how much is moved now, 0 where nothing is.
 */
import type { Span } from '../base/span.ts';
import type { Expression, Index } from './expression.ts';

export type Effect = MoveEffect | SetEffect;

/** `adds X to STOCK`, `takes X from STOCK`. */
export type MoveEffect = {
  readonly kind: 'move';
  readonly sign: '+' | '-';
  /** Number of the stock's variable, and the element as the decider's loops have it. */
  readonly stock: number;
  readonly indices: readonly Index[];
  /** In the stock's unit, worked out when it happens. */
  readonly amount: Expression;
  readonly span: Span;
};

/** `sets INPUT to X`. */
export type SetEffect = {
  readonly kind: 'set';
  readonly input: number;
  readonly indices: readonly Index[];
  /** Reads inputs and levers only; an input as it stands after the lines before. */
  readonly value: Expression;
  readonly span: Span;
};

export const movesOf = (effects: readonly Effect[]): readonly MoveEffect[] =>
  effects.filter((effect) => effect.kind === 'move');

export const setsOf = (effects: readonly Effect[]): readonly SetEffect[] =>
  effects.filter((effect) => effect.kind === 'set');

/** Everything that effects read. */
export const partsOfEffects = (effects: readonly Effect[]): readonly Expression[] =>
  effects.map((effect) => (effect.kind === 'move' ? effect.amount : effect.value));

/** An input that is set while a condition on the states of a decider holds; in the order of the text. */
export type InputSetting = {
  /** Number of the variable that decides; it is gone through element by element. */
  readonly decider: number;
  readonly condition: Expression;
  readonly set: SetEffect;
};
