/**
 * A claim in a few lines, to be read among others: the statement, the pattern, a mark for each viewpoint. What is left out
 * (shares, figures, own arithmetic) is told by the claim's block. A claim that is not tested is dim and short.
 */
import { inWords } from '../base/number-format.ts';
import type { LedgerClaim, ViewpointVerdict } from '../ledger/ledger.ts';
import { bestCaseTexts } from './best-case-text.ts';
import { besideMark, isTested, statedIn } from './claim-forms.ts';
import { confidenceText, meaningsText } from './claim-text.ts';
import { coloured, isMarked, isSilent, markOf, RECORD } from './marks.ts';
import type { Style } from './style.ts';
import { wrapText } from './wrap-text.ts';

const WIDTH = 80;
const HANG = '  ';
/** Figures of a best case; the others are counted. */
const MOST_NAMED = 3;

/** What stands before every line where some claim has a row, and where none has. */
export const ROWS = ' '.repeat(5);
export const NO_ROWS = ' '.repeat(2);

export type ClaimSetting = {
  /** `ROWS` or `NO_ROWS`; a row that is longer than four letters moves its statement. */
  readonly indent: string;
  /** Names of the viewpoints that use what was stated later. */
  readonly hindsight: ReadonlySet<string>;
  /** How it stands to other claims, a text for each. */
  readonly relations: readonly string[];
  readonly style: Style;
};

export function claimLines(claim: LedgerClaim, setting: ClaimSetting): string {
  const { style, relations } = setting;
  if (isTested(claim))
    return [
      ...titleLines(claim, setting),
      // What can be said for it stands before what speaks against it.
      ...bestCaseTexts(claim, MOST_NAMED).flatMap((text) => indented(text, setting)),
      ...patternLines(claim, setting),
      ...markLines(claim, setting),
      ...relations.flatMap((text) => indented(text, setting)),
      ...(claim.stated === null || claim.basis === null
        ? []
        : indented(confidenceText(claim), setting).map(style.dim)),
    ].join('\n');
  if (claim.form === 'on record')
    return [...titleLines(claim, setting), ...indented(recordText(claim), setting)].join('\n');
  return untestedLines(claim, setting);
}

/** `▪ disputed (1 source for, 2 against)`. */
function recordText({ record, pattern, verdict }: LedgerClaim): string {
  const shown = { for: 'for', partly: 'for a part of it', against: 'against' } as const;
  const counts = (['for', 'partly', 'against'] as const).flatMap((stance) => {
    const count = record.filter((one) => one.stance === stance).length;
    return count === 0 ? [] : [{ count, whose: shown[stance] }];
  });
  const said = counts.map(({ count, whose }, at) =>
    at > 0 ? `${count} ${whose}` : `${count} ${count === 1 ? 'source' : 'sources'} ${whose}`,
  );
  const where = verdict === 'nothing found' ? ' on record' : '';
  const sources = said.length === 0 ? '' : ` (${said.join(', ')})`;
  return `${RECORD} ${pattern.replace(verdict, `${verdict}${where}`)}${sources}`;
}

function titleLines(claim: LedgerClaim, { indent, style }: ClaimSetting): readonly string[] {
  // Where no claim has a row, statements stand out to the left; where others have one, something must show the beginning.
  const row = claim.row ?? '–';
  const head = indent === NO_ROWS ? '' : row.length < indent.length ? row.padEnd(indent.length) : `${row}  `;
  const lines = wrapText(claim.statement, WIDTH - indent.length, head.length - indent.length);
  const mark = isUntested(claim) ? style.dim : style.bold;
  return lines.map((line, at) => `${at === 0 ? style.dim(head) : indent}${mark(line)}`);
}

const isUntested = ({ reason }: LedgerClaim): boolean => reason !== null;

const indented = (text: string, { indent }: ClaimSetting): readonly string[] =>
  wrapText(text, WIDTH - indent.length - HANG.length, -HANG.length).map(
    (line, at) => `${indent}${at === 0 ? '' : HANG}${line}`,
  );

/** Who gives which answer is left to the marks. */
function patternLines(claim: LedgerClaim, setting: ClaimSetting): readonly string[] {
  const { verdict, pattern, basis, restates, calibrated, stated } = claim;
  const common = commonAnswer(claim);
  const colon = verdict.startsWith('depends on') ? pattern.indexOf(': ') : -1;
  const headline = colon < 0 ? pattern : pattern.slice(0, colon);
  const notes = [
    common,
    statedIn(claim),
    // Of a likelihood the basis belongs to the confidence, which is another sentence.
    basis === null || stated !== null || headline.endsWith('as assumed') ? '' : `basis: ${basis}`,
    restates === null || stated !== null ? '' : `restates the assumed input ${restates}`,
    calibrated.length === 0 || stated !== null ? '' : `${calibrated.join(', ')} calibrated`,
  ].filter((note) => note !== '');
  const text = `${markOf(verdict)} ${headline}${notes.length === 0 ? '' : ` (${notes.join('; ')})`}`;
  return indented(text, setting).map((line) => coloured(verdict, line, setting.style));
}

/** What stands beside the mark of every viewpoint that has figures, where that is one and the same thing; else nothing. */
function commonAnswer({ viewpoints }: LedgerClaim): string {
  const counted = Object.values(viewpoints).filter(({ verdict }) => !isSilent(verdict));
  const [first, ...others] = [...new Set(counted.map(besideMark))];
  return others.length === 0 ? (first ?? '') : '';
}

/**
 * One line of marks, or one for each meaning; none where the pattern says as much: all viewpoints that have figures give
 * one answer, and nobody has none or only one has any, whom the pattern names.
 */
function markLines(claim: LedgerClaim, setting: ClaimSetting): readonly string[] {
  const results = Object.values(claim.viewpoints);
  const counted = results.filter(({ verdict }) => !isSilent(verdict));
  const isCommon = commonAnswer(claim) !== '' || counted.every((result) => besideMark(result) === '');
  const isAlike = isCommon && counted.every(({ verdict }) => verdict === counted[0]?.verdict);
  if (isAlike && (counted.length === results.length || counted.length < 2)) return [];
  const byMeaning = new Map<string, ViewpointVerdict[]>();
  for (const result of results) {
    const meaning = meaningsText(result.definitions);
    byMeaning.set(meaning, [...(byMeaning.get(meaning) ?? []), result]);
  }
  return [...byMeaning].flatMap(([meaning, own]) => {
    // Several of whom one thing is told stand side by side, where the first of them stands. A mark alone keeps its place.
    const told = new Map<
      string,
      { readonly names: string[]; readonly result: ViewpointVerdict; readonly note: string }
    >();
    for (const result of own) {
      const note = noteOf(claim, result, isCommon, setting);
      const key = note === '' ? result.viewpoint : `${markOf(result.verdict)} ${note}`;
      const item = told.get(key) ?? { names: [], result, note };
      told.set(key, item);
      item.names.push(result.viewpoint);
    }
    const items = [...told.values()].map(({ names, result, note }): Item => {
      const mark = markOf(result.verdict);
      const show = (part: string): string => coloured(result.verdict, part, setting.style);
      // Of several that have no figures this is said first, behind all others.
      if (isSilent(result.verdict) && names.length > 1)
        return { text: `${mark} ${note}: ${names.join(', ')}`, place: 2, show };
      const isRest =
        note !== '' && told.size > 1 && names.length >= FEWEST_OTHERS && names.length > own.length / 2;
      const whose = isRest ? `the other ${inWords(names.length)}` : names.join(', ');
      return { text: `${mark} ${whose}${note === '' ? '' : ` (${note})`}`, place: isRest ? 1 : 0, show };
    });
    const ordered = items.toSorted((one, other) => one.place - other.place);
    return itemLines(meaning === '' ? '' : `${meaning}:`, ordered, setting);
  });
}

/** So many viewpoints of one answer, if they are most of them, are told as those that are not named. */
const FEWEST_OTHERS = 4;

/** Behind a name: `no figures`, `very unlikely`, `+21 points`; empty where the mark says all, or the headline the rest. */
function noteOf(
  claim: LedgerClaim,
  result: ViewpointVerdict,
  isCommon: boolean,
  { hindsight }: ClaimSetting,
): string {
  const { viewpoint, verdict } = result;
  return [
    isMarked(verdict) ? '' : isSilent(verdict) ? 'no figures' : verdict,
    isCommon ? '' : besideMark(result),
    // Beside the pattern, never in it; but for a claim that asks for hindsight.
    hindsight.has(viewpoint) && !claim.hindsight ? 'in hindsight' : '',
  ]
    .filter((note) => note !== '')
    .join(', ');
}

/** `place` 0 is before 1, and 1 before 2. */
type Item = { readonly text: string; readonly place: number; readonly show: (text: string) => string };

/** Items side by side. One that is broken over lines is wider than a line by itself. */
function itemLines(head: string, items: readonly Item[], { indent }: ClaimSetting): readonly string[] {
  const hang = `${indent}${HANG}`;
  const lines: string[] = head === '' ? [] : [`${indent}${head}`];
  // Letters of the last line, without the marks of its colours.
  let used = head === '' ? WIDTH : indent.length + head.length;
  for (const { text, show } of items) {
    if (used + 2 + text.length <= WIDTH) {
      lines.push(`${lines.pop() ?? ''}  ${show(text)}`);
      used += 2 + text.length;
      continue;
    }
    const margin = head === '' ? indent : hang;
    const [first = '', ...more] = wrapText(text, WIDTH - hang.length, margin.length - hang.length);
    lines.push(`${margin}${show(first)}`, ...more.map((line) => `${hang}${show(line)}`));
    used = more.length === 0 ? margin.length + first.length : hang.length + (more.at(-1)?.length ?? 0);
  }
  return lines;
}

/** A reason that goes on is cut to one line; `casus explain` and `--full` tell it whole. */
function untestedLines(claim: LedgerClaim, setting: ClaimSetting): string {
  const { indent, style } = setting;
  const [first = '', ...more] = wrapText(`· ${claim.form}: ${claim.reason}`, WIDTH - indent.length);
  const words = first.split(' ');
  if (more.length > 0) {
    while (words.length > 2 && words.join(' ').length + 2 > WIDTH - indent.length) words.pop();
    words.push('…');
  }
  return [...titleLines(claim, setting), style.dim(`${indent}${words.join(' ')}`)].join('\n');
}
