/**
 * A claim with all that was found of it, as text of at most 80 columns: what is stated, every viewpoint on a line of its
 * own, own arithmetic, its premises and companions, the basis. Words about likelihood never stand here for claims that
 * are no likelihoods, and verdicts describe figures, not authors.
 */
import type { LedgerClaim, OwnAnswer, OwnArithmetic, ViewpointVerdict } from '../ledger/ledger.ts';
import { bestCaseTexts } from './best-case-text.ts';
import { detailsOf, isTested, statedIn, tablesOf } from './claim-forms.ts';
import {
  calibratedText,
  confidenceText,
  meaningsText,
  ownText,
  relatedTexts,
  showShare,
  tooFew,
} from './claim-text.ts';
import { coloured, isMarked, isSilent, markOf, RECORD } from './marks.ts';
import { showIn } from './show-in.ts';
import type { Style } from './style.ts';
import { wrapText } from './wrap-text.ts';

const WIDTH = 80;
const INDENT = '      ';
const HANG = '  ';

/** A claim with its title, to stand among others. */
export function claimBlock(claim: LedgerClaim, style: Style): string {
  return [...titleLines(claim, style), ...answerLines(claim, { indent: INDENT, style })].join('\n');
}

export type AnswerSetting = {
  readonly indent: string;
  readonly style: Style;
  /** Further sentences about a column, by its name. */
  readonly more?: (column: string) => readonly string[];
};

/** What was found of a claim, without its title. */
export function answerLines(claim: LedgerClaim, setting: AnswerSetting): readonly string[] {
  if (isTested(claim)) return testedLines(claim, setting);
  return claim.form === 'on record' ? recordLines(claim, setting) : untestedLines(claim, setting);
}

/** The row of the argument's table, then the statement, broken under itself. */
function titleLines(claim: LedgerClaim, style: Style): readonly string[] {
  const row = claim.row ?? '';
  const head = row.length < INDENT.length ? row.padEnd(INDENT.length) : `${row}  `;
  const lines = wrapText(claim.statement, WIDTH - INDENT.length, head.length - INDENT.length);
  return lines.map((line, at) => `${at === 0 ? style.dim(head) : INDENT}${style.bold(line)}`);
}

const indented = (text: string, indent: string): readonly string[] =>
  wrapText(text, WIDTH - indent.length - HANG.length, -HANG.length).map(
    (line, at) => `${indent}${at === 0 ? '' : HANG}${line}`,
  );

function testedLines(claim: LedgerClaim, { indent, style, more }: AnswerSetting): readonly string[] {
  const headline = indented(`${markOf(claim.verdict)} ${claim.pattern}`, indent).map((line) =>
    coloured(claim.verdict, line, style),
  );
  const reason = claim.compared?.reason ?? null;
  const stated = `${statedIn(claim)}${reason === null ? '' : ` (${reason})`}`;
  const own = claim.ownArithmetic === null ? [] : ownLines(claim.ownArithmetic, indent);
  const names = Object.keys(claim.viewpoints);
  const width = Math.max(0, ...names.map((name) => name.length));
  const rows = Object.entries(claim.viewpoints).flatMap(([name, result]) => [
    ...viewpointRow(name.padEnd(width), result, indent).map((line) => coloured(result.verdict, line, style)),
    ...tablesOf(result, WIDTH - indent.length - HANG.length).map((line) => `${indent}${HANG}${line}`),
    ...[...detailsOf(result), ...(more?.(name) ?? [])].flatMap((text) => indented(text, `${indent}${HANG}`)),
  ]);
  const basis =
    claim.basis === null
      ? []
      : indented(claim.stated === null ? basisText(claim) : confidenceText(claim), indent);
  const related = relatedTexts(claim.viewpoints).flatMap((text) => indented(text, indent));
  const best = bestCaseTexts(claim).flatMap((text) => indented(text, indent));
  return [
    // What can be said for it stands before what speaks against it.
    ...best,
    ...headline,
    ...(stated === '' ? [] : indented(stated, indent).map(style.dim)),
    ...own,
    ...rows,
    ...related,
    ...basis.map(style.dim),
  ];
}

/** One line, and a second where the verdict has a reason of its own or no room. */
function viewpointRow(name: string, result: ViewpointVerdict, indent: string): readonly string[] {
  const { verdict, share, own, likelihood } = result;
  const head = `${indent}${markOf(verdict)} ${name}  `;
  if (isSilent(verdict)) return [`${head}${verdict}`];
  // Words of likelihood stand beside likelihoods only: the share of a condition is no chance of anything.
  const word = likelihood === null ? '' : `, ${likelihood.word}`;
  const answer = share === null ? verdict : `${showShare(result, share).padStart(3)} in 100${word}`;
  const first = `${head}${answer}`;
  const figures = own.of === 0 ? '' : `   ${ownText(own, 'as read')}`;
  const unusual = share === null || isMarked(verdict) ? '' : `  ${verdict}${tooFew(result)}`;
  const fits = (...parts: readonly string[]): boolean => parts.join('').length <= WIDTH;
  if (fits(first, figures, unusual)) return [`${first}${figures}${unusual}`];
  const [row, rest] = fits(first, figures) ? [first + figures, unusual] : [first, `${figures} ${unusual}`];
  return [row, ...indented(rest, `${indent}${HANG}`)];
}

function ownLines({ byMeaning, ...own }: OwnArithmetic, indent: string): readonly string[] {
  if (byMeaning.length === 0) return ownAnswerLines('own arithmetic', own, indent);
  return byMeaning.flatMap(({ definitions, ...answer }) =>
    ownAnswerLines(`own arithmetic with ${meaningsText(definitions)}`, answer, indent),
  );
}

function ownAnswerLines(what: string, own: OwnAnswer, indent: string): readonly string[] {
  if (own.verdict === 'none for a likelihood')
    return indented(`${what}: none, as one working out shows nothing of how often`, indent);
  if (own.verdict === 'none for a comparison')
    return indented(`${what}: none, as the author's figures are those of one world`, indent);
  if (own.verdict === 'none where the model draws')
    return indented(`${what}: none, as one working out shows one draw of many`, indent);
  if (own.verdict === 'none where an input is calibrated')
    return indented(`${what}: none, as an input that is calibrated is nobody's figure`, indent);
  if (own.verdict === 'no own figures') {
    const [first, ...more] = own.missing;
    const whom = more.length === 0 ? first : `${first} and ${more.length} more`;
    return first === undefined
      ? []
      : indented(`${what}: none, the author gives no figure for ${whom}`, indent);
  }
  const values = own.values.map(({ measure, value, unit, bound }) => {
    const amount = value === 'never' ? 'never' : showIn(value, unit);
    return `${measure} ${bound === 'exact' || bound === 'open' ? '' : `${bound} `}${amount}`;
  });
  // A claim on the author's inputs themselves has no measure to show.
  const shown = values.length === 0 ? '' : ` (${values.join(', ')})`;
  const asStated =
    own.unmoved.length === 0 ? '' : `; "about" is taken as it stands in ${own.unmoved.join(', ')}`;
  return indented(`${what}: ${own.verdict}${shown}${asStated}`, indent);
}

function basisText({ basis, restates, calibrated }: LedgerClaim): string {
  const whole = restates === null ? '' : `; restates the assumed input ${restates}`;
  return `basis: ${basis}${whole}${calibratedText(calibrated)}`;
}

function recordLines({ record, pattern }: LedgerClaim, { indent, style }: AnswerSetting): readonly string[] {
  const lines = record.flatMap(({ stance, source, date, note }) => {
    const said = note === null ? '' : `: ${note}`;
    return indented(`${stance} ${date === null ? '' : `${date} `}${source}${said}`, indent).map(style.dim);
  });
  return [...indented(`${RECORD} ${pattern}`, indent), ...lines];
}

const untestedLines = ({ form, reason }: LedgerClaim, { indent, style }: AnswerSetting): readonly string[] =>
  indented(`· ${form}: ${reason}`, indent).map(style.dim);
