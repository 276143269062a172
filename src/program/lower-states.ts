/**
 * The states of events and decisions in the register file. Each has two registers: what it was before anything was decided at the
 * instant, which is what it came to at the instant before, and what it is now. Decisions are lowered to writing the
 * second from the first; everything that is worked out before them reads the first, everything after them the second.
 */
import { offsetRead, shapeOf } from '../model/array-shape.ts';
import type { Model } from '../model/model.ts';
import { decisionStates, firstValue, isKept } from '../model/model-of-decisions.ts';
import { statesOfEvent } from '../model/model-of-events.ts';
import type { Emitter } from './emitter.ts';
import { type CellRegisters, registersOf, variableOf } from './lower-cells.ts';
import type { Scope } from './lower-expression.ts';

export type StateRegisters = { readonly before: number; readonly now: number };

/** By cell, one for each of its states; no entry for what keeps none. */
export type States = ReadonlyMap<number, readonly StateRegisters[]>;

/** The first state of a cell is its value. */
export function stateRegisters(model: Model, emitter: Emitter, registers: readonly CellRegisters[]): States {
  const states = new Map<number, readonly StateRegisters[]>();
  model.cells.forEach((cell, number) => {
    const variable = variableOf(model, cell);
    const first = (state: number, make: () => number): number =>
      state === 0 ? registersOf(registers, number).value : make();
    if (variable.kind === 'event')
      states.set(
        number,
        Array.from({ length: statesOfEvent(variable) }, (_, state) => ({
          before: emitter.register(),
          now: first(state, () => emitter.register()),
        })),
      );
    if (variable.kind === 'decision')
      states.set(
        number,
        decisionStates(variable).map((state, at) => {
          const value = firstValue(state);
          const now = first(at, () => emitter.register(value));
          // What is worked out anew at every instant has nothing before it.
          return { before: isKept(state) ? emitter.register(value) : now, now };
        }),
      );
  });
  return states;
}

export function statesOf(states: States, cell: number): readonly StateRegisters[] {
  const own = states.get(cell);
  if (own === undefined) throw new Error('a cell without its states');
  return own;
}

/** Reads states as they were before, or as they are now. */
export const stateReader =
  (model: Model, states: States, when: 'before' | 'now'): Scope['state'] =>
  ({ variable: number, indices, state }, current) => {
    const variable = model.variables[number];
    const shape = shapeOf(model.groups, variable?.groups ?? []);
    const own = statesOf(states, (variable?.firstCell ?? 0) + offsetRead(shape, indices, current))[state];
    if (own === undefined) throw new Error('a state that is not kept');
    return own[when];
  };
