/** A pool over viewpoints in the formats that `casus run --explore` writes. */
import type { Pool, PoolColumn, PoolFailure } from '../ledger/explore-pool.ts';
import { poolText } from '../views/pool-text.ts';
import { csvLine, type LedgerFormat } from './format-ledger.ts';
import { ledgerStyle } from './output.ts';

/** Futures in one part of the csv, so that a large run is never one text. */
const PART = 5000;

/** The text in parts, each of whole lines. */
export function* formatPool(pool: Pool, format: LedgerFormat): Generator<string> {
  const { futures, ...told } = pool;
  switch (format) {
    case 'table':
      yield poolText(pool, ledgerStyle());
      return;
    case 'json':
      yield JSON.stringify(told, null, 2);
      return;
    case 'ndjson': {
      const { pool: viewpoints, measures, ...run } = told;
      const lines = [
        run,
        ...viewpoints.map((viewpoint) => ({ kind: 'viewpoint', ...viewpoint })),
        ...measures.map((measure) => ({ kind: 'measure', ...measure })),
      ];
      yield lines.map((line) => JSON.stringify(line)).join('\n');
      return;
    }
    case 'csv':
      yield* futureRows(pool);
  }
}

/** One row for each future: its viewpoint, its inputs and its measures in their declared units. */
function* futureRows({ futures, pool, dropped: causes }: Pool): Generator<string> {
  const isFitted = causes.length > 0;
  const columns = [...futures.inputs, ...futures.measures];
  yield `${csvLine(['future', 'viewpoint', 'failed', ...(isFitted ? ['dropped'] : []), ...columns.map(headOf)])}\r\n`;
  let lines: string[] = [];
  for (const [future, entry] of futures.drawn.entries()) {
    const cells = columns.map(({ values }) => shown(values[future] ?? Number.NaN));
    const dropped = isFitted ? [futures.dropped.get(future) ?? null] : [];
    const failed = failureText(futures.failures.get(future) ?? []);
    lines.push(csvLine([future, pool[entry]?.viewpoint ?? '', failed, ...dropped, ...cells]));
    if (lines.length < PART && future + 1 < futures.drawn.length) continue;
    yield `${lines.join('\r\n')}\r\n`;
    lines = [];
  }
}

/** `ratio at 2024-03-01`, and for each meaning of a definition under which it went wrong; null where nothing did. */
const failureText = (failures: readonly PoolFailure[]): string | null =>
  failures.length === 0
    ? null
    : failures
        .map(({ variable, instant, definitions }) => {
          const under = Object.entries(definitions).map(([name, meaning]) => `${name}: ${meaning}`);
          return [`${variable} at ${instant}`, ...under].join(', ');
        })
        .join('; ');

/** `stores (t)`. */
const headOf = ({ name, unit }: PoolColumn): string => (unit === '' ? name : `${name} (${unit})`);

const shown = (value: number): string | number | null =>
  Number.isNaN(value) ? null : value === Number.POSITIVE_INFINITY ? 'never' : value;
