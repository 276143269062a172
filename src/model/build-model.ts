/**
 * Tree → Model. One function, phase by numbered phase; a phase may lean on what earlier ones have declared, and none
 * stops the others, so that the writer sees every fault at once.
 *
 *   1 title and date   2 units   3 actors and groups   4 time   5 sides and sources
 *   6 names of variables, measures, scenarios, factors; bodies of variables   7 cells, wiring, order   8 viewpoints   9 measures, records,
 *   what is calibrated and required
 *   10 scenarios and claims   11 links between prose and claims   12 what is declared and does nothing
 */
import { type Diagnostic, hasErrors } from '../base/diagnostic.ts';
import { MAXIMUM_ELEMENTS } from '../base/limits.ts';
import { formatCount } from '../base/number-format.ts';
import { failure, type Result, success } from '../base/result.ts';
import type { Brief } from '../brief/brief.ts';
import type { DeclarationKind, Tree, Unread } from '../language/tree.ts';
import { shapeOf, sizeOf } from './array-shape.ts';
import { type Behind, looksUp, type Meanings } from './behind.ts';
import { behindFits } from './behind-fits.ts';
import { warnCertain, warnIdle } from './check-certain.ts';
import { checkClaims, checkLinks, type Follow } from './check-claims.ts';
import { checkCorrelations, warnUndrawn } from './check-correlations.ts';
import { checkSites } from './check-draw.ts';
import { flowsOfMoves } from './check-effects.ts';
import { checkFactors, declareFactors, warnConstant, weighingOf } from './check-factors.ts';
import { checkFits, NO_FITS } from './check-fits.ts';
import { checkHorizons } from './check-horizons.ts';
import { warnNotIllustrative } from './check-illustrative.ts';
import { combinationsOf } from './check-meanings.ts';
import { checkMeasures, declareMeasures } from './check-measures.ts';
import { checkObserved } from './check-observed.ts';
import { checkOverTime } from './check-over-time.ts';
import { checkPool } from './check-pool.ts';
import { checkPreferences } from './check-preferences.ts';
import { checkScenarios, declareScenarios } from './check-scenarios.ts';
import { checkSources } from './check-sources.ts';
import { checkTables } from './check-tables.ts';
import { checkTieStarts } from './check-tie-starts.ts';
import { checkTime } from './check-time.ts';
import { checkUnits } from './check-units.ts';
import { checkUse } from './check-use.ts';
import { type CheckedVariable, checkVariables, declareVariables } from './check-variables.ts';
import { checkViewpoints } from './check-viewpoints.ts';
import { fitsOperations } from './count-operations.ts';
import type { DataTexts } from './data-files.ts';
import type { Expression } from './expression.ts';
import { foldAlike } from './fold-alike.ts';
import { layOutCells } from './lay-out-cells.ts';
import { declaredMeasures, type Measure, type Model, type Variable } from './model.ts';
import { inputSettingsOf, moversOf, tieMovesOf } from './movers.ts';
import { type Order, orderSteps, type Reading, readingsOf, type Wiring } from './order-steps.ts';
import { passagesOf } from './passages.ts';
import { declarationsOf, declareName, report, UNKNOWN, type Workbench } from './workbench.ts';

/**
 * Checks a whole argument.
 * @param text the text of the model's file, for quoting in messages
 * @param brief the prose, or null where the argument has none
 * @param unread declarations that the parser has reported and left out
 * @param data texts of the data files that `filesWanted` names
 * @param faults what the parser has reported, so that what follows from it is not reported again
 */
export function buildModel(
  tree: Tree,
  text: string,
  brief: Brief | 'unreadable' | null,
  unread: readonly Unread[],
  faults: readonly Diagnostic[],
  data: DataTexts = new Map(),
): Result<Model> {
  const diagnostics: Diagnostic[] = [];
  const bench: Workbench = {
    tree,
    declared: byKind(tree.declarations),
    text,
    unread,
    faults,
    data,
    csvs: new Map(),
    toldCells: new Set(),
    diagnostics,
    errors: { count: 0 },
    names: new Map(),
    units: new Map(),
    unitsRead: new Set(),
    groups: [],
    sides: [],
    sources: [],
    variables: [],
    tables: [],
    horizons: new Map(),
    measureTypes: new Map(),
    measureUnits: new Map(),
    inferLet: () => UNKNOWN,
    time: null,
  };

  // 1 title and date
  const title = onlyOne(bench, 'model', 'model-missing')?.title.value ?? '';
  const asOf = onlyOne(bench, 'as of', null)?.date.days ?? null;
  // 2 units
  checkUnits(bench);
  // 3 actors and groups
  checkGroups(bench);
  // 4 time
  const timeDeclaration = onlyOne(bench, 'time', 'time-missing');
  bench.time = timeDeclaration === null ? null : checkTime(bench, timeDeclaration);
  // 5 sides and sources
  checkSources(bench, asOf);
  checkTables(bench);
  // 6 variables; measures and scenarios are named here too, so that an equation that reads one is told what it is
  const declarations = declareVariables(bench);
  const measured = declareMeasures(bench);
  const forced = declareScenarios(bench);
  const factored = declareFactors(bench);
  const written = checkVariables(bench, declarations, asOf);
  const { flows, wires } = flowsOfMoves(bench, written, moversOf(written));
  const variables = [...written, ...flows];
  const inputSettings = inputSettingsOf(variables);
  const tieMoves = tieMovesOf(variables);
  const factors = checkFactors(bench, variables, factored);
  // 7 cells, wiring, order, correlations
  const layout = layOutCells(bench, variables, wires);
  const wiring: Wiring | null =
    layout === null ? null : { groups: bench.groups, variables, inputSettings, tieMoves, ...layout };
  const order = wiring === null ? null : orderSteps(bench, wiring);
  if (layout !== null && order !== null) checkSites(bench, variables, layout.cells);
  const correlations = layout === null ? [] : checkCorrelations(bench, layout);
  // 8 viewpoints
  const viewpoints = checkViewpoints(bench, variables, layout?.cells ?? []);
  const explored = onlyOne(bench, 'explore', null);
  const pool = explored === null ? null : checkPool(bench, explored, viewpoints);
  // 9 measures, and records beside variables
  const bodies = bench.time === null ? [] : checkMeasures(bench, bench.time, measured);
  const measuresFit = declaredMeasures({ measures: bodies }).every(({ body, groups }) =>
    fitsOperations(bench, body, sizeOf(shapeOf(bench.groups, groups))),
  );
  const followed: Follow = (condition, read, meanings) =>
    measuresFit ? behind(wiring, order, condition, read, meanings) : NOTHING_BEHIND;
  const fits =
    bench.time === null || layout === null || order === null
      ? NO_FITS
      : checkFits(bench, {
          time: bench.time,
          variables,
          layout,
          viewpoints,
          measures: bodies,
          behind: followed,
        });
  const withFits = behindFits(fits, correlations);
  const behindThese: Follow = (condition, read, meanings) => withFits(followed(condition, read, meanings));
  const countsOf = (definitions: readonly number[]): readonly number[] =>
    meaningCounts(variables, definitions);
  const preferences = checkPreferences(bench, variables, bodies.length);
  const horizons = checkHorizons(bench, bodies.length + preferences.measures.length);
  const measures = [...bodies, ...preferences.measures, ...horizons].map((measure): Measure => {
    const { definitions } = behindThese(null, [measure]);
    return { ...measure, definitions };
  });
  for (const { name, span, definitions } of mostDefined(measures, countsOf))
    combinationsOf(bench, countsOf(definitions), name, span);
  const observed = bench.time === null ? [] : checkObserved(bench, bench.time, variables);
  // 10 scenarios and claims
  const firstCells = layout?.firstCells ?? [];
  const scenarios = checkScenarios(bench, variables, firstCells, forced);
  const holdable = { variables, firstCells, scenarios };
  const weighing = weighingOf(bench, factors, variables, layout?.cells ?? [], viewpoints);
  const { forms } = preferences;
  const claims = checkClaims(bench, measures, holdable, weighing, forms, behindThese, countsOf);
  // 11 links
  if (brief !== 'unreadable') checkLinks(bench, brief);

  if (hasErrors(diagnostics) || bench.time === null || layout === null || order === null)
    return failure(foldAlike(diagnostics));
  const model: Model = {
    title,
    time: bench.time,
    asOf,
    sides: bench.sides,
    sources: bench.sources,
    units: [...bench.units.values()].flatMap((unit) => unit ?? []),
    groups: bench.groups,
    tables: bench.tables,
    variables: variables.map((variable, number) => finish(variable, layout.firstCells[number] ?? 0)),
    correlations,
    viewpoints,
    pool,
    measures,
    observed,
    fits,
    claims,
    scenarios,
    passages: passagesOf(brief, claims),
    factors,
    cells: layout.cells,
    order: order.steps,
    foreseen: order.foreseen,
    inputSettings,
    tieMoves,
    startOrder: order.startOrder,
  };
  // 12 what does nothing, and what falls beside or beyond the steps
  checkOverTime(bench, model);
  checkTieStarts(bench, model);
  if (hasErrors(diagnostics)) return failure(foldAlike(diagnostics));
  warnUndrawn(bench, model);
  warnConstant(bench, model, weighing);
  warnCertain(bench, model);
  warnIdle(bench, model);
  if (!hasErrors(faults)) {
    checkUse(bench, model);
    warnNotIllustrative(bench, model);
  }
  return success(model, diagnostics);
}

function byKind(declarations: Tree['declarations']): Workbench['declared'] {
  const found = new Map<DeclarationKind, Tree['declarations'][number][]>();
  for (const declaration of declarations) {
    const known = found.get(declaration.kind);
    if (known === undefined) found.set(declaration.kind, [declaration]);
    else known.push(declaration);
  }
  return found;
}

/** The declaration of a kind that a model has once. */
function onlyOne<Kind extends DeclarationKind>(
  bench: Workbench,
  kind: Kind,
  missing: 'model-missing' | 'time-missing' | null,
): Extract<Tree['declarations'][number], { kind: Kind }> | null {
  const all = declarationsOf(bench, kind) as readonly Extract<Tree['declarations'][number], { kind: Kind }>[];
  const [first, ...more] = all;
  for (const extra of more) {
    report(bench, 'declared-twice', extra.keyword, {
      label: `a second \`${kind}\``,
      related: first === undefined ? [] : [{ span: first.keyword, label: 'the first' }],
    });
  }
  if (first !== undefined) return first;
  if (missing !== null && !bench.unread.some((one) => one.kind === kind || one.kind === null))
    report(bench, missing, { file: bench.tree.file, start: 0, end: 0 });
  return null;
}

function checkGroups(bench: Workbench): void {
  const labels = new Map<string, string>();
  for (const { name, label } of declarationsOf(bench, 'actor')) {
    if (declareName(bench, { kind: 'actor', name: name.text, span: name.span }))
      labels.set(name.text, label?.value ?? name.text);
  }
  for (const { name, members } of declarationsOf(bench, 'group')) {
    const group = bench.groups.length;
    if (!declareName(bench, { kind: 'group', name: name.text, span: name.span, group })) continue;
    if (members.length > MAXIMUM_ELEMENTS) {
      report(bench, 'group-too-large', name.span, {
        label: `this group has ${formatCount(members.length)} elements; the limit is ${formatCount(MAXIMUM_ELEMENTS)}`,
      });
      bench.groups.push({ name: name.text, members: [] });
      continue;
    }
    const seen = new Set<string>();
    for (const member of members) {
      if (seen.has(member.text))
        report(bench, 'element-twice', member.span, { label: `\`${member.text}\` is in this group already` });
      seen.add(member.text);
      const entity = bench.names.get(member.text);
      if (entity?.kind !== 'actor' && entity?.kind !== 'element')
        declareName(bench, { kind: 'element', name: member.text, span: member.span });
    }
    bench.groups.push({
      name: name.text,
      members: [...seen].map((member) => ({ name: member, label: labels.get(member) ?? member })),
    });
  }
}

const NOTHING_BEHIND: Behind = {
  inputs: [],
  calibrated: [],
  levers: [],
  draws: false,
  rows: false,
  definitions: [],
  cells: [],
};

function behind(
  wiring: Wiring | null,
  order: Order | null,
  condition: Expression | null,
  measures: readonly Measure[],
  meanings?: Meanings,
): Behind {
  if (wiring === null || order === null) return NOTHING_BEHIND;
  const readings: Reading[] = [];
  if (condition !== null) readingsOf(wiring, condition, [], readings);
  for (const { body, elements } of measures) readingsOf(wiring, body, elements, readings);
  const found = order.behind(readings, meanings);
  const own = [...(condition === null ? [] : [condition]), ...measures.map(({ body }) => body)];
  return found.rows || !own.some(looksUp) ? found : { ...found, rows: true };
}

/** Of each declared measure the element with the most combinations of meanings, so that a message is given once. */
function mostDefined(
  measures: readonly Measure[],
  countsOf: (definitions: readonly number[]) => readonly number[],
): readonly Measure[] {
  const combinations = ({ definitions }: Measure): number =>
    countsOf(definitions).reduce((product, count) => product * count, 1);
  const most = new Map<number, Measure>();
  for (const measure of measures) {
    const before = most.get(measure.span.start);
    if (before === undefined || combinations(measure) > combinations(before))
      most.set(measure.span.start, measure);
  }
  return [...most.values()];
}

/** How many meanings each of some definitions has. */
const meaningCounts = (
  variables: readonly CheckedVariable[],
  definitions: readonly number[],
): readonly number[] =>
  definitions.map((definition) => {
    const body = variables[definition]?.body;
    return body?.kind === 'definition' ? body.meanings.length : 1;
  });

function finish({ header, declaration, type, unit, body }: CheckedVariable, firstCell: number): Variable {
  const base = {
    name: header.name,
    label: declaration.label?.value ?? header.name,
    groups: header.axes.flatMap(({ group }) => (group === null ? [] : [group])),
    type,
    unit,
    span: header.span,
    firstCell,
  };
  switch (body.kind) {
    case 'input':
      return {
        ...base,
        kind: 'input',
        counts: declaration.kind === 'input' ? (declaration.counts?.value ?? null) : null,
        estimates: body.estimates,
        dates: body.dates,
      };
    case 'lever':
    case 'series':
    case 'definition':
    case 'event':
    case 'decision':
    case 'tie':
      return { ...base, ...body };
    case 'stock':
      return {
        ...base,
        kind: 'stock',
        signed: declaration.kind === 'stock' && declaration.signed !== null,
        start: body.start,
      };
    case 'equation':
      return {
        ...base,
        kind: declaration.kind === 'flow' ? 'flow' : 'let',
        twoWay: declaration.kind === 'flow' && declaration.twoWay !== null,
        value: body.value,
      };
  }
}
