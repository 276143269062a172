/**
 * Ties as instructions: where they start, and how effects move them. Each pair has one level, kept in a memory; the other
 * way of a symmetric tie is a copy of it, and an actor with itself has 0. What is decided at an instant reads the level
 * before it, everything else the level now.
 */
import { offsetRead, shapeOf } from '../model/array-shape.ts';
import type { Model } from '../model/model.ts';
import type { TieMove } from '../model/model-of-effects.ts';
import { holdingCell, type TieVariable } from '../model/model-of-ties.ts';
import type { Emitter } from './emitter.ts';
import { type CellRegisters, registersOf, variableOf } from './lower-cells.ts';
import { lowerExpression, type Scope } from './lower-expression.ts';
import { type StateRegisters, type States, statesOf } from './lower-states.ts';

type Move = { readonly cell: number; readonly move: TieMove };

/** By cell of a tie, the register of its level before anything is decided at the instant, and what moves it. */
export type TieLevels = ReadonlyMap<number, { readonly before: number; readonly moves: readonly Move[] }>;

export function tieLevels(model: Model, emitter: Emitter): TieLevels {
  const levels = new Map<number, { readonly before: number; readonly moves: readonly Move[] }>();
  const moves = movesOf(model);
  model.cells.forEach((cell, number) => {
    if (variableOf(model, cell).kind !== 'tie') return;
    const holder = holdingCell(model, number);
    const shared = holder === null ? emitter.constant(0) : levels.get(holder)?.before;
    levels.set(number, { before: shared ?? emitter.register(), moves: moves.get(number) ?? [] });
  });
  return levels;
}

/** Emits where a tie's cell starts, before anything has moved it. */
export function lowerTieStart(
  model: Model,
  scope: Scope,
  registers: readonly CellRegisters[],
  levels: TieLevels,
  number: number,
): void {
  const { emitter } = scope;
  const { tie, before, elements } = tieAt(model, levels, number);
  if (holdingCell(model, number) === number)
    emitter.emitTo(before, 'copy', bounded(emitter, tie, lowerExpression(scope, tie.start, elements)));
  emitter.emitTo(registersOf(registers, number).value, 'copy', before);
}

/** Emits how a tie's cell stands once all has been decided at the instant. */
export function lowerTie(
  model: Model,
  scope: Scope,
  registers: readonly CellRegisters[],
  states: States,
  levels: TieLevels,
  memories: { held: number; next: number }[],
  number: number,
): void {
  const { emitter } = scope;
  const { tie, before, moves } = tieAt(model, levels, number);
  const { value: now } = registersOf(registers, number);
  const holder = holdingCell(model, number);
  if (holder !== number) {
    emitter.emitTo(now, 'copy', holder === null ? before : registersOf(registers, holder).value);
    return;
  }
  let level = before;
  for (const { cell, move } of moves) {
    const own = statesOf(states, cell);
    const amount = nowOf(own, move.state);
    const { word } = move.effect;
    const moved =
      word === 'sets'
        ? emitter.emit('select', nowOf(own, move.state + 1), amount, level)
        : emitter.emit(word === 'adds' ? 'add' : 'subtract', level, amount);
    level = bounded(emitter, tie, moved);
  }
  emitter.emitTo(now, 'copy', level);
  memories.push({ held: before, next: now });
}

/** By cell of a tie, what moves it and the cell of what decides over that, in the order in which one acts after the other. */
function movesOf(model: Model): ReadonlyMap<number, readonly Move[]> {
  const moves = new Map<number, Move[]>();
  for (const move of model.tieMoves) {
    const { tie: number, indices } = move.effect;
    const tie = model.variables[number];
    const shape = shapeOf(model.groups, tie?.groups ?? []);
    model.cells.forEach(({ variable, elements }, cell) => {
      if (variable !== move.decider) return;
      const moved = holdingCell(model, (tie?.firstCell ?? 0) + offsetRead(shape, indices, elements));
      if (moved === null) return;
      const own = moves.get(moved);
      if (own === undefined) moves.set(moved, [{ cell, move }]);
      else own.push({ cell, move });
    });
  }
  return moves;
}

function nowOf(states: readonly StateRegisters[], state: number): number {
  const own = states[state];
  if (own === undefined) throw new Error('an effect without its state');
  return own.now;
}

function tieAt(model: Model, levels: TieLevels, number: number) {
  const cell = model.cells[number];
  const tie = cell === undefined ? undefined : variableOf(model, cell);
  const level = levels.get(number);
  if (cell === undefined || tie?.kind !== 'tie' || level === undefined)
    throw new Error('a tie without its level');
  return { tie, ...level, elements: cell.elements };
}

/** Brought back to the ends of a tie; no number stays none. */
function bounded(emitter: Emitter, { within }: TieVariable, level: number): number {
  if (within === null) return level;
  const raised = emitter.emit('maximum', emitter.constant(within.low), level);
  return emitter.emit('minimum', emitter.constant(within.high), raised);
}
