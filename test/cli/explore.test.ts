/** What a user sees of `casus run --explore`: its formats, and what is refused beside it. */
import { describe, expect, test } from 'vitest';
import { casus } from '../support/casus.ts';

const RIVALS = 'test/cli/fixtures/rivals';
const STORES = 'test/cli/fixtures/stores';

describe.each(['table', 'json', 'ndjson', 'csv'])('--format %s', (format) => {
  test.concurrent.for([
    ['all', []],
    ['strict', ['--scenario', 'strict', '--design', 'monte-carlo', '--runs', '17']],
    ['narrowed', ['--definition', 'defeat=emptied']],
  ] as const)('%s', async ([name, options], { expect: expectHere }) => {
    const { code, stdout, stderr } = await casus([
      ...['run', RIVALS, '--explore', '--runs', '20', '--format', format],
      ...options,
    ]);
    expectHere(code).toBe(0);
    expectHere(stderr.includes('--format csv > futures.csv')).toBe(format === 'table');
    await expectHere(stdout).toMatchFileSnapshot(`./golden/explore-${name}.${format}.txt`);
  });
});

test('a viewpoint says that it is in the pool', async () => {
  const { stdout } = await casus(['explain', 'Ministry', '--in', RIVALS]);
  await expect(stdout).toMatchFileSnapshot('./golden/explore-explained.txt');
});

test.each([
  [[RIVALS, '--viewpoint', 'Relief'], /--explore takes the viewpoints and weights of the line `explore`/],
  [[RIVALS, '--hindsight'], /a pool takes no viewpoint in hindsight/],
  [[RIVALS, '--measures'], /--explore shows the measures anyway: leave out --measures/],
  [
    [RIVALS, '--only', '3'],
    /leave out --explore and name the one that is drawn there, .* --viewpoint NAME --only 3/,
  ],
  [[RIVALS, '--bands', 'stores'], /a pool has no bands over time: leave out --bands/],
  [[RIVALS, '--runs', '25'], /must be a multiple of 10/],
  [[RIVALS, '--scenario', 'strikt'], /did you mean `strict`/],
  [[STORES], /the model has no line `explore`: add one .* such as `explore \w+ 1, \w+ 1`\./],
  [['models/teacup'], /has no line `explore`, and needs two viewpoints for one/],
])('%j with --explore is refused', async ([path = '', ...options], message) => {
  const { code, stdout, stderr } = await casus(['run', path, '--explore', ...options]);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(message);
});
