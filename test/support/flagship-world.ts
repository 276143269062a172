/** The flagship's world, changed as a test asks: its text edited, then run under one viewpoint. */
import { readFileSync } from 'node:fs';
import { compile } from '../../src/compile.ts';
import type { Ensemble } from '../../src/engine/ensemble.ts';
import { fittingRun } from '../../src/engine/fit.ts';
import { countedIn, notCounted } from '../../src/ledger/counted.ts';
import { planRuns } from '../../src/ledger/plan.ts';
import { plainRun, questionOf } from './ledger-of.ts';

export const FLAGSHIP = 'models/everything-depends-on-ourselves';
const TEXT = readFileSync(`${FLAGSHIP}/model.casus`, 'utf8');

/** Replaces what is there exactly once. */
export function edited(text: string, edits: readonly (readonly [string, string])[]): string {
  return edits.reduce((before, [from, to]) => {
    if (before.split(from).length !== 2) throw new Error(`not there once: ${from}`);
    return before.replace(from, () => to);
  }, text);
}

export type World = {
  /** A column by measure, NaN where a future is not counted; a yes or no as 1 or 0. */
  readonly measure: (name: string) => Float64Array;
  readonly mean: (name: string) => number;
  readonly failed: number;
  readonly counted: number;
  readonly ensemble: Ensemble;
};

export type Asked = {
  readonly viewpoint: string;
  readonly runs: number;
  /** Lines of a scenario. */
  readonly held?: readonly string[];
  readonly text?: string;
};

export async function worldOf({ viewpoint, runs, held = [], text = TEXT }: Asked): Promise<World> {
  const lines = held.length === 0 ? '' : `\nscenario tested "As a test asks"\n  ${held.join('\n  ')}\n`;
  const built = compile({ form: 'folder', model: { file: 'model.casus', text: text + lines }, brief: null });
  if (!built.ok) throw new Error(built.diagnostics.map(({ code, label }) => `${code}: ${label}`).join('\n'));
  const { model, program } = built.value;
  const asked = { runs, viewpoints: [viewpoint], ...(held.length === 0 ? {} : { scenario: 'tested' }) };
  const [plan] = planRuns(model, program, questionOf(model, asked));
  if (plan === undefined) throw new Error(`nothing to run under ${viewpoint}`);
  const ensemble = await fittingRun(plainRun)(plan.order);
  const out = notCounted(ensemble);
  const measure = (name: string): Float64Array => {
    const number = model.measures.findIndex((one) => one.name === name);
    const column = ensemble.measures[number];
    if (column === undefined) throw new Error(`no measure ${name}`);
    return column.map((value, future) => (out.has(future) ? Number.NaN : value));
  };
  const mean = (name: string): number => {
    const values = measure(name).filter((value) => !Number.isNaN(value));
    return values.reduce((sum, value) => sum + value, 0) / values.length;
  };
  return { measure, mean, failed: ensemble.failed.length, counted: countedIn(ensemble), ensemble };
}

export const flagshipText = TEXT;
