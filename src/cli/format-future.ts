/** One future in the formats that `casus run --only` writes. */
import type { FutureTold } from '../ledger/describe-future.ts';
import { futureText } from '../views/future-text.ts';
import { csvLine, type LedgerFormat } from './format-ledger.ts';
import { ledgerStyle } from './output.ts';

const COLUMNS = ['kind', 'name', 'at', 'value', 'unit', 'by'] as const;

export function formatFuture(told: FutureTold, format: LedgerFormat): string {
  const { inputs, measures, claims, ...rest } = told;
  switch (format) {
    case 'table':
      return futureText(told, ledgerStyle());
    case 'json':
      return JSON.stringify(told, null, 2);
    case 'ndjson':
      return [
        { kind: 'future', ...rest },
        ...inputs.map((one) => ({ kind: 'input', ...one })),
        ...measures.map((one) => ({ kind: 'measure', ...one })),
        ...claims.map((one) => ({ kind: 'claim', ...one })),
      ]
        .map((line) => JSON.stringify(line))
        .join('\n');
    case 'csv':
      return [
        COLUMNS,
        ...(rest.failure === null
          ? []
          : [['failure', rest.failure.variable, rest.failure.instant, null, null, null]]),
        ...(rest.dropped === null ? [] : [['dropped', rest.dropped.text, null, null, null, null]]),
        ...inputs.map(({ name, at, value, unit, by }) => ['input', name, at, value, unit, by]),
        ...measures.map(({ name, value, unit }) => ['measure', name, null, String(value), unit, null]),
        ...claims.map((claim) => ['claim', claim.id, null, String(claim.true), null, null]),
      ]
        .map(csvLine)
        .join('\r\n');
  }
}
