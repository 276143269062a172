/** Makes ten million bytes of comments. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

export function setup(directory: string): string {
  writeFileSync(join(directory, 'model.casus'), '# grain\n'.repeat(1_250_000));
  return directory;
}
