/**
 * What strangers and accidents put before Casus: each gets one clear message and the right exit code, at once and
 * without a trace of a fault.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { casus, STACK_TRACE } from '../support/casus.ts';

const temporary = mkdtempSync(join(tmpdir(), 'casus-bad-inputs-'));
afterAll(() => rmSync(temporary, { recursive: true, force: true }));

/** Each takes a tenth to a third of a second; the bound is for a busy host. */
const MOST_MILLISECONDS = 5000;
const HEAD = 'model "Bad"\ntime 0 day .. 10 day by 1 day\n';
const drawn = (figure: string): string =>
  `${HEAD}input a: 1\n  assumed ${figure} "test"\nlet y: 1 = a\nmeasure m: 1 = final y\n`;
const timed = (axis: string): string => `model "Bad"\ntime ${axis}\n`;
const nested = (open: string, close: string): string =>
  `${HEAD}let x: 1 = ${open.repeat(10_000)}1${close.repeat(10_000)}\nmeasure m: 1 = final x\n`;
const names = (count: number): string =>
  Array.from({ length: count }, (_, number) => `e${number}`).join(', ');

const noise = Uint8Array.from({ length: 5000 }, (_, at) => (at * 197 + (at >> 3)) % 256);

const CASES: readonly (readonly [string, string | Uint8Array, string])[] = [
  ['an empty file', '', 'text-empty'],
  ['a file of blanks', '\n \t\n', 'text-empty'],
  ['a binary file', noise, 'file-binary'],
  [
    'Latin-1 bytes',
    Buffer.from('model "Caf\u00e9"\ntime 0 day .. 1 day by 1 day\n', 'latin1'),
    'file-not-utf8',
  ],
  ['UTF-16', Buffer.from('\ufeffmodel "Wide"\n', 'utf16le'), 'file-not-utf8'],
  ['10 MB of text', 'let x: 1 = 1 # filler\n'.repeat(460_000), 'file-too-large'],
  ['brackets 10,000 deep', nested('(', ')'), 'nesting-too-deep'],
  ['signs 10,000 deep', nested('-', ''), 'nesting-too-deep'],
  ['conditions 10,000 deep', nested('if 1 > 0 then ', ' else 0'), 'nesting-too-deep'],
  ['calls 10,000 deep', nested('abs(', ')'), 'nesting-too-deep'],
  ['a sum of 200,000 terms', `${HEAD}let x: 1 = ${'1 + '.repeat(200_000)}1\n`, 'expression-too-long'],
  ['a group of a million elements', `${HEAD}group G = ${names(1_000_000)}\n`, 'file-too-large'],
  ['a group of 120,000 elements', `${HEAD}group G = ${names(120_000)}\n`, 'group-too-large'],
  ['a step of zero', timed('0 day .. 10 day by 0 day'), 'time-step-not-positive'],
  ['a step below zero', timed('0 day .. 10 day by (0 day - 1 day)'), 'time-step-not-positive'],
  ['an end before the start', timed('2024-02-01 .. 2024-01-01 by 1 day'), 'time-end-before-start'],
  ['steps that are not whole', timed('2024-01-01 .. 2024-02-01 by 1 week'), 'time-steps-not-whole'],
  ['a thousand million steps', timed('0 day .. 1000000 day by 0.001 day'), 'time-too-many-steps'],
  ['a deviation below zero', drawn('normal(1, (0 - 1))'), 'distribution-parameters'],
  ['a uniform that falls', drawn('uniform(2, 1)'), 'distribution-parameters'],
  ['a lognormal around zero', drawn('lognormal(0, 2)'), 'distribution-parameters'],
  ['a triangle without order', drawn('triangular(1, 0, 2)'), 'distribution-parameters'],
  ['a parameter too few', drawn('uniform(1)'), 'distribution-parameters'],
  ['an interval that falls', drawn('5 to 1'), 'interval-impossible'],
  ['an interval from zero', drawn('0 to 5'), 'interval-impossible'],
  ['an unknown distribution', drawn('gauss(1, 2)'), 'distribution-unknown'],
];

describe.each(['check', 'run'])('casus %s', (verb) => {
  test.concurrent.each(CASES)('%s', async (name, content, code) => {
    const file = join(temporary, `${verb} ${name}.casus`.replaceAll(' ', '-'));
    writeFileSync(file, content);
    const ended = await casus([verb, file]);
    expectOneMessage(verb, ended, code);
    expect(ended.stdout + ended.stderr).toContain(file);
  });

  test('a missing file', async () => {
    expectOneMessage(verb, await casus([verb, join(temporary, 'nowhere')]), 'file-missing', 2);
  });

  test('a misspelt path is told what stands there', async () => {
    const ended = await casus([verb, 'models/everything-depend-on-ourselves']);
    expectOneMessage(verb, ended, 'file-missing', 2);
    expect(ended.stdout + ended.stderr).toContain('Did you mean `models/everything-depends-on-ourselves`?');
  });

  test('a folder without a model', async () => {
    const folder = join(temporary, `${verb}-none`);
    mkdirSync(folder);
    writeFileSync(join(folder, 'notes.txt'), 'notes');
    expectOneMessage(verb, await casus([verb, folder]), 'no-model-in-folder', 2);
  });

  test('a file of another kind', async () => {
    expectOneMessage(verb, await casus([verb, 'package.json']), 'not-an-argument', 2);
  });

  test('a misspelt option', async () => {
    const { code, stderr } = await casus([verb, temporary, '--formt', 'json']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error: unknown option '--formt'/);
    expect(stderr).not.toMatch(STACK_TRACE);
  });
});

describe('a path where no argument is was typed wrongly, whatever is asked', () => {
  test.concurrent.each([
    ['check', 'nowhere'],
    ['run', 'nowhere'],
    ['format', 'nowhere'],
    ['format', '--check', 'nowhere'],
    ['format', 'models/teacup', 'nowhere'],
    ['graph', 'package.json'],
    ['explain', 'x', '--in', 'models'],
  ])('casus %s %s %s', async (...words) => {
    const { code, stderr, stdout } = await casus(words);
    expect(code).toBe(2);
    expect(stdout + stderr).toMatch(/^error\[(file-missing|not-an-argument|no-model-in-folder)\]/m);
  });

  test('an argument with a file that is no text has faults', async () => {
    const folder = join(temporary, 'binary');
    mkdirSync(folder);
    writeFileSync(join(folder, 'model.casus'), noise);
    for (const words of [
      ['check', folder],
      ['format', folder],
      ['graph', folder],
    ])
      expect((await casus(words)).code).toBe(1);
  });

  test('prose without a model is an argument with a fault', async () => {
    const folder = join(temporary, 'begun');
    mkdirSync(folder);
    writeFileSync(join(folder, 'brief.md'), '# A beginning\n');
    expectOneMessage('check', await casus(['check', folder]), 'no-model-in-folder');
  });
});

function expectOneMessage(
  verb: string,
  { code, stdout, stderr, milliseconds }: Awaited<ReturnType<typeof casus>>,
  wanted: string,
  exit = 1,
): void {
  // `check` is asked for messages, `run` for something else.
  const messages = verb === 'check' ? stdout : stderr;
  expect(messages.match(/^(error|warning)\[[a-z0-9-]+\]/gm)).toEqual([`error[${wanted}]`]);
  expect(messages).toMatch(/^Hint: \S/m);
  expect(code).toBe(exit);
  if (verb === 'run') expect(stdout).toBe('');
  expect(stdout + stderr).not.toMatch(STACK_TRACE);
  expect(messages.length).toBeLessThan(2000);
  expect(milliseconds).toBeLessThan(MOST_MILLISECONDS);
}
