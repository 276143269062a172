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
    const inputs = [...found.inputs];
    const definitions = [...found.definitions];
    let { draws } = found;
    let open = parts;
    // In rounds, each in the order of the text: what is touched adds inputs, which touch what they are read by in their turn.
    for (;;) {
      const near = new Set<Part>(draws ? drawing : []);
      for (const input of inputs) for (const part of reached.get(input) ?? []) near.add(part);
      const touched = open.filter((part) => near.has(part));
      if (touched.length === 0) break;
      open = open.filter((part) => !near.has(part));
      for (const { behind, cell } of touched) {
        addNew(inputs, behind.inputs);
        if (cell !== null) addNew(inputs, [cell]);
        addNew(definitions, behind.definitions);
        draws ||= behind.draws;
      }
    }
    if (open === parts) return found;
    inputs.sort((a, b) => a - b);
    return {
      ...found,
      inputs: inputs.filter((cell) => !solved.has(cell)),
      calibrated: inputs.filter((cell) => solved.has(cell)),
      definitions,
      draws,
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
