/**
 * The headline of a claim: the pattern of its verdicts over the viewpoints, never a pooled share, which would count
 * speakers.
 */
import { inWords } from '../base/number-format.ts';
import type { NamedMeanings, ViewpointVerdict } from './ledger.ts';

export const NO_FIGURES = 'no figures found';
/** Where every future contradicts what is known of the past. */
export const NOTHING_LEFT = 'nothing left';
export const DEPENDS = 'depends on whose numbers';

export type Pattern = { readonly verdict: string; readonly pattern: string };

/**
 * @param verdicts by viewpoint, in the model's order
 * @param oneReading whether no viewpoint changes an input that the claim reads
 * @param reads whether the claim reads any input at all
 */
export function patternOf(
  verdicts: readonly { readonly name: string; readonly result: ViewpointVerdict }[],
  oneReading: boolean,
  reads: boolean,
): Pattern {
  const counted = verdicts.filter(({ result }) => result.verdict !== NO_FIGURES);
  const [first] = counted;
  if (first === undefined) return { verdict: NO_FIGURES, pattern: NO_FIGURES };
  const { verdict } = first.result;
  if (!reads) return { verdict, pattern: `${verdict}: no input changes it` };
  if (oneReading) {
    const basis = first.result.basis === 'assumed' ? ', as assumed' : '';
    return { verdict, pattern: `one reading only: ${verdict}${basis}` };
  }
  const silent = verdicts.length - counted.length;
  const note = silent === 0 ? '' : `; ${inWords(silent)} ${silent === 1 ? 'has' : 'have'} no figures`;
  if (counted.every(({ result }) => result.verdict === verdict)) {
    const whom =
      counted.length === 1 ? first.name : counted.length === 2 ? 'both' : `all ${inWords(counted.length)}`;
    return { verdict, pattern: `${verdict} under ${whom}${note}` };
  }
  const groups = new Map<string, string[]>();
  for (const { name, result } of counted)
    groups.set(result.verdict, [...(groups.get(result.verdict) ?? []), name]);
  const parts = [...groups].map(([one, names]) => `${one} under ${names.join(', ')}`);
  return { verdict: DEPENDS, pattern: `${DEPENDS}: ${parts.join('; ')}${note}` };
}

/** The pattern over the viewpoints under one combination of meanings. */
type Meant = Pattern & { readonly definitions: NamedMeanings };

/**
 * The headline over what definitions mean: of each that matters, and of each that does not, it is said so.
 * @param patterns one for each combination of meanings that was asked for, in their order
 */
export function patternOverMeanings(patterns: readonly Meant[]): Pattern {
  const [first] = patterns;
  if (first === undefined) throw new Error('a claim in no sense');
  const all = Object.keys(first.definitions);
  const open = all.filter((name) => new Set(patterns.map((one) => one.definitions[name])).size > 1);
  const held = all.filter((name) => !open.includes(name));
  const where =
    held.length === 0
      ? ''
      : ` with ${held.map((name) => `${name} as ${first.definitions[name]}`).join(' and ')}`;
  if (open.length === 0) return { verdict: first.verdict, pattern: withNote(first.pattern, where) };

  const matters = open.filter((name) => changesWith(patterns, name));
  const idle = open.filter((name) => !matters.includes(name));
  const whatever = idle.length === 0 ? '' : `, whatever ${inOne(idle)} ${mean(idle)}`;
  if (matters.length === 0) {
    const isOne = patterns.every(({ pattern }) => pattern === first.pattern);
    const pattern = isOne ? first.pattern : `${first.verdict} in every column`;
    return { verdict: first.verdict, pattern: withNote(pattern, `${whatever}${where}`) };
  }

  const answers = new Map<string, Meant>();
  for (const one of patterns) {
    const key = matters.map((name) => one.definitions[name] ?? '').join(' and ');
    if (!answers.has(key)) answers.set(key, one);
  }
  const what = `what ${inOne(matters)} ${mean(matters)}`;
  const numbersMatter = patterns.some(({ verdict }) => verdict === DEPENDS);
  const verdict = numbersMatter ? `${DEPENDS} and on ${what}` : `depends on ${what}`;
  return {
    verdict,
    pattern: `${verdict}: ${(numbersMatter ? bothParts(answers) : meaningParts(answers)).join('; ')}${whatever}${where}`,
  };
}

/** A note about all of a headline stands before its parts, if it has any. */
function withNote(pattern: string, note: string): string {
  const colon = pattern.startsWith(DEPENDS) ? DEPENDS.length : pattern.length;
  return `${pattern.slice(0, colon)}${note}${pattern.slice(colon)}`;
}

/** Whether two combinations that differ in one definition alone have different answers. */
function changesWith(patterns: readonly Meant[], name: string): boolean {
  const answers = new Map<string, string>();
  return patterns.some(({ definitions, verdict, pattern }) => {
    const others = Object.entries(definitions).filter(([other]) => other !== name);
    const key = others.map(([, meaning]) => meaning).join();
    // Which viewpoints say what counts where they differ, and else only what all of them say.
    const answer = verdict === DEPENDS ? pattern : verdict;
    const before = answers.get(key);
    answers.set(key, answer);
    return before !== undefined && before !== answer;
  });
}

function meaningParts(answers: ReadonlyMap<string, Meant>): readonly string[] {
  const groups = new Map<string, string[]>();
  for (const [meaning, { verdict }] of answers)
    groups.set(verdict, [...(groups.get(verdict) ?? []), meaning]);
  return [...groups].map(([verdict, meanings]) => `${verdict} as ${meanings.join(', ')}`);
}

function bothParts(answers: ReadonlyMap<string, Meant>): readonly string[] {
  const parts = new Map<string, string[]>();
  for (const [meaning, { verdict, pattern }] of answers) {
    const parted = verdict === DEPENDS ? pattern.slice(DEPENDS.length + 2) : pattern;
    // What has only one reading is told by its verdict.
    const own = parted.includes(' under ') ? parted : verdict;
    const answer = own.replaceAll(', ', ' and ').replaceAll('; ', ', ');
    parts.set(answer, [...(parts.get(answer) ?? []), meaning]);
  }
  return [...parts].map(([answer, meanings]) => `${answer} (as ${meanings.join(', ')})`);
}

const inOne = (names: readonly string[]): string =>
  names.length < 3 ? names.join(' and ') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;

const mean = (names: readonly string[]): string => (names.length === 1 ? 'means' : 'mean');
