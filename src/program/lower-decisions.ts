/**
 * A decision as instructions: whether it is decided at the instant, what its options are worth, and what stands from now
 * on. Everything is read from the states before, so that decisions of one instant do not see each other. What goes wrong
 * in a part of it has a register of its own, so that a failed future is put down to that part.
 */

import { meetingSites } from '../model/draw-sites.ts';
import type { Expression } from '../model/expression.ts';
import type { Cell, DecisionVariable } from '../model/model.ts';
import { type DecisionState, decisionStates } from '../model/model-of-decisions.ts';
import { keptOf } from '../model/model-of-effects.ts';
import { lowerChoice } from './lower-choice.ts';
import { lowerUniform } from './lower-draw.ts';
import { lowerExpression, type Scope } from './lower-expression.ts';
import type { StateRegisters } from './lower-states.ts';

export type DecisionPlace = {
  readonly cell: Cell;
  readonly decision: DecisionVariable;
  /** Those of `decisionStates`. */
  readonly states: readonly StateRegisters[];
  /** What is worked out before anything is decided. */
  readonly before: Scope;
  readonly memories: { held: number; next: number }[];
  /** 0; no number where something that deciders read has none. */
  readonly sound: number;
  /** The number of the option that a run holds, -1 for none, and the instant from which it does. */
  readonly forced: { readonly option: number; readonly from: number };
};

export function lowerDecision(place: DecisionPlace): void {
  const { cell, decision, states, before: scope, memories, sound, forced } = place;
  const { emitter, timeRegister } = scope;
  const { emit, constant } = emitter;
  const numbered = decisionStates(decision);
  const stateOf = (kind: DecisionState['kind'], option = -1): StateRegisters => {
    const number = numbered.findIndex(
      (one) => one.kind === kind && (!('option' in one) || one.option === option),
    );
    const state = states[number];
    if (state === undefined) throw new Error('a part of a decision without its register');
    return state;
  };
  const lower = (part: Expression): number => lowerExpression(scope, part, cell.elements);
  /** A part in a register that has no number where it lies outside its ends. */
  const checked = (state: StateRegisters, value: number, high: number | null): number => {
    const fits =
      high === null
        ? emit('less', value, constant(Number.POSITIVE_INFINITY))
        : emit('less or equal', value, constant(high));
    const isRight = emit('and', emit('less or equal', constant(0), value), fits);
    return keep(state, emit('select', isRight, value, constant(Number.NaN)));
  };
  const keep = ({ now }: StateRegisters, value: number): number => {
    emitter.emitTo(now, 'copy', scope.keepInStages(value));
    return now;
  };

  const reason = decision.reason === null ? null : checked(stateOf('reason'), lower(decision.reason), 1);
  const scale = checked(stateOf('scale'), lower(decision.scale), null);
  const inertia = decision.inertia === null ? null : checked(stateOf('inertia'), lower(decision.inertia), 1);
  const worths = decision.options.map(({ utility, leader }, option) => {
    const own = lower(utility);
    const worth = stateOf('worth', option);
    if (leader === null || reason === null) return keep(worth, own);
    const rest = emit('multiply', emit('subtract', constant(1), reason), lower(leader));
    return keep(worth, emit('add', emit('multiply', reason, own), rest));
  });
  const costs = decision.options.map(({ cost }, option) =>
    cost === null ? null : checked(stateOf('cost', option), lower(cost), null),
  );
  const partner = decision.options.flatMap(({ partner: worth }, option) =>
    worth === null ? [] : [keep(stateOf('partner', option), lower(worth))],
  );

  const [choosing = '', consenting = ''] = meetingSites(cell, partner.length > 0);
  const meets = lowerMeeting(place);
  const met = emitter.register();
  const meetings = emitter.register();
  const standing = stateOf('option');
  const stands = decision.options.map((_, option) => stateOf('stands', option));
  const chances = decision.options.map((_, option) => stateOf('chance', option));
  const choice = lowerChoice(emitter, {
    worths,
    costs,
    open: decision.options.map(({ open }) => (open === null ? null : lower(open))),
    stands: stands.map((state) => state.before),
    standing: standing.before,
    scale,
    inertia,
    uniform: lowerUniform(scope, cell.variable, choosing, met),
    consent:
      partner.length === 0
        ? null
        : { worths: partner, uniform: lowerUniform(scope, cell.variable, consenting, met) },
  });
  emitter.emitTo(meetings, 'add', met, scope.keepInStages(meets));
  memories.push({ held: met, next: meetings });

  const forcedFrom = emit(
    'select',
    emit('less', constant(-0.5), forced.option),
    forced.from,
    constant(Number.POSITIVE_INFINITY),
  );
  const isForced = emit('less or equal', forcedFrom, timeRegister);
  const chosen = emit('select', meets, choice.option, standing.before);
  const set = ({ before, now }: StateRegisters, value: number): void => {
    emitter.emitTo(now, 'copy', scope.keepInStages(value));
    memories.push({ held: before, next: now });
  };
  set(standing, emit('add', emit('select', isForced, forced.option, chosen), sound));
  const isNow = decision.options.map((_, option) =>
    emit(
      'and',
      emit('less', constant(option - 0.5), standing.now),
      emit('less', standing.now, constant(option + 0.5)),
    ),
  );
  stands.forEach((state, option) => {
    set(state, at(isNow, option));
  });
  chances.forEach((state, option) => {
    const decided = emit('select', meets, at(choice.chances, option), state.before);
    set(state, emit('select', isForced, at(isNow, option), decided));
  });
  numbered.forEach((state, number) => {
    if (state.kind !== 'moved') return;
    const amount = keptOf(decision.options[state.option]?.effects ?? [])[state.move]?.part;
    if (amount === undefined) throw new Error('a move that no option makes');
    const { before, now } = at(stands, state.option);
    const isTaken = emit('and', now, emit('not', before));
    set(at(states, number), emit('select', isTaken, lower(amount), constant(0)));
  });
}

function at<Of>(list: readonly Of[], number: number): Of {
  const one = list[number];
  if (one === undefined) throw new Error('an option without its state');
  return one;
}

/** Whether it is decided at the instant. */
function lowerMeeting({ decision, before: scope, cell, memories }: DecisionPlace): number {
  const { emitter, instantRegister: instant } = scope;
  const { emit, constant } = emitter;
  const { meetings } = decision;
  const isAt = (number: number): number =>
    emit('and', emit('less', constant(number - 0.5), instant), emit('less', instant, constant(number + 0.5)));
  switch (meetings.kind) {
    case 'every': {
      const passed = emit('subtract', instant, constant(meetings.first));
      const isTurn = emit('less', emit('modulo', passed, constant(meetings.steps)), constant(0.5));
      return emit('and', emit('less', constant(-0.5), passed), isTurn);
    }
    case 'on':
      return meetings.instants.map(isAt).reduce((any, one) => emit('or', any, one), constant(0));
    case 'when': {
      const holds = lowerExpression(scope, meetings.condition, cell.elements);
      const held = { held: emitter.register(), next: emitter.register() };
      memories.push(held);
      emitter.emitTo(held.next, 'copy', scope.keepInStages(holds));
      return emit('and', holds, emit('not', held.held));
    }
  }
}
