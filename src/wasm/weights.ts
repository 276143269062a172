/** How much code instructions become, so that functions stay within what V8 takes and what a processor keeps near. */
import { type Code, OPERATIONS } from '../program/program.ts';

/** Rows `from` … `to`−1 of a code. */
export type Section = readonly [from: number, to: number];

/** How dear an operation is beside an addition, roughly: bytes of code count for the processor's memory, too. */
const WEIGHTS: Readonly<Partial<Record<(typeof OPERATIONS)[number], number>>> = {
  power: 120,
  exponential: 30,
  logarithm: 30,
  'decimal logarithm': 60,
  sine: 70,
  cosine: 70,
  tangent: 110,
  direction: 110,
  'hyperbolic tangent': 70,
  lookup: 30,
  recall: 30,
  uniform: 100,
  'normal quantile': 90,
};

const BY_NUMBER: readonly number[] = OPERATIONS.map((name) => WEIGHTS[name] ?? 1);

export const weightOfRow = ({ operation }: Code, row: number): number => BY_NUMBER[operation[row]!]!;

export function weightOf({ length, operation }: Code): number {
  let weight = 0;
  for (let row = 0; row < length; row++) weight += BY_NUMBER[operation[row]!]!;
  return weight;
}

/** All rows in stretches of about equal weight, one at least; no `whole` stretch of rows is cut. */
export function sectionsOf(
  code: Code,
  most: number,
  whole: readonly { readonly from: number; readonly to: number }[] = [],
): readonly Section[] {
  const sections: Section[] = [];
  const isWithin = new Uint8Array(code.length + 1);
  for (const { from, to } of whole) isWithin.fill(1, from + 1, to);
  let from = 0;
  let weight = 0;
  for (let row = 0; row < code.length; row++) {
    weight += weightOfRow(code, row);
    if (weight < most || isWithin[row + 1] === 1) continue;
    sections.push([from, row + 1]);
    from = row + 1;
    weight = 0;
  }
  if (from < code.length || sections.length === 0) sections.push([from, code.length]);
  return sections;
}
