/**
 * The types of values and how they meet: which sides fit each other, and what to say where they do not. A part at
 * fault has the type `unknown`, which fits everywhere, so that one mistake gives one message.
 */
import * as rational from '../base/rational.ts';
import type { Expression, Type } from './expression.ts';
import {
  combine,
  type Dimension,
  formatDimension,
  isNumber,
  NUMBER,
  sameDimension,
  TIME,
  type Unit,
} from './units.ts';
import { declarationsOf, formatType, quote, report, UNKNOWN, type Workbench } from './workbench.ts';

export const quantity = (dimension: Dimension): Type => ({ kind: 'quantity', dimension });
export const PLAIN: Type = quantity([]);
export const BOOLEAN: Type = { kind: 'boolean' };

/** The type of a value that can be counted with; reports a yes-or-no or a date. */
export function asQuantity(bench: Workbench, part: Expression): Type {
  if (part.type.kind === 'quantity' || part.type.kind === 'unknown') return part.type;
  report(bench, 'number-expected', part.span, { label: `this is ${formatType(part.type)}, not a quantity` });
  return UNKNOWN;
}

export function expectBoolean(bench: Workbench, part: Expression): void {
  if (part.type.kind === 'boolean' || part.type.kind === 'unknown') return;
  report(bench, 'condition-expected', part.span, {
    label:
      part.type.kind === 'quantity'
        ? `this is a quantity in ${formatType(part.type)}`
        : `this is ${formatType(part.type)}`,
    ...(/^[\w.[\]]+$/.test(quote(bench, part.span))
      ? { hint: `Compare it with something, for example \`${quote(bench, part.span)} > 0\`.` }
      : {}),
  });
}

export const isZero = (part: Expression): boolean =>
  part.kind === 'constant' &&
  part.value === 0 &&
  part.type.kind === 'quantity' &&
  isNumber(part.type.dimension);

/** The common type of two sides; `0` fits every unit. Reports sides that differ. */
export function alike(bench: Workbench, left: Expression, right: Expression, need: string): Type {
  if (left.type.kind === 'unknown') return right.type;
  if (right.type.kind === 'unknown') return left.type;
  if (left.type.kind !== right.type.kind) {
    report(bench, 'unit-mismatch', right.span, {
      label: `this is ${inWords(right.type)}`,
      related: [{ span: left.span, label: `this is ${inWords(left.type)}` }],
      reason: `${need}: ${formatType(left.type)} and ${formatType(right.type)}.`,
      hint: 'Compare dates with dates, quantities with quantities.',
    });
    return UNKNOWN;
  }
  if (left.type.kind !== 'quantity' || right.type.kind !== 'quantity') return left.type;
  if (sameDimension(left.type.dimension, right.type.dimension) || isZero(right)) return left.type;
  if (isZero(left)) return right.type;
  const name = left.kind === 'variable' ? bench.variables[left.variable] : undefined;
  const [leftUnit, rightUnit] = [left, right].map((part) => declaredUnit(bench, part));
  const [leftWords, rightWords] = [
    leftUnit === null ? inWords(left.type) : `in ${leftUnit}`,
    rightUnit === null ? inWords(right.type) : `in ${rightUnit}`,
  ];
  report(bench, 'unit-mismatch', right.span, {
    label: `this is ${rightWords}`,
    related:
      name === undefined
        ? [{ span: left.span, label: `this is ${leftWords}` }]
        : [{ span: name.span, label: `\`${name.name}\` is ${leftWords}` }],
    reason: `${need}: ${leftUnit ?? formatType(left.type)} and ${rightUnit ?? formatType(right.type)}.`,
    hint: asSentence(
      unitMend(left.type.dimension, right.type.dimension, quote(bench, right.span), leftUnit ?? null),
    ),
  });
  return UNKNOWN;
}

/** The unit in which the writer counts a variable or a measure, as written; null for anything else. */
function declaredUnit(bench: Workbench, part: Expression): string | null {
  if (part.kind === 'variable') return bench.variables[part.variable]?.unit?.text || null;
  if (part.kind !== 'measure') return null;
  const entity = [...bench.names.values()].find(
    (one) => one.kind === 'measure' && one.measure === part.measure,
  );
  const declaration = declarationsOf(bench, 'measure').find(({ name }) => name.text === entity?.name);
  return declaration?.unit == null ? null : quote(bench, declaration.unit.span);
}

export const inWords = (type: Type): string =>
  type.kind === 'quantity' && !isNumber(type.dimension) ? `in ${formatType(type)}` : formatType(type);

export const asSentence = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}`;

/**
 * The likeliest mend where `text`, in unit `is`, should have been in unit `wanted`. `declared` is how the writer counts
 * the other side: a number is only ever offered in that unit, since in another of the same kind it would mean another
 * amount.
 */
export function unitMend(
  wanted: Dimension,
  is: Dimension,
  text: string,
  declared: string | null = null,
): string {
  if (text === '') return `what stands here must be in ${declared ?? formatDimension(wanted)}.`;
  if (isNumber(is) && !isNumber(wanted) && /^[\d._kMG]+$/.test(text)) {
    return declared === null
      ? `give the number its unit, ${formatDimension(wanted)} or another of its kind.`
      : `give the number its unit: \`${text} ${declared}\`.`;
  }
  const shown = /^[\w.[\]]+$/.test(text) ? text : `(${text})`;
  if (sameDimension(combine(is, TIME, 1), wanted))
    return `multiply by a time, for example \`${shown} * 1 day\`.`;
  if (sameDimension(combine(is, TIME, -1), wanted))
    return `divide by a time, for example \`${shown} / 1 day\`.`;
  if (isNumber(is))
    return `multiply by one ${declared ?? formatDimension(wanted)}, or by what the number counts.`;
  if (isNumber(wanted))
    return `divide by something in ${formatDimension(is)}, so that a plain number is left.`;
  const missing = combine(wanted, is, -1);
  return `multiply by something in ${formatDimension(missing)}.`;
}

/** Dates: date - date is a time, date ± time is a date; all else as quantities. */
export function sumType(bench: Workbench, left: Expression, right: Expression, operator: '+' | '-'): Type {
  const dates = [left, right].filter((part) => part.type.kind === 'instant').length;
  if (dates > 0 && left.type.kind !== 'unknown' && right.type.kind !== 'unknown') {
    if (dates === 2 && operator === '-') return quantity(TIME);
    const other = left.type.kind === 'instant' ? right : left;
    const fits = dates === 1 && other.type.kind === 'quantity' && sameDimension(other.type.dimension, TIME);
    if (fits && (operator === '+' || left.type.kind === 'instant')) return { kind: 'instant' };
    report(bench, 'date-arithmetic', left.type.kind === 'instant' ? right.span : left.span, {
      label: `this is ${inWords(other.type)}`,
    });
    return UNKNOWN;
  }
  for (const part of [left, right]) if (part.type.kind === 'boolean') return asQuantity(bench, part);
  return alike(
    bench,
    left,
    right,
    operator === '+' ? 'Addition needs equal units' : 'Subtraction needs equal units',
  );
}

/** The unit in which a value without a declared one is shown: its base units. */
export function unitOfType(type: Type): Unit {
  if (type.kind !== 'quantity' || type.dimension.length === 0) return NUMBER;
  return { text: formatDimension(type.dimension), dimension: type.dimension, factor: rational.ONE };
}
