/**
 * Measures: what a future is reduced to. Their names are declared before any equation is checked, their bodies after
 * all of them.
 */
import { MAXIMUM_MEASURES } from '../base/limits.ts';
import { formatCount } from '../base/number-format.ts';
import type { MeasureDeclaration } from '../language/tree.ts';
import { elementsAt, nameOfElement, shapeOf, sizeOf } from './array-shape.ts';
import { checkExpression } from './check-expression.ts';
import { readableLoops, readLoops, requireNames } from './check-loops.ts';
import { instantOnAxis } from './check-time.ts';
import { expectBoolean } from './check-types.ts';
import { expectDeclared } from './expect-declared.ts';
import type { Expression, Type } from './expression.ts';
import type { Measure, TimeAxis } from './model.ts';
import type { Place } from './read-name.ts';
import { unitShown } from './unit-shown.ts';
import { combine, NUMBER, TIME, type Unit } from './units.ts';
import {
  declarationsOf,
  declareName,
  groupsOf,
  isHeadBroken,
  type Loop,
  readUnit,
  report,
  UNKNOWN,
  type Workbench,
} from './workbench.ts';

const CONDITION_REDUCERS: readonly string[] = ['ever', 'always', 'time until'];

/** A measure whose name is declared. */
export type DeclaredMeasure = {
  readonly declaration: MeasureDeclaration;
  readonly axes: readonly Loop[];
  /** The number of its first element. */
  readonly first: number;
};

/** Declares the names of all measures; gives those whose names were free. */
export function declareMeasures(bench: Workbench): readonly DeclaredMeasure[] {
  let first = 0;
  return declarationsOf(bench, 'measure').flatMap((declaration): readonly DeclaredMeasure[] => {
    const { name, span } = declaration;
    const axes = readLoops(bench, declaration.axes, []);
    requireNames(bench, axes);
    const isShapeless =
      axes.some(({ group }) => group === null) || (axes.length === 0 && isHeadBroken(bench, span));
    const entity = {
      kind: 'measure',
      name: name.text,
      span: name.span,
      measure: first,
      axes,
      isShapeless,
    } as const;
    if (!declareName(bench, entity)) return [];
    const one = { declaration, axes, first };
    const before = first;
    first += sizeOf(shapeOf(bench.groups, groupsOf({ axes })));
    if (first <= MAXIMUM_MEASURES) return [one];
    if (before <= MAXIMUM_MEASURES)
      report(bench, 'model-too-large', name.span, {
        label: `with this the model has ${formatCount(first)} measures, all elements counted; the limit is ${formatCount(MAXIMUM_MEASURES)}`,
      });
    return [];
  });
}

export function checkMeasures(
  bench: Workbench,
  time: TimeAxis,
  measured: readonly DeclaredMeasure[],
): readonly Measure[] {
  return measured.flatMap(({ declaration, axes, first }): readonly Measure[] => {
    const checked = checkMeasure(bench, time, declaration, axes);
    bench.measureTypes.set(first, checked.type);
    bench.measureUnits.set(first, checked.unit);
    const groups = groupsOf({ axes });
    const shape = shapeOf(bench.groups, groups);
    return Array.from({ length: sizeOf(shape) }, (_, offset): Measure => {
      const elements = elementsAt(shape, offset);
      const labels = groups.map(
        (group, axis) => bench.groups[group ?? -1]?.members[elements[axis] ?? -1]?.label ?? '',
      );
      const name = nameOfElement(checked.declared.name, bench.groups, groups, elements);
      const label = declaration.label === null ? name : [declaration.label.value, ...labels].join(', ');
      return { ...checked, name, label, elements };
    });
  });
}

function checkMeasure(
  bench: Workbench,
  time: TimeAxis,
  declaration: MeasureDeclaration,
  axes: readonly Loop[],
): Omit<Measure, 'name' | 'label' | 'elements'> {
  const { reducer, name } = declaration;
  const place: Place = { purpose: 'measure', loops: readableLoops(axes), lintNumbers: false };
  const body = checkExpression(bench, declaration.body, place);
  if (CONDITION_REDUCERS.includes(reducer)) expectBoolean(bench, body);
  else if (body.type.kind === 'boolean' || body.type.kind === 'instant') {
    report(bench, 'number-expected', body.span, {
      label: `\`${reducer}\` reduces a quantity; this is ${body.type.kind === 'boolean' ? 'yes or no' : 'a date'}`,
      ...(body.type.kind === 'boolean'
        ? { hint: 'For a condition there are `ever`, `always` and `time until`.' }
        : {}),
    });
  }
  const { type, unit } = typeOfMeasure(bench, declaration, body);
  const { window, countFrom } = windowOf(bench, time, declaration);
  return {
    declared: { name: name.text, label: declaration.label?.value ?? name.text },
    groups: axes.flatMap(({ group }) => (group === null ? [] : [group])),
    type,
    unit,
    reducer,
    body,
    window,
    countFrom,
    definitions: [],
    span: name.span,
  };
}

/** The stretch of time that is looked at, and where `time until` counts from. */
function windowOf(
  bench: Workbench,
  time: TimeAxis,
  declaration: MeasureDeclaration,
): Pick<Measure, 'window' | 'countFrom'> {
  const { reducer, window } = declaration;
  const end = time.start + time.step * time.steps;
  if (reducer === 'at' || reducer === 'final') {
    if (window !== null)
      report(bench, 'words-left-over', window.span, {
        label: `\`${reducer}\` takes one instant, so it has no window`,
        hint: 'Take the window away; for one instant write `at`, for a stretch of time `highest`, `lowest`, `average` or `total`.',
      });
    const instant = declaration.at === null ? end : (instantOnAxis(bench, time, declaration.at) ?? end);
    return { window: { from: instant, to: instant }, countFrom: instant };
  }
  const from = window === null ? time.start : instantOnAxis(bench, time, window.from);
  const to = window === null ? end : instantOnAxis(bench, time, window.to);
  const countFrom = declaration.from === null ? from : instantOnAxis(bench, time, declaration.from);
  // An instant at fault has its message; the whole axis stands in for it.
  if (from === null || to === null || countFrom === null)
    return { window: { from: time.start, to: end }, countFrom: time.start };
  if (window !== null && to <= from)
    report(bench, 'window-empty', window.span, { label: 'the end is not after the start' });
  else if (window !== null && countFrom >= to)
    report(bench, 'window-empty', window.span, { label: 'this ends before the time is counted from' });
  // `time until C from DATE` looks for C from that date on.
  return { window: { from: Math.max(from, countFrom), to }, countFrom };
}

function typeOfMeasure(
  bench: Workbench,
  declaration: MeasureDeclaration,
  body: Expression,
): { type: Type; unit: Unit } {
  const { reducer } = declaration;
  let type: Type;
  if (reducer === 'ever' || reducer === 'always') type = { kind: 'boolean' };
  else if (reducer.startsWith('time ')) type = { kind: 'quantity', dimension: TIME };
  else if (reducer === 'total' && body.type.kind === 'quantity') {
    type = { kind: 'quantity', dimension: combine(body.type.dimension, TIME, 1) };
  } else type = body.type.kind === 'quantity' ? body.type : UNKNOWN;
  const declared = declaration.unit === null ? null : readUnit(bench, declaration.unit);
  if (declaration.unit !== null && declared !== null) {
    const whole: Expression = { ...body, type };
    expectDeclared(bench, whole, declaration.name, declaration.unit, {
      kind: 'quantity',
      dimension: declared.dimension,
    });
  }
  const shown = declared ?? (type.kind === 'boolean' ? NUMBER : unitShown(bench, body, type));
  return {
    type: declared === null ? type : { kind: 'quantity', dimension: declared.dimension },
    unit: shown,
  };
}
