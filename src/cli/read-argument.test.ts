/** Reading arguments from disk: the three forms, and everything that may lie there instead. */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Result } from '../base/result.ts';
import { type ArgumentFiles, readArgument } from './read-argument.ts';

const MODEL = 'model "A"\n';
const MARKDOWN = `Text.\n\n\`\`\`casus\n${MODEL}\`\`\`\n`;

// The folder is named from the working directory, as a user would: names in messages are then checked to be short.
let root = '';
beforeEach(() => {
  root = relative('.', mkdtempSync(join(tmpdir(), 'casus-read-')));
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

const at = (path: string): string => join(root, path);

function put(files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), content);
  }
}

/** Reads an argument; what comes back names paths from the root of the test. */
function read(path: string): Result<ArgumentFiles> {
  return JSON.parse(
    JSON.stringify(readArgument(at(path))).replaceAll(`${root}${sep}`, ''),
  ) as Result<ArgumentFiles>;
}

/** What reading says: file, code and label of each diagnostic. */
function faults(path: string): readonly (readonly [string, string, string])[] {
  const result = read(path);
  expect(result.ok).toBe(false);
  return result.diagnostics.map(({ span, code, label }) => [span.file, code, label] as const);
}
const hints = (path: string) => read(path).diagnostics.map(({ hint }) => hint);

describe('the three forms', () => {
  it('reads a folder with and without a brief', () => {
    put({ 'strait/model.casus': MODEL, 'strait/brief.md': 'Text.\n', 'bare/model.casus': MODEL });
    expect(read('strait')).toEqual({
      ok: true,
      value: {
        name: 'strait',
        model: { file: 'strait/model.casus', text: MODEL },
        brief: { file: 'strait/brief.md', text: 'Text.\n' },
        form: 'folder',
        folder: 'strait',
      },
      diagnostics: [],
    });
    expect(read('bare/')).toMatchObject({ ok: true, value: { name: 'bare', brief: null } });
  });

  it('names files as short as can be', () => {
    put({ 'strait/model.casus': MODEL });
    const named = (path: string) => {
      const result = readArgument(path);
      return result.ok ? [result.value.name, result.value.model?.file] : result.diagnostics;
    };
    const file = join(root, 'strait', 'model.casus');
    expect(named(`./${root}/strait/`)).toEqual(['strait', file]);
    expect(named(`${root}//strait/../strait`)).toEqual(['strait', file]);
    expect(named(`${root}/strait/.`)).toEqual(['strait', file]);
    expect(named(resolve(root, 'strait'))).toEqual(['strait', resolve(file)]);
    // The working directory itself, which is no argument, goes without a prefix.
    expect(readArgument('.').diagnostics[0]).toMatchObject({
      span: { file: '.' },
      label: expect.stringMatching(/^it holds `\.[a-z]/),
    });
  });

  it('reads a Markdown file', () => {
    put({ 'essay.md': MARKDOWN });
    const file = { file: 'essay.md', text: MARKDOWN };
    expect(read('essay.md')).toEqual({
      ok: true,
      value: { name: 'essay', model: file, brief: file, form: 'markdown', folder: root },
      diagnostics: [],
    });
  });

  it('takes model.casus for its folder, and another .casus file alone', () => {
    put({ 'a/model.casus': MODEL, 'a/brief.md': 'Text.\n', 'a/other.casus': MODEL });
    expect(read('a/model.casus')).toMatchObject({
      value: { name: 'a', brief: { file: 'a/brief.md' } },
    });
    expect(read('a/other.casus')).toMatchObject({
      value: { name: 'other', model: { file: 'a/other.casus' }, brief: null, form: 'folder' },
    });
  });

  it('leaves faults of the prose to the stage that has the text', () => {
    put({ 'deep.md': '>'.repeat(100) });
    expect(read('deep.md')).toMatchObject({ ok: true });
  });
});

describe('what is missing', () => {
  it('says so, and which path is like it', () => {
    put({ 'models/strait/model.casus': MODEL, 'models/essay.md': MARKDOWN, 'models/notes.txt': '' });
    expect(faults('models/strat')).toEqual([['models/strat', 'file-missing', '']]);
    expect(hints('models/strat')).toEqual(['Did you mean `models/strait`?']);
    expect(hints('models/esay.md')).toEqual(['Did you mean `models/essay.md`?']);
    expect(hints('models/notes.tx')[0]).not.toContain('Did you mean');
    expect(faults('model/strait')).toEqual([['model/strait', 'file-missing', 'there is no `model`']]);
    expect(hints('model/strait')).toEqual(['Did you mean `models`?']);
    expect(faults('models/essay.md/x')).toEqual([
      ['models/essay.md/x', 'file-missing', '`models/essay.md` is a file'],
    ]);
    expect(readArgument('').diagnostics).toMatchObject([
      { code: 'file-missing', label: 'the path is empty' },
    ]);
  });

  it('says what a folder without a model holds', () => {
    put({ 'a/x.txt': '', 'a/sub/y': '', 'empty/z/q': '' });
    expect(faults('a')).toEqual([['a', 'no-model-in-folder', 'it holds `sub/`, `x.txt`']]);
    expect(faults('empty/z')).toEqual([['empty/z', 'no-model-in-folder', 'it holds `q`']]);
    rmSync(at('empty/z/q'));
    expect(faults('empty/z')).toEqual([['empty/z', 'no-model-in-folder', 'it holds nothing']]);
    put(Object.fromEntries(Array.from({ length: 1_250 }, (_, index) => [`many/${1_000 + index}`, ''])));
    expect(faults('many')[0]?.[2]).toMatch(/^it holds `1000`, .*`1007` and 1,242 more$/);
  });

  it('points at the file that was most likely meant', () => {
    put({
      'a/essay.md': MARKDOWN,
      'b/essay.md': 'Text.\n',
      'c/Model.casus': MODEL,
      'd/e/model.casus': MODEL,
    });
    expect(hints('a')).toEqual(['`a/essay.md` has casus blocks: give that file.']);
    expect(hints('b')[0]).toContain('Put the model into');
    expect(hints('c')).toEqual(['Rename `Model.casus` to `model.casus`, or give `c/Model.casus`.']);
    expect(hints('d')).toEqual(['Give one of the folders in it, such as `d/e`.']);
  });

  it('asks for a text, and for a block in Markdown', () => {
    put({
      'a/model.casus': ' \n',
      'b.casus': '',
      'c.md': '',
      'd.md': 'Text.\n',
      'e.md': '```casus\n\n```\n',
    });
    expect(faults('a')).toEqual([['a/model.casus', 'text-empty', '']]);
    expect(faults('b.casus')).toEqual([['b.casus', 'text-empty', '']]);
    expect(faults('c.md')).toEqual([['c.md', 'no-casus-block', '']]);
    expect(faults('d.md')).toEqual([['d.md', 'no-casus-block', '']]);
    expect(faults('e.md')).toEqual([['e.md', 'text-empty', '']]);
  });
});

describe('files that are not read', () => {
  it('refuses other kinds', () => {
    put({ 'a.txt': 'x', b: 'x' });
    expect(faults('a.txt')).toEqual([['a.txt', 'not-an-argument', 'a file of the kind `.txt`']]);
    expect(faults('b')).toEqual([['b', 'not-an-argument', 'a file without an extension']]);
  });

  it('refuses a large file by its size, and reads one at the limit', () => {
    put({ 'a.casus': '', 'b.casus': `#${'\n'.repeat(999_999)}` });
    truncateSync(at('a.casus'), 5_000_000_000);
    expect(faults('a.casus')).toEqual([
      ['a.casus', 'file-too-large', '5,000,000,000 bytes; at most 1,000,000 bytes are read'],
    ]);
    expect(read('b.casus').ok).toBe(true);
    writeFileSync(at('b.casus'), `#${'\n'.repeat(1_000_000)}`);
    expect(faults('b.casus')[0]?.[2]).toContain('1,000,001 bytes');
  });

  it('refuses what is not UTF-8, with its place', () => {
    put({
      'a.casus': new Uint8Array([0x61, 0x0d, 0x0a, 0x62, 0x0a, 0x63, 0xe4, 0x64]),
      'b.casus': new Uint8Array([0xff, 0xfe, 0x61, 0x00]),
      'c.casus': new Uint8Array([0x61, 0x00, 0x62]),
    });
    expect(faults('a.casus')).toEqual([
      [
        'a.casus',
        'file-not-utf8',
        'in line 3, byte 2 (byte 7 of the file) is E4, which has no meaning there in UTF-8',
      ],
    ]);
    expect(faults('b.casus')).toEqual([['b.casus', 'file-not-utf8', 'it begins as a text in UTF-16 does']]);
    expect(faults('c.casus')).toEqual([['c.casus', 'file-binary', 'it holds the byte 0, which no text has']]);
  });

  it('refuses folders, devices and pipes in the place of files, without waiting', () => {
    mkdirSync(at('a/model.casus'), { recursive: true });
    mkdirSync(at('b.md'));
    expect(faults('a')).toEqual([['a/model.casus', 'file-not-regular', 'this is a folder']]);
    expect(faults('b.md')[0]?.[1]).toBe('no-model-in-folder');
    expect(readArgument('/dev/zero').diagnostics).toMatchObject([{ code: 'file-not-regular' }]);
    execFileSync('mkfifo', [at('pipe.md')]);
    expect(faults('pipe.md')).toEqual([
      ['pipe.md', 'file-not-regular', 'this is a device, a pipe or a socket'],
    ]);
    put({ 'c/model.casus': MODEL });
    execFileSync('mkfifo', [at('c/brief.md')]);
    expect(faults('c')).toEqual([['c/brief.md', 'file-not-regular', 'this is a device, a pipe or a socket']]);
  });

  it('refuses links out of the folder, to nowhere and in circles, and follows others', () => {
    put({ 'secret.md': 'x', 'a/model.casus': MODEL, 'a/inner.md': 'Text.\n' });
    symlinkSync('../secret.md', at('a/brief.md'));
    expect(faults('a')).toMatchObject([
      ['a/brief.md', 'file-outside-folder', expect.stringContaining('secret.md')],
    ]);
    rmSync(at('a/brief.md'));
    symlinkSync('inner.md', at('a/brief.md'));
    expect(read('a')).toMatchObject({ value: { brief: { file: 'a/brief.md', text: 'Text.\n' } } });
    rmSync(at('a/brief.md'));
    symlinkSync('nowhere', at('a/brief.md'));
    expect(faults('a')).toEqual([['a/brief.md', 'file-missing', 'a link that leads to no file']]);
    rmSync(at('a/brief.md'));
    symlinkSync('brief.md', at('a/brief.md'));
    expect(faults('a')).toEqual([
      ['a/brief.md', 'file-unreadable', 'it is a link that leads back to itself'],
    ]);
    rmSync(at('a/brief.md'));
    symlinkSync('a', at('link'));
    expect(read('link')).toMatchObject({
      value: { name: 'link', model: { file: 'link/model.casus' } },
    });
    symlinkSync('/dev/zero', at('a/brief.md'));
    expect(faults('a')[0]?.[1]).toBe('file-not-regular');
    symlinkSync('nowhere', at('lost.md'));
    expect(faults('lost.md')[0]?.[1]).toBe('file-missing');
  });

  // The superuser may read everything.
  it.skipIf(process.getuid?.() === 0)('says that a file may not be read', () => {
    put({ 'a/model.casus': MODEL });
    chmodSync(at('a/model.casus'), 0);
    expect(faults('a')).toEqual([['a/model.casus', 'file-unreadable', 'you are not allowed to read it']]);
  });

  it('says that a name is impossible', () => {
    expect(faults(`${'x'.repeat(5_000)}.md`)[0]?.[2]).toBe('its name is longer than the system allows');
    expect(faults('a\0b.md')[0]?.[2]).toBe('its name holds a character that no file name has');
  });

  it('reports the model and the brief together', () => {
    put({ 'a/model.casus': '', 'a/brief.md': new Uint8Array([0xff]) });
    expect(faults('a').map(([file, code]) => [file, code])).toEqual([
      ['a/model.casus', 'text-empty'],
      ['a/brief.md', 'file-not-utf8'],
    ]);
  });
});
