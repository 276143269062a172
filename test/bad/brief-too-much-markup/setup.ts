/** Makes a brief with a paragraph of a thousand bracketed words. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

export function setup(directory: string): string {
  writeFileSync(join(directory, 'port.md'), `# The port\n\n${'[grain] '.repeat(1_000)}\n\n\`\`\`casus\nmodel "Grain"\n\`\`\`\n`);
  return join(directory, 'port.md');
}
