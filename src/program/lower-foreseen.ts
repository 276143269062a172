/**
 * What deciders see before anything is decided at an instant. Most of it no event bears upon, and it is simply worked out
 * first. The rest (`model.foreseen`) is worked out twice: here from the states before, into registers of its own that only
 * deciders read, and once more with everything else from the states now. Its draws have the same address both times, and its
 * delays the same memories.
 */
import type { Model } from '../model/model.ts';
import { type CellRegisters, readerOf, registersOf } from './lower-cells.ts';
import type { GivenRegisters } from './lower-effects.ts';
import type { Scope } from './lower-expression.ts';
import { type States, stateReader } from './lower-states.ts';
import type { TieLevels } from './lower-ties.ts';

export type Foreseen = {
  readonly scope: Scope;
  readonly registers: readonly CellRegisters[];
};

export function foreseenScope(
  model: Model,
  scope: Scope,
  registers: readonly CellRegisters[],
  states: States,
  given: GivenRegisters,
  levels: TieLevels,
): Foreseen {
  const { emitter } = scope;
  const own = [...registers];
  for (const cell of given.keys()) {
    const value = emitter.register();
    own[cell] = { asked: value, value };
  }
  for (const [cell, { before }] of levels) own[cell] = { asked: before, value: before };
  for (const { kind, cell: number } of model.foreseen) {
    // What a stock's outflows get: their own step may be early, what they get hangs on events.
    if (kind === 'settle') {
      for (const flow of model.cells[number]?.outflows ?? []) {
        const { asked } = registersOf(own, flow);
        own[flow] = { asked, value: emitter.register() };
      }
    } else if (model.cells[number]?.rationed === true) {
      own[number] = { asked: emitter.register(), value: registersOf(own, number).value };
    } else {
      const value = emitter.register();
      own[number] = { asked: value, value };
    }
  }
  return {
    registers: own,
    scope: { ...scope, read: readerOf(model, own), state: stateReader(model, states, 'before') },
  };
}

/** 0 where all that is foreseen has a value, else no number: a condition on what has none would be false for no reason. */
export function soundOf(model: Model, { emitter }: Scope, registers: readonly CellRegisters[]): number {
  const zero = emitter.constant(0);
  return model.foreseen.reduce((sum, { kind, cell }) => {
    const variable = model.variables[model.cells[cell]?.variable ?? -1];
    // A yes or no always has a value.
    if (kind === 'settle' || (variable?.kind === 'let' && variable.type.kind === 'boolean')) return sum;
    const { asked } = registersOf(registers, cell);
    return emitter.emit('add', sum, emitter.emit('multiply', zero, asked));
  }, zero);
}
