/**
 * Gallery models that draw while they run: their shares are held against closed forms, within four standard errors of
 * what so many futures show.
 */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { load } from '../../src/cli/load.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { makeLedger } from '../../src/ledger/make-ledger.ts';
import { type Asked, plainRun, questionOf } from '../support/ledger-of.ts';

const FUTURES = 8_000;

async function ledgerOfGallery(name: string, asked: Asked): Promise<Ledger> {
  const { result } = load(join('models', name));
  if (!result.ok) throw new Error(`models/${name} is not sound`);
  const { model, program } = result.value;
  const design = { runs: FUTURES, design: 'monte-carlo' } as const;
  return makeLedger(model, program, questionOf(model, { ...design, ...asked }), plainRun);
}

function expectShare({ measures }: Ledger, name: string, expected: number, viewpoint?: string): void {
  const found = measures.find(
    (measure) => measure.name === name && (viewpoint ?? measure.viewpoint) === measure.viewpoint,
  );
  if (found === undefined || found.mean === null) throw new Error(`no share ${name}`);
  const error = Math.sqrt((expected * (1 - expected)) / found.futures);
  expect(Math.abs(found.mean - expected)).toBeLessThan(4 * error);
}

describe('steady-hazard', () => {
  const day = 1 / 365.25;
  const [breach, treaty] = [0.5, 0.3];
  const open = (days: number): number => Math.exp(-(breach + treaty) * days * day);
  const ended = (rate: number, days: number): number =>
    ((1 - Math.exp(-rate * day)) * (1 - open(days))) / (1 - open(1));

  test('two competing rates end as often as the closed form says', async () => {
    const ledger = await ledgerOfGallery('steady-hazard', { scenario: 'middle' });
    expectShare(ledger, 'still_there', open(730));
    expectShare(ledger, 'broken', ended(breach, 730));
    expectShare(ledger, 'settled', ended(treaty, 730));
    expectShare(ledger, 'broken_in_first_year', ended(breach, 365));
  });

  test('without the one ending the other takes its whole share', async () => {
    const ledger = await ledgerOfGallery('steady-hazard', { scenario: 'no_treaty' });
    expect(ledger.measures.find(({ name }) => name === 'settled')?.mean).toBe(0);
    const broken = ledger.measures.find(({ name }) => name === 'broken')?.mean ?? 0;
    const still = ledger.measures.find(({ name }) => name === 'still_there')?.mean ?? 0;
    expect(broken + still).toBeCloseTo(1, 12);
  });
});

describe('two-rivals', () => {
  const chance = (worth: number): number => 1 / (1 + Math.exp(-worth / 2));
  const meetings = (count: number): { readonly press: number; readonly resist: number } => {
    let [fear, alarm] = [0, 0];
    for (let meeting = 0; meeting < count; meeting++)
      [alarm, fear] = [chance(10 * (1 - fear) - 15 * fear), chance(10 * alarm - 8 * alarm - 1)];
    return { press: alarm, resist: fear };
  };

  test('both choose with the chances that are worked out by hand', async () => {
    const { measures } = await ledgerOfGallery('two-rivals', { scenario: 'worked' });
    const medianOf = (name: string) => measures.find((measure) => measure.name === name)?.p50;
    expect(medianOf('first_press')).toBeCloseTo(meetings(1).press, 12);
    expect(medianOf('second_press')).toBeCloseTo(meetings(2).press, 12);
    expect(medianOf('last_press')).toBeCloseTo(meetings(25).press, 12);
    expect(medianOf('last_resist')).toBeCloseTo(meetings(25).resist, 12);
  });

  test('they do as often what they have a chance to do', async () => {
    const ledger = await ledgerOfGallery('two-rivals', { scenario: 'worked' });
    const pressed = ledger.measures.find(({ name }) => name === 'time_pressed')?.mean ?? 0;
    // A let is joined by lines, so that the first and the last month count half.
    const weights = Array.from({ length: 25 }, (_, month) => (month % 24 === 0 ? 0.5 : 1) / 24);
    const chances = weights.map((_, month) => meetings(month + 1).press);
    const mean = weights.reduce((sum, weight, month) => sum + weight * (chances[month] ?? 0), 0);
    const variance = weights.reduce((sum, weight, month) => {
      const one = chances[month] ?? 0;
      return sum + weight ** 2 * one * (1 - one);
    }, 0);
    expect(Math.abs(pressed - mean)).toBeLessThan(4 * Math.sqrt(variance / FUTURES));
  });
});

describe('mirror-test', () => {
  test('with all figures exchanged the outcomes are exchanged', async () => {
    const [plain, mirrored] = [
      await ledgerOfGallery('mirror-test', {}),
      await ledgerOfGallery('mirror-test', { scenario: 'mirrored' }),
    ];
    const shareIn = ({ measures }: Ledger, name: string): number =>
      measures.find((measure) => measure.name === name)?.mean ?? Number.NaN;
    const [east, west] = [shareIn(plain, 'east_broken'), shareIn(plain, 'west_broken')];
    // What would be exchanged differs by itself, or the mirror would show nothing.
    expect(west - east).toBeGreaterThan(0.1);
    expectShare(mirrored, 'west_broken', east);
    expectShare(mirrored, 'east_broken', west);
    expectShare(mirrored, 'settled', shareIn(plain, 'settled'));
  });

  test('with all figures equal neither side has an edge', async () => {
    const equal = await ledgerOfGallery('mirror-test', { scenario: 'equal' });
    const west = equal.measures.find(({ name }) => name === 'west_broken')?.mean ?? Number.NaN;
    expectShare(equal, 'east_broken', west);
  });
});

describe('casus-foederis', () => {
  test('the ally comes as often as the base rate of each viewpoint says', async () => {
    const ledger = await ledgerOfGallery('casus-foederis', {});
    // Reads 70 % to 79 % and 17 % to 28 %, and nobody can answer an attack of the last week of three years.
    expectShare(ledger, 'came', 0.745 * (1 - 1 / 156), 'long_past');
    expectShare(ledger, 'came', 0.222 * (1 - 1 / 156), 'since_1945');
    expect(ledger.claims.find(({ id }) => id === 'ally_likely')?.pattern).toBe(
      'depends on whose numbers: holds under long_past; fails under since_1945',
    );
  });
});
