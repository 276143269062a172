/** What futures, draws and the way to the first result cost beside the arithmetic, and what a second worker brings. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { createThreadCrew } from '../src/cli/thread-crew.ts';
import { type Crew, soloCrew } from '../src/engine/crew.ts';
import type { Host } from '../src/engine/host.ts';
import { moduleRun } from '../src/engine/module-run.ts';
import { timed } from './contenders.ts';
import type { FirstModel, FormatOnce } from './first-calls.ts';
import { inputsOf, modelCase, plainCase, ROOT, sectorCase } from './model-case.ts';
import { median, race } from './rounds.ts';

const HOST: Host = { pause: async () => false, progress: () => {} };

const repeated = async (rounds: number, once: () => Promise<number>): Promise<number> => {
  await once();
  const seen: number[] = [];
  for (let round = 0; round < rounds; round++) seen.push(await once());
  return median(seen);
};

/** Microseconds of a whole run of a model with one stock and one step, by future: columns, calls, results and all. */
export async function futureOverhead(futures: number, rounds: number): Promise<number> {
  const { order } = plainCase('minimal', futures);
  const run = moduleRun(soloCrew, HOST);
  const nanoseconds = await repeated(rounds, () => timed(async () => void (await run(order))));
  return nanoseconds / futures / 1000;
}

/** Nanoseconds of one draw of a lognormal input, its column included. */
export async function lognormalDraw(futures: number, rounds: number): Promise<number> {
  const { order } = plainCase('inputs', futures);
  const slots = order.program.inputs.length;
  const drawn = await repeated(rounds, () => timed(() => void inputsOf(order)));
  return drawn / futures / slots;
}

/** How much sooner two workers are done than this thread alone, by the clock on the wall. */
export async function twoWorkers(futures: number, rounds: number): Promise<number> {
  const { order } = modelCase('sixty', futures);
  const once = async (crew: Crew): Promise<number> => {
    const run = runs.get(crew)!;
    const from = performance.now();
    await run(order);
    return performance.now() - from;
  };
  const two = createThreadCrew(2);
  const runs = new Map([soloCrew, two].map((crew) => [crew, moduleRun(crew, HOST)]));
  await once(soloCrew);
  await once(two);
  const ratios: number[] = [];
  for (let round = 0; round < rounds; round++) ratios.push((await once(soloCrew)) / (await once(two)));
  return median(ratios);
}

const BUNDLE = join(ROOT, 'dist/bench/first-calls.cjs');

/** A function of first-calls.ts, called in a new process. */
const callFirst = (words: readonly string[], settings: readonly string[] = []): string =>
  execFileSync(process.execPath, [join(ROOT, 'scripts/call-bundle.mjs'), ...settings, BUNDLE, ...words], {
    encoding: 'utf8',
  });

/** Lets V8 keep what it compiles for these words, as it does for the command when that is built. */
const keepFirst = (words: readonly string[]): void => void callFirst(words, ['--keep']);

/** Milliseconds in new processes: the middle of them and the least. */
export type Spread = { readonly median: number; readonly least: number };

const spreadOf = (seen: readonly number[]): Spread => ({ median: median(seen), least: Math.min(...seen) });

/** From a model's text to its first future, in a process whose code is loaded. */
export function firstResult(model: FirstModel, processes: number): Spread {
  const words = ['firstResult', model];
  keepFirst(words);
  return spreadOf(Array.from({ length: processes }, () => Number(callFirst(words))));
}

/** A whole process, from its start to its end: `casus check` of the flagship, and one that does nothing, in turns. */
export function wholeProcesses(processes: number): { readonly check: Spread; readonly nothing: Spread } {
  const timeOf = (words: readonly string[]): number => {
    const from = performance.now();
    execFileSync(process.execPath, words, { stdio: 'ignore' });
    return performance.now() - from;
  };
  const check = [join(ROOT, 'bin/casus.js'), 'check', join(ROOT, 'models/everything-depends-on-ourselves')];
  const pairs = Array.from({ length: processes }, () => [timeOf(check), timeOf(['-e', '0'])] as const);
  return { check: spreadOf(pairs.map(([own]) => own)), nothing: spreadOf(pairs.map(([, own]) => own)) };
}

/** Milliseconds of one call in new processes whose code is loaded; the middle and the least of them. */
export type FirstCall = {
  readonly wall: number;
  readonly least_wall: number;
  readonly processors: number;
  /** The processors' time by that of reading the same text once. */
  readonly times_reading: number;
};

/** Formatting a text of 2,000 lines; see first-calls.ts. */
export function firstFormat(text: 'near' | 'dense', processes: number): FirstCall {
  const wordsOf = (work: 'parse' | 'format'): readonly string[] => ['formatOnce', text, work];
  const once = (work: 'parse' | 'format'): FormatOnce => JSON.parse(callFirst(wordsOf(work)));
  keepFirst(wordsOf('format'));
  const pairs = Array.from({ length: processes }, () => ({ read: once('parse'), formatted: once('format') }));
  const walls = pairs.map(({ formatted }) => formatted.wall);
  return {
    wall: median(walls),
    least_wall: Math.min(...walls),
    processors: median(pairs.map(({ formatted }) => formatted.processors)),
    times_reading: median(pairs.map(({ read, formatted }) => formatted.processors / read.processors)),
  };
}

export type GrowthRow = {
  readonly what: string;
  readonly futures: number;
  readonly steps: number;
  readonly equations: number;
  readonly milliseconds: number;
  readonly nanoseconds: number;
};

/** The engine alone on more and more of each: nanoseconds of a future's step's equation should stay what they are. */
export async function growth(
  milliseconds: number,
  sizes: { readonly futures: number; readonly steps: number; readonly sectors: number },
): Promise<readonly GrowthRow[]> {
  const rows: GrowthRow[] = [];
  const measure = async (what: string, futures: number, steps: number, sectors: number): Promise<void> => {
    const one = sectorCase(sectors, steps, futures);
    const { nanoseconds } = await race(one, null, milliseconds, ['wasm']);
    const each = nanoseconds.wasm ?? Number.NaN;
    const work = futures * steps * one.equations;
    rows.push({
      what,
      futures,
      steps,
      equations: one.equations,
      milliseconds: (each * work) / 1e6,
      nanoseconds: each,
    });
  };
  const { futures, steps, sectors } = sizes;
  await measure('the smallest', futures, steps, sectors);
  for (const factor of [4, 16]) await measure('futures', futures * factor, steps, sectors);
  for (const factor of [4, 16]) await measure('steps', futures, steps * factor, sectors);
  for (const factor of [4, 16]) await measure('equations', futures, steps, sectors * factor);
  return rows;
}
