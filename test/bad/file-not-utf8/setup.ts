/** Makes a model saved in Latin-1. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

export function setup(directory: string): string {
  writeFileSync(join(directory, 'model.casus'), Buffer.from('# Grain\nmodel "Les greniers assiégés"\n', 'latin1'));
  return directory;
}
