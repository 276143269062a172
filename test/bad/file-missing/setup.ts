/** Makes a path that leads nowhere, one letter away from a folder that is there. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

export function setup(directory: string): string {
  mkdirSync(join(directory, 'grain'));
  return join(directory, 'grian');
}
