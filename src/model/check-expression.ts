/**
 * Resolves and types one expression. Units are proved here: after this stage a value carries no unit, because none
 * could be wrong. A part at fault gets the type `unknown`, which fits everywhere, so that one mistake gives one
 * message.
 */
import * as rational from '../base/rational.ts';
import type { Span } from '../base/span.ts';
import { suggest } from '../base/suggest.ts';
import type * as written from '../language/tree.ts';
import { constantOf } from './check-constant.ts';
import type { Expression, Index, Type } from './expression.ts';
import { FUNCTIONS, type FunctionEntry, isFunction } from './functions.ts';
import { combine, type Dimension, formatDimension, isNumber, raise, sameDimension, TIME } from './units.ts';
import {
  describeEntity,
  formatType,
  functionNames,
  lookUpUnit,
  quote,
  report,
  reportUnknown,
  UNKNOWN,
  type Workbench,
} from './workbench.ts';

/** Where an expression stands, which decides what it may read. */
export type Place = {
  readonly purpose: 'equation' | 'start' | 'measure' | 'claim';
  /** Groups whose elements are being gone through: the declared one and those of enclosing reductions. */
  readonly loops: readonly number[];
  /** Numbers here come from nowhere unless they are 0, 1 or a unit: equations are linted for it. */
  readonly lintNumbers: boolean;
};

const quantity = (dimension: Dimension): Type => ({ kind: 'quantity', dimension });
const PLAIN: Type = quantity([]);
const BOOLEAN: Type = { kind: 'boolean' };

export function checkExpression(bench: Workbench, expression: written.Expression, place: Place): Expression {
  const span = expression.span;
  const fault: Expression = { kind: 'constant', value: 0, type: UNKNOWN, span };
  const check = (part: written.Expression): Expression => checkExpression(bench, part, place);
  switch (expression.kind) {
    case 'number':
      lintNumber(bench, expression, place);
      return { kind: 'constant', value: rational.toNumber(expression.value), type: PLAIN, span };
    case 'quantity': {
      const unit = lookUpUnit(bench, expression.unit);
      if (unit === null) return fault;
      lintNumber(bench, expression.number, place);
      const value = rational.toNumber(rational.multiply(expression.number.value, unit.factor));
      return { kind: 'constant', value, type: quantity(unit.dimension), span };
    }
    case 'date': {
      const epoch = bench.time?.epoch ?? null;
      if (bench.time !== null && epoch === null) {
        report(bench, 'date-without-calendar', span);
        return fault;
      }
      return { kind: 'constant', value: expression.days - (epoch ?? 0), type: { kind: 'instant' }, span };
    }
    case 'name':
      return readName(bench, expression.name, [], false, span, place);
    case 'index':
      return readName(bench, expression.name, expression.indices, false, span, place);
    case 'asked':
      return readName(
        bench,
        expression.flow.name,
        expression.flow.kind === 'index' ? expression.flow.indices : [],
        true,
        span,
        place,
      );
    case 'negate': {
      const operand = check(expression.operand);
      return { kind: 'negate', operand, type: asQuantity(bench, operand), span };
    }
    case 'not': {
      const operand = check(expression.operand);
      expectBoolean(bench, operand);
      return { kind: 'not', operand, type: BOOLEAN, span };
    }
    case 'logic': {
      const left = check(expression.left);
      const right = check(expression.right);
      expectBoolean(bench, left);
      expectBoolean(bench, right);
      return { kind: expression.operator, left, right, type: BOOLEAN, span };
    }
    case 'if': {
      const condition = check(expression.condition);
      expectBoolean(bench, condition);
      const then = check(expression.then);
      const otherwise = check(expression.else);
      const type = alike(bench, then, otherwise, 'Both arms of `if` need equal units');
      return { kind: 'choose', condition, then, else: otherwise, type, span };
    }
    case 'compare':
      return comparison(bench, expression, place);
    case 'arithmetic':
      return arithmetic(bench, expression, place);
    case 'call':
      return call(bench, expression, place);
    case 'reduce': {
      const entity = bench.names.get(expression.group.text);
      if (entity?.kind !== 'group') {
        if (entity === undefined) {
          const groups = bench.groups.map((group) => group.name);
          reportUnknown(bench, 'group-unknown', expression.group, groups, 'group');
        } else {
          report(bench, 'group-unknown', expression.group.span, {
            label: `\`${entity.name}\` is ${describeEntity(entity)}, not a group`,
          });
        }
        checkExpression(bench, expression.body, place);
        return fault;
      }
      const body = checkExpression(bench, expression.body, {
        ...place,
        loops: [...place.loops, entity.group],
      });
      return {
        kind: 'reduce',
        reducer: expression.reducer,
        group: entity.group,
        body,
        type: asQuantity(bench, body),
        span,
      };
    }
  }
}

function lintNumber(bench: Workbench, number: written.Expression & { kind: 'number' }, place: Place): void {
  if (!place.lintNumbers) return;
  if (rational.isZero(number.value) || rational.equal(number.value, rational.ONE)) return;
  report(bench, 'number-without-origin', number.span, { label: 'nobody is named for this number' });
}

// --- names ------------------------------------------------------------------------------------------------------

function readName(
  bench: Workbench,
  name: written.Name,
  indices: readonly written.Name[],
  asked: boolean,
  span: Span,
  place: Place,
): Expression {
  const fault: Expression = { kind: 'constant', value: 0, type: UNKNOWN, span };
  const entity = bench.names.get(name.text);
  if (entity === undefined) {
    if (name.text === 'time' && indices.length === 0 && !asked) return currentTime(bench, span, place);
    reportUnknown(bench, 'name-unknown', name, readable(bench, place), 'variable or unit');
    return fault;
  }
  if (asked && !(entity.kind === 'variable' && bench.variables[entity.variable]?.kind === 'flow')) {
    report(bench, 'asked-not-flow', name.span, {
      label: `\`${name.text}\` is ${describeKind(bench, entity)}`,
    });
    return fault;
  }
  switch (entity.kind) {
    case 'unit': {
      const unit = bench.units.get(entity.name);
      if (unit === null || unit === undefined) return fault;
      return {
        kind: 'constant',
        value: rational.toNumber(unit.factor),
        type: quantity(unit.dimension),
        span,
      };
    }
    case 'measure':
      if (place.purpose !== 'claim') {
        report(bench, 'name-not-readable', name.span, {
          label: `\`${name.text}\` is a measure: it is known only when a future has ended`,
        });
        return fault;
      }
      return {
        kind: 'measure',
        measure: entity.measure,
        type: bench.measureTypes[entity.measure] ?? UNKNOWN,
        span,
      };
    case 'variable':
      return readVariable(bench, entity.variable, name, indices, asked, span, place);
    default:
      report(bench, 'name-not-readable', name.span, {
        label: `\`${name.text}\` is ${describeEntity(entity)}, which has no value`,
      });
      return fault;
  }
}

function currentTime(bench: Workbench, span: Span, place: Place): Expression {
  if (place.purpose === 'claim' || place.purpose === 'start') {
    report(bench, 'name-not-readable', span, { label: '`time` passes only within a future' });
    return { kind: 'constant', value: 0, type: UNKNOWN, span };
  }
  const type: Type = bench.time?.epoch === null ? quantity(TIME) : { kind: 'instant' };
  return { kind: 'time', type, span };
}

function readVariable(
  bench: Workbench,
  variable: number,
  name: written.Name,
  indices: readonly written.Name[],
  asked: boolean,
  span: Span,
  place: Place,
): Expression {
  const header = bench.variables[variable];
  if (header === undefined) throw new Error('a name without its variable');
  const fault: Expression = { kind: 'constant', value: 0, type: UNKNOWN, span };
  if (place.purpose === 'claim' && header.kind !== 'input') {
    report(bench, 'claim-reads-variable', name.span, {
      label: `\`${name.text}\` is a ${header.kind}, which changes within a future`,
      hint: `Measure it first, for example \`measure final_${name.text} = final ${name.text}\`, and let the claim speak of that.`,
    });
    return fault;
  }
  if (place.purpose === 'start' && header.kind === 'flow') {
    report(bench, 'start-reads-flow', name.span, { label: `\`${name.text}\` is a flow` });
    return fault;
  }
  const index = readIndex(bench, header.group, name, indices, place);
  const type = header.type ?? bench.inferLet(variable);
  return index === null ? fault : { kind: 'variable', variable, index, asked, type, span };
}

function readIndex(
  bench: Workbench,
  groupNumber: number | null,
  name: written.Name,
  indices: readonly written.Name[],
  place: Place,
): Index | null {
  const [index, second] = indices;
  if (groupNumber === null) {
    if (index === undefined) return { kind: 'none' };
    report(bench, 'index-not-array', index.span, {
      label: `\`${name.text}\` is a single value, not an array`,
    });
    return null;
  }
  const group = bench.groups[groupNumber];
  if (group === undefined) return null;
  if (second !== undefined) {
    report(bench, 'index-not-array', second.span, {
      label: `\`${name.text}\` has one index, over ${group.name}`,
    });
    return null;
  }
  const example = group.members[0]?.name ?? 'element';
  if (index === undefined || index.text === group.name) {
    if (place.loops.includes(groupNumber)) return { kind: 'each', group: groupNumber };
    report(bench, 'index-missing', (index ?? name).span, {
      label: `\`${name.text}\` has a value for each of ${group.name}`,
      hint: `Name one, \`${name.text}[${example}]\`, or put them together, \`sum(${name.text} over ${group.name})\`.`,
    });
    return null;
  }
  const element = group.members.findIndex((member) => member.name === index.text);
  if (element < 0) {
    const names = group.members.map((member) => member.name);
    reportUnknown(bench, 'element-unknown', index, names, `element of ${group.name}`);
    return null;
  }
  return { kind: 'element', element };
}

function describeKind(bench: Workbench, entity: NonNullable<ReturnType<Workbench['names']['get']>>): string {
  const header = entity.kind === 'variable' ? bench.variables[entity.variable] : undefined;
  if (header === undefined) return describeEntity(entity);
  return header.kind === 'input' ? 'an input' : `a ${header.kind}`;
}

function readable(bench: Workbench, place: Place): string[] {
  const names: string[] = [];
  for (const entity of bench.names.values()) {
    if (entity.kind === 'variable') {
      if (place.purpose !== 'claim' || bench.variables[entity.variable]?.kind === 'input')
        names.push(entity.name);
    } else if (entity.kind === 'unit' || (entity.kind === 'measure' && place.purpose === 'claim'))
      names.push(entity.name);
  }
  return names;
}

// --- types ------------------------------------------------------------------------------------------------------

/** The type of a value that can be counted with; reports a yes-or-no or a date. */
function asQuantity(bench: Workbench, part: Expression): Type {
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
  });
}

const isZero = (part: Expression): boolean =>
  part.kind === 'constant' && part.value === 0 && part.type.kind === 'quantity';

/** The common type of two sides; `0` fits every unit. Reports sides that differ. */
function alike(bench: Workbench, left: Expression, right: Expression, need: string): Type {
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
  report(bench, 'unit-mismatch', right.span, {
    label: `this is ${inWords(right.type)}`,
    related:
      name === undefined
        ? [{ span: left.span, label: `this is ${inWords(left.type)}` }]
        : [{ span: name.span, label: `\`${name.name}\` is ${inWords(left.type)}` }],
    reason: `${need}: ${formatType(left.type)} and ${formatType(right.type)}.`,
    hint: unitMend(left.type.dimension, right.type.dimension, quote(bench, right.span)),
  });
  return UNKNOWN;
}

const inWords = (type: Type): string =>
  type.kind === 'quantity' && !isNumber(type.dimension) ? `in ${formatType(type)}` : formatType(type);

/** The likeliest mend where `text`, in unit `is`, should have been in unit `wanted`. */
export function unitMend(wanted: Dimension, is: Dimension, text: string): string {
  const shown = /^[\w.[\]]+$/.test(text) ? text : `(${text})`;
  if (sameDimension(combine(is, TIME, 1), wanted))
    return `multiply by a time, for example \`${shown} * 1 day\`.`;
  if (sameDimension(combine(is, TIME, -1), wanted))
    return `divide by a time, for example \`${shown} / 1 day\`.`;
  if (isNumber(is) && /^[\d._kMG]+$/.test(text))
    return `give the number its unit: \`${text} ${formatDimension(wanted)}\`.`;
  if (isNumber(is)) return `multiply by one ${formatDimension(wanted)}, or by what the number counts.`;
  if (isNumber(wanted))
    return `divide by something in ${formatDimension(is)}, so that a plain number is left.`;
  const missing = combine(wanted, is, -1);
  return `multiply by something in ${formatDimension(missing)}.`;
}

function comparison(
  bench: Workbench,
  expression: written.Expression & { kind: 'compare' },
  place: Place,
): Expression {
  const operands = expression.operands.map((operand) => checkExpression(bench, operand, place));
  let whole: Expression | null = null;
  expression.operators.forEach((operator, at) => {
    const left = operands[at];
    const right = operands[at + 1];
    if (left === undefined || right === undefined) throw new Error('a comparison without its operands');
    for (const part of [left, right]) {
      if (part.type.kind === 'boolean')
        report(bench, 'number-expected', part.span, { label: 'this is yes or no, which has no order' });
    }
    if (left.type.kind !== 'boolean' && right.type.kind !== 'boolean')
      alike(bench, left, right, 'A comparison needs equal units');
    const span = { ...left.span, end: right.span.end };
    const kind = operator === '<' || operator === '>' ? 'less' : 'less or equal';
    const turned = operator === '>' || operator === '>=';
    const one: Expression = {
      kind,
      left: turned ? right : left,
      right: turned ? left : right,
      type: BOOLEAN,
      span,
    };
    whole =
      whole === null ? one : { kind: 'and', left: whole, right: one, type: BOOLEAN, span: expression.span };
  });
  if (whole === null) throw new Error('a comparison without an operator');
  return whole;
}

function arithmetic(
  bench: Workbench,
  expression: written.Expression & { kind: 'arithmetic' },
  place: Place,
): Expression {
  const span = expression.span;
  if (expression.operator === '^') return power(bench, expression, place);
  const left = checkExpression(bench, expression.left, place);
  const right = checkExpression(bench, expression.right, place);
  switch (expression.operator) {
    case '+':
      return { kind: 'add', left, right, type: sumType(bench, left, right, '+'), span };
    case '-':
      return { kind: 'subtract', left, right, type: sumType(bench, left, right, '-'), span };
    case '*':
    case '/': {
      const first = asQuantity(bench, left);
      const second = asQuantity(bench, right);
      const sign = expression.operator === '*' ? 1 : -1;
      const type =
        first.kind === 'quantity' && second.kind === 'quantity'
          ? quantity(combine(first.dimension, second.dimension, sign))
          : UNKNOWN;
      return { kind: sign === 1 ? 'multiply' : 'divide', left, right, type, span };
    }
  }
}

/** Dates: date - date is a time, date ± time is a date; all else as quantities. */
function sumType(bench: Workbench, left: Expression, right: Expression, operator: '+' | '-'): Type {
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

function power(
  bench: Workbench,
  expression: written.Expression & { kind: 'arithmetic' },
  place: Place,
): Expression {
  const span = expression.span;
  const left = checkExpression(bench, expression.left, place);
  // The exponent of a quantity is part of its unit, so it must be known when the model is checked.
  const right = checkExpression(bench, expression.right, { ...place, lintNumbers: false });
  const base = asQuantity(bench, left);
  const exponent = asQuantity(bench, right);
  if (base.kind !== 'quantity' || exponent.kind !== 'quantity')
    return { kind: 'power', left, right, type: UNKNOWN, span };
  if (!isNumber(exponent.dimension)) {
    report(bench, 'exponent-not-number', right.span, {
      label: `this is in ${formatDimension(exponent.dimension)}`,
    });
    return { kind: 'power', left, right, type: UNKNOWN, span };
  }
  if (isNumber(base.dimension)) return { kind: 'power', left, right, type: PLAIN, span };
  if (right.kind !== 'constant' && right.kind !== 'negate') {
    report(bench, 'exponent-not-number', right.span, {
      label: `the base is in ${formatDimension(base.dimension)}, so its exponent must be written as a number`,
    });
    return { kind: 'power', left, right, type: UNKNOWN, span };
  }
  const constant = constantOf(bench, expression.right);
  const type = constant === null ? UNKNOWN : quantity(raise(base.dimension, constant.value));
  return { kind: 'power', left, right, type, span };
}

function call(bench: Workbench, expression: written.Expression & { kind: 'call' }, place: Place): Expression {
  const { name, span } = expression;
  const parts = expression.arguments.map((argument) => checkExpression(bench, argument, place));
  const fault: Expression = { kind: 'constant', value: 0, type: UNKNOWN, span };
  if (!isFunction(name.text)) {
    const entity = bench.names.get(name.text);
    const nearest = suggest(name.text, functionNames);
    report(bench, 'function-unknown', name.span, {
      label:
        entity === undefined
          ? `no function is called \`${name.text}\``
          : `\`${name.text}\` is ${describeEntity(entity)}, not a function`,
      hint:
        nearest === null ? `The functions are ${functionNames.join(', ')}.` : `Did you mean \`${nearest}\`?`,
    });
    return fault;
  }
  const entry: FunctionEntry = FUNCTIONS[name.text];
  if (parts.length < entry.least || parts.length > entry.most) {
    const wanted = entry.least === entry.most ? `${entry.least}` : `${entry.least} or more`;
    report(bench, 'function-arguments', span, {
      label: `\`${name.text}\` takes ${wanted} argument${wanted === '1' ? '' : 's'}, here are ${parts.length}`,
      hint: `\`${name.text}\` gives ${entry.meaning}. ${name.text === 'min' || name.text === 'max' ? `Over a group it is written \`${name.text}(x over Group)\`.` : ''}`.trim(),
    });
    return fault;
  }
  return {
    kind: 'call',
    function: name.text,
    arguments: parts,
    type: resultType(bench, entry, name.text, parts),
    span,
  };
}

function resultType(
  bench: Workbench,
  entry: FunctionEntry,
  name: string,
  parts: readonly Expression[],
): Type {
  const types = parts.map((part) => asQuantity(bench, part));
  const [first] = parts;
  if (first === undefined) return UNKNOWN;
  switch (entry.units.kind) {
    case 'alike': {
      let common = first;
      for (const part of parts.slice(1)) {
        const type = alike(bench, common, part, `The arguments of \`${name}\` need equal units`);
        common = { ...common, type };
        if (isZero(first) && !isZero(part)) common = part;
      }
      return common.type;
    }
    case 'number':
      parts.forEach((part, at) => {
        const type = types[at];
        if (type?.kind !== 'quantity' || isNumber(type.dimension)) return;
        report(bench, 'function-unit', part.span, {
          label: `this is in ${formatDimension(type.dimension)}`,
          reason: `\`${name}\` takes a plain number.`,
          hint: unitMend([], type.dimension, quote(bench, part.span)),
        });
      });
      return PLAIN;
    case 'power': {
      const [type] = types;
      return type?.kind === 'quantity' ? quantity(raise(type.dimension, entry.units.power)) : UNKNOWN;
    }
  }
}
