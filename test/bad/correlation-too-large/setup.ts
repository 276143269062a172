/** Makes a chain of more correlated inputs than may hang together. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const HEAD = 'model "How long the grain of a besieged port lasts"\ntime 2024-01-01 .. 2024-03-31 by 1 day\nunit t\n';

export function setup(directory: string): string {
  const sacks = Array.from({ length: 101 }, (_, number) => number);
  const inputs = sacks.map((sack) => `input s${sack}: t\n  assumed 1 to 2 "for the example"\n`);
  const chain = sacks.slice(1).map((sack) => `correlate s${sack - 1}, s${sack} 0.1\n`);
  writeFileSync(join(directory, 'model.casus'), [HEAD, ...inputs, ...chain].join(''));
  return directory;
}
