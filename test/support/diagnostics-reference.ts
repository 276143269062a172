/** Writes docs/diagnostics.md: one section a code, with its meaning, its mend and its case. */
import { CODES } from '../../src/base/codes.ts';

export function diagnosticsReference(
  example: (code: string) => { readonly model: string | null; readonly message: string },
): string {
  const sections = Object.entries(CODES).map(([code, { severity, title, meaning, mend }]) => {
    const { model, message } = example(code);
    return [
      `### ${code}`,
      `**${severity}: ${title}.** ${meaning}`,
      `*Mend:* ${mend}`,
      ...(model === null ? [] : [`For example this model\n\n${fenced(model)}\n\nis answered with`]),
      fenced(onlyOf(code, message)),
    ].join('\n\n');
  });
  const codes = Object.keys(CODES).map((code) => `[${code}](#${code})`);
  return `${[
    '# Messages',
    'What Casus has to say about a text: each message has a code that keeps its meaning. `casus explain CODE` prints the same. This page is made from the table of codes and from the cases in `test/bad/`; `npx vitest run test/bad -u` writes it anew.',
    codes.join(' · '),
    ...sections,
  ].join('\n\n')}\n`;
}

/** The first message with this code, where a case brings about several. */
function onlyOf(code: string, messages: string): string {
  return (
    messages
      .split(/\n\n(?=(?:error|warning)\[)/)
      .find((one) => one.includes(`[${code}]: `))
      ?.replace(/\n\n\d.*\n$/, '') ?? messages
  );
}

function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${text.trimEnd()}\n${fence}`;
}
