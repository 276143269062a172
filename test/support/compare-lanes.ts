/** Functions in lanes held against the plain ones, bit for bit. */
import fc from 'fast-check';
import { expect } from 'vitest';
import { compileLaneFunctions, type LaneFunction, type Over } from './maths-module.ts';

export type Pair = {
  readonly lanes: LaneFunction;
  readonly plain: (...values: readonly number[]) => number;
  /** Where the usual path runs. */
  readonly usual: readonly [number, number];
  /** One of many of its kind, so that fewer rows do. */
  readonly isOneOfMany?: boolean;
};

/** Every kind of number that has a case of its own somewhere, and the borders of the ranges. */
export const SPECIAL: readonly number[] = [
  Number.NaN,
  Number.POSITIVE_INFINITY,
  ...[0, 1, 2, 3, 15, 16, 17, 22, 0.25, 0.5, 0.55, 0.75, 0.3, Math.SQRT1_2, Math.SQRT2, 1.4142135623730954],
  ...[1 - 2 ** -9, 1 + 2 ** -8, 0.705_078_125, 0.705_078_124_999_999_9, 1.410_156_25, 600, 600.1],
  ...[1 - 2 ** -53, 1 + 2 ** -52, 1.5, 2.5, 708, 708.1, 709.782712893384, 709.7827128933841, 710, 711],
  ...[744.5, 745.1332191019411, 745.1332191019412, 746, 747, 0.785, Math.PI / 2, Math.PI, 1e-9, 1e9],
  ...[5e-324, 1e-310, 2 ** -1022, 2 ** -1022 + 5e-324, 2 ** -300, 2 ** -301, 2 ** -600, 2 ** -601, 1e-300],
  ...[
    2 ** 20,
    2 ** 20 + 1,
    2 ** 52,
    2 ** 53 - 1,
    2 ** 53,
    2 ** 600,
    2 ** 601,
    1e300,
    2 ** 1023,
    Number.MAX_VALUE,
  ],
].flatMap((value) => (Number.isNaN(value) ? [value] : [value, -value]));

/** Expects the same bits in every row. */
export function expectSame(over: Over, { plain }: Pair, columns: readonly (readonly number[])[]): void {
  const [first = [], second] = columns;
  const faults: object[] = [];
  over(columns).forEach((value, row) => {
    const [a, b] = [first[row]!, second?.[row]];
    const expected = b === undefined ? plain(a) : plain(a, b);
    if (!Object.is(value, expected)) faults.push({ a, b, value, expected });
  });
  expect(faults.slice(0, 5)).toEqual([]);
}

/** Rows for all combinations of special numbers, so that each also stands beside each in the other lane. */
export function specialColumns(arity: number): number[][] {
  const neighbours = SPECIAL.flatMap((a) => SPECIAL.map((b) => [a, b] as const));
  if (arity === 1) return [neighbours.flat()];
  // Pairs of arguments, each row beside a usual one, on either side.
  return [neighbours.flatMap(([a]) => [a, 1.7, 0.3, a]), neighbours.flatMap(([, b]) => [b, 0.6, 2.3, b])];
}

/** Rows of arbitrary numbers: any float64, and numbers from where the usual path runs. */
export const anyColumns = (
  arity: number,
  [min, max]: readonly [number, number],
): fc.Arbitrary<number[][]> => {
  const value = fc.oneof(
    fc.double(),
    fc.double({ min, max, noNaN: true }),
    fc.double({ min, max, noNaN: true }),
  );
  const row = fc.array(value, { minLength: arity, maxLength: arity });
  return fc
    .array(row, { minLength: 40, maxLength: 40 })
    .map((rows) => Array.from({ length: arity }, (_, place) => rows.map((values) => values[place] ?? 0)));
};

/** Numbers spread over a range one after the other, the same every time, as many as `count`. */
export const spreadColumns = (
  arity: number,
  [min, max]: readonly [number, number],
  count: number,
): number[][] =>
  Array.from({ length: arity }, (_, place) =>
    Array.from({ length: count }, (__, row) => {
      const share = (row * (place === 0 ? 0.618_033_988_749_895 : 0.754_877_666_246_693)) % 1;
      return min + (max - min) * share;
    }),
  );

export function compilePairs<Name extends string>(
  pairs: Readonly<Record<Name, Pair>>,
  wide: boolean,
): Readonly<Record<Name, Over>> {
  const functions = Object.fromEntries(
    (Object.keys(pairs) as Name[]).map((name) => [name, pairs[name].lanes]),
  ) as Record<Name, LaneFunction>;
  return compileLaneFunctions(functions, wide);
}

/** Runs all of it over every pair. */
export function comparePair(over: Over, pair: Pair): void {
  const { values } = pair.lanes;
  if (pair.isOneOfMany === true) expectSame(over, pair, [SPECIAL.flatMap((a) => [a, 1.7, 0.3, a])]);
  else expectSame(over, pair, specialColumns(values));
  expectSame(over, pair, spreadColumns(values, pair.usual, pair.isOneOfMany === true ? 1001 : 10_001));
  fc.assert(
    fc.property(anyColumns(values, pair.usual), (columns) => expectSame(over, pair, columns)),
    { numRuns: pair.isOneOfMany === true ? 20 : 100 },
  );
}
