/** `casus format`: what it writes, what it leaves alone, and that it replaces a file whole or not at all. */
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { casus } from '../support/casus.ts';

const temporary = mkdtempSync(join(tmpdir(), 'casus-format-'));
afterAll(() => rmSync(temporary, { recursive: true, force: true }));

let made = 0;
/** A folder of its own with these files. */
function folderWith(files: Readonly<Record<string, string | Buffer>>): string {
  const folder = join(temporary, `argument-${made++}`);
  mkdirSync(folder);
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}
const read = (folder: string, name = 'model.casus'): string => readFileSync(join(folder, name), 'utf8');

const UGLY = 'model   "M"\r\nlet a=(1)   # why\r\n';
const FORMED = 'model "M"\nlet a = 1  # why\n';

describe('casus format', () => {
  test('rewrites the model and nothing else', async () => {
    const folder = folderWith({ 'model.casus': UGLY, 'brief.md': '* prose  ' });
    chmodSync(join(folder, 'model.casus'), 0o640);
    const { code, stdout, stderr } = await casus(['format', folder]);
    expect([code, stdout, stderr]).toEqual([0, `${join(folder, 'model.casus')} formatted\n`, '']);
    expect([read(folder), read(folder, 'brief.md')]).toEqual([FORMED, '* prose  ']);
    expect(readdirSync(folder).sort()).toEqual(['brief.md', 'model.casus']);
    expect(statSync(join(folder, 'model.casus')).mode & 0o777).toBe(0o640);
  });

  test('says so where there is nothing to do', async () => {
    const folder = folderWith({ 'model.casus': FORMED });
    expect(await casus(['format', folder])).toMatchObject({
      code: 0,
      stdout: '',
      stderr: '1 file already formatted.\n',
    });
  });

  test('with --check lists what would change, and changes nothing', async () => {
    const [ugly, formed] = [folderWith({ 'model.casus': UGLY }), folderWith({ 'model.casus': FORMED })];
    const { code, stdout } = await casus(['format', '--check', formed, ugly]);
    expect([code, stdout]).toEqual([1, `${join(ugly, 'model.casus')}\n`]);
    expect(read(ugly)).toBe(UGLY);
    expect(await casus(['format', '--check', formed])).toMatchObject({ code: 0, stdout: '' });
  });

  test('shows the faults of a faulty text, and goes on with the next', async () => {
    const faulty = folderWith({ 'model.casus': 'let  a = \nlet  b = 1\n' });
    const ugly = folderWith({ 'model.casus': UGLY });
    const { code, stderr } = await casus(['format', faulty, ugly]);
    expect([code, read(faulty), read(ugly)]).toEqual([1, 'let  a = \nlet  b = 1\n', FORMED]);
    expect(stderr).toContain('error[value-missing]');
    expect(stderr).toContain('model.casus:1');
  });

  test('formats what is right in form, whatever it means', async () => {
    const folder = folderWith({ 'model.casus': 'let a:nothing=b\n' });
    expect(await casus(['format', folder])).toMatchObject({ code: 0 });
    expect(read(folder)).toBe('let a: nothing = b\n');
  });

  test('changes the blocks of a Markdown file, byte for byte nothing else', async () => {
    const page = (block: string): Buffer =>
      Buffer.from(`\ufeff# Title  \r\n\r\n- a\r\n\r\n  \`\`\`casus\r\n${block}  \`\`\`\r\n\r\n\tend`);
    const folder = folderWith({ 'essay.md': page('  let a=1\r\n     # below\r\n') });
    expect(await casus(['format', join(folder, 'essay.md')])).toMatchObject({ code: 0 });
    expect(readFileSync(join(folder, 'essay.md'))).toEqual(page('  let a = 1\r\n    # below\r\n'));
  });

  test('writes through a link instead of replacing it', async () => {
    const folder = folderWith({ 'real.casus': UGLY });
    symlinkSync('real.casus', join(folder, 'model.casus'));
    expect(await casus(['format', folder])).toMatchObject({ code: 0 });
    expect([read(folder, 'real.casus'), readdirSync(folder).length]).toEqual([FORMED, 2]);
  });

  test('names what is not there', async () => {
    const { code, stderr } = await casus(['format', join(temporary, 'nowhere')]);
    expect(code).toBe(2);
    expect(stderr).toContain('error[file-missing]');
  });

  test('has the models of this repository in its form', async () => {
    const models = readdirSync('models').map((name) => join('models', name));
    expect(await casus(['format', '--check', ...models])).toMatchObject({ code: 0, stdout: '' });
  });
});
