/**
 * Runs the tutorial as its reader would: the files are written, the commands typed, and what Casus prints is compared
 * with what the page shows. `npx vitest run test/docs -u` writes the answers of the page anew.
 */
import { spawnSync } from 'node:child_process';
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { type Fence, fencesOf, replaceFences } from '../support/fences.ts';

const PAGE = readFileSync('docs/tutorial.md', 'utf8');
const COMMAND = 'node bin/casus.js ';
const FILES = ['brief.md', 'model.casus'];

test('the tutorial says what Casus answers', async () => {
  const place = mkdtempSync(join(tmpdir(), 'casus-tutorial-'));
  try {
    mkdirSync(join(place, 'casus'));
    // The folder of Casus, as far as a command is typed in it.
    symlinkSync(resolve('bin'), join(place, 'casus', 'bin'), 'junction');
    mkdirSync(join(place, 'island'));
    const answered = replaceFences(PAGE, (fence) => follow(place, fence));
    await expect(answered).toMatchFileSnapshot('../../docs/tutorial.md');
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
});

test('every box of the tutorial is a file or a command', () => {
  const fences = fencesOf(PAGE);
  expect(fences.filter(({ language }) => language === 'console').length).toBeGreaterThan(8);
  for (const { language, words, text } of fences) {
    if (language === 'console') expect(commandsIn(text).length).toBeGreaterThan(0);
    else expect([...FILES, ...FILES.map((name) => `${name} added`)]).toContain(words.join(' '));
  }
});

/** Does what a box asks for and gives the box as it should be. */
function follow(place: string, { language, words, text }: Fence): string {
  if (language === 'console') {
    return commandsIn(text)
      .map((command) => `$ ${command}\n${answerTo(place, command)}`)
      .join('\n');
  }
  const [name = '', added] = words;
  writeFileSync(join(place, 'island', name), text, { flag: added === 'added' ? 'a' : 'w' });
  return text;
}

const commandsIn = (text: string): readonly string[] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('$ '))
    .map((line) => line.slice(2));

/** What a terminal shows: both streams in their order. */
function answerTo(place: string, command: string): string {
  if (!command.startsWith(COMMAND)) throw new Error(`the tutorial types \`${command}\``);
  const words = command.slice(COMMAND.length).split(' ');
  // On a terminal a run prints a table; here there is none.
  if (words[0] === 'run') words.push('--format', 'table');
  const shown = join(place, 'shown.txt');
  const file = openSync(shown, 'w');
  const { status } = spawnSync(process.execPath, ['bin/casus.js', ...words], {
    cwd: join(place, 'casus'),
    env: { ...process.env, NO_COLOR: '1' },
    stdio: ['ignore', file, file],
  });
  closeSync(file);
  if (status === null || status > 2) throw new Error(`\`${command}\` ended with ${status}`);
  return readFileSync(shown, 'utf8').replaceAll('\r\n', '\n');
}
