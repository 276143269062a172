/**
 * `strike within 1 year of 2024-06-20` in a claim: whether the event happens at least once from the date until that long
 * after it. Each is a measure that nobody declared, so that it is followed through a future like any other.
 */
import * as rational from '../base/rational.ts';
import type { EventReading } from '../language/tree.ts';
import { quoted } from './as-written.ts';
import { daysOf, instantOnAxis } from './check-time.ts';
import { BOOLEAN, PLAIN, quantity } from './check-types.ts';
import type { Expression } from './expression.ts';
import type { Measure, TimeAxis } from './model.ts';
import { COUNT, LAST } from './model-of-events.ts';
import { findEvent } from './read-event.ts';
import { showInstant } from './show-instant.ts';
import { NUMBER, TIME } from './units.ts';
import { declarationsOf, report, type Workbench } from './workbench.ts';

type Horizon = EventReading & { readonly kind: 'within' };

/** The measures of all claims' horizons; `first` is the number of the first of them. */
export function checkHorizons(bench: Workbench, first: number): readonly Measure[] {
  const { time } = bench;
  if (time === null) return [];
  const measures: Measure[] = [];
  for (const horizon of declarationsOf(bench, 'claim').flatMap(({ form }) => horizonsIn(form))) {
    const measure = measureOf(bench, time, horizon);
    if (measure === null) continue;
    bench.horizons.set(horizon, first + measures.length);
    measures.push(measure);
  }
  return measures;
}

/** Those that are written anywhere in a form. */
function horizonsIn(node: unknown): readonly Horizon[] {
  if (typeof node !== 'object' || node === null) return [];
  const inner = Object.values(node).flatMap(horizonsIn);
  return isHorizon(node) ? [node, ...inner] : inner;
}

const isHorizon = (node: object): node is Horizon =>
  'kind' in node && node.kind === 'within' && 'subject' in node && 'date' in node;

function measureOf(bench: Workbench, time: TimeAxis, horizon: Horizon): Measure | null {
  const { span, length, date } = horizon;
  const found = findEvent(bench, horizon, { purpose: 'measure', loops: [], lintNumbers: false });
  const [from, days] = [instantOnAxis(bench, time, date), daysOf(bench, length)];
  if (found === null || from === null || days === null) return null;
  if (rational.compare(days, rational.ZERO) <= 0) {
    report(bench, 'window-empty', length.span, { label: 'this is no time in which anything could happen' });
    return null;
  }
  const to = from + rational.toNumber(days);
  const end = time.start + time.step * time.steps;
  if (to > end + NEAR * time.step) {
    report(bench, 'instant-outside-time', length.span, {
      label: `this reaches to ${showInstant(time, to)}, and the model ends at ${showInstant(time, end)}`,
      hint: 'Let the model run longer, or ask about a shorter time: what lies behind its end has not happened in any future.',
    });
    return null;
  }
  const state = (number: number, type: Expression['type']): Expression => ({
    kind: 'state',
    state: number,
    type,
    span,
    ...found,
  });
  const zero: Expression = { kind: 'constant', value: 0, type: PLAIN, span };
  const begin: Expression = { kind: 'constant', value: from, type: quantity(TIME), span };
  const happened: Expression = { kind: 'less', left: zero, right: state(COUNT, PLAIN), type: BOOLEAN, span };
  const since: Expression = {
    kind: 'less or equal',
    left: begin,
    right: state(LAST, quantity(TIME)),
    type: BOOLEAN,
    span,
  };
  const name = quoted(bench.text, span);
  return {
    name,
    declared: { name, label: name },
    groups: [],
    elements: [],
    label: name,
    type: BOOLEAN,
    unit: NUMBER,
    reducer: 'ever',
    body: { kind: 'and', left: happened, right: since, type: BOOLEAN, span },
    window: { from, to },
    countFrom: from,
    definitions: [],
    implied: true,
    span,
  };
}

/** A share of a step that no text means. */
const NEAR = 1e-9;
