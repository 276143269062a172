/**
 * Inputs with dates as instructions. A run gives an input's value at each of its dates; at every instant its value is
 * chosen among them (`from`), or worked out on the line between two (`at`), by the very arithmetic of tables.
 */
import type { Model } from '../model/model.ts';
import type { Emitter } from './emitter.ts';
import { type CellRegisters, registersOf, variableOf } from './lower-cells.ts';
import type { GivenRegisters } from './lower-effects.ts';
import type { Scope } from './lower-expression.ts';
import { onGrid } from './time-grid.ts';

/** By cell, the registers of an input's values at its dates; no entry for what is the same at all times. */
export type KnotRegisters = ReadonlyMap<number, readonly number[]>;

export function knotRegisters(model: Model, emitter: Emitter): KnotRegisters {
  const registers = new Map<number, readonly number[]>();
  model.cells.forEach((cell, number) => {
    const variable = variableOf(model, cell);
    if (variable.kind !== 'input' || variable.dates === null) return;
    registers.set(
      number,
      variable.dates.knots.map(() => emitter.register()),
    );
  });
  return registers;
}

/** Emits the value of every such input at the current instant; what is held keeps the step's first value. */
export function lowerDated(
  model: Model,
  scope: Scope,
  registers: readonly CellRegisters[],
  knots: KnotRegisters,
  given: GivenRegisters,
): void {
  for (const [number, values] of knots) {
    const cell = model.cells[number];
    const variable = cell === undefined ? undefined : variableOf(model, cell);
    if (variable?.kind !== 'input' || variable.dates === null) throw new Error('dates without their input');
    const dates = variable.dates.knots.map((date) => onGrid(scope.grid, date));
    const value =
      variable.dates.dating === 'from'
        ? scope.keepInStages(heldValue(scope, dates, values))
        : joinedValue(scope, dates, values);
    scope.emitter.emitTo(given.get(number) ?? registersOf(registers, number).value, 'copy', value);
  }
}

/** The value of the last date that has come; before the first its own. */
function heldValue(scope: Scope, dates: readonly number[], values: readonly number[]): number {
  let value = valueAt(values, 0);
  dates.forEach((date, at) => {
    if (at > 0) value = choose(scope, date, valueAt(values, at), value);
  });
  return value;
}

/** On the line between two dates; beyond the first and last their own. */
function joinedValue(scope: Scope, dates: readonly number[], values: readonly number[]): number {
  const { emitter, timeRegister } = scope;
  let value = valueAt(values, 0);
  dates.forEach((from, at) => {
    const to = dates[at + 1];
    const left = valueAt(values, at);
    if (to === undefined) {
      if (at > 0) value = choose(scope, from, left, value);
      return;
    }
    const rise = emitter.emit('subtract', valueAt(values, at + 1), left);
    const passed = emitter.emit('subtract', timeRegister, emitter.constant(from));
    const part = emitter.emit('divide', passed, emitter.constant(to - from));
    const along = emitter.emit('add', left, emitter.emit('multiply', rise, part));
    value = choose(scope, from, along, value);
  });
  return value;
}

function choose({ emitter, timeRegister }: Scope, date: number, then: number, before: number): number {
  return emitter.emit(
    'select',
    emitter.emit('less or equal', emitter.constant(date), timeRegister),
    then,
    before,
  );
}

function valueAt(values: readonly number[], at: number): number {
  const register = values[at];
  if (register === undefined) throw new Error('a date without its value');
  return register;
}
