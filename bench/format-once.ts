/**
 * A text of 2,000 lines, read or formatted once in a process of its own: says how many milliseconds that took by the clock
 * and by the processors, all modules being loaded. `format-once.js TEXT parse|format`
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from '../src/language/format.ts';
import { parse } from '../src/language/parser.ts';
import { ROOT } from './model-case.ts';

const LINES = 2_000;

/** Equations in the one form or out of it. */
const equation = (number: number, inForm: boolean): string =>
  inForm
    ? `let x${number}: 1 = a * 2 + exp(-a / ${number})  # note`
    : `let  x${number}: 1 =  a*2 + exp( -a/ ${number}) # note`;

/** `near`: the flagship over and over, with one line out of form; `dense`: nothing but equations, all out of form. */
function textOf(name: string): string {
  const flagship = readFileSync(join(ROOT, 'models/everything-depends-on-ourselves/model.casus'), 'utf8');
  const lines: string[] = [];
  const block = flagship.trimEnd().split('\n');
  while (name === 'near' && lines.length + block.length < LINES) lines.push(...block);
  while (lines.length < LINES)
    lines.push(equation(lines.length + 1, name === 'near' && lines.length < LINES - 1));
  return `${lines.join('\n')}\n`;
}

const [name = 'dense', work = 'format'] = process.argv.slice(2);
const text = textOf(name);
const model = { file: 'model.casus', text, blocks: [{ start: 0, end: text.length, indent: 0 }] };
const used = process.cpuUsage();
const from = performance.now();
const done = work === 'parse' ? parse(model).diagnostics.length === 0 : format(model).ok;
const wall = performance.now() - from;
const { user, system } = process.cpuUsage(used);
if (!done) throw new Error('the text has faults');
process.stdout.write(`${JSON.stringify({ wall, processors: (user + system) / 1_000 })}\n`);
