/** Where a cell of the model lives in the register file. */
import { offsetRead, shapeOf } from '../model/array-shape.ts';
import type { Cell, Model, Variable } from '../model/model.ts';
import type { Scope } from './lower-expression.ts';

/** The registers of one cell; for a flow `value` is what flowed. */
export type CellRegisters = { readonly value: number; readonly asked: number };

export function variableOf(model: Model, cell: Cell): Variable {
  const variable = model.variables[cell.variable];
  if (variable === undefined) throw new Error('a cell without its variable');
  return variable;
}

export function registersOf(registers: readonly CellRegisters[], cell: number): CellRegisters {
  const own = registers[cell];
  if (own === undefined) throw new Error('a cell without its registers');
  return own;
}

/** Reads the elements of variables from these registers. */
export const readerOf =
  (model: Model, registers: readonly CellRegisters[]): Scope['read'] =>
  ({ variable: number, indices, asked }, current) => {
    const variable = model.variables[number];
    // Most are single values.
    const element =
      indices.length === 0 ? 0 : offsetRead(shapeOf(model.groups, variable?.groups ?? []), indices, current);
    const own = registers[(variable?.firstCell ?? 0) + element];
    if (own === undefined) throw new Error('a variable without its registers');
    return asked ? own.asked : own.value;
  };
