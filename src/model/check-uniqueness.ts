/**
 * `only China in Supplier has capacity > need`: the condition is checked with the group gone through, so that arrays over
 * it are read at the element in question, and then put together from the elements by plain operations.
 */
import type { ClaimForm as WrittenForm } from '../language/tree.ts';
import { quoted } from './as-written.ts';
import { checkExpression } from './check-expression.ts';
import { readLoops } from './check-loops.ts';
import { readsLoop } from './check-reduction.ts';
import { BOOLEAN, expectBoolean, PLAIN } from './check-types.ts';
import { type Expression, type Index, walk } from './expression.ts';
import type { UniquenessForm } from './model-of-comparisons.ts';
import { elementNumber, groupOf } from './read-indices.ts';
import { report, type Workbench } from './workbench.ts';

/** Null after a fault. */
export function checkUniqueness(
  bench: Workbench,
  form: WrittenForm & { kind: 'uniqueness' },
): UniquenessForm | null {
  const loops = readLoops(bench, [{ index: null, group: form.group, span: form.group.span }], []);
  const number = loops[0]?.group ?? null;
  const group = number === null ? null : groupOf(bench, number);
  const element = group === null ? null : elementNumber(bench, form.element, group);
  const one = checkExpression(bench, form.condition, { purpose: 'claim', loops, lintNumbers: false });
  expectBoolean(bench, one);
  if (group === null || number === null || element === null || one.type.kind !== 'boolean') return null;
  if (group.members.length < 2) {
    report(bench, 'only-among-others', form.group.span, {
      label: `${group.name} has no element but \`${form.element.text}\``,
    });
    return null;
  }
  // Of what could not be read nobody knows for whom it stands.
  if (!isWhole(one)) return null;
  if (!readsLoop(one, 0)) {
    report(bench, 'only-among-others', form.condition.span, {
      label: `this is the same for every element of ${group.name}`,
      hint: `Let it read a measure over ${group.name}: \`measure capacity[${group.name}] = …\`.`,
    });
    return null;
  }
  const { span } = form.condition;
  const constant = (value: number): Expression => ({ kind: 'constant', value, type: PLAIN, span });
  const counted = (condition: Expression): Expression => {
    const then = constant(1);
    return { kind: 'choose', condition, then, else: constant(0), type: PLAIN, span };
  };
  const has = atElement(one, element);
  const count: Expression = {
    kind: 'reduce',
    reducer: 'sum',
    group: number,
    body: counted(one),
    type: PLAIN,
    span,
  };
  const another: Expression = { kind: 'less', left: counted(has), right: count, type: BOOLEAN, span };
  const all: Expression = {
    kind: 'less or equal',
    left: constant(group.members.length),
    right: count,
    type: BOOLEAN,
    span,
  };
  const noOther: Expression = { kind: 'not', operand: another, type: BOOLEAN, span };
  return {
    kind: 'uniqueness',
    element: form.element.text,
    group: group.name,
    condition: { kind: 'and', left: has, right: noOther, type: BOOLEAN, span },
    parts: { has, another, all },
    text: quoted(bench.text, form.span),
  };
}

function isWhole(expression: Expression): boolean {
  let whole = true;
  walk(expression, ({ type }) => {
    whole &&= type.kind !== 'unknown';
  });
  return whole;
}

/** An expression with its outermost loop standing at one element; the loops within it move up. */
function atElement(expression: Expression, element: number): Expression {
  const placed = (index: Index): Index => {
    if (index.kind === 'element') return index;
    return index.loop === 0 ? { kind: 'element', element } : { kind: 'each', loop: index.loop - 1 };
  };
  const visit = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(visit);
    if (typeof part !== 'object' || part === null) return part;
    if ('kind' in part && part.kind === 'each') return placed(part as Index);
    return Object.fromEntries(
      Object.entries(part).map(([key, value]) => [
        key,
        key === 'type' || key === 'span' ? value : visit(value),
      ]),
    );
  };
  // An expression is plain data, so that what holds indices need not be named kind by kind.
  return visit(expression) as Expression;
}
