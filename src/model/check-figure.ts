/**
 * From what an estimate says to a distribution in base units. `a to b` is a 90 % interval; the families and their
 * parameters are one table, so that the reference and the message about a wrong parameter cannot drift apart.
 */
import type { Distribution } from '../base/distribution.ts';
import { fromInterval, scaled } from '../base/distribution.ts';
import { log } from '../base/exact-math.ts';
import * as rational from '../base/rational.ts';
import { suggest } from '../base/suggest.ts';
import type { Expression, Figure } from '../language/tree.ts';
import { constantIn, constantOf } from './check-constant.ts';
import { isNumber, type Unit } from './units.ts';
import { quote, report, type Workbench } from './workbench.ts';

type Family = {
  /** Names of the parameters; those in `plain` are plain numbers, the others are in the input's unit. */
  readonly parameters: readonly string[];
  readonly plain: readonly string[];
  readonly meaning: string;
  /** What is wrong with the parameters, in words; null if nothing. */
  readonly fault: (parameters: readonly number[]) => string | null;
  readonly make: (parameters: readonly number[]) => Distribution;
};

const at = (parameters: readonly number[], index: number): number => parameters[index] ?? Number.NaN;

/** The named distributions. */
export const FAMILIES: Readonly<Record<string, Family>> = {
  uniform: {
    parameters: ['low', 'high'],
    plain: [],
    meaning: 'equally likely everywhere between two ends',
    fault: (p) => (at(p, 0) < at(p, 1) ? null : 'the low end must be below the high end'),
    make: (p) => ({ kind: 'uniform', low: at(p, 0), high: at(p, 1) }),
  },
  normal: {
    parameters: ['mean', 'standard deviation'],
    plain: [],
    meaning: 'the bell curve, by mean and standard deviation',
    fault: (p) => (at(p, 1) > 0 ? null : 'the standard deviation must be above zero'),
    make: (p) => ({ kind: 'normal', mean: at(p, 0), deviation: at(p, 1) }),
  },
  lognormal: {
    parameters: ['median', 'geometric standard deviation'],
    plain: ['geometric standard deviation'],
    meaning: 'its logarithm is normal; by median and geometric standard deviation, a factor above 1',
    fault: (p) =>
      at(p, 0) <= 0
        ? 'the median must be above zero'
        : at(p, 1) > 1
          ? null
          : 'the geometric standard deviation is a factor and must be above 1',
    make: (p) => ({ kind: 'lognormal', mu: log(at(p, 0)), sigma: log(at(p, 1)) }),
  },
  triangular: {
    parameters: ['low', 'mode', 'high'],
    plain: [],
    meaning: 'rises from the low end to the mode and falls to the high end',
    fault: (p) =>
      at(p, 0) < at(p, 2) && at(p, 0) <= at(p, 1) && at(p, 1) <= at(p, 2)
        ? null
        : 'the three must not fall: low, then mode, then high, with low below high',
    make: (p) => ({ kind: 'triangular', low: at(p, 0), mode: at(p, 1), high: at(p, 2) }),
  },
};

/** The distribution of a figure in base units; reports what is impossible and gives null. */
export function distributionOf(bench: Workbench, figure: Figure, unit: Unit): Distribution | null {
  const distribution = inWrittenUnits(bench, figure, unit);
  if (distribution === null || !withinShare(bench, figure, unit, distribution)) return null;
  return distribution.kind === 'logit-normal'
    ? distribution
    : scaled(distribution, rational.toNumber(unit.factor));
}

/** The figure's numbers count units as declared, so that rounding to base units happens once, at the end. */
function inWrittenUnits(bench: Workbench, figure: Figure, unit: Unit): Distribution | null {
  const number = (expression: Expression): number | null => {
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
      return named(bench, figure, number);
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
  number: (expression: Expression) => number | null,
): Distribution | null {
  const family = FAMILIES[figure.name.text];
  if (family === undefined) {
    const nearest = suggest(figure.name.text, Object.keys(FAMILIES));
    report(bench, 'distribution-unknown', figure.name.span, {
      label: `no distribution is called \`${figure.name.text}\``,
      hint:
        nearest === null
          ? `There are ${Object.keys(FAMILIES).join(', ')}, and \`a to b\` for a 90 % interval.`
          : `Did you mean \`${nearest}\`?`,
    });
    return null;
  }
  const form = `\`${figure.name.text}(${family.parameters.join(', ')})\``;
  if (figure.parameters.length !== family.parameters.length) {
    report(bench, 'distribution-parameters', figure.span, {
      label: `here are ${figure.parameters.length} parameters`,
      hint: `Write ${form}.`,
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

/** A share lies between 0 and 1: distributions that reach beyond it are refused, not cut. */
function withinShare(bench: Workbench, figure: Figure, unit: Unit, distribution: Distribution): boolean {
  if (!isShare(unit)) return true;
  const fault = (label: string): boolean => {
    report(bench, 'share-out-of-range', figure.span, { label });
    return false;
  };
  switch (distribution.kind) {
    case 'point':
      return (
        (distribution.value >= 0 && distribution.value <= 1) || fault('this is not between 0 % and 100 %')
      );
    case 'uniform':
    case 'triangular':
      return (distribution.low >= 0 && distribution.high <= 1) || fault('this reaches beyond 0 % or 100 %');
    case 'normal':
    case 'lognormal':
      return fault(`a ${distribution.kind} share would reach beyond 0 % or 100 %`);
    case 'logit-normal':
      return true;
  }
}
