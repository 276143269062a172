/**
 * Inputs, stocks, flows and lets: first their headers (name, group, declared unit), so that an equation may read
 * what is declared further down; then their bodies.
 */
import * as rational from '../base/rational.ts';
import { stronglyConnected } from '../base/strongly-connected.ts';
import type {
  DecisionDeclaration,
  DefinitionDeclaration,
  EquationDeclaration,
  EventDeclaration,
  InputDeclaration,
  LeverDeclaration,
  SeriesDeclaration,
  StockDeclaration,
  TieDeclaration,
} from '../language/tree.ts';
import { constantIn, namesIn } from './check-constant.ts';
import { checkDecision } from './check-decisions.ts';
import { namesSet } from './check-effects.ts';
import { checkEstimates } from './check-estimates.ts';
import { type CheckedEvent, checkEvent } from './check-events.ts';
import { checkExpression } from './check-expression.ts';
import { checkLever, type LeverRange } from './check-levers.ts';
import { readableLoops, readLoops, requireNames } from './check-loops.ts';
import { checkMeanings, meaningsOf } from './check-meanings.ts';
import { type CheckedSeries, checkSeries } from './check-series.ts';
import { checkTie } from './check-ties.ts';
import { BOOLEAN, PLAIN, unitOfType } from './check-types.ts';
import { expectDeclared, isLiteral } from './expect-declared.ts';
import type { Expression, Type } from './expression.ts';
import { type Dates, type Estimate, isGiven } from './model.ts';
import type { DecisionBody } from './model-of-decisions.ts';
import type { TieBody } from './model-of-ties.ts';
import type { Place } from './read-name.ts';
import { unitShown } from './unit-shown.ts';
import { combine, type Dimension, NUMBER, TIME, UNKNOWN_UNIT, type Unit } from './units.ts';
import {
  declareName,
  isBroken,
  isHeadBroken,
  readUnit,
  report,
  UNKNOWN,
  type VariableHeader,
  type Workbench,
} from './workbench.ts';

export type VariableDeclaration =
  | InputDeclaration
  | LeverDeclaration
  | SeriesDeclaration
  | StockDeclaration
  | EquationDeclaration<'flow'>
  | EquationDeclaration<'let'>
  | DefinitionDeclaration
  | EventDeclaration
  | DecisionDeclaration
  | TieDeclaration;

/** A variable whose body is checked too; the layout of its cells comes later. */
export type CheckedVariable = {
  readonly header: VariableHeader;
  readonly declaration: VariableDeclaration;
  readonly type: Type;
  readonly unit: Unit;
  readonly body: /** `sound` where nothing was wrong with the estimates. */
    | {
        readonly kind: 'input';
        readonly estimates: readonly Estimate[];
        readonly dates: Dates | null;
        readonly sound: boolean;
      }
    | ({ readonly kind: 'lever'; readonly value: number } & LeverRange)
    | ({ readonly kind: 'series' } & CheckedSeries)
    | ({ readonly kind: 'event' } & CheckedEvent)
    | { readonly kind: 'stock'; readonly start: Expression }
    | { readonly kind: 'equation'; readonly value: Expression }
    | ({ readonly kind: 'decision' } & DecisionBody)
    | ({ readonly kind: 'tie' } & TieBody)
    | { readonly kind: 'definition'; readonly meanings: readonly number[]; readonly value: Expression };
};

const VARIABLE_KINDS: readonly string[] = [
  'input',
  'lever',
  'series',
  'stock',
  'flow',
  'let',
  'definition',
  'event',
  'decision',
  'tie',
];

export const variableDeclarations = (bench: Workbench): readonly VariableDeclaration[] =>
  bench.tree.declarations.filter((declaration): declaration is VariableDeclaration =>
    VARIABLE_KINDS.includes(declaration.kind),
  );

/** What takes its unit from what it is, where none is declared. */
const TAKES_UNIT: readonly string[] = ['let', 'definition', 'event', 'decision'];

/** Declares the names of all variables; gives the declarations whose names were free. */
export function declareVariables(bench: Workbench): readonly VariableDeclaration[] {
  const kept: VariableDeclaration[] = [];
  const set = namesSet(bench);
  for (const declaration of variableDeclarations(bench)) {
    const { name } = declaration;
    const variable = bench.variables.length;
    if (!declareName(bench, { kind: 'variable', name: name.text, span: name.span, variable })) continue;
    // Which option of a decision stands is a number to the engines alone.
    const written = declaration.kind === 'decision' ? null : declaration.unit;
    const unit = written === null ? null : readUnit(bench, written);
    const missing = written === null && !TAKES_UNIT.includes(declaration.kind);
    if (missing && !isBroken(bench, declaration.span)) {
      report(bench, 'unit-missing', name.span, {
        label: `in what is \`${name.text}\` counted?`,
        hint: `Write \`${declaration.kind} ${name.text}: UNIT\`; a share of a whole is \`share\`, a plain number \`1\`.`,
      });
    }
    const broken = isHeadBroken(bench, declaration.span);
    const faulty = missing || broken || (written !== null && unit === null);
    const type: Type | null =
      declaration.kind === 'event'
        ? BOOLEAN
        : declaration.kind === 'decision'
          ? PLAIN
          : unit !== null
            ? { kind: 'quantity', dimension: unit.dimension }
            : faulty
              ? UNKNOWN
              : null;
    const axes = readLoops(bench, declaration.axes, []);
    // Nothing that is given is worked out, and a definition takes its meanings whole: no index of their own is read.
    // Of a tie only a start that reads arrays asks for them.
    const isNamed = isGiven(declaration.kind) || ['definition', 'tie'].includes(declaration.kind);
    if (!isNamed) requireNames(bench, axes);
    bench.variables.push({
      name: name.text,
      kind: declaration.kind,
      axes,
      type,
      unit,
      isDated:
        declaration.kind === 'input' &&
        declaration.estimates.some((one) => one.kind === 'line' && one.dated !== null),
      isSet: set.has(name.text),
      isShapeless: axes.some(({ group }) => group === null) || (axes.length === 0 && broken),
      ...(declaration.kind === 'decision' ? { options: declaration.options.map((one) => one.name) } : {}),
      span: name.span,
    });
    kept.push(declaration);
  }
  return kept;
}

export function checkVariables(
  bench: Workbench,
  declarations: readonly VariableDeclaration[],
  asOf: number | null,
): readonly CheckedVariable[] {
  const values = new Map<number, Expression>();
  const underWay = new Set<number>();
  // A `let` without a unit takes its equation's, which may read further such lets: worked out on first need. Where
  // they go round in a circle the type stays unknown here, and the order of equations reports the circle.
  const equationOf = (variable: number): Expression => {
    const known = values.get(variable);
    if (known !== undefined) return known;
    const declaration = declarations[variable];
    const header = bench.variables[variable];
    const isWorkedOut =
      declaration?.kind === 'flow' || declaration?.kind === 'let' || declaration?.kind === 'definition';
    if (header === undefined || !isWorkedOut)
      throw new Error('an equation asked of a variable that has none');
    underWay.add(variable);
    const value =
      declaration.kind === 'definition'
        ? checkMeanings(bench, declaration, header, variable)
        : checkEquation(bench, declaration, header);
    underWay.delete(variable);
    values.set(variable, value);
    if (header.type === null) header.type = value.type;
    if (header.unit === null) header.shown = unitShown(bench, value);
    return value;
  };
  bench.inferLet = (variable) => (underWay.has(variable) ? UNKNOWN : equationOf(variable).type);
  for (const variable of inferenceOrder(bench, declarations)) equationOf(variable);

  return declarations.map((declaration, variable): CheckedVariable => {
    const header = bench.variables[variable];
    if (header === undefined) throw new Error('a variable without its header');
    const unit = header.unit ?? UNKNOWN_UNIT;
    if (declaration.kind === 'input') {
      const checked = checkEstimates(bench, declaration, unit, header, asOf);
      return { header, declaration, type: header.type ?? UNKNOWN, unit, body: { kind: 'input', ...checked } };
    }
    if (declaration.kind === 'lever') {
      const range = checkLever(bench, declaration, unit);
      return { header, declaration, type: header.type ?? UNKNOWN, unit, body: { kind: 'lever', ...range } };
    }
    if (declaration.kind === 'series') {
      const body = { kind: 'series', ...checkSeries(bench, declaration, header, unit) } as const;
      return { header, declaration, type: header.type ?? UNKNOWN, unit, body };
    }
    if (declaration.kind === 'event') {
      const body = { kind: 'event', ...checkEvent(bench, declaration, header) } as const;
      return { header, declaration, type: BOOLEAN, unit: NUMBER, body };
    }
    if (declaration.kind === 'decision') {
      const body = { kind: 'decision', ...checkDecision(bench, declaration, header) } as const;
      return { header, declaration, type: PLAIN, unit: NUMBER, body };
    }
    if (declaration.kind === 'tie') {
      const body = { kind: 'tie', ...checkTie(bench, declaration, header, unit) } as const;
      return { header, declaration, type: header.type ?? UNKNOWN, unit, body };
    }
    if (declaration.kind === 'stock') {
      const start = checkStart(bench, declaration, header, unit);
      return { header, declaration, type: header.type ?? UNKNOWN, unit, body: { kind: 'stock', start } };
    }
    const value = equationOf(variable);
    if (declaration.kind === 'definition') {
      const meanings = meaningsOf(value);
      const first = bench.variables[meanings[0] ?? -1]?.unit;
      const unit = header.unit ?? first ?? unitOfType(value.type);
      const body = { kind: 'definition', meanings, value } as const;
      return { header, declaration, type: header.type ?? value.type, unit, body };
    }
    const shown = header.unit ?? header.shown ?? unitOfType(value.type);
    return {
      header,
      declaration,
      type: header.type ?? value.type,
      unit: shown,
      body: { kind: 'equation', value },
    };
  });
}

/** The lets without a unit, what they read before them: a long chain of them must not nest one check in another. */
function inferenceOrder(bench: Workbench, declarations: readonly VariableDeclaration[]): readonly number[] {
  const isOpen = (variable: number): boolean => bench.variables[variable]?.type === null;
  const read = declarations.map((declaration, variable) =>
    isOpen(variable)
      ? namesOf(declaration).flatMap((name) => {
          const entity = bench.names.get(name);
          return entity?.kind === 'variable' && isOpen(entity.variable) ? [entity.variable] : [];
        })
      : [],
  );
  return stronglyConnected(declarations.length, (variable) => read[variable] ?? [])
    .flat()
    .filter(isOpen);
}

function namesOf(declaration: VariableDeclaration): readonly string[] {
  if (declaration.kind === 'definition') return declaration.meanings.map(({ text }) => text);
  return declaration.kind === 'let' ? namesIn(declaration.value) : [];
}

function checkEquation(
  bench: Workbench,
  declaration: EquationDeclaration<'flow' | 'let'>,
  header: VariableHeader,
): Expression {
  const place: Place = { purpose: 'equation', loops: readableLoops(header.axes), lintNumbers: true };
  const value = checkExpression(bench, declaration.value, place);
  expectDeclared(bench, value, declaration.name, declaration.unit, header.type);
  if (declaration.kind === 'let' && header.type === null && value.type.kind === 'instant') {
    report(bench, 'number-expected', value.span, {
      label: 'a variable holds a quantity or a yes or no, not a date',
    });
  }
  return value;
}

function checkStart(
  bench: Workbench,
  declaration: StockDeclaration,
  header: VariableHeader,
  unit: Unit,
): Expression {
  const span = declaration.start.span;
  if (isLiteral(declaration.start)) {
    const value = constantIn(bench, declaration.start, unit);
    if (value !== null && value.n < 0n && declaration.signed === null)
      report(bench, 'start-below-zero', span, { label: 'this is less than nothing' });
    else if (value !== null && unit.text === 'share' && rational.compare(value, rational.ONE) > 0)
      report(bench, 'share-out-of-range', span, { label: 'this is more than 100 %' });
    return {
      kind: 'constant',
      value: value === null ? 0 : rational.toNumber(value),
      type: header.type ?? UNKNOWN,
      span,
    };
  }
  const place: Place = { purpose: 'start', loops: readableLoops(header.axes), lintNumbers: true };
  const start = checkExpression(bench, declaration.start, place);
  expectDeclared(bench, start, declaration.name, declaration.unit, header.type);
  return start;
}

/** What a flow of a stock in this unit is counted in. */
export const rateOf = (dimension: Dimension): Dimension => combine(dimension, TIME, -1);
