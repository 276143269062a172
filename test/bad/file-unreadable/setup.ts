/** Makes a model that is a link to itself: refused by the system whoever asks. */
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';

export function setup(directory: string): string {
  symlinkSync('model.casus', join(directory, 'model.casus'));
  return directory;
}
