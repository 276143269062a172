/**
 * What a ledger lets go of may be written over at once by the next viewpoint: it must read none of it afterwards, and leave
 * none of it behind.
 */
import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { findBands } from '../../src/cli/find-bands.ts';
import { load } from '../../src/cli/load.ts';
import type { Ensemble, Run } from '../../src/engine/ensemble.ts';
import { makeLedger } from '../../src/ledger/make-ledger.ts';
import { plainRun, questionOf } from '../support/ledger-of.ts';

type Seen = { readonly ensemble: Ensemble; readonly letGo: string[] };

/** Spoils what is let go, and remembers what every ensemble with all of its columns was asked to let go of. */
function spoilingRun(seen: Seen[]): Run {
  return async (order) => {
    const ensemble = await plainRun(order);
    const own: Seen = { ensemble, letGo: [] };
    if (order.keep !== undefined) seen.push(own);
    const letGo = (what: 'kept' | 'all'): void => {
      own.letGo.push(what);
      for (const column of ensemble.kept) column.fill(-1);
      if (what === 'kept') return;
      for (const column of ensemble.measures) column.fill(-1);
      for (const column of ensemble.claims) column.fill(1);
    };
    return { ...ensemble, letGo };
  };
}

test.each(readdirSync('models'))('%s', async (name) => {
  const loaded = load(`models/${name}`).result;
  if (!loaded.ok) throw new Error(`${name} has faults`);
  const { model, program } = loaded.value;
  const [bands = []] = model.variables
    .map((variable) => findBands(loaded.value, [variable.name]))
    .filter((found) => typeof found !== 'string');
  const viewpoints = model.viewpoints.slice(0, 2).map((viewpoint) => viewpoint.name);
  const question = { ...questionOf(model, { runs: 60, viewpoints }), bands };
  const seen: Seen[] = [];
  const spoilt = await makeLedger(model, program, question, spoilingRun(seen));
  expect(spoilt).toEqual(await makeLedger(model, program, question, plainRun));
  expect(seen.length).toBeGreaterThan(0);
  for (const { letGo } of seen) expect(letGo.at(-1)).toBe('all');
});
