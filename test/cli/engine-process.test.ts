/**
 * The engine as a process: what the host refuses or what traps is a fault of Casus and says so, and a large run stays
 * small in memory. A hook that Node loads before the command breaks the host or looks at it.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const MODEL = `model "Three"
time 0 day .. 2 day by 1 day
input a: 1
  assumed 1 to 2 "made up"
measure m = final a
claim c "C"
  m > 0
`;

const folder = mkdtempSync(join(tmpdir(), 'casus-'));
writeFileSync(join(folder, 'model.casus'), MODEL);
afterAll(() => rmSync(folder, { recursive: true }));

function runWith(hook: string, runs: number): { readonly exit: number | null; readonly said: string } {
  const file = join(folder, 'hook.cjs');
  writeFileSync(file, hook);
  const args = ['run', folder, '--runs', String(runs), '--workers', '1', '--format', 'json'];
  const { status, stderr } = spawnSync(process.execPath, ['--require', file, 'bin/casus.js', ...args], {
    encoding: 'utf8',
    maxBuffer: 1e8,
  });
  return { exit: status, said: stderr };
}

const TRAP = `const Real = WebAssembly.Instance;
WebAssembly.Instance = function (module, imports) {
  const { exports } = new Real(module, imports);
  return { exports: { ...exports, advance: () => { throw new WebAssembly.RuntimeError('made to trap'); } } };
};`;
const refusing = (what: string, error: string): string =>
  `WebAssembly.${what} = function () { throw new WebAssembly.${error}('made to fail'); };`;

test.each([
  ['bytes that are refused', refusing('Module', 'CompileError')],
  ['a module that cannot be linked', refusing('Instance', 'LinkError')],
  ['a trap', TRAP],
])('%s are a fault of Casus', (_, hook) => {
  const { exit, said } = runWith(hook, 10);
  expect(exit).toBe(3);
  expect(said).toMatch(/this is a fault of Casus, not of your argument: made to (fail|trap)\n/);
  expect(said).not.toMatch(/\n\s+at /);
});

/**
 * A hook that says the most memory its process held, in KiB. Linux hands what the parent holds on to the child's
 * `maxRSS` when it starts another program, so that large test files that ran before would be measured in its place.
 */
const MOST_MEMORY = `const { readFileSync } = require('node:fs');
const most = () => process.platform === 'linux'
  ? /^VmHWM:\\s+(\\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))[1]
  : process.resourceUsage().maxRSS;
process.on('exit', () => process.stderr.write('KiB ' + most()));`;

test('a million futures of a small model stay under 1 GiB', () => {
  const { exit, said } = runWith(MOST_MEMORY, 1_000_000);
  expect(exit).toBe(0);
  expect(Number(/KiB (\d+)/.exec(said)?.[1])).toBeLessThan(1_048_576);
}, 60_000);
