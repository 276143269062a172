/** Events of a checked model: what makes them happen, whether they recur and how long they last. */
import type { Expression, Type } from './expression.ts';
import type { VariableBase } from './model.ts';
import { type Effect, type InputSetting, keptOf, partsOfEffects, setsOf } from './model-of-effects.ts';

/**
 * The states that an event keeps, by number: whether it is active (its value), how often it has happened, and when it
 * last did, in days on the model's axis (0 before it ever has). Behind these stand the amounts of its moves.
 */
export const EVENT_STATES = ['active', 'count', 'last'] as const;
export const [ACTIVE, COUNT, LAST] = [0, 1, 2] as const;

export type EventTrigger =
  /** The numbers of the instants on which it happens, rising. */
  | { readonly kind: 'on'; readonly instants: readonly number[] }
  /** Per day, at least 0. */
  | { readonly kind: 'rate'; readonly rate: Expression }
  /** It happens each time that this turns true. */
  | { readonly kind: 'when'; readonly condition: Expression };

export type EventVariable = VariableBase & {
  readonly kind: 'event';
  readonly trigger: EventTrigger;
  /** How likely each occasion is to be taken, worked out at it; null where every one is. */
  readonly chance: Expression | null;
  readonly once: boolean;
  /** A length of time, read when it happens; null where it lasts the one step in which it happens. */
  readonly lasts: Expression | null;
  readonly effects: readonly Effect[];
};

type Parts = Pick<EventVariable, 'trigger' | 'chance' | 'lasts' | 'effects'>;

/** What is worked out before it is settled whether an event happens, from the states before. */
export const decidingParts = ({ trigger, chance, lasts, effects }: Parts): readonly Expression[] => [
  ...(trigger.kind === 'when' ? [trigger.condition] : []),
  ...(chance === null ? [] : [chance]),
  ...(lasts === null ? [] : [lasts]),
  ...partsOfEffects(effects),
];

/** Everything that an event reads. */
export const partsOfEvent = (event: Parts): readonly Expression[] => [
  ...decidingParts(event),
  ...(event.trigger.kind === 'rate' ? [event.trigger.rate] : []),
];

/** Whether its happening hangs on a number that is drawn, beside what its parts read. */
export const isDrawnEvent = ({ trigger, chance }: Parts): boolean =>
  trigger.kind === 'rate' || chance !== null;

/** How many states an event keeps. */
export const statesOfEvent = ({ effects }: Parts): number => EVENT_STATES.length + keptOf(effects).length;

/**
 * The inputs that an event sets: while it is active if it says for how long, else from then on. `decider` is its number
 * among the variables, `axes` how many groups it goes over.
 */
export function settingsByEvent(event: Parts, decider: number, axes: number): readonly InputSetting[] {
  return setsOf(event.effects).map((set): InputSetting => {
    const state = (number: number): Expression => ({
      kind: 'state',
      variable: decider,
      indices: Array.from({ length: axes }, (_, loop) => ({ kind: 'each', loop })),
      state: number,
      type: number === ACTIVE ? { kind: 'boolean' } : PLAIN,
      span: set.span,
    });
    const { span } = set;
    const zero: Expression = { kind: 'constant', value: 0, type: PLAIN, span };
    const condition: Expression =
      event.lasts !== null
        ? state(ACTIVE)
        : { kind: 'less', left: zero, right: state(COUNT), type: { kind: 'boolean' }, span };
    return { decider, condition, set };
  });
}

const PLAIN: Type = { kind: 'quantity', dimension: [] };
