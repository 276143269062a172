/**
 * What a process does first, after its code is there: bundled and with V8's compiled form kept, as the command is
 * (`bin/load-bundle.js`). Each of these is called once in a process of its own by `scripts/call-bundle.mjs`.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { soloCrew } from '../src/engine/crew.ts';
import { moduleRun } from '../src/engine/module-run.ts';
import { format } from '../src/language/format.ts';
import { parse } from '../src/language/parser.ts';
import { compiled, orderOf, ROOT, sectorText } from './model-case.ts';

const flagship = (): string =>
  readFileSync(join(ROOT, 'models/everything-depends-on-ourselves/model.casus'), 'utf8');

export type FirstModel = 'flagship' | 'thousand';

/** Milliseconds from the text of a model to its first future. */
export async function firstResult([name]: readonly [FirstModel]): Promise<number> {
  const text = name === 'thousand' ? sectorText(100) : flagship();
  const from = performance.now();
  const run = moduleRun(soloCrew, { pause: async () => false, progress: () => {} });
  const { futures } = await run(orderOf(compiled(text), 1));
  const passed = performance.now() - from;
  if (futures !== 1) throw new Error('a first result without its future');
  return passed;
}

export type FormatOnce = { readonly wall: number; readonly processors: number };

const LINES = 2_000;

/** Milliseconds by the clock and by the processors for a text of 2,000 lines. */
export function formatOnce([name, work]: readonly ['near' | 'dense', 'parse' | 'format']): FormatOnce {
  const text = longText(name);
  const model = { file: 'model.casus', text, blocks: [{ start: 0, end: text.length, indent: 0 }] };
  const used = process.cpuUsage();
  const from = performance.now();
  const done = work === 'parse' ? parse(model).diagnostics.length === 0 : format(model).ok;
  const wall = performance.now() - from;
  const { user, system } = process.cpuUsage(used);
  if (!done) throw new Error('the text has faults');
  return { wall, processors: (user + system) / 1_000 };
}

/** `near`: the flagship over and over, with one line out of form; `dense`: nothing but equations, all out of form. */
function longText(name: 'near' | 'dense'): string {
  const lines: string[] = [];
  const block = flagship().trimEnd().split('\n');
  while (name === 'near' && lines.length + block.length < LINES) lines.push(...block);
  while (lines.length < LINES)
    lines.push(equation(lines.length + 1, name === 'near' && lines.length < LINES - 1));
  return `${lines.join('\n')}\n`;
}

/** An equation in the one form or out of it. */
const equation = (number: number, inForm: boolean): string =>
  inForm
    ? `let x${number}: 1 = a * 2 + exp(-a / ${number})  # note`
    : `let  x${number}: 1 =  a*2 + exp( -a/ ${number}) # note`;
