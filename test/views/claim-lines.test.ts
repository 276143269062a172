/** Claims in a few lines: marks by shape, answers that share a mark, pairs that name each other, claims that are not tested. */
import { describe, expect, test } from 'vitest';
import { ledgerText } from '../../src/views/ledger-text.ts';
import { ledgerOf } from '../support/ledger-of.ts';

const MODEL = `model "Grain"
time 2024-01-01 .. 2024-12-30 by 1 week
unit t
source ministry "Ministry" date 2024-01-08
source relief "Committee" date 2024-01-15
source press "A newspaper" date 2024-02-01
source radio "A broadcast" date 2024-02-02
input need: t/day "grain eaten"
  ministry 400 to 450
  relief 480 to 600
  assumed 300 to 700 "an example"
input trust: 1
  press 3 to 4
  radio 3 to 4
  assumed 1 to 2 "an example"
input capacity: t/day
  assumed 50 to 60 "an example"
lever ration: share 30% .. 100% = 100%
viewpoint official "What the ministry says"
  use ministry
viewpoint helpers "What the committee says"
  use relief
viewpoint papers "What the papers say"
  use press
viewpoint waves "What the radio says"
  use radio
stock grain: t = 100_000
  - eating
flow eating: t/day = need * ration
measure left: t = final grain
measure low = ever grain < 20_000 t
measure pace: t/day = at 2024-01-01 eating
measure trusted = final trust
measure seen: t/day = final capacity
claim ration_helps "Rationing leaves grain" row "1.1"
  ration = 50% against 100% raises left by at least 20_000 t "two months of hunger"
claim lasts "The grain lasts" row "a long row"
  left > 1000 t
claim runs_low "It runs low"
  low
claim sparing "Little is eaten"
  pace < 460 t/day
  with greedy
claim greedy "Much is eaten" row "7"
  pace > 460 t/day
claim likely "It is likely to run low"
  low is likely
claim believed "People believe it"
  trusted > 2
  with known
claim known "The road is known"
  seen > 40 t/day
  because believed
claim mood "The mood is ${'very '.repeat(14)}good"
  not testable "${'a judgement of mood, '.repeat(5)}which nobody measures"
claim short "Bread is dear"
  context "background"
`;

const text = ledgerText(await ledgerOf(MODEL, { runs: 100 }));
/** The lines of a claim, from its statement to the next. */
function linesOf(statement: string): readonly string[] {
  const lines = text.split('\n');
  const start = lines.findIndex((line) => line.includes(statement));
  const end = lines.findIndex((line, at) => at > start && (/^\S/.test(line) || line === ''));
  return lines.slice(start, end).map((line) => line.trim());
}

describe('a claim', () => {
  test('has its row, its pattern with what is stated, and who gives which answer', () => {
    const [title, ...rest] = linesOf('Rationing leaves grain');
    expect(title).toBe('1.1  Rationing leaves grain');
    expect(rest.join(' ')).toMatch(
      /^◇ depends on whose numbers \(stated: ration = 50% against 100% raises left by at least 20_000 t; basis: sourced\) ● official \(\+\d+,\d{3} t\) {2}○ helpers \(\+\d+ t\) {2}· no figures: papers, waves$/,
    );
  });

  test('keeps likelihood and confidence in sentences of their own', () => {
    const lines = linesOf('It is likely to run low');
    expect(lines.filter((line) => /almost certain|likely \(/.test(line)).join(' ')).not.toMatch(
      /basis|confidence/,
    );
    // What is told of all who have figures stands in the headline, and the marks say who they are.
    expect(lines[1]).toMatch(/^[●○·] .*\(almost certain; stated: is likely/);
    expect(lines).toContain('● official  ● helpers  · no figures: papers, waves');
    expect(lines.at(-1)).toMatch(/^confidence: sourced basis, 1 independent source$/);
  });

  test('has no marks where the pattern says as much', () => {
    expect(linesOf('The road is known')).toEqual([
      '–    The road is known',
      '● one reading only: holds, as assumed (restates the assumed input capacity)',
      'because believed: not tested',
    ]);
  });

  test('has marks where somebody has no figures, and nobody can tell from the pattern who', () => {
    expect(linesOf('People believe it').slice(1)).toEqual([
      '● holds under both; two have no figures (basis: sourced)',
      '● papers  ● waves  · no figures: official, helpers',
    ]);
  });

  test('that is at odds with another names it, whichever of them says so', () => {
    expect(linesOf('Little is eaten')).toContain('at odds with greedy (7)');
    expect(linesOf('Much is eaten')).toContain('at odds with sparing');
    // Others stand among the pairs alone.
    expect(linesOf('People believe it').join()).not.toContain('with');
  });

  test('that is not tested says why, in one line that may be cut', () => {
    expect(linesOf('Bread is dear')).toEqual(['–    Bread is dear', '· context: background']);
    const lines = linesOf('The mood is');
    expect(lines).toHaveLength(3);
    expect(lines.at(-1)).toMatch(/^· not testable: a judgement of mood, .* …$/);
  });
});

test('a mark differs from every other by its shape', () => {
  const [legend = ''] = text.split('\n').filter((line) => line.startsWith('● holds'));
  const marks = legend.split('  ').map((one) => one.slice(0, 1));
  expect(marks.length).toBe(6);
  expect(new Set(marks).size).toBe(6);
  expect(legend.length).toBeLessThanOrEqual(80);
});

describe('answers that are alike', () => {
  const VIEWS = ['one', 'two', 'three', 'four', 'five', 'six'];
  /** Six viewpoints, of which each has the figure that stands in its place. */
  const linesWith = async (figures: readonly number[], claim: string): Promise<readonly string[]> => {
    const views = VIEWS.map((name) => `viewpoint v_${name} "V"\n  use ${name}\n`).join('');
    const model = `model "Alike, an illustrative model"
time 2024-01-01 .. 2025-01-01 by 366 day
${VIEWS.map((name) => `source ${name} "S" date 2024-01-01\n`).join('')}input pace: 1/year
${VIEWS.map((name, at) => `  ${name} ${figures[at] ?? 1}\n`).join('')}lever gate: share 0% .. 100% = 100%
${views}let run = pace * gate
measure m = final run
claim c "It runs"
  ${claim}
`;
    const lines = ledgerText(await ledgerOf(model, { runs: 20 })).split('\n');
    const start = lines.indexOf('It runs');
    return lines.slice(start + 1, lines.indexOf('', start)).map((line) => line.trim());
  };
  const EFFECT = 'gate = 100% against 0% raises m by at least 5/year "enough"';
  const STATED = 'stated: gate = 100% against 0% raises m by';

  test('stand in the headline once, where all are', async () => {
    expect(await linesWith([6, 6, 6, 6, 6, 6], EFFECT)).toEqual([
      `● holds under all six (+6 1/year; ${STATED}`,
      'at least 5/year; basis: sourced)',
    ]);
  });

  test('share a mark, and are the others where they are most', async () => {
    expect((await linesWith([6, 7, 7, 8, 7, 7], EFFECT)).slice(2)).toEqual([
      '● v_one (+6 1/year)  ● v_four (+8 1/year)  ● the other four (+7 1/year)',
    ]);
    expect((await linesWith([6, 7, 6, 8, 9, 7], EFFECT)).slice(2)).toEqual([
      '● v_one, v_three (+6 1/year)  ● v_two, v_six (+7 1/year)  ● v_four (+8 1/year)',
      '● v_five (+9 1/year)',
    ]);
  });

  test('keep their places where the mark says all', async () => {
    expect((await linesWith([6, 2, 6, 2, 2, 2], 'm > 5/year')).slice(1)).toEqual([
      '● v_one  ○ v_two  ● v_three  ○ v_four  ○ v_five  ○ v_six',
    ]);
  });
});
