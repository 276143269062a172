/**
 * `casus explain CODE`: what a message means, why it matters, how it is mended, from docs/diagnostics.md; and with
 * `--in ARGUMENT` what a name of that argument stands for, in each space of names that has it, and of a claim how it came to
 * its verdicts.
 */
import { readFileSync } from 'node:fs';
import { CODES } from '../base/codes.ts';
import { suggest } from '../base/suggest.ts';
import { explainName, namesOf } from '../model/explain-name.ts';
import { explanationText } from '../views/explanation-text.ts';
import { type ClaimOptions, explainClaim } from './explain-claim.ts';
import { load } from './load.ts';
import { commandName, EXIT, ledgerStyle, writeData, writeDiagnostics, writeNote } from './output.ts';
import { refuse } from './run.ts';

const REFERENCE = new URL('../../docs/diagnostics.md', import.meta.url);

export type ExplainOptions = ClaimOptions & { readonly in?: string };

export async function explain(word: string, options: ExplainOptions): Promise<number> {
  if (options.in !== undefined) return explainNameOf(options.in, word, options);
  const misplaced = runOptionsIn(options);
  return misplaced === null
    ? explainCode(word)
    : refuse(`${misplaced} asks how a claim is run: say of which argument with --in ARGUMENT.`);
}

const codeIn = (word: string): string => word.replace(/^(?:error|warning)?\[?([a-z0-9-]+)\]?$/, '$1');
const isCode = (word: string): boolean => Object.hasOwn(CODES, codeIn(word));

function explainCode(word: string): number {
  const name = codeIn(word);
  if (!isCode(word)) {
    const nearest = suggest(name, Object.keys(CODES));
    writeNote(`error: no message has the code \`${word}\`${didYouMean(nearest)}`);
    writeNote('All codes with an example each stand in docs/diagnostics.md.');
    writeNote(`For a name of an argument: ${commandName()} explain ${word} --in ARGUMENT`);
    return EXIT.usage;
  }
  writeData(sectionOf(readFileSync(REFERENCE, 'utf8'), name));
  return EXIT.fine;
}

const didYouMean = (nearest: string | null): string =>
  nearest === null ? '' : `; did you mean \`${nearest}\`?`;

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

async function explainNameOf(path: string, word: string, options: ExplainOptions): Promise<number> {
  const { result, texts, name: argument, exit } = load(path);
  // Warnings are for `check`: here they would hide the answer.
  if (!result.ok) {
    writeDiagnostics(result.diagnostics, texts, 'note');
    return exit;
  }
  const { model, tree } = result.value;
  // `arsenal[Russia]` asks about the array that this is an element of.
  const name = word.replace(/\s*\[.*\]$/s, '');
  const found = explainName(model, tree, texts.get(tree.file) ?? '', name);
  const claim = model.claims.findIndex((one) => one.name === name);
  const misplaced = runOptionsIn(options);
  if (found.length > 0 && claim < 0 && misplaced !== null)
    return refuse(
      `${misplaced} asks how a claim is run, and \`${name}\` is no claim of ${argument}: leave it out.`,
    );
  if (found.length > 0)
    return explainClaim({ compiled: result.value, texts }, claim, options, (inserted) =>
      found
        .map((one) => explanationText(one, ledgerStyle(), one.kind === 'claim' ? inserted : undefined))
        .join('\n'),
    );
  const names = [...new Set(namesOf(model, tree))];
  const nearest = suggest(name, names);
  writeNote(`error: ${argument} has nothing called \`${name}\`${didYouMean(nearest)}`);
  if (isCode(word)) writeNote(`It is the code of a message: ${commandName()} explain ${word}`);
  else if (names.length > 0) writeNote(`It has ${listed(names)}.`);
  return EXIT.usage;
}

/** The first option that only a claim's run knows; null if there is none. */
const runOptionsIn = (options: ExplainOptions): string | null =>
  Object.entries(options).flatMap(([name, value]) =>
    name === 'in' || value === undefined ? [] : [`--${name}`],
  )[0] ?? null;

/** Enough to see what kind of names there are. */
const MOST_LISTED = 12;

function listed(names: readonly string[]): string {
  const more = names.length - MOST_LISTED;
  return `${names.slice(0, MOST_LISTED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
