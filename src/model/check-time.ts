/**
 * The time axis: start, step and a whole number of steps, decided in exact fractions. Either both ends are dates or
 * both are times from a zero of the writer's own.
 */
import { formatDate } from '../base/calendar.ts';
import { MAXIMUM_STEPS } from '../base/limits.ts';
import { formatCount } from '../base/number-format.ts';
import type { Rational } from '../base/rational.ts';
import * as rational from '../base/rational.ts';
import type { Expression, TimeDeclaration } from '../language/tree.ts';
import { constantOf } from './check-constant.ts';
import type { TimeAxis } from './model.ts';
import { formatDimension, sameDimension, TIME } from './units.ts';
import { quote, report, type Workbench } from './workbench.ts';

/** A share of a step that no text means. */
const NEAR = 1e-9;

type Instant = { readonly days: Rational; readonly isDate: boolean };

export function checkTime(bench: Workbench, declaration: TimeDeclaration): TimeAxis | null {
  const from = instantOf(bench, declaration.from);
  const to = instantOf(bench, declaration.to);
  const step = daysOf(bench, declaration.step);
  if (from === null || to === null || step === null) return null;
  if (from.isDate !== to.isDate) {
    report(bench, 'time-ends-unlike', declaration.to.span, {
      label: to.isDate ? 'this is a date, the start is none' : 'this is no date, the start is one',
    });
    return null;
  }
  if (rational.compare(step, rational.ZERO) <= 0) {
    report(bench, 'time-step-not-positive', declaration.step.span, {
      label: 'this step never gets to the end',
    });
    return null;
  }
  if (rational.compare(to.days, from.days) <= 0) {
    report(bench, 'time-end-before-start', declaration.to.span, {
      label: `this is not after ${quote(bench, declaration.from.span)}`,
    });
    return null;
  }
  const steps = rational.divide(rational.subtract(to.days, from.days), step);
  if (rational.compare(steps, rational.rational(MAXIMUM_STEPS)) > 0) {
    report(bench, 'time-too-many-steps', declaration.span, {
      label: `this makes ${formatCount(Number(rational.floor(steps)))} steps; the limit is ${formatCount(MAXIMUM_STEPS)}`,
    });
    return null;
  }
  if (!rational.isWhole(steps)) {
    reportBrokenSteps(bench, declaration, from, step, steps);
    return null;
  }
  return {
    epoch: from.isDate ? rational.toNumber(from.days) : null,
    start: from.isDate ? 0 : rational.toNumber(from.days),
    step: rational.toNumber(step),
    steps: Number(steps.n),
    method: declaration.method,
    text: [declaration.from, declaration.to]
      .map((end) => quote(bench, end.span))
      .join(' .. ')
      .concat(` by ${quote(bench, declaration.step.span)}`),
  };
}

function reportBrokenSteps(
  bench: Workbench,
  declaration: TimeDeclaration,
  from: Instant,
  step: Rational,
  steps: Rational,
): void {
  const whole = rational.floor(steps);
  const ends = [whole, whole + 1n]
    .filter((count) => count > 0n)
    .map((count) => rational.add(from.days, rational.multiply(step, rational.rational(count))));
  const show = (end: Rational): string =>
    from.isDate
      ? rational.isWhole(end)
        ? formatDate(rational.toNumber(end))
        : `${formatDate(rational.toNumber(end))} and a part of a day`
      : `${rational.toNumber(end)} day`;
  report(bench, 'time-steps-not-whole', declaration.span, {
    label: `this makes ${rational.toNumber(steps).toFixed(2)} steps of ${quote(bench, declaration.step.span)}`,
    hint: `The nearest ends are ${ends.map(show).join(' and ')}.`,
  });
}

function instantOf(bench: Workbench, expression: Expression): Instant | null {
  if (expression.kind === 'date') return { days: rational.rational(expression.days), isDate: true };
  const days = daysOf(bench, expression);
  return days === null ? null : { days, isDate: false };
}

/** A length of time in days; `0` needs no unit. */
export function daysOf(bench: Workbench, expression: Expression): Rational | null {
  const constant = constantOf(bench, expression);
  if (constant === null) return null;
  if (sameDimension(constant.dimension, TIME) || rational.isZero(constant.value)) return constant.value;
  report(bench, 'time-expected', expression.span, {
    label: constant.bare
      ? 'a number without a unit of time'
      : `this is in ${formatDimension(constant.dimension)}`,
    ...(constant.bare ? { hint: `Write for example \`${quote(bench, expression.span)} day\`.` } : {}),
  });
  return null;
}

/** An instant on the model's own axis, in days; reports one outside the model's time. */
export function instantOnAxis(bench: Workbench, time: TimeAxis, expression: Expression): number | null {
  const days = instantAnywhere(bench, time, expression);
  if (days === null) return null;
  // The axis was a whole number of steps as fractions; as floats its end may fall a hair short of what the text names.
  const end = time.start + time.step * time.steps;
  if (days >= time.start && days <= end + NEAR * time.step) return days;
  report(bench, 'instant-outside-time', expression.span, { label: `the model runs over ${time.text}` });
  return null;
}

/** The same where it may lie before the model's time, or after it. */
export function instantAnywhere(bench: Workbench, time: TimeAxis, expression: Expression): number | null {
  const instant = instantOf(bench, expression);
  if (instant === null) return null;
  if (instant.isDate !== (time.epoch !== null)) {
    if (instant.isDate)
      report(bench, 'date-without-calendar', expression.span, { label: `the model runs over ${time.text}` });
    else {
      const date = rational.toNumber(instant.days) + (time.epoch ?? 0);
      report(bench, 'date-expected', expression.span, {
        label: `this is a length of time, and the model runs over ${time.text}`,
        ...(Number.isInteger(date)
          ? { hint: `If so long after the start is meant, write \`${formatDate(date)}\`.` }
          : {}),
      });
    }
    return null;
  }
  return rational.toNumber(instant.days) - (time.epoch ?? 0);
}

/** Whether an instant within the model's time lies between two of its steps, so that it is seen at the later one only. */
export function isBetweenSteps(time: TimeAxis, days: number): boolean {
  if (days < time.start || days > time.start + time.step * time.steps) return false;
  const steps = (days - time.start) / time.step;
  return Math.abs(steps - Math.round(steps)) > NEAR;
}
