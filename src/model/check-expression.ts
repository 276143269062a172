/**
 * Resolves and types one expression. Units are proved here: after this stage a value carries no unit, because none
 * could be wrong.
 */
import * as rational from '../base/rational.ts';
import { suggest } from '../base/suggest.ts';
import type * as written from '../language/tree.ts';
import { isDelay, readDelay, readTable } from './check-call.ts';
import { constantOf } from './check-constant.ts';
import { checkDraw } from './check-draw.ts';
import { FAMILIES } from './check-figure.ts';
import { checkFunctionCall } from './check-function.ts';
import { checkReduction } from './check-reduction.ts';
import { alike, asQuantity, BOOLEAN, expectBoolean, PLAIN, quantity, sumType } from './check-types.ts';
import { DRAWN_FAMILIES, type Expression } from './expression.ts';
import { isFunction } from './functions.ts';
import { isDecision, readDecision } from './read-decision.ts';
import { readEvent } from './read-event.ts';
import { type Place, readName } from './read-name.ts';
import { combine, formatDimension, isNumber, raise } from './units.ts';
import {
  describeEntity,
  functionNames,
  lookUpUnit,
  quote,
  report,
  UNKNOWN,
  type Workbench,
} from './workbench.ts';

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
        report(bench, 'date-without-calendar', span, { label: `the model runs over ${bench.time.text}` });
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
    case 'draw':
      return checkDraw(bench, expression, place, check);
    case 'chance':
      return readDecision(bench, expression, place);
    case 'is':
      return isDecision(bench, expression.subject.name)
        ? readDecision(bench, expression, place)
        : readEvent(bench, expression, place);
    case 'happened':
    case 'since':
    case 'within':
      return readEvent(bench, expression, place);
    case 'call':
      return call(bench, expression, place);
    case 'reduce':
      return checkReduction(bench, expression, place, (body, inner) => checkExpression(bench, body, inner));
  }
}

function lintNumber(bench: Workbench, number: written.Expression & { kind: 'number' }, place: Place): void {
  if (!place.lintNumbers) return;
  if (rational.isZero(number.value) || rational.equal(number.value, rational.ONE)) return;
  report(bench, 'number-without-origin', number.span, { label: 'nobody is named for this number' });
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
    expectWithinShare(bench, left, right);
    expectWithinShare(bench, right, left);
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

/** A share is never above 1, so `x > 50` where `x > 50%` was meant would be decided before anything runs. */
function expectWithinShare(bench: Workbench, part: Expression, other: Expression): void {
  if (other.kind !== 'constant' || (other.value >= 0 && other.value <= 1)) return;
  const unit =
    part.kind === 'variable'
      ? bench.variables[part.variable]?.unit?.text
      : part.kind === 'measure'
        ? bench.measureUnits.get(part.measure)?.text
        : undefined;
  if (unit !== 'share') return;
  const shown = quote(bench, other.span);
  report(bench, 'share-out-of-range', other.span, {
    label: `\`${quote(bench, part.span)}\` is a share and never ${other.value < 0 ? 'below 0 %' : 'above 100 %'}`,
    ...(/^[\d._]+$/.test(shown) ? { hint: `If per cent is meant, write \`${shown}%\`.` } : {}),
  });
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
  if (!isWrittenNumber(expression.right)) {
    report(bench, 'exponent-not-number', right.span, {
      label: `the base is in ${formatDimension(base.dimension)}, so its exponent must be written as a number`,
    });
    return { kind: 'power', left, right, type: UNKNOWN, span };
  }
  const constant = constantOf(bench, expression.right);
  const type = constant === null ? UNKNOWN : quantity(raise(base.dimension, constant.value));
  return { kind: 'power', left, right, type, span };
}

/** Made of nothing but written numbers, such as `2`, `-1` or `(1/2)`. */
function isWrittenNumber(expression: written.Expression): boolean {
  if (expression.kind === 'arithmetic')
    return isWrittenNumber(expression.left) && isWrittenNumber(expression.right);
  return (
    expression.kind === 'number' || (expression.kind === 'negate' && isWrittenNumber(expression.operand))
  );
}

function call(bench: Workbench, expression: written.Expression & { kind: 'call' }, place: Place): Expression {
  const { name, span } = expression;
  const parts = expression.arguments.map((argument) => checkExpression(bench, argument, place));
  const fault: Expression = { kind: 'constant', value: 0, type: UNKNOWN, span };
  const entity = bench.names.get(name.text);
  if (entity?.kind === 'table') return readTable(bench, entity.table, name, parts, span);
  if (isDelay(name.text)) return readDelay(bench, name.text, parts, place, span);
  if (!isFunction(name.text)) {
    report(bench, 'function-unknown', name.span, {
      label:
        entity === undefined
          ? `no function is called \`${name.text}\``
          : `\`${name.text}\` is ${describeEntity(bench, entity)}, not a function`,
      hint: functionMend(name.text, entity !== undefined, place),
    });
    return fault;
  }
  return checkFunctionCall(bench, name.text, parts, place, span);
}

function functionMend(name: string, isDeclared: boolean, place: Place): string {
  if (!isDeclared && /^rand(om)?$/i.test(name))
    return 'For a random number write `draw uniform(0, 1)`, in a `let` or a `flow`.';
  if (isDeclared) return `To multiply, write \`${name} * (…)\`; an element of an array is \`${name}[…]\`.`;
  if (place.purpose === 'equation' && (DRAWN_FAMILIES as readonly string[]).includes(name))
    return `For a new number at every instant write \`draw ${name}(…)\`; what is fixed within a future is an input, read here by its name.`;
  if (Object.hasOwn(FAMILIES, name))
    return 'Only an input is drawn so: make it one, and read it here by its name.';
  const nearest = suggest(name, functionNames);
  return nearest === null ? `The functions are ${functionNames.join(', ')}.` : `Did you mean \`${nearest}\`?`;
}
