/** `casus run --only`: one future as its user sees it, its path in a file, and what is refused. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { casus, STACK_TRACE } from '../support/casus.ts';

const STORES = 'test/cli/fixtures/stores';
const RIVALS = 'test/cli/fixtures/rivals';
const temporary = mkdtempSync(join(tmpdir(), 'casus-replay-'));
afterAll(() => rmSync(temporary, { recursive: true, force: true }));

const ARMY = ['run', STORES, '--runs', '50', '--viewpoint', 'Army', '--only', '7'];

test.each(['table', 'json', 'ndjson', 'csv'])('--format %s', async (format) => {
  const { code, stdout } = await casus([...ARMY, '--format', format]);
  expect(code).toBe(0);
  await expect(stdout).toMatchFileSnapshot(`./golden/stores-only.${format}.txt`);
});

test('the path is a table with a row for each instant, in declared units', async () => {
  const file = join(temporary, 'path.csv');
  const { code } = await casus([...ARMY, '--trace', file]);
  expect(code).toBe(0);
  const [head, ...rows] = readFileSync(file, 'utf8').trimEnd().split('\r\n');
  expect(head).toBe('date,drawn [t/day],spoilt [share],stores [t],leaving [t/day],asked leaving [t/day]');
  expect(rows.length).toBe(53);
  expect(rows[0]).toMatch(/^2024-01-01,/);
  expect(rows.at(-1)).toMatch(/^2024-12-30,/);
  // One that is there is replaced, as by every command that is told where to write.
  expect((await casus([...ARMY.slice(0, -1), '8', '--trace', file])).code).toBe(0);
  expect(readFileSync(file, 'utf8')).not.toContain(rows[0]);
});

test('times of day, yes and no, and a future that fails', async () => {
  const file = join(temporary, 'failing.casus');
  writeFileSync(
    file,
    `model "Failing"
time 2024-01-01 .. 2024-01-02 by 6 hour
input a: 1
  assumed 0.3 "test"
lever b: 1 0 .. 1 = 1
let fine = a < 1
let left: 1 = sqrt(a - (time - 2024-01-01) / 1 day)
measure m: 1 = final left
measure always_fine = always fine
claim c "It is left"
  m < b
`,
  );
  const trace = join(temporary, 'failing.csv');
  const { code, stdout } = await casus(['run', file, '--only', '0', '--trace', trace, '--format', 'table']);
  expect(code).toBe(0);
  expect(stdout).toContain('It failed: left was the first to have no possible value, at 2024-01-01.');
  expect(readFileSync(trace, 'utf8').trimEnd().split('\r\n')).toEqual([
    'date,a,b,fine,left',
    '2024-01-01T00:00:00,0.3,1,true,0.5477225575051661',
    '2024-01-01T06:00:00,0.3,1,true,0.22360679774997894',
    '2024-01-01T12:00:00,0.3,1,true,NaN',
  ]);
});

test('a model without a calendar counts its time in days', async () => {
  const trace = join(temporary, 'epidemic.csv');
  const { code } = await casus(['run', 'models/epidemic-by-age', '--only', '0', '--trace', trace]);
  expect(code).toBe(0);
  const [head, first, second] = readFileSync(trace, 'utf8').split('\r\n');
  expect(head).toMatch(/^time \[day\],people\[child\] \[person\],.*"contact\[child, child\] \[1\/day\]"/);
  expect([first?.slice(0, 2), second?.slice(0, 4)]).toEqual(['0,', '0.5,']);
});

describe('refused with code 2 and one message', () => {
  const own = join(temporary, 'own');
  mkdirSync(own);
  const model = readFileSync(join(STORES, 'model.casus'), 'utf8');
  writeFileSync(join(own, 'model.casus'), model);
  test.concurrent.each<[string, readonly string[], RegExp]>([
    [
      'several viewpoints',
      [STORES, '--only', '3'],
      /--viewpoint as_written \(there are as_written, Town, Army, driver\)/,
    ],
    [
      'two viewpoints named',
      [STORES, '--only', '3', '--viewpoint', 'Army', 'Town'],
      /leave one of Army, Town/,
    ],
    [
      'a number too large',
      [...ARMY.slice(1, -1), '50'],
      /which are 0 to 49: ask for more with --runs, such as --runs 100/,
    ],
    ['no number', [STORES, '--only', 'first'], /whole number/],
    ['a path without a future', [STORES, '--trace', 'x.csv'], /--only, such as --only 0/],
    [
      'a path nowhere',
      [...ARMY.slice(1), '--trace', join(temporary, 'no', 'x.csv')],
      /there is no such folder/,
    ],
    ['a folder', [...ARMY.slice(1), '--trace', temporary], /it is a folder/],
    [
      'the model itself',
      [own, '--only', '1', '--viewpoint', 'Army', '--trace', join(own, 'model.casus')],
      /would write over a file of the argument/,
    ],
    [
      'several meanings',
      [RIVALS, '--viewpoint', 'Relief', '--only', '1'],
      /--definition \w+=\w+ .*means \w+ or \w+/,
    ],
  ])('%s', async (_, options, message) => {
    const { code, stdout, stderr } = await casus(['run', ...options]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(STACK_TRACE);
  });

  test('nothing of the argument was lost', () => {
    expect(readFileSync(join(own, 'model.casus'), 'utf8')).toBe(model);
    expect(existsSync('x.csv')).toBe(false);
  });
});

describe('--bands', () => {
  test.each(['table', 'csv', 'ndjson'])('--format %s', async (format) => {
    const { code, stdout } = await casus([
      ...['run', STORES, '--runs', '50', '--viewpoint', 'Army', '--format', format, '--bands', 'stores'],
    ]);
    expect(code).toBe(0);
    await expect(stdout).toMatchFileSnapshot(`./golden/stores-bands.${format}.txt`);
  });

  test.concurrent.each<[string, readonly string[], RegExp]>([
    ['an unknown name', [STORES, '--bands', 'store'], /did you mean `stores`\?/],
    [
      'more than can be kept',
      ['models/epidemic-by-age', '--runs', '1000000', '--bands', 'infected'],
      /would keep 302,000,000 values in 1,000,000 futures; 50,000,000 is the most/,
    ],
    ['one future', [...ARMY.slice(1), '--bands', 'stores'], /one future has no bands/],
    ['two tables in one', [STORES, '--format', 'csv', '--measures', '--bands', 'stores'], /CSV is one/],
    ['the argument behind the names', ['--bands', 'stores', STORES], /Give the argument before --bands/],
  ])('%s is refused', async (_, options, message) => {
    const { code, stdout, stderr } = await casus(['run', ...options]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(STACK_TRACE);
  });
});

test('failed futures are listed with what was given to them, and the first can be replayed', async () => {
  const file = join(temporary, 'roots.casus');
  writeFileSync(
    file,
    `model "Roots"
time 2024-01-01 .. 2024-01-11 by 1 day
input a: 1
  assumed uniform(0 - 1, 1) "test"
input far: 1
  assumed 1 to 2 "test"
let root: 1 = sqrt(a)
measure m: 1 = final (root + far)
claim c "It is small"
  m < 2
`,
  );
  const { stdout } = await casus(['run', file, '--runs', '100', '--format', 'json']);
  const { viewpoints } = JSON.parse(stdout);
  const [{ failures, failed }] = viewpoints;
  expect([failed, failures.length]).toEqual([50, 20]);
  for (const failure of failures) {
    expect(failure).toMatchObject({ variable: 'root', instant: '2024-01-01' });
    expect(failure.inputs.a).toBeLessThan(0);
    expect(failure.inputs.far).toBeGreaterThan(0);
    expect(failure.behind).toEqual([{ name: 'a', value: failure.inputs.a, unit: '' }]);
  }
  const table = await casus(['run', file, '--runs', '100', '--format', 'table']);
  const told = table.stdout.replaceAll(/\s+/g, ' ');
  expect(told).toContain(`and 47 more. To see one: --viewpoint stated --only ${failures[0].future}.`);
  const one = await casus([
    'run',
    file,
    '--runs',
    '100',
    '--format',
    'json',
    '--only',
    String(failures[0].future),
  ]);
  const future = JSON.parse(one.stdout);
  expect(future.failure).toEqual({ variable: 'root', instant: '2024-01-01' });
  expect(future.inputs.map((input: { value: number }) => input.value)).toEqual(
    Object.values(failures[0].inputs),
  );
});
