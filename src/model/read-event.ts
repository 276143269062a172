/**
 * What an expression asks after an event: `x is active`, `x has happened`, `time since x`. All three are made of the
 * states that the event keeps, so that later stages know nothing of the words.
 */
import type { Span } from '../base/span.ts';
import type { EventReading } from '../language/tree.ts';
import { BOOLEAN, quantity } from './check-types.ts';
import type { Expression, Index, Type } from './expression.ts';
import { ACTIVE, COUNT, LAST } from './model-of-events.ts';
import { readIndices } from './read-indices.ts';
import type { Place } from './read-name.ts';
import { TIME } from './units.ts';
import { describeEntity, report, reportUnknown, UNKNOWN, type Workbench } from './workbench.ts';

export function readEvent(bench: Workbench, reading: EventReading, place: Place): Expression {
  const { span } = reading;
  if (reading.kind === 'within') return readHorizon(bench, reading, place);
  const found = findEvent(bench, reading, place);
  if (found === null) return { kind: 'constant', value: 0, type: UNKNOWN, span };
  const state = (number: number, type: Type): Expression => ({
    kind: 'state',
    state: number,
    type,
    span,
    ...found,
  });
  if (reading.kind === 'is') return state(ACTIVE, BOOLEAN);
  const zero: Expression = { kind: 'constant', value: 0, type: quantity([]), span };
  const happened: Expression = {
    kind: 'less',
    left: zero,
    right: state(COUNT, quantity([])),
    type: BOOLEAN,
    span,
  };
  if (reading.kind === 'happened') return happened;
  const type = quantity(TIME);
  const then: Expression = {
    kind: 'subtract',
    left: { kind: 'time', type, span },
    right: state(LAST, type),
    type,
    span,
  };
  return {
    kind: 'choose',
    condition: happened,
    then,
    else: { kind: 'constant', value: Number.POSITIVE_INFINITY, type, span },
    type,
    span,
  };
}

/** A claim reads the measure that its horizon is. */
function readHorizon(bench: Workbench, reading: EventReading, { purpose }: Place): Expression {
  const { span } = reading;
  const measure = bench.horizons.get(reading);
  if (measure !== undefined) return { kind: 'measure', measure, indices: [], type: BOOLEAN, span };
  if (purpose !== 'claim')
    report(bench, 'horizon-outside-claim', span, {
      label: 'what happens within a time is known when that has passed',
    });
  return { kind: 'constant', value: 0, type: UNKNOWN, span };
}

export function findEvent(
  bench: Workbench,
  { kind, subject, span, ...rest }: EventReading,
  place: Place,
): { readonly variable: number; readonly indices: readonly Index[] } | null {
  const { name } = subject;
  const entity = bench.names.get(name.text);
  const events = bench.variables.filter((one) => one.kind === 'event').map((one) => one.name);
  if (entity === undefined) {
    reportUnknown(bench, 'name-unknown', name, events, 'event');
    return null;
  }
  const header = entity.kind === 'variable' ? bench.variables[entity.variable] : undefined;
  if (entity.kind !== 'variable' || header?.kind !== 'event') {
    report(bench, 'event-expected', name.span, {
      label: `\`${name.text}\` is ${describeEntity(bench, entity)}`,
      ...(kind === 'is' ? { hint: 'Quantities are compared by `<`, `<=`, `>` and `>=`.' } : {}),
    });
    return null;
  }
  if ('state' in rest && rest.state.text !== 'active') {
    report(bench, 'event-state', rest.state.span, {
      label: `\`${name.text}\` is an event`,
      hint: `Write \`${name.text} is active\`, \`${name.text} has happened\` or \`time since ${name.text}\`.`,
    });
    return null;
  }
  if (!isReadable(bench, name.text, kind, span, place)) return null;
  if (header.isShapeless) return null;
  const reading = { name, axes: header.axes, indices: subject.kind === 'index' ? subject.indices : [] };
  const indices = readIndices(bench, { ...reading, isCondition: true }, place.loops);
  return indices === null ? null : { variable: entity.variable, indices };
}

function isReadable(
  bench: Workbench,
  name: string,
  kind: EventReading['kind'],
  span: Span,
  { purpose }: Place,
): boolean {
  if (purpose === 'claim') {
    report(bench, 'claim-reads-variable', span, {
      label: `\`${name}\` is an event, which happens within a future`,
      hint:
        kind === 'since'
          ? `Measure it first, for example \`measure since_${name} = final time since ${name}\`, and let the claim speak of that.`
          : `Measure it first, for example \`measure ever_${name} = ever ${name} is active\`, and let the claim speak of that.`,
    });
    return false;
  }
  if (purpose === 'start') {
    report(bench, 'name-not-readable', span, {
      label: `\`${name}\` is an event, and when a stock starts nothing has happened yet`,
    });
    return false;
  }
  return true;
}
