/**
 * The ledger as text of at most 80 columns: what holds, under whose numbers, on what basis. Words about likelihood
 * never stand here for claims that are no likelihoods, and verdicts describe figures, not authors.
 */
import { formatNumber, formatShare } from '../base/number-format.ts';
import type {
  Ledger,
  LedgerClaim,
  LedgerMeasure,
  OwnAnswer,
  OwnArithmetic,
  ViewpointVerdict,
} from '../ledger/ledger.ts';
import { bandsText } from './bands-text.ts';
import {
  columnText,
  confidenceText,
  meaningsText,
  ownText,
  relatedTexts,
  showShare,
  statedText,
  tooFew,
} from './claim-text.ts';
import { observedText } from './observed-text.ts';

import { runNotes } from './run-notes.ts';
import { showIn } from './show-in.ts';
import { PLAIN, type Style } from './style.ts';
import { wrapText } from './wrap-text.ts';

const WIDTH = 80;
const INDENT = '      ';

const MARKS: Readonly<Record<string, string>> = {
  holds: '●',
  'mostly holds': '◕',
  contested: '◑',
  'mostly fails': '◔',
  fails: '○',
};
const markOf = (verdict: string): string => MARKS[verdict] ?? (verdict.startsWith('depends on') ? '◑' : '·');

/** Forms that are judged by counting futures. */
const TESTED: readonly LedgerClaim['form'][] = ['condition', 'likelihood'];

export type LedgerTextOptions = { readonly style?: Style; readonly measures?: boolean };

export function ledgerText(
  ledger: Ledger,
  { style = PLAIN, measures = false }: LedgerTextOptions = {},
): string {
  const tested = ledger.claims.filter(({ form }) => TESTED.includes(form));
  const records = ledger.claims.filter(({ form }) => form === 'on record');
  const others = ledger.claims.filter(({ form }) => form !== 'on record' && !TESTED.includes(form));
  const sections = [
    heading(ledger, style),
    ...(ledger.viewpoints.length < 2 ? [] : [viewpointSection(ledger, style)]),
    ...(ledger.definitions.length === 0 ? [] : [definitionSection(ledger, style)]),
    ...(tested.length === 0
      ? []
      : [style.bold('TESTED ON THE MODEL'), ...tested.map((claim) => testedLines(claim, style))]),
    ...(records.length === 0
      ? []
      : [style.bold('HELD AGAINST THE RECORD'), ...records.map((claim) => recordLines(claim, style))]),
    ...otherSections(others, style),
    ...(ledger.observed.length === 0 ? [] : [observedText(ledger.observed, style)]),
    ...(measures ? [measureSection(ledger.measures, style)] : []),
    ...(ledger.bands.length === 0 ? [] : [bandsText(ledger.bands, style)]),
    footer(ledger, style),
  ];
  return `${sections.join('\n\n')}\n`;
}

function heading(ledger: Ledger, style: Style): string {
  const known = ledger.asOf === null ? '' : `What was known on ${ledger.asOf}. `;
  const scenario = ledger.scenario === null ? '' : `Scenario: ${ledger.scenario}. `;
  const lines = wrapText(
    `${known}${scenario}Every answer is conditional on the stated inputs; none is a prediction.`,
    WIDTH,
  );
  return [
    style.bold(ledger.model),
    ...lines.map(style.dim),
    ...wrapText(tally(ledger.claims), WIDTH),
    ...wrapText(failureText(ledger), WIDTH).map(style.bad),
  ].join('\n');
}

/** Said at the head, since no verdict below can be read without it; the last lines say what went wrong. */
function failureText({ viewpoints }: Ledger): string {
  const broken = viewpoints.filter(({ failed }) => failed > 0);
  const names = broken.map(
    ({ name, definitions, failed, futures }) =>
      `${failed} of ${formatNumber(futures)} under ${columnText(name, definitions)}`,
  );
  return names.length === 0
    ? ''
    : `Futures failed: ${names.join(', ')}. More than 1 in 100 settle nothing; the last lines say where.`;
}

/** How many claims have which verdict, commonest first within each form. */
function tally(claims: readonly LedgerClaim[]): string {
  const count = (form: readonly LedgerClaim['form'][], key: (claim: LedgerClaim) => string): string => {
    const numbers = new Map<string, number>();
    for (const claim of claims.filter((one) => form.includes(one.form))) {
      numbers.set(key(claim), (numbers.get(key(claim)) ?? 0) + 1);
    }
    return [...numbers]
      .sort(([, a], [, b]) => b - a)
      .map(([word, number]) => `${word} (${number})`)
      .join(', ');
  };
  const tested = count(TESTED, (claim) =>
    isPooled(claim) ? `${claim.verdict} under all who have figures` : claim.verdict,
  );
  const parts = [
    tested === '' ? '' : `Tested: ${tested}.`,
    count(['on record'], (claim) => claim.verdict).replace(/^(.+)$/, 'On record: $1.'),
    count(['not yet modelled', 'not testable', 'context'], (claim) => claim.form).replace(
      /^(.+)$/,
      'Others: $1.',
    ),
  ];
  return parts.filter((part) => part !== '').join(' ');
}

const isPooled = ({ verdict, pattern }: LedgerClaim): boolean =>
  !verdict.startsWith('depends on') && (pattern.includes(' under all ') || pattern.includes(' under both'));

function viewpointSection(ledger: Ledger, style: Style): string {
  const width = Math.max(...ledger.viewpoints.map(({ name }) => name.length));
  const rows = ledger.viewpoints.flatMap(({ name, label, hindsight, own }) => {
    const later = hindsight ? ' (in hindsight)' : '';
    const text = `${label}${later} (${ownText(own, 'as read by the model')})`;
    return wrapText(text, WIDTH - width - 4).map(
      (line, at) => `  ${(at === 0 ? name : '').padEnd(width)}  ${line}`,
    );
  });
  return [style.bold('UNDER WHOSE NUMBERS'), ...rows].join('\n');
}

/** Every definition, and below it the meanings that were asked for. */
export function definitionSection({ definitions }: Pick<Ledger, 'definitions'>, style: Style): string {
  const rows = definitions.flatMap(({ name, label, meanings, asked }) => {
    const shown = meanings.filter((meaning) => asked.includes(meaning.name));
    const width = Math.max(0, ...shown.map((meaning) => meaning.name.length));
    return [
      ...wrapText(label === name ? name : `${name}: ${label}`, WIDTH - 2).map((line) => `  ${line}`),
      ...shown.flatMap((meaning) =>
        wrapText(meaning.label === meaning.name ? '' : meaning.label, WIDTH - width - 6)
          .concat(meaning.label === meaning.name ? [''] : [])
          .map((line, at) => `    ${(at === 0 ? meaning.name : '').padEnd(width)}  ${line}`.trimEnd()),
      ),
    ];
  });
  return [style.bold('WHAT IS MEANT BY'), ...rows].join('\n');
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

function coloured(verdict: string, text: string, style: Style): string {
  if (verdict.endsWith('holds') && !verdict.startsWith('between')) return style.good(text);
  if (verdict.endsWith('fails') && !verdict.startsWith('between')) return style.bad(text);
  return text;
}

function testedLines(claim: LedgerClaim, style: Style): string {
  const headline = indented(`${markOf(claim.verdict)} ${claim.pattern}`, '  ').map((line) =>
    coloured(claim.verdict, line, style),
  );
  const stated = claim.stated === null ? [] : indented(`stated: ${statedText(claim.stated)}`);
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
    ...stated.map(style.dim),
    ...own,
    ...rows,
    ...related,
    ...basis.map(style.dim),
  ].join('\n');
}

/** One line, and a second where the verdict has a reason of its own or no room. */
function viewpointRow(name: string, result: ViewpointVerdict): readonly string[] {
  const { verdict, share, own, likelihood } = result;
  if (share === null) return [`${INDENT}${markOf(verdict)} ${name}  ${verdict}`];
  // Words of likelihood stand beside likelihoods only: the share of a condition is no chance of anything.
  const word = likelihood === null ? '' : `, ${likelihood.word}`;
  const first = `${INDENT}${markOf(verdict)} ${name}  ${showShare(result, share).padStart(3)} in 100${word}`;
  const figures = own.of === 0 ? '' : `   ${ownText(own, 'as read')}`;
  const unusual = MARKS[verdict] === undefined ? `  ${verdict}${tooFew(result)}` : '';
  const fits = (...parts: readonly string[]): boolean => parts.join('').length <= WIDTH;
  if (fits(first, figures, unusual)) return [`${first}${figures}${unusual}`];
  const [row, rest] = fits(first, figures) ? [first + figures, unusual] : [first, `${figures} ${unusual}`];
  return [row, ...indented(rest, '  ').map((line) => `  ${line}`)];
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

const OTHER_HEADINGS: Readonly<Record<string, string>> = {
  'not yet modelled': 'NOT YET MODELLED',
  'not testable': 'NOT TESTABLE',
  context: 'CONTEXT',
};

function otherSections(claims: readonly LedgerClaim[], style: Style): readonly string[] {
  return Object.entries(OTHER_HEADINGS).flatMap(([form, title]) => {
    const own = claims.filter((claim) => claim.form === form);
    if (own.length === 0) return [];
    const rows = own.flatMap((claim) => {
      const row = claim.row ?? '';
      const head = row.length < INDENT.length ? row.padEnd(INDENT.length) : `${row}  `;
      const text = wrapText(
        `${claim.statement}: ${claim.reason}`,
        WIDTH - INDENT.length,
        head.length - INDENT.length,
      );
      return text.map((line, at) => `${at === 0 ? head : INDENT}${style.dim(line)}`);
    });
    return [[style.bold(`${title} (${own.length})`), ...rows].join('\n')];
  });
}

export function measureSection(measures: readonly LedgerMeasure[], style: Style): string {
  const names = [...new Set(measures.map(({ name }) => name))];
  const blocks = names.map((name) => {
    const rows = measures.filter((measure) => measure.name === name);
    const [first] = rows;
    const nameOf = (row: LedgerMeasure): string => columnText(row.viewpoint, row.definitions);
    const width = Math.max(...rows.map((row) => nameOf(row).length));
    const unit = first === undefined || first.unit === '' ? '' : ` (${first.unit})`;
    return [
      `${style.bold(name)}${unit}`,
      ...rows.map((row) => {
        const [low, middle, high] = [row.p5, row.p50, row.p95].map((value) =>
          showPercentile(value, row.unit),
        );
        const never = row.never === 0 ? '' : `, never in ${formatShare(row.never)} of 100`;
        return `  ${nameOf(row).padEnd(width)}  ${middle}  (${low} to ${high}${never})`;
      }),
    ].join('\n');
  });
  return [style.bold('MEASURES: MEDIAN (5TH TO 95TH PERCENTILE)'), ...blocks].join('\n');
}

const showPercentile = (value: number | 'never', unit: string): string =>
  value === 'never' ? 'never' : unit === 'share' ? showIn(value, unit) : formatNumber(value);

/** Pairs that the foot names one by one. */
const MOST_PAIRS = 6;

export function correlationText({ correlations }: Pick<Ledger, 'correlations'>): string {
  if (correlations.length === 0) return '';
  const pairs = correlations
    .slice(0, MOST_PAIRS)
    .map(({ inputs: [one, other], coefficient }) => `${one} with ${other} (${formatNumber(coefficient)})`);
  const more = correlations.length - MOST_PAIRS;
  return `Drawn together, by rank correlation: ${pairs.join(', ')}${more > 0 ? ` and ${more} pairs more` : ''}.`;
}

function footer(ledger: Ledger, style: Style): string {
  const samplings = ledger.claims.flatMap((claim) =>
    Object.values(claim.viewpoints).flatMap(({ sampling }) => sampling ?? []),
  );
  const widest = samplings.reduce((worst, { low, high }) => Math.max(worst, (high - low) / 2), 0);
  const futures = ledger.viewpoints.map((viewpoint) => viewpoint.futures);
  const [least, most] = [Math.min(...futures), Math.max(...futures)];
  const count = least === most ? formatNumber(least) : `${formatNumber(least)} to ${formatNumber(most)}`;
  const methods = [...new Set(samplings.map(({ method }) => method))].join(' or ');
  const parts = [
    `Method: ${ledger.design}, ${count} futures a viewpoint${ledger.definitions.length === 0 ? '' : ' and meaning'}, seed ${ledger.seed}.`,
    correlationText(ledger),
    samplings.length === 0
      ? ''
      : `Shares are known to ±${(widest * 100).toFixed(1)} points or better (95 %, ${methods}).`,
    `Stocks balance to ${ledger.imbalance === 0 ? '0' : ledger.imbalance.toExponential(0)} of their turnover.`,
    ...runNotes(ledger.viewpoints, ledger.runs),
  ];
  return wrapText(parts.join(' '), WIDTH).map(style.dim).join('\n');
}
