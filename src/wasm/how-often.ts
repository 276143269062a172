/**
 * At what share of the instants a register is true, as far as that can be told before anything runs: for what hangs on time
 * and on settings that few runs change. It says what is worth a branch, and never what comes out.
 */
import { execute, type Store } from '../program/execute.ts';
import { isPure } from '../program/hoist-fixed.ts';
import { operandOf, operandsOf, type Registers, readsAny, registersOf, rowsOf } from '../program/operands.ts';
import { type Code, givenRegisters, OPERATIONS, type Program } from '../program/program.ts';
import { instantAt } from '../program/time-grid.ts';

/** Instants that are looked at; more would tell little more. */
const SAMPLES = 64;
/** Their distance as a share of all, so that they fall in with no rhythm of weeks or years. */
const GOLDEN = 0.618_033_988_749_894_9;
const UNKNOWN = 0.5;
const UNIFORM = OPERATIONS.indexOf('uniform');

/** @param asked the registers of which it is asked */
export function howOften(program: Program, asked: readonly number[]): (register: number) => number {
  const { startCode, stepCode, time, inputs, initial, timeRegister, instantRegister } = program;
  const changing = registersOf(
    initial.length,
    [program.firstRegister],
    program.method === 'rk4' ? [program.stageRegister] : [],
    givenRegisters(program),
    startCode.target,
    stepCode.target,
    program.stocks.map(({ level }) => level),
    program.memories.map(({ held }) => held),
  );
  // What begins without a number gets one only when a future runs.
  for (let register = 0; register < initial.length; register++)
    if (Number.isNaN(initial[register]!)) changing.add(register);
  const registers = initial.slice();
  for (const { setting, register } of inputs) {
    if (setting === null) continue;
    changing.delete(register);
    registers[register] = setting;
  }
  const times = registersOf(initial.length, stepCode.target);
  const known = (code: Code, isOwn: (register: number) => boolean): Code => {
    const rows: number[] = [];
    for (let row = 0; row < code.length; row++) {
      // Most rows read what changes.
      if (readsAny(code, row, changing)) continue;
      const target = code.target[row]!;
      if (!isOwn(target) || !isPure(code, row) || code.operation[row] === UNIFORM) continue;
      rows.push(row);
      changing.delete(target);
    }
    return rowsOf(code, rows);
  };
  const store: Store = { tables: program.tables, histories: [], seed: 0, future: 0, instant: 0 };
  execute(
    known(startCode, (register) => !times.has(register)),
    registers,
    store,
  );
  const timed = behind(
    known(stepCode, () => true),
    registersOf(initial.length, asked),
  );
  const counts = new Int32Array(timed.length);
  for (let sample = 0; sample < SAMPLES; sample++) {
    const instant = Math.floor(((sample * GOLDEN) % 1) * (time.steps + 1));
    registers[timeRegister] = instantAt(time, instant);
    registers[instantRegister] = instant;
    execute(timed, registers, store);
    for (let row = 0; row < counts.length; row++) if (registers[timed.target[row]!] !== 0) counts[row]! += 1;
  }
  const shares = new Map(Array.from(counts, (count, row) => [timed.target[row]!, count / SAMPLES]));
  return (register) => {
    const share = shares.get(register);
    if (share !== undefined) return share;
    return changing.has(register) ? UNKNOWN : registers[register] === 0 ? 0 : 1;
  };
}

/** The rows of which these registers are made. */
function behind(code: Code, wanted: Registers): Code {
  const rows: number[] = [];
  for (let row = code.length - 1; row >= 0; row--) {
    if (wanted.marks[code.target[row]!] !== 1) continue;
    rows.push(row);
    const operands = operandsOf(code.operation[row]!);
    for (let operand = 0; operand < operands; operand++) wanted.add(operandOf(code, row, operand));
  }
  return rowsOf(code, rows.reverse());
}
