/** Where a cell of the model lives in the register file. */
import type { Cell, Model, Variable } from '../model/model.ts';

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
