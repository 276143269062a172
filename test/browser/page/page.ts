/** A page that compiles and runs the arguments that it is given, in every way, and hands back what came out. */
import { createWebCrew } from '../../../src/studio/web-crew.ts';
import { answerAll, type Case } from '../answers.ts';

async function answer(): Promise<unknown> {
  try {
    const cases = (await (await fetch('/cases')).json()) as readonly Case[];
    // Whether the page can share memory is for the browser to say.
    const { crossOriginIsolated } = globalThis as { readonly crossOriginIsolated?: boolean };
    return await answerAll(cases, crossOriginIsolated === true ? 'shared' : 'handed', createWebCrew);
  } catch (error) {
    return { fault: error instanceof Error ? `${error.message}\n${error.stack}` : String(error) };
  }
}

await fetch('/answer', { method: 'POST', body: JSON.stringify(await answer()) });
