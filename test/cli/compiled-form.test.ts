/** What V8 has compiled of the command is kept when it is built, and what does not fit is refused without harm. */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { crc32 } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const LOADER = pathToFileURL(resolve('bin/load-bundle.js')).href;

/** A process of its own, as V8's settings are part of what must fit. */
const loaded = (file: string, settings: readonly string[] = []): { wasKept: boolean; exports: string[] } =>
  JSON.parse(
    execFileSync(
      process.execPath,
      [
        ...settings,
        '--input-type=module',
        '-e',
        `import { loadBundle } from ${JSON.stringify(LOADER)};
         const { wasKept, exports } = loadBundle(${JSON.stringify(file)});
         process.stdout.write(JSON.stringify({ wasKept, exports: Object.keys(exports) }));`,
      ],
      { encoding: 'utf8' },
    ),
  );

/** V8's own head begins with a number, and its version stands behind that. */
function withOtherVersion(bytes: Buffer): Buffer {
  const compiled = Buffer.from(bytes.subarray(64 + 8)).fill(1, 4, 8);
  const sum = crc32(compiled).toString(16).padStart(8, '0');
  return Buffer.concat([bytes.subarray(0, 64), Buffer.from(sum), compiled]);
}

describe('the compiled form of the command', () => {
  let folder = '';
  const inFolder = (name: string): string => join(folder, name);
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'casus-compiled-'));
    cpSync('dist/bundle', folder, { recursive: true });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('is taken by V8', () => {
    expect(loaded(resolve('dist/bundle/main.cjs'))).toEqual({ wasKept: true, exports: ['main'] });
  });

  test.each<{ name: string; spoil: (bytes: Buffer) => Buffer | 'folder' | null }>([
    {
      name: 'with bytes that were lost',
      spoil: (bytes) => Buffer.from(bytes).fill(0, bytes.length >> 1, (bytes.length >> 1) + 9),
    },
    { name: 'of another version of V8', spoil: withOtherVersion },
    { name: 'of another text', spoil: (bytes) => Buffer.from(bytes).fill('0', 0, 64) },
    { name: 'cut short', spoil: (bytes) => bytes.subarray(0, bytes.length >> 1) },
    { name: 'empty', spoil: () => Buffer.alloc(0) },
    { name: 'missing', spoil: () => null },
    { name: 'a folder', spoil: () => 'folder' },
  ])('$name is made do without', ({ spoil }) => {
    const kept = inFolder('main.v8-cache');
    const bytes = spoil(readFileSync('dist/bundle/main.v8-cache'));
    rmSync(kept, { force: true });
    if (bytes === 'folder') mkdirSync(kept);
    else if (bytes !== null) writeFileSync(kept, bytes);
    expect(loaded(inFolder('main.cjs')), 'V8 took it').toEqual({ wasKept: false, exports: ['main'] });
  });
});

test('V8 understands what it is told of optimizing', () => {
  const module = pathToFileURL(resolve('bin/optimize-late.js')).href;
  const script = `import { optimizeLate } from ${JSON.stringify(module)}; optimizeLate();`;
  // Of a setting that it does not know V8 says so here, and goes on.
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});

/** Whether V8 refuses what was kept of the command, in a process that has told it to optimize late or has not. */
function isRefused(isTold: boolean): boolean {
  const file = resolve('dist/bundle/main.cjs');
  const script = `
    import { readFileSync } from 'node:fs';
    import { Script } from 'node:vm';
    import { optimizeLate } from ${JSON.stringify(pathToFileURL(resolve('bin/optimize-late.js')).href)};
    if (${isTold}) optimizeLate();
    const text = readFileSync(${JSON.stringify(file)}, 'latin1');
    const cachedData = readFileSync(${JSON.stringify(file.replace(/cjs$/, 'v8-cache'))}).subarray(64 + 8);
    const head = '(function (exports, require, module, __filename, __dirname) {';
    const { cachedDataRejected } = new Script(head + text + '\\n})', { cachedData });
    process.stdout.write(String(cachedDataRejected));`;
  return (
    execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' }) === 'true'
  );
}

const KNOWN = ['11.3', '12.4', '13.6'];

test.runIf(KNOWN.some((version) => process.versions.v8.startsWith(`${version}.`)))(
  'the command is loaded by a V8 that was told so: what was kept belongs to its settings',
  () => {
    expect([isRefused(false), isRefused(true)]).toEqual([true, false]);
  },
);
