/**
 * Inputs that are set within a future, as instructions: what a run gives stands in a register of its own, and the input's value
 * is chosen anew at every instant, one setting after the other in the order of the text.
 */
import { elementsAt, offsetRead, shapeOf } from '../model/array-shape.ts';
import type { Model } from '../model/model.ts';
import type { InputSetting } from '../model/model-of-effects.ts';
import type { Emitter } from './emitter.ts';
import { type CellRegisters, readerOf, registersOf } from './lower-cells.ts';
import { lowerExpression, type Scope } from './lower-expression.ts';

/** By cell, where a run's value stands of an input that is set within a future. */
export type GivenRegisters = ReadonlyMap<number, number>;

/** One setting for each element of what decides over it. */
type CellSetting = {
  readonly cell: number;
  readonly elements: readonly number[];
  readonly setting: InputSetting;
};

function settingsOfCells(model: Model): readonly CellSetting[] {
  return model.inputSettings.flatMap((setting) => {
    const decider = model.variables[setting.decider];
    const input = model.variables[setting.set.input];
    if (decider === undefined || input === undefined) throw new Error('a setting of nothing');
    const shape = shapeOf(model.groups, decider.groups);
    const size = shape.reduce((product, one) => product * one, 1);
    return Array.from({ length: size }, (_, offset): CellSetting => {
      const elements = elementsAt(shape, offset);
      const own = shapeOf(model.groups, input.groups);
      return { cell: input.firstCell + offsetRead(own, setting.set.indices, elements), elements, setting };
    });
  });
}

export const givenInputs = (model: Model, emitter: Emitter): GivenRegisters =>
  new Map(settingsOfCells(model).map(({ cell }) => [cell, emitter.register()]));

/** Before anything has happened every input is what a run gives. */
export function copyGiven(
  emitter: Emitter,
  registers: readonly CellRegisters[],
  given: GivenRegisters,
): void {
  for (const [cell, register] of given) emitter.emitTo(registersOf(registers, cell).value, 'copy', register);
}

/** Emits the values of all inputs that are set, from the states that the scope reads, into these registers. */
export function lowerSettings(
  model: Model,
  scope: Scope,
  given: GivenRegisters,
  into: readonly CellRegisters[],
): void {
  if (given.size === 0) return;
  const { emitter } = scope;
  const standing = [...into];
  for (const [cell, register] of given) standing[cell] = { value: register, asked: register };
  const own: Scope = { ...scope, read: readerOf(model, standing) };
  for (const { cell, elements, setting } of settingsOfCells(model)) {
    const holds = lowerExpression(own, setting.condition, elements);
    const value = lowerExpression(own, setting.set.value, elements);
    const chosen = emitter.emit('select', holds, value, registersOf(standing, cell).value);
    standing[cell] = { value: chosen, asked: chosen };
  }
  for (const cell of given.keys())
    emitter.emitTo(registersOf(into, cell).value, 'copy', registersOf(standing, cell).value);
}
