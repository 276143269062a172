/** The ledger in the formats that `casus run` writes. */
import type {
  Companion,
  Ledger,
  LedgerClaim,
  NamedMeanings,
  ShareShown,
  ViewpointVerdict,
} from '../ledger/ledger.ts';
import type { FigurePlaced } from '../ledger/ledger-of-best-case.ts';
import { ledgerText } from '../views/ledger-text.ts';
import { ledgerStyle } from './output.ts';

export const LEDGER_FORMATS = ['table', 'json', 'ndjson', 'csv'] as const;
export type LedgerFormat = (typeof LEDGER_FORMATS)[number];

/** `full` tells every claim at length in the table. `measures` adds the measures to the table, and makes of csv the table of measures, and so do bands that were asked for; JSON always
 * has everything. */
export function formatLedger(
  ledger: Ledger,
  format: LedgerFormat,
  { measures, full }: { readonly measures: boolean; readonly full: boolean },
): string {
  switch (format) {
    case 'table':
      return ledgerText(ledger, { style: ledgerStyle(), measures, full });
    case 'json':
      return JSON.stringify(ledger, null, 2);
    case 'ndjson': {
      const { measures: rows, observed, bands, passages, claims, pairs, viewpoints, ...run } = ledger;
      const lines = [
        { kind: 'run', ...run },
        ...viewpoints.map((viewpoint) => ({ kind: 'viewpoint', ...viewpoint })),
        ...rows.map((row) => ({ kind: 'measure', ...row })),
        ...observed.map((row) => ({ kind: 'observed', ...row })),
        ...bands.map((band) => ({ kind: 'band', ...band })),
        ...passages.map((passage) => ({ kind: 'passage', ...passage })),
        ...claims.map((claim) => ({ kind: 'claim', ...claim })),
        ...pairs.map((pair) => ({ kind: 'pair', ...pair })),
      ];
      return lines.map((line) => JSON.stringify(line)).join('\n');
    }
    case 'csv':
      return toCsv(
        ledger.bands.length > 0 ? bandRows(ledger) : measures ? measureRows(ledger) : claimRows(ledger),
      );
  }
}

type Row = readonly (string | number | null)[];

const CLAIM_COLUMNS = [
  'claim',
  'row',
  'statement',
  'form',
  'hindsight',
  'stated',
  'verdict',
  'pattern',
  'basis',
  'restates',
  'calibrated',
  'own_arithmetic',
  'record',
  'reason',
] as const;

const VIEWPOINT_COLUMNS = [
  'viewpoint',
  'definitions',
  'viewpoint_verdict',
  'share',
  'low',
  'high',
  'method',
  'futures',
  'dropped',
  'viewpoint_basis',
  'own_inputs',
  'own_partly',
  'own_read',
  'inputs',
  'word',
  'occurrences',
  'bound',
  'sources',
  'because',
  'because_verdict',
  'share_if_true',
  'share_if_false',
  'with',
  'with_verdict',
  'share_both',
  'compared',
  'difference',
  'difference_low',
  'difference_high',
  'difference_unit',
  'part_of_mean',
  'at_half',
  'at_twice',
  'has_it',
  'another_has_it',
  'all_have_it',
  'by_variance',
  'by_consequence',
  'unsettled',
  'best_case',
  'best_case_at',
] as const;

/** One row for each claim and viewpoint; a claim without futures has one row. */
function claimRows(ledger: Ledger): readonly Row[] {
  const rows = ledger.claims.flatMap((claim): readonly Row[] => {
    const head = headCells(claim);
    const under = Object.values(claim.viewpoints).map((result): Row => [...head, ...viewpointCells(result)]);
    return under.length > 0 ? under : [[...head, ...VIEWPOINT_COLUMNS.map(() => null)]];
  });
  return [[...CLAIM_COLUMNS, ...VIEWPOINT_COLUMNS], ...rows];
}

const headCells = (claim: LedgerClaim): CellsOf<typeof CLAIM_COLUMNS> => [
  claim.id,
  claim.row,
  claim.statement,
  claim.form,
  claim.hindsight ? 'yes' : 'no',
  claim.stated?.text ?? claim.compared?.text ?? null,
  claim.verdict,
  claim.pattern,
  claim.basis,
  claim.restates,
  inOneCell(claim.calibrated),
  claim.ownArithmetic?.verdict ?? null,
  inOneCell(
    claim.record.map(({ stance, source, date }) => `${stance} ${source}${date === null ? '' : ` ${date}`}`),
  ),
  claim.reason,
];

const viewpointCells = (result: ViewpointVerdict): CellsOf<typeof VIEWPOINT_COLUMNS> => [
  result.viewpoint,
  meaningsText(result.definitions),
  result.verdict,
  result.share,
  result.sampling?.low ?? null,
  result.sampling?.high ?? null,
  result.sampling?.method ?? null,
  result.sampling?.futures ?? null,
  result.dropped,
  result.basis,
  result.own.inputs,
  result.own.partly,
  result.own.read,
  result.own.of,
  result.likelihood?.word ?? null,
  result.likelihood?.occurrences ?? null,
  result.likelihood?.bound == null
    ? null
    : `${result.likelihood.bound.side} ${result.likelihood.bound.share}`,
  result.confidence?.sources ?? null,
  inOneCell(result.because.map(({ claim }) => claim)),
  inOneCell(result.because.map(({ verdict, reason }) => withReason(verdict, reason))),
  inOneCell(result.because.map(({ given }) => shareIn(given))),
  inOneCell(result.because.map(({ without }) => shareIn(without))),
  inOneCell(result.with.map(companionName)),
  inOneCell(result.with.map(({ verdict, reason }) => withReason(verdict, reason))),
  inOneCell(result.with.map(({ both }) => shareIn(both))),
  ...comparedCells(result),
  result.bestCase?.verdict ?? null,
  inOneCell((result.bestCase?.point ?? []).filter(({ moved }) => moved).map(placedText)),
];

/** `defeated`, or `defeated (defeat: by_fire)` where the other hangs on what is meant. */
const companionName = ({ claim, definitions }: Companion): string =>
  definitions === undefined ? claim : `${claim} (${meaningsText(definitions)})`;

/** `fire 25000 round/day`; of an input with dates, all of them. */
const placedText = ({ input, unit, value, byDate }: FigurePlaced): string =>
  [
    input,
    ...(value === null ? byDate.map((one) => `${one.at}: ${one.value}`) : [String(value)]),
    ...(unit === '' ? [] : [unit]),
  ].join(' ');

type ComparedCells = readonly [
  measures: Row[number],
  value: Row[number],
  low: Row[number],
  high: Row[number],
  unit: Row[number],
  part: Row[number],
  half: Row[number],
  twice: Row[number],
  has: Row[number],
  another: Row[number],
  all: Row[number],
  byVariance: Row[number],
  byConsequence: Row[number],
  reason: Row[number],
];

/** Of several measures each cell holds all, in the order of the claim. */
function comparedCells({ effect, irrelevance, uniqueness, importance }: ViewpointVerdict): ComparedCells {
  const parts = [uniqueness?.has, uniqueness?.another, uniqueness?.all].map((one) => one?.share ?? null);
  const [has = null, another = null, all = null] = parts;
  if (effect !== undefined) {
    const { measure, difference, unit, relative, half, twice, reason } = effect;
    const { value, low, high } = difference;
    const part = relative?.value ?? null;
    return [measure, value, low, high, unit, part, half, twice, has, another, all, null, null, reason];
  }
  if (importance !== undefined) {
    const { measures, reason } = importance;
    const ranked = (ranking: readonly { readonly factor: string; readonly value: number }[] | null): string =>
      (ranking ?? []).map(({ factor, value }) => `${factor} ${value}`).join(', ');
    return [
      inOneCell(measures.map(({ measure }) => measure)),
      null,
      null,
      null,
      inOneCell(measures.map(({ unit }) => unit)),
      null,
      null,
      null,
      has,
      another,
      all,
      inOneCell(measures.map(({ byVariance }) => ranked(byVariance))),
      inOneCell(measures.map(({ byConsequence }) => ranked(byConsequence))),
      reason,
    ];
  }
  const measures = irrelevance?.measures ?? [];
  const each = (cell: (one: (typeof measures)[number]) => string | number | null): Row[number] =>
    inOneCell(measures.map((one) => String(cell(one) ?? '')));
  return [
    each(({ measure }) => measure),
    each(({ largest }) => largest?.value ?? null),
    each(({ largest }) => largest?.low ?? null),
    each(({ largest }) => largest?.high ?? null),
    each(({ unit }) => unit),
    null,
    null,
    null,
    has,
    another,
    all,
    null,
    null,
    irrelevance?.reason ?? null,
  ];
}

/** A row as long as its head. */
type CellsOf<Columns extends readonly string[]> = { readonly [At in keyof Columns]: Row[number] };

/** Several in the order of the claim's lines; one that has nothing keeps its place. */
const inOneCell = (parts: readonly string[]): string | null => (parts.length === 0 ? null : parts.join('; '));

const withReason = (verdict: string, reason: string): string =>
  reason === '' ? verdict : `${verdict} (${reason})`;

const shareIn = (found: ShareShown | null): string => (found === null ? '' : String(found.share));

/** `defeat: by_fire, loss: net`, as in the name of a column. */
const meaningsText = (definitions: NamedMeanings): string =>
  Object.entries(definitions)
    .map(([name, meaning]) => `${name}: ${meaning}`)
    .join(', ');

function measureRows(ledger: Ledger): readonly Row[] {
  const head = [
    'measure',
    'unit',
    'viewpoint',
    'definitions',
    'mean',
    'p5',
    'p50',
    'p95',
    'never',
    'method',
    'futures',
  ];
  const ends = ['mean', 'p5', 'p50', 'p95'] as const;
  const rows = ledger.measures.map((row): Row => {
    const intervals = ends.flatMap((end) => [
      row.interval[end]?.low ?? null,
      row.interval[end]?.high ?? null,
    ]);
    return [
      row.name,
      row.unit,
      row.viewpoint,
      meaningsText(row.definitions),
      row.mean,
      row.p5,
      row.p50,
      row.p95,
      row.never,
      row.method,
      row.futures,
      ...intervals,
    ];
  });
  return [[...head, ...ends.flatMap((end) => [`${end}_low`, `${end}_high`])], ...rows];
}

/** One row for each variable, viewpoint and instant. */
function bandRows({ bands }: Ledger): readonly Row[] {
  const ends = ['p5', 'p25', 'p50', 'p75', 'p95'] as const;
  return [
    ['variable', 'unit', 'viewpoint', 'definitions', 'at', ...ends, 'futures'],
    ...bands.flatMap(({ variable, unit, viewpoint, definitions, points, futures }) =>
      points.map(
        (point): Row => [
          variable,
          unit,
          viewpoint,
          meaningsText(definitions),
          point.at,
          ...ends.map((end) => point[end]),
          futures,
        ],
      ),
    ),
  ];
}

/** RFC 4180: a cell with a comma, a quote or a line break is quoted; an empty cell is nothing. */
const toCsv = (rows: readonly Row[]): string => rows.map(csvLine).join('\r\n');

export const csvLine = (row: Row): string =>
  row
    .map((value) => {
      if (value === null) return '';
      const text = String(value);
      return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
    })
    .join(',');
