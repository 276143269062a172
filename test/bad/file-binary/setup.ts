/** Makes a model with the bytes of a picture in it. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

export function setup(directory: string): string {
  writeFileSync(join(directory, 'model.casus'), new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13]));
  return directory;
}
