/** The ledger of a model given as text, for tests: no files, no prose. */

import { soloCrew } from '../../src/engine/crew.ts';
import type { Run } from '../../src/engine/ensemble.ts';
import { interpretingRun } from '../../src/engine/interpret.ts';
import { moduleRun } from '../../src/engine/module-run.ts';
import type { Ledger, LedgerClaim, LedgerMeasure } from '../../src/ledger/ledger.ts';
import { makeLedger } from '../../src/ledger/make-ledger.ts';
import type { Question } from '../../src/ledger/plan.ts';
import type { Model } from '../../src/model/model.ts';
import { soundText } from './compile-text.ts';

export type Asked = Partial<Omit<Question, 'scenario'>> & { readonly scenario?: string };

const HOST = { pause: async () => false, progress: () => {} };

/** The run that users have, on one thread. */
export const plainRun: Run = moduleRun(soloCrew, HOST);
/** The oracle's run: some ledgers are made by both, so that a difference between them shows. */
export const oracleRun: Run = interpretingRun(HOST);

export function questionOf(model: Model, { scenario, ...asked }: Asked = {}): Question {
  const found = scenario === undefined ? null : model.scenarios.find(({ name }) => name === scenario);
  if (found === undefined) throw new Error(`no scenario ${scenario}`);
  return {
    runs: 100,
    seed: 1,
    design: 'latin-hypercube',
    viewpoints: null,
    hindsight: false,
    definitions: [],
    ...asked,
    scenario: found,
  };
}

export async function ledgerOf(text: string, asked: Asked = {}, run: Run = plainRun): Promise<Ledger> {
  const { model, program } = soundText(text);
  return makeLedger(model, program, questionOf(model, asked), run);
}

export function claimOf(ledger: Ledger, id: string): LedgerClaim {
  const found = ledger.claims.find((claim) => claim.id === id);
  if (found === undefined) throw new Error(`no claim ${id}`);
  return found;
}

export function measureOf(ledger: Ledger, name: string, viewpoint?: string): LedgerMeasure {
  const found = ledger.measures.find(
    (measure) => measure.name === name && (viewpoint === undefined || measure.viewpoint === viewpoint),
  );
  if (found === undefined) throw new Error(`no measure ${name}`);
  return found;
}
