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

const FUTURES = 20_000;

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
