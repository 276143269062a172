/** Runs arguments in every way that the engine has; it knows nothing of its host. */
import { type Argument, compile } from '../../src/compile.ts';
import { type Crew, soloCrew } from '../../src/engine/crew.ts';
import type { Run } from '../../src/engine/ensemble.ts';
import { interpretingRun } from '../../src/engine/interpret.ts';
import { moduleRun } from '../../src/engine/module-run.ts';
import type { WorkerCrew } from '../../src/engine/worker-crew.ts';
import { type Digest, digestOf } from '../support/digest.ts';
import { orderOf } from '../support/run-order.ts';

export type Case = {
  readonly name: string;
  readonly argument: Argument;
  readonly futures: number;
};

/** By case and way. */
export type Answers = Readonly<Record<string, Readonly<Record<string, Digest>>>>;

/** How columns reach the workers of a host. */
export type Reach = 'shared' | 'handed';

const HOST = { pause: async () => false, progress: () => {} };

/** The ways of a host whose workers are reached so; `interpreter` is what all others are held to. */
export const waysOf = (reach: Reach): readonly string[] => [
  'interpreter',
  ...['wide', 'narrow'].flatMap((lanes) => [
    `${lanes}, alone`,
    ...[1, 2, 3].map((size) => `${lanes}, ${reach} among ${size}`),
  ]),
];

/** @param createCrew workers of the host; jobs of any size go to them */
export async function answerAll(
  cases: readonly Case[],
  reach: Reach,
  createCrew: (size: number, options: { readonly worth: number }) => WorkerCrew,
): Promise<Answers> {
  const answers: Record<string, Record<string, Digest>> = {};
  const compiled = cases.map(({ name, argument, futures }) => {
    const result = compile(argument);
    if (!result.ok)
      throw new Error(`${name} has faults: ${result.diagnostics.map(({ code }) => code).join(', ')}`);
    const { model, program } = result.value;
    const { steps } = program.time;
    const keep = {
      variables: [0, program.variables.length - 1],
      instants: [0, Math.floor(steps / 2), steps],
    };
    return { name, order: { ...orderOf(model, program, futures), keep } };
  });
  const crews = new Map([1, 2, 3].map((size) => [size, createCrew(size, { worth: 0 })]));
  for (const way of waysOf(reach)) {
    const run = runOf(way, (size) => crews.get(size) ?? soloCrew);
    for (const { name, order } of compiled) {
      answers[name] ??= {};
      answers[name][way] = await digestOf(order.program, await run(order));
    }
  }
  await Promise.all([...crews.values()].map((crew) => crew.dismiss()));
  return answers;
}

function runOf(way: string, crewOf: (size: number) => Crew): Run {
  if (way === 'interpreter') return interpretingRun(HOST);
  const size = Number(/among (\d)$/.exec(way)?.[1] ?? 0);
  // Short chunks, so that there are some for every worker.
  return moduleRun(crewOf(size), HOST, { wide: way.startsWith('wide'), mostFutures: 16 });
}
