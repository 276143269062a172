/**
 * Events: exactly one thing makes them happen, in its proper unit, and what they last is a length of time. What an
 * expression may ask after them is `read-event.ts`.
 */
import type { EventDeclaration, EventTrigger as WrittenTrigger } from '../language/tree.ts';
import { checkEffects } from './check-effects.ts';
import { checkExpression } from './check-expression.ts';
import { readableLoops } from './check-loops.ts';
import { instantOnAxis, isBetweenSteps } from './check-time.ts';
import { asQuantity, expectBoolean, isZero } from './check-types.ts';
import { constantValue, type Expression } from './expression.ts';
import type { EventTrigger, EventVariable } from './model-of-events.ts';
import type { Place } from './read-name.ts';
import { combine, formatDimension, isNumber, sameDimension, TIME } from './units.ts';
import { isBroken, quote, report, type VariableHeader, type Workbench } from './workbench.ts';

export type CheckedEvent = Pick<EventVariable, 'trigger' | 'chance' | 'once' | 'lasts' | 'effects'>;

/** What stands for a trigger that could not be read. */
const NEVER: EventTrigger = { kind: 'on', instants: [] };

export function checkEvent(
  bench: Workbench,
  declaration: EventDeclaration,
  header: VariableHeader,
): CheckedEvent {
  const place: Place = { purpose: 'equation', loops: readableLoops(header.axes), lintNumbers: true };
  const { name, triggers, once, lasts, chance, effects } = declaration;
  const [first, ...others] = triggers;
  if (first === undefined && !isBroken(bench, declaration.span))
    report(bench, 'event-without-trigger', name.span, { label: `what makes \`${name.text}\` happen?` });
  for (const other of others) {
    report(bench, 'event-two-triggers', other.span, {
      label: `\`${other.kind}\`, and above it \`${first?.kind}\``,
      ...(first === undefined ? {} : { related: [{ span: first.span, label: 'here' }] }),
      ...(first?.kind === 'on' && other.kind === 'on'
        ? { hint: 'Write all dates on one line, with commas between them.' }
        : {}),
    });
  }
  const trigger = first === undefined ? NEVER : checkTrigger(bench, first, place);
  for (const other of others) checkTrigger(bench, other, place);
  return {
    trigger,
    chance: chance === null ? null : checkChance(bench, chance, trigger, place),
    once: once !== null,
    lasts: lasts === null ? null : checkLength(bench, lasts, place),
    effects: checkEffects(bench, effects, place),
  };
}

function checkTrigger(bench: Workbench, trigger: WrittenTrigger, place: Place): EventTrigger {
  switch (trigger.kind) {
    case 'on':
      return { kind: 'on', instants: checkInstants(bench, trigger) };
    case 'rate':
      return { kind: 'rate', rate: checkRate(bench, trigger, place) };
    case 'when': {
      const condition = checkExpression(bench, trigger.condition, place);
      expectBoolean(bench, condition);
      return { kind: 'when', condition };
    }
  }
}

/** The numbers of the steps at which the dates are met: the first instants that do not lie before them. */
function checkInstants(bench: Workbench, { instants }: WrittenTrigger & { kind: 'on' }): readonly number[] {
  const { time } = bench;
  if (time === null) return [];
  const found: { readonly days: number; readonly step: number }[] = [];
  for (const written of instants) {
    const days = isBroken(bench, written.span) ? null : instantOnAxis(bench, time, written);
    if (days === null) continue;
    const before = found.at(-1);
    if (before !== undefined && days <= before.days) {
      report(bench, 'dates-not-rising', written.span, {
        label: 'this does not lie after the date before it',
      });
      continue;
    }
    const steps = (days - time.start) / time.step;
    const isBetween = isBetweenSteps(time, days);
    const step = isBetween ? Math.ceil(steps) : Math.round(steps);
    // Between the last two instants of a step it is met at its end, where two dates may meet.
    if (before?.step === step)
      report(bench, 'dates-not-rising', written.span, {
        label: 'this is met at the same instant as the date before it',
        hint: `The model's instants are those of ${time.text}.`,
      });
    else if (isBetween)
      report(bench, 'event-between-steps', written.span, {
        label: `the model's instants are those of ${time.text}`,
      });
    found.push({ days, step });
  }
  return found.map(({ step }) => step);
}

function checkRate(bench: Workbench, trigger: WrittenTrigger & { kind: 'rate' }, place: Place): Expression {
  const rate = checkExpression(bench, trigger.rate, place);
  const type = asQuantity(bench, rate);
  const wanted = combine([], TIME, -1);
  if (type.kind === 'quantity' && !sameDimension(type.dimension, wanted) && !isZero(rate)) {
    const isTime = sameDimension(type.dimension, TIME);
    report(bench, 'event-rate-unit', rate.span, {
      label: `this is ${type.dimension.length === 0 ? 'a plain number' : `in ${formatDimension(type.dimension)}`}`,
      hint: isTime
        ? `Where this is the time between two, write \`rate 1 / ${bracketed(quote(bench, rate.span))}\`.`
        : 'Say how often it happens in a length of time, for example `rate 2/year`.',
    });
  }
  const value = constantValue(rate);
  if (value !== null && value < 0)
    report(bench, 'event-rate-negative', rate.span, { label: 'this is less than never' });
  return rate;
}

function checkChance(
  bench: Workbench,
  { share, span }: NonNullable<EventDeclaration['chance']>,
  trigger: EventTrigger,
  place: Place,
): Expression {
  const checked = checkExpression(bench, share, place);
  const type = asQuantity(bench, checked);
  if (trigger.kind === 'rate') {
    report(bench, 'event-chance-with-rate', span, { label: 'a rate is a chance already' });
    return checked;
  }
  if (type.kind === 'quantity' && !isNumber(type.dimension)) {
    report(bench, 'unit-mismatch', checked.span, {
      label: `this is in ${formatDimension(type.dimension)}`,
      reason: 'A chance is a share.',
      hint: 'Write for example `chance 30%`.',
    });
    return checked;
  }
  const value = constantValue(checked);
  if (value !== null && !(value >= 0 && value <= 1)) {
    const shown = quote(bench, checked.span);
    report(bench, 'share-out-of-range', checked.span, {
      label: 'a chance lies between 0 % and 100 %',
      ...(/^[\d._]+$/.test(shown) ? { hint: `If per cent is meant, write \`${shown}%\`.` } : {}),
    });
  }
  return checked;
}

function checkLength(
  bench: Workbench,
  { length }: NonNullable<EventDeclaration['lasts']>,
  place: Place,
): Expression {
  const checked = checkExpression(bench, length, place);
  const type = asQuantity(bench, checked);
  if (type.kind === 'quantity' && !sameDimension(type.dimension, TIME)) {
    report(bench, 'time-expected', checked.span, {
      label:
        type.dimension.length === 0
          ? 'a number without a unit of time'
          : `this is in ${formatDimension(type.dimension)}`,
      hint: 'Behind `for` stands how long it lasts, for example `for 30 day`.',
    });
    return checked;
  }
  const value = constantValue(checked);
  if (value !== null && value <= 0)
    report(bench, 'event-length', checked.span, {
      label: value < 0 ? 'this is less than no time' : 'this is no time at all',
    });
  return checked;
}

const bracketed = (text: string): string => (/^[\w.[\]]+$/.test(text) ? text : `(${text})`);
