/** Makes a Markdown file with a block of another kind. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

export function setup(directory: string): string {
  writeFileSync(join(directory, 'port.md'), '# The port\n\n```text\nmodel "Grain"\n```\n');
  return join(directory, 'port.md');
}
