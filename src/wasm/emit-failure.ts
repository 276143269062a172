/**
 * Futures that go wrong: found by one comparison an instant, and then searched for the first variable that is no
 * finite number, in the order of the program's variables.
 */
import type { Program } from '../program/program.ts';
import type { Frame, Setting } from './frame.ts';
import { type Layout, stageOffset } from './layout.ts';
import type { FunctionNumber, ModuleBuilder } from './module-builder.ts';
import type { Places } from './places.ts';

/** Parameters: the group, its file of the instant, time and number of the instant. */
export const BLAME = { parameters: ['i32', 'i32', 'f64', 'i32'], results: [] } as const;

/** What stands in `failedBy` of a future that goes well. */
export const FINE = -1;

/** Calls the search where a sum is no longer 0. */
export function emitBlame(
  { layout }: Setting,
  { lanes, group, now, time, instant }: Frame,
  blame: FunctionNumber,
): void {
  const { body } = lanes;
  const sum = lanes.load(group, layout.group.bad);
  lanes.whenAny(lanes.unequal(sum, sum), () => {
    body.get(group);
    body.get(now.base);
    body.get(time);
    body.get(instant);
    body.call(blame);
  });
}

/** Where a search looks: at the registers of the instant, or at those of the later stages of rk4 first. */
export type Looks = 'instant' | 'stages';

/**
 * Defines the search. What it writes is the number of the variable; of a physical stock that starts below nothing, its
 * number in `stocks` behind all variables.
 */
export function defineBlame(
  module: ModuleBuilder,
  callee: FunctionNumber,
  program: Program,
  places: Places,
  layout: Layout,
  looks: Looks,
): void {
  const { group: own, lanes, width } = layout;
  type Line = readonly [fixed: number, offset: number];
  const atInstant = program.variables.map(({ register }): Line => {
    const inFile = places.file.get(register);
    if (inFile !== undefined) return [0, inFile * width];
    const slot = places.fixed.get(register);
    // What is a constant is finite.
    return slot === undefined ? [-1, 0] : [1, own.fixed + slot * width];
  });
  const inStage = (stage: number): readonly Line[] => {
    const rewritten = new Set([...program.stepCode.target, ...program.stocks.map(({ level }) => level)]);
    return program.variables.map(({ register }, number): Line => {
      const inFile = places.file.get(register);
      return inFile !== undefined && rewritten.has(register)
        ? [1, stageOffset(layout, stage) + inFile * width]
        : (atInstant[number] ?? [-1, 0]);
    });
  };
  const searched = looks === 'instant' ? [atInstant] : [inStage(0), inStage(1), inStage(2), atInstant];
  const tables = searched.map((lines) => module.data(new Uint8Array(Int32Array.from(lines.flat()).buffer)));
  const count = program.variables.length;
  const physical = program.stocks.flatMap((stock, number) => {
    const slot = places.file.get(stock.level);
    return stock.physical && slot !== undefined ? [[number, slot * width] as const] : [];
  });
  const levels = module.data(new Uint8Array(Int32Array.from(physical.flat()).buffer));

  module.define(callee, (body) => {
    const [group, now, time, instant] = [
      body.parameter(0),
      body.parameter(1),
      body.parameter(2),
      body.parameter(3),
    ];
    const [at, by, base] = [body.local('i32'), body.local('i32'), body.local('i32')];
    /** Goes through a table's lines of two words from its start until `found` has branched out of two blocks. */
    const search = (address: number, lines: number, each: (line: number) => void): void => {
      if (lines === 0) return;
      body.i32(0);
      body.set(at);
      body.loop(() => {
        each(address);
        body.get(at);
        body.i32(8);
        body.op('i32.add');
        body.tee(at);
        body.i32(8 * lines);
        body.op('i32.lt_u');
        body.branchIf(0);
      });
    };
    for (let lane = 0; lane < lanes; lane++) {
      body.block(() => {
        // Only a lane that is wrong and was not before.
        body.get(group);
        body.memory('f64.load', own.bad + 8 * lane);
        body.f64(0);
        body.op('f64.eq');
        body.branchIf(0);
        body.get(group);
        body.memory('f64.load', own.failedBy + 8 * lane);
        body.f64(FINE);
        body.op('f64.ne');
        body.branchIf(0);
        body.i32(FINE);
        body.set(by);
        body.block(() => {
          body.get(instant);
          body.op('i32.eqz');
          body.when([], () =>
            search(levels, physical.length, (line) => {
              body.get(now);
              body.get(at);
              body.memory('i32.load', line + 4);
              body.op('i32.add');
              body.memory('f64.load', 8 * lane);
              body.f64(0);
              body.op('f64.lt');
              body.when([], () => {
                body.get(at);
                body.memory('i32.load', line);
                body.i32(count);
                body.op('i32.add');
                body.set(by);
                body.branch(3);
              });
            }),
          );
          for (const table of tables) {
            search(table, count, (line) => {
              body.get(at);
              body.memory('i32.load', line);
              body.i32(0);
              body.op('i32.ge_s');
              body.when([], () => {
                body.get(group);
                body.get(now);
                body.get(at);
                body.memory('i32.load', line);
                body.op('select');
                body.get(at);
                body.memory('i32.load', line + 4);
                body.op('i32.add');
                body.tee(base);
                body.memory('f64.load', 8 * lane);
                body.f64(0);
                body.op('f64.mul');
                body.f64(0);
                body.op('f64.ne');
                body.when([], () => {
                  body.get(at);
                  body.i32(3);
                  body.op('i32.shr_u');
                  body.set(by);
                  body.branch(3);
                });
              });
            });
          }
          // A sum that is no number without a variable that is none cannot be.
          body.op('unreachable');
        });
        body.get(group);
        body.get(by);
        body.op('f64.convert_i32_s');
        body.memory('f64.store', own.failedBy + 8 * lane);
        body.get(group);
        body.get(time);
        body.memory('f64.store', own.failedAt + 8 * lane);
      });
    }
  });
}
