/** Events of a checked model: what makes them happen, whether they recur and how long they last. */
import type { Expression } from './expression.ts';
import type { VariableBase } from './model.ts';

/**
 * The states that an event keeps, by number: whether it is active (its value), how often it has happened, and when it
 * last did, in days on the model's axis (0 before it ever has).
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
  readonly once: boolean;
  /** A length of time, read when it happens; null where it lasts the one step in which it happens. */
  readonly lasts: Expression | null;
};

type Parts = Pick<EventVariable, 'trigger' | 'lasts'>;

/** What is worked out before it is settled whether an event happens, from the states before. */
export const decidingParts = ({ trigger, lasts }: Parts): readonly Expression[] => [
  ...(trigger.kind === 'when' ? [trigger.condition] : []),
  ...(lasts === null ? [] : [lasts]),
];

/** Everything that an event reads. */
export const partsOfEvent = (event: Parts): readonly Expression[] => [
  ...decidingParts(event),
  ...(event.trigger.kind === 'rate' ? [event.trigger.rate] : []),
];

/** Whether its happening hangs on a number that is drawn, beside what its parts read. */
export const isDrawnEvent = ({ trigger }: Parts): boolean => trigger.kind === 'rate';
