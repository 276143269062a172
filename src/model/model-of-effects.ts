/**
 * What events and options do. A stock is moved by a flow of one step, which is made here as a flow like any other; an
 * input is set for as long as a condition on states holds. Whoever decides (an event, an option) lists its effects, and
 * keeps states for what it moves: how much is moved now, 0 where nothing is. A tie is moved in the states' place.
 */
import type { Span } from '../base/span.ts';
import type { Expression, Index } from './expression.ts';

export type Effect = MoveEffect | TieEffect | SetEffect;

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

/** `adds X to TIE`, `takes X from TIE`, `sets TIE to X`: at once, and once. */
export type TieEffect = {
  readonly kind: 'tie';
  readonly word: 'adds' | 'takes' | 'sets';
  /** Number of the tie's variable, and the element as the decider's loops have it. */
  readonly tie: number;
  readonly indices: readonly Index[];
  /** In the tie's unit, worked out when it happens. */
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

/** What a decider keeps a state of, in the order of these: worked out when it happens, and 0 where it does not. */
export type Kept = { readonly effect: MoveEffect | TieEffect; readonly part: Expression };

/** What sets a tie has a second state, which is 1 when it happens. */
export const keptOf = (effects: readonly Effect[]): readonly Kept[] =>
  effects.flatMap((effect): readonly Kept[] => {
    if (effect.kind === 'set') return [];
    const { amount, span } = effect;
    const one: Expression = { kind: 'constant', value: 1, type: { kind: 'quantity', dimension: [] }, span };
    const amounts = [{ effect, part: amount }];
    return effect.kind === 'tie' && effect.word === 'sets' ? [...amounts, { effect, part: one }] : amounts;
  });

export const setsOf = (effects: readonly Effect[]): readonly SetEffect[] =>
  effects.filter((effect) => effect.kind === 'set');

/** Everything that effects read. */
export const partsOfEffects = (effects: readonly Effect[]): readonly Expression[] =>
  effects.map((effect) => (effect.kind === 'set' ? effect.value : effect.amount));

/** An input that is set while a condition on the states of a decider holds; in the order of the text. */
export type InputSetting = {
  /** Number of the variable that decides; it is gone through element by element. */
  readonly decider: number;
  readonly condition: Expression;
  readonly set: SetEffect;
};

/** A line that moves a tie, and who decides over it; in the order of the text. */
export type TieMove = {
  /** Number of the variable that decides; it is gone through element by element. */
  readonly decider: number;
  /** Its state that holds the amount; where a tie is set the next one tells whether it is. */
  readonly state: number;
  readonly effect: TieEffect;
};
