/** Makes a Markdown file that quotes a model. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

export function setup(directory: string): string {
  const model = 'model "Grain"\ntime 2024-01-01 .. 2024-03-31 by 1 day\n';
  const block = (text: string): string => `\`\`\`casus\n${text}\`\`\``;
  const quoted = block('unit t\n').replaceAll(/^/gm, '> ');
  writeFileSync(join(directory, 'port.md'), `# The port\n\n${block(model)}\n\nOther units are quoted:\n\n${quoted}\n`);
  return join(directory, 'port.md');
}
