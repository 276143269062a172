/**
 * `sum(x over G)` and `min`, `max` likewise, over one group or several. Several groups are reductions within each other,
 * the first group outermost, so that a sum over all and sums of sums add in one order and agree to the last digit.
 */
import type * as written from '../language/tree.ts';
import { readableLoops, readLoops, requireNames } from './check-loops.ts';
import { asQuantity } from './check-types.ts';
import { type Expression, partsOf } from './expression.ts';
import { groupOf } from './read-indices.ts';
import type { Place } from './read-name.ts';
import { quote, report, UNKNOWN, type Workbench } from './workbench.ts';

/** `check` checks the body in a place of its own. */
export function checkReduction(
  bench: Workbench,
  written: written.Expression & { kind: 'reduce' },
  place: Place,
  check: (part: written.Expression, place: Place) => Expression,
): Expression {
  const { span, reducer } = written;
  const own = readLoops(bench, written.axes, place.loops);
  requireNames(bench, own);
  const body = check(written.body, { ...place, loops: [...place.loops, ...readableLoops(own)] });
  const type = asQuantity(bench, body);
  if (own.some(({ group }) => group === null)) return { kind: 'constant', value: 0, type: UNKNOWN, span };
  own.forEach(({ group, index }, at) => {
    if (body.type.kind !== 'quantity' || body.kind === 'constant') return;
    // A name that is taken was meant for this loop and reads another.
    if (index !== (written.axes[at]?.index?.text ?? null)) return;
    if (readsLoop(body, place.loops.length + at)) return;
    const shown = quote(bench, body.span);
    const { name } = groupOf(bench, group);
    report(bench, 'group-not-read', body.span, {
      label: `this is the same for every element of ${name}`,
      ...(reducer === 'sum' && own.length === 1
        ? { hint: `If it should count once for each element, write \`${shown} * sum(1 over ${name})\`.` }
        : {}),
    });
  });
  return own.reduceRight(
    (inner, { group }): Expression => ({
      kind: 'reduce',
      reducer,
      group: group ?? 0,
      body: inner,
      type,
      span,
    }),
    body,
  );
}

/** Whether an expression has another value for each element of a loop around it. */
export function readsLoop(body: Expression, loop: number): boolean {
  // Drawn for each element apart.
  if (body.kind === 'draw') return true;
  if (body.kind === 'variable' || body.kind === 'state' || body.kind === 'measure')
    return body.indices.some((index) => index.kind === 'each' && index.loop === loop);
  return partsOf(body).some((part) => readsLoop(part, loop));
}
