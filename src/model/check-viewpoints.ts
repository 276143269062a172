/**
 * Viewpoints: for every input the estimate that an ordered choice of speakers takes, and `assumed` where they are
 * silent. What was said after `as of` is open to hindsight columns only.
 */
import type { ViewpointDeclaration } from '../language/tree.ts';
import { isTaken, numberOf } from './check-inputs.ts';
import type { CheckedVariable } from './check-variables.ts';
import type { Cell, Choice, Estimate, Viewpoint } from './model.ts';
import { declarationsOf, report, type Workbench } from './workbench.ts';

type Speakers = readonly { readonly kind: 'source' | 'side'; readonly number: number }[];

export function checkViewpoints(
  bench: Workbench,
  variables: readonly CheckedVariable[],
  cells: readonly Cell[],
  asOf: number | null,
): readonly Viewpoint[] {
  const viewpoints: Viewpoint[] = [];
  for (const declaration of declarationsOf(bench, 'viewpoint')) {
    const { name, label } = declaration;
    if (isTaken(bench, name, viewpoints, 'viewpoint')) continue;
    const hindsight = declaration.hindsight !== null;
    if (declaration.hindsight !== null && asOf === null)
      report(bench, 'hindsight-without-as-of', declaration.hindsight);
    const speakers = speakersOf(bench, declaration);
    if (declaration.uses.length === 0) {
      report(bench, 'viewpoint-without-speaker', name.span, {
        label: `whose figures does \`${name.text}\` use?`,
      });
      continue;
    }
    const choices = chooseAll(
      bench,
      variables,
      cells,
      (estimates, element) => choose(bench, estimates, element, speakers, hindsight),
      declaration,
    );
    viewpoints.push({ name: name.text, label: label?.value ?? name.text, hindsight, choices });
  }
  if (declarationsOf(bench, 'viewpoint').length === 0)
    viewpoints.push(...impliedViewpoint(bench, variables, cells));
  return viewpoints;
}

function speakersOf(bench: Workbench, declaration: ViewpointDeclaration): Speakers {
  return declaration.uses.flatMap((use) => {
    const number = numberOf(bench, use.name, use.kind === 'source' ? bench.sources : bench.sides, use.kind);
    return number === null ? [] : [{ kind: use.kind, number }];
  });
}

type Chosen = { readonly estimate: number; readonly own: boolean } | null;

function chooseAll(
  bench: Workbench,
  variables: readonly CheckedVariable[],
  cells: readonly Cell[],
  pick: (estimates: readonly Estimate[], element: number | null) => Chosen,
  declaration: ViewpointDeclaration | null,
): readonly Choice[] {
  const choices: Choice[] = [];
  const reported = new Set<number>();
  cells.forEach((cell, number) => {
    const variable = variables[cell.variable];
    if (variable?.body.kind !== 'input') return;
    const { estimates } = variable.body;
    const chosen = pick(estimates, cell.element);
    if (chosen !== null) {
      choices.push({ cell: number, ...chosen });
      return;
    }
    if (estimates.length === 0 || reported.has(cell.variable)) return;
    reported.add(cell.variable);
    if (declaration === null) {
      const rivals = estimates.some((estimate) => estimate.drawn !== null);
      if (rivals)
        report(bench, 'viewpoint-missing', variable.header.span, {
          label: `whose figure for \`${cell.name}\` counts?`,
        });
      else
        report(bench, 'figure-not-usable', variable.header.span, {
          label: `every figure for \`${cell.name}\` is a bound or a denial`,
        });
      return;
    }
    report(bench, 'viewpoint-without-figure', variable.header.span, {
      label: `under \`${declaration.name.text}\` nobody gives a usable figure for \`${cell.name}\``,
      related: [{ span: declaration.name.span, label: 'the viewpoint' }],
    });
  });
  return choices;
}

/** The first speaker with a usable figure; of one side the latest statement, of equally late ones the first written. */
function choose(
  bench: Workbench,
  estimates: readonly Estimate[],
  element: number | null,
  speakers: Speakers,
  hindsight: boolean,
): Chosen {
  const usable = (estimate: Estimate): boolean => {
    if (estimate.drawn === null || (estimate.element !== null && estimate.element !== element)) return false;
    return estimate.source === null || hindsight || bench.sources[estimate.source]?.late !== true;
  };
  for (const speaker of speakers) {
    let best: number | null = null;
    estimates.forEach((estimate, number) => {
      if (estimate.source === null || !usable(estimate)) return;
      const source = bench.sources[estimate.source];
      if (speaker.kind === 'source' ? estimate.source !== speaker.number : source?.side !== speaker.number)
        return;
      const before = best === null ? undefined : estimates[best];
      const dateOf = (one: Estimate | undefined): number =>
        one === undefined || one.source === null
          ? Number.NEGATIVE_INFINITY
          : (bench.sources[one.source]?.date ?? Number.NEGATIVE_INFINITY);
      if (before === undefined || dateOf(estimate) > dateOf(before)) best = number;
    });
    if (best !== null) return { estimate: best, own: true };
  }
  const assumed = estimates.findIndex((estimate) => estimate.source === null && usable(estimate));
  return assumed < 0 ? null : { estimate: assumed, own: false };
}

/** A model without rivals needs no viewpoint: there is one figure for each input. */
function impliedViewpoint(
  bench: Workbench,
  variables: readonly CheckedVariable[],
  cells: readonly Cell[],
): readonly Viewpoint[] {
  const choices = chooseAll(
    bench,
    variables,
    cells,
    (estimates, element) => {
      const fitting = estimates
        .map((estimate, number) => ({ estimate, number }))
        .filter(
          ({ estimate }) =>
            estimate.drawn !== null && (estimate.element === null || estimate.element === element),
        )
        .filter(
          ({ estimate }) =>
            estimate.echoOf === null &&
            (estimate.source === null || bench.sources[estimate.source]?.late !== true),
        );
      const [only, rival] = fitting;
      if (only === undefined || rival !== undefined) return null;
      return { estimate: only.number, own: only.estimate.source !== null };
    },
    null,
  );
  return [{ name: 'stated', label: 'The figures as stated', hindsight: false, choices }];
}
