/** The whole path of a future as comma-separated values: one row for each instant, one column for each variable. */
import { closeSync, openSync, writeSync } from 'node:fs';
import * as rational from '../base/rational.ts';
import type { DecisionVariable, Model } from '../model/model.ts';
import { decisionStates, stateName } from '../model/model-of-decisions.ts';
import { instantWriter } from '../model/show-instant.ts';
import type { Observer } from '../program/interpreter.ts';
import type { Program } from '../program/program.ts';
import { csvLine } from './format-ledger.ts';

/** Characters that are gathered before they are written. */
const PART = 1 << 16;

export type TraceFile = { readonly observe: Observer; readonly close: () => void };

/** Opens the file, replacing one that is there. Throws what the system says where it cannot be written. */
export function openTrace(path: string, model: Model, program: Program): TraceFile {
  const columns = columnsOf(model, program);
  const file = openSync(path, 'w');
  let text = '';
  const flush = (): void => {
    // A write may take less than all of it.
    for (let bytes = Buffer.from(text); bytes.length > 0; ) bytes = bytes.subarray(writeSync(file, bytes));
    text = '';
  };
  const add = (cells: readonly (string | number)[]): void => {
    text += `${csvLine(cells)}\r\n`;
    if (text.length >= PART) flush();
  };
  const instantText = instantWriter(model.time);
  add([model.time.epoch === null ? 'time [day]' : 'date', ...columns.map(({ head }) => head)]);
  return {
    observe: (_, time, registers) =>
      add([
        instantText(time),
        ...columns.map(({ register, show }) => show(registers[register] ?? Number.NaN)),
      ]),
    close: () => {
      try {
        flush();
      } finally {
        closeSync(file);
      }
    },
  };
}

type Column = {
  readonly head: string;
  readonly register: number;
  readonly show: (value: number) => string | number;
};

/** The option that stands by its name, and how likely each was made and what it was worth. */
function decisionColumn(
  decision: DecisionVariable,
  { cell, name, register }: { readonly cell: number; readonly name: string; readonly register: number },
  cellName: string,
): readonly (Column & { readonly cell: number; readonly behind: boolean })[] {
  const state = decisionStates(decision).find((one) => stateName(one, decision, cellName) === name);
  const column = { head: name, register, cell, behind: state?.kind !== 'option' };
  const { text, factor } = decision.worth;
  switch (state?.kind) {
    case 'option':
      return [{ ...column, show: (value) => decision.options[value]?.name ?? String(value) }];
    case 'chance':
      return [{ ...column, show: (value) => value }];
    case 'worth':
    case 'partner':
      return [
        {
          ...column,
          head: text === '' ? name : `${name} [${text}]`,
          show: (value) => (Number.isFinite(value) ? value / rational.toNumber(factor) : String(value)),
        },
      ];
    default:
      return [];
  }
}

/** In the order of the model, what a flow asked behind what it got. */
function columnsOf(model: Model, program: Program): readonly Column[] {
  const meanings = new Set(program.inputs.map(({ register }) => register));
  const instantText = instantWriter(model.time);
  return program.variables
    .flatMap(({ cell, name, register, asked, state }) => {
      const variable = model.variables[model.cells[cell]?.variable ?? -1];
      if (variable === undefined) throw new Error('a value without its variable');
      // Which meaning a definition has is the number of a meaning, no value of a variable.
      if (variable.kind === 'decision')
        return decisionColumn(variable, { cell, name, register }, model.cells[cell]?.name ?? '');
      if (state || (variable.kind === 'definition' && meanings.has(register))) return [];
      const factor = rational.toNumber(variable.unit.factor);
      const { kind } = variable.type;
      const show = (value: number): string | number => {
        if (!Number.isFinite(value)) return String(value);
        if (kind === 'boolean') return value === 0 ? 'false' : 'true';
        return kind === 'instant' ? instantText(value) : value / factor;
      };
      const unit = variable.unit.text === '' ? '' : ` [${variable.unit.text}]`;
      return [{ head: `${asked ? 'asked ' : ''}${name}${unit}`, register, show, cell, behind: asked }];
    })
    .toSorted((one, other) => one.cell - other.cell || Number(one.behind) - Number(other.behind));
}
