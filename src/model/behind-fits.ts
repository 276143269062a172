/**
 * What a thing hangs on by way of the fit. A calibrated input has the value that everything behind its equation gives it, so
 * what reads it hangs on all of that. What is required parts the futures by what it reads, so what shares an input, chance or
 * a correlation with a requirement hangs on all of that.
 */
import type { Correlation } from './model.ts';
import type { FitBehind, Fits } from './model-of-fits.ts';
import type { Behind } from './order-steps.ts';

export function behindFits(
  { calibrations, requirements }: Fits,
  correlations: readonly Pick<Correlation, 'cells'>[],
  found: Behind,
): Behind {
  const solved = new Set(calibrations.map(({ cell }) => cell));
  const inputs = new Set(found.inputs);
  const definitions = new Set(found.definitions);
  let { draws } = found;
  const parts: readonly FitBehind[] = [
    ...calibrations.map(({ cell, behind }) => ({ ...behind, inputs: [...behind.inputs, cell] })),
    ...requirements.map(({ behind }) => behind),
  ];
  // A calibration counts for what reads its input. That futures are dropped where nothing is found is said beside the answers;
  // it makes no figure of one claim a figure of every other.
  const reaches = (part: FitBehind, near: ReadonlySet<number>): boolean => {
    const number = parts.indexOf(part);
    const own = calibrations[number];
    if (own !== undefined) return near.has(own.cell);
    return (part.draws && draws) || part.inputs.some((cell) => near.has(cell));
  };
  let open = [...parts];
  for (let grows = parts.length > 0; grows; ) {
    const near = withCorrelated(inputs, correlations);
    const touched = open.filter((part) => reaches(part, near));
    open = open.filter((part) => !touched.includes(part));
    for (const part of touched) {
      for (const cell of part.inputs) inputs.add(cell);
      for (const definition of part.definitions) definitions.add(definition);
      draws ||= part.draws;
    }
    grows = touched.length > 0;
  }
  const all = [...inputs].sort((a, b) => a - b);
  return {
    ...found,
    inputs: all.filter((cell) => !solved.has(cell)),
    calibrated: all.filter((cell) => solved.has(cell)),
    definitions: [...definitions],
    draws,
  };
}

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
