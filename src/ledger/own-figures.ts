/**
 * How well a viewpoint is sourced on some inputs. Inputs are counted and never elements: a matrix of a hundred cells is
 * one survey, and counting its cells would drown every other figure. An input is the viewpoint's own where all of its
 * elements that are in question have a figure of its speakers, and it is told apart where only some have. What enters by
 * `read as` is counted beside that, since the number drawn is then the model's and not the speaker's.
 */
import { type Choice, type Estimate, linesOf, type Model, type Viewpoint } from '../model/model.ts';
import type { OwnFigures } from './ledger.ts';
import { estimatesOf } from './viewpoint-order.ts';

/** The count over the inputs that the given cells belong to. */
export function ownAmong(model: Model, viewpoint: Viewpoint, cells: readonly number[]): OwnFigures {
  const wanted = new Set(cells);
  const byInput = new Map<number, Choice[]>();
  for (const choice of viewpoint.choices) {
    const variable = model.cells[choice.cell]?.variable;
    if (!wanted.has(choice.cell) || variable === undefined) continue;
    byInput.set(variable, [...(byInput.get(variable) ?? []), choice]);
  }
  const inputs = [...byInput.values()];
  return {
    inputs: inputs.filter((choices) => choices.every(({ own }) => own)).length,
    partly: inputs.filter((choices) => choices.some(({ own }) => own) && !choices.every(({ own }) => own))
      .length,
    read: inputs.filter((choices) => choices.some((choice) => choice.own && isReading(model, choice))).length,
    of: inputs.length,
  };
}

/** Whether the viewpoint's own figures stand behind any of the cells. */
export function hasOwn(viewpoint: Viewpoint, cells: readonly number[]): boolean {
  const wanted = new Set(cells);
  return viewpoint.choices.some(({ cell, own }) => own && wanted.has(cell));
}

/** Whether the figure enters as the model reads it; an echo is read as what it repeats. */
function isReading(model: Model, { cell, estimate }: Choice): boolean {
  const estimates = estimatesOf(model, cell);
  const taken = estimates[estimate];
  const origin: Estimate | undefined = taken?.echoOf == null ? taken : estimates[taken.echoOf];
  return origin?.source != null && linesOf(origin).some(({ reason }) => reason !== null);
}
