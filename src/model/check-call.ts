/**
 * What is written like a function but is none of the table of functions: tables of points and delays. A delay holds
 * something back over time, so it has a state of its own; it can stand wherever an equation is worked out at every
 * instant, and nowhere else.
 */
import type { Span } from '../base/span.ts';
import type * as written from '../language/tree.ts';
import { alike, asQuantity } from './check-types.ts';
import { drawsIn } from './draw-sites.ts';
import type { Expression } from './expression.ts';
import type { Place } from './read-name.ts';
import { formatDimension, sameDimension, TIME } from './units.ts';
import { formatType, report, UNKNOWN, type Workbench } from './workbench.ts';

/** What each delay does, for messages and the reference. */
export const DELAYS = {
  delay: 'what the value was one length ago',
  delay1: 'what comes out of a first-order material delay',
  delay3: 'what comes out of a third-order material delay',
  smooth: 'the value smoothed to the first order',
  smooth3: 'the value smoothed to the third order',
} as const;
export type DelayKind = keyof typeof DELAYS;
export const isDelay = (name: string): name is DelayKind => Object.hasOwn(DELAYS, name);

const fault = (span: Span): Expression => ({ kind: 'constant', value: 0, type: UNKNOWN, span });

/** `NAME(x)` for a table. */
export function readTable(
  bench: Workbench,
  table: number,
  name: written.Name,
  parts: readonly Expression[],
  span: Span,
): Expression {
  const entry = bench.tables[table];
  const [argument, extra] = parts;
  if (entry === undefined) return fault(span);
  if (argument === undefined || extra !== undefined) {
    report(bench, 'function-arguments', span, {
      label: `the table \`${name.text}\` is read by one value, here ${parts.length === 1 ? 'is' : 'are'} ${parts.length}`,
      hint: `Write \`${name.text}(x)\`.`,
    });
    return fault(span);
  }
  const lookup: Expression = { kind: 'lookup', table, argument, type: entry.type, span };
  const { type } = argument;
  if (type.kind === 'unknown' || entry.argument.kind === 'unknown') return lookup;
  const fits =
    type.kind === entry.argument.kind &&
    (type.kind !== 'quantity' ||
      entry.argument.kind !== 'quantity' ||
      sameDimension(type.dimension, entry.argument.dimension));
  if (!fits) {
    report(bench, 'unit-mismatch', argument.span, {
      label: `this is in ${formatType(type)}`,
      related: [
        {
          span: entry.span,
          label: `\`${entry.name}\` is read by ${entry.argument.kind === 'instant' ? 'a date' : formatType(entry.argument)}`,
        },
      ],
      hint: `Give \`${entry.name}\` what its rows are counted in.`,
    });
  }
  return lookup;
}

/** `delay(x, LENGTH)` or `delay(x, LENGTH, BEFORE)`, and likewise for the other delays. */
export function readDelay(
  bench: Workbench,
  kind: DelayKind,
  parts: readonly Expression[],
  place: Place,
  span: Span,
): Expression {
  const [input, length, before, extra] = parts;
  if (input === undefined || length === undefined || extra !== undefined) {
    report(bench, 'function-arguments', span, {
      label: `\`${kind}\` takes a value, a length of time and, if wanted, what it was before the start`,
      hint: `Write \`${kind}(x, 30 day)\`, which gives ${DELAYS[kind]}, or \`${kind}(x, 30 day, 0)\`.`,
    });
    return fault(span);
  }
  if (place.purpose !== 'equation') {
    report(bench, 'delay-outside-equation', span, {
      label: `\`${kind}\` remembers what went before`,
      ...(place.purpose === 'deciding' ? { hint: 'Work it out in a `let`, and read that here.' } : {}),
    });
    return fault(span);
  }
  const drawn = drawsIn(length)[0];
  if (drawn !== undefined) {
    report(bench, 'draw-outside-equation', drawn.draw.span, {
      label: `the length of \`${kind}\` is read once, at the start`,
      hint: 'Make the length an input with this distribution: an input is fixed within a future.',
    });
    return fault(span);
  }
  const lengthType = asQuantity(bench, length);
  if (lengthType.kind === 'quantity' && !sameDimension(lengthType.dimension, TIME)) {
    report(bench, 'time-expected', length.span, {
      label: `this is in ${formatDimension(lengthType.dimension)}`,
    });
  }
  const type = asQuantity(bench, input);
  if (before !== undefined)
    alike(bench, input, before, 'What was there before needs the unit of what is delayed');
  return { kind: 'delay', delay: kind, input, length, before: before ?? null, type, span };
}
