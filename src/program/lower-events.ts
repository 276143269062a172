/**
 * An event as instructions. Whether it happens is decided from the states before; its rate gathers at the end of the
 * instant, from the values at it. With H the rate times the steps so far, an event happens at the first instant at which H
 * has come to a threshold that is exponential with mean 1: by t_n it has with the chance 1 − exp(−Σ_{i<n} rate_i · step).
 */
import type { Expression } from '../model/expression.ts';
import type { Cell, Model } from '../model/model.ts';
import { keptOf } from '../model/model-of-effects.ts';
import type { EventVariable } from '../model/model-of-events.ts';
import type { Emitter } from './emitter.ts';
import { thresholdAt } from './lower-chance.ts';
import { lowerUniform } from './lower-draw.ts';
import { lowerExpression, type Scope } from './lower-expression.ts';
import { bringOntoGrid } from './lower-function.ts';
import type { StateRegisters } from './lower-states.ts';

export type EventPlace = {
  readonly model: Model;
  readonly cell: Cell;
  readonly event: EventVariable;
  /** Those of `EVENT_STATES`, and one for each of its moves. */
  readonly states: readonly StateRegisters[];
  /** What is worked out before anything is decided, and after it. */
  readonly before: Scope;
  readonly after: Scope;
  /** As before, with draws that are made once for an occurrence, which a register counts. */
  readonly keyed: (occurrence: number) => Scope;
  readonly memories: { held: number; next: number }[];
  /** 0; no number where something that deciders read has none. */
  readonly sound: number;
  /** By which a run holds it: how, by number in `HELD_EVENTS` from 1; the number of the instant; from which instant. */
  readonly forced: { readonly how: number; readonly on: number; readonly from: number };
};

/** What an event's rate comes to at the instant; null for events without one. `gather` emits its upkeep. */
export type Gathering = { readonly rate: number; readonly gather: () => void } | null;

/** Emits the decision. */
export function lowerEvent(place: EventPlace): Gathering {
  const { event, before: scope, memories } = place;
  const { emitter, timeRegister } = scope;
  const { emit, constant } = emitter;
  const [active, count, last, ...moved] = place.states;
  if (active === undefined || count === undefined || last === undefined)
    throw new Error('an event without its states');
  /** A register that begins at 0, and the one from which it is taken at the next instant. */
  const memory = (): { readonly held: number; readonly next: number } => {
    const own = { held: emitter.register(), next: emitter.register() };
    memories.push(own);
    return own;
  };
  const ends = event.lasts === null ? null : memory();
  const hazard = event.trigger.kind === 'rate' ? memory() : null;
  const threshold =
    hazard === null ? null : thresholdAt(scope, place.cell.variable, place.cell.name, count.before);
  const occasion =
    hazard !== null && threshold !== null
      ? emit('less or equal', threshold, hazard.held)
      : lowerOccasion(place, memory);
  // Known when a future starts, so that one comparison is left for each instant.
  const heldFrom = emit(
    'select',
    emit('less', constant(0.5), place.forced.how),
    place.forced.from,
    constant(Number.POSITIVE_INFINITY),
  );
  const isHeld = emit('less or equal', heldFrom, timeRegister);
  const lasting =
    ends === null ? constant(0) : emit('and', active.before, emit('less', timeRegister, ends.held));
  const isFirst = emit('less', count.before, constant(0.5));
  const isOpen = emit('not', emit('or', isHeld, lasting));
  const isFree = event.once ? emit('and', isOpen, isFirst) : isOpen;
  const meets = emit('and', occasion, isFree);
  const chance = event.chance === null ? null : lowerChance(place, event.chance, meets, memory);
  const held = lowerHeld(place, isHeld, lasting);
  const happens = emit('or', chance === null ? meets : chance.happens, held.happens);
  const runs = emit('select', isHeld, held.runs, lasting);

  const isActive = emit('or', runs, happens);
  let shown = emit('add', isActive, chance === null ? place.sound : emit('add', place.sound, chance.sound));
  if (event.lasts !== null && ends !== null) {
    const length = lowerExpression(place.keyed(count.before), event.lasts, place.cell.elements);
    const end = bringOntoGrid(emitter, scope.grid, emit('add', timeRegister, length));
    emitter.emitTo(ends.next, 'select', happens, end, ends.held);
    const isLength = emit(
      'and',
      emit('less', constant(0), length),
      emit('less', length, constant(Number.POSITIVE_INFINITY)),
    );
    const fails = emit('and', happens, emit('not', isLength));
    shown = emit('select', fails, constant(Number.NaN), shown);
  }
  const keep = ({ before, now }: StateRegisters, value: number): void => {
    emitter.emitTo(now, 'copy', scope.keepInStages(value));
    memories.push({ held: before, next: now });
  };
  keep(active, shown);
  keep(count, emit('add', count.before, happens));
  keep(last, emit('select', happens, timeRegister, last.before));
  keptOf(event.effects).forEach(({ part }, number) => {
    const state = moved[number];
    if (state === undefined) throw new Error('a move without its state');
    const value = lowerExpression(place.keyed(count.before), part, place.cell.elements);
    keep(state, emit('select', happens, value, constant(0)));
  });
  if (hazard === null || threshold === null || event.trigger.kind !== 'rate') return null;
  const { rate: equation } = event.trigger;
  // The rest is kept, so that events follow each other as the rate says; while one lasts nothing gathers.
  const rest = emit('select', happens, emit('subtract', hazard.held, threshold), hazard.held);
  const rate = emitter.register();
  return {
    rate,
    gather: () => {
      const own = place.after.emitter;
      const asked = lowerExpression(place.after, equation, place.cell.elements);
      const isRate = own.emit(
        'and',
        own.emit('less or equal', constant(0), asked),
        own.emit('less', asked, constant(Number.POSITIVE_INFINITY)),
      );
      const isOver = event.once ? own.emit('less', constant(0.5), count.now) : constant(0);
      const pauses = own.emit(
        'or',
        isHeld,
        event.lasts === null ? isOver : own.emit('or', isOver, active.now),
      );
      const checked = own.emit('select', isRate, asked, constant(Number.NaN));
      own.emitTo(rate, 'select', pauses, constant(0), checked);
      const gained = own.emit('multiply', rate, constant(place.model.time.step));
      own.emitTo(hazard.next, 'select', pauses, constant(0), own.emit('add', rest, gained));
    },
  };
}

/**
 * What a run holds in place of what would be: whether the event happens now, and whether it goes on. Held on a date it
 * happens then and at no other time, so what had begun before it was held is over; held always it is active from then on.
 */
function lowerHeld(
  { states, before: { emitter, instantRegister }, forced }: EventPlace,
  isHeld: number,
  lasting: number,
): { readonly happens: number; readonly runs: number } {
  const { emit, constant } = emitter;
  const [active, , last] = states;
  if (active === undefined || last === undefined) throw new Error('an event without its states');
  const isAlways = emit('less', constant(2.5), forced.how);
  const isOn = emit('and', emit('less', constant(1.5), forced.how), emit('not', isAlways));
  const isNow = emit(
    'and',
    emit('less', emit('subtract', forced.on, constant(0.5)), instantRegister),
    emit('less', instantRegister, emit('add', forced.on, constant(0.5))),
  );
  const begunSince = emit('and', lasting, emit('less or equal', forced.from, last.before));
  const begins = emit('select', isAlways, emit('not', active.before), emit('and', isOn, isNow));
  return {
    happens: emit('and', isHeld, begins),
    runs: emit('select', isAlways, active.before, emit('and', isOn, begunSince)),
  };
}

/** Whether an occasion is taken. Every occasion has a number of its own, taken or not. */
function lowerChance(
  { cell, before: scope, keyed }: EventPlace,
  share: Expression,
  meets: number,
  memory: () => { readonly held: number; readonly next: number },
): { readonly happens: number; readonly sound: number } {
  const { emitter } = scope;
  const { emit, constant } = emitter;
  const occasions = memory();
  emitter.emitTo(occasions.next, 'add', occasions.held, meets);
  const value = lowerExpression(keyed(occasions.held), share, cell.elements);
  const drawn = lowerUniform(scope, cell.variable, `${cell.name} chance`, occasions.held);
  const isShare = emit(
    'and',
    emit('less or equal', constant(0), value),
    emit('less or equal', value, constant(1)),
  );
  const fails = emit('and', meets, emit('not', isShare));
  return {
    happens: emit('and', meets, emit('less', drawn, value)),
    sound: emit('select', fails, constant(Number.NaN), constant(0)),
  };
}

/** Whether there is an occasion at this instant, for events without a rate. */
function lowerOccasion(
  { event, before: scope, cell }: EventPlace,
  memory: () => { readonly held: number; readonly next: number },
): number {
  const { emitter } = scope;
  const { trigger } = event;
  if (trigger.kind === 'when') {
    const holds = lowerExpression(scope, trigger.condition, cell.elements);
    const held = memory();
    emitter.emitTo(held.next, 'copy', holds);
    return emitter.emit('and', holds, emitter.emit('not', held.held));
  }
  return trigger.kind === 'on'
    ? lowerInstants(emitter, scope.instantRegister, trigger.instants)
    : emitter.constant(0);
}

/** Whether the instant is one of these, by number. */
function lowerInstants(emitter: Emitter, instant: number, instants: readonly number[]): number {
  const found = instants.map((number) =>
    emitter.emit(
      'and',
      emitter.emit('less', emitter.constant(number - 0.5), instant),
      emitter.emit('less', instant, emitter.constant(number + 0.5)),
    ),
  );
  const [first, ...others] = found;
  if (first === undefined) return emitter.constant(0);
  return others.reduce((any, one) => emitter.emit('or', any, one), first);
}
