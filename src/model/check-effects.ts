/**
 * Effects: what is moved is a stock or a tie, what is set an input or a tie, and the units fit. A move of a stock becomes a flow with a name of its
 * own, so that it is wired, rationed, counted and told like any other.
 */
import * as rational from '../base/rational.ts';
import type { FlowDeclaration, Name, Effect as WrittenEffect } from '../language/tree.ts';
import { checkExpression } from './check-expression.ts';
import { asQuantity, inWords, isZero, quantity, unitMend } from './check-types.ts';
import type { CheckedVariable } from './check-variables.ts';
import { type Expression, walk } from './expression.ts';
import { isGiven } from './model.ts';
import { type Effect, keptOf, type MoveEffect, type TieEffect } from './model-of-effects.ts';
import { readIndices } from './read-indices.ts';
import type { Place } from './read-name.ts';
import { isBetweenTwo } from './tie-readings.ts';
import { combine, sameDimension, TIME, type Unit } from './units.ts';
import {
  describeEntity,
  type Loop,
  quote,
  report,
  reportUnknown,
  UNKNOWN,
  type VariableHeader,
  type Workbench,
} from './workbench.ts';

export const checkEffects = (
  bench: Workbench,
  effects: readonly WrittenEffect[],
  place: Place,
): readonly Effect[] =>
  effects.flatMap((effect): readonly Effect[] => {
    const checked = effect.kind === 'sets' ? checkSet(bench, effect, place) : checkMove(bench, effect, place);
    return checked === null ? [] : [checked];
  });

/** The names that some line `sets`. */
export const namesSet = ({ tree }: Workbench): ReadonlySet<string> =>
  new Set(
    tree.declarations
      .flatMap((one) =>
        one.kind === 'event'
          ? one.effects
          : one.kind === 'decision'
            ? one.options.flatMap(({ effects }) => effects)
            : [],
      )
      .flatMap((effect) => (effect.kind === 'sets' ? [effect.target.name.text] : [])),
  );

/** Reports a target of another kind; null where there is none. */
function targetOf(
  bench: Workbench,
  { kind, target }: WrittenEffect,
): { readonly header: VariableHeader; readonly variable: number } | null {
  const { name } = target;
  const wanted = kind === 'sets' ? 'input' : 'stock';
  const isFit = (one: VariableHeader): boolean => one.kind === wanted || one.kind === 'tie';
  const entity = bench.names.get(name.text);
  if (entity === undefined) {
    const names = bench.variables.filter(isFit).map((one) => one.name);
    reportUnknown(bench, 'name-unknown', name, names, `${wanted} or tie`);
    return null;
  }
  const header = entity.kind === 'variable' ? bench.variables[entity.variable] : undefined;
  if (entity.kind === 'variable' && header !== undefined && isFit(header))
    return { header, variable: entity.variable };
  const isNumber = header !== undefined && ['let', 'definition', 'flow', 'series'].includes(header.kind);
  report(bench, 'effect-target', name.span, {
    label: `\`${name.text}\` is ${describeEntity(bench, entity)}`,
    hint:
      kind === 'sets'
        ? isNumber
          ? `Let \`${name.text}\` read an input that is set, or ask in its equation whether the event is active.`
          : header?.kind === 'stock'
            ? `A stock is moved, not set: \`adds … to ${name.text}\` or \`takes … from ${name.text}\`.`
            : 'Name an input or a tie.'
        : header?.kind === 'input'
          ? `An input is set: \`sets ${name.text} to …\`.`
          : 'Name a stock or a tie.',
  });
  return null;
}

function indicesOf(
  bench: Workbench,
  { target }: WrittenEffect,
  header: VariableHeader,
  place: Place,
): MoveEffect['indices'] | null {
  if (header.isShapeless) return null;
  const indices = target.kind === 'index' ? target.indices : [];
  const found = readIndices(bench, { name: target.name, axes: header.axes, indices }, place.loops);
  return found !== null && isBetweenTwo(bench, header, found, target.span) ? found : null;
}

function checkMove(
  bench: Workbench,
  effect: WrittenEffect & { kind: 'adds' | 'takes' },
  place: Place,
): MoveEffect | TieEffect | null {
  const amount = checkExpression(bench, effect.amount, place);
  const found = targetOf(bench, effect);
  if (found === null) {
    asQuantity(bench, amount);
    return null;
  }
  expectUnit(bench, amount, effect, found.header);
  const indices = indicesOf(bench, effect, found.header, place);
  if (indices === null) return null;
  const value = constantOf(amount);
  if (value !== null && value < 0)
    report(bench, 'effect-below-zero', amount.span, {
      label: 'this is less than nothing',
      hint: `Write \`${effect.kind === 'adds' ? 'takes … from' : 'adds … to'} ${effect.target.name.text}\`.`,
    });
  if (found.header.kind === 'tie') return tieEffect(effect, found.variable, indices, amount);
  const sign = effect.kind === 'adds' ? '+' : '-';
  return { kind: 'move', sign, stock: found.variable, indices, amount, span: effect.span };
}

const tieEffect = (
  { kind: word, span }: WrittenEffect,
  tie: number,
  indices: TieEffect['indices'],
  amount: Expression,
): TieEffect => ({ kind: 'tie', word, tie, indices, amount, span });

const constantOf = (expression: Expression): number | null =>
  expression.kind === 'constant'
    ? expression.value
    : expression.kind === 'negate' && expression.operand.kind === 'constant'
      ? -expression.operand.value
      : null;

function checkSet(bench: Workbench, effect: WrittenEffect & { kind: 'sets' }, place: Place): Effect | null {
  const value = checkExpression(bench, effect.value, place);
  const found = targetOf(bench, effect);
  if (found === null) return null;
  expectUnit(bench, value, effect, found.header);
  const isTie = found.header.kind === 'tie';
  if (!isTie && !readsWhatIsGiven(bench, value)) return null;
  const indices = indicesOf(bench, effect, found.header, place);
  if (isTie && indices !== null) return tieEffect(effect, found.variable, indices, value);
  return indices === null ? null : { kind: 'set', input: found.variable, indices, value, span: effect.span };
}

function expectUnit(bench: Workbench, part: Expression, effect: WrittenEffect, header: VariableHeader): void {
  const type = asQuantity(bench, part);
  const wanted = header.type ?? UNKNOWN;
  if (type.kind !== 'quantity' || wanted.kind !== 'quantity' || isZero(part)) return;
  if (sameDimension(type.dimension, wanted.dimension)) return;
  const unit = header.unit?.text ?? '';
  // The commonest slip: what flows in a length of time, where an amount is moved at once.
  const isRate = sameDimension(type.dimension, combine(wanted.dimension, TIME, -1));
  const mend = unitMend(wanted.dimension, type.dimension, quote(bench, part.span), unit || null);
  report(bench, 'unit-mismatch', part.span, {
    label: `this is ${inWords(type)}`,
    related: [{ span: header.span, label: `\`${effect.target.name.text}\` is ${inWords(wanted)}` }],
    reason: isRate
      ? 'An event moves an amount at once; what goes on for a time is a flow that reads whether the event is active.'
      : 'What is moved or set has the unit of where it goes.',
    hint: `${mend.charAt(0).toUpperCase()}${mend.slice(1)}`,
  });
}

/** Whether a value reads inputs, levers and constants only: it holds as long as the input is set. */
function readsWhatIsGiven(bench: Workbench, value: Expression): boolean {
  let other: Expression | null = null;
  walk(value, (part) => {
    const isOther =
      part.kind === 'variable'
        ? !isGiven(bench.variables[part.variable]?.kind)
        : ['state', 'time', 'delay', 'draw', 'meant'].includes(part.kind);
    if (isOther) other ??= part;
  });
  const found = other as Expression | null;
  if (found === null) return true;
  report(bench, 'effect-reads', found.span, {
    label: `\`${quote(bench, found.span)}\` changes while the input is set`,
  });
  return false;
}

// --- the flows that moves are -----------------------------------------------------------------------------------

/** Whatever has effects, with the numbers of the states in which its moves are kept. */
export type Mover = {
  readonly variable: number;
  /** For the names of its flows: `strike`, `china by arms`. */
  readonly name: Name;
  readonly axes: readonly Loop[];
  readonly effects: readonly Effect[];
  readonly firstState: number;
};

/** A flow that a move is, and the stock that it fills or drains. */
export type Wire = { readonly flow: number; readonly move: MoveEffect };

/** Puts a flow for each move behind the variables, whose headers are the workbench's, and says where it runs. */
export function flowsOfMoves(
  bench: Workbench,
  variables: readonly CheckedVariable[],
  movers: readonly Mover[],
): { readonly flows: readonly CheckedVariable[]; readonly wires: readonly Wire[] } {
  const flows: CheckedVariable[] = [];
  const wires: Wire[] = [];
  const taken = new Set<string>();
  const step = bench.time?.step ?? 1;
  for (const { variable, name, axes, effects, firstState } of movers) {
    keptOf(effects).forEach(({ effect: move }, number) => {
      if (move.kind !== 'move') return;
      const stock = variables[move.stock];
      if (stock === undefined || stock.type.kind !== 'quantity') return;
      const dimension = combine(stock.type.dimension, TIME, -1);
      const type = quantity(dimension);
      const { span } = move;
      const state: Expression = {
        kind: 'state',
        variable,
        indices: axes.map((_, loop) => ({ kind: 'each', loop })),
        state: firstState + number,
        type: stock.type,
        span,
      };
      const length: Expression = { kind: 'constant', value: step, type: quantity(TIME), span };
      const value: Expression = { kind: 'divide', left: state, right: length, type, span };
      const flowName = freeName(taken, `${stock.header.name} by ${name.text}`);
      const declared = { text: flowName, span };
      const header: VariableHeader = {
        name: flowName,
        kind: 'flow',
        axes,
        type,
        unit: perDay(stock.unit, dimension),
        isDated: false,
        isSet: false,
        isShapeless: false,
        span,
      };
      wires.push({ flow: bench.variables.length, move });
      bench.variables.push(header);
      const declaration = flowDeclaration(declared, move, `${stock.header.name}, ${name.text}`);
      flows.push({
        header,
        declaration,
        type,
        unit: header.unit ?? stock.unit,
        body: { kind: 'equation', value },
      });
    });
  }
  return { flows, wires };
}

const perDay = (unit: Unit, dimension: Unit['dimension']): Unit => ({
  text: `${unit.text === '' ? '1' : unit.text}/day`,
  dimension,
  factor: unit.factor ?? rational.ONE,
});

function freeName(taken: Set<string>, wanted: string): string {
  let name = wanted;
  for (let number = 2; taken.has(name); number++) name = `${wanted} (${number})`;
  taken.add(name);
  return name;
}

/** What stands for a declaration that nobody wrote. */
const flowDeclaration = (name: Name, { span }: MoveEffect, label: string): FlowDeclaration => ({
  kind: 'flow',
  span,
  keyword: span,
  name,
  axes: [],
  unit: null,
  label: { value: label, span },
  twoWay: null,
  value: { kind: 'name', name, span },
});
