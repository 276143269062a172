/** Text to first result in a process of its own: says how many milliseconds the flagship takes, all modules being loaded. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { soloCrew } from '../src/engine/crew.ts';
import { moduleRun } from '../src/engine/module-run.ts';
import { compiled, orderOf, ROOT } from './model-case.ts';

const text = readFileSync(join(ROOT, 'models/everything-depends-on-ourselves/model.casus'), 'utf8');
const from = performance.now();
const run = moduleRun(soloCrew, { pause: async () => false, progress: () => {} });
const { futures } = await run(orderOf(compiled(text), 1));
const passed = performance.now() - from;
if (futures !== 1) throw new Error('a first result without its future');
process.stdout.write(`${passed}\n`);
