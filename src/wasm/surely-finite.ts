/**
 * Registers that can hold nothing but finite numbers, whatever a run gives: yes and no, what is chosen among finite
 * numbers, times, counts. Nobody need look whether they are finite.
 */
import { registersOf } from '../program/operands.ts';
import { type Code, OPERATIONS, type Program } from '../program/program.ts';

const MOST_PASSES = 6;

export function surelyFinite(program: Program): ReadonlySet<number> {
  const { stepCode: code, startCode, settleCode, initial, memories, stocks } = program;
  const elsewhere = registersOf(
    initial.length,
    startCode.target,
    settleCode.target,
    stocks.map(({ level }) => level),
  );
  const written = registersOf(initial.length, code.target);
  const nexts = new Map(memories.map(({ held, next }) => [held, next]));
  // What is kept from instant to instant is finite as long as what is put into it is: assumed first, and then looked at.
  const held = new Set(
    memories
      .map((memory) => memory.held)
      .filter((one) => !elsewhere.has(one) && !written.has(one) && Number.isFinite(initial[one])),
  );
  const given = new Set(program.inputs.flatMap(({ register, knots }) => [register, ...knots]));
  for (let pass = 1; ; pass++) {
    const truths = new Set<number>();
    const sure = new Set([program.timeRegister, program.instantRegister, ...held]);
    const isSure = (register: number): boolean =>
      sure.has(register) ||
      (!written.has(register) &&
        !elsewhere.has(register) &&
        !given.has(register) &&
        !nexts.has(register) &&
        Number.isFinite(initial[register]));
    const doubtful = new Set<number>();
    for (let row = 0; row < code.length; row++) {
      const target = code.target[row] ?? 0;
      const isTruth = isTruthRow(code, row, truths);
      if (isTruth || isSureRow(code, row, isSure, truths)) {
        if (!doubtful.has(target)) sure.add(target);
      } else {
        sure.delete(target);
        doubtful.add(target);
      }
      if (isTruth && sure.has(target)) truths.add(target);
      else truths.delete(target);
    }
    const refuted = [...held].filter((one) => !isSure(nexts.get(one) ?? -1));
    if (refuted.length === 0) return sure;
    // One refutation may lead to the next; where that goes on for long the rest is let go.
    for (const one of pass < MOST_PASSES ? refuted : [...held]) held.delete(one);
  }
}

const TRUTHS: ReadonlySet<string> = new Set(['less', 'less or equal', 'and', 'or', 'not']);

function isTruthRow(code: Code, row: number, truths: ReadonlySet<number>): boolean {
  const name = OPERATIONS[code.operation[row] ?? 0] ?? '';
  return TRUTHS.has(name) || (name === 'copy' && truths.has(code.a[row] ?? -1));
}

function isSureRow(
  code: Code,
  row: number,
  isSure: (register: number) => boolean,
  truths: ReadonlySet<number>,
): boolean {
  const [a, b, c] = [code.a[row]!, code.b[row]!, code.c[row]!];
  switch (OPERATIONS[code.operation[row] ?? 0]) {
    case 'copy':
    case 'negate':
    case 'absolute':
      return isSure(a);
    // 1 is too little to carry a finite number beyond the last one.
    case 'add':
      return (isSure(a) && truths.has(b)) || (truths.has(a) && isSure(b));
    case 'minimum':
    case 'maximum':
      return isSure(a) && isSure(b);
    case 'select':
      return isSure(b) && isSure(c);
    default:
      return false;
  }
}
