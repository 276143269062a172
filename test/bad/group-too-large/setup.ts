/** Makes a group of more elements than a group may have. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const HEAD = 'model "How long the grain of a besieged port lasts"\ntime 2024-01-01 .. 2024-03-31 by 1 day\n';

export function setup(directory: string): string {
  const members = Array.from({ length: 100_001 }, (_, number) => `s${number}`).join(', ');
  writeFileSync(join(directory, 'model.casus'), `${HEAD}group Sack = ${members}\n`);
  return directory;
}
