/** `casus run --only N`: one future alone, and with `--trace` its whole path in a file. */
import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Compiled } from '../compile.ts';
import { replayFuture } from '../engine/replay.ts';
import { describeFuture } from '../ledger/describe-future.ts';
import { allowedMeanings } from '../ledger/meanings.ts';
import { planRuns, type Question, type ViewpointPlan } from '../ledger/plan.ts';
import type { Model } from '../model/model.ts';
import { formatFuture } from './format-future.ts';
import type { LedgerFormat } from './format-ledger.ts';
import { EXIT, writeData, writeNote } from './output.ts';
import { openTrace, type TraceFile } from './write-trace.ts';

export type Replay = {
  readonly number: number;
  readonly format: LedgerFormat;
  readonly trace: string | null;
  /** Paths of the files that the argument was read from: no trace is written over them. */
  readonly sources: readonly string[];
};

/** Answers with an exit code. */
export function replay({ model, program }: Compiled, question: Question, wanted: Replay): number {
  const plan = planOf(model, planRuns(model, program, question), question);
  if (typeof plan === 'string') return refuse(plan);
  const misfit = numberFault(wanted.number, plan, question);
  if (misfit !== null) return refuse(misfit);
  let trace: TraceFile | null = null;
  try {
    if (wanted.trace !== null) {
      const own = wanted.sources.find((source) => isSame(source, wanted.trace ?? ''));
      if (own !== undefined)
        return refuse(`--trace ${wanted.trace} would write over a file of the argument: name another file.`);
      trace = openTrace(wanted.trace, model, program);
    }
    const replayed = replayFuture(plan.order, wanted.number, trace?.observe ?? null);
    trace?.close();
    writeData(
      formatFuture(describeFuture(model, program, question, plan, wanted.number, replayed), wanted.format),
    );
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    return refuse(`the trace could not be written to ${wanted.trace}: ${reasonOf(error)}.`);
  }
  return EXIT.fine;
}

/** The one run that the future belongs to, or what is missing to tell it. */
function planOf(model: Model, plans: readonly ViewpointPlan[], question: Question): ViewpointPlan | string {
  const names = [...new Set(plans.map(({ viewpoint }) => viewpoint.name))];
  const [first, second] = names;
  if (first === undefined) throw new Error('a model without a viewpoint');
  if (second !== undefined)
    return `--only shows one future of one viewpoint: say of which with --viewpoint, such as --viewpoint ${first} (there are ${names.join(', ')}).`;
  const [plan, other] = plans;
  if (plan === undefined) throw new Error('a viewpoint without a run');
  if (other === undefined) return plan;
  const open = [...allowedMeanings(model, question)].flatMap(([number, meanings]) => {
    const definition = model.variables[number];
    if (meanings.length < 2 || definition?.kind !== 'definition') return [];
    const shown = meanings.map((one) => model.variables[definition.meanings[one] ?? -1]?.name ?? '');
    return [{ name: definition.name, shown }];
  });
  const options = open.map(({ name, shown }) => `--definition ${name}=${shown[0]}`).join(' ');
  const means = open.map(({ name, shown }) => `${name} means ${shown.join(' or ')}`).join(', ');
  return `--only shows one future under one meaning of each definition: add ${options} (${means}).`;
}

function numberFault(number: number, { order, certain }: ViewpointPlan, question: Question): string | null {
  const { futures } = order.design;
  if (number < futures) return null;
  return certain
    ? 'nothing is drawn in this model, so there is one future: --only 0.'
    : `--only ${number} is beyond the futures of this run, which are 0 to ${futures - 1}: ask for more with --runs, such as --runs ${runsFor(number, question)}.`;
}

/** The first doubling that has the future, or where there is none a round number that has it. */
function runsFor(number: number, { runs }: Question): number {
  const doubled = [2, 4].map((times) => runs * times).find((count) => count > number);
  return doubled ?? (Math.floor(number / 1000) + 1) * 1000;
}

function isSame(one: string, other: string): boolean {
  const real = (path: string): string => {
    try {
      return realpathSync(path);
    } catch {
      return resolve(path);
    }
  };
  return real(one) === real(other);
}

/** What the system says, in words. */
function reasonOf(error: Error): string {
  const code = 'code' in error ? error.code : null;
  switch (code) {
    case 'ENOENT':
      return 'there is no such folder';
    case 'EISDIR':
      return 'it is a folder';
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return 'writing there is not allowed';
    case 'ENOSPC':
      return 'there is no space left';
    default:
      return error.message;
  }
}

function refuse(message: string): number {
  writeNote(`error: ${message}`);
  return EXIT.usage;
}
