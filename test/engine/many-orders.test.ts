/**
 * Hundreds of orders follow each other on one engine, which keeps rooms, columns and instances between them: each must come out
 * as if it had been the first, whatever came before it and is under way beside it.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { KnotFigure } from '../../src/base/figure.ts';
import { soloCrew } from '../../src/engine/crew.ts';
import { keptQuantiles, quantileColumn } from '../../src/engine/draw-columns.ts';
import { type Ensemble, futuresOf, type RunOrder } from '../../src/engine/ensemble.ts';
import { finished } from '../../src/engine/host.ts';
import { interpretingRun } from '../../src/engine/interpret.ts';
import { moduleRun } from '../../src/engine/module-run.ts';
import { givenRoom, lay } from '../../src/engine/rooms.ts';
import { CHANCY } from '../support/chancy-model.ts';
import { soundText } from '../support/compile-text.ts';
import { digestOf } from '../support/digest.ts';
import { orderOf } from '../support/run-order.ts';

const { model, program } = soundText(CHANCY);
const HOST = {
  pause: () => new Promise<boolean>((resolve) => setImmediate(() => resolve(false))),
  progress: () => {},
};

/** Futures with an even number together with the next one, as two are run at once. */
const onlyOf = (futures: number, pairs: readonly number[]): Int32Array =>
  Int32Array.from(
    [...new Set(pairs.map((pair) => pair % Math.ceil(futures / 2)))]
      .toSorted((one, other) => one - other)
      .flatMap((pair) => [2 * pair, 2 * pair + 1].filter((future) => future < futures)),
  );

const orders: fc.Arbitrary<RunOrder> = fc
  .record({
    futures: fc.constantFrom(10, 20, 60, 70, 130),
    kind: fc.constantFrom('monte-carlo' as const, 'latin-hypercube' as const),
    seed: fc.constantFrom(7, 8),
    until: fc.option(fc.integer({ min: 1, max: 40 }), { nil: null }),
    pairs: fc.option(fc.array(fc.nat(100), { minLength: 1, maxLength: 20 }), { nil: null }),
    told: fc.option(fc.constantFrom([0], []), { nil: null }),
    redrawn: fc.constantFrom([], [0], [0, 1]),
    held: fc.option(fc.constantFrom(-1.2, -0, 0, 0.5), { nil: null }),
    given: fc.option(fc.double({ min: 0.05, max: 0.3, noNaN: true }), { nil: null }),
    leftOut: fc.boolean(),
  })
  .map(({ futures, kind, seed, until, pairs, told, redrawn, held, given, leftOut }) => ({
    ...orderOf(model, program, futures),
    design: { kind, futures, seed },
    redrawn,
    forced: held === null ? [] : [{ slot: 0, value: held }],
    ...(given === null ? {} : { given: [{ slot: 1, values: new Float64Array(futures).fill(given) }] }),
    ...(until === null ? {} : { until }),
    ...(pairs === null ? {} : { only: onlyOf(futures, pairs) }),
    ...(told === null ? {} : { told }),
    ...(leftOut ? { leftOut: Uint8Array.from({ length: futures }, (_, future) => future % 3 && 1) } : {}),
  }));

/** Claims of futures that end early look at measures that have no value yet. */
const digests = (all: readonly RunOrder[], ensembles: readonly Ensemble[]) =>
  Promise.all(
    ensembles.map((ensemble, number) =>
      digestOf(program, all[number]?.until === undefined ? ensemble : { ...ensemble, claims: [] }),
    ),
  );

describe('orders that follow each other on one engine', () => {
  const run = moduleRun(soloCrew, HOST, { mostFutures: 16 });

  test('keep variables in memory of their own until that is let go', async () => {
    const made: number[] = [];
    const crew = {
      ...soloCrew,
      room: (bytes: number) => {
        made.push(bytes);
        return soloCrew.room(bytes);
      },
    };
    const own = moduleRun(crew, HOST);
    const keep = { variables: [0, 1, 2], instants: [0, 7, 20] };
    const orderBy = (seed: number): RunOrder => ({
      ...orderOf(model, program, 70),
      design: { kind: 'monte-carlo', futures: 70, seed },
      keep,
    });
    const fresh = async (seed: number) => (await moduleRun(soloCrew, HOST)(orderBy(seed))).kept;
    const keptRooms = (): number => made.filter((bytes) => bytes === 9 * 70 * 8).length;
    const first = await own(orderBy(1));
    const second = await own(orderBy(2));
    expect([first.kept, second.kept]).toEqual([await fresh(1), await fresh(2)]);
    expect(keptRooms()).toBe(2);
    first.letGo?.('kept');
    const third = await own(orderBy(3));
    // Once more means nothing: it is the third one's by now.
    first.letGo?.('kept');
    const fourth = await own(orderBy(4));
    expect([second.kept, third.kept, fourth.kept]).toEqual([await fresh(2), await fresh(3), await fresh(4)]);
    expect(keptRooms()).toBe(3);
  });

  test('write over the columns of those that let all go, once', async () => {
    const own = moduleRun(soloCrew, HOST);
    const orderBy = (seed: number): RunOrder => ({
      ...orderOf(model, program, 70),
      design: { kind: 'monte-carlo', futures: 70, seed },
    });
    const columnsOf = ({ measures, claims }: Ensemble) => [...measures, ...claims];
    const fresh = async (seed: number) => columnsOf(await moduleRun(soloCrew, HOST)(orderBy(seed)));
    const [first, second] = [await own(orderBy(1)), await own(orderBy(2))];
    first.letGo?.('all');
    const third = await own(orderBy(3));
    expect(columnsOf(first)).toEqual(await fresh(3));
    first.letGo?.('all');
    const fourth = await own(orderBy(4));
    const all = [second, third, fourth].map(columnsOf);
    expect(all).toEqual([await fresh(2), await fresh(3), await fresh(4)]);
  });

  test('have the bits of the interpreter, one by one and at once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(orders, { minLength: 2, maxLength: 8 }),
        fc.boolean(),
        async (all, atOnce) => {
          const found: Ensemble[] = [];
          if (atOnce) found.push(...(await Promise.all(all.map(run))));
          else for (const order of all) found.push(await run(order));
          const expected = await Promise.all(all.map(interpretingRun(HOST)));
          expect(found.map(({ futures }) => futures)).toEqual(all.map(futuresOf));
          // Read behind all of them, so that what one left is seen to stay.
          expect(await digests(all, found)).toEqual(await digests(all, expected));
        },
      ),
      { numRuns: 60 },
    );
  }, 60_000);
});

test('rooms are made once for orders that run ever fewer futures of a design', async () => {
  let made = 0;
  const room = (bytes: number): ArrayBuffer => {
    made++;
    return new ArrayBuffer(bytes);
  };
  const run = moduleRun({ ...soloCrew, room }, HOST);
  const order = { ...orderOf(model, program, 2000), until: 1, told: [] };
  await run(order);
  expect(made).toBe(2);
  for (const futures of [1800, 1500, 1100])
    await run({ ...order, only: onlyOf(2000, [...Array(futures / 2).keys()]) });
  expect(made).toBe(2);
});

describe('columns', () => {
  const columns = Array.from({ length: 12 }, (_, number) =>
    Float64Array.from({ length: 6 }, (__, row) => 10 * number + row),
  );

  test('stand in a room as they are, whatever was laid there before', () => {
    const wanted = fc.uniqueArray(fc.constantFrom(...columns), { minLength: 1, maxLength: 8 });
    const only = fc.option(fc.uniqueArray(fc.nat(5), { minLength: 1 }), { nil: null });
    fc.assert(
      fc.property(fc.array(fc.tuple(wanted, only), { minLength: 1, maxLength: 12 }), (turns) => {
        const room = givenRoom((bytes) => new ArrayBuffer(bytes), 8, 8);
        for (const [all, rows] of turns) {
          const laid = lay(room, new Set(all), rows === null ? undefined : Int32Array.from(rows));
          for (const column of all) {
            const right = rows === null ? [...column] : rows.map((row) => column[row]!);
            expect([...laid.get(column)!.subarray(0, right.length)]).toEqual(right);
          }
          expect(new Set(all.map((column) => laid.get(column)))).toHaveProperty('size', all.length);
        }
      }),
    );
  });

  test('that are kept are those that would be drawn', () => {
    const figures: readonly KnotFigure[] = [
      { kind: 'lognormal', mu: 2, sigma: 0.5 },
      { kind: 'uniform', low: 1, high: 3 },
    ];
    const uniforms = [0.1, 0.7].map((first) => Float64Array.of(first, 0.5, 0.999));
    for (let time = 0; time < 2; time++)
      for (const figure of figures)
        for (const own of uniforms)
          expect(finished(keptQuantiles(figure, own))).toEqual(finished(quantileColumn(figure, own)));
  });
});
