/** Makes three arrays over a large group. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const HEAD = 'model "How long the grain of a besieged port lasts"\ntime 2024-01-01 .. 2024-03-31 by 1 day\n';

export function setup(directory: string): string {
  const members = Array.from({ length: 40_000 }, (_, number) => `s${number}`).join(', ');
  const arrays = ['grain', 'flour', 'bread'].map((name) => `stock ${name}[Sack]: t = 1\n`).join('');
  writeFileSync(join(directory, 'model.casus'), `${HEAD}unit t\ngroup Sack = ${members}\n${arrays}`);
  return directory;
}
