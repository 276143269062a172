/**
 * Types a call of one of the functions: how many arguments, and whether their units fit the function's pattern. The
 * patterns stand in the table of functions; nothing here may know a function by its name.
 */
import * as rational from '../base/rational.ts';
import type { Span } from '../base/span.ts';
import { alike, asQuantity, asSentence, inWords, isZero, PLAIN, quantity, unitMend } from './check-types.ts';
import type { Expression, Type } from './expression.ts';
import {
  callsOf,
  FUNCTIONS,
  type FunctionEntry,
  type FunctionName,
  formFor,
  MOST_ARGUMENTS,
  type Parameter,
  UNIT_PATTERNS,
  type UnitPattern,
} from './functions.ts';
import type { Place } from './read-name.ts';
import { combine, type Dimension, formatDimension, isNumber, raise, sameDimension, TIME } from './units.ts';
import { quote, report, UNKNOWN, type Workbench } from './workbench.ts';

export function checkFunctionCall(
  bench: Workbench,
  name: FunctionName,
  parts: readonly Expression[],
  place: Place,
  span: Span,
): Expression {
  const entry: FunctionEntry = FUNCTIONS[name];
  const form = formFor(entry, parts.length);
  if (form === null) {
    reportCount(bench, name, entry, parts.length, span);
    return { kind: 'constant', value: 0, type: UNKNOWN, span };
  }
  if (entry.overTime === true && (place.purpose === 'claim' || place.purpose === 'start')) {
    report(bench, 'name-not-readable', span, {
      label: `\`${name}\` follows time, which passes only within a future`,
    });
    return { kind: 'constant', value: 0, type: UNKNOWN, span };
  }
  const units = new Map<'U' | 'V', Expression>();
  let fits = true;
  parts.forEach((part, at) => {
    const parameter = form.parameters[at];
    if (parameter !== undefined && !fitsParameter(bench, name, entry, part, parameter, units)) fits = false;
  });
  const type = fits ? quantity(dimensionOf(form.result, units)) : UNKNOWN;
  return { kind: 'call', function: name, arguments: parts, type, span };
}

function reportCount(
  bench: Workbench,
  name: FunctionName,
  entry: FunctionEntry,
  count: number,
  span: Span,
): void {
  const isOpen = entry.forms.some((form) => form.open === true);
  const counts = entry.forms.map((form) => form.parameters.length);
  const wanted = isOpen ? `${Math.min(...counts)} to ${MOST_ARGUMENTS}` : counts.join(' or ');
  const calls = callsOf(name, entry).map((one) => `\`${one}\``);
  report(bench, 'function-arguments', span, {
    label: `\`${name}\` takes ${wanted} argument${wanted === '1' ? '' : 's'}, here ${count === 1 ? 'is' : 'are'} ${count}`,
    hint: [
      `${calls.join(' or ')} gives ${entry.meaning}.`,
      ...(isOpen ? [`Over a group it is written \`${name}(x over Group)\`.`] : []),
    ].join(' '),
  });
}

/** Whether an argument fits; reports one that does not. Notes what U and V turn out to be. */
function fitsParameter(
  bench: Workbench,
  name: FunctionName,
  entry: FunctionEntry,
  part: Expression,
  parameter: Parameter,
  units: Map<'U' | 'V', Expression>,
): boolean {
  const { unit } = parameter;
  if (unit === 'instant') return fitsInstant(bench, name, part, parameter);
  const type = asQuantity(bench, part);
  if (type.kind !== 'quantity') return false;
  switch (unit) {
    case 'U':
    case 'V': {
      const bound = units.get(unit);
      // 0 fits every unit, so it cannot say which one is meant.
      if (bound === undefined || (isZero(bound) && !isZero(part))) units.set(unit, part);
      if (bound === undefined) return true;
      const common = alike(bench, bound, part, `The arguments of \`${name}\` need equal units`);
      // Whichever of the two is wrong, what follows is held to neither.
      if (common.kind === 'unknown') units.set(unit, { ...part, type: UNKNOWN });
      return common.kind !== 'unknown';
    }
    case 'number':
      if (isNumber(type.dimension)) return true;
      report(bench, 'function-unit', part.span, {
        label: `this is in ${formatDimension(type.dimension)}`,
        hint: plainMend(bench, name, entry, part, type.dimension),
      });
      return false;
    case 'day':
      if (sameDimension(type.dimension, TIME) || isZero(part)) return true;
      report(bench, 'time-expected', part.span, {
        label: `the \`${parameter.name}\` of \`${name}\` is a length of time; this is ${inWords(type)}`,
      });
      return false;
    default: {
      const wanted = dimensionOf(unit, units);
      if ([...units.values()].some((bound) => bound.type.kind === 'unknown')) return false;
      if (sameDimension(type.dimension, wanted) || isZero(part)) return true;
      report(bench, 'unit-mismatch', part.span, {
        label: `this is ${inWords(type)}`,
        reason: `The \`${parameter.name}\` of \`${name}\` needs the unit of the result: ${formatDimension(wanted)}.`,
        hint: asSentence(unitMend(wanted, type.dimension, quote(bench, part.span))),
      });
      return false;
    }
  }
}

function plainMend(
  bench: Workbench,
  name: FunctionName,
  entry: FunctionEntry,
  part: Expression,
  dimension: Dimension,
): string {
  const text = quote(bench, part.span);
  const mend = asSentence(unitMend([], dimension, text));
  // A function that has a way for quantities too wants its further argument.
  const other = entry.forms.find((form) => form.parameters[0]?.unit === 'U');
  return other === undefined
    ? mend
    : `Say to multiples of what, for example \`${name}(${text}, 1 ${formatDimension(dimension)})\`.`;
}

function fitsInstant(bench: Workbench, name: FunctionName, part: Expression, parameter: Parameter): boolean {
  const { type } = part;
  if (type.kind === 'unknown' || bench.time === null) return false;
  const label = `the \`${parameter.name}\` of \`${name}\` is an instant; this is ${inWords(type)}`;
  if (bench.time.epoch !== null) {
    if (type.kind === 'instant') return true;
    report(bench, 'date-expected', part.span, { label });
    return false;
  }
  if (type.kind === 'quantity' && (sameDimension(type.dimension, TIME) || isZero(part))) return true;
  report(bench, 'time-expected', part.span, { label });
  return false;
}

/** What a pattern comes to; U or V that only zeros were given for is a plain number. */
function dimensionOf(pattern: UnitPattern, units: ReadonlyMap<'U' | 'V', Expression>): Dimension {
  const powers = UNIT_PATTERNS[pattern];
  const dimension = (type: Type | undefined): Dimension => (type?.kind === 'quantity' ? type.dimension : []);
  const unit = (letter: 'U' | 'V'): Dimension =>
    rational.isZero(powers[letter])
      ? []
      : raise(dimension((units.get(letter) ?? { type: PLAIN }).type), powers[letter]);
  return combine(
    combine(unit('U'), unit('V'), 1),
    rational.isZero(powers.day) ? [] : raise(TIME, powers.day),
    1,
  );
}
