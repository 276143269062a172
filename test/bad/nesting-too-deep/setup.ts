/** Makes brackets within each other, ten thousand deep. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const HEAD = 'model "How long the grain of a besieged port lasts"\ntime 2024-01-01 .. 2024-03-31 by 1 day\n';

export function setup(directory: string): string {
  const depth = 10_000;
  const value = `${'('.repeat(depth)}1${')'.repeat(depth)}`;
  writeFileSync(join(directory, 'model.casus'), `${HEAD}let deep: 1 = ${value}\n`);
  return directory;
}
