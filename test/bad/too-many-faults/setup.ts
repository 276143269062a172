/** Makes a list that was never a model. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

export function setup(directory: string): string {
  writeFileSync(join(directory, 'model.casus'), 'harbour, 45000\n'.repeat(1_000));
  return directory;
}
