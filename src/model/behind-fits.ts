/**
 * What a thing hangs on by way of the fit. A calibrated input has the value that everything behind its equation gives it, so
 * what reads it hangs on all of that. What is required parts the futures by what it reads, so what shares an input, chance or
 * a correlation with a requirement hangs on all of that.
 */

import type { Behind } from './behind.ts';
import type { Correlation } from './model.ts';
import type { FitBehind, Fits } from './model-of-fits.ts';

/** Adds to what hangs behind readings what the fit brings along. */
export function behindFits(
  { calibrations, requirements }: Fits,
  correlations: readonly Pick<Correlation, 'cells'>[],
): (found: Behind) => Behind {
  // A calibration counts for what reads its input. That futures are dropped where nothing is found is said beside the answers;
  // it makes no figure of one claim a figure of every other.
  const parts: readonly Part[] = [
    ...calibrations.map((own) => ({ behind: own.behind, cell: own.cell })),
    ...requirements.map(({ behind }) => ({ behind, cell: null })),
  ];
  const solved = new Set(calibrations.map(({ cell }) => cell));
  const reached = partsByInput(parts, correlations);
  const drawing = parts.filter(({ behind, cell }) => cell === null && behind.draws);
  const withParts = (found: Behind): Behind => {
    const touched: Part[] = [];
    const inputs = [...found.inputs];
    const definitions = [...found.definitions];
    const touch = (part: Part): void => {
      if (touched.includes(part)) return;
      touched.push(part);
      const { behind, cell } = part;
      addNew(inputs, behind.inputs);
      if (cell !== null) addNew(inputs, [cell]);
      addNew(definitions, behind.definitions);
      if (behind.draws) drawing.forEach(touch);
    };
    if (found.draws) drawing.forEach(touch);
    // What is touched adds inputs, which touch what they are read by in their turn.
    for (const input of inputs) reached.get(input)?.forEach(touch);
    if (touched.length === 0) return found;
    inputs.sort((a, b) => a - b);
    return {
      ...found,
      inputs: inputs.filter((cell) => !solved.has(cell)),
      calibrated: inputs.filter((cell) => solved.has(cell)),
      definitions,
      draws: found.draws || touched.some(({ behind }) => behind.draws),
    };
  };
  // What hangs behind the same readings comes as the same object.
  const known = new WeakMap<Behind, Behind>();
  return (found) => {
    const all = known.get(found) ?? withParts(found);
    known.set(found, all);
    return all;
  };
}

/** What one calibration or requirement hangs on, and the input that a calibration finds. */
type Part = { readonly behind: FitBehind; readonly cell: number | null };

/**
 * By input cell, the parts that what reads it hangs on: calibrations that find it, requirements that read it, and those of
 * all that is drawn together with it, at any remove.
 */
function partsByInput(
  parts: readonly Part[],
  correlations: readonly Pick<Correlation, 'cells'>[],
): ReadonlyMap<number, readonly Part[]> {
  const together = new Map<number, ReadonlySet<number>>();
  for (const { cells } of correlations) {
    const group = new Set(cells.flatMap((cell) => [cell, ...(together.get(cell) ?? [])]));
    for (const cell of group) together.set(cell, group);
  }
  const found = new Map<number, Part[]>();
  for (const part of parts)
    for (const read of part.cell === null ? part.behind.inputs : [part.cell])
      for (const cell of together.get(read) ?? [read]) {
        const known = found.get(cell);
        if (known === undefined) found.set(cell, [part]);
        else addNew(known, [part]);
      }
  return found;
}

function addNew<T>(known: T[], more: readonly T[]): void {
  more.forEach((one) => {
    if (!known.includes(one)) known.push(one);
  });
}
