/** A page that compiles and runs the arguments that it is given, in every way, and hands back what came out. */
import { compile } from '../../../src/compile.ts';
import { moduleRun } from '../../../src/engine/module-run.ts';
import type { WorkerCrew } from '../../../src/engine/worker-crew.ts';
import { createWebCrew } from '../../../src/studio/web-crew.ts';
import { LONG } from '../../support/long-model.ts';
import { orderOf } from '../../support/run-order.ts';
import { answerAll, type Case } from '../answers.ts';

async function answer(): Promise<unknown> {
  try {
    const cases = (await (await fetch('/cases')).json()) as readonly Case[];
    // Whether the page can share memory is for the browser to say.
    const { crossOriginIsolated } = globalThis as { readonly crossOriginIsolated?: boolean };
    const reach = crossOriginIsolated === true ? 'shared' : 'handed';
    const never = async () => false;
    return {
      answers: await answerAll(cases, reach, createWebCrew),
      faults: {
        throws: (await end(crewOf('/throws.js'), never)).message,
        missing: (await end(crewOf('/missing.js'), never)).message,
      },
      stopped: await stop(),
    };
  } catch (error) {
    return { fault: error instanceof Error ? `${error.message}\n${error.stack}` : String(error) };
  }
}

/** The browser's own; the compile zone of the tests has the types of Node alone. */
const { Worker: WebWorker } = globalThis as unknown as {
  readonly Worker: new (script: string, options: { readonly type: 'module' }) => Worker;
};

const crewOf = (script: string): WorkerCrew =>
  createWebCrew(2, { worth: 0, startWorker: () => new WebWorker(script, { type: 'module' }) });

/** What a long run ends with, and the futures that were done. */
async function end(crew: WorkerCrew, pause: () => Promise<boolean>) {
  const compiled = compile({ form: 'folder', model: { file: 'model.casus', text: LONG }, brief: null });
  if (!compiled.ok) throw new Error('the long model has faults');
  const { model, program } = compiled.value;
  let futures = 0;
  const progress = (done: number): void => {
    futures += done;
  };
  const run = moduleRun(crew, { pause, progress });
  const error: unknown = await run(orderOf(model, program, 640)).then(
    () => null,
    (reason) => reason,
  );
  await crew.dismiss();
  if (!(error instanceof Error)) throw new Error('a run that came to its end');
  return { name: error.name, message: error.message, futures };
}

async function stop() {
  let looks = 0;
  const { name, futures } = await end(createWebCrew(2, { worth: 0 }), async () => ++looks >= 5);
  return { error: name, futures };
}

await fetch('/answer', { method: 'POST', body: JSON.stringify(await answer()) });
