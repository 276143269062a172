/** Makes a sum of two thousand names. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const HEAD = 'model "How long the grain of a besieged port lasts"\ntime 2024-01-01 .. 2024-03-31 by 1 day\n';

export function setup(directory: string): string {
  const sum = Array.from({ length: 2_000 }, () => 'day').join(' + ');
  writeFileSync(join(directory, 'model.casus'), `${HEAD}let long: day = ${sum}\n`);
  return directory;
}
