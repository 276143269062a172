/**
 * Measures: what a future is reduced to. Their names are declared before any equation is checked, their bodies after
 * all of them.
 */
import type { MeasureDeclaration } from '../language/tree.ts';
import { checkExpression } from './check-expression.ts';
import { instantOnAxis } from './check-time.ts';
import { expectBoolean } from './check-types.ts';
import { expectDeclared, unitOfType } from './check-variables.ts';
import type { Expression, Type } from './expression.ts';
import type { Measure, TimeAxis } from './model.ts';
import type { Place } from './read-name.ts';
import { combine, NUMBER, TIME, type Unit } from './units.ts';
import { declarationsOf, declareName, readUnit, report, UNKNOWN, type Workbench } from './workbench.ts';

const CONDITION_REDUCERS: readonly string[] = ['ever', 'always', 'time until'];

/** Declares the names of all measures; gives the declarations whose names were free. */
export function declareMeasures(bench: Workbench): readonly MeasureDeclaration[] {
  return declarationsOf(bench, 'measure').filter(({ name }) => {
    const measure = bench.measureTypes.length;
    if (!declareName(bench, { kind: 'measure', name: name.text, span: name.span, measure })) return false;
    bench.measureTypes.push(null);
    bench.measureUnits.push(null);
    return true;
  });
}

export function checkMeasures(
  bench: Workbench,
  time: TimeAxis,
  declarations: readonly MeasureDeclaration[],
): readonly Measure[] {
  return declarations.map((declaration, number) => {
    const measure = checkMeasure(bench, time, declaration);
    bench.measureTypes[number] = measure.type;
    bench.measureUnits[number] = measure.unit;
    return measure;
  });
}

function checkMeasure(bench: Workbench, time: TimeAxis, declaration: MeasureDeclaration): Measure {
  const { reducer, name } = declaration;
  const place: Place = { purpose: 'measure', loops: [], lintNumbers: false };
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
    name: name.text,
    label: declaration.label?.value ?? name.text,
    type,
    unit,
    reducer,
    body,
    window,
    countFrom,
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
  else if (reducer === 'time until') type = { kind: 'quantity', dimension: TIME };
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
  const shown = declared ?? (type.kind === 'boolean' ? NUMBER : unitOfType(type));
  return {
    type: declared === null ? type : { kind: 'quantity', dimension: declared.dimension },
    unit: shown,
  };
}
