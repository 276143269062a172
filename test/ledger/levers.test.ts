/**
 * Levers: fixed in every future and viewpoint alike, moved by scenarios within their range, and counted as nobody's
 * figure, neither own nor assumed.
 */
import { describe, expect, test } from 'vitest';
import { codesButUse, compileText, runText, soundText } from '../support/compile-text.ts';
import { claimOf, ledgerOf, measureOf } from '../support/ledger-of.ts';

const MODEL = `model "Levers"
time 0 day .. 10 day by 1 day
unit t
source early "Early" author
source late "Late"
group Port = North, South
input drawn: t/day "what is drawn"
  early 10 to 20
  late 30 to 40
lever aid: t/day 0 .. 50 = 5 "what is sent"
lever part[Port]: share 0% .. 50% = 20%
viewpoint first "First"
  use early
viewpoint second "Second"
  use late
stock store: t = aid * 1 day
  + sent
  - gone
flow sent: t/day = aid
flow gone: t/day = drawn * (1 - part[North])
measure sent_all: t = total sent
measure left: t = final store
claim much "Much is sent"
  aid >= 5 t/day and sent_all >= 50 t
claim enough "It is enough"
  left >= 0 t and drawn < 100 t/day
scenario more "More is sent"
  aid = 20
  part[North] = 50%
`;

describe('a lever', () => {
  test('stands at its default, in a start, a flow, a measure and a claim', () => {
    expect(runText(MODEL).measures['sent_all']).toBe(50);
  });

  test('is the same under every viewpoint, and no figure of anybody', async () => {
    const ledger = await ledgerOf(MODEL);
    for (const viewpoint of ['first', 'second'])
      expect(measureOf(ledger, 'sent_all', viewpoint)).toMatchObject({ p5: 50, p50: 50, p95: 50 });
    expect(ledger.viewpoints.map(({ own }) => own)).toMatchObject([
      { inputs: 1, of: 1 },
      { inputs: 1, of: 1 },
    ]);
    expect(claimOf(ledger, 'enough').viewpoints['first']).toMatchObject({
      own: { inputs: 1, of: 1 },
      basis: 'sourced',
    });
    expect(claimOf(ledger, 'enough').ownArithmetic).toMatchObject({ missing: [], verdict: 'holds' });
  });

  test('is no input that a claim hangs on', async () => {
    const much = claimOf(await ledgerOf(MODEL), 'much');
    expect(much).toMatchObject({ pattern: 'holds: no input changes it', basis: 'arithmetic' });
    const { model } = soundText(MODEL);
    const cells = model.claims.map(({ inputCells }) => inputCells.map((cell) => model.cells[cell]?.name));
    expect(cells).toEqual([[], ['drawn']]);
  });

  test('is moved by a scenario, element by element', async () => {
    const ledger = await ledgerOf(MODEL, { scenario: 'more' });
    expect(measureOf(ledger, 'sent_all', 'first').p50).toBe(200);
    const { model } = soundText(MODEL);
    const held = model.scenarios[0]?.forces.map(({ cell, value }) => [model.cells[cell]?.name, value]);
    expect(held).toEqual([
      ['aid', 20],
      ['part[North]', 0.5],
    ]);
  });

  test('changes no draw of an input', async () => {
    const without = MODEL.replace(/^lever part.*\n/m, '')
      .replace(' * (1 - part[North])', ' * 0.8')
      .replace('  part[North] = 50%\n', '');
    const [one, other] = [await ledgerOf(MODEL), await ledgerOf(without)];
    expect(measureOf(one, 'left', 'second')).toEqual(measureOf(other, 'left', 'second'));
  });
});

describe('is refused', () => {
  const codesOf = (lines: string): readonly string[] =>
    codesButUse(compileText(`${MODEL}${lines}\n`)).filter((code) => code !== 'brief-missing');

  test.each([
    ['lever a: t 5 .. 5 = 5', 'lever-range'],
    ['lever a: t 6 .. 5 = 5', 'lever-range'],
    ['lever a: t 0 .. 5 = 5.01', 'lever-range'],
    ['lever a: t 0 .. 5 = -1', 'lever-range'],
    ['lever a: share 0% .. 120% = 50%', 'share-out-of-range'],
    ['lever a: t 0 .. 5 day = 1', 'unit-mismatch'],
    ['lever a: t 0 .. drawn = 1', 'constant-expected'],
    ['lever a 0 .. 5 = 1', 'unit-missing'],
    ['lever aid: t 0 .. 5 = 1', 'name-taken'],
    ['scenario s\n  aid = 51', 'lever-outside-range'],
    ['scenario s\n  aid = -1', 'lever-outside-range'],
    ['scenario s\n  part = 51%', 'lever-outside-range'],
    ['scenario s\n  aidd = 5', 'name-unknown'],
    ['scenario s\n  sent = 5', 'scenario-not-input'],
    ['correlate aid, drawn 0.5', 'correlation-not-input'],
  ])('%s: %s', (lines, code) => {
    expect(codesOf(lines)).toEqual([code]);
  });

  test.each([
    'lever a: t 0 .. 5 = 0',
    'lever a: t 0 .. 5 = 5',
    'lever a: day -1 week .. 1 week = 0',
    'scenario s\n  aid = 0',
    'scenario s\n  aid = 50\n  part = 50%',
  ])('not %s', (lines) => {
    expect(codesOf(lines)).toEqual([]);
  });
});
