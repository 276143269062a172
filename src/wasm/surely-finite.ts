/**
 * Registers that can hold nothing but finite numbers, whatever a run gives: yes and no, what is chosen among finite
 * numbers, times, counts. Nobody need look whether they are finite.
 */
import { type Registers, registersOf } from '../program/operands.ts';
import { type Code, OPERATIONS, type Program } from '../program/program.ts';

const MOST_PASSES = 6;

export function surelyFinite(program: Program): Pick<Registers, 'has'> {
  const { stepCode: code, startCode, settleCode, initial, memories, stocks } = program;
  const size = initial.length;
  const levels = stocks.map(({ level }) => level);
  const elsewhere = registersOf(size, startCode.target, settleCode.target, levels);
  const written = registersOf(size, code.target);
  // What is kept from instant to instant is finite as long as what is put into it is: assumed first, and then looked at.
  let held = memories.filter(
    ({ held: one }) => !elsewhere.has(one) && !written.has(one) && Number.isFinite(initial[one]),
  );
  const kept = memories.map((memory) => memory.held);
  const given = program.inputs.flatMap(({ register, knots }) => [register, ...knots]);
  const changing = registersOf(size, startCode.target, settleCode.target, levels, code.target, kept, given);
  const constants = registersOf(size, [program.timeRegister, program.instantRegister]);
  for (let register = 0; register < size; register++)
    if (!changing.has(register) && Number.isFinite(initial[register])) constants.add(register);
  for (let pass = 1; ; pass++) {
    const truths = registersOf(size);
    const sure = registersOf(
      size,
      held.map((memory) => memory.held),
    );
    const isSure = (register: number): boolean =>
      sure.marks[register] === 1 || constants.marks[register] === 1;
    const doubtful = registersOf(size);
    for (let row = 0; row < code.length; row++) {
      const target = code.target[row]!;
      const isTruth = isTruthRow(code, row, truths);
      if (isTruth || isSureRow(code, row, isSure, truths)) {
        if (doubtful.marks[target] === 0) sure.marks[target] = 1;
      } else {
        sure.marks[target] = 0;
        doubtful.marks[target] = 1;
      }
      truths.marks[target] = isTruth ? sure.marks[target]! : 0;
    }
    const upheld = held.filter(({ next }) => isSure(next));
    if (upheld.length === held.length) return sure;
    // One refutation may lead to the next; where that goes on for long the rest is let go.
    held = pass < MOST_PASSES ? upheld : [];
  }
}

/** Whether an operation gives a yes or no, by its number. */
const TRUTHS: readonly boolean[] = OPERATIONS.map((name) =>
  ['less', 'less or equal', 'and', 'or', 'not'].includes(name),
);
const COPY = OPERATIONS.indexOf('copy');

function isTruthRow({ operation, a }: Code, row: number, truths: Registers): boolean {
  const own = operation[row]!;
  return TRUTHS[own]! || (own === COPY && truths.marks[a[row]!] === 1);
}

function isSureRow(
  { operation, a, b, c }: Code,
  row: number,
  isSure: (register: number) => boolean,
  truths: Registers,
): boolean {
  switch (OPERATIONS[operation[row]!]) {
    case 'copy':
    case 'negate':
    case 'absolute':
      return isSure(a[row]!);
    // 1 is too little to carry a finite number beyond the last one.
    case 'add':
      return (isSure(a[row]!) && truths.has(b[row]!)) || (truths.has(a[row]!) && isSure(b[row]!));
    case 'minimum':
    case 'maximum':
      return isSure(a[row]!) && isSure(b[row]!);
    case 'select':
      return isSure(b[row]!) && isSure(c[row]!);
    default:
      return false;
  }
}
