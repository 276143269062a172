/**
 * From what an estimate says to a distribution in base units: a number, `a to b` as a 90 % interval, a named
 * distribution, single values with their shares, or what `within` leaves of one of these.
 */
import {
  type Continuous,
  type Distribution,
  fromInterval,
  medianOf,
  rangeOf,
  scaled,
  truncated,
} from '../base/distribution.ts';
import { formatNumber } from '../base/number-format.ts';
import * as rational from '../base/rational.ts';
import { suggest } from '../base/suggest.ts';
import type { Expression, Figure } from '../language/tree.ts';
import { constantIn, constantOf } from './check-constant.ts';
import { FAMILIES } from './families.ts';
import { isNumber, type Unit } from './units.ts';
import { quote, report, type Workbench } from './workbench.ts';

export { FAMILIES } from './families.ts';

/** What stands for a number of a figure: how many of the declared unit it is; reports what is none. */
type ReadNumber = (expression: Expression) => number | null;

/** The distribution of a figure in base units; reports what is impossible and gives null. */
export function distributionOf(bench: Workbench, figure: Figure, unit: Unit): Distribution | null {
  const distribution = inWrittenUnits(bench, figure, unit);
  if (distribution === null || !withinShare(bench, figure, unit, distribution)) return null;
  return scaled(distribution, rational.toNumber(unit.factor));
}

/** The figure's numbers count units as declared, so that rounding to base units happens once, at the end. */
function inWrittenUnits(bench: Workbench, figure: Figure, unit: Unit): Distribution | null {
  const number: ReadNumber = (expression) => {
    const value = constantIn(bench, expression, unit);
    return value === null ? null : rational.toNumber(rational.divide(value, unit.factor));
  };
  switch (figure.kind) {
    case 'point': {
      const value = number(figure.value);
      return value === null ? null : { kind: 'point', value };
    }
    case 'interval': {
      const low = number(figure.low);
      // One message: what is wrong with one end is mostly wrong with the other too.
      const high = low === null ? null : number(figure.high);
      if (low === null || high === null) return null;
      const made = low < high ? fromInterval(low, high, isShare(unit)) : null;
      if (made === null)
        report(bench, 'interval-impossible', figure.span, intervalFault(bench, figure, unit, low, high));
      return made;
    }
    case 'named':
      return named(bench, figure, unit, number);
    case 'discrete':
      return discrete(bench, figure, number);
    case 'truncated':
      return cut(bench, figure, unit, number);
  }
}

const isShare = (unit: Unit): boolean => unit.text === 'share';

function intervalFault(
  bench: Workbench,
  figure: Figure & { kind: 'interval' },
  unit: Unit,
  low: number,
  high: number,
): { label: string; hint: string } {
  const [from, to] = [figure.low, figure.high].map((end) => quote(bench, end.span));
  if (low === high) return { label: 'both ends are the same', hint: `Write one number: \`${from}\`.` };
  if (low > high)
    return { label: `${from} is not below ${to}`, hint: `Write the lower end first: \`${to} to ${from}\`.` };
  if (isShare(unit)) {
    return {
      label: 'a 90 % interval of a share lies strictly between 0 % and 100 %',
      hint: `Where the ends are hard limits, write \`uniform(${from}, ${to})\`.`,
    };
  }
  return {
    label: 'with 0 as an end it is not plain whether what lies beyond it is possible',
    hint: `Move that end off zero, to either side, or write \`uniform(${from}, ${to})\` if nothing beyond is possible and nothing between is likelier.`,
  };
}

function named(
  bench: Workbench,
  figure: Figure & { kind: 'named' },
  unit: Unit,
  number: ReadNumber,
): Distribution | null {
  const family = FAMILIES[figure.name.text];
  if (family === undefined) {
    const all = [...Object.keys(FAMILIES), 'discrete'];
    const nearest = suggest(figure.name.text, all);
    report(bench, 'distribution-unknown', figure.name.span, {
      label: `no distribution is called \`${figure.name.text}\``,
      hint:
        nearest === null
          ? `There are ${all.join(', ')}, and \`a to b\` for a 90 % interval.`
          : `Did you mean \`${nearest}\`?`,
    });
    return null;
  }
  const form = `\`${figure.name.text}(${family.parameters.join(', ')})\``;
  if (figure.parameters.length !== family.parameters.length) {
    report(bench, 'distribution-parameters', figure.span, {
      label: `here ${figure.parameters.length === 1 ? 'is 1 parameter' : `are ${figure.parameters.length} parameters`}`,
      hint: `Write ${form}.`,
    });
    return null;
  }
  if (family.isShare && !(isNumber(unit.dimension) && rational.equal(unit.factor, rational.ONE))) {
    report(bench, 'distribution-parameters', figure.span, {
      label: `\`${figure.name.text}\` gives a share of a whole, and the unit here is ${unit.text}`,
      hint: 'Declare the input as a `share`; between two ends in a unit stands `pert(low, mode, high)`.',
    });
    return null;
  }
  const values = figure.parameters.map((parameter, index) =>
    family.plain.includes(family.parameters[index] ?? '') ? plainNumber(bench, parameter) : number(parameter),
  );
  if (!values.every((value) => value !== null)) return null;
  const fault = family.fault(values);
  if (fault === null) return family.make(values);
  report(bench, 'distribution-parameters', figure.span, {
    label: fault,
    hint: `The parameters are ${form}.`,
  });
  return null;
}

function plainNumber(bench: Workbench, parameter: Expression): number | null {
  const constant = constantOf(bench, parameter);
  if (constant === null) return null;
  if (isNumber(constant.dimension)) return rational.toNumber(constant.value);
  report(bench, 'distribution-parameters', parameter.span, {
    label: 'this parameter is a plain number, without a unit',
  });
  return null;
}

/** Values in rising order with the shares at or below each; the shares are exact until they are summed up. */
function discrete(
  bench: Workbench,
  figure: Figure & { kind: 'discrete' },
  number: ReadNumber,
): Distribution | null {
  const fault = (span: Figure['span'], label: string, hint?: string): null => {
    report(bench, 'distribution-parameters', span, { label, ...(hint === undefined ? {} : { hint }) });
    return null;
  };
  const outcomes: { readonly value: number; readonly share: rational.Rational }[] = [];
  for (const outcome of figure.outcomes) {
    const value = number(outcome.value);
    const constant = constantOf(bench, outcome.share);
    if (value === null || constant === null) return null;
    if (!isNumber(constant.dimension))
      return fault(outcome.share.span, 'a share is a plain number, without a unit');
    if (rational.compare(constant.value, rational.ZERO) <= 0)
      return fault(outcome.share.span, 'a share must be above zero', 'Leave out what cannot come.');
    if (outcomes.some((other) => other.value === value))
      return fault(outcome.value.span, `${quote(bench, outcome.value.span)} stands here twice`);
    outcomes.push({ value, share: constant.value });
  }
  let sum = rational.ZERO;
  const upTo: number[] = [];
  outcomes.sort((one, other) => one.value - other.value);
  for (const { share } of outcomes) {
    sum = rational.add(sum, share);
    upTo.push(rational.toNumber(sum));
  }
  if (!rational.equal(sum, rational.ONE)) {
    return fault(
      figure.span,
      `the shares add up to ${formatNumber(rational.toNumber(sum) * 100)} %`,
      'Together they are 100 %.',
    );
  }
  return { kind: 'discrete', values: outcomes.map(({ value }) => value), upTo };
}

function cut(
  bench: Workbench,
  figure: Figure & { kind: 'truncated' },
  unit: Unit,
  number: ReadNumber,
): Distribution | null {
  const whole = inWrittenUnits(bench, figure.of, unit);
  const low = number(figure.low);
  const high = number(figure.high);
  if (whole === null || low === null || high === null) return null;
  const shown = quote(bench, figure.of.span);
  if (!isContinuous(whole)) {
    report(bench, 'truncation-not-continuous', figure.span, {
      label: `\`${shown}\` gives single values`,
      hint:
        whole.kind === 'point'
          ? `Write \`${shown}\` alone, or the range that you mean, \`uniform(${quote(bench, figure.low.span)}, ${quote(bench, figure.high.span)})\`.`
          : 'List the values that are possible: `discrete(1: 20%, 2: 50%, 3: 30%)`.',
    });
    return null;
  }
  const left = truncated(whole, low, high);
  if (left !== null) return left;
  const [from, to] = [figure.low, figure.high].map((end) => quote(bench, end.span));
  const unitWord = unit.text === '' || unit.text === 'share' ? '' : ` ${unit.text}`;
  report(bench, 'truncation-empty', figure.span, {
    label:
      low < high
        ? `\`${shown}\` has nothing to speak of between ${from} and ${to}`
        : `${from} is not below ${to}`,
    hint:
      low < high
        ? `Its middle is at ${formatNumber(medianOf(whole))}${unitWord}: correct the limits or the distribution.`
        : low > high
          ? `Write the lower limit first: \`within ${to} .. ${from}\`.`
          : `If it is exactly ${from}, write \`${from}\` alone.`,
  });
  return null;
}

function isContinuous(distribution: Distribution): distribution is Continuous {
  switch (distribution.kind) {
    case 'point':
    case 'poisson':
    case 'binomial':
    case 'discrete':
    case 'truncated':
      return false;
    default:
      return true;
  }
}

/** A share lies between 0 and 1: distributions that reach beyond it are refused, not cut in silence. */
function withinShare(bench: Workbench, figure: Figure, unit: Unit, distribution: Distribution): boolean {
  if (!isShare(unit)) return true;
  const { low, high } = rangeOf(distribution);
  if (low >= 0 && high <= 1) return true;
  const isEndless = !Number.isFinite(high - low);
  report(bench, 'share-out-of-range', figure.span, {
    label:
      distribution.kind === 'point'
        ? 'this is not between 0 % and 100 %'
        : isEndless
          ? `a share drawn from \`${quote(bench, figure.span)}\` would reach beyond 0 % or 100 %`
          : 'this reaches beyond 0 % or 100 %',
    ...(isEndless && isContinuous(distribution)
      ? { hint: `Cut it: \`${quote(bench, figure.span)} within 0% .. 100%\`.` }
      : {}),
  });
  return false;
}
