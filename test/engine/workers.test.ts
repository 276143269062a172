/**
 * Crews of workers: their number, the size of chunks and the order in which they are done cannot be seen in what comes
 * out; a stop is heard at once; whatever goes wrong in a worker ends the run with one message and no process that hangs.
 */
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { load } from '../../src/cli/load.ts';
import { createThreadCrew } from '../../src/cli/thread-crew.ts';
import { CONTROL, type Job, workChunks } from '../../src/engine/crew.ts';
import { numbersOf, Stopped } from '../../src/engine/ensemble.ts';
import { moduleRun } from '../../src/engine/module-run.ts';
import { createWorkerCrew, type Staff, type WorkerCrew } from '../../src/engine/worker-crew.ts';
import { createWorker, packJob, writtenColumns } from '../../src/engine/worker-task.ts';
import { type Columns, compileBytes, createInstance, NO_TAPS, shapeOf } from '../../src/wasm/instance.ts';
import { compileProgram } from '../../src/wasm/program-module.ts';
import { inputsOf } from '../support/both-engines.ts';
import { casus, STACK_TRACE } from '../support/casus.ts';
import { CHANCY } from '../support/chancy-model.ts';
import { soundText } from '../support/compile-text.ts';
import { digestOf } from '../support/digest.ts';
import { LONG } from '../support/long-model.ts';
import { orderOf } from '../support/run-order.ts';

const FLAGSHIP = 'models/everything-depends-on-ourselves';
/** Enough futures of a long model for threads to be worth while, as those show that go wrong. */
const MANY = ['run', 'models/epidemic-by-age', '--runs', '300', '--format', 'json'];
const ENTRY = pathToFileURL('dist/bundle/engine-thread.js');
const QUIET = { pause: async () => false, progress: () => {} };

function flagship() {
  const { result } = load(FLAGSHIP);
  if (!result.ok) throw new Error('the flagship has faults');
  return result.value;
}

let crews: WorkerCrew[] = [];
afterEach(async () => {
  await Promise.all(crews.map((crew) => crew.dismiss()));
  crews = [];
});
const kept = (crew: WorkerCrew): WorkerCrew => {
  crews.push(crew);
  return crew;
};

describe('the same bytes', () => {
  test('of `casus run` with 1, 2 and 3 workers', async () => {
    const answers = [];
    for (const workers of ['1', '2', '3']) answers.push(await casus([...MANY, '--workers', workers]));
    expect(answers.map(({ code, stderr }) => [code, stderr])).toEqual(answers.map(() => [0, '']));
    expect(new Set(answers.map(({ stdout }) => stdout)).size).toBe(1);
  }, 120_000);
});

describe.each([
  { name: 'the flagship', ...flagship() },
  { name: 'a model with chance in its equations', ...soundText(CHANCY) },
])('the same bytes of $name', ({ model, program }) => {
  /** A job whose chunks hold so many futures, with columns of its own. */
  function jobOf(mostFutures: number, futures: number): Job {
    const order = orderOf(model, program, futures);
    const { bytes, layout } = compileProgram(program, { wide: true, mostFutures });
    const columns: Columns = {
      numbers: numbersOf(order),
      inputs: inputsOf(order),
      measures: program.measures.map(() => new Float64Array(futures)),
      claims: program.claims.map(() => new Uint8Array(futures)),
      failedBy: new Int32Array(futures),
      failedAt: new Float64Array(futures),
      imbalances: new Float64Array(futures),
      clipped: program.clipped.map(() => new Float64Array(futures)),
      taps: NO_TAPS,
    };
    const shape = shapeOf(program, layout);
    return { shape, module: compileBytes(bytes), seed: 7, futures, columns };
  }
  const bytesOf = ({ columns }: Job) =>
    writtenColumns(columns).map((column) =>
      Buffer.from(column.buffer, column.byteOffset, column.byteLength).toString('base64'),
    );
  const FUTURES = 45;
  const alone = jobOf(64, FUTURES);
  for (const _ of workChunks(alone, new Int32Array(CONTROL.words)));
  const expected = bytesOf(alone);

  test('whatever the size of chunks, and whoever claims them at whatever pace', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(2, 4, 6, 16, 64),
        fc.integer({ min: 1, max: 4 }),
        fc.infiniteStream(fc.nat(3)),
        (mostFutures, size, turns) => {
          const job = jobOf(mostFutures, FUTURES);
          const control = new Int32Array(CONTROL.words);
          const working = Array.from({ length: size }, () => workChunks(job, control));
          // One after another takes a step, as the turns say; who is done leaves.
          while (working.length > 0) {
            const turn = (turns.next().value ?? 0) % working.length;
            if (working[turn]?.next().done) working.splice(turn, 1);
          }
          expect(control[CONTROL.done]).toBe(FUTURES);
          expect(bytesOf(job)).toEqual(expected);
        },
      ),
      { numRuns: 30 },
    );
  });

  test('in any order of chunks of any sizes', () => {
    const edges = fc.uniqueArray(fc.integer({ min: 1, max: FUTURES - 1 }), { maxLength: 12 });
    // No chunk is larger than what one call takes, which of a large model is little.
    const { capacity } = jobOf(64, FUTURES).shape.layout;
    const whole = Array.from({ length: Math.ceil(FUTURES / capacity) }, (_, number) => number * capacity);
    const chunks = edges.chain((inner) => {
      const all = [...new Set([...whole, ...inner, FUTURES])].toSorted((one, other) => one - other);
      const spans = all.slice(1).map((to, number) => [all[number]!, to] as const);
      return fc.shuffledSubarray(spans, { minLength: spans.length });
    });
    fc.assert(
      fc.property(chunks, (order) => {
        const job = jobOf(64, FUTURES);
        const instance = createInstance(job.shape, job.module, job.seed);
        for (const [from, to] of order) for (const _ of instance.run(job.columns, from, to));
        expect(bytesOf(job)).toEqual(expected);
      }),
      { numRuns: 30 },
    );
  });

  test.each([
    { sharesMemory: true, way: 'shared' },
    { sharesMemory: false, way: 'handed to and fro' },
  ])('of several runs in a row and at once, with memory $way', async ({ sharesMemory }) => {
    const [one, other] = [
      orderOf(model, program, 90),
      orderOf(model, program, 33, model.viewpoints.length - 1),
    ];
    const crew = kept(createThreadCrew(2, { entry: ENTRY, sharesMemory, worth: 0 }));
    let told = 0;
    const host = {
      ...QUIET,
      progress: (futures: number) => {
        told += futures;
      },
    };
    const [by, byItself] = [moduleRun(crew, host, { mostFutures: 8 }), moduleRun(soloOf(), QUIET)];
    const ensembles = [await by(one), ...(await Promise.all([by(other), by(one)]))];
    const digests = await Promise.all(ensembles.map((ensemble) => digestOf(program, ensemble)));
    expect(digests).toEqual([
      await digestOf(program, await byItself(one)),
      await digestOf(program, await byItself(other)),
      digests[0],
    ]);
    expect(told).toBe(90 + 33 + 90);
  });
});

/** A crew to which no job is worth its while, so that this thread does all. */
const soloOf = (): WorkerCrew =>
  kept(createThreadCrew(2, { entry: ENTRY, sharesMemory: false, worth: Number.POSITIVE_INFINITY }));

describe('a stop', () => {
  const { model, program } = soundText(LONG);
  const order = orderOf(model, program, 640);

  // Counted, not timed: no chunk comes to its end after it, where each takes seconds, and the crew goes on with another.
  test.each([
    { sharesMemory: true, way: 'shared' },
    { sharesMemory: false, way: 'handed to and fro' },
  ])(
    'ends threads within a chunk, and they run what comes next, with memory $way',
    async ({ sharesMemory }) => {
      const crew = kept(createThreadCrew(2, { entry: ENTRY, sharesMemory, worth: 0 }));
      let done = 0;
      let looks = 0;
      const host = {
        pause: async () => ++looks >= 5,
        progress: (futures: number) => {
          done += futures;
        },
      };
      await expect(moduleRun(crew, host)(order)).rejects.toBeInstanceOf(Stopped);
      expect(done).toBe(0);
      // Drawing the inputs asks as well; once it was answered with yes, nobody was asked again.
      expect(looks).toBe(5);
      const next = flagship();
      const short = orderOf(next.model, next.program, 20);
      expect(await digestOf(next.program, await moduleRun(crew, QUIET)(short))).toEqual(
        await digestOf(next.program, await moduleRun(soloOf(), QUIET)(short)),
      );
    },
  );

  test('is heard before a worker begins another call', async () => {
    let [rests, restsAfter, isStopped] = [0, 0, false];
    const soon = () => new Promise<void>((resolve) => setImmediate(resolve));
    // Workers of this very thread, so that every rest can be counted.
    const start: Staff['start'] = ({ answered }) => {
      const hear = createWorker({
        answer: (answer) => void setImmediate(() => answered(answer)),
        rest: async () => {
          rests++;
          if (isStopped) restsAfter++;
          await soon();
        },
      });
      return {
        send: (task) => {
          if (task.kind === 'stop') isStopped = true;
          setImmediate(() => void hear(task));
        },
        end: async () => {},
      };
    };
    const crew = createWorkerCrew({ size: 3, start, sharesMemory: false, sleep: soon, worth: 0 });
    const host = { ...QUIET, pause: async () => rests >= 6 };
    await expect(moduleRun(crew, host)(order)).rejects.toBeInstanceOf(Stopped);
    expect(rests).toBeGreaterThanOrEqual(6);
    // Each may have been in a call, and rests once after it.
    expect(restsAfter).toBeLessThanOrEqual(3);
  });

  test('that is there before a job leaves all chunks unclaimed', async () => {
    const control = new Int32Array(new SharedArrayBuffer(CONTROL.words * 4));
    control[CONTROL.stop] = 1;
    const { bytes, layout } = compileProgram(program, { wide: true });
    const columns: Columns = {
      numbers: numbersOf(order),
      inputs: inputsOf(order),
      measures: [new Float64Array(640)],
      claims: [new Uint8Array(640)],
      failedBy: new Int32Array(640),
      failedAt: new Float64Array(640),
      imbalances: new Float64Array(640),
      clipped: [],
      taps: NO_TAPS,
    };
    const job = packJob({ seed: 1, futures: 640, columns }, 1);
    const answers: string[] = [];
    const hear = createWorker({ answer: ({ kind }) => void answers.push(kind), rest: async () => {} });
    await hear({ kind: 'know', number: 1, shape: shapeOf(program, layout), module: compileBytes(bytes) });
    await hear({ kind: 'claim', job, control });
    expect([answers, control[CONTROL.done]]).toEqual([['done'], 0]);
  });
});

/** Scripts of threads that go wrong, and what is said of it. */
const FAULTS: readonly { readonly name: string; readonly script: string; readonly says: string }[] = [
  {
    name: 'that throws at a job',
    script: "parentPort.on('message', () => { throw new Error('out of order'); });",
    says: 'out of order',
  },
  { name: 'that throws at its start', script: "throw new Error('no start');", says: 'no start' },
  {
    name: 'that ends at a job',
    script: "parentPort.on('message', () => process.exit(7));",
    says: 'it ended with code 7',
  },
  {
    name: 'that answers with a fault',
    script: "parentPort.on('message', () => parentPort.postMessage({ kind: 'fault', message: 'lost' }));",
    says: 'lost',
  },
  {
    name: 'that runs out of memory',
    script:
      "parentPort.on('message', () => { const all = []; for (;;) all.push(new Array(10_000).fill(all.length)); });",
    says: 'it ran out of memory',
  },
];
const scriptOf = (script: string): string => `import { parentPort } from 'node:worker_threads';\n${script}\n`;

describe('a thread', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'casus-threads-'));
    // A copy of the command with another script for its threads.
    for (const part of ['bin', 'dist']) cpSync(part, join(folder, part), { recursive: true });
    cpSync('package.json', join(folder, 'package.json'));
    symlinkSync(resolve('node_modules'), join(folder, 'node_modules'), 'junction');
    mkdirSync(join(folder, 'threads'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each(FAULTS)('$name ends the command with one message and code 3', async ({ script, says }) => {
    writeFileSync(join(folder, 'dist/bundle/engine-thread.js'), scriptOf(script));
    const { code, stdout, stderr } = await casus([...MANY, '--workers', '2'], {
      bin: join(folder, 'bin/casus.js'),
      // So little that it is soon used up.
      env: { NODE_OPTIONS: '--max-old-space-size=96' },
    });
    expect([code, stdout]).toEqual([3, '']);
    expect(stderr).not.toMatch(STACK_TRACE);
    expect(stderr.trimEnd().split('\n')).toEqual([
      `casus: this is a fault of Casus, not of your argument: a thread of the engine failed: ${says}`,
      expect.stringContaining('Please report it'),
    ]);
  });

  test('whose script is missing ends the command so, too', async () => {
    rmSync(join(folder, 'dist/bundle/engine-thread.js'), { force: true });
    const { code, stdout, stderr } = await casus([...MANY, '--workers', '2'], {
      bin: join(folder, 'bin/casus.js'),
    });
    expect([code, stdout]).toEqual([3, '']);
    expect(stderr).not.toMatch(STACK_TRACE);
    expect(stderr).toContain('a thread of the engine failed: Cannot find module');
  });

  // The first job would wait for ever for the answer of a thread that has gone.
  test('that is lost between two runs is replaced', async () => {
    const entry = pathToFileURL(join(folder, 'threads/once.js'));
    const flag = pathToFileURL(join(folder, 'threads/lost'));
    writeFileSync(
      entry,
      `import { existsSync, writeFileSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import ${JSON.stringify(ENTRY.href)};
parentPort.on('message', () => {
  if (existsSync(new URL(${JSON.stringify(flag.href)}))) return;
  writeFileSync(new URL(${JSON.stringify(flag.href)}), '');
  setTimeout(() => process.exit(0), 50);
});
`,
    );
    const { model, program } = flagship();
    const order = orderOf(model, program, 20);
    const crew = kept(createThreadCrew(2, { entry, worth: 0 }));
    const first = await digestOf(program, await moduleRun(crew, QUIET)(order));
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(await digestOf(program, await moduleRun(crew, QUIET)(order))).toEqual(first);
  });

  test('that fails rejects its run once, and the next begins with others', async () => {
    const entry = pathToFileURL(join(folder, 'threads/fails.js'));
    writeFileSync(entry, scriptOf("parentPort.on('message', () => process.exit(7));"));
    const { model, program } = flagship();
    const order = orderOf(model, program, 20);
    const crew = kept(createThreadCrew(3, { entry, worth: 0 }));
    const run = moduleRun(crew, QUIET);
    await expect(run(order)).rejects.toThrow('a thread of the engine failed: it ended with code 7');
    writeFileSync(entry, `import ${JSON.stringify(ENTRY.href)};\n`);
    expect((await run(order)).futures).toBe(20);
  });
});
