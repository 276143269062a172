/**
 * What a thing hangs on by way of the fit. A calibrated input has the value that everything behind its equation gives it, so
 * what reads it hangs on all of that. What is required parts the futures by what it reads, so what shares an input, chance or
 * a correlation with a requirement hangs on all of that.
 */

import type { Behind } from './behind.ts';
import type { Correlation } from './model.ts';
import type { FitBehind, Fits } from './model-of-fits.ts';

export function behindFits(
  { calibrations, requirements }: Fits,
  correlations: readonly Pick<Correlation, 'cells'>[],
  found: Behind,
): Behind {
  if (calibrations.length === 0 && requirements.length === 0) return found;
  const inputs = new Set(found.inputs);
  const definitions = new Set(found.definitions);
  let { draws } = found;
  // A calibration counts for what reads its input. That futures are dropped where nothing is found is said beside the answers;
  // it makes no figure of one claim a figure of every other.
  let open: readonly Part[] = [
    ...calibrations.map((own) => ({ behind: own.behind, cell: own.cell })),
    ...requirements.map(({ behind }) => ({ behind, cell: null })),
  ];
  const reaches = ({ behind, cell }: Part, near: ReadonlySet<number>): boolean =>
    cell !== null ? near.has(cell) : (behind.draws && draws) || behind.inputs.some((one) => near.has(one));
  for (;;) {
    const near = withCorrelated(inputs, correlations);
    const touched = open.filter((part) => reaches(part, near));
    if (touched.length === 0) break;
    open = open.filter((part) => !touched.includes(part));
    for (const { behind, cell } of touched) {
      for (const one of behind.inputs) inputs.add(one);
      if (cell !== null) inputs.add(cell);
      for (const definition of behind.definitions) definitions.add(definition);
      draws ||= behind.draws;
    }
  }
  const solved = new Set(calibrations.map(({ cell }) => cell));
  const all = [...inputs].sort((a, b) => a - b);
  return {
    ...found,
    inputs: all.filter((cell) => !solved.has(cell)),
    calibrated: all.filter((cell) => solved.has(cell)),
    definitions: [...definitions],
    draws,
  };
}

/** What one calibration or requirement hangs on, and the input that a calibration finds. */
type Part = { readonly behind: FitBehind; readonly cell: number | null };

/** Input cells and all that are drawn together with them, at any remove. */
function withCorrelated(
  cells: ReadonlySet<number>,
  correlations: readonly Pick<Correlation, 'cells'>[],
): ReadonlySet<number> {
  const found = new Set(cells);
  for (let size = 0; size !== found.size; ) {
    size = found.size;
    for (const { cells: pair } of correlations)
      if (pair.some((cell) => found.has(cell))) for (const cell of pair) found.add(cell);
  }
  return found;
}
