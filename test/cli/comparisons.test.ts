/** What users see of claims that compare, on a small argument that has every form and verdict of them. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { COMPARISON_VERDICTS } from '../../src/ledger/ledger-of-comparisons.ts';
import { casus } from '../support/casus.ts';

const COMPARED = 'test/cli/fixtures/compared';

test.each([
  ['table', ['--format', 'table']],
  ['full.table', ['--format', 'table', '--full']],
  ['csv', ['--format', 'csv']],
  ['monte-carlo.csv', ['--format', 'csv', '--design', 'monte-carlo', '--runs', '201']],
])('casus run: %s', async (name, options) => {
  const { code, stdout } = await casus(['run', COMPARED, '--runs', '200', ...options]);
  expect(code).toBe(0);
  await expect(stdout).toMatchFileSnapshot(`./golden/compared.${name}.txt`);
});

test('every verdict of a comparison stands in the table at length', () => {
  const page = readFileSync('test/cli/golden/compared.full.table.txt', 'utf8');
  for (const verdict of COMPARISON_VERDICTS) expect(page).toContain(verdict);
});

test.each(['halved', 'by_sea', 'inner', 'one_quay', 'idle'])('casus explain %s', async (claim) => {
  const { code, stdout } = await casus(['explain', claim, '--in', COMPARED]);
  expect(code).toBe(0);
  await expect(stdout).toMatchFileSnapshot(`./golden/compared-${claim}.txt`);
});

test('casus check and format are content', async () => {
  expect((await casus(['check', COMPARED])).stdout).toContain('10 claims (10 tested on the model)');
  expect((await casus(['format', '--check', COMPARED])).code).toBe(0);
});
