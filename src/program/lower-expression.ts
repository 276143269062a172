/**
 * One checked expression to instructions. Arrays vanish here: a sum over a group becomes one addition an element, in
 * the group's order.
 */
import type { Elements } from '../model/array-shape.ts';
import { type Expression, walk } from '../model/expression.ts';
import type { Held } from '../model/settings.ts';
import type { Emitter } from './emitter.ts';
import { lowerFunction } from './lower-function.ts';
import type { Operation } from './program.ts';
import type { TimeGrid } from './time-grid.ts';

/** What an expression's names stand for while it is lowered. */
export type Scope = {
  readonly emitter: Emitter;
  /** The register of the element that is read where the loops around stand at `current`; what a flow wants where `asked`. */
  readonly read: (reading: Expression & { kind: 'variable' }, current: Elements) => number;
  /** The register of one of the states that an event or a decision keeps, likewise. */
  readonly state: (reading: Expression & { kind: 'state' }, current: Elements) => number;
  /** The register of the measure's element that is read, likewise. */
  readonly measure: (reading: Expression & { kind: 'measure' }, current: Elements) => number;
  /** The register of the number of the meaning that a definition has in this run. */
  readonly meaning: (definition: number) => number;
  readonly timeRegister: number;
  readonly instantRegister: number;
  readonly grid: TimeGrid;
  readonly membersOf: (group: number) => number;
  /** Whether a tie of an actor with itself is read where the loops around stand at `current`; false where some stand not yet. */
  readonly withItself: (reading: Expression & { kind: 'variable' }, current: Elements) => boolean;
  readonly heldTable: (table: number) => boolean;
  /** The value in the first stage of a step; later stages of rk4 see that one again. */
  readonly keepInStages: (value: number) => number;
  /** The register in which a run says how often the draws of a variable are made anew: `Setting` of `model/settings.ts`. */
  readonly redrawn: (variable: number) => number;
  /** The register of a setting of a cell, by which a run holds what is decided there. */
  readonly held: (cell: number, kind: Held) => number;
  /** The random number of a draw, from its parameters' registers. */
  readonly draw: (
    expression: Expression & { kind: 'draw' },
    elements: Elements,
    parameters: readonly number[],
  ) => number;
  /** What a delay gives now; `lower` emits its parts. Only equations have delays. */
  readonly delay: (expression: Expression & { kind: 'delay' }, lower: (part: Expression) => number) => number;
  /** Called with both sides of every comparison, and of which the lesser or greater is taken, inner ones first. */
  readonly compared: (left: number, right: number) => void;
};

const REDUCER_OPERATIONS = { sum: 'add', min: 'minimum', max: 'maximum' } as const satisfies Record<
  string,
  Operation
>;

/** Emits the expression and gives the register of its value; `elements` holds the current element of each loop. */
export function lowerExpression(scope: Scope, expression: Expression, elements: Elements): number {
  const { emitter } = scope;
  const lower = (part: Expression): number => lowerExpression(scope, part, elements);
  switch (expression.kind) {
    case 'constant':
      return emitter.constant(expression.value);
    case 'time':
      return scope.timeRegister;
    case 'measure':
      return scope.measure(expression, elements);
    case 'variable':
      return scope.read(expression, elements);
    case 'state':
      return scope.state(expression, elements);
    case 'negate':
    case 'not':
      return emitter.emit(expression.kind, lower(expression.operand));
    case 'add':
    case 'subtract':
    case 'multiply':
    case 'divide':
    case 'power':
    case 'and':
    case 'or':
      return emitter.emit(expression.kind, lower(expression.left), lower(expression.right));
    case 'less':
    case 'less or equal': {
      const left = lower(expression.left);
      const right = lower(expression.right);
      scope.compared(left, right);
      return emitter.emit(expression.kind, left, right);
    }
    case 'choose':
      return emitter.emit(
        'select',
        lower(expression.condition),
        lower(expression.then),
        lower(expression.else),
      );
    case 'meant': {
      const meaning = scope.meaning(expression.definition);
      const values = expression.meanings.map(lower);
      return values.reduceRight((others, value, number) => {
        const isIt = emitter.emit('less', meaning, emitter.constant(number + 0.5));
        return emitter.emit('select', isIt, value, others);
      });
    }
    case 'lookup': {
      const read = emitter.emit('lookup', lower(expression.argument), emitter.constant(expression.table));
      return scope.heldTable(expression.table) ? scope.keepInStages(read) : read;
    }
    case 'delay':
      return scope.delay(expression, lower);
    case 'draw':
      return scope.draw(expression, elements, expression.parameters.map(lower));
    case 'call':
      return lowerFunction(scope, expression.function, expression.arguments.map(lower));
    case 'reduce': {
      let value: number | null = null;
      for (const element of gone(scope, expression, elements)) {
        const one = lowerExpression(scope, expression.body, [...elements, element]);
        if (value !== null && expression.reducer !== 'sum') scope.compared(value, one);
        value = value === null ? one : emitter.emit(REDUCER_OPERATIONS[expression.reducer], value, one);
      }
      if (value === null) throw new Error('a group without elements');
      return value;
    }
  }
}

/**
 * The elements that a reduction goes through. An actor has no tie with itself: in a sum it adds nothing, and the least or
 * the greatest is one of the others, unless there is none.
 */
function gone(
  scope: Scope,
  { reducer, group, body }: Expression & { kind: 'reduce' },
  elements: Elements,
): readonly number[] {
  const all = Array.from({ length: scope.membersOf(group) }, (_, element) => element);
  if (reducer === 'sum') return all;
  const others = all.filter((element) => {
    let found = false;
    walk(body, (part) => {
      found ||= part.kind === 'variable' && scope.withItself(part, [...elements, element]);
    });
    return !found;
  });
  return others.length === 0 ? all : others;
}
