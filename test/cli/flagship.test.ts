/**
 * The first argument of the gallery keeps its promises: every row of the essay has its claim and every claim its sentence,
 * nothing said later slips in, whoever is quoted can be looked up, and the length of a step decides nothing.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { load } from '../../src/cli/load.ts';
import { compile } from '../../src/compile.ts';
import { shareTrue } from '../../src/ledger/condition-verdict.ts';
import { planRuns } from '../../src/ledger/plan.ts';
import { oracleRun, plainRun, questionOf } from '../support/ledger-of.ts';

const FLAGSHIP = 'models/everything-depends-on-ourselves';
/** 2024-06-20 in days since 1970-01-01. */
const CUT_OFF = 19_894;

/** The rows of the essay's table of claims, sentence by sentence, with the letters of those that hold several. */
const ROWS = `
1.1 1.2 1.3 1.4a 1.4b 1.5 1.6a 1.6b 1.7 1.8a 1.8b
2.1a 2.1b 2.2 2.3a_i 2.3a_ii 2.3b 2.3c_a 2.3c_b 2.4a 2.4b 2.5a 2.5b 2.6a 2.6b
3.1-3.4_a 3.1-3.4_b 3.1-3.4_c 3.1-3.4_d 3.5a 3.5b 3.6 3.7 3.8 3.9
4.1a 4.1b 4.2 4.3 4.4 4.5 4.6a 4.6b 4.7a 4.7b
5.1 5.2 5.3a 5.3b 5.4a 5.4b 5.5a 5.5b 5.6 5.7 5.8a 5.8b`
  .trim()
  .split(/\s+/)
  .map((row) => row.replace('_', ' '));

/** Rows that the model adds: the balance of rounds, and the same questions asked of the other side. */
const ADDED = ['balance', 'mirror of 2.3b', 'mirror of 3.6', 'mirror of 5.5b'];

const loaded = load(FLAGSHIP);
if (!loaded.result.ok) throw new Error('the flagship has faults');
const { model, program, brief } = loaded.result.value;

test('it checks without a word', () => {
  expect(loaded.result.diagnostics).toEqual([]);
});

test('every row of the essay has a claim, and no claim has another row', () => {
  const rows = new Set(model.claims.map(({ row }) => row));
  expect(ROWS.filter((row) => !rows.has(row))).toEqual([]);
  const known = [...ROWS, ...ADDED];
  expect([...rows].filter((row) => row === null || !known.includes(row))).toEqual([]);
});

test('every claim is bound to words of the brief, and every link leads to a claim', () => {
  const linked = new Set(brief?.paragraphs.flatMap(({ links }) => links.map(({ claim }) => claim)));
  const claims = new Set(model.claims.map(({ name }) => name));
  expect([...claims].filter((claim) => !linked.has(claim))).toEqual([]);
  expect([...linked].filter((claim) => !claims.has(claim))).toEqual([]);
});

/** What the essay says in two places, and may not be able to say at once. */
test.each([
  ['1.2', '2.2'],
  ['2.2', 'balance'],
  ['2.3a i', 'balance'],
  ['2.4a', 'balance'],
  ['3.5b', '5.1'],
  ['4.1b', '4.7a'],
  ['4.1b', '4.7b'],
  ['5.5b', '5.3a'],
  ['5.5b', '5.3b'],
  ['5.5b', '5.6'],
])('%s stands beside %s', (row, other) => {
  const beside = model.claims
    .filter((claim) => claim.row === row)
    .flatMap((claim) => claim.with.map((number) => model.claims[number]?.row));
  expect(beside).toContain(other);
});

describe('sources', () => {
  test('knowledge ends on 20 June 2024', () => {
    expect(model.asOf).toBe(CUT_OFF);
  });

  test('nothing stated later is used but in hindsight', () => {
    for (const { name, hindsight, choices } of model.viewpoints) {
      const later = choices.flatMap(({ cell, estimate }) => {
        const input = model.variables[model.cells[cell]?.variable ?? -1];
        const source = input?.kind === 'input' ? input.estimates[estimate]?.source : null;
        const date = source === null || source === undefined ? null : model.sources[source]?.date;
        return typeof date === 'number' && date > CUT_OFF ? [input?.name] : [];
      });
      if (!hindsight) expect([name, later]).toEqual([name, []]);
      else expect(later.length).toBeGreaterThan(0);
    }
  });

  test('whoever is quoted with a date can be looked up', () => {
    const without = model.sources.filter(({ date, url, author }) => date !== null && url === null && !author);
    expect(without.map(({ name }) => name)).toEqual([]);
    for (const { url } of model.sources) if (url !== null) expect(url).toMatch(/^https?:\/\/\S+$/);
  });

  test('who is used is dated', () => {
    const used = model.variables.flatMap((variable) =>
      variable.kind === 'input' ? variable.estimates.flatMap(({ source }) => source ?? []) : [],
    );
    const undated = [...new Set(used)].filter((source) => model.sources[source]?.date === null);
    expect(undated.map((source) => model.sources[source]?.name)).toEqual([]);
  });
});

test('a scenario holds inputs that claims hang on', () => {
  const hangs = new Set(model.claims.flatMap(({ inputCells }) => inputCells));
  for (const { name, forces } of model.scenarios) {
    expect([name, forces.length > 0]).toEqual([name, true]);
    for (const { cell } of forces) expect(hangs.has(cell)).toBe(true);
  }
});

test('the interpreter gives the same futures', async () => {
  for (const { order } of planRuns(
    model,
    program,
    questionOf(model, { runs: 10, viewpoints: ['as_written', 'later'] }),
  )) {
    const [{ letGo: _, ...fast }, slow] = [await plainRun(order), await oracleRun(order)];
    expect(fast).toEqual(slow);
  }
});

describe('steps of a day beside steps of a week', () => {
  const text = readFileSync(`${FLAGSHIP}/model.casus`, 'utf8');
  // Equations that speak of one week mean that length, whatever the step; only the axis changes.
  const daily = text.replace(' by 1 week', ' by 1 day');
  const built = compile({ form: 'folder', model: { file: 'model.casus', text: daily }, brief: null });
  if (daily === text || !built.ok) throw new Error('by days the flagship has faults');
  const byDay = built.value;

  test('every condition comes out alike under every viewpoint, but for what a step leaves out', async () => {
    const question = { runs: 200, viewpoints: ['as_written', 'Ukraine', 'West', 'later'] } as const;
    const weekly = planRuns(model, program, questionOf(model, question));
    const plans = planRuns(byDay.model, byDay.program, questionOf(byDay.model, question));
    let compared = 0;
    for (const [number, plan] of plans.entries()) {
      const { order } = weekly[number] ?? plan;
      const [week, day] = [await plainRun(order), await plainRun(plan.order)];
      for (const [column, { claim }] of program.claims.entries()) {
        // What hangs on chance draws other numbers by days.
        if (model.claims[claim]?.draws !== false) continue;
        const [one, other] = [
          shareTrue(week, column, order.design),
          shareTrue(day, column, plan.order.design),
        ];
        const what = `${model.claims[claim]?.name} under ${plan.viewpoint.name}`;
        // A step of a week leaves out up to six days of a window, which no number of futures mends.
        const gap = Math.abs((one?.share ?? 1) - (other?.share ?? 0));
        expect([what, gap < 0.05]).toEqual([what, true]);
        compared++;
      }
    }
    expect(compared).toBeGreaterThan(20);
  });
});
