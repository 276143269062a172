/**
 * Program → WebAssembly: a module that runs a few futures at once from their inputs to their measures, with the bits of
 * the interpreter. One module serves every viewpoint, scenario and counterfactual, as inputs are data.
 */
import type { Program } from '../program/program.ts';
import { MOST_IN_ONE } from './apart.ts';
import { emitFinish, emitStart, longCodesOf } from './emit-ends.ts';
import { BLAME, defineBlame } from './emit-failure.ts';
import { defineFollowers, type Follower } from './emit-measures.ts';
import { defineRecall, RECALL } from './emit-recall.ts';
import { defineSlow } from './emit-slow.ts';
import { defineStep } from './emit-step.ts';
import { defineOverGroups, OVER_GROUPS, type Setting } from './frame.ts';
import { type Layout, layOut, MOST_FUTURES } from './layout.ts';
import {
  createModule,
  type FunctionBuilder,
  type FunctionNumber,
  type Local,
  type ModuleBuilder,
} from './module-builder.ts';
import { type Places, placesOf } from './places.ts';
import { gatherRare } from './rare-rows.ts';
import { partSlow } from './slow-rows.ts';
import { surelyFinite } from './surely-finite.ts';
import { sectionsOf, weightOf } from './weights.ts';

export type ProgramModule = {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly layout: Layout;
  readonly places: Places;
};

/**
 * What a module exports. Addresses count from `layout.groups`; a call runs the groups before `end`. `advance` works out
 * the instants `from` … `to`−1; they come in order, each once.
 */
export type ProgramExports = {
  readonly start: (end: number) => void;
  readonly advance: (end: number, from: number, to: number) => void;
  readonly finish: (end: number) => void;
};

export type ModuleOptions = {
  /** Two futures at once, by SIMD. */
  readonly wide: boolean;
  /** Weight up to which instructions stand in one function; see bench/README.md for how it was found. */
  readonly sectionWeight?: number;
  /**
   * Whether functions of mathematics are called. Written out they are quicker, but where there are many of them the code
   * grows out of the processor's memory, and takes longer to make than to run.
   */
  readonly calls?: boolean;
  /** Futures of one call at most, and so of one chunk; at least one group. */
  readonly mostFutures?: number;
};

export const SECTION_WEIGHT = 3000;

/** Weight of a step up to which functions of mathematics are written out wherever they are used. */
const MOST_WRITTEN_OUT = 20_000;

export function compileProgram(whole: Program, options: ModuleOptions): ProgramModule {
  const { program: parted, slow } = partSlow(whole);
  const { program, blocks } = gatherRare(parted);
  const { wide, sectionWeight = SECTION_WEIGHT, mostFutures = MOST_FUTURES } = options;
  const sections = sectionsOf(program.stepCode, sectionWeight, blocks);
  const settling = program.method === 'rk4' ? sectionsOf(program.settleCode, sectionWeight) : [];
  const calls = options.calls ?? weightOf(whole.stepCode) > MOST_WRITTEN_OUT;
  const places = placesOf(program, sections, settling, slow);
  const long = longCodesOf(program, places, sectionWeight);
  const layout = layOut(program, places, wide, long.slots, mostFutures);
  const module = createModule(layout.bytes);
  const recall = module.declare(RECALL);
  const blame = module.declare(BLAME);
  const blameStages = program.method === 'rk4' ? module.declare(BLAME) : blame;
  const setting: Setting = { program, places, layout, module, wide, calls, long, recall, blame, blameStages };
  defineRecall(module, recall, layout.width);
  defineBlame(module, blame, program, places, layout, 'instant');
  if (program.method === 'rk4') defineBlame(module, blameStages, program, places, layout, 'stages');

  const start = module.declare(OVER_GROUPS);
  defineOverGroups(setting, start, (frame) => emitStart(setting, frame));
  const steps = [
    ...defineSlow(setting, slow),
    ...defineStep(setting, sections, settling, { blocks, sure: surelyFinite(whole) }),
  ];
  const followers = defineFollowers(setting);
  const finish = module.declare(OVER_GROUPS);
  defineOverGroups(setting, finish, (frame) => emitFinish(setting, frame));

  exportOnce(setting, 'start', start);
  exportOnce(setting, 'finish', finish);
  const callers: FunctionNumber[] = [];
  for (let from = 0; from < followers.length && followers.length > MOST_IN_ONE; from += MOST_IN_ONE)
    callers.push(defineCaller(module, followers.slice(from, from + MOST_IN_ONE)));
  const advance = module.declare({ parameters: ['i32', 'i32', 'i32'], results: [] });
  module.export('advance', advance);
  module.define(advance, (body) => {
    const [end, instant, to] = [body.parameter(0), body.parameter(1), body.parameter(2)];
    const [now, before] = [body.local('i32'), body.local('i32')];
    const time = body.local('f64');
    const callAll = (callee: FunctionNumber): void => {
      body.i32(layout.groups);
      for (const local of [end, now, before, time, instant]) body.get(local);
      body.call(callee);
    };
    body.loop(() => {
      for (const [file, shift] of [
        [now, 0],
        [before, 1],
      ] as const) {
        body.get(instant);
        body.i32(shift);
        body.op('i32.add');
        body.i32(1);
        body.op('i32.and');
        body.i32(layout.group.fileSize);
        body.op('i32.mul');
        body.set(file);
      }
      body.get(instant);
      body.i32(8);
      body.op('i32.mul');
      body.memory('f64.load', layout.times);
      body.set(time);
      for (const callee of steps) callAll(callee);
      if (followers.length <= MOST_IN_ONE) callFollowers(body, followers, callAll, instant);
      else for (const callee of callers) callAll(callee);
      body.get(instant);
      body.i32(1);
      body.op('i32.add');
      body.tee(instant);
      body.get(to);
      body.op('i32.lt_s');
      body.branchIf(0);
    });
  });
  const bytes = module.finish();
  return { bytes, layout: { ...layout, bytes: layout.bytes + module.dataSize() }, places };
}

/** Calls the followers that have something to see at the instant. */
function callFollowers(
  body: FunctionBuilder,
  followers: readonly Follower[],
  call: (callee: FunctionNumber) => void,
  instant: Local,
): void {
  for (const { callee, first, last } of followers) {
    body.get(instant);
    body.i32(first);
    body.op('i32.ge_s');
    body.get(instant);
    body.i32(last);
    body.op('i32.le_s');
    body.op('i32.and');
    body.when([], () => call(callee));
  }
}

/** A function over groups that calls some of many followers. */
function defineCaller(module: ModuleBuilder, followers: readonly Follower[]): FunctionNumber {
  const caller = module.declare(OVER_GROUPS);
  module.define(caller, (body) => {
    const parameters = OVER_GROUPS.parameters.map((_, number) => body.parameter(number));
    const callAll = (callee: FunctionNumber): void => {
      for (const parameter of parameters) body.get(parameter);
      body.call(callee);
    };
    callFollowers(body, followers, callAll, body.parameter(5));
  });
  return caller;
}

/** Exports a function over groups that has no instant of its own: `start` at the first, `finish` at the last. */
function exportOnce({ module, layout, program }: Setting, name: string, callee: FunctionNumber): void {
  const outer = module.declare({ parameters: ['i32'], results: [] });
  module.export(name, outer);
  const { steps } = program.time;
  const isStart = name === 'start';
  module.define(outer, (body) => {
    body.i32(layout.groups);
    body.get(body.parameter(0));
    // The instant 0 will find what was before it in the second file.
    body.i32(isStart ? 0 : (steps % 2) * layout.group.fileSize);
    body.i32(isStart ? layout.group.fileSize : 0);
    body.i32(isStart ? 0 : 8 * steps);
    body.memory('f64.load', layout.times);
    body.i32(isStart ? 0 : steps);
    body.call(callee);
  });
}
