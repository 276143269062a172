/** What a user sees of a definition: its columns in every format, its narrowing, its explanation and its place in the map. */
import { describe, expect, test } from 'vitest';
import { casus } from '../support/casus.ts';

const RIVALS = 'test/cli/fixtures/rivals';

describe.each(['table', 'json', 'csv'])('--format %s', (format) => {
  test.concurrent.for([
    ['all', ['--measures']],
    ['narrowed', ['--definition', 'defeat=starved']],
    ['strict', ['--scenario', 'strict', '--viewpoint', 'Relief']],
  ] as const)('%s', async ([name, options], { expect: expectHere }) => {
    const { code, stdout } = await casus(['run', RIVALS, '--runs', '50', '--format', format, ...options]);
    expectHere(code).toBe(0);
    await expectHere(stdout).toMatchFileSnapshot(`./golden/rivals-${name}.${format}.txt`);
  });
});

test('naming every meaning is as good as naming none', async () => {
  const run = ['run', RIVALS, '--runs', '50', '--format', 'json'];
  const [all, named] = await Promise.all([
    casus(run),
    casus([...run, '--definition', 'defeat=starved', '--definition', 'defeat=emptied']),
  ]);
  expect(named.stdout).toBe(all.stdout);
});

test.each([
  ['explained', ['explain', 'defeat', '--in', RIVALS]],
  ['in the causal map', ['graph', RIVALS, '--of', 'lost']],
  ['checked', ['check', RIVALS]],
])('is %s', async (name, args) => {
  const { code, stdout } = await casus(args);
  expect(code).toBe(0);
  await expect(stdout).toMatchFileSnapshot(`./golden/rivals-${name.replaceAll(' ', '-')}.txt`);
});

test.each([
  ['defet=starved', /no definition `defet`; did you mean `defeat`\? \(the model has defeat\)/],
  [
    'defeat=straved',
    /`defeat` has no meaning `straved`; did you mean `starved`\? \(it means emptied or starved\)/,
  ],
  ['defeat', /`--definition defeat` is not understood: .* such as --definition defeat=emptied/],
  ['defeat=', /is not understood/],
  ['=starved', /is not understood/],
  ['defeat=emptied=starved', /is not understood/],
  ['lost=starved', /no definition `lost`/],
])('--definition %s is refused', async (typed, message) => {
  const { code, stdout, stderr } = await casus(['run', RIVALS, '--definition', typed]);
  expect(code).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toMatch(message);
});

test('a scenario that says what is meant leaves nothing to narrow', async () => {
  const { code, stderr } = await casus([
    ...['run', RIVALS, '--scenario', 'strict', '--definition', 'defeat=emptied'],
  ]);
  expect(code).toBe(2);
  expect(stderr).toContain('the scenario `strict` already says what `defeat` means');
});
