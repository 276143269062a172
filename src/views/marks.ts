/** The marks of verdicts: told apart by their shape, so that colour only repeats what they say. */
import type { Style } from './style.ts';

const MARKS: Readonly<Record<string, string>> = {
  holds: '●',
  'mostly holds': '◕',
  contested: '◑',
  'mostly fails': '◔',
  fails: '○',
};

/** What has no verdict of its own: not settled, between two, no figures. */
const OPEN = '·';
const DEPENDS = '◇';
/** Before what is held against the record. */
export const RECORD = '▪';

export const markOf = (verdict: string): string =>
  MARKS[verdict] ?? (verdict.startsWith('depends on') ? DEPENDS : OPEN);

/** Whether the mark alone says which verdict it is. */
export const isMarked = (verdict: string): boolean => MARKS[verdict] !== undefined;

/** Whether the viewpoint says nothing on a claim on which others do. */
export const isSilent = (verdict: string): boolean => verdict === 'no figures found';

/** The marks of viewpoints and their words, in one line of 80 columns. Others stand before words that say the same. */
export const LEGEND = [...Object.entries(MARKS), ['open', OPEN] as const]
  .map(([word, mark]) => `${mark} ${word}`)
  .join('  ');

export function coloured(verdict: string, text: string, style: Style): string {
  if (verdict.endsWith('holds') && !verdict.startsWith('between')) return style.good(text);
  if (verdict.endsWith('fails') && !verdict.startsWith('between')) return style.bad(text);
  return text;
}
