/**
 * Viewpoints: for every input the estimate that an ordered choice of speakers takes, and `assumed` where they are
 * silent. What was said after `as of` is open to hindsight columns only.
 */
import type { Related } from '../base/diagnostic.ts';
import type { Name, ViewpointDeclaration } from '../language/tree.ts';
import { covers, type Elements, isWhole, offsetOf, shapeOf } from './array-shape.ts';
import { isTaken, numberOf } from './check-sources.ts';
import type { CheckedVariable } from './check-variables.ts';
import { type Cell, type Choice, type Estimate, linesOf, type Viewpoint } from './model.ts';
import { declarationsOf, expectAsOf, groupsOf, isBroken, report, type Workbench } from './workbench.ts';

type Speakers = readonly { readonly kind: 'source' | 'side'; readonly number: number }[];

/** An input for which a viewpoint finds no figure, by the first of its cells. */
type Silence = { readonly variable: number; readonly cell: Cell };

export function checkViewpoints(
  bench: Workbench,
  variables: readonly CheckedVariable[],
  cells: readonly Cell[],
): readonly Viewpoint[] {
  const viewpoints: Viewpoint[] = [];
  const silences = new Map<number, { readonly cell: Cell; readonly under: ViewpointDeclaration[] }>();
  const declarations = declarationsOf(bench, 'viewpoint');
  const spoken = spokenCells(bench, variables, cells);
  for (const declaration of declarations) {
    const { name, label } = declaration;
    if (isTaken(bench, name, viewpoints, 'viewpoint')) continue;
    const hindsight = declaration.hindsight !== null;
    if (declaration.hindsight !== null) expectAsOf(bench, declaration.hindsight);
    const speakers = speakersOf(bench, declaration);
    const broken = isBroken(bench, declaration.span) || speakers.length < declaration.uses.length;
    if (declaration.uses.length === 0 && !broken) reportNobody(bench, name);
    const { choices, silent } = chooseAll(spoken, (estimates, usable) =>
      choose(bench, estimates, usable, speakers, hindsight),
    );
    const [first] = speakers;
    const isAuthors = first?.kind === 'source' && isAuthor(bench.sources[first.number]);
    viewpoints.push({ name: name.text, label: label?.value ?? name.text, hindsight, isAuthors, choices });
    if (broken || declaration.uses.length === 0) continue;
    for (const { variable, cell } of silent) {
      const known = silences.get(variable);
      if (known === undefined) silences.set(variable, { cell, under: [declaration] });
      else known.under.push(declaration);
    }
  }
  for (const [variable, { cell, under }] of silences) reportSilence(bench, variables[variable], cell, under);
  if (declarations.length > 0) return viewpoints;
  return [impliedViewpoint(bench, variables, spoken)];
}

function speakersOf(bench: Workbench, declaration: ViewpointDeclaration): Speakers {
  const speakers: Speakers[number][] = [];
  for (const use of declaration.uses) {
    const number = numberOf(bench, use.name, use.kind === 'source' ? bench.sources : bench.sides, use.kind);
    if (number === null) continue;
    if (speakers.some((other) => other.kind === use.kind && other.number === number))
      report(bench, 'given-twice', use.span, { label: `\`${use.name.text}\` is used above already` });
    speakers.push({ kind: use.kind, number });
  }
  return speakers;
}

type Chosen = { readonly estimate: number; readonly own: boolean } | null;
/** `spoken` holds the numbers of the estimates that speak of the element. */
type Pick = (estimates: readonly Estimate[], spoken: readonly number[]) => Chosen;

/** A cell of an input, and the numbers of the estimates that speak of it, whoever is asked. */
type SpokenCell = {
  readonly number: number;
  readonly cell: Cell;
  readonly input: Extract<CheckedVariable['body'], { kind: 'input' }>;
  readonly spoken: readonly number[];
};

function spokenCells(
  bench: Workbench,
  variables: readonly CheckedVariable[],
  cells: readonly Cell[],
): readonly SpokenCell[] {
  const spokenOf = variables.map(({ body, header }) =>
    body.kind === 'input' ? estimatesByElement(bench, header, body.estimates) : null,
  );
  const found: SpokenCell[] = [];
  cells.forEach((cell, number) => {
    const input = variables[cell.variable]?.body;
    if (input?.kind !== 'input') return;
    found.push({ number, cell, input, spoken: spokenOf[cell.variable]?.(cell.elements) ?? [] });
  });
  return found;
}

function chooseAll(
  cells: readonly SpokenCell[],
  pick: Pick,
): { readonly choices: readonly Choice[]; readonly silent: readonly Silence[] } {
  const choices: Choice[] = [];
  const silent = new Map<number, Silence>();
  for (const { number, cell, input, spoken } of cells) {
    const chosen = pick(input.estimates, spoken);
    if (chosen !== null) choices.push({ cell: number, ...chosen });
    // What is wrong with its estimates is reported already.
    else if (input.sound && !silent.has(cell.variable))
      silent.set(cell.variable, { variable: cell.variable, cell });
  }
  return { choices, silent: [...silent.values()] };
}

/** Gives the numbers of the estimates that speak of an element, in the order of the text. */
function estimatesByElement(
  bench: Workbench,
  header: CheckedVariable['header'],
  estimates: readonly Estimate[],
): (elements: Elements) => readonly number[] {
  const shape = shapeOf(bench.groups, groupsOf(header));
  const exact = new Map<number, number[]>();
  const wide: number[] = [];
  estimates.forEach(({ elements }, number) => {
    if (!isWhole(elements)) {
      wide.push(number);
      return;
    }
    const offset = offsetOf(shape, elements);
    exact.set(offset, [...(exact.get(offset) ?? []), number]);
  });
  return (elements) => {
    const own = exact.get(offsetOf(shape, elements)) ?? [];
    const others = wide.filter((number) => covers(estimates[number]?.elements ?? [], elements));
    return [...own, ...others].sort((a, b) => a - b);
  };
}

/** The first speaker with a usable figure; of one side the latest statement, of equally late ones the first written. */
function choose(
  bench: Workbench,
  estimates: readonly Estimate[],
  spoken: readonly number[],
  speakers: Speakers,
  hindsight: boolean,
): Chosen {
  const usable = (estimate: Estimate): boolean =>
    estimate.drawn !== null && (hindsight || !isLate(bench, estimate));
  const figures = spoken.flatMap((number) => {
    const estimate = estimates[number];
    return estimate !== undefined && usable(estimate) ? [{ estimate, number }] : [];
  });
  for (const speaker of speakers) {
    let best: number | null = null;
    for (const { estimate, number } of figures) {
      if (estimate.source === null) continue;
      const source = bench.sources[estimate.source];
      if (speaker.kind === 'source' ? estimate.source !== speaker.number : source?.side !== speaker.number)
        continue;
      const before = best === null ? undefined : estimates[best];
      const dateOf = (one: Estimate | undefined): number =>
        one === undefined || one.source === null
          ? Number.NEGATIVE_INFINITY
          : (bench.sources[one.source]?.date ?? Number.NEGATIVE_INFINITY);
      if (before === undefined || dateOf(estimate) > dateOf(before)) best = number;
    }
    if (best !== null) return { estimate: best, own: true };
  }
  const assumed = figures.find(({ estimate }) => estimate.source === null);
  return assumed === undefined ? null : { estimate: assumed.number, own: false };
}

/** A model without rivals needs no viewpoint: there is one figure for each input. */
function impliedViewpoint(
  bench: Workbench,
  variables: readonly CheckedVariable[],
  cells: readonly SpokenCell[],
): Viewpoint {
  const { choices, silent } = chooseAll(cells, (estimates, spoken) => {
    const [only, rival] = spoken.filter((number) => isFigure(bench, estimates[number]));
    if (only === undefined || rival !== undefined) return null;
    return { estimate: only, own: estimates[only]?.source !== null };
  });
  // A viewpoint that could not be read may well have made the choice.
  const isUnreadable = bench.unread.some(({ kind }) => kind === 'viewpoint' || kind === null);
  for (const { variable, cell } of isUnreadable ? [] : silent)
    reportUnchosen(bench, variables[variable], cell);
  const isAuthors = bench.sources.some(isAuthor);
  return { name: 'stated', label: 'The figures as stated', hindsight: false, isAuthors, choices };
}

/** What he said after `as of` is not known yet. */
const isAuthor = (source: Workbench['sources'][number] | undefined): boolean =>
  source?.author === true && !source.late;

/** What could be drawn for an element without a choice of speakers: no echoes, and nothing said after `as of`. */
const isFigure = (bench: Workbench, estimate: Estimate | undefined): boolean =>
  estimate !== undefined && estimate.drawn !== null && estimate.echoOf === null && !isLate(bench, estimate);

const isLate = (bench: Workbench, { source }: Estimate): boolean =>
  source !== null && bench.sources[source]?.late === true;

// --- messages ---------------------------------------------------------------------------------------------------

function reportNobody(bench: Workbench, name: Name): void {
  const [side] = bench.sides;
  const [source] = bench.sources;
  const examples = [
    ...(side === undefined ? [] : [`\`use side ${side.name}\``]),
    ...(source === undefined ? [] : [`\`use ${source.name}\``]),
  ];
  report(bench, 'viewpoint-without-speaker', name.span, {
    label: `whose figures does \`${name.text}\` use?`,
    ...(examples.length === 0 ? {} : { hint: `Add a line such as ${examples.join(' or ')}.` }),
  });
}

function reportSilence(
  bench: Workbench,
  variable: CheckedVariable | undefined,
  cell: Cell,
  under: readonly ViewpointDeclaration[],
): void {
  if (variable?.body.kind !== 'input') return;
  const names = under.map(({ name }) => `\`${name.text}\``);
  const shown =
    names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');
  const [first] = under;
  const spoken = variable.body.estimates.filter(({ elements }) => covers(elements, cell.elements));
  report(bench, 'viewpoint-without-figure', variable.header.span, {
    label: `under ${shown} nobody gives a usable figure for \`${cell.name}\``,
    related: [
      ...(first === undefined ? [] : [{ span: first.name.span, label: 'this viewpoint' }]),
      ...reasons(bench, spoken),
    ],
  });
}

function reportUnchosen(bench: Workbench, variable: CheckedVariable | undefined, cell: Cell): void {
  if (variable?.body.kind !== 'input') return;
  const spoken = variable.body.estimates.filter(({ elements }) => covers(elements, cell.elements));
  const rivals = spoken.filter((estimate) => isFigure(bench, estimate));
  if (rivals.length === 0) {
    report(bench, 'figure-not-usable', variable.header.span, {
      label: `nothing said of \`${cell.name}\` can be drawn`,
      related: reasons(bench, spoken),
    });
    return;
  }
  const speaker = rivals.find(({ source }) => source !== null)?.source ?? null;
  const source = speaker === null ? undefined : bench.sources[speaker];
  report(bench, 'viewpoint-missing', variable.header.span, {
    label: `whose figure for \`${cell.name}\` counts?`,
    related: rivals
      .slice(0, 3)
      .map(({ span }, number) => ({ span, label: number === 0 ? 'this one' : 'or this one' })),
    ...(source === undefined
      ? {}
      : {
          hint: `Declare a viewpoint for each choice, such as \`viewpoint NAME "label"\` with a line \`use ${source.name}\`.`,
        }),
  });
}

/** Why figures that are there cannot be drawn. */
function reasons(bench: Workbench, spoken: readonly Estimate[]): readonly Related[] {
  return spoken
    .flatMap((estimate) => {
      if (isLate(bench, estimate)) return [{ span: estimate.span, label: 'said after the date of `as of`' }];
      return linesOf(estimate).flatMap(({ drawn, bound, span }) => {
        if (drawn !== null) return [];
        if (bound === 'denied') return [{ span, label: 'a denial, not a figure' }];
        return [{ span, label: `\`${bound}\` is a bound, and it is not read as anything` }];
      });
    })
    .slice(0, 3);
}
