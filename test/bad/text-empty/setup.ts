/** Makes a file without a word in it. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

export function setup(directory: string): string {
  writeFileSync(join(directory, 'model.casus'), '\n');
  return directory;
}
