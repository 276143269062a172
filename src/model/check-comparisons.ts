/** Claims that compare: what their words name, and whether the amounts suit what they are amounts of. */
import * as rational from '../base/rational.ts';
import type { Span } from '../base/span.ts';
import type { Reference, ClaimForm as WrittenForm } from '../language/tree.ts';
import { elementsOf, offsetOf, offsetRead, shapeOf } from './array-shape.ts';
import { quoted } from './as-written.ts';
import type { Behind } from './behind.ts';
import { constantIn } from './check-constant.ts';
import { cellsApart, checkForcing, type Holdable } from './check-forcing.ts';
import { showRange } from './check-levers.ts';
import type { Preferences } from './check-preferences.ts';
import { readForce } from './check-scenarios.ts';
import type { CheckedVariable } from './check-variables.ts';
import { isGiven, type Measure } from './model.ts';
import type { EffectForm, Forcing, IrrelevanceForm, Moved } from './model-of-comparisons.ts';
import { readElements } from './read-elements.ts';
import { readIndices } from './read-indices.ts';
import { describeEntity, groupsOf, quote, report, reportUnknown, type Workbench } from './workbench.ts';

export type Comparing = {
  readonly holdable: Holdable;
  readonly measures: readonly Measure[];
  readonly preferences: Preferences['forms'];
  /** What hangs behind measures, whatever definitions mean. */
  readonly behind: (read: readonly Measure[]) => Behind;
};

/** Null after a fault. */
export function checkEffect(
  bench: Workbench,
  comparing: Comparing,
  form: WrittenForm & { kind: 'effect' },
): EffectForm | null {
  const first = checkForcing(bench, comparing.holdable, form.first, null, form.from);
  const second = checkForcing(bench, comparing.holdable, form.second, form.first, form.from);
  const number = measureNamed(bench, comparing.measures, form.measure);
  const isDecided = [first, second].some((side) => side?.forces.some(({ role }) => role !== null));
  if (form.from !== null && !isDecided && first !== null && second !== null)
    report(bench, 'forcing-from', form.from.span, { label: 'inputs and levers are held from the beginning' });
  const measure = comparing.measures[number ?? -1];
  if (number === null || measure === undefined) return null;
  const amount = amountOf(bench, form, measure);
  if (first === null || second === null || amount === null) return null;
  const apart = cellsApart(first, second);
  if (apart.length === 0) {
    report(bench, 'compared-alike', form.second.span, { label: 'this side holds what the other does' });
    return null;
  }
  if (givesBack(comparing.holdable, measure, apart)) {
    report(bench, 'compared-with-itself', form.measure.span, {
      label: `\`${quote(bench, form.measure.span)}\` is what is held itself`,
    });
    return null;
  }
  if (!isReached(comparing, measure, apart))
    report(bench, 'compared-without-path', form.measure.span, {
      label: `whatever the two sides hold, \`${quote(bench, form.measure.span)}\` stays as it is`,
    });
  const reason = form.reason?.value ?? null;
  return {
    kind: 'effect',
    first,
    second,
    verb: form.verb,
    measure: number,
    amount,
    text: written(bench, form),
    reason,
  };
}

export function checkIrrelevance(
  bench: Workbench,
  comparing: Comparing,
  form: WrittenForm & { kind: 'irrelevance' },
): IrrelevanceForm | null {
  const seen = new Set<number>();
  const numbers = form.measures.map((reference) => {
    const number = measureNamed(bench, comparing.measures, reference);
    if (number !== null && seen.has(number))
      report(bench, 'given-twice', reference.span, { label: 'this measure stands here already' });
    if (number !== null) seen.add(number);
    return number;
  });
  const { value, span } = form.margin;
  const margin = rational.toNumber(value);
  if (margin <= 0 || margin >= 1)
    report(bench, 'compared-amount', span, {
      label: 'this is not between 0 % and 100 %, without these two',
      hint: 'Name how much would be too little to matter, such as `beyond 5%`.',
    });
  const moved = movedBy(bench, comparing.holdable, form.subject);
  if (moved === null || numbers.includes(null)) return null;
  const cells = cellsMoved(moved);
  const measures = numbers.map((number) => {
    const measure = comparing.measures[number ?? -1];
    if (number === null || measure === undefined)
      throw new Error('a measure that was found and is not there');
    return { measure: number, isReached: isReached(comparing, measure, cells) };
  });
  return {
    kind: 'irrelevance',
    measures,
    moved,
    margin,
    text: written(bench, form),
    reason: form.reason?.value ?? null,
  };
}

/** A line as its reader sees it, without the reason behind it. */
function written(
  bench: Workbench,
  { span, reason }: { readonly span: Span; readonly reason: { readonly span: Span } | null },
): string {
  return quoted(bench.text, { ...span, end: reason?.span.start ?? span.end });
}

// --- measures ---------------------------------------------------------------------------------------------------

/** The number of the one measure, or element of one, that is meant; null after a fault. */
export function measureNamed(
  bench: Workbench,
  measures: readonly Measure[],
  reference: Reference,
): number | null {
  const { name } = reference;
  const entity = bench.names.get(name.text);
  if (entity === undefined) {
    const names = measures.map(({ declared }) => declared.name);
    reportUnknown(bench, 'name-unknown', name, names, 'measure');
    return null;
  }
  if (entity.kind !== 'measure') {
    const isVariable = entity.kind === 'variable';
    report(bench, 'compared-not-measure', name.span, {
      label: `\`${name.text}\` is ${describeEntity(bench, entity)}`,
      ...(isVariable
        ? { hint: `Measure it first, for example \`measure final_${name.text} = final ${name.text}\`.` }
        : {}),
    });
    return null;
  }
  if (entity.isShapeless) return null;
  const indices = reference.kind === 'index' ? reference.indices : [];
  if (entity.axes.length === 0 && indices[0] !== undefined) {
    report(bench, 'index-not-array', indices[0].span, {
      label: `\`${name.text}\` is ${describeEntity(bench, entity)}, not an array`,
    });
    return null;
  }
  const found = readIndices(bench, { name, axes: entity.axes, indices }, []);
  if (found === null) return null;
  const number = entity.measure + offsetRead(shapeOf(bench.groups, groupsOf(entity)), found, []);
  const measure = measures[number];
  if (measure?.reducer === 'time until') {
    report(bench, 'compared-never', reference.span, {
      label: `\`${quote(bench, reference.span)}\` can be never`,
    });
    return null;
  }
  return measure === undefined ? null : number;
}

/** Whether the measure is told in points: a share, or how often it is so. */
export const isInPoints = ({ type, unit }: Pick<Measure, 'type' | 'unit'>): boolean =>
  type.kind === 'boolean' || unit.text === 'share';

const NO_EFFECT = 'an effect of this size is no effect';
const SIZE = 'Write how large it is, above 0; `lowers` speaks of the other direction.';

function amountOf(
  bench: Workbench,
  { amount, verb }: WrittenForm & { kind: 'effect' },
  measure: Measure,
): EffectForm['amount'] | null {
  const { span } = amount;
  const refuse = (label: string, hint?: string): null => {
    report(bench, 'compared-amount', span, { label, ...(hint === undefined ? {} : { hint }) });
    return null;
  };
  if (amount.kind === 'half') return { kind: 'relative', value: 0.5 };
  const inPoints = isInPoints(measure);
  const shown = quote(bench, amount.value.span);
  const what = measure.type.kind === 'boolean' ? 'a yes or no' : 'a share';
  if (amount.kind === 'percent') {
    const value = rational.toNumber(amount.value.value);
    if (inPoints && verb !== 'carries')
      return refuse(
        `\`${measure.name}\` is ${what}, and ${shown} of it could mean two things`,
        `Write \`${shown.replace(/\s*%/, '')} points\`.`,
      );
    if (value <= 0) return refuse(NO_EFFECT, SIZE);
    if (verb === 'carries' && value > 1)
      return refuse('more than all of it cannot be carried', 'Write a part up to `100%`.');
    return { kind: 'relative', value };
  }
  if (amount.kind === 'points') {
    const value = rational.toNumber(amount.value.value) / 100;
    if (!inPoints) {
      const unit = measure.unit.text;
      return refuse(
        `\`${measure.name}\` is ${unit === '' ? 'a plain number' : `in ${unit}`}, which has no points`,
        unit === ''
          ? `Write \`${shown}%\` for a part of what it is in the second world, or a plain number. If it is a share, declare it as one: \`${measure.declared.name}: share\`.`
          : `Write an amount in ${unit}, or \`${shown}%\` for a part of what it is in the second world.`,
      );
    }
    if (value <= 0) return refuse(NO_EFFECT, SIZE);
    return value > 1
      ? refuse('a share cannot move by more than 100 points', SIZE)
      : { kind: 'absolute', value };
  }
  if (inPoints) {
    const isPlain = amount.value.kind === 'number';
    const points = isPlain ? Number((rational.toNumber(amount.value.value) * 100).toPrecision(12)) : 15;
    return refuse(`\`${measure.name}\` is ${what}`, `Write \`${points} points\`.`);
  }
  const value = constantIn(bench, amount.value, measure.unit);
  if (value === null) return null;
  return rational.compare(value, rational.ZERO) <= 0
    ? refuse(NO_EFFECT, SIZE)
    : { kind: 'absolute', value: rational.toNumber(value) };
}

// --- what is moved ----------------------------------------------------------------------------------------------

/** What a claim of irrelevance or of importance moves, and through which states; null after a fault. */
export function movedBy(
  bench: Workbench,
  { variables, firstCells, scenarios }: Holdable,
  subject: Reference,
): Moved | null {
  const { name } = subject;
  const entity = bench.names.get(name.text);
  const shown = quoted(bench.text, subject.span);
  if (entity === undefined) {
    const given = bench.variables
      .filter(({ kind }) => isGiven(kind) || ['decision', 'event'].includes(kind))
      .map((one) => one.name);
    reportUnknown(
      bench,
      'name-unknown',
      name,
      [...given, ...scenarios.map((one) => one.name)],
      'input, lever, event, decision or scenario',
    );
    return null;
  }
  if (entity.kind === 'scenario' && subject.kind === 'name') {
    const forcing = checkForcing(
      bench,
      { variables, firstCells, scenarios },
      { kind: 'name', name, span: name.span },
    );
    const states = [{ text: 'as it is', forces: [] }];
    return forcing === null ? null : { kind: 'states', name: shown, states: [forcing, ...states] };
  }
  const variable = entity.kind === 'variable' ? variables[entity.variable] : undefined;
  if (variable?.body.kind === 'decision')
    return optionsOf(bench, variable, { variables, firstCells, scenarios }, subject);
  if (variable?.body.kind === 'event')
    return happeningsOf(bench, { variables, firstCells, scenarios }, subject);
  if (entity.kind !== 'variable' || variable === undefined || !isGiven(variable.header.kind)) {
    report(bench, 'forcing-impossible', name.span, {
      label: `\`${name.text}\` is ${describeEntity(bench, entity)}`,
      hint: 'A claim of this form moves an input, a lever, an event, a decision or a scenario.',
    });
    return null;
  }
  const pattern = readElements(bench, name, variable.header, subject.kind === 'index' ? subject.indices : []);
  const first = firstCells[entity.variable];
  if (pattern === null || first === undefined) return null;
  const shape = shapeOf(bench.groups, groupsOf(variable.header));
  const cells = elementsOf(shape, pattern).map((elements) => first + offsetOf(shape, elements));
  const { body, unit } = variable;
  if (body.kind !== 'lever') return { kind: 'inputs', name: shown, cells };
  const [low, high] = [body.low, body.high].map((value): Forcing => {
    const [end] = showRange({ low: value, high: value }, unit).split(' .. ');
    const text = `${shown} = ${unit.text === 'share' || unit.text === '' ? end : `${end} ${unit.text}`}`;
    return { text, forces: cells.map((cell) => ({ cell, value, role: null })) };
  });
  if (low === undefined || high === undefined) throw new Error('a lever without its ends');
  return { kind: 'states', name: shown, states: [low, high] };
}

/** An event never happens, or is active always, from the beginning. */
function happeningsOf(bench: Workbench, holdable: Holdable, subject: Reference): Moved | null {
  const { name, span } = subject;
  const elements = subject.kind === 'index' ? subject.indices : [];
  const shown = quoted(bench.text, span);
  const states = (['never', 'always'] as const).map((how): Forcing => {
    const value = { kind: 'happens', how, instant: null, span } as const;
    return {
      text: `${shown} ${how}`,
      forces: readForce(bench, holdable, { name, elements, value, from: null, span }),
    };
  });
  return states.some(({ forces }) => forces.length === 0) ? null : { kind: 'states', name: shown, states };
}

/** A decision is moved through all of its options, held from the beginning. */
function optionsOf(
  bench: Workbench,
  { body, header }: CheckedVariable,
  holdable: Holdable,
  subject: Reference,
): Moved | null {
  const { name } = subject;
  if (body.kind !== 'decision') return null;
  const elements = subject.kind === 'index' ? subject.indices : [];
  const shown = quoted(bench.text, subject.span);
  const states = (header.options ?? []).map((option): Forcing => {
    const value = { kind: 'name', name: option, span: subject.span } as const;
    const forces = readForce(bench, holdable, { name, elements, value, from: null, span: subject.span });
    return { text: `${shown} = ${option.text}`, forces };
  });
  return states.some(({ forces }) => forces.length === 0) ? null : { kind: 'states', name: shown, states };
}

const cellsMoved = (moved: Moved): readonly number[] =>
  moved.kind === 'inputs'
    ? moved.cells
    : moved.states.flatMap(({ forces }) => forces.map(({ cell }) => cell));

function isReached({ behind }: Comparing, measure: Measure, cells: readonly number[]): boolean {
  const reached = new Set(behind([measure]).cells);
  return cells.some((cell) => reached.has(cell));
}

/** Whether the measure is nothing but the variable that is held. */
function givesBack(
  { variables, firstCells }: Holdable,
  { body }: Measure,
  cells: readonly number[],
): boolean {
  if (body.kind !== 'variable' || body.asked) return false;
  const first = firstCells[body.variable] ?? -1;
  const size = (firstCells[body.variable + 1] ?? Number.POSITIVE_INFINITY) - first;
  return (
    isGiven(variables[body.variable]?.header.kind) &&
    cells.some((cell) => cell >= first && cell < first + size)
  );
}
