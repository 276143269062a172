/**
 * Claims whose answer is settled before anything is run. A likelihood needs something that can turn out one way or the
 * other: a range, figures that differ between viewpoints, chance, a lever, rival meanings, or a scenario that holds an
 * input elsewhere. A condition needs less, since exact figures are honest arithmetic; but somebody must have given them.
 */
import { isFixed } from '../base/figure.ts';
import { type Claim, conditionOf, type Estimate, type Model } from './model.ts';
import { quote, report, type Workbench } from './workbench.ts';

export function warnCertain(bench: Workbench, model: Model): void {
  const open = openCells(model);
  for (const claim of model.claims) {
    const condition = conditionOf(claim.form);
    // What is solved for has a value of its own in every future, or at least a source.
    if (condition === null || claim.draws || claim.leverCells.length + claim.calibratedCells.length > 0)
      continue;
    // Rival meanings are a way in which it could be otherwise.
    if (claim.measures.some((measure) => (model.measures[measure]?.definitions.length ?? 0) > 0)) continue;
    if (claim.inputCells.length === 0 && !claim.readsRows)
      report(bench, 'claim-without-input', condition.span, {
        label: 'this hangs on no input, no lever, no rows of data and no chance',
      });
    else if (claim.form.kind === 'likelihood' && !claim.inputCells.some((cell) => open.has(cell)))
      report(bench, 'likelihood-certain', condition.span, {
        label: `${fixedNames(model, claim)} the same in every future`,
        hint: `State it as a condition, \`${quote(bench, condition.span)}\`, or give an input that it hangs on its range.`,
      });
  }
}

/** A condition that is the same in every future drops all of them, or none. */
export function warnIdle(bench: Workbench, model: Model): void {
  const open = openCells(model);
  const solved = new Set(model.fits.calibrations.map(({ cell }) => cell));
  for (const { behind, measures, span } of model.fits.requirements) {
    const varies = behind.inputs.some((cell) => open.has(cell) || solved.has(cell));
    const hasRivals = measures.some((measure) => (model.measures[measure]?.definitions.length ?? 0) > 0);
    if (varies || behind.draws || hasRivals) continue;
    report(bench, 'require-certain', span, { label: 'this hangs on nothing that differs between futures' });
  }
}

/** Input cells that are not the same in every future of every column. */
function openCells(model: Model): ReadonlySet<number> {
  const open = new Set<number>();
  // By cell, what is known so far to enter a future.
  const entering = new Map<number, string>();
  const enters = (cell: number, drawn: Estimate['drawn']): void => {
    const text = JSON.stringify(drawn);
    const before = entering.get(cell) ?? text;
    if (drawn === null || !isFixed(drawn) || before !== text) open.add(cell);
    entering.set(cell, text);
  };
  for (const { choices } of model.viewpoints) {
    for (const { cell, estimate } of choices) {
      const variable = model.variables[model.cells[cell]?.variable ?? -1];
      if (variable?.kind === 'input') enters(cell, variable.estimates[estimate]?.drawn ?? null);
    }
  }
  for (const { cell, value } of model.scenarios.flatMap(({ forces }) => forces))
    enters(cell, { kind: 'point', value });
  return open;
}

const MOST_NAMED = 3;

/** What it hangs on, in words. */
function fixedNames(model: Model, { inputCells }: Claim): string {
  const variables = new Set(inputCells.map((cell) => model.cells[cell]?.variable ?? -1));
  const names = [...variables].map((variable) => `\`${model.variables[variable]?.name}\``);
  if (names.length === 0) return 'the rows that this hangs on are';
  const shown = names.slice(0, MOST_NAMED);
  const rest = names.length - shown.length;
  const listed = rest > 0 ? [...shown, `${rest} more`] : shown;
  const last = listed.pop();
  return listed.length === 0 ? `${last} is` : `${listed.join(', ')} and ${last} are`;
}
