/**
 * What is decided at an instant, behind what is worked out first and before all else: events and decisions. The scopes in which they
 * see the model are made here, and the upkeep that must come after all equations is gathered.
 */
import type { Model } from '../model/model.ts';
import type { Held } from '../model/settings.ts';
import { type CellRegisters, variableOf } from './lower-cells.ts';
import { lowerDecision } from './lower-decisions.ts';
import { type DelayParts, delaysOf, lowerDelay } from './lower-delay.ts';
import { withDraws } from './lower-draw.ts';
import { type GivenRegisters, lowerSettings } from './lower-effects.ts';
import { type Gathering, lowerEvent } from './lower-events.ts';
import type { Scope } from './lower-expression.ts';
import { foreseenScope, soundOf } from './lower-foreseen.ts';
import { type States, statesOf } from './lower-states.ts';
import { lowerTie, type TieLevels } from './lower-ties.ts';

export type Deciders = {
  /** Emits the decision of a cell; before the first one what is foreseen. */
  readonly decide: (cell: number) => void;
  /** Emits what follows from the decisions at once: the inputs that they set. */
  readonly settle: () => void;
  /** Emits what comes after all equations, and gives the registers of the rates of events by cell. */
  readonly gather: () => ReadonlyMap<number, number>;
};

/** @param foresee emits what is foreseen, in its scope and into its registers */
export function decidersOf(
  model: Model,
  scope: Scope,
  registers: readonly CellRegisters[],
  states: States,
  given: GivenRegisters,
  levels: TieLevels,
  delays: DelayParts,
  foresee: (scope: Scope, registers: readonly CellRegisters[]) => void,
): Deciders {
  const foreseen = foreseenScope(model, scope, registers, states, given, levels);
  const gatherings = new Map<number, NonNullable<Gathering>>();
  let sound: number | null = null;
  return {
    decide: (number) => {
      if (levels.has(number)) {
        lowerTie(model, scope, registers, states, levels, delays.memories, number);
        return;
      }
      if (sound === null) {
        lowerSettings(model, foreseen.scope, given, foreseen.registers);
        foresee(foreseen.scope, foreseen.registers);
        sound = soundOf(model, scope, foreseen.registers);
      }
      const cell = model.cells[number];
      const event = cell === undefined ? undefined : variableOf(model, cell);
      const held = (kind: Held): number => scope.held(number, kind);
      if (cell !== undefined && event?.kind === 'decision') {
        lowerDecision({
          cell,
          decision: event,
          states: statesOf(states, number),
          before: foreseen.scope,
          memories: delays.memories,
          sound,
          forced: { option: held('option'), from: held('option from') },
        });
        return;
      }
      if (cell === undefined || event?.kind !== 'event') throw new Error('a decision that is none');
      const siteOf = delaysOf(delays, number);
      const own = (around: Scope, occurrence: number | null = null): Scope => ({
        ...withDraws(model, around, number, occurrence),
        delay: (expression, lower) => lowerDelay(delays, siteOf(expression.delay), expression, lower),
      });
      const gathering = lowerEvent({
        model,
        cell,
        event,
        states: statesOf(states, number),
        before: own(foreseen.scope),
        keyed: (occurrence) => own(foreseen.scope, occurrence),
        after: own(scope),
        memories: delays.memories,
        sound,
        forced: { how: held('event'), on: held('event on'), from: held('event from') },
      });
      if (gathering !== null) gatherings.set(number, gathering);
    },
    settle: () => lowerSettings(model, scope, given, registers),
    gather: () => {
      const rates = new Map<number, number>();
      for (const [number, { rate, gather }] of gatherings) {
        gather();
        rates.set(number, rate);
      }
      return rates;
    },
  };
}
