/** A record for each of 501 days. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const MODEL = `model "Counted every day"
time 0 day .. 1_000 day by 1 day
let passed: 1 = time / 1 day
observed passed from "counts.csv"
  at in day
  assumed "for the example"
`;

export function setup(directory: string): string {
  const rows = Array.from({ length: 501 }, (_, day) => `${day},${day}\n`);
  writeFileSync(join(directory, 'model.casus'), MODEL);
  writeFileSync(join(directory, 'counts.csv'), `day,passed\n${rows.join('')}`);
  return directory;
}
