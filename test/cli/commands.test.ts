/** Verbs, options and their misspellings; where the answer goes and where the notes; how a run ends early. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { CODES } from '../../src/base/codes.ts';
import { BIN, casus, STACK_TRACE } from '../support/casus.ts';

const STORES = 'test/cli/fixtures/stores';
const RIVALS = 'test/cli/fixtures/rivals';
const FLAGSHIP = 'models/everything-depends-on-ourselves';
const temporary = mkdtempSync(join(tmpdir(), 'casus-cli-'));
afterAll(() => rmSync(temporary, { recursive: true, force: true }));

describe('help', () => {
  test.concurrent.each([[[]], [['--help']], [['help']], [['-h']]])(
    '%s lists the verbs on stdout',
    async (args) => {
      const { code, stdout, stderr } = await casus(args);
      expect([code, stderr]).toEqual([0, '']);
      for (const verb of ['check', 'run', 'new', 'format', 'explain', 'graph'])
        expect(stdout).toMatch(new RegExp(`^ {2}${verb} `, 'm'));
      expect(stdout).toContain('Examples:');
    },
  );

  test.concurrent.each(['check', 'run', 'new', 'format', 'explain', 'graph'])(
    '%s --help has an example',
    async (verb) => {
      const { code, stdout } = await casus([verb, '--help']);
      expect(code).toBe(0);
      expect(stdout).toMatch(new RegExp(`Examples?:\n {2}casus ${verb} `));
    },
  );

  test('every option of run is told', async () => {
    const { stdout } = await casus(['run', '--help']);
    for (const option of [
      'runs',
      'seed',
      'design',
      'scenario',
      'viewpoint',
      'hindsight',
      'measures',
      'bands',
      'only',
      'trace',
      'workers',
      'format',
    ])
      expect(stdout).toContain(`--${option}`);
  });

  test('--version is that of the package', async () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    expect(await casus(['--version'])).toMatchObject({ code: 0, stdout: `${version}\n`, stderr: '' });
  });
});

describe('wrong usage ends with code 2, one clear message and nothing on stdout', () => {
  test.concurrent.each<[string, readonly string[], RegExp]>([
    ['a misspelt verb', ['chek', STORES], /unknown command 'chek'[\s\S]*Did you mean check\?/],
    [
      'a misspelt option',
      ['run', STORES, '--rnus', '100'],
      /unknown option '--rnus'[\s\S]*Did you mean --runs\?/,
    ],
    ['an option of another verb', ['check', STORES, '--seed', '3'], /unknown option '--seed'/],
    ['a missing argument', ['run'], /missing required argument/],
    ['an argument too many', ['check', STORES, FLAGSHIP], /too many arguments/],
    ['an argument behind --viewpoint', ['run', '--viewpoint', 'Town', STORES], /before --viewpoint/],
    ['runs that are no number', ['run', STORES, '--runs', 'abc'], /'abc' is invalid.*whole number from 1 to/],
    ['no runs', ['run', STORES, '--runs', '0'], /whole number from 1 to/],
    ['half a run', ['run', STORES, '--runs', '1.5'], /whole number from 1 to/],
    ['too many runs', ['run', STORES, '--runs', '1000001'], /whole number from 1 to 1_?000_?000/],
    ['runs without a number', ['run', STORES, '--runs'], /argument missing/],
    [
      'runs that make no replicates',
      ['run', STORES, '--runs', '123'],
      /multiple of 10: try 120 or 130, or --design monte-carlo/,
    ],
    ['fewer runs than replicates', ['run', STORES, '--runs', '3'], /try 10, or --design monte-carlo/],
    ['a seed that is no number', ['run', STORES, '--seed', '_'], /whole number from 0 to/],
    ['a seed below zero', ['run', STORES, '--seed', '-1'], /whole number from 0 to/],
    ['a seed that numbers cannot hold', ['run', STORES, '--seed', '9007199254740993'], /whole number/],
    ['an unknown design', ['run', STORES, '--design', 'sobol'], /monte-carlo, latin-hypercube/],
    ['an unknown format', ['run', STORES, '--format', 'xml'], /table, json, ndjson, csv/],
    [
      'an unknown viewpoint',
      ['run', STORES, '--viewpoint', 'town'],
      /no viewpoint `town`; did you mean `Town`\? \(the model has as_written, Town, Army, driver, later\)/,
    ],
    ['one unknown of several', ['run', STORES, '--viewpoint', 'Town', 'Navy'], /no viewpoint `Navy`/],
    [
      'an unknown scenario',
      ['run', STORES, '--scenario', 'thirft'],
      /no scenario `thirft`; did you mean `thrift`\?/,
    ],
    [
      'a longer table where none is wanted',
      ['run', STORES, '--full', '--format', 'csv'],
      /csv has everything anyway: leave it out, or ask for --format table/,
    ],
    [
      'hindsight where nothing is later',
      ['run', RIVALS, '--hindsight'],
      /--hindsight asks for what was stated later, and the model has none of it/,
    ],
    [
      'a claim in hindsight where nothing is later',
      ['explain', 'early', '--in', RIVALS, '--hindsight'],
      /--hindsight asks for what was stated later, and the model has none of it/,
    ],
    ['a long pool', ['run', STORES, '--full', '--explore'], /a pool has no verdicts to tell at length/],
    ['one future at length', ['run', STORES, '--full', '--only', '3'], /one future has no verdicts/],
    [
      'an unknown code',
      ['explain', 'unit-mismach'],
      /no message has the code `unit-mismach`; did you mean `unit-mismatch`\?/,
    ],
    ['a code like no other', ['explain', 'xyzzy'], /no message has the code `xyzzy`\n/],
  ])('%s', async (_, args, message) => {
    const { code, stdout, stderr } = await casus(args);
    expect(stderr).toMatch(message);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr.match(/^error: /gm)).toHaveLength(1);
    expect(stderr).not.toMatch(STACK_TRACE);
  });
});

describe('check', () => {
  test('a sound argument: what it holds on stdout, what comes next on stderr', async () => {
    const { code, stdout, stderr } = await casus(['check', FLAGSHIP]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^everything-depends-on-ourselves is sound: .* claims .*\n$/);
    expect(stderr).toMatch(/^Next: .*run models\/everything-depends-on-ourselves\n$/);
  });

  test('messages are the answer, so they stand on stdout', async () => {
    const { code, stdout } = await casus(['check', STORES]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^warning\[number-without-origin\]/);
    expect(stdout).toContain('stores is sound');
  });

  test('a brief with a link that leads to no claim has a fault', async () => {
    const folder = join(temporary, 'loose');
    mkdirSync(folder);
    writeFileSync(join(folder, 'model.casus'), readFileSync(`${STORES}/model.casus`));
    writeFileSync(
      join(folder, 'brief.md'),
      readFileSync(`${STORES}/brief.md`, 'utf8').replace('(#half_year)', '(#half_yaer)'),
    );
    const { code, stdout } = await casus(['check', folder]);
    expect(code).toBe(1);
    expect(stdout).toContain('half_yaer');
  });
});

describe('run', () => {
  test('writes the answer to stdout and notes to stderr', async () => {
    const { code, stdout, stderr } = await casus(['run', STORES, '--runs', '50', '--format', 'table']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^How long the stores last/);
    expect(stdout).not.toContain('warning');
    expect(stderr).toMatch(/^warning\[number-without-origin\]/);
    expect(stderr).toMatch(
      /\nNext: .*explain half_year --in test\/cli\/fixtures\/stores --runs 50, for the reasoning\.\n$/,
    );
  });

  test('writes JSON where nobody watches', async () => {
    const { stdout } = await casus(['run', STORES, '--runs', '10']);
    expect(JSON.parse(stdout)).toMatchObject({ runs: 10, seed: 1, design: 'latin-hypercube' });
  });

  test('its options reach the ledger', async () => {
    const { stdout } = await casus([
      ...['run', STORES, '--runs', '1_0', '--seed', '42', '--design', 'monte-carlo'],
      ...['--scenario', 'thrift', '--viewpoint', 'Army', '--viewpoint', 'Town'],
    ]);
    expect(JSON.parse(stdout)).toMatchObject({
      runs: 10,
      seed: 42,
      design: 'monte-carlo',
      scenario: 'thrift',
      viewpoints: [{ name: 'Town' }, { name: 'Army' }],
    });
  });

  test('an argument with faults is not run: code 1, messages on stderr', async () => {
    const file = join(temporary, 'faulty.casus');
    writeFileSync(file, 'model "Faulty"\ntime 0 day .. 1 day by 1 day\nlet a: day = b\n');
    const { code, stdout, stderr } = await casus(['run', file]);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^error\[name-unknown\]/);
  });

  test('one Markdown file is an argument too', async () => {
    const file = join(temporary, 'essay.md');
    const model = readFileSync(`${STORES}/model.casus`, 'utf8');
    writeFileSync(file, `${readFileSync(`${STORES}/brief.md`, 'utf8')}\n\`\`\`casus\n${model}\`\`\`\n`);
    const [one, folder] = await Promise.all([
      casus(['run', file, '--runs', '50']),
      casus(['run', STORES, '--runs', '50']),
    ]);
    expect(one.stdout).toBe(folder.stdout);
  });

  test('futures that fail are data: named in the ledger, and nothing is settled', async () => {
    const file = join(temporary, 'failing.casus');
    writeFileSync(
      file,
      `model "Failing"
time 2024-01-01 .. 2024-01-11 by 1 day
input a: 1
  assumed uniform(0 - 1, 1) "test"
let root: 1 = sqrt(a)
measure m: 1 = final root
claim c "It is small"
  m < 2
`,
    );
    const { code, stdout } = await casus(['run', file, '--format', 'table']);
    expect(code).toBe(0);
    expect(stdout).toContain('not settled');
    expect(stdout.replaceAll(/\s+/g, ' ')).toMatch(/2000 of 4000 futures failed, .*: future \d+ by root /);
    expect(stdout.split('\n\n')[0]).toContain('Futures failed: 2000 of 4000 under');
  });
});

describe('explain', () => {
  test.concurrent.each(Object.keys(CODES).filter((_, number) => number % 40 === 0))('%s', async (name) => {
    const { code, stdout, stderr } = await casus(['explain', name]);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(new RegExp(`^${name}\n`));
    expect(stdout).toContain('Mend:');
  });

  test('takes a code as a message shows it', async () => {
    const { stdout } = await casus(['explain', 'error[unit-mismatch]']);
    expect(stdout).toMatch(/^unit-mismatch\n/);
  });
});

describe('new', () => {
  test('writes an argument that checks without a word and runs', async () => {
    const folder = join(temporary, 'first', 'argument');
    const made = await casus(['new', folder]);
    expect(made.code).toBe(0);
    expect(made.stdout).toContain(`${folder}/model.casus`);
    expect(made.stderr).toContain(`run ${folder}`);
    const checked = await casus(['check', folder]);
    expect(checked).toMatchObject({ code: 0, stdout: expect.stringMatching(/^argument is sound/) });
    const run = await casus(['run', folder, '--runs', '50']);
    expect(JSON.parse(run.stdout)).toMatchObject({ claims: [{ id: 'lasts', form: 'condition' }] });
  });

  test('fills an empty folder', async () => {
    const folder = join(temporary, 'empty');
    mkdirSync(folder);
    expect((await casus(['new', folder])).code).toBe(0);
  });

  test.each<[string, (path: string) => void]>([
    [
      'a folder with something in it',
      (path) => {
        mkdirSync(path);
        writeFileSync(join(path, 'mine.txt'), 'mine');
      },
    ],
    ['a file', (path) => writeFileSync(path, 'mine')],
  ])('refuses %s and leaves it as it is', async (name, make) => {
    const path = join(temporary, name.replaceAll(' ', '-'));
    make(path);
    const { code, stdout, stderr } = await casus(['new', path]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^error: .* is there already/);
    const kept = spawnSync('cat', [name === 'a file' ? path : join(path, 'mine.txt')], { encoding: 'utf8' });
    expect(kept.stdout).toBe('mine');
  });

  test('says where it cannot write', async () => {
    const file = join(temporary, 'file');
    writeFileSync(file, '');
    const { code, stderr } = await casus(['new', join(file, 'below')]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error: .* could not be written/);
    expect(stderr).not.toMatch(STACK_TRACE);
  });
});

const shell = (line: string, env: Readonly<Record<string, string>> = {}) => {
  const { NO_COLOR: _, FORCE_COLOR: __, ...inherited } = process.env;
  return spawnSync('bash', ['-c', line], {
    encoding: 'utf8',
    env: { ...inherited, TERM: 'xterm', ...env, CASUS: `'${process.execPath}' '${BIN}'` },
  });
};

describe('a closed pipe is quiet', () => {
  test.each(['table', 'json', 'ndjson', 'csv'])('%s | head -1', (format) => {
    const line = `set -o pipefail; eval "$CASUS run ${FLAGSHIP} --runs 10 --format ${format}" 2>&1 >&3 3>&- | cat`;
    const { stdout } = shell(`exec 3> >(head -c 1 > /dev/null); ${line}`);
    expect(stdout.replace(/\n?Next: .*\n$/, '')).toBe('');
  });
});

test.skipIf(process.platform !== 'linux')('an answer that cannot be written is no answer', () => {
  const { status, stderr } = shell(`eval "$CASUS run ${STORES} --runs 10" > /dev/full`);
  expect(status).toBe(2);
  expect(stderr).toMatch(/error: the answer could not be written: ENOSPC/);
  expect(stderr).not.toMatch(STACK_TRACE);
});

// `script` lends a terminal to what it runs.
const terminal = (env: Readonly<Record<string, string>>): string =>
  shell(`script -qec "$CASUS run ${STORES} --runs 10" /dev/null`, env).stdout;

describe.skipIf(spawnSync('script', ['--version']).status !== 0)('on a terminal', () => {
  const ESCAPE = '\u001b[';
  test('the answer is a table, with colours', () => {
    const text = terminal({});
    expect(text).toContain('● holds');
    expect(text).toContain(`${ESCAPE}1m`);
  });

  test('NO_COLOR is kept', () => {
    const text = terminal({ NO_COLOR: '1' });
    expect(text).toContain('● holds');
    // What is left wipes the bar of progress.
    expect(text.replaceAll(`${ESCAPE}K`, '')).not.toContain(ESCAPE);
  });
});

test('colours are never written into a file or a pipe', async () => {
  const { stdout, stderr } = await casus(['run', STORES, '--runs', '50', '--format', 'table'], {
    env: { TERM: 'xterm' },
  });
  expect(stdout + stderr).not.toContain('\u001b');
});

describe('Ctrl-C', () => {
  test.each([600, 2000])('after %d ms of a long run ends it with code 130 and no answer', async (after) => {
    const { code, stdout, stderr, milliseconds } = await casus(
      ['run', FLAGSHIP, '--runs', '200000', '--format', 'json'],
      { interruptAfter: after },
    );
    expect([code, stdout]).toEqual([130, '']);
    expect(stderr).toBe('Stopped before the end; no answer was written.\n');
    // It takes a small part of a second; this bound is for a busy host.
    expect(milliseconds).toBeLessThan(5000);
  });
});
