/** Counts, over futures that went well, which one-way flows were asked for less than zero. */
import type { Program } from '../program/program.ts';
import type { ClippedFlow } from './ensemble.ts';

export type ClippedCount = {
  /** @param firstOf the first instant, in days, at which the n-th flow of the program's `clipped` was; Infinity for never */
  readonly count: (firstOf: (number: number) => number | undefined) => void;
  /** Those that were in any future, in the program's order. */
  readonly flows: () => readonly ClippedFlow[];
};

export function countClipped({ clipped }: Program): ClippedCount {
  const flows = clipped.map(({ name }) => ({ flow: name, futures: 0, first: Number.POSITIVE_INFINITY }));
  return {
    count: (firstOf) => {
      flows.forEach((flow, number) => {
        const first = firstOf(number) ?? Number.POSITIVE_INFINITY;
        if (first !== Number.POSITIVE_INFINITY) flow.futures++;
        flow.first = Math.min(flow.first, first);
      });
    },
    flows: () => flows.filter(({ futures }) => futures > 0),
  };
}
