/**
 * One future of an order alone. It runs on the interpreter, which may be watched and has the bits of every engine, from
 * the values that the whole order gives it: where a future stands in its design says what is drawn for it.
 */
import { type Future, type Observer, runFuture } from '../program/interpreter.ts';
import type { RunOrder } from './ensemble.ts';
import { fitAlone, type Outcome, worldOf } from './fit.ts';
import { finished } from './host.ts';
import { inputColumns } from './input-columns.ts';

export type Replayed = {
  /** One value for each of the program's `givenRegisters`, in base units. */
  readonly given: Float64Array;
  readonly future: Future;
  /** The line of the order's fit that it does not meet, as a dropped future's `cause`; null where it meets all. */
  readonly dropped: number | null;
};

/** @param number in 0 … futures−1 of the order's design */
export function replayFuture(order: RunOrder, number: number, observe: Observer | null = null): Replayed {
  const { program, design, fit } = order;
  if (!(number >= 0 && number < design.futures)) throw new Error(`no future ${number} of ${design.futures}`);
  const address = { seed: design.seed, future: number };
  const drawn = (own: RunOrder): Float64Array =>
    Float64Array.from(finished(inputColumns(own)), (column) => column[number] ?? Number.NaN);
  if (fit === undefined) {
    const given = drawn(order);
    return { given, future: runFuture(program, given, address, observe), dropped: null };
  }
  const world = drawn({ ...order, figures: fit.figures, forced: worldOf(order, fit) });
  const { given: found, cause } = fitAlone(order, fit, (given, until): Outcome => {
    const inputs = placed(order, world, given);
    const { failure, measures, claims } = runFuture(program, inputs, address, null, until);
    return {
      failed: failure === null ? [] : [{ future: 0, ...failure }],
      measures: program.measures.map((_, at) => Float64Array.of(measures[at] ?? Number.NaN)),
      claims: program.claims.map((_, at) => Uint8Array.of(claims[at] ?? 0)),
    };
  });
  const held = new Set(order.forced.map(({ slot }) => slot));
  const own = [...found].filter(([slot]) => !held.has(slot) && order.figures[slot] === fit.figures[slot]);
  const given = placed(order, drawn(order), new Map(own));
  return { given, future: runFuture(program, given, address, observe), dropped: cause };
}

/** The values of a future's registers with some slots, which have no dates, at others. */
function placed(
  { program }: RunOrder,
  inputs: Float64Array,
  given: ReadonlyMap<number, number>,
): Float64Array {
  const values = inputs.slice();
  let place = 0;
  for (const [slot, { knots }] of program.inputs.entries()) {
    const value = given.get(slot);
    if (value !== undefined) values[place] = value;
    place += Math.max(1, knots.length);
  }
  return values;
}
