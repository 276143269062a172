/** Compiles generated C with whatever compiler there is, and keeps the program running so that rounds can alternate. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { RunOrder } from '../src/engine/ensemble.ts';
import { instantAt } from '../src/program/time-grid.ts';
import { justBefore } from '../src/program/work-out.ts';
import { cText, type Form } from './generated-c.ts';
import { ROOT } from './model-case.ts';

/** The first C compiler that answers; null where there is none. `CC` names another, and an empty one none. */
export function findCompiler(): string | null {
  const wanted = process.env['CC'];
  const candidates = wanted === undefined ? ['gcc', 'cc', 'clang'] : wanted === '' ? [] : [wanted];
  return candidates.find((name) => spawnSync(name, ['--version']).status === 0) ?? null;
}

export const FLAGS: Readonly<Record<Form, readonly string[]>> = {
  scalar: ['-O3', '-ffp-contract=off'],
  vector: ['-O3', '-march=native', '-ffp-contract=off', '-Wno-psabi'],
};

export type CProgram = {
  /** Runs all futures; gives nanoseconds of the processor's time. */
  readonly run: () => Promise<number>;
  /** Columns of final levels, and one of the largest imbalance, of the last run. */
  readonly levels: () => Promise<readonly Float64Array[]>;
  readonly end: () => void;
};

export function startC(
  compiler: string,
  order: RunOrder,
  inputs: readonly Float64Array[],
  form: Form,
): CProgram {
  const { program, design } = order;
  const folder = mkdtempSync(join(tmpdir(), 'casus-bench-'));
  const [source, binary, given, results] = ['model.c', 'model', 'inputs', 'results'].map((name) =>
    join(folder, name),
  ) as [string, string, string, string];
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  writeFileSync(source, cText(program, form));
  const built = spawnSync(
    compiler,
    [...FLAGS[form], '-std=gnu11', '-I', join(ROOT, 'bench/c'), '-o', binary, source, '-lm'],
    { encoding: 'utf8' },
  );
  if (built.status !== 0) {
    remove();
    throw new Error(`${compiler} refused the generated C:\n${built.stderr.slice(0, 2000)}`);
  }
  const instants = program.time.steps + 1;
  const times = Float64Array.from({ length: instants }, (_, at) => instantAt(program.time, at));
  const ends = Float64Array.from({ length: instants }, (_, at) =>
    justBefore(instantAt(program.time, at + 1), program.time.step),
  );
  writeFileSync(
    given,
    Buffer.concat(
      [...inputs, times, ends].map((one) => Buffer.from(one.buffer, one.byteOffset, one.byteLength)),
    ),
  );
  const seed = [design.seed % 2 ** 32, Math.floor(design.seed / 2 ** 32)];
  const child: ChildProcess = spawn(binary, [String(design.futures), ...seed.map(String), given, results], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const answers: ((line: string) => void)[] = [];
  const failures: ((fault: Error) => void)[] = [];
  createInterface({ input: child.stdout! }).on('line', (line) => {
    failures.shift();
    answers.shift()?.(line);
  });
  child.on('exit', (code) => {
    for (const fail of failures.splice(0)) fail(new Error(`the generated C ended with code ${code}`));
  });
  const ask = (word: string): Promise<string> =>
    new Promise((resolve, reject) => {
      answers.push(resolve);
      failures.push(reject);
      child.stdin!.write(`${word}\n`);
    });
  return {
    run: async () => Number(await ask('run')),
    levels: async () => {
      await ask('save');
      const bytes = readFileSync(results);
      const numbers = new Float64Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 8).slice();
      const { futures } = design;
      return Array.from({ length: program.stocks.length + 1 }, (_, column) =>
        numbers.subarray(column * futures, (column + 1) * futures),
      );
    },
    end: () => {
      child.stdin!.end();
      child.once('exit', remove);
    },
  };
}
