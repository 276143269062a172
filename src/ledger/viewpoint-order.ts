/**
 * From a viewpoint to what a run needs: the figure of every input slot, and which of them vary.
 */
import { alignedTo, type Figure, isFixed } from '../base/figure.ts';
import type { RunOrder } from '../engine/ensemble.ts';
import type { Choice, Estimate, Model, Viewpoint } from '../model/model.ts';
import { settingAt, settingsOf } from '../model/settings.ts';
import type { Program } from '../program/program.ts';

/** The estimates of an input's cell. */
export function estimatesOf(model: Model, cell: number): readonly Estimate[] {
  const variable = model.variables[model.cells[cell]?.variable ?? -1];
  if (variable?.kind !== 'input') throw new Error('an input cell that is no input');
  return variable.estimates;
}

export function figureOf(model: Model, choice: Choice): Figure {
  const figure = estimatesOf(model, choice.cell)[choice.estimate]?.drawn;
  if (figure === null || figure === undefined) throw new Error('a choice that cannot be drawn');
  return alignedTo(knotsOf(model, choice.cell), figure);
}

/** The dates at which an input's cell may change its course; none where it is the same at all times. */
export function knotsOf(model: Model, cell: number): readonly number[] {
  const variable = model.variables[model.cells[cell]?.variable ?? -1];
  return variable?.kind === 'input' ? (variable.dates?.knots ?? []) : [];
}

/** One figure for each of the program's input slots: what the viewpoint takes of an input, and what is set otherwise. */
export function figuresOf(model: Model, viewpoint: Viewpoint): readonly Figure[] {
  const choices = new Map(viewpoint.choices.map((choice) => [choice.cell, choice]));
  const ofCells = model.cells.flatMap((_, cell): readonly Figure[] => {
    const [choice, setting] = [choices.get(cell), settingAt(model, cell)];
    if (choice !== undefined) return [figureOf(model, choice)];
    return setting === null ? [] : [{ kind: 'point', value: setting }];
  });
  return [...ofCells, ...settingsOf(model).map(({ value }): Figure => ({ kind: 'point', value }))];
}

/** The slots by which the draws of some variables, or of all that draw, are made anew; held at 1 they are. */
export const chanceSlots = (
  model: Model,
  program: Program,
  variables: readonly number[] | null = null,
): readonly number[] =>
  program.inputs.flatMap(({ role, cell }, slot) => {
    const variable = model.cells[cell]?.variable ?? -1;
    return role === 'chance' && (variables?.includes(variable) ?? true) ? [slot] : [];
  });

/** An order in which the draws behind these slots are made a second, independent time. */
export const withRedrawnChance = (order: RunOrder, slots: readonly number[]): RunOrder => ({
  ...order,
  forced: [...order.forced, ...slots.map((slot) => ({ slot, value: 1 }))],
});

/** The model's correlations by the program's input slots; they are the same under every viewpoint. */
export function correlationsOf(model: Model, program: Program): RunOrder['correlations'] {
  const slots = new Map(program.inputs.map(({ cell }, slot) => [cell, slot]));
  return model.correlations.map(({ cells: [one, other], coefficient }) => {
    const [first, second] = [slots.get(one), slots.get(other)];
    if (first === undefined || second === undefined) throw new Error('a correlated cell that is no input');
    return { slots: [first, second], coefficient };
  });
}

/** Slots among the given cells whose figure is drawn, and which neither a scenario holds nor a calibration solves for. */
export function uncertainSlots(
  program: Program,
  figures: readonly Figure[],
  forced: readonly { readonly slot: number }[],
  cells: readonly number[],
): readonly number[] {
  const held = new Set([...forced, ...program.fits.calibrations].map(({ slot }) => slot));
  const wanted = new Set(cells);
  return program.inputs.flatMap((input, slot) => {
    const figure = figures[slot];
    return wanted.has(input.cell) && !held.has(slot) && figure !== undefined && !isFixed(figure)
      ? [slot]
      : [];
  });
}

/** Whether nothing that is drawn stands behind some cells, neither in the order's world nor in that of its fit. */
export const isCertainIn = ({ program, figures, forced, fit }: RunOrder, cells: readonly number[]): boolean =>
  uncertainSlots(program, figures, forced, cells).length === 0 &&
  (fit === undefined || uncertainSlots(program, fit.figures, fit.forced, cells).length === 0);
