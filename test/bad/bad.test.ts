/**
 * Every message as its reader sees it. A folder here is a case: its name is the code, `model.casus` (with an optional
 * `brief.md`) or `setup.ts` brings it about, `expected.txt` holds what `casus check` shows. The codes, the cases and the
 * headings of docs/diagnostics.md are one list, and that page is made from the other two.
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { CODES, type DiagnosticCode } from '../../src/base/codes.ts';
import { drawAll, PLAIN_STYLE } from '../../src/base/draw-diagnostic.ts';
import { load } from '../../src/cli/load.ts';
import { diagnosticsReference } from '../support/diagnostics-reference.ts';

const here = 'test/bad';
const cases = readdirSync(here, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)
  .sort();
const codes = (Object.keys(CODES) as DiagnosticCode[]).sort();
const temporary = mkdtempSync(join(tmpdir(), 'casus-bad-'));
afterAll(() => rmSync(temporary, { recursive: true, force: true }));

/** The path to check and how it is shown: a case that makes its files is shown without the place they lie in. */
async function pathOf(name: string): Promise<{ path: string; show: (text: string) => string }> {
  const folder = `${here}/${name}`;
  if (!existsSync(`${folder}/setup.ts`)) return { path: folder, show: (text) => text };
  const { setup } = (await import(`./${name}/setup.ts`)) as { setup: (directory: string) => string };
  const directory = mkdtempSync(join(temporary, 'case-'));
  const path = setup(directory);
  return { path, show: (text) => text.replaceAll(directory, 'argument') };
}

test('every code has a case and every case a code', () => {
  expect(cases).toEqual(codes);
});

describe.each(cases)('%s', (name) => {
  test('is reported, and shown as it always was', async () => {
    const { path, show } = await pathOf(name);
    const { result, texts } = load(path);
    expect(result.diagnostics.map(({ code }) => code)).toContain(name);
    await expect(show(`${drawAll(result.diagnostics, texts, PLAIN_STYLE)}\n`)).toMatchFileSnapshot(`./${name}/expected.txt`);
  });
  test('says where and what to do', async () => {
    const { path } = await pathOf(name);
    const found = load(path).result.diagnostics.find(({ code }) => code === name);
    expect(found?.hint).not.toBe('');
    expect(found?.title).toBe(CODES[name as DiagnosticCode].title);
    // Marks say something; only a message about a whole file has none.
    if (found?.span.end !== 0) expect(found?.label).not.toBe('');
  });
});

test('docs/diagnostics.md is made from the codes and the cases', async () => {
  const example = (code: string): { model: string | null; message: string } => ({
    model: existsSync(`${here}/${code}/model.casus`) ? readFileSync(`${here}/${code}/model.casus`, 'utf8') : null,
    message: existsSync(`${here}/${code}/expected.txt`) ? readFileSync(`${here}/${code}/expected.txt`, 'utf8') : '',
  });
  await expect(diagnosticsReference(example)).toMatchFileSnapshot('../../docs/diagnostics.md');
});
