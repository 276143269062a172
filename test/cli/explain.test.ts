/** What `casus explain NAME --in ARGUMENT` says, on a small argument that has every kind of name and of estimate. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { ruleOf } from '../../src/ledger/claim-rule.ts';
import { conditionVerdict } from '../../src/ledger/condition-verdict.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { explainName, namesOf } from '../../src/model/explain-name.ts';
import type { ClaimForm } from '../../src/model/model.ts';
import { explanationText } from '../../src/views/explanation-text.ts';
import { casus, STACK_TRACE } from '../support/casus.ts';
import { soundText } from '../support/compile-text.ts';

const STORES = 'test/cli/fixtures/stores';
const CONVOYS = 'test/cli/fixtures/convoys';
const RIVALS = 'test/cli/fixtures/rivals';
const MODELS = [STORES, CONVOYS, 'models/everything-depends-on-ourselves', 'models/epidemic-by-age'];
const temporary = mkdtempSync(join(tmpdir(), 'casus-explain-'));
afterAll(() => rmSync(temporary, { recursive: true, force: true }));

/** Every name of a model explained, each once. */
function explainAll(text: string): readonly { readonly name: string; readonly text: string }[] {
  const { model, tree } = soundText(text);
  return [...new Set(namesOf(model, tree))].map((name) => ({
    name,
    text: explainName(model, tree, text, name)
      .map((one) => explanationText(one))
      .join('\n'),
  }));
}

describe('what is said', () => {
  test('of every name of a small argument', async () => {
    const told = explainAll(readFileSync(`${CONVOYS}/model.casus`, 'utf8'));
    await expect(told.map(({ text }) => text).join(`\n${'='.repeat(80)}\n\n`)).toMatchFileSnapshot(
      './golden/convoys-explained.txt',
    );
  });

  test('of chance: what is drawn, and what hangs on it', () => {
    const told = explainAll(`model "M"
time 0 day .. 10 day by 1 day
input spread: 1
  assumed 1 "for the test"
let noise = 3 + (draw normal(0, spread) every (1 day + 1 day)) * draw uniform(0, 1)
measure top = highest noise
claim high "It is high"
  top > 4
`);
    const of = (wanted: string) => told.find(({ name }) => name === wanted)?.text;
    expect(of('noise')).toContain('draws       normal(0, spread) every (1 day + 1 day), uniform(0, 1)\n');
    expect(of('high')).toContain('hangs on            spread\nhangs on chance in  noise\n');
    expect(of('spread')).not.toContain('chance');
  });

  test('of figures with dates, and of what is drawn together', async () => {
    const told = explainAll(`model "Fire"
time 2024-01-01 .. 2024-12-30 by 1 week
unit round
group Front = north, south
source essay "The essay" author
source army "The army" date 2024-10-06
source press "A newspaper" date 2024-11-02
input fire[Front]: round/day "rounds fired a day"
  essay 10_000
  army[north] 8_000 to 10_000 "before the spring"
  army[north] from 2024-04-01 at least 5_000 read as 5_000 to 7_000 "a floor" counts "rounds of one calibre"
  army[north] from 2024-10-07 6_000
  army[south] from 2024-01-01 500 to 900
  press echo of army
  assumed from 2024-01-01 9_000 "an example"
  assumed from 2024-07-01 5_000 to 9_000 "an example, with a reason that goes on beyond what one line of the page can hold"
input worn: share
  assumed 10% to 30% "an example"
correlate fire[north], worn 0.5 "who fires more wears out more"
correlate fire[south], fire[north] -0.3
viewpoint military "What the army says"
  use army
viewpoint papers "What the papers say"
  use press
viewpoint nobody "Nobody's figures"
  use side None
side None "Nobody"
let lost = sum(fire over Front) * worn
measure at_the_end = final lost
`);
    await expect(told.map(({ text }) => text).join(`\n${'='.repeat(80)}\n\n`)).toMatchFileSnapshot(
      './golden/dated-explained.txt',
    );
  });

  test.each(MODELS)('stays within 80 columns: %s', (folder) => {
    for (const { name, text } of explainAll(readFileSync(`${folder}/model.casus`, 'utf8'))) {
      expect(text).toContain(name);
      // A single word, such as an address, stays whole.
      const wide = text
        .split('\n')
        .filter((line) => line.length > 80 && line.trim().includes(' ') && !line.includes('://'));
      expect(wide).toEqual([]);
    }
  });

  test.each(MODELS)('reading and being read are told of both: %s', (folder) => {
    const text = readFileSync(`${folder}/model.casus`, 'utf8');
    const { model, tree } = soundText(text);
    const all = [...new Set(namesOf(model, tree))].flatMap((name) => explainName(model, tree, text, name));
    const told = (word: string) =>
      all.flatMap((one) =>
        one.relations
          .filter((relation) => relation.word === word)
          .flatMap(({ names }) =>
            names.map((other) => [one.kind === 'claim' ? `claim ${one.name}` : one.name, other] as const),
          ),
      );
    const turned = (word: string) => told(word).map(([one, other]) => `${other} ${one}`);
    const straight = (word: string) => told(word).map(([one, other]) => `${one} ${other}`);
    expect(turned('reads').toSorted()).toEqual(straight('read by').toSorted());
    expect(turned('starts from').toSorted()).toEqual(straight('starts').toSorted());
  });

  test('an equation over several lines keeps its lines', () => {
    const text =
      'model "M"\ntime 0 day .. 2 day by 1 day\nlet one: day =\n    1 day +\n    2 day # not this\n';
    const { model, tree } = soundText(text);
    const [found] = explainName(model, tree, text, 'one');
    expect(found?.written).toEqual(['let one: day =', '    1 day +', '    2 day']);
  });
});

describe('every declared name', () => {
  test.each(MODELS)('is explained: %s', (folder) => {
    const text = readFileSync(`${folder}/model.casus`, 'utf8');
    const { model, tree } = soundText(text);
    for (const declaration of tree.declarations) {
      if (!('name' in declaration)) continue;
      const found = explainName(model, tree, text, declaration.name.text);
      expect(found.map(({ kind }) => kind)).toContain(declaration.kind);
    }
    for (const name of namesOf(model, tree)) expect(explainName(model, tree, text, name)).not.toEqual([]);
    for (const { members } of model.groups)
      for (const { name } of members) expect(explainName(model, tree, text, name).length).toBeGreaterThan(0);
  });

  const TEXT = `model "Names"
time 0 day .. 10 day by 1 day
as of 2024-06-01
side Town "The town"
source mayor "The mayor" date 2024-05-01 side Town url "https://example.org/mayor"
source later "A report" date 2024-07-01
actor Northland NL "The Northern Republic"
actor Southland
group Country = Northland, Southland
unit t
unit lorry = 5 t
input carried[Country]: t
  mayor[Northland] at least 30 read as 30 to 50 "a floor"
  later[Northland] 40
  assumed 10 to 20 "an example"
lever part: share 0% .. 100% = 50%
viewpoint Town "What the town says"
  use side Town
scenario held "More"
  carried[Northland] = 60
  part = 100%
let all: t = sum(carried over Country) * part
measure Town: lorry = final all
claim Town "Much is likely"
  Town > 5 lorry is likely
claim told "The mayor told it"
  on record
  for mayor "in a speech"
`
    .replace('measure Town:', 'measure moved:')
    .replace('  Town > 5', '  moved > 5');

  const told = (name: string): string => {
    const { model, tree } = soundText(TEXT);
    return explainName(model, tree, TEXT, name)
      .map((one) => explanationText(one))
      .join('\n');
  };

  test.each<[string, readonly string[]]>([
    ['Town', ['side Town', 'viewpoint Town', 'claim Town', 'mayor, 2024-05-01', 'asked by viewpoint']],
    [
      'Town',
      ['carried (t)\n    Town: mayor: 1 of 2 elements, 1 as read by the model; assumed: 1 of 2 elements'],
    ],
    ['Town', ['(mayor) The mayor, 2024-05-01; read so: a floor', 'assumed so: an example']],
    [
      'mayor',
      [
        'said',
        '2024-05-01',
        'https://example.org/mayor',
        '[Northland] at least 30, read as 30 to 50 (used by',
      ],
    ],
    ['mayor', ['for claim told\n    in a speech']],
    ['later', ['2024-07-01, later than `as of`', '[Northland] 40 (used by no viewpoint)']],
    ['Northland', ['code', 'NL', 'in group', 'Country']],
    ['Country', ['Northland (The Northern Republic), Southland', 'input carried']],
    ['lorry', ['5 t', 'converts with  t', 'measure moved']],
    ['t', ['a base unit', 'input carried', 'let all', 'unit lorry']],
    ['week', ['7 day, in every model']],
    ['share', ['lever part']],
    ['held', ['carried[Northland] = 60 t, part = 100%', 'can move claim  Town']],
    ['part', ['held by scenario  held']],
    ['carried', ['held by scenario  held']],
  ])('%s: %j', (name, parts) => {
    const flat = (text: string): string => text.replaceAll(/\s+/g, ' ');
    for (const part of parts) expect(flat(told(name))).toContain(flat(part));
  });

  test('the one viewpoint of a model without viewpoints is explained too', () => {
    const text = 'model "M"\ntime 0 day .. 1 day by 1 day\ninput a: 1\n  assumed 3 "example"\nlet b = a\n';
    const { model, tree } = soundText(text);
    const [found] = explainName(model, tree, text, 'stated');
    expect(explanationText(found!)).toContain('SILENT, SO AS ASSUMED (1)\n  a\n    assumed 3\n');
  });
});

test.each([
  ['at least 30 read as 30 to 50 "r"', /5 in 100 of its draws lie below the stated floor; `uniform/],
  ['at most 50 read as 30 to 50 "r"', /5 in 100 of its draws lie above the stated\s+ceiling/],
  ['at least 30 read as uniform(30, 50) "r"', null],
  ['at least 30 read as 30 to 50 within 30 .. 60 "r"', null],
  ['at most 50 read as 20 "r"', null],
  ['at least 30 read as 20 "r"', /100 in 100 of its draws lie below the stated floor\n/],
  ['about 40 read as 30 to 50 "r"', null],
])('draws beyond a stated bound are told: %s', (line, told) => {
  const text = `model "M"\ntime 0 day .. 1 day by 1 day\nsource one "One"\ninput a: 1\n  one ${line}\nlet b = a\n`;
  const { model, tree } = soundText(text);
  const shown = explainName(model, tree, text, 'a')
    .map((one) => explanationText(one))
    .join('');
  if (told === null) expect(shown).not.toContain('of its draws');
  else expect(shown).toMatch(told);
});

test('the rule that is told is the rule', () => {
  const edges = [0.05, 0.2, 0.8, 0.95];
  const rule = ruleOf({ kind: 'condition' } as ClaimForm)[0] ?? '';
  for (const edge of edges) {
    expect(rule).toMatch(new RegExp(`\\b${edge * 100}\\b`));
    expect(conditionVerdict(edge - 1e-9)).not.toBe(conditionVerdict(edge + 1e-9));
  }
});

describe('the command', () => {
  test.concurrent.for<[string, readonly string[]]>([
    ['stores-half_year', ['half_year', '--in', STORES, '--runs', '50', '--hindsight']],
    [
      'stores-thrift',
      ['lasts', '--in', STORES, '--runs', '50', '--scenario', 'thrift', '--viewpoint', 'Town'],
    ],
    ['stores-as_we_know', ['as_we_know', '--in', STORES, '--runs', '50', '--design', 'monte-carlo']],
    ['stores-open', ['open', '--in', STORES]],
    ['stores-convoys', ['convoys', '--in', STORES]],
    ['rivals-early', ['early', '--in', RIVALS, '--runs', '50', '--seed', '7']],
  ])('tells how a claim came to its verdicts: %s', async ([name, words], { expect: expectHere }) => {
    const { code, stdout, stderr } = await casus(['explain', ...words]);
    expectHere([code, stderr]).toEqual([0, '']);
    await expectHere(stdout).toMatchFileSnapshot(`./golden/${name}-reasoning.txt`);
  });

  test.each([STORES, RIVALS])('its numbers are those of the whole run: %s', async (folder) => {
    const options = ['--runs', '50', '--seed', '3'];
    const whole = JSON.parse((await casus(['run', folder, ...options])).stdout) as Ledger;
    const full = (await casus(['run', folder, ...options, '--format', 'table', '--full'])).stdout;
    const rowsIn = (text: string): readonly string[] => text.match(/[●◕◑◔○·] \w.*? in 100.*$/gm) ?? [];
    const tested = whole.claims.filter(({ viewpoints }) => Object.keys(viewpoints).length > 0);
    expect(tested.length).toBeGreaterThan(2);
    const told = await Promise.all(
      tested.map(({ id }) => casus(['explain', id, '--in', folder, ...options])),
    );
    expect(told.flatMap(({ stdout }) => rowsIn(stdout)).toSorted()).toEqual(rowsIn(full).toSorted());
  });

  test('the next command that a run names is one', async () => {
    const asked = ['--runs', '50', '--scenario', 'thrift', '--viewpoint', 'Town', 'Army'];
    const { stderr } = await casus(['run', STORES, ...asked, '--format', 'table']);
    const [, words = ''] = /^Next: .*?casus(?:\.js)? (explain .*), for the reasoning\.$/m.exec(stderr) ?? [];
    expect(words).toBe(`explain lasts --in ${STORES} --runs 50 --scenario thrift --viewpoint Town Army`);
    expect(await casus(words.split(' '))).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('Scenario thrift holds drawn = 200 t/day.'),
    });
  });

  test.concurrent.each<[string, readonly string[], RegExp]>([
    [
      'futures of what is no claim',
      ['drawn', '--in', STORES, '--runs', '50'],
      /--runs asks how a claim is run, and `drawn` is no claim of stores/,
    ],
    ['futures of a message', ['unit-mismatch', '--seed', '2'], /--seed asks how .* with --in ARGUMENT/],
    ['half a replicate', ['lasts', '--in', STORES, '--runs', '7'], /multiple of 10/],
    ['an unknown scenario', ['lasts', '--in', STORES, '--scenario', 'thirft'], /did you mean `thrift`/],
  ])('%s: refused', async (_, words, message) => {
    const { code, stdout, stderr } = await casus(['explain', ...words]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(STACK_TRACE);
  });

  test('answers on stdout, without the warnings that check gives', async () => {
    const { code, stdout, stderr } = await casus(['explain', 'drawn', '--in', STORES]);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^input drawn\n {2}what is drawn from the stores\n/);
    expect(stdout).toMatch(/2025-02-01, later than `as\s+of`/);
  });

  test('takes an element of an array for the array', async () => {
    const [one, whole] = await Promise.all([
      casus(['explain', 'depot[north]', '--in', CONVOYS]),
      casus(['explain', 'depot', '--in', CONVOYS]),
    ]);
    expect(one).toMatchObject({ code: 0, stdout: whole.stdout });
  });

  test('one Markdown file is an argument too', async () => {
    const file = join(temporary, 'essay.md');
    const model = readFileSync(`${STORES}/model.casus`, 'utf8').replaceAll(/^(?=.)/gm, '  ');
    const brief = readFileSync(`${STORES}/brief.md`, 'utf8');
    writeFileSync(file, `${brief}\n- A list\n\n  \`\`\`casus\n${model}  \`\`\`\n`);
    const { code, stdout } = await casus(['explain', 'stores', '--in', file]);
    expect(code).toBe(0);
    expect(stdout).toContain('\n  stock stores: t = 90_000 t * (1 - spoilt)\n    - leaving\n');
  });

  test.concurrent.each<[string, string, RegExp]>([
    ['a misspelt name', 'sotres', /has nothing called `sotres`; did you mean `stores`\?/],
    ['a name like no other', 'xyzzy', /called `xyzzy`\nIt has drawn, spoilt, stores, .* and \d+ more\.\n/],
    [
      'a code',
      'unit-mismatch',
      /called `unit-mismatch`\nIt is the code of a message: .* explain unit-mismatch\n/,
    ],
  ])('%s ends with code 2', async (_, name, message) => {
    const { code, stdout, stderr } = await casus(['explain', name, '--in', STORES]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(STACK_TRACE);
  });

  test('an unknown code leads to the names of an argument', async () => {
    const { code, stderr } = await casus(['explain', 'xyzzy']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/explain xyzzy --in ARGUMENT\n/);
  });

  test.concurrent.each(['explain', 'graph'])(
    '%s of a faulty argument says what is wrong, code 1',
    async (verb) => {
      const file = join(temporary, `${verb}.casus`);
      writeFileSync(file, 'model "Faulty"\ntime 0 day .. 1 day by 1 day\nlet a: day = b\n');
      const { code, stdout, stderr } = await casus(
        verb === 'graph' ? [verb, file] : [verb, 'a', '--in', file],
      );
      expect([code, stdout]).toEqual([1, '']);
      expect(stderr).toMatch(/^error\[name-unknown\]/);
    },
  );
});
