/**
 * A claim with all that was found of it, as text of at most 80 columns: what is stated, every viewpoint on a line of its
 * own, own arithmetic, its premises and companions, the basis. Words about likelihood never stand here for claims that
 * are no likelihoods, and verdicts describe figures, not authors.
 */
import type { LedgerClaim, OwnAnswer, OwnArithmetic, ViewpointVerdict } from '../ledger/ledger.ts';
import { detailsOf, isTested, statedIn } from './claim-forms.ts';
import { confidenceText, meaningsText, ownText, relatedTexts, showShare, tooFew } from './claim-text.ts';
import { coloured, isMarked, isSilent, markOf } from './marks.ts';
import { showIn } from './show-in.ts';
import type { Style } from './style.ts';
import { wrapText } from './wrap-text.ts';

const WIDTH = 80;
const INDENT = '      ';

export function claimBlock(claim: LedgerClaim, style: Style): string {
  if (isTested(claim)) return testedLines(claim, style);
  return claim.form === 'on record' ? recordLines(claim, style) : untestedLines(claim, style);
}

/** The row of the argument's table, then the statement, broken under itself. */
function titleLines(claim: LedgerClaim, style: Style): readonly string[] {
  const row = claim.row ?? '';
  const head = row.length < INDENT.length ? row.padEnd(INDENT.length) : `${row}  `;
  const lines = wrapText(claim.statement, WIDTH - INDENT.length, head.length - INDENT.length);
  return lines.map((line, at) => `${at === 0 ? style.dim(head) : INDENT}${style.bold(line)}`);
}

const indented = (text: string, hang = ''): readonly string[] =>
  wrapText(text, WIDTH - INDENT.length - hang.length).map(
    (line, at) => `${INDENT}${at === 0 ? '' : hang}${line}`,
  );

function testedLines(claim: LedgerClaim, style: Style): string {
  const headline = indented(`${markOf(claim.verdict)} ${claim.pattern}`, '  ').map((line) =>
    coloured(claim.verdict, line, style),
  );
  const reason = claim.compared?.reason ?? null;
  const stated = `${statedIn(claim)}${reason === null ? '' : ` (${reason})`}`;
  const own = claim.ownArithmetic === null ? [] : ownLines(claim.ownArithmetic);
  const names = Object.keys(claim.viewpoints);
  const width = Math.max(0, ...names.map((name) => name.length));
  const rows = Object.entries(claim.viewpoints).flatMap(([name, result]) =>
    viewpointRow(name.padEnd(width), result).map((line) => coloured(result.verdict, line, style)),
  );
  const basis =
    claim.basis === null ? [] : indented(claim.stated === null ? basisText(claim) : confidenceText(claim));
  const related = relatedTexts(claim.viewpoints).flatMap((text) => indented(text, '  '));
  return [
    ...titleLines(claim, style),
    ...headline,
    ...(stated === '' ? [] : indented(stated, '  ').map(style.dim)),
    ...own,
    ...rows,
    ...related,
    ...basis.map(style.dim),
  ].join('\n');
}

/** One line, a second where the verdict has a reason of its own or no room, and what else was found. */
function viewpointRow(name: string, result: ViewpointVerdict): readonly string[] {
  const { verdict, share, own, likelihood } = result;
  const head = `${INDENT}${markOf(verdict)} ${name}  `;
  if (isSilent(verdict)) return [`${head}${verdict}`];
  // Words of likelihood stand beside likelihoods only: the share of a condition is no chance of anything.
  const word = likelihood === null ? '' : `, ${likelihood.word}`;
  const answer = share === null ? verdict : `${showShare(result, share).padStart(3)} in 100${word}`;
  const first = `${head}${answer}`;
  const figures = own.of === 0 ? '' : `   ${ownText(own, 'as read')}`;
  const unusual = share === null || isMarked(verdict) ? '' : `  ${verdict}${tooFew(result)}`;
  const details = detailsOf(result).flatMap(below);
  const fits = (...parts: readonly string[]): boolean => parts.join('').length <= WIDTH;
  if (fits(first, figures, unusual)) return [`${first}${figures}${unusual}`, ...details];
  const [row, rest] = fits(first, figures) ? [first + figures, unusual] : [first, `${figures} ${unusual}`];
  return [row, ...below(rest), ...details];
}

function below(text: string): readonly string[] {
  const margin = `${INDENT}  `;
  return wrapText(text, WIDTH - margin.length - 2).map(
    (line, at) => `${margin}${at === 0 ? '' : '  '}${line}`,
  );
}

function ownLines({ byMeaning, ...own }: OwnArithmetic): readonly string[] {
  if (byMeaning.length === 0) return ownAnswerLines('own arithmetic', own);
  return byMeaning.flatMap(({ definitions, ...answer }) =>
    ownAnswerLines(`own arithmetic with ${meaningsText(definitions)}`, answer),
  );
}

function ownAnswerLines(what: string, own: OwnAnswer): readonly string[] {
  if (own.verdict === 'none for a likelihood')
    return indented(`${what}: none, as one working out shows nothing of how often`, '  ');
  if (own.verdict === 'none where the model draws')
    return indented(`${what}: none, as one working out shows one draw of many`, '  ');
  if (own.verdict === 'no own figures') {
    const [first, ...more] = own.missing;
    const whom = more.length === 0 ? first : `${first} and ${more.length} more`;
    return first === undefined ? [] : indented(`${what}: none, the author gives no figure for ${whom}`, '  ');
  }
  const values = own.values.map(({ measure, value, unit, bound }) => {
    const amount = value === 'never' ? 'never' : showIn(value, unit);
    return `${measure} ${bound === 'exact' || bound === 'open' ? '' : `${bound} `}${amount}`;
  });
  // A claim on the author's inputs themselves has no measure to show.
  const shown = values.length === 0 ? '' : ` (${values.join(', ')})`;
  const asStated =
    own.unmoved.length === 0 ? '' : `; "about" is taken as it stands in ${own.unmoved.join(', ')}`;
  return indented(`${what}: ${own.verdict}${shown}${asStated}`, '  ');
}

function basisText({ basis, restates }: LedgerClaim): string {
  return restates === null ? `basis: ${basis}` : `basis: ${basis}; restates the assumed input ${restates}`;
}

function recordLines(claim: LedgerClaim, style: Style): string {
  const lines = claim.record.flatMap(({ stance, source, date, note }) => {
    const said = note === null ? '' : `: ${note}`;
    return indented(`${stance} ${date ?? ''} ${source}${said}`, '  ').map(style.dim);
  });
  return [...titleLines(claim, style), ...indented(`· ${claim.pattern}`, '  '), ...lines].join('\n');
}

function untestedLines(claim: LedgerClaim, style: Style): string {
  return [
    ...titleLines(claim, style),
    ...indented(`· ${claim.form}: ${claim.reason}`, '  ').map(style.dim),
  ].join('\n');
}
