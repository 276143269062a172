/**
 * One future of an order alone. It runs on the interpreter, which may be watched and has the bits of every engine, from
 * the values that the whole order gives it: where a future stands in its design says what is drawn for it.
 */
import { type Future, type Observer, runFuture } from '../program/interpreter.ts';
import type { RunOrder } from './ensemble.ts';
import { finished } from './host.ts';
import { inputColumns } from './input-columns.ts';

export type Replayed = {
  /** One value for each of the program's `givenRegisters`, in base units. */
  readonly given: Float64Array;
  readonly future: Future;
};

/** @param number in 0 … futures−1 of the order's design */
export function replayFuture(order: RunOrder, number: number, observe: Observer | null = null): Replayed {
  const { program, design } = order;
  if (!(number >= 0 && number < design.futures)) throw new Error(`no future ${number} of ${design.futures}`);
  const given = Float64Array.from(finished(inputColumns(order)), (column) => column[number] ?? Number.NaN);
  const address = { seed: design.seed, future: number };
  return { given, future: runFuture(program, given, address, observe) };
}
