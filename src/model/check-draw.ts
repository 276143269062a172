/**
 * `draw normal(0, spread) every 4 week`: chance within an equation. Drawn at every instant of every future, so only
 * distributions whose quantile is a formula; their parameters are expressions like any other. And the names by which
 * all that is drawn is told apart.
 */
import { formatNumber } from '../base/number-format.ts';
import * as rational from '../base/rational.ts';
import { suggest } from '../base/suggest.ts';
import type { Expression as WrittenExpression } from '../language/tree.ts';
import { elementsAt, shapeOf, sizeOf } from './array-shape.ts';
import { daysOf } from './check-time.ts';
import { alike, asQuantity, inWords, isZero, PLAIN } from './check-types.ts';
import type { CheckedVariable } from './check-variables.ts';
import { drawsIn, findCollision, meetingSites, type NamedSite, siteName } from './draw-sites.ts';
import { constantValue, DRAWN_FAMILIES, type DrawnFamily, type Expression, type Type } from './expression.ts';
import { FAMILIES } from './families.ts';
import type { Cell } from './model.ts';
import { isDrawnEvent, partsOfEvent } from './model-of-events.ts';
import type { Place } from './read-name.ts';
import { isNumber } from './units.ts';
import { quote, report, UNKNOWN, type Workbench } from './workbench.ts';

type WrittenDraw = WrittenExpression & { readonly kind: 'draw' };

const isDrawn = (name: string): name is DrawnFamily => (DRAWN_FAMILIES as readonly string[]).includes(name);

/** `check` checks a parameter. */
export function checkDraw(
  bench: Workbench,
  written: WrittenDraw,
  place: Place,
  check: (part: WrittenExpression) => Expression,
): Expression {
  const { figure, span } = written;
  const fault: Expression = { kind: 'constant', value: 0, type: UNKNOWN, span };
  if (place.purpose !== 'equation') {
    report(bench, 'draw-outside-equation', span, {
      label: OUTSIDE[place.purpose],
      ...(place.purpose === 'start'
        ? { hint: 'Make what is uncertain at the beginning an input, and let the stock start from that.' }
        : place.purpose === 'deciding'
          ? { hint: 'Draw it in a `let`, and read that here.' }
          : {}),
    });
    return fault;
  }
  const family = familyOf(bench, written);
  const parameters = (
    figure.kind === 'named'
      ? figure.parameters
      : figure.outcomes.flatMap(({ value, share }) => [value, share])
  ).map(check);
  const steps = written.every === null ? 1 : stepsOf(bench, written.every);
  if (family === null || steps === null) return fault;
  const form = FAMILIES[family]?.parameters;
  if (figure.kind === 'named' && (form === undefined || parameters.length !== form.length)) {
    const shown =
      form === undefined ? '`discrete(1: 20%, 2: 80%)`' : `\`draw ${family}(${form.join(', ')})\``;
    report(bench, 'distribution-parameters', figure.span, {
      label:
        form === undefined
          ? '`discrete` lists values, each with its share behind a colon'
          : `here ${parameters.length === 1 ? 'is 1 parameter' : `are ${parameters.length} parameters`}`,
      hint: `Write ${shown}.`,
    });
    return fault;
  }
  const type = typeOfDraw(bench, family, parameters);
  if (type.kind === 'quantity') reportImpossible(bench, family, parameters, figure.span);
  return { kind: 'draw', family, parameters, steps, type, span };
}

const OUTSIDE: Readonly<Record<Exclude<Place['purpose'], 'equation'>, string>> = {
  deciding: 'what is weighed is worked out at every instant, and counts at few',
  start: 'a stock has one first value, before anything passes',
  measure: 'a measure looks at what came of a future',
  claim: 'a claim looks at what came of a future',
};

function familyOf(bench: Workbench, { figure }: WrittenDraw): DrawnFamily | null {
  const { text, span } = figure.name;
  if (isDrawn(text)) return text;
  const those = `In an equation can be drawn: ${DRAWN_FAMILIES.join(', ')}.`;
  if (FAMILIES[text] !== undefined) {
    report(bench, 'draw-not-closed', span, {
      label: `\`${text}\` is drawn for inputs only`,
      hint: `${those} What is fixed within a future can be an input with \`${text}\`.`,
    });
    return null;
  }
  const nearest = suggest(text, DRAWN_FAMILIES);
  report(bench, 'distribution-unknown', span, {
    label: `no distribution is called \`${text}\``,
    hint: nearest === null ? those : `Did you mean \`${nearest}\`?`,
  });
  return null;
}

/** How many steps a draw stands; null after a fault. */
function stepsOf(bench: Workbench, every: WrittenExpression): number | null {
  const length = daysOf(bench, every);
  const { time } = bench;
  if (length === null || time === null) return null;
  const steps = rational.toNumber(length) / time.step;
  const whole = Math.max(1, Math.round(steps));
  if (Math.abs(steps - whole) <= NEAR * whole) return whole;
  const step = time.text.split(' by ').at(-1) ?? '';
  report(bench, 'draw-length-not-whole', every.span, {
    label:
      steps > 0 ? `this is ${formatNumber(steps)} steps of ${step}` : 'this is no length of time that passes',
    hint: `The nearest length is \`${nearestLength(bench, time.step * whole, [quote(bench, every.span), step])}\`.`,
  });
  return null;
}

/** A share of a step that no text means. */
const NEAR = 1e-9;

/** So many days in the unit of one of the lengths that were written where that gives a short number, else in days. */
export function nearestLength(bench: Workbench, days: number, lengths: readonly string[]): string {
  for (const length of lengths) {
    const unit = /^[\d._]+\s+([a-z]\w*)$/i.exec(length)?.[1] ?? '';
    const factor = bench.units.get(unit)?.factor ?? null;
    const count = factor === null ? Number.NaN : days / rational.toNumber(factor);
    if (/^\d+(\.\d{1,3})?$/.test(String(count))) return `${count} ${unit}`;
  }
  return `${days} day`;
}

/** The common unit of what is in the unit of the result; reports what does not fit. */
function typeOfDraw(bench: Workbench, family: DrawnFamily, parameters: readonly Expression[]): Type {
  const names = FAMILIES[family]?.parameters;
  const plain = FAMILIES[family]?.plain ?? [];
  let whole: Expression | null = null;
  let fits = true;
  parameters.forEach((parameter, at) => {
    const type = asQuantity(bench, parameter);
    if (type.kind !== 'quantity') {
      fits = false;
      return;
    }
    // In a list of values every second one is a share.
    const isPlain = names === undefined ? at % 2 === 1 : plain.includes(names[at] ?? '');
    if (isPlain) {
      if (isNumber(type.dimension)) return;
      const what = names === undefined ? 'a share' : `the ${names[at]} of \`${family}\``;
      report(bench, 'distribution-parameters', parameter.span, {
        label: `${what} is a plain number; this is ${inWords(type)}`,
      });
      fits = false;
      return;
    }
    const common =
      whole === null
        ? type
        : alike(bench, whole, parameter, `The parameters of \`${family}\` need equal units`);
    if (common.kind === 'unknown') fits = false;
    // 0 fits every unit, so it cannot say which one is meant.
    if (whole === null || isZero(whole)) whole = parameter;
  });
  return fits ? ((whole as Expression | null)?.type ?? PLAIN) : UNKNOWN;
}

/** Parameters that are written numbers and give no distribution; others are watched while a future runs. */
function reportImpossible(
  bench: Workbench,
  family: DrawnFamily,
  parameters: readonly Expression[],
  span: Expression['span'],
): void {
  const values = parameters.map(constantValue);
  if (family === 'discrete') {
    const shares = values.filter((_, at) => at % 2 === 1);
    const below = parameters.find((_, at) => at % 2 === 1 && (values[at] ?? 0) < 0);
    if (below !== undefined)
      report(bench, 'distribution-parameters', below.span, { label: 'a share must not be below zero' });
    else if (shares.every((share) => share !== null)) {
      const sum = shares.reduce((so, share) => so + share, 0);
      if (Math.abs(sum - 1) <= NEAR) return;
      report(bench, 'distribution-parameters', span, {
        label: `the shares add up to ${formatNumber(sum * 100)} %`,
        hint: 'Together they are 100 %.',
      });
    }
    return;
  }
  const entry = FAMILIES[family];
  if (entry === undefined || !values.every((value) => value !== null)) return;
  const fault = entry.fault(values);
  if (fault === null) return;
  report(bench, 'distribution-parameters', span, {
    label: fault,
    hint: `The parameters are \`${family}(${entry.parameters.join(', ')})\`.`,
  });
}

/** Reports names that would draw the same numbers, among the inputs and among the draws of equations. */
export function checkSites(
  bench: Workbench,
  variables: readonly CheckedVariable[],
  cells: readonly Cell[],
): void {
  for (const sites of [inputSites(variables, cells), drawSites(bench, variables, cells)]) {
    const found = findCollision(sites);
    if (found === null) continue;
    const [before, site] = found;
    const [first, second] = [variables[before.variable]?.header, variables[site.variable]?.header];
    if (first === undefined || second === undefined) throw new Error('a site without its variable');
    report(bench, 'draws-collide', second.span, {
      label: `\`${site.name}\` draws the numbers of \`${before.name}\``,
      ...(first === second ? {} : { related: [{ span: first.span, label: 'declared here' }] }),
      hint: `Give \`${second.name}\` another name.`,
    });
  }
}

function* inputSites(variables: readonly CheckedVariable[], cells: readonly Cell[]): Generator<NamedSite> {
  for (const { variable, name } of cells) {
    if (variables[variable]?.body.kind === 'input') yield { name, variable };
  }
}

function* drawSites(
  bench: Workbench,
  variables: readonly CheckedVariable[],
  cells: readonly Cell[],
): Generator<NamedSite> {
  const draws = variables.map(({ body }) =>
    body.kind === 'equation'
      ? drawsIn(body.value)
      : body.kind === 'event'
        ? drawsIn(...partsOfEvent(body))
        : [],
  );
  for (const cell of cells) {
    const body = variables[cell.variable]?.body;
    if (body?.kind === 'event' && isDrawnEvent(body)) {
      const name = body.chance === null ? cell.name : `${cell.name} chance`;
      yield { name, variable: cell.variable };
    }
    if (body?.kind === 'decision')
      for (const name of meetingSites(cell, body.with !== null)) yield { name, variable: cell.variable };
    for (const placed of draws[cell.variable] ?? []) {
      const shape = shapeOf(bench.groups, placed.groups);
      for (let offset = 0; offset < sizeOf(shape); offset++) {
        const name = siteName(bench.groups, cell, placed, elementsAt(shape, offset));
        yield { name, variable: cell.variable };
      }
    }
  }
}
