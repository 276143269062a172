/**
 * A Program's instructions as statements of a language with infix signs, so that generated JavaScript and both forms of C
 * do the same work as the engine's module, row by row. What differs between the languages is in `Dialect`.
 */
import {
  type Code,
  givenRegisters,
  OPERATIONS,
  type Operation,
  type Program,
} from '../src/program/program.ts';
import { uncovered } from '../src/wasm/emit-step.ts';
import { placesOf } from '../src/wasm/places.ts';
import { surelyFinite } from '../src/wasm/surely-finite.ts';

/** How a language says what instructions do; texts in, text out. */
export type Dialect = {
  readonly declareNumber: string;
  readonly declareTruth: string;
  readonly number: (value: number) => string;
  /** 1 or 0 of a yes or no, and whether a number is not 0. */
  readonly numberOf: (truth: string) => string;
  readonly truthOf: (number: string) => string;
  readonly not: (truth: string) => string;
  readonly both: (left: string, right: string) => string;
  readonly either: (left: string, right: string) => string;
  readonly select: (truth: string, then: string, otherwise: string) => string;
  readonly lookup: (table: number, x: string) => string;
  readonly recall: (history: number, ago: string, early: string) => string;
  readonly uniform: (occurrence: string, site: number) => string;
  readonly power: (base: string, exponent: string, constant: number | null) => string;
  readonly plain: (operation: Operation, a: string, b: string) => string;
};

/** What emission needs to know of a program, found once. */
export type Plan = {
  readonly program: Program;
  /** What a register always holds; null where it changes. */
  readonly constant: (register: number) => number | null;
  /** Registers that something writes or a run gives: those that need a name. */
  readonly named: readonly number[];
  /** Of what a step works out, what must be looked at to know that all of it is finite. */
  readonly checked: readonly number[];
  /** The same for what only a start works out. */
  readonly checkedAtStart: readonly number[];
};

export function planOf(program: Program): Plan {
  const { stepCode, startCode, settleCode, variables } = program;
  const places = placesOf(program, [[0, stepCode.length]], [[0, settleCode.length]]);
  const written = new Set([...stepCode.target, ...(program.method === 'rk4' ? settleCode.target : [])]);
  const carried = new Set(program.stocks.map(({ level }) => level));
  const sure = surelyFinite(program);
  const changing = variables
    .map(({ register }) => register)
    .filter((one) => (written.has(one) || carried.has(one)) && !sure.has(one));
  const special = [
    program.timeRegister,
    program.instantRegister,
    program.stageRegister,
    program.firstRegister,
  ];
  const named = new Set([
    ...special,
    ...givenRegisters(program),
    ...startCode.target,
    ...written,
    ...carried,
    ...program.memories.flatMap(({ held, next }) => [held, next]),
  ]);
  const isNamed = (register: number): boolean => named.has(register);
  return {
    program,
    constant: (register) => (isNamed(register) ? null : places.constant(register)),
    named: [...named],
    checked: uncovered(stepCode, changing, 0, stepCode.length),
    checkedAtStart: variables
      .map(({ register }) => register)
      .filter((one) => isNamed(one) && !written.has(one) && !carried.has(one)),
  };
}

/**
 * Statements for the rows `from` … `to`−1. A register written for the first time here is declared unless `isDeclared`
 * says that it has been; `nameOf` gives the name under which a register is known.
 */
export function statementsOf(
  plan: Plan,
  code: Code,
  [from, to]: readonly [number, number],
  dialect: Dialect,
  nameOf: (register: number) => string,
): readonly string[] {
  const lines: string[] = [];
  /** Registers whose last value is a yes or no, by the name that it has. */
  const truths = new Map<number, string>();
  const operand = (register: number): string => {
    const fixed = plan.constant(register);
    return fixed === null ? nameOf(register) : dialect.number(fixed);
  };
  const truth = (register: number): string => truths.get(register) ?? dialect.truthOf(operand(register));
  let count = 0;
  for (let row = from; row < to; row++) {
    const operation = OPERATIONS[code.operation[row] ?? 0];
    const [a, b, c] = [code.a[row] ?? 0, code.b[row] ?? 0, code.c[row] ?? 0];
    const target = code.target[row] ?? 0;
    if (operation === undefined) throw new Error('an instruction without an operation');
    const put = (value: string): void => {
      truths.delete(target);
      lines.push(`${nameOf(target)} = ${value};`);
    };
    const putTruth = (value: string): void => {
      const name = `${nameOf(target)}_${count++}`;
      lines.push(`${dialect.declareTruth} ${name} = ${value};`);
      put(dialect.numberOf(name));
      truths.set(target, name);
    };
    const known = (register: number, what: string): number => {
      const fixed = plan.constant(register);
      if (fixed === null) throw new Error(`an instruction without its ${what}`);
      return fixed;
    };
    switch (operation) {
      case 'copy': {
        const own = truths.get(a);
        put(operand(a));
        if (own !== undefined) truths.set(target, own);
        break;
      }
      case 'less':
      case 'less or equal':
        putTruth(dialect.plain(operation, operand(a), operand(b)));
        break;
      case 'and':
        putTruth(dialect.both(truth(a), truth(b)));
        break;
      case 'or':
        putTruth(dialect.either(truth(a), truth(b)));
        break;
      case 'not':
        putTruth(dialect.not(truth(a)));
        break;
      case 'select':
        put(dialect.select(truth(a), operand(b), operand(c)));
        break;
      case 'lookup':
        put(dialect.lookup(known(b, 'table'), operand(a)));
        break;
      case 'recall':
        put(dialect.recall(known(b, 'history'), operand(a), operand(c)));
        break;
      // Nothing is drawn a second time here.
      case 'uniform':
        put(dialect.uniform(operand(a), known(b, 'site')));
        break;
      case 'power':
        put(dialect.power(operand(a), operand(b), plan.constant(b)));
        break;
      default:
        put(dialect.plain(operation, operand(a), operand(b)));
    }
  }
  return lines;
}

/** Operations that C and JavaScript write with the same signs. */
export function signOf(operation: Operation, a: string, b: string): string | null {
  switch (operation) {
    case 'add':
      return `${a} + ${b}`;
    case 'subtract':
      return `${a} - ${b}`;
    case 'multiply':
      return `${a} * ${b}`;
    case 'divide':
      return `${a} / ${b}`;
    case 'negate':
      return `-${a}`;
    case 'less':
      return `${a} < ${b}`;
    case 'less or equal':
      return `${a} <= ${b}`;
    default:
      return null;
  }
}
