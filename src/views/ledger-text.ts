/**
 * The ledger as text of at most 80 columns: what holds, under whose numbers, on what basis, by the paragraphs of the
 * brief. Words about likelihood never stand here for claims that are no likelihoods, and verdicts describe figures, not
 * authors.
 */
import { formatNumber, formatShare } from '../base/number-format.ts';
import type { Ledger, LedgerClaim, LedgerMeasure } from '../ledger/ledger.ts';
import { bandsText } from './bands-text.ts';
import { claimBlock } from './claim-block.ts';
import { isTested } from './claim-forms.ts';
import { type ClaimGroup, claimGroups } from './claim-groups.ts';
import { claimLines, NO_ROWS, ROWS } from './claim-lines.ts';
import { relationsOf } from './claim-relations.ts';
import { columnText, ownText } from './claim-text.ts';
import { LEGEND } from './marks.ts';
import { observedText } from './observed-text.ts';
import { pairsText } from './pairs-text.ts';
import { calibratedTable, runNotes } from './run-notes.ts';
import { showIn } from './show-in.ts';
import { PLAIN, type Style } from './style.ts';
import { tally } from './tally.ts';
import { wrapText } from './wrap-text.ts';

const WIDTH = 80;

export type LedgerTextOptions = {
  readonly style?: Style;
  readonly measures?: boolean;
  /** Every claim with all that was found of it. */
  readonly full?: boolean;
};

export function ledgerText(
  ledger: Ledger,
  { style = PLAIN, measures = false, full = false }: LedgerTextOptions = {},
): string {
  const sections = [
    heading(ledger, style),
    ...(ledger.viewpoints.length < 2 ? [] : [viewpointSection(ledger, style)]),
    ...(ledger.definitions.length === 0 ? [] : [definitionSection(ledger, style)]),
    ...(ledger.claims.some(isTested) ? [style.dim(LEGEND)] : []),
    ...claimSections(ledger, full, style),
    ...(ledger.pairs.length === 0 ? [] : [pairsText(ledger, style)]),
    ...(ledger.observed.length === 0 ? [] : [observedText(ledger.observed, style)]),
    ...(measures ? [measureSection(ledger.measures, style)] : []),
    ...(ledger.bands.length === 0 ? [] : [bandsText(ledger.bands, style)]),
    footer(ledger, full, style),
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
    ...wrapText(`${tally(ledger.claims)}${pairTally(ledger.pairs)}`, WIDTH),
    ...wrapText(failureText(ledger), WIDTH).map(style.bad),
    ...wrapText(droppedText(ledger), WIDTH).map(style.bad),
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

/** Many dropped futures are an answer of their own: the figures and what is known of the past disagree. */
function droppedText({ viewpoints }: Ledger): string {
  const names = viewpoints.flatMap(({ name, definitions, dropped, futures }) => {
    const all = dropped.reduce((sum, line) => sum + line.futures, 0);
    return all === 0
      ? []
      : [`${formatNumber(all)} of ${formatNumber(futures)} under ${columnText(name, definitions)}`];
  });
  return names.length === 0
    ? ''
    : `Futures dropped, as they contradict what is known: ${names.join(', ')}. Shares are of the others; the last lines say for what.`;
}

function claimSections(ledger: Ledger, full: boolean, style: Style): readonly string[] {
  const relations = relationsOf(ledger);
  const indent = ledger.claims.some(({ row }) => row !== null) ? ROWS : NO_ROWS;
  const hindsight = new Set(ledger.viewpoints.flatMap((one) => (one.hindsight ? [one.name] : [])));
  const show = (claim: LedgerClaim): string =>
    full
      ? claimBlock(claim, style)
      : claimLines(claim, { indent, hindsight, relations: relations.get(claim.id) ?? [], style });
  return claimGroups(ledger, style).map(({ heads, claims }: ClaimGroup) => {
    const blocks = claims.map(show).join(full ? '\n\n' : '\n');
    return [...heads, blocks].join('\n');
  });
}

/** Only how many are at odds: what the others come to is told where they stand. */
function pairTally(pairs: Ledger['pairs']): string {
  if (pairs.length === 0) return '';
  const atOdds = pairs.filter(({ verdict }) => verdict === 'at odds').length;
  return ` Pairs: ${atOdds === 0 ? 'none' : atOdds} of ${pairs.length} at odds.`;
}

function viewpointSection(ledger: Ledger, style: Style): string {
  const width = Math.max(...ledger.viewpoints.map(({ name }) => name.length));
  const rows = ledger.viewpoints.flatMap(({ name, label, hindsight, own }) => {
    const later = hindsight ? ' (in hindsight)' : '';
    const text = `${label}${later} (${ownText(own, 'as read')})`;
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

/** In how many futures worlds were compared and ranked, where these are clearly fewer than those of a viewpoint; else empty. */
export function fewerText({ claims }: Pick<Ledger, 'claims'>, ofViewpoint: number): string {
  const found = claims.flatMap(({ viewpoints }) => Object.values(viewpoints));
  const compared = found.flatMap(({ effect, irrelevance }) =>
    [effect, irrelevance].flatMap((one) => one?.futures ?? []),
  );
  const ranked = found.flatMap(({ importance }) => importance?.futures ?? []);
  const told = (what: string, sizes: readonly number[]): readonly string[] => {
    const run = sizes.filter((size) => size > 0);
    const [least, most] = [Math.min(...run), Math.max(...run)];
    if (run.length === 0 || least > FEWER * ofViewpoint) return [];
    return [
      `${what} in ${least === most ? formatNumber(least) : `${formatNumber(least)} to ${formatNumber(most)}`}`,
    ];
  };
  const parts = [...told('compared', compared), ...told('ranked', ranked)];
  return parts.length === 0
    ? ''
    : `Worlds were ${parts.join(' and ')} of the futures, so that what they show is known less well.`;
}

/** Below this share of a viewpoint's futures it is said that there were fewer: some fail or are dropped in any case. */
const FEWER = 0.6;

function footer(ledger: Ledger, full: boolean, style: Style): string {
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
    fewerText(ledger, least),
    `Stocks balance to ${ledger.imbalance === 0 ? '0' : ledger.imbalance.toExponential(0)} of their turnover.`,
    ...runNotes(ledger.viewpoints, ledger.runs, full),
  ];
  const table = full ? [] : calibratedTable(ledger.viewpoints, WIDTH);
  return [...wrapText(parts.join(' '), WIDTH), ...table].map(style.dim).join('\n');
}
