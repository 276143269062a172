/** Makes a folder whose model has another name. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

export function setup(directory: string): string {
  writeFileSync(join(directory, 'grain.casus'), 'model "Grain"\n');
  return directory;
}
