/** The ledger in the formats that `casus run` writes. */
import type { Ledger } from '../ledger/ledger.ts';
import { ledgerText } from '../views/ledger-text.ts';
import { ledgerStyle } from './output.ts';

export const LEDGER_FORMATS = ['table', 'json', 'ndjson', 'csv'] as const;
export type LedgerFormat = (typeof LEDGER_FORMATS)[number];

/** `measures` adds the measures to the table, and makes of csv the table of measures; JSON always has both. */
export function formatLedger(ledger: Ledger, format: LedgerFormat, measures: boolean): string {
  switch (format) {
    case 'table':
      return ledgerText(ledger, { style: ledgerStyle(), measures });
    case 'json':
      return JSON.stringify(ledger, null, 2);
    case 'ndjson': {
      const { measures: rows, claims, viewpoints, ...run } = ledger;
      const lines = [
        { kind: 'run', ...run },
        ...viewpoints.map((viewpoint) => ({ kind: 'viewpoint', ...viewpoint })),
        ...rows.map((row) => ({ kind: 'measure', ...row })),
        ...claims.map((claim) => ({ kind: 'claim', ...claim })),
      ];
      return lines.map((line) => JSON.stringify(line)).join('\n');
    }
    case 'csv':
      return toCsv(measures ? measureRows(ledger) : claimRows(ledger));
  }
}

type Row = readonly (string | number | null)[];

/** One row for each claim and viewpoint; a claim without futures has one row. */
function claimRows(ledger: Ledger): readonly Row[] {
  const head = [
    'claim',
    'row',
    'statement',
    'form',
    'verdict',
    'basis',
    'viewpoint',
    'viewpoint_verdict',
    'share',
  ];
  const rows = ledger.claims.flatMap((claim): readonly Row[] => {
    const common = [claim.id, claim.row, claim.statement, claim.form, claim.verdict, claim.basis];
    const under = Object.entries(claim.viewpoints).map(([name, result]): Row => {
      const { sampling, own } = result;
      const interval = [
        sampling?.low ?? null,
        sampling?.high ?? null,
        sampling?.method ?? null,
        sampling?.futures ?? null,
      ];
      return [...common, name, result.verdict, result.share, ...interval, own.inputs, own.of];
    });
    return under.length > 0 ? under : [[...common, null, null, null, null, null, null, null, null, null]];
  });
  return [[...head, 'low', 'high', 'method', 'futures', 'own_inputs', 'inputs'], ...rows];
}

function measureRows(ledger: Ledger): readonly Row[] {
  const head = ['measure', 'unit', 'viewpoint', 'mean', 'p5', 'p50', 'p95', 'never', 'method', 'futures'];
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

/** RFC 4180: a cell with a comma, a quote or a line break is quoted; an empty cell is nothing. */
function toCsv(rows: readonly Row[]): string {
  const cell = (value: string | number | null): string => {
    if (value === null) return '';
    const text = String(value);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return rows.map((row) => row.map(cell).join(',')).join('\r\n');
}
