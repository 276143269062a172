/**
 * Data files on disk: found beside the model, read as strictly as the model itself, and never outside the folder of the
 * argument.
 */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { drawAll, PLAIN_STYLE } from '../../src/base/draw-diagnostic.ts';
import { load } from '../../src/cli/load.ts';
import { LARGEST_FILE_BYTES } from '../../src/cli/read-argument.ts';
import { casus, STACK_TRACE } from '../support/casus.ts';

const temporary = mkdtempSync(join(tmpdir(), 'casus-data-'));
afterAll(() => rmSync(temporary, { recursive: true, force: true }));

const GOOD = 'date,x\n2024-01-01,1\n2024-01-11,2\n';
const model = (name: string): string => `model "A file"
time 2024-01-01 .. 2024-01-11 by 5 day
series x: 1 from "${name}"
  assumed "for the test"
measure last = final x
`;

/** A folder with a model that names a file; `make` puts the file there. */
function argument(name: string, make: (folder: string) => void): string {
  const folder = mkdtempSync(join(temporary, 'argument-'));
  writeFileSync(join(folder, 'model.casus'), model(name));
  make(folder);
  return folder;
}
const put =
  (name: string, content: string | Uint8Array = GOOD) =>
  (folder: string): void => {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), content);
  };
const codesAt = (path: string): readonly string[] => load(path).result.diagnostics.map(({ code }) => code);

describe('a data file is found', () => {
  test.each(['x.csv', 'data/x.csv', 'Ö and more/x y.CSV'])('as %s', (name) => {
    expect(codesAt(argument(name, put(name)))).toEqual([]);
  });

  test('beside a single Markdown file, and beside a model of another name', () => {
    const folder = mkdtempSync(join(temporary, 'argument-'));
    put('x.csv')(folder);
    writeFileSync(join(folder, 'essay.md'), `# An essay\n\n\`\`\`casus\n${model('x.csv')}\`\`\`\n`);
    writeFileSync(join(folder, 'other.casus'), model('x.csv'));
    expect(codesAt(join(folder, 'essay.md'))).toEqual([]);
    expect(codesAt(join(folder, 'other.casus'))).toEqual([]);
  });

  test('with a byte order mark and the line ends of Windows', () => {
    const content = `\ufeff${GOOD.replaceAll('\n', '\r\n')}\r\n`;
    expect(codesAt(argument('x.csv', put('x.csv', content)))).toEqual([]);
  });

  test('through a link that stays in the folder', () => {
    const path = argument('x.csv', (folder) => {
      put('data/real.csv')(folder);
      symlinkSync(join(folder, 'data/real.csv'), join(folder, 'x.csv'));
    });
    expect(codesAt(path)).toEqual([]);
  });
});

describe('a data file is refused', () => {
  const outside = join(temporary, 'outside.csv');
  writeFileSync(outside, GOOD);

  test.each<[string, string, (folder: string) => void, RegExp]>([
    ['where it is missing', 'file-missing', () => {}, /there is no `.*x\.csv`/],
    ['where a name is near', 'file-missing', put('xs.csv'), /Did you mean `"xs.csv"`\?/],
    [
      'where a link leads to nothing',
      'file-missing',
      (folder) => symlinkSync('nowhere', join(folder, 'x.csv')),
      /a link that leads to no file/,
    ],
    [
      'where a link leads out',
      'file-outside-folder',
      (folder) => symlinkSync(outside, join(folder, 'x.csv')),
      /outside\.csv/,
    ],
    [
      'where it is a folder',
      'file-not-regular',
      (folder) => mkdirSync(join(folder, 'x.csv')),
      /this is a folder/,
    ],
    ['in UTF-16', 'file-not-utf8', put('x.csv', Buffer.from(`\ufeff${GOOD}`, 'utf16le')), /UTF-16/],
    ['in Latin-1', 'file-not-utf8', put('x.csv', Buffer.from('date,é\n', 'latin1')), /in line 1/],
    ['of bytes', 'file-binary', put('x.csv', Uint8Array.of(1, 0, 2)), /the byte 0/],
    ['too large', 'file-too-large', put('x.csv', 'a'.repeat(LARGEST_FILE_BYTES + 1)), /1,000,001 bytes/],
  ])('%s: %s', (_, code, make, said) => {
    const { result, texts } = load(argument('x.csv', make));
    expect(result.diagnostics.map((one) => one.code)).toEqual([code]);
    const drawn = drawAll(result.diagnostics, texts, PLAIN_STYLE);
    expect(drawn).toMatch(said);
    // It points at the line that names the file.
    expect(drawn).toContain('model.casus:3:18');
  });

  test.each(['../outside.csv', '/etc/passwd.csv', 'a/../../outside.csv', '..'])(
    'by the name %s, and never opened',
    (name) => {
      const { result, texts } = load(argument(name, () => {}));
      expect(result.diagnostics.map((one) => one.code)).toEqual(['data-file-name']);
      expect([...texts.keys()]).toHaveLength(1);
    },
  );
});

test('a fault in a file is drawn from the file, with exit code 1', async () => {
  const path = argument('x.csv', put('x.csv', '# weekly\ndate,x\n2024-01-01,1\n2024-01-11,about 2\n'));
  const ended = await casus(['check', path]);
  expect(ended.code).toBe(1);
  expect(ended.stdout).toContain('x.csv:4:12\n');
  expect(ended.stdout).toContain('4 | 2024-01-11,about 2\n');
  expect(ended.stdout + ended.stderr).not.toMatch(STACK_TRACE);
});

test('`casus explain` tells the rows, and `casus graph` a node of its own', async () => {
  const path = argument('x.csv', put('x.csv'));
  const explained = await casus(['explain', 'x', '--in', path]);
  expect(explained.stdout).toContain('rows in     x.csv\n');
  expect(explained.stdout).toContain('2 rows from 2024-01-01 to 2024-01-11, joined by lines\n');
  const drawn = await casus(['graph', path]);
  expect(drawn.stdout).toContain('series_x[\\"x"\\]');
  expect(drawn.stdout).toContain('series_x --> measure_last');
});
