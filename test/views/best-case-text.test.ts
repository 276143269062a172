/** The author's best case in words: every answer, and how many figures are named, counted, or left at their middle. */
import { expect, test } from 'vitest';
import type { LedgerClaim } from '../../src/ledger/ledger.ts';
import {
  BEST_CASE_VERDICTS,
  type BestCase,
  type FigurePlaced,
} from '../../src/ledger/ledger-of-best-case.ts';
import { bestCaseTexts } from '../../src/views/best-case-text.ts';

const figure = (input: string, moved: boolean, value: number | null = 12_345, unit = 't'): FigurePlaced => ({
  input,
  unit,
  quantile: moved ? 0.95 : 0.5,
  moved,
  value,
  byDate:
    value === null
      ? [
          { at: '2024-01-01', value: 10 },
          { at: '2024-07-01', value: 20.5 },
        ]
      : [],
});
const best = (more: Partial<BestCase> = {}): BestCase => ({
  verdict: 'holds',
  of: more.point?.length ?? 1,
  tried: 7,
  unfit: 0,
  futures: 1,
  share: 1,
  point: [figure('fire', true)],
  ...more,
});
const claimWith = (
  ...columns: readonly (readonly [Readonly<Record<string, string>>, BestCase | undefined])[]
) =>
  ({
    viewpoints: Object.fromEntries(
      columns.map(([definitions, bestCase], at) => [
        `column ${at}`,
        { viewpoint: 'as_written', definitions, ...(bestCase === undefined ? {} : { bestCase }) },
      ]),
    ),
  }) as unknown as LedgerClaim;
const textOf = (more: Partial<BestCase>, most?: number): string => {
  const [text = '', ...others] = bestCaseTexts(claimWith([{}, best(more)]), most);
  expect(others).toEqual([]);
  return text;
};

const TEXTS: readonly (readonly [Partial<BestCase>, string])[] = [
  [{}, 'best case: holds at fire 12,350 t'],
  [
    { point: [figure('a', true, 0.12, 'share'), figure('b', true, 3, ''), figure('c', false)] },
    'best case: holds at a 12 %, b 3 (1 other at its middle)',
  ],
  [
    { point: ['a', 'b', 'c', 'd', 'e', 'f'].map((name, at) => figure(name, at < 4, at)) },
    'best case: holds at a 0 t, b 1 t (2 more away from their middle, 2 others at their middle)',
  ],
  [
    { point: [figure('army', true, null)] },
    'best case: holds at army 10 t at 2024-01-01 to 20.5 t at 2024-07-01',
  ],
  [{ point: [figure('a', false)] }, 'best case: holds already with the one figure behind it at its middle'],
  [
    { point: [figure('a', false), figure('b', false)] },
    'best case: holds already with both figures behind it at their middle',
  ],
  [
    { of: 3, point: [figure('a', false)] },
    'best case: holds already with all 3 figures behind it at their middle',
  ],
  [
    { verdict: 'not settled', futures: 120, share: 118 / 120 },
    'best case: not settled at fire 12,350 t: true in 118 of 120 futures, too few to decide',
  ],
  [
    { verdict: 'not settled', futures: 200, share: null },
    'best case: not settled at fire 12,350 t: 200 futures do not decide',
  ],
  [{ verdict: 'none found', point: [], of: 8 }, 'best case: none found in 7 points that were tried'],
  [
    { verdict: 'none found', point: [], of: 8, tried: 1, unfit: 1 },
    'best case: none found in 1 point that was tried; at 1 of them no future was left',
  ],
  [{ verdict: 'nothing to move', point: [], of: 0 }, 'best case: none, as no figure behind it has a range'],
];

test.each(TEXTS)('%#', (more, expected) => {
  expect(textOf(more, 2)).toBe(expected);
});

test('every answer has its words', () => {
  const said = new Set(TEXTS.map(([{ verdict = 'holds' }]) => verdict));
  expect(BEST_CASE_VERDICTS.filter((verdict) => !said.has(verdict))).toEqual([]);
});

test('all figures are named unless few are asked for', () => {
  const point = ['a', 'b', 'c', 'd', 'e'].map((name) => figure(name, true, 1));
  expect(textOf({ point })).toBe('best case: holds at a 1 t, b 1 t, c 1 t, d 1 t, e 1 t');
});

test('meanings with one answer share it, and others are told apart', () => {
  const [starved, fought] = [{ defeat: 'starved' }, { defeat: 'fought' }];
  expect(bestCaseTexts(claimWith([starved, best()], [fought, best()]))).toEqual([
    'best case: holds at fire 12,350 t',
  ]);
  const none = best({ verdict: 'none found', point: [] });
  expect(bestCaseTexts(claimWith([starved, best()], [fought, none]))).toEqual([
    'best case with defeat as starved: holds at fire 12,350 t',
    'best case with defeat as fought: none found in 7 points that were tried',
  ]);
  // In the other column it holds as it is.
  expect(bestCaseTexts(claimWith([starved, best()], [fought, undefined]))).toEqual([
    'best case with defeat as starved: holds at fire 12,350 t',
  ]);
  expect(bestCaseTexts(claimWith([starved, undefined]))).toEqual([]);
});
