/**
 * Inputs that are calibrated and conditions that are required: what can be solved for, from what, and in which order. An
 * input is solved between the ends of what is said of it, so that it must have two under every viewpoint; what it is
 * solved to must be known before the future runs; and the way from the one to the other must be there.
 */
import { rangeOf } from '../base/distribution.ts';
import { stronglyConnected } from '../base/strongly-connected.ts';
import type { CalibrateDeclaration, Expression as Written } from '../language/tree.ts';
import { isWhole, offsetOf, shapeOf } from './array-shape.ts';
import type { Behind } from './behind.ts';
import { checkCondition, type Follow, measuresRead } from './check-claims.ts';
import { checkExpression } from './check-expression.ts';
import { instantOnAxis } from './check-time.ts';
import type { CheckedVariable } from './check-variables.ts';
import { fitsOperations } from './count-operations.ts';
import { type Expression, walk } from './expression.ts';
import type { Cell, Measure, TimeAxis, Viewpoint } from './model.ts';
import type { Calibration, FitBehind, Fits, Requirement } from './model-of-fits.ts';
import { readElements } from './read-elements.ts';
import type { Place } from './read-name.ts';
import {
  declarationsOf,
  describeEntity,
  groupsOf,
  quote,
  report,
  reportUnknown,
  type VariableHeader,
  type Workbench,
} from './workbench.ts';

/** What the checks of the fit may lean on. */
export type FitGround = {
  readonly time: TimeAxis;
  readonly variables: readonly CheckedVariable[];
  readonly layout: { readonly cells: readonly Cell[]; readonly firstCells: readonly number[] };
  readonly viewpoints: readonly Viewpoint[];
  readonly measures: readonly Measure[];
  readonly behind: Follow;
};

export const NO_FITS: Fits = { calibrations: [], requirements: [] };

export const checkFits = (bench: Workbench, ground: FitGround): Fits => ({
  calibrations: checkCalibrations(bench, ground),
  requirements: checkRequirements(bench, ground),
});

// --- calibrations -----------------------------------------------------------------------------------------------

type Unstaged = Omit<Calibration, 'stage'>;

function checkCalibrations(bench: Workbench, ground: FitGround): readonly Calibration[] {
  const found: Unstaged[] = [];
  for (const declaration of declarationsOf(bench, 'calibrate')) {
    const input = readInput(bench, ground, declaration);
    const rest = readEquation(bench, ground, declaration);
    if (input === null || rest === null) continue;
    const before = found.find(({ cell }) => cell === input.cell);
    if (before !== undefined) {
      report(bench, 'calibrated-twice', declaration.input.span, {
        label: `\`${input.name}\` is solved for already`,
        related: [{ span: before.span, label: 'here' }],
      });
      continue;
    }
    if (!rest.reads.inputs.includes(input.cell)) {
      report(bench, 'calibrated-without-path', declaration.variable.span, {
        label: `whatever \`${input.name}\` is, \`${nameIn(bench, declaration.variable)}\` stays the same`,
        related: [{ span: declaration.input.span, label: 'this is solved for' }],
      });
      continue;
    }
    const { reads: _, ...equation } = rest;
    found.push({ ...input, ...equation, note: declaration.note?.value ?? null });
  }
  return stagesOf(bench, found);
}

type Read = Pick<Calibration, 'cell' | 'name' | 'input' | 'span'>;

/** The input that is solved for; null after a fault. */
function readInput(
  bench: Workbench,
  { layout, variables, viewpoints }: FitGround,
  { input: written }: CalibrateDeclaration,
): Read | null {
  const { name } = written;
  const entity = bench.names.get(name.text);
  if (entity === undefined) {
    const inputs = bench.variables.filter(({ kind }) => kind === 'input').map((header) => header.name);
    reportUnknown(bench, 'name-unknown', name, inputs, 'input');
    return null;
  }
  const header = entity.kind === 'variable' ? bench.variables[entity.variable] : undefined;
  if (entity.kind !== 'variable' || header?.kind !== 'input') {
    report(bench, 'calibrated-not-input', name.span, {
      label: `\`${name.text}\` is ${describeEntity(bench, entity)}`,
      ...(header?.kind === 'lever'
        ? { hint: 'A lever is what somebody chooses, and nobody can find out what it was. Make it an input.' }
        : {}),
    });
    return null;
  }
  const pattern = readElements(bench, name, header, written.kind === 'index' ? written.indices : []);
  if (pattern === null) return null;
  if (!isWhole(pattern)) {
    reportElement(bench, written, header, 'each line solves for one of its elements');
    return null;
  }
  const cell =
    (layout.firstCells[entity.variable] ?? 0) + offsetOf(shapeOf(bench.groups, groupsOf(header)), pattern);
  if (!hasEnds(bench, written, variables[entity.variable], cell, viewpoints)) return null;
  return { cell, name: layout.cells[cell]?.name ?? name.text, input: entity.variable, span: written.span };
}

/** Whether there is something between which it can be solved for, under every viewpoint; reports the first without. */
function hasEnds(
  bench: Workbench,
  { span }: Written,
  variable: CheckedVariable | undefined,
  cell: number,
  viewpoints: readonly Viewpoint[],
): boolean {
  if (variable?.body.kind !== 'input') return false;
  for (const { name, choices } of viewpoints) {
    const choice = choices.find((one) => one.cell === cell);
    const estimate = variable.body.estimates[choice?.estimate ?? -1];
    if (choice === undefined || estimate === undefined || estimate.drawn === null) continue;
    const why = whyNotSolved(estimate.drawn);
    if (why === null) continue;
    const under = viewpoints.length === 1 ? '' : `, which is taken under \`${name}\``;
    report(bench, 'calibrated-without-ends', span, {
      label: `\`${variable.header.name}\` cannot be solved for`,
      related: [{ span: estimate.span, label: `${why}${under}` }],
    });
    return false;
  }
  return variable.body.sound;
}

function whyNotSolved(
  drawn: NonNullable<Parameters<typeof rangeOf>[0]> | { readonly kind: 'dated' },
): string | null {
  switch (drawn.kind) {
    case 'dated':
      return 'this changes with time, and one number is solved for';
    case 'poisson':
    case 'binomial':
    case 'discrete':
      return 'this takes single values only, and nothing between them';
    default: {
      const { low, high } = rangeOf(drawn);
      if (low === high) return 'this is an exact number';
      if (Number.isFinite(low) && Number.isFinite(high)) return null;
      return Number.isFinite(low)
        ? 'this has no upper end'
        : Number.isFinite(high)
          ? 'this has no lower end'
          : 'this has no ends';
    }
  }
}

/** What can be brought to a value by an input: what is worked out as the future runs. */
const SOLVED_BY: readonly VariableHeader['kind'][] = ['stock', 'flow', 'let', 'definition'];

type Equation = Pick<Calibration, 'text' | 'variable' | 'gap' | 'at' | 'behind'> & {
  /** What the variable alone hangs on. */
  readonly reads: Behind;
};

/** `VARIABLE at DATE = EXPRESSION`; null after a fault. */
function readEquation(
  bench: Workbench,
  { time, variables, behind }: FitGround,
  { variable: written, at: writtenAt, target }: CalibrateDeclaration,
): Equation | null {
  const place: Place = { purpose: 'measure', loops: [], lintNumbers: false };
  const at = instantOnAxis(bench, time, writtenAt);
  const variable = readVariable(bench, written);
  if (variable === null) return null;
  const errors = bench.errors.count;
  const span = { ...written.span, end: target.span.end };
  // What is written with `=` is checked as a comparison, and so told of as one.
  const equation = checkExpression(
    bench,
    { kind: 'compare', operands: [written, target], operators: ['<='], span },
    place,
  );
  if (bench.errors.count > errors || at === null || equation.kind !== 'less or equal') return null;
  const { left, right } = equation;
  if (left.type.kind !== 'quantity' || right.type.kind !== 'quantity') return null;
  const gap = { ...equation, kind: 'subtract', type: left.type } as const;
  if (!fitsOperations(bench, gap) || !isKnown(bench, variables, gap.right, target)) return null;
  const { inputs, draws, definitions } = behind(gap, []);
  const text = plain(quote(bench, span));
  return { text, variable, gap, at, behind: { inputs, draws, definitions }, reads: behind(gap.left, []) };
}

/** The number of the variable that is brought to a value; null after a fault. */
function readVariable(bench: Workbench, written: CalibrateDeclaration['variable']): number | null {
  const { name } = written;
  const entity = bench.names.get(name.text);
  if (entity === undefined) {
    const names = bench.variables.filter(({ kind }) => SOLVED_BY.includes(kind)).map((header) => header.name);
    reportUnknown(bench, 'name-unknown', name, names, 'stock, flow or let');
    return null;
  }
  const header = entity.kind === 'variable' ? bench.variables[entity.variable] : undefined;
  if (entity.kind !== 'variable' || header === undefined || !SOLVED_BY.includes(header.kind)) {
    report(bench, 'calibrated-to-nothing', name.span, {
      label: `\`${name.text}\` is ${describeEntity(bench, entity)}`,
      ...(entity.kind === 'measure' ? { hint: 'Name the variable that the measure reads.' } : {}),
    });
    return null;
  }
  const { kind } = header.type ?? { kind: 'unknown' };
  if (kind === 'boolean' || kind === 'instant') {
    const what = kind === 'boolean' ? 'a yes or no' : 'a date';
    report(bench, 'calibrated-to-nothing', name.span, { label: `\`${name.text}\` is ${what}` });
    return null;
  }
  if (header.isShapeless) return null;
  if (header.axes.length > 0 && written.kind === 'name') {
    reportElement(bench, written, header, 'each line brings one of its elements to a value');
    return null;
  }
  return entity.variable;
}

function reportElement(
  bench: Workbench,
  { name }: CalibrateDeclaration['input'],
  { axes }: VariableHeader,
  why: string,
): void {
  const example = axes.map(({ group }) => bench.groups[group ?? -1]?.members[0]?.name ?? 'element');
  report(bench, 'index-missing', name.span, {
    label: `\`${name.text}\` is an array, and ${why}`,
    hint: `Name the element, such as \`${name.text}[${example.join(', ')}]\`.`,
  });
}

/** Whether what is solved to is known before a future runs: given, or worked out from what is given alone. */
function isKnown(
  bench: Workbench,
  variables: readonly CheckedVariable[],
  target: Expression,
  written: Written,
): boolean {
  const seen = new Set<number>();
  let fault: string | null = null;
  const look = (expression: Expression): void =>
    walk(expression, (part) => {
      if (part.kind === 'draw') fault ??= 'this hangs on chance';
      if (part.kind !== 'variable' || seen.has(part.variable)) return;
      seen.add(part.variable);
      const { header, body } = variables[part.variable] ?? {};
      if (header === undefined || body === undefined) return;
      if (header.kind === 'let' && body.kind === 'equation') look(body.value);
      else if (body.kind === 'definition') look(body.value);
      else if (!['input', 'lever', 'series'].includes(header.kind))
        fault ??= `this hangs on the ${header.kind} \`${header.name}\``;
    });
  look(target);
  if (fault === null) return true;
  report(bench, 'calibrated-to-course', written.span, { label: fault });
  return false;
}

/** In which order they are solved; those that hang on each other are reported and left out. */
function stagesOf(bench: Workbench, found: readonly Unstaged[]): readonly Calibration[] {
  const needs = found.map(({ behind }, number) =>
    [...found.keys()].filter((other) => other !== number && behind.inputs.includes(found[other]?.cell ?? -1)),
  );
  const stages = new Map<number, number>();
  // Successors come first.
  for (const component of stronglyConnected(found.length, (number) => needs[number] ?? [])) {
    const [first, second] = component.toSorted((a, b) => a - b).map((number) => found[number]);
    if (first !== undefined && second !== undefined) {
      report(bench, 'calibrated-in-circle', second.span, {
        label: `\`${first.name}\` changes what \`${second.name}\` must be`,
        related: [
          { span: first.span, label: `and \`${second.name}\` changes what \`${first.name}\` must be` },
        ],
      });
      continue;
    }
    for (const number of component) {
      const before = (needs[number] ?? []).map((other) => stages.get(other) ?? 0);
      stages.set(number, Math.max(-1, ...before) + 1);
    }
  }
  return found.map((one, number) => ({ ...one, stage: stages.get(number) ?? 0 }));
}

// --- requirements -----------------------------------------------------------------------------------------------

const checkRequirements = (bench: Workbench, { measures, behind }: FitGround): readonly Requirement[] =>
  declarationsOf(bench, 'require').map(({ condition: written, note }): Requirement => {
    const condition = checkCondition(bench, written, measures, 'require-reads-nothing');
    const isCounted = fitsOperations(bench, condition);
    const read = isCounted ? measuresRead(bench, measures, condition) : [];
    const bodies = read.flatMap((measure) => measures[measure] ?? []);
    const { inputs, draws, definitions } = behind(isCounted ? condition : null, bodies);
    return {
      text: plain(quote(bench, written.span)),
      condition,
      measures: read,
      note: note?.value ?? null,
      behind: { inputs, draws, definitions } satisfies FitBehind,
      span: written.span,
    };
  });

const nameIn = (bench: Workbench, { span }: Written): string => plain(quote(bench, span));

/** The writer's words on one line, without comments. */
const plain = (words: string): string =>
  words
    .replaceAll(/\s*#[^\r\n]*/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
