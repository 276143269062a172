/**
 * A crew of workers, whatever its host calls them: threads of Node or web workers. They are started at the first job
 * that is worth them and wait for the next between jobs. Where memory is shared they claim chunks of it and nobody sends
 * a message about them; elsewhere each is handed a few chunks at a time, with their inputs, until the host has all columns
 * back. Whatever goes wrong in one of them ends the job with one error, and all of them.
 */
import type { CompiledModule } from '../wasm/instance.ts';
import { CONTROL, type Crew, instantsOf, type Job, soloCrew } from './crew.ts';
import { Stopped } from './ensemble.ts';
import type { Host } from './host.ts';
import { type Answer, packJob, type Task, writtenColumns } from './worker-task.ts';

/** What is heard of a worker: its answers, and, at most once, that it will give none any more. */
export type Ears = {
  readonly answered: (answer: Answer) => void;
  readonly failed: (why: string) => void;
};

/** A worker as its crew knows it. */
export type Link = {
  readonly send: (task: Task, transferred: readonly ArrayBuffer[]) => void;
  /** Ends it at once, in the midst of its work. */
  readonly end: () => Promise<void>;
};

export type Staff = {
  readonly size: number;
  readonly start: (ears: Ears) => Link;
  /** Whether columns can lie in memory that all workers reach. */
  readonly sharesMemory: boolean;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Operations below which this thread does a job alone; all of a job's instants, futures and instructions count. */
  readonly worth?: number;
};

export type WorkerCrew = Crew & {
  /** Ends all workers; the next job starts others. */
  readonly dismiss: () => Promise<void>;
};

/** Operations below which handing a job to workers takes longer than doing it. */
const WORTH = 30_000_000;
/** The same once they are there, as a part of it: to start them takes longer than to tell them. */
const STARTED = 0.25;
/** Operations of a batch: some tens of milliseconds, beside which a message is nothing and a stop is heard in time. */
const BATCH = 20_000_000;
/** Batches that a worker is handed of one job, at least, so that all end at about the same time. */
const SHARES = 4;
/** Milliseconds between two looks at how far the workers are. */
const LOOK = 20;

/** A job at work; it is begun by its making. */
type Course = {
  readonly heard: (worker: number, answer: Answer) => void;
  /** Futures that are done. */
  readonly done: () => number;
  readonly stop: () => void;
};

/** Workers that were started together, and end together. */
type Party = {
  readonly links: Link[];
  /** By worker, the jobs that it was told of and has not yet left, in its order. */
  readonly courses: Course[][];
  /** The jobs that are under way, each by what ends it. */
  readonly failing: Set<(error: Error) => void>;
  /** The modules that all of them know, with their numbers; the one that was asked for last stands last. */
  readonly known: Map<CompiledModule, number>;
};

/** So many modules are known at once. */
const MOST_KNOWN = 4;

const nothing = (): void => {};

export function createWorkerCrew({ size, start, sharesMemory, sleep, worth = WORTH }: Staff): WorkerCrew {
  let party: Party | null = null;
  let last: Promise<void> = Promise.resolve();

  const dismiss = async (): Promise<void> => {
    const { links, failing } = party ?? { links: [], failing: new Set<never>() };
    party = null;
    // Nobody else would answer them any more.
    for (const fail of failing) fail(new Error('the threads of the engine were ended'));
    await Promise.all(links.map((link) => link.end()));
  };

  const assembled = (): Party => {
    if (party !== null) return party;
    const own: Party = { links: [], courses: [], failing: new Set(), known: new Map() };
    party = own;
    const failed = (why: string): void => {
      for (const fail of own.failing) fail(new Error(`a thread of the engine failed: ${why}`));
      // Also between jobs, since one that is gone would never answer.
      if (party === own) void dismiss();
    };
    for (let worker = 0; worker < size; worker++) {
      const answered = (answer: Answer): void => {
        if (answer.kind === 'fault') failed(answer.message);
        else {
          const [course] = own.courses[worker] ?? [];
          // It has nothing left to claim there, and goes on to the next at once.
          if (answer.kind === 'done') own.courses[worker]?.shift();
          course?.heard(worker, answer);
        }
      };
      own.courses.push([]);
      own.links.push(start({ answered, failed }));
    }
    return own;
  };

  // Jobs that are under way look at the same time, as a timer of its own for each would outlive most of them.
  let looking: Promise<void> | null = null;
  const soon = (): Promise<void> => {
    looking ??= sleep(LOOK).then(() => {
      looking = null;
    });
    return looking;
  };

  /** The number by which all of a party know a job's module. */
  let lastNumber = 0;
  const introduced = ({ known, links }: Party, { shape, module }: Job): number => {
    const tell = (task: Task): void => {
      for (const link of links) link.send(task, []);
    };
    const before = known.get(module);
    const number = before ?? ++lastNumber;
    known.delete(module);
    known.set(module, number);
    if (before !== undefined) return number;
    tell({ kind: 'know', number, shape, module });
    const [oldest] = known;
    if (known.size > MOST_KNOWN && oldest !== undefined) {
      known.delete(oldest[0]);
      tell({ kind: 'forget', number: oldest[1] });
    }
    return number;
  };

  /** Runs a job to its end, or until the host stops it, with a look now and then at how far it is. */
  const attend = async (own: Party, job: Job, host: Host): Promise<void> => {
    const end = settling();
    own.failing.add(end.reject);
    const module = introduced(own, job);
    const course = sharesMemory
      ? claiming(job, module, own.links, end.resolve)
      : handing(job, module, own.links, end.resolve);
    for (const courses of own.courses) courses.push(course);
    let told = 0;
    let isStopped = false;
    while (!end.isSettled()) {
      await Promise.race([end.settled, soon()]);
      const done = course.done();
      if (done > told) host.progress(done - told);
      told = done;
      if (!isStopped && !end.isSettled() && (await host.pause())) {
        isStopped = true;
        course.stop();
      }
    }
    if (!sharesMemory) for (const courses of own.courses) courses.shift();
    await end.promise;
    own.failing.delete(end.reject);
    if (isStopped) throw new Stopped();
  };

  const run = async (job: Job, host: Host): Promise<void> => {
    const own = assembled();
    try {
      await attend(own, job, host);
    } catch (error) {
      // After a stop all have come to rest and wait for the next job. Others may have been started since.
      if (!(error instanceof Stopped) && party === own) await dismiss();
      throw error;
    }
  };

  return {
    room: (bytes) => (sharesMemory ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes)),
    run: (job, host) => {
      const least = party === null ? worth : worth * STARTED;
      if (instantsOf(job) * job.shape.work < least) return soloCrew.run(job, host);
      // Who claims goes on from job to job by itself. Who is handed one gets one after the other, also where the one before was
      // stopped and has not yet come to rest.
      if (sharesMemory) return run(job, host);
      const mine = last.then(() => run(job, host));
      last = mine.catch(nothing);
      return mine;
    },
    dismiss,
  };
}

/** A promise with its ends in hand. */
function settling() {
  let resolve: () => void = nothing;
  let reject: (error: Error) => void = nothing;
  let isSettled = false;
  const promise = new Promise<void>((resolved, rejected) => {
    resolve = resolved;
    reject = rejected;
  }).finally(() => {
    isSettled = true;
  });
  /** The same without its error, for those who only wait. */
  const settled = promise.catch(nothing);
  return { promise, settled, isSettled: () => isSettled, resolve, reject };
}

/** Lets the workers claim the chunks of a job in shared memory. */
function claiming(job: Job, module: number, links: readonly Link[], finished: () => void): Course {
  const control = new Int32Array(new SharedArrayBuffer(CONTROL.words * Int32Array.BYTES_PER_ELEMENT));
  let left = links.length;
  const packed = packJob(job, module);
  for (const link of links) link.send({ kind: 'claim', job: packed, control }, []);
  return {
    heard: () => {
      left--;
      if (left === 0) finished();
    },
    done: () => Atomics.load(control, CONTROL.done),
    stop: () => void Atomics.store(control, CONTROL.stop, 1),
  };
}

/** Hands every worker a batch as soon as it has done the one before. */
function handing(job: Job, module: number, links: readonly Link[], finished: () => void): Course {
  const { shape, seed, futures, until = shape.time.steps, columns } = job;
  const size = batchOf(job, links.length);
  const written = writtenColumns(columns);
  const taps = { ...columns.taps, columns: [] };
  /** By worker, the first future of the batch that it has. */
  const held = new Map<number, number>();
  let next = 0;
  let done = 0;
  let isStopped = false;
  const hand = (worker: number): void => {
    if (isStopped || next >= futures) {
      if (held.size === 0) finished();
      return;
    }
    const to = Math.min(next + size, futures);
    const numbers = columns.numbers.slice(next, to) as Int32Array<ArrayBuffer>;
    const inputs = columns.inputs.map((column) =>
      columns.rowsByNumber === true
        ? Float64Array.from(numbers, (number) => column[number]!)
        : (column.slice(next, to) as Float64Array<ArrayBuffer>),
    );
    links[worker]?.send({ kind: 'batch', numbers, inputs }, [
      numbers.buffer,
      ...inputs.map((column) => column.buffer),
    ]);
    held.set(worker, next);
    next = to;
  };
  links.forEach((link, worker) => {
    link.send({ kind: 'begin', module, seed, until, taps }, []);
    hand(worker);
  });
  return {
    heard: (worker, answer) => {
      const from = held.get(worker);
      held.delete(worker);
      if (from !== undefined && answer.kind === 'batch' && answer.written !== null) {
        answer.written.forEach((values, column) => {
          const own = written[column];
          // One of no length is not wanted.
          if (own !== undefined && own.length > 0) own.set(values, from);
        });
        done += Math.min(size, futures - from);
      }
      hand(worker);
    },
    done: () => done,
    stop: () => {
      isStopped = true;
      for (const link of links) link.send({ kind: 'stop' }, []);
    },
  };
}

/** Futures of one batch: whole chunks, as the modules run them. */
function batchOf(job: Job, workers: number): number {
  const { shape, futures } = job;
  const { capacity } = shape.layout;
  const operations = instantsOf({ ...job, futures: capacity }) * shape.work;
  const chunks = Math.ceil(futures / capacity);
  const most = Math.ceil(chunks / (workers * SHARES));
  return capacity * Math.max(1, Math.min(most, Math.floor(BATCH / operations)));
}
