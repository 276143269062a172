/**
 * A call of a function to instructions, as its entry in the table of functions says. Instants are brought onto the
 * grid while a future runs, by the same rounding that makes the grid, since they may be drawn.
 */
import type { FunctionEntry, FunctionName, Make, PlainOperation } from '../model/functions.ts';
import { FUNCTIONS } from '../model/functions.ts';
import type { Emitter } from './emitter.ts';
import { instantAt, NEAR, type TimeGrid } from './time-grid.ts';

const COMPARING: readonly PlainOperation[] = ['less', 'less or equal', 'minimum', 'maximum'];

/** What a function may use of the place where it is called. */
type Place = {
  readonly emitter: Emitter;
  readonly timeRegister: number;
  readonly grid: TimeGrid;
  readonly keepInStages: (value: number) => number;
  readonly compared: (left: number, right: number) => void;
};

export function lowerFunction(place: Place, name: FunctionName, values: readonly number[]): number {
  const { emitter } = place;
  const make: Make = {
    operation: (operation, a, b, c) => {
      // Where it turns or bends, a condition around it is followed as around a comparison that is written out.
      if (COMPARING.includes(operation) && b !== undefined) place.compared(a, b);
      if (operation === 'absolute') place.compared(a, emitter.constant(0));
      return emitter.emit(operation, a, b, c);
    },
    constant: emitter.constant,
    time: place.timeRegister,
    onGrid: (instant) => bringOntoGrid(emitter, place.grid, instant),
    throughStep: place.keepInStages,
  };
  const entry: FunctionEntry = FUNCTIONS[name];
  return entry.lower(make, ...values);
}

/** `onGrid` as instructions. */
export function bringOntoGrid(emitter: Emitter, grid: TimeGrid, instant: number): number {
  const step = grid.stepTicks / grid.ticksPerDay;
  const passed = emitter.emit('subtract', instant, emitter.constant(instantAt(grid, 0)));
  const count = emitter.emit('nearest', emitter.emit('divide', passed, emitter.constant(step)));
  const ticks = emitter.emit('multiply', count, emitter.constant(grid.stepTicks));
  const nearest = emitter.emit(
    'divide',
    emitter.emit('add', emitter.constant(grid.startTicks), ticks),
    emitter.constant(grid.ticksPerDay),
  );
  const gap = emitter.emit('absolute', emitter.emit('subtract', nearest, instant));
  const isNear = emitter.emit('less or equal', gap, emitter.constant(NEAR * step));
  return emitter.emit('select', isNear, nearest, instant);
}
