/** Makes a folder where the model should be. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

export function setup(directory: string): string {
  mkdirSync(join(directory, 'model.casus'));
  return directory;
}
