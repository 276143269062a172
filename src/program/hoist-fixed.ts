/**
 * Rows of the step that work out the same number at every instant of a future: they hang on what a run gives and on
 * constants alone, and are worked out once, behind the starts. Nobody sees a difference: what a row writes stands in its
 * register from the first instant on, as it did before.
 */
import { joined, readsAny, rowsOf, writtenOnce } from './operands.ts';
import { type Code, OPERATIONS, type Program } from './program.ts';

type Codes = Pick<Program, 'startCode' | 'stepCode'>;
type Around = Pick<Program, 'settleCode' | 'stocks' | 'memories' | 'histories' | 'clipped' | 'flows'> &
  Pick<Program, 'timeRegister' | 'instantRegister' | 'stageRegister' | 'firstRegister'>;

/** Registers in which the step itself must leave something: engines look for it at every instant. */
export const keptByStep = ({ stocks, memories, histories, clipped, flows }: Around): ReadonlySet<number> =>
  new Set([
    ...stocks.flatMap(({ level, next, emptyAfter }) => [level, next, emptyAfter]),
    ...memories.flatMap(({ held, next }) => [held, next]),
    ...histories,
    ...clipped.map(({ register }) => register),
    ...flows.flatMap(({ asked, value }) => [asked, value]),
  ]);

export function hoistFixed({ startCode, stepCode }: Codes, around: Around): Codes {
  const changing = new Set([
    around.timeRegister,
    around.instantRegister,
    around.stageRegister,
    around.firstRegister,
    ...keptByStep(around),
    ...around.settleCode.target,
    ...stepCode.target,
  ]);
  const once = writtenOnce(stepCode);
  const kept = keptByStep(around);
  const settled = new Set(around.settleCode.target);
  const [fixed, rest]: [number[], number[]] = [[], []];
  for (let row = 0; row < stepCode.length; row++) {
    const target = stepCode.target[row] ?? 0;
    const isOwn = once.has(target) && !kept.has(target) && !settled.has(target);
    if (isOwn && isPure(stepCode, row) && !readsAny(stepCode, row, changing)) {
      fixed.push(row);
      changing.delete(target);
    } else rest.push(row);
  }
  return { startCode: joined(startCode, rowsOf(stepCode, fixed)), stepCode: rowsOf(stepCode, rest) };
}

/** What histories hold changes from instant to instant; everything else hangs on the operands alone. */
export const isPure = (code: Code, row: number): boolean => OPERATIONS[code.operation[row] ?? 0] !== 'recall';
