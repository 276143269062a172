/** What `casus graph` writes, and what must be true of every causal map. */
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { behind, type CausalMap, causalMap } from '../../src/model/causal-map.ts';
import type { Model } from '../../src/model/model.ts';
import { mermaidText } from '../../src/views/mermaid.ts';
import { casus } from '../support/casus.ts';
import { soundText } from '../support/compile-text.ts';
import { generatedModel, textOf } from '../support/generated-model.ts';

const STORES = 'test/cli/fixtures/stores';
const CONVOYS = 'test/cli/fixtures/convoys';
const ARGUMENTS = [
  STORES,
  CONVOYS,
  ...readdirSync('models', { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? [`models/${entry.name}`] : [],
  ),
];
const modelOf = (folder: string): Model => soundText(readFileSync(`${folder}/model.casus`, 'utf8')).model;

describe('what is written', () => {
  test.concurrent.for([
    ['convoys', []],
    ['convoys-of-road', ['--of', 'road_at_best']],
  ] as const)('%s', async ([name, options], { expect: expectHere }) => {
    const { code, stdout, stderr } = await casus(['graph', CONVOYS, ...options]);
    expectHere([code, stderr]).toEqual([0, '']);
    await expectHere(stdout).toMatchFileSnapshot(`./golden/${name}.mermaid.txt`);
  });

  test('as data: the same map', async () => {
    const { stdout } = await casus(['graph', CONVOYS, '--format', 'json', '--of', 'arrived']);
    const map = JSON.parse(stdout) as CausalMap;
    expect(map).toEqual(behind(causalMap(modelOf(CONVOYS)), ['measure:arrived', 'claim:arrived']));
    expect(map.nodes).toContainEqual({
      id: 'flow:carried',
      kind: 'flow',
      name: 'carried',
      label: 'carried',
      unit: 't/day',
    });
    expect(map.edges).toContainEqual({ from: 'flow:carried', to: 'stock:town', kind: 'fills' });
    expect(map.edges).toContainEqual({ from: 'flow:carried', to: 'stock:depot', kind: 'drains' });
  });

  test('no label ends its quotes or brings in marks of HTML', () => {
    for (const folder of ARGUMENTS)
      for (const line of mermaidText(causalMap(modelOf(folder))).split('\n')) {
        expect((line.match(/"/g) ?? []).length % 2).toBe(0);
        for (const [, label = ''] of line.matchAll(/"([^"]*)"/g)) expect(label).not.toMatch(/[<>&`*]/);
      }
  });

  test.concurrent.each<[string, string, RegExp]>([
    ['a misspelt name', 'runwya', /has nothing called `runwya`; did you mean `runway`\?/],
    ['a name like no other', 'xyzzy', /has nothing called `xyzzy`\n/],
    ['a claim on record', 'open', /the claim `open` is not tested on the model/],
  ])('%s ends with code 2', async (_, name, message) => {
    const { code, stdout, stderr } = await casus(['graph', STORES, '--of', name]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(message);
  });

  test('help has an example', async () => {
    const { stdout } = await casus(['graph', '--help']);
    expect(stdout).toMatch(/Examples:\n {2}casus graph /);
  });
});

/** Ends of edges are nodes, each node and edge is there once, and nothing but a node's own part is behind it. */
function expectWhole({ nodes, edges }: CausalMap): void {
  const ids = nodes.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const known = new Set(ids);
  for (const { from, to } of edges)
    expect([from, known.has(from), to, known.has(to)]).toEqual([from, true, to, true]);
  expect(new Set(edges.map((edge) => JSON.stringify(edge))).size).toBe(edges.length);
  const drawn = mermaidText({ nodes, edges }).trimEnd().split('\n');
  expect(drawn).toHaveLength(1 + nodes.length + edges.length);
}

describe('properties', () => {
  test.each(ARGUMENTS)('of %s', (folder) => {
    const model = modelOf(folder);
    const map = causalMap(model);
    expectWhole(map);
    for (const { name, inputCells } of model.claims) {
      const part = behind(map, [`claim:${name}`]);
      expectWhole(part);
      const inputs = part.nodes
        .filter(({ kind }) => kind === 'input' || kind === 'lever')
        .map((node) => node.name);
      const hangsOn = inputCells.map((cell) => model.variables[model.cells[cell]?.variable ?? -1]?.name);
      // An array is one node, so that an input may be there of which the claim reads no element.
      expect(hangsOn.filter((input) => input === undefined || !inputs.includes(input))).toEqual([]);
    }
  });

  test('of generated models: every flow has an edge for each of its ends', () => {
    fc.assert(
      fc.property(generatedModel, (generated) => {
        const map = causalMap(soundText(textOf(generated)).model);
        expectWhole(map);
        const has = (from: string, to: string, kind: string): boolean =>
          map.edges.some((edge) => edge.from === from && edge.to === to && edge.kind === kind);
        for (const { name, from, to } of generated.flows) {
          if (from !== null) {
            expect(has(`flow:${name}`, `stock:s${from}`, 'drains')).toBe(true);
            expect(has(`stock:s${from}`, `flow:${name}`, 'limits')).toBe(true);
          }
          if (to !== null) expect(has(`flow:${name}`, `stock:s${to}`, 'fills')).toBe(true);
        }
      }),
      { numRuns: 40 },
    );
  });

  test('a claim that rests on others hangs on what they hang on', () => {
    const { model } = soundText(`model "M"
time 0 day .. 2 day by 1 day
input a: 1
  assumed 1 to 2 "test"
input b: 1
  assumed 1 to 2 "test"
measure first: 1 = final a
measure second: 1 = final b
claim one "One"
  first > 1
claim two "Two"
  second > 1
  because one
`);
    const part = behind(causalMap(model), ['claim:two']);
    expect(part.nodes.map(({ id }) => id)).toContain('input:a');
    expect(part.edges).toContainEqual({ from: 'claim:one', to: 'claim:two', kind: 'because' });
  });
});
