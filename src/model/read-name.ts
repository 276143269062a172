/**
 * What a name in an expression stands for: a variable, an element of an array, a unit, a measure, the current time.
 * Where it stands decides what it may read.
 */
import * as rational from '../base/rational.ts';
import type { Span } from '../base/span.ts';
import type * as written from '../language/tree.ts';
import { quantity } from './check-types.ts';
import type { Expression, Type } from './expression.ts';
import { isFunction } from './functions.ts';
import { isGiven } from './model.ts';
import { readIndices } from './read-indices.ts';
import { isBetweenTwo } from './tie-readings.ts';
import { TIME } from './units.ts';
import {
  describeEntity,
  type Entity,
  type Loop,
  report,
  reportUnknown,
  UNKNOWN,
  type VariableHeader,
  type Workbench,
} from './workbench.ts';

/** Where an expression stands, which decides what it may read. */
export type Place = {
  readonly purpose: 'equation' | 'deciding' | 'start' | 'measure' | 'claim';
  /** Groups whose elements are being gone through: the declared ones and those of enclosing reductions. */
  readonly loops: readonly Loop[];
  /** Numbers here come from nowhere unless they are 0, 1 or a unit: equations are linted for it. */
  readonly lintNumbers: boolean;
};

export function readName(
  bench: Workbench,
  name: written.Name,
  indices: readonly written.Name[],
  asked: boolean,
  span: Span,
  place: Place,
): Expression {
  const fault: Expression = { kind: 'constant', value: 0, type: UNKNOWN, span };
  const entity = bench.names.get(name.text);
  if (entity === undefined) {
    if (name.text === 'time' && indices.length === 0 && !asked) return currentTime(bench, span, place);
    if (place.loops.some(({ index }) => index === name.text)) {
      report(bench, 'name-not-readable', name.span, {
        label: `\`${name.text}\` is an index, which has no value`,
        hint: 'It stands in brackets, to say which element of an array is meant.',
      });
      return fault;
    }
    if (isFunction(name.text) || name.text === 'sum') {
      report(bench, 'name-not-readable', name.span, {
        label: `\`${name.text}\` is a function and takes what stands in brackets behind it`,
        hint: `Write \`${name.text}(…)\`.`,
      });
      return fault;
    }
    reportUnknown(bench, 'name-unknown', name, readable(bench, place), 'variable or unit');
    return fault;
  }
  if (asked && !(entity.kind === 'variable' && bench.variables[entity.variable]?.kind === 'flow')) {
    report(bench, 'asked-not-flow', name.span, {
      label: `\`${name.text}\` is ${describeEntity(bench, entity)}`,
    });
    return fault;
  }
  const [index] = indices;
  const isSingle =
    entity.kind === 'unit' || (entity.kind === 'measure' && entity.axes.length === 0 && !entity.isShapeless);
  if (index !== undefined && isSingle) {
    report(bench, 'index-not-array', index.span, {
      label: `\`${name.text}\` is ${describeEntity(bench, entity)}, not an array`,
    });
    return fault;
  }
  switch (entity.kind) {
    case 'unit': {
      bench.unitsRead.add(entity.name);
      const unit = bench.units.get(entity.name);
      if (unit === null || unit === undefined) return fault;
      return {
        kind: 'constant',
        value: rational.toNumber(unit.factor),
        type: quantity(unit.dimension),
        span,
      };
    }
    case 'measure':
      if (place.purpose !== 'claim') {
        report(bench, 'name-not-readable', name.span, {
          label: `\`${name.text}\` is a measure: it is known only when a future has ended`,
        });
        return fault;
      }
      return readMeasure(bench, entity, name, indices, span, place);
    case 'variable':
      return readVariable(bench, entity.variable, name, indices, asked, span, place);
    default:
      report(bench, 'name-not-readable', name.span, {
        label: `\`${name.text}\` is ${describeEntity(bench, entity)}, which has no value`,
      });
      return fault;
  }
}

function currentTime(bench: Workbench, span: Span, place: Place): Expression {
  if (place.purpose === 'claim' || place.purpose === 'start') {
    report(bench, 'name-not-readable', span, { label: '`time` passes only within a future' });
    return { kind: 'constant', value: 0, type: UNKNOWN, span };
  }
  const type: Type = bench.time?.epoch === null ? quantity(TIME) : { kind: 'instant' };
  return { kind: 'time', type, span };
}

function readMeasure(
  bench: Workbench,
  { measure, axes, isShapeless }: Entity & { kind: 'measure' },
  name: written.Name,
  indices: readonly written.Name[],
  span: Span,
  place: Place,
): Expression {
  const type = bench.measureTypes.get(measure) ?? UNKNOWN;
  const isCondition = type.kind === 'boolean';
  const found = isShapeless ? null : readIndices(bench, { name, axes, indices, isCondition }, place.loops);
  if (found === null) return { kind: 'constant', value: 0, type: UNKNOWN, span };
  return { kind: 'measure', measure, indices: found, type, span };
}

function readVariable(
  bench: Workbench,
  variable: number,
  name: written.Name,
  indices: readonly written.Name[],
  asked: boolean,
  span: Span,
  place: Place,
): Expression {
  const header = bench.variables[variable];
  if (header === undefined) throw new Error('a name without its variable');
  const fault: Expression = { kind: 'constant', value: 0, type: UNKNOWN, span };
  if (header.kind === 'event') {
    const whole = quoteIndices(name, indices);
    report(bench, 'event-read-alone', span, {
      label: `what about \`${name.text}\`?`,
      hint: `Write \`${whole} is active\`, \`${whole} has happened\` or \`time since ${whole}\`.`,
    });
    return fault;
  }
  if (header.kind === 'decision') {
    const first = header.options?.[0]?.text ?? 'OPTION';
    const whole = `${quoteIndices(name, indices)} is ${first}`;
    report(bench, 'decision-not-value', name.span, {
      label: `\`${name.text}\` is a decision; which of its options stands?`,
      hint: `Ask for one: \`${whole}\`. As a number that is \`if ${whole} then 1 else 0\`.`,
    });
    return fault;
  }
  if (place.purpose === 'claim' && !isGiven(header.kind)) {
    const isYesOrNo = (header.type ?? bench.inferLet(variable)).kind === 'boolean';
    const reducer = isYesOrNo ? 'ever' : 'final';
    report(bench, 'claim-reads-variable', name.span, {
      label: `\`${name.text}\` is a ${header.kind}, which changes within a future`,
      hint: `Measure it first, for example \`measure ${reducer}_${name.text} = ${reducer} ${name.text}\`, and let the claim speak of that.`,
    });
    return fault;
  }
  if (place.purpose === 'claim' && header.isDated) {
    report(bench, 'claim-reads-variable', name.span, {
      label: `\`${name.text}\` is an input with dates, which changes within a future`,
      hint: `Measure it first, for example \`measure final_${name.text} = final ${name.text}\`, and let the claim speak of that.`,
    });
    return fault;
  }
  if (place.purpose === 'claim' && header.isSet) {
    report(bench, 'claim-reads-variable', name.span, {
      label: `\`${name.text}\` is an input that is set within a future`,
      hint: `Measure it first, for example \`measure final_${name.text} = final ${name.text}\`, and let the claim speak of that.`,
    });
    return fault;
  }
  if (place.purpose === 'start' && header.kind === 'flow') {
    report(bench, 'start-reads-flow', name.span, { label: `\`${name.text}\` is a flow` });
    return fault;
  }
  // Whether an index fits cannot be said.
  if (header.isShapeless) return fault;
  const type = header.type ?? bench.inferLet(variable);
  const isCondition = type.kind === 'boolean';
  const found = readIndices(bench, { name, axes: header.axes, indices, isCondition }, place.loops);
  if (found === null || !isBetweenTwo(bench, header, found, span)) return fault;
  return { kind: 'variable', variable, indices: found, asked, type, span };
}

const quoteIndices = (name: written.Name, indices: readonly written.Name[]): string =>
  indices.length === 0 ? name.text : `${name.text}[${indices.map(({ text }) => text).join(', ')}]`;

const isReadByClaims = (header: VariableHeader | undefined): boolean =>
  isGiven(header?.kind) && header?.isDated === false && !header.isSet;

/** The names that could have been meant here; found only as far as somebody looks through them. */
function* readable(bench: Workbench, place: Place): Generator<string> {
  for (const entity of bench.names.values()) {
    const isMeant =
      entity.kind === 'variable'
        ? place.purpose !== 'claim' || isReadByClaims(bench.variables[entity.variable])
        : entity.kind === 'unit' || (entity.kind === 'measure' && place.purpose === 'claim');
    if (isMeant) yield entity.name;
  }
}
