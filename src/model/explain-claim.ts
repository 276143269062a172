/**
 * What is told of a claim beside its text: on which inputs it hangs, whose figure each viewpoint takes for them, and
 * which of these are the model's reading.
 */
import { estimatesOf, takenText } from './explain-estimates.ts';
import type { Asked } from './explain-name.ts';
import type { ExplainedEstimate, Section } from './explanation.ts';
import { type Claim, conditionOf } from './model.ts';

export function claimSections(asked: Asked, claim: Claim): readonly Section[] {
  if (conditionOf(claim.form) === null) return [];
  const { model, tree, text } = asked;
  const wanted = new Set(claim.inputCells);
  const inputs = model.variables.flatMap((input) => {
    if (input.kind !== 'input') return [];
    const estimates = estimatesOf(model, tree, text, input);
    const byText = new Map<string, string[]>();
    for (const viewpoint of model.viewpoints) {
      const taken = takenText(model, input, estimates, viewpoint, (cell) => wanted.has(cell));
      if (taken === null) continue;
      byText.set(taken, [...(byText.get(taken) ?? []), viewpoint.name]);
    }
    if (byText.size === 0) return [];
    const lines = [...byText].map(([taken, viewpoints]) => `${viewpoints.join(', ')}: ${taken}`);
    const judging = new Set([...byText.values()].flat());
    return [{ head: input.name, lines: [...lines, ...readingsOf(estimates, judging)] }];
  });
  return inputs.length === 0 ? [] : [{ title: 'FIGURES THAT IT HANGS ON', rows: inputs }];
}

/** The reasons of the readings that are taken, since these are the model's own steps. */
function readingsOf(
  estimates: readonly ExplainedEstimate[],
  viewpoints: ReadonlySet<string>,
): readonly string[] {
  const reasons = estimates
    .filter(({ speaker, readAs, used }) => {
      const isTaken = used.some(({ viewpoint }) => viewpoints.has(viewpoint));
      return speaker !== null && readAs !== null && isTaken;
    })
    .map(({ speaker, reason }) => `read so for ${speaker?.name}: ${reason}`);
  return [...new Set(reasons)];
}
