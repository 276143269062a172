/** Claims in each sense that is asked for, with the inputs that they then hang on. */
import type { Claim, Model, Sense, Viewpoint } from '../model/model.ts';
import type { Meanings } from './meanings.ts';
import { hasOwn } from './own-figures.ts';
import type { Question } from './plan.ts';

/** A claim in one sense, and what it then hangs on. */
export type Reading = {
  readonly claim: Claim;
  readonly number: number;
  readonly sense: Sense;
  /** Its inputs, but for those that a scenario holds: nobody's figure enters there. */
  readonly cells: readonly number[];
  /** Whether no viewpoint changes any of them. */
  readonly isOnly: boolean;
};

/** By number of the claim, a reading for each of its senses that is asked for. */
export type Readings = readonly (readonly Reading[])[];

export const readingIn = (readings: Readings, claim: number, meanings: Meanings): Reading | null =>
  readings[claim]?.find(({ claim: { definitions }, sense }) =>
    sense.meanings.every((meaning, at) => meanings.get(definitions[at] ?? -1) === meaning),
  ) ?? null;

export function notHeld(cells: readonly number[], { scenario }: Question): readonly number[] {
  const held = new Set(scenario?.forces.map(({ cell }) => cell));
  return cells.filter((cell) => !held.has(cell));
}

export function readingOf(
  model: Model,
  claim: Claim,
  number: number,
  sense: Sense,
  question: Question,
): Reading {
  const cells = notHeld(sense.inputCells, question);
  const wanted = new Set([...cells, ...claim.calibratedCells]);
  // A claim that asks for hindsight is compared with what was thought before, too.
  const keys = model.viewpoints
    .filter((viewpoint) => claim.hindsight || !viewpoint.hindsight)
    .map(({ choices }) =>
      choices
        .filter(({ cell }) => wanted.has(cell))
        .map(({ estimate }) => estimate)
        .join(),
    );
  return { claim, number, sense, cells, isOnly: new Set(keys).size <= 1 };
}

export const isAsked = ({ claim }: Reading, viewpoint: Viewpoint): boolean =>
  viewpoint.hindsight || !claim.hindsight;

/** Whether the viewpoint has no figure of its own on a claim on which others have; what a scenario holds silences nobody. */
export const isSilent = ({ claim, sense, isOnly }: Reading, viewpoint: Viewpoint): boolean =>
  !isOnly && !hasOwn(viewpoint, [...sense.inputCells, ...claim.calibratedCells]);
