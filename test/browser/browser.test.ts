/**
 * The engine in a browser: the same bytes as in Node, by the interpreter and by modules, alone and among workers, with
 * memory shared and with parts of columns handed to and fro.
 */
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { createThreadCrew } from '../../src/cli/thread-crew.ts';
import { CHANCY } from '../support/chancy-model.ts';
import { textOf } from '../support/source-files.ts';
import { type Answers, answerAll, type Case, type Reach, waysOf } from './answers.ts';
import { askPage, bundle, chromium, MISSING, type Site } from './chromium.ts';

const gallery = (name: string, futures: number): Case => ({
  name,
  futures,
  argument: {
    form: 'folder',
    model: { file: 'model.casus', text: textOf(`models/${name}/model.casus`) },
    brief: { file: 'brief.md', text: textOf(`models/${name}/brief.md`) },
  },
});

const CASES: readonly Case[] = [
  gallery('everything-depends-on-ourselves', 300),
  gallery('epidemic-by-age', 200),
  gallery('shallow-lake', 100),
  {
    name: 'chancy',
    futures: 200,
    argument: { form: 'folder', model: { file: 'model.casus', text: CHANCY }, brief: null },
  },
];

const SITES: readonly { readonly reach: Reach; readonly page: string }[] = [
  { reach: 'shared', page: 'a page that is isolated from other origins' },
  { reach: 'handed', page: 'a page that is not' },
];

const inNode = (reach: Reach): Promise<Answers> =>
  answerAll(CASES, reach, (size, options) =>
    createThreadCrew(size, {
      ...options,
      entry: pathToFileURL('dist/bundle/engine-thread.js'),
      sharesMemory: reach === 'shared',
    }),
  );

/** What every way must say: what the interpreter says in Node. */
function expected(answers: Answers, reach: Reach): Answers {
  return Object.fromEntries(
    Object.entries(answers).map(([name, ways]) => [
      name,
      Object.fromEntries(waysOf(reach).map((way) => [way, ways['interpreter'] ?? {}])),
    ]),
  );
}

let shared: Answers = {};
beforeAll(async () => {
  shared = await inNode('shared');
});

describe('in Node, every way has the bytes of the interpreter', () => {
  test('threads that share memory', () => {
    expect(shared).toEqual(expected(shared, 'shared'));
  });
  test('threads that are handed their parts', async () => {
    expect(await inNode('handed')).toEqual(expected(shared, 'handed'));
  });
});

if (chromium === null) process.stderr.write(`${MISSING}.\n`);

describe.skipIf(chromium === null)('in Chromium, every way has the bytes of Node', () => {
  let site: Site = new Map();
  beforeAll(async () => {
    site = new Map([
      ...(await bundle('test/browser/page')),
      ['/cases', JSON.stringify(CASES)],
      ['/throws.js', "onmessage = () => { throw new Error('out of order'); };"],
    ]);
  });
  test.each(SITES)('$page', async ({ reach }) => {
    expect(await askPage(chromium ?? '', site, reach === 'shared')).toEqual({
      answers: expected(shared, reach),
      faults: {
        throws: 'a thread of the engine failed: Uncaught Error: out of order',
        missing: 'a thread of the engine failed: its script could not be loaded',
      },
      stopped: { error: 'Stopped', futures: 0 },
    });
  });
});
