/**
 * The formatter on whole files: an ugly text as it comes out, the texts of this repository, and the blocks of Markdown
 * files. What it does on generated texts is in src/language/print.test.ts.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readBrief } from '../../src/brief/read-brief.ts';
import { compile } from '../../src/compile.ts';
import { format } from '../../src/language/format.ts';
import { parse } from '../../src/language/parser.ts';
import { BUILT_IN_UNITS } from '../../src/language/print.ts';
import { DECLARATION_KINDS } from '../../src/language/tree.ts';
import { PREDEFINED_UNITS } from '../../src/model/units.ts';
import { fencesOf } from '../support/fences.ts';
import { whole } from '../support/generated-text.ts';

const read = (file: string): string => readFileSync(file, 'utf8');

/** The text in its form; throws where it has faults. */
function formatted(text: string): string {
  const result = format(whole(text));
  if (result.ok) return result.text;
  throw new Error(result.diagnostics.map(({ code, label }) => `${code}: ${label}`).join('\n'));
}

describe('a deliberately ugly text', () => {
  const ugly = read('test/format/ugly.casus');

  test('comes out in the one form', async () => {
    await expect(formatted(ugly)).toMatchFileSnapshot('./formatted.casus');
  });

  test('has every kind of declaration', () => {
    const kinds = parse(whole(ugly)).tree.declarations.map(({ kind }) => kind);
    expect(DECLARATION_KINDS.filter((kind) => !kinds.includes(kind))).toEqual([]);
  });

  test('comes out alike with other line ends and a byte order mark', () => {
    for (const end of ['\r\n', '\r']) expect(formatted(ugly.replaceAll('\n', end))).toBe(formatted(ugly));
    expect(formatted(`\ufeff${ugly}`)).toBe(formatted(ugly));
  });
});

describe('small texts', () => {
  test.each([
    ['', ''],
    [' \n\n\t\n', ''],
    ['# only a comment', '# only a comment\n'],
    ['\n\n  # one\n\n\n# two  \n', '# one\n\n# two\n'],
    ['let a = 1', 'let a = 1\n'],
    ['let a = ((1))', 'let a = 1\n'],
    ['let a = (a + b) + (c * d)', 'let a = a + b + c * d\n'],
    ['let a = a - (b - c)', 'let a = a - (b - c)\n'],
    ['let a = (a / b) / (c / d)', 'let a = a / b / (c / d)\n'],
    ['let a = -(x^2) + (-x)^2 + 2^(3^4) + (2^3)^4', 'let a = -x^2 + (-x)^2 + 2^3^4 + (2^3)^4\n'],
    ['let a = (10 day)^2', 'let a = (10 day)^2\n'],
    ['let a = (10 day)/(2 day)', 'let a = 10 day / 2 day\n'],
    ['let a = 10 day/day*x', 'let a = 10 day/day * x\n'],
    ['let a = 1 + if b then c else d', 'let a = 1 + (if b then c else d)\n'],
    ['let a = (not b) and (c or d)', 'let a = not b and (c or d)\n'],
    ['measure m = at (0) store', 'measure m = at (0) store\n'],
    ['measure m = at x -store', 'measure m = at (x) (-store)\n'],
    ['claim c\n  (not testable) and b', 'claim c\n  (not testable and b)\n'],
    ['input x\n\n  a 5  # why\n\n\n  # more\n  b 6\n', 'input x\n\n  a  5  # why\n\n  # more\n  b  6\n'],
  ])('%j', (text, expected) => {
    expect(formatted(text)).toBe(expected);
  });

  test('faulty text is not formatted', () => {
    const result = format(whole('let a = \nlet b = 1'));
    expect(result.ok ? [] : result.diagnostics.map(({ code }) => code)).toEqual(['value-missing']);
  });

  test('text near a limit is left alone, where its form would be beyond it', () => {
    const deep = `let a = ${'1 + if b then c else '.repeat(150)}d`;
    expect(parse(whole(deep)).diagnostics).toEqual([]);
    expect(format(whole(deep))).toEqual({ ok: false, diagnostics: [] });
  });

  test('the units of time are those of the model', () => {
    expect(BUILT_IN_UNITS).toEqual(PREDEFINED_UNITS.map(({ name }) => name));
  });
});

describe('the texts of this repository', () => {
  const models = readdirSync('models', { withFileTypes: true })
    .map(({ name }) => `models/${name}/model.casus`)
    .filter((file) => existsSync(file));
  const bad = readdirSync('test/bad')
    .map((name) => `test/bad/${name}/model.casus`)
    .filter((file) => existsSync(file) && parse(whole(read(file))).diagnostics.length === 0);
  const examples = readdirSync('docs')
    .filter((name) => name.endsWith('.md'))
    .flatMap((page) => fencesOf(read(`docs/${page}`)).map((fence) => ({ page, ...fence })))
    .filter(({ language, text }) => language === 'casus' && parse(whole(text)).diagnostics.length === 0);

  test.each(models)('%s is formatted', (file) => {
    expect(formatted(read(file))).toBe(read(file));
  });

  test('examples and bad examples say the same in their form, which is its own form', () => {
    expect(Math.min(bad.length, examples.length)).toBeGreaterThan(20);
    const codes = (text: string): readonly string[] =>
      compile({ form: 'folder', model: { file: 'm', text }, brief: null }).diagnostics.map(
        ({ code }) => code,
      );
    for (const text of [...bad.map(read), ...examples.map((example) => example.text)]) {
      const once = formatted(text);
      expect(formatted(once)).toBe(once);
      expect([...codes(once)].sort()).toEqual([...codes(text)].sort());
    }
  });
});

describe('a Markdown file', () => {
  const formatPage = (page: string): string => {
    const result = format({ file: 'p.md', text: page, blocks: readBrief('p.md', page).brief.blocks });
    if (!result.ok) throw new Error(result.diagnostics.map(({ code }) => code).join());
    return result.text;
  };

  test('changes inside its blocks alone, each at the indent of its fence', () => {
    const page = [
      '# Title  ',
      '```casus',
      'let a=1 # one',
      '```',
      ' * a list with',
      '',
      '   ```casus',
      '   stock s=0 a_unit/day',
      '       + made',
      '',
      '',
      '   # below',
      '   ```',
      '- ```casus',
      '  unit   a_unit',
      '  ```',
      '\t',
      '```js',
      'let a=1',
      '```',
      '```casus',
      'let  b = 2',
    ].join('\n');
    expect(formatPage(page)).toBe(
      page
        .replace('let a=1 # one', 'let a = 1  # one')
        .replace('stock s=0', 'stock s = 0')
        .replace('       + made\n\n\n', '     + made\n\n')
        .replace('unit   a_unit', 'unit a_unit')
        .replace('let  b', 'let b'),
    );
  });

  test.each([
    ['line ends', 'text\r\n\r\n```casus\r\nlet a=1\r\nlet b = 2\r\n```\r\n', 'let a=1', 'let a = 1'],
    ['tabs', '1.\ttext\n\n\t```casus\n\tinput a\n\t  b  5\n\t```\n', 'b  5', 'b 5'],
    ['byte order mark', '\ufeff```casus\nlet a=1\n```\n', 'let a=1', 'let a = 1'],
  ])('keeps its %s', (_, page, before, after) => {
    expect(formatPage(page)).toBe(page.replace(before, after));
  });

  test.each(['', 'text\n\n```casus\n```\n', '```casus\n\n```\n', '```casus'])(
    'without model text: %j',
    (page) => {
      expect(formatPage(page)).toBe(page.replace('\n\n```\n', '\n```\n'));
    },
  );
});
