/** Where claims stand in the brief: by paragraph, in the order of the prose, under the heading above. */
import { describe, expect, test } from 'vitest';
import { compile } from '../../src/compile.ts';
import { makeLedger } from '../../src/ledger/make-ledger.ts';
import { ledgerText } from '../../src/views/ledger-text.ts';
import { plainRun, questionOf } from '../support/ledger-of.ts';

const CLAIMS = ['first', 'second', 'third'];
const MODEL = `model "Passages"
time 0 day .. 2 day by 1 day
input size: 1
  assumed 1 to 2 "for the test"
measure found = final size
${CLAIMS.map((name) => `claim ${name} "It is the ${name}"\n  found < 1000`).join('\n')}
`;

async function ledgerOf(brief: string | null, model = MODEL) {
  const text = brief === null ? null : { file: 'brief.md', text: brief };
  const result = compile({ form: 'folder', model: { file: 'model.casus', text: model }, brief: text });
  if (!result.ok) throw new Error(result.diagnostics.map(({ code }) => code).join());
  const { model: built, program } = result.value;
  return makeLedger(built, program, questionOf(built, { runs: 10 }), plainRun);
}

/** The heads and statements of the table, in its order. */
async function outlineOf(brief: string): Promise<readonly string[]> {
  return ledgerText(await ledgerOf(brief))
    .split('\n')
    .filter((line) => /^(?:──|"|It is)/.test(line))
    .map((line) => line.replace(/ ─+$/, ''));
}

describe('passages', () => {
  test('are the paragraphs that link to claims, each claim in the first of them', async () => {
    const { passages, claims } = await ledgerOf(
      '# The whole\n\nNone here.\n\nThe [third](#third) and *the* [first](#first).\n\n## A part\n\nAgain [one](#first).\n\n- then the\n  [second](#second)\n',
    );
    expect(passages).toEqual([
      { heading: null, text: 'The third and the first.', claims: ['third', 'first'] },
      { heading: 'A part', text: 'then the second', claims: ['second'] },
    ]);
    expect(claims.map(({ id }) => id)).toEqual(CLAIMS);
  });

  test('a heading is one too, and a heading above all is only the title where it comes first', async () => {
    const { passages } = await ledgerOf(
      '# The [first](#first)\n\nThe [second](#second).\n\n# Last\n\nThe [third](#third).\n',
    );
    expect(passages.map(({ heading, claims }) => [heading, claims])).toEqual([
      ['The first', ['first']],
      ['The first', ['second']],
      ['Last', ['third']],
    ]);
  });

  test('without a brief there are none, and the claims stand as in the model', async () => {
    const ledger = await ledgerOf(null);
    expect(ledger.passages).toEqual([]);
    const text = ledgerText(ledger);
    expect(text).not.toContain('──');
    expect([...text.matchAll(/^It is the (\w+)$/gm)].map(([, name]) => name)).toEqual(CLAIMS);
  });
});

describe('the table', () => {
  test('sets claims out under headings, and under first words where a heading has several paragraphs', async () => {
    const long = 'a word '.repeat(20);
    expect(
      await outlineOf(
        `# The whole\n\nThe [third](#third), ${long}.\n\n## Part\n\nThe [first](#first).\n\nThe [second](#second).\n`,
      ),
    ).toEqual([
      '── The third, a word a word a word a word a word a word a word a word …',
      'It is the third',
      '── Part',
      '"The first."',
      'It is the first',
      '"The second."',
      'It is the second',
    ]);
  });

  test('needs no first words under a heading of one paragraph', async () => {
    expect(
      await outlineOf(
        '## One\n\nThe [first](#first), [second](#second).\n\n## Two\n\nThe [third](#third).\n',
      ),
    ).toEqual(['── One', 'It is the first', 'It is the second', '── Two', 'It is the third']);
  });

  describe('counts the verdicts of a section by itself', () => {
    const more = (name: string, condition: string): string =>
      `claim ${name} "It is the ${name}"\n  ${condition}\n`;
    const model = `${MODEL}${more('fourth', 'found > 1000')}${more('fifth', 'found > 0')}${more('sixth', 'found > 0')}`;
    const tallies = async (brief: string): Promise<readonly string[]> =>
      ledgerText(await ledgerOf(brief, model))
        .split('\n')
        .filter((line) => /^(?:──|Tested:)/.test(line))
        .map((line) => line.replace(/ ─+$/, ''));
    const links = (...names: readonly string[]): string =>
      names.map((name) => `[words](#${name})`).join(', ');
    const FOUR = links('first', 'second', 'third', 'fourth');

    test('where it has four claims, in as many paragraphs as it likes', async () => {
      const [first, ...others] = FOUR.split(', ');
      const brief = `## One\n\n${first}.\n\n${others.join(', ')}.\n\n## Two\n\n${links('fifth', 'sixth')}.\n`;
      expect(await tallies(brief)).toEqual([
        'Tested: between mostly holds and holds (5), between fails and mostly fails (1).',
        '── One',
        'Tested: between mostly holds and holds (3), between fails and mostly fails (1).',
        '── Two',
      ]);
    });

    test('but not where there is one section, and not of three claims', async () => {
      expect(await tallies(`## One\n\n${FOUR}, ${links('fifth', 'sixth')}.\n`)).toHaveLength(2);
      const halves = [links('first', 'second', 'third'), links('fourth', 'fifth', 'sixth')];
      expect(await tallies(`## One\n\n${halves[0]}.\n\n## Two\n\n${halves[1]}.\n`)).toHaveLength(3);
    });
  });
});
