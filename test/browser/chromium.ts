/** A Chromium without a window, and what a page in it hands back. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, type Rollup } from 'vite';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

export const MISSING =
  'No Chromium is installed, so the engine was not tried in a browser; on Debian: apt-get install chromium';

/** The command that starts it; null where none is installed. */
export const chromium: string | null =
  NAMES.find((name) => spawnSync(name, ['--version'], { stdio: 'ignore' }).status === 0) ?? null;

/** Files of a page by their paths on the server. */
export type Site = ReadonlyMap<string, string | Uint8Array>;

/** @param root folder of index.html */
export async function bundle(root: string): Promise<Site> {
  const built = (await build({
    root,
    configFile: false,
    logLevel: 'error',
    // The page waits at its top level.
    build: { write: false, target: 'es2022' },
    worker: { format: 'es' },
  })) as Rollup.RollupOutput;
  return new Map(
    built.output.map((one) => [`/${one.fileName}`, one.type === 'chunk' ? one.code : one.source]),
  );
}

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  json: 'application/json',
};

/** What lets a page share memory with its workers. */
const ISOLATION = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

/** Opens a page and resolves with what it posts to /answer; rejects where the browser ends before. */
export async function askPage(command: string, site: Site, isIsolated: boolean): Promise<unknown> {
  let answered: (answer: unknown) => void = () => {};
  const answer = new Promise<unknown>((resolve) => {
    answered = resolve;
  });
  const server = createServer((request, response) => {
    const path = request.url === '/' ? '/index.html' : (request.url ?? '');
    if (path === '/answer') {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        response.end();
        answered(JSON.parse(Buffer.concat(parts).toString('utf8')));
      });
      return;
    }
    const content = site.get(path);
    if (content === undefined) return response.writeHead(404).end();
    const type = TYPES[path.split('.').at(-1) ?? ''] ?? TYPES['json'];
    response.writeHead(200, { 'Content-Type': type, ...(isIsolated ? ISOLATION : {}) });
    response.end(content);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a server without a port');
  const profile = mkdtempSync(join(tmpdir(), 'casus-chromium-'));
  const child = spawn(
    command,
    [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--disable-dev-shm-usage',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-proxy-server',
      `--user-data-dir=${profile}`,
      `http://127.0.0.1:${address.port}/`,
    ],
    // Its many processes are one group, to be ended together.
    { stdio: ['ignore', 'ignore', 'pipe'], detached: true },
  );
  const said: string[] = [];
  child.stderr.setEncoding('utf8').on('data', (part: string) => said.push(part));
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const early = ended.then(() => {
    throw new Error(`the browser ended without an answer:\n${said.join('').slice(-2000)}`);
  });
  try {
    return await Promise.race([answer, early]);
  } finally {
    early.catch(() => {});
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
    await ended;
    server.closeAllConnections();
    server.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}
