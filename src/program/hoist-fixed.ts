/**
 * Rows of the step that work out the same number at every instant of a future: they hang on what a run gives and on
 * constants alone, and are worked out once, behind the starts. Nobody sees a difference: what a row writes stands in its
 * register from the first instant on, as it did before.
 */
import { joined, readsAny, registersOf, rowsOf, writtenOnce } from './operands.ts';
import { type Code, OPERATIONS, type Program } from './program.ts';

type Codes = Pick<Program, 'startCode' | 'stepCode' | 'initial'>;
type Around = Pick<Program, 'settleCode' | 'stocks' | 'memories' | 'histories' | 'clipped' | 'flows'> &
  Pick<Program, 'timeRegister' | 'instantRegister' | 'stageRegister' | 'firstRegister'>;

/** Registers in which the step itself must leave something: engines look for it at every instant. */
export function keptByStep({
  stocks,
  memories,
  histories,
  clipped,
  flows,
}: Pick<Around, 'stocks' | 'memories' | 'histories' | 'clipped' | 'flows'>): readonly number[] {
  const kept: number[] = [];
  for (const { level, next, emptyAfter } of stocks) kept.push(level, next, emptyAfter);
  for (const { held, next } of memories) kept.push(held, next);
  for (const register of histories) kept.push(register);
  for (const { register } of clipped) kept.push(register);
  for (const { asked, value } of flows) kept.push(asked, value);
  return kept;
}

export function hoistFixed(
  { startCode, stepCode, initial }: Codes,
  around: Around,
): Pick<Codes, 'startCode' | 'stepCode'> {
  const size = initial.length;
  const leftThere = registersOf(size, keptByStep(around), around.settleCode.target);
  const changing = registersOf(
    size,
    [around.timeRegister, around.instantRegister, around.stageRegister, around.firstRegister],
    keptByStep(around),
    around.settleCode.target,
    stepCode.target,
  );
  const once = writtenOnce(stepCode, size);
  const fixed: number[] = [];
  const rest: number[] = [];
  for (let row = 0; row < stepCode.length; row++) {
    const target = stepCode.target[row]!;
    // Most rows read what changes.
    const isFixed = !readsAny(stepCode, row, changing) && isPure(stepCode, row);
    if (isFixed && once.has(target) && !leftThere.has(target)) {
      fixed.push(row);
      changing.delete(target);
    } else rest.push(row);
  }
  return { startCode: joined(startCode, rowsOf(stepCode, fixed)), stepCode: rowsOf(stepCode, rest) };
}

/** What histories hold changes from instant to instant; everything else hangs on the operands alone. */
export const isPure = ({ operation }: Code, row: number): boolean => operation[row] !== RECALL;
const RECALL = OPERATIONS.indexOf('recall');
