/**
 * What is told of a claim beside its text: on which inputs it hangs, whose figure each viewpoint takes for them, and
 * which of these are the model's reading.
 */
import { estimatesOf, takenText } from './explain-estimates.ts';
import type { Asked } from './explain-name.ts';
import type { ExplainedEstimate, Section } from './explanation.ts';
import { type Claim, isTested } from './model.ts';

export function claimSections(asked: Asked, claim: Claim): readonly Section[] {
  if (!isTested(claim.form)) return [];
  const { model, tree, text } = asked;
  const wanted = new Set(claim.inputCells);
  const inputs = model.variables.flatMap((input) => {
    if (input.kind !== 'input') return [];
    const estimates = estimatesOf(model, tree, text, input);
    const byText = new Map<string, string[]>();
    const judging = new Set<string>();
    for (const viewpoint of model.viewpoints) {
      const taken = takenText(model, input, estimates, viewpoint, (cell) => wanted.has(cell));
      if (taken === null) continue;
      const { name, hindsight } = viewpoint;
      byText.set(taken, [...(byText.get(taken) ?? []), hindsight ? `${name} (in hindsight)` : name]);
      judging.add(name);
    }
    if (byText.size === 0) return [];
    const lines = [...byText].map(([taken, viewpoints]) => `${viewpoints.join(', ')}: ${taken}`);
    const { name, label, unit } = input;
    const meaning = `${label === name ? '' : `: ${label}`}${unit.text === '' ? '' : ` (${unit.text})`}`;
    return [{ head: `${name}${meaning}`, lines: [...lines, ...speakersOf(estimates, judging)] }];
  });
  const rows = [...inputs, ...calibratedRows(asked, claim)];
  return rows.length === 0 ? [] : [{ title: 'FIGURES THAT IT HANGS ON', rows }];
}

/** What is solved for is told by what it is solved to, and between which ends. */
const calibratedRows = (
  { model, tree, text }: Asked,
  { calibratedCells }: Claim,
): readonly Section['rows'][number][] =>
  model.fits.calibrations.flatMap(({ cell, name, text: written, input: number, note }) => {
    const input = model.variables[number];
    if (!calibratedCells.includes(cell) || input?.kind !== 'input') return [];
    const estimates = estimatesOf(model, tree, text, input);
    const ends = model.viewpoints.flatMap(
      (viewpoint) => takenText(model, input, estimates, viewpoint, (one) => one === cell) ?? [],
    );
    const { label, unit } = input;
    const meaning = `${label === input.name ? '' : `: ${label}`}${unit.text === '' ? '' : ` (${unit.text})`}`;
    const why = note === null ? '' : ` (${note})`;
    return [
      {
        head: `${name}${meaning}`,
        lines: [
          `calibrated so that ${written}${why}`,
          `looked for between the ends of ${[...new Set(ends)].join('; ')}`,
        ],
      },
    ];
  });

/** Who is behind the figures that are taken, and the reasons of what is the model's own step: a reading, an assumption. */
function speakersOf(
  estimates: readonly ExplainedEstimate[],
  viewpoints: ReadonlySet<string>,
): readonly string[] {
  const lines = estimates
    .filter(({ used }) => used.some(({ viewpoint }) => viewpoints.has(viewpoint)))
    .map(({ speaker, readAs, reason }) => {
      if (speaker === null) return reason === null ? '' : `assumed so: ${reason}`;
      const { name, title, date, author } = speaker;
      const who = [title === name ? '' : title, date ?? 'without a date', author ? 'the author' : ''];
      const read = readAs === null || reason === null ? '' : `; read so: ${reason}`;
      return `(${name}) ${who.filter((part) => part !== '').join(', ')}${read}`;
    })
    .filter((line) => line !== '');
  return [...new Set(lines)];
}
