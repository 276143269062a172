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

async function ledgerOf(brief: string | null) {
  const text = brief === null ? null : { file: 'brief.md', text: brief };
  const result = compile({ form: 'folder', model: { file: 'model.casus', text: MODEL }, brief: text });
  if (!result.ok) throw new Error(result.diagnostics.map(({ code }) => code).join());
  const { model, program } = result.value;
  return makeLedger(model, program, questionOf(model, { runs: 10 }), plainRun);
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
});
