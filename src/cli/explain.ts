/** `casus explain CODE`: what a message means, why it matters, how it is mended, from docs/diagnostics.md. */
import { readFileSync } from 'node:fs';
import { CODES } from '../base/codes.ts';
import { suggest } from '../base/suggest.ts';
import { EXIT, writeData, writeNote } from './output.ts';

const REFERENCE = new URL('../../docs/diagnostics.md', import.meta.url);

export function explain(code: string): number {
  const name = code.replace(/^(?:error|warning)?\[?([a-z0-9-]+)\]?$/, '$1');
  if (!Object.hasOwn(CODES, name)) {
    const nearest = suggest(name, Object.keys(CODES));
    writeNote(
      `error: no message has the code \`${code}\`${nearest === null ? '' : `; did you mean \`${nearest}\`?`}`,
    );
    writeNote('All codes with an example each stand in docs/diagnostics.md.');
    return EXIT.usage;
  }
  writeData(sectionOf(readFileSync(REFERENCE, 'utf8'), name));
  return EXIT.fine;
}

/** The reference's section of a code: from its heading to the next. */
function sectionOf(reference: string, code: string): string {
  const start = reference.indexOf(`\n### ${code}\n`);
  if (start < 0) throw new Error(`docs/diagnostics.md has no section for ${code}`);
  const end = reference.indexOf('\n##', start + 1);
  return reference
    .slice(start + 1, end < 0 ? undefined : end)
    .replace(/^### /, '')
    .trimEnd();
}
