/** Makes a spreadsheet. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

export function setup(directory: string): string {
  writeFileSync(join(directory, 'stores.csv'), 'store,grain\nharbour,45000\n');
  return join(directory, 'stores.csv');
}
