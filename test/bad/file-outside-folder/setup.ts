/** Makes a model that is a link to a file beside the folder. */
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export function setup(directory: string): string {
  writeFileSync(join(directory, 'private.casus'), 'model "Another reader\'s"\n');
  mkdirSync(join(directory, 'grain'));
  symlinkSync('../private.casus', join(directory, 'grain', 'model.casus'));
  return join(directory, 'grain');
}
